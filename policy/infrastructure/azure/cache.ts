import type { Policies } from "@pulumi/policy";
import { isOn, state } from "../settings";
import { settingPolicy } from "./setting";

const ManagedType = "azure-native:redisenterprise:RedisEnterprise";
const ManagedDatabaseType = "azure-native:redisenterprise:Database";
const RetiredType = "azure-native:redis:Redis";

const withoutTls = settingPolicy(
    {
        name: "wandb-azure-cache-without-tls",
        description:
            "W&B keeps sessions and queues in its cache. Without encryption in transit they, and the cache's password, travel in clear.",
        level: "mandatory",
        severity: "critical",
        remedy: "Set clientProtocol to Encrypted, in Azure Cache for Redis enableNonSslPort to false.",
        documentation: "https://learn.microsoft.com/azure/redis/tls-configuration",
        fix: "Set clientProtocol to Encrypted, or enableNonSslPort to false, and tls to true in global.redis.params of W&B.",
    },
    [ManagedDatabaseType, RetiredType],
    (cache) => {
        const [protocol, port] = [cache.at("clientProtocol"), cache.at("enableNonSslPort")];
        return [
            protocol.text === "Plaintext" && {
                place: protocol,
                message: "is Plaintext, so data and password travel in clear",
            },
            isOn(port) && { place: port, message: "is true, so data and password may travel in clear" },
        ];
    },
);

const oldTls = settingPolicy(
    {
        name: "wandb-azure-cache-old-tls",
        description:
            "TLS 1.0 and 1.1 are broken and withdrawn (RFC 8996). A cache that takes them can be made to use them.",
        level: "mandatory",
        severity: "high",
        remedy: "Set minimumTlsVersion to 1.2.",
        documentation: "https://learn.microsoft.com/azure/redis/tls-configuration",
        fix: "Set it to 1.2.",
    },
    [ManagedType, RetiredType],
    (cache) => {
        const version = cache.at("minimumTlsVersion");
        return [
            /^1\.[01]$/.test(version.text ?? "") && {
                place: version,
                message: `${state(version)}, so TLS 1.0 or 1.1 is accepted`,
            },
        ];
    },
);

const publicCache = settingPolicy(
    {
        name: "wandb-azure-cache-public",
        description:
            "The cache of W&B is asked from the cluster only. With public access nothing but its key stands between the internet and W&B's sessions and queues.",
        level: "mandatory",
        severity: "critical",
        remedy: "Set publicNetworkAccess to Disabled, and make a private endpoint.",
        documentation: "https://learn.microsoft.com/azure/redis/private-link",
        fix: "Set it to Disabled, and make a private endpoint in the network of the cluster.",
    },
    [ManagedType, RetiredType],
    (cache) => {
        const access = cache.at("publicNetworkAccess");
        const open = access.absent || access.text === "Enabled";
        // One that stands in a subnet is reached from the network only.
        return [
            cache.at("subnetId").empty &&
                open && { place: access, message: `${state(access)}, so the cache answers in the internet` },
        ];
    },
);

const failover = settingPolicy(
    {
        name: "wandb-azure-cache-failover",
        description: "A cache without a replica comes back empty. W&B stands still until then.",
        level: "advisory",
        severity: "medium",
        remedy: "Leave highAvailability Enabled; in Azure Cache for Redis take the SKU Standard or Premium.",
        documentation: "https://learn.microsoft.com/azure/redis/high-availability",
        fix: "Set highAvailability to Enabled, or another SKU than Basic.",
    },
    [ManagedType, RetiredType],
    (cache, type) => {
        const [availability, sku] = [cache.at("highAvailability"), cache.find("sku.name")];
        const message = "so the cache has no replica to fail over to";
        return [
            availability.text === "Disabled" && { place: availability, message: `is Disabled, ${message}` },
            type === RetiredType && sku.text === "Basic" && { place: sku, message: `is Basic, ${message}` },
        ];
    },
);

const retired = settingPolicy(
    {
        name: "wandb-azure-cache-retired",
        description:
            "Azure Cache for Redis is being retired. Caches of the SKUs Basic, Standard and Premium end on 30 September 2028, and Azure Managed Redis takes their place.",
        level: "advisory",
        severity: "low",
        remedy: "Move to Azure Managed Redis.",
        documentation: "https://learn.microsoft.com/azure/azure-cache-for-redis/retirement-faq",
        fix: "Make an Azure Managed Redis (azure-native:redisenterprise:RedisEnterprise) in its place.",
    },
    [RetiredType],
    (cache) => [{ place: cache.at("sku"), message: "is one of Azure Cache for Redis, which Microsoft retires" }],
);

/** Policies about Azure Managed Redis and Azure Cache for Redis. */
export const cachePolicies: Policies = [withoutTls, oldTls, publicCache, failover, retired];
