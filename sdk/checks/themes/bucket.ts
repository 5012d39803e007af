import { closest } from "../../validation/suggest";
import { codes, given, quote } from "../../validation/wording";
import type { Check, CheckInput, Fault } from "../check";
import { globalVariable, isSet, shown } from "../connections";
import { misplacedAzureKey, noAzureKey, noContainer } from "../azure-store";
import {
    hasScheme,
    isAmazon,
    lacksTls,
    Providers,
    s3Address,
    type Store,
    storeOf,
    storeOfKind,
    wrongBucketUrl,
} from "../stores";

const NameIt = "Set `global.bucket.provider` (s3, gcs, az or cw) and `global.bucket.name`.";
const Credentials =
    "Put them into a Secret, and set `global.bucket.secret.secretName`, `accessKeyName` and `secretKeyName`";
const AzureSecret = "Put it into a Secret, and set `global.bucket.secret.secretName` and `accessKeyName`.";

const bucketVariables = ({ values }: CheckInput) => globalVariable(values, "BUCKET");

function* noBucket(input: CheckInput): Iterable<Fault> {
    const { values } = input;
    const name = values.at("global", "bucket", "name");
    const places = [name, values.at("global", "defaultBucket", "name"), ...bucketVariables(input)];
    if (places.every((place) => place.empty)) {
        yield { path: name.path, message: "is missing, and no other key names an object store", remedy: NameIt };
    }
}

/** Names that other tools have for the same. */
const OtherNames: Readonly<Record<string, string>> = {
    aws: "s3",
    minio: "s3",
    ceph: "s3",
    gs: "gcs",
    gcp: "gcs",
    google: "gcs",
    azure: "az",
    azureblob: "az",
    coreweave: "cw",
};

function* wrongProvider({ values }: CheckInput): Iterable<Fault> {
    const store = storeOf(values);
    const place = store?.place.at("provider");
    if (store === undefined || place === undefined || place.unknown || Providers.includes(store.provider ?? "")) {
        return;
    }
    const word = (place.text ?? "").toLowerCase();
    const meant = Object.hasOwn(OtherNames, word) ? OtherNames[word] : closest(word, Providers);
    yield {
        path: place.path,
        message: place.empty
            ? "is missing, so the chart makes an empty URL"
            : `is not a provider that the chart knows${shown(place)}, so it makes an empty URL`,
        remedy: meant === undefined ? `Use one of ${codes(Providers, "or")}.` : `Use \`${meant}\`.`,
    };
}

function* noRegion(input: CheckInput): Iterable<Fault> {
    const store = storeOf(input.values);
    const region = store?.place.at("region");
    const fromVariable = globalVariable(input.values, "AWS_REGION").some((variable) => variable.filled);
    if (store !== undefined && region?.empty === true && !fromVariable && s3Address(store)?.kind === "bucket") {
        yield {
            path: region.path,
            message: "is missing, but requests to Amazon S3 are signed for a region",
            remedy: "Set the region of the bucket, for example eu-west-1.",
        };
    }
}

function* halfCredentials(input: CheckInput): Iterable<Fault> {
    const store = storeOfKind(input.values, "s3", "cw");
    if (store === undefined || store.secretName.filled) {
        return;
    }
    const keys = ["accessKey", "secretKey"].map((key) => store.place.at(key));
    const absent = keys.find((key) => key.empty);
    const other = keys.find((key) => isSet(key));
    if (absent !== undefined && other !== undefined) {
        yield {
            path: absent.path,
            message: `is missing, but \`${other.path}\` is set; with one of the two the URL has no credentials at all`,
            remedy: `${Credentials}; or set none of them and use workload identity.`,
        };
    }
}

function* noBucketBehindHost(input: CheckInput): Iterable<Fault> {
    const store = storeOfKind(input.values, "s3");
    const name = store?.place.at("name");
    if (store === undefined || name === undefined) {
        return;
    }
    const remedy = "Set `name` to host:port, and `path` to the bucket, with ?tls=true behind it for HTTPS.";
    if (name.text !== undefined && hasScheme(name.text)) {
        yield { path: name.path, message: `is a URL${shown(name)}, but the chart adds a scheme itself`, remedy };
        return;
    }
    const address = s3Address(store);
    if (address !== undefined && address.inside === "" && isHost(store, address.kind)) {
        yield {
            path: store.place.at("path").path,
            message: `names no bucket, but \`${name.path}\` is the host of a store ${given(address.first)}`,
            remedy,
        };
    }
}

/** A name with dots and a region, but without keys, is a bucket of Amazon's. Without region and path it is wrong as either. */
function isHost({ place, secretName }: Store, kind: "bucket" | "host" | "either"): boolean {
    const keys = isSet(secretName) || (isSet(place.at("accessKey")) && isSet(place.at("secretKey")));
    return kind === "host" || (kind === "either" && (keys || place.at("region").empty));
}

function* uselessKmsKey(input: CheckInput): Iterable<Fault> {
    const store = storeOfKind(input.values, "s3");
    const key = store?.place.at("kmsKey");
    const address = store && s3Address(store);
    if (key === undefined || !isSet(key)) {
        return;
    }
    if (address?.kind === "host" && !isAmazon(address.first)) {
        yield {
            path: key.path,
            message: `works with Amazon S3 only, but the store is at ${quote(address.first)}`,
            remedy: "Remove `kmsKey`; the store encrypts by its own settings.",
        };
    } else if (key.text?.startsWith("arn:") !== true) {
        yield {
            path: key.path,
            message: `is not the ARN of a KMS key${shown(key)}`,
            remedy: "Give the whole ARN: arn:aws:kms:<region>:<account>:key/<id>.",
        };
    }
}

function* unusedByGcs(input: CheckInput): Iterable<Fault> {
    const store = storeOfKind(input.values, "gcs");
    for (const key of ["region", "kmsKey", "accessKey", "secretKey"]) {
        const place = store?.place.at(key);
        if (place !== undefined && isSet(place)) {
            yield {
                path: place.path,
                message: "is not used by provider gcs",
                remedy: "Remove it: Cloud Storage is reached by workload identity, and its keys belong to the bucket.",
            };
        }
    }
}

function* onlyOneVariable(input: CheckInput): Iterable<Fault> {
    for (const variable of bucketVariables(input).filter(isSet)) {
        const clear =
            variable.text?.includes("@") === true ? ", and its key stays readable in the custom resource" : "";
        yield {
            path: variable.path,
            message: `sets the variable BUCKET alone: other services keep the URL that the chart makes of \`global.bucket\`${clear}`,
            remedy: "Use `global.bucket` with `provider` s3, `name` host:port, `path` bucket?tls=true and `secret.secretName`, and remove BUCKET.",
        };
    }
}

function* plainHttp(input: CheckInput): Iterable<Fault> {
    const store = storeOf(input.values);
    const address = store && s3Address(store);
    const places = bucketVariables(input).filter(lacksTls);
    if (store !== undefined && address !== undefined && address.inside !== "" && !address.tls) {
        const keys = isSet(store.secretName) || isSet(store.place.at("accessKey"));
        if (address.kind === "host" || (address.kind === "either" && keys)) {
            places.push(store.place.at("path").absent ? store.place.at("name") : store.place.at("path"));
        }
    }
    for (const place of places) {
        yield {
            path: place.path,
            message: "does not end in ?tls=true, without which W&B speaks plain HTTP to an S3-compatible store",
            remedy: "Append ?tls=true to it.",
        };
    }
}

/** Fields of each kind that are credentials and are used; the others are reported as useless. */
const CredentialFields: Readonly<Record<string, readonly string[]>> = {
    s3: ["accessKey", "secretKey"],
    cw: ["accessKey", "secretKey"],
    az: ["accessKey"],
};

function* plainCredentials(input: CheckInput): Iterable<Fault> {
    const store = storeOfKind(input.values, ...Object.keys(CredentialFields));
    if (store?.provider === undefined || store.secretName.filled) {
        return;
    }
    const literal = CredentialFields[store.provider]
        .map((key) => store.place.at(key))
        .find((key) => key.filled && key.scalar !== undefined);
    if (literal !== undefined) {
        yield {
            path: literal.path,
            message: "stands in clear in the custom resource, and from there in three more Secrets of the operator",
            remedy: store.provider === "az" ? AzureSecret : `${Credentials}.`,
        };
    }
}

/** Checks of the object store. */
export const bucketChecks: readonly Check[] = [
    {
        id: "bucket.required",
        level: "error",
        wrong: "`global.bucket.name` and `global.defaultBucket.name` are empty, and no variable BUCKET is set",
        why: "The chart makes a URL with an empty name",
        source: "Chart operator-wandb 0.43.8, as rendered",
        remedy: NameIt,
        find: noBucket,
    },
    {
        id: "bucket.provider",
        level: "error",
        wrong: "The bucket has a name, but its provider is not s3, gcs, az or cw",
        why: "The chart makes an empty URL without an error",
        source: "Chart operator-wandb 0.43.8, as rendered",
        remedy: "Set `global.bucket.provider` to s3 (also for S3-compatible stores), gcs, az or cw.",
        find: wrongProvider,
    },
    {
        id: "bucket.s3-region",
        level: "error",
        wrong: "A bucket of Amazon S3 has no `region`",
        why: "Requests to Amazon S3 are signed for the region of the bucket",
        source: "The vendor's page, section Object storage, AWS",
        remedy: "Set `global.bucket.region`.",
        find: noRegion,
    },
    {
        id: "bucket.s3-keys",
        level: "error",
        wrong: "Only one of `accessKey` and `secretKey` is set for provider s3 or cw",
        why: "The URL has no credentials at all then",
        source: "Chart operator-wandb 0.43.8, template _bucket.tpl",
        remedy: "Give both by `global.bucket.secret`, or none with workload identity.",
        find: halfCredentials,
    },
    {
        id: "bucket.s3-compat",
        level: "error",
        wrong: "`name` is the host of an S3-compatible store, but `path` names no bucket",
        why: "The bucket of such a store stands in `path`, the host in `name`",
        source: "Vendor's documentation: Kubernetes operator",
        remedy: "Set `global.bucket.name` to host:port and `global.bucket.path` to the bucket.",
        find: noBucketBehindHost,
    },
    {
        id: "bucket.s3-compat-kms",
        level: "warning",
        wrong: "`kmsKey` is set for an S3-compatible store, or is not an ARN",
        why: "Only Amazon S3 encrypts with keys of AWS KMS, and they are named by ARN",
        source: "Vendor's documentation: Kubernetes operator",
        remedy: "Remove `kmsKey` for other stores, and give the whole ARN for Amazon S3.",
        find: uselessKmsKey,
    },
    {
        id: "bucket.az-key",
        level: "error",
        wrong: "Provider az has neither `accessKey` nor `global.bucket.secret` nor workload identity",
        why: "The storage account's key comes from `accessKey` (variable AZURE_STORAGE_KEY), and W&B has no access without it",
        source: "Chart operator-wandb 0.43.8, as rendered",
        remedy: "Set `global.bucket.secret.secretName` and `accessKeyName`, or annotate the service accounts with azure.workload.identity/client-id.",
        find: noAzureKey,
    },
    {
        id: "bucket.az-secretkey",
        level: "warning",
        wrong: "`secretKey` is set for provider az (an error when nothing else gives the key)",
        why: "Nothing reads it: the key of a storage account is read from `accessKey`",
        source: "The vendor's page, section Object storage, Azure; chart operator-wandb 0.43.8, as rendered",
        remedy: "Move it to `accessKey`, or better into a Secret named by `global.bucket.secret`.",
        find: misplacedAzureKey,
    },
    {
        id: "bucket.az-container",
        level: "error",
        wrong: "Provider az has no container: neither in `path`, nor in `name` as account/container",
        why: "The URL needs a container behind the storage account",
        source: "Chart operator-wandb 0.43.8, template _bucket.tpl",
        remedy: "Set `global.bucket.path` to the container.",
        find: noContainer,
    },
    {
        id: "bucket.gcs-fields",
        level: "warning",
        wrong: "`region`, `kmsKey`, `accessKey` or `secretKey` is set for provider gcs",
        why: "The URL of Cloud Storage uses none of them",
        source: "Chart operator-wandb 0.43.8, template _bucket.tpl",
        remedy: "Remove them.",
        find: unusedByGcs,
    },
    {
        id: "bucket.env",
        level: "warning",
        wrong: "The store is named by the variable BUCKET in `global.extraEnv` or `global.env`",
        why: "It replaces BUCKET alone: other services keep the URL that the chart makes of `global.bucket`; a key in the variable stays readable in the custom resource",
        source: "The vendor's page, section Other providers; chart operator-wandb 0.43.8, as rendered",
        remedy: "Use `global.bucket` with `provider` s3, `name`, `path` and `secret`, and remove BUCKET.",
        find: onlyOneVariable,
    },
    {
        id: "bucket.env-url",
        level: "error",
        wrong: `The variable BUCKET is not of the form s3://KEY:SECRET@HOST/BUCKET[?tls=true] (a warning where the URL works for Amazon, Google, Azure or CoreWeave)`,
        why: "It is the documented form; others do not reach an S3-compatible store",
        source: "The vendor's page, section Other providers",
        remedy: "Write s3://KEY:SECRET@HOST/BUCKET?tls=true, or better use `global.bucket`.",
        find: (input) => bucketVariables(input).flatMap((variable) => [...wrongBucketUrl(variable)]),
    },
    {
        id: "bucket.tls",
        level: "warning",
        wrong: "An S3-compatible store is named without tls=true",
        why: "W&B speaks plain HTTP to it",
        source: "The vendor's page, section Other providers",
        remedy: "Append ?tls=true to `global.bucket.path`.",
        find: plainHttp,
    },
    {
        id: "bucket.secret-plain",
        level: "warning",
        wrong: "Credentials of the bucket are literals, and `global.bucket.secret` is not set",
        why: "Literals stand in clear in the custom resource and in three Secrets of the operator",
        source: "Operator source, reconciler of WeightsAndBiases",
        remedy: `${Credentials}.`,
        find: plainCredentials,
    },
];
