/** The policy pack on our own examples: no error, and only the findings that tests/policy-expectations.json explains. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import expectations from "../policy-expectations.json";
import { sandbox } from "../support/deployment";
import { createExample, type ExampleConfig, ExistingSettings } from "../support/example";
import { countOf, policyPack, reported } from "../support/policy-run";
import { engineTimeoutMs, type ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";

/** A finding that we live with. */
interface Expected {
    readonly policy: string;
    readonly resource: string;
    readonly path: string;
    readonly reason: string;
}

const expected: Readonly<Record<string, readonly Expected[]>> = expectations;

const secrets = { databasePassword: "database-password", bucketAccessKey: "access-key", bucketSecretKey: "secret-key" };
const database = { host: "wandb.example.com", databaseHost: "mysql.example.com" };
const bucket = { bucketName: "example-wandb", bucketRegion: "eu-west-1" };

/** Settings by example, as their READMEs list them. */
const configs: Readonly<Record<string, () => Promise<ExampleConfig>>> = {
    existing: () =>
        Promise.resolve({
            plain: ExistingSettings,
            secret: { ...secrets, redisPassword: "redis-password", smtpPassword: "smtp-password" },
        }),
    "existing-gitops": async () => ({
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
    "existing-yaml": async () => ({
        plain: { ...database, ...bucket },
        secret: { ...secrets, kubeconfig: readFileSync((await sandbox()).controlPlane.kubeconfigPath, "utf8") },
    }),
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

    it("explains each finding that it lives with", () => {
        assert.deepEqual(Object.keys(expected).sort(), Object.keys(configs).sort());
        for (const { policy, reason } of Object.values(expected).flat()) {
            assert.match(reason, /^[A-Z].{20,}$/, policy);
        }
    });

    for (const [name, config] of Object.entries(configs)) {
        it(`${name}: no error, and the explained findings only`, async () => {
            program = await createExample(name, await config());
            const output = await program.succeed("preview", "--policy-pack", policyPack);
            const found = reported(output).map(
                ({ level, policy, resource, path }) => `${level} ${policy} ${resource}: ${path}`,
            );
            const explained = (expected[name] ?? []).map(
                ({ policy, resource, path }) => `advisory ${policy} ${resource}: ${path}`,
            );
            assert.deepEqual(found.sort(), explained.sort(), output);
            assert.equal(countOf(output), explained.length, output);
            assert.match(output, /Policies:/);
        });
    }
});
