import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setFaults } from "../../sandbox/clouds/faults";
import { fromWire, properties, toWire, unknown, type Properties } from "../../sandbox/clouds/values";
import { databaseType, networkType, TestCloud, urnOf } from "../support/cloud-frame";

const canary = "canary-7f3a";
const secretKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

describe("simulated clouds: secrets", () => {
    let cloud: TestCloud;
    beforeEach(() => {
        cloud = new TestCloud();
    });
    afterEach(() => cloud.remove());

    function writtenText(): string {
        const folder = join(cloud.dir, "clouds");
        return readdirSync(folder)
            .map((file) => readFileSync(join(folder, file), "utf8"))
            .join("\n");
    }

    async function createDatabase(): Promise<{ id: string; outputs: Properties; inputs: Properties }> {
        const { inputs, problems } = await cloud.check(databaseType, {
            password: canary,
            user: "root",
            auth: { token: canary },
        });
        assert.deepEqual(problems, []);
        return { ...(await cloud.create(databaseType, inputs)), inputs };
    }

    it("stand in no file, whether the table or the program marks them", async () => {
        const { id, outputs, inputs } = await createDatabase();
        await cloud.create(networkType, properties({ cidr: "a", tags: { key: canary } }, ["tags"]), "tagged");
        await cloud.provider.update({
            urn: urnOf(databaseType),
            id,
            oldOutputs: outputs,
            news: properties({ password: `${canary}-2` }, inputs.secrets),
            preview: false,
        });
        const text = writtenText();
        assert.ok(text.includes(id), "the inventory was looked at");
        assert.ok(!text.includes(canary), text);
        assert.match(text, /"password":"\[secret\]"/);
    });

    it("are not in refusals and errors", async () => {
        const problems = await cloud.problems(networkType, { cidr: 7, name: canary.toUpperCase() }, ["cidr"]);
        assert.match(problems.join("\n"), /cidr: must be of type string \(value given: a secret\)/);
        await cloud.problems(databaseType, { passwrod: canary });
        const wrong = await cloud.problems(databaseType, { password: 424242 });
        assert.match(wrong.join(), /password: must be of type string/);
        assert.ok(!wrong.join().includes("424242"));
        await setFaults(cloud.dir, { rules: [{ type: databaseType, operation: "create", kind: "fail" }] });
        await assert.rejects(createDatabase(), (error: Error) => !error.message.includes(canary));
        assert.ok(!writtenText().includes(canary));
    });

    it("go to the engine marked, computed ones as well", async () => {
        const { outputs } = await createDatabase();
        assert.deepEqual([...outputs.secrets].sort(), ["auth", "password", "uri"]);
        const wire = toWire(outputs);
        assert.deepEqual(wire["password"], { [secretKey]: secretSignature, value: canary });
        assert.equal(wire["user"], "root");
    });

    it("come back from a refresh as the state has them, for a cloud never tells them", async () => {
        const { id, outputs, inputs } = await createDatabase();
        const read = await cloud.provider.read({ urn: urnOf(databaseType), id, state: outputs, inputs });
        assert.deepEqual(read?.inputs, inputs);
        assert.deepEqual(read?.state, outputs);
        const imported = await cloud.provider.read({
            urn: urnOf(databaseType),
            id,
            state: properties(),
            inputs: properties(),
        });
        assert.deepEqual(imported?.inputs.values, { user: "root" });
    });

    it("and unknowns survive the way over the wire", () => {
        const wire = {
            plain: "x",
            whole: { [secretKey]: secretSignature, value: "s" },
            inner: { list: [{ [secretKey]: secretSignature, value: "s" }] },
            later: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        };
        const bag = fromWire(wire);
        assert.deepEqual(bag.values, { plain: "x", whole: "s", inner: { list: ["s"] }, later: unknown });
        assert.deepEqual([...bag.secrets], ["whole", "inner"]);
        assert.deepEqual(fromWire(toWire(bag)), bag);
    });
});
