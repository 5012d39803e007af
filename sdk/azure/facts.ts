import type * as pulumi from "@pulumi/pulumi";
import type { ClusterAccess } from "../readiness/cluster-access";

/** What the parts of a deployment on Azure tell each other. Interfaces only: parts meet here and in `infrastructure.ts`. */

/** Services that a private endpoint can reach, by a word for logical names. */
export type PrivateService = "blob" | "queue" | "vault" | "cache" | "managed-cache" | "database";

export interface PrivateEndpointInput {
    readonly service: PrivateService;
    /** Resource id of what the endpoint reaches. */
    readonly targetId: pulumi.Input<string>;
    /** Names of the endpoint and of its network interface. Absent: made from the deployment's name. */
    readonly endpointName?: pulumi.Input<string>;
    readonly interfaceName?: pulumi.Input<string>;
}

/** The network. */
export interface NetworkFacts {
    /** Resource id of the virtual network. */
    readonly vnetId: pulumi.Output<string>;
    /** Subnet of the nodes, and of pods unless they have an overlay of their own. */
    readonly nodeSubnetId: pulumi.Output<string>;
    /** Subnet of the API server (delegated to Microsoft.ContainerService/managedClusters). Absent in an own network without one. */
    readonly apiServerSubnetId?: pulumi.Output<string>;
    /** Subnet of Application Gateway. Absent in an own network without one. */
    readonly gatewaySubnetId?: pulumi.Output<string>;
    /** Prefix of that subnet, from which the gateway's private address is taken and from which it connects to pods. */
    readonly gatewayCidr?: pulumi.Output<string>;
    /** Subnet delegated to Microsoft.DBforMySQL/flexibleServers. Absent in an own network without one: the database then has a private endpoint. */
    readonly databaseSubnetId?: pulumi.Output<string>;
    /** Subnet from which Private Link takes addresses for consumers of W&B. Absent when nothing is offered by Private Link. */
    readonly privateLinkSubnetId?: pulumi.Output<string>;
    /** IPv4 ranges from which nodes and pods connect, by a word for logical names. */
    readonly clientRanges: Readonly<Record<string, pulumi.Output<string>>>;
    /** What nodes need before they reach the outside: NAT gateway on their subnet. Empty for an own network. */
    readonly egress: readonly pulumi.Resource[];
    /** Whether nodes reach the outside by a NAT gateway or by routes of the user's, so that AKS makes no way out of its own. */
    readonly outbound: "nat-gateway" | "routes" | "load-balancer";
    /** The private DNS zone for MySQL servers in the delegated subnet, and what links the network to it (Trap 11). Absent without such a subnet. */
    readonly databaseZone?: { readonly id: pulumi.Output<string>; readonly ready: readonly pulumi.Resource[] };
    /**
     * Makes a private endpoint, and once for each service the private DNS zone by which the network finds it.
     *
     * @returns what must be there before anybody in the network reaches the target by its usual name
     */
    readonly privateEndpoint: (input: PrivateEndpointInput) => readonly pulumi.Resource[];
}

/** A user-assigned managed identity. */
export interface AzureIdentity {
    /** Resource id. */
    readonly id: pulumi.Output<string>;
    readonly name: pulumi.Output<string>;
    readonly clientId: pulumi.Output<string>;
    /** Object id in Microsoft Entra ID, to which roles are assigned. */
    readonly principalId: pulumi.Output<string>;
}

/** A key, known once whoever uses it may. */
export interface KeyFacts {
    /** With its version: `https://<vault>.vault.azure.net/keys/<name>/<version>`. */
    readonly uriWithVersion: pulumi.Output<string>;
    /** Without it. */
    readonly uri: pulumi.Output<string>;
    readonly name: pulumi.Output<string>;
}

/** Vault and keys. */
export interface KeysFacts {
    readonly vaultId: pulumi.Output<string>;
    /** `https://<name>.vault.azure.net/` */
    readonly vaultUri: pulumi.Output<string>;
    /** Whether the vault answers inside the network only. AKS then needs its API server in the network to read its key. */
    readonly privateVault: boolean;
    /** Secrets of Kubernetes in etcd. Absent when not encrypted by a key of the user's. */
    readonly cluster?: KeyFacts;
    /** The identity by which database and storage account use their keys. Absent when neither has one. */
    readonly encryptionIdentity?: AzureIdentity;
    readonly database?: KeyFacts;
    readonly storage?: KeyFacts;
    /** What must be there before pods reach the vault. */
    readonly ready: readonly pulumi.Resource[];
}

/** The AKS cluster. */
export interface AksFacts {
    readonly name: pulumi.Output<string>;
    /** Resource id. */
    readonly id: pulumi.Output<string>;
    /** URL of the API server. */
    readonly endpoint: pulumi.Output<string>;
    /** CA of the API server, base64. */
    readonly certificateAuthority: pulumi.Output<string>;
    /** Issuer of the tokens of service accounts, with https:// and a slash at its end. */
    readonly tokenIssuer: pulumi.Output<string>;
    readonly kubeconfig: pulumi.Output<string>;
    readonly provider: pulumi.ProviderResource;
    /** To look at what is in the cluster. */
    readonly access: ClusterAccess;
    /** Object id of the identity that AKS made for the Application Gateway ingress controller. Absent without that add-on. */
    readonly gatewayControllerPrincipalId?: pulumi.Output<string>;
    /** Object id of the identity that AKS made for the application routing add-on. Absent without that add-on. */
    readonly routingPrincipalId?: pulumi.Output<string>;
    /** Resource group in which AKS keeps machines and load balancers. */
    readonly nodeResourceGroup: pulumi.Output<string>;
    /** On what pods run. What only needs a place to run waits for this. Empty for an own cluster. */
    readonly nodes: readonly pulumi.Resource[];
    /** What else must be there before W&B runs, and must outlive it. */
    readonly ready: readonly pulumi.Resource[];
}
