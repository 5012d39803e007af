/** What is said of a cloud to compare the order of our graph with that of the Terraform module. */
import { durationOf, type Duration } from "../clouds/durations";
import type { Task } from "./makespan";
import type { Reason } from "./makespan-reasons";

/** The last resource of the module's apply; W&B answers under its name. */
export const ModuleApplied = "wandb-cr";
export const ModuleReady = "ready";

/** Seconds, and in words how we know them. */
export interface Known {
    readonly seconds: number;
    readonly source: string;
}

/** `cloud:key` of the tables of durations; nothing for what is made at once; or what that table does not hold. */
export type Lasting = string | Known;

/** Names, duration, number of resources, names of what it waits for. */
export type Row = readonly [name: string, duration: Lasting, count: number, after: string];

export interface CloudMakespan {
    /** As people call it. */
    readonly name: string;
    readonly module: {
        readonly name: string;
        readonly rows: readonly Row[];
        /** The largest quotient of our makespan and the module's, until the custom resource is applied. */
        readonly target: number;
    };
    /** Who demands the edges of our graph that carry no data. */
    readonly reasons: readonly Reason[];
    /** From the Ingress until the load balancer answers. */
    readonly loadBalancer: Lasting;
    /** How long one of ours takes where its inputs, as mocks record them, do not tell. */
    readonly lasting?: (resource: { readonly type: string; readonly name: string }) => Lasting | undefined;
    /** What the figures leave out. */
    readonly notes: readonly string[];
}

export function tasksOf(rows: readonly Row[]): Task[] {
    return rows.map(([name, duration, , after]) => ({ name, ...known(duration), after: namesIn(after) }));
}

/** How many resources the rows make. */
export function countOf(rows: readonly Row[]): number {
    return rows.reduce((sum, [, , count]) => sum + count, 0);
}

/** @throws when that table has no such entry */
export function known(duration: Lasting): Known {
    if (typeof duration !== "string") {
        return duration;
    }
    const [cloud, key] = [duration.slice(0, duration.indexOf(":")), duration.slice(duration.indexOf(":") + 1)];
    return duration === "" ? { seconds: 0, source: "" } : described(durationOf(cloud, key), key);
}

/** Names hold commas themselves where the list is parted by semicolons. */
function namesIn(list: string): string[] {
    return list.split(list.includes(";") ? "; " : ", ").filter((name) => name !== "");
}

function described({ seconds, n, basis }: Duration, key: string): Known {
    return {
        seconds,
        source: n > 0 && !basis.startsWith("estimate") ? `${key}: ${basis} (n = ${n})` : `${key}: ${basis}`,
    };
}
