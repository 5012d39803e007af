/** What the static checks cost, on the largest custom resource of the fixtures. Each sample is a fresh Node.js process. */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { load } from "js-yaml";
import { middle } from "./imports";

const run = promisify(execFile);

/** Milliseconds. */
export interface CheckCost {
    /** Loading the checks, without the chart's values. */
    readonly load: number;
    /** Loading the chart's values. */
    readonly reference: number;
    /** The first run of all checks in a process. */
    readonly first: number;
    /** A later run. */
    readonly later: number;
}

const program = (spec: unknown): string => `
const now = () => Number(process.hrtime.bigint()) / 1e6;
const start = now();
const { Checks, knownReference, runChecks, View } = require("pulumi-wandb/checks");
const loaded = now();
knownReference();
const known = now();
const { chart, values } = ${JSON.stringify(spec)};
const all = new View("spec.values", values);
const input = {
    metadata: new View("metadata", { name: "wandb", namespace: "wandb" }),
    chart: new View("spec.chart", chart), values: all, untyped: all, operator: undefined,
    context: { now: new Date() }, reference: knownReference,
};
const timed = () => { const from = now(); runChecks(Checks, input); return now() - from; };
const first = timed();
const later = Array.from({ length: 200 }, timed).sort((a, b) => a - b)[100];
console.log(JSON.stringify({ load: loaded - start, reference: known - loaded, first, later }));
`;

/** Medians of several processes. */
export async function measureChecks(folder: string, fixtures: string, count: number): Promise<CheckCost> {
    const spec = largestSpec(fixtures);
    const samples: CheckCost[] = [];
    for (let round = 0; round < count; round++) {
        const { stdout } = await run(process.execPath, ["--eval", program(spec)], { cwd: folder });
        samples.push(JSON.parse(stdout) as CheckCost);
    }
    const median = (pick: (cost: CheckCost) => number): number => middle(samples.map(pick));
    return {
        load: median((cost) => cost.load),
        reference: median((cost) => cost.reference),
        first: median((cost) => cost.first),
        later: median((cost) => cost.later),
    };
}

function largestSpec(fixtures: string): unknown {
    const files = readdirSync(fixtures).filter((file) => file.startsWith("cr-"));
    const texts = files.map((file) => readFileSync(join(fixtures, file), "utf8"));
    const [largest] = texts.sort((a, b) => b.length - a.length);
    return (load(largest) as { spec: unknown }).spec;
}
