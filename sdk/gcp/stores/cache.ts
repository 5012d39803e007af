import { Instance } from "@pulumi/gcp/redis";
import * as pulumi from "@pulumi/pulumi";
import type { Size } from "../../args/application";
import type { CacheFacts } from "../../contract/infrastructure";
import { GcpSizes } from "../../sizes";
import type { Apis } from "../apis";
import { type GcpCacheArgs, GcpCacheConnectMode } from "../args/cache";
import { DefaultStoreTimes } from "../args/store-defaults";
import { dayName, weeklyTime } from "../args/weekly-time";
import type { NetworkFacts } from "../facts";
import type { GcpDeploymentScope } from "../scope";
import { CacheVersion } from "./engine-versions";
import { shortName } from "../name";

export interface CacheInput {
    readonly cache: GcpCacheArgs;
    readonly network: Pick<NetworkFacts, "networkId" | "privateServices" | "privateServicesRange">;
    /** Id of the key that encrypts what lies on disk. */
    readonly keyId: pulumi.Output<string>;
    readonly apis: Apis;
    readonly size: Size;
}

/** What the rest of the deployment needs of the cache. */
export interface CacheOutputs {
    readonly facts: CacheFacts;
    /** What must be there before W&B connects, and outlive it. */
    readonly ready: readonly pulumi.Resource[];
    readonly memorySizeGb: number;
}

/** https://docs.cloud.google.com/memorystore/docs/redis/reference/rest/v1/projects.locations.instances/create */
const LongestName = 40;

/** An instance of Memorystore. It holds nothing that W&B could not make again. */
class Cache extends pulumi.ComponentResource implements CacheOutputs {
    readonly facts: CacheFacts;
    readonly ready: readonly pulumi.Resource[];
    readonly memorySizeGb: number;

    constructor(outer: GcpDeploymentScope, input: CacheInput) {
        super("wandb:gcp:Cache", `${outer.name}-cache`, {}, { parent: outer.parent });
        this.memorySizeGb = input.cache.memorySizeGb ?? GcpSizes[input.size].cacheMemoryGb;
        const instance = createInstance({ ...outer, parent: this }, input, this.memorySizeGb);
        this.facts = {
            host: instance.host,
            port: instance.port,
            password: { literal: pulumi.secret(instance.authString) },
            tls: true,
            // Of a CA of its own. During a rotation there are two, and a client needs both.
            caCertificate: instance.serverCaCerts.apply((certificates) =>
                certificates.map(({ cert }) => cert).join("\n"),
            ),
        };
        this.ready = [instance];
        this.registerOutputs({ instanceName: instance.name });
    }
}

/** Makes the cache. */
export function createCache(scope: GcpDeploymentScope, input: CacheInput): CacheOutputs {
    return new Cache(scope, input);
}

function createInstance(scope: GcpDeploymentScope, input: CacheInput, memorySizeGb: number): Instance {
    const { name, parent, project, region, labels } = scope;
    const { cache, network, keyId, apis } = input;
    const fixedName = cache.identifier ?? shortName(scope, "cache", LongestName);
    const connectMode = cache.connectMode ?? GcpCacheConnectMode.PrivateServiceAccess;
    const ours = connectMode === GcpCacheConnectMode.PrivateServiceAccess;
    return new Instance(
        `${name}-cache`,
        {
            name: fixedName,
            project,
            region,
            tier: (cache.highAvailability ?? true) ? "STANDARD_HA" : "BASIC",
            memorySizeGb,
            redisVersion: cache.engineVersion ?? CacheVersion,
            redisConfigs: { "notify-keyspace-events": "K$", ...cache.parameters },
            ...replicas(cache),
            locationId: cache.zone,
            alternativeLocationId: cache.alternativeZone,
            connectMode,
            authorizedNetwork: network.networkId,
            reservedIpRange: cache.reservedIpRange ?? (ours ? network.privateServicesRange : undefined),
            secondaryIpRange: cache.secondaryIpRange,
            authEnabled: true,
            transitEncryptionMode: "SERVER_AUTHENTICATION",
            customerManagedKey: keyId,
            persistenceConfig: persistence(cache),
            maintenancePolicy: maintenance(cache),
            deletionProtection: false,
            labels,
        },
        {
            parent,
            dependsOn: [...apis.need("redis"), ...(ours ? network.privateServices : [])],
            // Its name is taken until it is gone. A cache may be missing for a while.
            deleteBeforeReplace: fixedName !== undefined || undefined,
        },
    );
}

function replicas({ readReplicas }: GcpCacheArgs) {
    return readReplicas === undefined ? {} : { readReplicasMode: "READ_REPLICAS_ENABLED", replicaCount: readReplicas };
}

/** Said also when there is none: what is not said stays as it is. */
function persistence({ snapshotPeriod, snapshotStartTime }: GcpCacheArgs) {
    return snapshotPeriod === undefined
        ? { persistenceMode: "DISABLED" }
        : { persistenceMode: "RDB", rdbSnapshotPeriod: snapshotPeriod, rdbSnapshotStartTime: snapshotStartTime };
}

function maintenance({ maintenanceWindow }: GcpCacheArgs) {
    const time = weeklyTime(maintenanceWindow ?? DefaultStoreTimes.cacheMaintenance);
    return (
        time && {
            weeklyMaintenanceWindows: [{ day: dayName(time), startTime: { hours: time.hour, minutes: time.minute } }],
        }
    );
}
