/** A stack of Azure in which nothing is wrong, and changes to it. */
import { azurePolicies } from "../../../policy/infrastructure/azure";
import { changed, type Change, type Found } from "../policy-aws/stack";
import { violations, type Written } from "../policy-stack";

type Tree = Record<string, unknown>;

export const azureResource = (type: string, name: string, props: Tree): Written => ({
    type: `azure-native:${type.replace("/", ":")}`,
    name,
    props,
});

export const Subscription = "/subscriptions/00000000-0000-4000-8000-000000000001";

export const roleId = (guid: string): string =>
    `${Subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;

/** A rule that lets in, with changes. */
export const securityRule = (changes: Tree = {}): Tree => ({
    name: "users",
    access: "Allow",
    direction: "Inbound",
    protocol: "Tcp",
    priority: 200,
    sourceAddressPrefix: "*",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRanges: ["80", "443"],
    ...changes,
});

const network = [
    azureResource("network/NetworkSecurityGroup", "security", {
        securityRules: [
            securityRule(),
            securityRule({ sourceAddressPrefix: "10.0.0.0/8", destinationPortRanges: ["22", "3306"] }),
            securityRule({ direction: "Outbound", destinationPortRanges: ["0-65535"] }),
            securityRule({ access: "Deny", destinationPortRanges: undefined, destinationPortRange: "*" }),
        ],
    }),
    azureResource("network/SecurityRule", "rule", securityRule()),
    azureResource("network/ApplicationGateway", "gateway", {
        sslPolicy: { policyType: "Predefined", policyName: "AppGwSslPolicy20220101" },
    }),
    azureResource("network/WebApplicationFirewallPolicy", "waf", {
        policySettings: { mode: "Prevention", state: "Enabled" },
    }),
];

const cluster = [
    azureResource("containerservice/ManagedCluster", "cluster", {
        apiServerAccessProfile: { authorizedIPRanges: ["198.51.100.0/24"] },
        aadProfile: { managed: true },
        disableLocalAccounts: true,
        enableRBAC: true,
        oidcIssuerProfile: { enabled: true },
        securityProfile: { workloadIdentity: { enabled: true }, azureKeyVaultKms: { enabled: true, keyId: "key" } },
        networkProfile: { networkPolicy: "cilium" },
        sku: { name: "Base", tier: "Standard" },
        autoUpgradeProfile: { nodeOSUpgradeChannel: "NodeImage" },
        agentPoolProfiles: [{ name: "system", enableNodePublicIP: false }],
    }),
    azureResource("containerservice/AgentPool", "nodes", { enableNodePublicIP: false }),
];

const stores = [
    azureResource("dbformysql/Server", "database", {
        administratorLoginPassword: "canary-password",
        network: { delegatedSubnetResourceId: "subnet" },
        backup: { backupRetentionDays: 14 },
        highAvailability: { mode: "ZoneRedundant" },
        dataEncryption: { type: "AzureKeyVault", primaryKeyURI: "key" },
    }),
    azureResource("dbformysql/Configuration", "parameter", {
        configurationName: "require_secure_transport",
        value: "ON",
    }),
    azureResource("redisenterprise/RedisEnterprise", "cache", {
        highAvailability: "Enabled",
        minimumTlsVersion: "1.2",
        publicNetworkAccess: "Disabled",
    }),
    azureResource("redisenterprise/Database", "cache-database", { clientProtocol: "Encrypted" }),
    azureResource("storage/StorageAccount", "account", {
        allowBlobPublicAccess: false,
        allowCrossTenantReplication: false,
        enableHttpsTrafficOnly: true,
        minimumTlsVersion: "TLS1_2",
        encryption: { keySource: "Microsoft.Keyvault" },
    }),
    azureResource("storage/BlobServiceProperties", "service", {
        isVersioningEnabled: true,
        deleteRetentionPolicy: { enabled: true, days: 7 },
        containerDeleteRetentionPolicy: { enabled: true, days: 7 },
    }),
    azureResource("storage/BlobContainer", "container", { publicAccess: "None" }),
    azureResource("keyvault/Vault", "vault", {
        properties: {
            enableRbacAuthorization: true,
            enablePurgeProtection: true,
            publicNetworkAccess: "Disabled",
            networkAcls: { defaultAction: "Deny" },
        },
    }),
];

const identity = [
    azureResource("authorization/RoleAssignment", "grant", {
        principalType: "ServicePrincipal",
        // Storage Blob Data Contributor.
        roleDefinitionId: roleId("ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
        scope: `${Subscription}/resourceGroups/wandb/providers/Microsoft.Storage/storageAccounts/files`,
    }),
];

export const soundAzureStack: readonly Written[] = [...network, ...cluster, ...stores, ...identity];

/** The sound stack with a change. */
export const changedOnAzure = (change: Change): Written[] => changed(change, soundAzureStack);

/** What all policies about Azure find, each without `wandb-azure-`. */
export async function foundOnAzure(stack: readonly Written[], configuration: object = {}): Promise<Found[]> {
    const all: Found[] = [];
    for (const policy of azurePolicies) {
        for (const { message } of await violations(policy, stack, configuration)) {
            all.push({ policy: policy.name.replace(/^wandb-azure-/, ""), message });
        }
    }
    return all;
}
