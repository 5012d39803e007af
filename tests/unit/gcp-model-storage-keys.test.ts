/** Customer-managed keys of the simulated Cloud Storage: for each rule one key that Google takes and one that it refuses. */
import assert from "node:assert/strict";
import { gcp } from "../../sandbox/clouds/gcp";
import { cryptoKeyMemberType, cryptoKeyType } from "../../sandbox/clouds/gcp/kms";
import type { Created } from "../../sandbox/clouds/lifecycle";
import { properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";
import { plantKey, plantProject, plantStorageAgent, project } from "../support/gcp-account";

const bucketType = "gcp:storage/bucket:Bucket";
const agentToken = "gcp:storage/getProjectServiceAccount:getProjectServiceAccount";

describe("simulated Cloud Storage: the key of a bucket", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = new TestCloud({ cloud: gcp });
        cloud.provider.configure(properties({ project: project.projectId }));
        await plantProject(cloud.provider.inventory, project, ["cloudkms", "cloudresourcemanager"]);
    });
    afterEach(() => cloud.remove());

    const make = (inputs: PropertyMap = {}, name = "files") =>
        cloud.create(bucketType, { name, location: "EU", ...inputs }, name);
    const change = ({ id, outputs }: Created, inputs: PropertyMap) =>
        cloud.provider.update({
            urn: urnOf(bucketType, id),
            id,
            oldOutputs: outputs,
            news: properties({ name: id, location: "EU", ...inputs }),
            preview: false,
        });
    const denied =
        /Error 403: Permission denied on Cloud KMS key. Please ensure that your Cloud Storage service account has been authorized/;
    const encrypted = (defaultKmsKeyName: string, inputs: PropertyMap = {}, name?: string) =>
        make({ encryption: { defaultKmsKeyName }, ...inputs }, name);

    it("must let the Cloud Storage service agent encrypt and decrypt", async () => {
        const key = await plantKey(cloud.provider.inventory, "europe");
        await assert.rejects(encrypted(key), denied);
        const { values } = await cloud.provider.invoke(agentToken, properties());
        const grant = { cryptoKeyId: key, member: textOf(values["member"]) };
        const both = { ...grant, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter" };
        const whole = await cloud.create(cryptoKeyMemberType, both, "whole");
        await encrypted(key);
        await cloud.delete(cryptoKeyMemberType, whole.id, "whole");
        await cloud.create(cryptoKeyMemberType, { ...grant, role: "roles/cloudkms.cryptoKeyEncrypter" }, "half");
        await assert.rejects(encrypted(key, {}, "other"), denied);
        await cloud.create(cryptoKeyMemberType, { ...grant, role: "roles/cloudkms.cryptoKeyDecrypter" }, "rest");
        await encrypted(key, {}, "other");
    });

    it("may be open to the agent by the policy of its project", async () => {
        const key = await plantKey(cloud.provider.inventory, "europe");
        const member = await plantStorageAgent(cloud.provider.inventory);
        const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
        const grant = { project: project.projectId, role };
        await cloud.create("gcp:projects/iAMMember:IAMMember", { ...grant, member: "user:me@example.com" }, "other");
        await assert.rejects(encrypted(key), denied);
        await cloud.create("gcp:projects/iAMMember:IAMMember", { ...grant, member });
        await encrypted(key);
        await assert.rejects(encrypted(key.replace(/given$/, "gone"), {}, "other"), denied);
    });

    it("is in the place of the bucket", async () => {
        const member = await plantStorageAgent(cloud.provider.inventory);
        for (const [place, location] of [
            ["EU", "europe"],
            ["US", "us"],
            ["europe-west4", "europe-west4"],
            ["NAM4", "nam4"],
        ]) {
            const key = await plantKey(cloud.provider.inventory, location, [member]);
            await encrypted(key, { location: place }, `in-${location}`);
            await assert.rejects(
                encrypted(key, { location: "ASIA" }),
                new RegExp(`Error 400: Cloud KMS region '${location}' not available for use with GCS region 'ASIA'`),
            );
        }
        await assert.rejects(encrypted("key", {}), /Malformed Cloud KMS crypto key: key/);
    });

    it("is looked at when it becomes the bucket's, and must have a version that works", async () => {
        const member = await plantStorageAgent(cloud.provider.inventory);
        const key = await plantKey(cloud.provider.inventory, "europe", [member]);
        const encryption = { defaultKmsKeyName: key };
        const bare = await make({}, "bare");
        const made = await encrypted(key);
        await cloud.delete(cryptoKeyType, key, "given");
        await change(made, { encryption, labels: { a: "b" } });
        await assert.rejects(
            change(bare, { encryption }),
            /cryptoKeyVersions\/1 is not enabled, current state is: DESTROY_SCHEDULED/,
        );
        await assert.rejects(encrypted(key.replace(/given$/, "gone"), {}, "other"), denied);
    });

    it("is used by an account that exists once somebody asked for it", async () => {
        const agents = () => cloud.provider.inventory.rows().filter(({ type }) => type === "gcp:serviceAgent");
        assert.equal(agents().length, 0);
        const { values } = await cloud.provider.invoke(agentToken, properties());
        const email = "service-210987654321@gs-project-accounts.iam.gserviceaccount.com";
        assert.deepEqual([values["emailAddress"], values["member"]], [email, `serviceAccount:${email}`]);
        await cloud.provider.invoke(agentToken, properties({ project: project.projectId }));
        assert.deepEqual(
            agents().map(({ id }) => id),
            [email],
        );
        await assert.rejects(
            cloud.provider.invoke(agentToken, properties({ project: "nobodys" })),
            /GCS service account not found: .*Unknown project id: nobodys/,
        );
    });
});
