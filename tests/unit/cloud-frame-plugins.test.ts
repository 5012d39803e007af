import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { readRequests } from "../../sandbox/clouds/requests";
import { installPlugins, pulumiEnvironment } from "../../sandbox/pulumi";

describe("the engine's environment and plugins in a sandbox instance", () => {
    // The name has what a shell would trip over.
    let dir: string;
    const toolchain = {
        binDir: "/tools",
        env: { PATH: "/usr/bin", PULUMI_CONFIG_PASSPHRASE: "from outside", HOME: "/home/me" },
        path: (tool: string) => `/tools/${tool}`,
    };
    beforeEach(() => {
        dir = mkdtempSync(join(tmpdir(), "it's a $sandbox "));
    });
    afterEach(() => rmSync(dir, { recursive: true, force: true }));

    it("keeps everything in the instance's folder and our programs first on PATH", () => {
        const env = pulumiEnvironment({ dir, toolchain, terminal: false, timeScale: 0.5 });
        const path = [join(dir, "bin"), "/tools", dirname(process.execPath), "/usr/bin"];
        assert.equal(env["PATH"], path.join(delimiter));
        assert.equal(env["HOME"], "/home/me");
        assert.equal(env["PULUMI_HOME"], join(dir, "pulumi-home"));
        assert.match(env["PULUMI_BACKEND_URL"] ?? "", /^file:\/\/\/.*it's%20a%20\$sandbox%20.*\/state$/);
        assert.equal(env["SANDBOX_TIME_SCALE"], "0.5");
        assert.equal(env["NO_COLOR"], "1");
        assert.equal(pulumiEnvironment({ dir, toolchain, terminal: true })["NO_COLOR"], undefined);
    });

    it("makes one passphrase, readable by its owner only, which nothing overrides", () => {
        const env = pulumiEnvironment({ dir, toolchain });
        const file = env["PULUMI_CONFIG_PASSPHRASE_FILE"] ?? "";
        const passphrase = readFileSync(file, "utf8");
        assert.ok(passphrase.length >= 32);
        assert.equal(statSync(file).mode & 0o777, 0o600);
        assert.equal(env["PULUMI_CONFIG_PASSPHRASE"], undefined);
        pulumiEnvironment({ dir, toolchain });
        assert.equal(readFileSync(file, "utf8"), passphrase);
    });

    it("does not make a new passphrase for stacks that need the old one", () => {
        const file = pulumiEnvironment({ dir, toolchain })["PULUMI_CONFIG_PASSPHRASE_FILE"] ?? "";
        mkdirSync(join(dir, "state", ".pulumi", "stacks", "wandb"), { recursive: true });
        rmSync(file);
        assert.throws(() => pulumiEnvironment({ dir, toolchain }), /passphrase: missing.*Put the file back, or delete/);
    });

    it("installs plugins in the versions of the SDKs, and again over themselves", () => {
        installPlugins(dir, toolchain);
        installPlugins(dir, toolchain);
        assert.equal(readlinkSync(pluginFile(dir, "kubernetes")), "/tools/pulumi-resource-kubernetes");
        assert.equal(statSync(pluginFile(dir, "random")).mode & 0o777, 0o755);
    });

    it("launches a simulated cloud that serves this instance", async () => {
        installPlugins(dir, toolchain);
        // An engine of its own starts it in any folder and with any environment.
        const plugin = spawn(pluginFile(dir, "random"), [], { cwd: tmpdir(), env: { PATH: process.env["PATH"] } });
        try {
            const [port] = (await once(plugin.stdout.setEncoding("utf8"), "data")) as [string];
            assert.match(port, /^\d+\n$/);
            await check(Number(port));
            assert.deepEqual(
                readRequests(dir).map(({ operation, cloud }) => [operation, cloud]),
                [["check", "random"]],
            );
        } finally {
            plugin.kill();
        }
    });
});

function pluginFile(dir: string, name: string): string {
    const sdk = readFileSync(require.resolve(`@pulumi/${name}/package.json`), "utf8");
    const { version } = JSON.parse(sdk) as { version: string };
    return join(dir, "pulumi-home", "plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`);
}

/** Asks the plugin to check a resource, as the engine does. */
function check(port: number): Promise<void> {
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const request = new CheckRequest().setUrn("urn:pulumi:dev::p::random:index/randomUuid:RandomUuid::one");
    return new Promise((resolve, reject) => {
        client.check(request, (error: Error | null) => {
            client.close();
            if (error === null) {
                resolve();
            } else {
                reject(error);
            }
        });
    });
}
