/** Faults of resources of Azure, each with the nearest changes that are none. */
import type { Row } from "../policy-aws/stack";
import { UnknownText } from "../policy-stack";
import { azureResource, roleId, securityRule, Subscription } from "./stack";

/** A fault of one property, and the values of it that are none. */
const row = (policy: string, on: string, key: string, wrong: unknown, ...fine: readonly unknown[]): Row => ({
    policy,
    on,
    set: { [key]: wrong },
    passes: [UnknownText, ...fine].map((value) => ({ on, set: { [key]: value } })),
});

const group = (changes: Record<string, unknown>) => ({
    on: "security",
    set: { securityRules: [securityRule(changes)] },
});

const network: readonly Row[] = [
    {
        ...group({ destinationPortRanges: ["443", "3000-4000"] }),
        policy: "guarded-port-public",
        at: "security: securityRules[0].destinationPortRanges[1]",
        says: /lets everybody to ports 3000 to 4000, where MySQL, Remote Desktop would answer \(\* given\)/,
        passes: [
            group({ destinationPortRanges: ["3306"], sourceAddressPrefix: "VirtualNetwork" }),
            group({ destinationPortRanges: ["3306"], access: "Deny" }),
            group({ destinationPortRanges: ["3306"], direction: "Outbound" }),
        ],
    },
    {
        policy: "guarded-port-public",
        on: "rule",
        set: {
            destinationPortRange: "*",
            destinationPortRanges: undefined,
            sourceAddressPrefix: undefined,
            sourceAddressPrefixes: ["0.0.0.0/0"],
        },
        says: /lets everybody to all ports, where SSH, .+ \(0\.0\.0\.0\/0 given\)/,
    },
    {
        ...group({ destinationPortRanges: ["8080"], sourceAddressPrefix: "Internet" }),
        policy: "port-public",
        at: "security: securityRules[0].destinationPortRanges[0]",
        passes: [group({ destinationPortRanges: ["443"] }), group({ protocol: "Icmp", destinationPortRange: "8080" })],
    },
    row(
        "load-balancer-old-tls",
        "gateway",
        "sslPolicy.policyName",
        "AppGwSslPolicy20170401",
        "AppGwSslPolicy20170401S",
    ),
    row("load-balancer-old-tls", "gateway", "sslPolicy.minProtocolVersion", "TLSv1_0", "TLSv1_2", "TLSv1_3"),
    row("waf-detection", "waf", "policySettings.mode", "Detection"),
    row("waf-detection", "waf", "policySettings.state", "Disabled"),
    row("wide-rights", "grant", "roleDefinitionId", roleId("b24988ac-6180-42a0-ab88-20f7382dd24c")),
    {
        policy: "wide-rights",
        on: "grant",
        set: { scope: Subscription },
        says: /so the role holds for everything in it/,
        passes: [{ on: "grant", set: { scope: Subscription, principalType: "Group" } }],
    },
];

const Ranges = "apiServerAccessProfile.authorizedIPRanges";

const cluster: readonly Row[] = [
    {
        policy: "cluster-public",
        on: "cluster",
        set: { [Ranges]: undefined },
        says: /is not set, so the API server answers everybody/,
        passes: [
            { on: "cluster", set: { [Ranges]: undefined, "apiServerAccessProfile.enablePrivateCluster": true } },
            { on: "cluster", set: { apiServerAccessProfile: UnknownText } },
        ],
    },
    row("cluster-public", "cluster", Ranges, ["198.51.100.0/24", "0.0.0.0/0"]),
    {
        ...row("cluster-local-accounts", "cluster", "disableLocalAccounts", undefined),
        passes: [{ on: "cluster", set: { disableLocalAccounts: false, aadProfile: undefined } }],
    },
    row("cluster-workload-identity", "cluster", "oidcIssuerProfile.enabled", false),
    row("cluster-workload-identity", "cluster", "securityProfile.workloadIdentity.enabled", undefined),
    row("cluster-key", "cluster", "securityProfile.azureKeyVaultKms.enabled", undefined),
    row("cluster-network-policy", "cluster", "networkProfile.networkPolicy", "none", "calico"),
    row("cluster-rbac", "cluster", "enableRBAC", false, undefined),
    row("cluster-tier", "cluster", "sku.tier", "Free", "Premium"),
    row("node-updates", "cluster", "autoUpgradeProfile.nodeOSUpgradeChannel", "Unmanaged", undefined, "SecurityPatch"),
    row("node-public", "nodes", "enableNodePublicIP", true, undefined),
    {
        policy: "node-public",
        on: "cluster",
        set: { agentPoolProfiles: [{ name: "system", enableNodePublicIP: true }] },
        at: "cluster: agentPoolProfiles[0].enableNodePublicIP",
    },
];

export const oldCache = (changes: Record<string, unknown>) => ({
    add: [azureResource("redis/Redis", "old-cache", { sku: { name: "Standard" }, ...changes })],
});

const stores: readonly Row[] = [
    {
        policy: "database-public",
        on: "database",
        set: { network: { publicNetworkAccess: "Enabled" } },
        at: "database: network.publicNetworkAccess",
        passes: [{ on: "database", set: { network: { publicNetworkAccess: "Disabled" } } }],
    },
    {
        policy: "database-public",
        on: "database",
        set: { network: undefined },
        at: "database: network.publicNetworkAccess",
        passes: [{ on: "database", set: { network: UnknownText } }],
    },
    {
        ...row("database-without-tls", "parameter", "value", "OFF"),
        passes: [{ on: "parameter", set: { configurationName: "event_scheduler", value: "OFF" } }],
    },
    row("database-backups", "database", "backup.backupRetentionDays", 6, 7, undefined),
    row("database-failover", "database", "highAvailability.mode", "Disabled", "SameZone"),
    {
        policy: "database-failover",
        on: "database",
        set: { "highAvailability.mode": undefined },
        passes: [{ on: "database", set: { "highAvailability.mode": undefined, createMode: "Replica" } }],
    },
    row("database-key", "database", "dataEncryption.type", "SystemManaged"),
    row("cache-without-tls", "cache-database", "clientProtocol", "Plaintext", undefined),
    row("cache-old-tls", "cache", "minimumTlsVersion", "1.1", undefined),
    row("cache-public", "cache", "publicNetworkAccess", "Enabled"),
    row("cache-failover", "cache", "highAvailability", "Disabled", undefined),
    {
        ...oldCache({ publicNetworkAccess: "Disabled", enableNonSslPort: false, minimumTlsVersion: "1.2" }),
        policy: "cache-retired",
        at: "old-cache: sku",
        passes: [{}],
    },
    row("bucket-public", "container", "publicAccess", "Blob", undefined),
    row("bucket-public-access", "account", "allowBlobPublicAccess", true, undefined),
    row("bucket-without-tls", "account", "enableHttpsTrafficOnly", false, undefined),
    row("bucket-old-tls", "account", "minimumTlsVersion", "TLS1_0", "TLS1_3"),
    row("bucket-cross-tenant", "account", "allowCrossTenantReplication", true, undefined),
    row("bucket-versions", "service", "isVersioningEnabled", undefined),
    row("bucket-soft-delete", "service", "deleteRetentionPolicy.enabled", false),
    row("bucket-soft-delete", "service", "containerDeleteRetentionPolicy.days", 6, 7),
    row("bucket-key", "account", "encryption.keySource", "Microsoft.Storage"),
    row("vault-rbac", "vault", "properties.enableRbacAuthorization", false),
    row("vault-purge-protection", "vault", "properties.enablePurgeProtection", undefined),
    {
        policy: "vault-public",
        on: "vault",
        set: { "properties.publicNetworkAccess": "Enabled", "properties.networkAcls.defaultAction": "Allow" },
        passes: [
            { on: "vault", set: { "properties.publicNetworkAccess": "Enabled" } },
            { on: "vault", set: { "properties.networkAcls.defaultAction": "Allow" } },
        ],
    },
];

export const azureRows: readonly Row[] = [...network, ...cluster, ...stores];
