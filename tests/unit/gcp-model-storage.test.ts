/** The rules of the simulated Cloud Storage: for each one input that Google takes and one that it refuses. */
import assert from "node:assert/strict";
import { gcp } from "../../sandbox/clouds/gcp";
import type { Created } from "../../sandbox/clouds/lifecycle";
import { properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";
import { plantBucket, plantObject, plantProject, project } from "../support/gcp-account";

const bucketType = "gcp:storage/bucket:Bucket";
const memberType = "gcp:storage/bucketIAMMember:BucketIAMMember";

describe("simulated Cloud Storage", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = new TestCloud({ cloud: gcp });
        cloud.provider.configure(properties({ project: project.projectId, defaultLabels: { team: "ml" } }));
        await plantProject(cloud.provider.inventory, project, ["cloudkms", "cloudresourcemanager"]);
    });
    afterEach(() => cloud.remove());

    const make = async (inputs: PropertyMap = {}, name = "files") => {
        const checked = await cloud.check(bucketType, { name, location: "EU", ...inputs });
        assert.deepEqual(checked.problems, []);
        return cloud.create(bucketType, checked.inputs, name);
    };
    const problems = async (inputs: PropertyMap) =>
        (await cloud.problems(bucketType, { location: "EU", ...inputs })).join();
    const diff = async (olds: PropertyMap, news: PropertyMap) => {
        const bags = { oldInputs: properties(olds), news: properties(news) };
        const { changes } = await cloud.provider.diff({ urn: urnOf(bucketType), id: "files", ...bags });
        return changes.map(({ path, replaces }) => `${path} ${replaces}`);
    };
    const change = async (made: Pick<Created, "id" | "outputs">, news: PropertyMap) => {
        const request = { urn: urnOf(bucketType, made.id), id: made.id, oldOutputs: made.outputs, preview: false };
        const outputs = await cloud.provider.update({
            ...request,
            news: properties({ name: made.id, location: "EU", ...news }),
        });
        return { ...made, outputs };
    };

    it("names a bucket after the resource, and checks a given name", async () => {
        const { inputs } = await cloud.check(bucketType, { location: "EU" });
        assert.match(textOf(inputs.values["name"]), /^one-[0-9a-f]{7}$/);
        for (const name of ["abc", "a_b-c1", "0files", "a".repeat(63), "www.example.com"]) {
            assert.equal(await problems({ name }), "", name);
        }
        for (const name of [
            "ab",
            "Files",
            "-ab",
            "ab-",
            "a..b",
            "10.0.0.1",
            "goog-files",
            "my-google-files",
            "my-g00gle-files",
            "a".repeat(64),
            `${"a".repeat(64)}.example.com`,
        ]) {
            assert.match(await problems({ name }), /^name: must be 3 to 63/, name);
        }
    });

    it("takes no name that is a domain, which nobody has proved to own", async () => {
        await assert.rejects(make({}, "files.example.com"), /Error 403: .*requires domain ownership verification/);
        await plantBucket(cloud.provider.inventory, "files.example.com");
        const outputs = properties({ name: "files.example.com" });
        await change({ id: "files.example.com", outputs }, { versioning: { enabled: true } });
    });

    it("has one bucket of a name in all projects", async () => {
        await make();
        await assert.rejects(
            make({}, "files"),
            /Error 409: The requested bucket name is not available. The bucket namespace is shared by all users/,
        );
    });

    it("tells what it made of it", async () => {
        const { id, outputs } = await make({ location: "europe-west4", labels: { team: "data" } });
        const { values } = outputs;
        assert.equal(id, "files");
        assert.deepEqual(
            [values["location"], values["url"], values["project"], values["projectNumber"]],
            ["EUROPE-WEST4", "gs://files", project.projectId, Number(project.number)],
        );
        assert.equal(values["selfLink"], "https://www.googleapis.com/storage/v1/b/files");
        assert.deepEqual(values["effectiveLabels"], { team: "data", "goog-pulumi-provisioned": "true" });
        assert.deepEqual(
            [values["publicAccessPrevention"], values["uniformBucketLevelAccess"], values["versioning"]],
            ["inherited", false, { enabled: false }],
        );
        assert.equal((values["softDeletePolicy"] as PropertyMap)["retentionDurationSeconds"], 604_800);
        const wide = await make({}, "wide");
        assert.deepEqual([values["rpo"], wide.outputs.values["rpo"]], ["", "DEFAULT"]);
    });

    it("marks what Pulumi made, unless told not to", async () => {
        cloud.provider.configure(properties({ project: project.projectId, addPulumiAttributionLabel: "false" }));
        const { outputs } = await make({ labels: { a: "b" } });
        assert.deepEqual(outputs.values["effectiveLabels"], { a: "b" });
    });

    it("keeps the server's values where a program says no more of them", async () => {
        const made = await make({ softDeletePolicy: { retentionDurationSeconds: 0 }, versioning: { enabled: true } });
        const { outputs } = await change(made, {});
        assert.equal((outputs.values["softDeletePolicy"] as PropertyMap)["retentionDurationSeconds"], 0);
        assert.deepEqual(outputs.values["versioning"], { enabled: true });
    });

    it("replaces a bucket for its name, place and project, and changes the rest in place", async () => {
        const olds = { name: "files", location: "EU", versioning: { enabled: false } };
        assert.deepEqual(await diff(olds, { ...olds, name: "other" }), ["name true"]);
        assert.deepEqual(await diff(olds, { ...olds, location: "US" }), ["location true"]);
        assert.deepEqual(await diff(olds, { ...olds, location: "eu" }), []);
        assert.deepEqual(await diff(olds, { ...olds, project: "other-project" }), ["project true"]);
        assert.deepEqual(await diff(olds, { ...olds, versioning: { enabled: true } }), ["versioning.enabled false"]);
        const locked = { ...olds, retentionPolicy: { retentionPeriod: "86400", isLocked: true } };
        assert.deepEqual(
            await diff(locked, { ...olds, retentionPolicy: { retentionPeriod: "86400", isLocked: false } }),
            ["retentionPolicy.isLocked true"],
        );
        assert.deepEqual(await diff(locked, { ...olds, versioning: { enabled: true } }), [
            "versioning.enabled false",
            "retentionPolicy true",
        ]);
        assert.deepEqual(
            await diff(locked, { ...locked, retentionPolicy: { retentionPeriod: "90000", isLocked: true } }),
            ["retentionPolicy.retentionPeriod false"],
        );
    });

    it("takes places of Cloud Storage", async () => {
        for (const location of ["US", "eu", "NAM4", "asia1", "us-east1", "EUROPE-WEST4"]) {
            await make({ location }, `at-${location.toLowerCase()}`);
        }
        for (const location of ["europe", "global", "eu-west-1"]) {
            await assert.rejects(
                make({ location }),
                /Error 400: The specified location constraint is not valid/,
                location,
            );
        }
        const pair = (...dataLocations: string[]) => ({ customPlacementConfig: { dataLocations } });
        await make({ ...pair("EUROPE-WEST1", "EUROPE-WEST4"), rpo: "ASYNC_TURBO" }, "pair");
        for (const wrong of [
            { location: "us-east1", ...pair("US-EAST1", "US-WEST1") },
            pair("EUROPE-WEST1", "EUROPE-WEST1"),
            pair("EUROPE-WEST1", "EUROPE-MARS1"),
            pair("EUROPE-WEST1", "US-WEST1"),
            pair("europe-west1", "europe-west4"),
        ]) {
            await assert.rejects(make(wrong), /location constraint is not valid/, JSON.stringify(wrong));
        }
        await assert.rejects(make({ rpo: "ASYNC_TURBO" }), /ASYNC_TURBO is only available for dual-region/);
        await assert.rejects(
            make({ location: "us-east1", rpo: "DEFAULT" }),
            /RPO is only available for dual-region and/,
        );
    });

    it("keeps soft-deleted objects for a week to 90 days, or not at all", async () => {
        const policy = (retentionDurationSeconds: number) => ({ softDeletePolicy: { retentionDurationSeconds } });
        for (const seconds of [0, 604_800, 7_776_000]) {
            await make(policy(seconds), `soft-${seconds}`);
        }
        for (const seconds of [1, 604_799, 7_776_001]) {
            await assert.rejects(make(policy(seconds)), /Soft delete retention duration must be 0 or between/);
        }
    });

    it("takes lifecycle rules with an action and a condition that fit", async () => {
        const rule = (type: string, condition: PropertyMap, storageClass?: string) => ({
            lifecycleRules: [{ action: { type, ...(storageClass === undefined ? {} : { storageClass }) }, condition }],
        });
        const accepted = [
            rule("Delete", { daysSinceNoncurrentTime: 7, withState: "ARCHIVED" }),
            rule("Delete", { age: 0, sendAgeIfZero: true }),
            rule("AbortIncompleteMultipartUpload", { age: 7, withState: "ANY" }),
            rule("SetStorageClass", { age: 30 }, "NEARLINE"),
            rule("AbortIncompleteMultipartUpload", { age: 7, matchesPrefixes: ["wandb/"] }),
        ];
        for (const [index, rules] of accepted.entries()) {
            await make(rules, `rules-${index}`);
        }
        await assert.rejects(make(rule("Delete", {})), /must have at least one condition/);
        await assert.rejects(make(rule("Delete", { withState: "ANY" })), /must have at least one condition/);
        await assert.rejects(make(rule("Delete", { age: 0 })), /must have at least one condition/);
        await assert.rejects(make(rule("SetStorageClass", { age: 30 })), /needs a storage class/);
        await assert.rejects(make(rule("Delete", { age: 30 }, "NEARLINE")), /needs a storage class/);
        await assert.rejects(
            make(rule("AbortIncompleteMultipartUpload", { numNewerVersions: 1 })),
            /supports only the conditions age/,
        );
        assert.match(
            await problems(rule("Remove", { age: 1 })),
            /^lifecycleRules\[0\].action.type: must be one of Delete/,
        );
        const many = Array.from({ length: 101 }, () => accepted[0].lifecycleRules[0]);
        assert.match(await problems({ lifecycleRules: many }), /^lifecycleRules: must be at most 100/);
    });

    it("takes labels that Google takes, default ones included", async () => {
        assert.match(await problems({ labels: { Team: "a" } }), /^labels.Team: is an invalid label key/);
        await assert.rejects(make({ labels: { team: "A" } }), /Error 400: Invalid label value "A"/);
        cloud.provider.configure(properties({ project: project.projectId, defaultLabels: { "1st": "a" } }));
        await assert.rejects(make(), /Error 400: Invalid label key "1st"/);
    });

    describe("retention", () => {
        const policy = (retentionPeriod: string, isLocked = false) => ({
            retentionPolicy: { retentionPeriod, isLocked },
        });

        it("lasts a second to a hundred years", async () => {
            for (const period of ["1", "3155760000"]) {
                assert.equal(await problems(policy(period)), "", period);
            }
            for (const period of ["0", "3155760001", "7d", "-1"]) {
                assert.match(await problems(policy(period)), /^retentionPolicy.retentionPeriod: must be 1 to/, period);
            }
        });

        it("gets shorter only until it is locked", async () => {
            const open = await change(await make(policy("200")), policy("100"));
            const locked = await change(open, policy("100", true));
            await change(locked, { ...policy("100", true), labels: { a: "b" } });
            await change(locked, policy("300", true));
            await assert.rejects(
                change(locked, policy("99", true)),
                /Error 403: Cannot reduce retention duration of a locked/,
            );
            await assert.rejects(change(locked, {}), /Error 403: Cannot reduce retention duration of a locked/);
        });

        it("keeps a bucket that has objects, whoever wants to empty it", async () => {
            const { id } = await make({ ...policy("86400"), forceDestroy: true });
            await plantObject(cloud.provider.inventory, id, "a");
            await assert.rejects(cloud.delete(bucketType, id, id), /have not met the retention period yet/);
        });
    });

    describe("deletion", () => {
        it("keeps a bucket with objects, unless it may empty it", async () => {
            await make();
            await plantObject(cloud.provider.inventory, "files", "a");
            await assert.rejects(
                cloud.delete(bucketType, "files", "files"),
                /Error trying to delete bucket files without `force_destroy` set to true/,
            );
            await make({ forceDestroy: true }, "scratch");
            await plantObject(cloud.provider.inventory, "scratch", "a");
            const binding = { bucket: "scratch", member: "user:me@example.com", role: "roles/storage.admin" };
            await cloud.create(memberType, binding, "member");
            await cloud.delete(bucketType, "scratch", "scratch");
            assert.deepEqual(
                cloud.provider.inventory.rows().flatMap(({ type, id }) => (type.startsWith("gcp:storage") ? [id] : [])),
                ["files", "files/a"],
            );
        });

        it("leaves an abandoned bucket with all that is in it, and a protected one alone", async () => {
            await make({ deletionPolicy: "ABANDON" });
            await plantObject(cloud.provider.inventory, "files", "a");
            await cloud.delete(bucketType, "files", "files");
            const left = cloud.provider.inventory.get(bucketType, "files");
            assert.deepEqual([left?.urn, left?.outputs["url"]], [undefined, "gs://files"]);
            assert.notEqual(cloud.provider.inventory.get("gcp:storage/object", "files/a"), undefined);
            await assert.rejects(make({}, "files"), /Error 409/);
            await make({ deletionPolicy: "PREVENT" }, "kept");
            await assert.rejects(cloud.delete(bucketType, "kept", "kept"), /cannot destroy kept without/);
        });

        it("does not tell whether it may be emptied: an import shows the default", async () => {
            const { id } = await make({ forceDestroy: true });
            const request = { urn: urnOf(bucketType, id), id, state: properties(), inputs: properties() };
            assert.equal((await cloud.provider.read(request))?.inputs.values["forceDestroy"], false);
        });
    });

    describe("members", () => {
        const bind = (inputs: PropertyMap) =>
            cloud.create(memberType, {
                bucket: "files",
                member: "allUsers",
                role: "roles/storage.objectViewer",
                ...inputs,
            });

        it("are of a bucket that is there, named with or without b/", async () => {
            await make();
            assert.equal((await bind({ bucket: "b/files" })).id, "b/files/roles/storage.objectViewer/allUsers");
            await assert.rejects(bind({ bucket: "gone" }), /Error 404: The specified bucket does not exist/);
        });

        it("are not the public where it is shut out", async () => {
            await make({ publicAccessPrevention: "enforced" });
            for (const member of ["allUsers", "allAuthenticatedUsers"]) {
                await assert.rejects(bind({ member }), /Error 412: .*since public access prevention is enforced/);
            }
            await bind({ member: "user:me@example.com" });
        });

        it("have conditions only with uniform access", async () => {
            const condition = { title: "for now", expression: "true" };
            await make();
            await assert.rejects(bind({ condition }), /need uniform bucket-level access/);
            await make({ uniformBucketLevelAccess: true }, "uniform");
            await bind({ bucket: "uniform", condition });
        });
    });
});
