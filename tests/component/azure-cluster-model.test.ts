import assert from "node:assert/strict";
import { clusterType, poolType } from "../../sandbox/clouds/azure/containerservice/shared";
import { identityType } from "../../sandbox/clouds/azure/managedidentity/identity";
import { resourceGroupType } from "../../sandbox/clouds/azure/arm";
import { roleAssignmentType } from "../../sandbox/clouds/azure/authorization/role-assignments";
import { aksCloud, makeModelledCluster, type ModelledSettings } from "../support/azure-aks-cloud";
import { apiServerSubnetId, nodeSubnetId, vnetId } from "../support/azure-cluster";
import { runAzurePart } from "../support/azure-platform";
import type { TestCloud } from "../support/cloud-frame";
import { promiseOf } from "../support/resolve";

/** What the simulated Azure accepts, and is empty of again afterwards. */
const accepted: Readonly<Record<string, ModelledSettings>> = {
    "as it is by default": { withKey: "private" },
    "with a vault that answers outside": { withKey: "public", cluster: { apiServer: { vnetIntegration: false } } },
    "with a private API server": { access: { private: true } },
    "with pods in the nodes' subnet": { cluster: { network: { pods: "node-subnet", policy: "azure" } } },
    "with Calico": { cluster: { network: { policy: "calico" } } },
    "with long-term support": { cluster: { tier: "Premium", kubernetesVersion: "1.33", upgradeChannel: "none" } },
    "that moves by itself": { cluster: { upgradeChannel: "stable" } },
    "with Entra ID": { cluster: { entraId: {} } },
    "without local accounts": { cluster: { entraId: { azureRbac: false }, localAccounts: false } },
    "with the application routing add-on": { webAppRouting: { controller: "None" } },
    "with Spot nodes": { cluster: { nodePools: { spot: { spot: true, minPerZone: 0, labels: { kind: "batch" } } } } },
    "with disks of the machines": { cluster: { nodes: { vmSize: "Standard_E8ds_v5", osDiskType: "Ephemeral" } } },
    "without zones": { cluster: { zones: [] } },
};

async function withCloud(settings: ModelledSettings, check: (cloud: TestCloud) => Promise<void>): Promise<void> {
    const cloud = await aksCloud(settings.withKey === "private");
    try {
        await check(cloud);
    } finally {
        cloud.remove();
    }
}

describe("a cluster on the simulated Azure", () => {
    for (const [name, settings] of Object.entries(accepted)) {
        it(`is made ${name}, and goes again`, () =>
            withCloud(settings, async (cloud) => {
                const before = cloud.provider.inventory.rows().length;
                const { run, made } = await runAzurePart(cloud, (scope) => makeModelledCluster(scope, settings), {
                    deletionProtection: false,
                });
                const kubeconfig = JSON.parse(await promiseOf(made.kubeconfig)) as { users: { user: object }[] };
                const byPlugin = settings.cluster?.localAccounts === false;
                assert.equal("exec" in kubeconfig.users[0].user, byPlugin);
                assert.equal(cloud.provider.inventory.rows().filter(({ type }) => type === clusterType).length, 1);
                await run.destroy(([first]) => first);
                assert.equal(cloud.provider.inventory.rows().length, before, "something stays");
            }));
    }

    it("has a node resource group with identities of nodes and add-ons, which go with it", () =>
        withCloud({}, async (cloud) => {
            const { made } = await runAzurePart(cloud, (scope) => makeModelledCluster(scope));
            const rows = cloud.provider.inventory.rows();
            const group = await promiseOf(made.nodeResourceGroup);
            assert.ok(rows.some(({ type, id }) => type === resourceGroupType && id.endsWith(`/${group}`)));
            const identities = rows.filter(({ type, id }) => type === identityType && id.includes(`/${group}/`));
            assert.deepEqual(
                identities
                    .map(({ id }) =>
                        id
                            .split("/")
                            .at(-1)
                            ?.replace(/wandb-[0-9a-f]{8}/, "w"),
                    )
                    .sort(),
                ["azurepolicy-w", "w-agentpool"],
            );
        }));

    it("gives its control plane no right beyond its subnets", () =>
        withCloud({}, async (cloud) => {
            await runAzurePart(cloud, (scope) => makeModelledCluster(scope));
            const granted = cloud.provider.inventory.rows().filter(({ type }) => type === roleAssignmentType);
            assert.deepEqual(
                granted.map(({ inputs }) => inputs["scope"]).sort(),
                [apiServerSubnetId, nodeSubnetId].sort(),
            );
            assert.ok(granted.every(({ inputs }) => inputs["scope"] !== vnetId));
        }));

    it("has as many nodes per zone as the size says", () =>
        withCloud({}, async (cloud) => {
            await runAzurePart(cloud, (scope) => makeModelledCluster(scope, { cluster: { zones: ["1", "2"] } }));
            const [pool] = cloud.provider.inventory.rows().filter(({ type }) => type === poolType);
            const { minCount, maxCount, count, availabilityZones } = pool.inputs;
            assert.deepEqual(
                { minCount, maxCount, count, availabilityZones },
                { minCount: 2, maxCount: 8, count: 2, availabilityZones: ["1", "2"] },
            );
        }));
});
