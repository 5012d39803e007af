import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ApplicationChartVersion } from "../versions";

/** One value of the application's chart. */
export interface ChartValue {
    readonly path: string;
    /** `string`, `boolean`, `map`, `list<string>`, `string|valueFrom`, ... */
    readonly type: string;
    readonly default?: unknown;
    readonly allowed?: readonly unknown[] | null;
    /** First release whose values have the key. */
    readonly since?: string;
    readonly secret?: boolean;
    /** Whether a template reads it: yes, no, conditional, or operator (the operator reads it). */
    readonly read?: string;
    readonly meaning?: string;
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
