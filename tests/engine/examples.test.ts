/** Each example previews, goes up, shows no change afterwards and is destroyed; secrets stay out of sight. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { waitFor } from "../../sandbox/processes";
import { resourcePath } from "../../sandbox/operator/controller/kube";
import { Canary, findCanary } from "../support/canary";
import { cluster, sandbox } from "../support/deployment";
import { configure, createExample, ExistingSettings, GitopsSettings, YamlSettings } from "../support/example";
import { engineTimeoutMs, type ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";

const namespaces = ["wandb", "wandb-cr"];

/** What a namespace holds is gone with it. */
async function assertNothingLeft(): Promise<void> {
    const client = await cluster();
    for (const name of namespaces) {
        await waitFor(`namespace ${name} to go`, async () => !(await client.find(`/api/v1/namespaces/${name}`)), {
            timeoutMs: 60_000,
        });
    }
}

async function upAndNoChange(program: ScratchProgram): Promise<void> {
    const shown = await program.succeed("up", "--yes", "--diff");
    assert.deepEqual(findCanary(shown), []);
    await program.succeed("preview", "--expect-no-changes");
}

describe("examples", function () {
    this.timeout(engineTimeoutMs);
    let program: ScratchProgram | undefined;

    afterEach(async () => {
        // Nothing is there any more, unless the test has failed.
        await program?.run("destroy", "--yes", "--skip-preview");
        program?.remove();
        program = undefined;
    });

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        await sandbox();
    });

    it("existing: everything external, from config", async () => {
        program = await createExample("existing", {
            plain: ExistingSettings,
            secret: {
                databasePassword: `${Canary}Database`,
                redisPassword: `${Canary}Redis`,
                bucketAccessKey: `${Canary}AccessKey`,
                bucketSecretKey: `${Canary}SecretKey`,
                smtpPassword: `${Canary}Smtp`,
            },
        });
        await upAndNoChange(program);
        const { url, address, chartVersion, operatorVersion } = await program.outputs();
        assert.equal(url, "https://wandb.example.com");
        assert.equal(chartVersion, "0.43.8");
        assert.equal(operatorVersion, "1.22.0");
        assert.match(String(address), /./);
        await program.succeed("destroy", "--yes", "--skip-preview");
        await assertNothingLeft();
    });

    it("existing-gitops: another tool applies the manifest and deletes it again", async () => {
        const { operator } = await sandbox();
        program = await createExample("existing-gitops", {
            plain: { ...GitopsSettings, chartRepository: operator.repositoryUrl },
            secret: {},
        });
        await upAndNoChange(program);
        const { manifest } = await program.outputs();
        const client = await cluster();
        const path = resourcePath("wandb", "wandb");
        await client.create(resourcePath("wandb"), load(String(manifest)));
        await waitFor(
            "the operator to apply the manifest",
            async () => (await client.get(path)).status?.phase === "Completed",
            {
                timeoutMs: 60_000,
            },
        );
        await client.delete(path);
        await waitFor("the custom resource to go", async () => !(await client.find(path)), { timeoutMs: 60_000 });
        await program.succeed("destroy", "--yes", "--skip-preview");
        await assertNothingLeft();
    });

    it("existing-yaml: the component from a program in YAML", async () => {
        const { controlPlane } = await sandbox();
        program = await createExample("existing-yaml", {
            plain: { ...YamlSettings, host: "wandb.example.com/path" },
            secret: {
                kubeconfig: readFileSync(controlPlane.kubeconfigPath, "utf8"),
                databasePassword: `${Canary}Database`,
                bucketAccessKey: `${Canary}AccessKey`,
                bucketSecretKey: `${Canary}SecretKey`,
            },
        });
        const refused = await program.fail("preview");
        assert.match(refused, /1 problem in the arguments, nothing was created\.\n\s*- host: has a path/);
        assert.doesNotMatch(refused, /\n\s+at /, "a stack trace helps nobody here");
        await configure(program, { plain: { host: "wandb.example.com" }, secret: {} });
        await upAndNoChange(program);
        const { url, chartVersion, consolePasswordCommand } = await program.outputs();
        assert.equal(url, "https://wandb.example.com");
        assert.equal(chartVersion, "0.43.8");
        assert.match(String(consolePasswordCommand), /^kubectl --namespace wandb get secret wandb-password/);
        const exported = await program.succeed("stack", "export");
        assert.deepEqual(findCanary(exported), []);
        await program.succeed("destroy", "--yes", "--skip-preview");
        await assertNothingLeft();
    });
});
