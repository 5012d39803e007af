import { NetworkSecurityGroup } from "@pulumi/azure-native/network/networkSecurityGroup";
import type * as pulumi from "@pulumi/pulumi";
import type { AzureNetworkArgs } from "../args/network";
import type { AzureDeploymentScope } from "../scope";

/** Who may reach the listeners of Application Gateway. */
export interface GatewayInbound {
    /** IPv4 ranges from which they may be reached. Absent: from everywhere. Empty: from the network and what is connected to it only. */
    readonly cidrs?: readonly pulumi.Input<string>[];
    /** Ports of the listeners: 80 and 443 when absent. */
    readonly ports?: readonly number[];
}

/** Later than rules that a user puts in front; the numbers are unique within the group. */
const Priority = { management: 100, probes: 110, clients: 200 } as const;

/**
 * The network security group of Application Gateway's subnet.
 *
 * https://learn.microsoft.com/en-us/azure/application-gateway/configuration-infrastructure#network-security-groups
 */
export function createGatewaySecurityGroup(
    { name, parent, resourceGroupName, location, tags }: AzureDeploymentScope,
    { gatewaySecurityGroupName }: AzureNetworkArgs,
    inbound: GatewayInbound,
): NetworkSecurityGroup {
    return new NetworkSecurityGroup(
        `${name}-gateway-security`,
        {
            networkSecurityGroupName: gatewaySecurityGroupName,
            resourceGroupName,
            location,
            securityRules: [
                allow("management", Priority.management, {
                    description: "Azure manages the gateway, and asks for its health",
                    protocol: "Tcp",
                    sourceAddressPrefix: "GatewayManager",
                    destinationPortRange: "65200-65535",
                }),
                allow("probes", Priority.probes, {
                    description: "Azure's load balancer in front of the gateway's units",
                    protocol: "*",
                    sourceAddressPrefix: "AzureLoadBalancer",
                    destinationPortRange: "*",
                }),
                ...clients(inbound),
            ],
            tags: { ...tags },
        },
        { parent },
    );
}

function clients({ cidrs, ports = [80, 443] }: GatewayInbound) {
    if (cidrs?.length === 0) {
        // Azure's own rules let in the network and what is connected to it, and nobody else.
        return [];
    }
    return [
        allow("clients", Priority.clients, {
            description: "Users of W&B",
            protocol: "Tcp",
            ...(cidrs === undefined ? { sourceAddressPrefix: "*" } : { sourceAddressPrefixes: [...cidrs] }),
            destinationPortRanges: ports.map(String),
        }),
    ];
}

interface Rule {
    readonly description: string;
    readonly protocol: string;
    readonly sourceAddressPrefix?: string;
    readonly sourceAddressPrefixes?: pulumi.Input<string>[];
    readonly destinationPortRange?: string;
    readonly destinationPortRanges?: string[];
}

function allow(name: string, priority: number, rule: Rule) {
    const all = { sourcePortRange: "*", destinationAddressPrefix: "*" };
    return { name, priority, direction: "Inbound", access: "Allow", ...all, ...rule };
}
