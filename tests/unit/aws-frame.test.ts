/** What the simulated AWS needed of the frame of all simulated clouds. */
import assert from "node:assert/strict";
import type { CloudModel } from "../../sandbox/clouds/model";
import { properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";

const boxType = "tiny:box/box:Box";
const thingType = "tiny:box/thing";

const cloudOfBoxes: CloudModel = {
    name: "boxes",
    sdk: "@pulumi/random",
    config: { region: { type: "string" } },
    invokes: [],
    resources: [
        {
            token: boxType,
            inputs: {
                colour: { type: "string" },
                full: { type: "boolean" },
                weight: { type: "integer" },
                sealed: { type: "boolean", default: false },
            },
            unread: ["weight", "sealed"],
            refuse: ({ colour }, { previous }) => {
                if (colour === "red") {
                    return `NoRed: not even after ${textOf(previous?.["colour"], "nothing")}`;
                }
                return undefined;
            },
            takesAlong: (row, inventory) => inventory.rows(thingType).filter(({ inputs }) => inputs["box"] === row.id),
        },
    ],
};

describe("simulated clouds: refusals of updates, what goes along, what cannot be read", () => {
    let cloud: TestCloud;
    beforeEach(() => {
        cloud = new TestCloud({ cloud: cloudOfBoxes });
    });
    afterEach(() => cloud.remove());

    const update = (id: string, news: { colour: string }, olds: { colour: string }) =>
        cloud.provider.update({
            urn: urnOf(boxType),
            id,
            oldOutputs: properties(olds),
            news: properties(news),
            preview: false,
        });

    it("refuses an update that it would refuse at creation, and leaves the row as it was", async () => {
        await assert.rejects(cloud.create(boxType, { colour: "red" }), /NoRed: not even after nothing/);
        const { id } = await cloud.create(boxType, { colour: "blue" });
        await assert.rejects(update(id, { colour: "red" }, { colour: "blue" }), /NoRed: not even after blue/);
        assert.equal(cloud.provider.inventory.get(boxType, id)?.inputs["colour"], "blue");
        await update(id, { colour: "green" }, { colour: "blue" });
        assert.equal(cloud.provider.inventory.get(boxType, id)?.inputs["colour"], "green");
    });

    it("reads what the cloud tells, and for the rest the state or the default", async () => {
        const inputs = { colour: "blue", weight: 3, sealed: true };
        const { id, outputs } = await cloud.create(boxType, inputs);
        const read = (state: typeof outputs, known: PropertyMap) =>
            cloud.provider.read({ urn: urnOf(boxType), id, state, inputs: properties(known) });
        const imported = await read(properties(), {});
        assert.deepEqual(imported?.inputs.values, { colour: "blue", sealed: false });
        assert.deepEqual(imported?.state.values, { colour: "blue", sealed: false });
        const refreshed = await read(outputs, inputs);
        assert.deepEqual([refreshed?.inputs.values, refreshed?.state.values], [inputs, inputs]);
    });

    it("deletes with a thing what the cloud deletes with it, and nothing else", async () => {
        const { id } = await cloud.create(boxType, { colour: "blue" });
        for (const [name, box] of [
            ["inside", id],
            ["elsewhere", "another"],
        ]) {
            await cloud.provider.inventory.plant({ type: thingType, id: name, inputs: { box }, outputs: {} });
        }
        await cloud.delete(boxType, id);
        assert.deepEqual(
            cloud.provider.inventory.rows().map((row) => row.id),
            ["elsewhere"],
        );
    });
});
