import { StorageClass } from "@pulumi/kubernetes/storage/v1";
import type * as pulumi from "@pulumi/pulumi";
import { AzureVolumeType } from "../args/nodes";
import type { AzureDeploymentScope } from "../scope";

export interface StorageClassInput {
    readonly provider: pulumi.ProviderResource;
    /** It goes with the cluster: nothing in it has to be told. */
    readonly cluster: pulumi.Resource;
    readonly diskEncryptionSetId: pulumi.Input<string> | undefined;
    readonly volumeType: AzureVolumeType | undefined;
}

/**
 * The default class of volumes, encrypted by the disk encryption set where there is one. AKS has a default class of its own, which knows none, and comes
 * back when it is changed; of two default classes the younger one counts.
 * https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass
 */
export function createStorageClass({ name, parent }: AzureDeploymentScope, input: StorageClassInput): StorageClass {
    const { diskEncryptionSetId } = input;
    const skuName = input.volumeType ?? AzureVolumeType.PremiumLrs;
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
            provisioner: "disk.csi.azure.com",
            // https://learn.microsoft.com/azure/aks/create-volume-azure-disk#storage-class-parameters
            parameters: {
                skuName,
                fsType: "ext4",
                // Premium SSD v2 has no cache of the host.
                cachingMode: skuName === AzureVolumeType.PremiumV2Lrs ? "None" : "ReadOnly",
                ...(diskEncryptionSetId === undefined
                    ? {}
                    : {
                          diskEncryptionSetID: diskEncryptionSetId,
                          diskEncryptionType: "EncryptionAtRestWithCustomerKey",
                      }),
            },
            reclaimPolicy: "Delete",
            // In the zone of the pod.
            volumeBindingMode: "WaitForFirstConsumer",
            allowVolumeExpansion: true,
        },
        { parent, provider: input.provider, deletedWith: input.cluster },
    );
}
