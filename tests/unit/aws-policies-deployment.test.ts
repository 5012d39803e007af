import assert from "node:assert/strict";
import fc from "fast-check";
import { clickHouseKeyPolicy } from "../../sdk/aws/entry/click-house";
import { readMetrics } from "../../sdk/aws/identity/monitoring";
import { flowLogPolicy, flowLogTrust } from "../../sdk/aws/network/flow-log";
import {
    bucketPolicy,
    keyPolicy,
    keyUse,
    keyUseThroughS3,
    type PolicyDocument,
    principalPolicy,
    volumeUse,
} from "../../sdk/aws/iam/policies";
import { queueUse, secretStore, teamBuckets } from "../../sdk/aws/iam/policies-app";
import { queuePolicy, replicationPolicy } from "../../sdk/aws/iam/policies-bucket";
import { issuerTrust, LongestTrust, podIdentityTrust, serviceTrust } from "../../sdk/aws/iam/policies-trust";
import { allows } from "../support/iam-evaluation";

const accountId = "123456789012";
const other = "210987654321";
const partition = "aws";
const region = "eu-west-1";
const bucketArn = "arn:aws:s3:::files";
const keyArn = `arn:aws:kms:${region}:${accountId}:key/1234abcd`;
const groupArn = `arn:aws:logs:${region}:${accountId}:log-group:wandb`;
const queueArn = `arn:aws:sqs:${region}:${accountId}:events`;
const copyBucketArn = "arn:aws:s3:::copies";
const copyKeyArn = `arn:aws:kms:us-east-1:${other}:key/5678`;
const issuer = "https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
const bare = issuer.slice("https://".length);
const providerArn = `arn:aws:iam::${accountId}:oidc-provider/${bare}`;

describe("IAM statements of a deployment on AWS", () => {
    describe("of the key, for volumes of nodes (trap 9)", () => {
        const key = keyPolicy({ partition, accountId, administratorArns: [], userArns: [], region, volumes: true });
        const role = `arn:aws:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
        const context = {
            "aws:PrincipalArn": role,
            "kms:CallerAccount": accountId,
            "kms:ViaService": `ec2.${region}.amazonaws.com`,
        };
        const asks = (action: string, changes: Record<string, string> = {}) =>
            allows(key, { principal: role, action, resource: keyArn, context: { ...context, ...changes } });

        it("let EC2 Auto Scaling use it, and hand it to EC2", () => {
            for (const action of ["kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptTo"]) {
                assert.ok(asks(action), action);
            }
            assert.ok(asks("kms:CreateGrant", { "kms:GrantIsForAWSResource": "true" }));
        });

        it("let in nobody else, and Auto Scaling in no other way", () => {
            const others: readonly Record<string, string>[] = [
                { "aws:PrincipalArn": `arn:aws:iam::${accountId}:role/other` },
                { "kms:CallerAccount": other },
                { "kms:ViaService": "s3.eu-west-1.amazonaws.com" },
                { "kms:ViaService": "ec2.us-east-1.amazonaws.com" },
            ];
            for (const changes of others) {
                assert.ok(!asks("kms:Decrypt", changes), JSON.stringify(changes));
                const grant = { ...changes, "kms:GrantIsForAWSResource": "true" };
                assert.ok(!asks("kms:CreateGrant", grant), JSON.stringify(changes));
            }
            assert.ok(!asks("kms:CreateGrant", { "kms:GrantIsForAWSResource": "false" }));
            assert.ok(!asks("kms:PutKeyPolicy") && !asks("kms:ScheduleKeyDeletion"));
        });

        it("name no principal that may be missing, and begin with the account (trap 8)", () => {
            const principals = key.Statement.map(({ Principal }) => Principal);
            assert.deepEqual(principals, [{ AWS: [`arn:aws:iam::${accountId}:root`] }, { AWS: ["*"] }, { AWS: ["*"] }]);
            const text = JSON.stringify(volumeUse({ partition: "aws-cn", accountId, region: "cn-north-1" }));
            assert.match(text, /arn:aws-cn:iam::/);
            // With this suffix in all partitions.
            assert.match(text, /"ec2\.cn-north-1\.amazonaws\.com"/);
        });
    });

    describe("of trust", () => {
        const context = {
            [`${bare}:aud`]: "sts.amazonaws.com",
            [`${bare}:sub`]: "system:serviceaccount:wandb:wandb-app",
        };
        const asks = (trust: PolicyDocument, changes: Record<string, string> = {}, principal = providerArn) =>
            allows(trust, {
                principal,
                action: "sts:AssumeRoleWithWebIdentity",
                context: { ...context, ...changes },
            });

        it("let in the service account by its bare issuer, and no other one (traps 15 and 16)", () => {
            const trust = issuerTrust(issuer, providerArn, [{ namespace: "wandb", name: "wandb-app" }]);
            assert.deepEqual(trust, issuerTrust(bare, providerArn, [{ namespace: "wandb", name: "wandb-app" }]));
            assert.ok(asks(trust));
            for (const subject of ["wandb:wandb-app2", "default:wandb-app", "wandb:default"]) {
                assert.ok(!asks(trust, { [`${bare}:sub`]: `system:serviceaccount:${subject}` }), subject);
            }
            assert.ok(!asks(trust, { [`${bare}:aud`]: "elsewhere" }), "tokens for others");
            assert.ok(!asks(trust, {}, `${providerArn}0`), "another cluster");
        });

        const name = fc.stringMatching(/^[a-z]([a-z-]{0,18}[a-z])?$/);
        it("fit into what AWS takes, and let in all accounts of one namespace and no other namespace", () => {
            fc.assert(
                fc.property(
                    fc.record({
                        namespace: fc.stringMatching(/^[a-z]{1,63}$/),
                        release: fc.stringMatching(/^[a-z]{1,30}$/),
                        words: fc.uniqueArray(name, { minLength: 1, maxLength: 40 }),
                        own: fc.uniqueArray(name, { maxLength: 3 }),
                    }),
                    ({ namespace, release, words, own }) => {
                        const names = [...own, ...words.map((word) => `${release}-${word}`)];
                        const prefix = { namespace, name: `${release}-` };
                        const accounts = names.map((one) => ({ namespace, name: one }));
                        const trust = issuerTrust(issuer, providerArn, accounts, prefix);
                        assert.ok(JSON.stringify(trust).length <= LongestTrust);
                        for (const one of names) {
                            const subject = (space: string) => ({
                                [`${bare}:sub`]: `system:serviceaccount:${space}:${one}`,
                            });
                            assert.ok(asks(trust, subject(namespace)), one);
                            assert.ok(!asks(trust, subject(`${namespace}x`)), one);
                            assert.ok(!asks(trust, { ...subject(namespace), [`${bare}:aud`]: "x" }), one);
                        }
                        const stranger = { [`${bare}:sub`]: `system:serviceaccount:${namespace}:A` };
                        assert.ok(!asks(trust, stranger));
                    },
                ),
                { numRuns: 100 },
            );
        });

        it("are exact while they fit", () => {
            const accounts = ["a", "b"].map((word) => ({ namespace: "wandb", name: `wandb-${word}` }));
            const trust = issuerTrust(issuer, providerArn, accounts, { namespace: "wandb", name: "wandb-" });
            assert.ok(!asks(trust, { [`${bare}:sub`]: "system:serviceaccount:wandb:wandb-c" }));
            assert.deepEqual(Object.keys(trust.Statement[0].Condition ?? {}), ["StringEquals"]);
        });

        it("let services in by name", () => {
            const request = { principal: "pods.eks.amazonaws.com", action: "sts:TagSession" };
            assert.ok(allows(podIdentityTrust, request));
            assert.ok(!allows(podIdentityTrust, { ...request, principal: "ec2.amazonaws.com" }));
            assert.ok(
                !allows(serviceTrust("s3.amazonaws.com"), { principal: "s3.amazonaws.com", action: "sts:TagSession" }),
            );
        });
    });

    describe("of the pods", () => {
        const secrets = secretStore({ partition, region, accountId, prefix: "wandb-" });
        const viaS3 = { "kms:ViaService": `s3.${region}.amazonaws.com` };
        const own = (account: string) => ({ "aws:ResourceAccount": account });
        const strict = [principalPolicy({ bucketArn, prefix: "p" }, undefined), keyUseThroughS3(keyArn), secrets];
        const theirs = "arn:aws:s3:::team";
        const theirKey = `arn:aws:kms:us-east-1:${other}:key/9`;

        it("hold secrets below one prefix, of this account and region", () => {
            const secret = (where: string) => `arn:aws:secretsmanager:${where}`;
            for (const action of ["CreateSecret", "GetSecretValue", "PutSecretValue", "DeleteSecret", "UpdateSecret"]) {
                const asks = (where: string) =>
                    allows(strict, { action: `secretsmanager:${action}`, resource: secret(where) });
                assert.ok(asks(`${region}:${accountId}:secret:wandb-team-AbCdEf`), action);
                assert.ok(!asks(`${region}:${accountId}:secret:other-AbCdEf`), action);
                assert.ok(!asks(`${region}:${other}:secret:wandb-team-AbCdEf`), action);
                assert.ok(!asks(`us-east-1:${accountId}:secret:wandb-team-AbCdEf`), action);
            }
            const read = `arn:aws:secretsmanager:${region}:${accountId}:secret:wandb-x`;
            for (const action of ["PutResourcePolicy", "ReplicateSecretToRegions", "TagResource"]) {
                assert.ok(!allows(strict, { action: `secretsmanager:${action}`, resource: read }), action);
            }
        });

        it("use the bucket's key through S3 alone", () => {
            assert.ok(allows(strict, { action: "kms:GenerateDataKey", resource: keyArn, context: viaS3 }));
            assert.ok(!allows(strict, { action: "kms:GenerateDataKey", resource: keyArn }));
            assert.ok(!allows(strict, { action: "kms:CreateGrant", resource: keyArn, context: viaS3 }));
        });

        it("reach nothing else of the account", () => {
            for (const [action, resource] of [
                ["s3:ListAllMyBuckets", "*"],
                ["s3:GetObject", `${theirs}/a`],
                ["sts:AssumeRole", `arn:aws:iam::${accountId}:role/admin`],
                ["iam:PassRole", `arn:aws:iam::${accountId}:role/admin`],
                ["ec2:DescribeInstances", "*"],
                ["sqs:SendMessage", queueArn],
            ]) {
                assert.ok(!allows(strict, { action, resource, context: own(accountId) }), action);
            }
        });

        for (const [mode, teamAccounts, admitted, refused] of [
            ["restricted", [other], [other], [accountId, "111111111111"]],
            ["public", undefined, [other, "111111111111"], [accountId]],
        ] as const) {
            it(`use team buckets of the right accounts when access is ${mode}`, () => {
                const team = teamBuckets({ partition, accountId, teamAccounts });
                const asks = (action: string, resource: string, account: string, via?: string) =>
                    allows(team, {
                        action,
                        resource,
                        context: { ...own(account), ...(via === undefined ? {} : { "kms:ViaService": via }) },
                    });
                for (const account of admitted) {
                    assert.ok(asks("s3:ListBucket", theirs, account), account);
                    assert.ok(asks("s3:PutObject", `${theirs}/a`, account), account);
                    assert.ok(!asks("s3:DeleteBucket", theirs, account), account);
                    assert.ok(!asks("s3:PutObjectAcl", `${theirs}/a`, account), account);
                }
                for (const account of refused) {
                    assert.ok(!asks("s3:ListBucket", theirs, account), account);
                    assert.ok(!asks("s3:GetObject", `${theirs}/a`, account), account);
                }
                assert.ok(asks("kms:Decrypt", theirKey, other, "s3.us-east-1.amazonaws.com"));
                assert.ok(!asks("kms:Decrypt", theirKey, other), "outside of S3");
                assert.ok(!asks("kms:Decrypt", keyArn, accountId, "s3.us-east-1.amazonaws.com"));
                assert.ok(!asks("kms:CreateGrant", theirKey, other, "s3.us-east-1.amazonaws.com"));
            });
        }

        it("take events off the queue, and put none on it", () => {
            const asks = (action: string, resource = queueArn) => allows(queueUse(queueArn), { action, resource });
            assert.ok(asks("sqs:ReceiveMessage") && asks("sqs:DeleteMessage") && asks("sqs:GetQueueAttributes"));
            assert.ok(!asks("sqs:SendMessage") && !asks("sqs:DeleteQueue") && !asks("sqs:PurgeQueue"));
            assert.ok(!asks("sqs:ReceiveMessage", `${queueArn}2`));
        });
    });

    describe("of the bucket's extras", () => {
        it("let S3 send events of this bucket, and of no bucket of the same name in other hands", () => {
            const made = queuePolicy({ queueArn, bucketArn, accountId });
            const asks = (arn: string, account: string, principal = "s3.amazonaws.com") =>
                allows(made, {
                    principal,
                    action: "sqs:SendMessage",
                    resource: queueArn,
                    context: { "aws:SourceArn": arn, "aws:SourceAccount": account },
                });
            assert.ok(asks(bucketArn, accountId));
            assert.ok(!asks(`${bucketArn}2`, accountId));
            assert.ok(!asks(bucketArn, other));
            assert.ok(!asks(bucketArn, accountId, "sns.amazonaws.com"));
        });

        const full = replicationPolicy({ bucketArn, keyArn, copyBucketArn, copyKeyArn, otherAccount: true });
        const least = replicationPolicy({ bucketArn, copyBucketArn, otherAccount: false });
        const through = (where: string, arn: string) => ({
            "kms:ViaService": `s3.${where}.amazonaws.com`,
            "kms:EncryptionContext:aws:s3:arn": arn,
        });

        it("let the copying role read here and write there", () => {
            for (const policies of [full, least]) {
                assert.ok(allows(policies, { action: "s3:GetReplicationConfiguration", resource: bucketArn }));
                assert.ok(
                    allows(policies, { action: "s3:GetObjectVersionForReplication", resource: `${bucketArn}/a` }),
                );
                assert.ok(allows(policies, { action: "s3:ReplicateObject", resource: `${copyBucketArn}/a` }));
                for (const action of ["s3:PutObject", "s3:DeleteObject", "s3:GetObject"]) {
                    assert.ok(!allows(policies, { action, resource: `${copyBucketArn}/a` }), action);
                    assert.ok(!allows(policies, { action, resource: `${bucketArn}/a` }), action);
                }
            }
        });

        it("let it hand over copies to another account, and use keys for these two buckets only", () => {
            const handOver = { action: "s3:ObjectOwnerOverrideToBucketOwner", resource: `${copyBucketArn}/a` };
            assert.deepEqual([allows(full, handOver), allows(least, handOver)], [true, false]);
            const asks = (action: string, resource: string, context: Record<string, string>) =>
                allows(full, { action, resource, context });
            assert.ok(asks("kms:Decrypt", keyArn, through(region, bucketArn)));
            assert.ok(asks("kms:Decrypt", keyArn, through(region, `${bucketArn}/a`)), "an object without bucket key");
            assert.ok(!asks("kms:Encrypt", keyArn, through(region, bucketArn)));
            assert.ok(asks("kms:Encrypt", copyKeyArn, through("us-east-1", copyBucketArn)));
            assert.ok(!asks("kms:Encrypt", copyKeyArn, through(region, copyBucketArn)));
            assert.ok(!asks("kms:Decrypt", keyArn, through(region, "arn:aws:s3:::other")));
            assert.ok(!JSON.stringify(least).includes("kms:"));
        });
    });

    it("have no wildcard but the listed ones, each with its reason in the source", () => {
        const role = `arn:aws:iam::${other}:role/wandb`;
        const admin = `arn:aws:iam::${accountId}:role/admin`;
        const accounts = [{ namespace: "wandb", name: "wandb-app" }];
        const documents = [
            bucketPolicy({ bucketArn }, [role]),
            principalPolicy({ bucketArn }, keyArn),
            keyPolicy({
                partition,
                accountId,
                administratorArns: [admin],
                userArns: [role],
                region,
                volumes: true,
            }),
            { Statement: keyUse([role], region) },
            secretStore({ partition, region, accountId, prefix: "wandb-" }),
            teamBuckets({ partition, accountId, teamAccounts: [other] }),
            teamBuckets({ partition, accountId }),
            queueUse(queueArn),
            queuePolicy({ queueArn, bucketArn, accountId }),
            replicationPolicy({ bucketArn, keyArn, copyBucketArn, copyKeyArn, otherAccount: true }),
            issuerTrust(issuer, providerArn, accounts),
            podIdentityTrust,
            flowLogTrust(partition, region, accountId),
            flowLogPolicy(groupArn, partition, region, accountId),
            readMetrics,
            clickHouseKeyPolicy(`arn:aws:iam::${accountId}:root`, role),
        ];
        const wild = documents
            .flatMap(({ Statement }) => Statement)
            .flatMap(({ Sid, Action, Resource = [] }) =>
                [...Action, ...Resource].filter((text) => text.includes("*")).map((text) => `${Sid} ${text}`),
            );
        assert.deepEqual([...new Set(wild)].sort(), [
            "Account *",
            "Account kms:*",
            "Administrators *",
            "ClickHouse *",
            "Copies arn:aws:s3:::copies/*",
            "Find arn:aws:logs:eu-west-1:123456789012:log-group:*",
            "HttpsOnly arn:aws:s3:::files/*",
            "HttpsOnly s3:*",
            "ReadMetrics *",
            "SourceObjects arn:aws:s3:::files/*",
            "TeamBuckets arn:aws:s3:::*",
            "TeamKeys arn:aws:kms:*:*:key/*",
            "TeamKeys arn:aws:kms:*:210987654321:key/*",
            "TeamObjects arn:aws:s3:::*/*",
            "TeamSecrets arn:aws:secretsmanager:eu-west-1:123456789012:secret:wandb-*",
            "Tls12OrNewer arn:aws:s3:::files/*",
            "Tls12OrNewer s3:*",
            "VolumesAttach *",
            "VolumesUse *",
            "WandbDescribe *",
            "WandbObjects arn:aws:s3:::files/*",
            "WandbUse *",
            `Write ${groupArn}:*`,
        ]);
    });
});
