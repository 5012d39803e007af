/** IPv4 range of a network that is made, when the arguments give none. */
export const DefaultNetworkCidr = "10.10.0.0/16";

/** Minutes after which the NAT gateway forgets an idle connection, when the arguments give none. Azure's own default. */
export const DefaultNatIdleMinutes = 4;

/** Words for the subnets, in the order in which they are made: what takes longest waits least. */
export const SubnetWords = ["database", "gateway", "nodes", "apiServer", "endpoints", "privateLink"] as const;
export type SubnetWord = (typeof SubnetWords)[number];

/** Private DNS zones by which a network finds services at their private endpoints: https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-dns */
export const PrivateZoneNames = {
    blob: "privatelink.blob.core.windows.net",
    queue: "privatelink.queue.core.windows.net",
    vault: "privatelink.vaultcore.azure.net",
    cache: "privatelink.redis.cache.windows.net",
    "managed-cache": "privatelink.redis.azure.net",
    database: "privatelink.mysql.database.azure.com",
} as const;
