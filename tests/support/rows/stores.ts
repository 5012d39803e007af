import { type Args, pem, row, secret, type ValueRow } from "./row";

const mysql = (more: Args["database"]): Args => ({ database: { host: "db", ...more } });
const cache = (more: Args["redis"]): Args => ({ redis: { host: "cache", ...more } });
const s3 = (more: Partial<NonNullable<Args["bucket"]>>): Args => ({
    bucket: { provider: "s3", name: "b", region: "r", ...more },
});
const minio = (more: Partial<NonNullable<Args["bucket"]>>): Args => s3({ endpoint: "s3.corp.example:9000", ...more });

export const stores: ValueRow[] = [
    row("database.host", mysql({ host: "db.example" }), "values.global.mysql.host", "db.example"),
    row("database.host", mysql({}), "values.mysql.install", undefined),
    row("database.install", { database: { install: true } }, "values.mysql.install", true),
    row("database.port", mysql({}), "values.global.mysql.port", 3306),
    row("database.port", mysql({ port: 3307 }), "values.global.mysql.port", 3307),
    row("database.name", mysql({ name: "n" }), "values.global.mysql.database", "n"),
    row("database.name", mysql({}), "values.global.mysql.database", "wandb_local"),
    row("database.username", mysql({ username: "u" }), "values.global.mysql.user", "u"),
    row("database.password", mysql({ password: "x" }), "values.global.mysql.passwordSecret", {
        name: "made-database",
        passwordKey: "MYSQL_PASSWORD",
    }),
    row("database.password", { database: { install: true, password: "x" } }, "values.global.mysql.passwordSecret", {
        name: "made-database",
        passwordKey: "MYSQL_PASSWORD",
        rootPasswordKey: "MYSQL_PASSWORD",
    }),
    row("database.passwordSecret", mysql({ passwordSecret: secret }), "values.global.mysql.passwordSecret", {
        name: "mine",
        passwordKey: "k",
    }),
    row("database.caCertificate", mysql({ caCertificate: pem }), "values.global.mysql.caCert", pem),
    row("redis.host", cache({ host: "cache.example" }), "values.global.redis.host", "cache.example"),
    row("redis.host", cache({}), "values.redis.install", false),
    row("redis.install", { redis: { install: true } }, "values.redis", { install: true }),
    row("redis.port", cache({}), "values.global.redis.port", 6379),
    row("redis.port", cache({ port: 6380 }), "values.global.redis.port", 6380),
    row("redis.password", cache({ password: "x" }), "values.global.redis.secret", {
        secretName: "made-redis",
        secretKey: "REDIS_PASSWORD",
    }),
    row("redis.passwordSecret", cache({ passwordSecret: secret }), "values.global.redis.secret", {
        secretName: "mine",
        secretKey: "k",
    }),
    row("redis.tls", cache({ tls: true }), "values.global.redis.params.tls", true),
    row("redis.tls", cache({ tls: false }), "values.global.redis.params.tls", false),
    row("redis.caCertificate", cache({ caCertificate: pem }), "values.global.redis.caCert", pem),
    row("redis.caCertificate", cache({ caCertificate: pem, password: "x" }), "values.global.redis.caCert", pem),
    row("redis.caCertificate", cache({ caCertificate: pem }), "values.global.redis.params", { tls: true }),
    row("redis.parameters", cache({ parameters: { master: "m" } }), "values.global.redis.params", { master: "m" }),
    row("bucket.provider", s3({}), "values.global.bucket", { provider: "s3", name: "b", region: "r" }),
    row("bucket.provider", { bucket: { provider: "cw", name: "b" } }, "values.global.bucket", {
        provider: "cw",
        name: "b",
    }),
    row("bucket.name", s3({ name: "mine" }), "values.global.bucket.name", "mine"),
    row("bucket.name", minio({ name: "mine", tls: false }), "values.global.bucket.path", "mine"),
    row("bucket.account", { bucket: { provider: "az", name: "container", account: "acc" } }, "values.global.bucket", {
        provider: "az",
        name: "acc",
        path: "container",
    }),
    row("bucket.prefix", s3({ prefix: "p/q" }), "values.global.bucket.path", "p/q"),
    row("bucket.prefix", minio({ prefix: "p" }), "values.global.bucket.path", "b/p?tls=true"),
    row(
        "bucket.prefix",
        { bucket: { provider: "az", name: "container", account: "acc", prefix: "p" } },
        "values.global.bucket.path",
        "container/p",
    ),
    row("bucket.region", s3({ region: "eu-west-1" }), "values.global.bucket.region", "eu-west-1"),
    row("bucket.kmsKey", s3({ kmsKey: "arn:aws:kms:x" }), "values.global.bucket.kmsKey", "arn:aws:kms:x"),
    row("bucket.endpoint", minio({}), "values.global.bucket.name", "s3.corp.example:9000"),
    row("bucket.tls", minio({}), "values.global.bucket.path", "b?tls=true"),
    row("bucket.tls", minio({ tls: false }), "values.global.bucket.path", "b"),
    row(
        "bucket.accessKey",
        { bucket: { provider: "az", name: "c", account: "a", accessKey: "x" } },
        "values.global.bucket.secret",
        { secretName: "made-bucket", accessKeyName: "ACCESS_KEY" },
    ),
    row("bucket.secretKey", s3({ accessKey: "x", secretKey: "y" }), "values.global.bucket.secret", {
        secretName: "made-bucket",
        accessKeyName: "ACCESS_KEY",
        secretKeyName: "SECRET_KEY",
    }),
    row("bucket.credentialsSecret.name", s3({ credentialsSecret: { name: "mine" } }), "values.global.bucket.secret", {
        secretName: "mine",
        accessKeyName: "ACCESS_KEY",
        secretKeyName: "SECRET_KEY",
    }),
    row(
        "bucket.credentialsSecret.accessKeyName",
        s3({ credentialsSecret: { name: "mine", accessKeyName: "A" } }),
        "values.global.bucket.secret.accessKeyName",
        "A",
    ),
    row(
        "bucket.credentialsSecret.secretKeyName",
        s3({ credentialsSecret: { name: "mine", secretKeyName: "S" } }),
        "values.global.bucket.secret.secretKeyName",
        "S",
    ),
];
