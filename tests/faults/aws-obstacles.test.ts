/** What stands in the way of a deployment on AWS: names of others, quotas, nodes that do not come up. */
import assert from "node:assert/strict";
import type { Row } from "../../sandbox/clouds/inventory";
import { AwsProgram } from "../support/aws-faults";
import { assertConverged, assertGone, assertReadable } from "../support/faults-cases";
import { toolchainTimeoutMs } from "../support/scratch-program";

interface Obstacle {
    /** What others have; it stands in the way until it is gone. */
    readonly rows: readonly { readonly type: string; readonly id: string; readonly inputs: Row["inputs"] }[];
    /** What the user reads, under the name of the resource. */
    readonly error: RegExp;
}

const five = [1, 2, 3, 4, 5];

const Obstacles: readonly Obstacle[] = [
    {
        rows: five.map((n) => ({
            type: "aws:ec2/vpc:Vpc",
            id: `vpc-0${n}`,
            inputs: { cidrBlock: `172.${15 + n}.0.0/16` },
        })),
        error: /aws:ec2:Vpc \(demo-vpc\):\s+error: VpcLimitExceeded: The maximum number of VPCs has been reached\./,
    },
    {
        rows: five.map((n) => ({
            type: "aws:ec2/eip:Eip",
            id: `eipalloc-0${n}`,
            inputs: { domain: "vpc" },
        })),
        error: /aws:ec2:Eip \(demo-nat-address-[abc]\):\s+error: AddressLimitExceeded: The maximum number of addresses has been reached\./,
    },
    {
        rows: [{ type: "aws:s3/bucket:Bucket", id: "taken-files", inputs: { bucket: "taken-files" } }],
        error: /aws:s3:Bucket \(demo-bucket\):\s+error: BucketAlreadyExists: .* Please select a different name and try again\./,
    },
    {
        rows: [
            {
                type: "aws:kms/alias:Alias",
                id: "alias/taken",
                inputs: { name: "alias/taken", targetKeyId: "other" },
            },
        ],
        error: /aws:kms:Alias \(demo-key-alias\):\s+error: AlreadyExistsException: An alias with the name \S+alias\/taken already exists/,
    },
    {
        rows: [{ type: "aws:eks/cluster:Cluster", id: "taken", inputs: { name: "taken" } }],
        error: /aws:eks:Cluster \(demo-cluster\):\s+error: ResourceInUseException: Cluster already exists with name: taken/,
    },
    {
        rows: [{ type: "aws:iam/role:Role", id: "taken-role", inputs: { name: "taken-role" } }],
        error: /aws:iam:Role \(demo-app-role\):\s+error: EntityAlreadyExists: Role with name taken-role already exists\./,
    },
];

describe("obstacles on AWS", function () {
    this.timeout(5 * 60_000);
    let aws: AwsProgram;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        aws = await AwsProgram.create();
        aws.change({
            aws: {
                bucket: { name: "taken-files" },
                key: { alias: "alias/taken" },
                cluster: { name: "taken" },
                identity: { roleName: "taken-role" },
            },
        });
    });

    after(() => aws.remove());

    it("names the resource when a name is taken or a quota reached, takes nothing over, and goes on once there is room", async () => {
        for (const row of Obstacles.flatMap(({ rows }) => rows)) {
            // By region and account a quota knows whom it counts; only the alias is known by all of its ARN.
            await aws.inventory.plant({
                ...row,
                outputs: { arn: `arn:aws:kms:us-east-1:123456789012:${row.id}`, name: row.id },
            });
        }
        let left = Obstacles;
        while (left.length > 0) {
            const { code, output } = await aws.run("up");
            assert.notEqual(code, 0, `nothing was in the way of: ${left.map(({ error }) => error).join("\n")}`);
            const met = left.filter(({ error }) => error.test(output));
            assert.notEqual(met.length, 0, `none of what is left is named:\n${output}`);
            assertReadable(output);
            assert.deepEqual(aws.discrepancies(), []);
            left = left.filter((obstacle) => !met.includes(obstacle));
            await aws.inventory.change((change) => {
                for (const { type, id, inputs } of met.flatMap(({ rows }) => rows)) {
                    assert.deepEqual(change.get(type, id)?.inputs, inputs);
                    change.remove(type, id);
                }
            });
        }
        await aws.up();
        await assertConverged(aws);
        await aws.destroy();
        assertGone(aws);
    });

    it("goes on after a node group that did not become active", async () => {
        aws.change();
        const message =
            "waiting for EKS Node Group create: unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'. last error: " +
            "NodeCreationFailure: Instances failed to join the kubernetes cluster";
        await aws.faults([{ type: "aws:eks/nodeGroup:NodeGroup", operation: "create", kind: "partial", message }]);
        const output = await aws.failedUp();
        assert.match(output, /aws:eks:NodeGroup \(demo-nodes-[abc]\):\s+error: .*CREATE_FAILED.*failed to join/s);
        assert.deepEqual(aws.discrepancies(), [], "it is known to the state, so that nobody makes it twice");
        await aws.up();
        await assertConverged(aws);
        await aws.destroy();
        assertGone(aws);
    });
});
