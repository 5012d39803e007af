import { Canary, type FoundRow } from "./check-rows";

type Tree = Record<string, unknown>;

export const bucket = (fields: Tree, more: Tree = {}) => ({ global: { bucket: fields, ...more } });
export const s3 = (fields: Tree, more: Tree = {}) =>
    bucket({ provider: "s3", name: "acme", region: "eu-west-1", ...fields }, more);
export const store = (fields: Tree, more: Tree = {}) =>
    bucket({ provider: "s3", name: "s3.corp.example:9000", path: "wandb?tls=true", ...fields }, more);
export const az = (fields: Tree, more: Tree = {}) =>
    bucket({ provider: "az", name: "acme", path: "files", accessKey: "k", ...fields }, more);
export const variable = (value: unknown, map = "extraEnv") => ({ global: { [map]: { BUCKET: value } } });
export const identity = { serviceAccount: { annotations: { "azure.workload.identity/client-id": "x" } } };
export const both = { accessKey: "K", secretKey: "S" };

/** What the checks of the object store find. */
export const foundInStores: readonly FoundRow[] = [
    {
        id: "bucket.required",
        values: undefined,
        path: "global.bucket.name",
        message: /^is missing, and no other key names an object store$/,
        remedy: /`global.bucket.provider` .* `global.bucket.name`/,
    },
    {
        id: "bucket.required",
        values: {
            global: { bucket: { name: "", provider: "s3" }, defaultBucket: { name: null }, extraEnv: { BUCKET: "" } },
        },
        path: "global.bucket.name",
        message: /^is missing/,
        remedy: /Set/,
    },
    {
        id: "bucket.provider",
        values: bucket({ name: "acme" }),
        path: "global.bucket.provider",
        message: /^is missing, so the chart makes an empty URL$/,
        remedy: /`s3`, `gcs`, `az` or `cw`/,
    },
    {
        id: "bucket.provider",
        values: bucket({ name: "acme", provider: "gs" }),
        path: "global.bucket.provider",
        message: /^is not a provider .* \("gs" given\), so it makes an empty URL$/,
        remedy: /^Use `gcs`\.$/,
    },
    {
        id: "bucket.provider",
        values: bucket({ name: "acme", provider: "S3" }),
        path: "global.bucket.provider",
        message: /\("S3" given\)/,
        remedy: /^Use `s3`\.$/,
    },
    {
        id: "bucket.provider",
        values: bucket({ name: "acme", provider: "minio" }),
        path: "global.bucket.provider",
        message: /\("minio" given\)/,
        remedy: /^Use `s3`\.$/,
    },
    {
        id: "bucket.provider",
        values: bucket({ name: "acme", provider: ["s3"] }),
        path: "global.bucket.provider",
        message: /^is not a provider that the chart knows, so/,
        remedy: /^Use one of/,
    },
    {
        id: "bucket.provider",
        values: { global: { defaultBucket: { name: "acme", provider: "azure" } } },
        path: "global.defaultBucket.provider",
        message: /\("azure" given\)/,
        remedy: /^Use `az`\.$/,
    },
    {
        id: "bucket.s3-region",
        values: s3({ region: "" }),
        path: "global.bucket.region",
        message: /^is missing, but requests to Amazon S3 are signed for a region$/,
        remedy: /eu-west-1/,
    },
    {
        id: "bucket.s3-region",
        values: { global: { defaultBucket: { name: "acme" } } },
        path: "global.defaultBucket.region",
        message: /^is missing/,
        remedy: /region/,
    },
    {
        id: "bucket.s3-keys",
        values: s3({ accessKey: "AKIASECRET" }),
        path: "global.bucket.secretKey",
        message: /^is missing, but `spec.values.global.bucket.accessKey` is set; .* no credentials at all$/,
        remedy: /`global.bucket.secret.secretName`/,
    },
    {
        id: "bucket.s3-keys",
        values: bucket({ provider: "cw", name: "acme", secretKey: "S3CRET" }),
        path: "global.bucket.accessKey",
        message: /^is missing/,
        remedy: /workload identity/,
    },
    {
        id: "bucket.s3-compat",
        values: store({ path: "" }),
        path: "global.bucket.path",
        message:
            /^names no bucket, but `spec.values.global.bucket.name` is the host of a store \("s3.corp.example:9000" given\)$/,
        remedy: /`name` to host:port, and `path` to the bucket/,
    },
    {
        id: "bucket.s3-compat",
        values: store({ path: "?tls=true" }),
        path: "global.bucket.path",
        message: /^names no bucket/,
        remedy: /`path`/,
    },
    {
        id: "bucket.s3-compat",
        values: bucket({ provider: "s3", name: "minio.corp.example", region: "x", ...both }),
        path: "global.bucket.path",
        message: /"minio.corp.example" given/,
        remedy: /`path`/,
    },
    {
        id: "bucket.s3-compat",
        values: bucket({ provider: "s3", name: "10.0.0.7", region: "x" }),
        path: "global.bucket.path",
        message: /"10.0.0.7" given/,
        remedy: /`path`/,
    },
    {
        id: "bucket.s3-compat",
        values: store({ name: "https://u:S3CRET@s3.corp.example" }),
        path: "global.bucket.name",
        message: /^is a URL \("https:\/\/\*\*\*@s3.corp.example" given\), but the chart adds a scheme itself$/,
        remedy: /`name` to host:port/,
    },
    {
        id: "bucket.s3-compat-kms",
        values: store({ kmsKey: "arn:aws:kms:eu-west-1:1:key/2" }),
        path: "global.bucket.kmsKey",
        message: /^works with Amazon S3 only, but the store is at "s3\.corp\.example:9000"$/,
        remedy: /^Remove `kmsKey`/,
    },
    {
        id: "bucket.s3-compat-kms",
        values: s3({ kmsKey: "alias/wandb" }),
        path: "global.bucket.kmsKey",
        message: /^is not the ARN of a KMS key \("alias\/wandb" given\)$/,
        remedy: /arn:aws:kms:/,
    },
    {
        id: "bucket.az-key",
        values: az({ accessKey: undefined }),
        path: "global.bucket.accessKey",
        message: /^is missing, and neither a Secret nor workload identity/,
        remedy: /`global.bucket.secret.secretName` and `accessKeyName`.*azure.workload.identity\/client-id/,
    },
    {
        id: "bucket.az-secretkey",
        values: az({ accessKey: "", secretKey: "S3CRET" }),
        level: "error",
        path: "global.bucket.secretKey",
        message: /^is read by nothing for provider az, so W&B has no key of the storage account$/,
        remedy: /^Move it to `accessKey`/,
    },
    {
        id: "bucket.az-secretkey",
        values: az({ secretKey: "S3CRET" }),
        level: "warning",
        path: "global.bucket.secretKey",
        message: /^is read by nothing for provider az$/,
        remedy: /^Remove it\.$/,
    },
    {
        id: "bucket.az-container",
        values: az({ path: "" }),
        path: "global.bucket.path",
        message: /^is missing, but the URL needs a container behind the storage account \("acme" given\)$/,
        remedy: /`path` to the container/,
    },
    {
        id: "bucket.az-container",
        values: az({ path: "", name: "acme/" }),
        path: "global.bucket.path",
        message: /\("acme\/" given\)/,
        remedy: /container/,
    },
    {
        id: "bucket.env",
        values: variable("s3://K:S3CRET@s3.corp.example/wandb?tls=true"),
        path: "global.extraEnv.BUCKET",
        message: /^sets the variable BUCKET alone: .*, and its key stays readable in the custom resource$/,
        remedy: /`provider` s3, `name` host:port, `path` bucket\?tls=true and `secret.secretName`/,
    },
    {
        id: "bucket.env",
        values: variable({ valueFrom: { secretKeyRef: { name: "n", key: "k" } } }, "env"),
        path: "global.env.BUCKET",
        message:
            /^sets the variable BUCKET alone: other services keep the URL that the chart makes of `global.bucket`$/,
        remedy: /remove BUCKET/,
    },
    ...(
        [
            ["http://K:S3CRET@s3.corp.example/wandb", "error", /^has the scheme http:\/\/, but/],
            ["s3.corp.example/wandb", "error", /^has no scheme/],
            ["gs://acme", "warning", /^has the scheme gs:\/\//],
            ["s3://s3.corp.example/wandb", "error", /^has no access key and secret/],
            ["s3://K@s3.corp.example/wandb", "error", /^has no access key and secret/],
            ["s3://:S3CRET@s3.corp.example/wandb", "error", /^has no access key and secret/],
            ["s3://acme-bucket", "warning", /^has no access key and secret/],
            ["s3://K:S3CRET@acme-bucket", "warning", /^names no bucket after the host$/],
            ["s3://K:S3CRET@s3.corp.example/", "error", /^names no bucket after the host$/],
            ["s3://K:S3CRET@s3.corp.example?tls=true", "error", /^names no bucket after the host$/],
            ["s3://K:S3CRET@/wandb", "error", /^has no host$/],
            ["s3://K:S3C/RET@s3.corp.example/wandb", "error", /^holds one of the characters .* not percent-encoded$/],
            ["s3://K:S3C:RET@s3.corp.example/wandb", "error", /^holds one of the characters/],
            ["s3://K:S3C@RET@s3.corp.example/wandb", "error", /^holds one of the characters/],
        ] as const
    ).map(([value, level, message]) => ({
        id: "bucket.env-url",
        values: variable(value),
        level,
        path: "global.extraEnv.BUCKET",
        message,
        remedy: /s3:\/\/KEY:SECRET@HOST\/BUCKET/,
    })),
    {
        id: "bucket.tls",
        values: store({ path: "wandb" }),
        path: "global.bucket.path",
        message: /^does not end in \?tls=true, without which W&B speaks plain HTTP/,
        remedy: /^Append \?tls=true/,
    },
    {
        id: "bucket.tls",
        values: store({ path: "wandb?tls=false" }),
        path: "global.bucket.path",
        message: /plain HTTP/,
        remedy: /Append/,
    },
    {
        id: "bucket.tls",
        values: bucket({ provider: "s3", name: "minio.corp.example:9000/wandb", ...both }),
        path: "global.bucket.name",
        message: /plain HTTP/,
        remedy: /Append/,
    },
    {
        id: "bucket.tls",
        values: variable("s3://K:S3CRET@s3.corp.example/wandb"),
        path: "global.extraEnv.BUCKET",
        message: /plain HTTP/,
        remedy: /Append/,
    },
    {
        id: "bucket.secret-plain",
        values: store({ accessKey: "K", secretKey: "S3CRET" }),
        path: "global.bucket.accessKey",
        message: /^stands in clear in the custom resource/,
        remedy: /`global.bucket.secret.secretName`, `accessKeyName` and `secretKeyName`/,
    },
    {
        id: "bucket.secret-plain",
        values: az({ accessKey: "S3CRET" }),
        path: "global.bucket.accessKey",
        message: /^stands in clear/,
        remedy: /`global.bucket.secret.secretName` and `accessKeyName`\.$/,
    },
    {
        id: "bucket.gcs-fields",
        values: bucket({ provider: "gcs", name: "acme", secretKey: Canary }),
        path: "global.bucket.secretKey",
        message: /^is not used by provider gcs$/,
        remedy: /^Remove it/,
    },
];
