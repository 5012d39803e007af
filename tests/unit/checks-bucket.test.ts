import assert from "node:assert/strict";
import { bucketChecks } from "../../sdk/checks/themes/bucket";
import { Unknown } from "../../sdk/checks/view";
import { az, both, bucket, foundInStores, identity, s3, store, variable } from "../support/bucket-check-rows";
import { findingsOf } from "../support/check-input";
import { testChecks, withValues } from "../support/check-rows";

const fine: Readonly<Record<string, readonly unknown[]>> = {
    "bucket.required": [
        bucket({ name: "acme" }),
        { global: { defaultBucket: { name: "acme" } } },
        variable("s3://K:S@h.example/b"),
        variable("s3://K:S@h.example/b", "env"),
        Unknown,
        { global: Unknown },
        bucket({ name: Unknown }),
        { global: { extraEnv: Unknown } },
        variable(Unknown),
    ],
    "bucket.provider": [
        ...["s3", "gcs", "az", "cw"].map((provider) => bucket({ name: "acme", provider })),
        bucket({ provider: "minio" }),
        { global: { defaultBucket: { name: "acme" } } },
        bucket({ name: "acme", provider: Unknown }),
        bucket({ name: Unknown, provider: "minio" }),
        { global: { bucket: "acme" } },
    ],
    "bucket.s3-region": [
        s3({}),
        store({}),
        bucket({ provider: "s3", name: "minio.corp.example" }),
        bucket({ provider: "gcs", name: "acme" }),
        s3({ region: "" }, { extraEnv: { AWS_REGION: "eu-west-1" } }),
        s3({ region: Unknown }),
        s3({ region: "", name: Unknown }),
        s3({ region: "", provider: Unknown }),
        s3({ region: "", path: Unknown }),
        s3({ region: "" }, { extraEnv: Unknown }),
    ],
    "bucket.s3-keys": [
        s3({}),
        s3(both),
        s3({ accessKey: "K", secret: { secretName: "n" } }),
        az({}),
        s3({ accessKey: "K", secretKey: Unknown }),
        s3({ accessKey: Unknown }),
        s3({ accessKey: "K", secret: Unknown }),
    ],
    "bucket.s3-compat": [
        store({}),
        s3({}),
        bucket({ provider: "s3", name: "s3.corp.example:9000/wandb" }),
        s3({ name: "dotted.bucket.acme" }),
        s3({ name: "dotted.bucket.acme", ...both, accessKey: Unknown }),
        store({ path: Unknown }),
        store({ path: "", name: Unknown }),
        store({ path: "", provider: "gcs" }),
    ],
    "bucket.s3-compat-kms": [
        s3({ kmsKey: "arn:aws:kms:eu-west-1:1:key/2" }),
        store({}),
        bucket({ provider: "s3", name: "s3.eu-west-1.amazonaws.com", path: "acme", kmsKey: "arn:aws:kms:x" }),
        s3({ kmsKey: Unknown }),
        s3({ name: Unknown, kmsKey: "alias/wandb" }),
    ],
    "bucket.az-key": [
        az({}),
        az({ accessKey: "", secret: { secretName: "n" } }),
        az({ accessKey: "", secretKey: "S" }),
        az({ accessKey: "" }, { extraEnv: { AZURE_STORAGE_KEY: { valueFrom: {} } } }),
        { ...az({ accessKey: "" }), app: identity },
        { ...az({ accessKey: "" }), app: { podLabels: { "azure.workload.identity/use": "true" } } },
        { ...az({ accessKey: "" }), app: { serviceAccount: Unknown } },
        { ...az({ accessKey: "" }), weave: Unknown },
        az({ accessKey: "", azureClientId: "x" }),
        az({ accessKey: Unknown }),
        az({ accessKey: "", secret: Unknown }),
        s3({}),
    ],
    "bucket.az-secretkey": [
        az({}),
        s3({ secretKey: "S" }),
        az({ secretKey: Unknown }),
        az({ secretKey: "S", name: Unknown }),
    ],
    "bucket.az-container": [
        az({}),
        az({ path: "", name: "acme/files" }),
        az({ path: Unknown }),
        az({ path: "", name: Unknown }),
        s3({}),
    ],
    "bucket.gcs-fields": [
        bucket({ provider: "gcs", name: "acme", path: "p" }),
        bucket({ provider: "gcs", name: "acme", region: "" }),
        bucket({ provider: "gcs", name: "acme", region: Unknown }),
        s3({}),
    ],
    "bucket.env": [
        s3({}),
        variable(""),
        variable(Unknown),
        { global: { extraEnv: Unknown } },
        { global: { extraEnv: ["BUCKET"] } },
    ],
    "bucket.env-url": [
        variable("s3://K:S@s3.corp.example/wandb"),
        variable("s3://K:S%2F@s3.corp.example:9000/wandb/prefix?tls=true"),
        variable({ valueFrom: {} }),
        variable(Unknown),
        variable(""),
        s3({}),
    ],
    "bucket.tls": [
        store({}),
        s3({ path: "prefix" }),
        s3({ name: "dotted.bucket.acme", path: "prefix" }),
        store({ path: "" }),
        variable("s3://K:S@s3.corp.example/wandb?tls=true"),
        variable("s3://K:S@acme/prefix"),
        variable(Unknown),
        store({ path: Unknown }),
        store({ path: "wandb", name: Unknown }),
    ],
    "bucket.secret-plain": [
        store({ secret: { secretName: "n" } }),
        store({ ...both, secret: { secretName: "n" } }),
        az({ accessKey: "", secretKey: "S" }),
        bucket({ provider: "gcs", name: "acme", ...both }),
        s3({}),
        store({ accessKey: Unknown, secretKey: Unknown }),
        store({ ...both, secret: { secretName: Unknown } }),
        { global: { bucket: both } },
    ],
};

describe("checks of the object store", () => {
    testChecks(bucketChecks, foundInStores, withValues(fine));

    it("bucket.gcs-fields names each field", () => {
        const values = bucket({
            provider: "gcs",
            name: "acme",
            region: "r",
            kmsKey: "k",
            accessKey: "S3CRET",
            secretKey: "S3CRET",
        });
        const findings = findingsOf(bucketChecks, "bucket.gcs-fields", { values });
        assert.deepEqual(
            findings.map(({ path, level, message }) => [path, level, message]),
            ["region", "kmsKey", "accessKey", "secretKey"].map((key) => [
                `spec.values.global.bucket.${key}`,
                "warning",
                "is not used by provider gcs",
            ]),
        );
        assert.match(findings[0].remedy, /^Remove it/);
    });

    it("knows levels as the table says", () => {
        const warnings = bucketChecks.filter(({ level }) => level === "warning").map(({ id }) => id);
        assert.deepEqual(warnings, [
            "bucket.s3-compat-kms",
            "bucket.az-secretkey",
            "bucket.gcs-fields",
            "bucket.env",
            "bucket.tls",
            "bucket.secret-plain",
        ]);
    });
});
