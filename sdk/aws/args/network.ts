import type * as pulumi from "@pulumi/pulumi";
import type { AwsSecurityGroupArgs } from "./groups";

/** How nodes reach the internet. */
export const AwsNatMode = {
    /** No NAT gateway: the network is closed, or has another way out. Images and the release channel must be reachable in another way. */
    None: "none",
    /** One NAT gateway for all zones: cheaper; when its zone fails no node reaches the internet. */
    Single: "single",
    /** One NAT gateway in each zone. */
    PerZone: "per-zone",
} as const;
/** How nodes reach the internet. */
export type AwsNatMode = (typeof AwsNatMode)[keyof typeof AwsNatMode];

/** Which traffic VPC flow logs record. */
export const AwsFlowLogTraffic = {
    /** What security groups and network ACLs let through. */
    Accept: "ACCEPT",
    /** What they refuse. */
    Reject: "REJECT",
    /** Both. */
    All: "ALL",
} as const;
/** Which traffic VPC flow logs record. */
export type AwsFlowLogTraffic = (typeof AwsFlowLogTraffic)[keyof typeof AwsFlowLogTraffic];

/**
 * A VPC and subnets that are there already. They are looked up: that subnets lie in the VPC and in zones enough is known only then, in
 * a preview too.
 */
export interface AwsExistingNetworkArgs {
    /**
     * Id of the VPC (`vpc-...`). Its attributes `enableDnsSupport` and `enableDnsHostnames` must be on. It cannot change while the cluster lives:
     * EKS keeps a cluster's VPC.
     */
    vpcId: pulumi.Input<string>;
    /**
     * Ids of the subnets of the nodes, 2 to 6, in at least two zones. They need a way to the internet, or endpoints. What is made once per
     * subnet is named by the order: add new ones at the end, in zones that are there already, since EKS keeps those of a cluster. Another
     * subnet in the place of an old one replaces its node group.
     */
    privateSubnetIds: pulumi.Input<string>[];
    /** Ids of the subnets of database and cache, 2 to 6, in at least two zones. Default: `privateSubnetIds`. */
    dataSubnetIds?: pulumi.Input<string>[];
    /**
     * Ids of the load balancer's subnets, one per zone, at least two. They are named to the load balancer controller, so they need no
     * role tags. Give public ones for an internet-facing load balancer. Default for an internal one: `privateSubnetIds`.
     */
    loadBalancerSubnetIds?: pulumi.Input<string>[];
    /** Ids of the route tables of the private subnets (`rtb-...`), for a gateway endpoint of S3. Default: none is made. */
    routeTableIds?: pulumi.Input<string>[];
}

/** IPv4 ranges of the subnets, in the order of the zones: /16 to /28, inside the network, apart from each other. */
export interface AwsSubnetCidrsArgs {
    /** One per zone, for the nodes and all pods: each pod has an address of its own. Another range replaces the subnet and its node group. */
    private: string[];
    /**
     * One per zone, for NAT gateways and an internet-facing load balancer, which needs /27 or more. Leave it out with `publicSubnets: false`.
     * Another range replaces the subnet and its NAT gateway.
     */
    public?: string[];
    /** One per zone, for database and cache. Another range replaces the subnet, which AWS refuses while a database lies in it. */
    data: string[];
}

/** VPC flow logs, in a CloudWatch log group. */
export interface AwsFlowLogArgs {
    /**
     * Which traffic is recorded. A change replaces the flow log, not the log group.
     * @default REJECT
     */
    trafficType?: AwsFlowLogTraffic;
    /**
     * Days to keep the records (`retentionInDays`): 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
     * 2922, 3288 or 3653; 0 keeps them for good.
     * @default 30
     */
    retentionDays?: number;
    /** Name of the log group. A change replaces the log group, and the records go. Default: made from the deployment's name. */
    logGroupName?: pulumi.Input<string>;
}

/** The network that is made, or the one that is there. */
export interface AwsNetworkArgs {
    /** A VPC of your own. Excludes every other field but `interfaceEndpoints` and `endpointSecurityGroup`. */
    existing?: AwsExistingNetworkArgs;
    /**
     * IPv4 range of the VPC (`cidrBlock`), of private addresses (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10), /16 to /22.
     * Each private subnet gets a quarter of it, a /22 thus 251 addresses per zone; an internet-facing load balancer allows nothing smaller. It
     * cannot change while the cluster lives: EKS keeps a cluster's VPC.
     * @default 10.10.0.0/16
     */
    cidr?: string;
    /**
     * Ranges of the subnets, where your plan is another one, for example that of a network that is taken over. `cidr` may then be smaller.
     */
    subnetCidrs?: AwsSubnetCidrsArgs;
    /**
     * Number of availability zones, 2 or 3. A third one moves no subnet and may come later.
     * @default 3
     */
    zoneCount?: number;
    /**
     * Names of the availability zones, 2 or 3, in the order of their subnets, for example `eu-west-1a`. Add a third at the end; another one in
     * the place of an old one is refused by EC2, because the ranges of its subnets are taken. Default: the first of the region by name in
     * which EKS has control planes; subnets then stay in their zones, whatever the region offers later.
     */
    zones?: string[];
    /**
     * Make public subnets and an internet gateway. Without them the load balancer must be internal, and there is no NAT gateway.
     * @default true
     */
    publicSubnets?: boolean;
    /**
     * How nodes reach the internet. NAT gateways cost by the hour and by traffic, and take an Elastic IP address each, of which an account has
     * 5 per region by default.
     * @default per-zone, or none with `publicSubnets: false`
     */
    nat?: AwsNatMode;
    /**
     * Services of AWS with an interface endpoint in the private subnets, for example `ecr.api`, `ecr.dkr`, `sts`, `logs`, or whole service
     * names. Each costs by the hour and zone. S3 has a gateway endpoint, free of charge, in any case. Default: none.
     */
    interfaceEndpoints?: string[];
    /** Security group of the interface endpoints: name and description. */
    endpointSecurityGroup?: AwsSecurityGroupArgs;
    /** Record traffic of the VPC in CloudWatch Logs. Default: not recorded. */
    flowLogs?: AwsFlowLogArgs;
}
