import * as pulumi from "@pulumi/pulumi";
import type { BucketSecret } from "../contract/credentials";
import type { BucketFacts, CacheFacts, DatabaseFacts, SecretKey } from "../contract/infrastructure";
import type { BucketValues, MysqlValues, RedisValues, Text } from "./types";

/** `global.mysql` */
export function mysqlValues(
    database: DatabaseFacts | undefined,
    password: SecretKey | undefined,
): MysqlValues | undefined {
    const passwordSecret = password && { name: password.name, passwordKey: password.key };
    if (database === undefined) {
        // The chart's own MySQL asks for a root password too, by a key that the Secret need not have.
        return { passwordSecret: passwordSecret && { ...passwordSecret, rootPasswordKey: passwordSecret.passwordKey } };
    }
    return {
        host: database.host,
        port: database.port,
        database: database.name,
        user: database.username,
        passwordSecret,
        caCert: database.caCertificate,
    };
}

/**
 * `global.redis`. The CA stands here even when the Secret holds it too (key `REDIS_CA_CERT`, which is what pods mount): only this
 * value makes the chart add `caCertPath` and `tls` to the connection. It is public, so it may stand in the custom resource.
 */
export function redisValues(cache: CacheFacts | undefined, password: SecretKey | undefined): RedisValues | undefined {
    if (cache === undefined) {
        return undefined;
    }
    const parameters = Object.entries(cache.parameters ?? {}).filter(([name]) => name !== "ttlInSeconds");
    return {
        host: cache.host,
        port: cache.port,
        secret: password && { secretName: password.name, secretKey: password.key },
        caCert: cache.caCertificate,
        params: { ...Object.fromEntries(parameters), ...tlsParameter(cache) },
    };
}

function tlsParameter(cache: CacheFacts): { tls?: boolean } {
    if (cache.caCertificate !== undefined) {
        return { tls: true };
    }
    return cache.tls === undefined ? {} : { tls: cache.tls };
}

/** `global.bucket`: the chart makes one URL of provider, name and path, and each kind of store fills them in its own way. */
export function bucketValues(bucket: BucketFacts, secret: BucketSecret | undefined): BucketValues {
    return {
        provider: bucket.provider,
        ...nameAndPath(bucket),
        region: bucket.region,
        kmsKey: bucket.kmsKey,
        secret: secret && {
            secretName: secret.name,
            accessKeyName: secret.accessKeyName,
            secretKeyName: secret.secretKeyName,
        },
    };
}

function nameAndPath({ provider, name, account, prefix, endpoint, tls }: BucketFacts): { name: Text; path?: Text } {
    const inside = prefix === undefined ? name : pulumi.interpolate`${name}/${prefix}`;
    if (endpoint !== undefined) {
        return { name: endpoint, path: tls === false ? inside : pulumi.interpolate`${inside}?tls=true` };
    }
    return provider === "az" && account !== undefined ? { name: account, path: inside } : { name, path: prefix };
}
