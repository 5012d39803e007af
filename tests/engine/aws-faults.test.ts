/** A sample of the faults on AWS, drawn by a seed: `npm run test:faults` runs them all. */
import assert from "node:assert/strict";
import { createClient } from "../../sandbox/operator/controller/kube";
import { AwsProgram } from "../support/aws-faults";
import {
    assertConverged,
    assertGone,
    Changes,
    failEach,
    killInInstallation,
    NeverUpdated,
    seed,
    shuffled,
    up,
} from "../support/aws-faults-cases";
import { KilledRun } from "../support/killed-run";
import { toolchainTimeoutMs } from "../support/scratch-program";

/** Of the types that every deployment has: drawn before there is one. */
const Types = [
    "aws:acm/certificate:Certificate",
    "aws:ec2/natGateway:NatGateway",
    "aws:ec2/subnet:Subnet",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "aws:eks/addon:Addon",
    "aws:eks/cluster:Cluster",
    "aws:eks/nodeGroup:NodeGroup",
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "aws:iam/role:Role",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:kms/key:Key",
    "aws:rds/cluster:Cluster",
    "aws:rds/clusterInstance:ClusterInstance",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
];

const drawn = (word: string) =>
    shuffled(`${seed} ${word}`, Types)
        .filter((type) => word !== "update" || !NeverUpdated.includes(type))
        .slice(0, 3)
        .sort();

describe(`a deployment on AWS with faults, seed ${seed}`, function () {
    this.timeout(5 * 60_000);
    let aws: AwsProgram;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        aws = await AwsProgram.create(0.002);
    });

    after(() => aws.remove());

    it("loses nothing when it is killed among creations", async () => {
        const run = KilledRun.start(aws.program, ...up);
        await run.did("created", 12);
        await run.kill();
        await aws.adopt(await aws.unlock());
        assert.deepEqual(aws.discrepancies(), []);
    });

    it("converges after creations have failed", async () => {
        const { types } = await failEach(aws, "up", "create", drawn("create"));
        assert.deepEqual(types, drawn("create"), "each fault has hit");
        assert.deepEqual(aws.discrepancies(), []);
    });

    it("goes on by itself with a controller whose installation was cut off, and after updates have failed", async () => {
        const client = createClient(aws.instance.controlPlane.kubeconfigPath);
        const more = aws.withExternalDns();
        aws.change(more);
        await killInInstallation(aws, client, ["external-dns"], "pending-install");
        // Without faults: a run that fails meanwhile ends before the engine has printed all that it was told.
        const said = await aws.up();
        assert.ok(said.includes("removed its record sh.helm.release.v1.external-dns.v1 (pending-install)"), said);
        aws.change({ ...Changes, ...more, aws: { ...Changes.aws, ...more.aws } });
        const { types } = await failEach(aws, "up", "update", drawn("update"));
        assert.deepEqual(types, drawn("update"), "each fault has hit");
        await assertConverged(aws);
    });

    it("is gone after deletions have failed", async () => {
        const { types } = await failEach(aws, "destroy", "delete", drawn("delete"));
        assert.deepEqual(types, drawn("delete"), "each fault has hit");
        assertGone(aws);
    });
});
