/**
 * The EBS CSI driver of simulated EKS clusters: a volume in AWS and in the cluster for each claim of its classes, while
 * the add-on is installed. https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html
 */
import { randomBytes } from "node:crypto";
import { Inventory } from "../../clouds/inventory";
import type { KubeClient, KubeObject } from "./kube";
import { isStatus } from "./kube";
import { messageOf } from "./log";
import { WorkQueue, type RunResult } from "./queue";

const driver = "ebs.csi.aws.com";
const volumeType = "aws:ebs/volume:Volume";
const claims = "/api/v1/persistentvolumeclaims";
const volumes = "/api/v1/persistentvolumes";
const driverRetryMs = 1_000;

/** Follows claims and volumes of all namespaces. */
export function provideEbsVolumes(client: KubeClient, dir: string, report: (line: string) => void): void {
    const provisioner = new Provisioner(client, new Inventory(dir, "aws"));
    const failed = (key: string, error: unknown) => report(`EBS volume of ${key}: ${messageOf(error)}`);
    const pending = new WorkQueue((key) => provisioner.provide(key), failed);
    const released = new WorkQueue((name) => provisioner.release(name), failed);
    client.follow(claims, {
        changed: ({ metadata, spec }) => {
            if (spec?.volumeName === undefined && metadata?.deletionTimestamp === undefined) {
                pending.add(`${metadata?.namespace}/${metadata?.name}`);
            }
        },
    });
    client.follow(volumes, { changed: ({ metadata }) => released.add(metadata?.name ?? "") });
}

class Provisioner {
    constructor(
        private readonly client: KubeClient,
        private readonly inventory: Inventory,
    ) {}

    async provide(key: string): Promise<RunResult> {
        const [namespace, name] = key.split("/");
        const claim = await this.client.find(`/api/v1/namespaces/${namespace}/persistentvolumeclaims/${name}`);
        const className = claim?.spec?.storageClassName as string | undefined;
        if (claim === undefined || !className || claim.spec?.volumeName !== undefined) {
            return {};
        }
        const storageClass = await this.client.find(`/apis/storage.k8s.io/v1/storageclasses/${className}`);
        const waits =
            storageClass?.volumeBindingMode === "WaitForFirstConsumer" &&
            claim.metadata?.annotations?.["volume.kubernetes.io/selected-node"] === undefined;
        if (storageClass?.provisioner !== driver || waits) {
            return {};
        }
        const isInstalled = this.inventory
            .view()
            .find("aws:eks/addon:Addon", ({ inputs }) => inputs["addonName"] === "aws-ebs-csi-driver");
        if (isInstalled === undefined) {
            return { againAfterMs: driverRetryMs };
        }
        await this.create(claim, storageClass);
        return {};
    }

    async release(name: string): Promise<RunResult> {
        const volume = await this.client.find(`${volumes}/${name}`);
        const csi = volume?.spec?.csi as { driver: string; volumeHandle: string } | undefined;
        const isDone = volume?.status?.phase === "Released" && volume.spec?.persistentVolumeReclaimPolicy === "Delete";
        if (csi?.driver !== driver || !isDone || volume?.metadata?.deletionTimestamp !== undefined) {
            return {};
        }
        await this.inventory.change((change) => change.remove(volumeType, csi.volumeHandle));
        await this.client.delete(`${volumes}/${name}`);
        return {};
    }

    private async create(claim: KubeObject, storageClass: KubeObject): Promise<void> {
        const { name, namespace, uid } = claim.metadata ?? {};
        const requests = (claim.spec?.resources as { requests?: { storage?: string } } | undefined)?.requests;
        const parameters = (storageClass.parameters ?? {}) as Record<string, string>;
        const id = `vol-${randomBytes(8).toString("hex")}0`;
        const volume = {
            apiVersion: "v1",
            kind: "PersistentVolume",
            metadata: { name: `pvc-${uid}`, annotations: { "pv.kubernetes.io/provisioned-by": driver } },
            spec: {
                capacity: { storage: requests?.storage },
                accessModes: claim.spec?.accessModes,
                storageClassName: storageClass.metadata?.name,
                persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? "Delete",
                claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", name, namespace, uid },
                csi: { driver, volumeHandle: id },
            },
        };
        try {
            await this.client.create(volumes, volume);
        } catch (error) {
            // A claim changes before its volume is bound, so the volume may be there already.
            if (isStatus(error, 409)) {
                return;
            }
            throw error;
        }
        const inputs = {
            type: parameters.type ?? "gp3",
            encrypted: parameters.encrypted === "true",
            ...(parameters.kmsKeyId === undefined ? {} : { kmsKeyId: parameters.kmsKeyId }),
            tags: {
                "ebs.csi.aws.com/cluster": "true",
                "kubernetes.io/created-for/pvc/name": name ?? "",
                "kubernetes.io/created-for/pvc/namespace": namespace ?? "",
            },
        };
        await this.inventory.plant({ type: volumeType, id, inputs, outputs: { ...inputs, id } });
    }
}
