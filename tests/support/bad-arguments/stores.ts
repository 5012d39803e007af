import { bad } from "./row";
import { tlsFixture } from "./valid";

const secret = { name: "credentials", key: "password" };
const redis = { host: "redis.example.com" };
const az = { provider: "az", name: "wandb-files", account: "acmewandb", accessKey: "storage-key" };
const gcs = { provider: "gcs", name: "wandb-files" };
const minio = { provider: "s3", name: "wandb", endpoint: "minio.example.com:9000" };
const onExisting = ["existing"];

/** `database`. */
export const databaseRows = [
    bad(
        "database",
        /is missing, and no cloud makes one\. .*not for production/,
        { database: undefined },
        undefined,
        onExisting,
    ),
    bad("database.host", /is missing\. Give the `host` of an external MySQL/, { database: {} }),
    bad("database.host", /is missing/, { "database.host": undefined }),
    bad("database.install", /is true, .* `host` describes an external one/, { "database.install": true }),
    bad("database.host", /has a scheme .* Leave mysql:\/\/ out/, { "database.host": "mysql://mysql.example.com" }),
    bad("database.host", /has a port .* `database.port`/, { "database.host": "mysql.example.com:3306" }),
    bad("database.host", /not a host name or address/, { "database.host": "my sql" }),
    bad("database.port", /whole number of 1 to 65535 \(0 given\)/, { "database.port": 0 }),
    bad("database.port", /\(3306.5 given\)/, { "database.port": 3306.5 }),
    bad("database.password", /is missing\. .* `database.passwordSecret`/, { "database.password": undefined }),
    bad("database.password", /together with `database.passwordSecret`/, { "database.passwordSecret": secret }),
    bad("database.password", /one of the characters : \/ \? # \[ \] @ %/, { "database.password": "p@ss" }),
    bad("database.passwordSecret.key", /not a valid key/, {
        "database.password": undefined,
        "database.passwordSecret": { name: "credentials", key: "a key" },
    }),
    bad("database.caCertificate", /is not PEM/, { "database.caCertificate": "ca.pem" }),
    bad(
        "database.caCertificate",
        /holds a block PRIVATE KEY/,
        { "database.caCertificate": tlsFixture("test-only-key.pem") },
        "key as CA",
    ),
    bad("database.name", /MySQL allows 64/, { "database.name": "d".repeat(65) }),
    bad("database.name", /not a name of a database/, { "database.name": "wandb/local" }),
    bad("database.username", /MySQL allows 32/, { "database.username": "u".repeat(33) }),
    bad("database.username", /breaks the URL/, { "database.username": "wandb:admin" }),
];

/** `redis`. */
export const redisRows = [
    bad("redis.parameters.caCertPath", /Use `redis.caCertificate`/, {
        redis: { ...redis, parameters: { caCertPath: "/ca" } },
    }),
    bad('redis.parameters["a b"]', /not a name of a URL parameter/, {
        redis: { ...redis, parameters: { "a b": "x" } },
    }),
    bad("redis.host", /is missing\. .* leave `redis` out/, { redis: { port: 6379 } }),
    bad("redis.host", /is missing/, { redis: { install: false } }),
    bad("redis.install", /is true, .* `host` and `tls` describe an external one/, {
        redis: { ...redis, install: true, tls: true },
    }),
    bad("redis.host", /has a scheme .* Leave rediss:\/\/ out/, { redis: { host: "rediss://redis.example.com" } }),
    bad("redis.port", /1 to 65535/, { redis: { ...redis, port: -1 } }),
    bad("redis.password", /pastes it into a URL/, { redis: { ...redis, password: "a/b" } }),
    bad("redis.password", /together with `redis.passwordSecret`/, {
        redis: { ...redis, password: "x", passwordSecret: secret },
    }),
    bad("redis.tls", /is false, but with `redis.caCertificate`/, {
        redis: { ...redis, tls: false, caCertificate: tlsFixture("test-only-certificate.pem") },
    }),
    bad("redis.parameters.ttlInSeconds", /cannot be changed/, {
        redis: { ...redis, parameters: { ttlInSeconds: "60" } },
    }),
    bad("redis.parameters.tls", /Use `redis.tls`/, { redis: { ...redis, parameters: { tls: "true" } } }),
    bad("redis.parameters.poolSize", /Quote it: "10"/, { redis: { ...redis, parameters: { poolSize: 10 } } }),
];

/** `bucket`. */
export const bucketRows = [
    bad("bucket", /is missing, .* `provider` \(s3, gcs, az or cw\)/, { bucket: undefined }, undefined, onExisting),
    bad("bucket.provider", /Use one of s3, gcs, az, cw\. Use gcs\./, { "bucket.provider": "gs" }),
    bad("bucket.provider", /Use s3 with `bucket.endpoint`/, { "bucket.provider": "minio" }),
    bad("bucket.provider", /is missing\. Give s3, gcs, az or cw/, { "bucket.provider": undefined }),
    bad("bucket.region", /is missing: .* `bucket.endpoint` for an S3-compatible store/, { "bucket.region": undefined }),
    bad("bucket.name", /not a name of an S3 bucket \("Wandb_Files" given\)/, { "bucket.name": "Wandb_Files" }),
    bad("bucket.name", /not a name of an S3 bucket/, { "bucket.name": "192.168.0.1" }),
    bad("bucket.name", /is a URL .* Leave s3:\/\/ out/, { "bucket.name": "s3://wandb-files" }),
    bad("bucket.name", /has a path .* `bucket.prefix`/, { "bucket.name": "wandb-files/team" }),
    bad("bucket.name", /is an address .* `bucket.endpoint`/, { "bucket.name": "minio.example.com:9000" }),
    bad("bucket.prefix", /starts or ends with a slash/, { "bucket.prefix": "/team" }),
    bad("bucket.kmsKey", /not the ARN of a KMS key/, { "bucket.kmsKey": "alias/wandb" }),
    bad("bucket.kmsKey", /Amazon S3 only/, {
        bucket: { ...minio, kmsKey: "arn:aws:kms:eu-west-1:111122223333:key/1" },
    }),
    bad("bucket.endpoint", /is Amazon's own/, { "bucket.endpoint": "s3.eu-west-1.amazonaws.com" }),
    bad("bucket.endpoint", /has a scheme .* Leave https:\/\/ out/, {
        bucket: { ...minio, endpoint: "https://minio.example.com" },
    }),
    bad("bucket.endpoint", /without path/, { bucket: { ...minio, endpoint: "minio.example.com/wandb" } }),
    bad("bucket.endpoint", /no valid port/, { bucket: { ...minio, endpoint: "minio.example.com:port" } }),
    bad("bucket.tls", /belongs to `bucket.endpoint`/, { "bucket.tls": false }),
    bad("bucket.secretKey", /is missing, but `bucket.accessKey` is given/, { "bucket.accessKey": "key" }),
    bad("bucket.credentialsSecret", /together with `bucket.accessKey` and `bucket.secretKey`/, {
        "bucket.accessKey": "key",
        "bucket.secretKey": "secret",
        "bucket.credentialsSecret": { name: "bucket" },
    }),
    bad("bucket.account", /is not used by provider s3/, { "bucket.account": "acmewandb" }),
    bad("bucket.region", /is not used by provider gcs/, { bucket: { ...gcs, region: "europe-west1" } }),
    bad("bucket.accessKey", /is not used by provider gcs .*workload identity/, {
        bucket: { ...gcs, accessKey: "key" },
    }),
    bad("bucket.name", /not a name of a Cloud Storage bucket/, { bucket: { ...gcs, name: "goog-files" } }),
    bad("bucket.account", /is missing\. Give the name of the storage account/, {
        bucket: { ...az, account: undefined },
    }),
    bad("bucket.account", /3 to 24 lower-case letters and digits/, { bucket: { ...az, account: "acme-wandb" } }),
    bad("bucket.secretKey", /belongs into `bucket.accessKey`/, {
        bucket: { ...az, accessKey: undefined, secretKey: "key" },
    }),
    bad("bucket.accessKey", /no workload identity is set up/, { bucket: { ...az, accessKey: undefined } }, undefined, [
        "serviceAccounts",
        "components",
        "values",
    ]),
    bad("bucket.name", /has a slash .* `bucket.account`/, { bucket: { ...az, name: "acmewandb/wandb-files" } }),
    bad("bucket.name", /not a name of a blob container/, { bucket: { ...az, name: "wandb--files" } }),
    bad("bucket.endpoint", /is not used by provider cw/, {
        bucket: { provider: "cw", name: "wandb", endpoint: "cwobject.com" },
    }),
];
