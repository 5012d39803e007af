import assert from "node:assert/strict";
import { buildChart } from "../../sdk/values/chart";
import { buildValues } from "../../sdk/values/build";
import { declaredArguments } from "../../docs/declared-arguments";
import { at, forbidResources, resolveTree } from "../support/resolve";
import { NoChartValue, ValueRows } from "../support/rows";
import { MinimalArgs, referencesOf, valuesInput } from "../support/values-input";
import type { WandbDeploymentArgs } from "../../sdk/args";

async function specOf(args: WandbDeploymentArgs): Promise<Record<string, unknown>> {
    return resolveTree({ values: buildValues(valuesInput(args)), chart: buildChart(args.chart, referencesOf(args)) });
}

function hasNoChartValue(path: string): boolean {
    const isPart = (prefix: string) => path === prefix || path.startsWith(`${prefix}.`);
    return path !== "operator.namespaceIsolation.enabled" && Object.keys(NoChartValue).some(isPart);
}

describe("values: every argument becomes the chart value that the documentation names", () => {
    before(forbidResources);

    ValueRows.forEach(({ argument, args, at: path, value }) => {
        const where = typeof path === "string" ? path : path.join(".");
        it(`${argument} -> ${where} = ${JSON.stringify(value) ?? "absent"}`, async () => {
            // Strict equality, so a port as text or a flag as text fails.
            assert.deepEqual(at(await specOf({ ...MinimalArgs, ...args }), path), value);
        });
    });

    it("has a row, or a reason to have none, for every argument in the source", () => {
        const covered = new Set(ValueRows.map((row) => row.argument));
        const missing = declaredArguments()
            .filter((argument) => argument.leaf && !covered.has(argument.path) && !hasNoChartValue(argument.path))
            .map((argument) => argument.path);
        assert.deepEqual(missing, []);
    });

    it("has no row and no reason for arguments that are gone", () => {
        const declared = new Set(declaredArguments().map((argument) => argument.path));
        const stale = [...ValueRows.map((row) => row.argument), ...Object.keys(NoChartValue)];
        assert.deepEqual(
            stale.filter((path) => !declared.has(path)),
            [],
        );
    });

    it("emits nothing for arguments that become something else", async () => {
        const plain = await specOf(MinimalArgs);
        const other = await specOf({
            ...MinimalArgs,
            namespace: "n",
            createNamespace: false,
            name: "w",
            deletionProtection: false,
            createCustomResource: false,
            operator: { nameOverride: "x", extraEnv: { A: "b" }, airgapped: true },
            readiness: { wait: false },
        });
        assert.deepEqual(other, plain);
    });
});
