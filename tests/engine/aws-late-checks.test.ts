/** Arguments on AWS whose values turn out to be wrong while the engine runs. */
import assert from "node:assert/strict";
import { Zone } from "../support/aws-account";
import { AwsWorld } from "../support/aws-world";
import { Canary, canaryLicense, findCanary } from "../support/canary";
import { LaterPrefix, SecretPrefix } from "../support/deployment";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

describe("wrong values that are known late, on AWS, on the engine", function () {
    this.timeout(engineTimeoutMs);
    let world: AwsWorld;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        world = await AwsWorld.create({
            host: "wandb.example.com",
            license: `${SecretPrefix}${canaryLicense()}`,
            access: { cidrs: ["203.0.113.0/24"] },
            aws: {
                dns: { zoneId: Zone.id },
                bucket: { name: `${LaterPrefix}Wrong_Name` },
                database: { identifier: `${LaterPrefix}-wandb` },
                cache: { authToken: `${SecretPrefix}${Canary}/Cache` },
            },
        });
    });
    after(() => world.remove());

    it("fail the run with one message each, without a stack, and what needs them is not made", async () => {
        const output = await world.program.fail("up", "--yes", "--skip-preview");
        for (const message of [
            'aws.bucket.name: is not a name of an S3 bucket ("Wrong_Name" given).',
            'aws.database.identifier: is not an identifier of RDS ("-wandb" given).',
            "aws.cache.authToken: holds a character",
        ]) {
            // Once where it happens, and once in the summary.
            assert.equal(output.split(message).length - 1, 2, `${message} in\n${output}`);
        }
        // Another error of the same run: nobody made the zone.
        assert.match(output, /aws\.dns\.zoneId: cannot be read/);
        assert.doesNotMatch(output, /error serializing|\n\s+at .*:\d+/);
        assert.deepEqual(findCanary(output), []);
        assert.match(output, /aws:ec2:Vpc wandb-vpc created/);
        assert.doesNotMatch(output, /aws:(s3:Bucket|rds:Cluster|elasticache:ReplicationGroup) /);
    });
});
