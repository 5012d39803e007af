import { StorageClass } from "@pulumi/kubernetes/storage/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsScope } from "../scope";

export interface StorageClassInput {
    readonly provider: pulumi.ProviderResource;
    /** It goes with the cluster: nothing in it has to be told. */
    readonly cluster: pulumi.Resource;
    readonly keyArn: pulumi.Output<string>;
    /** The driver that serves it. */
    readonly driver: pulumi.Resource;
}

/** The default class of volumes: gp3, encrypted with the deployment's key. */
export function createStorageClass({ name, parent }: AwsScope, input: StorageClassInput): StorageClass {
    return new StorageClass(
        `${name}-storage-class`,
        {
            metadata: {
                name: "gp3",
                annotations: {
                    "storageclass.kubernetes.io/is-default-class": "true",
                    "pulumi.com/patchForce": "true",
                },
            },
            // Not the name of the driver that Kubernetes had built in: that one encrypts with no key of ours.
            provisioner: "ebs.csi.aws.com",
            parameters: {
                type: "gp3",
                encrypted: "true",
                kmsKeyId: input.keyArn,
                "csi.storage.k8s.io/fstype": "ext4",
            },
            reclaimPolicy: "Delete",
            // In the zone of the pod.
            volumeBindingMode: "WaitForFirstConsumer",
            allowVolumeExpansion: true,
        },
        { parent, provider: input.provider, deletedWith: input.cluster, dependsOn: [input.driver] },
    );
}
