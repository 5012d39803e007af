import assert from "node:assert/strict";
import { describe, it } from "mocha";
import fc from "fast-check";
import type { Spec } from "../../sandbox/operator/controller/layers";
import {
    desiredSpec,
    isSameSpec,
    licenseReference,
    literalLicense,
    maskedValues,
    nextStep,
    operatorDefaults,
    parseGoDuration,
    pinnedRelease,
    reconcileFrequency,
} from "../../sandbox/operator/controller/layers";
import type { Chart } from "../../sandbox/operator/controller/charts";
import type { Json, Values } from "../../sandbox/operator/controller/merge";
import { MergePanic, TypeNotMatchError, mergeValues } from "../../sandbox/operator/controller/merge";

const chart = (path: string): Chart => ({ kind: "local", path });

/** Values of one shape: number, text, list and map keys never meet a key of another kind. */
const shapedValues: fc.Arbitrary<Values> = fc.record(
    {
        number: fc.integer(),
        text: fc.string(),
        list: fc.array(fc.integer()),
        map: fc.dictionary(fc.constantFrom("a", "b", "c"), fc.integer(), { noNullPrototype: true }),
    },
    { requiredKeys: [], noNullPrototype: true },
);

describe("stand-in operator: merge", () => {
    it("takes the higher value, keeps what only one side has, and goes deep", () => {
        const high: Values = { port: 1, global: { host: "high", only: { high: true } } };
        const low: Values = { port: 2, global: { host: "low", only: { low: true } }, extra: "low" };
        assert.deepEqual(mergeValues(high, low), {
            port: 1,
            global: { host: "high", only: { high: true, low: true } },
            extra: "low",
        });
    });

    it("joins lists, the higher first", () => {
        assert.deepEqual(mergeValues({ tls: ["high"] }, { tls: ["low", "high"] }), { tls: ["high", "low", "high"] });
    });

    const mismatches: [string, Json, Json][] = [
        ["text and number", "3306", 3306],
        ["flag and text", true, "true"],
        ["map and text", { valueFrom: {} }, "text"],
        ["list and map", [], {}],
    ];
    for (const [title, high, low] of mismatches) {
        it(`refuses ${title}`, () => {
            assert.throws(() => mergeValues({ key: high }, { key: low }), new TypeNotMatchError());
        });
    }

    it("panics on null only where both layers have the key", () => {
        assert.throws(() => mergeValues({ key: null }, { key: 1 }), MergePanic);
        assert.throws(() => mergeValues({ key: 1 }, { key: null }), MergePanic);
        assert.deepEqual(mergeValues({ key: null }, { other: null }), { key: null, other: null });
    });

    it("changes neither side and never loses a key", () => {
        fc.assert(
            fc.property(shapedValues, shapedValues, (high, low) => {
                const before = structuredClone([high, low]);
                const merged = mergeValues(high, low);
                assert.deepEqual([high, low], before);
                assert.deepEqual(new Set(Object.keys(merged)), new Set([...Object.keys(high), ...Object.keys(low)]));
                assert.equal(merged.number, high.number ?? low.number);
            }),
        );
    });
});

describe("stand-in operator: layers", () => {
    it("orders resource, user, channel, defaults", () => {
        const layer = (name: string, keys: string[]): Spec => ({
            values: Object.fromEntries(keys.map((key) => [key, name])),
        });
        const desired = desiredSpec({
            resource: layer("resource", ["a"]),
            user: layer("user", ["a", "b"]),
            channel: layer("channel", ["a", "b", "c"]),
            defaults: layer("defaults", ["a", "b", "c", "d"]),
        });
        assert.deepEqual(desired.values, { a: "resource", b: "user", c: "channel", d: "defaults" });
    });

    it("takes chart and metadata whole from the highest layer that has them", () => {
        const desired = desiredSpec({
            resource: {},
            user: { chart: chart("/user") },
            channel: { chart: chart("/channel"), metadata: { from: "channel" } },
            defaults: operatorDefaults("wandb-cr"),
        });
        assert.deepEqual(desired.chart, chart("/user"));
        assert.deepEqual(desired.metadata, { from: "channel" });
        assert.deepEqual(desired.values, {
            global: { operator: { apiVersion: "apps.wandb.com/v1", namespace: "wandb-cr" } },
        });
    });

    it("compares specs by chart, values and metadata", () => {
        const spec: Spec = { chart: chart("/a"), values: { a: { b: [1] } }, metadata: { id: "1" } };
        assert.equal(isSameSpec(spec, structuredClone(spec)), true);
        assert.equal(isSameSpec(spec, { ...spec, chart: chart("/b") }), false);
        assert.equal(isSameSpec(spec, { ...spec, values: { a: { b: [2] } } }), false);
        assert.equal(isSameSpec(spec, { ...spec, metadata: { id: "2" } }), false);
    });

    it("decides the next step", () => {
        const desired: Spec = { chart: chart("/a"), values: {} };
        const living = { deleting: false, hasFinalizer: true };
        const dying = { deleting: true, hasFinalizer: true };
        assert.equal(nextStep({ ...living, desired }), "apply");
        assert.equal(nextStep({ ...living, desired, active: desired }), "no-change");
        assert.equal(nextStep({ ...living, desired, active: { ...desired, values: { a: 1 } } }), "apply");
        assert.equal(nextStep({ ...living, desired: { values: {} } }), "no-chart");
        assert.equal(nextStep({ ...dying, desired }), "prune");
        assert.equal(nextStep({ ...dying, desired: { values: {} } }), "release-finalizer");
        assert.equal(nextStep({ ...dying, hasFinalizer: false, desired }), "nothing");
    });

    it("looks for the license in the resource, then in the user layer, then by reference", () => {
        const withLicense = (license: string): Spec => ({ values: { global: { license } } });
        assert.equal(literalLicense(withLicense("first"), withLicense("second")), "first");
        assert.equal(literalLicense(withLicense(""), withLicense("second")), "second");
        assert.equal(literalLicense({}, {}), "");
        const reference = (licenseSecret: Values): Spec => ({ values: { global: { licenseSecret } } });
        assert.deepEqual(licenseReference(reference({ name: "n", key: "k" })), { name: "n", key: "k" });
        assert.equal(licenseReference(reference({ name: "n" })), undefined);
        assert.equal(licenseReference(reference({ name: "n", key: "" })), undefined);
    });

    it("reads a pinned release from the user layer", () => {
        assert.equal(pinnedRelease({ values: { _releaseId: "r1" } }), "r1");
        assert.equal(pinnedRelease({ values: { _releaseId: 7 } }), undefined);
    });

    it("reads Go durations", () => {
        const table: [string, number | undefined][] = [
            ["90s", 90_000],
            ["1h30m", 5_400_000],
            ["1.5h", 5_400_000],
            ["250ms", 250],
            ["10", undefined],
            ["soon", undefined],
        ];
        for (const [text, expected] of table) {
            assert.equal(parseGoDuration(text), expected, text);
        }
        assert.equal(reconcileFrequency({ values: { reconcileFrequency: "5m" } }), 300_000);
        assert.equal(reconcileFrequency({ values: { reconcileFrequency: "soon" } }), 3_600_000);
        assert.equal(reconcileFrequency({}), 3_600_000);
    });

    it("masks what the operator masks in its log", () => {
        const values: Values = { global: { license: "l", mysql: { password: "p", passwordSecret: { name: "n" } } } };
        assert.deepEqual(maskedValues(values), {
            global: { license: "***", mysql: { password: "***", passwordSecret: { name: "n" } } },
        });
    });
});
