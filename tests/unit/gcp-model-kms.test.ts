/** The rules of the simulated Cloud KMS: for each one input that Google takes and one that it refuses. */
import assert from "node:assert/strict";
import { gcp } from "../../sandbox/clouds/gcp";
import { cryptoKeyMemberType, cryptoKeyType, keyRingType } from "../../sandbox/clouds/gcp/kms";
import { properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";
import { plantProject, project } from "../support/gcp-account";

const ringId = "projects/example-project/locations/europe/keyRings/ring";
const keyId = `${ringId}/cryptoKeys/key`;

describe("simulated Cloud KMS", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = new TestCloud({ cloud: gcp });
        cloud.provider.configure(properties({ project: project.projectId, defaultLabels: { team: "ml", stage: "a" } }));
        await plantProject(cloud.provider.inventory, project, ["cloudkms", "iam"]);
    });
    afterEach(() => cloud.remove());

    const makeRing = (inputs: PropertyMap = {}) =>
        cloud.create(keyRingType, { location: "europe", name: "ring", ...inputs }, "ring");
    const makeKey = async (inputs: PropertyMap = {}) => {
        const checked = await cloud.check(cryptoKeyType, { keyRing: ringId, name: "key", ...inputs });
        assert.deepEqual(checked.problems, []);
        return cloud.create(cryptoKeyType, checked.inputs, "key");
    };
    const keyProblems = async (inputs: PropertyMap) =>
        (await cloud.problems(cryptoKeyType, { keyRing: ringId, ...inputs })).join();
    const diff = async (type: string, olds: PropertyMap, news: PropertyMap) => {
        const bags = { oldInputs: properties(olds), news: properties({ ...olds, ...news }) };
        const { changes } = await cloud.provider.diff({ urn: urnOf(type), id: "x", ...bags });
        return changes.map(({ path, replaces }) => `${path} ${replaces}`);
    };
    const ask = async (token: string, args: PropertyMap) =>
        (await cloud.provider.invoke(token, properties(args))).values;

    describe("key rings", () => {
        it("have the id of their place and name", async () => {
            const { id, outputs } = await makeRing();
            assert.equal(id, ringId);
            assert.equal(outputs.values["project"], project.projectId);
        });

        it("are in locations of Cloud KMS, which are written in small letters", async () => {
            for (const location of ["global", "us", "europe", "asia1", "europe-west4"]) {
                await makeRing({ location });
            }
            for (const location of ["US", "eu", "mars-1"]) {
                await assert.rejects(makeRing({ location }), /KMS_RESOURCE_NOT_FOUND_IN_LOCATION/, location);
            }
        });

        it("have names of up to 63 letters, digits, underscores and hyphens", async () => {
            const problems = async (name: string) =>
                (await cloud.problems(keyRingType, { location: "us", name })).join();
            assert.equal(await problems("Ring_1-a"), "");
            for (const name of ["a.b", "", "a".repeat(64)]) {
                assert.match(await problems(name), /^name: must be 1 to 63/, name);
            }
            const { inputs } = await cloud.check(keyRingType, { location: "us" });
            assert.match(textOf(inputs.values["name"]), /^one-[0-9a-f]{7}$/);
        });

        it("outlive their destruction, so that nobody can make them again", async () => {
            await makeRing();
            await assert.rejects(
                makeRing(),
                /Error creating KeyRing: .*Error 409: KeyRing projects.*ring already exists/,
            );
            await cloud.delete(keyRingType, ringId, "ring");
            assert.equal(cloud.provider.inventory.get(keyRingType, ringId)?.urn, undefined);
            await assert.rejects(makeRing(), /Error 409: KeyRing .* already exists/);
        });

        it("are found by name", async () => {
            await makeRing();
            const token = "gcp:kms/getKMSKeyRing:getKMSKeyRing";
            assert.equal((await ask(token, { location: "europe", name: "ring" }))["id"], ringId);
            await assert.rejects(
                ask(token, { location: "us", name: "ring" }),
                /locations\/us\/keyRings\/ring not found/,
            );
        });
    });

    describe("keys", () => {
        beforeEach(() => makeRing());

        it("have the id of their ring, a version, and all labels", async () => {
            const { id, outputs } = await makeKey({ labels: { team: "data" } });
            assert.equal(id, keyId);
            assert.deepEqual(outputs.values["primaries"], [{ name: `${keyId}/cryptoKeyVersions/1`, state: "ENABLED" }]);
            assert.equal(outputs.values["destroyScheduledDuration"], "2592000s");
            const all = { team: "data", stage: "a", "goog-pulumi-provisioned": "true" };
            assert.deepEqual([outputs.values["effectiveLabels"], outputs.values["pulumiLabels"]], [all, all]);
        });

        it("are in rings that are there", async () => {
            const keyRing = ringId.replace("ring", "gone");
            await assert.rejects(makeKey({ keyRing: `${ringId}-2` }), /Error 404: KeyRing .*ring-2 not found/);
            assert.match(await keyProblems({ keyRing: "ring" }), /^keyRing: must be the id of a key ring/);
            await assert.rejects(
                cloud.create(cryptoKeyType, { keyRing: keyRing.replace(project.projectId, "nobodys"), name: "key" }),
                /Error 403: Permission 'cloudkms.cryptoKeys.create' denied/,
            );
        });

        it("rotate once a day at most, if they encrypt and decrypt", async () => {
            for (const rotationPeriod of ["86400s", "7776000s", "100000.5s"]) {
                assert.equal(await keyProblems({ rotationPeriod }), "", rotationPeriod);
            }
            for (const [rotationPeriod, words] of [
                ["86399s", /must be greater than one day/],
                ["90d", /must be a decimal number/],
                ["86400", /must be a decimal number/],
                ["86400.0000000001s", /must be a decimal number/],
            ] as const) {
                assert.match(await keyProblems({ rotationPeriod }), words, rotationPeriod);
            }
            assert.match(
                await keyProblems({ rotationPeriod: "86400s", purpose: "MAC" }),
                /^rotationPeriod: is for keys with purpose ENCRYPT_DECRYPT only/,
            );
        });

        it("of other purposes need an algorithm, and have no primary version", async () => {
            await assert.rejects(makeKey({ purpose: "MAC" }), /version_template.algorithm is required/);
            const versionTemplate = { algorithm: "HMAC_SHA256" };
            const { outputs } = await makeKey({ purpose: "MAC", versionTemplate });
            assert.deepEqual(outputs.values["primaries"], []);
            const empty = await makeKey({ name: "empty", skipInitialVersionCreation: true });
            assert.deepEqual(empty.outputs.values["primaries"], []);
            assert.match(await keyProblems({ purpose: "SIGN" }), /^purpose: must be one of ENCRYPT_DECRYPT/);
        });

        it("wait a day to 120 days until their versions are gone", async () => {
            for (const days of [1, 120]) {
                const destroyScheduledDuration = `${days * 86_400}s`;
                const { outputs } = await makeKey({ name: `key-${days}`, destroyScheduledDuration });
                assert.equal(outputs.values["destroyScheduledDuration"], destroyScheduledDuration);
            }
            for (const destroyScheduledDuration of ["86399s", "10368001s", "30d"]) {
                await assert.rejects(
                    makeKey({ destroyScheduledDuration }),
                    /destroy_scheduled_duration must be between 24 hours and 120 days/,
                );
            }
        });

        it("are replaced for what they are, and changed for how they are kept", async () => {
            const olds = { keyRing: ringId, name: "key", purpose: "ENCRYPT_DECRYPT", rotationPeriod: "86400s" };
            assert.deepEqual(await diff(cryptoKeyType, olds, { name: "other" }), ["name true"]);
            assert.deepEqual(await diff(cryptoKeyType, olds, { destroyScheduledDuration: "86400s" }), [
                "destroyScheduledDuration true",
            ]);
            assert.deepEqual(await diff(cryptoKeyType, olds, { rotationPeriod: "7776000s" }), ["rotationPeriod false"]);
            assert.deepEqual(await diff(cryptoKeyType, olds, { labels: { a: "b" } }), ["labels false"]);
        });

        it("outlive their destruction without a version and without rotation", async () => {
            await makeKey({ rotationPeriod: "86400s" });
            await assert.rejects(makeKey(), /Error 409: CryptoKey .*cryptoKeys\/key already exists/);
            await cloud.delete(cryptoKeyType, keyId, "key");
            const left = cloud.provider.inventory.get(cryptoKeyType, keyId);
            assert.deepEqual(left?.outputs["primaries"], [
                { name: `${keyId}/cryptoKeyVersions/1`, state: "DESTROY_SCHEDULED" },
            ]);
            assert.deepEqual(
                [left?.urn, left?.inputs["rotationPeriod"], left?.outputs["rotationPeriod"]],
                [undefined, undefined, undefined],
            );
            await assert.rejects(makeKey(), /Error 409: CryptoKey .* already exists/);
        });

        it("keep their versions when they are abandoned, and stay when they are protected", async () => {
            await makeKey({ deletionPolicy: "ABANDON", rotationPeriod: "86400s" });
            await cloud.delete(cryptoKeyType, keyId, "key");
            const left = cloud.provider.inventory.get(cryptoKeyType, keyId);
            assert.deepEqual(left?.outputs["primaries"], [{ name: `${keyId}/cryptoKeyVersions/1`, state: "ENABLED" }]);
            assert.equal(left?.inputs["rotationPeriod"], "86400s");
            const { id } = await makeKey({ name: "kept", deletionPolicy: "PREVENT" });
            await assert.rejects(cloud.delete(cryptoKeyType, id, "key"), /without setting deletion_policy="DELETE"/);
        });

        it("take no labels that Google does not take, default ones included", async () => {
            await makeKey({ labels: { cost_center: "a-1" } });
            await assert.rejects(makeKey({ name: "b", labels: { Team: "a" } }), /Error 400: Invalid label key "Team"/);
            await assert.rejects(makeKey({ name: "b", labels: { team: "A" } }), /Error 400: Invalid label value "A"/);
            const many = Object.fromEntries(Array.from({ length: 61 }, (_, at) => [`t${at}`, ""]));
            await makeKey({ name: "many", labels: many });
            await assert.rejects(makeKey({ name: "more", labels: { ...many, x: "" } }), /at most 64 labels \(65 given/);
        });

        it("are changed in place without a new version", async () => {
            const { outputs, id } = await makeKey();
            const rotated = [{ name: `${keyId}/cryptoKeyVersions/2`, state: "ENABLED" }];
            const oldOutputs = properties({ ...outputs.values, primaries: rotated });
            const request = { urn: urnOf(cryptoKeyType, "key"), id, oldOutputs, preview: false };
            const news = { keyRing: ringId, name: "key", purpose: "ENCRYPT_DECRYPT", labels: { a: "b" } };
            const updated = await cloud.provider.update({ ...request, news: properties(news) });
            assert.deepEqual(updated.values["primaries"], rotated);
            assert.deepEqual((updated.values["effectiveLabels"] as PropertyMap)["a"], "b");
            await assert.rejects(
                cloud.provider.update({ ...request, news: properties({ ...news, labels: { A: "" } }) }),
                /Error updating CryptoKey: .*Invalid label key/,
            );
        });

        it("do not tell how they were made or may go: an import shows the defaults", async () => {
            const { id } = await makeKey({ skipInitialVersionCreation: true, deletionPolicy: "ABANDON" });
            const request = { urn: urnOf(cryptoKeyType, "key"), id, state: properties(), inputs: properties() };
            const found = (await cloud.provider.read(request))?.inputs.values;
            assert.deepEqual([found?.["skipInitialVersionCreation"], found?.["deletionPolicy"]], [undefined, "DELETE"]);
        });

        it("are found by name, with what there is to tell", async () => {
            await makeKey({ rotationPeriod: "86400s" });
            const found = await ask("gcp:kms/getKMSCryptoKey:getKMSCryptoKey", { keyRing: ringId, name: "key" });
            assert.deepEqual(
                [found["id"], found["purpose"], found["rotationPeriod"], found["versionTemplates"]],
                [
                    keyId,
                    "ENCRYPT_DECRYPT",
                    "86400s",
                    [{ algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "SOFTWARE" }],
                ],
            );
            await assert.rejects(
                ask("gcp:kms/getKMSCryptoKey:getKMSCryptoKey", { keyRing: ringId, name: "gone" }),
                /cryptoKeys\/gone not found/,
            );
        });

        it("have members of the roles that a key can grant", async () => {
            await makeKey();
            const grant = (inputs: PropertyMap) =>
                cloud.create(cryptoKeyMemberType, { cryptoKeyId: keyId, member: "user:me@example.com", ...inputs });
            const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
            const { id } = await grant({ role });
            assert.equal(id, `${keyId}/${role}/user:me@example.com`);
            await assert.rejects(
                grant({ role: "roles/storage.admin" }),
                /Error 400: Role roles\/storage.admin is not supported for this resource/,
            );
            await assert.rejects(
                grant({ role, cryptoKeyId: `${keyId}-2` }),
                /Error retrieving IAM policy for KMS CryptoKey ".*key-2": googleapi: Error 404: CryptoKey .*key-2 not found/,
            );
            await assert.rejects(grant({ role, cryptoKeyId: "europe/ring/key" }), /Invalid CryptoKey id format/);
        });
    });
});
