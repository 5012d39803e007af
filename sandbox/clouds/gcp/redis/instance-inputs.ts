/** What a program can say of an instance of Memorystore for Redis, its project and labels apart. */
import type { PropertyModels } from "../../model";

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const whole = { type: "integer" } as const;

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/redis_instance#argument-reference */
export const instanceInputs: PropertyModels = {
    alternativeLocationId: text,
    authEnabled: { ...flag, default: false },
    authorizedNetwork: text,
    connectMode: { ...text, default: "DIRECT_PEERING", values: ["DIRECT_PEERING", "PRIVATE_SERVICE_ACCESS"] },
    customerManagedKey: text,
    deletionProtection: flag,
    displayName: text,
    locationId: text,
    maintenancePolicy: {
        type: "object",
        properties: {
            description: text,
            weeklyMaintenanceWindows: {
                type: "array",
                items: {
                    type: "object",
                    properties: {
                        day: {
                            ...text,
                            required: true,
                            values: ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"],
                        },
                        startTime: {
                            type: "object",
                            required: true,
                            properties: { hours: whole, minutes: whole, nanos: whole, seconds: whole },
                        },
                    },
                },
            },
        },
    },
    memorySizeGb: { ...whole, required: true },
    name: text,
    persistenceConfig: {
        type: "object",
        properties: {
            persistenceMode: { ...text, values: ["DISABLED", "RDB"] },
            rdbSnapshotPeriod: { ...text, values: ["ONE_HOUR", "SIX_HOURS", "TWELVE_HOURS", "TWENTY_FOUR_HOURS"] },
            rdbSnapshotStartTime: text,
        },
    },
    readReplicasMode: { ...text, values: ["READ_REPLICAS_DISABLED", "READ_REPLICAS_ENABLED"] },
    redisConfigs: { type: "map" },
    redisVersion: text,
    region: text,
    replicaCount: whole,
    reservedIpRange: text,
    secondaryIpRange: text,
    tier: { ...text, default: "BASIC", values: ["BASIC", "STANDARD_HA"] },
    transitEncryptionMode: { ...text, default: "DISABLED", values: ["DISABLED", "SERVER_AUTHENTICATION"] },
};
