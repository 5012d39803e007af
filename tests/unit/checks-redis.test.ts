import { redisChecks } from "../../sdk/checks/themes/redis";
import { Unknown } from "../../sdk/checks/view";
import type { Configuration } from "../support/check-input";
import { Canary, type FineInputs, type FoundRow, testChecks } from "../support/check-rows";

type Tree = Record<string, unknown>;

const redis = (fields: unknown, install?: unknown): Configuration => ({
    values: { global: { redis: fields }, ...(install === undefined ? {} : { redis: { install } }) },
});
const external = (fields: Tree): Configuration => redis({ host: "cache.example", ...fields }, false);
const secret = { secretName: "n", secretKey: "k" };
const pem = "-----BEGIN CERTIFICATE-----";
const reference = { valueFrom: { secretKeyRef: { name: "n", key: "k" } } };
const keys = (given: readonly string[], fields: Tree): Configuration => ({
    ...external(fields),
    context: { redisSecretKeys: given },
});

const found: readonly FoundRow[] = [
    {
        id: "redis.external",
        ...redis({ host: "cache.example" }),
        path: "redis.install",
        message:
            /^is not set and true by default, but `global.redis.host` names another Redis \("cache.example" given\)$/,
        remedy: /^Set `redis.install` to false\.$/,
    },
    {
        id: "redis.external",
        ...redis({ host: "cache.example" }, true),
        path: "redis.install",
        message: /^is true, but/,
        remedy: /`redis.install`/,
    },
    {
        id: "redis.missing",
        ...redis({ host: "" }, false),
        path: "global.redis.host",
        message: /^is missing, but `redis.install` is false/,
        remedy: /`global.redis.host`, or remove `redis.install`/,
    },
    {
        id: "redis.missing",
        values: { redis: { install: false } },
        path: "global.redis.host",
        message: /^is missing/,
        remedy: /`global.redis.host`/,
    },
    {
        id: "redis.auth-drift",
        ...external({ auth: { enabled: true, secret: "n", key: "k" } }),
        level: "error",
        path: "global.redis.auth",
        message: /^is not read by the chart, so W&B connects without a password$/,
        remedy: /`global.redis.secret.secretName` .* `global.redis.secret.secretKey`, and remove `global.redis.auth`/,
    },
    {
        id: "redis.auth-drift",
        ...external({ auth: "n" }),
        level: "error",
        path: "global.redis.auth",
        message: /without a password$/,
        remedy: /remove `global.redis.auth`/,
    },
    {
        id: "redis.auth-drift",
        ...external({ auth: { enabled: false } }),
        level: "warning",
        path: "global.redis.auth",
        message: /^is not read by the chart$/,
        remedy: /remove `global.redis.auth`/,
    },
    {
        id: "redis.auth-drift",
        ...external({ auth: { enabled: true }, secret }),
        level: "warning",
        path: "global.redis.auth",
        message: /^is not read by the chart$/,
        remedy: /remove `global.redis.auth`/,
    },
    {
        id: "redis.password-two",
        ...external({ password: Canary, secret }),
        path: "global.redis.password",
        message: /^is ignored, since the Secret \("n" given\) is named too$/,
        remedy: /keep `global.redis.secret`\.$/,
    },
    {
        id: "redis.valuefrom",
        ...external({ host: reference }),
        path: "global.redis.host",
        message: /^is a map such as `valueFrom`, with which the chart fails to render$/,
        remedy: /^Write the host as a text/,
    },
    {
        id: "redis.valuefrom",
        values: { global: { auth: { oidc: { clientId: reference } } } },
        path: "global.auth.oidc.clientId",
        message: /^is a map/,
        remedy: /^Write the client id as a text/,
    },
    {
        id: "redis.ca-secret",
        ...external({ caCert: pem, secret }),
        path: "global.redis.secret.secretName",
        message: /^names a Secret \("n" given\) that must hold the CA as well/,
        remedy: /under the key REDIS_CA_CERT/,
    },
    {
        id: "redis.ca-secret",
        ...keys(["REDIS_PASSWORD"], { caCert: pem, secret }),
        path: "global.redis.secret.secretName",
        message: /^names a Secret \("n" given\) without the key REDIS_CA_CERT/,
        remedy: /under the key REDIS_CA_CERT/,
    },
    ...([false, "false"] as const).flatMap((tls) =>
        ["params", "parameters"].map((map): FoundRow => ({
            id: "redis.ca-tls-off",
            ...external({ caCert: pem, [map]: { tls } }),
            path: `global.redis.${map}.tls`,
            message: /^is false, but with `global.redis.caCert` W&B speaks TLS all the same$/,
            remedy: /^Remove `global.redis.caCert` for a Redis without TLS, or remove `tls`\.$/,
        })),
    ),
    ...["params", "parameters"].map((map): FoundRow => ({
        id: "redis.ttl",
        ...external({ [map]: { ttlInSeconds: 3600 } }),
        path: `global.redis.${map}.ttlInSeconds`,
        message: /^has no effect \(3600 given\): the chart always sets 604800$/,
        remedy: /^Remove `ttlInSeconds`\.$/,
    })),
    {
        id: "redis.params-keys",
        ...external({ params: { TLS: true, tls: true } }),
        path: "global.redis.params.TLS",
        message: /^is not a known parameter of W&B's connection to Redis$/,
        remedy: /^Did you mean `tls`\?$/,
    },
    {
        id: "redis.params-keys",
        ...external({ parameters: { "a.b": 1 } }),
        path: 'global.redis.parameters["a.b"]',
        message: /^is not a known parameter/,
        remedy: /^Remove it; known are `tls`, `master`, .* and `ttlInSeconds`\.$/,
    },
    ...["6.2.14", "6.x", "5", "REDIS_6_X"].map((redisVersion): FoundRow => ({
        id: "redis.version",
        context: { redisVersion },
        path: "global.redis.host",
        message: new RegExp(`does not support \\("${redisVersion}" given\\)$`),
        remedy: /Redis 7 or newer/,
    })),
];

const fine: FineInputs = {
    "redis.external": [
        external({}),
        redis({ host: "" }),
        redis({ host: reference }),
        redis({ host: Unknown }),
        redis({ host: "cache.example" }, Unknown),
        { values: { global: { redis: { host: "cache.example" } }, redis: Unknown } },
        { values: Unknown },
    ],
    "redis.missing": [
        {},
        external({}),
        redis({}, true),
        redis({ host: Unknown }, false),
        redis({}, Unknown),
        redis(Unknown, false),
    ],
    "redis.auth-drift": [
        external({ secret }),
        external({ auth: {} }),
        external({ auth: null }),
        external({ auth: Unknown }),
        { values: { redis: { auth: { enabled: true } } } },
    ],
    "redis.password-two": [
        external({ password: Canary }),
        external({ secret }),
        external({ password: Unknown, secret }),
        external({ password: Canary, secret: Unknown }),
    ],
    "redis.valuefrom": [
        external({}),
        external({ host: Unknown }),
        external({ host: ["a"] }),
        { values: { global: { auth: { oidc: { clientId: "id" } } } } },
        { values: { global: { auth: Unknown } } },
    ],
    "redis.ca-secret": [
        keys(["REDIS_CA_CERT"], { caCert: pem, secret }),
        external({ caCert: pem }),
        external({ caCert: "", secret }),
        external({ caCert: Unknown, secret }),
        external({ caCert: pem, secret: Unknown }),
    ],
    "redis.ca-tls-off": [
        external({ caCert: pem, params: { tls: true } }),
        external({ caCert: pem }),
        external({ params: { tls: false } }),
        external({ caCert: Unknown, params: { tls: false } }),
        external({ caCert: pem, params: { tls: Unknown } }),
        external({ caCert: pem, params: Unknown }),
        external({ caCert: pem, params: ["tls=false"] }),
    ],
    "redis.ttl": [
        external({ params: { tls: true } }),
        external({ params: { ttlInSeconds: 604800 } }),
        external({ parameters: { ttlInSeconds: "604800" } }),
        external({ params: { ttlInSeconds: Unknown } }),
    ],
    "redis.params-keys": [
        external({
            params: { tls: true, master: "m", caCertPath: "/x", poolSize: 10, cluster: true, ttlInSeconds: 604800 },
        }),
        external({ params: { odd: Unknown } }),
        external({ params: Unknown }),
        external({ params: null }),
    ],
    "redis.version": [
        {},
        ...["7", "7.0", "7.2.4", "8.0", "10.1", "REDIS_7_2", "valkey", ""].map((redisVersion) => ({
            context: { redisVersion },
        })),
    ],
};

describe("checks of Redis", () => {
    testChecks(redisChecks, found, fine);
});
