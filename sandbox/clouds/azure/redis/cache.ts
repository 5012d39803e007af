/** `redis`: Azure Cache for Redis, API version 2024-11-01. */
import type { InvokeModel, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { arm, placeOf } from "../arm";
import { armError, resourceNotFound } from "../errors";
import { groupId, identityOf, lastName, resourceId, rowById, sameId } from "../ids";
import { zonesOf } from "../locations";
import { accessKey, cacheName, cacheType, invalidRequest, part, patchScheduleType } from "./shared";

const text = { type: "string" } as const;
const any = { type: "any" } as const;
const flag = { type: "boolean" } as const;
const whole = { type: "integer" } as const;
const armType = "Microsoft.Cache/Redis";
const apiVersion = "2024-11-01";

const policies = [
    "allkeys-lfu",
    "allkeys-lru",
    "allkeys-random",
    "noeviction",
    "volatile-lfu",
    "volatile-lru",
    "volatile-random",
    "volatile-ttl",
];

/** https://learn.microsoft.com/rest/api/redis/redis/create */
const cache: ResourceModel = arm(
    { type: armType, apiVersion, names: ["name"], name: { ...cacheName, longest: 63 } },
    {
        token: cacheType,
        inputs: {
            disableAccessKeyAuthentication: flag,
            enableNonSslPort: flag,
            minimumTlsVersion: { ...text, values: ["1.0", "1.1", "1.2"] },
            publicNetworkAccess: { ...text, values: ["Enabled", "Disabled"] },
            redisConfiguration: {
                type: "object",
                properties: {
                    aadEnabled: text,
                    maxfragmentationmemoryReserved: text,
                    maxmemoryDelta: text,
                    maxmemoryPolicy: text,
                    maxmemoryReserved: text,
                    notifyKeyspaceEvents: text,
                },
            },
            redisVersion: text,
            shardCount: whole,
            sku: {
                type: "object",
                required: true,
                properties: {
                    capacity: { ...whole, required: true },
                    family: { ...text, required: true, values: ["C", "P"] },
                    name: { ...text, required: true, values: ["Basic", "Standard", "Premium"] },
                },
            },
            updateChannel: { ...text, values: ["Stable", "Preview"] },
            zonalAllocationPolicy: { ...text, values: ["Automatic", "UserDefined", "NoZones"] },
            zones: { type: "array" },
        },
        outputs: {
            accessKeys: {
                type: "object",
                properties: { primaryKey: { ...text, secret: true }, secondaryKey: { ...text, secret: true } },
            },
            hostName: text,
            instances: { type: "array", items: any },
            linkedServers: { type: "array", items: any },
            port: whole,
            privateEndpointConnections: { type: "array", items: any },
            provisioningState: text,
            redisVersion: text,
            sslPort: whole,
            systemData: any,
            updateChannel: text,
        },
        durationKey: "azure cache for redis standard",
        refuse: (inputs, context) =>
            refusedName(inputs, context) ?? refusedSku(inputs, context) ?? refusedSettings(inputs, context),
        computed: (inputs, { id, previous }) => ({
            accessKeys: { primaryKey: accessKey(id), secondaryKey: accessKey(`${id}, second`) },
            hostName: `${textOf(inputs["name"])}.redis.cache.windows.net`,
            instances: [],
            linkedServers: [],
            port: 6379,
            privateEndpointConnections: previous?.["privateEndpointConnections"] ?? [],
            provisioningState: "Succeeded",
            redisVersion: "6.0",
            sslPort: 6380,
            systemData: {},
            updateChannel: textOf(inputs["updateChannel"], "Stable"),
        }),
    },
);

/** It is a host's first label, in all of Azure. */
function refusedName({ name }: PropertyMap, { inventory, previous }: RefuseContext): string | undefined {
    const taken = inventory.find(cacheType, ({ id }) => sameId(lastName(id), textOf(name)));
    return previous === undefined && taken !== undefined
        ? armError(
              409,
              "NameNotAvailable",
              `An error occurred when trying to reserve the DNS name for the cache. This may be a temporary issue. Please try again later. The name '${textOf(name)}' is already in use.`,
          )
        : undefined;
}

const tiers = ["Basic", "Standard", "Premium"];

/** https://learn.microsoft.com/azure/azure-cache-for-redis/cache-how-to-scale#when-to-scale */
function refusedSku(inputs: PropertyMap, { previous }: RefuseContext): string | undefined {
    const { name, family, capacity } = part(inputs, "sku");
    const isPremium = name === "Premium";
    const [least, most] = isPremium ? [1, 5] : [0, 6];
    if (family !== (isPremium ? "P" : "C") || Number(capacity) < least || Number(capacity) > most) {
        return invalidRequest("The value of the parameter properties.sku is invalid.");
    }
    const { name: before, capacity: size } = part(previous ?? {}, "sku");
    const lower = before !== undefined && tiers.indexOf(textOf(name)) < tiers.indexOf(textOf(before));
    const toLeast = before === name && !isPremium && Number(capacity) === 0 && Number(size) > 0;
    return lower || toLeast
        ? invalidRequest(
              `Scaling from ${textOf(before)} ${textOf(size)} to ${textOf(name)} ${textOf(capacity)} is not supported.`,
          )
        : undefined;
}

function refusedSettings(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { redisVersion = "latest", shardCount, zones, zonalAllocationPolicy } = inputs;
    const { maxmemoryPolicy = "volatile-lru" } = part(inputs, "redisConfiguration");
    const isPremium = part(inputs, "sku")["name"] === "Premium";
    const named = (Array.isArray(zones) ? zones : []).map((zone) => textOf(zone));
    const known = zonesOf(placeOf(inputs, context));
    if (!/^(latest|6|6\.0)$/.test(textOf(redisVersion))) {
        return invalidRequest(
            "The value of the parameter properties.redisVersion is invalid. Supported versions: 6.0.",
        );
    }
    if (!policies.includes(textOf(maxmemoryPolicy))) {
        return invalidRequest("The value of the parameter properties.redisConfiguration.maxmemory-policy is invalid.");
    }
    if (shardCount !== undefined && !isPremium) {
        return invalidRequest("The parameter properties.shardCount requires the Premium SKU.");
    }
    if (named.some((zone) => !known.includes(zone))) {
        return armError(400, "AvailabilityZoneNotSupported", "The zone(s) are not supported in this region.");
    }
    const before = context.previous?.["zones"];
    const moved = context.previous !== undefined && JSON.stringify(before ?? []) !== JSON.stringify(zones ?? []);
    return moved || (named.length > 0 && zonalAllocationPolicy !== undefined && zonalAllocationPolicy !== "UserDefined")
        ? invalidRequest("The value of the parameter zones is invalid: zones cannot be changed after creation.")
        : undefined;
}

/** https://learn.microsoft.com/rest/api/redis/patch-schedules/create-or-update */
const patchSchedule: ResourceModel = arm(
    {
        type: `${armType}/patchSchedules`,
        apiVersion,
        names: ["name", "default"],
        parent: cacheType,
        name: { pattern: /^default$/, rule: "must be default", longest: 7 },
    },
    {
        token: patchScheduleType,
        inputs: {
            scheduleEntries: {
                type: "array",
                required: true,
                items: {
                    type: "object",
                    properties: {
                        dayOfWeek: {
                            ...text,
                            required: true,
                            values: [
                                "Monday",
                                "Tuesday",
                                "Wednesday",
                                "Thursday",
                                "Friday",
                                "Saturday",
                                "Sunday",
                                "Everyday",
                                "Weekend",
                            ],
                        },
                        maintenanceWindow: text,
                        startHourUtc: { ...whole, required: true },
                    },
                },
            },
        },
        outputs: { location: text, systemData: any },
        refuse: ({ scheduleEntries }) => {
            const entries = Array.isArray(scheduleEntries) ? scheduleEntries : [];
            const hours = entries.map((entry) => Number(part({ entry }, "entry")["startHourUtc"]));
            return entries.length === 0 || hours.some((hour) => hour < 0 || hour > 23)
                ? invalidRequest("The schedule entries are invalid.")
                : undefined;
        },
        computed: () => ({ location: "", systemData: {} }),
    },
);

/** https://learn.microsoft.com/rest/api/redis/redis/list-keys */
const listRedisKeys: InvokeModel = {
    token: "azure-native:redis:listRedisKeys",
    inputs: { name: { ...text, required: true }, resourceGroupName: { ...text, required: true } },
    outputs: { primaryKey: { ...text, secret: true }, secondaryKey: { ...text, secret: true } },
    answer: ({ name, resourceGroupName }, { config, inventory }) => {
        const group = groupId(identityOf(config).subscriptionId, textOf(resourceGroupName));
        const row = rowById(inventory, cacheType, resourceId(group, armType, [textOf(name)]));
        if (row === undefined) {
            throw new Error(resourceNotFound(armType, textOf(name), lastName(group)));
        }
        return { primaryKey: accessKey(row.id), secondaryKey: accessKey(`${row.id}, second`) };
    },
};

export const azureCaches: readonly ResourceModel[] = [cache, patchSchedule];
export const azureCacheInvokes: readonly InvokeModel[] = [listRedisKeys];
