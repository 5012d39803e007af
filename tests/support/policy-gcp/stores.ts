/** Faults of database, cache, bucket and key, each with the nearest changes that are none. */
import type { Row } from "../policy-aws/stack";
import { UnknownText } from "../policy-stack";
import { gcpResource } from "./stack";

const Addresses = "settings.ipConfiguration";
const Backups = "settings.backupConfiguration";

/** Of the database, as a replica of another one. */
const asReplica = (path: string, value: unknown) => ({
    on: "database",
    set: { [path]: value, masterInstanceName: "source" },
});

const access: readonly Row[] = [
    {
        policy: "database-public",
        on: "database",
        set: { [`${Addresses}.ipv4Enabled`]: true },
        says: /is true, so the database has an address in the internet\./,
        passes: [
            { on: "database", set: { [`${Addresses}.ipv4Enabled`]: UnknownText } },
            { on: "database", set: { settings: undefined, clone: { sourceInstanceName: "source" } } },
        ],
    },
    {
        policy: "database-public",
        on: "database",
        set: {
            [`${Addresses}.ipv4Enabled`]: undefined,
            [`${Addresses}.authorizedNetworks`]: [{ name: "office", value: "0.0.0.0/0" }],
        },
        says: /is not set, which Google takes for true, .+ and lets in 0\.0\.0\.0\/0\./,
    },
    {
        policy: "database-without-tls",
        on: "database",
        set: { [`${Addresses}.sslMode`]: "ALLOW_UNENCRYPTED_AND_ENCRYPTED" },
        passes: [
            { on: "database", set: { [`${Addresses}.sslMode`]: "TRUSTED_CLIENT_CERTIFICATE_REQUIRED" } },
            { on: "database", set: { [`${Addresses}.sslMode`]: UnknownText } },
        ],
    },
    {
        policy: "database-without-tls",
        on: "database",
        set: { [`${Addresses}.sslMode`]: undefined },
        says: /is not set, so the database takes connections without TLS/,
        passes: [{ on: "database", set: { [`${Addresses}.sslMode`]: undefined, [`${Addresses}.requireSsl`]: true } }],
    },
];

const care: readonly Row[] = [
    {
        policy: "database-unprotected",
        on: "database",
        set: { "settings.deletionProtectionEnabled": false },
        passes: [
            { on: "database", set: { "settings.deletionProtectionEnabled": UnknownText } },
            asReplica("settings.deletionProtectionEnabled", false),
        ],
    },
    {
        policy: "database-backups",
        on: "database",
        set: { [`${Backups}.enabled`]: undefined },
        says: /is not set, so there are no backups/,
        passes: [
            { on: "database", set: { [`${Backups}.enabled`]: UnknownText } },
            asReplica(`${Backups}.enabled`, false),
        ],
    },
    {
        policy: "database-backups",
        on: "database",
        set: { [`${Backups}.backupRetentionSettings.retainedBackups`]: 6 },
        says: /is 6, so no more than 6 backups are kept/,
        passes: [
            { on: "database", set: { [`${Backups}.backupRetentionSettings.retainedBackups`]: 7 } },
            { on: "database", set: { [`${Backups}.backupRetentionSettings`]: undefined } },
        ],
    },
    {
        policy: "database-recovery",
        on: "database",
        set: { [`${Backups}.binaryLogEnabled`]: undefined },
        passes: [
            { on: "database", set: { [`${Backups}.binaryLogEnabled`]: undefined, databaseVersion: "POSTGRES_16" } },
            { on: "database", set: { [`${Backups}.binaryLogEnabled`]: UnknownText } },
            asReplica(`${Backups}.binaryLogEnabled`, false),
        ],
    },
    {
        policy: "database-recovery",
        on: "database",
        set: { databaseVersion: "POSTGRES_16", [`${Backups}.pointInTimeRecoveryEnabled`]: false },
        at: `database: ${Backups}.pointInTimeRecoveryEnabled`,
    },
    {
        policy: "database-failover",
        on: "database",
        set: { "settings.availabilityType": "ZONAL" },
        passes: [
            { on: "database", set: { "settings.availabilityType": UnknownText } },
            asReplica("settings.availabilityType", "ZONAL"),
        ],
    },
    { policy: "database-failover", on: "database", set: { "settings.availabilityType": undefined } },
    {
        policy: "database-key",
        on: "database",
        set: { encryptionKeyName: undefined },
        passes: [
            { on: "database", set: { encryptionKeyName: UnknownText } },
            { on: "database", set: { encryptionKeyName: undefined, clone: { sourceInstanceName: "source" } } },
            asReplica("encryptionKeyName", undefined),
        ],
    },
];

const cache: readonly Row[] = [
    {
        policy: "cache-without-tls",
        on: "cache",
        set: { transitEncryptionMode: "DISABLED" },
        says: /is DISABLED, so data and password travel in clear/,
        passes: [{ on: "cache", set: { transitEncryptionMode: UnknownText } }],
    },
    { policy: "cache-without-tls", on: "cache", set: { transitEncryptionMode: undefined }, says: /is not set/ },
    {
        policy: "cache-without-password",
        on: "cache",
        set: { authEnabled: undefined },
        passes: [{ on: "cache", set: { authEnabled: UnknownText } }],
    },
    {
        policy: "cache-failover",
        on: "cache",
        set: { tier: "BASIC" },
        passes: [{ on: "cache", set: { tier: UnknownText } }],
    },
    {
        policy: "cache-key",
        on: "cache",
        set: { customerManagedKey: undefined },
        passes: [{ on: "cache", set: { customerManagedKey: UnknownText } }],
    },
];

/** Another bucket, whose usage log goes to `files`, which is not judged then as one that keeps data. */
const logs = gcpResource("storage/Bucket", "other", {
    name: "other",
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
    versioning: { enabled: true },
    lifecycleRules: [{ action: { type: "Delete" }, condition: { age: 1 } }],
    encryption: { defaultKmsKeyName: "key" },
    logging: { logBucket: "files" },
});

const bucket: readonly Row[] = [
    {
        policy: "bucket-public",
        add: [
            gcpResource("storage/BucketACL", "acl", { bucket: "files", roleEntities: ["OWNER:x", "READER:allUsers"] }),
        ],
        at: "acl: roleEntities[1]",
        says: /is READER:allUsers, so the files are anybody's/,
        passes: [
            { add: [gcpResource("storage/BucketACL", "acl", { bucket: "files", roleEntities: ["OWNER:x"] })] },
            { add: [gcpResource("storage/BucketACL", "acl", { bucket: "files", predefinedAcl: "private" })] },
        ],
    },
    {
        policy: "bucket-public",
        add: [gcpResource("storage/BucketACL", "acl", { bucket: "files", predefinedAcl: "publicRead" })],
        at: "acl: predefinedAcl",
    },
    {
        policy: "bucket-public",
        add: [gcpResource("storage/DefaultObjectAccessControl", "acl", { entity: "allAuthenticatedUsers" })],
        at: "acl: entity",
    },
    {
        policy: "bucket-public-access-prevention",
        on: "files",
        set: { publicAccessPrevention: "inherited" },
        passes: [{ on: "files", set: { publicAccessPrevention: UnknownText } }],
    },
    {
        policy: "bucket-public-access-prevention",
        on: "files",
        set: { publicAccessPrevention: undefined },
    },
    {
        policy: "bucket-uniform-access",
        on: "files",
        set: { uniformBucketLevelAccess: undefined },
        passes: [{ on: "files", set: { uniformBucketLevelAccess: UnknownText } }],
    },
    {
        policy: "bucket-versions",
        on: "files",
        set: { "versioning.enabled": false },
        passes: [
            { on: "files", set: { versioning: UnknownText } },
            { on: "files", set: { "versioning.enabled": false }, add: [logs] },
        ],
    },
    {
        policy: "bucket-lifecycle",
        on: "files",
        set: { lifecycleRules: [] },
        passes: [
            { on: "files", set: { lifecycleRules: UnknownText } },
            { on: "files", set: { lifecycleRules: [] }, add: [logs] },
        ],
    },
    {
        policy: "bucket-key",
        on: "files",
        set: { encryption: undefined },
        at: "files: encryption.defaultKmsKeyName",
        passes: [
            { on: "files", set: { "encryption.defaultKmsKeyName": UnknownText } },
            { on: "files", set: { encryption: undefined }, add: [logs] },
        ],
    },
    {
        policy: "bucket-force-destroy",
        on: "files",
        set: { forceDestroy: true },
        passes: [{ on: "files", set: { forceDestroy: UnknownText } }],
    },
];

const key: readonly Row[] = [
    {
        policy: "key-rotation",
        on: "key",
        set: { rotationPeriod: undefined },
        passes: [
            { on: "key", set: { rotationPeriod: undefined, purpose: "ASYMMETRIC_SIGN" } },
            { on: "key", set: { rotationPeriod: undefined, importOnly: true } },
            { on: "key", set: { rotationPeriod: UnknownText } },
        ],
    },
    {
        policy: "key-destroy-window",
        on: "key",
        set: { destroyScheduledDuration: "86400s" },
        says: /is 86400s, so there is less than a week/,
        passes: [
            { on: "key", set: { destroyScheduledDuration: "604800s" } },
            { on: "key", set: { destroyScheduledDuration: undefined } },
            { on: "key", set: { destroyScheduledDuration: UnknownText } },
        ],
    },
];

export const storeRows: readonly Row[] = [...access, ...care, ...cache, ...bucket, ...key];
