/** W&B on AWS from a program in another language: the component by its plugin, in YAML. */
import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { Inventory } from "../../sandbox/clouds/inventory";
import { sandboxLicense } from "../../sandbox/stacks/local";
import { plantZone, Zone } from "../support/aws-account";
import { sandbox } from "../support/deployment";
import { engineTimeoutMs, ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";

const project = (sdk: string) => `
name: wandb-aws-yaml
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
      access:
        cidrs: ["203.0.113.0/24"]
      aws:
        network: { zoneCount: 2, nat: single }
        dns:
          zoneId: ${Zone.id}
outputs:
  clusterName: \${wandb.clusterName}
  subnets: \${wandb.aws.privateSubnetIds}
`;

describe("a program in YAML on AWS", function () {
    this.timeout(engineTimeoutMs);
    let program: ScratchProgram;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        await sandbox();
        program = await ScratchProgram.create({ "Pulumi.yaml": project(".") }, {});
        program.write({ "Pulumi.yaml": project(relative(program.folder, join(__dirname, "../../sdk"))) });
        await plantZone(new Inventory(program.dir, "aws"));
        await program.succeed("config", "set", "aws:region", "us-east-1");
        await program.succeed("config", "set", "--secret", "license", sandboxLicense());
    });
    after(() => program?.remove());

    it("previews all of it", async () => {
        const shown = await program.succeed("preview");
        assert.match(shown, /aws:eks:Cluster/);
        assert.match(shown, /aws:rds:Cluster/);
        assert.match(shown, /WeightsAndBiases/);
    });

    it("is told every mistake in one message, and of a zone that is not there by its argument", async () => {
        const text = project(relative(program.folder, join(__dirname, "../../sdk")));
        program.write({
            "Pulumi.yaml": text
                .replace("zoneCount: 2", "zoneCount: 7")
                .replace("cidrs: [", "private: true\n        cidrs: ["),
        });
        const wrong = await program.fail("preview");
        assert.match(wrong, /access\.private: is true, but `access\.cidrs` opens a public endpoint/);
        assert.match(wrong, /aws\.network\.zoneCount: .*\(7 given\)/);
        program.write({ "Pulumi.yaml": text.replace(Zone.id, "Z0UNKNOWN") });
        const unknown = await program.fail("preview");
        assert.match(unknown, /aws\.dns\.zoneId: cannot be read \("Z0UNKNOWN" given\): .*NoSuchHostedZone/);
        for (const shown of [wrong, unknown]) {
            assert.doesNotMatch(shown, /\n\s+at /, "a stack trace helps nobody here");
        }
    });
});
