import { closest } from "../../validation/suggest";
import { codes, given } from "../../validation/wording";
import type { Check, CheckInput, Fault } from "../check";
import { isSet, older, shown, twoPasswords, versionParts } from "../connections";
import type { View } from "../view";

const redis = ({ values }: CheckInput) => values.at("global", "redis");
const install = ({ values }: CheckInput) => values.at("redis", "install");

/** Members of both maps of URL parameters that are known to be set. */
const parameters = (input: CheckInput) =>
    ["params", "parameters"].flatMap((map) =>
        redis(input)
            .at(map)
            .members.filter(([, value]) => isSet(value)),
    );

/** What the chart assumes when `redis.install` is not set. */
const InstalledByDefault = true;

function* unusedRedis(input: CheckInput): Iterable<Fault> {
    const host = redis(input).at("host");
    const chosen = install(input);
    const installed = chosen.absent ? InstalledByDefault : chosen.flag;
    if (isSet(host) && !host.isMap && installed === true) {
        yield {
            path: chosen.path,
            message: `is ${chosen.absent ? "not set and true by default" : "true"}, but \`global.redis.host\` names another Redis${shown(host)}`,
            remedy: "Set `redis.install` to false.",
        };
    }
}

function* noRedis(input: CheckInput): Iterable<Fault> {
    const host = redis(input).at("host");
    if (install(input).flag === false && host.empty) {
        yield {
            path: host.path,
            message: "is missing, but `redis.install` is false, so W&B looks for a Service that is not there",
            remedy: "Set `global.redis.host`, or remove `redis.install`.",
        };
    }
}

/** Not read in any release. An error only where the password is lost by it. */
function* unreadAuth(input: CheckInput): Iterable<Fault> {
    const auth = redis(input).at("auth");
    if (!isSet(auth)) {
        return;
    }
    const harmless =
        auth.at("enabled").flag === false ||
        redis(input).at("password").filled ||
        redis(input).at("secret", "secretName").filled;
    yield {
        path: auth.path,
        message: harmless ? "is not read by the chart" : "is not read by the chart, so W&B connects without a password",
        remedy: "Name the Secret in `global.redis.secret.secretName` and its key in `global.redis.secret.secretKey`, and remove `global.redis.auth`.",
        level: harmless ? "warning" : "error",
    };
}

function reference(place: View, remedy: string): Fault[] {
    return place.isMap
        ? [{ path: place.path, message: "is a map such as `valueFrom`, with which the chart fails to render", remedy }]
        : [];
}

function* caNotMounted(input: CheckInput): Iterable<Fault> {
    const secret = redis(input).at("secret", "secretName");
    const { redisSecretKeys } = input.context;
    if (isSet(redis(input).at("caCert")) && isSet(secret) && redisSecretKeys?.includes("REDIS_CA_CERT") !== true) {
        yield {
            path: secret.path,
            message:
                redisSecretKeys === undefined
                    ? `names a Secret${shown(secret)} that must hold the CA as well: the PEM of \`global.redis.caCert\` is not mounted then`
                    : `names a Secret${shown(secret)} without the key REDIS_CA_CERT, so the PEM of \`global.redis.caCert\` is not mounted`,
            remedy: "Put the PEM into that Secret under the key REDIS_CA_CERT, and keep `global.redis.caCert`.",
        };
    }
}

function* tlsStaysOn(input: CheckInput): Iterable<Fault> {
    if (!isSet(redis(input).at("caCert"))) {
        return;
    }
    for (const [key, value] of parameters(input)) {
        if (key === "tls" && value.scalar === "false") {
            yield {
                path: value.path,
                message: "is false, but with `global.redis.caCert` W&B speaks TLS all the same",
                remedy: "Remove `global.redis.caCert` for a Redis without TLS, or remove `tls`.",
            };
        }
    }
}

/** Seven days, in the chart. */
const FixedTtl = "604800";

function* fixedTtl(input: CheckInput): Iterable<Fault> {
    for (const [key, value] of parameters(input)) {
        if (key === "ttlInSeconds" && value.scalar !== FixedTtl) {
            yield {
                path: value.path,
                message: `has no effect${shown(value)}: the chart always sets ${FixedTtl}`,
                remedy: "Remove `ttlInSeconds`.",
            };
        }
    }
}

const KnownParameters: readonly string[] = ["tls", "master", "caCertPath", "poolSize", "cluster", "ttlInSeconds"];

function* unknownParameters(input: CheckInput): Iterable<Fault> {
    for (const [key, value] of parameters(input)) {
        if (!KnownParameters.includes(key)) {
            const meant = closest(key, KnownParameters);
            yield {
                path: value.path,
                message: "is not a known parameter of W&B's connection to Redis",
                remedy:
                    meant === undefined
                        ? `Remove it; known are ${codes(KnownParameters)}.`
                        : `Did you mean \`${meant}\`?`,
            };
        }
    }
}

function* oldVersion(input: CheckInput): Iterable<Fault> {
    const { redisVersion } = input.context;
    if (redisVersion !== undefined && older(versionParts(redisVersion), [7])) {
        yield {
            path: redis(input).at("host").path,
            message: `is a Redis of a version that W&B does not support ${given(redisVersion)}`,
            remedy: "Upgrade the server to Redis 7 or newer.",
        };
    }
}

/** Checks of Redis. */
export const redisChecks: readonly Check[] = [
    {
        id: "redis.external",
        level: "error",
        wrong: "`global.redis.host` is set, but `redis.install` is not false",
        why: "The chart runs a Redis beside it that nothing uses",
        source: "The vendor's page, section External Redis",
        remedy: "Set `redis.install` to false.",
        find: unusedRedis,
    },
    {
        id: "redis.missing",
        level: "error",
        wrong: "`redis.install` is false, but `global.redis.host` is empty",
        why: "The host becomes the Service of the chart's own Redis, which is not there",
        source: "Chart operator-wandb 0.43.8, template _redis.tpl",
        remedy: "Set `global.redis.host`, or remove `redis.install`.",
        find: noRedis,
    },
    {
        id: "redis.auth-drift",
        level: "error",
        wrong: "`global.redis.auth` is set (a warning where a password is given by a key that is read)",
        why: "No template reads it, so W&B connects without a password",
        source: "The vendor's page, section External Redis; chart operator-wandb 0.43.8, as rendered",
        remedy: "Use `global.redis.secret.secretName` and `global.redis.secret.secretKey`.",
        find: unreadAuth,
    },
    {
        id: "redis.password-two",
        level: "warning",
        wrong: "`global.redis.password` and `global.redis.secret.secretName` are both set",
        why: "The pods use the Secret, and the password is ignored",
        source: "Chart operator-wandb 0.43.8, template _redis.tpl",
        remedy: "Remove the password and keep `global.redis.secret`.",
        find: (input) =>
            twoPasswords(redis(input).at("password"), redis(input).at("secret", "secretName"), "`global.redis.secret`"),
    },
    {
        id: "redis.valuefrom",
        level: "error",
        wrong: "`global.redis.host` or `global.auth.oidc.clientId` is a map",
        why: "The chart compares them with a text and fails to render",
        source: "Chart operator-wandb 0.43.8, as rendered",
        remedy: "Write the host or the client id as a text.",
        find: (input) => [
            ...reference(redis(input).at("host"), "Write the host as a text; only the password can be in a Secret."),
            ...reference(
                input.values.at("global", "auth", "oidc", "clientId"),
                "Write the client id as a text; it is no secret.",
            ),
        ],
    },
    {
        id: "redis.ca-secret",
        level: "warning",
        wrong: "`global.redis.caCert` is set together with `global.redis.secret.secretName`, and that Secret is not known to hold the key REDIS_CA_CERT",
        why: "The PEM is written into the Secret that the chart makes, but the pods mount the one that is named",
        source: "Chart operator-wandb 0.43.8, templates redis.yaml and _volumes.tpl",
        remedy: "Put the PEM into that Secret under the key REDIS_CA_CERT.",
        find: caNotMounted,
    },
    {
        id: "redis.ca-tls-off",
        level: "warning",
        wrong: "`global.redis.caCert` is set, but the parameter `tls` is false",
        why: "With a CA the connection uses TLS in any case",
        source: "Chart operator-wandb 0.43.8, as rendered",
        remedy: "Remove `global.redis.caCert`, or remove `tls`.",
        find: tlsStaysOn,
    },
    {
        id: "redis.ttl",
        level: "warning",
        wrong: "The parameter `ttlInSeconds` is set to another value than 604800",
        why: "The chart's own value always wins",
        source: "Chart operator-wandb 0.43.8, as rendered",
        remedy: "Remove `ttlInSeconds`.",
        find: fixedTtl,
    },
    {
        id: "redis.params-keys",
        level: "warning",
        wrong: "`global.redis.params` or `global.redis.parameters` has an unknown key",
        why: "The chart pastes any key into the URL, so a typo passes without a word",
        source: "Vendor's documentation: Redis connection of operator v2",
        remedy: `Use only ${codes(KnownParameters)}.`,
        find: unknownParameters,
    },
    {
        id: "redis.version",
        level: "error",
        wrong: "The Redis server is older than 7",
        why: "W&B does not support older versions",
        source: "Vendor's documentation: self-managed requirements",
        remedy: "Upgrade the server to Redis 7 or newer.",
        find: oldVersion,
    },
];
