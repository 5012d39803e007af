/** The rules of the simulated SQS: for each one input that AWS takes and one that it refuses. */
import assert from "node:assert/strict";
import { aws } from "../../sandbox/clouds/aws";
import { properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";

const queueType = "aws:sqs/queue:Queue";
const policyType = "aws:sqs/queuePolicy:QueuePolicy";

const url = "https://sqs.eu-west-1.amazonaws.com/123456789012/events";
const statement = {
    Effect: "Allow",
    Principal: { Service: "s3.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: "arn:aws:sqs:eu-west-1:123456789012:events",
};

describe("simulated SQS", () => {
    let cloud: TestCloud;
    beforeEach(() => {
        cloud = new TestCloud({ cloud: aws });
        cloud.provider.configure(properties({ region: "eu-west-1" }));
    });
    afterEach(() => cloud.remove());

    it("makes a queue with URL and ARN, and one of a name", async () => {
        const { inputs } = await cloud.check(queueType, {});
        assert.match(textOf(inputs.values["name"]), /^one-[0-9a-f]{7}$/);
        const { id, outputs } = await cloud.create(queueType, { name: "events" });
        assert.deepEqual([id, outputs.values["url"], outputs.values["arn"]], [url, url, statement.Resource]);
        await assert.rejects(cloud.create(queueType, { name: "events" }, "two"), /QueueAlreadyExists/);
        await cloud.create(queueType, { name: "events", region: "us-east-1" }, "two");
        cloud.provider.configure(properties({ region: "cn-north-1" }));
        const china = await cloud.create(queueType, { name: "events" }, "three");
        assert.equal(china.outputs.values["arn"], "arn:aws-cn:sqs:cn-north-1:123456789012:events");
        assert.equal(china.id, "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/events");
    });

    it("holds names and numbers to their rules", async () => {
        const problems = async (inputs: PropertyMap) => (await cloud.problems(queueType, inputs)).join();
        for (const [property, good, bad] of [
            ["name", ["a_B-9", "a".repeat(80)], ["a.b", "a".repeat(81)]],
            ["delaySeconds", [0, 900], [-1, 901]],
            ["kmsDataKeyReusePeriodSeconds", [60, 86_400], [59, 86_401]],
            ["maxMessageSize", [1024, 1_048_576], [1023, 1_048_577]],
            ["messageRetentionSeconds", [60, 1_209_600], [59, 1_209_601]],
            ["receiveWaitTimeSeconds", [0, 20], [-1, 21]],
            ["visibilityTimeoutSeconds", [0, 43_200], [-1, 43_201]],
        ] as const) {
            for (const value of good) {
                assert.equal(await problems({ [property]: value }), "", `${property} ${value}`);
            }
            for (const value of bad) {
                assert.match(await problems({ [property]: value }), new RegExp(`^${property}: `), `${value}`);
            }
        }
        const two = { kmsMasterKeyId: "alias/aws/sqs", sqsManagedSseEnabled: true };
        assert.match(await problems(two), /^sqsManagedSseEnabled: conflicts with kmsMasterKeyId/);
    });

    it("replaces a queue for its name alone", async () => {
        const olds = { name: "a", receiveWaitTimeSeconds: 0 };
        const diff = async (news: PropertyMap) => {
            const request = { urn: urnOf(queueType), id: url, oldInputs: properties(olds), news: properties(news) };
            return (await cloud.provider.diff(request)).changes.map(({ path, replaces }) => `${path} ${replaces}`);
        };
        assert.deepEqual(await diff({ ...olds, name: "b" }), ["name true"]);
        assert.deepEqual(await diff({ ...olds, receiveWaitTimeSeconds: 10 }), ["receiveWaitTimeSeconds false"]);
    });

    describe("policies", () => {
        const policy = (changes: object = {}, version = "2012-10-17") =>
            JSON.stringify({ Version: version, Statement: [{ ...statement, ...changes }] });
        const put = (text: string, queueUrl = url) => cloud.create(policyType, { queueUrl, policy: text });
        beforeEach(() => cloud.create(queueType, { name: "events" }));

        it("belong to a queue that is there", async () => {
            await assert.rejects(put(policy(), `${url}2`), /NonExistentQueue/);
            assert.equal((await put(policy())).id, url);
        });

        it("are JSON of the current version", async () => {
            const problems = async (text: string) =>
                (await cloud.problems(policyType, { queueUrl: url, policy: text })).join();
            assert.match(await problems("{"), /^policy: contains an invalid JSON/);
            assert.match(await problems(policy({}, "2008-10-17")), /^policy: must have "Version"/);
            assert.equal(await problems(policy()), "");
        });

        for (const [what, changes] of [
            ["no principal", { Principal: undefined }],
            ["a principal of an unknown form", { Principal: { AWS: "wandb" } }],
            ["a principal that is not there", { Principal: { AWS: "arn:aws:iam::123456789012:role/gone" } }],
            ["another service's action", { Action: "sns:Publish" }],
        ] as const) {
            it(`do not have ${what}`, () =>
                assert.rejects(put(policy(changes)), /InvalidAttributeValue: Invalid value for the parameter Policy/));
        }
    });
});
