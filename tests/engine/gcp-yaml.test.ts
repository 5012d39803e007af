/** W&B on Google Cloud from a program in another language: the component by its plugin, in YAML. */
import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { Inventory } from "../../sandbox/clouds/inventory";
import { sandboxLicense } from "../../sandbox/stacks/local";
import { sandbox } from "../support/deployment";
import { plantProject, project, region } from "../support/gcp-account";
import { exampleZone, plantZone } from "../support/gcp-zone";
import { engineTimeoutMs, ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";

/** @param gcp the argument as it stands in YAML */
const program = (sdk: string, gcp: string, access = '{ cidrs: ["203.0.113.0/24"] }') => `
name: wandb-gcp-yaml
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
      gcp: ${gcp}
outputs:
  clusterName: \${wandb.clusterName}
  network: \${wandb.gcp.networkId}
`;

describe("a program in YAML on Google Cloud", function () {
    this.timeout(engineTimeoutMs);
    let scratch: ScratchProgram;
    const write = (gcp: string, access?: string) => {
        const sdk = relative(scratch.folder, join(__dirname, "../../sdk"));
        scratch.write({ "Pulumi.yaml": program(sdk, gcp, access) });
    };

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        await sandbox();
        scratch = await ScratchProgram.create({ "Pulumi.yaml": program(".", "{}") }, {});
        const inventory = new Inventory(scratch.dir, "gcp");
        await plantProject(inventory, project, ["cloudresourcemanager", "dns"]);
        await plantZone(inventory);
        await scratch.succeed("config", "set", "gcp:project", project.projectId);
        await scratch.succeed("config", "set", "gcp:region", region);
        await scratch.succeed("config", "set", "--secret", "license", sandboxLicense());
    });
    after(() => scratch?.remove());

    for (const [what, gcp] of [
        ["with nothing said", "{}"],
        ["with a zone", `{ dns: { managedZone: ${exampleZone.name} } }`],
    ]) {
        it(`previews all of it ${what}`, async () => {
            write(gcp);
            const shown = await scratch.succeed("preview");
            assert.match(shown, /gcp:container:Cluster/);
            assert.match(shown, /gcp:sql:DatabaseInstance/);
            assert.match(shown, /WeightsAndBiases/);
            assert.equal(/gcp:dns:RecordSet wandb-dns-record-/.test(shown), gcp !== "{}");
        });
    }

    it("is told every mistake in one message, and of a zone that is not there by its argument", async () => {
        write("{ network: { natAddressCount: -1 } }", '{ private: true, cidrs: ["203.0.113.0/24"] }');
        const wrong = await scratch.fail("preview");
        assert.match(wrong, /access\.private: is true, but `access\.cidrs` opens a public endpoint/);
        assert.match(wrong, /gcp\.network\.natAddressCount: .*\(-1 given\)/);
        // What is looked up waits for the APIs that are turned on, and a preview turns none on.
        write("{ enableApis: false, dns: { managedZone: unknown-zone } }");
        const unknown = await scratch.fail("preview");
        assert.match(unknown, /gcp\.dns\.managedZone: .*\("unknown-zone" given\)/);
        for (const shown of [wrong, unknown]) {
            assert.doesNotMatch(shown, /\n\s+at /, "a stack trace helps nobody here");
        }
    });
});
