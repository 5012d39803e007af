/** Documents that our own code writes pass the policies about AWS. */
import assert from "node:assert/strict";
import { issuerTrust, podIdentityTrust, serviceTrust } from "../../sdk/aws/iam/iam";
import { bucketPolicy, keyPolicy, principalPolicy } from "../../sdk/aws/iam/policies";
import { Account, changed, foundIn, Provider } from "../support/policy-aws/stack";

const Role = `arn:aws:iam::${Account}:role/wandb`;
const scope = { bucketArn: "arn:aws:s3:::files" };
const issuer = "https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE";
const accounts = [{ namespace: "wandb", name: "wandb-app" }];

const documents: readonly (readonly [what: string, on: string, property: string, document: object])[] = [
    [
        "policy of a key",
        "key",
        "policy",
        keyPolicy({
            partition: "aws",
            accountId: Account,
            administratorArns: [Role],
            userArns: [Role],
            region: "eu-west-1",
        }),
    ],
    ["policy of a bucket", "bucket-policy", "policy", bucketPolicy(scope, [Role])],
    ["rights of the application", "rights", "policy", principalPolicy(scope, "arn:aws:kms:eu-west-1:1:key/1")],
    ["trust in service accounts", "role", "assumeRolePolicy", issuerTrust(issuer, Provider, accounts)],
    ["trust in EKS Pod Identity", "role", "assumeRolePolicy", podIdentityTrust],
    ["trust in a service", "role", "assumeRolePolicy", serviceTrust("eks.amazonaws.com")],
];

describe("our own documents", () => {
    for (const [what, on, property, document] of documents) {
        it(`have no finding: ${what}`, async () => {
            assert.deepEqual(await foundIn(changed({ on, set: { [property]: JSON.stringify(document) } })), []);
        });
    }
});
