import type { Policies } from "@pulumi/policy";
import type { Resource } from "../../resource";
import { type Finding, resourcePolicy, type Rule, stackPolicy } from "../../rule";
import { each, isOff, isOn, ofType, state } from "../settings";

const BucketType = "gcp:storage/bucket:Bucket";

/** A policy about buckets that keep data; those to which usage logs of others go are left out. */
function dataBucketPolicy(rule: Rule, find: (bucket: Resource) => Finding[]): ReturnType<typeof stackPolicy> {
    return stackPolicy(rule, (resources) => {
        const buckets = ofType(resources, BucketType);
        const logs = buckets.map(({ properties }) => properties.find("logging.logBucket"));
        const isForLogs = ({ properties }: Resource) => {
            const name = properties.at("name");
            return logs.some((log) => log.unknown || (log.text !== undefined && log.text === name.text));
        };
        return buckets.filter((bucket) => !isForLogs(bucket)).flatMap(find);
    });
}

/** Resources with access control lists, and where in them it stands who has access. */
const Lists: Readonly<Record<string, readonly string[]>> = {
    "gcp:storage/bucketACL:BucketACL": ["predefinedAcl", "defaultAcl", "roleEntities"],
    "gcp:storage/bucketAccessControl:BucketAccessControl": ["entity"],
    "gcp:storage/defaultObjectACL:DefaultObjectACL": ["roleEntities"],
    "gcp:storage/defaultObjectAccessControl:DefaultObjectAccessControl": ["entity"],
};

const [FirstList, ...OtherLists] = Object.keys(Lists);

/** Canned lists and entities: https://docs.cloud.google.com/storage/docs/access-control/lists */
const Everybody = /^(?:publicRead|publicReadWrite|authenticatedRead|(?:[A-Z]+:)?(?:allUsers|allAuthenticatedUsers))$/;

const publicBucket = resourcePolicy(
    {
        name: "wandb-gcp-bucket-public",
        description:
            "Files of W&B are reached by signed URLs. A list that names allUsers or allAuthenticatedUsers, or stands for them, opens them to everybody.",
        level: "mandatory",
        severity: "critical",
        remedy: "Remove the access control list and turn on uniform bucket-level access.",
        documentation: "https://docs.cloud.google.com/storage/docs/access-control/lists",
    },
    [FirstList, ...OtherLists],
    function* (resource) {
        const places = Lists[resource.type].flatMap((key) => each(resource.properties.at(key)));
        for (const place of places.filter(({ text }) => Everybody.test(text ?? ""))) {
            yield {
                resource,
                path: place.path,
                message: `is ${place.text}, so the files are anybody's`,
                remedy: "Remove it: W&B needs no access control list.",
            };
        }
    },
);

const publicAccess = resourcePolicy(
    {
        name: "wandb-gcp-bucket-public-access-prevention",
        description:
            "Public access prevention keeps a careless grant from opening the bucket to everybody. Without it only the organisation's policy may do so.",
        level: "advisory",
        severity: "high",
        remedy: "Set publicAccessPrevention to enforced.",
        documentation: "https://docs.cloud.google.com/storage/docs/public-access-prevention",
    },
    [BucketType],
    function* (resource) {
        const prevention = resource.properties.at("publicAccessPrevention");
        if (prevention.absent || prevention.text === "inherited") {
            yield {
                resource,
                path: prevention.path,
                message: `${state(prevention)}, so a grant to allUsers opens the bucket unless the organisation forbids it`,
                remedy: "Set it to enforced.",
            };
        }
    },
);

const uniformAccess = resourcePolicy(
    {
        name: "wandb-gcp-bucket-uniform-access",
        description:
            "Without uniform access each object may have an access control list of its own, beside the rights that IAM shows. Nobody sees then who may read what.",
        level: "advisory",
        severity: "medium",
        remedy: "Set uniformBucketLevelAccess to true.",
        documentation: "https://docs.cloud.google.com/storage/docs/uniform-bucket-level-access",
    },
    [BucketType],
    function* (resource) {
        const flag = resource.properties.at("uniformBucketLevelAccess");
        if (isOff(flag)) {
            yield {
                resource,
                path: flag.path,
                message: `${state(flag)}, so objects may have access control lists of their own`,
                remedy: "Set it to true.",
            };
        }
    },
);

const versions = dataBucketPolicy(
    {
        name: "wandb-gcp-bucket-versions",
        description:
            "A bucket keeps no versions unless told so, and soft delete for some days only. With them a file that was deleted or overwritten by mistake can be brought back.",
        level: "advisory",
        severity: "medium",
        remedy: "Set versioning.enabled to true.",
        documentation: "https://docs.cloud.google.com/storage/docs/object-versioning",
    },
    (resource) => {
        const flag = resource.properties.find("versioning.enabled");
        return isOff(flag)
            ? [
                  {
                      resource,
                      path: flag.path,
                      message: `${state(flag)}, so what is overwritten by mistake is soon gone`,
                      remedy: "Set it to true.",
                  },
              ]
            : [];
    },
);

const lifecycle = dataBucketPolicy(
    {
        name: "wandb-gcp-bucket-lifecycle",
        description:
            "Without a rule a bucket keeps each old version and each upload that broke off. You pay for all of them.",
        level: "advisory",
        severity: "low",
        remedy: "Set lifecycleRules that delete old versions and abort incomplete uploads.",
        documentation: "https://docs.cloud.google.com/storage/docs/lifecycle",
    },
    (resource) => {
        const rules = resource.properties.at("lifecycleRules");
        return rules.empty
            ? [
                  {
                      resource,
                      path: rules.path,
                      message: "are not set, so old versions and broken uploads stay for ever",
                      remedy: "Add one with Delete and daysSinceNoncurrentTime, and one with AbortIncompleteMultipartUpload.",
                  },
              ]
            : [];
    },
);

const bucketKey = dataBucketPolicy(
    {
        name: "wandb-gcp-bucket-key",
        description:
            "Cloud Storage encrypts by Google's keys unless told otherwise. With a key of yours you see who reads, and can stop it.",
        level: "advisory",
        severity: "low",
        remedy: "Set encryption.defaultKmsKeyName.",
        documentation: "https://docs.cloud.google.com/storage/docs/encryption/customer-managed-keys",
    },
    (resource) => {
        const key = resource.properties.find("encryption.defaultKmsKeyName");
        return key.empty
            ? [
                  {
                      resource,
                      path: key.path,
                      message: "is not set, so Google encrypts by a key of its own",
                      remedy: "Set it to the id of a key; what is there already keeps the key that it has.",
                  },
              ]
            : [];
    },
);

const forceDestroy = resourcePolicy(
    {
        name: "wandb-gcp-bucket-force-destroy",
        description: "A bucket with files refuses to be deleted. With forceDestroy Pulumi deletes the files first.",
        level: "advisory",
        severity: "high",
        remedy: "Set forceDestroy to false.",
        documentation: "https://docs.cloud.google.com/storage/docs/deleting-buckets",
    },
    [BucketType],
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

/** Policies about Cloud Storage. */
export const bucketPolicies: Policies = [
    publicBucket,
    publicAccess,
    uniformAccess,
    versions,
    lifecycle,
    bucketKey,
    forceDestroy,
];
