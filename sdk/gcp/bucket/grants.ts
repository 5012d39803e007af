import * as pulumi from "@pulumi/pulumi";

/** A condition of a grant. */
export interface GrantCondition {
    readonly title: string;
    readonly description: string;
    readonly expression: pulumi.Input<string>;
}

/** One role that W&B needs on its bucket. */
export interface BucketGrant {
    /** Word for logical names. */
    readonly part: "objects" | "settings";
    readonly role: string;
    readonly condition?: GrantCondition;
}

/** All that W&B needs on its bucket. */
export function bucketGrants(bucket: pulumi.Input<string>, prefix: pulumi.Input<string> | undefined): BucketGrant[] {
    return [
        {
            part: "objects",
            role: "roles/storage.objectUser",
            condition: prefix === undefined ? undefined : belowPrefix(bucket, prefix),
        },
        // W&B looks at CORS and versioning when a bucket is connected.
        { part: "settings", role: "roles/storage.bucketViewer" },
    ];
}

/**
 * Lists are asked of the bucket, not of its objects, so they are not limited.
 * https://docs.cloud.google.com/iam/docs/conditions-attribute-reference#resource-name
 */
function belowPrefix(bucket: pulumi.Input<string>, prefix: pulumi.Input<string>): GrantCondition {
    return {
        title: "prefix",
        description: "Objects below one prefix, and lists of the bucket",
        expression: pulumi.interpolate`resource.type == "storage.googleapis.com/Bucket" || resource.name.startsWith("projects/_/buckets/${bucket}/objects/${prefix}/")`,
    };
}
