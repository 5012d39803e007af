/** A sample of the faults on AWS, drawn by a seed: `npm run test:faults` runs them all. */
import assert from "node:assert/strict";
import { createClient } from "../../sandbox/operator/controller/kube";
import { AwsProgram } from "../support/aws-faults";
import { killInInstallation } from "../support/aws-faults-cases";
import { Everything, ExtraTypes, NeverUpdated, QueuePolicy } from "../support/aws-faults-sets";
import { assertConverged, assertGone, failEach, seed, shuffled, up } from "../support/faults-cases";
import { KilledRun } from "../support/killed-run";
import { toolchainTimeoutMs } from "../support/scratch-program";

/** Of the types that every deployment has. */
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

/** Some of these types, of both kinds. */
function drawn(word: string, isLeft: (type: string) => boolean = () => true): string[] {
    const draw = (types: readonly string[], count: number) =>
        shuffled(`${seed} ${word}`, types).filter(isLeft).slice(0, count);
    return [...draw(Types, 2), ...draw(ExtraTypes, 2)].sort();
}

describe(`a deployment on AWS with faults, seed ${seed}`, function () {
    this.timeout(5 * 60_000);
    let aws: AwsProgram;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        aws = await AwsProgram.create(0.002, Everything);
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
        // What is there may be made already, all of its type.
        const made = aws.types();
        const some = drawn("create", (type) => !made.includes(type));
        const { types } = await failEach(aws, "up", "create", some);
        assert.deepEqual(types, some, "each fault has hit");
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
        aws.change(Everything.changes, more);
        const some = drawn("update", (type) => !(type in NeverUpdated) && type !== QueuePolicy);
        const { types } = await failEach(aws, "up", "update", some);
        assert.deepEqual(types, some, "each fault has hit");
        await assertConverged(aws);
    });

    it("is gone after deletions have failed", async () => {
        const some = drawn("delete");
        const { types } = await failEach(aws, "destroy", "delete", some);
        assert.deepEqual(types, some, "each fault has hit");
        assertGone(aws);
    });
});
