/** The simulated AKS: what it takes, what it refuses, what it changes in place, and what goes with it. */
import assert from "node:assert/strict";
import { cpuQuota } from "../../sandbox/clouds/azure/containerservice/machines";
import { clusterType, poolType } from "../../sandbox/clouds/azure/containerservice/shared";
import { setQuotas } from "../../sandbox/clouds/quotas";
import { properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import {
    aksCloud,
    changesOf,
    identityId,
    make,
    order,
    plantControlPlane,
    poolOrder,
    principalId,
    systemPool,
    update,
} from "../support/azure-aks-cloud";
import { apiServerSubnetId, keyUriWithVersion, nodeSubnetId, plantRole, vaultId } from "../support/azure-cluster";
import { idIn, resourceGroupName } from "../support/azure-platform";
import type { TestCloud } from "../support/cloud-frame";

const cryptoUser = "12338af0-0e69-4776-bea7-57ae8d297424";
const vaultContributor = "f25e0fa2-a7c8-4377-a976-54943a77a395";
const clusterId = idIn("Microsoft.ContainerService/managedClusters/w");

const part = (name: string): PropertyMap => order[name] as PropertyMap;
const network = (change: PropertyMap): PropertyMap => ({ networkProfile: { ...part("networkProfile"), ...change } });
const system = (change: PropertyMap): PropertyMap => ({ agentPoolProfiles: [{ ...systemPool, ...change }] });
const access = (change: PropertyMap): PropertyMap => ({ apiServerAccessProfile: change });
const integrated = { enableVnetIntegration: true, subnetId: apiServerSubnetId };
const kms = (change: PropertyMap = {}): PropertyMap => ({
    securityProfile: { azureKeyVaultKms: { enabled: true, keyId: keyUriWithVersion, ...change } },
});

describe("a simulated AKS cluster", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await aksCloud(false);
        await plantControlPlane(cloud);
    });
    afterEach(() => cloud.remove());

    const cluster = (change: PropertyMap = {}) => make(cloud, clusterType, { ...order, ...change });
    const pool = (change: PropertyMap = {}) => make(cloud, poolType, { ...poolOrder, ...change });

    it("tells what a program needs to know", async () => {
        const { id, outputs } = await cluster({ ...access({ enablePrivateCluster: true, ...integrated }) });
        assert.equal(id, clusterId);
        const { kubernetesVersion, currentKubernetesVersion, nodeResourceGroup, oidcIssuerProfile, fqdn, privateFQDN } =
            outputs.values;
        assert.equal(kubernetesVersion, "1.36");
        assert.equal(currentKubernetesVersion, "1.36.3");
        assert.equal(nodeResourceGroup, `MC_${resourceGroupName}_w_westeurope`);
        assert.match(textOf((oidcIssuerProfile as PropertyMap)["issuerURL"]), /^https:\/\/westeurope\.oic\..*\/$/);
        assert.match(textOf(fqdn), /^w-[0-9a-f]{8}\.hcp\.westeurope\.azmk8s\.io$/);
        assert.match(textOf(privateFQDN), /\.private\.westeurope\.azmk8s\.io$/);
    });

    const refused: readonly (readonly [string, PropertyMap, RegExp])[] = [
        [
            "an identity that is not there",
            { identity: { type: "UserAssigned", userAssignedIdentities: ["/none"] } },
            /404 Code="NotFound"/,
        ],
        ["no DNS prefix", { dnsPrefix: null }, /dnsPrefix is missing/],
        ["a DNS prefix with an underscore", { dnsPrefix: "a_b" }, /dnsPrefix is invalid/],
        ["a version that it does not offer", { kubernetesVersion: "1.30" }, /K8sVersionNotSupported/],
        ["a version of long-term support only", { kubernetesVersion: "1.33" }, /K8sVersionNotSupported/],
        [
            "long-term support without its tier",
            { supportPlan: "AKSLongTermSupport", sku: { name: "Base", tier: "Standard" } },
            /InvalidSupportPlan/,
        ],
        ["the tier without long-term support", { sku: { name: "Base", tier: "Premium" } }, /InvalidSupportPlan/],
        [
            "channels that do not go together",
            { autoUpgradeProfile: { upgradeChannel: "node-image", nodeOSUpgradeChannel: "None" } },
            /NodeOSUpgradeChannel None/,
        ],
        ["no local accounts without Entra ID", { disableLocalAccounts: true }, /DisableLocalAccountsNotAllowed/],
        [
            "workload identity without issuer",
            { oidcIssuerProfile: { enabled: false }, securityProfile: { workloadIdentity: { enabled: true } } },
            /requires the OIDC issuer/,
        ],
        [
            "a cleaner without an interval",
            { securityProfile: { imageCleaner: { enabled: true } } },
            /Image Cleaner must be 24 to 2160/,
        ],
        [
            "a gateway that is not there",
            {
                addonProfiles: {
                    ingressApplicationGateway: { enabled: true, config: { applicationGatewayId: "/none" } },
                },
            },
            /IngressAppGwAddonConfigInvalid/,
        ],
        ["no system pool", system({ mode: "User" }), /at least one system agent pool/],
        ["a pool name with a hyphen", system({ name: "a-b" }), /agent pool name a-b/],
        ["a size that is not one", system({ vmSize: "Standard_Z9" }), /VMSizeNotSupported/],
        ["one vCPU", system({ vmSize: "Standard_D1_v2" }), /VMSizeNotSupported/],
        ["a disk of the machine that it does not have", system({ osDiskType: "Ephemeral" }), /VMCacheSizeTooSmall/],
        ["fewer nodes than the least", system({ count: 2 }), /count 2 of agent pool system must be between/],
        ["no nodes of a system pool", system({ count: 0, minCount: 0 }), /InvalidParameter/],
        ["a Spot system pool", system({ scaleSetPriority: "Spot" }), /cannot be a Spot pool/],
        ["too few pods", system({ maxPods: 9 }), /max pods 9/],
        ["a reserved label", system({ nodeLabels: { "kubernetes.azure.com/x": "y" } }), /InvalidNodeLabels/],
        ["a surge of more than all", system({ upgradeSettings: { maxSurge: "150%" } }), /Max surge 150%/],
        ["a subnet that is not there", system({ vnetSubnetID: `${nodeSubnetId}-2` }), /Subnets?.*nodes-2|nodes-2/],
        [
            "Cilium's policies without its dataplane",
            network({ networkDataplane: "azure" }),
            /only supported with network dataplane 'cilium'/,
        ],
        ["Calico on Cilium's dataplane", network({ networkPolicy: "calico" }), /requires network policy 'cilium'/],
        [
            "a range of Services in the network",
            network({ serviceCidr: "10.10.0.0/20", dnsServiceIP: "10.10.0.10" }),
            /ServiceCidrOverlapExistingSubnetsCidr/,
        ],
        ["a range of pods in the network", network({ podCidr: "10.10.0.0/16" }), /PodCidrOverlapExistingSubnetsCidr/],
        ["ranges that overlap", network({ podCidr: "172.21.0.0/16" }), /ServiceCidrOverlapPodCidr/],
        [
            "too many Services",
            network({ serviceCidr: "172.16.0.0/12", dnsServiceIP: "172.16.0.10" }),
            /InvalidServiceCidr/,
        ],
        ["DNS at the first address", network({ dnsServiceIP: "172.21.0.1" }), /DnsServiceIpNotInServiceCidr/],
        [
            "routes that are not there",
            network({ outboundType: "userDefinedRouting" }),
            /ExistingRouteTableNotAssociatedWithSubnet/,
        ],
        [
            "pods that do not fit",
            {
                ...network({ networkPluginMode: null, podCidr: null }),
                ...system({ maxPods: 250, count: 20, minCount: 20, maxCount: 20 }),
            },
            /InsufficientSubnetSize/,
        ],
        [
            "ranges of a private API server",
            access({ enablePrivateCluster: true, authorizedIPRanges: ["192.0.2.0/24"] }),
            /AuthorizedIPRangesNotAllowed/,
        ],
        [
            "an API server in the nodes' subnet",
            access({ ...integrated, subnetId: nodeSubnetId }),
            /InvalidApiServerSubnet/,
        ],
        [
            "a zone that its identity may not write",
            access({
                enablePrivateCluster: true,
                privateDNSZone: idIn("Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io"),
            }),
            /LinkedAuthorizationFailed.*privateDnsZones\/read/,
        ],
        [
            "a key without its version",
            kms({ keyId: "https://wandb-vault.vault.azure.net/keys/cluster" }),
            /InvalidAzureKeyVaultKMSKeyID/,
        ],
        [
            "a key that is not there",
            kms({ keyId: keyUriWithVersion.replace("0123", "4567") }),
            /AzureKeyVaultKMSKeyNotFound/,
        ],
        ["a key that it may not use", kms(), /AzureKeyVaultKMSMissingPermission/],
        ["a private vault without its id", kms({ keyVaultNetworkAccess: "Private" }), /KeyVaultResourceId must be/],
        [
            "a private vault from outside",
            kms({ keyVaultNetworkAccess: "Private", keyVaultResourceId: vaultId }),
            /requires API Server VNet Integration/,
        ],
        ["an input that is none", { autoScaler: {} }, /is not a property of/],
    ];
    for (const [name, change, expected] of refused) {
        it(`is refused with ${name}`, () => assert.rejects(cluster(change), expected));
    }

    it("is refused when its identity may not join the nodes' subnet", async () => {
        await cloud.provider.inventory.plant({
            type: "azure-native:managedidentity:UserAssignedIdentity",
            id: `${identityId}-2`,
            inputs: {},
            outputs: { principalId: "55555555-5555-4555-8555-555555555555" },
        });
        const other = { identity: { type: "UserAssigned", userAssignedIdentities: [`${identityId}-2`] } };
        await assert.rejects(cluster(other), /LinkedAuthorizationFailed.*subnets\/join\/action.*subnets\/nodes/);
    });

    it("is refused without zones in the region", async () => {
        cloud.provider.configure(properties({ subscriptionId: idIn("").split("/")[2], location: "westus" }));
        await assert.rejects(cluster(), /AvailabilityZoneNotSupported/);
    });

    it("is refused beyond the quota, and a pool too", async () => {
        setQuotas(cloud.dir, { [cpuQuota]: 11 });
        await assert.rejects(
            cluster(),
            /ErrCode_InsufficientVCPUQuota.*left regional vcpu quota 11, requested quota 12/,
        );
        setQuotas(cloud.dir, { [cpuQuota]: 19 });
        await cluster();
        await assert.rejects(pool(), /left regional vcpu quota 7, requested quota 8/);
    });

    it("takes a key once it may use it, a private one from inside of the network", async () => {
        const { inventory } = cloud.provider;
        await plantRole(inventory, principalId, cryptoUser, `${vaultId}/keys/cluster`);
        const privately = {
            ...kms({ keyVaultNetworkAccess: "Private", keyVaultResourceId: vaultId }),
            ...access(integrated),
        };
        await assert.rejects(cluster(privately), /LinkedAuthorizationFailed.*privateEndpointConnectionsApproval/);
        await plantRole(inventory, principalId, vaultContributor, vaultId);
        await cluster(privately);
        await assert.rejects(
            update(cloud, clusterType, clusterId, { ...order, ...kms(), ...access(integrated) }),
            /Changing the key vault network access/,
        );
    });

    it("does not read a key from outside of a closed vault", async () => {
        const closed = await aksCloud(true);
        await plantControlPlane(closed);
        await plantRole(closed.provider.inventory, principalId, cryptoUser, vaultId);
        await assert.rejects(make(closed, clusterType, { ...order, ...kms() }), /AzureKeyVaultKMSFirewallNotSupported/);
        closed.remove();
    });

    const replaced: readonly (readonly [string, PropertyMap])[] = [
        ["!dnsPrefix", { dnsPrefix: "x" }],
        ["!location", { location: "northeurope" }],
        ["!networkProfile.podCidr", network({ podCidr: "10.200.0.0/16" })],
        ["!networkProfile.outboundType", network({ outboundType: "loadBalancer" })],
        ["!nodeResourceGroup", { nodeResourceGroup: "nodes" }],
        ["!resourceName", { resourceName: "x" }],
        ["agentPoolProfiles[0].vmSize", system({ vmSize: "Standard_D8s_v5" })],
        ["kubernetesVersion", { kubernetesVersion: "1.37" }],
    ];
    for (const [path, news] of replaced) {
        it(`changes by ${path}`, async () => {
            assert.deepEqual(
                await changesOf(
                    cloud,
                    clusterType,
                    { ...order, location: "westeurope", nodeResourceGroup: "mc" },
                    { ...order, location: "westeurope", nodeResourceGroup: "mc", ...news },
                ),
                [path],
            );
        });
    }

    it("makes another pool for another size, and changes all else in place or not at all", async () => {
        assert.deepEqual(await changesOf(cloud, poolType, poolOrder, { ...poolOrder, vmSize: "Standard_E16s_v5" }), [
            "!vmSize",
        ]);
        assert.deepEqual(await changesOf(cloud, poolType, poolOrder, { ...poolOrder, maxCount: 9 }), ["maxCount"]);
    });

    it("tells kubeconfigs by what it knows of accounts", async () => {
        const ask = (word: string) =>
            cloud.provider.invoke(
                `azure-native:containerservice:listManagedCluster${word}Credentials`,
                properties({ resourceGroupName, resourceName: "w" }),
            );
        await assert.rejects(ask("User"), /ResourceNotFound/);
        const read = async (word: string) => {
            const [{ value }] = (await ask(word)).values["kubeconfigs"] as { value: string }[];
            return Buffer.from(value, "base64").toString("utf8");
        };
        const { id } = await cluster({ aadProfile: { managed: true } });
        assert.match(await read("User"), /kubelogin/);
        assert.match(await read("Admin"), /clusterAdmin_/);
        await update(cloud, clusterType, id, { ...order, aadProfile: { managed: true }, disableLocalAccounts: true });
        await assert.rejects(ask("Admin"), /Getting static credential is not allowed/);
    });
});
