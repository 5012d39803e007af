/** The policy pack on the real engine, on custom resources that our component did not make. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { sandbox } from "../support/deployment";
import { ScratchProgram } from "../support/scratch-program";

const pack = join(__dirname, "..", "..", "policy");

/** A program that makes the custom resource by hand. */
const program = (global: object): string => `
const k8s = require("@pulumi/kubernetes");
new k8s.apiextensions.CustomResource("by-hand", {
    apiVersion: "apps.wandb.com/v1",
    kind: "WeightsAndBiases",
    metadata: { name: "wandb", namespace: "default" },
    spec: { values: { global: ${JSON.stringify(global)} } },
});
`;

describe("policy pack", function () {
    this.timeout(120_000);
    let scratch: ScratchProgram;

    before(async () => {
        const { controlPlane } = await sandbox();
        scratch = await ScratchProgram.create(
            { "Pulumi.yaml": "name: policies\nruntime: nodejs\nmain: index.js\n" },
            { KUBECONFIG: controlPlane.kubeconfigPath },
        );
    });

    after(() => scratch.remove());

    it("stops a preview with credentials in clear, once for each, and does not print them", async () => {
        scratch.write({
            "index.js": program({ license: "LicenseInClear", mysql: { password: "PasswordInClear" } }),
        });
        const output = await scratch.fail("preview", "--policy-pack", pack);
        const findings = output.split("\n").filter((line) => line.includes("holds a credential in clear"));
        assert.equal(findings.filter((line) => line.includes("spec.values.global.license ")).length, 1, output);
        assert.equal(findings.filter((line) => line.includes("spec.values.global.mysql.password ")).length, 1, output);
        assert.equal(findings.length, 2, output);
        for (const finding of findings) {
            assert.doesNotMatch(finding, /InClear/);
        }
    });

    it("lets references pass without a finding", async () => {
        scratch.write({ "index.js": program({ licenseSecret: { name: "license", key: "license" } }) });
        const output = await scratch.succeed("preview", "--policy-pack", pack);
        assert.doesNotMatch(output, /\[(advisory|mandatory)\]/);
        assert.match(output, /Policies:/);
    });
});
