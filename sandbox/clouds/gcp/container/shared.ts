/** What the rows of Google Kubernetes Engine share: places, service agents, keys, and what GKE says when one of them is wrong. */
import type { PropertyChange } from "../../diff";
import type { Row } from "../../inventory";
import type { InventoryView, RefuseContext } from "../../model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../../values";
import { missingAccount } from "../iam-principals";
import { hasRole } from "../iam";
import { cryptoKeyMemberType, cryptoKeyPath, keyNamed, primaryOf } from "../kms";
import { bucketLocation } from "../locations";
import { projectOf, type Project } from "../project";
import { clusterType } from "./pool";

export const nodePoolType = "gcp:container/nodePool:NodePool";
export const containerService = "container.googleapis.com";

export const bad = (reason: string) => `googleapi: Error 400: ${reason}, badRequest`;

/** google/services/container/resource_container_cluster.go; the API has the same for node pools */
export const gkeName = {
    property: "name",
    auto: { maxLength: 40 },
    pattern: /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/,
    rule: "cannot be longer than 40 characters, and can only contain lowercase letters, numbers and hyphens, start with a letter and end with a number or a letter",
};

export function part(value: PropertyValue | undefined): PropertyMap {
    return isMap(value) ? value : {};
}

export function textsIn(value: PropertyValue | undefined): string[] {
    return Array.isArray(value) ? value.map((one) => textOf(one)) : [];
}

/**
 * Whether something is not said any more, so that a property which is `Computed` as well keeps what the provider knows. One item
 * less of a list that is still said is a change.
 */
export function isUnsaid({ kind, path }: PropertyChange): boolean {
    return kind === "delete" && !path.endsWith("]");
}

/** The region of a location of clusters; absent when it is neither a region nor a zone. */
export function regionOfLocation(location: string): string | undefined {
    const region = location.replace(/(\d)-[a-f]$/, "$1");
    return bucketLocation(region) === "region" && region === region.toLowerCase() ? region : undefined;
}

export function isZone(location: string): boolean {
    return /\d-[a-f]$/.test(location);
}

/** Where a cluster is, as the provider finds out: its own location, else the provider's zone, else its region. */
export function locationOf(inputs: PropertyMap, config: PropertyMap): string {
    return textOf(inputs["location"] ?? config["zone"] ?? config["region"]);
}

/** Three zones that GKE would choose; all regions have at least those. */
export function zonesOf(location: string): string[] {
    return isZone(location) ? [location] : ["a", "b", "c"].map((letter) => `${location}-${letter}`);
}

/** Zones of nodes that are not in the cluster's region. */
export function refusedZones(zones: readonly string[], location: string): string | undefined {
    const region = regionOfLocation(location) ?? "";
    const foreign = zones.find((zone) => !isZone(zone) || regionOfLocation(zone) !== region);
    return foreign === undefined
        ? undefined
        : bad(`Location "${foreign}" is not valid: nodes must be in zones of region "${region}".`);
}

export function clusterNamed(id: string, inventory: InventoryView): Row | undefined {
    return inventory.find(clusterType, (row) => row.id === id);
}

/** https://docs.cloud.google.com/iam/docs/service-agents */
function agentOf(service: "container-engine-robot" | "compute-system", { number }: Project): string {
    return `service-${number}@${service}.iam.gserviceaccount.com`;
}

const keyUse = ["roles/cloudkms.cryptoKeyEncrypterDecrypter", "roles/owner"];

interface KeyUse {
    readonly key: string;
    readonly service: "container-engine-robot" | "compute-system";
    readonly context: RefuseContext;
    readonly inputs: PropertyMap;
}

/** Why a service agent of the project cannot encrypt with a key; absent when it can. Keys of unknown projects are taken as they are. */
function unusableKey({ key, service, context, inputs }: KeyUse): string | undefined {
    const { config, inventory } = context;
    const path = cryptoKeyPath(key);
    const found = keyNamed(key, inventory);
    const agent = agentOf(service, projectOf(inputs, config, inventory));
    const target = { members: cryptoKeyMemberType, target: key, projectId: path?.projectId ?? "" };
    if (found === undefined || !hasRole(`serviceAccount:${agent}`, keyUse, target, inventory)) {
        return `Permission 'cloudkms.cryptoKeyVersions.useToEncrypt' denied on resource '${key}' (or it may not exist) for ${agent}.`;
    }
    const primary = primaryOf(found);
    return primary?.state === "ENABLED"
        ? undefined
        : `${primary?.name ?? key} is not enabled, current state is: ${primary?.state ?? "no primary version"}.`;
}

/**
 * A key for Secrets is of the cluster's own region, and `global` is not taken:
 * https://docs.cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets
 */
export function refusedSecretsKey(key: string, location: string, inputs: PropertyMap, context: RefuseContext) {
    const path = cryptoKeyPath(key);
    if (path === undefined) {
        return bad(`Invalid value for field "cluster.database_encryption.key_name": "${key}"`);
    }
    if (path.location !== regionOfLocation(location)) {
        return bad(
            `Cloud KMS key "${key}" is in location "${path.location}", but the cluster is in "${location}". Use a key of the same region.`,
        );
    }
    const unusable = unusableKey({ key, service: "container-engine-robot", context, inputs });
    return unusable === undefined ? undefined : bad(`Cluster Secrets cannot be encrypted: ${unusable}`);
}

/**
 * A key for disks is of their region, of a multi-region around it, or `global`:
 * https://docs.cloud.google.com/compute/docs/disks/customer-managed-encryption
 */
export function refusedDiskKey(key: string, location: string, inputs: PropertyMap, context: RefuseContext) {
    const path = cryptoKeyPath(key);
    if (path === undefined) {
        return bad(`Invalid value for field "node_config.boot_disk_kms_key": "${key}"`);
    }
    const elsewhere = bucketLocation(path.location) === "region" && path.location !== regionOfLocation(location);
    const unusable = elsewhere
        ? `Cloud KMS region '${path.location}' is not available for disks in '${location}'.`
        : unusableKey({ key, service: "compute-system", context, inputs });
    return unusable && `Google Compute Engine: Cloud KMS error when using key ${key}: ${unusable}`;
}

/** https://docs.cloud.google.com/kubernetes-engine/docs/troubleshooting/troubleshooting-security */
export function refusedNodeAccount(email: string, context: RefuseContext): string | undefined {
    return missingAccount(`serviceAccount:${email}`, context) === undefined
        ? undefined
        : bad(
              `The user does not have access to service account "${email}". Ask a project owner to grant you the iam.serviceAccountUser role on the service account.`,
          );
}

/** Settings that both the first pool of a cluster and node pools have. */
export function refusedNodeConfig(
    nodeConfig: PropertyMap,
    { location, usesPool }: { readonly location: string; readonly usesPool: boolean },
    inputs: PropertyMap,
    context: RefuseContext,
): string | undefined {
    const { serviceAccount, bootDiskKmsKey, workloadMetadataConfig } = nodeConfig;
    const account = typeof serviceAccount === "string" ? refusedNodeAccount(serviceAccount, context) : undefined;
    if (account !== undefined) {
        return account;
    }
    if (part(workloadMetadataConfig)["mode"] === "GKE_METADATA" && !usesPool) {
        return bad("GKE_METADATA mode is only allowed for clusters that have workload identity enabled.");
    }
    return typeof bootDiskKmsKey === "string" && bootDiskKmsKey !== ""
        ? refusedDiskKey(bootDiskKmsKey, location, inputs, context)
        : undefined;
}
