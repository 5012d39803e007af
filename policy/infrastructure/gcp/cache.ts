import type { Policies } from "@pulumi/policy";
import { resourcePolicy } from "../../rule";
import { isOff, state } from "../settings";

const CacheType = "gcp:redis/instance:Instance";

const withoutTls = resourcePolicy(
    {
        name: "wandb-gcp-cache-without-tls",
        description:
            "W&B keeps sessions and queues in its cache. Without encryption in transit they, and the cache's password, travel in clear.",
        level: "mandatory",
        severity: "critical",
        remedy: "Set transitEncryptionMode to SERVER_AUTHENTICATION.",
        documentation: "https://docs.cloud.google.com/memorystore/docs/redis/about-in-transit-encryption",
    },
    [CacheType],
    function* (resource) {
        const mode = resource.properties.at("transitEncryptionMode");
        if (mode.absent || mode.text === "DISABLED") {
            yield {
                resource,
                path: mode.path,
                message: `${state(mode)}, so data and password travel in clear`,
                remedy: "Set it to SERVER_AUTHENTICATION, which replaces the instance, and tls to true in global.redis.params of W&B.",
            };
        }
    },
);

const withoutPassword = resourcePolicy(
    {
        name: "wandb-gcp-cache-without-password",
        description:
            "Memorystore asks for a password only when told so. Without one whatever gets into the network may read and change W&B's sessions and queues.",
        level: "advisory",
        severity: "high",
        remedy: "Set authEnabled to true.",
        documentation: "https://docs.cloud.google.com/memorystore/docs/redis/about-redis-auth",
    },
    [CacheType],
    function* (resource) {
        const flag = resource.properties.at("authEnabled");
        if (isOff(flag)) {
            yield {
                resource,
                path: flag.path,
                message: `${state(flag)}, so the cache asks nobody for a password`,
                remedy: "Set it to true, and name the Secret of authString in global.redis.secret of W&B.",
            };
        }
    },
);

const failover = resourcePolicy(
    {
        name: "wandb-gcp-cache-failover",
        description:
            "A cache of the basic tier is one machine in one zone. It comes back empty, and W&B stands still until then.",
        level: "advisory",
        severity: "medium",
        remedy: "Set tier to STANDARD_HA.",
        documentation: "https://docs.cloud.google.com/memorystore/docs/redis/redis-tiers",
    },
    [CacheType],
    function* (resource) {
        const tier = resource.properties.at("tier");
        if (tier.absent || tier.text === "BASIC") {
            yield {
                resource,
                path: tier.path,
                message: `${state(tier)}, so the cache has no replica to fail over to`,
                remedy: "Set it to STANDARD_HA.",
            };
        }
    },
);

const cacheKey = resourcePolicy(
    {
        name: "wandb-gcp-cache-key",
        description:
            "Memorystore encrypts what it writes to disk by Google's keys unless told otherwise. With a key of yours you see who uses it, and can stop it.",
        level: "advisory",
        severity: "low",
        remedy: "Set customerManagedKey.",
        documentation: "https://docs.cloud.google.com/memorystore/docs/redis/about-cmek",
    },
    [CacheType],
    function* (resource) {
        const key = resource.properties.at("customerManagedKey");
        if (key.empty) {
            yield {
                resource,
                path: key.path,
                message: "is not set, so Google encrypts what lies on disk by a key of its own",
                remedy: "Set it to the id of a key; a cache that is there already is replaced.",
            };
        }
    },
);

/** Policies about Memorystore. */
export const cachePolicies: Policies = [withoutTls, withoutPassword, failover, cacheKey];
