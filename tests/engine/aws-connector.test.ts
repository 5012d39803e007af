/** AwsSecureStorageConnector on the real engine, against the simulated AWS. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { setFaults } from "../../sandbox/clouds/faults";
import { readRequests } from "../../sandbox/clouds/requests";
import { aws } from "../../sandbox/clouds/aws";
import { LaterPrefix } from "../support/deployment";
import { EngineRun } from "../support/engine-run";
import { engineTimeoutMs, ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";
import { ConnectorProgram, LeastArgs, OutputPrefix, WandbRole } from "../support/storage-connector";

/** Everything that one connector makes. */
const everything = [
    "Alias",
    "Bucket",
    "BucketCorsConfiguration",
    "BucketLifecycleConfiguration",
    "BucketOwnershipControls",
    "BucketPolicy",
    "BucketPublicAccessBlock",
    "BucketServerSideEncryptionConfiguration",
    "BucketVersioning",
    "Key",
];

const yamlProgram = `
name: connector-yaml
runtime: yaml
packages:
  wandb: ${join(__dirname, "..", "..", "sdk")}
resources:
  files:
    type: wandb:AwsSecureStorageConnector
    properties:
      principalArns: ["${WandbRole}"]
      hosts: [wandb.example.com]
      kmsKey: { rotationDays: 90 }
outputs:
  bucketName: \${files.bucketName}
`;

const quick = ["--yes", "--skip-preview"] as const;

describe("AwsSecureStorageConnector on the engine", function () {
    this.timeout(engineTimeoutMs);
    let connector: ConnectorProgram;

    describe("through its life", () => {
        before(async function () {
            this.timeout(toolchainTimeoutMs);
            connector = await ConnectorProgram.create(LeastArgs);
        });
        after(() => connector.program.remove());

        it("says all that is wrong and creates nothing", async () => {
            connector.change({ ...LeastArgs, principalArns: ["*"], hosts: [], bucketName: "UPPER" });
            const output = await connector.program.fail("up", ...quick);
            assert.match(output, /files: 3 problems in the arguments, nothing was created\./);
            assert.match(output, /- principalArns\[0\]: is everybody/);
            assert.doesNotMatch(output, /\n\s+at /, "a stack trace helps nobody here");
            assert.deepEqual(connector.existing(), []);
        });

        it("previews from nothing, with values that are not known yet, and shows policies that are", async () => {
            const later = {
                ...LeastArgs,
                hosts: [`${LaterPrefix}wandb.example.com`],
                tags: { team: `${LaterPrefix}ml` },
            };
            connector.change(later);
            const output = await connector.program.succeed("preview", "--diff");
            for (const name of everything) {
                assert.match(output, new RegExp(`\\+ aws:\\w+/\\w+:${name}: \\(create\\)`), name);
            }
            assert.match(output, /aws:SecureTransport.{0,4}: "false"/, "the bucket's policy is in the preview");
            assert.match(output, /arn:aws:iam::123456789012:root/, "the key's policy too");
            assert.deepEqual(connector.existing(), []);
        });

        const key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd";
        const own = "arn:aws:iam::123456789012";
        for (const [what, changes, expected] of [
            [
                "a host that is an Output",
                { hosts: [`${OutputPrefix}wandb.example.com/app`] },
                /hosts\[0\]: has more than a host name/,
            ],
            [
                "a key's alias that is an Output",
                { kmsKey: { arn: `${OutputPrefix}${key.replace("key/", "alias/")}` } },
                /kmsKey\.arn: is an alias/,
            ],
            [
                "a key of another region",
                { kmsKey: { arn: key.replace("eu-west-1", "us-east-1") } },
                /kmsKey\.arn: is a key in us-east-1 .* but the bucket lies in eu-west-1, where S3 could not use it\./,
            ],
            [
                "an administrator that is an Output",
                { kmsKey: { administratorArns: [`${own}:role/admin`, `${OutputPrefix}${own}:root`] } },
                /kmsKey\.administratorArns\[1\]: is a whole account/,
            ],
            [
                "an administrator of another account",
                { kmsKey: { administratorArns: [WandbRole] } },
                /kmsKey\.administratorArns\[0\]: is of another account .* here 123456789012\. Give a role or user of that/,
            ],
        ] as const) {
            it(`finds ${what}, as soon as its value is known`, async () => {
                connector.change({ ...LeastArgs, ...changes } as typeof LeastArgs);
                const output = await connector.program.fail("preview");
                assert.match(output, expected);
                assert.doesNotMatch(output, /\n\s+at /, "a stack trace helps nobody here");
            });
        }

        it("goes up, and shows no change afterwards, neither to up nor to refresh", async () => {
            connector.change(LeastArgs);
            await connector.up();
            assert.deepEqual(connector.existing(), everything);
            await connector.up("--expect-no-changes");
            await connector.program.succeed("refresh", ...quick, "--expect-no-changes");
        });

        it("gives what the instance's side needs", async () => {
            const outputs = await connector.program.outputs();
            assert.match(String(outputs["bucketName"]), /^files-bucket-[0-9a-f]{7}$/);
            assert.equal(outputs["bucketArn"], `arn:aws:s3:::${String(outputs["bucketName"])}`);
            assert.equal(outputs["bucketRegion"], "eu-west-1");
            assert.match(String(outputs["kmsKeyArn"]), /^arn:aws:kms:eu-west-1:123456789012:key\/[0-9a-f-]{36}$/);
            const { Statement } = JSON.parse(String(outputs["principalPolicy"])) as {
                Statement: { Resource: string[] }[];
            };
            assert.deepEqual(
                Statement.flatMap(({ Resource }) => Resource),
                [outputs["bucketArn"], `${String(outputs["bucketArn"])}/*`, outputs["kmsKeyArn"], outputs["kmsKeyArn"]],
            );
            assert.match(String(outputs["principalPolicy"]), /"kms:ViaService":"s3\.eu-west-1\.amazonaws\.com"/);
            assert.ok(!("kmsKeyPolicyStatements" in outputs) && !("prefix" in outputs));
        });

        it("changes tags, principals, hosts and days in place", async () => {
            connector.change({
                ...LeastArgs,
                principalArns: [WandbRole, "arn:aws:iam::830241207209:root"],
                hosts: ["wandb.example.com", "*.example.org"],
                versioning: false,
                lifecycle: { noncurrentVersionDays: 90 },
                tags: { team: "ml" },
            });
            const run = await EngineRun.succeed(connector.program, "up", ...quick);
            assert.deepEqual(run.changes().sort(), [
                "update files",
                "update files-bucket",
                "update files-bucket-cors",
                "update files-bucket-lifecycle",
                "update files-bucket-policy",
                "update files-bucket-versioning",
                "update files-key",
            ]);
            await connector.program.succeed("preview", "--expect-no-changes");
        });

        it("protects the data: neither a new name nor destroy takes anything away", async () => {
            const ids = () => connector.inventory.rows().map(({ id }) => id);
            const before = ids();
            connector.change({ ...LeastArgs, bucketName: "another-name" });
            assert.match(await connector.program.fail("preview"), /files-bucket.*protect/s);
            connector.change(LeastArgs);
            await connector.up();
            assert.match(await connector.program.fail("destroy", ...quick), /protect/);
            assert.deepEqual(ids(), before);
        });

        it("goes with its objects once the protection is off", async () => {
            const { id } = connector.inventory.rows().find(({ type }) => type.endsWith(":Bucket")) ?? { id: "" };
            await connector.inventory.plant({
                type: "aws:s3/object",
                id: `${id}/run.json`,
                inputs: { bucket: id, key: "run.json" },
                outputs: {},
            });
            connector.change({ ...LeastArgs, deletionProtection: false });
            const run = await EngineRun.succeed(connector.program, "up", ...quick);
            assert.deepEqual(run.losses(), []);
            await connector.program.succeed("destroy", ...quick);
            assert.deepEqual(connector.existing(), []);
        });
    });

    it("converges after a wrong value and after each creation has failed once, and leaves nothing behind", async () => {
        connector = await ConnectorProgram.create({ ...LeastArgs, deletionProtection: false });
        try {
            connector.change({ ...LeastArgs, deletionProtection: false, principalArns: [`${LaterPrefix}*`] });
            const late = await connector.program.fail("up", ...quick);
            assert.match(late, /principalArns\[0\]: is everybody \("\*" given\)/, "found when its value is known");
            assert.doesNotMatch(late, /\n\s+at /);
            assert.ok(!connector.existing().includes("BucketPolicy"));
            await connector.program.succeed("destroy", ...quick);
            connector.change({ ...LeastArgs, deletionProtection: false });

            const types = aws.resources
                .map(({ token }) => token)
                .filter((token) => /^aws:(s3|kms)\//.test(token) && everything.includes(token.split(":")[2]));
            assert.equal(types.length, everything.length);
            const rules = types.map((type) => ({ type, operation: "create", kind: "fail" }) as const);
            await setFaults(connector.program.dir, { rules });
            const failed = new Set<string>();
            for (let code: number | null = 1, attempt = 0; code !== 0; attempt++) {
                assert.ok(attempt <= types.length, "it does not converge");
                const run = await connector.program.run("up", ...quick);
                code = run.code;
                for (const [, type] of run.output.matchAll(/InternalError: create of (\S+) failed/g)) {
                    failed.add(type);
                }
            }
            assert.deepEqual([...failed].sort(), [...types].sort());
            assert.deepEqual(connector.existing(), everything);
            await connector.program.succeed("preview", "--expect-no-changes");
            await connector.program.succeed("destroy", ...quick);
            assert.deepEqual(connector.existing(), []);
        } finally {
            connector.program.remove();
        }
    });

    it("works in another partition, with your own provider, key, name and prefix, and leaves the data when told to", async () => {
        const keyArn = "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        const args = {
            principalArns: ["arn:aws-us-gov:iam::210987654321:role/wandb"],
            hosts: ["*"],
            bucketName: "gov-files",
            prefix: "team/wandb",
            kmsKey: { arn: keyArn },
            deletionProtection: false,
            retainData: true,
        };
        connector = await ConnectorProgram.create(args, "us-gov-west-1");
        try {
            await connector.up();
            const outputs = await connector.program.outputs();
            assert.equal(outputs["bucketArn"], "arn:aws-us-gov:s3:::gov-files");
            assert.equal(outputs["prefix"], "team/wandb");
            assert.equal(outputs["kmsKeyArn"], keyArn);
            assert.match(
                String(outputs["kmsKeyPolicyStatements"]),
                /"kms:ViaService":"s3\.us-gov-west-1\.amazonaws\.com".*"AWS":\["arn:aws-us-gov:iam::210987654321:role\/wandb"\]/,
            );
            assert.ok(readRequests(connector.program.dir).some(({ operation }) => operation === "invoke"));
            const made = everything.filter((name) => !["Key", "Alias"].includes(name));
            assert.deepEqual(connector.existing(), made);
            await connector.program.succeed("destroy", ...quick);
            assert.deepEqual(connector.existing(), made, "retained");
            connector.change({ ...args, takeBack: { bucket: "gov-files" } });
            await connector.up();
            connector.change(args);
            await connector.program.succeed("preview", "--expect-no-changes");
            assert.deepEqual(connector.existing(), made, "taken back");
        } finally {
            connector.program.remove();
        }
    });

    it("is taken back with the key that was made for it", async () => {
        const args = {
            ...LeastArgs,
            bucketName: "kept-files",
            kmsKey: { alias: "alias/kept", deletionWindowDays: 7 },
            deletionProtection: false,
            retainData: true,
        };
        connector = await ConnectorProgram.create(args);
        try {
            await connector.up();
            const { kmsKeyArn } = await connector.program.outputs();
            await connector.program.succeed("destroy", ...quick);
            assert.deepEqual(connector.existing(), everything, "retained");
            const takeBack = {
                bucket: "kept-files",
                "aws:kms/key:Key": String(kmsKeyArn).split("/")[1],
                "aws:kms/alias:Alias": "alias/kept",
            };
            connector.change({ ...args, takeBack });
            const run = await EngineRun.succeed(connector.program, "up", ...quick);
            const imported = run.changes().filter((change) => change.startsWith("import "));
            assert.equal(imported.length, everything.length);
            // AWS does not tell the days until a deletion, so they are set once more.
            const more = run.changes().filter((change) => !change.startsWith("import "));
            assert.deepEqual(more.sort(), ["create files", "update files-key"]);
            connector.change(args);
            await connector.program.succeed("preview", "--expect-no-changes");
            assert.equal((await connector.program.outputs())["kmsKeyArn"], kmsKeyArn);
            assert.deepEqual(connector.existing(), everything, "nothing twice");
        } finally {
            connector.program.remove();
        }
    });

    it("is made by the example as its README tells", async () => {
        connector = await ConnectorProgram.example("aws-storage-connector");
        const { program } = connector;
        try {
            const config = [`principalArns[0]=${WandbRole}`, "hosts[0]=wandb.example.com", "deletionProtection=false"];
            const flags = config.flatMap((setting) => ["--plaintext", setting]);
            await program.succeed("config", "set-all", "--path", ...flags);
            await connector.up();
            const outputs = await program.outputs();
            const names = ["bucketName", "bucketRegion", "kmsKeyArn", "principalPolicy"];
            assert.deepEqual(Object.keys(outputs).sort(), names);
            await program.succeed("destroy", ...quick);
            assert.deepEqual(connector.existing(), []);
        } finally {
            program.remove();
        }
    });

    it("is made by a program in YAML", async () => {
        const program = await ScratchProgram.create({ "Pulumi.yaml": yamlProgram });
        try {
            await program.succeed("config", "set", "aws:region", "eu-west-1");
            const output = await program.succeed("preview", "--diff");
            assert.match(output, /aws:s3\/bucketPolicy:BucketPolicy: \(create\)/);
            assert.match(output, /arn:aws:iam::210987654321:role\/wandb/);
        } finally {
            program.remove();
        }
    });
});
