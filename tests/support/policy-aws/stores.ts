/** Faults of database, cache, queue and bucket, each with the nearest changes that are none. */
import { UnknownText } from "../policy-stack";
import { allow, awsResource, document, refusal, type Row, Root } from "./stack";

const database: readonly Row[] = [
    {
        policy: "database-public",
        on: "writer",
        set: { publiclyAccessible: true },
        passes: [
            { on: "writer", set: { publiclyAccessible: false } },
            { on: "writer", set: { publiclyAccessible: UnknownText } },
        ],
    },
    { policy: "database-public", on: "other-database", set: { publiclyAccessible: true } },
    {
        policy: "database-unencrypted",
        on: "database",
        set: { storageEncrypted: undefined },
        says: /is not set, so disk, backups and snapshots are not encrypted/,
        passes: [
            { on: "database", set: { storageEncrypted: undefined, snapshotIdentifier: "snapshot" } },
            { on: "database", set: { storageEncrypted: undefined, engineMode: "serverless" } },
            { on: "database", set: { storageEncrypted: UnknownText } },
        ],
    },
    { policy: "database-unencrypted", on: "other-database", set: { storageEncrypted: false }, says: /is false/ },
    {
        policy: "database-unprotected",
        on: "database",
        set: { deletionProtection: false },
        passes: [{ on: "database", set: { deletionProtection: UnknownText } }],
    },
    { policy: "database-unprotected", on: "other-database", set: { deletionProtection: undefined } },
    {
        policy: "database-backups",
        on: "database",
        set: { backupRetentionPeriod: 6 },
        says: /is 6, so the database can be restored for 6 days only/,
        passes: [
            { on: "database", set: { backupRetentionPeriod: 7 } },
            { on: "database", set: { backupRetentionPeriod: UnknownText } },
        ],
    },
    {
        policy: "database-backups",
        on: "other-database",
        set: { backupRetentionPeriod: undefined },
        passes: [{ on: "other-database", set: { backupRetentionPeriod: undefined, replicateSourceDb: "source" } }],
    },
    {
        policy: "database-final-snapshot",
        on: "database",
        set: { skipFinalSnapshot: true },
        passes: [{ on: "database", set: { skipFinalSnapshot: false } }],
    },
];

const transport = (value: unknown) => [{ name: "require_secure_transport", value }];

const encryption: readonly Row[] = [
    {
        policy: "database-without-tls",
        on: "cluster-group",
        set: { parameters: transport("OFF") },
        says: /set require_secure_transport to OFF/,
        passes: ["1", "on", UnknownText].map((value) => ({
            on: "cluster-group",
            set: { parameters: transport(value) },
        })),
    },
    {
        policy: "database-without-tls",
        on: "cluster-group",
        set: { parameters: [{ name: "binlog_format", value: "ROW" }] },
        says: /lack require_secure_transport/,
        passes: [
            { on: "cluster-group", set: { parameters: [], family: "aurora-mysql8.4" } },
            { on: "cluster-group", set: { parameters: UnknownText } },
            { on: "cluster-group", set: { parameters: [{ name: UnknownText, value: "ON" }] } },
        ],
    },
    {
        policy: "database-without-tls",
        on: "database",
        set: { dbClusterParameterGroupName: undefined },
        says: /is not set, and AWS's own group takes connections without TLS/,
        passes: [
            {
                on: "database",
                set: { dbClusterParameterGroupName: undefined, engineVersion: "8.4.mysql_aurora.8.4.7" },
            },
            { on: "database", set: { dbClusterParameterGroupName: undefined, engine: "aurora-postgresql" } },
            { on: "database", set: { dbClusterParameterGroupName: "of-another-stack" } },
            { on: "database", set: { dbClusterParameterGroupName: UnknownText } },
        ],
    },
    {
        policy: "database-without-tls",
        on: "other-database",
        set: { parameterGroupName: "default.mysql8.0" },
        says: /is "default\.mysql8\.0"/,
    },
];

const cache: readonly Row[] = [
    {
        policy: "cache-without-tls",
        on: "cache",
        set: { transitEncryptionEnabled: false },
        says: /is false, so data and password travel in clear/,
        passes: [
            { on: "cache", set: { transitEncryptionEnabled: UnknownText } },
            { on: "cache", set: { transitEncryptionEnabled: undefined, globalReplicationGroupId: "global" } },
        ],
    },
    {
        policy: "cache-without-tls",
        on: "cache",
        set: { transitEncryptionMode: "preferred" },
        passes: [{ on: "cache", set: { transitEncryptionMode: undefined } }],
    },
    {
        policy: "cache-without-tls",
        add: [awsResource("elasticache/Cluster", "node", { engine: "redis" })],
        at: "node: engine",
        says: /is redis on a node by itself/,
        passes: [
            { add: [awsResource("elasticache/Cluster", "node", { engine: "memcached" })] },
            { add: [awsResource("elasticache/Cluster", "node", { engine: "redis", replicationGroupId: "cache" })] },
        ],
    },
    {
        policy: "cache-unencrypted",
        on: "cache",
        set: { engine: "redis", atRestEncryptionEnabled: undefined },
        at: "cache: atRestEncryptionEnabled",
        passes: [
            { on: "cache", set: { engine: "valkey", atRestEncryptionEnabled: undefined } },
            { on: "cache", set: { atRestEncryptionEnabled: UnknownText } },
        ],
    },
    { policy: "cache-unencrypted", on: "cache", set: { atRestEncryptionEnabled: false } },
    {
        policy: "cache-without-password",
        on: "cache",
        set: { authToken: undefined },
        passes: [
            { on: "cache", set: { authToken: UnknownText } },
            { on: "cache", set: { authToken: undefined, userGroupIds: ["users"] } },
        ],
    },
    {
        policy: "cache-failover",
        on: "cache",
        set: { automaticFailoverEnabled: false, multiAzEnabled: false },
        at: "cache: automaticFailoverEnabled",
    },
    {
        policy: "cache-failover",
        on: "cache",
        set: { multiAzEnabled: undefined },
        passes: [{ on: "cache", set: { multiAzEnabled: UnknownText } }],
    },
    {
        policy: "queue-unencrypted",
        on: "queue",
        set: { sqsManagedSseEnabled: false },
        passes: [
            { on: "queue", set: { sqsManagedSseEnabled: true } },
            { on: "queue", set: { sqsManagedSseEnabled: false, kmsMasterKeyId: "key" } },
        ],
    },
];

const logs = document(
    refusal(),
    allow({ Principal: { Service: "logging.s3.amazonaws.com" }, Resource: ["arn:aws:s3:::files/*"] }),
);

/** The bucket as one for logs, by its policy and by the bucket whose logs it takes. */
const logBucket = (without: string) => [
    { on: "bucket-policy", set: { policy: logs }, without: [without] },
    {
        without: [without],
        add: [awsResource("s3/BucketLogging", "logging", { bucket: "other", targetBucket: "files" })],
    },
];

const bucket: readonly Row[] = [
    {
        policy: "bucket-public",
        on: "block",
        set: { restrictPublicBuckets: undefined },
        says: /is not set, so public access is not blocked/,
        passes: [{ on: "block", set: { restrictPublicBuckets: UnknownText } }],
    },
    {
        policy: "bucket-public",
        add: [awsResource("s3/BucketAcl", "acl", { bucket: "files", acl: "public-read" })],
        at: "acl: acl",
        passes: [{ add: [awsResource("s3/BucketAcl", "acl", { bucket: "files", acl: "private" })] }],
    },
    {
        policy: "bucket-public",
        add: [
            awsResource("s3/AccountPublicAccessBlock", "account", {
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: false,
                restrictPublicBuckets: true,
            }),
        ],
        at: "account: ignorePublicAcls",
    },
    {
        policy: "bucket-without-tls",
        on: "bucket-policy",
        set: { policy: document(refusal({ Action: ["s3:GetObject"] })) },
        passes: [
            { on: "bucket-policy", set: { policy: UnknownText } },
            { on: "bucket-policy", set: { policy: { Version: "2012-10-17", Statement: refusal() } } },
            {
                on: "bucket-policy",
                set: {
                    policy: document(
                        refusal({ Principal: { AWS: "*" }, Condition: { Bool: { "aws:secureTransport": [false] } } }),
                    ),
                },
            },
        ],
    },
    {
        policy: "bucket-without-tls",
        without: ["bucket-policy"],
        at: "files: policy",
        says: /is not set, so nothing refuses plain HTTP/,
        passes: [
            {
                without: ["bucket-policy"],
                add: [awsResource("s3/BucketPolicy", "later", { bucket: UnknownText, policy: UnknownText })],
            },
            { on: "files", set: { policy: document(refusal()) }, without: ["bucket-policy"] },
        ],
    },
    {
        policy: "bucket-versions",
        on: "versioning",
        set: { "versioningConfiguration.status": "Suspended" },
        says: /is Suspended, so what is deleted by mistake is gone/,
        passes: [
            { on: "versioning", set: { "versioningConfiguration.status": UnknownText } },
            ...logBucket("versioning"),
        ],
    },
    {
        policy: "bucket-versions",
        without: ["versioning"],
        at: "files: versioning",
        passes: [
            { on: "files", set: { versioning: { enabled: true } }, without: ["versioning"] },
            {
                without: ["versioning"],
                add: [
                    awsResource("s3/BucketVersioningV2", "old", {
                        bucket: "files",
                        versioningConfiguration: { status: "Enabled" },
                    }),
                ],
            },
            { on: "files", set: { bucket: UnknownText } },
        ],
    },
    {
        policy: "bucket-lifecycle",
        without: ["lifecycle"],
        at: "files: lifecycleRules",
        passes: [
            { on: "files", set: { lifecycleRules: [{ id: "old" }] }, without: ["lifecycle"] },
            ...logBucket("lifecycle"),
        ],
    },
    {
        policy: "bucket-key",
        on: "encryption",
        set: { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
        passes: [
            { on: "encryption", set: { rules: UnknownText } },
            {
                on: "encryption",
                set: {
                    rules: [
                        {
                            applyServerSideEncryptionByDefault: {
                                sseAlgorithm: "aws:kms",
                                kmsMasterKeyId: UnknownText,
                            },
                        },
                    ],
                },
            },
            ...logBucket("encryption"),
        ],
    },
    { policy: "bucket-key", without: ["encryption"], at: "files: serverSideEncryptionConfiguration.rule" },
    {
        policy: "bucket-force-destroy",
        on: "files",
        set: { forceDestroy: true },
        passes: [{ on: "files", set: { forceDestroy: UnknownText } }],
    },
    {
        policy: "open-to-anybody",
        on: "bucket-policy",
        set: { policy: document(refusal(), allow({ Principal: "*" })) },
        at: "bucket-policy: policy.Statement[1]",
        passes: [
            { on: "bucket-policy", set: { policy: document(refusal(), allow({ Principal: { AWS: [Root] } })) } },
            {
                on: "bucket-policy",
                set: {
                    policy: document(
                        refusal(),
                        allow({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-example" } } }),
                    ),
                },
            },
        ],
    },
];

export const storeRows: readonly Row[] = [...database, ...encryption, ...cache, ...bucket];
