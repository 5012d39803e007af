import type * as pulumi from "@pulumi/pulumi";

/** How pods get their addresses. */
export const AzurePodNetwork = {
    /** Azure CNI Overlay (`networkPluginMode` `overlay`): out of a range of the cluster's own, outside of the virtual network. */
    Overlay: "overlay",
    /** Azure CNI: out of the nodes' subnet. */
    NodeSubnet: "node-subnet",
} as const;
/** How pods get their addresses. */
export type AzurePodNetwork = (typeof AzurePodNetwork)[keyof typeof AzurePodNetwork];

/** Who enforces network policies of Kubernetes (`networkPolicy`). */
export const AzureNetworkPolicy = {
    /** Cilium, with eBPF in place of kube-proxy (`networkDataplane` `cilium`). */
    Cilium: "cilium",
    /** Calico. */
    Calico: "calico",
    /** Azure Network Policy Manager, which Microsoft retires for Linux in September 2028. */
    Azure: "azure",
    /** Nobody: policies are accepted and have no effect. */
    None: "none",
} as const;
/** Who enforces network policies of Kubernetes (`networkPolicy`). */
export type AzureNetworkPolicy = (typeof AzureNetworkPolicy)[keyof typeof AzureNetworkPolicy];

/** Addresses in the cluster. A change of any of them replaces the cluster, which deletion protection refuses. */
export interface AzureClusterNetworkArgs {
    /**
     * How pods get their addresses.
     * @default overlay
     */
    pods?: AzurePodNetwork;
    /**
     * IPv4 range of pods (`podCidr`) with `pods` `overlay`, apart from all ranges that W&B talks to; each node takes a /24 of it.
     * @default 10.244.0.0/16
     */
    podCidr?: string;
    /**
     * IPv4 range of Services (`serviceCidr`), apart from all ranges that W&B talks to, smaller than a /12.
     * @default 172.21.0.0/16
     */
    serviceCidr?: string;
    /** Address of the cluster's DNS (`dnsServiceIP`), in `serviceCidr` and not its first one. Default: the tenth of `serviceCidr`. */
    dnsServiceIp?: string;
    /**
     * Who enforces network policies.
     * @default cilium
     */
    policy?: AzureNetworkPolicy;
}

/** How the API server is reached, beside `access`. */
export interface AzureApiServerArgs {
    /**
     * Put the API server's address into its subnet of the network (`enableVnetIntegration`), so that nodes reach it there, and it reaches a vault that
     * answers inside of the network only. Azure never takes it back: turning it off replaces the cluster, which deletion protection refuses; turning
     * it on later needs a restart of the cluster by hand. Some regions lack it. Default: true, and false in an own network without such a subnet.
     */
    vnetIntegration?: boolean;
    /**
     * With `access.private`: resource id of a private DNS zone of your own (`privateDNSZone`), such as that of a hub, named
     * `private.<region>.azmk8s.io` (with `vnetIntegration`) or `privatelink.<region>.azmk8s.io`, or a subdomain of it. A change replaces the cluster,
     * which deletion protection refuses. Default: AKS makes one and links it to the network.
     */
    privateDnsZoneId?: pulumi.Input<string>;
    /**
     * With `access.private`: let the public DNS tell the private address as well (`enablePrivateClusterPublicFQDN`). A change is made in place.
     * @default false
     */
    publicName?: boolean;
    /**
     * Let who may do so run commands in the cluster through Azure (`disableRunCommand`), which passes by `access`. A change is made in place.
     * @default false
     */
    runCommand?: boolean;
}
