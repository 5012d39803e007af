import type * as pulumi from "@pulumi/pulumi";
import type { ClusterAccess } from "../readiness/cluster-access";

/** What the parts of a deployment on AWS tell each other. Interfaces only: parts meet here and in `infrastructure.ts`. */

/** Last letter of a zone's place, in the order of the zones: it names what is made once per zone, also while the zone is not known. */
export type ZoneLetter = "a" | "b" | "c" | "d" | "e" | "f";

/** A subnet, made here or there already. */
export interface SubnetFacts {
    readonly letter: ZoneLetter;
    readonly id: pulumi.Output<string>;
    readonly zone: pulumi.Output<string>;
}

/** The network. */
export interface NetworkFacts {
    readonly vpcId: pulumi.Output<string>;
    /** IPv4 range of the VPC: the first one of an own VPC, which may have more. */
    readonly cidr: pulumi.Output<string>;
    /** IPv4 ranges from which nodes and pods connect, by the last word of a rule's logical name. */
    readonly clientRanges: Readonly<Record<string, pulumi.Output<string>>>;
    /** Subnets of an internet-facing load balancer; none when an own network names none. */
    readonly publicSubnets: readonly SubnetFacts[];
    /** Subnets of nodes, and of an internal load balancer. */
    readonly privateSubnets: readonly SubnetFacts[];
    /**
     * Subnets of the interfaces of the control plane. Its zones cannot change, so of a network that is made there are two: enough for its
     * two to four interfaces, and a third zone can come later. Of an own network nobody knows yet which subnets lie in two zones.
     */
    readonly controlPlaneSubnets: readonly SubnetFacts[];
    /** Subnets of database and cache. */
    readonly dataSubnets: readonly SubnetFacts[];
    /** Subnets for the load balancer by name, because their tags do not tell the load balancer controller. */
    readonly loadBalancerSubnetIds?: readonly pulumi.Input<string>[];
    /** What nodes need before they reach the outside: routes, NAT gateways, endpoints. Empty for an own network. */
    readonly egress: readonly pulumi.Resource[];
}

/** ARNs of the keys: one and the same unless told otherwise. Known once the key may be used. */
export interface KeyFacts {
    /** Secrets of Kubernetes and volumes. */
    readonly cluster: pulumi.Output<string>;
    readonly database: pulumi.Output<string>;
    /** Performance Insights of the database. */
    readonly insights: pulumi.Output<string>;
    readonly cache: pulumi.Output<string>;
    /** Absent when S3's own keys encrypt. */
    readonly bucket?: pulumi.Output<string>;
    /** The key that was made here for all of them, if one was. */
    readonly made?: pulumi.Output<string>;
}

/** How pods of one cluster become roles. */
export interface ClusterIdentity {
    readonly clusterName: pulumi.Output<string>;
    /** The cluster's OIDC issuer and its IAM provider (IRSA). Absent with Pod Identity. */
    readonly oidc?: { readonly issuer: pulumi.Output<string>; readonly providerArn: pulumi.Output<string> };
}

/** The EKS cluster. */
export interface EksFacts {
    readonly name: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
    readonly endpoint: pulumi.Output<string>;
    /** CA of the API server, base64. */
    readonly certificateAuthority: pulumi.Output<string>;
    /** Security group that EKS gives to control plane and nodes; what pods send comes from it. */
    readonly securityGroupId: pulumi.Output<string>;
    /** URL of the OIDC issuer, with https:// in front. */
    readonly oidcIssuer: pulumi.Output<string>;
    readonly identity: ClusterIdentity;
    readonly kubeconfig: pulumi.Output<string>;
    readonly provider: pulumi.ProviderResource;
    /** To look at what is in the cluster. */
    readonly access: ClusterAccess;
    /** On what pods run. What only needs a place to run waits for this. Empty for an own cluster. */
    readonly nodes: readonly pulumi.Resource[];
    /** What else must be there before W&B runs, and must outlive it: add-ons, StorageClass, controllers, their roles' rights. */
    readonly ready: readonly pulumi.Resource[];
    /** Role of the nodes, where nodes are made here. */
    readonly nodeRoleArn?: pulumi.Output<string>;
}

/** From where, and in which network, stores are reached. */
export interface StorePlacement {
    readonly vpcId: pulumi.Output<string>;
    readonly subnets: readonly SubnetFacts[];
    /** Security group of whoever may connect. */
    readonly clientSecurityGroupId: pulumi.Output<string>;
}

/** A role, with what gives it its rights. */
export interface RoleFacts {
    readonly arn: pulumi.Output<string>;
    /** The attachments of its policies: whoever acts as the role waits for them, and outlives nothing of them. */
    readonly ready: readonly pulumi.Resource[];
}
