import type { WandbDeploymentArgs } from "../args";
import type { RedisArgs } from "../args/stores";
import { checkServer, urlPassword } from "./connection";
import { checkEither, checkSecretKey } from "./references";
import type { Section } from "./section";
import { codes } from "./wording";

/** `redis`. Left out, the chart runs one in the cluster. */
export function checkRedis(args: Section<WandbDeploymentArgs>): void {
    const redis = args.section("redis");
    if (redis === undefined) {
        return;
    }
    checkSource(redis);
    checkServer(redis);
    checkEither(redis, "password", "passwordSecret");
    redis.check("password", urlPassword);
    checkSecretKey(redis.section("passwordSecret"));
    if (redis.flag("tls") === false && redis.has("caCertificate")) {
        redis.refuse(
            "tls",
            "is false, but with `redis.caCertificate` W&B always speaks TLS. Leave out the one or the other.",
        );
    }
    checkParameters(redis);
}

function checkSource(redis: Section<RedisArgs>): void {
    const external = redis.givenOf("host", "port", "password", "passwordSecret", "tls", "caCertificate", "parameters");
    const install = redis.flag("install");
    if (install === true && external.length > 0) {
        redis.refuse(
            "install",
            `is true, so the chart runs Redis, but ${codes(external)} describe${external.length === 1 ? "s" : ""} an external one. Leave out the one or the other.`,
        );
    }
    const wanted = install === false || (!redis.has("install") && external.length > 0);
    if (wanted && !redis.has("host")) {
        redis.refuse(
            "host",
            "is missing. Give the `host` of an external Redis 7 or newer, or leave `redis` out for one in the cluster.",
        );
    }
}

function checkParameters(redis: Section<RedisArgs>): void {
    for (const { key, path } of redis.texts("parameters")) {
        if (key === "ttlInSeconds") {
            redis.report(path, "cannot be changed: the chart's own value always wins. Leave it out.");
        } else if (key === "tls") {
            redis.report(path, "is an argument of its own. Use `redis.tls`.");
        } else if (key === "caCertPath") {
            redis.report(path, "is set by the chart when a CA is given. Use `redis.caCertificate`.");
        } else if (!/^[A-Za-z][\w.-]*$/.test(key)) {
            redis.report(path, "is not a name of a URL parameter. Use letters, digits and underscores.");
        }
    }
}
