/** The rules of the simulated Aurora clusters: for each an order that AWS takes and one that it refuses. */
import assert from "node:assert/strict";
import { aws } from "../../sandbox/clouds/aws";
import { textOf, type PropertyMap } from "../../sandbox/clouds/values";
import { Ec2 } from "../support/modelled-network";
import { Store, StoreCloud } from "../support/modelled-stores";

const instance: PropertyMap = { engine: "aurora-mysql", instanceClass: "db.r6g.large" };

describe("simulated Aurora clusters", () => {
    let cloud: StoreCloud;
    let inputs: PropertyMap;
    beforeEach(async () => {
        cloud = new StoreCloud();
        inputs = await cloud.clusterInputs();
    });
    afterEach(() => cloud.remove());

    const make = (more: PropertyMap = {}) => cloud.made(Store.cluster, { ...inputs, ...more });
    const problems = async (more: PropertyMap) => (await cloud.problems(Store.cluster, { ...inputs, ...more })).join();

    /** Orders that are taken, then one that is refused with some words. */
    async function limits(taken: readonly PropertyMap[], refused: readonly [PropertyMap, RegExp][]): Promise<void> {
        for (const more of taken) {
            const { id } = await make(more);
            await cloud.delete(Store.cluster, id);
        }
        for (const [more, words] of refused) {
            await assert.rejects(make(more), words, JSON.stringify(more));
        }
    }

    it("have endpoints of their own in their region", async () => {
        const { id, outputs } = await make({ clusterIdentifier: "wandb" });
        assert.equal(id, "wandb");
        assert.equal(outputs["arn"], "arn:aws:rds:eu-west-1:123456789012:cluster:wandb");
        assert.match(textOf(outputs["endpoint"]), /^wandb\.cluster-[0-9a-f]{12}\.eu-west-1\.rds\.amazonaws\.com$/);
        assert.match(textOf(outputs["readerEndpoint"]), /^wandb\.cluster-ro-/);
        assert.deepEqual([outputs["port"], outputs["engineVersionActual"]], [3306, "8.0.mysql_aurora.3.10.4"]);
        assert.deepEqual(outputs["tagsAll"], { stage: "a" });
    });

    it("have an identifier, or a beginning of one, in the provider's form", async () => {
        assert.match((await make({ clusterIdentifierPrefix: "wandb-" })).id, /^wandb-[0-9a-f]{26}$/);
        assert.match((await make()).id, /^tf-/);
        for (const name of ["Wandb", "1wandb", "w--b", "wandb-"]) {
            assert.match(await problems({ clusterIdentifier: name }), /^clusterIdentifier: must have lowercase/, name);
        }
        assert.match(await problems({ clusterIdentifier: "a", clusterIdentifierPrefix: "b" }), /conflicts with/);
        await limits(
            [{ clusterIdentifier: "a".repeat(63) }, { clusterIdentifierPrefix: "a".repeat(37) }],
            [
                [{ clusterIdentifier: "a".repeat(64) }, /DBClusterIdentifier is not a valid identifier/],
                [{ clusterIdentifierPrefix: "a".repeat(38) }, /longer than 63/],
            ],
        );
    });

    it("have an identifier once", async () => {
        await make({ clusterIdentifier: "wandb" });
        await assert.rejects(make({ clusterIdentifier: "wandb" }), /DBClusterAlreadyExistsFault/);
    });

    it("have a user, a password and a database in RDS's form", async () => {
        await limits(
            [
                { masterUsername: "a234567890123456", masterPassword: "aA1!~#$8", databaseName: `a${"_".repeat(63)}` },
                { masterPassword: "x".repeat(41) },
                { databaseName: "event", masterUsername: "admin" },
            ],
            [
                [{ masterUsername: "a2345678901234567" }, /MasterUsername is not a valid identifier/],
                [{ masterUsername: "1wandb" }, /MasterUsername is not a valid identifier/],
                [{ masterUsername: "rdsadmin" }, /MasterUsername rdsadmin cannot be used/],
                [{ masterUsername: "" }, /MasterUsername must be provided/],
                [{ masterPassword: "x".repeat(7) }, /not a valid password/],
                [{ masterPassword: "x".repeat(42) }, /not a valid password/],
                [{ masterPassword: "has a space" }, /not a valid password/],
                [{ masterPassword: "has/slash" }, /not a valid password/],
                [{ masterPassword: "has@at..." }, /not a valid password/],
                [{ masterPassword: 'has"quote' }, /not a valid password/],
                [{ databaseName: "wandb-local" }, /DatabaseName must begin with a letter/],
                [{ databaseName: "a".repeat(65) }, /DatabaseName/],
                [{ databaseName: "Database" }, /DatabaseName Database cannot be used\. It is a reserved word/],
                [{ databaseName: "sys" }, /DatabaseName sys cannot be used/],
                [{ masterUsername: "System" }, /MasterUsername System cannot be used as it is a reserved word/],
            ],
        );
        const { masterPassword, ...without } = inputs;
        assert.ok(masterPassword);
        await assert.rejects(cloud.made(Store.cluster, without), /MasterUserPassword must be provided/);
    });

    it("keep the password to themselves", async () => {
        const { id } = await make();
        assert.doesNotMatch(JSON.stringify(cloud.provider.inventory.get(Store.cluster, id)), /correct-horse/);
    });

    it("are of a version that is there", async () => {
        await limits(
            [{ engineVersion: "8.0" }, { engineVersion: "8.4.mysql_aurora.8.4.7" }],
            [
                [{ engineVersion: "8.0.mysql_aurora.3.05.1" }, /Cannot find version 8\.0\.mysql_aurora\.3\.05\.1 for/],
                [{ engineVersion: "9.0" }, /Cannot find version/],
            ],
        );
        assert.match(await problems({ engine: "aurora-postgresql" }), /^engine: must be one of aurora-mysql/);
    });

    it("are upgraded, never back, and to another line on demand with new groups only", async () => {
        const { id, outputs } = await make();
        const to = (engineVersion: string, more: PropertyMap = {}) =>
            cloud.update(Store.cluster, id, { ...inputs, engineVersion, ...more }, outputs);
        await to("8.0.mysql_aurora.3.12.0");
        await assert.rejects(
            to("8.0.mysql_aurora.3.08.0"),
            /InvalidParameterCombination: Cannot upgrade aurora-mysql from 8\.0\.mysql_aurora\.3\.10\.4 to/,
        );
        const next = "8.4.mysql_aurora.8.4.7";
        await assert.rejects(to(next), /AllowMajorVersionUpgrade flag must be present/);
        await assert.rejects(
            to(next, { allowMajorVersionUpgrade: true }),
            /explicitly specify a new DB instance param/,
        );
        const family = "aurora-mysql8.0";
        const old = await cloud.make(Store.instanceParameters, { family });
        const upgrade = { allowMajorVersionUpgrade: true, dbInstanceParameterGroupName: old };
        await assert.rejects(
            to(next, upgrade),
            /Please use a Parameter Group with DBParameterGroupFamily aurora-mysql8\.4/,
        );
        const group = await cloud.make(Store.instanceParameters, { family: "aurora-mysql8.4" });
        await to(next, { ...upgrade, dbInstanceParameterGroupName: group });
    });

    it("are held to days and windows", async () => {
        await limits(
            [
                { backupRetentionPeriod: 35, preferredBackupWindow: "23:45-00:15" },
                { preferredBackupWindow: "02:00-03:00", preferredMaintenanceWindow: "Sun:03:00-Sun:03:30" },
            ],
            [
                [{ backupRetentionPeriod: 0 }, /Invalid backup retention period: 0/],
                [{ backupRetentionPeriod: 36 }, /between 1 and 35/],
                [{ preferredBackupWindow: "02:00-02:29" }, /backup window must be at least 30 minutes/],
                [{ preferredMaintenanceWindow: "sun:02:00-sun:02:29" }, /maintenance window must be at least 30/],
                [
                    { preferredBackupWindow: "02:00-03:00", preferredMaintenanceWindow: "sun:02:59-sun:04:00" },
                    /The backup window and maintenance window must not overlap/,
                ],
            ],
        );
        assert.match(await problems({ preferredBackupWindow: "2-3" }), /must satisfy the format of "hh24:mi-hh24:mi"/);
        assert.match(await problems({ preferredMaintenanceWindow: "02:00-03:00" }), /"ddd:hh24:mi-ddd:hh24:mi"/);
    });

    it("scale in half units between 0 and 256", async () => {
        const scaling = (minCapacity: number, maxCapacity: number) => ({
            serverlessv2ScalingConfiguration: { minCapacity, maxCapacity },
        });
        await limits(
            [scaling(0, 1), scaling(0.5, 256)],
            [
                [scaling(0.25, 1), /multiple of 0\.5/],
                [scaling(4, 2), /maximum capacity must be greater/],
            ],
        );
        assert.match(await problems(scaling(0, 0.5)), /maxCapacity: must be in the range \(1 - 256\)/);
        assert.match(await problems(scaling(0, 257)), /maxCapacity: must be in the range/);
    });

    it("are encrypted with a key that is there", async () => {
        const kmsKeyId = "arn:aws:kms:eu-west-1:123456789012:key/gone";
        await limits(
            [{}],
            [
                [{ kmsKeyId }, /KMSKeyNotAccessibleFault: The specified KMS key \[arn:aws:kms:.*gone\] does not exist/],
                [{ storageEncrypted: false }, /KmsKeyId can only be specified for an encrypted/],
            ],
        );
    });

    it("lie in a subnet group that is there, with security groups of its VPC", async () => {
        const vpcId = await cloud.vpc("10.1.0.0/16");
        const stranger = await cloud.make(Ec2.securityGroup, { vpcId });
        await limits(
            [],
            [
                [{ dbSubnetGroupName: "gone" }, /DBSubnetGroupNotFoundFault: DB subnet group 'gone' does not exist/],
                [{ vpcSecurityGroupIds: ["sg-gone"] }, /InvalidGroup\.NotFound: .*'sg-gone'/],
                [{ vpcSecurityGroupIds: [stranger] }, /EC2 security group are in different VPCs/],
            ],
        );
    });

    it("take parameter groups of their family, or the default ones", async () => {
        const own = await cloud.make(Store.clusterParameters, { family: "aurora-mysql8.0" });
        const old = await cloud.make(Store.clusterParameters, { family: "aurora-mysql5.7" });
        await limits(
            [{ dbClusterParameterGroupName: own }, { dbClusterParameterGroupName: "default.aurora-mysql8.0" }],
            [
                [{ dbClusterParameterGroupName: old }, /DBParameterGroupFamily aurora-mysql5\.7 cannot be used/],
                [{ dbClusterParameterGroupName: "gone" }, /DBClusterParameterGroupNotFound: .*: gone/],
                [
                    { dbInstanceParameterGroupName: "gone" },
                    /DBParameterGroupNotFound: DBParameterGroup not found: gone/,
                ],
            ],
        );
    });

    it("are replaced for what the provider cannot change, but not for a snapshot that is no longer named", async () => {
        const model = aws.resources.find(({ token }) => token === Store.cluster);
        const property = (name: string) => cloud.changes(Store.cluster, { [name]: "a" }, { [name]: "b" });
        const replacing = [];
        for (const name of Object.keys(model?.inputs ?? {})) {
            replacing.push(...(await property(name)).filter((path) => path.startsWith("!")));
        }
        assert.deepEqual(
            replacing.map((path) => path.slice(1)),
            [
                "availabilityZones",
                "clusterIdentifier",
                "clusterIdentifierPrefix",
                "databaseName",
                "dbSubnetGroupName",
                "engine",
                "engineMode",
                "kmsKeyId",
                "masterUsername",
                "region",
                "snapshotIdentifier",
                "storageEncrypted",
            ],
        );
        assert.deepEqual(await cloud.changes(Store.cluster, { snapshotIdentifier: "a" }, {}), []);
        assert.deepEqual(await cloud.changes(Store.cluster, {}, { snapshotIdentifier: "a" }), ["!snapshotIdentifier"]);
    });

    it("cannot be deleted while protected or inhabited", async () => {
        const { id, outputs } = await make({ deletionProtection: true });
        const refused =
            /^Error: InvalidParameterCombination: Cannot delete protected Cluster, please disable deletion protection and try again\.$/;
        await assert.rejects(cloud.delete(Store.cluster, id), refused);
        await cloud.update(Store.cluster, id, { ...inputs, deletionProtection: false }, outputs);
        const member = await cloud.make(Store.instance, { ...instance, clusterIdentifier: id });
        await assert.rejects(cloud.delete(Store.cluster, id), /still contains DB instances in non-deleting state/);
        await cloud.delete(Store.instance, member);
        await cloud.delete(Store.cluster, id);
        assert.deepEqual(cloud.left(Store.snapshot), []);
    });

    it("leave a last snapshot of a new name, from which another can start", async () => {
        const { id } = await make({ skipFinalSnapshot: false, finalSnapshotIdentifier: "last" });
        await cloud.delete(Store.cluster, id);
        assert.deepEqual(cloud.left(Store.snapshot), ["last"]);
        const arn = "arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:last";
        await limits(
            [{ snapshotIdentifier: "last" }, { snapshotIdentifier: arn }],
            [[{ snapshotIdentifier: "gone" }, /DBClusterSnapshotNotFoundFault: DBClusterSnapshot not found: gone/]],
        );
        const again = await make({ skipFinalSnapshot: false, finalSnapshotIdentifier: "last" });
        await assert.rejects(
            cloud.delete(Store.cluster, again.id),
            /DBClusterSnapshotAlreadyExistsFault: .*identifier last already exists/,
        );
        const nameless = await make({ skipFinalSnapshot: false });
        await assert.rejects(cloud.delete(Store.cluster, nameless.id), /final_snapshot_identifier is required/);
        for (const name of ["a--b", "a-", "a_b"]) {
            assert.match(
                await problems({ finalSnapshotIdentifier: name }),
                /^finalSnapshotIdentifier: must have/,
                name,
            );
        }
    });

    it("hold their security group, subnets and groups", async () => {
        const dbClusterParameterGroupName = await cloud.make(Store.clusterParameters, { family: "aurora-mysql8.0" });
        const { id } = await make({ dbClusterParameterGroupName });
        const [securityGroupId] = inputs["vpcSecurityGroupIds"] as string[];
        const [subnetId] = cloud.left(Ec2.subnet);
        const groupId = textOf(inputs["dbSubnetGroupName"]);
        await assert.rejects(cloud.delete(Ec2.securityGroup, securityGroupId), /DependencyViolation/);
        await assert.rejects(cloud.delete(Ec2.subnet, subnetId), /DependencyViolation/);
        await assert.rejects(
            cloud.delete(Store.subnets, groupId),
            /InvalidDBSubnetGroupStateFault: .* because at least one database cluster: tf-.* is still using it/,
        );
        await assert.rejects(
            cloud.delete(Store.clusterParameters, dbClusterParameterGroupName),
            /InvalidDBParameterGroupState: .*so the group cannot be deleted/,
        );
        await cloud.delete(Store.cluster, id);
        await cloud.delete(Store.clusterParameters, dbClusterParameterGroupName);
        await cloud.delete(Store.subnets, groupId);
        await cloud.delete(Ec2.subnet, subnetId);
    });
});
