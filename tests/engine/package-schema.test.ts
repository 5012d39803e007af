/** The package as other languages see it. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { sandbox } from "../support/deployment";
import { copySources } from "../support/packed";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";
import { assertJsonSnapshot } from "../support/snapshot";

describe("the package's schema", function () {
    this.timeout(engineTimeoutMs);

    /** From a repository the package comes without its compiled files: that its sources will do is shown here. */
    let sources: ReturnType<typeof copySources>;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        await sandbox();
        sources = copySources();
    });
    after(() => rmSync(sources.folder, { recursive: true, force: true }));

    it("is the one of the snapshot, so that a change of the API is seen", async () => {
        const { toolchain, env, dir } = await sandbox();
        const text = execFileSync(toolchain.path("pulumi"), ["package", "get-schema", sources.copy], {
            // A folder without tsconfig.json: the sources must compile under the plugin's own settings.
            cwd: dir,
            env,
            encoding: "utf8",
            maxBuffer: 16 * 1024 * 1024,
            stdio: ["ignore", "pipe", "pipe"],
        });
        const schema = JSON.parse(text) as { name: string; resources: Record<string, unknown> };
        assert.equal(schema.name, "wandb");
        assert.deepEqual(Object.keys(schema.resources), [
            "wandb:index:AwsSecureStorageConnector",
            "wandb:index:AzureSecureStorageConnector",
            "wandb:index:GcpSecureStorageConnector",
            "wandb:index:WandbDeployment",
        ]);
        assertJsonSnapshot("schema", schema);
    });
});
