import assert from "node:assert/strict";
import fc from "fast-check";
import { cloudNamed, sdkVersion } from "../../sandbox/clouds";
import { random } from "../../sandbox/clouds/random";
import { text } from "../../sandbox/clouds/random/generate";
import { properties, textOf } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";

const token = (name: string): string => `random:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;

describe("simulated clouds: random", () => {
    let cloud: TestCloud;
    before(() => {
        cloud = new TestCloud({ cloud: random });
    });
    after(() => cloud.remove());

    async function make(type: string, news: Parameters<typeof properties>[0]) {
        const { inputs, problems } = await cloud.check(token(type), news ?? {});
        assert.deepEqual(problems, []);
        return cloud.create(token(type), inputs);
    }

    const refusals: [string, Record<string, number | boolean | string>, RegExp][] = [
        ["RandomPassword", { length: 0 }, /^length: must be at least 1 \(value given: 0\)/],
        ["RandomPassword", {}, /^length: is required/],
        [
            "RandomPassword",
            { length: 3, minLower: 2, minUpper: 2 },
            /^length: must be at least 4, the sum of minLower 2/,
        ],
        ["RandomString", { length: 5, minSpecial: -1 }, /^minSpecial: must be at least 0/],
        ["RandomString", { length: 5, number: true, numeric: false }, /^number: must equal numeric/],
        ["RandomString", { length: 5, lower: false, upper: false, special: false, numeric: false }, /must be true/],
        ["RandomId", { byteLength: 0 }, /^byteLength: must be at least 1/],
        ["RandomPet", { length: 0 }, /^length: must be at least 1/],
        ["RandomInteger", { min: 5, max: 4 }, /^max: must be at least min, 5 \(value given: 4\)/],
        ["RandomBytes", { length: 0 }, /^length: must be at least 1/],
        ["RandomUuid", { result: "x" }, /^result: is not a property/],
    ];
    for (const [type, inputs, expected] of refusals) {
        it(`refuses ${type} with ${JSON.stringify(inputs)}`, async () => {
            assert.match((await cloud.problems(token(type), inputs)).join("\n"), expected);
        });
    }

    it("makes text of exactly the length, with the minimums, of allowed characters only", () => {
        const counts = fc.nat({ max: 4 });
        const inputs = fc.record({
            length: fc.integer({ min: 16, max: 40 }),
            minLower: counts,
            minUpper: counts,
            minNumeric: counts,
            minSpecial: counts,
            overrideSpecial: fc.constantFrom("_-", "!", undefined),
        });
        fc.assert(
            fc.property(inputs, ({ overrideSpecial, ...given }) => {
                const made = text(overrideSpecial === undefined ? given : { ...given, overrideSpecial });
                const special = overrideSpecial ?? "!@#$%&*()-_=+[]{}<>:?";
                const count = (allowed: string): number => [...made].filter((one) => allowed.includes(one)).length;
                const found = [
                    count("abcdefghijklmnopqrstuvwxyz") - given.minLower,
                    count("ABCDEFGHIJKLMNOPQRSTUVWXYZ") - given.minUpper,
                    count("0123456789") - given.minNumeric,
                    count(special) - given.minSpecial,
                ];
                assert.equal(made.length, given.length);
                assert.ok(
                    found.every((surplus) => surplus >= 0),
                    made,
                );
                const total = found.reduce((sum, surplus) => sum + surplus, 0);
                assert.equal(
                    total + given.minLower + given.minUpper + given.minNumeric + given.minSpecial,
                    given.length,
                );
            }),
        );
    });

    it("leaves out what is switched off", () => {
        assert.match(text({ length: 200, special: false, upper: false, numeric: false }), /^[a-z]{200}$/);
    });

    it("marks passwords and bytes as secret, and nothing else", async () => {
        const password = await make("RandomPassword", { length: 12 });
        assert.deepEqual([...password.outputs.secrets].sort(), ["bcryptHash", "result"]);
        assert.equal(password.id, "none");
        assert.match(textOf(password.outputs.values["bcryptHash"]), /^\$2a\$10\$[A-Za-z0-9./]{53}$/);
        assert.deepEqual([...(await make("RandomBytes", { length: 4 })).outputs.secrets], ["base64", "hex"]);
        assert.equal((await make("RandomString", { length: 12 })).outputs.secrets.size, 0);
    });

    it("gives the id and spellings of the real provider", async () => {
        const id = await make("RandomId", { byteLength: 4, prefix: "p-" });
        const { hex, dec, b64Url } = id.outputs.values;
        assert.equal(id.id, b64Url);
        assert.match(textOf(hex), /^p-[0-9a-f]{8}$/);
        assert.equal(textOf(dec), `p-${Number.parseInt(textOf(hex).slice(2), 16)}`);
        assert.match((await make("RandomPet", { length: 3, prefix: "w", separator: "_" })).id, /^w(_[a-z]+){3}$/);
        assert.match((await make("RandomUuid", {})).id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        const one = await make("RandomInteger", { min: 1, max: 1000, seed: "s" });
        assert.equal(one.id, (await make("RandomInteger", { min: 1, max: 1000, seed: "s" })).id);
    });

    it("replaces on any change, keeps nothing outside the state, and reads the state back", async () => {
        const { changes } = await cloud.provider.diff({
            urn: urnOf(token("RandomPassword")),
            id: "none",
            oldInputs: properties({ length: 12, keepers: { a: "1" } }),
            news: properties({ length: 12, keepers: { a: "2" } }),
        });
        assert.deepEqual(changes, [{ path: "keepers.a", kind: "update", replaces: true }]);
        const { id, outputs } = await make("RandomString", { length: 12 });
        assert.deepEqual(cloud.provider.inventory.rows(), []);
        const urn = urnOf(token("RandomString"));
        assert.deepEqual(
            (await cloud.provider.read({ urn, id, state: outputs, inputs: properties() }))?.state,
            outputs,
        );
        const imported = cloud.provider.read({ urn, id, state: properties(), inputs: properties() });
        await assert.rejects(imported, /RandomString: the sandbox cannot import it/);
    });

    it("is found by name, in the version of the SDK", () => {
        assert.equal(cloudNamed("random"), random);
        assert.match(sdkVersion(random.sdk), /^4\.\d+\.\d+$/);
        assert.throws(() => cloudNamed("randon"), /value given: randon.*Choose one of random/);
    });
});
