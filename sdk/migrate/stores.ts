import { isEndpoint, splitBucket, splitServer } from "./connections";
import type { Draft } from "./draft";

/** The address of a bucket, in the parts that the chart has. */
export function carryBucket(draft: Draft, from: string, address: string): void {
    const parts = splitBucket(address);
    if (parts === undefined) {
        draft.decide(from, "is no address of an object store (s3://, gs://, az://, cw://). Name the bucket yourself.");
        return;
    }
    const { provider, name, path, accessKey, secretKey } = parts;
    draft.carry(from, "global.bucket.provider", provider);
    draft.carry(from, "global.bucket.name", name);
    draft.carry(from, "global.bucket.path", path);
    draft.carry(from, "global.bucket.accessKey", accessKey);
    draft.carry(from, "global.bucket.secretKey", secretKey);
    if (isEndpoint(parts)) {
        draft.changed(from, "is an S3-compatible store; the region must be given, any word where the store has none.");
    }
}

/** The address of MySQL. */
export function carryDatabase(draft: Draft, from: string, address: string): void {
    const parts = splitServer(address, ["mysql"], 3306);
    if (parts === undefined) {
        draft.decide(
            from,
            "is no address of the form mysql://user:password@host[:port]/database. Name the server yourself.",
        );
        return;
    }
    draft.carry(from, "global.mysql.host", parts.host);
    draft.carry(from, "global.mysql.port", parts.port);
    draft.carry(from, "global.mysql.user", parts.username);
    draft.carry(from, "global.mysql.password", parts.password);
    draft.carry(from, "global.mysql.database", parts.path);
    if (Object.keys(parts.parameters).length > 0) {
        draft.changed(from, "has parameters after the question mark, which are dropped: the chart always prefers TLS.");
    }
}

const Loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);
/** What the chart has fixed. */
const DroppedParameters = new Set(["ttlInSeconds", "caCertPath"]);

/** The address of Redis. */
export function carryRedis(draft: Draft, from: string, address: string): void {
    const parts = splitServer(address, ["redis", "rediss"], 6379);
    if (parts === undefined) {
        draft.decide(from, "is no address of the form redis://[:password@]host[:port]. Name the server yourself.");
        return;
    }
    if (Loopback.has(parts.host)) {
        draft.carry(
            from,
            "redis.install",
            true,
            "Redis ran in W&B's own pod; the chart runs one beside it, which starts empty.",
        );
        return;
    }
    draft.carry(from, "global.redis.host", parts.host);
    draft.carry(from, "global.redis.port", parts.port);
    draft.carry(from, "global.redis.password", parts.password);
    const parameters = Object.entries(parts.parameters).filter(([name]) => !DroppedParameters.has(name));
    const tls = /^rediss:/i.test(address.trim()) ? [["tls", "true"] as const] : [];
    for (const [name, value] of [...tls, ...parameters]) {
        draft.carryKey(from, "global.redis.params", name, value);
    }
    if (parts.username !== undefined) {
        draft.changed(from, "has a user name, which is dropped: W&B logs in with a password only.");
    }
}

/** The address of a mail server; other sinks stay a variable. */
export function carryMail(draft: Draft, from: string, address: string): void {
    const parts = splitServer(address, ["smtp"], 587);
    if (parts === undefined) {
        draft.variable(from, "GORILLA_EMAIL_SINK", address);
        return;
    }
    draft.carry(from, "global.email.smtp.host", parts.host);
    draft.carry(from, "global.email.smtp.port", parts.port);
    draft.carry(from, "global.email.smtp.user", parts.username);
    draft.carry(from, "global.email.smtp.password", parts.password);
}

/** The queue of events of the bucket. */
export function dropQueue(draft: Draft, from: string, address: string): void {
    if (!address.startsWith("internal://")) {
        draft.decide(
            from,
            "is a queue in the cloud, for which the chart has no value: W&B's queue is in Redis now. Take the notification of the bucket away afterwards.",
        );
    }
}
