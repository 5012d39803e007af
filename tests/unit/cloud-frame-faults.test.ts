import assert from "node:assert/strict";
import { creationMs, timeScale } from "../../sandbox/clouds/durations";
import { setFaults, type Faults } from "../../sandbox/clouds/faults";
import { PartialCreation } from "../../sandbox/clouds/lifecycle";
import { readRequests } from "../../sandbox/clouds/requests";
import { properties } from "../../sandbox/clouds/values";
import { Crash, databaseType, networkType, TestCloud, urnOf } from "../support/cloud-frame";

describe("simulated clouds: faults and time", () => {
    let cloud: TestCloud;
    beforeEach(() => {
        cloud = new TestCloud();
    });
    afterEach(() => cloud.remove());

    /** Creates networks one after the other; "ok" or the message for each. */
    async function createAll(names: readonly string[]): Promise<string[]> {
        const outcomes: string[] = [];
        for (const name of names) {
            const made = cloud.create(networkType, { cidr: "a", name }, name);
            outcomes.push(await made.then(() => "ok").catch((error: Error) => error.message));
        }
        return outcomes;
    }

    const rule = { type: networkType, operation: "create", kind: "fail" } as const;

    it("hit the n-th call of a type and no other", async () => {
        await setFaults(cloud.dir, { rules: [{ ...rule, nth: 2, message: "AccessDenied" }] });
        await cloud.create(databaseType, { password: "p" });
        assert.deepEqual(await createAll(["a", "b", "c"]), ["ok", "AccessDenied", "ok"]);
        assert.equal(cloud.provider.inventory.rows().filter((row) => row.type === networkType).length, 2);
    });

    it("hit several calls in a row, counted across restarts", async () => {
        await setFaults(cloud.dir, { rules: [{ ...rule, kind: "throttle", nth: 2, times: 2 }] });
        const first = await createAll(["a", "b"]);
        cloud = new TestCloud({ dir: cloud.dir });
        assert.deepEqual(
            [...first, ...(await createAll(["c", "d"]))].map((text) => text.split(":")[0]),
            ["ok", "Throttling", "Throttling", "ok"],
        );
    });

    it("are read anew at every request, and counting begins with each switch", async () => {
        assert.deepEqual(await createAll(["a"]), ["ok"]);
        await setFaults(cloud.dir, { rules: [{ ...rule, message: "down" }] });
        assert.deepEqual(await createAll(["b"]), ["down"]);
        await setFaults(cloud.dir, { rules: [{ ...rule, message: "down" }] });
        assert.deepEqual(await createAll(["c"]), ["down"]);
        await setFaults(cloud.dir, {});
        assert.deepEqual(await createAll(["d"]), ["ok"]);
    });

    it("leave an orphan when the answer to a creation is lost", async () => {
        await setFaults(cloud.dir, { rules: [{ ...rule, at: "after", message: "connection reset" }] });
        assert.deepEqual(await createAll(["lost"]), ["connection reset"]);
        assert.deepEqual(
            cloud.provider.inventory.rows().map((row) => [row.inputs["name"], row.urn]),
            [["lost", urnOf(networkType, "lost")]],
        );
    });

    it("fail reads, updates and deletions too, and change nothing", async () => {
        const { id, outputs } = await cloud.create(networkType, { cidr: "a", name: "n" });
        const operations = ["read", "update", "delete"] as const;
        await setFaults(cloud.dir, {
            rules: operations.map((operation) => ({ ...rule, operation, message: operation })),
        });
        const urn = urnOf(networkType);
        const news = properties({ cidr: "b", name: "n" });
        await assert.rejects(cloud.provider.read({ urn, id, state: outputs, inputs: properties() }), /^Error: read$/);
        await assert.rejects(
            cloud.provider.update({ urn, id, oldOutputs: outputs, news, preview: false }),
            /^Error: update$/,
        );
        await assert.rejects(cloud.delete(networkType, id), /^Error: delete$/);
        assert.equal(cloud.provider.inventory.get(networkType, id)?.inputs["cidr"], "a");
    });

    it("make a resource that exists but never becomes healthy", async () => {
        await setFaults(cloud.dir, { rules: [{ ...rule, kind: "partial", message: "unhealthy" }] });
        const error = await cloud.create(networkType, { cidr: "a", name: "n" }).catch((caught: unknown) => caught);
        assert.ok(error instanceof PartialCreation);
        assert.ok(cloud.provider.inventory.get(networkType, error.id));
        assert.equal(error.outputs.values["name"], "n");
    });

    for (const [at, rows] of [
        ["before", 0],
        ["after", 1],
    ] as const) {
        it(`crash the process ${at} the cloud has done the work`, async () => {
            await setFaults(cloud.dir, { rules: [{ ...rule, kind: "crash", at }] });
            await assert.rejects(cloud.create(networkType, { cidr: "a" }), Crash);
            assert.equal(cloud.provider.inventory.rows().length, rows);
        });
    }

    it("strike by chance in the same places for the same seed, in any order", async () => {
        const names = Array.from({ length: 40 }, (_, index) => `n${index}`);
        const struck = async (faults: Faults, order: readonly string[]): Promise<string[]> => {
            await setFaults(cloud.dir, faults);
            const outcomes = await createAll(order.map((name) => name));
            for (const row of cloud.provider.inventory.rows()) {
                await cloud.provider.inventory.change((inventory) => inventory.remove(row.type, row.id));
            }
            return order.filter((_, index) => outcomes[index] !== "ok").sort();
        };
        const seeded = (seed: number): Faults => ({ random: { seed, rate: 0.3 } });
        const first = await struck(seeded(1), names);
        assert.ok(first.length > 4 && first.length < 24, `${first.length} of 40 at rate 0.3`);
        assert.deepEqual(await struck(seeded(1), [...names].reverse()), first);
        assert.notDeepEqual(await struck(seeded(2), names), first);
        assert.deepEqual(await struck({ random: { seed: 1, rate: 0 } }, names), []);
        assert.equal((await struck({ random: { seed: 1, rate: 1 } }, names)).length, 40);
    });

    it("do not touch previews", async () => {
        await setFaults(cloud.dir, { rules: [rule] });
        await cloud.create(networkType, { cidr: "a" }, "one", true);
        await assert.rejects(cloud.create(networkType, { cidr: "a" }), /InternalError: create of tiny/);
    });

    describe("time", () => {
        it("comes from the table of durations, times the scale", () => {
            assert.equal(creationMs("aws", "aurora cluster", 0.5), 30_000);
            assert.equal(creationMs("aws", undefined, 1), 0);
            assert.throws(() => creationMs("aws", "moon base", 0), /durations\/aws\.json: no entry "moon base"/);
        });

        it("is not scaled by anything but a number", () => {
            assert.equal(timeScale({}), 0);
            assert.equal(timeScale({ SANDBOX_TIME_SCALE: "0.01" }), 0.01);
            for (const wrong of ["fast", "-1", ""]) {
                assert.throws(() => timeScale({ SANDBOX_TIME_SCALE: wrong }), /must be a number of 0 or more/);
            }
        });

        it("can be cut short; what the cloud began exists all the same", async () => {
            const slow = new TestCloud({ dir: cloud.dir, scale: 1 });
            const creation = slow.create(databaseType, { password: "p" });
            while (slow.provider.inventory.rows().length === 0) {
                await new Promise((resolve) => setTimeout(resolve, 5));
            }
            assert.equal(slow.provider.inventory.rows()[0]?.state, "creating");
            slow.provider.cancel();
            await assert.rejects(creation, /cancelled while the cloud was making it; it exists all the same/);
            assert.equal(slow.provider.inventory.rows().length, 1);
            assert.match(readRequests(cloud.dir).at(-1)?.error ?? "", /cancelled/);
        });
    });
});
