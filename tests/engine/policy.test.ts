/** The policy pack on the real engine, on resources that our component did not make. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { sandbox } from "../support/deployment";
import { badStack, faultless, InClear, planted } from "../support/policy-bad-stack";
import { countOf, Later, policyPack, programOf, reported } from "../support/policy-run";
import { InstanceType } from "../support/policy-stack";
import { ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";

describe("policy pack", function () {
    this.timeout(120_000);
    let scratch: ScratchProgram;
    let repository: string;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        const { controlPlane, operator } = await sandbox();
        repository = operator.repositoryUrl;
        scratch = await ScratchProgram.create(
            { "Pulumi.yaml": "name: policies\nruntime: nodejs\nmain: index.js\n" },
            { KUBECONFIG: controlPlane.kubeconfigPath },
        );
    });

    after(() => scratch.remove());

    /** Arguments for a run with the pack and its configuration. */
    const withPack = (configuration: object = {}): string[] => {
        scratch.write({ "policies.json": JSON.stringify(configuration) });
        return ["--policy-pack", policyPack, "--policy-pack-config", join(scratch.folder, "policies.json")];
    };
    /** One custom resource with these changes to one without faults. */
    const one = (values: Record<string, unknown>): string =>
        programOf([{ type: InstanceType, name: "by-hand", props: faultless({ values }) }]);

    it("finds each planted fault of a bad stack once and nothing else, stops the preview, and prints no secret", async () => {
        scratch.write({ "index.js": programOf(badStack(repository)) });
        const output = await scratch.fail("preview", ...withPack());
        const line = (level: string, policy: string, resource: string, path: string) =>
            `${level} ${policy} ${resource}: ${path}`;
        const found = reported(output).map(({ level, policy, resource, path }) => line(level, policy, resource, path));
        const expected = planted.map(({ mandatory, policy, resource, path }) =>
            line(mandatory ? "mandatory" : "advisory", policy, resource, path),
        );
        assert.deepEqual(found.sort(), expected.sort(), output);
        assert.equal(countOf(output), planted.length, output);
        assert.doesNotMatch(output, new RegExp(InClear));
    });

    it("only advises where no secret, store or encryption is at stake, skips what is not known, and takes its configuration", async () => {
        scratch.write({
            "index.js": one({
                global: { host: Later, size: "tiny", bucket: { provider: "minio" }, mysql: { port: Later } },
                app: { extraEnv: { SLACK_TOKEN: InClear, OTHER_TOKEN: Later } },
                ingress: { secondary: { create: true, class: "alb" } },
            }),
        });
        const output = await scratch.succeed(
            "preview",
            ...withPack({
                "wandb-env-secret-literal": "advisory",
                "wandb-size-name": { silence: [{ resource: "by-hand", reason: "sized by hand" }] },
                "wandb-ingress-secondary-name": "disabled",
            }),
        );
        const found = reported(output).map(({ level, policy, path }) => `${level} ${policy} ${path}`);
        assert.deepEqual(
            found.sort(),
            [
                "advisory bucket-provider spec.values.global.bucket.provider",
                "advisory env-secret-literal spec.values.app.extraEnv.SLACK_TOKEN",
            ],
            output,
        );
        assert.equal(countOf(output), 2, output);
    });

    it("refuses a configuration without a reason, and names policy and property", async () => {
        const output = await scratch.fail(
            "preview",
            ...withPack({ "wandb-size-name": { silence: [{ resource: "a" }] } }),
        );
        assert.match(output, /wandb-size-name: silence\.0: reason is required/);
    });

    it("stops an update before a resource of a YAML file is made, for an advice that the configuration makes mandatory", async () => {
        const props = faultless({ values: { global: { size: "tiny" } } });
        const manifest = { apiVersion: "apps.wandb.com/v1", kind: "WeightsAndBiases", ...props };
        scratch.write({
            "manifest.yaml": JSON.stringify(manifest),
            "index.js": 'new (require("@pulumi/kubernetes/yaml").ConfigFile)("file", { file: "manifest.yaml" });',
        });
        const output = await scratch.fail(
            "up",
            "--yes",
            "--skip-preview",
            ...withPack({ "wandb-size-name": "mandatory" }),
        );
        assert.deepEqual(
            reported(output).map(({ level, policy, resource }) => `${level} ${policy} ${resource}`),
            ["mandatory size-name first/wandb", "advisory instance-unprotected first/wandb"],
            output,
        );
        assert.doesNotMatch(await scratch.succeed("stack", "export"), new RegExp(InstanceType));
    });
});
