import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { AwsBucketAccess } from "../../sdk/aws/args/bucket";
import { createIdentity, type IdentityPart, type IdentityPartArgs } from "../../sdk/aws/identity/identity";
import type { PolicyDocument, Statement } from "../../sdk/aws/iam/policies";
import type { AwsScope } from "../../sdk/aws/scope";
import { lastPart, storeSurroundings } from "../support/aws-stores";
import { GraphRecorder } from "../support/graph";
import { allows } from "../support/iam-evaluation";
import { promiseOf } from "../support/resolve";

const bare = "oidc.eks.eu-west-1.amazonaws.com/id/0123";
const providerArn = `arn:aws:iam::123456789012:oidc-provider/${bare}`;
const roleArn = "arn:aws:iam::123456789012:role/app-1";
const keyArn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd";
const bucketArn = "arn:aws:s3:::wandb-1";
const outputs = { "aws:iam/role:Role": { name: "app-1", arn: roleArn } };

/** In place of a part that takes its time. */
class Slow extends pulumi.CustomResource {
    constructor(name: string) {
        super("test:index:Slow", name, {});
    }
}

interface Made {
    readonly graph: GraphRecorder;
    readonly part: IdentityPart;
}

async function make(changes: Partial<IdentityPartArgs> = {}, settings: Partial<AwsScope> = {}): Promise<Made> {
    const graph = await GraphRecorder.start({ preview: false, outputs });
    const { scope } = storeSurroundings();
    const after = <T>(name: string, value: T): pulumi.Output<T> => new Slow(name).id.apply(() => value);
    const issuer = after("issuer", `https://${bare}`);
    const part = createIdentity(
        { ...scope, ...settings },
        {
            identity: {},
            iam: {},
            cluster: {
                oidcIssuer: issuer,
                identity: {
                    clusterName: after("cluster", "cluster-1"),
                    oidc: { issuer, providerArn: after("provider", providerArn) },
                },
            },
            namespace: "wandb",
            accounts: { own: ["mine"], made: ["wandb-app", "wandb-api"], prefix: "wandb-" },
            bucket: { arn: after("bucket", bucketArn), keyArn: after("key", keyArn) },
            secretPrefix: "wandb-",
            ...changes,
        },
    );
    await pulumi.runtime.disconnect();
    return { graph, part };
}

const inputsOf = ({ graph }: Made, name: string) => graph.byName(name).inputs;
const documentOf = (made: Made, name: string, property = "policy") =>
    JSON.parse(String(inputsOf(made, name)[property])) as PolicyDocument;
const trustOf = (made: Made) => documentOf(made, "wandb-app-role", "assumeRolePolicy");
const rightsOf = (made: Made) =>
    made.graph.resources
        .filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy")
        .map(({ name }) => documentOf(made, name));
const dependenciesOf = ({ graph }: Made, name: string) => graph.byName(name).dependencies.map(lastPart);
const subject = (name: string) => ({
    [`${bare}:aud`]: "sts.amazonaws.com",
    [`${bare}:sub`]: `system:serviceaccount:${name}`,
});

describe("identity on AWS", () => {
    it("has no rights on secrets without the beginning of their names", async () => {
        const { graph } = await make({ secretPrefix: undefined });
        assert.ok(!graph.resources.some(({ name }) => name === "wandb-app-role-secrets"));
        assert.ok(graph.byName("wandb-app-role-bucket"));
    });

    it("is one role below one component, with path, boundary and name of the arguments", async () => {
        const iam = { path: "/team/", permissionsBoundary: "arn:aws:iam::123456789012:policy/b" };
        const made = await make({ iam, identity: { roleName: "app" } });
        const { assumeRolePolicy, ...role } = inputsOf(made, "wandb-app-role");
        assert.ok(assumeRolePolicy);
        assert.deepEqual(role, {
            ...iam,
            name: "app",
            description: "Pods of Weights & Biases",
            tags: { team: "ml" },
        });
        assert.match(
            made.graph.byName("wandb-app-role").urn,
            /\$wandb:aws:Identity\$aws:iam\/role:Role::wandb-app-role$/,
        );
    });

    it("trusts all service accounts of W&B in their namespace, and nobody else", async () => {
        const trust = trustOf(await make());
        const asks = (name: string) =>
            allows(trust, { principal: providerArn, action: "sts:AssumeRoleWithWebIdentity", context: subject(name) });
        for (const name of ["mine", "wandb-app", "wandb-api"]) {
            assert.ok(asks(`wandb:${name}`) && !asks(`default:${name}`), name);
        }
        assert.ok(!asks("wandb:default") && !asks("wandb:wandb-manager"));
    });

    it("takes the beginning of the names where AWS would not take them all", async () => {
        const made = Array.from({ length: 40 }, (_, index) => `wandb-component-with-a-long-name-${index}`);
        const accounts = { own: [pulumi.output("mine")], made, prefix: "wandb-" };
        const [statement] = trustOf(await make({ accounts, namespace: "wandb" })).Statement;
        assert.deepEqual(statement.Condition?.["StringLike"]?.[`${bare}:sub`], [
            "system:serviceaccount:wandb:wandb-*",
            "system:serviceaccount:wandb:mine",
        ]);
    });

    it("tells pods and W&B of the role (trap 16)", async () => {
        const { part } = await make();
        assert.equal(await promiseOf(part.roleArn), roleArn);
        const { serviceAccountAnnotations = {}, principal = "", tokenIssuer = "" } = part.facts;
        assert.deepEqual(Object.keys(serviceAccountAnnotations), ["eks.amazonaws.com/role-arn"]);
        assert.equal(await promiseOf(serviceAccountAnnotations["eks.amazonaws.com/role-arn"]), roleArn);
        assert.deepEqual([await promiseOf(principal), await promiseOf(tokenIssuer)], [roleArn, `https://${bare}`]);
    });

    it("may use bucket, key and secrets, and nothing else", async () => {
        const rights = rightsOf(await make());
        const viaS3 = { "kms:ViaService": "s3.eu-west-1.amazonaws.com" };
        const secrets = "arn:aws:secretsmanager:eu-west-1:123456789012:secret";
        for (const [action, resource, context] of [
            ["s3:ListBucket", bucketArn, {}],
            ["s3:PutObject", `${bucketArn}/a`, {}],
            ["kms:GenerateDataKey", keyArn, viaS3],
            ["secretsmanager:CreateSecret", `${secrets}:wandb-a`, {}],
        ] as const) {
            assert.ok(allows(rights, { action, resource, context }), action);
        }
        for (const [action, resource, context] of [
            ["s3:DeleteObjectVersion", `${bucketArn}/a`, {}],
            ["s3:GetObject", "arn:aws:s3:::other/a", { "aws:ResourceAccount": "210987654321" }],
            ["kms:Decrypt", keyArn, {}],
            ["secretsmanager:GetSecretValue", `${secrets}:other`, {}],
            ["sqs:ReceiveMessage", "arn:aws:sqs:eu-west-1:123456789012:events", {}],
        ] as const) {
            assert.ok(!allows(rights, { action, resource, context }), action);
        }
    });

    it("has each right in a document of its own, so that only what needs a part waits for it", async () => {
        const made = await make();
        assert.ok(dependenciesOf(made, "wandb-app-role").includes("provider"));
        const waits = (name: string) =>
            dependenciesOf(made, name).filter((one) => ["bucket", "key", "cluster"].includes(one));
        assert.deepEqual(waits("wandb-app-role-bucket"), ["bucket"]);
        assert.deepEqual(waits("wandb-app-role-key"), ["key"]);
        assert.deepEqual(waits("wandb-app-role-secrets"), []);
    });

    it("has the rights of the prefix, of no key, of a queue, or of no bucket", async () => {
        const objects = (made: Made) => documentOf(made, "wandb-app-role-bucket").Statement[1].Resource;
        const below = await make({ bucket: { arn: bucketArn, prefix: "team" } });
        assert.deepEqual(objects(below), [`${bucketArn}/team/*`]);
        assert.doesNotMatch(JSON.stringify(rightsOf(below)), /kms:/);
        const queueArn = "arn:aws:sqs:eu-west-1:123456789012:events";
        const queue = await make({ bucket: { arn: bucketArn, queueArn } });
        assert.ok(allows(rightsOf(queue), { action: "sqs:ReceiveMessage", resource: queueArn }));
        assert.doesNotMatch(JSON.stringify(rightsOf(await make({ bucket: undefined }))), /s3:|kms:/);
    });

    for (const [access, account, expected] of [
        [undefined, "210987654321", false],
        [AwsBucketAccess.Restricted, "210987654321", true],
        [AwsBucketAccess.Restricted, "111111111111", false],
        [AwsBucketAccess.Public, "111111111111", true],
        [AwsBucketAccess.Public, "123456789012", false],
    ] as const) {
        it(`${expected ? "may" : "may not"} use a bucket of ${account} with access ${access ?? "by default"}`, async () => {
            const teamBucketAccounts =
                access === AwsBucketAccess.Restricted ? [pulumi.output("210987654321")] : undefined;
            const rights = rightsOf(await make({ identity: { bucketAccess: access, teamBucketAccounts } }));
            const context = { "aws:ResourceAccount": account };
            assert.equal(
                allows(rights, { action: "s3:GetObject", resource: "arn:aws:s3:::team/a", context }),
                expected,
            );
        });
    }

    it("has further policies, by name", async () => {
        const policyArn = pulumi.output("arn:aws:iam::123456789012:policy/more");
        const made = await make({ identity: { policyArns: { more: policyArn } } });
        assert.deepEqual(inputsOf(made, "wandb-app-role-more"), {
            role: "app-1",
            policyArn: "arn:aws:iam::123456789012:policy/more",
        });
    });

    it("is ready once its rights are there", async () => {
        const { part, graph } = await make({
            identity: { policyArns: { more: "arn:aws:iam::aws:policy/ReadOnlyAccess" } },
        });
        const names = await Promise.all(part.ready.map(async ({ urn }) => lastPart(await promiseOf(urn))));
        const rights = graph.resources.filter(({ type }) => /rolePolicy/.test(type)).map(({ name }) => name);
        assert.deepEqual(names.sort(), rights.sort());
        assert.equal(names.length, 4);
    });

    it("stays in its partition", async () => {
        const gov = { partition: pulumi.output("aws-us-gov"), region: pulumi.output("us-gov-west-1") };
        const bucket = { arn: "arn:aws-us-gov:s3:::wandb-1", keyArn: keyArn.replace("aws", "aws-us-gov") };
        const identity = { bucketAccess: AwsBucketAccess.Public };
        const text = JSON.stringify(rightsOf(await make({ bucket, identity }, gov)));
        assert.doesNotMatch(text, /arn:aws:/);
        assert.match(text, /arn:aws-us-gov:secretsmanager:us-gov-west-1:/);
    });

    describe("by EKS Pod Identity", () => {
        const cluster = {
            oidcIssuer: pulumi.output(bare),
            identity: { clusterName: pulumi.output("cluster-1") },
        };

        it("is given to each service account by an association", async () => {
            const made = await make({ cluster });
            const associations = made.graph.resources.filter(({ type }) => /PodIdentityAssociation$/.test(type));
            assert.deepEqual(
                associations.map(({ name, inputs }) => [name, inputs]),
                [
                    ["app", "wandb-app"],
                    ["api", "wandb-api"],
                    ["own-mine", "mine"],
                ].map(([word, serviceAccount]) => [
                    `wandb-app-${word}`,
                    { clusterName: "cluster-1", namespace: "wandb", serviceAccount, roleArn, tags: { team: "ml" } },
                ]),
            );
            const ready = await Promise.all(made.part.ready.map(async ({ urn }) => lastPart(await promiseOf(urn))));
            associations.forEach(({ name }) => assert.ok(ready.includes(name), name));
        });

        it("calls an account that is known later by its components, wherever it stands", async () => {
            const [first, second] = [pulumi.output("first"), pulumi.output("second")];
            const components = new Map([
                [first, ["parquet", "app"]],
                [second, ["api"]],
            ]);
            const named = async (own: readonly pulumi.Output<string>[]) => {
                const { graph } = await make({ cluster, accounts: { own, components, made: [], prefix: "wandb-" } });
                const all = graph.resources.filter(({ type }) => /PodIdentityAssociation$/.test(type));
                return all.map(({ name, inputs, formerNames }) => [name, inputs["serviceAccount"], formerNames]).sort();
            };
            const expected = [
                ["wandb-app-account-of-api", "second", []],
                // The same association when a component comes before `app` in the alphabet.
                ["wandb-app-account-of-app", "first", ["wandb-app-account-of-parquet"]],
            ];
            assert.deepEqual(await named([first, second]), expected);
            assert.deepEqual(await named([second, first]), expected);
        });

        it("trusts EKS, does not wait for the cluster, and annotates nothing", async () => {
            const made = await make({ cluster });
            const [statement]: readonly Statement[] = trustOf(made).Statement;
            assert.deepEqual(statement.Principal, { Service: ["pods.eks.amazonaws.com"] });
            assert.deepEqual(statement.Action, ["sts:AssumeRole", "sts:TagSession"]);
            assert.deepEqual(dependenciesOf(made, "wandb-app-role"), []);
            assert.equal(made.part.facts.serviceAccountAnnotations, undefined);
        });
    });
});
