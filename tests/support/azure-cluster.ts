/** What tests of the AKS cluster share: a network, a vault with a key, and a way to make the cluster against mocks or on the simulated Azure. */
import * as pulumi from "@pulumi/pulumi";
import { roleAssignmentType } from "../../sandbox/clouds/azure/authorization/role-assignments";
import { guidFor } from "../../sandbox/clouds/azure/ids";
import { keyType } from "../../sandbox/clouds/azure/keyvault/key-rules";
import { vaultType } from "../../sandbox/clouds/azure/keyvault/vault-rules";
import type { Inventory, Row } from "../../sandbox/clouds/inventory";
import type { AzureClusterArgs } from "../../sdk/azure/args/cluster";
import { createCluster } from "../../sdk/azure/cluster/cluster";
import { createControlPlaneIdentity } from "../../sdk/azure/cluster/identity";
import type { ClusterInput } from "../../sdk/azure/cluster/input";
import type { AksFacts, NetworkFacts } from "../../sdk/azure/facts";
import type { AzureDeploymentScope } from "../../sdk/azure/scope";
import { type AzurePartOptions, idIn, location, makeAzurePart, resourceGroupName } from "./azure-platform";
import type { Given, GraphRecorder } from "./graph";

export const vnetId = idIn("Microsoft.Network/virtualNetworks/net");
export const nodeSubnetId = `${vnetId}/subnets/nodes`;
export const apiServerSubnetId = `${vnetId}/subnets/api-server`;
export const vaultId = idIn("Microsoft.KeyVault/vaults/wandb-vault");
export const keyUri = "https://wandb-vault.vault.azure.net/keys/cluster";
export const keyUriWithVersion = `${keyUri}/0123456789abcdef0123456789abcdef`;
export const clusterId = idIn("Microsoft.ContainerService/managedClusters/wandb-0a1b2c3d");
export const size = { nodeVmSize: "Standard_E8s_v5", minNodesPerZone: 1, maxNodesPerZone: 4, nodeDiskSizeGb: 128 };

/** Stands for a NAT gateway. */
class Way extends pulumi.CustomResource {
    constructor(parent: pulumi.Resource) {
        super("test:index:Way", "way-out", {}, { parent });
    }
}

export function networkFacts(overrides: Partial<NetworkFacts> = {}): NetworkFacts {
    return {
        vnetId: pulumi.output(vnetId),
        nodeSubnetId: pulumi.output(nodeSubnetId),
        apiServerSubnetId: pulumi.output(apiServerSubnetId),
        clientRanges: {},
        egress: [],
        outbound: "nat-gateway",
        privateEndpoint: () => [],
        ...overrides,
    };
}

const base64 = (text: string) => Buffer.from(text).toString("base64");

/** A kubeconfig as AKS writes it. */
export function kubeconfigOf(user: object): string {
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [
            {
                name: "wandb-0a1b2c3d",
                cluster: { server: "https://api.example:443", "certificate-authority-data": "Y2E=" },
            },
        ],
        users: [{ name: "somebody", user }],
        contexts: [{ name: "wandb-0a1b2c3d", context: { cluster: "wandb-0a1b2c3d", user: "somebody" } }],
        "current-context": "wandb-0a1b2c3d",
    });
}

export const adminKubeconfig = kubeconfigOf({ token: "of-the-administrator" });
export const userKubeconfig = kubeconfigOf({ token: "of-a-user" });

/** What Azure would answer. */
export const outputs: Readonly<Record<string, Given>> = {
    "azure-native:containerservice:ManagedCluster": ({ resourceName }) => ({
        id: idIn(`Microsoft.ContainerService/managedClusters/${String(resourceName)}`),
        name: resourceName,
        nodeResourceGroup: "MC_group",
        oidcIssuerProfile: { enabled: true, issuerURL: "https://issuer.example/" },
        addonProfiles: { ingressApplicationGateway: { enabled: true, identity: { objectId: "controller" } } },
        ingressProfile: { webAppRouting: { enabled: true, identity: { objectId: "router" } } },
    }),
    "azure-native:managedidentity:UserAssignedIdentity": () => ({
        id: idIn("Microsoft.ManagedIdentity/userAssignedIdentities/control-plane"),
        name: "control-plane",
        clientId: "client",
        principalId: "principal",
    }),
    "random:index/randomId:RandomId": ({ prefix }) => ({ hex: `${String(prefix)}0a1b2c3d` }),
};

export const answers: Readonly<Record<string, Given>> = {
    "azure-native:containerservice:listManagedClusterAdminCredentials": () => ({
        kubeconfigs: [{ name: "clusterAdmin", value: base64(adminKubeconfig) }],
    }),
    "azure-native:containerservice:listManagedClusterUserCredentials": () => ({
        kubeconfigs: [{ name: "clusterUser", value: base64(userKubeconfig) }],
    }),
};

export interface ClusterSettings extends Partial<Omit<ClusterInput, "cluster" | "network">> {
    readonly cluster?: AzureClusterArgs;
    readonly network?: Partial<NetworkFacts>;
}

/** The cluster with its identity, as a deployment makes them. */
export function makeCluster(scope: AzureDeploymentScope, settings: ClusterSettings = {}): AksFacts {
    const { cluster = {}, access = { cidrs: ["203.0.113.0/24"] }, network: given, ...rest } = settings;
    const network = networkFacts({ egress: [new Way(scope.parent)], ...given });
    const controlPlane =
        cluster.existing === undefined ? createControlPlaneIdentity(scope, { cluster, network }) : undefined;
    return createCluster(scope, { cluster, access, network, controlPlane, size, ...rest });
}

export interface MadeCluster {
    readonly graph: GraphRecorder;
    readonly facts: AksFacts;
}

/** The cluster against mocks. */
export async function makeMockedCluster(
    settings: ClusterSettings = {},
    options: AzurePartOptions = {},
): Promise<MadeCluster> {
    const { graph, made } = await makeAzurePart((scope) => makeCluster(scope, settings), {
        name: "w",
        tags: { team: "ml" },
        outputs,
        answers,
        ...options,
    });
    return { graph, facts: made };
}

type Planted = Omit<Row, "state">;

/** Network and vault on the simulated Azure, which the identity of the control plane may use as the keys' part lets it. */
export async function plantSurroundings(inventory: Inventory, isPrivate = true): Promise<void> {
    const natGateway = { id: idIn("Microsoft.Network/natGateways/nat") };
    const rows: Planted[] = [
        subnet("nodes", "10.10.0.0/20", { natGateway }),
        subnet("api-server", "10.10.16.0/28", {
            delegations: [{ name: "aks", serviceName: "Microsoft.ContainerService/managedClusters" }],
        }),
        {
            type: vaultType,
            id: vaultId,
            inputs: {
                vaultName: "wandb-vault",
                resourceGroupName,
                properties: { publicNetworkAccess: isPrivate ? "Disabled" : "Enabled" },
            },
            outputs: { name: "wandb-vault", location },
        },
        {
            type: keyType,
            id: `${vaultId}/keys/cluster`,
            inputs: { vaultName: "wandb-vault", keyName: "cluster", resourceGroupName },
            outputs: { keyUri, keyUriWithVersion },
        },
    ];
    for (const row of rows) {
        await inventory.plant(row);
    }
}

function subnet(name: string, addressPrefix: string, more: Row["inputs"]): Planted {
    const inputs = { subnetName: name, virtualNetworkName: "net", resourceGroupName, addressPrefix, ...more };
    return {
        type: "azure-native:network:Subnet",
        id: `${vnetId}/subnets/${name}`,
        inputs,
        outputs: { ...inputs, name },
    };
}

/** Lets a principal do what a built-in role says. */
export async function plantRole(inventory: Inventory, principalId: string, role: string, scope: string): Promise<void> {
    const name = guidFor(`${principalId} ${role} ${scope}`);
    await inventory.plant({
        type: roleAssignmentType,
        id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
        inputs: { principalId, scope, roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${role}` },
        outputs: { name },
    });
}

/** What the keys' part tells. */
export const keys: NonNullable<ClusterInput["keys"]> = {
    vaultId: pulumi.output(vaultId),
    privateVault: true,
    cluster: {
        uriWithVersion: pulumi.output(keyUriWithVersion),
        uri: pulumi.output(keyUri),
        name: pulumi.output("cluster"),
    },
};
