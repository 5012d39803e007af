/** The rules of the simulated KMS and STS: for each one input that AWS takes and one that it refuses. */
import assert from "node:assert/strict";
import { aws } from "../../sandbox/clouds/aws";
import { keyServesVolumes } from "../../sandbox/clouds/aws/kms";
import { properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";

const keyType = "aws:kms/key:Key";
const aliasType = "aws:kms/alias:Alias";

const account = "arn:aws:iam::123456789012:root";

function statement(principal: string, action = "kms:*") {
    return { Effect: "Allow", Principal: { AWS: principal }, Action: action, Resource: "*" };
}

function policies(...statements: object[]): string {
    return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function policy(principal: string, action?: string): string {
    return policies(statement(principal, action));
}

describe("simulated KMS", () => {
    let cloud: TestCloud;
    beforeEach(() => {
        cloud = new TestCloud({ cloud: aws });
    });
    afterEach(() => cloud.remove());

    const configure = (config: PropertyMap) => cloud.provider.configure(properties({ region: "eu-west-1", ...config }));
    const makeKey = (inputs: PropertyMap = {}) => {
        return cloud.create(keyType, { policy: policy(account), ...inputs });
    };
    /** A principal that no program makes. */
    const plant = (type: string, arn: string) => {
        const name = arn.split("/").at(-1) ?? arn;
        return cloud.provider.inventory.plant({ type, id: arn, inputs: { name }, outputs: { arn, name } });
    };

    it("makes a key with an ARN of account, region and partition", async () => {
        configure({});
        const { id, outputs } = await makeKey();
        assert.equal(outputs.values["arn"], `arn:aws:kms:eu-west-1:123456789012:key/${id}`);
        assert.equal(outputs.values["keyId"], id);
        configure({ region: "cn-north-1" });
        const china = await makeKey({ policy: policy(account.replace("aws", "aws-cn")) });
        assert.equal(china.outputs.values["arn"], `arn:aws-cn:kms:cn-north-1:123456789012:key/${china.id}`);
    });

    it("holds numbers of days to their ranges", async () => {
        const rotating = { enableKeyRotation: true };
        for (const [property, least, most] of [
            ["deletionWindowInDays", 7, 30],
            ["rotationPeriodInDays", 90, 2560],
        ] as const) {
            for (const days of [least, most]) {
                assert.deepEqual(await cloud.problems(keyType, { ...rotating, [property]: days }), []);
            }
            for (const days of [least - 1, most + 1]) {
                const problems = await cloud.problems(keyType, { ...rotating, [property]: days });
                assert.match(
                    problems.join(),
                    new RegExp(`^${property}: must be in the range \\(${least} - ${most}\\)`),
                );
            }
        }
        assert.match((await cloud.problems(keyType, { rotationPeriodInDays: 90 })).join(), /needs enableKeyRotation/);
    });

    it("does not tell the days until a deletion: an import lacks them, a refresh keeps the state's", async () => {
        configure({});
        const inputs = { policy: policy(account), deletionWindowInDays: 7, enableKeyRotation: true };
        const { id, outputs } = await cloud.create(keyType, inputs);
        const read = async (known: PropertyMap, state = properties()) => {
            const found = await cloud.provider.read({ urn: urnOf(keyType), id, state, inputs: properties(known) });
            return found?.inputs.values;
        };
        const { deletionWindowInDays, ...told } = inputs;
        assert.deepEqual(await read({}), { ...told, bypassPolicyLockoutSafetyCheck: false });
        assert.equal((await read(inputs, outputs))?.["deletionWindowInDays"], deletionWindowInDays);
    });

    describe("tags", () => {
        const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`t${at}`, ""]));

        it("are 50 at most, with the provider's default ones", async () => {
            configure({ defaultTags: { tags: { team: "ml" } } });
            await makeKey({ tags: many(49) });
            await makeKey({ tags: { ...many(49), team: "data" } });
            await assert.rejects(makeKey({ tags: many(50) }), /cannot be greater than 50 \(51 given/);
        });

        it("have no key that is for AWS, wherever it comes from", async () => {
            configure({});
            await makeKey({ tags: { awsome: "" } });
            await assert.rejects(makeKey({ tags: { "aws:owner": "me" } }), /^Error: InvalidTag: .*\(aws:owner\)/);
            configure({ defaultTags: { tags: { "AWS:x": "" } } });
            await assert.rejects(makeKey({}), /InvalidTag/);
        });
    });

    describe("key policies", () => {
        beforeEach(() => configure({}));

        for (const [who, principal] of [
            ["the account", account],
            ["the account's number", "123456789012"],
            ["the caller", "arn:aws:iam::123456789012:user/sandbox"],
        ]) {
            it(`lets ${who} manage the key`, async () => {
                await makeKey({ policy: policy(principal) });
            });
        }

        it("lets the session of a role manage what the role may, and no other role", async () => {
            configure({ assumeRoles: [{ roleArn: "arn:aws:iam::999999999999:role/path/deploy" }] });
            await makeKey({ policy: policy("arn:aws:iam::999999999999:role/path/deploy") });
            await makeKey({ policy: policy("arn:aws:sts::999999999999:assumed-role/deploy/sandbox") });
            const other = "arn:aws:iam::999999999999:role/deploy";
            await plant("aws:iam/role:Role", other);
            await assert.rejects(makeKey({ policy: policy(other) }), lockout);
        });

        it("names principals of this account that are there, and any of others", async () => {
            const role = "arn:aws:iam::123456789012:role/path/reader";
            const both = (name: string) => makeKey({ policy: policies(statement(account), statement(name)) });
            const missing =
                /MalformedPolicyDocumentException: Policy contains a statement with one or more invalid princip/;
            for (const name of [
                role,
                "arn:aws:sts::123456789012:assumed-role/reader/x",
                `${account.slice(0, -4)}user/me`,
            ]) {
                await assert.rejects(both(name), missing, name);
            }
            await plant("aws:iam/role:Role", role);
            await plant("aws:iam/user:User", `${account.slice(0, -4)}user/me`);
            for (const name of [
                role,
                "arn:aws:sts::123456789012:assumed-role/reader/x",
                `${account.slice(0, -4)}user/me`,
            ]) {
                await both(name);
            }
            await both("arn:aws:iam::210987654321:role/anybody");
        });

        it("do not serve volumes of nodes unless they let EC2 Auto Scaling in", async () => {
            const serves = async (...statements: object[]) => {
                const { outputs } = await makeKey({ policy: policies(statement(account), ...statements) });
                return keyServesVolumes(textOf(outputs.values["arn"]), cloud.provider.inventory.view());
            };
            const scaling = `${account.slice(0, -4)}role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
            const everybody = { ...statement("*"), Condition: { ArnEquals: { "aws:PrincipalArn": scaling } } };
            assert.equal(await serves(), false, "the account's IAM policies give the role nothing");
            assert.equal(await serves(everybody), true);
            assert.equal(await serves({ ...everybody, Action: ["kms:Decrypt", "kms:GenerateDataKey*"] }), false);
            const elsewhere = { StringEquals: { "kms:ViaService": "ec2.us-east-1.amazonaws.com" } };
            assert.equal(await serves({ ...statement("*"), Condition: elsewhere }), false);
            const once = { Bool: { "kms:GrantIsForAWSResource": "true" } };
            assert.equal(await serves({ ...everybody, Condition: { ...everybody.Condition, ...once } }), false);
            await plant("aws:iam/role:Role", scaling);
            assert.equal(await serves(statement(scaling)), true);
            assert.equal(keyServesVolumes("gone", cloud.provider.inventory.view()), false);
            const unsaid = (await cloud.create(keyType, {})).outputs.values["arn"];
            assert.equal(keyServesVolumes(textOf(unsaid), cloud.provider.inventory.view()), false);
        });

        const lockout = /MalformedPolicyDocumentException: The new key policy will not allow you to update/;
        it("refuses one that would lock the account out, unless told to", async () => {
            const others = policy("arn:aws:iam::210987654321:root");
            await assert.rejects(makeKey({ policy: others }), lockout);
            await assert.rejects(makeKey({ policy: policy(account, "kms:Decrypt") }), lockout);
            await makeKey({ policy: others, bypassPolicyLockoutSafetyCheck: true });
        });

        it("refuses principals of another partition or form, and text that is no policy", async () => {
            await assert.rejects(
                makeKey({ policy: policy(account.replace("aws", "aws-cn")) }),
                /one or more invalid principals/,
            );
            await assert.rejects(makeKey({ policy: policy("wandb") }), /one or more invalid principals/);
            await assert.rejects(makeKey({ policy: "{}" }), /MalformedPolicyDocumentException/);
            assert.match((await cloud.problems(keyType, { policy: "x" })).join(), /^policy: contains an invalid JSON/);
            await assert.rejects(makeKey({ policy: policy(account) + " ".repeat(33_000) }), /LimitExceededException/);
        });
    });

    describe("aliases", () => {
        let targetKeyId: string;
        beforeEach(async () => {
            configure({});
            targetKeyId = (await makeKey()).id;
        });

        it("takes names and beginnings of names that AWS takes", async () => {
            const problems = async (inputs: PropertyMap) =>
                (await cloud.problems(aliasType, { targetKeyId, ...inputs })).join();
            assert.equal(await problems({ name: "alias/wandb/files_1" }), "");
            assert.equal(await problems({ namePrefix: "alias/" }), "");
            for (const name of ["wandb", "alias/", "alias/aws/s3", "alias/a b"]) {
                assert.match(await problems({ name }), /^name: must begin with 'alias\/'/, name);
            }
            assert.match(await problems({}), /^namePrefix: .*value given: none/);
        });

        it("makes a name from a beginning, and has one alias of a name", async () => {
            const { id, outputs } = await cloud.create(aliasType, { targetKeyId, namePrefix: "alias/wandb-" });
            assert.match(id, /^alias\/wandb-[0-9a-f]{26}$/);
            assert.match(textOf(outputs.values["targetKeyArn"]), new RegExp(`:key/${targetKeyId}$`));
            await cloud.create(aliasType, { targetKeyId, name: "alias/wandb" });
            await assert.rejects(
                cloud.create(aliasType, { targetKeyId, name: "alias/wandb" }),
                /AlreadyExistsException/,
            );
        });

        it("has one alias of a name in each account and region", async () => {
            const name = "alias/wandb";
            await cloud.create(aliasType, { targetKeyId, name });
            const elsewhere = await cloud.create(aliasType, { targetKeyId, name, region: "us-east-1" });
            assert.equal(elsewhere.outputs.values["name"], name);
            assert.equal(elsewhere.outputs.values["arn"], "arn:aws:kms:us-east-1:123456789012:alias/wandb");
            await assert.rejects(
                cloud.create(aliasType, { targetKeyId, name, region: "us-east-1" }),
                /AlreadyExistsException.*us-east-1/,
            );
            configure({ assumeRoles: [{ roleArn: "arn:aws:iam::999999999999:role/deploy" }] });
            const other = await cloud.create(aliasType, { targetKeyId, name });
            await cloud.delete(aliasType, elsewhere.id);
            const rows = cloud.provider.inventory.rows().filter(({ type }) => type === aliasType);
            assert.deepEqual(
                rows.map(({ outputs }) => outputs["arn"]),
                ["arn:aws:kms:eu-west-1:123456789012:alias/wandb", other.outputs.values["arn"]],
            );
        });

        it("points to keys that exist, by id or ARN", async () => {
            const arn = `arn:aws:kms:eu-west-1:123456789012:key/${targetKeyId}`;
            await cloud.create(aliasType, { targetKeyId: arn, name: "alias/by-arn" });
            await assert.rejects(
                cloud.create(aliasType, { targetKeyId: "gone", name: "alias/a" }),
                /NotFoundException/,
            );
        });
    });

    describe("who is asking", () => {
        const ask = async (token: string) => (await cloud.provider.invoke(token, properties())).values;

        it("is a user of the account, or the role that was assumed", async () => {
            configure({});
            const own = await ask("aws:index/getCallerIdentity:getCallerIdentity");
            assert.deepEqual(
                [own["accountId"], own["arn"]],
                ["123456789012", "arn:aws:iam::123456789012:user/sandbox"],
            );
            configure({ assumeRoles: [{ roleArn: "arn:aws:iam::999999999999:role/path/deploy" }] });
            const assumed = await ask("aws:index/getCallerIdentity:getCallerIdentity");
            assert.equal(assumed["accountId"], "999999999999");
            assert.equal(assumed["arn"], "arn:aws:sts::999999999999:assumed-role/deploy/sandbox");
        });

        it("works in the partition of the region", async () => {
            for (const [region, partition, suffix] of [
                ["eu-west-1", "aws", "amazonaws.com"],
                ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
                ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
            ]) {
                configure({ region });
                const answer = await ask("aws:index/getPartition:getPartition");
                assert.deepEqual([answer["partition"], answer["dnsSuffix"]], [partition, suffix]);
                const where = await ask("aws:index/getRegion:getRegion");
                assert.deepEqual([where["region"], where["endpoint"]], [region, `ec2.${region}.${suffix}`]);
            }
        });
    });

    it("is configured with a region", () => {
        const problems = (config: PropertyMap) => cloud.provider.checkConfig(properties(config)).problems;
        assert.deepEqual(problems({ region: "eu-west-1", skipCredentialsValidation: "false" }), []);
        assert.match(
            problems({ region: "eu-west-1", colour: "red" })[0]?.reason ?? "",
            /is not a property of provider aws/,
        );
    });
});
