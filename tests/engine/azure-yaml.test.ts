/** W&B on Azure from a program in another language: the component by its plugin, in YAML. */
import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { Inventory } from "../../sandbox/clouds/inventory";
import { sandboxLicense } from "../../sandbox/stacks/local";
import { zoneId } from "../support/azure-args";
import { location, subscriptionId } from "../support/azure-platform";
import { plantZone } from "../support/azure-zone";
import { sandbox } from "../support/deployment";
import { engineTimeoutMs, ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";

/** @param azure the argument as it stands in YAML */
const program = (sdk: string, azure: string, access = '{ cidrs: ["203.0.113.0/24"] }') => `
name: wandb-azure-yaml
runtime: yaml
packages:
  wandb: ${sdk}
config:
  license:
    type: string
    secret: true
resources:
  wandb:
    type: wandb:WandbDeployment
    properties:
      host: wandb.example.com
      license: \${license}
      access: ${access}
      azure: ${azure}
outputs:
  clusterName: \${wandb.clusterName}
  network: \${wandb.azure.vnetId}
`;

const withoutZone = "{ dns: { acme: {} } }";

describe("a program in YAML on Azure", function () {
    this.timeout(engineTimeoutMs);
    let scratch: ScratchProgram;
    const write = (azure: string, access?: string) => {
        const sdk = relative(scratch.folder, join(__dirname, "../../sdk"));
        scratch.write({ "Pulumi.yaml": program(sdk, azure, access) });
    };

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        await sandbox();
        scratch = await ScratchProgram.create({ "Pulumi.yaml": program(".", withoutZone) }, {});
        await plantZone(new Inventory(scratch.dir, "azure-native"));
        await scratch.succeed("config", "set", "azure-native:subscriptionId", subscriptionId);
        await scratch.succeed("config", "set", "azure-native:location", location);
        await scratch.succeed("config", "set", "--secret", "license", sandboxLicense());
    });
    after(() => scratch?.remove());

    for (const [what, azure] of [
        ["with no more than the wish for a certificate", withoutZone],
        ["with a zone", `{ dns: { zoneId: ${zoneId} } }`],
    ]) {
        it(`previews all of it ${what}`, async () => {
            write(azure);
            const shown = await scratch.succeed("preview");
            assert.match(shown, /azure-native:containerservice:ManagedCluster/);
            assert.match(shown, /azure-native:dbformysql:Server/);
            assert.match(shown, /WeightsAndBiases/);
            assert.equal(/azure-native:dns:RecordSet wandb-dns-record/.test(shown), azure !== withoutZone);
        });
    }

    it("is told every mistake in one message, and of a zone that is not there by its argument", async () => {
        write(
            "{ dns: { acme: {} }, loadBalancer: { gateway: { minCapacity: -1 } } }",
            '{ private: true, cidrs: ["203.0.113.0/24"] }',
        );
        const wrong = await scratch.fail("preview");
        assert.match(wrong, /access\.private: is true, but `access\.cidrs` opens a public endpoint/);
        assert.match(wrong, /azure\.loadBalancer\.gateway\.minCapacity: .*\(-1 given\)/);
        const unknownId = zoneId.replace("/dns/", "/elsewhere/");
        write(`{ dns: { zoneId: ${unknownId} } }`);
        const unknown = await scratch.fail("preview");
        assert.match(unknown, /azure\.dns\.zoneId: cannot be read \("[^"]*\/elsewhere\/[^"]*" given\)/);
        for (const shown of [wrong, unknown]) {
            assert.doesNotMatch(shown, /\n\s+at /, "a stack trace helps nobody here");
        }
    });
});
