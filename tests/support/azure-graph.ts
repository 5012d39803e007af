import { guidFor } from "../../sandbox/clouds/azure/ids";
import { kubeconfigOf } from "./azure-cluster";
import { idIn, location, subscriptionId, tenantId } from "./azure-platform";
import { type Given, GraphRecorder } from "./graph";

type Inputs = Readonly<Record<string, unknown>>;

const text = (value: unknown, otherwise = ""): string => (typeof value === "string" ? value : otherwise);
/** Nobody can run its command, so that no test asks an API server that is none. */
const kubeconfig = kubeconfigOf({ exec: { apiVersion: "client.authentication.k8s.io/v1", command: "kubelogin" } });
const encodedKubeconfig = [{ name: "k", value: Buffer.from(kubeconfig).toString("base64") }];

/** The subnets of an own network, by the word that their ids end with. */
const delegations: Readonly<Record<string, string>> = {
    database: "Microsoft.DBforMySQL/flexibleServers",
    gateway: "Microsoft.Network/applicationGateways",
    api: "Microsoft.ContainerService/managedClusters",
};

/** What Azure answers to functions in component tests. */
const Answers: Readonly<Record<string, Given>> = {
    "azure-native:authorization:getClientConfig": {
        clientId: "client",
        objectId: "33333333-3333-4333-8333-333333333333",
        subscriptionId,
        tenantId,
    },
    "azure-native:resources:getResourceGroup": ({ resourceGroupName }: Inputs) => ({
        id: `/subscriptions/${subscriptionId}/resourceGroups/${text(resourceGroupName)}`,
        name: resourceGroupName,
        location,
    }),
    "azure-native:storage:listStorageAccountKeys": { keys: [{ keyName: "key1", value: "c3RvcmFnZS1rZXk=" }] },
    "azure-native:redis:listRedisKeys": { primaryKey: "generated-key", secondaryKey: "other-key" },
    "azure-native:redisenterprise:listDatabaseKeys": { primaryKey: "generated-key", secondaryKey: "other-key" },
    "azure-native:containerservice:listManagedClusterUserCredentials": { kubeconfigs: encodedKubeconfig },
    "azure-native:containerservice:listManagedClusterAdminCredentials": { kubeconfigs: encodedKubeconfig },
    "azure-native:containerservice:getManagedCluster": ({ resourceName }: Inputs) => ({
        id: idIn(`Microsoft.ContainerService/managedClusters/${text(resourceName)}`),
        name: resourceName,
        location,
        nodeResourceGroup: "MC_platform",
        oidcIssuerProfile: { enabled: true, issuerURL: "https://issuer.example/" },
        securityProfile: { workloadIdentity: { enabled: true } },
        // Its nodes are in the network of the examples.
        agentPoolProfiles: [{ name: "nodes", vnetSubnetID: `${networkId("platform", "hub")}/subnets/nodes` }],
        addonProfiles: { ingressApplicationGateway: { enabled: true, identity: { objectId: guidFor("controller") } } },
    }),
    "azure-native:dns:getZone": ({ zoneName }: Inputs) => ({ name: zoneName, zoneType: "Public" }),
    "azure-native:privatedns:getPrivateZone": ({ privateZoneName }: Inputs) => ({ name: privateZoneName }),
    "azure-native:network:getNetworkInterface": { ipConfigurations: [{ privateIPAddress: "10.10.0.9" }] },
    "azure-native:network:getApplicationGateway": ({ applicationGatewayName }: Inputs) => ({
        name: applicationGatewayName,
        sku: { name: "Standard_v2", tier: "Standard_v2" },
        frontendIPConfigurations: [
            { name: "public", publicIPAddress: { id: idIn("Microsoft.Network/publicIPAddresses/company") } },
        ],
        gatewayIPConfigurations: [{ subnet: { id: idIn("Microsoft.Network/virtualNetworks/hub/subnets/gateway") } }],
    }),
    "azure-native:network:getPublicIPAddress": ({ publicIpAddressName }: Inputs) => ({
        name: publicIpAddressName,
        ipAddress: "198.51.100.8",
        publicIPAllocationMethod: "Static",
        sku: { name: "Standard" },
    }),
    "azure-native:network:getVirtualNetwork": ({ resourceGroupName, virtualNetworkName }: Inputs) => ({
        id: networkId(text(resourceGroupName), text(virtualNetworkName)),
        name: virtualNetworkName,
        location,
        addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
    }),
    "azure-native:network:getSubnet": ({ resourceGroupName, virtualNetworkName, subnetName }: Inputs) => ({
        id: `${networkId(text(resourceGroupName), text(virtualNetworkName))}/subnets/${text(subnetName)}`,
        name: subnetName,
        natGateway: subnetName === "nodes" ? { id: idIn("Microsoft.Network/natGateways/hub") } : undefined,
        addressPrefix: `10.20.${["nodes", "endpoints", "gateway", "database"].indexOf(text(subnetName)) * 16}.0/24`,
        delegations: delegationOf(text(subnetName)),
        privateLinkServiceNetworkPolicies: "Disabled",
    }),
};

function networkId(group: string, network: string): string {
    return `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.Network/virtualNetworks/${network}`;
}

function delegationOf(subnet: string): readonly { readonly name: string; readonly serviceName: string }[] {
    const serviceName = delegations[subnet];
    return serviceName === undefined ? [] : [{ name: "delegation", serviceName }];
}

/** What it adds to resources. */
const Outputs: Readonly<Record<string, Given>> = {
    "azure-native:resources:ResourceGroup": (inputs: Inputs) => ({
        name: text(inputs["resourceGroupName"], "demo-group1a2b3c4d"),
        location: inputs["location"],
    }),
    "azure-native:managedidentity:UserAssignedIdentity": (inputs: Inputs) => ({
        name: text(inputs["resourceName"], "demo-identity"),
        clientId: guidFor(`client ${text(inputs["resourceName"])}`),
        principalId: guidFor(`principal ${text(inputs["resourceName"])}`),
    }),
    "azure-native:network:PublicIPAddress": { ipAddress: "198.51.100.7" },
    "azure-native:network:PrivateEndpoint": {
        networkInterfaces: [{ id: idIn("Microsoft.Network/networkInterfaces/nic") }],
    },
    "azure-native:network:VirtualNetwork": (inputs: Inputs) => ({
        name: text(inputs["virtualNetworkName"], "demo-vnet1a2b3c4d"),
    }),
    "azure-native:keyvault:Vault": (inputs: Inputs) => ({
        name: inputs["vaultName"],
        properties: { vaultUri: `https://${text(inputs["vaultName"])}.vault.azure.net/` },
    }),
    "azure-native:keyvault:Key": (inputs: Inputs) => ({
        name: inputs["keyName"],
        keyUri: `https://demo.vault.azure.net/keys/${text(inputs["keyName"])}`,
        keyUriWithVersion: `https://demo.vault.azure.net/keys/${text(inputs["keyName"])}/0123456789abcdef0123456789abcdef`,
    }),
    "azure-native:containerservice:ManagedCluster": (inputs: Inputs) => ({
        name: inputs["resourceName"],
        nodeResourceGroup: "MC_demo",
        oidcIssuerProfile: { enabled: true, issuerURL: "https://issuer.example/" },
        addonProfiles: { ingressApplicationGateway: { enabled: true, identity: { objectId: guidFor("controller") } } },
        ingressProfile: { webAppRouting: { enabled: true, identity: { objectId: guidFor("router") } } },
    }),
    "azure-native:dbformysql:Server": (inputs: Inputs) => ({
        name: inputs["serverName"],
        fullyQualifiedDomainName: "demo-database.mysql.database.azure.com",
    }),
    "azure-native:redisenterprise:RedisEnterprise": (inputs: Inputs) => ({
        name: text(inputs["clusterName"], "demo-cache1a2b3c4d"),
        hostName: "demo-cache.westeurope.redis.azure.net",
    }),
    "azure-native:redisenterprise:Database": (inputs: Inputs) => ({ name: inputs["databaseName"] }),
    "azure-native:redis:Redis": (inputs: Inputs) => ({
        name: text(inputs["name"], "demo-cache1a2b3c4d"),
        hostName: "demo-cache.redis.cache.windows.net",
        sslPort: 6380,
    }),
    "azure-native:storage:StorageAccount": (inputs: Inputs) => ({
        name: inputs["accountName"],
        primaryEndpoints: { blob: `https://${text(inputs["accountName"])}.blob.core.windows.net/` },
    }),
    "azure-native:storage:BlobContainer": (inputs: Inputs) => ({ name: inputs["containerName"] }),
    "azure-native:eventgrid:SystemTopic": { identity: { principalId: guidFor("principal topic") } },
    "azure-native:storage:Queue": (inputs: Inputs) => ({ name: inputs["queueName"] }),
    "azure-native:privatedns:PrivateZone": (inputs: Inputs) => ({ name: inputs["privateZoneName"] }),
    "azure-native:dbformysql:Database": (inputs: Inputs) => ({ name: inputs["databaseName"] }),
    "random:index/randomId:RandomId": ({ prefix }: Inputs) => ({ hex: `${text(prefix)}1a2b3c4d` }),
    "random:index/randomPassword:RandomPassword": { result: "generated" },
    "random:index/randomUuid:RandomUuid": { result: guidFor("random") },
};

/**
 * Records a program on Azure.
 *
 * @param more what Azure adds to further types, for tests that read what is made of it
 */
export function startOnAzure(more: Readonly<Record<string, Given>> = {}): Promise<GraphRecorder> {
    return GraphRecorder.start({ answers: Answers, outputs: { ...Outputs, ...more } });
}
