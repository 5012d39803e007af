import type { View } from "pulumi-wandb/checks";
import type { Resource } from "../../resource";
import { statementsOf } from "./document";
import { ofType, texts } from "../settings";

/** A bucket as versions 6 and 7 of Pulumi's provider call it. */
export const BucketTypes: readonly [string, ...string[]] = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

/** Types of an aspect of a bucket, such as `Versioning`, as versions 6 and 7 of Pulumi's provider call it. */
export function settingTypes(aspect: string): [string, ...string[]] {
    return [`aws:s3/bucket${aspect}:Bucket${aspect}`, `aws:s3/bucket${aspect}V2:Bucket${aspect}V2`];
}

/** Resources that set an aspect of one bucket. */
export interface Settings {
    readonly found: readonly Resource[];
    /** Whether there are no others in the stack: none whose bucket is not known yet. */
    readonly complete: boolean;
}

export function settingsOf(bucket: Resource, resources: readonly Resource[], aspect: string): Settings {
    const places = ofType(resources, ...settingTypes(aspect)).map((resource) => ({
        resource,
        name: resource.properties.at("bucket"),
    }));
    const own = bucket.properties.at("bucket");
    return {
        found: places
            .filter(({ name }) => name.text !== undefined && name.text === own.text)
            .map(({ resource }) => resource),
        complete: places.length === 0 || (own.text !== undefined && !places.some(({ name }) => name.unknown)),
    };
}

/** Services that write logs into a bucket, some of which take no bucket with a key of yours. */
const LogWriters = [
    "delivery.logs.amazonaws.com",
    "logdelivery.elasticloadbalancing.amazonaws.com",
    "logging.s3.amazonaws.com",
];

/** Whether a bucket is one for logs, or may be. */
export function isLogBucket(bucket: Resource, resources: readonly Resource[]): boolean {
    const own = bucket.properties.at("bucket");
    const targets = ofType(resources, ...settingTypes("Logging")).map(({ properties }) =>
        properties.at("targetBucket"),
    );
    const policies = [
        bucket.properties.at("policy"),
        ...settingsOf(bucket, resources, "Policy").found.map(({ properties }) => properties.at("policy")),
    ];
    return (
        targets.some((target) => target.unknown || (target.text !== undefined && target.text === own.text)) ||
        policies.some((policy) => statementsOf(policy).some((statement) => statement.unknown || admitsLogs(statement)))
    );
}

function admitsLogs(statement: View): boolean {
    return texts(statement.at("Principal", "Service")).some((service) => LogWriters.includes(service));
}
