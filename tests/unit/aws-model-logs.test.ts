/** The rules of the simulated CloudWatch Logs. */
import assert from "node:assert/strict";
import { NetworkCloud } from "../support/modelled-network";

const groupType = "aws:cloudwatch/logGroup:LogGroup";

describe("simulated log groups", () => {
    let cloud: NetworkCloud;
    beforeEach(() => {
        cloud = new NetworkCloud();
    });
    afterEach(() => cloud.remove());

    it("tell their ARN and all tags", async () => {
        const { id, outputs } = await cloud.made(groupType, { name: "/aws/vpc/a", tags: { team: "ml" } });
        assert.equal(id, "/aws/vpc/a");
        assert.equal(outputs["arn"], "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/vpc/a");
        assert.deepEqual(outputs["tagsAll"], { team: "ml", stage: "a" });
    });

    it("have a name that they get or may have, once", async () => {
        assert.match(await cloud.make(groupType), /^n\d+-[0-9a-f]{7}$/);
        for (const name of ["aws/x", "a b", "a:b", "x".repeat(513)]) {
            assert.match((await cloud.problems(groupType, { name })).join(), /^name: must be 1 to 512/, name);
        }
        await cloud.make(groupType, { name: "a.b_c-d/e#1" });
        await assert.rejects(cloud.make(groupType, { name: "a.b_c-d/e#1" }), {
            message: "ResourceAlreadyExistsException: The specified log group already exists",
        });
    });

    it("keep records for some numbers of days", async () => {
        assert.deepEqual(await cloud.problems(groupType, { retentionInDays: 731 }), []);
        assert.match(
            (await cloud.problems(groupType, { retentionInDays: 10 })).join(),
            /^retentionInDays: must be one of 0, 1, 3/,
        );
    });

    it("are encrypted by a key that lets the service in", async () => {
        const plant = (id: string, service: string) => {
            const arn = `arn:aws:kms:eu-west-1:123456789012:key/${id}`;
            const policy = JSON.stringify({ Statement: [{ Principal: { Service: service } }] });
            return cloud.provider.inventory.plant({
                type: "aws:kms/key:Key",
                id,
                inputs: {},
                outputs: { arn, policy },
            });
        };
        await plant("good", "logs.eu-west-1.amazonaws.com");
        await plant("other", "logs.eu-west-2.amazonaws.com");
        const group = (kmsKeyId: string) => cloud.make(groupType, { kmsKeyId });
        await group("arn:aws:kms:eu-west-1:123456789012:key/good");
        await assert.rejects(
            group("arn:aws:kms:eu-west-1:123456789012:key/other"),
            /AccessDeniedException: The specified KMS key/,
        );
        await assert.rejects(group("arn:aws:kms:eu-west-1:123456789012:key/none"), /does not exist or is not allowed/);
        await assert.rejects(group("alias/wandb"), /InvalidParameterException/);
    });

    it("are replaced for name and class only", async () => {
        const olds = { name: "a", logGroupClass: "STANDARD", retentionInDays: 1 };
        const news = { name: "b", logGroupClass: "INFREQUENT_ACCESS", retentionInDays: 3, kmsKeyId: "c" };
        assert.deepEqual(await cloud.changes(groupType, olds, news), [
            "!name",
            "!logGroupClass",
            "retentionInDays",
            "kmsKeyId",
        ]);
    });

    it("take no tag of AWS", async () => {
        await assert.rejects(cloud.make(groupType, { tags: { "aws:x": "" } }), /InvalidTag/);
    });
});
