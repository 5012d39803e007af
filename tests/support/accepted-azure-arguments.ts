import { type ArgumentTree, type Changes, validLicense } from "./bad-arguments";
import { validKubeconfig } from "./bad-arguments/valid";

const subscription = "/subscriptions/00000000-0000-4000-8000-000000000001";
const group = `${subscription}/resourceGroups/platform/providers`;
const guid = (end: string) => `00000000-0000-4000-8000-0000000000${end}`;
const network = (path: string) => `${group}/Microsoft.Network/${path}`;
const vnet = network("virtualNetworks/hub");
const zone = (name: string) => network(`privateDnsZones/${name}`);
const identityId = `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/encryption`;
const vault = `${group}/Microsoft.KeyVault/vaults/company-vault`;
const alias = `clickhouse.${guid("c1")}.westeurope.azure.privatelinkservice`;

/** The least that a deployment on Azure needs. A new tree each time, for the caller to change. */
export function validAzureArguments(): ArgumentTree {
    return {
        host: "wandb.example.com",
        license: validLicense,
        access: { cidrs: ["203.0.113.0/24"] },
        azure: { dns: { zoneId: network("dnsZones/example.com") } },
    };
}

const pool = () => ({
    os: "AzureLinux",
    fips: true,
    labels: { pool: "wandb" },
    maxSurge: "33%",
    drainTimeoutMinutes: 60,
    name: "wandb",
    vmSize: "Standard_E16s_v5",
    minPerZone: 2,
    maxPerZone: 6,
    osDiskSizeGb: 256,
    osDiskType: "Managed",
    maxPods: 60,
    zones: ["1", "2"],
    encryptionAtHost: true,
});

const userPool = () => ({
    ...pool(),
    spot: false,
    mode: "User",
    taints: [{ key: "dedicated", value: "wandb", effect: "NoSchedule" }],
});

const existingNetwork = {
    vnetId: vnet,
    nodeSubnetId: `${vnet}/subnets/nodes`,
    endpointSubnetId: `${vnet}/subnets/endpoints`,
    gatewaySubnetId: `${vnet}/subnets/gateway`,
    databaseSubnetId: `${vnet}/subnets/database`,
    apiServerSubnetId: `${vnet}/subnets/api-server`,
    privateLinkSubnetId: `${vnet}/subnets/private-link`,
};

/** Valid variations. Together they use every argument below `azure`. */
export const acceptedAzureArguments: Readonly<Record<string, Changes>> = {
    "the least": {},
    "plain HTTP, said outright": { azure: {}, "ingress.tls.enabled": false },
    "no public endpoint": { access: { private: true } },
    "a place": { "azure.location": "westeurope", "azure.resourceGroup.name": "wandb" },
    "a group of one's own": { "azure.resourceGroup.existingName": "platform" },
    tags: { tags: { team: "ml", empty: "" } },
    "a network to measure": {
        "azure.network": {
            cidr: "10.64.0.0/16",
            additionalCidrs: ["10.80.0.0/16"],
            subnetCidrs: {
                nodes: "10.80.0.0/20",
                gateway: "10.80.16.0/24",
                endpoints: "10.80.17.0/24",
                database: "10.80.18.0/26",
                apiServer: "10.80.19.0/27",
                privateLink: "10.80.20.0/26",
            },
            vnetName: "wandb",
            subnetNames: {
                nodes: "nodes",
                gateway: "gateway",
                endpoints: "endpoints",
                database: "database",
                apiServer: "api-server",
                privateLink: "private-link",
            },
            dnsServers: ["10.64.0.4"],
            outbound: "nat-gateway",
            natGatewayName: "wandb",
            natAddressCount: 2,
            natAddressNames: ["one", "two"],
            natIdleTimeout: 10,
            natZone: "1",
            gatewaySecurityGroupName: "wandb",
            databaseZoneName: "wandb.private.mysql.database.azure.com",
        },
    },
    "a network with ways of one's own": {
        "azure.network": {
            outbound: "routes",
            routeTableId: network("routeTables/hub"),
            privateDnsZones: {
                blob: zone("privatelink.blob.core.windows.net"),
                queue: zone("privatelink.queue.core.windows.net"),
                vault: zone("privatelink.vaultcore.azure.net"),
                cache: zone("privatelink.redis.cache.windows.net"),
                managedCache: zone("privatelink.redis.azure.net"),
                database: zone("privatelink.mysql.database.azure.com"),
                databaseSubnet: zone("wandb.private.mysql.database.azure.com"),
            },
        },
    },
    "addresses of one's own": { "azure.network.natAddressIds": [network("publicIPAddresses/out")] },
    "an own network": { "azure.network.existing": existingNetwork },
    "keys that are made": {
        "azure.key": {
            vaultName: "wandb-vault",
            recover: true,
            allowedCidrs: ["198.51.100.0/24"],
            privateEndpoint: true,
            endpointName: "vault",
            endpointInterfaceName: "vault-nic",
            softDeleteDays: 90,
            protection: "hsm",
            size: 4096,
            rotationDays: 180,
            clusterKeyName: "cluster",
            databaseKeyName: "database",
            storageKeyName: "storage",
            encryptionIdentityName: "encryption",
        },
    },
    "keys of one's own": {
        "azure.key": {
            existingVaultId: vault,
            publicAccess: true,
            clusterKeyId: `${vault}/keys/cluster`,
            databaseKeyId: `${vault}/keys/database`,
            storageKeyId: `${vault}/keys/storage`,
            grantAccess: false,
            encryptionIdentityId: identityId,
        },
    },
    "a cluster in every detail": {
        "azure.cluster": {
            name: "platform",
            dnsPrefix: "platform",
            nodeResourceGroup: "platform-nodes",
            identityName: "platform",
            kubernetesVersion: "1.35",
            tier: "Premium",
            upgradeChannel: "patch",
            nodeOsChannel: "SecurityPatch",
            maintenance: { day: "Saturday", startTime: "02:00", hours: 6, utcOffset: "+01:00", intervalWeeks: 2 },
            entraId: { adminGroupObjectIds: [guid("a1")], azureRbac: true },
            localAccounts: false,
            kubeconfig: { login: "spn", clientId: guid("a2") },
            network: {
                pods: "overlay",
                podCidr: "10.200.0.0/16",
                serviceCidr: "172.22.0.0/16",
                dnsServiceIp: "172.22.0.10",
                policy: "cilium",
            },
            apiServer: { vnetIntegration: true, runCommand: true },
            zones: ["1", "2"],
            systemNodes: { ...pool(), name: "system" },
            nodes: { ...userPool(), taints: undefined },
            nodePools: { spare: { ...userPool(), name: "spare" } },
            diskEncryptionSetId: `${group}/Microsoft.Compute/diskEncryptionSets/disks`,
            volumeType: "Premium_ZRS",
            azurePolicy: false,
            imageCleanerHours: 48,
            containerInsights: {
                workspaceId: `${group}/Microsoft.OperationalInsights/workspaces/logs`,
                workspaceLocation: "westeurope",
            },
            tags: { cost: "ml" },
        },
    },
    "taints on one pool of two": {
        "azure.cluster": { nodes: { taints: userPool().taints }, nodePools: { spare: {} } },
    },
    "a private cluster with a zone of one's own": {
        access: { private: true },
        "azure.cluster.apiServer": {
            privateDnsZoneId: zone("private.westeurope.azmk8s.io"),
            publicName: false,
        },
    },
    "an own cluster": {
        access: undefined,
        "azure.cluster.existing": { name: "platform", resourceGroupName: "platform", kubeconfig: validKubeconfig },
        "azure.loadBalancer.gateway": { existingId: network("applicationGateways/company") },
        "azure.network.existing": existingNetwork,
    },
    "a database in every detail": {
        "azure.database": {
            identifier: "wandb-database",
            engineVersion: "8.0.21",
            sku: "Standard_E4ds_v4",
            highAvailability: "zoneRedundant",
            zone: "1",
            standbyZone: "2",
            diskSizeGb: 256,
            diskGrowth: true,
            iops: 1000,
            name: "experiments",
            createDatabase: true,
            username: "admin1",
            passwordRotation: "2026-11",
            checkCertificate: true,
            backupRetentionDays: 30,
            geoRedundantBackup: true,
            geoBackupKey: {
                keyUri: "https://far.vault.azure.net/keys/database/0123456789abcdef0123456789abcdef",
                identityId,
            },
            maintenanceWindow: "sun:03:00",
            lockName: "database",
            parameters: { long_query_time: "2" },
        },
    },
    "a database with a password of one's own": { "azure.database.password": "AbC123dEf456" },
    "a database with storage over zones": {
        "azure.database": { highAvailability: "sameZone", zoneRedundantStorage: false },
    },
    "a database from a moment": {
        "azure.database": {
            restore: {
                serverId: `${group}/Microsoft.DBforMySQL/flexibleServers/wandb-old`,
                pointInTime: "2026-11-01T10:00:00Z",
            },
            createDatabase: false,
            password: "AbC123dEf456",
        },
    },
    "a database with a private endpoint": {
        "azure.network.existing": { ...existingNetwork, databaseSubnetId: undefined },
        "azure.database.endpointName": "database",
    },
    "a managed cache in every detail": {
        "azure.cache": {
            kind: "managed-redis",
            identifier: "wandb-cache",
            sku: "Balanced_B20",
            highAvailability: true,
            clusteringPolicy: "EnterpriseCluster",
            evictionPolicy: "AllKeysLRU",
            snapshotPeriod: "6h",
            encryptionKey: {
                keyUri: "https://company-vault.vault.azure.net/keys/cache/0123456789abcdef0123456789abcdef",
                identityId,
            },
            endpointName: "cache",
        },
    },
    "a managed cache that writes down each change": { "azure.cache": { appendOnlyFile: true } },
    "the older cache in every detail": {
        "azure.cache": {
            kind: "azure-cache",
            sku: "Premium_P1",
            zones: ["1", "2"],
            maintenanceWindow: "sun:03:00",
            parameters: { "notify-keyspace-events": "KEA" },
        },
    },
    "a bucket in every detail": {
        "azure.bucket": {
            allowedCidrs: ["198.51.100.0/24"],
            allowedSubnetIds: [`${vnet}/subnets/users`],
            accountName: "examplewandb",
            containerName: "files",
            prefix: "team/wandb",
            redundancy: "GZRS",
            accessTier: "Cool",
            encryption: "microsoft",
            infrastructureEncryption: true,
            access: "identity",
            versioning: true,
            lifecycle: { noncurrentVersionDays: 90 },
            softDeleteDays: 14,
            corsHosts: ["other.example.com"],
            privateEndpoint: true,
            privateEndpointName: "blob",
            lockName: "storage",
            events: true,
            eventQueueName: "wandb-files",
            eventTopicName: "wandb-files",
            eventSubscriptionName: "wandb-files",
        },
    },
    "identities in every detail": {
        "azure.identity": {
            name: "wandb-pods",
            metricsIdentityName: "wandb-metrics",
            furtherAccounts: ["bufstream-service-account"],
            secretAccess: false,
            roles: { logs: { roleDefinitionId: guid("b1"), scope: `${subscription}/resourceGroups/logs` } },
        },
        "azure.monitoring": { azureMonitor: true },
    },
    "a gateway in every detail": {
        "azure.dns": {
            zoneId: network("dnsZones/example.com"),
            acme: { email: "platform@example.com", server: "https://acme.example.com/directory", challenge: "dns-01" },
        },
        "azure.loadBalancer": {
            controller: "application-gateway",
            scheme: "external",
            inboundCidrs: ["198.51.100.0/24"],
            httpRedirect: true,
            requestTimeoutSeconds: 600,
            gateway: {
                name: "wandb",
                sku: "WAF_v2",
                minCapacity: 3,
                maxCapacity: 10,
                zones: ["1", "2"],
                privateAddress: "10.10.200.10",
                publicAddressName: "wandb",
                dnsLabel: "wandb-example",
                tlsPolicy: "AppGwSslPolicy20220101S",
                http2: false,
                waf: {
                    policyName: "wandb",
                    mode: "Detection",
                    ruleSet: "OWASP 3.2",
                    botRules: false,
                    inspectedBodyKb: 256,
                },
            },
        },
    },
    "a gateway of one's own": {
        "azure.loadBalancer.gateway": {
            existingId: network("applicationGateways/company"),
            waf: { existingPolicyId: network("applicationGatewayWebApplicationFirewallPolicies/company") },
        },
    },
    "an address of one's own": {
        "azure.loadBalancer.gateway": { existingPublicAddressId: network("publicIPAddresses/in") },
    },
    "a private zone": {
        "azure.dns": { zoneId: zone("corp.example"), privateZone: true },
        host: "wandb.corp.example",
        "ingress.tls": { secretName: "wandb-corp-example" },
        "azure.loadBalancer": { scheme: "internal" },
    },
    "NGINX of AKS": { "azure.loadBalancer": { controller: "app-routing", scheme: "internal" } },
    "other subscriptions": {
        "azure.privateLink": {
            allowedSubscriptionIds: [guid("0c")],
            addresses: 2,
            configurationName: "consumers",
            approval: {
                schedule: "*/15 * * * *",
                image: "registry.example.com/azure-cli:2.90.0",
                identityName: "approval",
                roleName: "W&B approval",
            },
        },
    },
    ClickHouse: {
        "azure.clickHouse": {
            serviceAlias: alias,
            region: "westeurope",
            subnetId: `${vnet}/subnets/endpoints`,
            endpointName: "clickhouse",
            interfaceName: "clickhouse-nic",
        },
    },
    "a chart of one's own": {
        "charts.certManager": { repository: "https://charts.example.com", version: "v1.21.1", values: {} },
    },
};
