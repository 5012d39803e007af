import * as pulumi from "@pulumi/pulumi";
import { checkIdentity } from "../../sdk/validation/aws/identity";
import { assertFinds } from "../support/aws-validation";

const later = pulumi.output("not looked at");
const account = "210987654321";
const policy = (name: string) => `arn:aws:iam::123456789012:policy/${name}`;
const policies = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, policy(`p${index}`)]));

describe("aws.identity", () => {
    for (const [what, identity] of [
        ["nothing", {}],
        ["Pod Identity", { mode: "pod-identity" }],
        [
            "a name, a path and a boundary",
            { roleName: "W_+=,.@-9", path: "/team/wandb/", permissionsBoundary: policy("b") },
        ],
        ["the root path", { path: "/" }],
        ["names of other roles", { roleName: "app", roleNames: { vpcCni: "network", ebsCsiDriver: later } }],
        ["a policy of AWS, in GovCloud", { policyArns: { read: "arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess" } }],
        ["as many policies as AWS takes", { policyArns: policies(20) }],
        ["team buckets of some accounts", { bucketAccess: "restricted", teamBucketAccounts: [account] }],
        ["team buckets of all other accounts", { bucketAccess: "public" }],
        [
            "values that are not known yet",
            {
                roleName: later,
                path: later,
                permissionsBoundary: later,
                bucketAccess: "restricted",
                teamBucketAccounts: [later],
                policyArns: { read: later },
            },
        ],
    ] as const) {
        it(`takes ${what}`, () => assertFinds(checkIdentity, { aws: { identity } }, []));
    }

    for (const [what, identity, expected] of [
        ["another mode", { mode: "kiam" }, [/^aws\.identity\.mode: /]],
        ["an ARN for a name", { roleName: "arn:aws:iam::1:role/a" }, [/roleName: is not a name of an IAM role/]],
        ["a long name", { roleName: "a".repeat(65) }, [/roleName: is not a name of an IAM role/]],
        [
            "a bad name of another role",
            { roleNames: { flowLogs: "a b" } },
            [/roleNames\.flowLogs: is not a name of an IAM/],
        ],
        [
            "one name for two roles",
            { roleName: "app", roleNames: { vpcCni: "App", ebsCsiDriver: "b", externalDns: "b" } },
            [/roleNames\.vpcCni: .*aws\.identity\.roleName.*\("App" given\)/, /roleNames\.externalDns: .*ebsCsiDriver/],
        ],
        [
            "a prefix of secrets that is a pattern",
            { secretPrefix: "prod*" },
            [/secretPrefix: is not the beginning of names/],
        ],
        ["half a path", { path: "/team" }, [/^aws\.identity\.path: is not a path of IAM/]],
        ["a long path", { path: `/${"a".repeat(511)}/` }, [/^aws\.identity\.path: is not a path of IAM/]],
        [
            "a role for a boundary",
            { permissionsBoundary: "arn:aws:iam::123456789012:role/a" },
            [/is not the ARN of an IAM policy/],
        ],
        ["no accounts", { bucketAccess: "restricted" }, [/teamBucketAccounts: is missing or empty/]],
        ["an empty list of accounts", { bucketAccess: "restricted", teamBucketAccounts: [] }, [/is missing or empty/]],
        [
            "accounts without effect",
            { bucketAccess: "public", teamBucketAccounts: [account] },
            [/has an effect with .* only/],
        ],
        ["accounts by default", { teamBucketAccounts: [account] }, [/teamBucketAccounts: has an effect with/]],
        [
            "accounts that are none, and one twice",
            { bucketAccess: "restricted", teamBucketAccounts: ["1", account, account] },
            [/\[0\]: is not the number of an AWS account/, /\[2\]: is there twice/],
        ],
        ["too many policies", { policyArns: policies(21) }, [/policyArns: has 21 entries, but AWS takes at most 20/]],
        [
            "a policy by name",
            { policyArns: { read: "ReadOnlyAccess" } },
            [/policyArns\.read: is not the ARN of an IAM policy/],
        ],
        ["a name that is no label", { policyArns: { Read: policy("a") } }, [/policyArns\.Read: is not a DNS label/]],
        ["a policy twice", { policyArns: { a: policy("a"), b: policy("a") } }, [/policyArns\.b: is there twice/]],
    ] as const) {
        it(`refuses ${what}`, () => assertFinds(checkIdentity, { aws: { identity } }, expected));
    }

    it("refuses one name for the roles of pods, cluster and nodes", () => {
        const cluster = { roleName: "one", nodes: { roleName: "One" } };
        assertFinds(checkIdentity, { aws: { identity: { roleName: "one" }, cluster } }, [
            /^aws\.cluster\.roleName: is that of `aws\.identity\.roleName` too \("one" given\)/,
            /^aws\.cluster\.nodes\.roleName: is that of `aws\.identity\.roleName` too \("One" given\)/,
        ]);
        assertFinds(checkIdentity, { aws: { cluster } }, [/^aws\.cluster\.nodes\.roleName: is that of `aws\.cluster/]);
    });
});
