/** The rules of the simulated IAM: for each one input that AWS takes and one that it refuses. */
import assert from "node:assert/strict";
import { aws } from "../../sandbox/clouds/aws";
import { properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";

const roleType = "aws:iam/role:Role";
const rolePolicyType = "aws:iam/rolePolicy:RolePolicy";
const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const policyType = "aws:iam/policy:Policy";
const oidcType = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";

const document = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const trusting = (principal: object, more: object = {}) =>
    document({ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole", ...more });
const trust = trusting({ Service: "ec2.amazonaws.com" });
const right = { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::files/*"] };
const managed = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const issuer = "https://oidc.eks.eu-west-1.amazonaws.com/id/0123";

describe("simulated IAM", () => {
    let cloud: TestCloud;
    beforeEach(() => {
        cloud = new TestCloud({ cloud: aws });
        cloud.provider.configure(properties({ region: "eu-west-1", defaultTags: { tags: { team: "ml" } } }));
    });
    afterEach(() => cloud.remove());

    const makeRole = (name: string, inputs: PropertyMap = {}) =>
        cloud.create(roleType, { name, path: "/", assumeRolePolicy: trust, ...inputs }, name);
    const attach = (role: string, policyArn: string) => cloud.create(attachmentType, { role, policyArn });
    const grant = (role: string, name: string, policy: string) => cloud.create(rolePolicyType, { role, name, policy });
    const ids = () => cloud.provider.inventory.rows().map(({ id }) => id);
    const replaced = async (type: string, olds: PropertyMap, news: PropertyMap) => {
        const request = { urn: urnOf(type), id: "one", oldInputs: properties(olds), news: properties(news) };
        return (await cloud.provider.diff(request)).changes.map(({ path, replaces }) => `${path} ${replaces}`);
    };

    describe("roles", () => {
        it("are named after the resource, and have an ARN of account, path and partition", async () => {
            const { inputs } = await cloud.check(roleType, { assumeRolePolicy: trust });
            assert.match(textOf(inputs.values["name"]), /^one-[0-9a-f]{7}$/);
            const { outputs } = await makeRole("wandb", { path: "/team/", tags: { a: "b" } });
            assert.equal(outputs.values["arn"], "arn:aws:iam::123456789012:role/team/wandb");
            assert.deepEqual(outputs.values["tagsAll"], { team: "ml", a: "b" });
            cloud.provider.configure(properties({ region: "us-gov-west-1" }));
            const gov = await makeRole("gov");
            assert.equal(gov.outputs.values["arn"], "arn:aws-us-gov:iam::123456789012:role/gov");
        });

        for (const [property, good, bad] of [
            ["name", ["a", "A_+=,.@-9", "a".repeat(64)], ["", "a b", "a/b", "a".repeat(65)]],
            ["path", ["/", "/a/", "/a/b/"], ["", "a/", "/a", "/a b/", `/${"a".repeat(512)}/`]],
            ["maxSessionDuration", [3600, 43_200], [3599, 43_201]],
            ["description", ["a".repeat(1000)], ["a".repeat(1001)]],
            ["assumeRolePolicy", [trust], ["{", "[]"]],
        ] as const) {
            it(`hold ${property} to its rule`, async () => {
                const problems = async (value: string | number) =>
                    (await cloud.problems(roleType, { assumeRolePolicy: trust, [property]: value })).join();
                for (const value of good) {
                    assert.equal(await problems(value), "", String(value));
                }
                for (const value of bad) {
                    assert.match(await problems(value), new RegExp(`^${property}: `), String(value));
                }
            });
        }

        it("have one of a name, whatever its case and path", async () => {
            await makeRole("wandb");
            await assert.rejects(makeRole("WANDB", { path: "/x/" }), /EntityAlreadyExists: Role with name WANDB/);
        });

        it("are replaced for name and path, and changed in place otherwise", async () => {
            const olds = { name: "a", path: "/", assumeRolePolicy: trust, description: "1" };
            assert.deepEqual(await replaced(roleType, olds, { ...olds, name: "b" }), ["name true"]);
            assert.deepEqual(await replaced(roleType, olds, { ...olds, path: "/b/" }), ["path true"]);
            const changed = { ...olds, description: "2", permissionsBoundary: managed("PowerUserAccess") };
            assert.deepEqual(await replaced(roleType, olds, changed), [
                "description false",
                "permissionsBoundary false",
            ]);
        });

        for (const [what, text, expected] of [
            ["more than 2048 characters", trusting({ Service: "a".repeat(2048) }), /ACLSizePerRole: 2048/],
            ["a resource", trusting({ Service: "ec2.amazonaws.com" }, { Resource: "*" }), /prohibited field Resource/],
            ["nobody", document({ Effect: "Allow", Action: "sts:AssumeRole" }), /Missing required field Principal/],
            ["no service", trusting({ Service: "ec2" }), /Invalid principal in policy: "SERVICE":"ec2"/],
            [
                "a principal that is not there",
                trusting({ AWS: "arn:aws:iam::123456789012:role/gone" }),
                /MalformedPolicyDocument: Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:role\/gone"/,
            ],
            [
                "a principal of another partition",
                trusting({ AWS: "arn:aws-cn:iam::210987654321:root" }),
                /Invalid principal in policy: "AWS"/,
            ],
            ["an issuer's URL", trusting({ Federated: issuer }), /Invalid principal in policy: "FEDERATED":"https:/],
            [
                "another service's action",
                trusting({ Service: "ec2.amazonaws.com" }, { Action: "s3:GetObject" }),
                /may only specify STS AssumeRole actions/,
            ],
        ] as const) {
            it(`do not trust ${what}`, async () => {
                await assert.rejects(makeRole("wandb", { assumeRolePolicy: text }), expected);
                const { outputs } = await makeRole("update");
                const request = {
                    urn: urnOf(roleType),
                    id: "update",
                    oldOutputs: outputs,
                    news: properties({ name: "update", path: "/", assumeRolePolicy: text }),
                    preview: false,
                };
                await assert.rejects(cloud.provider.update(request), expected);
            });
        }

        it("trust services, issuers, other accounts and principals that are there", async () => {
            await makeRole("other");
            const provider = `arn:aws:iam::123456789012:oidc-provider/${issuer.slice(8)}`;
            const principals: object[] = [
                { Service: ["pods.eks.amazonaws.com"] },
                { Federated: provider },
                { AWS: ["arn:aws:iam::210987654321:role/x", "arn:aws:iam::123456789012:root"] },
                { AWS: "arn:aws:iam::123456789012:role/other" },
            ];
            for (const [index, principal] of principals.entries()) {
                await makeRole(`wandb-${index}`, { assumeRolePolicy: trusting(principal) });
            }
            // White space does not count.
            const long = trusting({ Service: "ec2.amazonaws.com" }).replace("{", `{${" ".repeat(3000)}`);
            await makeRole("long", { assumeRolePolicy: long });
        });

        it("have a boundary that is there", async () => {
            const own = "arn:aws:iam::123456789012:policy/boundary";
            const refused = /NoSuchEntity: Scope ARN: .* does not exist or is not attachable/;
            await assert.rejects(makeRole("a", { permissionsBoundary: own }), refused);
            await assert.rejects(makeRole("a", { permissionsBoundary: managed("NoSuchPolicy") }), refused);
            await makeRole("a", { permissionsBoundary: managed("PowerUserAccess") });
            await cloud.create(policyType, { name: "boundary", path: "/", policy: document(right) });
            await makeRole("b", { permissionsBoundary: own });
        });

        it("stay while they have policies, unless they may lose them", async () => {
            await makeRole("wandb");
            const attached = await attach("wandb", managed("ReadOnlyAccess"));
            const inline = await grant("wandb", "files", document(right));
            await assert.rejects(cloud.delete(roleType, "wandb"), /DeleteConflict: .*must detach all policies first/);
            await cloud.delete(attachmentType, attached.id);
            await assert.rejects(cloud.delete(roleType, "wandb"), /DeleteConflict: .*must delete policies first/);
            await cloud.delete(rolePolicyType, inline.id);
            await cloud.delete(roleType, "wandb");
            await makeRole("loose", { forceDetachPolicies: true });
            await attach("loose", managed("ReadOnlyAccess"));
            await grant("loose", "files", document(right));
            await cloud.delete(roleType, "loose");
            assert.deepEqual(ids(), []);
        });
    });

    describe("policies of a role", () => {
        beforeEach(() => makeRole("wandb"));

        it("belong to a role that is there, and move to another by replacement", async () => {
            const { id } = await grant("wandb", "files", document(right));
            assert.equal(id, "wandb:files");
            await assert.rejects(grant("gone", "files", document(right)), /NoSuchEntity: The role with name gone/);
            const olds = { role: "wandb", name: "files", policy: document(right) };
            assert.deepEqual(await replaced(rolePolicyType, olds, { ...olds, role: "b" }), ["role true"]);
            assert.deepEqual(await replaced(rolePolicyType, olds, { ...olds, policy: "{}" }), ["policy false"]);
        });

        it("have 10240 characters together", async () => {
            const long = (length: number) => document({ ...right, Sid: "x".repeat(length) });
            await grant("wandb", "one", long(5000));
            await assert.rejects(grant("wandb", "two", long(5200)), /Maximum policy size of 10240 bytes exceeded/);
            await grant("wandb", "two", long(4900));
        });

        for (const [what, statement, expected] of [
            ["a principal", { ...right, Principal: "*" }, /should not specify a principal/],
            ["no resource", { ...right, Resource: undefined }, /Missing required field Resource/],
            ["an action without service", { ...right, Action: "GetObject" }, /must be prefaced by a vendor/],
            [
                "a resource that is no ARN",
                { ...right, Resource: "files" },
                /Resource files must be in ARN format or "\*"/,
            ],
            [
                "another partition",
                { ...right, Resource: "arn:aws-cn:s3:::files" },
                /Partition "aws-cn" is not valid for resource "arn:aws-cn:s3:::files"/,
            ],
        ] as const) {
            it(`do not have ${what}`, async () => {
                await assert.rejects(grant("wandb", "files", document(statement)), expected);
                const made = cloud.create(policyType, { name: "files", path: "/", policy: document(statement) });
                await assert.rejects(made, expected);
            });
        }

        it("are not attached when they are not there, nor more than ten", async () => {
            await assert.rejects(attach("wandb", managed("NoSuchPolicy")), /NoSuchEntity: Policy .* is not attachable/);
            await assert.rejects(attach("wandb", "arn:aws-cn:iam::aws:policy/ReadOnlyAccess"), /NoSuchEntity/);
            await assert.rejects(attach("gone", managed("ReadOnlyAccess")), /NoSuchEntity: The role with name gone/);
            for (let index = 0; index < 10; index++) {
                const name = `p${index}`;
                const { id } = await cloud.create(policyType, { name, path: "/", policy: document(right) }, name);
                await attach("wandb", id);
            }
            await assert.rejects(attach("wandb", managed("ReadOnlyAccess")), /PoliciesPerRole: 10/);
        });
    });

    describe("managed policies", () => {
        const make = (name: string, inputs: PropertyMap = {}) =>
            cloud.create(policyType, { name, path: "/", policy: document(right), ...inputs }, name);

        it("have an ARN of their path, one of a name, and 6144 characters", async () => {
            assert.equal((await make("files", { path: "/a/" })).id, "arn:aws:iam::123456789012:policy/a/files");
            await assert.rejects(make("Files"), /EntityAlreadyExists: A policy called Files/);
            const long = document({ ...right, Sid: "x".repeat(6144) });
            await assert.rejects(make("long", { policy: long }), /PolicySize: 6144/);
        });

        it("are replaced for all but their text, and stay while attached", async () => {
            const olds = { name: "a", path: "/", policy: document(right), description: "1" };
            assert.deepEqual(await replaced(policyType, olds, { ...olds, description: "2" }), ["description true"]);
            assert.deepEqual(await replaced(policyType, olds, { ...olds, policy: "{}" }), ["policy false"]);
            await makeRole("wandb");
            const { id } = await make("files");
            const attached = await attach("wandb", id);
            await assert.rejects(cloud.delete(policyType, id), /DeleteConflict: Cannot delete a policy attached/);
            await cloud.delete(attachmentType, attached.id);
            await cloud.delete(policyType, id);
        });
    });

    describe("OIDC providers", () => {
        const make = (url = issuer) => cloud.create(oidcType, { url, clientIdLists: ["sts.amazonaws.com"] });

        it("have an ARN without scheme, and one of a URL", async () => {
            const { id } = await make();
            assert.equal(id, `arn:aws:iam::123456789012:oidc-provider/${issuer.slice(8)}`);
            await assert.rejects(make(), /EntityAlreadyExists: Provider with url/);
            await make(`${issuer}4`);
            const olds = { url: issuer, clientIdLists: ["a"] };
            assert.deepEqual(await replaced(oidcType, olds, { ...olds, url: `${issuer}5` }), ["url true"]);
            const changed = await replaced(oidcType, olds, { ...olds, clientIdLists: ["a", "b"] });
            assert.ok(changed.every((change) => change.endsWith("false")) && changed.length > 0, String(changed));
        });

        it("have a URL of https, and lists that are not too long", async () => {
            const problems = async (inputs: PropertyMap) =>
                (await cloud.problems(oidcType, { url: issuer, clientIdLists: ["a"], ...inputs })).join();
            assert.equal(await problems({ thumbprintLists: ["a".repeat(40)] }), "");
            assert.match(await problems({ url: issuer.slice(8) }), /^url: must begin with https/);
            assert.match(await problems({ clientIdLists: Array<string>(101).fill("a") }), /^clientIdLists: /);
            assert.match(await problems({ thumbprintLists: ["a"] }), /^thumbprintLists: /);
        });
    });
});
