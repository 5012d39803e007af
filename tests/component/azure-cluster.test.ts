import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { AzureNodePoolArgs } from "../../sdk/azure/args/nodes";
import {
    apiServerSubnetId,
    keys,
    keyUriWithVersion,
    type MadeCluster as Made,
    makeMockedCluster as make,
    nodeSubnetId,
    vaultId,
    vnetId,
} from "../support/azure-cluster";
import { idIn } from "../support/azure-platform";
import { promiseOf } from "../support/resolve";

const inputsOf = ({ graph }: Made, name: string) => graph.byName(name).inputs;
const cluster = (made: Made) => inputsOf(made, "w-cluster");
const lastPart = (urn: string) => urn.split("::").at(-1) ?? "";
const after = ({ graph }: Made, name: string) => graph.byName(name).dependencies.map(lastPart);
const tags = { team: "ml" };

describe("an AKS cluster that is made", () => {
    it("answers stated ranges only, runs in three zones, and is protected", async () => {
        const made = await make({ access: { cidrs: ["203.0.113.0/24", "198.51.100.7/32"] } });
        assert.deepEqual(cluster(made), {
            resourceName: "w-0a1b2c3d",
            resourceGroupName: "wandb-group",
            location: "westeurope",
            dnsPrefix: "w",
            kubernetesVersion: "1.36",
            sku: { name: "Base", tier: "Standard" },
            supportPlan: "KubernetesOfficial",
            autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
            identity: {
                type: "UserAssigned",
                userAssignedIdentities: ["w-control-plane-id"],
            },
            apiServerAccessProfile: {
                disableRunCommand: true,
                enableVnetIntegration: true,
                subnetId: apiServerSubnetId,
                authorizedIPRanges: ["198.51.100.7/32", "203.0.113.0/24"],
            },
            networkProfile: {
                networkPlugin: "azure",
                networkPluginMode: "overlay",
                networkDataplane: "cilium",
                networkPolicy: "cilium",
                podCidr: "10.244.0.0/16",
                serviceCidr: "172.21.0.0/16",
                dnsServiceIP: "172.21.0.10",
                loadBalancerSku: "standard",
                outboundType: "userAssignedNATGateway",
            },
            agentPoolProfiles: [
                {
                    name: "system",
                    mode: "System",
                    type: "VirtualMachineScaleSets",
                    osType: "Linux",
                    vmSize: "Standard_D4s_v5",
                    vnetSubnetID: nodeSubnetId,
                    nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"],
                    availabilityZones: ["1", "2", "3"],
                    enableAutoScaling: true,
                    count: 3,
                    minCount: 3,
                    maxCount: 6,
                    osDiskSizeGB: 128,
                    osDiskType: "Managed",
                    enableNodePublicIP: false,
                    enableEncryptionAtHost: false,
                    enableFIPS: false,
                    upgradeSettings: { maxSurge: "33%" },
                    tags,
                },
            ],
            enableRBAC: true,
            disableLocalAccounts: false,
            securityProfile: {
                workloadIdentity: { enabled: true },
                imageCleaner: { enabled: true, intervalHours: 168 },
            },
            oidcIssuerProfile: { enabled: true },
            addonProfiles: { azurepolicy: { enabled: true } },
            tags,
        });
        assert.equal(made.graph.byName("w-cluster").protect, true, "all that is in it would go first");
    });

    for (const access of [{ private: true }, { cidrs: [] }]) {
        it(`has a private API server with ${JSON.stringify(access)}`, async () => {
            assert.deepEqual(cluster(await make({ access }))["apiServerAccessProfile"], {
                disableRunCommand: true,
                enableVnetIntegration: true,
                subnetId: apiServerSubnetId,
                enablePrivateCluster: true,
                enablePrivateClusterPublicFQDN: false,
                privateDNSZone: "system",
            });
        });
    }

    it("reads its key inside of the network when the vault answers there only", async () => {
        const { securityProfile } = cluster(await make({ keys })) as { securityProfile: Record<string, unknown> };
        assert.deepEqual(securityProfile["azureKeyVaultKms"], {
            enabled: true,
            keyId: keyUriWithVersion,
            keyVaultNetworkAccess: "Private",
            keyVaultResourceId: vaultId,
        });
    });

    it("names no vault that answers everywhere", async () => {
        const made = await make({ keys: { ...keys, privateVault: false } });
        const { securityProfile } = cluster(made) as { securityProfile: Record<string, unknown> };
        assert.deepEqual(securityProfile["azureKeyVaultKms"], {
            enabled: true,
            keyId: keyUriWithVersion,
            keyVaultNetworkAccess: "Public",
        });
    });

    it("is refused where it could not read its key", async () => {
        const refused = /azure\.cluster\.apiServer\.vnetIntegration: is off .*Turn it on, let the vault answer outside/;
        await assert.rejects(make({ keys, network: { apiServerSubnetId: undefined } }), refused);
    });

    it("waits for its identity's rights and the way out, and is waited for by all in it", async () => {
        const made = await make();
        const waits = after(made, "w-cluster");
        for (const name of ["w-control-plane-nodes", "w-control-plane-api-server", "way-out"]) {
            assert.ok(waits.includes(name), `${name} in ${waits.join(", ")}`);
        }
        assert.ok(after(made, "w-nodes").includes("way-out"));
        assert.deepEqual(after(made, "w-maintenance-releases"), ["w-cluster"]);
        assert.ok(after(made, "w-maintenance-versions").includes("w-maintenance-releases"), "one request at a time");
    });

    it("lets its identity use both subnets and nothing else", async () => {
        const { graph } = await make();
        const granted = graph.resources
            .filter(({ type }) => type === "azure-native:authorization:RoleAssignment")
            .map(({ inputs }) => [String(inputs["roleDefinitionId"]).split("/").at(-1), inputs["scope"]]);
        const networkContributor = "4d97b98b-1d4f-4787-a291-c67834d212e7";
        assert.deepEqual(granted.sort(), [
            [networkContributor, apiServerSubnetId],
            [networkContributor, nodeSubnetId],
        ]);
    });

    it("lets its identity use a zone and a disk encryption set of somebody else", async () => {
        const zone = idIn("Microsoft.Network/privateDnsZones/private.westeurope.azmk8s.io");
        const set = idIn("Microsoft.Compute/diskEncryptionSets/disks");
        const made = await make({
            access: { private: true },
            cluster: { apiServer: { privateDnsZoneId: zone }, diskEncryptionSetId: set },
        });
        const scopes = made.graph.resources
            .filter(({ type }) => type === "azure-native:authorization:RoleAssignment")
            .map(({ inputs }) => inputs["scope"]);
        assert.deepEqual(scopes.sort(), [apiServerSubnetId, nodeSubnetId, set, vnetId, zone].sort());
        assert.equal(cluster(made)["diskEncryptionSetID"], set);
        assert.deepEqual(inputsOf(made, "w-storage-class")["parameters"], {
            skuName: "Premium_LRS",
            fsType: "ext4",
            cachingMode: "ReadOnly",
            diskEncryptionSetID: set,
            diskEncryptionType: "EncryptionAtRestWithCustomerKey",
        });
    });

    it("has pools with their own names, labels, taints and prices", async () => {
        const made = await make({
            cluster: {
                zones: ["2", "1"],
                tags: { team: "other" },
                nodes: { taints: [{ key: "only", effect: "PreferNoSchedule" }], maxPods: 60 },
                nodePools: {
                    batch: { name: "batch", spot: true, minPerZone: 0, maxPerZone: 2, labels: { kind: "batch" } },
                },
            },
        });
        const { agentPoolName, nodeTaints, maxPods, minCount, maxCount, availabilityZones, orchestratorVersion } =
            inputsOf(made, "w-nodes");
        assert.deepEqual(
            { agentPoolName, nodeTaints, maxPods, minCount, maxCount, availabilityZones, orchestratorVersion },
            {
                agentPoolName: "node0a1b2c3d",
                nodeTaints: ["only:PreferNoSchedule"],
                maxPods: 60,
                minCount: 2,
                maxCount: 8,
                availabilityZones: ["1", "2"],
                orchestratorVersion: "1.36",
            },
        );
        const spot = inputsOf(made, "w-nodes-batch");
        assert.equal(spot["agentPoolName"], "batch");
        assert.deepEqual(spot["nodeTaints"], ["kubernetes.azure.com/scalesetpriority=spot:NoSchedule"]);
        assert.deepEqual(spot["nodeLabels"], { kind: "batch", "kubernetes.azure.com/scalesetpriority": "spot" });
        assert.equal(spot["spotMaxPrice"], -1);
        assert.deepEqual(spot["tags"], { team: "other" });
    });

    it("makes another name where AKS would not change the pool, and the same where it would", async () => {
        const others: Record<string, AzureNodePoolArgs> = {
            size: { vmSize: "Standard_E16s_v5" },
            disk: { osDiskSizeGb: 256 },
            own: { osDiskType: "Ephemeral" },
            pods: { maxPods: 100 },
            zones: { zones: ["1"] },
            spot: { spot: true },
            host: { encryptionAtHost: true },
        };
        const same: Record<string, AzureNodePoolArgs> = {
            most: { maxPerZone: 9 },
            labels: { labels: { a: "b" } },
            surge: { maxSurge: "1" },
            fips: { fips: true },
        };
        const made = await make({ cluster: { nodePools: { ...others, ...same } } });
        const keepersOf = (word: string) => inputsOf(made, `w-${word}-name`)["keepers"];
        const usual = keepersOf("nodes");
        for (const word of Object.keys(others)) {
            assert.notDeepEqual(keepersOf(`nodes-${word}`), usual, word);
        }
        for (const word of Object.keys(same)) {
            assert.deepEqual(keepersOf(`nodes-${word}`), usual, word);
        }
    });

    it("says no version to pools where AKS moves on by itself", async () => {
        const made = await make({ cluster: { upgradeChannel: "stable" } });
        assert.equal(inputsOf(made, "w-nodes")["orchestratorVersion"], undefined);
        assert.equal(cluster(made)["kubernetesVersion"], "1.36");
    });

    it("runs the add-ons that are asked for, and tells their identities", async () => {
        const workspaceId = idIn("Microsoft.OperationalInsights/workspaces/logs");
        const made = await make({
            cluster: { azurePolicy: false, containerInsights: { workspaceId, workspaceLocation: "northeurope" } },
            gatewayId: pulumi.output("/gateway"),
            webAppRouting: { controller: "None", dnsZoneIds: ["/zone"] },
        });
        assert.deepEqual(cluster(made)["addonProfiles"], {
            azurepolicy: { enabled: false },
            ingressApplicationGateway: { enabled: true, config: { applicationGatewayId: "/gateway" } },
            omsagent: {
                enabled: true,
                config: { logAnalyticsWorkspaceResourceID: workspaceId, useAADAuth: "true" },
            },
        });
        assert.deepEqual(cluster(made)["ingressProfile"], {
            webAppRouting: {
                enabled: true,
                dnsZoneResourceIds: ["/zone"],
                nginx: { defaultIngressControllerType: "None" },
            },
        });
        assert.equal(await promiseOf(made.facts.gatewayControllerPrincipalId), "controller");
        assert.equal(await promiseOf(made.facts.routingPrincipalId), "router");
        assert.equal(inputsOf(made, "w-insights")["location"], "northeurope");
        assert.equal(inputsOf(made, "w-insights-cluster")["associationName"], "ContainerInsightsExtension");
    });

    it("is maintained on Sundays, each kind of work in a window of its own", async () => {
        const made = await make({ cluster: { maintenance: { startTime: "03:00", intervalWeeks: 2 } } });
        const window = (weeks: number) => ({
            schedule: { weekly: { dayOfWeek: "Sunday", intervalWeeks: weeks } },
            durationHours: 8,
            startTime: "03:00",
            utcOffset: "+00:00",
        });
        const kinds = ["releases", "versions", "node-os"].map((word) => inputsOf(made, `w-maintenance-${word}`));
        assert.deepEqual(
            kinds.map(({ configName, maintenanceWindow }) => [configName, maintenanceWindow]),
            [
                ["default", window(1)],
                ["aksManagedAutoUpgradeSchedule", window(2)],
                ["aksManagedNodeOSUpgradeSchedule", window(1)],
            ],
        );
    });
});
