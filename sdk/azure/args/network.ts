import type * as pulumi from "@pulumi/pulumi";

/** How nodes reach the internet. */
export const AzureOutbound = {
    /** A NAT gateway on the nodes' subnet: its addresses are the only ones under which W&B appears outside. */
    NatGateway: "nat-gateway",
    /** Routes of your own, for example to Azure Firewall: a route table on the nodes' subnet that has a default route. */
    Routes: "routes",
    /** The load balancer that AKS makes for the cluster. */
    LoadBalancer: "load-balancer",
} as const;
/** How nodes reach the internet. */
export type AzureOutbound = (typeof AzureOutbound)[keyof typeof AzureOutbound];

/**
 * A virtual network and subnets that are there already, in the deployment's region. They are looked up: that they are fit is known only then, in a
 * preview too. Ids have the form /subscriptions/<subscription>/resourceGroups/<group>/providers/Microsoft.Network/virtualNetworks/<network>, with
 * /subnets/<subnet> behind that of a subnet; they may be in another resource group, but not in another subscription than the provider's.
 */
export interface AzureExistingNetworkArgs {
    /** Id of the network. Another network replaces cluster, database and gateway, which deletion protection refuses. */
    vnetId: pulumi.Input<string>;
    /**
     * Id of the subnet of the nodes, /26 or larger, delegated to nothing, with what `outbound` wants on it. Another one replaces the cluster, which
     * deletion protection refuses.
     */
    nodeSubnetId: pulumi.Input<string>;
    /** Id of the subnet of private endpoints, delegated to nothing. Another one replaces the endpoints. Default: that of the nodes. */
    endpointSubnetId?: pulumi.Input<string>;
    /**
     * Id of the subnet of Application Gateway, for it alone: /27 or larger, and unless pods have addresses of the nodes' subnet, /24 or smaller and
     * delegated to `Microsoft.Network/applicationGateways`. Another one replaces the gateway. Needed where one is made. Its network
     * security group, if it has one, is yours: it must let in ports 65200 to 65535 from `GatewayManager`, and those who may reach W&B.
     */
    gatewaySubnetId?: pulumi.Input<string>;
    /**
     * Id of a subnet delegated to Microsoft.DBforMySQL/flexibleServers. Another one replaces the database, which deletion protection refuses.
     * Default: none, the database has a private endpoint then.
     */
    databaseSubnetId?: pulumi.Input<string>;
    /**
     * Id of a subnet delegated to Microsoft.ContainerService/managedClusters, /28 or larger, for the API server. Default: none, the API server is
     * then not in the network.
     */
    apiServerSubnetId?: pulumi.Input<string>;
    /** Id of the subnet from which Private Link takes addresses, its network policies for Private Link services off. Needed where W&B is offered by Private Link. */
    privateLinkSubnetId?: pulumi.Input<string>;
}

/** IPv4 ranges, within `cidr` or `additionalCidrs` and apart from each other. What is not given has its part of the plan. */
export interface AzureSubnetCidrsArgs {
    /** The nodes, and the pods unless they have an overlay (`addressPrefix`), /26 or larger. A change needs an empty subnet, so it replaces the cluster first. */
    nodes?: string;
    /** Application Gateway, one address for each unit (`addressPrefix`): /24, which Microsoft advises, to /27; larger only where pods have addresses of the nodes' subnet. A change needs an empty subnet. */
    gateway?: string;
    /** Private endpoints, one address or two for each (`addressPrefix`), /28 or larger. A change needs an empty subnet. */
    endpoints?: string;
    /** The database (`addressPrefix`), /29 or larger. A change needs an empty subnet. */
    database?: string;
    /** The API server (`addressPrefix`), /28 or larger. A change needs an empty subnet. */
    apiServer?: string;
    /** Private Link for consumers of W&B (`addressPrefix`), /28 or larger. A change needs an empty subnet. */
    privateLink?: string;
}

/** Names of the subnets (`name`). A change replaces the subnet, which Azure refuses while something is in it. Defaults: made from the deployment's name. */
export interface AzureSubnetNamesArgs {
    /** That of the nodes. */
    nodes?: pulumi.Input<string>;
    /** That of Application Gateway. */
    gateway?: pulumi.Input<string>;
    /** That of private endpoints. */
    endpoints?: pulumi.Input<string>;
    /** That of the database. */
    database?: pulumi.Input<string>;
    /** That of the API server. */
    apiServer?: pulumi.Input<string>;
    /** That of Private Link for consumers of W&B. */
    privateLink?: pulumi.Input<string>;
}

/**
 * Private DNS zones of your own, for example of a hub, by their ids: /subscriptions/<subscription>/resourceGroups/<group>/providers/
 * Microsoft.Network/privateDnsZones/<zone>. They get the records of the private endpoints; that the network asks them (a link, or DNS servers that
 * do) is up to you. A change is made in place. Defaults: zones that are made and linked to the network.
 */
export interface AzurePrivateDnsZonesArgs {
    /** Id of the zone privatelink.blob.core.windows.net. */
    blob?: pulumi.Input<string>;
    /** Id of the zone privatelink.queue.core.windows.net. */
    queue?: pulumi.Input<string>;
    /** Id of the zone privatelink.vaultcore.azure.net. */
    vault?: pulumi.Input<string>;
    /** Id of the zone privatelink.redis.cache.windows.net, of Azure Cache for Redis. */
    cache?: pulumi.Input<string>;
    /** Id of the zone privatelink.redis.azure.net, of Azure Managed Redis. */
    managedCache?: pulumi.Input<string>;
    /** Id of the zone privatelink.mysql.database.azure.com, for a database with a private endpoint. */
    database?: pulumi.Input<string>;
    /**
     * Id of a zone of the provider's subscription whose name ends with .mysql.database.azure.com, for a database in a subnet of its own. The
     * network is linked to it before the database is made; it must not be yet. Another one replaces the database, which deletion protection refuses.
     */
    databaseSubnet?: pulumi.Input<string>;
}

/** The network that is made, or the one that is there. */
export interface AzureNetworkArgs {
    /** A network of your own. Excludes what describes one that is made; `outbound` and `privateDnsZones` go with it. */
    existing?: AzureExistingNetworkArgs;
    /**
     * IPv4 range of the network (`addressSpace.addressPrefixes`), which is divided among the subnets: /8 to /23 of the addresses of RFC 1918, apart
     * from those of pods and Services. A /16 has room for 4091 nodes, a /23 for 123. A change needs empty subnets.
     * @default 10.10.0.0/16
     */
    cidr?: string;
    /** Further ranges of the network (`addressSpace.addressPrefixes`), for `subnetCidrs` or for subnets of yours. A change is made in place. Default: none. */
    additionalCidrs?: string[];
    /** Ranges of subnets where your plan is another one. */
    subnetCidrs?: AzureSubnetCidrsArgs;
    /** Name of the network (`name`), 2 to 64 characters. A change replaces it and all that is in it, which deletion protection refuses. Default: made from the deployment's name. */
    vnetName?: pulumi.Input<string>;
    /** Names of the subnets. */
    subnetNames?: AzureSubnetNamesArgs;
    /**
     * Addresses of DNS servers that the network asks (`dhcpOptions.dnsServers`). They must pass on to 168.63.129.16 what lies in private DNS zones
     * linked to the network. A change is made in place; nodes learn it when they start again. Default: Azure's own.
     */
    dnsServers?: pulumi.Input<string>[];
    /**
     * How nodes reach the internet; they have private addresses only. A change is made in place, which cuts connections.
     * @default nat-gateway
     */
    outbound?: AzureOutbound;
    /** Id of the route table on the nodes' subnet, with `outbound` routes (`routeTable`): /subscriptions/<subscription>/resourceGroups/<group>/providers/Microsoft.Network/routeTables/<table>. A change is made in place. */
    routeTableId?: pulumi.Input<string>;
    /** Name of the NAT gateway (`name`). A change replaces it, which cuts connections. Default: made from the deployment's name. */
    natGatewayName?: pulumi.Input<string>;
    /**
     * Number of public addresses of the NAT gateway, 1 to 16 (`publicIpAddresses`). Each has 64512 ports to each destination; when all are taken,
     * new connections fail. A change is made in place.
     * @default 1
     */
    natAddressCount?: number;
    /** Names of these addresses, one for each (`name`). A change replaces the address. Default: made from the deployment's name. */
    natAddressNames?: pulumi.Input<string>[];
    /**
     * Ids of public addresses of your own for the NAT gateway instead, 1 to 16: SKU Standard, static, of the deployment's region. Excludes
     * `natAddressCount`. A change is made in place.
     */
    natAddressIds?: pulumi.Input<string>[];
    /**
     * Minutes after which an idle connection is forgotten (`idleTimeoutInMinutes`), 4 to 120. A change is made in place.
     * @default 4
     */
    natIdleTimeout?: number;
    /**
     * Zone of the NAT gateway (`zones`): 1, 2 or 3. When it fails, nodes of all zones reach nothing outside. A change replaces the gateway and its
     * addresses, which cuts connections; give them other names too where you name them. Default: Azure chooses one.
     */
    natZone?: string;
    /** Name of the network security group of Application Gateway's subnet (`name`). A change replaces it. Default: made from the deployment's name. */
    gatewaySecurityGroupName?: pulumi.Input<string>;
    /** Private DNS zones of your own. */
    privateDnsZones?: AzurePrivateDnsZonesArgs;
    /**
     * Name of the private DNS zone of a database in a subnet of its own (`name`); it ends with .mysql.database.azure.com. A change replaces the
     * zone and the database, which deletion protection refuses. Default: `<deployment>.private.mysql.database.azure.com`.
     */
    databaseZoneName?: pulumi.Input<string>;
}
