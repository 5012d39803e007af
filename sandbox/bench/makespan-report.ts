/** How long a fresh `up` on AWS takes, as text for people. */
import type { RegisteredResource } from "../../tests/support/graph";
import { chainTo, endOf, schedule, type Schedule, type Task } from "./makespan";
import { ModuleApplied, moduleCount, ModuleReady, moduleTasks, TerraformParallel } from "./makespan-module";
import { Applied, Ready, resourceCount, ourTasks } from "./makespan-ours";
import { align } from "./report";

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
    readonly module: Makespan;
}

export const MakespanTargets = { bound: 1.05, module: 0.8 };

/** All with as much at a time as the edges allow. */
export function compareMakespans(resources: readonly RegisteredResource[]): MakespanComparison {
    return {
        ours: oursFor(ourTasks(resources, "all")),
        bound: oursFor(ourTasks(resources, "demanded")),
        module: moduleFor(moduleTasks()),
    };
}

export function makespanLines(resources: readonly RegisteredResource[]): string[] {
    const { ours, bound, module } = compareMakespans(resources);
    const tasks = ourTasks(resources, "all");
    const limited = pulumiParallel.map((limit) => row(`  ${limit} at a time`, "", oursFor(tasks, limit)));
    return [
        "A fresh up of the least deployment on AWS, computed from its graph and sandbox/clouds/durations.json",
        "",
        align([
            ["", "resources", "applied s", "ready s"],
            row("pulumi-wandb", String(resourceCount(resources)), ours),
            ...limited,
            row("longest demanded path", "", bound),
            row("wandb/wandb/aws 8.0.0", String(moduleCount()), module),
            row(`  ${TerraformParallel} at a time`, "", moduleFor(moduleTasks(), TerraformParallel)),
        ]),
        "",
        targetLine("longest demanded path", ours.applied / bound.applied, MakespanTargets.bound),
        `${targetLine("module", ours.applied / module.applied, MakespanTargets.module)}; ` +
            `the longest demanded path allows ${quotient(bound.applied / module.applied)}`,
        `until W&B is ready, beside the module: ${quotient(ours.ready / module.ready)} times`,
        "",
        "Longest chain of pulumi-wandb:",
        ...chainLines(tasks, schedule(tasks), Ready),
        "",
        "Longest chain of the module:",
        ...chainLines(moduleTasks(), schedule(moduleTasks()), ModuleReady),
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
