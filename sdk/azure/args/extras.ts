import type * as pulumi from "@pulumi/pulumi";

/**
 * ClickHouse of W&B Weave, in ClickHouse Cloud. W&B itself is told of it by `components` or `values`.
 *
 * https://clickhouse.com/docs/cloud/security/azure-privatelink
 */
export interface AzureClickHouseArgs {
    /**
     * Alias of ClickHouse Cloud's Private Link service, `<name>.<guid>.<region>.azure.privatelinkservice`. An endpoint for it is made in the
     * network, reachable from there alone, and a private zone with the names of ClickHouse Cloud in that region. ClickHouse Cloud approves the endpoint
     * once it is told the output `clickHouseEndpointId`. A change replaces the endpoint.
     */
    serviceAlias: pulumi.Input<string>;
    /**
     * Region of ClickHouse Cloud as its names have it: the zone is `<region>.privatelink.azure.clickhouse.cloud`. A change replaces the zone.
     * Default: the region in `serviceAlias`.
     */
    region?: pulumi.Input<string>;
    /** Resource id of the subnet in which the endpoint gets its address. A change replaces the endpoint. Default: the subnet of the nodes. */
    subnetId?: pulumi.Input<string>;
    /** Name of the endpoint (`privateEndpointName`), at most 64 letters, digits, underscores, periods and hyphens. A change replaces it. */
    endpointName?: pulumi.Input<string>;
    /** Name of its network interface (`customNetworkInterfaceName`), at most 80. A change replaces the endpoint. */
    interfaceName?: pulumi.Input<string>;
}

/** Metrics of the database and the cache in Prometheus. */
export interface AzureMonitoringArgs {
    /**
     * Read the metrics of the database and the cache that are made from Azure Monitor (`otel.daemonset`), with an identity that may read them and nothing else (role
     * Monitoring Reader on each). Requests to Azure Monitor cost money. A change makes the identity, or takes it away.
     * @default false
     */
    azureMonitor?: boolean;
}
