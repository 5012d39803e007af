/** What `npm run bench` says about its figures. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { median, partOf, type Measurement } from "../../sandbox/bench/measure";
import {
    bareLine,
    byHandLines,
    checkTable,
    commandTable,
    importTable,
    lateCheckTable,
    partTable,
    policyLines,
    targetLines,
    type CheckComparison,
    type Comparison,
    type ImportComparison,
} from "../../sandbox/bench/report";

const run = (wall: number, cpu: number, memory: number): Measurement => ({
    wall,
    cpu,
    parts: { engine: 0, program: cpu, kubernetes: 0, clouds: 0 },
    memory,
});

const preview: Comparison = {
    command: "preview",
    empty: run(2, 3, 200),
    ours: run(3, 4.567, 280),
    targets: { wall: 1.5, memory: 1.35 },
};
const destroy: Comparison = {
    command: "destroy",
    empty: run(0.5, 0.1, 0),
    ours: run(9, 0.2, 0),
};
const imports: ImportComparison = {
    baseline: { time: 400, memory: 120 },
    ours: { time: 480, memory: 125 },
    target: 1.15,
};
const checks: CheckComparison = { load: 12, reference: 8, first: 21.37, later: 1.84, target: 5 };

describe("the report of the benchmark", () => {
    it("takes the middle of each figure by itself", () => {
        const parts = (engine: number, clouds: number) => ({ engine, program: 1, kubernetes: 0, clouds });
        const runs = [
            { wall: 1, cpu: 30, parts: parts(3, 7), memory: 200 },
            { wall: 2, cpu: 10, parts: parts(1, 9), memory: 300 },
            { wall: 9, cpu: 20, parts: parts(2, 8), memory: 100 },
        ];
        assert.deepEqual(median(runs), { wall: 2, cpu: 20, parts: parts(2, 8), memory: 200 });
    });

    it("shows both programs, and no memory where no program ran", () => {
        const [, , first, second] = commandTable([preview, destroy]).split("\n");
        assert.deepEqual(first.split(/\s+/), ["preview", "2.00", "3.00", "3.00", "4.57", "200", "280"]);
        assert.deepEqual(second.split(/\s+/), ["destroy", "0.50", "9.00", "0.10", "0.20", "-", "-"]);
        assert.match(importTable(imports), /^pulumi-wandb +480 +125$/m);
    });

    it("knows processes by their command lines", () => {
        const lines: [string, string][] = [
            ["/cache/bin/pulumi preview --non-interactive", "engine"],
            ["/cache/bin/pulumi-language-nodejs 127.0.0.1:1", "engine"],
            ["node /p/node_modules/@pulumi/pulumi/cmd/run --monitor=127.0.0.1:1", "program"],
            ["node /p/node_modules/@pulumi/pulumi/cmd/run-plugin /p/sdk 127.0.0.1:1", "program"],
            ["/home/plugins/resource-kubernetes-v4.34.2/pulumi-resource-kubernetes 127.0.0.1:1", "kubernetes"],
            ["node /home/plugins/resource-aws-v7.47.0/pulumi-resource-aws.js aws", "clouds"],
            ["node /home/plugins/resource-azure-native-v3/pulumi-resource-azure-native.js", "clouds"],
        ];
        assert.deepEqual(
            lines.map(([line]) => [line, partOf(`${line.replaceAll(" ", "\0")}\0`)]),
            lines,
        );
    });

    it("shows who spends the CPU of each command", () => {
        const parts = { engine: 0.5, program: 2, kubernetes: 0.05, clouds: 1 };
        const table = partTable([{ ...preview, ours: { ...preview.ours, parts } }]);
        assert.deepEqual(
            table.split("\n").map((line) => line.split(/\s{2,}/)),
            [
                ["CPU s of", "engine", "program", "kubernetes", "clouds"],
                ["preview", "0.50", "2.00", "0.05", "1.00"],
            ],
        );
    });

    it("says what the library adds to the same resources without it", () => {
        const library: Comparison = { ...preview, command: "preview, AWS", ours: run(9, 6, 520) };
        const byHand: Comparison = { ...preview, command: "preview, AWS by hand", ours: run(10, 5, 500) };
        assert.deepEqual(byHandLines([preview, byHand, library]), [
            "Preview on AWS beside the same resources without the library: 0.90 times the wall time, 1.20 times the CPU, 1.04 times the memory",
        ]);
        assert.deepEqual(byHandLines([preview, library]), []);
        assert.deepEqual(byHandLines([byHand]), []);
    });

    it("shows what the checks of Outputs cost", () => {
        const table = lateCheckTable([
            { outputs: 1, time: 0.44 },
            { outputs: 100, time: 43.96 },
        ]);
        assert.match(table, /^1 in one deployment +0\.4$/m);
        assert.match(table, /^100 in one deployment +44\.0$/m);
    });

    it("shows what the static checks cost, first and later", () => {
        const table = checkTable(checks);
        assert.match(table, /^all of them, first run in a process +21\.4$/m);
        assert.match(table, /^all of them, later run +1\.8$/m);
    });

    it("says what the policy pack adds to a preview", () => {
        const withPack: Comparison = {
            command: "preview, policies",
            empty: run(2.9, 4, 200),
            ours: run(4.25, 6, 281),
        };
        assert.deepEqual(policyLines([destroy, withPack, preview]), [
            "The policy pack adds to the wall time of a preview: 1.25 s (empty program: 0.90 s)",
        ]);
        assert.deepEqual(policyLines([preview, destroy]), []);
        assert.deepEqual(policyLines([withPack]), []);
    });

    it("says what even less than the empty program costs", () => {
        assert.match(bareLine(run(1.234, 1, 210.4)), /without the one import .*: 1\.23 s, 210 MB$/);
    });

    it("says which targets are met and which are missed", () => {
        assert.deepEqual(targetLines([preview, destroy], imports, checks), [
            "met: preview, wall time beside the empty program: 1.50 times (at most 1.5)",
            "MISSED: preview, memory beside the empty program: 1.40 times (at most 1.35)",
            "MISSED: require, time beside the Kubernetes SDK: 1.20 times (at most 1.15)",
            "met: all static checks on the largest fixture, later run: 1.84 ms (at most 5 ms); first run: 21.4 ms",
        ]);
    });

    it("judges the later run of the checks, not the first", () => {
        const last = (later: number): string | undefined =>
            targetLines([], imports, { ...checks, first: 1, later }).at(-1);
        assert.match(last(5) ?? "", /^met: all static checks/);
        assert.match(last(5.04) ?? "", /^MISSED: all static checks/);
    });
});
