/** The figures as a table for people, and whether they are good enough. */
import { cpus, loadavg, totalmem } from "node:os";
import type { CheckCost } from "./checks";
import type { ImportCost } from "./imports";
import type { LateCheckCost } from "./late-checks";
import { Parts, type Measurement } from "./measure";

/** One command, on the empty program and on ours. */
export interface Comparison {
    readonly command: string;
    readonly empty: Measurement;
    readonly ours: Measurement;
    /** Largest quotients of wall time and memory; absent where none is set. */
    readonly targets?: { readonly wall: number; readonly memory: number };
}

/** The commands whose difference is what the policy pack costs. */
export const PreviewCommand = "preview";
export const PolicyCommand = "preview, policies";

/** The preview of the least deployment on AWS, of its resources without the library, and of the same in YAML. */
export const AwsPreviewCommand = "preview, AWS";
export const ByHandCommand = "preview, AWS by hand";
export const YamlPreviewCommand = "preview, AWS in YAML";

/** Loading the library, and what it needs in any case. */
export interface ImportComparison {
    readonly baseline: ImportCost;
    readonly ours: ImportCost;
    /** Largest quotient of the times. */
    readonly target: number;
}

/** The static checks. */
export interface CheckComparison extends CheckCost {
    /** Most milliseconds of a later run. */
    readonly target: number;
}

/** What the figures were taken on. */
export function machineText(): string {
    const processors = cpus();
    const gigabytes = Math.round(totalmem() / 2 ** 30);
    return (
        `${processors.length} processors (${processors[0]?.model.trim() ?? "unknown"}), ${gigabytes} GB, ` +
        `Node.js ${process.version}, load ${loadavg()[0].toFixed(1)} at the start`
    );
}

/** The table of the commands. */
export function commandTable(comparisons: readonly Comparison[]): string {
    const rows = comparisons.map(({ command, empty, ours }) => [
        command,
        seconds(empty.wall),
        seconds(ours.wall),
        seconds(empty.cpu),
        seconds(ours.cpu),
        megabytes(empty.memory),
        megabytes(ours.memory),
    ]);
    const header = ["", "wall s", "", "CPU s", "", "RSS MB", ""];
    return align([header, ["command", "empty", "wandb", "empty", "wandb", "empty", "wandb"], ...rows]);
}

/** Who spends the CPU of the commands on our programs. */
export function partTable(comparisons: readonly Comparison[]): string {
    const rows = comparisons.map(({ command, ours }) => [command, ...Parts.map((part) => seconds(ours.parts[part]))]);
    return align([["CPU s of", ...Parts], ...rows]);
}

/** The table of the imports. */
export function importTable({ baseline, ours }: ImportComparison): string {
    const row = (name: string, cost: ImportCost) => [name, String(Math.round(cost.time)), megabytes(cost.memory)];
    return align([
        ["require", "ms", "RSS MB"],
        row("@pulumi/pulumi, @pulumi/kubernetes/helm/v3", baseline),
        row("pulumi-wandb", ours),
    ]);
}

/** The table of the static checks. */
export function checkTable({ load, reference, first, later }: CheckCost): string {
    const row = (name: string, milliseconds: number) => [name, milliseconds.toFixed(1)];
    return align([
        ["static checks", "ms"],
        row("loading them", load),
        row("loading the chart's values", reference),
        row("all of them, first run in a process", first),
        row("all of them, later run", later),
    ]);
}

/** The table of the checks of Outputs. */
export function lateCheckTable(costs: readonly LateCheckCost[]): string {
    return align([
        ["checks of Outputs", "ms"],
        ...costs.map(({ outputs, time }) => [`${outputs} in one deployment`, time.toFixed(1)]),
    ]);
}

/** What the policy pack adds to a preview; nothing when one of the two was not measured. */
export function policyLines(comparisons: readonly Comparison[]): string[] {
    const plain = comparisons.find(({ command }) => command === PreviewCommand);
    const checked = comparisons.find(({ command }) => command === PolicyCommand);
    if (plain === undefined || checked === undefined) {
        return [];
    }
    const ours = seconds(checked.ours.wall - plain.ours.wall);
    const empty = seconds(checked.empty.wall - plain.empty.wall);
    return [`The policy pack adds to the wall time of a preview: ${ours} s (empty program: ${empty} s)`];
}

/** What the library adds to the bare resources; nothing when one of the two was not measured. */
export function byHandLines(comparisons: readonly Comparison[]): string[] {
    const library = comparisons.find(({ command }) => command === AwsPreviewCommand);
    const byHand = comparisons.find(({ command }) => command === ByHandCommand);
    if (library === undefined || byHand === undefined) {
        return [];
    }
    const [ours, least] = [library.ours, byHand.ours];
    return [
        "Preview on AWS beside the same resources without the library: " +
            `${(ours.wall / least.wall).toFixed(2)} times the wall time, ${(ours.cpu / least.cpu).toFixed(2)} times the CPU, ` +
            `${(ours.memory / least.memory).toFixed(2)} times the memory`,
    ];
}

/** What is less than the empty program. */
export function bareLine({ wall, memory }: Measurement): string {
    return `A file without the one import of the empty program, preview: ${seconds(wall)} s, ${megabytes(memory)} MB`;
}

/** One line per target. */
export function targetLines(
    comparisons: readonly Comparison[],
    imports: ImportComparison,
    checks: CheckComparison,
): string[] {
    const lines = comparisons.flatMap(({ command, empty, ours, targets }) =>
        targets === undefined
            ? []
            : [
                  targetLine(`${command}, wall time beside the empty program`, ours.wall / empty.wall, targets.wall),
                  targetLine(`${command}, memory beside the empty program`, ours.memory / empty.memory, targets.memory),
              ],
    );
    const quotient = imports.ours.time / imports.baseline.time;
    return [
        ...lines,
        targetLine("require, time beside the Kubernetes SDK", quotient, imports.target),
        `${verdict(checks.later, checks.target)}: all static checks on the largest fixture, later run: ` +
            `${checks.later.toFixed(2)} ms (at most ${checks.target} ms); first run: ${checks.first.toFixed(1)} ms`,
    ];
}

function targetLine(what: string, quotient: number, target: number): string {
    return `${verdict(quotient, target)}: ${what}: ${quotient.toFixed(2)} times (at most ${target})`;
}

function verdict(value: number, target: number): string {
    return value <= target ? "met" : "MISSED";
}

function seconds(value: number): string {
    return value.toFixed(2);
}

/** Commands that run no program have no language process. */
function megabytes(value: number): string {
    return value === 0 ? "-" : String(Math.round(value));
}

export function align(rows: readonly string[][]): string {
    const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
    return rows
        .map((row) =>
            row
                .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
                .join("  ")
                .trimEnd(),
        )
        .join("\n");
}
