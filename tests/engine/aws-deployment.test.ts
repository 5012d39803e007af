/** WandbDeployment on AWS on the real engine: from nothing to Ready, through changes, and to nothing again. */
import assert from "node:assert/strict";
import type { Row } from "../../sandbox/clouds/inventory";
import { Size, type WandbDeploymentArgs } from "../../sdk/index";
import { plantSnapshot, plantZone, Zone } from "../support/aws-account";
import { AwsWorld } from "../support/aws-world";
import { Canary, canaryLicense, findCanary } from "../support/canary";
import { LaterPrefix, SecretPrefix } from "../support/deployment";
import { EngineRun } from "../support/engine-run";
import { inventory, leftovers } from "../support/inventory";
import { Live } from "../support/live";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const quick = ["--yes", "--skip-preview"] as const;
const snapshotType = "aws:rds/clusterSnapshot:ClusterSnapshot";
const secretOutputs = ["databaseConnectionString", "databasePassword"];

/** `aws: {}` and what has no default, a canary in each secret. */
const first: WandbDeploymentArgs = {
    host: "wandb.example.com",
    license: `${SecretPrefix}${canaryLicense()}`,
    access: { cidrs: ["203.0.113.0/24"] },
    aws: {
        dns: { zoneId: Zone.id },
        database: { password: `${SecretPrefix}${Canary}Database` },
        cache: { authToken: `${SecretPrefix}${Canary}Cache` },
    },
};

describe("a deployment on AWS, on the engine", function () {
    this.timeout(engineTimeoutMs);
    let world: AwsWorld;
    let live: Live;
    let args = first;
    let planted: string[];
    let initially: string[];

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        world = await AwsWorld.create(first);
        await plantZone(world.inventory);
        live = new Live(world.client, "wandb");
        planted = world.existing();
        initially = await inventory(world.client);
    });
    after(() => world.remove());

    /** Runs `up` with other arguments, those below `aws` part by part. */
    async function upWith({ aws, ...others }: Partial<WandbDeploymentArgs>): Promise<EngineRun> {
        args = { ...args, ...others, aws: { ...args.aws, ...aws } };
        world.change(args);
        return EngineRun.succeed(world.program, "up", ...quick);
    }

    const rows = (type: string): Row[] => world.inventory.rows().filter((row) => row.type.endsWith(`:${type}`));

    /** The Secret from which pods take a credential, by the variable that holds it. */
    async function secretOf(variable: string): Promise<string | undefined> {
        const { env = [] } = await live.container("wandb-app-bc");
        return env.find(({ name }) => name === variable)?.valueFrom?.secretKeyRef?.name;
    }

    let previewed: string[];

    it("previews everything from nothing, with a zone that is not known yet", async () => {
        world.change({ ...first, aws: { ...first.aws, dns: { zoneId: `${LaterPrefix}${Zone.id}` } } });
        const run = await EngineRun.succeed(world.program, "preview", "--diff");
        previewed = run.changes().filter((change) => change !== "create other");
        const { output } = await run.result;
        // One unknown value must not hide what is known beside it.
        assert.match(output, /cidrBlock\s*: "10\.10\.0\.0\/16"/);
        assert.match(output, /passwordSecret: \{\s+name/);
        assert.match(output, /databaseInstanceClass\s*: "db\.r6g\.large"/);
        assert.deepEqual(findCanary(output), []);
        assert.deepEqual(world.existing(), planted);
    });

    it("goes up to Ready as the preview has said, and shows no secret", async () => {
        world.change(first);
        const run = await EngineRun.succeed(world.program, "up", ...quick, "--diff");
        assert.deepEqual(run.changes().sort(), previewed.sort());
        assert.deepEqual(await live.unavailable(), []);
        const seen = [
            (await run.result).output,
            await world.program.succeed("stack", "export"),
            await world.program.succeed("stack", "output", "--json"),
            JSON.stringify(await live.resource()),
        ];
        assert.deepEqual(seen.flatMap(findCanary), []);
    });

    it("gives what is needed next, secrets marked", async () => {
        const { url, address, aws, kubeconfig, ...stores } = await world.program.outputs();
        const [balancer] = rows("LoadBalancer");
        assert.equal(url, "https://wandb.example.com");
        assert.equal(address, balancer.outputs["dnsName"]);
        assert.match(String(kubeconfig), /"command":"aws"/);
        const given = aws as Record<string, unknown>;
        assert.equal(given["databasePassword"], `${Canary}Database`);
        assert.match(String(given["databaseConnectionString"]), /^mysql:\/\/wandb:\w+@wandb-\S+:3306\/wandb_local$/);
        assert.ok(String(given["databaseConnectionString"]).includes(`@${String(stores["databaseHost"])}:`));
        assert.equal(given["cacheAddress"], `${String(stores["redisHost"])}:6379`);
        assert.equal(given["clusterEndpoint"], rows("Cluster")[0].outputs["endpoint"]);
        const shown = JSON.parse(await world.program.succeed("stack", "output", "--json")) as Record<string, unknown>;
        const hidden = shown["aws"] as Record<string, unknown>;
        assert.equal(shown["kubeconfig"], "[secret]");
        assert.deepEqual(
            Object.keys(hidden).filter((name) => hidden[name] === "[secret]"),
            secretOutputs,
        );
        assert.deepEqual(
            Object.keys(given).filter((name) => given[name] === "" || given[name] === null),
            [],
            "what is absent is left out",
        );
    });

    it("shows no change afterwards, neither to preview and up nor to refresh", async () => {
        await world.program.succeed("preview", "--expect-no-changes");
        await world.program.succeed("refresh", ...quick, "--expect-no-changes");
        await world.program.succeed("up", ...quick, "--expect-no-changes");
    });

    it("generates the credentials that are no longer given, and drops NAT gateways and readers", async () => {
        const run = await upWith({
            aws: {
                network: { nat: "single" },
                database: { passwordRotation: "first", readers: 0 },
                cache: { authTokenRotation: "first" },
            },
        });
        const taken = ["nat-gateway-b", "nat-gateway-c", "nat-address-b", "nat-address-c", "database-b"];
        assert.deepEqual(
            run.losses().sort(),
            [
                ...taken.map((name) => `delete wandb-${name}`),
                ...["create-replacement", "replace", "delete-replaced"].flatMap((step) =>
                    ["database-password", "redis"].map((name) => `${step} wandb-${name}`),
                ),
            ].sort(),
        );
        assert.equal(rows("NatGateway").length, 1);
        assert.deepEqual(await live.unavailable(), []);
    });

    it("rotates password and token: pods get the new ones, the old Secrets go last", async () => {
        const variables = ["MYSQL_PASSWORD", "REDIS_PASSWORD"];
        const before = await Promise.all(variables.map(secretOf));
        const run = await upWith({
            aws: {
                database: { passwordRotation: "second", readers: 0 },
                cache: { authTokenRotation: "second" },
            },
        });
        const operations = run.operations().map(({ step, urn }) => `${step} ${urn.split("$").at(-1)}`);
        const at = (operation: string): number => {
            const index = operations.indexOf(operation);
            assert.notEqual(index, -1, operation);
            return index;
        };
        for (const [store, generator, secret] of [
            ["aws:rds/cluster:Cluster::wandb-database-cluster", "database-password", "database-password"],
            ["aws:elasticache/replicationGroup:ReplicationGroup::wandb-cache", "cache-token", "redis"],
        ]) {
            const order = [
                `create-replacement random:index/randomPassword:RandomPassword::wandb-${generator}`,
                `update ${store}`,
                `create-replacement kubernetes:core/v1:Secret::wandb-${secret}`,
                "update kubernetes:apps.wandb.com/v1:WeightsAndBiases::wandb-instance",
                `delete-replaced kubernetes:core/v1:Secret::wandb-${secret}`,
            ].map(at);
            assert.deepEqual(
                order,
                order.toSorted((a, b) => a - b),
                operations.join("\n"),
            );
        }
        const after = await Promise.all(variables.map(secretOf));
        const left = await live.secrets();
        for (const [index, name] of after.entries()) {
            assert.ok(name !== undefined && before[index] !== undefined && name !== before[index], variables[index]);
            assert.ok(left.includes(name) && !left.includes(before[index]), variables[index]);
        }
        assert.deepEqual(await live.unavailable(), []);
    });

    it("grows to size medium: new nodes before the old ones go, the database in place", async () => {
        const before = rows("NodeGroup").map(({ id }) => id);
        const run = await upWith({ size: Size.Medium });
        const changes = run.changes();
        assert.ok(changes.includes("update wandb-database-a"));
        for (const zone of ["a", "b", "c"]) {
            const [made, gone] = ["create-replacement", "delete-replaced"].map((step) =>
                changes.indexOf(`${step} wandb-nodes-${zone}`),
            );
            assert.ok(made >= 0 && made < changes.indexOf("update wandb-instance") && gone > made, changes.join("\n"));
        }
        assert.deepEqual(
            run.losses().filter((loss) => !loss.includes(" wandb-nodes-")),
            [],
        );
        const nodes = rows("NodeGroup");
        assert.deepEqual(
            nodes.map(({ inputs }) => inputs["instanceTypes"]),
            [["r6i.4xlarge"], ["r6i.4xlarge"], ["r6i.4xlarge"]],
        );
        assert.ok(nodes.every(({ id }) => !before.includes(id)));
    });

    it("upgrades Kubernetes by one minor version in place: control plane, add-ons, nodes, autoscaler", async () => {
        const run = await upWith({ aws: { cluster: { version: "1.36" } } });
        const changes = run.changes();
        assert.deepEqual(run.losses(), []);
        assert.deepEqual(
            changes.toSorted(),
            ["cluster", "cluster-autoscaler", "kube-proxy", "nodes-a", "nodes-b", "nodes-c"].map(
                (name) => `update wandb-${name}`,
            ),
        );
        const nodes = changes.findIndex((change) => change.startsWith("update wandb-nodes-"));
        assert.equal(changes[0], "update wandb-cluster");
        assert.ok(changes.indexOf("update wandb-kube-proxy") < nodes, "kube-proxy is not older than the nodes");
        assert.ok(rows("NodeGroup").every(({ outputs }) => outputs["version"] === "1.36"));
        await world.program.succeed("preview", "--expect-no-changes");
    });

    it("refuses destroy before anything is deleted", async () => {
        const before = { account: world.existing(), cluster: await live.fingerprint() };
        const output = await world.program.fail("destroy", "--yes");
        assert.match(output, /wandb-instance" cannot be deleted\s+because it is protected/);
        assert.deepEqual({ account: world.existing(), cluster: await live.fingerprint() }, before);
        await world.program.succeed("preview", "--expect-no-changes");
    });

    it("restores a snapshot into a new database, with W&B on it before the old one goes", async () => {
        await upWith({ deletionProtection: false, aws: { database: { ...args.aws?.database, finalSnapshot: true } } });
        const [old] = rows("Cluster").filter(({ type }) => type.startsWith("aws:rds/"));
        const snapshotIdentifier = await plantSnapshot(world.inventory);
        const run = await upWith({ aws: { database: { ...args.aws?.database, snapshotIdentifier } } });
        const changes = run.changes();
        const order = ["create-replacement wandb-database-cluster", "update wandb-instance"].map((change) =>
            changes.indexOf(change),
        );
        const gone = changes.indexOf("delete-replaced wandb-database-cluster");
        assert.ok(order[0] >= 0 && order[0] < order[1] && order[1] < gone, changes.join("\n"));
        const [restored] = rows("Cluster").filter(({ type }) => type.startsWith("aws:rds/"));
        assert.notEqual(restored.id, old.id);
        assert.equal(restored.inputs["snapshotIdentifier"], snapshotIdentifier);
        assert.deepEqual(
            rows("ClusterSnapshot").map(({ inputs }) => inputs["dbClusterIdentifier"]),
            ["somebody-elses", old.id],
        );
        assert.equal((await world.program.outputs())["databaseHost"], restored.outputs["endpoint"]);
        assert.deepEqual(await live.unavailable(), []);
        // Leaving it out later keeps the database: no more than the name of its last snapshot changes.
        const database = { ...args.aws?.database };
        delete database.snapshotIdentifier;
        args = { ...args, aws: { ...args.aws, database } };
        world.change(args);
        const preview = await EngineRun.succeed(world.program, "preview");
        assert.deepEqual(preview.changes().sort(), [
            "create-replacement wandb-database-final-snapshot",
            "delete-replaced wandb-database-final-snapshot",
            "replace wandb-database-final-snapshot",
            "update wandb-database-cluster",
        ]);
    });

    it("is destroyed from the inside out, and leaves last snapshots with their key only", async () => {
        const before = rows("Cluster").filter(({ type }) => type.startsWith("aws:rds/"));
        const run = await EngineRun.succeed(world.program, "destroy", ...quick);
        const changes = run.operations().map(({ step, urn }) => `${step} ${urn.split("$").at(-1)}`);
        // Operator and load balancer controller may go together: what they serve is gone with the custom resource.
        for (const controller of ["operator", "load-balancer-controller"]) {
            const order = [
                "aws:route53/record:Record::wandb-dns-record-7c60ec74",
                "kubernetes:apps.wandb.com/v1:WeightsAndBiases::wandb-instance",
                `kubernetes:helm.sh/v3:Release::wandb-${controller}`,
                "aws:eks/nodeGroup:NodeGroup::wandb-nodes-a",
                "aws:eks/cluster:Cluster::wandb-cluster",
                "aws:ec2/vpc:Vpc::wandb-vpc",
            ].map((name) => changes.indexOf(`delete ${name}`));
            assert.equal(order[0], 0, changes.join("\n"));
            assert.deepEqual(
                order,
                order.toSorted((a, b) => a - b),
                changes.join("\n"),
            );
        }
        const left = world.inventory
            .rows()
            .filter(({ type, id }) => !planted.includes(`${type.split(":").at(-1)} ${id}`));
        // A snapshot is of no use without the key, so that stays with it.
        const staying = [snapshotType, "aws:kms/key:Key", "aws:kms/alias:Alias"];
        assert.deepEqual(
            [...new Set(left.map(({ type }) => type))].sort(),
            staying.sort(),
            world.existing().join("\n"),
        );
        const [last] = before;
        assert.deepEqual(
            left.map(({ inputs }) => inputs["dbClusterIdentifier"]).filter((id) => id === last.id),
            [last.id],
        );
        assert.deepEqual(await leftovers(world.client, initially, []), []);
    });
});
