/** AzureSecureStorageConnector on the real engine, against the simulated Azure. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { azure } from "../../sandbox/clouds/azure";
import { setFaults } from "../../sandbox/clouds/faults";
import { ConnectorIssuer, LeastAzureArgs } from "../support/azure-connector-args";
import { AzureConnectorProgram } from "../support/azure-storage-connector";
import { LaterPrefix } from "../support/deployment";
import { EngineRun } from "../support/engine-run";
import { engineTimeoutMs, ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";

/** Fewer credentials than the default makes, so that runs are short. */
const args = { ...LeastAzureArgs, serviceAccounts: ["wandb-app", "wandb-api"] };

/** Everything that one connector makes. */
const everything = [
    "BlobContainer",
    "BlobServiceProperties",
    "FederatedIdentityCredential",
    "FederatedIdentityCredential",
    "Key",
    "ManagementLockByScope",
    "ManagementPolicy",
    "ResourceGroup",
    "RoleAssignment",
    "RoleAssignment",
    "RoleAssignment",
    "RoleAssignment",
    "StorageAccount",
    "UserAssignedIdentity",
    "UserAssignedIdentity",
    "Vault",
];

const yamlProgram = `
name: connector-yaml
runtime: yaml
packages:
  wandb: ${join(__dirname, "..", "..", "sdk")}
resources:
  files:
    type: wandb:AzureSecureStorageConnector
    properties:
      access: key
      hosts: [wandb.example.com]
      key: { rotationDays: 30 }
outputs:
  accountName: \${files.accountName}
`;

const quick = ["--yes", "--skip-preview"] as const;

describe("AzureSecureStorageConnector on the engine", function () {
    this.timeout(engineTimeoutMs);
    let connector: AzureConnectorProgram;

    describe("through its life", () => {
        before(async function () {
            this.timeout(toolchainTimeoutMs);
            connector = await AzureConnectorProgram.create(args);
        });
        after(() => connector.program.remove());

        it("says all that is wrong and creates nothing", async () => {
            connector.change({ hosts: [], accountName: "My-Files" });
            const output = await connector.program.fail("up", ...quick);
            assert.match(output, /files: 3 problems in the arguments, nothing was created\./);
            assert.match(output, /- oidcIssuerUrl: is missing/);
            assert.doesNotMatch(output, /\n\s+at /, "a stack trace helps nobody here");
            assert.deepEqual(connector.existing(), []);
        });

        it("previews from nothing, with values that are not known yet", async () => {
            const oidcIssuerUrl = `${LaterPrefix}${ConnectorIssuer}`;
            connector.change({ ...args, oidcIssuerUrl, allowedCidrs: [`${LaterPrefix}203.0.113.0/24`] });
            const output = await connector.program.succeed("preview", "--diff");
            for (const name of everything) {
                assert.match(output, new RegExp(`\\+ azure-native:\\w+:${name}: \\(create\\)`), name);
            }
            assert.deepEqual(connector.existing(), []);
        });

        it("goes up, and shows no change afterwards, neither to up nor to refresh", async () => {
            connector.change(args);
            await connector.up();
            assert.deepEqual(connector.existing(), everything);
            await connector.up("--expect-no-changes");
            await connector.program.succeed("refresh", ...quick, "--expect-no-changes");
        });

        it("gives what the instance's side needs", async () => {
            const outputs = await connector.program.outputs();
            assert.match(String(outputs["accountName"]), /^files[0-9a-f]{8}$/);
            assert.equal(outputs["containerName"], "wandb");
            assert.match(String(outputs["clientId"]), /^[0-9a-f-]{36}$/);
            assert.match(
                String(outputs["keyUri"]),
                /^https:\/\/kv-files-[0-9a-f]{8}\.vault\.azure\.net\/keys\/files-storage-[0-9a-f]{8}$/,
            );
            assert.ok(!("accessKey" in outputs));
        });

        it("changes hosts, days, network, copies and tags in place", async () => {
            connector.change({
                ...args,
                hosts: ["wandb.example.com", "wandb.example.org"],
                redundancy: "GZRS",
                versioning: false,
                lifecycle: { noncurrentVersionDays: 90 },
                softDeleteDays: 30,
                allowedCidrs: ["203.0.113.0/24"],
                tags: { team: "ml" },
            });
            const run = await EngineRun.succeed(connector.program, "up", ...quick);
            assert.deepEqual(run.losses(), []);
            for (const name of ["files-bucket-account", "files-bucket-service", "files-bucket-lifecycle"]) {
                assert.ok(run.changes().includes(`update ${name}`), name);
            }
            await connector.program.succeed("preview", "--expect-no-changes");
        });

        it("is told by Azure that zones are not taken away", async () => {
            connector.change({ ...args, redundancy: "GRS" });
            const output = await connector.program.fail("up", ...quick);
            assert.match(output, /files-bucket-account.*AccountPropertyCannotBeUpdated/s);
        });

        it("protects the data: neither a new name nor destroy takes any of it away", async () => {
            const ids = () => connector.inventory.rows().map(({ id }) => id);
            connector.change(args);
            await connector.up();
            const before = ids();
            connector.change({ ...args, accountName: "othername" });
            assert.match(await connector.program.fail("preview"), /files-bucket-account.*protect/s);
            connector.change(args);
            assert.match(await connector.program.fail("destroy", ...quick), /protect/);
            const left = ids();
            // Nothing that is protected needs these, so the engine has deleted them before it stops.
            const gone = before.filter((id) => !left.includes(id)).map((id) => id.split("/").at(-2));
            assert.deepEqual([...new Set(gone)].sort(), ["federatedIdentityCredentials", "locks"]);
            await connector.up();
            assert.deepEqual(connector.existing(), everything);
        });

        it("goes once the protection is off, its lock first, but for a vault that can be recovered", async () => {
            connector.change({ ...args, deletionProtection: false });
            const run = await EngineRun.succeed(connector.program, "up", ...quick);
            assert.deepEqual(run.losses(), ["delete files-bucket-lock"]);
            await connector.program.succeed("destroy", ...quick);
            const left = connector.existing();
            assert.deepEqual(
                left.filter((type) => !/deleted/i.test(type)),
                [],
            );
        });
    });

    it("converges after a wrong value and after each creation has failed once", async function () {
        this.timeout(3 * engineTimeoutMs);
        const free = { ...args, deletionProtection: false };
        connector = await AzureConnectorProgram.create({ ...free, hosts: [`${LaterPrefix}a b`] });
        try {
            const late = await connector.program.fail("up", ...quick);
            assert.match(late, /hosts\[0\]: is not a host name/, "found when its value is known");
            assert.doesNotMatch(late, /\n\s+at /);
            await connector.program.succeed("destroy", ...quick);
            connector.change(free);

            const types = azure.resources
                .map(({ token }) => token)
                .filter((token) => everything.includes(token.split(":")[2]) && !token.includes("Lock"));
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

    it("changes to the account's key and back, and leaves the data when told to", async () => {
        const free = { ...args, accountName: "keptfiles", deletionProtection: false, retainData: true };
        connector = await AzureConnectorProgram.create(free);
        try {
            await connector.up();
            connector.change({ ...free, access: "key", oidcIssuerUrl: undefined, serviceAccounts: undefined });
            await connector.up();
            const shown = await connector.program.succeed("stack", "output", "--json");
            const outputs = JSON.parse(shown) as Record<string, unknown>;
            assert.equal(outputs["accessKey"], "[secret]", "not shown unless asked for");
            assert.ok(!("clientId" in outputs));
            connector.change(free);
            await connector.up();
            await connector.up("--expect-no-changes");
            await connector.program.succeed("destroy", ...quick);
            const left = connector.existing();
            assert.ok(
                ["StorageAccount", "BlobContainer", "Vault", "Key"].every((type) => left.includes(type)),
                "retained",
            );
        } finally {
            connector.program.remove();
        }
    });

    it("is made by the example as its README tells", async () => {
        connector = await AzureConnectorProgram.example();
        const { program } = connector;
        try {
            const config = [
                `oidcIssuerUrl=${ConnectorIssuer}`,
                "hosts[0]=wandb.example.com",
                "deletionProtection=false",
            ];
            const flags = config.flatMap((setting) => ["--plaintext", setting]);
            await program.succeed("config", "set-all", "--path", ...flags);
            await connector.up();
            assert.deepEqual(Object.keys(await program.outputs()).sort(), [
                "accountName",
                "clientId",
                "containerName",
                "keyUri",
                "tenantId",
            ]);
            await program.succeed("destroy", ...quick);
        } finally {
            program.remove();
        }
    });

    it("is made by a program in YAML", async () => {
        const program = await ScratchProgram.create({ "Pulumi.yaml": yamlProgram });
        try {
            await program.succeed("config", "set", "azure-native:location", "westeurope");
            const output = await program.succeed("preview", "--diff");
            assert.match(output, /azure-native:storage:BlobContainer: \(create\)/);
            assert.doesNotMatch(output, /FederatedIdentityCredential/);
        } finally {
            program.remove();
        }
    });
});
