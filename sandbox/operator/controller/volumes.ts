/** Volumes for claims, in the place of the CSI driver of a cloud, and the default storage class such clusters have. */
import type { KubeClient, KubeObject } from "./kube";
import { isStatus } from "./kube";

const className = "standard";
const classes = "/apis/storage.k8s.io/v1/storageclasses";
const volumes = "/api/v1/persistentvolumes";

/** Makes the storage class when there is none, then a volume for each claim, and removes released volumes. */
export async function provideVolumes(client: KubeClient, report: (line: string) => void): Promise<void> {
    if ((await client.list(classes)).length === 0) {
        await client.create(classes, {
            apiVersion: "storage.k8s.io/v1",
            kind: "StorageClass",
            metadata: { name: className, annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
            provisioner: "sandbox.wandb.com/volumes",
            reclaimPolicy: "Delete",
            volumeBindingMode: "Immediate",
        });
    }
    const failed = (error: unknown) => {
        // A claim changes before its volume is bound, so the volume may be there already.
        if (!isStatus(error, 409) && !isStatus(error, 404)) {
            report(`volumes: ${String(error)}`);
        }
    };
    client.follow("/api/v1/persistentvolumeclaims", {
        changed: (claim) => {
            if (claim.spec?.storageClassName === className && claim.spec.volumeName === undefined) {
                client.create(volumes, volumeFor(claim)).catch(failed);
            }
        },
    });
    client.follow(volumes, {
        changed: (volume) => {
            const released = volume.status?.phase === "Released" && volume.spec?.storageClassName === className;
            if (released && volume.metadata?.deletionTimestamp === undefined) {
                client.delete(`${volumes}/${volume.metadata?.name}`).catch(failed);
            }
        },
    });
}

function volumeFor(claim: KubeObject): unknown {
    const resources = claim.spec?.resources as { requests?: { storage?: string } } | undefined;
    const { name, namespace, uid } = claim.metadata ?? {};
    return {
        apiVersion: "v1",
        kind: "PersistentVolume",
        metadata: { name: `pvc-${uid}` },
        spec: {
            capacity: { storage: resources?.requests?.storage },
            accessModes: claim.spec?.accessModes,
            storageClassName: className,
            persistentVolumeReclaimPolicy: "Retain",
            claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", name, namespace, uid },
            csi: { driver: "sandbox.wandb.com", volumeHandle: uid },
        },
    };
}
