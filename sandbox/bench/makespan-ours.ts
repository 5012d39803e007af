/** The work of a fresh `pulumi up` on AWS, from the graph that the component registers. */
import type { RegisteredResource } from "../../tests/support/graph";
import { clouds } from "../clouds";
import { durationKeyOf, durationOf, type Duration } from "../clouds/durations";
import type { PropertyMap } from "../clouds/values";
import type { Task } from "./makespan";
import { reasonOf } from "./makespan-reasons";

/** What stands at the end: the custom resource is applied; W&B answers under its name. */
export const Applied = "instance";
export const Ready = "ready";

/** Which edges count: all, or those alone that carry data or that documentation demands. */
export type Edges = "all" | "demanded";

const pods = "operator's pods";
const reconciled = "operator installs the application";
const started = "application pods";
const address = "address of the load balancer";
const active = "load balancer";

/** Everything that is made, and what happens in the cluster after it. */
export function ourTasks(resources: readonly RegisteredResource[], edges: Edges): Task[] {
    const made = resources.filter(({ type }) => !type.startsWith("wandb:") && type !== "pulumi:pulumi:Stack");
    const names = new Map(made.map((resource) => [keyOf(resource.urn), wordOf(resource)]));
    const tasks = made.map((resource) => {
        const after = edgesOf(resource, edges).flatMap((key) => names.get(key) ?? []);
        // What needs the load balancer waits until W&B is ready; the graph shows only that it comes after the custom resource.
        const waits = after.includes(Applied) ? [started, address] : [];
        const { seconds, source } = taskDuration(resource);
        return { name: wordOf(resource), seconds, source, after: [...after, ...waits] };
    });
    const published = tasks.filter(({ after }) => after.includes(address)).map(({ name }) => name);
    return [...tasks, ...afterwards({ operator: "operator", published })];
}

/** How many resources are made, components and providers not counted. */
export function resourceCount(resources: readonly RegisteredResource[]): number {
    return resources.filter(({ type }) => !/^(wandb|pulumi):/.test(type)).length;
}

/** Edges that only an order was asked for, for reasons that stand nowhere. */
export function unreasonedEdges(resources: readonly RegisteredResource[]): string[] {
    return resources.flatMap((resource) => {
        const demanded = new Set(edgesOf(resource, "demanded"));
        return edgesOf(resource, "all")
            .filter((key) => !demanded.has(key) && !isComponent(key))
            .map((key) => `${wordOf(resource)} -> ${nameOf(key)}`);
    });
}

/** Keys of what it waits for. */
function edgesOf(resource: RegisteredResource, edges: Edges): string[] {
    const provider = resource.provider === "" ? [] : [resource.provider];
    const all = [...new Set([...resource.dependencies, ...provider].map(keyOf))];
    const data = new Set([...resource.dataDependencies, ...provider].map(keyOf));
    return all.filter(
        (key) => edges === "all" || data.has(key) || reasonOf(wordOf(resource), nameOf(key)) !== undefined,
    );
}

/** The work that nobody waits for in a graph: what the operator and the load balancer controller do. */
function afterwards({ operator, published }: { operator: string; published: readonly string[] }): Task[] {
    const task = (name: string, cloud: string, key: string, after: readonly string[]): Task => ({
        name,
        ...described(durationOf(cloud, key), key),
        after,
    });
    return [
        task(pods, "kubernetes", "helm release of a controller, awaited", [operator]),
        task(reconciled, "kubernetes", "operator reconcile to helm release applied", [pods, Applied]),
        task(started, "kubernetes", "application pods start", [reconciled]),
        task(address, "kubernetes", "load balancer gets its address", [reconciled]),
        task(active, "aws", "load balancer", [reconciled]),
        { name: Ready, seconds: 0, source: "", after: [started, active, ...published] },
    ];
}

function taskDuration(resource: RegisteredResource): { seconds: number; source: string } {
    const { type, inputs } = resource;
    const key = kubernetesKey(resource);
    if (key !== undefined) {
        return described(durationOf("kubernetes", key), key);
    }
    if (type.startsWith("pulumi:providers:")) {
        return { seconds: 0, source: "" };
    }
    const cloud = clouds.find(({ name }) => type.startsWith(`${name}:`));
    const model = cloud?.resources.find(({ token }) => token === type);
    if (cloud === undefined || model === undefined) {
        throw new Error(`${type}: no simulated cloud has it`);
    }
    const ofModel = durationKeyOf(model, inputs as PropertyMap);
    return ofModel === undefined ? { seconds: 0, source: "" } : described(durationOf(cloud.name, ofModel), ofModel);
}

function kubernetesKey({ type, inputs }: RegisteredResource): string | undefined {
    if (!type.startsWith("kubernetes:")) {
        return undefined;
    }
    if (type.endsWith(":WeightsAndBiases")) {
        return "custom resource applied";
    }
    if (type === "kubernetes:helm.sh/v3:Release") {
        return inputs.skipAwait === true ? "helm release, not awaited" : "helm release of a controller, awaited";
    }
    return "object created";
}

/** Seconds, and in words how we know them. */
export function described({ seconds, n, basis }: Duration, key: string): { seconds: number; source: string } {
    return {
        seconds,
        source: n > 0 && !basis.startsWith("estimate") ? `${key}: ${basis} (n = ${n})` : `${key}: ${basis}`,
    };
}

/** Its logical name without that of the deployment. Two may share one: then their types tell them apart. */
function wordOf({ name, type }: { name: string; type: string }): string {
    const word = name.replace(/^demo-/, "");
    return type === "kubernetes:core/v1:Secret" ? `secret ${word}` : word;
}

function nameOf(key: string): string {
    const [type, name] = key.split("::");
    return wordOf({ type, name });
}

function isComponent(key: string): boolean {
    return key.startsWith("wandb:");
}

/** `urn:pulumi:stack::project::parent$type::name`, perhaps with an id behind it, or without what stands in front -> `type::name` */
function keyOf(urn: string): string {
    const [type, name] = urn.startsWith("urn:") ? urn.split("::").slice(2, 4) : urn.split("::");
    return `${type.slice(type.lastIndexOf("$") + 1)}::${name}`;
}
