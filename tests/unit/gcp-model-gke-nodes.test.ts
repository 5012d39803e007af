/** The rules of simulated GKE node pools: for each what GKE takes and what it refuses. */
import assert from "node:assert/strict";
import { cpuQuota } from "../../sandbox/clouds/gcp/container/machines";
import { setQuotas } from "../../sandbox/clouds/quotas";
import type { PropertyMap } from "../../sandbox/clouds/values";
import { plantKey, region } from "../support/gcp-account";
import { clusterIdOf, GkeCloud, nodeAccount, nodePoolType, secretsAgent } from "../support/gke-cloud";

const machines = (machineType: string, diskType: string) => ({ nodeConfig: { machineType, diskType } });

describe("simulated GKE node pools", () => {
    let cloud: GkeCloud;
    beforeEach(async () => {
        cloud = await GkeCloud.start();
        await cloud.surroundings();
        await cloud.cluster();
    });
    afterEach(() => cloud.remove());

    const id = `${clusterIdOf("w")}/nodePools/nodes`;

    it("are in the zones of their cluster, in its version", async () => {
        const { id: made, outputs } = await cloud.nodes();
        assert.equal(made, id);
        const { values } = outputs;
        assert.deepEqual(values["nodeLocations"], [`${region}-a`, `${region}-b`, `${region}-c`]);
        assert.equal((values["instanceGroupUrls"] as string[]).length, 3);
        assert.equal(values["version"], "1.35.8-gke.1036000");
        assert.equal(values["location"], region);
        assert.equal(values["nodeCount"], 1);
    });

    const taken: readonly (readonly [string, PropertyMap])[] = [
        ["the cluster by its id", { cluster: clusterIdOf("w"), location: null }],
        ["zones of their own", { nodeLocations: [`${region}-b`] }],
        ["limits for the whole pool", { autoscaling: { totalMinNodeCount: 1, totalMaxNodeCount: 8 } }],
        ["no node at first", { initialNodeCount: 0, autoscaling: { minNodeCount: 0, maxNodeCount: 1 } }],
        ["Hyperdisk where there is nothing else", machines("n4-standard-8", "hyperdisk-balanced")],
        ["either disk where both are", machines("c3-standard-8", "pd-balanced")],
        ["machines of one's own shape", machines("n2-custom-8-32768", "pd-ssd")],
        ["nobody away and two more", { upgradeSettings: { maxSurge: 2, maxUnavailable: 0 } }],
    ];
    for (const [what, changes] of taken) {
        it(`take ${what}`, async () => {
            await cloud.nodes(changes);
        });
    }

    const refused: readonly (readonly [string, PropertyMap, RegExp])[] = [
        ["a cluster that is not there", { cluster: "gone" }, /Error 404: Not found: projects\/.*\/clusters\/gone/],
        ["a cluster elsewhere", { location: `${region}-a` }, /Error 404: Not found: .*europe-west4-a\/clusters\/w/],
        ["a name in capitals", { name: "Nodes" }, /can only contain lowercase letters/],
        ["a name that is too long", { name: "n".repeat(41) }, /cannot be longer than 40 characters/],
        ["zones of another region", { nodeLocations: ["us-east1-b"] }, /zones of region "europe-west4"/],
        [
            "more at least than at most",
            { autoscaling: { minNodeCount: 5, maxNodeCount: 4 } },
            /not below the min node count 5/,
        ],
        ["no node at most", { autoscaling: { minNodeCount: 0, maxNodeCount: 0 } }, /max node count must be at least 1/],
        ["less than none", { autoscaling: { minNodeCount: -1, maxNodeCount: 4 } }, /to be at least \(0\)/],
        [
            "both kinds of limits",
            { autoscaling: { maxNodeCount: 4, totalMaxNodeCount: 8 } },
            /Per-zone and total autoscaling limits cannot be set/,
        ],
        [
            "versions that stay",
            { management: { autoUpgrade: false } },
            /Auto_upgrade must be true when release_channel REGULAR/,
        ],
        ["nodes that stay broken", { management: { autoRepair: false } }, /Auto_repair cannot be false/],
        ["upgrades that go nowhere", { upgradeSettings: { maxSurge: 0 } }, /must be 1 to 20 \(0 given\)/],
        [
            "upgrades of all at once",
            { upgradeSettings: { maxSurge: 20, maxUnavailable: 1 } },
            /must be 1 to 20 \(21 given\)/,
        ],
        ["an unknown machine", machines("large", "pd-ssd"), /Machine type "large" does not exist/],
        [
            "Persistent Disk on N4",
            machines("n4-standard-8", "pd-balanced"),
            /pd-balanced disk type cannot be used by n4-standard-8/,
        ],
        [
            "Hyperdisk on N2",
            machines("n2-standard-8", "hyperdisk-balanced"),
            /hyperdisk-balanced disk type cannot be used by n2/,
        ],
        ["a small disk", { nodeConfig: { diskSizeGb: 9 } }, /expected to be at least \(10\)/],
        [
            "an effect as Kubernetes writes it",
            { nodeConfig: { taints: [{ key: "a", value: "", effect: "NoSchedule" }] } },
            /must be one of NO_SCHEDULE/,
        ],
        [
            "a taint without a value",
            { nodeConfig: { taints: [{ key: "a", effect: "NO_SCHEDULE" }] } },
            /value: is required/,
        ],
        [
            "an account that is not there",
            { nodeConfig: { serviceAccount: "x@example-project.iam.gserviceaccount.com" } },
            /iam\.serviceAccountUser role/,
        ],
        ["a label in capitals", { nodeConfig: { resourceLabels: { Team: "ml" } } }, /Invalid label key "Team"/],
    ];
    for (const [what, changes, expected] of refused) {
        it(`refuse ${what}`, () => assert.rejects(cloud.nodes(changes), expected));
    }

    it("refuse a key that only GKE's agent may use", async () => {
        const bootDiskKmsKey = await plantKey(cloud.provider.inventory, "europe", [secretsAgent]);
        await assert.rejects(cloud.nodes({ nodeConfig: { bootDiskKmsKey } }), /for service-\d+@compute-system/);
    });

    it("have one of a name", async () => {
        await cloud.nodes();
        await assert.rejects(cloud.nodes(), /resource - .*\/nodePools\/nodes - already exists/);
    });

    it("stay within the CPUs of the project", async () => {
        setQuotas(cloud.dir, { [cpuQuota]: 40 });
        await cloud.nodes();
        await assert.rejects(
            cloud.nodes({ name: "more" }),
            /resource "CPUS": request requires '24\.0' and is short '8\.0'\. project has a quota of '40\.0' with '16\.0' available/,
        );
        await cloud.nodes({ name: "one", nodeLocations: [`${region}-a`] });
    });

    it("can go while their cluster stays", async () => {
        await cloud.nodes();
        await cloud.delete(nodePoolType, id);
        assert.equal(cloud.provider.inventory.view().rows(nodePoolType).length, 0);
    });

    const config = (changes: PropertyMap) => ({
        nodeConfig: { serviceAccount: nodeAccount, machineType: "a-b-1", ...changes },
    });
    const replaced: readonly (readonly [string, PropertyMap])[] = [
        ["cluster", { cluster: "x" }],
        ["initialNodeCount", { initialNodeCount: 2 }],
        ["maxPodsPerNode", { maxPodsPerNode: 64 }],
        ["name", { name: "x" }],
        ["nodeConfig.serviceAccount", config({ serviceAccount: "x" })],
        ["nodeConfig.bootDiskKmsKey", config({ bootDiskKmsKey: "k" })],
        ["nodeConfig.spot", config({ spot: true })],
        ["nodeConfig.shieldedInstanceConfig", config({ shieldedInstanceConfig: { enableSecureBoot: true } })],
        ["nodeConfig.oauthScopes", config({ oauthScopes: [] })],
    ];
    for (const [path, change] of replaced) {
        it(`are another one when ${path} changes`, async () => {
            const olds = cloud.poolInputs(config({}));
            assert.deepEqual(await cloud.changes(nodePoolType, olds, { ...olds, ...change }), [`!${path}`]);
        });
    }

    const inPlace: readonly (readonly [string, PropertyMap])[] = [
        ["autoscaling.maxNodeCount", { autoscaling: { minNodeCount: 1, maxNodeCount: 5 } }],
        ["nodeLocations", { nodeLocations: [`${region}-a`] }],
        ["upgradeSettings", { upgradeSettings: { maxSurge: 2 } }],
        ["nodeConfig.machineType", config({ machineType: "a-b-2" })],
        ["nodeConfig.diskSizeGb", config({ diskSizeGb: 200 })],
        ["nodeConfig.diskType", config({ diskType: "pd-ssd" })],
        ["nodeConfig.labels", config({ labels: { a: "b" } })],
        ["nodeConfig.taints", config({ taints: [] })],
        ["nodeConfig.tags", config({ tags: ["a"] })],
        ["nodeConfig.resourceLabels", config({ resourceLabels: { a: "b" } })],
        ["nodeConfig.workloadMetadataConfig", config({ workloadMetadataConfig: { mode: "GKE_METADATA" } })],
    ];
    for (const [path, change] of inPlace) {
        it(`stay when ${path} changes`, async () => {
            const olds = cloud.poolInputs(config({}));
            assert.deepEqual(await cloud.changes(nodePoolType, olds, { ...olds, ...change }), [path]);
        });
    }

    it("stay when something is not said any more", async () => {
        const olds = cloud.poolInputs({ ...config({ diskSizeGb: 200 }), nodeLocations: [`${region}-a`] });
        const news = cloud.poolInputs({ ...config({}), initialNodeCount: null });
        assert.deepEqual(await cloud.changes(nodePoolType, olds, news), []);
    });
});
