/** What `npm run bench` says about its figures. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { median } from "../../sandbox/bench/measure";
import {
    bareLine,
    checkTable,
    commandTable,
    importTable,
    policyLines,
    targetLines,
    type CheckComparison,
    type Comparison,
    type ImportComparison,
} from "../../sandbox/bench/report";

const preview: Comparison = {
    command: "preview",
    empty: { wall: 2, cpu: 3, memory: 200 },
    ours: { wall: 3, cpu: 4.567, memory: 280 },
    targets: { wall: 1.5, memory: 1.35 },
};
const destroy: Comparison = {
    command: "destroy",
    empty: { wall: 0.5, cpu: 0.1, memory: 0 },
    ours: { wall: 9, cpu: 0.2, memory: 0 },
};
const imports: ImportComparison = {
    baseline: { time: 400, memory: 120 },
    ours: { time: 480, memory: 125 },
    target: 1.15,
};
const checks: CheckComparison = { load: 12, reference: 8, first: 21.37, later: 1.84, target: 5 };

describe("the report of the benchmark", () => {
    it("takes the middle of each figure by itself", () => {
        const runs = [
            { wall: 1, cpu: 30, memory: 200 },
            { wall: 2, cpu: 10, memory: 300 },
            { wall: 9, cpu: 20, memory: 100 },
        ];
        assert.deepEqual(median(runs), { wall: 2, cpu: 20, memory: 200 });
    });

    it("shows both programs, and no memory where no program ran", () => {
        const [, , first, second] = commandTable([preview, destroy]).split("\n");
        assert.deepEqual(first.split(/\s+/), ["preview", "2.00", "3.00", "3.00", "4.57", "200", "280"]);
        assert.deepEqual(second.split(/\s+/), ["destroy", "0.50", "9.00", "0.10", "0.20", "-", "-"]);
        assert.match(importTable(imports), /^pulumi-wandb +480 +125$/m);
    });

    it("shows what the static checks cost, first and later", () => {
        const table = checkTable(checks);
        assert.match(table, /^all of them, first run in a process +21\.4$/m);
        assert.match(table, /^all of them, later run +1\.8$/m);
    });

    it("says what the policy pack adds to a preview", () => {
        const withPack: Comparison = {
            command: "preview, policies",
            empty: { wall: 2.9, cpu: 4, memory: 200 },
            ours: { wall: 4.25, cpu: 6, memory: 281 },
        };
        assert.deepEqual(policyLines([destroy, withPack, preview]), [
            "The policy pack adds to the wall time of a preview: 1.25 s (empty program: 0.90 s)",
        ]);
        assert.deepEqual(policyLines([preview, destroy]), []);
        assert.deepEqual(policyLines([withPack]), []);
    });

    it("says what even less than the empty program costs", () => {
        assert.match(bareLine({ wall: 1.234, cpu: 1, memory: 210.4 }), /without the one import .*: 1\.23 s, 210 MB$/);
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
