import * as pulumi from "@pulumi/pulumi";
import type { BucketFacts } from "../../contract/infrastructure";
import type { Apis } from "../apis";
import { GcpBucketAccess, type GcpBucketArgs } from "../args/bucket";
import type { GcpDeploymentScope } from "../scope";
import { createBucket } from "./bucket";
import { type BucketEvents, createBucketEvents } from "./events";
import { bucketGrants } from "./grants";

export interface BucketPartArgs {
    readonly bucket: GcpBucketArgs;
    /** Id of the key; without it Google's own keys encrypt. */
    readonly keyId?: pulumi.Output<string>;
    /** Id of the key of the topic of events, the same. */
    readonly topicKeyId?: pulumi.Output<string>;
    /** Hosts under which people open W&B. */
    readonly hosts: readonly pulumi.Input<string>[];
    readonly apis: Apis;
}

export interface BucketPart {
    readonly facts: BucketFacts;
    /** `gs://<name>` */
    readonly url: pulumi.Output<string>;
    readonly location: pulumi.Output<string>;
    readonly events?: BucketEvents;
}

/** Makes the bucket of a deployment. Who may use it is for `createIdentity` to say. */
export function createBucketPart(scope: GcpDeploymentScope, args: BucketPartArgs): BucketPart {
    return new Bucket(scope, args).part;
}

/** The bucket, with what watches it. */
class Bucket extends pulumi.ComponentResource {
    readonly part: BucketPart;

    constructor(scope: GcpDeploymentScope, args: BucketPartArgs) {
        super("wandb:gcp:Bucket", `${scope.name}-storage`, {}, { parent: scope.parent });
        this.part = bucketPart({ ...scope, parent: this }, args);
        const { facts, url } = this.part;
        this.registerOutputs({ bucketName: facts.name, bucketUrl: url });
    }
}

function bucketPart(scope: GcpDeploymentScope, args: BucketPartArgs): BucketPart {
    const { bucket: given, keyId, topicKeyId, apis } = args;
    const { prefix } = given;
    const { name, url, location } = createBucket(scope, {
        bucketName: given.name,
        prefix,
        key: keyId && { id: keyId, ready: [] },
        versioning: given.versioning ?? true,
        lifecycle: given.lifecycle ?? {},
        softDeleteDays: given.softDeleteDays ?? 7,
        storageClass: given.storageClass,
        logBucket: given.accessLogBucket,
        hosts: [...args.hosts, ...(given.corsHosts ?? [])],
        serviceAccountEmails: [],
        access: GcpBucketAccess.Objects,
        needed: apis.need("storage"),
    });
    const events =
        given.events === true
            ? createBucketEvents(scope, { bucketName: name, bucket: given, keyId: topicKeyId, apis })
            : undefined;
    // The key is the bucket's own default: whoever writes need not know it.
    return { facts: { provider: "gcs", name, prefix }, url, location, events };
}

export interface OwnBucketArgs {
    readonly name: pulumi.Input<string>;
    readonly prefix?: pulumi.Input<string>;
    /** Address of the service account of W&B's pods. */
    readonly email: pulumi.Input<string>;
}

/** What the owner of a bucket that was there before must grant on it, so that W&B may use it (JSON): roles with member and condition. */
export function ownBucketGrants({ name, prefix, email }: OwnBucketArgs): pulumi.Output<string> {
    const grants = bucketGrants(name, prefix).map(({ role, condition }) => ({
        role,
        member: pulumi.interpolate`serviceAccount:${email}`,
        condition,
    }));
    return pulumi.all(grants).apply(JSON.stringify);
}
