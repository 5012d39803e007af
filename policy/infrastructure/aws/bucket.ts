import type { Policies } from "@pulumi/policy";
import type { View } from "pulumi-wandb/checks";
import type { Resource } from "../../resource";
import { type Finding, resourcePolicy, type Rule, stackPolicy } from "../../rule";
import { BucketTypes, isLogBucket, type Settings, settingsOf, settingTypes } from "./bucket-settings";
import { comparisonsOf, denies, isForAnybody, statementsOf } from "./document";
import { each, isOff, isOn, ofType, state, texts } from "../settings";

const [PolicyType] = settingTypes("Policy");

/** A policy about buckets that keep data; those to which AWS writes logs are left out. */
function dataBucketPolicy(
    rule: Rule,
    aspect: string,
    find: (bucket: Resource, settings: Settings, resources: readonly Resource[]) => Finding[],
): ReturnType<typeof stackPolicy> {
    return stackPolicy(rule, (resources) =>
        ofType(resources, ...BucketTypes)
            .filter((bucket) => !isLogBucket(bucket, resources))
            .flatMap((bucket) => find(bucket, settingsOf(bucket, resources, aspect), resources)),
    );
}

const publicBucket = resourcePolicy(
    {
        name: "wandb-aws-bucket-public",
        description:
            "Files of W&B are reached by presigned URLs. Blocking public access keeps a careless policy or ACL from opening the bucket to everybody.",
        level: "mandatory",
        severity: "critical",
        remedy: "Set all four flags of BucketPublicAccessBlock to true, and no public ACL.",
    },
    [
        ...settingTypes("PublicAccessBlock"),
        ...settingTypes("Acl"),
        ...BucketTypes,
        "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    ],
    function* (resource) {
        const { type, properties } = resource;
        const acl = properties.at("acl");
        if (acl.text !== undefined && /^(?:public-read|public-read-write|authenticated-read)$/.test(acl.text)) {
            yield {
                resource,
                path: acl.path,
                message: `is ${acl.text}, so the files are anybody's`,
                remedy: "Set it to private, or remove it: W&B needs no ACL.",
            };
        }
        if (!type.endsWith("PublicAccessBlock")) {
            return;
        }
        for (const key of ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"]) {
            const flag = properties.at(key);
            if (isOff(flag)) {
                yield {
                    resource,
                    path: flag.path,
                    message: `${state(flag)}, so public access is not blocked in this way`,
                    remedy: "Set it to true.",
                };
            }
        }
    },
);

const withoutTls = stackPolicy(
    {
        name: "wandb-aws-bucket-without-tls",
        description:
            "S3 answers plain HTTP as well. A policy that refuses it keeps files and presigned URLs from travelling in clear.",
        level: "advisory",
        severity: "medium",
        remedy: "Deny s3:* to everybody where aws:SecureTransport is false.",
    },
    (resources) => [
        ...ofType(resources, PolicyType)
            .filter(({ properties }) => takesPlainText(properties.at("policy")))
            .map((resource) => plainBucket(resource, "refuses no plain HTTP")),
        ...ofType(resources, ...BucketTypes)
            .filter((bucket) => {
                const { found, complete } = settingsOf(bucket, resources, "Policy");
                return complete && found.length === 0 && takesPlainText(bucket.properties.at("policy"));
            })
            .map((resource) => plainBucket(resource, "is not set, so nothing refuses plain HTTP")),
    ],
);

function plainBucket(resource: Resource, message: string): Finding {
    return {
        resource,
        path: "policy",
        message,
        remedy: 'Add a statement that denies s3:* to "*", on the bucket and its objects, where aws:SecureTransport is "false".',
    };
}

/** Whether a policy lets plain HTTP pass; not while it is unknown. */
function takesPlainText(policy: View): boolean {
    return !policy.unknown && !statementsOf(policy).some((one) => one.unknown || refusesPlainText(one));
}

function refusesPlainText(statement: View): boolean {
    const all = texts(statement.at("Action")).some((action) => action === "s3:*" || action === "*");
    const objects = texts(statement.at("Resource")).some((arn) => arn.endsWith("*"));
    const plain = comparisonsOf(statement).some(
        ({ operator, key, values }) =>
            operator === "bool" && key === "aws:securetransport" && each(values).some((value) => isOff(value)),
    );
    return denies(statement) && isForAnybody(statement) && all && objects && plain;
}

const versions = dataBucketPolicy(
    {
        name: "wandb-aws-bucket-versions",
        description:
            "A bucket keeps no versions unless told so. With them a file that was deleted or overwritten by mistake can be brought back.",
        level: "advisory",
        severity: "medium",
        remedy: "Make a BucketVersioning with status Enabled.",
    },
    "Versioning",
    (bucket, { found, complete }) => {
        const kept = bucket.properties.find("versioning.enabled");
        if (found.length === 0) {
            return complete && isOff(kept)
                ? [unversioned(bucket, "versioning", "is not set, so what is deleted by mistake is gone")]
                : [];
        }
        return found.flatMap((resource) => {
            const status = resource.properties.find("versioningConfiguration.status");
            return status.unknown || status.text === "Enabled"
                ? []
                : [unversioned(resource, status.path, `${state(status)}, so what is deleted by mistake is gone`)];
        });
    },
);

function unversioned(resource: Resource, path: string, message: string): Finding {
    return { resource, path, message, remedy: "Set the status of a BucketVersioning to Enabled." };
}

const lifecycle = dataBucketPolicy(
    {
        name: "wandb-aws-bucket-lifecycle",
        description:
            "Without a rule a bucket keeps each old version and each upload that broke off. You pay for all of them.",
        level: "advisory",
        severity: "low",
        remedy: "Make a BucketLifecycleConfiguration that expires old versions and aborts incomplete uploads.",
    },
    "LifecycleConfiguration",
    (bucket, { found, complete }) =>
        complete && found.length === 0 && bucket.properties.at("lifecycleRules").empty
            ? [
                  {
                      resource: bucket,
                      path: "lifecycleRules",
                      message: "are not set, so old versions and broken uploads stay for ever",
                      remedy: "Make a BucketLifecycleConfiguration with noncurrentVersionExpiration and abortIncompleteMultipartUpload.",
                  },
              ]
            : [],
);

const bucketKey = dataBucketPolicy(
    {
        name: "wandb-aws-bucket-key",
        description:
            "S3 encrypts by its own keys unless told otherwise. With a key of yours you see who reads, and can stop it.",
        level: "advisory",
        severity: "low",
        remedy: "Make a BucketServerSideEncryptionConfiguration with aws:kms and kmsMasterKeyId.",
    },
    "ServerSideEncryptionConfiguration",
    (bucket, { found, complete }) => {
        const inline = bucket.properties.find("serverSideEncryptionConfiguration.rule");
        const holders = found.map((resource) => ({ resource, rules: resource.properties.at("rules") }));
        const all = holders.length > 0 ? holders : complete ? [{ resource: bucket, rules: inline }] : [];
        return all
            .filter(({ rules }) => !rules.unknown && !each(rules).some(hasKey))
            .map(({ resource, rules }) => ({
                resource,
                path: rules.path,
                message: "name no KMS key, so S3 encrypts by a key of its own",
                remedy: "Set sseAlgorithm to aws:kms and kmsMasterKeyId to the ARN of a key.",
            }));
    },
);

function hasKey(rule: View): boolean {
    return rule.at("applyServerSideEncryptionByDefault", "kmsMasterKeyId").filled;
}

const forceDestroy = resourcePolicy(
    {
        name: "wandb-aws-bucket-force-destroy",
        description: "A bucket with files refuses to be deleted. With forceDestroy Pulumi deletes the files first.",
        level: "advisory",
        severity: "high",
        remedy: "Set forceDestroy to false.",
    },
    BucketTypes,
    function* (resource) {
        const flag = resource.properties.at("forceDestroy");
        if (isOn(flag)) {
            yield {
                resource,
                path: flag.path,
                message: "is true, so the files go with the bucket",
                remedy: "Set it to false, and to true only before they are to go.",
            };
        }
    },
);

/** Policies about S3. */
export const bucketPolicies: Policies = [publicBucket, withoutTls, versions, lifecycle, bucketKey, forceDestroy];
