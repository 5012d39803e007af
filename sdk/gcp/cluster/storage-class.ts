import { StorageClass } from "@pulumi/kubernetes/storage/v1";
import type * as pulumi from "@pulumi/pulumi";
import { GcpVolumeType } from "../args/nodes";
import type { GcpDeploymentScope } from "../scope";

export interface StorageClassInput {
    readonly provider: pulumi.ProviderResource;
    /** It goes with the cluster: nothing in it has to be told. */
    readonly cluster: pulumi.Resource;
    readonly key: pulumi.Output<string>;
    readonly volumeType: GcpVolumeType | undefined;
}

/**
 * The default class of volumes, encrypted with the deployment's key. GKE has a default class of its own, `standard-rwo`, which knows no key and
 * comes back when it is changed; of two default classes the younger one counts.
 * https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass
 */
export function createStorageClass({ name, parent }: GcpDeploymentScope, input: StorageClassInput): StorageClass {
    return new StorageClass(
        `${name}-storage-class`,
        {
            metadata: {
                name: "encrypted-rwo",
                annotations: {
                    "storageclass.kubernetes.io/is-default-class": "true",
                    "pulumi.com/patchForce": "true",
                },
            },
            provisioner: "pd.csi.storage.gke.io",
            parameters: {
                type: input.volumeType ?? GcpVolumeType.PdBalanced,
                // https://docs.cloud.google.com/kubernetes-engine/docs/how-to/using-cmek
                "disk-encryption-kms-key": input.key,
                "csi.storage.k8s.io/fstype": "ext4",
            },
            reclaimPolicy: "Delete",
            // In the zone of the pod.
            volumeBindingMode: "WaitForFirstConsumer",
            allowVolumeExpansion: true,
        },
        { parent, provider: input.provider, deletedWith: input.cluster },
    );
}
