import assert from "node:assert/strict";
import { inputsOf, insightsKeyArn, type MadeDatabase, makeDatabase, namesOf } from "../support/aws-database";
import { isMarked, lastPart, storeKeyArn } from "../support/aws-stores";

const instances = (made: MadeDatabase) => namesOf(made, "aws:rds/clusterInstance:ClusterInstance");

describe("database on AWS", () => {
    it("is an encrypted, backed-up cluster of a pinned version", async () => {
        const made = await makeDatabase();
        const { masterPassword, finalSnapshotIdentifier, ...cluster } = inputsOf(made, "wandb-database-cluster");
        assert.ok(isMarked(masterPassword));
        assert.equal(finalSnapshotIdentifier, "wandb-final-0badcafe");
        assert.deepEqual(cluster, {
            clusterIdentifierPrefix: "wandb-",
            engine: "aurora-mysql",
            engineVersion: "8.0.mysql_aurora.3.10.4",
            allowMajorVersionUpgrade: true,
            autoMinorVersionUpgrade: false,
            databaseName: "wandb_local",
            masterUsername: "wandb",
            port: 3306,
            dbSubnetGroupName: "subnets-1",
            vpcSecurityGroupIds: ["wandb-database-security-group-id"],
            dbClusterParameterGroupName: "cluster-parameters-1",
            dbInstanceParameterGroupName: "instance-parameters-1",
            storageEncrypted: true,
            kmsKeyId: storeKeyArn,
            backupRetentionPeriod: 14,
            preferredBackupWindow: "02:00-03:00",
            preferredMaintenanceWindow: "sun:05:00-sun:06:00",
            copyTagsToSnapshot: true,
            enabledCloudwatchLogsExports: ["error", "slowquery"],
            deletionProtection: true,
            applyImmediately: true,
            skipFinalSnapshot: false,
            tags: { team: "ml" },
        });
    });

    it("has a writer and a reader in two zones", async () => {
        const made = await makeDatabase({}, { size: "large" });
        assert.deepEqual(instances(made), ["wandb-database-a", "wandb-database-b"]);
        assert.deepEqual(inputsOf(made, "wandb-database-b"), {
            identifierPrefix: "wandb-",
            clusterIdentifier: "wandb-1",
            engine: "aurora-mysql",
            instanceClass: "db.r6g.2xlarge",
            availabilityZone: "eu-west-1b",
            dbSubnetGroupName: "subnets-1",
            dbParameterGroupName: "instance-parameters-1",
            caCertIdentifier: "rds-ca-rsa2048-g1",
            publiclyAccessible: false,
            promotionTier: 1,
            autoMinorVersionUpgrade: false,
            preferredMaintenanceWindow: "sun:05:00-sun:06:00",
            applyImmediately: true,
            performanceInsightsEnabled: true,
            performanceInsightsKmsKeyId: insightsKeyArn,
            performanceInsightsRetentionPeriod: 7,
            monitoringInterval: 0,
            tags: { team: "ml" },
        });
        assert.equal(inputsOf(made, "wandb-database-a")["promotionTier"], 0);
        assert.equal(made.database.instanceClass, "db.r6g.2xlarge");
    });

    it("calls instances by their zones, and keeps those names when there are more", async () => {
        const few = instances(await makeDatabase({ readers: 0 }, { zones: ["a", "b"] }));
        const many = instances(await makeDatabase({ readers: 4 }, { zones: ["a", "b"] }));
        assert.deepEqual(few, ["wandb-database-a"]);
        assert.deepEqual(
            many.map((name) => name.replace("wandb-database-", "")),
            ["a", "b", "a2", "b2", "a3"],
        );
    });

    it("takes names of one's own, for what is there already", async () => {
        const made = await makeDatabase({
            identifier: "ns",
            instanceIdentifiers: ["ns-1", "ns-2"],
            subnetGroupName: "ns-subnets",
        });
        const cluster = inputsOf(made, "wandb-database-cluster");
        assert.deepEqual([cluster["clusterIdentifier"], cluster["clusterIdentifierPrefix"]], ["ns", undefined]);
        const reader = inputsOf(made, "wandb-database-b");
        assert.deepEqual([reader["identifier"], reader["identifierPrefix"]], ["ns-2", undefined]);
        assert.equal(inputsOf(made, "wandb-database-subnets")["name"], "ns-subnets");
    });

    it("scales by itself when serverless", async () => {
        const made = await makeDatabase({ serverless: { minCapacity: 0.5, maxCapacity: 16 } });
        assert.deepEqual(inputsOf(made, "wandb-database-cluster")["serverlessv2ScalingConfiguration"], {
            minCapacity: 0.5,
            maxCapacity: 16,
        });
        assert.equal(inputsOf(made, "wandb-database-a")["instanceClass"], "db.serverless");
        assert.equal(made.database.instanceClass, "db.serverless");
    });

    it("passes on backup, windows and monitoring", async () => {
        const made = await makeDatabase(
            {
                backupRetentionDays: 35,
                backupWindow: "10:00-11:00",
                maintenanceWindow: "Mon:01:00-Mon:02:00",
                applyImmediately: false,
                performanceInsightsDays: 31,
                monitoringIntervalSeconds: 15,
            },
            { iam: { path: "/wandb/", permissionsBoundary: "arn:aws:iam::123456789012:policy/b" } },
        );
        const cluster = inputsOf(made, "wandb-database-cluster");
        assert.deepEqual(
            ["backupRetentionPeriod", "preferredBackupWindow", "preferredMaintenanceWindow", "applyImmediately"].map(
                (property) => cluster[property],
            ),
            [35, "10:00-11:00", "mon:01:00-mon:02:00", false],
        );
        const { dependencies, inputs } = made.graph.byName("wandb-database-a");
        assert.equal(inputs["monitoringInterval"], 15);
        assert.equal(inputs["monitoringRoleArn"], "arn:aws:iam::123456789012:role/monitoring-1");
        assert.equal(inputs["performanceInsightsRetentionPeriod"], 31);
        const role = inputsOf(made, "wandb-database-monitoring-role");
        assert.deepEqual(
            [role["path"], role["permissionsBoundary"]],
            ["/wandb/", "arn:aws:iam::123456789012:policy/b"],
        );
        assert.match(String(role["assumeRolePolicy"]), /"monitoring\.rds\.amazonaws\.com"/);
        const attachment = "wandb-database-monitoring-role-AmazonRDSEnhancedMonitoringRole";
        assert.ok(
            dependencies.map(lastPart).includes(attachment),
            "RDS looks at the role's rights when the instance is made",
        );
    });

    it("leaves out Performance Insights where the class has none, or when told to", async () => {
        for (const args of [{ instanceClass: "db.t3.medium" }, { performanceInsightsDays: 0 }]) {
            const inputs = inputsOf(await makeDatabase(args), "wandb-database-a");
            assert.equal(inputs["performanceInsightsEnabled"], false);
            assert.equal(inputs["performanceInsightsRetentionPeriod"], undefined);
        }
        const burstable = inputsOf(await makeDatabase({ instanceClass: "db.t4g.medium" }), "wandb-database-a");
        assert.equal(burstable["performanceInsightsEnabled"], true);
    });
});

describe("database's parameters on AWS", () => {
    const parametersOf = (made: MadeDatabase, group: "cluster" | "instance") => {
        const { family, parameters } = inputsOf(made, `wandb-database-${group}-parameters`);
        const all = parameters as { name: string; value: string; applyMethod: string }[];
        return { family, all: all.map(({ name, value, applyMethod }) => `${name}=${value} ${applyMethod}`) };
    };

    it("are those that W&B asks for, with TLS demanded", async () => {
        const made = await makeDatabase();
        assert.deepEqual(parametersOf(made, "cluster"), {
            family: "aurora-mysql8.0",
            all: [
                "binlog_format=ROW pending-reboot",
                "binlog_row_image=minimal pending-reboot",
                "innodb_online_alter_log_max_size=268435456 pending-reboot",
                "require_secure_transport=ON immediate",
            ],
        });
        assert.deepEqual(parametersOf(made, "instance"), {
            family: "aurora-mysql8.0",
            all: [
                "innodb_lru_scan_depth=128 immediate",
                "long_query_time=4 immediate",
                "max_execution_time=60000 immediate",
                "max_prepared_stmt_count=1048576 immediate",
                "performance_schema=1 pending-reboot",
                "slow_query_log=1 immediate",
                "sort_buffer_size=67108864 immediate",
            ],
        });
    });

    it("follow the engine version to another family, unprotected so that they can be replaced (Trap 26)", async () => {
        const made = await makeDatabase({ engineVersion: "8.4.mysql_aurora.8.4.7" });
        for (const group of ["cluster", "instance"] as const) {
            assert.equal(parametersOf(made, group).family, "aurora-mysql8.4");
            assert.equal(made.graph.byName(`wandb-database-${group}-parameters`).protect, undefined);
        }
        const cluster = inputsOf(made, "wandb-database-cluster");
        assert.equal(cluster["dbInstanceParameterGroupName"], "instance-parameters-1");
        assert.equal(cluster["allowMajorVersionUpgrade"], true);
    });

    it("can be changed and added to, in an order of their own", async () => {
        const changed = { sort_buffer_size: "1048576", wait_timeout: "600", autocommit: "1" };
        const there = parametersOf(await makeDatabase({ instanceParameters: changed }), "instance").all;
        const back = Object.fromEntries(Object.entries(changed).reverse());
        assert.deepEqual(parametersOf(await makeDatabase({ instanceParameters: back }), "instance").all, there);
        assert.ok(there.includes("sort_buffer_size=1048576 immediate"));
        // Whether it needs a restart is not known, and `immediate` is refused if so.
        assert.ok(there.includes("wait_timeout=600 pending-reboot"));
        assert.equal(there[0], "autocommit=1 pending-reboot");
        const cluster = parametersOf(
            await makeDatabase({ clusterParameters: { require_secure_transport: "OFF" } }),
            "cluster",
        );
        assert.ok(cluster.all.includes("require_secure_transport=OFF immediate"));
    });

    it("turn on the logs that are exported", async () => {
        const made = await makeDatabase({ logExports: ["general", "audit", "general"] });
        assert.deepEqual(inputsOf(made, "wandb-database-cluster")["enabledCloudwatchLogsExports"], [
            "audit",
            "general",
        ]);
        assert.ok(parametersOf(made, "cluster").all.includes("server_audit_logging=1 immediate"));
        assert.ok(parametersOf(made, "instance").all.includes("general_log=1 immediate"));
    });
});
