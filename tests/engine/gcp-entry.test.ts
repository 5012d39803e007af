/** How consumers of Private Service Connect come in, on the real engine, through changes of W&B. */
import assert from "node:assert/strict";
import { serviceAttachmentType } from "../../sandbox/clouds/gcp/compute/shared";
import { GcpLoadBalancerScheme, type WandbDeploymentArgs } from "../../sdk/index";
import { canaryLicense } from "../support/canary";
import { SecretPrefix } from "../support/deployment";
import { EngineRun } from "../support/engine-run";
import { plantProject, project } from "../support/gcp-account";
import { GcpWorld } from "../support/gcp-world";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const quick = ["--yes", "--skip-preview"] as const;
const attachment = "wandb-psc-attachment";

const withoutLink: WandbDeploymentArgs = {
    host: "http://wandb.corp.example",
    license: `${SecretPrefix}${canaryLicense()}`,
    access: { cidrs: ["203.0.113.0/24"] },
    deletionProtection: false,
    ingress: { tls: { enabled: false } },
    gcp: { loadBalancer: { scheme: GcpLoadBalancerScheme.Internal } },
};
const withLink: WandbDeploymentArgs = {
    ...withoutLink,
    gcp: { ...withoutLink.gcp, privateServiceConnect: { consumers: [{ project: "consumer-project" }] } },
};

describe("Private Service Connect on Google Cloud, on the engine", function () {
    this.timeout(engineTimeoutMs);
    let world: GcpWorld;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        world = await GcpWorld.create(withLink);
        await plantProject(world.inventory, project, []);
        await plantProject(world.inventory, { projectId: "consumer-project", number: "310987654321" });
    });
    after(() => world.remove());

    const run = (args: WandbDeploymentArgs, ...command: string[]): Promise<EngineRun> => {
        world.change(args);
        return EngineRun.succeed(world.program, ...command);
    };
    const attachments = () => world.inventory.rows().filter(({ type }) => type === serviceAttachmentType);

    it("is offered in the run that makes the load balancer, after W&B", async () => {
        const changes = (await run(withLink, "up", ...quick)).changes();
        const instance = changes.indexOf("create wandb-instance");
        assert.ok(instance >= 0 && changes.indexOf(`create ${attachment}`) > instance, changes.join("\n"));
        assert.equal(attachments().length, 1);
    });

    it("stays when W&B changes", async () => {
        const changed = { ...withLink, extraEnv: { WANDB_EXAMPLE: "1" } };
        assert.deepEqual((await run(changed, "preview")).changes(), ["update wandb-instance"]);
        assert.deepEqual((await run(changed, "up", ...quick)).changes(), ["update wandb-instance"]);
    });

    it("stays when a credential changes, whose Secret has a name that a preview cannot know", async () => {
        const [{ id }] = attachments();
        const changed = { ...withLink, license: `${SecretPrefix}${canaryLicense()}x` };
        const isLink = (change: string) => change.includes(attachment);
        assert.deepEqual((await run(changed, "preview")).changes().filter(isLink), []);
        assert.deepEqual((await run(changed, "up", ...quick)).changes().filter(isLink), []);
        assert.deepEqual(
            attachments().map((row) => row.id),
            [id],
        );
    });

    it("is taken back, and W&B stays", async () => {
        await run(withLink, "up", ...quick);
        assert.deepEqual((await run(withoutLink, "up", ...quick)).changes(), [
            `delete ${attachment}`,
            "delete wandb-psc-subnet",
            "delete wandb-private-service-connect",
        ]);
        assert.deepEqual(attachments(), []);
        await world.program.succeed("preview", "--expect-no-changes");
    });
});
