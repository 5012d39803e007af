/** GcpSecureStorageConnector on the real engine, against the simulated Google Cloud. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { gcp } from "../../sandbox/clouds/gcp";
import { numberOf } from "../../sandbox/clouds/gcp/project";
import { setFaults } from "../../sandbox/clouds/faults";
import { LaterPrefix } from "../support/deployment";
import { EngineRun } from "../support/engine-run";
import { plantKey, plantObject, plantStorageAgent, project } from "../support/gcp-account";
import { GcpConnectorProgram, LeastGcpArgs, WandbAccount } from "../support/gcp-storage-connector";
import { engineTimeoutMs, ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";

/** Everything that one connector makes. */
const everything = [
    "Bucket",
    "BucketIAMBinding",
    "BucketIAMBinding",
    "CryptoKey",
    "CryptoKeyIAMMember",
    "KeyRing",
    "Service",
];
/** What Google never deletes. */
const forever = ["CryptoKey", "CryptoKeyIAMMember", "KeyRing"];

const yamlProgram = `
name: connector-yaml
runtime: yaml
packages:
  wandb: ${join(__dirname, "..", "..", "sdk")}
resources:
  files:
    type: wandb:GcpSecureStorageConnector
    properties:
      serviceAccountEmails: ["${WandbAccount}"]
      hosts: [wandb.example.com]
      kmsKey: { rotationDays: 30 }
outputs:
  bucketName: \${files.bucketName}
`;

const quick = ["--yes", "--skip-preview"] as const;

describe("GcpSecureStorageConnector on the engine", function () {
    this.timeout(engineTimeoutMs);
    let connector: GcpConnectorProgram;

    describe("through its life", () => {
        before(async function () {
            this.timeout(toolchainTimeoutMs);
            connector = await GcpConnectorProgram.create(LeastGcpArgs);
        });
        after(() => connector.program.remove());

        it("says all that is wrong and creates nothing", async () => {
            connector.change({ ...LeastGcpArgs, serviceAccountEmails: ["allUsers"], hosts: [], bucketName: "UPPER" });
            const output = await connector.program.fail("up", ...quick);
            assert.match(output, /files: 3 problems in the arguments, nothing was created\./);
            assert.match(output, /- serviceAccountEmails\[0\]: is everybody/);
            assert.doesNotMatch(output, /\n\s+at /, "a stack trace helps nobody here");
            assert.deepEqual(connector.existing(), []);
        });

        it("previews from nothing, with values that are not known yet", async () => {
            const hosts = [`${LaterPrefix}wandb.example.com`];
            connector.change({ ...LeastGcpArgs, hosts, labels: { team: `${LaterPrefix}ml` } });
            const output = await connector.program.succeed("preview", "--diff");
            for (const name of everything) {
                assert.match(output, new RegExp(`\\+ gcp:\\w+/\\w+:${name}: \\(create\\)`), name);
            }
            assert.deepEqual(connector.existing(), []);
        });

        for (const [what, changes, expected] of [
            [
                "a project that is not there",
                { project: "no-such-project" },
                /project: its service agent .*\("no-such-project" given\).* Give the id of a project/,
            ],
            [
                "a key of another location",
                { kmsKey: { id: "projects/example-project/locations/us/keyRings/a/cryptoKeys/b" } },
                /kmsKey\.id: is a key in us .* but a bucket in EUROPE-WEST4 needs one in europe-west4\./,
            ],
        ] as const) {
            it(`finds ${what}`, async () => {
                connector.change({ ...LeastGcpArgs, ...changes });
                const output = await connector.program.fail("preview");
                assert.match(output, expected);
                assert.doesNotMatch(output, /\n\s+at /, "a stack trace helps nobody here");
            });
        }

        it("goes up, and shows no change afterwards, neither to up nor to refresh", async () => {
            connector.change(LeastGcpArgs);
            await connector.up();
            assert.deepEqual(connector.existing(), everything);
            await connector.up("--expect-no-changes");
            await connector.program.succeed("refresh", ...quick, "--expect-no-changes");
        });

        it("gives what the instance's side needs", async () => {
            const outputs = await connector.program.outputs();
            const name = String(outputs["bucketName"]);
            assert.match(name, /^files-bucket-[0-9a-f]{7}$/);
            assert.equal(outputs["bucketUrl"], `gs://${name}`);
            assert.equal(outputs["bucketLocation"], "EUROPE-WEST4");
            assert.match(
                String(outputs["kmsKeyId"]),
                /^projects\/example-project\/locations\/europe-west4\/keyRings\/files-key-ring-[0-9a-f]{7}\/cryptoKeys\/files-key-[0-9a-f]{7}$/,
            );
            assert.ok(!("prefix" in outputs));
        });

        it("changes accounts, hosts, days, rotation and labels in place", async () => {
            connector.change({
                ...LeastGcpArgs,
                serviceAccountEmails: ["deploy@wandb-production.iam.gserviceaccount.com", WandbAccount],
                hosts: ["wandb.example.com", "wandb.example.org"],
                versioning: false,
                lifecycle: { noncurrentVersionDays: 90 },
                softDeleteDays: 30,
                kmsKey: { rotationDays: 30 },
                labels: { team: "ml" },
            });
            const run = await EngineRun.succeed(connector.program, "up", ...quick);
            assert.deepEqual(run.changes().sort(), [
                "update files",
                "update files-bucket",
                "update files-bucket-objects",
                "update files-bucket-settings",
                "update files-key",
            ]);
            await connector.program.succeed("preview", "--expect-no-changes");
        });

        it("protects the data: neither a new name nor destroy takes anything away", async () => {
            const ids = () => connector.inventory.rows().map(({ id }) => id);
            const before = ids();
            connector.change({ ...LeastGcpArgs, bucketName: "another-name" });
            assert.match(await connector.program.fail("preview"), /files-bucket.*protect/s);
            connector.change(LeastGcpArgs);
            await connector.up();
            assert.match(await connector.program.fail("destroy", ...quick), /protect/);
            assert.deepEqual(ids(), before);
        });

        it("goes with its objects once the protection is off, but for what Google never deletes", async () => {
            const { bucketName } = await connector.program.outputs();
            await plantObject(connector.inventory, String(bucketName), "run.json");
            connector.change({ ...LeastGcpArgs, deletionProtection: false });
            const run = await EngineRun.succeed(connector.program, "up", ...quick);
            assert.deepEqual(run.losses(), []);
            await connector.program.succeed("destroy", ...quick);
            const left = connector.existing();
            assert.deepEqual(
                left.filter((type) => !forever.includes(type)),
                [],
            );
            assert.ok(left.includes("KeyRing") && left.includes("CryptoKey"));
        });

        it("comes again beside the key ring of before", async () => {
            await connector.up();
            await connector.program.succeed("destroy", ...quick);
        });
    });

    it("converges after a wrong value and after each creation has failed once", async () => {
        const args = { ...LeastGcpArgs, deletionProtection: false };
        connector = await GcpConnectorProgram.create({ ...args, serviceAccountEmails: [`${LaterPrefix}allUsers`] });
        try {
            const late = await connector.program.fail("up", ...quick);
            assert.match(late, /serviceAccountEmails\[0\]: is everybody/, "found when its value is known");
            assert.doesNotMatch(late, /\n\s+at /);
            assert.ok(!connector.existing().includes("BucketIAMBinding"));
            await connector.program.succeed("destroy", ...quick);
            connector.change(args);

            const types = gcp.resources
                .map(({ token }) => token)
                .filter((token) => everything.includes(token.split(":")[2]));
            assert.equal(types.length, new Set(everything).size);
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
            await connector.program.succeed("preview", "--expect-no-changes");
            await connector.program.succeed("destroy", ...quick);
        } finally {
            connector.program.remove();
        }
    });

    it("works with your own key, name, prefix and place, and leaves the data when told to", async () => {
        connector = await GcpConnectorProgram.create(LeastGcpArgs);
        try {
            const { projectId } = project;
            const agent = await plantStorageAgent(connector.inventory, { projectId, number: numberOf(projectId) });
            const id = await plantKey(connector.inventory, "europe", [agent]);
            const args = {
                ...LeastGcpArgs,
                location: "EU",
                bucketName: "kept-files",
                prefix: "team/wandb",
                kmsKey: { id },
                deletionProtection: false,
                retainData: true,
            };
            connector.change(args);
            await connector.up();
            await connector.up("--expect-no-changes");
            const outputs = await connector.program.outputs();
            assert.deepEqual(outputs, {
                bucketLocation: "EU",
                bucketName: "kept-files",
                bucketUrl: "gs://kept-files",
                kmsKeyId: id,
                prefix: "team/wandb",
            });
            await connector.program.succeed("destroy", ...quick);
            assert.deepEqual(
                connector.existing().filter((type) => type.startsWith("Bucket")),
                ["Bucket", "BucketIAMBinding", "BucketIAMBinding"],
                "retained",
            );
        } finally {
            connector.program.remove();
        }
    });

    it("is made by the example as its README tells", async () => {
        connector = await GcpConnectorProgram.example();
        const { program } = connector;
        try {
            const config = [
                `serviceAccountEmails[0]=${WandbAccount}`,
                "hosts[0]=wandb.example.com",
                "deletionProtection=false",
            ];
            const flags = config.flatMap((setting) => ["--plaintext", setting]);
            await program.succeed("config", "set-all", "--path", ...flags);
            await connector.up();
            assert.deepEqual(Object.keys(await program.outputs()).sort(), [
                "bucketLocation",
                "bucketName",
                "bucketUrl",
                "kmsKeyId",
            ]);
            await program.succeed("destroy", ...quick);
        } finally {
            program.remove();
        }
    });

    it("is made by a program in YAML", async () => {
        const program = await ScratchProgram.create({ "Pulumi.yaml": yamlProgram });
        try {
            const config = [`gcp:project=${project.projectId}`, "gcp:region=europe-west4"];
            await program.succeed("config", "set-all", ...config.flatMap((setting) => ["--plaintext", setting]));
            const output = await program.succeed("preview", "--diff");
            assert.match(output, /gcp:storage\/bucketIAMBinding:BucketIAMBinding: \(create\)/);
            assert.match(output, new RegExp(`serviceAccount:${WandbAccount}`));
        } finally {
            program.remove();
        }
    });
});
