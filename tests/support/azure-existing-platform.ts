/** An AKS cluster of somebody else with its network and gateway, as examples/azure-existing asks for them. */
import { roleAssignmentType } from "../../sandbox/clouds/azure/authorization/role-assignments";
import { clusterType } from "../../sandbox/clouds/azure/containerservice/shared";
import { guidFor } from "../../sandbox/clouds/azure/ids";
import { gatewayType } from "../../sandbox/clouds/azure/network/gateway-rules";
import { natGatewayType, publicAddressType, subnetType, vnetType } from "../../sandbox/clouds/azure/network/shared";
import type { Inventory, Row } from "../../sandbox/clouds/inventory";
import { BuiltInRoles, type BuiltInRole } from "../../sdk/azure/roles";
import { idIn, location, plantGroup, subscriptionId, tenantId } from "./azure-platform";

const groupName = "platform";
const controllerId = guidFor("identity of the ingress controller");

/** Puts thing by thing into the group, which it makes. */
class Platform {
    constructor(
        private readonly inventory: Inventory,
        readonly groupId: string,
    ) {}

    /** @param path type and names, as in an id */
    async plant(type: string, path: string, inputs: Row["inputs"], outputs: Row["outputs"] = {}): Promise<string> {
        const id = idIn(path, this.groupId);
        const told = { name: path.split("/").at(-1) ?? "", location, ...outputs };
        await this.inventory.plant({ type, id, inputs: { resourceGroupName: groupName, ...inputs }, outputs: told });
        return id;
    }

    /** Lets the cluster's ingress controller do on `scope` what the role says. */
    async letController(role: BuiltInRole, scope: string): Promise<void> {
        const name = guidFor(`${role} ${scope}`);
        const definitions = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions`;
        await this.inventory.plant({
            type: roleAssignmentType,
            id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
            inputs: {
                scope,
                principalId: controllerId,
                principalType: "ServicePrincipal",
                roleDefinitionId: `${definitions}/${BuiltInRoles[role]}`,
            },
            outputs: { name },
        });
    }
}

/** The group `platform`, and in it what the README names: the network `hub`, the cluster and the gateway `platform`. */
export async function plantExistingPlatform(inventory: Inventory): Promise<void> {
    const platform = new Platform(inventory, await plantGroup(inventory, groupName));
    const subnets = await plantNetwork(platform);
    const gatewayId = await plantGateway(platform, subnets.gateway);
    await plantCluster(platform, subnets.nodes, gatewayId);
}

async function plantNetwork(platform: Platform): Promise<Readonly<Record<"nodes" | "gateway", string>>> {
    const addressSpace = { addressPrefixes: ["10.30.0.0/16"] };
    const networkPath = "Microsoft.Network/virtualNetworks/hub";
    await platform.plant(vnetType, networkPath, { virtualNetworkName: "hub", addressSpace, location });
    const natId = await platform.plant(natGatewayType, "Microsoft.Network/natGateways/hub", {
        natGatewayName: "hub",
        location,
    });
    const plantSubnet = (subnetName: string, addressPrefix: string, more: Row["inputs"] = {}) => {
        const inputs = { virtualNetworkName: "hub", subnetName, addressPrefix, ...more };
        return platform.plant(subnetType, `${networkPath}/subnets/${subnetName}`, inputs, inputs);
    };
    await plantSubnet("endpoints", "10.30.1.0/24");
    await plantSubnet("database", "10.30.3.0/24", {
        delegations: [{ name: "mysql", serviceName: "Microsoft.DBforMySQL/flexibleServers" }],
    });
    return {
        nodes: await plantSubnet("nodes", "10.30.16.0/20", { natGateway: { id: natId } }),
        gateway: await plantSubnet("gateway", "10.30.0.0/24"),
    };
}

/** With the rights of the ingress controller, which somebody gave it when the add-on was turned on. */
async function plantGateway(platform: Platform, subnetId: string): Promise<string> {
    const addressId = await platform.plant(
        publicAddressType,
        "Microsoft.Network/publicIPAddresses/platform",
        { publicIpAddressName: "platform", publicIPAllocationMethod: "Static", sku: { name: "Standard" }, location },
        { ipAddress: "203.0.113.77", publicIPAllocationMethod: "Static", sku: { name: "Standard" } },
    );
    const gatewayId = await platform.plant(gatewayType, "Microsoft.Network/applicationGateways/platform", {
        applicationGatewayName: "platform",
        location,
        sku: { name: "Standard_v2", tier: "Standard_v2" },
        gatewayIPConfigurations: [{ name: "gateway", subnet: { id: subnetId } }],
        frontendIPConfigurations: [{ name: "public", publicIPAddress: { id: addressId } }],
    });
    for (const scope of [gatewayId, subnetId, addressId]) {
        await platform.letController("Network Contributor", scope);
    }
    await platform.letController("Reader", platform.groupId);
    return gatewayId;
}

async function plantCluster(platform: Platform, nodeSubnetId: string, gatewayId: string): Promise<void> {
    const addon = { enabled: true, config: { applicationGatewayId: gatewayId } };
    const inputs = {
        resourceName: "platform",
        location,
        addonProfiles: { ingressApplicationGateway: addon },
        agentPoolProfiles: [{ name: "system", mode: "System", count: 3, vnetSubnetID: nodeSubnetId }],
        securityProfile: { workloadIdentity: { enabled: true } },
    };
    await platform.plant(clusterType, "Microsoft.ContainerService/managedClusters/platform", inputs, {
        addonProfiles: { ingressApplicationGateway: { ...addon, identity: { objectId: controllerId } } },
        nodeResourceGroup: `MC_${groupName}_platform_${location}`,
        oidcIssuerProfile: {
            enabled: true,
            issuerURL: `https://${location}.oic.prod-aks.azure.com/${tenantId}/${guidFor("platform")}/`,
        },
    });
}
