import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { iamPage, IamFile } from "../../docs/iam";
import { Holders } from "../../docs/iam-grants";
import type { Grant } from "../../docs/iam-holder";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { AwsBucketAccess, AwsIdentityMode } from "../../sdk/index";
import type { PolicyDocument, Statement } from "../../sdk/aws/iam/policies";
import { podIdentityTrust } from "../../sdk/aws/iam/policies-trust";
import { AwsDeployments } from "../support/aws-args";
import { startOnAws } from "../support/aws-graph";
import { deployedAlone } from "../support/aws-recording";
import type { RegisteredResource } from "../support/graph";

const role = "arn:aws:iam::123456789012:role/platform";
const key = "arn:aws:kms:us-west-2:210987654321:key/12345678-1234-1234-1234-123456789012";
const { minimal, production } = AwsDeployments;

/** Everything that makes a role or a policy. */
const everything: WandbDeploymentArgs = {
    ...production,
    aws: {
        ...production.aws,
        bucket: {
            eventQueue: true,
            replication: { bucketArn: "arn:aws:s3:::copies", accountId: "210987654321", kmsKeyArn: key },
        },
        identity: { bucketAccess: AwsBucketAccess.Restricted, teamBucketAccounts: ["210987654321"] },
        dns: { ...production.aws.dns, externalDns: true },
        clickHouse: { key: true, keyPrincipalArn: role },
    },
};

/** Where else the choice is another one. */
const deployments: Readonly<Record<string, WandbDeploymentArgs>> = {
    everything,
    "all buckets of others": {
        ...minimal,
        aws: { ...minimal.aws, identity: { bucketAccess: AwsBucketAccess.Public } },
    },
    "Pod Identity": { ...minimal, aws: { ...minimal.aws, identity: { mode: AwsIdentityMode.PodIdentity } } },
};

/** Which input of which type is a policy. */
const PolicyInputs: Readonly<Record<string, string>> = {
    "aws:iam/role:Role": "assumeRolePolicy",
    "aws:iam/rolePolicy:RolePolicy": "policy",
    "aws:kms/key:Key": "policy",
    "aws:s3/bucketPolicy:BucketPolicy": "policy",
    "aws:sqs/queuePolicy:QueuePolicy": "policy",
};
/** What AWS adds, so that no policy is unknown. */
const Known = {
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": { arn: "arn:aws:iam::123456789012:oidc-provider/example" },
    "aws:kms/key:Key": { arn: "arn:aws:kms:us-east-1:123456789012:key/1", keyId: "1" },
    "aws:s3/bucket:Bucket": { arn: "arn:aws:s3:::files", bucket: "files" },
    "aws:sqs/queue:Queue": { arn: "arn:aws:sqs:us-east-1:123456789012:events" },
    "aws:cloudwatch/logGroup:LogGroup": { arn: "arn:aws:logs:us-east-1:123456789012:log-group:records" },
    "aws:ec2/vpc:Vpc": { id: "vpc-1" },
};

const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

const grants = Holders.flatMap((holder) => holder.grants);
const attached = Holders.flatMap(({ role: name, managed = {} }) =>
    Object.keys(managed).map((managedPolicy) => `${name}-${managedPolicy}`),
);

async function resourcesOf(args: WandbDeploymentArgs): Promise<readonly RegisteredResource[]> {
    const graph = await startOnAws(Known);
    await deployedAlone(args);
    return graph.resources;
}

/** What a statement says, without the values that differ from account to account. */
function saying({ Sid, Effect, Action, Resource = [], Condition = {}, Principal }: Statement): string {
    return JSON.stringify({
        Sid,
        Effect,
        Action,
        Resource: Resource.length,
        Principal: typeof Principal === "object" ? Object.keys(Principal) : Principal,
        Condition: Object.entries(Condition).map(([operator, keys]) => [
            operator,
            Object.keys(keys).map((name) =>
                name.replace(/^oidc\..*:/, "issuer:").replace(/(cluster-autoscaler\/).*/, "$1name"),
            ),
        ]),
    });
}

function sayings(document: PolicyDocument): string {
    return document.Statement.map(saying).join("\n");
}

/** Logical name without that of the deployment. */
function wordsOf({ name }: RegisteredResource): string {
    return name.replace(/^demo-/, "");
}

describe("docs/aws-iam.md", function () {
    // Each of them is a whole deployment.
    this.timeout(60_000);

    it("is what the policies say", () => {
        assert.equal(readFileSync(IamFile, "utf8"), iamPage(Holders), "run npm run docs:iam");
    });

    it("gives a reason for each statement, and for nothing else", () => {
        for (const { resource, document, reasons } of grants) {
            assert.deepEqual(Object.keys(reasons).sort(), document.Statement.map(({ Sid }) => Sid).sort(), resource);
        }
    });

    const shown = new Set<Grant>();
    const attachedByUs = new Set<string>();

    for (const [what, args] of Object.entries(deployments)) {
        it(`has every policy that a deployment makes, as it is: ${what}`, async () => {
            for (const resource of await resourcesOf(args)) {
                if (resource.type === attachmentType) {
                    attachedByUs.add(wordsOf(resource));
                }
                const input = PolicyInputs[resource.type];
                const made = input && sayings(JSON.parse(String(resource.inputs[input])) as PolicyDocument);
                if (made === undefined || made === sayings(podIdentityTrust)) {
                    continue;
                }
                const found = grants.filter((grant) => grant.resource === wordsOf(resource) && covers(grant, made));
                assert.equal(found.length, 1, `${resource.name} holds\n${made}`);
                shown.add(found[0]);
            }
        });
    }

    it("has nothing that no deployment makes, but the policies for owners of buckets", () => {
        const others = grants.filter((grant) => !shown.has(grant)).map(({ resource }) => resource);
        assert.deepEqual(others, ["bucketOwnerPolicy", "bucketKeyPolicyStatements"]);
    });

    it("has every policy of AWS that a deployment attaches", () => {
        assert.deepEqual([...attachedByUs].sort(), [...attached].sort());
    });
});

/** Without administrators, or with copies of the same account, a document says less than the page. */
function covers({ document }: Grant, made: string): boolean {
    const all = document.Statement.map(saying);
    return made.split("\n").every((one) => all.includes(one));
}
