import type { WandbDeploymentArgs } from "../args";
import type { BucketArgs } from "../args/stores";
import { hostAndPort } from "./address";
import { objectName, dataKey } from "./syntax";
import type { Section } from "./section";
import { bucketName } from "./bucket-names";
import { cloudOf } from "./where";
import { codes, given } from "./wording";

type Field = keyof BucketArgs;

/** Arguments that a kind of store has no use for. The chart would ignore them without a word. */
const Unused: Readonly<Record<string, readonly Field[]>> = {
    s3: ["account"],
    gcs: ["account", "region", "kmsKey", "endpoint", "tls", "accessKey", "secretKey", "credentialsSecret"],
    az: ["region", "kmsKey", "endpoint", "tls", "secretKey"],
    cw: ["account", "kmsKey", "endpoint", "tls"],
};

const Stores: Readonly<Record<string, string>> = {
    s3: "Amazon S3 and S3-compatible stores",
    gcs: "Google Cloud Storage, which works by workload identity",
    az: "Azure Blob Storage",
    cw: "CoreWeave AI Object Storage",
};

/** `bucket`. */
export function checkBucket(args: Section<WandbDeploymentArgs>): void {
    if (!args.has("bucket") && !args.pending("existing") && cloudOf(args) === undefined) {
        args.refuse(
            "bucket",
            "is missing, and no cloud makes one. Give `bucket` with at least `provider` (s3, gcs, az or cw) and `name`.",
        );
    }
    const bucket = args.section("bucket");
    if (bucket === undefined) {
        return;
    }
    const provider = bucket.text("provider");
    bucket.check("name", (name) => bucketName(name, provider, bucket.has("endpoint")));
    bucket.check("prefix", wrongPrefix);
    checkCredentials(bucket);
    if (provider !== undefined) {
        checkUnused(bucket, provider);
    }
    if (provider === "s3") {
        checkS3(bucket);
    } else if (provider === "az") {
        checkAzure(args, bucket);
    }
}

function checkUnused(bucket: Section<BucketArgs>, provider: string): void {
    for (const field of bucket.givenOf(...Unused[provider])) {
        const remedy =
            provider === "az" && field === "secretKey"
                ? "The storage account's key belongs into `bucket.accessKey`."
                : "Leave it out.";
        bucket.refuse(field, `is not used by provider ${provider} (${Stores[provider]}). ${remedy}`);
    }
}

function checkCredentials(bucket: Section<BucketArgs>): void {
    const provider = bucket.text("provider");
    if (provider === "gcs") {
        return;
    }
    const literals = bucket.givenOf("accessKey", "secretKey");
    if (bucket.has("credentialsSecret") && literals.length > 0) {
        bucket.refuse(
            "credentialsSecret",
            `is given together with ${codes(literals.map((key) => bucket.at(key)))}. Keep the one or the other.`,
        );
    } else if (literals.length === 1 && (provider === "s3" || provider === "cw")) {
        const absent = literals[0] === "accessKey" ? "secretKey" : "accessKey";
        bucket.refuse(
            absent,
            `is missing, but \`${bucket.at(literals[0])}\` is given; with one of the two W&B uses neither. Give both, or none with workload identity.`,
        );
    }
    const secret = bucket.section("credentialsSecret");
    secret?.check("name", (name) => objectName(name));
    secret?.check("accessKeyName", dataKey);
    secret?.check("secretKeyName", dataKey);
}

function checkS3(bucket: Section<BucketArgs>): void {
    const compatible = bucket.has("endpoint");
    bucket.check("endpoint", wrongEndpoint);
    if (!compatible && !bucket.has("region")) {
        bucket.refuse(
            "region",
            "is missing: requests to Amazon S3 are signed for it. Give the region of the bucket, or `bucket.endpoint` for an S3-compatible store.",
        );
    }
    bucket.check("region", (region) =>
        /^[A-Za-z0-9-]+$/.test(region) ? undefined : `is not a region ${given(region)}. Give for example eu-west-1.`,
    );
    if (!compatible && bucket.has("tls")) {
        bucket.refuse(
            "tls",
            "belongs to `bucket.endpoint`, which is not given: Amazon S3 is always spoken to by TLS. Leave it out.",
        );
    }
    if (compatible && bucket.has("kmsKey")) {
        bucket.refuse("kmsKey", "works with Amazon S3 only, but `bucket.endpoint` names another store. Leave it out.");
    } else {
        bucket.check("kmsKey", (key) =>
            /^arn:[a-z-]+:kms:[^:]*:[^:]*:(key|alias)\/.+$/.test(key)
                ? undefined
                : `is not the ARN of a KMS key ${given(key)}. Give arn:aws:kms:<region>:<account>:key/<id>.`,
        );
    }
}

function wrongEndpoint(endpoint: string): string | undefined {
    const host = endpoint.split(":")[0].toLowerCase();
    if (
        /(^|\.)amazonaws\.com(\.cn)?\/?$/.test(
            endpoint
                .replace(/^[a-z]+:\/\//i, "")
                .split(":")[0]
                .toLowerCase(),
        )
    ) {
        return `is Amazon's own ${given(endpoint)}. Leave it out and give \`bucket.region\`.`;
    }
    return host === ""
        ? `has no host ${given(endpoint)}. Give for example minio.example.com:9000.`
        : hostAndPort(endpoint, "minio.example.com:9000");
}

function wrongPrefix(prefix: string): string | undefined {
    if (/^\/|\/$|\/\//.test(prefix)) {
        return `starts or ends with a slash or has two in a row ${given(prefix)}. Give for example team/wandb.`;
    }
    return /[?#\s]/.test(prefix)
        ? `holds white space or one of the characters ? # ${given(prefix)}, which end the path of a URL. Leave them out.`
        : undefined;
}

function checkAzure(args: Section<WandbDeploymentArgs>, bucket: Section<BucketArgs>): void {
    if (!bucket.has("account")) {
        bucket.refuse(
            "account",
            "is missing. Give the name of the storage account; `bucket.name` is that of the container.",
        );
    }
    bucket.check("account", (account) =>
        /^[a-z0-9]{3,24}$/.test(account)
            ? undefined
            : `is not a name of a storage account ${given(account)}. It has 3 to 24 lower-case letters and digits; leave out .blob.core.windows.net.`,
    );
    if (
        !bucket.has("accessKey") &&
        !bucket.has("credentialsSecret") &&
        !bucket.has("secretKey") &&
        !usesIdentity(args)
    ) {
        bucket.refuse(
            "accessKey",
            "is missing, and no workload identity is set up. Give the storage account's key, `bucket.credentialsSecret`, or `serviceAccounts` with the annotation azure.workload.identity/client-id.",
        );
    }
}

/** Whether something hints at Azure workload identity. `values` may hold it anywhere and count as a hint. */
function usesIdentity(args: Section<WandbDeploymentArgs>): boolean {
    const annotated = args
        .sections("serviceAccounts")
        .some(({ value }) => value === undefined || marked(value, "annotations"));
    const labelled = args.sections("components").some(({ value }) => value === undefined || marked(value, "podLabels"));
    return annotated || labelled || args.pending("serviceAccounts") || args.pending("components") || args.has("values");
}

/** Whether a map carries a key of Azure workload identity, or may. */
function marked<T>(section: Section<T>, key: keyof T & string): boolean {
    return section.pending(key) || section.texts(key).some((entry) => entry.key.startsWith("azure.workload.identity/"));
}
