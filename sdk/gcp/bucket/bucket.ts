import { Bucket, BucketIAMBinding } from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../../protection";
import { corsOrigin } from "../../values/host";
import { GcpBucketAccess, type GcpBucketLifecycleArgs } from "../args/bucket";
import type { KeyOutputs } from "../keys/key";
import type { GcpScope } from "../scope";
import { bucketGrants, type GrantCondition } from "./grants";

export interface BucketArgs {
    /** Physical name; made from the logical one when absent. */
    readonly bucketName?: pulumi.Input<string>;
    /** Limits the grant to objects below it. */
    readonly prefix?: pulumi.Input<string>;
    /** Without it Google's own keys encrypt. */
    readonly key?: KeyOutputs;
    readonly versioning: boolean;
    readonly lifecycle: GcpBucketLifecycleArgs;
    readonly softDeleteDays: pulumi.Input<number>;
    /** Hosts whose pages may read and write by signed URLs. */
    readonly hosts: readonly pulumi.Input<string>[];
    /** Who gets access; without anybody those who have rights on the project, and whoever is let in elsewhere. */
    readonly serviceAccountEmails: readonly pulumi.Input<string>[];
    readonly access: GcpBucketAccess;
    /** Storage class of new objects; Cloud Storage's own default when absent. */
    readonly storageClass?: string;
    /** Name of the bucket that receives the usage log. */
    readonly logBucket?: pulumi.Input<string>;
    /** What must be there before the bucket. */
    readonly needed?: readonly pulumi.Resource[];
}

/** A bucket. `name` and `url` are known once everybody has access, so that nothing uses it before. */
export interface BucketOutputs {
    readonly name: pulumi.Output<string>;
    readonly url: pulumi.Output<string>;
    readonly location: pulumi.Output<string>;
}

/** Makes a private, encrypted, versioned bucket. */
export function createBucket(scope: GcpScope, args: BucketArgs): BucketOutputs {
    const { name, project, location, labels, deletionProtection, retainData } = scope;
    const { key, versioning, softDeleteDays } = args;
    const bucket = new Bucket(
        `${name}-bucket`,
        {
            name: args.bucketName,
            project,
            location,
            uniformBucketLevelAccess: true,
            publicAccessPrevention: "enforced",
            storageClass: args.storageClass,
            logging: args.logBucket === undefined ? undefined : { logBucket: args.logBucket },
            encryption: key && { defaultKmsKeyName: key.id },
            versioning: { enabled: versioning },
            lifecycleRules: lifecycleRules(args.lifecycle),
            softDeletePolicy: {
                retentionDurationSeconds: pulumi.output(softDeleteDays).apply((days) => days * 86_400),
            },
            cors: [
                {
                    origins: args.hosts.map((host) => pulumi.output(host).apply(corsOrigin)),
                    methods: ["GET", "HEAD", "PUT"],
                    // W&B's signed uploads carry checksums and types of their own choice, and its pages read the ETag.
                    responseHeaders: ["*"],
                    maxAgeSeconds: 3000,
                },
            ],
            // Whoever turns the protection off wants it gone: without this a bucket with objects cannot be deleted.
            forceDestroy: !deletionProtection && !retainData,
            labels,
        },
        dataOptions(scope, [...(key?.ready ?? []), ...(args.needed ?? [])]),
    );
    const ids = pulumi.all(createAccess(scope, bucket, args).map(({ id }) => id));
    return {
        name: pulumi.all([bucket.name, ids]).apply(([value]) => value),
        url: pulumi.all([bucket.url, ids]).apply(([value]) => value),
        location: bucket.location,
    };
}

/** What clears old versions and unfinished uploads away. Without versioning there may be versions of earlier days. */
function lifecycleRules({ noncurrentVersionDays = 30, incompleteMultipartUploadDays = 7 }: GcpBucketLifecycleArgs) {
    return [
        { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: noncurrentVersionDays } },
        { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: incompleteMultipartUploadDays } },
    ];
}

/**
 * Who may reach the bucket, beside those whom its project lets. All members of a role stand in one resource: with one for each, those that
 * move up when another goes would lose their access, for it is the same role and member that goes with the old resource.
 */
function createAccess(scope: GcpScope, bucket: Bucket, args: BucketArgs): BucketIAMBinding[] {
    const members = args.serviceAccountEmails.map((email) => pulumi.interpolate`serviceAccount:${email}`);
    const bind = (part: string, role: string, condition?: pulumi.Input<GrantCondition>) =>
        new BucketIAMBinding(
            `${scope.name}-bucket-${part}`,
            { bucket: bucket.name, role, members, condition },
            dataOptions(scope),
        );
    if (members.length === 0) {
        return [];
    }
    if (args.access === GcpBucketAccess.Admin) {
        return [bind("admin", "roles/storage.admin")];
    }
    return bucketGrants(bucket.name, args.prefix).map(({ part, role, condition }) => bind(part, role, condition));
}
