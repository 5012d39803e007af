import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { load } from "js-yaml";
import { buildValues } from "../../sdk/values/build";
import { declaredArguments } from "../../docs/declared-arguments";
import { forbidResources, resolveTree } from "../support/resolve";
import { ValueRows } from "../support/rows";
import { MinimalArgs, valuesInput } from "../support/values-input";

const text = readFileSync(resolve(__dirname, "../../docs/configuration.md"), "utf8");

interface DocumentedArgument {
    readonly path: string;
    readonly type: string;
    readonly defaultValue: string;
    readonly value: string;
    readonly meaning: string;
}

/** Rows of the tables with five columns: argument, type, default, chart value, meaning. */
function documentedArguments(): DocumentedArgument[] {
    return text.split("\n").flatMap((line) => {
        const cells = line.split(" | ").map((cell) => cell.replace(/^\||\|$/g, "").trim());
        const path = /^`([^`]+)`$/.exec(cells[0])?.[1];
        const [, type, defaultValue, value, meaning] = cells;
        return cells.length === 5 && path !== undefined ? [{ path, type, defaultValue, value, meaning }] : [];
    });
}

function plain(cell: string): string {
    return cell.replaceAll("`", "");
}

/** Whether a documented chart path is the row's, or stands above or below it. */
function related(documented: string, actual: string): boolean {
    const pattern = (path: string) =>
        path
            .replaceAll("[]", "")
            .replace(/[.*+?^${}()|\\]/g, "\\$&")
            .replace(/<[^>]+>/g, "[^.]+");
    const short = documented.split(".").slice(0, actual.split(".").length).join(".");
    return new RegExp(`^${pattern(documented)}(\\.|$)`).test(actual) || new RegExp(`^${pattern(short)}$`).test(actual);
}

/** Those of clouds have pages of their own. */
const general = declaredArguments().filter(({ path }) => !/^(aws|gcp|azure)\./.test(path));

describe("docs/configuration.md", () => {
    const documented = documentedArguments();
    const byPath = new Map(documented.map((argument) => [argument.path, argument]));

    it("has every argument of the source once, and no other", () => {
        assert.deepEqual(
            documented.map((argument) => argument.path).sort(),
            general.map((argument) => argument.path).sort(),
        );
    });

    general.forEach(({ path, type, required, defaultValue }) => {
        it(`says type and default of ${path}`, () => {
            const found = byPath.get(path);
            assert.ok(found);
            assert.equal(found.type, type);
            assert.ok(found.value.length > 0 && found.meaning.length > 0, "an empty cell");
            if (defaultValue !== undefined) {
                assert.equal(plain(found.defaultValue), plain(defaultValue));
            } else {
                assert.equal(found.defaultValue === "required", required);
            }
        });
    });

    it("names the chart value that each argument really becomes", () => {
        const wrong = ValueRows.filter(({ argument, at }) => {
            const path = (typeof at === "string" ? at : at.join("."))
                .replace(/^values\./, "")
                .replace(/^chart/, "spec.chart");
            const cell = byPath.get(argument)?.value ?? "";
            const spans = [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]);
            return argument !== "values" && !argument.includes("Args.") && !spans.some((span) => related(span, path));
        });
        assert.deepEqual(
            wrong.map((row) => `${row.argument} -> ${String(row.at)}`),
            [],
        );
    });

    it("shows what its example of free values gives", async () => {
        await forbidResources();
        const values = buildValues(
            valuesInput({
                ...MinimalArgs,
                host: "wandb.example.com",
                database: { host: "db.example.com" },
                ingress: {
                    className: "nginx",
                    additionalHosts: ["wandb.corp.example"],
                    tls: { secretName: "wandb-tls" },
                },
                values: {
                    global: { observability: { mode: "otel" } },
                    ingress: {
                        additionalHosts: ["other.example"],
                        annotations: { "nginx.ingress.kubernetes.io/proxy-body-size": null },
                    },
                },
            }),
        );
        const { global, ...rest } = (await resolveTree(values)) as { global: Record<string, unknown> };
        const said = Object.fromEntries(Object.entries(global).filter(([key]) => key !== "mysql" && key !== "bucket"));
        const yaml = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
        assert.deepEqual({ global: said, ...rest }, load(yaml));
    });
});
