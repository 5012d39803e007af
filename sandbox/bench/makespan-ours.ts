/** The work of a fresh `pulumi up`, from the graph that the component registers. */
import type { RegisteredResource } from "../../tests/support/graph";
import { clouds } from "../clouds";
import { durationKeyOf } from "../clouds/durations";
import type { PropertyMap } from "../clouds/values";
import type { Task } from "./makespan";
import { reasonOf } from "./makespan-reasons";
import { known, tasksOf, type CloudMakespan, type Known } from "./makespan-rows";

/** What stands at the end: the custom resource is applied; W&B answers under its name. */
export const Applied = "instance";
export const Ready = "ready";

/** Which edges count: all, those alone that carry data or that documentation demands, or those alone that carry data. */
export type Edges = "all" | "demanded" | "data";

const pods = "operator's pods";
const reconciled = "operator installs the application";
const started = "application pods";
const address = "address of the load balancer";
const active = "load balancer";

/** Everything that is made, and what happens in the cluster after it. */
export function ourTasks(cloud: CloudMakespan, resources: readonly RegisteredResource[], edges: Edges): Task[] {
    const made = resources.filter(({ type }) => !type.startsWith("wandb:") && type !== "pulumi:pulumi:Stack");
    const names = new Map(made.map((resource) => [keyOf(resource.urn), wordOf(resource)]));
    const tasks = made.map((resource) => {
        const after = edgesOf(cloud, resource, edges).flatMap((key) => names.get(key) ?? []);
        // What needs the load balancer waits until W&B is ready; the graph shows only that it comes after the custom resource.
        const waits = after.includes(Applied) ? [started, address] : [];
        const { seconds, source } = taskDuration(cloud, resource);
        return { name: wordOf(resource), seconds, source, after: [...after, ...waits] };
    });
    const published = tasks.filter(({ after }) => after.includes(address)).map(({ name }) => name);
    return [...tasks, ...afterwards(cloud, published)];
}

/** How many resources are made, components and providers not counted. */
export function resourceCount(resources: readonly RegisteredResource[]): number {
    return resources.filter(({ type }) => !/^(wandb|pulumi):/.test(type)).length;
}

/** Edges that only an order was asked for, for reasons that stand nowhere. */
export function unreasonedEdges(cloud: CloudMakespan, resources: readonly RegisteredResource[]): string[] {
    return resources.flatMap((resource) => {
        const demanded = new Set(edgesOf(cloud, resource, "demanded"));
        return edgesOf(cloud, resource, "all")
            .filter((key) => !demanded.has(key) && !isComponent(key))
            .map((key) => `${wordOf(resource)} -> ${nameOf(key)}`);
    });
}

/** Keys of what it waits for. */
function edgesOf({ reasons }: CloudMakespan, resource: RegisteredResource, edges: Edges): string[] {
    const provider = resource.provider === "" ? [] : [resource.provider];
    const all = [...new Set([...resource.dependencies, ...provider].map(keyOf))];
    const data = new Set([...resource.dataDependencies, ...provider].map(keyOf));
    const demanded = (key: string) =>
        edges === "demanded" && reasonOf(reasons, wordOf(resource), nameOf(key)) !== undefined;
    return all.filter((key) => edges === "all" || data.has(key) || demanded(key));
}

/** The work that nobody waits for in a graph: what the operator and the load balancer controller do. */
function afterwards({ loadBalancer }: CloudMakespan, published: readonly string[]): Task[] {
    return tasksOf([
        [pods, "kubernetes:helm release of a controller, awaited", 0, "operator"],
        [reconciled, "kubernetes:operator reconcile to helm release applied", 0, `${pods}, ${Applied}`],
        [started, "kubernetes:application pods start", 0, reconciled],
        [address, "kubernetes:load balancer gets its address", 0, reconciled],
        [active, loadBalancer, 0, reconciled],
        [Ready, "", 0, [started, active, ...published].join(", ")],
    ]);
}

function taskDuration({ lasting }: CloudMakespan, resource: RegisteredResource): Known {
    const { type, inputs } = resource;
    const ofBench = lasting?.(resource);
    if (ofBench !== undefined) {
        return known(ofBench);
    }
    const key = kubernetesKey(resource);
    if (key !== undefined) {
        return known(`kubernetes:${key}`);
    }
    if (type.startsWith("pulumi:providers:")) {
        return known("");
    }
    const cloud = clouds.find(({ name }) => type.startsWith(`${name}:`));
    const model = cloud?.resources.find(({ token }) => token === type);
    if (cloud === undefined || model === undefined) {
        throw new Error(`${type}: no simulated cloud has it`);
    }
    const ofModel = durationKeyOf(model, inputs as PropertyMap);
    return known(ofModel === undefined ? "" : `${cloud.name}:${ofModel}`);
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
