/** The rules of the simulated Pub/Sub, and of events of buckets that go there. */
import assert from "node:assert/strict";
import { gcp } from "../../sandbox/clouds/gcp";
import {
    subscriptionMemberType,
    subscriptionType,
    topicMemberType,
    topicType,
} from "../../sandbox/clouds/gcp/pubsub/shared";
import { notificationType } from "../../sandbox/clouds/gcp/storage";
import { properties, type PropertyMap } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";
import { plantBucket, plantKey, plantProject, plantStorageAgent, project, region } from "../support/gcp-account";

const topicId = `projects/${project.projectId}/topics/events`;
const subscriptionId = `projects/${project.projectId}/subscriptions/reader`;
const agent = `service-${project.number}@gcp-sa-pubsub.iam.gserviceaccount.com`;

describe("simulated Pub/Sub", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = new TestCloud({ cloud: gcp });
        cloud.provider.configure(properties({ project: project.projectId }));
        await plantProject(cloud.provider.inventory, project, ["pubsub", "cloudkms"]);
    });
    afterEach(() => cloud.remove());

    const topic = (more: PropertyMap = {}) => cloud.create(topicType, { name: "events", ...more }, "topic");
    const subscription = (more: PropertyMap = {}) =>
        cloud.create(subscriptionType, { name: "reader", topic: topicId, ...more }, "subscription");

    it("names topics and subscriptions by 3 to 255 characters", async () => {
        for (const type of [topicType, subscriptionType]) {
            const problems = (name: string) => cloud.problems(type, { name, topic: topicId }).then((all) => all.join());
            for (const name of ["abc", "a.b_c~d+e%f-g", `a${"b".repeat(254)}`]) {
                assert.doesNotMatch(await problems(name), /^name/, name);
            }
            for (const name of ["ab", "1abc", "google", "a b c", `a${"b".repeat(255)}`]) {
                assert.match(await problems(name), /name: must be 3 to 255/, name);
            }
        }
    });

    it("is off in a new project", async () => {
        cloud.provider.configure(properties({ project: "another-project" }));
        await assert.rejects(topic(), /Cloud Pub\/Sub API has not been used in project another-project/);
    });

    it("has each topic once, and forgets who may use it", async () => {
        const { id } = await topic();
        assert.equal(id, topicId);
        await assert.rejects(topic(), /Error 409: Resource already exists in the project \(resource=events\)/);
        const member = { topic: "events", role: "roles/pubsub.viewer", member: "user:me@example.com" };
        const granted = await cloud.create(topicMemberType, { ...member, project: project.projectId }, "member");
        assert.equal(granted.id, `${topicId}/roles/pubsub.viewer/user:me@example.com`);
        await cloud.delete(topicType, id, "topic");
        assert.ok(!cloud.provider.inventory.rows().some(({ type }) => type === topicMemberType));
    });

    it("keeps messages in regions that there are", async () => {
        const policy = (...allowedPersistenceRegions: string[]) => ({
            messageStoragePolicy: { allowedPersistenceRegions },
        });
        await topic(policy(region));
        await assert.rejects(
            topic({ name: "other", ...policy("EU") }),
            /Invalid region in the message storage policy: EU/,
        );
        await assert.rejects(topic({ name: "other", ...policy() }), /must allow at least one region/);
    });

    it("encrypts with keys that its service agent may use", async () => {
        const kmsKeyName = await plantKey(cloud.provider.inventory, region);
        await assert.rejects(
            topic({ kmsKeyName }),
            new RegExp(`the service account ${agent} was granted the Cloud KMS CryptoKey Encrypter/Decrypter role`),
        );
        await assert.rejects(topic({ kmsKeyName: "key" }), /Invalid resource name given \(name=key\)/);
        const granted = await plantKey(cloud.provider.inventory, "global", [`serviceAccount:${agent}`]);
        await topic({ kmsKeyName: granted });
    });

    it("subscribes to topics that are there, and keeps the subscription when the topic goes", async () => {
        await assert.rejects(subscription(), /Error 404: Resource not found \(resource=events\)/);
        const { id } = await topic();
        const made = await subscription();
        assert.equal(made.id, subscriptionId);
        assert.deepEqual(made.outputs.values["expirationPolicy"], { ttl: "2678400s" });
        await cloud.delete(topicType, id, "topic");
        assert.ok(cloud.provider.inventory.get(subscriptionType, subscriptionId));
    });

    for (const [what, more, error] of [
        ["a short deadline", { ackDeadlineSeconds: 9 }, /Invalid ack deadline given \(deadline=9\)/],
        ["a long deadline", { ackDeadlineSeconds: 601 }, /Invalid ack deadline given/],
        ["a short retention", { messageRetentionDuration: "599s" }, /message_retention_duration is invalid: 599s/],
        ["a long retention", { messageRetentionDuration: "2678401s" }, /message_retention_duration is invalid/],
        ["a retention in days", { messageRetentionDuration: "7d" }, /message_retention_duration is invalid: 7d/],
        ["a long pause", { retryPolicy: { maximumBackoff: "601s" } }, /Invalid retry policy/],
        [
            "pauses the wrong way round",
            { retryPolicy: { minimumBackoff: "20s", maximumBackoff: "10s" } },
            /Invalid retry/,
        ],
        ["an early end", { expirationPolicy: { ttl: "3600s" } }, /ttl 3600s must be at least one day/],
    ] as const) {
        it(`refuses ${what} of a subscription`, async () => {
            await topic();
            await assert.rejects(subscription(more), error);
        });
    }

    it("takes what is at the limits, and a subscription without end", async () => {
        await topic();
        await subscription({
            ackDeadlineSeconds: 600,
            messageRetentionDuration: "2678400s",
            retryPolicy: { minimumBackoff: "0s", maximumBackoff: "600s" },
            expirationPolicy: { ttl: "" },
        });
    });

    it("replaces a subscription for another topic, order or filter, and changes the rest in place", async () => {
        const inputs = { name: "reader", topic: topicId };
        const replaces = async (more: PropertyMap) => {
            const bags = { oldInputs: properties(inputs), news: properties({ ...inputs, ...more }) };
            const { changes } = await cloud.provider.diff({ urn: urnOf(subscriptionType), id: "x", ...bags });
            return changes.filter((change) => change.replaces).map(({ path }) => path);
        };
        assert.deepEqual(await replaces({ ackDeadlineSeconds: 20, messageRetentionDuration: "600s" }), []);
        assert.deepEqual(await replaces({ enableMessageOrdering: true }), ["enableMessageOrdering"]);
        assert.deepEqual(await replaces({ filter: "a" }), ["filter"]);
        assert.deepEqual(await replaces({ topic: "other" }), ["topic"]);
    });

    it("knows its roles and things", async () => {
        await topic();
        await subscription();
        const grant = (type: string, more: PropertyMap) =>
            cloud.create(type, { project: project.projectId, member: "user:me@example.com", ...more }, "member");
        await grant(subscriptionMemberType, { subscription: "reader", role: "roles/pubsub.subscriber" });
        await assert.rejects(
            grant(subscriptionMemberType, { subscription: "none", role: "roles/pubsub.subscriber" }),
            /Resource not found \(resource=none\)/,
        );
        await assert.rejects(
            grant(topicMemberType, { topic: "events", role: "roles/storage.admin" }),
            /Role roles\/storage.admin is not supported for this resource/,
        );
    });

    describe("events of buckets", () => {
        const notify = (more: PropertyMap = {}) =>
            cloud.create(
                notificationType,
                { bucket: "files", topic: topicId, payloadFormat: "JSON_API_V1", ...more },
                "notification",
            );
        const publish = async () => {
            const member = await plantStorageAgent(cloud.provider.inventory);
            const granted = { project: project.projectId, topic: "events", role: "roles/pubsub.publisher", member };
            await cloud.create(topicMemberType, granted, "publisher");
        };

        it("need the bucket, the topic, and the right to publish there", async () => {
            await assert.rejects(notify(), /The specified bucket does not exist/);
            await plantBucket(cloud.provider.inventory, "files");
            await assert.rejects(
                notify(),
                /Cloud Pub\/Sub topic "projects\/example-project\/topics\/events" does not exist/,
            );
            await topic();
            await assert.rejects(notify(), /does not have permission to publish messages to the Cloud Pub\/Sub topic/);
            await publish();
            assert.equal((await notify()).id, "files/notificationConfigs/1");
            assert.equal((await notify()).id, "files/notificationConfigs/2");
        });

        it("are of kinds that there are, and go with the bucket", async () => {
            const problems = await cloud.problems(notificationType, {
                bucket: "files",
                topic: topicId,
                payloadFormat: "XML",
                eventTypes: ["OBJECT_READ"],
            });
            assert.equal(problems.length, 2, problems.join());
            await plantBucket(cloud.provider.inventory, "files");
            await topic();
            await publish();
            await notify();
            await cloud.delete("gcp:storage/bucket:Bucket", "files", "bucket");
            assert.ok(!cloud.provider.inventory.rows().some(({ type }) => type === notificationType));
        });
    });
});
