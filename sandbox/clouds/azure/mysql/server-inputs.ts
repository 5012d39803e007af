/** What a program can say of a flexible server, as of @pulumi/azure-native 3.28: API version 2024-02-01-preview. */
import type { PropertyModels } from "../../model";

const text = { type: "string" } as const;
const whole = { type: "integer" } as const;
const switched = { type: "string", values: ["Enabled", "Disabled"] } as const;

/** https://learn.microsoft.com/rest/api/mysql/flexibleserver/servers/create */
export const serverInputs: PropertyModels = {
    administratorLogin: text,
    administratorLoginPassword: { ...text, secret: true },
    availabilityZone: text,
    backup: {
        type: "object",
        properties: { backupIntervalHours: whole, backupRetentionDays: whole, geoRedundantBackup: switched },
    },
    createMode: { ...text, values: ["Default", "PointInTimeRestore", "GeoRestore", "Replica"] },
    dataEncryption: {
        type: "object",
        properties: {
            geoBackupKeyURI: text,
            geoBackupUserAssignedIdentityId: text,
            primaryKeyURI: text,
            primaryUserAssignedIdentityId: text,
            type: { ...text, values: ["AzureKeyVault", "SystemManaged"] },
        },
    },
    highAvailability: {
        type: "object",
        properties: {
            mode: { ...text, values: ["Disabled", "ZoneRedundant", "SameZone"] },
            standbyAvailabilityZone: text,
        },
    },
    identity: {
        type: "object",
        properties: { type: { ...text, values: ["UserAssigned"] }, userAssignedIdentities: { type: "array" } },
    },
    maintenanceWindow: {
        type: "object",
        properties: {
            customWindow: { ...text, values: ["Enabled", "Disabled"] },
            dayOfWeek: whole,
            startHour: whole,
            startMinute: whole,
        },
    },
    network: {
        type: "object",
        properties: {
            delegatedSubnetResourceId: text,
            privateDnsZoneResourceId: text,
            publicNetworkAccess: switched,
        },
    },
    restorePointInTime: text,
    sku: {
        type: "object",
        properties: {
            name: { ...text, required: true },
            tier: { ...text, required: true, values: ["Burstable", "GeneralPurpose", "MemoryOptimized"] },
        },
    },
    sourceServerResourceId: text,
    storage: {
        type: "object",
        properties: {
            autoGrow: switched,
            autoIoScaling: switched,
            iops: whole,
            logOnDisk: switched,
            storageRedundancy: { ...text, values: ["LocalRedundancy", "ZoneRedundancy"] },
            storageSizeGB: whole,
        },
    },
    version: text,
};
