/** The policy pack on our own examples: no error, and only the findings that tests/policy-expectations.json explains. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { awsExampleWorlds } from "../support/aws-example-worlds";
import { azureExampleWorlds } from "../support/azure-example-worlds";
import { ConnectorIssuer } from "../support/azure-connector-args";
import { AzureConnectorProgram } from "../support/azure-storage-connector";
import { sandbox } from "../support/deployment";
import { configure, createExample, ExistingSettings } from "../support/example";
import { assertExplained, explainedFindings } from "../support/explained-findings";
import { gcpExampleWorlds } from "../support/gcp-example-worlds";
import { GcpConnectorProgram, WandbAccount } from "../support/gcp-storage-connector";
import { policyPack } from "../support/policy-run";
import { engineTimeoutMs, type ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";
import { ConnectorProgram, WandbRole } from "../support/storage-connector";

const secrets = { databasePassword: "database-password", bucketAccessKey: "access-key", bucketSecretKey: "secret-key" };
const database = { host: "wandb.example.com", databaseHost: "mysql.example.com" };
const bucket = { bucketName: "example-wandb", bucketRegion: "eu-west-1" };

/** Each example, with the settings that its README lists. */
const programs: Readonly<Record<string, () => Promise<ScratchProgram>>> = {
    existing: () =>
        createExample("existing", {
            // Protected, as the README has it: nothing is made here that would have to go again.
            plain: { ...ExistingSettings, deletionProtection: "true" },
            secret: { ...secrets, redisPassword: "redis-password", smtpPassword: "smtp-password" },
        }),
    "existing-gitops": async () =>
        createExample("existing-gitops", {
            plain: {
                ...database,
                ...bucket,
                imageTag: "0.79.0",
                redisHost: "redis.example.com",
                roleArn: "arn:aws:iam::123456789012:role/wandb",
                chartRepository: (await sandbox()).operator.repositoryUrl,
                "operator.install": "true",
            },
            secret: {},
        }),
    "existing-yaml": async () =>
        createExample("existing-yaml", {
            plain: { ...database, ...bucket },
            secret: { ...secrets, kubeconfig: readFileSync((await sandbox()).controlPlane.kubeconfigPath, "utf8") },
        }),
    "aws-storage-connector": async () => {
        const { program } = await ConnectorProgram.example("aws-storage-connector");
        const plain = { "principalArns[0]": WandbRole, "hosts[0]": "wandb.example.com" };
        await configure(program, { plain, secret: {} });
        return program;
    },
    "azure-storage-connector": async () => {
        const { program } = await AzureConnectorProgram.example();
        const plain = { oidcIssuerUrl: ConnectorIssuer, "hosts[0]": "wandb.example.com" };
        await configure(program, { plain, secret: {} });
        return program;
    },
    "gcp-storage-connector": async () => {
        const { program } = await GcpConnectorProgram.example();
        const plain = { "serviceAccountEmails[0]": WandbAccount, "hosts[0]": "wandb.example.com" };
        await configure(program, { plain, secret: {} });
        return program;
    },
};

describe("policy pack on the examples", function () {
    this.timeout(engineTimeoutMs);
    let program: ScratchProgram | undefined;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        await sandbox();
    });

    afterEach(() => {
        program?.remove();
        program = undefined;
    });

    it("leaves no example out", () => {
        const folders = readdirSync(join(__dirname, "..", "..", "examples"), { withFileTypes: true });
        const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
        // Those with an account of their own are checked in aws-examples.test.ts, azure-examples.test.ts and gcp-examples.test.ts.
        const worlds = { ...awsExampleWorlds, ...azureExampleWorlds, ...gcpExampleWorlds };
        for (const known of [{ ...programs, ...worlds }, explainedFindings]) {
            assert.deepEqual(Object.keys(known).sort(), names.sort());
        }
    });

    it("explains each finding that it lives with", () => {
        for (const { policy, reason } of Object.values(explainedFindings).flat()) {
            assert.match(reason, /^[A-Z].{20,}$/, policy);
        }
    });

    for (const [name, create] of Object.entries(programs)) {
        it(`${name}: no error, and the explained findings only`, async () => {
            program = await create();
            assertExplained(name, await program.succeed("preview", "--policy-pack", policyPack));
        });
    }
});
