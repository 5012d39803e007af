/** What a program can say of an instance of Cloud SQL for MySQL, its project and region apart; replicas and other engines are not simulated. */
import type { PropertyModel, PropertyModels } from "../../model";

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const whole = { type: "integer" } as const;

const object = (properties: PropertyModels): PropertyModel => ({ type: "object", properties });

const backupConfiguration = object({
    backupRetentionSettings: object({
        retainedBackups: { ...whole, required: true },
        retentionUnit: { ...text, values: ["COUNT", "RETENTION_UNIT_UNSPECIFIED"] },
    }),
    binaryLogEnabled: flag,
    enabled: flag,
    location: text,
    pointInTimeRecoveryEnabled: flag,
    startTime: text,
    transactionLogRetentionDays: whole,
});

const ipConfiguration = object({
    allocatedIpRange: text,
    authorizedNetworks: {
        type: "array",
        items: object({ expirationTime: text, name: text, value: { ...text, required: true } }),
    },
    enablePrivatePathForGoogleCloudServices: flag,
    ipv4Enabled: flag,
    privateNetwork: text,
    serverCaMode: { ...text, values: ["GOOGLE_MANAGED_INTERNAL_CA", "GOOGLE_MANAGED_CAS_CA"] },
    sslMode: {
        ...text,
        values: ["ALLOW_UNENCRYPTED_AND_ENCRYPTED", "ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"],
    },
});

const insightsConfig = object({
    queryInsightsEnabled: flag,
    queryPlansPerMinute: whole,
    queryStringLength: whole,
    recordApplicationTags: flag,
    recordClientAddress: flag,
});

const settings: PropertyModel = {
    type: "object",
    required: true,
    properties: {
        activationPolicy: { ...text, values: ["ALWAYS", "NEVER"] },
        availabilityType: { ...text, values: ["REGIONAL", "ZONAL"] },
        backupConfiguration,
        collation: text,
        connectorEnforcement: { ...text, values: ["NOT_REQUIRED", "REQUIRED"] },
        dataCacheConfig: object({ dataCacheEnabled: flag }),
        databaseFlags: {
            type: "array",
            items: object({ name: { ...text, required: true }, value: { ...text, required: true } }),
        },
        deletionProtectionEnabled: flag,
        diskAutoresize: flag,
        diskAutoresizeLimit: whole,
        diskSize: whole,
        diskType: { ...text, values: ["PD_SSD", "PD_HDD", "HYPERDISK_BALANCED"] },
        edition: { ...text, values: ["ENTERPRISE", "ENTERPRISE_PLUS"] },
        finalBackupConfig: object({ enabled: flag, retentionDays: whole }),
        insightsConfig,
        ipConfiguration,
        locationPreference: object({ secondaryZone: text, zone: text }),
        maintenanceWindow: object({
            day: whole,
            hour: whole,
            updateTrack: { ...text, values: ["canary", "stable", "week5"] },
        }),
        retainBackupsOnDelete: flag,
        tier: { ...text, required: true },
        userLabels: { type: "map" },
    },
};

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/sql_database_instance#argument-reference */
export const instanceInputs: PropertyModels = {
    clone: object({
        allocatedIpRange: text,
        pointInTime: text,
        sourceInstanceName: { ...text, required: true },
        sourceProject: text,
    }),
    databaseVersion: { ...text, required: true },
    deletionProtection: { ...flag, default: true },
    encryptionKeyName: text,
    finalBackupDescription: text,
    name: text,
    region: text,
    restoreBackupContext: object({
        backupRunId: { ...whole, required: true },
        instanceId: text,
        project: text,
    }),
    rootPassword: { ...text, secret: true },
    settings,
};
