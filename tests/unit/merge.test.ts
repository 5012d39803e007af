import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { compact, mergeValues } from "../../sdk/values/merge";
import type { ValuesTree } from "../../sdk/values/types";

const Runs = { numRuns: 10_000 };

/** Few keys, so that the two trees of a run meet; the dangerous ones among them. */
const key = fc.constantFrom("a", "b", "c", "then", "__proto__", "constructor", "toString");

const tree: fc.Arbitrary<ValuesTree> = fc.letrec<{ tree: ValuesTree; node: unknown }>((tie) => ({
    node: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.constantFrom(null, undefined, 0, 1, "", "text", true, false),
        fc.array(tie("node"), { maxLength: 3 }),
        tie("tree"),
    ),
    tree: fc.dictionary(key, tie("node"), { maxKeys: 4, noNullPrototype: true }),
})).tree;

function isMap(value: unknown): value is ValuesTree {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function walk(value: unknown, visit: (value: unknown) => void): void {
    visit(value);
    if (Array.isArray(value)) {
        value.forEach((item) => walk(item, visit));
    } else if (isMap(value)) {
        Object.keys(value).forEach((name) => walk(value[name], visit));
    }
}

/** Where the user's tree holds something that is no map, the merged one must hold the same, without nulls. */
function assertFollows(merged: unknown, user: ValuesTree): void {
    for (const name of Object.keys(user).filter((candidate) => candidate !== "__proto__")) {
        const wanted: unknown = user[name];
        const found: unknown = isMap(merged) && Object.hasOwn(merged, name) ? merged[name] : undefined;
        if (isMap(wanted)) {
            assertFollows(found, wanted);
        } else if (wanted === null) {
            assert.equal(found, undefined, `${name} was to be removed`);
        } else if (Array.isArray(wanted)) {
            assert.ok(Array.isArray(found), `${name} was to be replaced by a list`);
            assert.equal(
                found.length,
                wanted.filter((item) => item !== null && item !== undefined && !emptied(item)).length,
            );
        } else if (wanted !== undefined) {
            assert.equal(found, wanted);
        }
    }
}

/** Whether a map consists of nulls only, so that it goes too. */
function emptied(value: unknown): boolean {
    const names = isMap(value) ? Object.keys(value).filter((name) => name !== "__proto__") : [];
    return (
        isMap(value) &&
        names.length > 0 &&
        names.every((name) => value[name] === null || value[name] === undefined || emptied(value[name]))
    );
}

describe("merge of values: properties", () => {
    it("leaves no null and no undefined anywhere", () => {
        fc.assert(
            fc.property(tree, tree, (base, user) => {
                walk(mergeValues(base, user), (value) => {
                    assert.notEqual(value, null);
                    assert.notEqual(value, undefined);
                });
            }),
            Runs,
        );
    });

    it("changes nothing more when merged with {} or with the same again", () => {
        fc.assert(
            fc.property(tree, tree, (base, user) => {
                const merged = mergeValues(base, user);
                assert.deepEqual(mergeValues(merged, {}), merged);
                assert.deepEqual(mergeValues(merged, user), merged);
            }),
            Runs,
        );
    });

    it("gives the user's scalars, lists and removals", () => {
        fc.assert(
            fc.property(tree, tree, (base, user) => assertFollows(mergeValues(base, user), user)),
            Runs,
        );
    });

    it("keeps what the user does not mention", () => {
        fc.assert(
            fc.property(tree, tree, (base, user) => {
                const clean = mergeValues(base, {});
                const merged = mergeValues(base, user);
                for (const name of Object.keys(clean).filter(
                    (candidate) => user[candidate] === undefined || !Object.hasOwn(user, candidate),
                )) {
                    assert.deepEqual(merged[name], clean[name]);
                }
            }),
            Runs,
        );
    });

    it("changes neither of its inputs", () => {
        fc.assert(
            fc.property(tree, tree, (base, user) => {
                const before = structuredClone([base, user]);
                mergeValues(base, user);
                assert.deepEqual([base, user], before);
            }),
            Runs,
        );
    });

    it("keeps the order of the base's keys, new ones after them", () => {
        fc.assert(
            fc.property(tree, tree, (base, user) => {
                const merged = Object.keys(mergeValues(base, user));
                const wanted = [...new Set([...Object.keys(base), ...Object.keys(user)])].filter((name) =>
                    merged.includes(name),
                );
                assert.deepEqual(merged, wanted);
            }),
            Runs,
        );
    });

    it("pollutes no prototype", () => {
        fc.assert(
            fc.property(tree, tree, (base, user) => {
                walk(mergeValues(base, user), (value) => {
                    if (isMap(value)) {
                        assert.equal(Object.getPrototypeOf(value), Object.prototype);
                    }
                });
                assert.equal(Object.hasOwn(Object.prototype, "a"), false);
            }),
            Runs,
        );
    });
});

describe("merge of values: cases", () => {
    it("merges maps deep, replaces lists and scalars, removes by null", () => {
        const base = { global: { host: "one", extraEnv: { A: "1", B: "2" } }, list: [1, 2, 3], gone: { deep: true } };
        const user = { global: { extraEnv: { B: null, C: "3" } }, list: [9], gone: null };
        assert.deepEqual(mergeValues(base, user), { global: { host: "one", extraEnv: { A: "1", C: "3" } }, list: [9] });
    });

    it("strips nulls from what is new, in lists too", () => {
        const user = { extra: { a: null, b: { c: null }, d: [{ e: null, f: 1 }, null, 2] } };
        assert.deepEqual(mergeValues({}, user), { extra: { d: [{ f: 1 }, 2] } });
    });

    it("drops a map that a removal emptied, and keeps one written empty", () => {
        const user = { ingress: { annotations: { only: null } }, volumes: [{ name: "tmp", emptyDir: {} }] };
        const merged = mergeValues({ ingress: { annotations: { only: "x" }, class: "nginx" } }, user);
        assert.deepEqual(merged, { ingress: { class: "nginx" }, volumes: [{ name: "tmp", emptyDir: {} }] });
    });

    it("keeps a map that the user writes empty where the base has nothing but nulls", () => {
        assert.deepEqual(mergeValues({ a: { b: null } }, { a: {} }), { a: {} });
        assert.deepEqual(mergeValues({ a: { b: null } }, {}), {});
    });

    it("replaces a map by a scalar and a scalar by a map", () => {
        assert.deepEqual(mergeValues({ a: { b: 1 }, c: 1 }, { a: 1, c: { b: 1 } }), { a: 1, c: { b: 1 } });
    });

    it("takes Outputs, promises and thenables as leaves, the very same object", () => {
        const output = pulumi.output({ inner: 1 });
        const promise = Promise.resolve(null);
        const thenable = { then: (done: (value: number) => void) => done(1) };
        const merged = mergeValues({ a: { b: 1 }, b: output, c: output }, { a: output, c: promise, d: thenable });
        assert.equal(merged["a"], output);
        assert.equal(merged["b"], output);
        assert.equal(merged["c"], promise);
        assert.equal(merged["d"], thenable);
    });

    it("ignores __proto__ as parsed JSON brings it", () => {
        const merged = mergeValues(
            { a: 1 },
            JSON.parse(
                '{"__proto__": {"polluted": true}, "b": {"__proto__": {"polluted": true}, "c": 1}}',
            ) as ValuesTree,
        );
        assert.deepEqual(merged, { a: 1, b: { c: 1 } });
        assert.equal(({} as ValuesTree)["polluted"], undefined);
    });
});

describe("compact", () => {
    it("drops undefined and what is empty, deep", () => {
        const value = {
            a: undefined,
            b: { c: undefined, d: {} },
            e: [],
            f: [undefined, {}],
            g: { h: 0, i: "", j: false },
        };
        assert.deepEqual(compact(value), { g: { h: 0, i: "", j: false } });
    });

    it("does not look into Outputs", () => {
        const output = pulumi.output({});
        assert.equal(compact({ output })["output"], output);
    });
});
