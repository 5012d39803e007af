/** The cluster against the simulated Google Cloud: it accepts what the component asks for, and lets it go in any order that the edges allow. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { apiType, serviceType } from "../../sandbox/clouds/gcp/apis";
import { poolExists } from "../../sandbox/clouds/gcp/container/pool";
import { GcpBucketEncryption } from "../../sdk/gcp/args/bucket";
import { type GcpClusterArgs, GcpNetworkPolicy, GcpReleaseChannel, GcpWeekday } from "../../sdk/gcp/args/cluster";
import { GcpVolumeType } from "../../sdk/gcp/args/nodes";
import { createCluster } from "../../sdk/gcp/cluster/cluster";
import type { GkeFacts } from "../../sdk/gcp/facts";
import { createKeys } from "../../sdk/gcp/keys/keys";
import { createNetwork } from "../../sdk/gcp/network/network";
import { GcpSizes } from "../../sdk/sizes";
import type { AccessArgs } from "../../sdk/args/infrastructure";
import { project, region } from "../support/gcp-account";
import { type GcpSettings, makeInCloud } from "../support/gcp-surroundings";
import { clusterType, GkeCloud, nodePoolType } from "../support/gke-cloud";
import type { ModelledCloud } from "../support/modelled-cloud";
import { promiseOf } from "../support/resolve";

/** Deletes what Google refuses first as early as the edges allow. */
const dangerous = ["-vpc", "subnet", "key", "account", "api", "cluster"];
const mostDangerous = (candidates: readonly string[]): string => {
    const rank = (name: string): number => dangerous.findIndex((word) => name.includes(word)) >>> 0;
    return [...candidates].sort((one, other) => rank(one) - rank(other))[0];
};

describe("GKE cluster on the simulated Google Cloud", () => {
    let cloud: GkeCloud;
    beforeEach(async () => {
        cloud = await GkeCloud.start([]);
    });
    afterEach(() => cloud.remove());

    function make(
        cluster: GcpClusterArgs,
        { access = { cidrs: ["203.0.113.0/24"] }, ...settings }: GcpSettings & { access?: AccessArgs } = {},
    ): Promise<{ run: ModelledCloud; made: GkeFacts }> {
        return makeInCloud(
            cloud,
            ({ scope, apis }) => {
                const network = createNetwork(scope, {}, { apis, privateServices: false });
                const keys = createKeys(scope, {
                    key: {},
                    encryption: GcpBucketEncryption.Kms,
                    bucketElsewhere: false,
                    wants: { cluster: true, database: false, cache: false, topics: false, bigtable: false },
                    apis,
                });
                return createCluster(scope, {
                    cluster,
                    access,
                    apis,
                    network,
                    key: keys.cluster,
                    size: GcpSizes.small,
                });
            },
            { deletionProtection: false, ...settings },
        );
    }

    /** What is there besides the project, its APIs and what Google keeps. */
    const left = (): string[] => {
        const kept =
            /^gcp:(kms|organizations|serviceAgent|iam\/workloadIdentityPool)|serviceIdentity|^(pulumi|kubernetes):/;
        return cloud.provider.inventory
            .rows()
            .filter(({ type }) => ![apiType, serviceType].includes(type) && !kept.test(type))
            .map(({ type, id }) => `${type} ${id}`);
    };

    const everything: GcpClusterArgs = {
        name: "w",
        description: "Weights & Biases",
        location: `${region}-b`,
        nodeZones: [`${region}-b`, `${region}-c`],
        releaseChannel: GcpReleaseChannel.Stable,
        minVersion: "1.34",
        controlPlaneCidr: "172.16.0.0/28",
        networkPolicy: GcpNetworkPolicy.Calico,
        intranodeVisibility: false,
        binaryAuthorization: true,
        maxPodsPerNode: 64,
        maintenance: { days: [GcpWeekday.Friday], startTime: "18:30", hours: 12 },
        loggingComponents: [],
        monitoringComponents: [],
        managedPrometheus: false,
        gcsFuse: true,
        dnsEndpoint: true,
        nodes: { name: "first", machineType: "n4-highmem-8", diskType: "hyperdisk-balanced", maxUnavailable: 1 },
        nodePools: {
            batch: { spot: true, minPerZone: 0, taints: [{ key: "only", effect: "NO_SCHEDULE" }], secureBoot: false },
        },
        nodeAccount: { accountId: "w-nodes", artifactRegistryReader: true },
        volumeType: GcpVolumeType.HyperdiskBalanced,
        labels: { stage: "a" },
    };

    for (const [what, args, access] of [
        ["by default", {}, undefined],
        ["with everything", everything, undefined],
        ["with a private API server", {}, { private: true }],
        ["with kube-proxy", { networkPolicy: GcpNetworkPolicy.None }, undefined],
    ] as const) {
        it(`comes and goes ${what}`, async () => {
            const { run } = await make(args, { access });
            assert.equal(cloud.provider.inventory.view().rows(clusterType).length, 1);
            const order = await run.destroy(mostDangerous);
            assert.ok(order.indexOf("wandb-nodes") < order.indexOf("wandb-cluster"));
            assert.deepEqual(left(), []);
        });
    }

    it("comes under the longest name of a deployment", async () => {
        const name = "w23456789-123456789-1234567890";
        const { made } = await make({ nodePools: { "1234567890123456789012345": {} } }, { name });
        assert.match(await promiseOf(made.name), /^w23456789-123456789-1234567890-[0-9a-f]{8}$/);
        assert.match(
            (await promiseOf(made.nodeServiceAccountEmail)) ?? "",
            /^w23456789-123456789-1-[0-9a-f]{8}@example-project\.iam/,
        );
        const [first, second] = cloud.provider.inventory.view().rows(nodePoolType);
        assert.match(first.id, /\/nodePools\/nodes-[0-9a-f]{8}$/);
        assert.match(second.id, /\/nodePools\/nodes-1234567890123456789012345-[0-9a-f]{8}$/);
    });

    it("goes in any order that its edges allow", async () => {
        await fc.assert(
            fc.asyncProperty(fc.infiniteStream(fc.nat()), async (numbers) => {
                const { run } = await make({ nodePools: { batch: {} } });
                await run.destroy((candidates) => candidates[Number(numbers.next().value) % candidates.length]);
                assert.deepEqual(left(), []);
            }),
            { numRuns: 4 },
        );
    });

    it("is kept by the provider's own deletion protection", async () => {
        const { run } = await make({}, { deletionProtection: true });
        await assert.rejects(run.destroy(mostDangerous), /deletion_protection is set to true/);
        assert.equal(cloud.provider.inventory.view().rows(clusterType).length, 1);
    });

    it("tells its facts, and the pool of identities only with the cluster (Trap 8)", async () => {
        assert.equal(poolExists(project.projectId, cloud.provider.inventory.view()), false);
        const { made } = await make({});
        const name = await promiseOf(made.name);
        const id = `projects/${project.projectId}/locations/${region}/clusters/${name}`;
        assert.equal(await promiseOf(made.id), id);
        assert.equal(await promiseOf(made.location), region);
        assert.equal(await promiseOf(made.endpoint), "https://192.0.2.10");
        assert.equal(await promiseOf(made.workloadPool), `${project.projectId}.svc.id.goog`);
        assert.equal(await promiseOf(made.tokenIssuer), `https://container.googleapis.com/v1/${id}`);
        assert.equal(await pulumi.isSecret(made.kubeconfig), true);
        assert.equal(poolExists(project.projectId, cloud.provider.inventory.view()), true);
    });

    it("answers by its DNS name when asked, without a CA of its own", async () => {
        const { made } = await make({ dnsEndpoint: true }, { access: { private: true } });
        const { clusters } = JSON.parse(await promiseOf(made.kubeconfig)) as {
            clusters: { cluster: Record<string, string> }[];
        };
        assert.match(clusters[0].cluster["server"], /^https:\/\/gke-[0-9a-f]{32}-\d+\.europe-west4\.gke\.goog$/);
        assert.deepEqual(Object.keys(clusters[0].cluster), ["server"]);
    });
});
