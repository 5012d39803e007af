/** How long a fresh `up` takes beside what must be, and beside the Terraform modules' order. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { chainTo, endOf, schedule, type Task } from "../../sandbox/bench/makespan";
import { awsMakespan } from "../../sandbox/bench/makespan-aws";
import { azureMakespan } from "../../sandbox/bench/makespan-azure";
import { gcpMakespan } from "../../sandbox/bench/makespan-gcp";
import { ourTasks, unreasonedEdges } from "../../sandbox/bench/makespan-ours";
import { BoundTarget, compareMakespans, makespanLines } from "../../sandbox/bench/makespan-report";
import { countOf, tasksOf, type CloudMakespan } from "../../sandbox/bench/makespan-rows";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { AwsDeployments } from "../support/aws-args";
import { recordedOnAws } from "../support/aws-recording";
import { AzureDeployments } from "../support/azure-args";
import { recordedOnAzure } from "../support/azure-recording";
import { GcpDeployments } from "../support/gcp-args";
import { recordedOnGcp } from "../support/gcp-recording";
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

describe("what is said of a cloud", () => {
    it("lasts as long as its table says, no time, or as long as is known elsewhere", () => {
        const tasks = tasksOf([
            ["one", "gcp:gke node pool", 1, ""],
            ["two", "", 2, "one"],
            ["three, four", { seconds: 7, source: "a log" }, 2, "one, two"],
            ["five", "kubernetes:object created", 1, "three, four; two"],
        ]);
        assert.deepEqual(
            tasks.map(({ seconds, after }) => [seconds, after]),
            [
                [94, []],
                [0, ["one"]],
                [7, ["one", "two"]],
                [1, ["three, four", "two"]],
            ],
        );
        assert.deepEqual(
            tasks.slice(0, 3).map(({ source }) => source),
            ["gke node pool: public terraform apply logs (n = 4)", "", "a log"],
        );
    });

    it("has no durations of its own invention", () => {
        assert.throws(() => tasksOf([["one", "gcp:gke node pol", 1, ""]]), /gcp\.json: no entry "gke node pol"/);
    });
});

interface Case {
    readonly cloud: CloudMakespan;
    readonly deployments: Readonly<Record<"minimal", WandbDeploymentArgs>>;
    readonly record: (args: WandbDeploymentArgs) => Promise<readonly RegisteredResource[]>;
    /** Logical names of the database, and of what in the module lasts as long as one of our resources. */
    readonly database: string;
    readonly alike: Readonly<Record<string, string>>;
    /** Less than this times the module, until the custom resource is applied. */
    readonly below: number;
}

const cases: readonly Case[] = [
    {
        cloud: awsMakespan,
        deployments: AwsDeployments,
        record: recordedOnAws,
        database: "database-a",
        alike: { cluster: "cluster", "nodes-a": "node groups", cache: "cache", instance: "wandb-cr" },
        below: 0.9,
    },
    {
        cloud: gcpMakespan,
        deployments: GcpDeployments,
        record: recordedOnGcp,
        database: "database",
        alike: {
            cluster: "cluster",
            nodes: "node pool",
            database: "database",
            "database-user": "schema and user",
            cache: "cache",
            vpc: "vpc",
            "private-services": "private services",
            "compute-api": "apis",
            "sqladmin-agent": "service agents",
            "googleapis-zone": "google apis zone",
            bucket: "bucket",
            "security-policy": "address and armor",
            instance: "wandb-cr",
        },
        below: 0.97,
    },
    {
        cloud: azureMakespan,
        deployments: AzureDeployments,
        record: recordedOnAzure,
        database: "database",
        alike: {
            cluster: "cluster",
            nodes: "node pool",
            database: "database",
            "database-schema": "schema",
            gateway: "gateway",
            vault: "vault",
            vnet: "vpc",
            "cluster-key": "key",
            "database-subnet-zone": "database zone",
            "bucket-account": "account",
            instance: "wandb-cr",
        },
        below: 0.9,
    },
];

for (const { cloud, deployments, record, database, alike, below } of cases) {
    describe(`the makespan of a deployment on ${cloud.name}`, () => {
        let resources: readonly RegisteredResource[];
        before(async () => {
            resources = await record(deployments.minimal);
        });

        it("is that of the longest path which data and documentation demand", () => {
            const { ours, bound, data } = compareMakespans(cloud, resources);
            assert.ok(ours.applied <= bound.applied * BoundTarget, `${ours.applied} s, bound ${bound.applied} s`);
            assert.ok(ours.ready <= bound.ready * BoundTarget, `${ours.ready} s, bound ${bound.ready} s`);
            assert.ok(data.applied < bound.applied, `data alone ${data.applied} s, bound ${bound.applied} s`);
        });

        it("is as short beside the module as is asked for, or as near to it as the demanded edges allow", () => {
            const { ours, bound, module } = compareMakespans(cloud, resources);
            const aim = Math.max(cloud.module.target, (bound.applied / module.applied) * BoundTarget);
            assert.ok(ours.applied <= module.applied * aim, `${ours.applied} s, module ${module.applied} s`);
            assert.ok(ours.applied < module.applied * below, `${ours.applied} s, module ${module.applied} s`);
            assert.ok(ours.ready < module.ready, `${ours.ready} s, module ${module.ready} s`);
        });

        it("takes the same durations for both orders", () => {
            const ours = ourTasks(cloud, resources, "all");
            const theirs = tasksOf(cloud.module.rows);
            const seconds = (tasks: readonly Task[], word: string) => tasks.find(({ name }) => name === word)?.seconds;
            for (const [word, rows] of Object.entries(alike)) {
                assert.notEqual(seconds(ours, word), undefined, word);
                assert.equal(seconds(ours, word), seconds(theirs, rows), word);
            }
        });

        it("counts an edge that nobody demands", () => {
            const found = resources.find(({ type, name }) => name === `demo-${database}` && !type.startsWith("wandb:"));
            assert.ok(found !== undefined);
            const after = `urn:pulumi:test::wandb::${found.urn}`;
            const slowed = resources.map((resource) =>
                resource.name === "demo-cluster" && !resource.type.startsWith("wandb:")
                    ? { ...resource, dependencies: [...resource.dependencies, after] }
                    : resource,
            );
            const { ours, bound } = compareMakespans(cloud, slowed);
            assert.ok(ours.applied > bound.applied * BoundTarget, `${ours.applied} s, bound ${bound.applied} s`);
            assert.deepEqual(unreasonedEdges(cloud, slowed), [`cluster -> ${database}`]);
        });

        for (const [kind, args] of Object.entries(deployments)) {
            it(`has a reason for each edge that carries no data: ${kind}`, async () => {
                assert.deepEqual(unreasonedEdges(cloud, await record(args)), []);
            });
        }
    });
}

describe("the makespan on AWS", () => {
    let resources: readonly RegisteredResource[];
    before(async () => {
        resources = await recordedOnAws(AwsDeployments.minimal);
    });

    it("holds cluster and nodes for the longest part, and says how long the add-ons take, each by itself", () => {
        const tasks = ourTasks(awsMakespan, resources, "all");
        const seconds = (name: string) => tasks.find((one) => one.name === name)?.seconds;
        assert.deepEqual([seconds("cluster"), seconds("nodes-a"), seconds("instance")], [617, 119, 1]);
        assert.deepEqual([seconds("vpc-cni"), seconds("coredns")], [35, 45]);
        const chain = chainTo(tasks, schedule(tasks), "instance").map(({ name }) => name);
        assert.ok(chain.includes("cluster") && chain.includes("nodes-a"), chain.join(", "));
    });

    it("is shown with both longest chains and the source of each duration", () => {
        const text = makespanLines(awsMakespan, resources).join("\n");
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

describe("the makespan on Google Cloud", () => {
    let resources: readonly RegisteredResource[];
    before(async () => {
        resources = await recordedOnGcp(GcpDeployments.minimal);
    });

    it("is that of the database behind its network, beside which cluster, nodes and operator are made", () => {
        const tasks = ourTasks(gcpMakespan, resources, "all");
        const spans = schedule(tasks);
        const chain = chainTo(tasks, spans, "instance").map(({ name }) => name);
        assert.deepEqual(chain.slice(1, 5), ["vpc", "private-services-range", "private-services", "database"]);
        assert.ok(endOf(spans, "operator") < endOf(spans, "database"));
        // The DNS record asks for the address alone, so that the certificate waits for nothing but the load balancer.
        assert.ok(endOf(spans, "dns-record-7c60ec74") < endOf(spans, "cluster"));
    });

    it("is shown with both longest chains, the source of each duration, and what it leaves out", () => {
        const text = makespanLines(gcpMakespan, resources).join("\n");
        assert.match(text, /^wandb\/wandb\/google 10\.8\.2 +76 +\d+ +\d+$/m);
        assert.match(
            text,
            /^met: until the custom resource is applied, beside the longest demanded path: 1\.0\d times/m,
        );
        assert.match(
            text,
            /beside the module: 0\.\d\d times \(at most 0\.9\); the longest demanded path allows 0\.\d\d$/m,
        );
        assert.match(text, /\+892 database \(cloud sql mysql, regional: public terraform apply logs \(n = 3\)\)/);
        assert.match(text, /\+300 load balancer \(load balancer of an Ingress: estimate: .*load-balance-ingress\)/);
        assert.match(text, /^Not counted on either side: the managed certificate/m);
    });
});

describe("the order of the Terraform module for AWS", () => {
    it("makes all of the network before the cluster, and all stores before the operator", () => {
        const spans = schedule(tasksOf(awsMakespan.module.rows));
        const start = (name: string) => spans.get(name)?.start ?? Number.NaN;
        assert.ok(start("cluster") >= endOf(spans, "nat gateways"));
        assert.ok(start("node templates") >= endOf(spans, "cluster") + 30);
        assert.ok(start("vpc-cni") >= endOf(spans, "node groups"));
        assert.ok(start("operator") >= Math.max(endOf(spans, "database instance"), endOf(spans, "cache")));
    });
});

describe("the order of the Terraform module for Google Cloud", () => {
    it("enables all APIs first, makes the address behind the nodes, and the operator behind all stores", () => {
        const spans = schedule(tasksOf(gcpMakespan.module.rows));
        const start = (name: string) => spans.get(name)?.start ?? Number.NaN;
        assert.ok(start("vpc") >= endOf(spans, "apis"));
        assert.ok(start("database") >= endOf(spans, "private services"));
        assert.ok(start("address and armor") >= endOf(spans, "node pool"));
        assert.ok(start("legacy objects") >= Math.max(endOf(spans, "schema and user"), endOf(spans, "cache")));
        assert.ok(start("operator") >= endOf(spans, "legacy objects"));
    });

    it("makes 76 resources with its defaults", () => {
        assert.equal(countOf(gcpMakespan.module.rows), 76);
    });
});

describe("the makespan on Azure", () => {
    let resources: readonly RegisteredResource[];
    before(async () => {
        resources = await recordedOnAzure(AzureDeployments.minimal);
    });

    it("is that of the database and its parameters behind its key, beside which gateway, cluster and nodes are made", () => {
        const tasks = ourTasks(azureMakespan, resources, "all");
        const spans = schedule(tasks);
        const chain = chainTo(tasks, spans, "instance").map(({ name }) => name);
        assert.ok(chain.includes("database-key-use") && chain.includes("database"), chain.join(", "));
        assert.ok(endOf(spans, "operator") < endOf(spans, "database-sort-buffer-size"));
        // A service uses its key 90 s after the assignment.
        assert.equal(tasks.find(({ name }) => name === "database-key-use")?.seconds, 95);
        assert.equal(tasks.find(({ name }) => name === "app-secrets")?.seconds, 5);
    });

    it("owes its lead over the module to another Redis, as the notes say", () => {
        const ours = endOf(schedule(ourTasks(azureMakespan, resources, "all")), "instance");
        const moduleWith = (seconds: number) =>
            endOf(
                schedule(
                    tasksOf(azureMakespan.module.rows).map((one) => (one.name === "cache" ? { ...one, seconds } : one)),
                ),
                "wandb-cr",
            );
        assert.ok(moduleWith(1080) > ours, `${moduleWith(1080)} s, ours ${ours} s`);
        assert.ok(moduleWith(720) < ours, `${moduleWith(720)} s, ours ${ours} s`);
        assert.match(azureMakespan.notes.join(" "), /rests on their difference alone/);
    });

    it("is shown with both longest chains, the source of each duration, and what it leaves out", () => {
        const text = makespanLines(azureMakespan, resources).join("\n");
        assert.match(text, /^wandb\/wandb\/azurerm 7\.9\.2 +60 +\d+ +\d+$/m);
        assert.match(
            text,
            /^met: until the custom resource is applied, beside the longest demanded path: 1\.0\d times/m,
        );
        assert.match(
            text,
            /beside the module: 0\.\d\d times \(at most 0\.9\); the longest demanded path allows 0\.\d\d$/m,
        );
        assert.match(text, /\+720 database \(mysql flexible server, ha: estimate: /);
        assert.match(text, /\+1080 cache \(azure cache for redis standard: estimate: /);
        assert.match(text, /^Not counted on either side: the certificate of Let's Encrypt/m);
    });
});

describe("the order of the Terraform module for Azure", () => {
    it("makes database and cache behind all of the network, the cluster behind the gateway, and the operator behind all stores", () => {
        const spans = schedule(tasksOf(azureMakespan.module.rows));
        const start = (name: string) => spans.get(name)?.start ?? Number.NaN;
        assert.ok(start("database") >= endOf(spans, "database subnet"));
        assert.ok(start("cache") >= endOf(spans, "database subnet"));
        assert.ok(start("cluster") >= endOf(spans, "gateway"));
        assert.ok(start("cert-manager") >= endOf(spans, "node pool"));
        assert.ok(start("operator") >= Math.max(endOf(spans, "parameter 6"), endOf(spans, "cache")));
        assert.ok(start("operator") >= endOf(spans, "issuer"));
    });

    it("makes 60 resources with its defaults", () => {
        assert.equal(countOf(azureMakespan.module.rows), 60);
    });
});
