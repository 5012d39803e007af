import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ApplicationChartVersion } from "../versions";
import { parseType } from "./value-types";

/** One value of the application's chart. */
export interface ChartValue {
    /** Keys from the root of the values, joined with dots. */
    readonly path: string;
    /** `string`, `boolean`, `map`, `list<string>`, `string|valueFrom`, ... */
    readonly type: string;
    readonly default?: unknown;
    readonly allowed?: readonly unknown[] | null;
    /** First release whose values have the key. */
    readonly since?: string | null;
    readonly secret?: boolean;
    /** Whether a template reads it: yes, no, conditional, or operator (the operator reads it). Yes when not said. */
    readonly read?: "yes" | "no" | "conditional" | "operator";
    readonly meaning?: string;
    /** For a value that nothing reads: what to use instead (`use ...`), or why. */
    readonly note?: string;
}

/** What one version of the application's chart knows. */
export interface ChartReference {
    /** Version of operator-wandb by which is judged. */
    readonly version: string;
    readonly values: readonly ChartValue[];
}

let known: ChartReference | undefined;

/** The version that this package knows. Read from its file on first use: most programs never need it. */
export function knownReference(): ChartReference {
    known ??= {
        version: ApplicationChartVersion,
        values: JSON.parse(
            readFileSync(join(__dirname, "data", `operator-wandb-${ApplicationChartVersion}.json`), "utf8"),
        ) as ChartValue[],
    };
    return known;
}

const Reads = ["yes", "no", "conditional", "operator"];

/** More would not be read. */
const MostProblems = 20;

/**
 * The reference of another chart version, from data of the same form as `checks/data/*.json`.
 *
 * @param version version of the chart `operator-wandb`, for example "0.44.0"
 * @param values rows, each with at least `path` and `type`
 * @throws Error that lists everything that is wrong with the data
 */
export function chartReference(version: unknown, values: unknown): ChartReference {
    const problems = [...versionProblems(version), ...referenceProblems(values)];
    if (problems.length > 0) {
        throw new Error(
            `This is not a reference of the chart operator-wandb:\n${problems.map((problem) => `- ${problem}`).join("\n")}\n` +
                "Give its version and a list with one row per value, in the form of checks/data/*.json of this package.",
        );
    }
    return { version: version as string, values: values as ChartValue[] };
}

function versionProblems(version: unknown): string[] {
    return typeof version === "string" && version !== "" ? [] : ["the version is not a text"];
}

/** What is wrong with rows of values, at most twenty lines and one that tells how many more there are. */
export function referenceProblems(values: unknown): string[] {
    const problems = valuesProblems(values);
    const more = problems.length - MostProblems;
    return more > 0 ? [...problems.slice(0, MostProblems), `and ${more} more`] : problems;
}

function valuesProblems(values: unknown): string[] {
    if (!Array.isArray(values) || values.length === 0) {
        return ["the values are not a list of rows"];
    }
    const seen = new Set<unknown>();
    return (values as unknown[]).flatMap((row, index) => {
        if (typeof row !== "object" || row === null || Array.isArray(row)) {
            return [`row ${index + 1} is not a map`];
        }
        const { path } = row as Readonly<Record<string, unknown>>;
        const again = seen.has(path) ? ["is there twice"] : [];
        seen.add(path);
        const name = typeof path === "string" && path !== "" ? `row ${index + 1} (${path})` : `row ${index + 1}`;
        return [...again, ...rowProblems(row as Readonly<Record<string, unknown>>)].map(
            (problem) => `${name} ${problem}`,
        );
    });
}

function rowProblems(row: Readonly<Record<string, unknown>>): string[] {
    const { path, type, read, secret, note } = row;
    const problems: [boolean, string][] = [
        [
            typeof path === "string" && path.split(".").every((key) => key !== ""),
            "has no path of keys joined with dots",
        ],
        [
            typeof type === "string" && parseType(type) !== undefined,
            `has no known type${type === undefined ? "" : ` (${JSON.stringify(type)})`}`,
        ],
        [read === undefined || Reads.includes(read as string), `has a \`read\` that is not ${Reads.join(", ")}`],
        [secret === undefined || typeof secret === "boolean", "has a `secret` that is neither true nor false"],
        [note === undefined || note === null || typeof note === "string", "has a `note` that is not a text"],
    ];
    return problems.filter(([right]) => !right).map(([, problem]) => problem);
}
