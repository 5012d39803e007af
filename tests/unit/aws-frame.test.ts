/** What the simulated AWS needed of the frame of all simulated clouds. */
import assert from "node:assert/strict";
import type { CloudModel } from "../../sandbox/clouds/model";
import { properties, textOf } from "../../sandbox/clouds/values";
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
            inputs: { colour: { type: "string" }, full: { type: "boolean" } },
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

describe("simulated clouds: refusals of updates, and what goes along", () => {
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
