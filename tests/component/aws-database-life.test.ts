import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { AwsDatabaseArgs } from "../../sdk/aws/args/database";
import { inputsOf, type MadeDatabase, makeDatabase, namesOf } from "../support/aws-database";
import { isMarked, lastPart, storeKeyArn } from "../support/aws-stores";
import type { RegisteredResource } from "../support/graph";
import { promiseOf } from "../support/resolve";

describe("database's edges on AWS", () => {
    it("wait for the Kubernetes cluster in the ingress rule alone", async () => {
        const made = await makeDatabase();
        const waiting = made.graph.resources.filter(({ dependencies }) =>
            dependencies.some((urn) => urn.endsWith("::clients")),
        );
        assert.deepEqual(
            waiting.map(({ name }) => name),
            ["wandb-database-ingress"],
        );
        assert.deepEqual(inputsOf(made, "wandb-database-ingress"), {
            description: "Nodes and pods",
            securityGroupId: "wandb-database-security-group-id",
            referencedSecurityGroupId: "clients-id",
            ipProtocol: "tcp",
            fromPort: 3306,
            toPort: 3306,
            tags: { team: "ml" },
        });
        const group = inputsOf(made, "wandb-database-security-group");
        assert.deepEqual([group["vpcId"], group["ingress"], group["egress"]], ["vpc-1", undefined, undefined]);
    });

    it("make W&B wait for instances and rule", async () => {
        const { database } = await makeDatabase({ readers: 2 });
        const ready = await Promise.all(database.ready.map(({ urn }) => promiseOf(urn)));
        assert.deepEqual(ready.map(lastPart), [
            "wandb-database-a",
            "wandb-database-b",
            "wandb-database-c",
            "wandb-database-ingress",
        ]);
    });

    it("make every log group with its retention before an instance writes", async () => {
        const made = await makeDatabase({ logRetentionDays: 90 });
        const groups = namesOf(made, "aws:cloudwatch/logGroup:LogGroup");
        assert.deepEqual(
            groups.map((name) => inputsOf(made, name)["name"]),
            ["audit", "error", "general", "iam-db-auth-error", "instance", "slowquery"].map(
                (type) => `/aws/rds/cluster/wandb-1/${type}`,
            ),
        );
        assert.ok(groups.every((name) => inputsOf(made, name)["retentionInDays"] === 90));
        const before = made.graph.byName("wandb-database-a").dependencies.map(lastPart);
        assert.deepEqual(
            groups.filter((name) => !before.includes(name)),
            [],
        );
    });

    it("give everything the component for a parent", async () => {
        const { graph } = await makeDatabase({ monitoringIntervalSeconds: 60 });
        const own = graph.resources.filter(({ type }) => /^(aws|random):/.test(type));
        assert.ok(own.length > 10);
        for (const { name, parent } of own) {
            assert.match(parent, /wandb:aws:Database::wandb-database$/, name);
        }
        assert.match(graph.byName("wandb-database").parent, /test:index:Parent::wandb$/);
    });
});

describe("database's password on AWS", () => {
    it("is generated, secret, and made anew by a rotation", async () => {
        const { graph, database } = await makeDatabase();
        const { keepers, ...generated } = graph.byName("wandb-database-password").inputs;
        assert.deepEqual([generated, keepers], [{ length: 32, special: false }, undefined]);
        const { literal } = database.facts.password;
        assert.equal(await pulumi.isSecret(pulumi.output(literal)), true);
        assert.equal(await promiseOf(literal), "generated");
        const rotated = await makeDatabase({ passwordRotation: "2" });
        const password = rotated.graph.byName("wandb-database-password");
        assert.deepEqual(password.inputs["keepers"], { rotation: "2" });
        assert.equal(password.protect, undefined, "a protected one could not be replaced");
    });

    it("is one's own when given, and secret too", async () => {
        const made = await makeDatabase({ password: "own-password" });
        assert.deepEqual(namesOf(made, "random:index/randomPassword:RandomPassword"), []);
        assert.ok(isMarked(inputsOf(made, "wandb-database-cluster")["masterPassword"]));
        assert.equal(await pulumi.isSecret(pulumi.output(made.database.facts.password.literal)), true);
    });

    it("stands beside host, port, names and certificate in the facts", async () => {
        const { database } = await makeDatabase({ name: "w", username: "u", caCertificate: "PEM" });
        const { password, host, ...facts } = database.facts;
        assert.deepEqual(facts, { port: 3306, name: "w", username: "u", caCertificate: "PEM" });
        assert.equal(await promiseOf(host), "wandb-1.cluster-abc.eu-west-1.rds.amazonaws.com");
        assert.equal(password.secret, undefined);
    });
});

describe("database's life on AWS", () => {
    const protectedOnes = ({ graph }: MadeDatabase, is: (one: RegisteredResource) => boolean | undefined) =>
        graph.resources.filter((one) => one.type.startsWith("aws:") && is(one) === true).map(({ name }) => name);

    it("is protected with its first instance, which a refused destroy would else take away", async () => {
        const made = await makeDatabase();
        assert.deepEqual(
            protectedOnes(made, ({ protect }) => protect),
            ["wandb-database-subnets", "wandb-database-cluster", "wandb-database-a"],
        );
    });

    it("ends without a trace when nothing is protected, and says nothing about protection", async () => {
        const made = await makeDatabase({}, { deletionProtection: false });
        const cluster = made.graph.byName("wandb-database-cluster");
        assert.deepEqual([cluster.protect, cluster.inputs["deletionProtection"]], [undefined, false]);
        assert.equal(cluster.inputs["skipFinalSnapshot"], true);
        assert.equal(cluster.inputs["finalSnapshotIdentifier"], undefined);
        assert.deepEqual(namesOf(made, "random:index/randomId:RandomId"), []);
    });

    it("leaves a last snapshot when told to, and none when told not to", async () => {
        const kept = await makeDatabase({ finalSnapshot: true }, { deletionProtection: false });
        assert.equal(inputsOf(kept, "wandb-database-cluster")["skipFinalSnapshot"], false);
        const gone = await makeDatabase({ finalSnapshot: false });
        assert.equal(inputsOf(gone, "wandb-database-cluster")["skipFinalSnapshot"], true);
    });

    it("keeps what a restore would delete, unless told otherwise", async () => {
        const restored = await makeDatabase({ snapshotIdentifier: "before" }, { deletionProtection: false });
        assert.equal(inputsOf(restored, "wandb-database-cluster")["skipFinalSnapshot"], false);
        const careless = { snapshotIdentifier: "before", finalSnapshot: false };
        const gone = await makeDatabase(careless, { deletionProtection: false });
        assert.equal(inputsOf(gone, "wandb-database-cluster")["skipFinalSnapshot"], true);
    });

    it("names the last snapshot anew with whatever replaces the database", async () => {
        const keepersOf = async (args: AwsDatabaseArgs) =>
            inputsOf(await makeDatabase(args), "wandb-database-final-snapshot")["keepers"];
        const first = { name: "wandb_local", username: "wandb", keyArn: storeKeyArn, subnetGroupName: "subnets-1" };
        assert.deepEqual(await keepersOf({}), first);
        assert.deepEqual(await keepersOf({ name: "other", username: "u", identifier: "i", snapshotIdentifier: "s" }), {
            ...first,
            name: "other",
            username: "u",
            identifier: "i",
            snapshotIdentifier: "s",
        });
    });

    it("starts from a snapshot, with our password", async () => {
        const cluster = inputsOf(await makeDatabase({ snapshotIdentifier: "rds:old" }), "wandb-database-cluster");
        assert.equal(cluster["snapshotIdentifier"], "rds:old");
        assert.ok(isMarked(cluster["masterPassword"]));
    });

    it("is retained with all that it needs, but its ingress rule", async () => {
        const made = await makeDatabase({}, { deletionProtection: false, retainData: true });
        const left = protectedOnes(made, ({ retainOnDelete }) => !retainOnDelete);
        assert.deepEqual(left, ["wandb-database-ingress"]);
    });

    it("shows its plain settings in a preview", async () => {
        const made = await makeDatabase({}, { preview: true });
        assert.equal(inputsOf(made, "wandb-database-cluster")["engineVersion"], "8.0.mysql_aurora.3.10.4");
        assert.equal(namesOf(made, "aws:rds/clusterInstance:ClusterInstance").length, 2);
    });
});
