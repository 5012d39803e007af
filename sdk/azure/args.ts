import type * as pulumi from "@pulumi/pulumi";
import type { AzureBucketArgs } from "./args/bucket";
import type { AzureCacheArgs } from "./args/cache";
import type { AzureClusterArgs } from "./args/cluster";
import type { AzureDatabaseArgs } from "./args/database";
import type { AzureDnsArgs, AzureLoadBalancerArgs, AzurePrivateLinkArgs } from "./args/entry";
import type { AzureClickHouseArgs, AzureMonitoringArgs } from "./args/extras";
import type { AzureIdentityArgs } from "./args/identity";
import type { AzureKeyArgs } from "./args/key";
import type { AzureNetworkArgs } from "./args/network";
import type { AzureResourceGroupArgs } from "./args/resource-group";

/**
 * W&B on Azure. Everything is made unless a part names what is there already, and has defaults for production. It needs the package
 * `@pulumi/azure-native` (major 3).
 */
export interface AzureArgs {
    /**
     * Region of everything that has one (`location`), for example `westeurope`. A change replaces everything, which deletion protection refuses.
     * Default: that of a resource group of your own, else the provider's (`azure-native:location`).
     */
    location?: pulumi.Input<string>;
    /** Resource group in which everything lies: made, or your own. */
    resourceGroup?: AzureResourceGroupArgs;
    /** Virtual network and subnets: made, or your own. */
    network?: AzureNetworkArgs;
    /** Key Vault, and keys of everything that is stored. */
    key?: AzureKeyArgs;
    /** AKS cluster: made, or your own. */
    cluster?: AzureClusterArgs;
    /** Azure Database for MySQL. Not used when the top-level `database` names another one. */
    database?: AzureDatabaseArgs;
    /** Azure Managed Redis, or Azure Cache for Redis. Not used when the top-level `redis` is given. */
    cache?: AzureCacheArgs;
    /** Storage account and container that are made. Not used when the top-level `bucket` names another one. */
    bucket?: AzureBucketArgs;
    /** Managed identity of W&B's pods. */
    identity?: AzureIdentityArgs;
    /** DNS and certificate of the host. */
    dns?: AzureDnsArgs;
    /** Application Gateway, or the application routing add-on. */
    loadBalancer?: AzureLoadBalancerArgs;
    /** W&B for other subscriptions by Private Link. Default: not offered. */
    privateLink?: AzurePrivateLinkArgs;
    /** ClickHouse Cloud for W&B Weave. */
    clickHouse?: AzureClickHouseArgs;
    /** Metrics of database and cache in Azure Monitor. */
    monitoring?: AzureMonitoringArgs;
}
