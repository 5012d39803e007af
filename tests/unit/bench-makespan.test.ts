/** How long a fresh `up` on AWS takes beside what must be, and beside the Terraform module's order. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { chainTo, endOf, schedule, type Task } from "../../sandbox/bench/makespan";
import { moduleTasks } from "../../sandbox/bench/makespan-module";
import { ourTasks, unreasonedEdges } from "../../sandbox/bench/makespan-ours";
import { compareMakespans, makespanLines, MakespanTargets } from "../../sandbox/bench/makespan-report";
import { AwsDeployments } from "../support/aws-args";
import { recordedOnAws } from "../support/aws-recording";
import type { RegisteredResource } from "../support/graph";

const task = (name: string, seconds: number, ...after: string[]): Task => ({ name, seconds, source: "", after });

describe("the makespan of an order of work", () => {
    const diamond = [
        task("top", 2),
        task("left", 5, "top"),
        task("right", 7, "top"),
        task("bottom", 1, "left", "right"),
    ];

    it("runs whatever may run at the same time", () => {
        const spans = schedule(diamond);
        assert.deepEqual(spans.get("left"), { start: 2, end: 7 });
        assert.equal(endOf(spans, "bottom"), 10);
        assert.deepEqual(
            chainTo(diamond, spans, "bottom").map(({ name }) => name),
            ["top", "right", "bottom"],
        );
    });

    it("runs no more at a time than it may, in the order in which they could begin", () => {
        const spans = schedule(diamond, 1);
        assert.deepEqual(spans.get("right"), { start: 7, end: 14 });
        assert.equal(endOf(spans, "bottom"), 15);
    });

    it("passes through work that takes no time", () => {
        assert.equal(endOf(schedule([task("a", 0), task("b", 0, "a"), task("c", 3, "b")], 1), "c"), 3);
    });

    it("refuses an order that nobody can keep", () => {
        assert.throws(() => schedule([task("a", 1, "b"), task("b", 1, "a")]), /some wait for each other/);
        assert.throws(() => schedule([task("a", 1, "b")]), /nothing is called b/);
        assert.throws(() => schedule([task("a", 1), task("a", 1)]), /a name occurs twice/);
    });
});

describe("the makespan of a deployment on AWS", () => {
    let resources: readonly RegisteredResource[];
    before(async () => {
        resources = await recordedOnAws(AwsDeployments.minimal);
    });

    it("is that of the longest path which data and documentation demand", () => {
        const { ours, bound } = compareMakespans(resources);
        assert.ok(ours.applied <= bound.applied * MakespanTargets.bound, `${ours.applied} s, bound ${bound.applied} s`);
        assert.ok(ours.ready <= bound.ready * MakespanTargets.bound, `${ours.ready} s, bound ${bound.ready} s`);
    });

    it("is 0.8 times that of the module, or as near to it as the demanded edges allow", () => {
        const { ours, bound, module } = compareMakespans(resources);
        const aim = Math.max(MakespanTargets.module, (bound.applied / module.applied) * MakespanTargets.bound);
        assert.ok(ours.applied <= module.applied * aim, `${ours.applied} s, module ${module.applied} s`);
        assert.ok(ours.ready < module.ready && ours.applied < module.applied * 0.9);
    });

    it("holds cluster and nodes for the longest part, and says how long the add-ons take, each by itself", () => {
        const tasks = ourTasks(resources, "all");
        const seconds = (name: string) => tasks.find((one) => one.name === name)?.seconds;
        assert.deepEqual([seconds("cluster"), seconds("nodes-a"), seconds("instance")], [617, 119, 1]);
        assert.deepEqual([seconds("vpc-cni"), seconds("coredns")], [35, 45]);
        const chain = chainTo(tasks, schedule(tasks), "instance").map(({ name }) => name);
        assert.ok(chain.includes("cluster") && chain.includes("nodes-a"), chain.join(", "));
    });

    it("counts an edge that nobody demands", () => {
        const database = resources.find(({ name }) => name === "demo-database-a");
        assert.ok(database !== undefined);
        const after = `urn:pulumi:test::wandb::${database.urn}`;
        const slowed = resources.map((resource) =>
            resource.name === "demo-cluster" && resource.type.startsWith("aws:")
                ? { ...resource, dependencies: [...resource.dependencies, after] }
                : resource,
        );
        const { ours, bound } = compareMakespans(slowed);
        assert.ok(ours.applied > bound.applied * MakespanTargets.bound, `${ours.applied} s, bound ${bound.applied} s`);
        assert.deepEqual(unreasonedEdges(slowed), ["cluster -> database-a"]);
    });

    for (const [kind, args] of Object.entries(AwsDeployments)) {
        it(`has a reason for each edge that carries no data: ${kind}`, async () => {
            assert.deepEqual(unreasonedEdges(await recordedOnAws(args)), []);
        });
    }

    it("is shown with both longest chains and the source of each duration", () => {
        const text = makespanLines(resources).join("\n");
        assert.match(
            text,
            /^met: until the custom resource is applied, beside the longest demanded path: 1\.0\d times/m,
        );
        assert.match(
            text,
            /beside the module: 0\.\d\d times \(at most 0\.8\); the longest demanded path allows 0\.\d\d$/m,
        );
        assert.match(text, /\+617 cluster \(eks cluster: public terraform apply logs \(n = 10\)\)/);
        assert.match(text, /\+30 fixed sleep/);
    });
});

describe("the order of the Terraform module", () => {
    it("makes all of the network before the cluster, and all stores before the operator", () => {
        const spans = schedule(moduleTasks());
        const start = (name: string) => spans.get(name)?.start ?? Number.NaN;
        assert.ok(start("cluster") >= endOf(spans, "nat gateways"));
        assert.ok(start("node templates") >= endOf(spans, "cluster") + 30);
        assert.ok(start("vpc-cni") >= endOf(spans, "node groups"));
        assert.ok(start("operator") >= Math.max(endOf(spans, "database instance"), endOf(spans, "cache")));
    });
});
