/** Faults of keys, roles and resource policies, each with the nearest changes that are none. */
import { UnknownText } from "../policy-stack";
import { allow, awsResource, claims, document, Provider, Root, type Row, serviceTrust, trust } from "./stack";

const Role = "arn:aws:iam::123456789012:role/somebody";

const administered = (principal: unknown, action = "kms:*") =>
    document({ Effect: "Allow", Principal: principal, Action: action, Resource: "*" });

const keys: readonly Row[] = [
    {
        policy: "key-rotation",
        on: "key",
        set: { enableKeyRotation: undefined },
        passes: [
            { on: "key", set: { enableKeyRotation: UnknownText } },
            { on: "key", set: { enableKeyRotation: false, customerMasterKeySpec: "RSA_2048" } },
        ],
    },
    {
        policy: "key-account",
        on: "key",
        set: { policy: administered({ AWS: Role }) },
        passes: [
            { on: "key", set: { policy: administered({ AWS: "123456789012" }) } },
            { on: "key", set: { policy: administered({ AWS: "arn:aws-us-gov:iam::123456789012:root" }, "*") } },
            { on: "key", set: { policy: undefined } },
            { on: "key", set: { policy: UnknownText } },
        ],
    },
    // The vendor's Terraform module lets the account use the key, not manage it.
    {
        policy: "key-account",
        add: [awsResource("kms/KeyPolicy", "policy", { policy: administered({ AWS: Root }, "kms:Decrypt") })],
        at: "policy: policy",
    },
];

const open = (condition: object, more: object = {}) =>
    document(allow({ Principal: "*", Condition: condition, ...more }));
const queuePolicy = (policy: unknown) => awsResource("sqs/QueuePolicy", "queue-policy", { policy });

const anybody: readonly Row[] = [
    {
        policy: "open-to-anybody",
        add: [queuePolicy(open({}))],
        at: "queue-policy: policy.Statement[0]",
        says: /allows something to everybody, and no condition says who may/,
        passes: [
            { add: [queuePolicy(open({ ArnLike: { "aws:SourceArn": "arn:aws:s3:::files" } }))] },
            { add: [queuePolicy(open({ "ForAnyValue:StringLike": { "AWS:SourceOrgPaths": ["o-example/*"] } }))] },
            { add: [queuePolicy(open({ IpAddress: { "aws:SourceIp": ["198.51.100.0/24"] } }))] },
            { add: [queuePolicy(UnknownText)] },
            { add: [queuePolicy("{ broken")] },
            { add: [queuePolicy(open({}, { Effect: "Deny" }))] },
        ],
    },
    // Conditions that leave everybody in: a missing key counts, all values count, other keys say nothing about who it is.
    ...[
        { StringEqualsIfExists: { "aws:SourceAccount": "123456789012" } },
        { StringNotEquals: { "aws:SourceAccount": "123456789012" } },
        { StringLike: { "aws:PrincipalArn": "*" } },
        { IpAddress: { "aws:SourceIp": ["198.51.100.0/24", "0.0.0.0/0"] } },
        { IpAddress: { "aws:SourceIp": "::/0" } },
        { Bool: { "aws:SecureTransport": "true" } },
        { StringEquals: { "sts:ExternalId": "wandb" } },
    ].map((condition) => ({
        policy: "open-to-anybody",
        add: [queuePolicy(open(condition))],
        at: "queue-policy: policy.Statement[0]",
    })),
    {
        policy: "open-to-anybody",
        add: [
            awsResource("secretsmanager/SecretPolicy", "secret-policy", {
                policy: document({ Effect: "Allow", NotPrincipal: { AWS: Role }, Action: "*", Resource: "*" }),
            }),
        ],
        at: "secret-policy: policy.Statement[0]",
    },
    {
        policy: "open-to-anybody",
        on: "key",
        set: {
            policy: document(
                { Effect: "Allow", Principal: { AWS: Root }, Action: "kms:*", Resource: "*" },
                { Effect: "Allow", Principal: { AWS: ["*"] }, Action: "kms:Decrypt", Resource: "*" },
            ),
        },
        at: "key: policy.Statement[1]",
    },
    {
        policy: "open-to-anybody",
        on: "role",
        set: { assumeRolePolicy: document({ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }) },
        at: "role: assumeRolePolicy.Statement[0]",
        passes: [{ on: "role", set: { assumeRolePolicy: serviceTrust, name: "other" } }],
    },
];

const StringEquals = claims("system:serviceaccount:wandb:wandb-app");

const trusts: readonly Row[] = [
    {
        policy: "trust-any-subject",
        on: "role",
        set: { assumeRolePolicy: trust({ StringEquals: { ...claims(undefined) } }) },
        at: "role: assumeRolePolicy.Statement[0]",
        says: /trusts an OIDC issuer whatever the subject is, so any pod may act as the role/,
        passes: [
            { on: "role", set: { assumeRolePolicy: trust({ StringLike: claims("system:serviceaccount:wandb:*") }) } },
            { on: "role", set: { assumeRolePolicy: UnknownText } },
        ],
    },
    ...["*", "system:serviceaccount:*", "system:serviceaccount:*:*", "repo:*"].map((subject) => ({
        policy: "trust-any-subject",
        on: "role",
        set: { assumeRolePolicy: trust({ StringLike: claims(["system:serviceaccount:wandb:wandb-app", subject]) }) },
        at: "role: assumeRolePolicy.Statement[0]",
    })),
    {
        policy: "trust-any-subject",
        on: "role",
        set: { assumeRolePolicy: trust(undefined) },
        at: "role: assumeRolePolicy.Statement[0]",
        also: ["trust-any-audience"],
    },
    {
        policy: "trust-any-audience",
        on: "role",
        set: {
            assumeRolePolicy: trust({
                StringEquals: Object.fromEntries(Object.entries(StringEquals).filter(([key]) => key.endsWith(":sub"))),
            }),
        },
        at: "role: assumeRolePolicy.Statement[0]",
        passes: [
            {
                on: "role",
                set: {
                    assumeRolePolicy: document({
                        Effect: "Allow",
                        Principal: { Federated: Provider.replace("oidc-provider", "saml-provider") },
                        Action: "sts:AssumeRoleWithSAML",
                    }),
                },
            },
        ],
    },
];

const rights: readonly Row[] = [
    {
        policy: "wide-rights",
        on: "rights",
        set: { policy: document(allow({ Action: ["s3:GetObject", "kms:*"], Resource: "*" })) },
        at: "rights: policy.Statement[0]",
        passes: [
            { on: "rights", set: { policy: document(allow({ Action: "kms:*", Resource: "arn:aws:kms:::key/1" })) } },
            { on: "rights", set: { policy: document(allow({ Action: "s3:Get*" })) } },
            {
                on: "rights",
                set: {
                    policy: document(
                        allow({
                            Action: "s3:*",
                            Condition: { StringEquals: { "aws:ResourceAccount": "123456789012" } },
                        }),
                    ),
                },
            },
        ],
    },
    // All the world outside of the account, as one mode of the vendor's Terraform module has it.
    {
        policy: "wide-rights",
        on: "rights",
        set: {
            policy: document(
                allow({ Action: "s3:*", Condition: { StringNotEquals: { "aws:ResourceAccount": "123456789012" } } }),
            ),
        },
        at: "rights: policy.Statement[0]",
    },
    {
        policy: "wide-rights",
        on: "role",
        set: { managedPolicyArns: ["arn:aws-cn:iam::aws:policy/AdministratorAccess"] },
        at: "role: managedPolicyArns[0]",
    },
    {
        policy: "wide-rights",
        on: "role",
        set: {
            inlinePolicies: [{ name: "all", policy: document({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }) }],
        },
        at: "role: inlinePolicies[0].policy.Statement[0]",
    },
    {
        policy: "node-rights",
        on: "rights",
        set: { role: "node-role" },
        at: "rights: policy.Statement[0]",
        says: /gives nodes \(role node-role\) rights to files, keys, secrets or queues/,
        passes: [
            { on: "rights", set: { role: "node-role" }, without: ["cluster", "nodes"] },
            {
                on: "rights",
                set: { role: "node-role", policy: document(allow({ Action: ["ec2:DescribeVolumes"] })) },
            },
        ],
    },
    {
        policy: "node-rights",
        on: "node-rights",
        set: { policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" },
        passes: [{ on: "node-rights", set: { policyArn: UnknownText } }],
    },
    {
        policy: "node-rights",
        on: "node-rights",
        set: { policyArn: "arn:aws:iam::123456789012:policy/files" },
        add: [
            awsResource("iam/Policy", "files-policy", {
                arn: "arn:aws:iam::123456789012:policy/files",
                policy: document(allow({ Resource: ["arn:aws:s3:::files/*"] })),
            }),
        ],
        at: "files-policy: policy.Statement[0]",
    },
];

export const accessRows: readonly Row[] = [...keys, ...anybody, ...trusts, ...rights];
