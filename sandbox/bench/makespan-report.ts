/** How long a fresh `up` takes on a cloud, as text for people. */
import type { RegisteredResource } from "../../tests/support/graph";
import { chainTo, endOf, schedule, type Schedule, type Task } from "./makespan";
import { Applied, Ready, resourceCount, ourTasks } from "./makespan-ours";
import { countOf, ModuleApplied, ModuleReady, tasksOf, type CloudMakespan } from "./makespan-rows";
import { align } from "./report";

/**
 * Terraform's own limit: https://developer.hashicorp.com/terraform/cli/commands/apply (`-parallelism`). A group of the module's resources
 * counts as one here, to its advantage.
 */
const terraformParallel = 10;

/** Pulumi runs four operations for each processor; these are a small machine and a common one. */
const pulumiParallel = [8, 16];

/** Seconds until the custom resource is applied, and until W&B answers. */
export interface Makespan {
    readonly applied: number;
    readonly ready: number;
}

export interface MakespanComparison {
    readonly ours: Makespan;
    /** The longest path of edges that carry data or that documentation demands. */
    readonly bound: Makespan;
    /** The longest path of edges that carry data alone, an order that no cloud would accept. */
    readonly data: Makespan;
    readonly module: Makespan;
}

/** The largest quotient of our makespan and that of the longest demanded path. */
export const BoundTarget = 1.05;

/** All with as much at a time as the edges allow. */
export function compareMakespans(cloud: CloudMakespan, resources: readonly RegisteredResource[]): MakespanComparison {
    return {
        ours: oursFor(ourTasks(cloud, resources, "all")),
        bound: oursFor(ourTasks(cloud, resources, "demanded")),
        data: oursFor(ourTasks(cloud, resources, "data")),
        module: moduleFor(tasksOf(cloud.module.rows)),
    };
}

export function makespanLines(cloud: CloudMakespan, resources: readonly RegisteredResource[]): string[] {
    const { ours, bound, data, module } = compareMakespans(cloud, resources);
    const tasks = ourTasks(cloud, resources, "all");
    const { name, rows, target } = cloud.module;
    const moduleTasks = tasksOf(rows);
    const limited = pulumiParallel.map((limit) => row(`  ${limit} at a time`, "", oursFor(tasks, limit)));
    return [
        `A fresh up of the least deployment on ${cloud.name}, computed from its graph and sandbox/clouds/durations`,
        "",
        align([
            ["", "resources", "applied s", "ready s"],
            row("pulumi-wandb", String(resourceCount(resources)), ours),
            ...limited,
            row("longest demanded path", "", bound),
            row("  of data alone", "", data),
            row(name, String(countOf(rows)), module),
            row(`  ${terraformParallel} groups at a time`, "", moduleFor(moduleTasks, terraformParallel)),
        ]),
        "",
        targetLine("longest demanded path", ours.applied / bound.applied, BoundTarget),
        `${targetLine("module", ours.applied / module.applied, target)}; ` +
            `the longest demanded path allows ${quotient(bound.applied / module.applied)}`,
        `until W&B is ready, beside the module: ${quotient(ours.ready / module.ready)} times`,
        ...cloud.notes,
        "",
        "Longest chain of pulumi-wandb:",
        ...chainLines(tasks, schedule(tasks), Ready),
        "",
        "Longest chain of the module:",
        ...chainLines(moduleTasks, schedule(moduleTasks), ModuleReady),
    ];
}

function oursFor(tasks: readonly Task[], parallel?: number): Makespan {
    const spans = schedule(tasks, parallel);
    return { applied: endOf(spans, Applied), ready: endOf(spans, Ready) };
}

function moduleFor(tasks: readonly Task[], parallel?: number): Makespan {
    const spans = schedule(tasks, parallel);
    return { applied: endOf(spans, ModuleApplied), ready: endOf(spans, ModuleReady) };
}

function row(name: string, resources: string, { applied, ready }: Makespan): string[] {
    return [name, resources, String(applied), String(ready)];
}

function chainLines(tasks: readonly Task[], spans: Schedule, name: string): string[] {
    return chainTo(tasks, spans, name)
        .filter(({ seconds }) => seconds > 0)
        .map(
            (task) => `${String(endOf(spans, task.name)).padStart(6)}  +${task.seconds} ${task.name} (${task.source})`,
        );
}

function targetLine(beside: string, value: number, target: number): string {
    const verdict = value <= target ? "met" : "MISSED";
    return `${verdict}: until the custom resource is applied, beside the ${beside}: ${quotient(value)} times (at most ${target})`;
}

function quotient(value: number): string {
    return value.toFixed(2);
}
