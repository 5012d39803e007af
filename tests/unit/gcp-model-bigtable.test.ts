/** The rules of the simulated Bigtable. */
import assert from "node:assert/strict";
import { gcp } from "../../sandbox/clouds/gcp";
import {
    backupType,
    gcPolicyType,
    instanceMemberType,
    instanceType,
    tableType,
} from "../../sandbox/clouds/gcp/bigtable/shared";
import { properties, type PropertyMap } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";
import { plantKey, plantProject, project, region } from "../support/gcp-account";

const instanceId = `projects/${project.projectId}/instances/history`;
const agent = `serviceAccount:service-${project.number}@gcp-sa-bigtable.iam.gserviceaccount.com`;

const cluster = (more: PropertyMap = {}): PropertyMap => ({
    clusterId: "history-c1",
    zone: `${region}-a`,
    autoscalingConfig: { minNodes: 1, maxNodes: 3, cpuTarget: 70 },
    ...more,
});
const second = cluster({ clusterId: "history-c2", zone: `${region}-b` });

describe("simulated Bigtable", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = new TestCloud({ cloud: gcp });
        cloud.provider.configure(properties({ project: project.projectId, region }));
        await plantProject(cloud.provider.inventory, project, ["bigtableadmin", "cloudkms"]);
    });
    afterEach(() => cloud.remove());

    const instanceInputs = (more: PropertyMap = {}): PropertyMap => ({
        name: "history",
        clusters: [cluster()],
        deletionProtection: false,
        ...more,
    });
    const instance = (more: PropertyMap = {}) => cloud.create(instanceType, instanceInputs(more), "instance");
    const table = (more: PropertyMap = {}) =>
        cloud.create(
            tableType,
            { name: "runs", instanceName: "history", columnFamilies: [{ family: "data" }], ...more },
            "table",
        );
    const policy = (more: PropertyMap = {}) =>
        cloud.create(
            gcPolicyType,
            {
                instanceName: "history",
                table: "runs",
                columnFamily: "data",
                gcRules: '{"rules":[{"max_version":1}]}',
                ...more,
            },
            "policy",
        );

    describe("instances", () => {
        it("have names of 6 to 33 characters, clusters of 6 to 30", async () => {
            const problems = (more: PropertyMap) =>
                cloud.problems(instanceType, instanceInputs(more)).then((all) => all.join());
            for (const name of ["wandb1", `w${"a".repeat(32)}`]) {
                assert.equal(await problems({ name }), "", name);
            }
            for (const name of ["wandb", "1wandb", "wandb-", `w${"a".repeat(33)}`]) {
                assert.match(await problems({ name }), /^name: must be 6 to 33/, name);
            }
            for (const clusterId of ["short", `c${"a".repeat(30)}`]) {
                assert.match(
                    await problems({ clusters: [cluster({ clusterId })] }),
                    /^clusters\[0\]\.clusterId: must be 6 to 30/,
                );
            }
            assert.match(await problems({ clusters: [] }), /^clusters: must have at least 1 item/);
            assert.match(await problems({ clusters: [cluster(), cluster()] }), /duplicated cluster_id: history-c1/);
        });

        it("need their API, a zone, and one zone for each cluster", async () => {
            await assert.rejects(instance({ clusters: [cluster({ zone: region })] }), /is not a zone of Bigtable/);
            const { clusterId } = cluster();
            await assert.rejects(instance({ clusters: [{ clusterId }] }), /cannot determine zone/);
            const beside = cluster({ clusterId: "history-c2" });
            await assert.rejects(instance({ clusters: [cluster(), beside] }), /Only one cluster per zone is allowed/);
            assert.equal((await instance({ clusters: [cluster(), second] })).id, instanceId);
            await assert.rejects(instance(), /AlreadyExists/);
            cloud.provider.configure(properties({ project: "another-project" }));
            await assert.rejects(instance(), /Cloud Bigtable Admin API has not been used/);
        });

        for (const [what, scaling, error] of [
            ["a low target", { minNodes: 1, maxNodes: 3, cpuTarget: 9 }, /cpu_utilization_percent must be 10 to 80/],
            ["a high target", { minNodes: 1, maxNodes: 3, cpuTarget: 81 }, /cpu_utilization_percent/],
            ["no nodes", { minNodes: 0, maxNodes: 3, cpuTarget: 70 }, /min_serve_nodes/],
            ["fewer at most than at least", { minNodes: 4, maxNodes: 3, cpuTarget: 70 }, /min_serve_nodes/],
            ["more than tenfold growth", { minNodes: 1, maxNodes: 11, cpuTarget: 70 }, /max_serve_nodes/],
        ] as const) {
            it(`refuse ${what}`, async () => {
                await assert.rejects(instance({ clusters: [cluster({ autoscalingConfig: scaling })] }), error);
            });
        }

        it("are encrypted with keys of their region that the service agent may use", async () => {
            const withKey = (kmsKeyName: string) => instance({ clusters: [cluster({ kmsKeyName })] });
            const far = await plantKey(cloud.provider.inventory, "us-east1", [agent]);
            await assert.rejects(withKey(far), /is not in the region of the cluster, europe-west4/);
            const closed = await plantKey(cloud.provider.inventory, region);
            await assert.rejects(withKey(closed), /cannot use the Cloud KMS key/);
        });

        it("are encrypted with a key once it is granted", async () => {
            const kmsKeyName = await plantKey(cloud.provider.inventory, region, [agent]);
            await instance({ clusters: [cluster({ kmsKeyName })] });
        });

        it("are replaced for another zone, disk or key of a cluster, but grow in place", async () => {
            const replaces = async (...clusters: PropertyMap[]) => {
                const bags = {
                    oldInputs: properties(instanceInputs()),
                    news: properties(instanceInputs({ clusters })),
                };
                const { changes } = await cloud.provider.diff({ urn: urnOf(instanceType), id: "x", ...bags });
                return changes.some((change) => change.replaces);
            };
            assert.ok(await replaces(cluster({ zone: `${region}-c` })));
            assert.ok(await replaces(cluster({ storageType: "HDD" })));
            assert.ok(await replaces(cluster({ kmsKeyName: "key" })));
            assert.ok(!(await replaces(cluster(), second)));
            assert.ok(!(await replaces(cluster({ autoscalingConfig: { minNodes: 2, maxNodes: 4, cpuTarget: 60 } }))));
        });

        it("cannot rename a cluster, since its zone takes no second one", async () => {
            const { outputs } = await instance();
            const update = (clusters: PropertyMap[]) =>
                cloud.provider.update({
                    urn: urnOf(instanceType, "instance"),
                    id: instanceId,
                    oldOutputs: outputs,
                    news: properties(instanceInputs({ clusters })),
                    preview: false,
                });
            await assert.rejects(update([cluster({ clusterId: "renamed" })]), /Only one cluster per zone is allowed/);
            await update([cluster(), second]);
        });

        it("stay as long as they are protected, or hold protected tables or backups", async () => {
            const gone = () => cloud.delete(instanceType, instanceId, "instance");
            await cloud.create(instanceType, instanceInputs({ name: "history2", deletionProtection: true }), "other");
            await assert.rejects(
                cloud.delete(instanceType, `${instanceId}2`, "other"),
                /without setting deletion_protection=false/,
            );
            await instance();
            const { id } = await table({ deletionProtection: "PROTECTED" });
            await assert.rejects(gone(), /contains tables with deletion protection/);
            await assert.rejects(cloud.delete(tableType, id, "table"), /is protected against deletion/);
        });

        it("with backups go by force only, and take along what they have", async () => {
            await instance();
            await table();
            await policy();
            const member = { instance: "history", role: "roles/bigtable.user", member: "user:me@example.com" };
            const granted = await cloud.create(instanceMemberType, { ...member, project: project.projectId }, "member");
            assert.equal(granted.id, `${instanceId}/roles/bigtable.user/user:me@example.com`);
            const backup = { type: backupType, id: "backup", inputs: { instance: instanceId }, outputs: {} };
            await cloud.provider.inventory.plant(backup);
            await assert.rejects(
                cloud.delete(instanceType, instanceId, "instance"),
                /Cannot delete instance with backups/,
            );
            await cloud.provider.update({
                urn: urnOf(instanceType, "instance"),
                id: instanceId,
                oldOutputs: properties(instanceInputs()),
                news: properties(instanceInputs({ forceDestroy: true })),
                preview: false,
            });
            await cloud.delete(instanceType, instanceId, "instance");
            const left = cloud.provider.inventory.rows().filter(({ type }) => type.startsWith("gcp:bigtable/"));
            assert.deepEqual(left, []);
        });
    });

    describe("tables", () => {
        it("need their instance, and exist once", async () => {
            await assert.rejects(table(), /Instance not found: projects\/example-project\/instances\/history/);
            await instance();
            assert.equal((await table()).id, `${instanceId}/tables/runs`);
            await assert.rejects(table(), /AlreadyExists/);
        });

        for (const [retentionPeriod, frequency, error] of [
            ["72h0m0s", "24h0m0s", undefined],
            ["2160h", "24h", undefined],
            ["0", "0", undefined],
            ["71h", "24h", /retentionPeriod: must be 72h to 2160h/],
            ["2161h", "24h", /retentionPeriod: must be 72h to 2160h/],
            ["72h", "12h", /frequency: must be 24h/],
            ["3d", "24h", /retentionPeriod: must be a duration/],
        ] as const) {
            it(`${error === undefined ? "take" : "refuse"} backups every ${frequency}, kept ${retentionPeriod}`, async () => {
                const problems = await cloud.problems(tableType, {
                    name: "runs",
                    instanceName: "history",
                    automatedBackupPolicy: { retentionPeriod, frequency },
                });
                assert.match(problems.join(), error ?? /^$/);
            });
        }
    });

    describe("policies of garbage collection", () => {
        it("are for families that are there", async () => {
            await instance();
            await assert.rejects(policy(), /Table not found/);
            await table();
            await assert.rejects(policy({ columnFamily: "none" }), /Requested column family not found: none/);
            assert.equal((await policy()).id, `${instanceId}/tables/runs/columnFamilies/data`);
        });

        it("have rules", async () => {
            const problems = (gcRules: string, more: PropertyMap = {}) =>
                cloud
                    .problems(gcPolicyType, { instanceName: "i", table: "t", columnFamily: "f", gcRules, ...more })
                    .then((all) => all.join());
            assert.match(await problems("{"), /gcRules: contains an invalid JSON/);
            assert.match(await problems('{"rules":[]}'), /`rules` need at least 1 element/);
            assert.match(
                await problems('{"rules":[{}]}', { maxVersions: [{ number: 1 }] }),
                /conflicts with maxVersions/,
            );
        });

        it("of tables that are copied cannot be deleted, only abandoned", async () => {
            await instance({ clusters: [cluster(), second] });
            await table();
            const { id } = await policy();
            await assert.rejects(cloud.delete(gcPolicyType, id, "policy"), /replicated table cannot be relaxed/);
        });

        it("are abandoned on request", async () => {
            await instance({ clusters: [cluster(), second] });
            await table();
            const { id } = await policy({ deletionPolicy: "ABANDON" });
            await cloud.delete(gcPolicyType, id, "policy");
        });
    });
});
