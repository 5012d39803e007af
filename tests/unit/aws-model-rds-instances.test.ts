/** The rules of the simulated Aurora instances, subnet groups and parameter groups. */
import assert from "node:assert/strict";
import { textOf, type PropertyMap } from "../../sandbox/clouds/values";
import { Store, StoreCloud } from "../support/modelled-stores";

const kmsArn = "arn:aws:kms:eu-west-1:123456789012:key/gone";

describe("simulated Aurora instances", () => {
    let cloud: StoreCloud;
    let cluster: PropertyMap;
    let clusterIdentifier: string;
    beforeEach(async () => {
        cloud = new StoreCloud();
        cluster = await cloud.clusterInputs({ preferredBackupWindow: "02:00-03:00" });
        clusterIdentifier = await cloud.make(Store.cluster, cluster);
    });
    afterEach(() => cloud.remove());

    const least = () => ({ engine: "aurora-mysql", instanceClass: "db.r6g.large", clusterIdentifier });
    const make = (more: PropertyMap = {}) => cloud.made(Store.instance, { ...least(), ...more });

    async function limits(taken: readonly PropertyMap[], refused: readonly [PropertyMap, RegExp][]): Promise<void> {
        for (const more of taken) {
            const { id } = await make(more);
            await cloud.delete(Store.instance, id);
        }
        for (const [more, words] of refused) {
            await assert.rejects(make(more), words, JSON.stringify(more));
        }
    }

    it("have an endpoint, a zone and one writer among them", async () => {
        const first = await make({ identifier: "wandb-a" });
        const second = await make({ identifierPrefix: "wandb-", availabilityZone: "eu-west-1b" });
        assert.match(second.id, /^wandb-[0-9a-f]{26}$/);
        assert.match(textOf(first.outputs["endpoint"]), /^wandb-a\.[0-9a-f]{12}\.eu-west-1\.rds\.amazonaws\.com$/);
        assert.deepEqual([first.outputs["writer"], second.outputs["writer"]], [true, false]);
        assert.deepEqual(
            [first.outputs["availabilityZone"], second.outputs["availabilityZone"]],
            ["eu-west-1a", "eu-west-1b"],
        );
        assert.equal(first.outputs["storageEncrypted"], true);
        assert.equal(first.outputs["engineVersionActual"], "8.0.mysql_aurora.3.10.4");
    });

    it("belong to a cluster, in its subnet group and one of its zones", async () => {
        await limits(
            [{ dbSubnetGroupName: textOf(cluster["dbSubnetGroupName"]) }],
            [
                [{ clusterIdentifier: "gone" }, /DBClusterNotFoundFault: DBCluster gone not found/],
                [{ dbSubnetGroupName: "other" }, /DB subnet group other is not that of the DB cluster/],
                [{ availabilityZone: "eu-west-1c" }, /InvalidVPCNetworkStateFault: .*eu-west-1c/],
                [{ identifier: "a".repeat(64) }, /DBInstanceIdentifier is not a valid identifier/],
            ],
        );
        await make({ identifier: "taken" });
        await assert.rejects(make({ identifier: "taken" }), /DBInstanceAlreadyExists/);
    });

    it("are 16 at most", async () => {
        for (let made = 0; made < 16; made += 1) {
            await make();
        }
        await assert.rejects(make(), /already has 16 instances/);
    });

    it("are of a class that Aurora has; serverless ones of a cluster that scales", async () => {
        await limits(
            [{ instanceClass: "db.r8g.48xlarge" }, { instanceClass: "db.t4g.medium" }],
            [
                [{ instanceClass: "db.r6g.huge" }, /Invalid DB Instance class: db\.r6g\.huge/],
                [{ instanceClass: "db.m6g.large" }, /Invalid DB Instance class/],
                [{ instanceClass: "db.serverless" }, /Set the Serverless v2 scaling configuration on the parent/],
            ],
        );
        const scaling = { minCapacity: 0.5, maxCapacity: 2 };
        const other = await cloud.make(Store.cluster, { ...cluster, serverlessv2ScalingConfiguration: scaling });
        await make({ instanceClass: "db.serverless", clusterIdentifier: other });
    });

    it("have certificate, tier, windows and parameter group as AWS takes them", async () => {
        const dbParameterGroupName = await cloud.make(Store.instanceParameters, { family: "aurora-mysql8.0" });
        const old = await cloud.make(Store.instanceParameters, { family: "aurora-mysql5.7" });
        await limits(
            [
                { caCertIdentifier: "rds-ca-rsa2048-g1", promotionTier: 15, dbParameterGroupName },
                { preferredMaintenanceWindow: "sun:05:00-sun:05:30" },
            ],
            [
                [{ caCertIdentifier: "rds-ca-2019" }, /CertificateNotFound/],
                [{ promotionTier: 16 }, /Promotion tier must be from 0 to 15/],
                [{ preferredMaintenanceWindow: "sun:05:00-sun:05:29" }, /at least 30 minutes/],
                [{ preferredBackupWindow: "02:00-03:00" }, /Set backup window for the DB Cluster/],
                [{ dbParameterGroupName: old }, /DBParameterGroupFamily aurora-mysql5\.7 cannot be used/],
                [{ dbParameterGroupName: "gone" }, /DBParameterGroupNotFound/],
            ],
        );
    });

    it("have Performance Insights where the class has them, with a key that stays", async () => {
        const on = { performanceInsightsEnabled: true };
        const key = textOf(cluster["kmsKeyId"]);
        await limits(
            [
                { ...on, performanceInsightsRetentionPeriod: 713 },
                { ...on, performanceInsightsKmsKeyId: key },
            ],
            [
                [{ ...on, instanceClass: "db.t3.medium" }, /Performance Insights not supported for this configuration/],
                [{ performanceInsightsRetentionPeriod: 7 }, /need Performance Insights to be enabled/],
                [{ ...on, performanceInsightsKmsKeyId: kmsArn }, /KMSKeyNotAccessibleFault/],
            ],
        );
        for (const days of [1, 30, 744]) {
            const wrong = await cloud.problems(Store.instance, {
                ...least(),
                performanceInsightsRetentionPeriod: days,
            });
            assert.match(wrong.join(), /^performanceInsightsRetentionPeriod: must be 7, 731 or a multiple of 31/);
        }
        const { id, outputs } = await make({ ...on, performanceInsightsKmsKeyId: key });
        const changed = { ...least(), ...on, monitoringInterval: 0, performanceInsightsKmsKeyId: kmsArn };
        await assert.rejects(
            cloud.update(Store.instance, id, changed, outputs),
            /cannot change your Performance Insights/,
        );
    });

    it("are monitored by a role that may do so", async () => {
        const trust = JSON.stringify({
            Version: "2012-10-17",
            Statement: [
                { Effect: "Allow", Principal: { Service: "monitoring.rds.amazonaws.com" }, Action: "sts:AssumeRole" },
            ],
        });
        const role = await cloud.made("aws:iam/role:Role", { assumeRolePolicy: trust });
        const monitored = { monitoringInterval: 15, monitoringRoleArn: textOf(role.outputs["arn"]) };
        await assert.rejects(make(monitored), /IAM role ARN value is invalid or does not include.*ENHANCED_MONITORING/);
        await cloud.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
            role: role.id,
            policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
        });
        await limits(
            [monitored],
            [
                [{ ...monitored, monitoringInterval: 20 }, /Invalid monitoring interval: 20/],
                [{ ...monitored, monitoringInterval: 0 }, /A MonitoringInterval value is required/],
                [{ monitoringInterval: 15 }, /A MonitoringRoleARN value is required/],
            ],
        );
    });

    it("are replaced for their zone, their cluster and their name only", async () => {
        const olds = { availabilityZone: "a", clusterIdentifier: "a", identifierPrefix: "a", instanceClass: "a" };
        const news = { availabilityZone: "b", clusterIdentifier: "b", identifierPrefix: "b", instanceClass: "b" };
        assert.deepEqual(await cloud.changes(Store.instance, olds, news), [
            "!availabilityZone",
            "!clusterIdentifier",
            "!identifierPrefix",
            "instanceClass",
        ]);
    });
});

describe("simulated groups of RDS", () => {
    let cloud: StoreCloud;
    beforeEach(() => {
        cloud = new StoreCloud();
    });
    afterEach(() => cloud.remove());

    it("of subnets cover two zones of one VPC", async () => {
        const { subnetIds, vpcId } = await cloud.place(["a", "b", "a"]);
        const [one, two, three] = subnetIds;
        const made = await cloud.made(Store.subnets, { subnetIds: [one, two] });
        assert.equal(made.outputs["vpcId"], vpcId);
        await assert.rejects(
            cloud.made(Store.subnets, { subnetIds: [one, three] }),
            /DBSubnetGroupDoesNotCoverEnoughAZs: .*Current AZ coverage: eu-west-1a\. Add subnets to cover at least 2 AZs/,
        );
        await assert.rejects(cloud.made(Store.subnets, { subnetIds: ["gone", one] }), /InvalidSubnet: .*\[gone\]/);
        const stranger = await cloud.subnet(await cloud.vpc("10.9.0.0/16"), "10.9.0.0/24", "eu-west-1b");
        await assert.rejects(cloud.made(Store.subnets, { subnetIds: [one, stranger] }), /InvalidSubnet/);
    });

    it("of subnets have a name in lower case, once", async () => {
        const { subnetIds } = await cloud.place();
        await cloud.make(Store.subnets, { subnetIds, name: "w_b .-1" });
        await assert.rejects(cloud.make(Store.subnets, { subnetIds, name: "w_b .-1" }), /DBSubnetGroupAlreadyExists/);
        for (const name of ["Wandb", "default", "a/b", "a".repeat(256)]) {
            assert.match((await cloud.problems(Store.subnets, { subnetIds, name })).join(), /^name: must be/, name);
        }
    });

    it("of subnets keep those in which an instance lies", async () => {
        const inputs = await cloud.clusterInputs();
        const clusterIdentifier = await cloud.make(Store.cluster, inputs);
        const group = textOf(inputs["dbSubnetGroupName"]);
        const row = cloud.provider.inventory.get(Store.subnets, group);
        const outputs = (row?.outputs ?? {}) as PropertyMap;
        const [one, two] = outputs["subnetIds"] as string[];
        const third = await cloud.subnet(textOf(outputs["vpcId"]), "10.0.9.0/24", "eu-west-1c");
        await cloud.make(Store.instance, {
            engine: "aurora-mysql",
            instanceClass: "db.r6g.large",
            clusterIdentifier,
            availabilityZone: "eu-west-1a",
        });
        const to = (subnetIds: string[]) => cloud.update(Store.subnets, group, { name: group, subnetIds }, outputs);
        await to([one, third]);
        await assert.rejects(
            to([two, third]),
            new RegExp(`Some of the subnets to be deleted are currently in use: ${one}`),
        );
    });

    for (const type of [Store.clusterParameters, Store.instanceParameters]) {
        describe(type, () => {
            const family = "aurora-mysql8.0";
            const make = (name: string, value: string, applyMethod = "pending-reboot") =>
                cloud.make(type, { family, parameters: [{ name, value, applyMethod }] });

            it("are of a family that is there, and named once", async () => {
                await cloud.make(type, { family, name: "wandb.8-0" });
                await assert.rejects(cloud.make(type, { family, name: "wandb.8-0" }), /DBParameterGroupAlreadyExists/);
                await assert.rejects(cloud.make(type, { family: "mysql9" }), /is not a valid parameter group family/);
                for (const name of ["Wandb", "1", "a--b", "a-", "a_b"]) {
                    assert.match((await cloud.problems(type, { family, name })).join(), /^name: must be/, name);
                }
            });

            it("change what can be changed, in its way", async () => {
                await make("sort_buffer_size", "1", "immediate");
                await make("performance_schema", "1");
                await assert.rejects(
                    make("performance_schema", "1", "immediate"),
                    /cannot use immediate apply method for static parameter/,
                );
                await assert.rejects(make("sync_binlog", "1"), /The parameter sync_binlog cannot be modified/);
                const parameters = [
                    { name: "a", value: "1" },
                    { name: "a", value: "2" },
                ];
                assert.match((await cloud.problems(type, { family, parameters })).join(), /^parameters: has a twice/);
            });

            it("are replaced for family and name", async () => {
                const news = { family: "b", name: "b", parameters: [{ name: "a", value: "2" }] };
                const olds = { family: "a", name: "a", parameters: [{ name: "a", value: "1" }] };
                assert.deepEqual(await cloud.changes(type, olds, news), ["!family", "!name", "parameters[0].value"]);
            });
        });
    }

    it("of instances have no parameter of the whole cluster", async () => {
        const group = (type: string, name: string) =>
            cloud.make(type, {
                family: "aurora-mysql8.0",
                parameters: [{ name, value: "ROW", applyMethod: "pending-reboot" }],
            });
        await group(Store.clusterParameters, "binlog_format");
        await assert.rejects(
            group(Store.instanceParameters, "binlog_format"),
            /InvalidParameterValue: Could not find parameter with name: binlog_format/,
        );
    });

    it("of clusters risk commits only when that is said too", async () => {
        const flush = (value: string, ...more: Record<string, string>[]) =>
            cloud.make(Store.clusterParameters, {
                family: "aurora-mysql8.0",
                parameters: [{ name: "innodb_flush_log_at_trx_commit", value, applyMethod: "immediate" }, ...more],
            });
        await flush("1");
        await assert.rejects(flush("0"), /other than 1 needs innodb_trx_commit_allow_data_loss 1/);
        await flush("0", { name: "innodb_trx_commit_allow_data_loss", value: "1", applyMethod: "immediate" });
    });

    it("of parameters stay while an instance uses them", async () => {
        const clusterIdentifier = await cloud.make(Store.cluster, await cloud.clusterInputs());
        const dbParameterGroupName = await cloud.make(Store.instanceParameters, { family: "aurora-mysql8.0" });
        const order = {
            engine: "aurora-mysql",
            instanceClass: "db.r6g.large",
            clusterIdentifier,
            dbParameterGroupName,
        };
        const id = await cloud.make(Store.instance, order);
        await assert.rejects(
            cloud.delete(Store.instanceParameters, dbParameterGroupName),
            /One or more database instances are still members of this parameter group/,
        );
        await cloud.delete(Store.instance, id);
        await cloud.delete(Store.instanceParameters, dbParameterGroupName);
    });
});
