import assert from "node:assert/strict";
import { bucketPolicy, keyPolicy, keyUse, type PolicyDocument, principalPolicy } from "../../sdk/aws/iam/policies";
import { allows } from "../support/iam-evaluation";

const role = "arn:aws:iam::210987654321:role/wandb";
const stranger = "arn:aws:iam::666666666666:root";
const admin = "arn:aws:iam::123456789012:role/admin";
const account = "arn:aws:iam::123456789012:root";
const bucketArn = "arn:aws:s3:::files";
const keyArn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd";

interface Circumstances {
    readonly principal?: string;
    readonly https?: boolean;
    readonly tls?: number;
    /** The service that asks on the principal's behalf. */
    readonly via?: string;
}

function contextOf({ https = true, tls = 1.3, via }: Circumstances): Record<string, string> {
    return {
        "aws:SecureTransport": String(https),
        "s3:TlsVersion": String(tls),
        ...(via === undefined ? {} : { "kms:ViaService": via }),
    };
}

/** What W&B does with a bucket. */
const bucketUses = ["s3:ListBucket", "s3:GetBucketCORS", "s3:GetBucketLocation", "s3:GetBucketVersioning"];
const objectUses = [
    "s3:GetObject",
    "s3:GetObjectVersion",
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:AbortMultipartUpload",
];
const keyUses = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"];
const region = "eu-west-1";
const viaS3 = "s3.eu-west-1.amazonaws.com";

/** What it must not be able to do. */
const bucketAbuses = [
    "s3:DeleteBucket",
    "s3:PutBucketPolicy",
    "s3:PutLifecycleConfiguration",
    "s3:PutBucketVersioning",
];
const objectAbuses = ["s3:DeleteObjectVersion", "s3:PutObjectAcl", "s3:PutObjectRetention", "s3:RestoreObject"];
const keyAbuses = ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:CreateGrant", "kms:DisableKey"];

describe("IAM statements for AWS", () => {
    describe("of a bucket", () => {
        const whole = bucketPolicy({ bucketArn }, [role]);
        const below = bucketPolicy({ bucketArn, prefix: "team/wandb" }, [role]);
        const ask = (document: PolicyDocument, action: string, resource: string, more: Circumstances = {}) =>
            allows(document, { principal: more.principal ?? role, action, resource, context: contextOf(more) });

        it("let the principal use it", () => {
            bucketUses.forEach((action) => assert.ok(ask(whole, action, bucketArn), action));
            objectUses.forEach((action) => assert.ok(ask(whole, action, `${bucketArn}/a/b`), action));
        });

        it("let it change neither the bucket nor what is kept of older versions", () => {
            bucketAbuses.forEach((action) => assert.ok(!ask(whole, action, bucketArn), action));
            objectAbuses.forEach((action) => assert.ok(!ask(whole, action, `${bucketArn}/a`), action));
        });

        it("let nobody else in, and nobody by plain HTTP or old TLS", () => {
            assert.ok(!ask(whole, "s3:GetObject", `${bucketArn}/a`, { principal: stranger }));
            assert.ok(!ask(whole, "s3:GetObject", `${bucketArn}/a`, { https: false }));
            assert.ok(!ask(whole, "s3:ListBucket", bucketArn, { tls: 1.1 }));
            assert.ok(ask(whole, "s3:ListBucket", bucketArn, { tls: 1.2 }));
        });

        it("hold objects to the prefix", () => {
            assert.ok(ask(below, "s3:GetObject", `${bucketArn}/team/wandb/a`));
            assert.ok(!ask(below, "s3:GetObject", `${bucketArn}/team/other`));
            assert.ok(!ask(below, "s3:PutObject", `${bucketArn}/team/wandbx`));
            assert.ok(ask(below, "s3:ListBucket", bucketArn), "W&B asks whether the bucket is there");
        });

        it("stand with the refusals in one document (trap 17)", () => {
            assert.deepEqual(
                whole.Statement.map(({ Sid, Effect }) => `${Effect} ${Sid}`),
                ["Deny HttpsOnly", "Deny Tls12OrNewer", "Allow WandbBucket", "Allow WandbObjects"],
            );
        });
    });

    describe("of a key", () => {
        const made = keyPolicy({
            partition: "aws",
            accountId: "123456789012",
            administratorArns: [admin],
            userArns: [role, "arn:aws:iam::830241207209:root"],
            region,
        });
        const ask = (principal: string, action: string, via?: string) =>
            allows(made, { principal, action, resource: keyArn, context: contextOf({ via }) });

        it("begin with the account, so that the key stays manageable (trap 8)", () => {
            assert.deepEqual(made.Statement[0], {
                Sid: "Account",
                Effect: "Allow",
                Principal: { AWS: [account] },
                Action: ["kms:*"],
                Resource: ["*"],
            });
        });

        it("let the principals use it through S3 and no more", () => {
            keyUses.forEach((action) => assert.ok(ask(role, action, viaS3), action));
            assert.ok(ask(role, "kms:DescribeKey"), "whoever uses a key may see whether it is there");
            keyAbuses.forEach((action) => assert.ok(!ask(role, action, viaS3) && !ask(role, action), action));
            assert.ok(!ask(stranger, "kms:Decrypt", viaS3));
        });

        it("let nobody decrypt what was encrypted outside of S3, or in another region", () => {
            for (const via of [undefined, "s3.us-east-1.amazonaws.com", "ec2.eu-west-1.amazonaws.com"]) {
                keyUses.forEach((action) => assert.ok(!ask(role, action, via), `${action} via ${via ?? "nothing"}`));
            }
        });

        it("let administrators manage it, but not use it", () => {
            for (const action of ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:EnableKeyRotation"]) {
                assert.ok(ask(admin, action), action);
            }
            for (const action of ["kms:Decrypt", "kms:CreateGrant", "kms:GenerateDataKey"]) {
                assert.ok(!ask(admin, action), action);
            }
        });

        it("have no empty statement without administrators", () => {
            const { Statement } = keyPolicy({
                partition: "aws-cn",
                accountId: "123456789012",
                administratorArns: [],
                userArns: ["arn:aws-cn:iam::210987654321:role/wandb"],
                region: "cn-north-1",
            });
            assert.deepEqual(
                Statement.map(({ Sid, Principal }) => [Sid, Principal]),
                [
                    ["Account", { AWS: ["arn:aws-cn:iam::123456789012:root"] }],
                    ["WandbUse", { AWS: ["arn:aws-cn:iam::210987654321:role/wandb"] }],
                    ["WandbDescribe", { AWS: ["arn:aws-cn:iam::210987654321:role/wandb"] }],
                ],
            );
            // KMS has one suffix for all partitions here, unlike the endpoints of S3.
            const use = Statement.find(({ Sid }) => Sid === "WandbUse");
            assert.deepEqual(use?.Condition, { StringEquals: { "kms:ViaService": "s3.cn-north-1.amazonaws.com" } });
        });

        it("are the same for a key of one's own", () => {
            const users = [role, "arn:aws:iam::830241207209:root"];
            assert.deepEqual(keyUse(users, region), made.Statement.slice(-2));
        });
    });

    it("on the principal's own side grant the same as on this side, and name no principal", () => {
        const other = principalPolicy({ bucketArn, prefix: "p" }, keyArn);
        const ask = (action: string, resource: string, via?: string) =>
            allows(other, { action, resource, context: contextOf({ via }) });
        bucketUses.forEach((action) => assert.ok(ask(action, bucketArn), action));
        objectUses.forEach((action) =>
            assert.ok(ask(action, `${bucketArn}/p/a`) && !ask(action, `${bucketArn}/q`), action),
        );
        keyUses.forEach((action) => {
            assert.ok(ask(action, keyArn, viaS3) && !ask(action, `${keyArn}x`, viaS3) && !ask(action, keyArn), action);
        });
        assert.ok(ask("kms:DescribeKey", keyArn));
        keyAbuses.forEach((action) => assert.ok(!ask(action, keyArn, viaS3), action));
        assert.ok(other.Statement.every((statement) => !("Principal" in statement)));
        assert.equal(principalPolicy({ bucketArn }, undefined).Statement.length, 2);
    });

    it("give principals of the bucket's own account no grant, only the refusals", () => {
        const { Statement } = bucketPolicy({ bucketArn }, []);
        assert.deepEqual(
            Statement.map(({ Effect }) => Effect),
            ["Deny", "Deny"],
        );
    });
});
