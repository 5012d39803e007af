import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { createBigtable } from "../../sdk/gcp/bigtable/bigtable";
import type { GcpBigtableArgs } from "../../sdk/gcp/args/bigtable";
import { lastPart } from "../support/aws-stores";
import type { TestCloud } from "../support/cloud-frame";
import { project, region } from "../support/gcp-account";
import { type GcpSettings, makeGcpPart, makeInCloud, startGcpCloud } from "../support/gcp-surroundings";
import { promiseOf } from "../support/resolve";

const keyId = `projects/${project.projectId}/locations/${region}/keyRings/r/cryptoKeys/k`;

describe("Bigtable on Google Cloud", () => {
    const make = (bigtable: GcpBigtableArgs = {}, settings: GcpSettings = {}) =>
        makeGcpPart(
            ({ scope, apis }) => createBigtable(scope, { bigtable, keyId: pulumi.output(keyId), apis }),
            settings,
        );
    const clustersIn = ({ graph }: Awaited<ReturnType<typeof make>>) =>
        graph.byName("wandb-bigtable").inputs["clusters"] as Record<string, unknown>[];

    it("is a protected instance with one encrypted cluster that grows by itself", async () => {
        const one = await make();
        const instance = one.graph.byName("wandb-bigtable");
        const name = String(instance.inputs["name"]);
        assert.match(name, /^wandb-bigtable-0badcafe$/);
        assert.deepEqual(clustersIn(one), [
            {
                clusterId: `${name}-c1`,
                zone: `${region}-b`,
                storageType: "SSD",
                kmsKeyName: keyId,
                autoscalingConfig: { minNodes: 1, maxNodes: 3, cpuTarget: 70 },
            },
        ]);
        assert.deepEqual(
            [instance.inputs["deletionProtection"], instance.inputs["forceDestroy"], instance.protect],
            [true, false, true],
        );
        assert.equal(instance.deleteBeforeReplace, true);
        assert.deepEqual(instance.dependencies.map(lastPart), ["wandb-bigtableadmin-api", "wandb-bigtable-name"]);
    });

    it("has names that fit, whatever the deployment is called", async () => {
        const name = "a-deployment-with-a-long-name-1";
        const { graph } = await make({}, { name });
        const { inputs } = graph.byName(`${name}-bigtable`);
        const [cluster] = inputs["clusters"] as { clusterId: string }[];
        assert.match(String(inputs["name"]), /^[a-z][a-z0-9-]{4,31}[a-z0-9]$/);
        assert.match(cluster.clusterId, /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/);
    });

    it("has the tables of the history store, of which only the last version is kept, with daily backups", async () => {
        const { graph } = await make();
        const tables = graph.resources.filter(({ type }) => type === "gcp:bigtable/table:Table");
        const families = tables.map(({ inputs }): [string, string[]] => [
            String(inputs["name"]),
            (inputs["columnFamilies"] as { family: string }[]).map(({ family }) => family),
        ]);
        assert.deepEqual(Object.fromEntries(families), {
            "omni-history": ["x"],
            "omni-history-lookup": ["x"],
            runs: ["data", "metadata"],
            logs: ["line"],
            history: ["event"],
        });
        for (const { inputs, protect } of tables) {
            assert.deepEqual([inputs["deletionProtection"], protect], ["PROTECTED", true]);
            assert.deepEqual(inputs["automatedBackupPolicy"], { retentionPeriod: "168h0m0s", frequency: "24h0m0s" });
        }
        const policies = graph.resources.filter(({ type }) => type === "gcp:bigtable/gCPolicy:GCPolicy");
        assert.deepEqual(
            policies.map(({ inputs }) => `${String(inputs["table"])}.${String(inputs["columnFamily"])}`).sort(),
            ["history.event", "logs.line", "omni-history-lookup.x", "omni-history.x", "runs.data", "runs.metadata"],
        );
        policies.forEach(({ inputs }) => assert.equal(inputs["gcRules"], '{"rules":[{"max_version":1}]}'));
    });

    it("takes its shape from the arguments", async () => {
        const zones = [`${region}-a`, `${region}-c`];
        const one = await make(
            {
                instanceName: "history",
                zones,
                clusterNames: ["history-1", "history-2"],
                storage: "HDD",
                minNodes: 2,
                maxNodes: 5,
                cpuTarget: 50,
                backupDays: 0,
            },
            { deletionProtection: false },
        );
        const { inputs, protect } = one.graph.byName("wandb-bigtable");
        assert.equal(inputs["name"], "history");
        assert.deepEqual(
            clustersIn(one),
            zones.map((zone, index) => ({
                clusterId: `history-${index + 1}`,
                zone,
                storageType: "HDD",
                kmsKeyName: keyId,
                autoscalingConfig: { minNodes: 2, maxNodes: 5, cpuTarget: 50 },
            })),
        );
        assert.deepEqual([inputs["deletionProtection"], inputs["forceDestroy"], protect], [false, true, undefined]);
        const table = one.graph.byName("wandb-bigtable-runs").inputs;
        assert.equal(table["deletionProtection"], "UNPROTECTED");
        assert.deepEqual(table["automatedBackupPolicy"], { retentionPeriod: "0", frequency: "0" });
    });

    it("is told to W&B once its tables are there", async () => {
        class User extends pulumi.CustomResource {
            constructor(instance: pulumi.Input<string>) {
                super("test:index:User", "user", { instance });
            }
        }
        const { graph } = await makeGcpPart(({ scope, apis }) => {
            new User(createBigtable(scope, { bigtable: {}, keyId: undefined, apis }).instance);
        });
        const waits = graph.byName("user").dependencies.map(lastPart);
        assert.ok(waits.includes("wandb-bigtable-runs-metadata") && waits.includes("wandb-bigtable-history-event"));
    });

    describe("in the simulated cloud", () => {
        let cloud: TestCloud;
        beforeEach(async () => {
            cloud = await startGcpCloud();
        });
        afterEach(() => cloud.remove());

        const makeThere = (settings: GcpSettings) =>
            makeInCloud(
                cloud,
                ({ scope, apis }) =>
                    createBigtable(scope, {
                        bigtable: { zones: [`${region}-a`, `${region}-b`] },
                        keyId: undefined,
                        apis,
                    }),
                settings,
            );

        it("goes when the protection is off, although its tables are copied", async () => {
            const { run, made } = await makeThere({ deletionProtection: false });
            assert.match(await promiseOf(made.instance), /^wandb-bigtable-/);
            await run.destroy((candidates) => candidates[0]);
            assert.ok(!cloud.provider.inventory.rows().some(({ type }) => type.startsWith("gcp:bigtable/")));
        });

        it("stays as long as it is protected", async () => {
            const { run } = await makeThere({});
            await assert.rejects(
                run.destroy((candidates) => candidates[0]),
                /is protected against deletion/,
            );
        });
    });
});
