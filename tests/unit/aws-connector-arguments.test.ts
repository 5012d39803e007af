import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { validateAwsConnector } from "../../sdk/connectors/aws-validation";

const role = "arn:aws:iam::210987654321:role/wandb";
const valid = { principalArns: [role], hosts: ["wandb.example.com"] };
const ownKey = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

function problems(args: object, name = "files"): string[] {
    return validateAwsConnector(name, args as never).map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
}

/** Changes to the valid arguments, and the one problem that follows. */
const refused: readonly (readonly [string, object, RegExp])[] = [
    ["no principal", { principalArns: undefined }, /^principalArns: is missing\. Give the ARNs.*who reads your data/],
    ["an empty list of principals", { principalArns: [] }, /^principalArns: is empty/],
    [
        "everybody",
        { principalArns: ["*"] },
        /^principalArns\[0\]: is everybody \("\*" given\), which would make the bucket public/,
    ],
    [
        "an account's number",
        { principalArns: ["830241207209"] },
        /^principalArns\[0\]: .*Give arn:aws:iam::830241207209:root/,
    ],
    [
        "a session",
        { principalArns: ["arn:aws:sts::123456789012:assumed-role/a/b"] },
        /^principalArns\[0\]: is one session/,
    ],
    ["an instance profile", { principalArns: ["arn:aws:iam::123456789012:instance-profile/a"] }, /role in it/],
    ["a service", { principalArns: ["ec2.amazonaws.com"] }, /^principalArns\[0\]: is not the ARN of an IAM role/],
    [
        "a wildcard in a role",
        { principalArns: ["arn:aws:iam::123456789012:role/*"] },
        /^principalArns\[0\]: is not the ARN/,
    ],
    ["a principal twice", { principalArns: [role, role] }, /^principalArns\[1\]: is there twice/],
    [
        "two partitions",
        { principalArns: [role, "arn:aws-cn:iam::210987654321:root"] },
        /^principalArns\[1\]: is of another AWS partition than `principalArns\[0\]`/,
    ],
    [
        "a key of another partition",
        { kmsKey: { arn: ownKey.replace("arn:aws:", "arn:aws-us-gov:") } },
        /^kmsKey\.arn: is of another AWS partition/,
    ],
    ["one principal that is no list", { principalArns: role }, /^principalArns: .*must be a list/],
    ["a list that is an Output", { principalArns: pulumi.output([role]) }, /^principalArns: is an Output/],
    ["no host", { hosts: undefined }, /^hosts: is missing/],
    ["an empty list of hosts", { hosts: [] }, /^hosts: is empty.*or \* for any/],
    ["a host with a path", { hosts: ["https://wandb.example.com/"] }, /^hosts\[0\]: has more than a host name/],
    ["a host with a user", { hosts: ["me@wandb.example.com:8080"] }, /^hosts\[0\]: has more than a host name/],
    ["two ports", { hosts: ["wandb.example.com:80:80"] }, /^hosts\[0\]: has more than a host name/],
    ["a port that is none", { hosts: ["wandb.example.com:70000"] }, /^hosts\[0\]: has no valid port/],
    ["a port no browser would write", { hosts: ["wandb.example.com:08443"] }, /^hosts\[0\]: has no valid port/],
    ["a host in upper case", { hosts: ["WandB.example.com"] }, /^hosts\[0\]: is not a host name in lower case/],
    ["two wildcards", { hosts: ["*.*.example.com"] }, /^hosts\[0\]: is not a host name/],
    ["a host twice", { hosts: ["a.example", "a.example"] }, /^hosts\[1\]: is there twice/],
    [
        "a bucket name in upper case",
        { bucketName: "Files" },
        /^bucketName: is not a name of an S3 bucket \("Files" given\)/,
    ],
    ["a short bucket name", { bucketName: "ab" }, /^bucketName: .*3 to 63/],
    ["an address", { bucketName: "192.168.5.4" }, /^bucketName: is not a name/],
    ["a bucket URL", { bucketName: "s3://files/wandb" }, /^bucketName: is a URL or path.*`prefix`/],
    ["a reserved beginning", { bucketName: "xn--files" }, /^bucketName: begins with xn--/],
    ["a reserved end", { bucketName: "files--x-s3" }, /^bucketName: ends with --x-s3/],
    ["a prefix with slashes at the ends", { prefix: "team/" }, /^prefix: starts or ends with a slash/],
    ["a prefix that is a pattern", { prefix: "team/*" }, /^prefix: holds a character that means something else/],
    ["a prefix with a policy variable", { prefix: "${aws:username}" }, /^prefix: holds a character/],
    ["another word for the encryption", { encryption: "aws:kms" }, /^encryption: .*Use one of kms, s3\. Use kms\./],
    ["a key without use", { encryption: "s3", kmsKey: {} }, /^kmsKey: is given, but `encryption` is s3/],
    [
        "an own key with settings",
        { kmsKey: { arn: ownKey, alias: "alias/a" } },
        /^kmsKey\.arn: .*`kmsKey\.alias` would belong/,
    ],
    ["an alias for the key", { kmsKey: { arn: "alias/wandb" } }, /^kmsKey\.arn: is an alias/],
    ["a key's id", { kmsKey: { arn: "1234abcd" } }, /^kmsKey\.arn: is not the ARN of a KMS key/],
    ["an alias without its beginning", { kmsKey: { alias: "wandb" } }, /^kmsKey\.alias: .*begins with alias\//],
    ["an alias of AWS", { kmsKey: { alias: "alias/aws/s3" } }, /^kmsKey\.alias: .*for AWS itself/],
    [
        "an administrator that is everybody",
        { kmsKey: { administratorArns: ["*"] } },
        /^kmsKey\.administratorArns\[0\]: is everybody/,
    ],
    [
        "an administrator that is a whole account",
        { kmsKey: { administratorArns: ["arn:aws:iam::123456789012:root"] } },
        /^kmsKey\.administratorArns\[0\]: is a whole account.*Leave the key's own account out/,
    ],
    [
        "administrators by a pattern",
        { kmsKey: { administratorArns: ["arn:aws:iam::123456789012:role/admin-*"] } },
        /^kmsKey\.administratorArns\[0\]: is not the ARN of an IAM role/,
    ],
    [
        "an administrator twice",
        { kmsKey: { administratorArns: [role, role] } },
        /^kmsKey\.administratorArns\[1\]: is there twice/,
    ],
    [
        "a short rotation",
        { kmsKey: { rotationDays: 30 } },
        /^kmsKey\.rotationDays: is not a whole number of 90 to 2560/,
    ],
    ["a short window", { kmsKey: { deletionWindowDays: 1 } }, /^kmsKey\.deletionWindowDays: .*7 to 30 \(1 given\)/],
    [
        "no days",
        { lifecycle: { noncurrentVersionDays: 0 } },
        /^lifecycle\.noncurrentVersionDays: is not a whole number of 1 or more/,
    ],
    [
        "half a day",
        { lifecycle: { incompleteMultipartUploadDays: 0.5 } },
        /^lifecycle\.incompleteMultipartUploadDays: is not a whole number/,
    ],
    [
        "days as text",
        { lifecycle: { noncurrentVersionDays: "30" } },
        /^lifecycle\.noncurrentVersionDays: .*Write it without quotes/,
    ],
    ["a flag as text", { versioning: "false" }, /^versioning: .*must be true or false/],
    ["a tag of AWS", { tags: { "aws:owner": "me" } }, /^tags\["aws:owner"\]: begins with aws:/],
    ["a tag that is too long", { tags: { owner: "x".repeat(257) } }, /^tags\.owner: is not a valid value of a tag/],
    [
        "too many tags",
        { tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`t${index}`, ""])) },
        /^tags: has 51 entries/,
    ],
    [
        "an argument that does not exist",
        { bucket: "files" },
        /^bucket: is not an argument\. Did you mean `bucketName`\?/,
    ],
];

describe("arguments of AwsSecureStorageConnector", () => {
    const accepted: readonly (readonly [string, object])[] = [
        ["the least", {}],
        [
            "everything",
            {
                principalArns: [
                    role,
                    "arn:aws:iam::830241207209:root",
                    "arn:aws:iam::123456789012:user/path/ann@example.com",
                ],
                hosts: ["https://wandb.example.com:8443", "http://10.0.0.1", "*.example.org", "wandb", "a.example:1"],
                bucketName: "my.files-1",
                prefix: "team/wandb_1",
                kmsKey: {
                    alias: "alias/wandb/files",
                    administratorArns: [role],
                    rotationDays: 90,
                    deletionWindowDays: 7,
                },
                versioning: false,
                lifecycle: { noncurrentVersionDays: 1, incompleteMultipartUploadDays: 1 },
                deletionProtection: false,
                retainData: true,
                tags: { team: "ml", empty: "" },
            },
        ],
        ["any host", { hosts: ["*"] }],
        ["a key of one's own", { kmsKey: { arn: ownKey } }],
        ["S3's keys", { encryption: "s3" }],
        ["China", { principalArns: ["arn:aws-cn:iam::210987654321:role/wandb"] }],
    ];
    for (const [what, changes] of accepted) {
        it(`accept ${what}`, () => assert.deepEqual(problems({ ...valid, ...changes }), []));
    }

    it("skip what is not known yet", () => {
        const later = pulumi.output("not looked at, whatever it is");
        const args = {
            principalArns: [later],
            hosts: [later, role.slice(0, 3)],
            bucketName: later,
            prefix: later,
            tags: { a: later },
        };
        assert.deepEqual(
            problems({ ...args, kmsKey: { arn: later }, lifecycle: { noncurrentVersionDays: later } }),
            [],
        );
    });

    for (const [what, changes, expected] of refused) {
        it(`refuse ${what}`, () => {
            const found = problems({ ...valid, ...changes });
            assert.equal(found.length, 1, found.join("\n"));
            assert.match(found[0], expected);
        });
    }

    it("refuse names that bucket and key cannot have", () => {
        for (const name of ["", "a b", "-a", "a_b", "x".repeat(49)]) {
            const found = problems(valid, name);
            assert.equal(found.length, 1, name);
            assert.match(found[0], /^\(resource name\): /);
        }
        assert.deepEqual(problems(valid, "x".repeat(48)), []);
    });

    it("refuse names that S3 keeps for itself, unless the bucket has another one", () => {
        for (const name of ["sthree", "xn--files", "AMZN-s3-demo"]) {
            const found = problems(valid, name);
            assert.equal(found.length, 1, name);
            assert.match(found[0], /^\(resource name\): makes a bucket name that begins with .*or give `bucketName`/);
            assert.deepEqual(problems({ ...valid, bucketName: "files" }, name), []);
        }
        assert.deepEqual(problems(valid, "sthre"), []);
    });

    it("list all problems at once, whatever is passed", () => {
        assert.equal(problems({ principalArns: ["*"], hosts: ["/"], tags: 1, bucketName: "A", prefix: "/" }).length, 5);
        for (const nothing of [undefined, null, 7, "text", []]) {
            assert.ok(problems(nothing as never).length > 0, String(nothing));
        }
    });
});
