/** The rules of simulated launch templates. */
import assert from "node:assert/strict";
import type { PropertyMap } from "../../sandbox/clouds/values";
import { EksCloud, templateType } from "../support/eks-cloud";

describe("simulated launch templates", () => {
    let cloud: EksCloud;
    beforeEach(async () => {
        cloud = await EksCloud.start();
    });
    afterEach(() => cloud.remove());

    const least = { name: "nodes", updateDefaultVersion: true };
    const make = (changes: PropertyMap = {}) => cloud.make(templateType, { ...least, ...changes });
    const volume = (ebs: PropertyMap) => ({ blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs }] });

    it("get a version for each change of what they launch, and none for their own tags", async () => {
        const { id, outputs } = await make();
        assert.equal(outputs.values["latestVersion"], 1);
        const update = async (changes: PropertyMap) =>
            (await cloud.update(templateType, id, { ...least, ...changes })).values;
        const tagged = await update({ tags: { a: "b" } });
        assert.deepEqual([tagged["latestVersion"], tagged["defaultVersion"]], [1, 1]);
        const changed = await update({ ...volume({ volumeSize: 20 }) });
        assert.deepEqual([changed["latestVersion"], changed["defaultVersion"]], [2, 2]);
    });

    it("keep their default version unless told to move it", async () => {
        const { id } = await cloud.make(templateType, { name: "nodes" });
        const { values } = await cloud.update(templateType, id, { name: "nodes", ...volume({ volumeSize: 20 }) });
        assert.deepEqual([values["latestVersion"], values["defaultVersion"]], [2, 1]);
    });

    it("have one of a name, and are replaced for another", async () => {
        await make();
        await assert.rejects(make(), /InvalidLaunchTemplateName\.AlreadyExistsException/);
        assert.deepEqual(await cloud.changes(templateType, least, { ...least, name: "other" }), ["name true"]);
        assert.deepEqual(await cloud.changes(templateType, least, { ...least, userData: "YQ==" }), ["userData false"]);
    });

    const refused: readonly (readonly [string, PropertyMap, RegExp])[] = [
        ["a short name", { name: "ab" }, /must be 3 to 128/],
        ["plain user data", { userData: "#!/bin/sh" }, /Invalid BASE64/],
        ["long user data", { userData: Buffer.alloc(16_385).toString("base64") }, /limited to 16384 bytes/],
        ["no hop", { metadataOptions: { httpPutResponseHopLimit: 0 } }, /range \(1 - 64\)/],
        ["a key for plain volumes", volume({ kmsKeyId: "k" }), /requires the parameter Encrypted/],
        ["a volume of unknown kind", volume({ volumeType: "gp4" }), /must be one of/],
        ["a volume too large", volume({ volumeType: "gp2", volumeSize: 16_385 }), /out of range/],
        ["two default versions", { defaultVersion: 1 }, /conflicts with updateDefaultVersion/],
        [
            "tags twice",
            {
                tagSpecifications: [
                    { resourceType: "volume", tags: {} },
                    { resourceType: "volume", tags: {} },
                ],
            },
            /may not be specified more than once/,
        ],
    ];
    for (const [what, changes, expected] of refused) {
        it(`refuse ${what}`, () => assert.rejects(make(changes), expected));
    }
});
