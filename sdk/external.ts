import type { WandbDeploymentArgs } from "./args";
import type { BucketArgs, DatabaseArgs, RedisArgs } from "./args/stores";
import type { SecretKeyArgs } from "./args/references";
import type { GivenStores } from "./contract/cloud-input";
import type { BucketCredentials, BucketFacts, CacheFacts, Credential, DatabaseFacts } from "./contract/infrastructure";
import type { ExternalStores } from "./existing";
import type * as pulumi from "@pulumi/pulumi";

/** A literal or a reference, whichever the arguments give. */
export function credential(literal?: pulumi.Input<string>, secret?: SecretKeyArgs): Credential | undefined {
    return literal === undefined && secret === undefined ? undefined : { literal, secret };
}

/** Facts about an external database; nothing when the chart runs MySQL. */
export function databaseFacts(args: DatabaseArgs | undefined): DatabaseFacts | undefined {
    if (args?.host === undefined) {
        return undefined;
    }
    return {
        host: args.host,
        port: args.port ?? 3306,
        name: args.name ?? "wandb_local",
        username: args.username ?? "wandb",
        password: credential(args.password, args.passwordSecret) ?? {},
        caCertificate: args.caCertificate,
    };
}

/** Facts about an external cache; nothing when the chart runs Redis. */
export function cacheFacts(args: RedisArgs | undefined): CacheFacts | undefined {
    if (args?.host === undefined) {
        return undefined;
    }
    return {
        host: args.host,
        port: args.port ?? 6379,
        password: credential(args.password, args.passwordSecret),
        tls: args.tls,
        caCertificate: args.caCertificate,
        parameters: args.parameters,
    };
}

/** The stores that arguments name. Validation has found before that one is missing. */
export function externalStores({ database, redis, bucket }: WandbDeploymentArgs): ExternalStores {
    if (bucket === undefined) {
        throw new Error("validation must have found that bucket is missing");
    }
    return { database: databaseFacts(database), cache: cacheFacts(redis), bucket: bucketFacts(bucket) };
}

/** Stores that arguments name or leave to the chart, in place of those that a cloud would give. */
export function givenStores({ database, redis, bucket }: WandbDeploymentArgs): GivenStores {
    return {
        database: database && (databaseFacts(database) ?? "in-cluster"),
        cache: redis && (cacheFacts(redis) ?? "in-cluster"),
        bucket: bucket && bucketFacts(bucket),
    };
}

/** Facts about an external object store. */
export function bucketFacts(args: BucketArgs): BucketFacts {
    const { provider, name, account, prefix, region, kmsKey, endpoint, tls } = args;
    return { provider, name, account, prefix, region, kmsKey, endpoint, tls, credentials: bucketCredentials(args) };
}

function bucketCredentials(args: BucketArgs): BucketCredentials | undefined {
    if (args.credentialsSecret) {
        const { name, accessKeyName = "ACCESS_KEY", secretKeyName } = args.credentialsSecret;
        const secretKey = args.provider === "az" ? secretKeyName : (secretKeyName ?? "SECRET_KEY");
        return { secret: { name, accessKeyName, secretKeyName: secretKey } };
    }
    return args.accessKey === undefined ? undefined : { accessKey: args.accessKey, secretKey: args.secretKey };
}
