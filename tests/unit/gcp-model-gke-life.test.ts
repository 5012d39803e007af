/** The life of simulated GKE clusters: what they bring and leave, which changes replace them, and what is told of them. */
import assert from "node:assert/strict";
import { firewallType, networkType, subnetworkType } from "../../sandbox/clouds/gcp/compute/shared";
import { poolExists } from "../../sandbox/clouds/gcp/container/pool";
import { properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { plantServiceAccount, project, region } from "../support/gcp-account";
import { clusterIdOf, clusterType, GkeCloud, networkId, nodePoolType, subnetId } from "../support/gke-cloud";

const encrypted = (keyName: string) => ({ databaseEncryption: { state: "ENCRYPTED", keyName } });

describe("the life of simulated GKE clusters", () => {
    let cloud: GkeCloud;
    beforeEach(async () => {
        cloud = await GkeCloud.start();
        await cloud.surroundings();
    });
    afterEach(() => cloud.remove());

    const id = clusterIdOf("w");
    const inventory = () => cloud.provider.inventory.view();

    it("are kept by the provider unless their protection is off", async () => {
        await cloud.cluster({ deletionProtection: null });
        await assert.rejects(cloud.delete(clusterType, id), /deletion_protection is set to true/);
        await cloud.update(clusterType, id, cloud.clusterInputs());
        await cloud.delete(clusterType, id);
        assert.equal(inventory().rows(clusterType).length, 0);
    });

    it("bring firewall rules that hold the network, and take them and their pools along", async () => {
        await cloud.cluster();
        await cloud.nodes();
        assert.equal(inventory().rows(firewallType).length, 4);
        await assert.rejects(cloud.delete(networkType, networkId), /in use|already being used/i);
        await assert.rejects(cloud.delete(subnetworkType, subnetId), /in use|already being used/i);
        await cloud.delete(clusterType, id);
        assert.deepEqual(
            [firewallType, nodePoolType].flatMap((type) => inventory().rows(type)),
            [],
        );
    });

    it("leave what an Ingress made, which holds the network (Trap 21)", async () => {
        await cloud.cluster();
        const rule = `projects/${project.projectId}/global/firewalls/k8s-fw-l7--0123456789abcdef`;
        await cloud.plant(firewallType, rule, { name: "k8s-fw-l7--0123456789abcdef", network: networkId });
        await cloud.delete(clusterType, id);
        await cloud.delete(subnetworkType, subnetId);
        await assert.rejects(cloud.delete(networkType, networkId), /k8s-fw-l7--0123456789abcdef/);
    });

    it("bring the pool of identities, which stays (Trap 8)", async () => {
        assert.equal(poolExists(project.projectId, inventory()), false);
        await cloud.cluster({ workloadIdentityConfig: null });
        assert.equal(poolExists(project.projectId, inventory()), false);
        await cloud.delete(clusterType, id);
        await cloud.cluster();
        assert.equal(poolExists(project.projectId, inventory()), true);
        assert.equal(poolExists("other-project", inventory()), false);
        await cloud.delete(clusterType, id);
        assert.equal(poolExists(project.projectId, inventory()), true);
    });

    it("let no member of the pool in before they are there", async () => {
        await plantServiceAccount(cloud.provider.inventory, "app");
        const grant = {
            serviceAccountId: `projects/${project.projectId}/serviceAccounts/app@${project.projectId}.iam.gserviceaccount.com`,
            role: "roles/iam.workloadIdentityUser",
            member: `serviceAccount:${project.projectId}.svc.id.goog[wandb/wandb-app]`,
        };
        const type = "gcp:serviceaccount/iAMMember:IAMMember";
        await assert.rejects(
            cloud.make(type, grant),
            /Identity Pool does not exist \(example-project\.svc\.id\.goog\)/,
        );
        await cloud.cluster();
        await cloud.make(type, grant);
    });

    describe("changes", () => {
        const replaced: readonly (readonly [string, PropertyMap])[] = [
            ["name", { name: "x" }],
            ["location", { location: `${region}-a` }],
            ["network", { network: "other" }],
            ["subnetwork", { subnetwork: "other" }],
            ["description", { description: "other" }],
            ["datapathProvider", { datapathProvider: "ADVANCED_DATAPATH" }],
            ["defaultMaxPodsPerNode", { defaultMaxPodsPerNode: 64 }],
            ["privateClusterConfig", { privateClusterConfig: { enablePrivateNodes: true } }],
            ["initialNodeCount", { initialNodeCount: 2 }],
            ["nodeConfig.bootDiskKmsKey", { nodeConfig: { bootDiskKmsKey: "k" } }],
            ["project", { project: "other-project" }],
        ];
        for (const [path, change] of replaced) {
            it(`of ${path} make another one`, async () => {
                const olds = cloud.clusterInputs({ nodeConfig: {} });
                assert.deepEqual(await cloud.changes(clusterType, olds, { ...olds, ...change }), [`!${path}`]);
            });
        }

        const inPlace: readonly (readonly [string, PropertyMap])[] = [
            ["nodeLocations", { nodeLocations: [`${region}-a`] }],
            ["databaseEncryption", encrypted("k")],
            ["releaseChannel", { releaseChannel: { channel: "STABLE" } }],
            ["minMasterVersion", { minMasterVersion: "1.36" }],
            ["masterAuthorizedNetworksConfig", { masterAuthorizedNetworksConfig: { cidrBlocks: [] } }],
            ["networkPolicy", { networkPolicy: { enabled: true } }],
            ["binaryAuthorization", { binaryAuthorization: { evaluationMode: "DISABLED" } }],
            ["maintenancePolicy", { maintenancePolicy: { dailyMaintenanceWindow: { startTime: "03:00" } } }],
            ["resourceLabels", { resourceLabels: { team: "ml" } }],
            ["deletionProtection", { deletionProtection: true }],
            ["addonsConfig", { addonsConfig: { gcsFuseCsiDriverConfig: { enabled: true } } }],
        ];
        for (const [path, change] of inPlace) {
            it(`of ${path} are made in place`, async () => {
                const olds = cloud.clusterInputs();
                assert.deepEqual(await cloud.changes(clusterType, olds, { ...olds, ...change }), [path]);
            });
        }

        it("of other words for the same, and what is not said any more, are none", async () => {
            const said = { datapathProvider: "ADVANCED_DATAPATH", nodeLocations: [`${region}-a`], ...encrypted("k") };
            const olds = cloud.clusterInputs(said);
            const news = cloud.clusterInputs({
                network: "w",
                subnetwork: `https://www.googleapis.com/compute/v1/${subnetId}`,
            });
            assert.deepEqual(await cloud.changes(clusterType, olds, news), []);
        });

        it("of lists that get shorter are made in place", async () => {
            const [first, second] = [`${region}-a`, `${region}-b`];
            const wide = {
                nodeLocations: [first, second],
                loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS"] },
            };
            const narrow = { nodeLocations: [first], loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS"] } };
            assert.deepEqual(await cloud.changes(clusterType, cloud.clusterInputs(wide), cloud.clusterInputs(narrow)), [
                "nodeLocations[1]",
                "loggingConfig.enableComponents[1]",
            ]);
            const pool = { cluster: id, nodeCount: 1 };
            const olds = { ...pool, nodeLocations: wide.nodeLocations };
            const news = { ...pool, nodeLocations: narrow.nodeLocations };
            assert.deepEqual(await cloud.changes(nodePoolType, olds, news), ["nodeLocations[1]"]);
            assert.deepEqual(await cloud.changes(nodePoolType, olds, pool), []);
        });
    });

    describe("that are looked up", () => {
        const ask = async (token: string, args: PropertyMap) =>
            (await cloud.provider.invoke(`gcp:container/${token}:${token}`, properties(args))).values;

        it("tell what they are, blocks as lists", async () => {
            await cloud.cluster();
            const found = await ask("getCluster", { name: "w", location: region });
            assert.equal(found["id"], id);
            assert.equal(found["network"], networkId);
            assert.deepEqual(found["workloadIdentityConfigs"], [{ workloadPool: "example-project.svc.id.goog" }]);
            assert.deepEqual(found["networkPolicies"], []);
            const [{ clusterCaCertificate }] = found["masterAuths"] as PropertyMap[];
            assert.equal(Buffer.from(textOf(clusterCaCertificate), "base64").toString(), "a certificate");
        });

        it("have to be there", async () => {
            await assert.rejects(
                ask("getCluster", { name: "w", location: region }),
                /projects\/example-project\/locations\/europe-west4\/clusters\/w not found/,
            );
        });

        it("run versions that are known by channel", async () => {
            const found = await ask("getEngineVersions", { location: region, versionPrefix: "1.35." });
            assert.equal(found["latestMasterVersion"], "1.35.8-gke.1036000");
            assert.equal((found["releaseChannelDefaultVersion"] as PropertyMap)["STABLE"], "1.34.8-gke.1000000");
        });
    });
});
