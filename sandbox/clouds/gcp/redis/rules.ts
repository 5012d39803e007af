/** What Memorystore for Redis refuses. */
import type { RefuseContext } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { networkType } from "../compute/shared";
import { agentOf } from "../iam-service-identity";
import { bucketLocation } from "../locations";
import { networkId, serviceRanges, zoneElsewhere } from "../private-services";
import { findProject, projectOf } from "../project";
import { keyProblem } from "../store-keys";
import { defaultVersion, hasConfig, isFrom, isVersion } from "./versions";

export const instanceType = "gcp:redis/instance:Instance";
export const redisService = "redis.googleapis.com";

const invalid = (reason: string) => `googleapi: Error 400: ${reason}`;

export function regionOf(inputs: PropertyMap, config: PropertyMap): string {
    return textOf(inputs["region"] ?? config["region"]);
}

/** Rules of https://docs.cloud.google.com/memorystore/docs/redis/reference/rest/v1/projects.locations.instances */
export function refusedInstance(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const rules = [refusedVersion, refusedMemory, refusedZones, refusedReplicas, refusedConfigs, refusedWindows];
    for (const rule of rules) {
        const refused = rule(inputs, context);
        if (refused !== undefined) {
            return refused;
        }
    }
    return context.previous === undefined
        ? (refusedNetwork(inputs, context) ?? refusedKey(inputs, context))
        : undefined;
}

function versionOf({ redisVersion }: PropertyMap, previous?: PropertyMap): string {
    return textOf(redisVersion ?? previous?.["redisVersion"], defaultVersion);
}

function refusedVersion(inputs: PropertyMap, { previous }: RefuseContext): string | undefined {
    const version = versionOf(inputs, previous);
    return isVersion(version) ? undefined : invalid(`Invalid value for redis_version: ${version}`);
}

/** https://docs.cloud.google.com/memorystore/docs/redis/quotas */
function refusedMemory({ memorySizeGb }: PropertyMap): string | undefined {
    const size = Number(memorySizeGb);
    return size < 1 || size > 300 ? invalid(`Instance memory size must be between 1 and 300 GB (${size})`) : undefined;
}

function refusedZones(inputs: PropertyMap, { config }: RefuseContext): string | undefined {
    const region = regionOf(inputs, config);
    if (bucketLocation(region) !== "region") {
        return invalid(`Location ${region} is not found or access is unauthorized.`);
    }
    const { locationId: zone, alternativeLocationId: other, tier } = inputs;
    const strange = zoneElsewhere([zone, other], region);
    if (strange !== undefined) {
        return invalid(`Zone ${strange} is not in region ${region}`);
    }
    if (other !== undefined && tier !== "STANDARD_HA") {
        return invalid("alternative_location_id is only applicable to the STANDARD_HA tier");
    }
    return other !== undefined && zone === other
        ? invalid("alternative_location_id must be different from location_id")
        : undefined;
}

/** https://docs.cloud.google.com/memorystore/docs/redis/about-read-replicas */
function refusedReplicas(inputs: PropertyMap, { previous }: RefuseContext): string | undefined {
    const { tier, readReplicasMode: mode, replicaCount: count, memorySizeGb: memory } = inputs;
    const enabled = mode === "READ_REPLICAS_ENABLED";
    const was = previous?.["readReplicasMode"];
    if (was === "READ_REPLICAS_ENABLED" && mode === "READ_REPLICAS_DISABLED") {
        return invalid("Read replicas cannot be disabled once they are enabled");
    }
    if (enabled && was === "READ_REPLICAS_DISABLED" && inputs["secondaryIpRange"] === undefined) {
        return invalid("secondary_ip_range is required to enable read replicas on an existing instance");
    }
    if (!enabled) {
        const only = tier === "STANDARD_HA" ? 1 : 0;
        return count === undefined || count === only || was === "READ_REPLICAS_ENABLED"
            ? undefined
            : invalid(`replica_count must be ${only} when read replicas are not enabled`);
    }
    if (tier !== "STANDARD_HA" || !isFrom(versionOf(inputs, previous), "REDIS_5_0")) {
        return invalid("Read replicas need the STANDARD_HA tier and Redis 5.0 or newer");
    }
    if (Number(memory) < 5) {
        return invalid(`Read replicas need at least 5 GB of memory (${textOf(memory)})`);
    }
    return count !== undefined && (Number(count) < 1 || Number(count) > 5)
        ? invalid(`replica_count must be between 1 and 5 (${textOf(count)})`)
        : undefined;
}

function refusedConfigs(inputs: PropertyMap, { previous }: RefuseContext): string | undefined {
    const configs = isMap(inputs["redisConfigs"]) ? inputs["redisConfigs"] : {};
    const version = versionOf(inputs, previous);
    const unknown = Object.keys(configs).find((name) => !hasConfig(version, name));
    if (unknown !== undefined) {
        return invalid(`Unsupported Redis config ${unknown} for version ${version}`);
    }
    const policy = configs["maxmemory-policy"];
    const policies = /^(noeviction|(allkeys|volatile)-(lfu|lru|random)|volatile-ttl)$/;
    return policy !== undefined && !policies.test(textOf(policy))
        ? invalid(`Invalid value for maxmemory-policy: ${textOf(policy)}`)
        : undefined;
}

function refusedWindows({ maintenancePolicy, persistenceConfig }: PropertyMap): string | undefined {
    const windows = isMap(maintenancePolicy) ? maintenancePolicy["weeklyMaintenanceWindows"] : undefined;
    if (Array.isArray(windows) && windows.length > 1) {
        return invalid("Only one weekly maintenance window is supported");
    }
    const { persistenceMode: mode, rdbSnapshotPeriod: period } = isMap(persistenceConfig) ? persistenceConfig : {};
    return mode === "RDB" && period === undefined
        ? invalid("rdb_snapshot_period is required when persistence mode is RDB")
        : undefined;
}

/** https://docs.cloud.google.com/memorystore/docs/redis/networking */
function refusedNetwork(inputs: PropertyMap, { config, inventory }: RefuseContext): string | undefined {
    const owner = projectOf(inputs, config, inventory);
    const network = networkId(inputs["authorizedNetwork"] ?? "default", owner);
    const host = findProject(network.split("/")[1], config, inventory);
    if (host !== undefined && inventory.find(networkType, ({ id }) => id === network) === undefined) {
        return invalid(`Network '${network}' not found.`);
    }
    const range = inputs["reservedIpRange"];
    if (inputs["connectMode"] !== "PRIVATE_SERVICE_ACCESS") {
        const least = inputs["readReplicasMode"] === "READ_REPLICAS_ENABLED" ? 28 : 29;
        const [, bits] = /^\d+\.\d+\.\d+\.\d+\/(\d+)$/.exec(textOf(range)) ?? [];
        return range === undefined || Number(bits) <= least
            ? undefined
            : invalid(`reserved_ip_range must be a CIDR range of size /${least} or larger (${textOf(range)})`);
    }
    const ranges = serviceRanges(network, inventory);
    if (ranges === undefined) {
        return invalid(
            `Google private service access is not enabled. Enable private service access and try again. Network: ${network}`,
        );
    }
    return range !== undefined && !ranges.includes(textOf(range))
        ? invalid(
              `The allocated IP range '${textOf(range)}' is not associated with the private service access connection`,
          )
        : undefined;
}

/** https://docs.cloud.google.com/memorystore/docs/redis/cmek */
function refusedKey(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const key = inputs["customerManagedKey"];
    if (key === undefined) {
        return undefined;
    }
    const agent = textOf(agentOf(redisService, projectOf(inputs, context.config, context.inventory)));
    switch (keyProblem(textOf(key), regionOf(inputs, context.config), agent, context)) {
        case undefined:
            return undefined;
        case "malformed":
            return invalid(`Invalid customer managed key: ${textOf(key)}`);
        case "elsewhere":
            return invalid("The customer managed key must be in the same region as the instance");
        case "disabled":
            return invalid(`The primary version of customer managed key ${textOf(key)} is not enabled`);
        default:
            return `Error waiting for Creating Instance: Error code 9, message: Unable to delegate the access of CMEK. Please try again later. (${agent})`;
    }
}
