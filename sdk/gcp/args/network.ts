import type * as pulumi from "@pulumi/pulumi";

/** How nodes reach the internet. */
export const GcpNatMode = {
    /** No Cloud NAT: the network is closed, or has another way out. Images and the release channel must be reachable in another way. */
    None: "none",
    /** One Cloud NAT gateway for the region. It is no machine, so no zone can fail with it. */
    Gateway: "gateway",
} as const;
/** How nodes reach the internet. */
export type GcpNatMode = (typeof GcpNatMode)[keyof typeof GcpNatMode];

/** What Cloud NAT records in Cloud Logging. */
export const GcpNatLogging = {
    /** Nothing. */
    None: "none",
    /** Connections that got no port. */
    Errors: "ERRORS_ONLY",
    /** Connections that got one. */
    Translations: "TRANSLATIONS_ONLY",
    /** Both. */
    All: "ALL",
} as const;
/** What Cloud NAT records in Cloud Logging. */
export type GcpNatLogging = (typeof GcpNatLogging)[keyof typeof GcpNatLogging];

/** Between which regions Cloud Routers of the network tell routes. */
export const GcpRoutingMode = {
    /** Each router tells those of its own region. */
    Regional: "REGIONAL",
    /** Each router tells those of all regions. */
    Global: "GLOBAL",
} as const;
/** Between which regions Cloud Routers of the network tell routes. */
export type GcpRoutingMode = (typeof GcpRoutingMode)[keyof typeof GcpRoutingMode];

/** Under which addresses the network finds the APIs of Google. */
export const GcpGoogleApisMode = {
    /** Their public ones: no zone is made. Private Google Access reaches them without Cloud NAT all the same. */
    Public: "public",
    /** Those of `private.googleapis.com`, 199.36.153.8/30, which the internet does not have. */
    Private: "private",
    /** Those of `restricted.googleapis.com`, 199.36.153.4/30: only services that VPC Service Controls can guard. */
    Restricted: "restricted",
} as const;
/** Under which addresses the network finds the APIs of Google. */
export type GcpGoogleApisMode = (typeof GcpGoogleApisMode)[keyof typeof GcpGoogleApisMode];

/** For how long VPC flow logs collect records of one connection. */
export const GcpFlowLogInterval = {
    /** 5 seconds. */
    Seconds5: "INTERVAL_5_SEC",
    /** 30 seconds. */
    Seconds30: "INTERVAL_30_SEC",
    /** 1 minute. */
    Minutes1: "INTERVAL_1_MIN",
    /** 5 minutes. */
    Minutes5: "INTERVAL_5_MIN",
    /** 10 minutes. */
    Minutes10: "INTERVAL_10_MIN",
    /** 15 minutes. */
    Minutes15: "INTERVAL_15_MIN",
} as const;
/** For how long VPC flow logs collect records of one connection. */
export type GcpFlowLogInterval = (typeof GcpFlowLogInterval)[keyof typeof GcpFlowLogInterval];

/**
 * A VPC network and a subnet that are there already, in the deployment's project or in the host project of a Shared VPC. They are looked up:
 * that they are fit is known only then, in a preview too. In a Shared VPC the service agents of GKE and of Google's APIs in the deployment's
 * project need `roles/compute.networkUser` on the subnet, and that of GKE `roles/container.hostServiceAgentUser` on the host project.
 */
export interface GcpExistingNetworkArgs {
    /**
     * Id of the network: projects/<project>/global/networks/<name>, or its URL. It cannot change while the cluster lives: another network
     * replaces cluster and cache, which deletion protection refuses.
     */
    networkId: pulumi.Input<string>;
    /**
     * Id of the subnet of the nodes: projects/<project>/regions/<region>/subnetworks/<name>, or its URL. It lies in that network and in the
     * deployment's region, and has Private Google Access on. Another one replaces the cluster, which deletion protection refuses.
     */
    subnetworkId: pulumi.Input<string>;
    /** Name of the subnet's secondary range of the pods. Another one replaces the cluster, which deletion protection refuses. */
    podRangeName: pulumi.Input<string>;
    /** Name of the subnet's secondary range of Kubernetes Services. Another one replaces the cluster, which deletion protection refuses. */
    serviceRangeName: pulumi.Input<string>;
    /**
     * Name of the allocated range from which Cloud SQL and Memorystore take their addresses. The network has private services access, a
     * peering with `servicenetworking.googleapis.com`, in any case. A change replaces the cache; the database keeps its address. Default:
     * any range of the peering.
     */
    privateServicesRangeName?: pulumi.Input<string>;
}

/**
 * IPv4 ranges, apart from each other, where your plan is another one than that which divides `cidr`, for example that of a network that is
 * taken over.
 */
export interface GcpSubnetCidrsArgs {
    /**
     * The nodes, and an internal load balancer: primary range of the subnet (`ipCidrRange`), /29 or larger. Four addresses of it are Google's. It
     * can grow in place; anything else replaces the subnet, which GKE refuses while the cluster is in it.
     */
    nodes: string;
    /**
     * The pods: /9 to /24. Each node takes a /24 of it for up to 110 pods, so a /17 has room for 128 nodes. It cannot change while the cluster lives.
     */
    pods: string;
    /** Kubernetes Services: /16 to /28, one address each. It cannot change while the cluster lives. */
    services: string;
    /**
     * Cloud SQL and Memorystore: /8 to /23, of the addresses of RFC 1918. Google takes a /24 of it for all databases of a region, and a /29
     * for each cache. Another range replaces the allocation, and with it the cache; it must not overlap the old one, and the database keeps
     * its address. Default: Google chooses one, see `privateServices`.
     */
    privateServices?: string;
}

/** The range that Google's own networks take for Cloud SQL and Memorystore (private services access). */
export interface GcpPrivateServicesArgs {
    /**
     * Name of the range (`name`). A change replaces the range, and with it the cache, the new range first, so it needs other addresses too:
     * by `prefixLength`, or by `subnetCidrs`. The database keeps its address. Default: made from the deployment's name.
     */
    rangeName?: pulumi.Input<string>;
    /**
     * Length of the prefix of a range that Google chooses (`prefixLength`), 8 to 23, anywhere in the private addresses that the network does
     * not use. Excludes `subnetCidrs.privateServices`. A change replaces the range, and with it the cache; the database keeps its address.
     * Default: the range of the plan; 20 with `subnetCidrs` that name none.
     */
    prefixLength?: number;
}

/** VPC flow logs of the subnet, in Cloud Logging. */
export interface GcpFlowLogArgs {
    /**
     * For how long records of one connection are put together (`aggregationInterval`): INTERVAL_5_SEC, INTERVAL_30_SEC, INTERVAL_1_MIN,
     * INTERVAL_5_MIN, INTERVAL_10_MIN or INTERVAL_15_MIN. Longer is cheaper. A change is made in place.
     * @default INTERVAL_10_MIN
     */
    interval?: GcpFlowLogInterval;
    /**
     * Share of the records that is kept (`flowSampling`), more than 0 to 1. A change is made in place.
     * @default 0.5
     */
    sampling?: number;
    /**
     * Record names of machines, regions and clusters with the addresses (`metadata`). A change is made in place.
     * @default true
     */
    metadata?: boolean;
    /** Which records are kept, as an expression of CEL (`filterExpr`). A change is made in place. Default: all. */
    filter?: pulumi.Input<string>;
}

/** The network that is made, or the one that is there. */
export interface GcpNetworkArgs {
    /** A network of your own. Excludes every other field. */
    existing?: GcpExistingNetworkArgs;
    /**
     * IPv4 range that is divided among nodes, pods, Services and Google's own services, of the addresses of RFC 1918 (10.0.0.0/8, 172.16.0.0/12,
     * 192.168.0.0/16), /8 to /20, apart from 172.17.0.0/16, which Cloud SQL does not answer. Pods get one half of it: a /16 has room for
     * 128 nodes, a /20 for 8. It cannot change while the cluster lives.
     * @default 10.10.0.0/16
     */
    cidr?: string;
    /** Ranges where your plan is another one. Excludes `cidr`. */
    subnetCidrs?: GcpSubnetCidrsArgs;
    /**
     * Name of the network (`name`). A change replaces the network, and with it cluster and cache, which deletion protection refuses.
     * Default: made from the deployment's name.
     */
    networkName?: pulumi.Input<string>;
    /**
     * Description of the network (`description`). A change replaces the network, and with it cluster and cache, which deletion protection
     * refuses. Default: none.
     */
    networkDescription?: pulumi.Input<string>;
    /**
     * Name of the subnet (`name`). A change replaces the subnet, and with it the cluster, which deletion protection refuses; Google wants
     * other ranges for the new one. Default: made from the deployment's name.
     */
    subnetName?: pulumi.Input<string>;
    /**
     * Description of the subnet (`description`). A change replaces the subnet, and with it the cluster, which deletion protection refuses;
     * Google wants other ranges for the new one. Default: none.
     */
    subnetDescription?: pulumi.Input<string>;
    /**
     * Name of the subnet's secondary range of the pods (`rangeName`). It cannot change while the cluster lives.
     * @default pods
     */
    podRangeName?: string;
    /**
     * Name of the subnet's secondary range of Kubernetes Services (`rangeName`). It cannot change while the cluster lives.
     * @default services
     */
    serviceRangeName?: string;
    /**
     * Between which regions Cloud Routers tell routes (`routingMode`). A change is made in place.
     * @default REGIONAL
     */
    routingMode?: GcpRoutingMode;
    /**
     * Largest packet of the network in bytes (`mtu`), 1300 to 8896. A change is made in place, but Google wants all machines stopped for it.
     * Default: Google's, 1460.
     */
    mtu?: pulumi.Input<number>;
    /**
     * How nodes reach the internet; they have private addresses only. Cloud NAT costs by the hour, per node and by traffic.
     * @default gateway
     */
    nat?: GcpNatMode;
    /**
     * Number of static addresses under which Cloud NAT appears outside, 1 to 16, so that others can put them on lists. Each has 64512 ports to
     * each destination; when all are taken, new connections fail. A change is made in place. Default: Google takes as many as it needs, and
     * may change them.
     */
    natAddressCount?: number;
    /** Names of these addresses, one for each (`name`). A change replaces the address. Default: made from the deployment's name. */
    natAddressNames?: pulumi.Input<string>[];
    /**
     * Ids of static addresses of your own for Cloud NAT instead, 1 to 16: projects/<project>/regions/<region>/addresses/<name>, or their URLs.
     * They are external, and of the deployment's region. Excludes `natAddressCount`. A change is made in place.
     */
    natAddressIds?: pulumi.Input<string>[];
    /**
     * What Cloud NAT records in Cloud Logging (`logConfig`). A change is made in place.
     * @default ERRORS_ONLY
     */
    natLogging?: GcpNatLogging;
    /**
     * Name of the Cloud Router (`name`). A change replaces the Cloud Router and Cloud NAT, which cuts connections. Default: made from the
     * deployment's name.
     */
    routerName?: pulumi.Input<string>;
    /**
     * Name of the Cloud NAT gateway (`name`), 2 characters or more. A change replaces Cloud NAT, which cuts connections. Default: made from
     * the deployment's name.
     */
    natName?: pulumi.Input<string>;
    /**
     * Under which addresses the network finds the APIs of Google: private ones come with a private zone for `googleapis.com` and all names
     * below it. A change replaces the records of each zone.
     *
     * @default private
     */
    googleApis?: GcpGoogleApisMode;
    /**
     * Further domains of Google that the network finds under the same addresses, with all names below them, for example `gcr.io` and `pkg.dev`
     * for images without Cloud NAT. Only with `googleApis` private or restricted. Default: none.
     */
    googleApiDomains?: string[];
    /** The range of Cloud SQL and Memorystore: its name, or its size where Google chooses it. */
    privateServices?: GcpPrivateServicesArgs;
    /** Record traffic of the subnet in Cloud Logging. A change is made in place. Default: not recorded. */
    flowLogs?: GcpFlowLogArgs;
}
