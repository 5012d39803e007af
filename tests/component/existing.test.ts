import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { drawGraph, GraphFile, writeGraph } from "../../docs/graph";
import { WandbDeployment } from "../../sdk/index";
import { Canary, canaryArguments, findCanary } from "../support/canary";
import { GraphRecorder } from "../support/graph";
import { deadKubeconfig } from "../support/kubeconfig";
import { assertSnapshot } from "../support/snapshot";
import { promiseOf } from "../support/resolve";

/** How Pulumi marks a secret on the wire. */
const SecretMark = "1b47061264138c4ac30d75fd1eb44270";

/** Whether every string that holds the canary lies below a marked secret. */
function unmarkedCanaries(value: unknown, path: string): string[] {
    if (typeof value === "string") {
        return findCanary(value).length > 0 ? [path] : [];
    }
    if (typeof value !== "object" || value === null) {
        return [];
    }
    if ("4dabf18193072939515e22adb298388d" in value && Object.values(value).includes(SecretMark)) {
        return [];
    }
    return Object.entries(value).flatMap(([key, inner]) => unmarkedCanaries(inner, `${path}.${key}`));
}

describe("a deployment on an existing cluster", () => {
    let graph: GraphRecorder;
    let component: WandbDeployment;

    before(async () => {
        graph = await GraphRecorder.start();
        component = new WandbDeployment("demo", canaryArguments(deadKubeconfig()));
        await pulumi.runtime.disconnect();
    });

    it("registers the graph that the snapshot shows", () => {
        assertSnapshot("existing", graph.lines());
    });

    it("is the graph of the drawing in the documentation", () => {
        if (process.env.UPDATE_SNAPSHOTS === "1") {
            writeGraph(graph.resources);
        }
        assert.ok(existsSync(GraphFile), "docs/graph.svg is missing: npm run docs:graph");
        assert.equal(readFileSync(GraphFile, "utf8"), drawGraph(graph.resources), "stale: npm run docs:graph");
    });

    it("gives every child a parent and the one Kubernetes provider", () => {
        const children = graph.resources.filter(({ type }) => type.startsWith("kubernetes:"));
        assert.ok(children.length >= 10, `only ${children.length} children`);
        for (const child of children) {
            assert.match(child.parent, /::wandb:index:WandbDeployment::demo$/, child.name);
            assert.match(child.provider, /pulumi:providers:kubernetes::demo-kubernetes::/, child.name);
        }
    });

    it("sends every secret marked, wherever it goes", () => {
        const leaks = graph.resources.flatMap(({ name, inputs }) => unmarkedCanaries(inputs, name));
        assert.deepEqual(leaks, []);
        const carried = JSON.stringify(graph.resources.map(({ inputs }) => inputs));
        assert.ok(carried.includes(`${Canary}Database`), "the canaries were planted");
    });

    it("keeps secrets out of the custom resource even in marked form", () => {
        const { inputs } = graph.byName("demo-instance");
        assert.deepEqual(findCanary(JSON.stringify(inputs)), []);
    });

    it("deletes the custom resource before the operator and gives its finalizer time", () => {
        const instance = graph.byName("demo-instance");
        assert.ok(instance.dependencies.some((urn) => urn.endsWith("::demo-operator")));
        assert.equal(instance.deleteTimeout, "15m");
        // In the foreground the garbage collector changes the resource meanwhile, and the operator never lets it go.
        const { annotations } = instance.inputs["metadata"] as { annotations: Record<string, string> };
        assert.equal(annotations["pulumi.com/deletionPropagationPolicy"], "background");
    });

    it("marks the kubeconfig as secret and nothing else", async () => {
        assert.ok(component.kubeconfig);
        assert.equal(await pulumi.isSecret(component.kubeconfig), true);
        for (const output of [component.url, component.namespace, component.databaseHost, component.manifest]) {
            assert.equal(await pulumi.isSecret(output), false);
        }
    });

    it("names what DNS and people need", async () => {
        assert.equal(await promiseOf(component.databaseHost), "mysql.corp.example");
        assert.equal(await promiseOf(component.redisHost), "redis.corp.example");
        assert.equal(await promiseOf(component.bucketName), "wandb");
        assert.match(
            await promiseOf(component.consolePasswordCommand),
            /^kubectl --namespace wandb get secret wandb-password /,
        );
    });
});
