/** What the parity with each Terraform module has to prove. */
import assert from "node:assert/strict";
import { declaredArguments } from "../../docs/declared-arguments";
import type { GraphRecorder } from "../support/graph";
import type { ArgumentRow, Change, Expectation, InsteadRow, ParityRow } from "./row";

/** The value at a path; a dot of a key is written `\.`. */
function valueAt(inputs: unknown, path: string): unknown {
    return path
        .split(/(?<!\\)\./)
        .map((key) => key.replaceAll("\\.", "."))
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], inputs);
}

function assertMet(graph: GraphRecorder, { resource, path, value, absent }: Expectation): void {
    const found = graph.resources.filter(({ name, type }) => name === resource && !type.startsWith("wandb:"));
    assert.equal(found.length, absent ? 0 : 1, `${found.length} resources are called ${resource}`);
    if (path !== undefined) {
        const actual = valueAt(found[0].inputs, path);
        if (value instanceof RegExp) {
            assert.match(textOf(actual), value, `${resource}.${path}`);
        } else {
            assert.deepEqual(actual, value, `${resource}.${path}`);
        }
    }
}

function textOf(value: unknown): string {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return /^[A-Za-z0-9+/]{40,}=*$/.test(text) ? Buffer.from(text, "base64").toString() : text;
}

/** Everything that a reviewer could see: each resource with its inputs. */
function shown(graph: GraphRecorder): string {
    return JSON.stringify(graph.resources.map(({ urn, inputs }) => [urn, inputs]).sort());
}

export interface ParityInput {
    /** What is compared. */
    readonly title: string;
    readonly rows: readonly ParityRow[];
    /** All variables of the module. */
    readonly variables: readonly string[];
    /** What the least deployment with a change of its arguments registers. */
    readonly graphOf: (change: Change) => Promise<GraphRecorder>;
}

/** Each variable has a row, and each row is true. */
export function describeParity({ title, rows, variables, graphOf }: ParityInput): void {
    describe(title, function () {
        this.timeout(60_000);
        let base: GraphRecorder;
        before(async () => {
            base = await graphOf({});
        });

        it("has a row for each of the variables, and for nothing else", () => {
            const listed = rows.map(({ variable }) => variable);
            assert.deepEqual([...listed].sort(), [...variables].sort());
        });

        it("names arguments that there are", () => {
            const declared = new Set(declaredArguments().map(({ path }) => path));
            const named = rows.flatMap((row) => (row.kind === "argument" ? row.arguments : []));
            assert.deepEqual(
                named.filter((path) => !declared.has(path) && !path.startsWith("components.")),
                [],
            );
        });

        it("gives each argument that it names", () => {
            const argumentRows = rows.filter((row) => row.kind === "argument");
            const missing = argumentRows.flatMap(({ variable, arguments: paths, variants }) =>
                paths
                    .filter((path) => variants.every(({ change }) => !isGiven(change, path.split(/\[?\]?\./))))
                    .map((path) => `${variable}: ${path}`),
            );
            assert.deepEqual(missing, []);
        });

        for (const row of rows.filter((one): one is ArgumentRow => one.kind === "argument")) {
            it(`${row.variable} -> ${row.arguments.join(", ")}`, async () => {
                for (const { change, becomes } of row.variants) {
                    const graph = await graphOf(change);
                    becomes.forEach((expected) => assertMet(graph, expected));
                    assert.notEqual(shown(graph), shown(base), "the graph does not change with it");
                }
            });
        }

        for (const row of rows.filter((one): one is InsteadRow => one.kind === "instead" && one.holds.length > 0)) {
            it(`${row.variable}: ${row.instead}`, () => row.holds.forEach((expected) => assertMet(base, expected)));
        }

        it("says in words why the others have no argument", () => {
            const silent = rows.filter((row) => row.kind !== "argument").filter((row) => wordsOf(row).length < 30);
            assert.deepEqual(silent, []);
        });
    });
}

/** The path leads to something; `*` is any key, and a list stands for its items. */
function isGiven(value: unknown, [key, ...rest]: readonly string[]): boolean {
    if (key === undefined) {
        return value !== undefined;
    }
    if (typeof value !== "object" || value === null) {
        return false;
    }
    return Array.isArray(value)
        ? value.some((item) => isGiven(item, [key, ...rest]))
        : Object.entries(value).some(([name, inner]) => (key === "*" || key === name) && isGiven(inner, rest));
}

function wordsOf(row: ParityRow): string {
    return row.kind === "instead" ? row.instead : row.kind === "reason" ? row.reason : "";
}
