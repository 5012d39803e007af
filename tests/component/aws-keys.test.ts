import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { AwsBucketEncryption } from "../../sdk/aws/args/bucket";
import type { KeyFacts } from "../../sdk/aws/facts";
import { createKeys, type KeysArgs, volumeKeyStatements } from "../../sdk/aws/keys/keys";
import type { PolicyDocument, Statement } from "../../sdk/aws/iam/policies";
import type { AwsScope } from "../../sdk/aws/scope";
import { storeSurroundings } from "../support/aws-stores";
import { GraphRecorder } from "../support/graph";
import { promiseOf } from "../support/resolve";

const made = "arn:aws:kms:eu-west-1:123456789012:key/made";
const own = "arn:aws:kms:eu-west-1:123456789012:key/own";
const far = "arn:aws:kms:us-east-1:123456789012:key/far";
const outputs = { "aws:kms/key:Key": { arn: made, keyId: "made" } };

interface Made {
    readonly graph: GraphRecorder;
    readonly scope: AwsScope;
    readonly facts: KeyFacts;
}

async function make(changes: Partial<KeysArgs> = {}, settings: Partial<AwsScope> = {}): Promise<Made> {
    const graph = await GraphRecorder.start({ preview: false, outputs });
    const scope = { ...storeSurroundings().scope, ...settings };
    const facts = createKeys(scope, { key: {}, encryption: AwsBucketEncryption.Kms, ...changes });
    await pulumi.runtime.disconnect();
    return { graph, scope, facts };
}

const arnsOf = async ({ facts }: Made) => ({
    cluster: await promiseOf(facts.cluster),
    database: await promiseOf(facts.database),
    insights: await promiseOf(facts.insights),
    cache: await promiseOf(facts.cache),
    bucket: facts.bucket && (await promiseOf(facts.bucket)),
    made: facts.made && (await promiseOf(facts.made)),
});
/** Database, its Performance Insights and the cache have one key unless they are given their own. */
const stores = (arn: string) => ({ database: arn, insights: arn, cache: arn });
const keysIn = ({ graph }: Made) => graph.resources.filter(({ type }) => type.startsWith("aws:kms/"));
const statementsOf = ({ graph }: Made): readonly Statement[] =>
    (JSON.parse(String(graph.byName("wandb-key").inputs["policy"])) as PolicyDocument).Statement;

describe("keys on AWS", () => {
    it("are one for everything, with rotation and alias, below one component", async () => {
        const one = await make();
        assert.deepEqual(await arnsOf(one), { cluster: made, ...stores(made), bucket: made, made });
        const { policy, ...key } = one.graph.byName("wandb-key").inputs;
        assert.ok(policy);
        assert.deepEqual(key, {
            description: "Encrypts data of Weights & Biases",
            enableKeyRotation: true,
            rotationPeriodInDays: 365,
            deletionWindowInDays: 30,
            tags: { team: "ml" },
        });
        assert.deepEqual(one.graph.byName("wandb-key-alias").inputs, {
            namePrefix: "alias/wandb-",
            targetKeyId: "made",
        });
        assert.match(one.graph.byName("wandb-keys").urn, /wandb:aws:Keys::wandb-keys$/);
        assert.deepEqual([...new Set(keysIn(one).map(({ urn }) => urn.split("$").at(-2)))], ["wandb:aws:Keys"]);
    });

    it("have a policy of account, administrators and Auto Scaling, and of nobody else (traps 8 and 9)", async () => {
        const administrator = "arn:aws:iam::123456789012:role/admin";
        const one = await make({
            key: { administratorArns: [administrator], rotationDays: 90, deletionWindowDays: 7 },
        });
        assert.deepEqual(
            statementsOf(one).map(({ Sid, Principal }) => [Sid, Principal]),
            [
                ["Account", { AWS: ["arn:aws:iam::123456789012:root"] }],
                ["Administrators", { AWS: [administrator] }],
                ["VolumesUse", { AWS: ["*"] }],
                ["VolumesAttach", { AWS: ["*"] }],
            ],
        );
        const { rotationPeriodInDays, deletionWindowInDays } = one.graph.byName("wandb-key").inputs;
        assert.deepEqual([rotationPeriodInDays, deletionWindowInDays], [90, 7]);
        const china = await make({}, { partition: pulumi.output("aws-cn"), region: pulumi.output("cn-north-1") });
        const text = JSON.stringify(statementsOf(china));
        assert.match(text, /arn:aws-cn:iam::123456789012:role\/aws-service-role/);
        assert.doesNotMatch(text, /arn:aws:/);
    });

    it("are protected and retained like the data that they encrypt", async () => {
        const kept = keysIn(await make({}, { retainData: true }));
        assert.deepEqual(
            kept.map(({ protect, retainOnDelete }) => [protect, retainOnDelete]),
            [
                [true, true],
                [true, true],
            ],
        );
        const free = keysIn(await make({}, { deletionProtection: false }));
        assert.deepEqual([...new Set(free.map(({ protect }) => protect))], [undefined]);
    });

    for (const [what, args, expected, count] of [
        ["one of one's own", { key: { arn: own } }, { cluster: own, ...stores(own), bucket: own, made: undefined }, 0],
        [
            "another for the database",
            { key: { databaseKeyArn: own } },
            { cluster: made, ...stores(own), bucket: made, made },
            2,
        ],
        [
            "another for Performance Insights",
            { key: { performanceInsightsKeyArn: own } },
            { cluster: made, ...stores(made), insights: own, bucket: made, made },
            2,
        ],
        [
            "another for the cache",
            { key: { cacheKeyArn: own } },
            { cluster: made, ...stores(made), cache: own, bucket: made, made },
            2,
        ],
        [
            "another for the bucket",
            { key: { bucketKeyArn: own } },
            { cluster: made, ...stores(made), bucket: own, made },
            2,
        ],
        [
            "none for the bucket",
            { encryption: AwsBucketEncryption.S3 },
            { cluster: made, ...stores(made), bucket: undefined, made },
            2,
        ],
        [
            "that of a bucket of one's own, wherever it lies",
            { ownBucketKey: far },
            { cluster: made, ...stores(made), bucket: far, made },
            2,
        ],
    ] as const) {
        it(`are ${what}`, async () => {
            const one = await make(args);
            assert.deepEqual(await arnsOf(one), expected);
            assert.equal(keysIn(one).length, count);
        });
    }

    it("say what the policy of one's own key needs for volumes of nodes", async () => {
        const { scope } = await make({ key: { arn: own } });
        const statements = JSON.parse(await promiseOf(volumeKeyStatements(scope))) as Statement[];
        const written = statementsOf(await make());
        assert.deepEqual(statements, written.slice(1));
    });
});

describe("keys on AWS, wrong ones that are known late", () => {
    for (const [what, key, expected] of [
        [
            "a main key",
            { arn: pulumi.output(far) },
            /^aws\.key\.arn: is a key in us-east-1 .* the deployment lies in eu-west-1/,
        ],
        ["a database key", { databaseKeyArn: far }, /^aws\.key\.databaseKeyArn: .* the database lies in eu-west-1/],
        [
            "a key of Performance Insights",
            { performanceInsightsKeyArn: far },
            /^aws\.key\.performanceInsightsKeyArn: .* the database lies in eu-west-1, where RDS could not use it/,
        ],
        ["a cache key", { cacheKeyArn: far }, /^aws\.key\.cacheKeyArn: .* the cache lies in eu-west-1/],
        ["a bucket key", { bucketKeyArn: far }, /^aws\.key\.bucketKeyArn: .* where S3 could not use it/],
    ] as const) {
        it(`refuse ${what} of another region`, async () => {
            await GraphRecorder.start({ preview: false, outputs });
            const { scope } = storeSurroundings();
            const errors: string[] = [];
            const facts = createKeys(scope, { key, encryption: AwsBucketEncryption.Kms });
            const all = [facts.cluster, facts.database, facts.insights, facts.cache, facts.bucket ?? facts.cluster];
            for (const output of all) {
                // The promise of an Output, which `apply` has no way to catch.
                await (output as unknown as { promise(): Promise<string> }).promise().catch((error: Error) => {
                    errors.push(error.message);
                });
            }
            assert.ok(errors.length > 0);
            errors.forEach((message) => assert.match(message, expected));
            await pulumi.runtime.disconnect().catch(() => undefined);
        });
    }
});
