import assert from "node:assert/strict";
import { declaredArguments } from "../../docs/declared-arguments";
import type { GraphRecorder } from "../support/graph";
import { applicationRows } from "./aws-application";
import { entryRows } from "./aws-entry";
import { infrastructureRows } from "./aws-infrastructure";
import { AwsVariables } from "./aws-variables";
import { recorded } from "./recorded";
import type { ArgumentRow, Change, Expectation, InsteadRow, ParityRow } from "./row";

const rows: readonly ParityRow[] = [...applicationRows, ...entryRows, ...infrastructureRows];

async function graphOf(change: Change): Promise<GraphRecorder> {
    return (await recorded(change)).graph;
}

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

describe("parity with the Terraform module of AWS", function () {
    this.timeout(60_000);
    let base: GraphRecorder;
    before(async () => {
        base = await graphOf({});
    });

    it("has a row for each of the 104 variables, and for nothing else", () => {
        const listed = rows.map(({ variable }) => variable);
        assert.equal(AwsVariables.length, 104);
        assert.deepEqual([...listed].sort(), [...AwsVariables].sort());
    });

    it("names arguments that there are", () => {
        const declared = new Set(declaredArguments().map(({ path }) => path));
        const named = rows.flatMap((row) => (row.kind === "argument" ? row.arguments : []));
        assert.deepEqual(
            named.filter((path) => !declared.has(path) && !path.startsWith("components.")),
            [],
        );
    });

    for (const row of rows.filter((one): one is ArgumentRow => one.kind === "argument")) {
        it(`${row.variable} -> ${row.arguments.join(", ")}`, async () => {
            const graph = await graphOf(row.change);
            row.becomes.forEach((expected) => assertMet(graph, expected));
            assert.notEqual(shown(graph), shown(base), "the graph does not change with it");
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

function wordsOf(row: ParityRow): string {
    return row.kind === "instead" ? row.instead : row.kind === "reason" ? row.reason : "";
}
