import type * as pulumi from "@pulumi/pulumi";
import { GcpBucketAccess, GcpBucketEncryption } from "../args/bucket";
import type { GcpSecureStorageConnectorArgs } from "../args/storage-connector";
import type { GcpStorageConnectorOutputs } from "../folder";
import { createStorageKey, existingKey, type KeyOutputs } from "../keys/key";
import { createScope, type GcpScope } from "../scope";
import { createBucket } from "./bucket";

/** Makes the bucket of somebody else, and a key unless there is one or none is wanted. */
export function createStorageConnector(
    name: string,
    parent: pulumi.Resource,
    args: GcpSecureStorageConnectorArgs,
): GcpStorageConnectorOutputs {
    const { project, location, labels, deletionProtection = true, retainData = false } = args;
    const scope = createScope(name, parent, { project, location, labels, deletionProtection, retainData });
    const key = bucketKey(scope, args);
    const bucket = createBucket(scope, {
        bucketName: args.bucketName,
        prefix: args.prefix,
        key,
        versioning: args.versioning ?? true,
        lifecycle: args.lifecycle ?? {},
        softDeleteDays: args.softDeleteDays ?? 7,
        hosts: args.hosts,
        serviceAccountEmails: args.serviceAccountEmails,
        access: args.access ?? GcpBucketAccess.Objects,
    });
    return {
        bucketName: bucket.name,
        bucketUrl: bucket.url,
        bucketLocation: bucket.location,
        kmsKeyId: key?.id,
    };
}

function bucketKey(scope: GcpScope, args: GcpSecureStorageConnectorArgs): KeyOutputs | undefined {
    const { encryption = GcpBucketEncryption.Kms, kmsKey = {} } = args;
    if (encryption === GcpBucketEncryption.Google) {
        return undefined;
    }
    const { id, ...settings } = kmsKey;
    return id === undefined ? createStorageKey(scope, settings) : existingKey(scope, id, "kmsKey.id");
}
