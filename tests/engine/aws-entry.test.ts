/** How users come in on AWS, on the real engine: what stands behind the address of the Ingress, through changes of W&B and of the address. */
import assert from "node:assert/strict";
import { textOf } from "../../sandbox/clouds/values";
import { AwsLoadBalancerScheme, type WandbDeploymentArgs } from "../../sdk/index";
import { plantZone, Zone } from "../support/aws-account";
import { AwsWorld } from "../support/aws-world";
import { canaryLicense } from "../support/canary";
import { SecretPrefix } from "../support/deployment";
import { EngineRun } from "../support/engine-run";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const quick = ["--yes", "--skip-preview"] as const;
const record = "wandb-dns-record-7c60ec74";
const target = "wandb-private-link-target";

const withLink: WandbDeploymentArgs = {
    host: "wandb.example.com",
    license: `${SecretPrefix}${canaryLicense()}`,
    access: { cidrs: ["203.0.113.0/24"] },
    deletionProtection: false,
    aws: {
        dns: { zoneId: Zone.id },
        privateLink: { allowedAccountIds: ["210987654321"], privateDnsName: "wandb.example.com" },
    },
};
const withoutLink: WandbDeploymentArgs = { ...withLink, aws: { dns: { zoneId: Zone.id } } };
const internal: WandbDeploymentArgs = {
    ...withoutLink,
    aws: { ...withoutLink.aws, loadBalancer: { scheme: AwsLoadBalancerScheme.Internal } },
};

describe("the entry on AWS, on the engine", function () {
    this.timeout(engineTimeoutMs);
    let world: AwsWorld;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        world = await AwsWorld.create(withLink);
        await plantZone(world.inventory);
    });
    after(() => world.remove());

    const run = (args: WandbDeploymentArgs, ...command: string[]): Promise<EngineRun> => {
        world.change(args);
        return EngineRun.succeed(world.program, ...command);
    };

    /** Where the record points to. */
    const alias = (): unknown => {
        const records = world.inventory.rows().filter(({ type }) => type === "aws:route53/record:Record");
        const [first] = records.flatMap(({ inputs }) => (inputs["aliases"] ?? []) as { name?: unknown }[]);
        return first.name;
    };

    /** Host name of the load balancer that the controller has made. */
    const balancer = (): string => {
        const rows = world.inventory.rows().filter(({ inputs }) => inputs["loadBalancerType"] === "application");
        assert.equal(rows.length, 1);
        return textOf(rows[0].outputs["dnsName"]);
    };

    it("points record and target to the load balancer, which is not there before W&B", async () => {
        const changes = (await run(withLink, "up", ...quick)).changes();
        const instance = changes.indexOf("create wandb-instance");
        assert.ok(instance >= 0 && changes.indexOf(`create ${target}`) > instance, changes.join("\n"));
        assert.equal(alias(), balancer());
    });

    it("has proven the private DNS name in the same run, and tells by what", async () => {
        const outputs = await world.program.outputs();
        const { privateLinkDnsVerificationName, privateLinkDnsVerificationType, privateLinkDnsVerificationValue } =
            outputs["aws"] as Record<string, string>;
        assert.match(privateLinkDnsVerificationName, /^_[0-9a-z]{20}\.wandb\.example\.com$/);
        const proofs = world.inventory.rows().filter(({ inputs }) => inputs["type"] === "TXT");
        assert.deepEqual(
            proofs.map(({ inputs: { name, type, records, zoneId } }) => [name, type, records, zoneId]),
            [
                [
                    privateLinkDnsVerificationName,
                    privateLinkDnsVerificationType,
                    [privateLinkDnsVerificationValue],
                    Zone.id,
                ],
            ],
        );
    });

    it("shows the change of the custom resource alone when that changes", async () => {
        const changed = { ...withLink, extraEnv: { WANDB_EXAMPLE: "1" } };
        assert.deepEqual((await run(changed, "preview")).changes(), ["update wandb-instance"]);
        assert.deepEqual((await run(changed, "up", ...quick)).changes(), ["update wandb-instance"]);
    });

    it("also when a credential changes, whose Secret has a name that a preview cannot know", async () => {
        const changed = { ...withLink, license: `${SecretPrefix}${canaryLicense()}x` };
        const changes = (await run(changed, "preview")).changes();
        assert.ok(changes.includes("update wandb-instance") && changes.some((change) => change.startsWith("replace ")));
        assert.deepEqual(
            changes.filter((change) => change.includes(record) || change.includes(target)),
            [],
        );
    });

    it("says that the address is unknown when the scheme changes, and follows to the new load balancer", async () => {
        await run(withoutLink, "up", ...quick);
        const before = balancer();
        assert.ok((await run(internal, "preview")).changes().includes(`update ${record}`));
        const changes = (await run(internal, "up", ...quick)).changes();
        assert.deepEqual(changes, ["update wandb-instance", `update ${record}`]);
        assert.notEqual(balancer(), before);
        assert.match(balancer(), /^internal-/);
        assert.equal(alias(), balancer());
        await world.program.succeed("preview", "--expect-no-changes");
    });

    it("follows to the load balancer of another group, and back to its own", async () => {
        const grouped = {
            ...internal,
            ingress: { annotations: { "alb.ingress.kubernetes.io/group.name": "platform.shared" } },
        };
        for (const [args, name] of [
            [grouped, /^internal-k8s-platformshared-/],
            [internal, /^internal-k8s-wandb-wandb-/],
        ] as const) {
            const before = balancer();
            assert.ok((await run(args, "preview")).changes().includes(`update ${record}`));
            const changes = (await run(args, "up", ...quick)).changes();
            assert.deepEqual(changes, ["update wandb-instance", `update ${record}`]);
            assert.notEqual(balancer(), before);
            assert.match(balancer(), name);
            assert.equal(alias(), balancer());
            await world.program.succeed("preview", "--expect-no-changes");
        }
    });

    it("does not end well while the old load balancer cannot go, and names it", async () => {
        await run(
            { ...withLink, aws: { ...internal.aws, ...withLink.aws, loadBalancer: internal.aws?.loadBalancer } },
            "up",
            ...quick,
        );
        const before = balancer();
        world.change({ ...withLink, readiness: { timeout: "20s" } });
        const output = await world.program.fail("up", ...quick);
        assert.ok(output.includes(`address of a load balancer of another scheme or group (${before})`), output);
        assert.match(output, /describe ingress wandb/);
        assert.equal(alias(), before);
    });
});
