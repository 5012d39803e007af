/** The simulated AKS once a cluster is there: what it changes, what it does not, and what goes with it. */
import assert from "node:assert/strict";
import { azure } from "../../sandbox/clouds/azure";
import { clusterType, maintenanceType, poolType } from "../../sandbox/clouds/azure/containerservice/shared";
import { deletionBlocker } from "../../sandbox/clouds/references";
import type { PropertyMap } from "../../sandbox/clouds/values";
import { aksCloud, make, order, plantControlPlane, poolOrder, systemPool, update } from "../support/azure-aks-cloud";
import { apiServerSubnetId, nodeSubnetId } from "../support/azure-cluster";
import { idIn, resourceGroupName } from "../support/azure-platform";
import type { TestCloud } from "../support/cloud-frame";

const clusterId = idIn("Microsoft.ContainerService/managedClusters/w");

const system = (change: PropertyMap): PropertyMap => ({ agentPoolProfiles: [{ ...systemPool, ...change }] });
const access = (change: PropertyMap): PropertyMap => ({ apiServerAccessProfile: change });
const integrated = { enableVnetIntegration: true, subnetId: apiServerSubnetId };

describe("a simulated AKS cluster", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await aksCloud(false);
        await plantControlPlane(cloud);
    });
    afterEach(() => cloud.remove());

    const cluster = (change: PropertyMap = {}) => make(cloud, clusterType, { ...order, ...change });
    const pool = (change: PropertyMap = {}) => make(cloud, poolType, { ...poolOrder, ...change });

    const window = (change: PropertyMap = {}, configName = "default"): PropertyMap => ({
        configName,
        resourceName: "w",
        resourceGroupName,
        maintenanceWindow: {
            schedule: { weekly: { dayOfWeek: "Sunday", intervalWeeks: 1 } },
            durationHours: 4,
            startTime: "00:00",
            ...change,
        },
    });

    it("is maintained in windows of documented forms only", async () => {
        await cluster();
        const daily = { schedule: { daily: { intervalDays: 1 } } };
        await assert.rejects(
            make(cloud, maintenanceType, window({ durationHours: 3 })),
            /durationHours: must be 4 to 24/,
        );
        await assert.rejects(make(cloud, maintenanceType, window({ startTime: "24:00" })), /startTime: must be HH:MM/);
        await assert.rejects(make(cloud, maintenanceType, window({ utcOffset: "5" })), /utcOffset: must be/);
        await assert.rejects(make(cloud, maintenanceType, window({ schedule: {} })), /Exactly one schedule/);
        await assert.rejects(make(cloud, maintenanceType, window(daily)), /Only weekly schedules/);
        await assert.rejects(make(cloud, maintenanceType, window({}, "mine")), /must be one of default/);
        await make(cloud, maintenanceType, window(daily, "aksManagedNodeOSUpgradeSchedule"));
    });

    describe("that is there", () => {
        beforeEach(() => cluster(access(integrated)));
        const change = (news: PropertyMap) =>
            update(cloud, clusterType, clusterId, { ...order, ...access(integrated), ...news });

        const unchangeable: readonly (readonly [string, PropertyMap, RegExp])[] = [
            [
                "another pool",
                { agentPoolProfiles: [systemPool, { ...systemPool, name: "second" }] },
                /A new agent pool was introduced/,
            ],
            ["a pool of another name", system({ name: "second" }), /A new agent pool was introduced/],
            [
                "another size",
                system({ vmSize: "Standard_D8s_v5" }),
                /PropertyChangeNotAllowed.*agentPoolProfile\.vmSize/,
            ],
            [
                "other zones",
                system({ availabilityZones: ["1"] }),
                /PropertyChangeNotAllowed.*agentPoolProfile\.availabilityZones/,
            ],
            [
                "an older version",
                { kubernetesVersion: "1.35" },
                /Downgrading managed cluster from 1\.36\.3 to 1\.35\.7/,
            ],
            ["no issuer", { oidcIssuerProfile: { enabled: false } }, /OIDCIssuerFeatureCannotBeDisabled/],
            ["an API server outside", access({}), /PropertyChangeNotAllowed.*enableVnetIntegration/],
        ];
        for (const [name, news, expected] of unchangeable) {
            it(`does not take ${name}`, () => assert.rejects(change(news), expected));
        }

        it("takes another minor version, one at a time, and patches by its own", async () => {
            const { values } = await change({ kubernetesVersion: "1.37" });
            assert.equal(values["currentKubernetesVersion"], "1.37.0");
        });

        it("leaves the patch alone when the same minor version is said again", async () => {
            const { values } = await change({ tags: { a: "b" } });
            assert.equal(values["currentKubernetesVersion"], "1.36.3");
        });

        it("takes no second cluster beside it, which the sandbox could not tell apart", () =>
            assert.rejects(cluster({ resourceName: "x" }), /one cluster at a time/));

        it("has pools beside it, which keep their machines", async () => {
            const { id } = await pool();
            assert.equal(id, `${clusterId}/agentPools/nodes`);
            await update(cloud, poolType, id, { ...poolOrder, maxCount: 9, nodeLabels: { a: "b" } });
            await assert.rejects(
                update(cloud, poolType, id, { ...poolOrder, maxPods: 100, osDiskSizeGB: 64 }).then(() =>
                    update(cloud, poolType, id, { ...poolOrder, maxPods: 50, osDiskSizeGB: 64 }),
                ),
                /PropertyChangeNotAllowed.*properties\.maxPods/,
            );
        });

        it("takes no pool of a name that is there, of a version above its own, or in no cluster", async () => {
            await assert.rejects(pool({ agentPoolName: "system" }), /cannot create already existing resource/);
            await assert.rejects(pool({ orchestratorVersion: "1.37" }), /NodePoolMcVersionIncompatible/);
            await assert.rejects(pool({ resourceName: "other" }), /ParentResourceNotFound/);
        });

        it("takes Spot nodes, and demands its own taint at a change", async () => {
            const spot = { ...poolOrder, scaleSetPriority: "Spot", spotMaxPrice: -1 };
            const { id } = await make(cloud, poolType, spot);
            await assert.rejects(
                update(cloud, poolType, id, { ...spot, maxCount: 9 }),
                /PropertyChangeNotAllowed.*nodeTaints/,
            );
            const nodeTaints = ["kubernetes.azure.com/scalesetpriority=spot:NoSchedule"];
            await update(cloud, poolType, id, { ...spot, maxCount: 9, nodeTaints });
        });

        it("holds its subnets, and takes its pools and windows along", async () => {
            await pool();
            await make(cloud, maintenanceType, window());
            for (const id of [nodeSubnetId, apiServerSubnetId]) {
                const row = cloud.provider.inventory.get("azure-native:network:Subnet", id);
                assert.ok(row !== undefined);
                assert.match(
                    deletionBlocker(azure, row, cloud.provider.inventory.view()) ?? "",
                    /InUseSubnetCannotBeDeleted/,
                );
            }
            await cloud.delete(clusterType, clusterId);
            const left = cloud.provider.inventory.rows().map(({ type }) => type);
            assert.deepEqual(
                [clusterType, poolType, maintenanceType].filter((type) => left.includes(type)),
                [],
            );
        });
    });
});
