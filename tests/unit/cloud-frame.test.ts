import assert from "node:assert/strict";
import { existsSync, mkdirSync, utimesSync } from "node:fs";
import { diffInputs } from "../../sandbox/clouds/diff";
import { readRequests } from "../../sandbox/clouds/requests";
import { allUnknown, properties, textOf, unknown } from "../../sandbox/clouds/values";
import { databaseType, networkType, subnetType, TestCloud, urnOf } from "../support/cloud-frame";

describe("simulated clouds: the frame", () => {
    let cloud: TestCloud;
    beforeEach(() => {
        cloud = new TestCloud();
    });
    afterEach(() => cloud.remove());

    describe("checks inputs against the table", () => {
        const cases: [string, Record<string, never> | object, RegExp][] = [
            [
                "an unknown property",
                { networkId: "n", colour: "red" },
                /^colour: is not a property of tiny.*Known: mode/,
            ],
            ["a missing property", {}, /^networkId: is required by tiny:net\/subnet:Subnet/],
            ["a null as missing", { networkId: null }, /^networkId: is required/],
            ["a wrong type", { networkId: 7 }, /^networkId: must be of type string \(value given: 7\)/],
            ["a fraction", { networkId: "n", size: 1.5 }, /^size: must be of type integer \(value given: 1.5\)/],
            ["a wrong element", { networkId: "n", zones: ["a", 1] }, /^zones\[1\]: must be of type string/],
            ["a value outside the list", { networkId: "n", mode: "both" }, /^mode: must be one of public, private/],
            ["an unknown member", { networkId: "n", routing: { gateway: true, x: 1 } }, /^routing\.x: is not known/],
            ["a missing member", { networkId: "n", routing: {} }, /^routing\.gateway: is required/],
            ["a documented limit", { networkId: "n", size: 29 }, /^size: must be at most 28 \(value given: 29\)/],
        ];
        for (const [what, inputs, expected] of cases) {
            it(`refuses ${what}`, async () => {
                const problems = await cloud.problems(subnetType, inputs as Record<string, never>);
                assert.equal(problems.length, 1, problems.join("\n"));
                assert.match(problems[0] ?? "", expected);
            });
        }

        it("lists every problem at once", async () => {
            const problems = await cloud.problems(subnetType, { size: "big", mode: "x", extra: 1 });
            assert.deepEqual(problems.map((text) => text.split(":")[0]).sort(), ["extra", "mode", "networkId", "size"]);
        });

        it("fills in defaults and judges nothing that is not known yet", async () => {
            const { inputs, problems } = await cloud.check(subnetType, { networkId: unknown, mode: unknown });
            assert.deepEqual(problems, []);
            assert.deepEqual(inputs.values, { networkId: unknown, mode: unknown, size: 24 });
            assert.deepEqual((await cloud.check(subnetType, { networkId: "n", size: unknown })).problems, []);
        });

        it("names an unknown type and an unknown function", async () => {
            await assert.rejects(cloud.check("tiny:net/tunnel:Tunnel", {}), /tiny:net\/tunnel:Tunnel: .*Add a row/);
            await assert.rejects(cloud.create("tiny:net/tunnel:Tunnel", {}), /tiny:net\/tunnel:Tunnel/);
            await assert.rejects(
                cloud.provider.invoke("tiny:net/getX:getX", properties()),
                /tiny:net\/getX:getX: .*Add a row/,
            );
        });
    });

    describe("makes and checks names", () => {
        it("makes the same name from the same seed, within the limit", async () => {
            const ask = (logicalName = "A-Rather-Lon") =>
                cloud.provider.check({
                    urn: urnOf(networkType, logicalName),
                    olds: properties(),
                    news: properties({ cidr: "c" }),
                    seed: Buffer.from("s"),
                });
            const name = (await ask()).inputs.values["name"];
            assert.match(textOf(name), /^a-rather-lon-[0-9a-f]{7}$/);
            assert.equal((await ask()).inputs.values["name"], name);
            const [problem] = (await ask("A-Rather-Long")).problems;
            assert.match(
                problem.reason,
                /^name 'A-Rather-Long' plus 7 random characters is longer than .* 20\. Give a name/,
            );
        });

        it("keeps a name once made, and refuses one that breaks the rule", async () => {
            const { inputs } = await cloud.check(networkType, { cidr: "c" }, { name: "kept" });
            assert.equal(inputs.values["name"], "kept");
            const problems = await cloud.problems(networkType, { cidr: "c", name: "Bad_Name" });
            assert.match(problems.join(), /^name: must be lower-case letters.*value given: Bad_Name/);
        });

        it("refuses a name that is taken, in the cloud's words", async () => {
            await cloud.create(networkType, { cidr: "a", name: "net" }, "one");
            await assert.rejects(
                cloud.create(networkType, { cidr: "b", name: "net" }, "two"),
                /NetworkAlreadyExists: net/,
            );
            assert.equal(cloud.provider.inventory.rows().length, 1);
        });
    });

    describe("differences", () => {
        it("finds none between equal inputs, whatever the order of keys", () => {
            assert.deepEqual(diffInputs({ a: { x: 1, y: [1] } }, { a: { y: [1], x: 1 } }), []);
        });

        it("tells kind and path of each change, and which ones replace", async () => {
            const { changes, deleteBeforeReplace } = await cloud.provider.diff({
                urn: urnOf(subnetType),
                id: "s",
                oldInputs: properties({ networkId: "a", zones: ["x", "y"], size: 24, routing: { gateway: true } }),
                news: properties({ networkId: "a", zones: ["x", "z"], mode: "public", routing: { gateway: false } }),
            });
            assert.deepEqual(changes, [
                { path: "zones[1]", kind: "update", replaces: true },
                { path: "size", kind: "delete", replaces: false },
                { path: "routing.gateway", kind: "update", replaces: false },
                { path: "mode", kind: "add", replaces: false },
            ]);
            assert.equal(deleteBeforeReplace, true);
        });

        it("takes a value not known yet as a change, and for a replacing property as a replacement", () => {
            assert.deepEqual(
                diffInputs({ cidr: "a", tags: { t: "1" } }, { cidr: unknown, tags: { t: unknown } }, ["cidr"]),
                [
                    { path: "cidr", kind: "update", replaces: true },
                    { path: "tags.t", kind: "update", replaces: false },
                ],
            );
        });
    });

    describe("previews", () => {
        it("show computed outputs of a creation as unknown and make nothing", async () => {
            const { id, outputs } = await cloud.create(networkType, { cidr: "a", name: "n" }, "one", true);
            assert.equal(id, "");
            assert.deepEqual(outputs.values, { cidr: "a", name: "n", ...allUnknown(["arn", "generation"]) });
            assert.deepEqual(cloud.provider.inventory.rows(), []);
        });

        it("keep outputs that an update does not change", async () => {
            const outputs = await cloud.provider.update({
                urn: urnOf(networkType),
                id: "n",
                oldOutputs: properties({ cidr: "a", name: "n", arn: "arn:1", generation: 1 }),
                news: properties({ cidr: "a", name: "n", tags: { team: "ml" } }),
                preview: true,
            });
            assert.deepEqual(outputs.values, {
                cidr: "a",
                name: "n",
                tags: { team: "ml" },
                arn: "arn:1",
                generation: unknown,
            });
        });
    });

    describe("references", () => {
        it("must lead to something that exists", async () => {
            await assert.rejects(cloud.create(subnetType, { networkId: "n-1" }), /InvalidNetworkID.NotFound: n-1/);
            await cloud.provider.inventory.plant({ type: networkType, id: "n-1", inputs: {}, outputs: {} });
            await cloud.create(subnetType, { networkId: "n-1" });
        });

        it("hold their target until the holder is gone", async () => {
            const net = await cloud.create(networkType, { cidr: "a" });
            const sub = await cloud.create(subnetType, { networkId: net.id });
            await assert.rejects(
                cloud.delete(networkType, net.id),
                new RegExp(`DependencyViolation: ${net.id} has ${sub.id}`),
            );
            await cloud.delete(subnetType, sub.id);
            await cloud.delete(networkType, net.id);
            assert.deepEqual(cloud.provider.inventory.rows(), []);
        });

        it("are tried again at an update", async () => {
            const net = await cloud.create(networkType, { cidr: "a" });
            const sub = await cloud.create(subnetType, { networkId: net.id });
            const change = cloud.provider.update({
                urn: urnOf(subnetType),
                id: sub.id,
                oldOutputs: sub.outputs,
                news: properties({ networkId: "n-2" }),
                preview: false,
            });
            await assert.rejects(change, /InvalidNetworkID.NotFound: n-2/);
            assert.deepEqual(cloud.provider.inventory.get(subnetType, sub.id)?.inputs, { networkId: net.id });
        });
    });

    describe("the inventory", () => {
        it("shows drift to a refresh, and nothing when the thing is gone", async () => {
            const { id, outputs } = await cloud.create(networkType, { cidr: "a", tags: { team: "ml" } });
            await cloud.provider.inventory.change((inventory) => {
                const row = inventory.get(networkType, id);
                assert.ok(row);
                row.inputs["tags"] = { team: "changed" };
            });
            const read = () =>
                cloud.provider.read({ urn: urnOf(networkType), id, state: outputs, inputs: properties({ cidr: "a" }) });
            assert.deepEqual((await read())?.inputs.values["tags"], { team: "changed" });
            await cloud.provider.inventory.change((inventory) => inventory.remove(networkType, id));
            assert.equal(await read(), undefined);
        });

        it("lets a thing that is gone already be deleted, but not updated", async () => {
            await cloud.delete(networkType, "gone");
            const update = cloud.provider.update({
                urn: urnOf(networkType),
                id: "gone",
                oldOutputs: properties(),
                news: properties({ cidr: "a" }),
                preview: false,
            });
            await assert.rejects(update, /Network "gone": not found. Run pulumi refresh/);
        });

        it("survives a restart and takes parallel requests of several processes", async () => {
            const other = new TestCloud({ dir: cloud.dir });
            const names = Array.from({ length: 20 }, (_, index) => `net-${index}`);
            await Promise.all(
                names.map((name, index) => (index % 2 ? cloud : other).create(networkType, { cidr: "a", name }, name)),
            );
            const restarted = new TestCloud({ dir: cloud.dir });
            const found = restarted.provider.inventory.rows().map((row) => row.inputs["name"]);
            assert.deepEqual(found.sort(), [...names].sort());
            assert.ok(restarted.provider.inventory.rows().every((row) => row.state === "active"));
        });

        it("is not locked for ever by a process that was killed", async () => {
            const lock = `${cloud.provider.inventory.file}.lock`;
            mkdirSync(lock, { recursive: true });
            const longAgo = new Date(Date.now() - 60_000);
            utimesSync(lock, longAgo, longAgo);
            await cloud.create(networkType, { cidr: "a" });
            assert.equal(existsSync(lock), false);
        });

        it("is unchanged by a refusal", async () => {
            await assert.rejects(cloud.create(networkType, { cidr: "10.99.0.0/16" }), /QuotaExceeded/);
            assert.deepEqual(cloud.provider.inventory.rows(), []);
        });
    });

    describe("functions, configuration and schema", () => {
        it("answer from the inventory, and as unknown when asked with unknowns", async () => {
            const { id } = await cloud.create(networkType, { cidr: "10.0.0.0/16" });
            const ask = (args: Parameters<typeof properties>[0]) =>
                cloud.provider.invoke("tiny:net/getNetwork:getNetwork", properties(args));
            assert.deepEqual((await ask({ id })).values, { cidr: "10.0.0.0/16" });
            assert.deepEqual((await ask({ id: unknown })).values, { cidr: unknown });
            assert.match((await ask({})).problems[0]?.reason ?? "", /required/);
            await assert.rejects(ask({ id: "none" }), /no network none/);
        });

        it("refuse configuration the table does not know, and read JSON where it is not text", () => {
            const check = (config: Parameters<typeof properties>[0]) => cloud.provider.checkConfig(properties(config));
            assert.deepEqual(check({ zones: '["a"]', version: "1.2.3", __internal: {} }).problems, []);
            assert.equal(check({ zones: '["a"]' }).inputs.values["region"], "here-1");
            assert.match(check({ zones: "a" }).problems[0]?.reason ?? "", /must be of type array/);
            assert.match(check({ regoin: "x" }).problems[0]?.reason ?? "", /not a property of provider.*Known: region/);
        });

        it("reach what the table computes", async () => {
            cloud.provider.configure(properties({ region: "there-2" }));
            const { id, outputs } = await cloud.create(networkType, { cidr: "a" });
            assert.equal(outputs.values["arn"], `arn:tiny:there-2:${id}`);
        });

        it("have a schema in which every reference resolves and secrets are marked", () => {
            const text = cloud.provider.schema();
            const schema = JSON.parse(text) as {
                types: Record<string, unknown>;
                resources: Record<
                    string,
                    { properties: Record<string, { secret?: boolean }>; requiredInputs: string[] }
                >;
            };
            const references = [...text.matchAll(/"\$ref":"#\/types\/([^"]+)"/g)].map((match) => match[1] ?? "");
            assert.deepEqual([...new Set(references)].sort(), Object.keys(schema.types).sort());
            assert.deepEqual(Object.keys(schema.types).sort(), [
                "tiny:data/database:DatabaseAuth",
                "tiny:net/subnet:SubnetRouting",
            ]);
            assert.equal(schema.resources[databaseType]?.properties["uri"]?.secret, true);
            assert.deepEqual(schema.resources[subnetType]?.requiredInputs, ["networkId"]);
        });
    });

    it("says which configuration differs", () => {
        const changes = cloud.provider.diffConfig(properties({ region: "a" }), properties({ region: "b" }));
        assert.deepEqual(changes, [{ path: "region", kind: "update", replaces: false }]);
    });

    it("logs every request with its outcome", async () => {
        await cloud.check(networkType, { cidr: "a" });
        await assert.rejects(cloud.create(subnetType, { networkId: "n-1" }));
        const requests = readRequests(cloud.dir).map(({ operation, type, error }) => ({ operation, type, error }));
        assert.deepEqual(requests, [
            { operation: "check", type: networkType, error: undefined },
            { operation: "create", type: subnetType, error: "InvalidNetworkID.NotFound: n-1" },
        ]);
    });
});
