/** Names and descriptions that are given to what is made on AWS, and keys beside the deployment's own. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { validate } from "../../sdk/validate";
import { validAwsArguments } from "../support/accepted-aws-arguments";
import { changed, type Changes } from "../support/bad-arguments";

function problems(changes: Changes): string[] {
    const args = changed(validAwsArguments(), changes);
    return validate("wandb", args as never, { hasKubernetesProvider: false }).map(
        ({ propertyPath, reason }) => `${propertyPath}: ${reason}`,
    );
}

const later = pulumi.output("Not looked at!");
const key = "arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012";
const database = (given: object) => ({ "aws.database": given });
const cache = (given: object) => ({ "aws.cache": given });
const nodes = (given: object, network: object = {}) => ({ "aws.cluster": { nodes: given }, "aws.network": network });
const link = (given: object) => ({ "aws.privateLink": { allowedAccountIds: ["210987654321"], ...given } });
const endpointServiceName = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0";
const subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
const existing = { vpcId: "vpc-0123456789abcdef0", privateSubnetIds: subnets };
const internal = { "aws.loadBalancer": { scheme: "internal" } };
const group = (given: object) => database({ securityGroup: given });
const parameterGroup = (name: string) => database({ clusterParameterGroup: { name } });

const accepted: Readonly<Record<string, Changes>> = {
    "a security group with all characters": group({ name: "W 0._-:/()#,@[]+=&;{}!$*", description: "a".repeat(255) }),
    "a description alone": group({ description: "managed by terraform" }),
    "one name for parameter groups of cluster and instances": database({
        clusterParameterGroup: { name: `a${"-b".repeat(127)}` },
        instanceParameterGroup: { name: `a${"-b".repeat(127)}`, description: `Größe ${"x".repeat(249)}` },
    }),
    "a last snapshot": database({ finalSnapshotIdentifier: `W${"a".repeat(254)}`, snapshotIdentifier: "before" }),
    "two instances in one zone": database({ instanceZones: ["us-gov-west-1b", "us-gov-west-1b"] }),
    "a cache's parameter group": cache({ parameters: { timeout: "60" }, parameterGroup: { name: "wandb-redis7" } }),
    "node groups in three zones": nodes({ groupNames: [`0${"_".repeat(62)}`, "b-1", "c"] }),
    "node groups in two zones": nodes({ groupNames: ["ng-0", "ng-1"] }, { zoneCount: 2 }),
    "node groups in zones by name": nodes({ groupNames: ["a", "b"] }, { zones: ["eu-west-1a", "eu-west-1b"] }),
    "node groups in subnets of one's own": { ...nodes({ groupNames: ["a", "b"] }, { existing }), ...internal },
    "a launch template": nodes({ launchTemplateName: "(w).-/_" }),
    "names of PrivateLink": link({
        loadBalancerName: "w",
        targetGroupName: "a".repeat(32),
        securityGroup: { name: "n" },
    }),
    "a queue": { "aws.bucket": { eventQueue: true, eventQueueName: `_-${"9".repeat(78)}` } },
    "a group of endpoints in a network of one's own": {
        "aws.network": { existing, interfaceEndpoints: ["sts"], endpointSecurityGroup: { name: "endpoints" } },
        ...internal,
    },
    "keys of their own": { "aws.key": { performanceInsightsKeyArn: key, cacheKeyArn: key } },
    "a key for Performance Insights of some days": {
        "aws.key": { performanceInsightsKeyArn: key },
        "aws.database": { performanceInsightsDays: 31 },
    },
    "names that are not known yet": {
        ...group({ name: later, description: later }),
        ...nodes({ groupNames: [later, later, "c"], launchTemplateName: later }),
        ...link({ loadBalancerName: later }),
    },
};

/** Arguments and the one problem that follows. */
const refused: readonly (readonly [string, Changes, RegExp])[] = [
    [
        "a group called as an id",
        group({ name: "SG-1" }),
        /^aws\.database\.securityGroup\.name: is a name that EC2 keeps/,
    ],
    ["the default group", group({ name: "Default" }), /securityGroup\.name: is a name that EC2 keeps/],
    ["a group with umlauts", group({ name: "Größe" }), /is not a name of a security group \("Größe" given\)/],
    ["a long group", group({ name: "a".repeat(256) }), /is not a name of a security group/],
    [
        "a description with a quote",
        group({ description: "W&B's" }),
        /^aws\.database\.securityGroup\.description: is not/,
    ],
    [
        "two groups of one name",
        { ...group({ name: "Stores" }), ...cache({ securityGroup: { name: "stores" } }) },
        /^aws\.cache\.securityGroup\.name: is that of `aws\.database\.securityGroup\.name` too \("stores" given\)/,
    ],
    [
        "an upper-case parameter group",
        parameterGroup("Wandb"),
        /^aws\.database\.clusterParameterGroup\.name: is not a name/,
    ],
    ["a parameter group with two hyphens", parameterGroup("a--b"), /no two in a row/],
    ["a parameter group that ends with a hyphen", parameterGroup("a-"), /no hyphen last/],
    ["a parameter group with a digit first", parameterGroup("1a"), /a letter first/],
    ["a default parameter group", parameterGroup("default.aurora-mysql8.0"), /is not a name of a parameter group/],
    [
        "a long description of a parameter group",
        database({ instanceParameterGroup: { description: "a".repeat(256) } }),
        /^aws\.database\.instanceParameterGroup\.description: has 256 characters, and AWS takes at most 255/,
    ],
    [
        "an automatic snapshot's name for the last one",
        database({ finalSnapshotIdentifier: "rds:last" }),
        /^aws\.database\.finalSnapshotIdentifier: is not a name of a snapshot \("rds:last" given\)/,
    ],
    [
        "the first snapshot for the last one",
        database({ finalSnapshotIdentifier: "before", snapshotIdentifier: "before" }),
        /finalSnapshotIdentifier: is the snapshot that the database starts from/,
    ],
    [
        "a name of a snapshot that is not made",
        database({ finalSnapshotIdentifier: "last", finalSnapshot: false }),
        /finalSnapshotIdentifier: has no effect, because `finalSnapshot` is false/,
    ],
    [
        "too few zones for the instances",
        database({ readers: 2, instanceZones: ["eu-west-1a", "eu-west-1b"] }),
        /^aws\.database\.instanceZones: has 2 entries, but there are 3 instances/,
    ],
    [
        "a zone's id for an instance",
        database({ instanceZones: ["euw1-az1", "eu-west-1b"] }),
        /^aws\.database\.instanceZones\[0\]: is not the name of an availability zone \("euw1-az1" given\)/,
    ],
    [
        "a parameter group that is not made",
        cache({ parameterGroup: { name: "a" } }),
        /^aws\.cache\.parameterGroup: has no effect without `parameters`/,
    ],
    [
        "a cache's parameter group with a dot",
        cache({ parameters: { timeout: "60" }, parameterGroup: { name: "wandb.redis7" } }),
        /^aws\.cache\.parameterGroup\.name: is not a name of a parameter group/,
    ],
    [
        "node groups with a dot",
        nodes({ groupNames: ["a", "b.1", "c"] }),
        /groupNames\[1\]: is not a name of a node group/,
    ],
    ["long node groups", nodes({ groupNames: ["a", "b", "c".repeat(64)] }), /groupNames\[2\]: .*1 to 63/],
    [
        "one node group twice",
        nodes({ groupNames: ["a", "b", "a"] }),
        /groupNames\[2\]: is there twice .*each group its own/,
    ],
    [
        "too few node groups",
        nodes({ groupNames: ["a", "b"] }),
        /groupNames: has 2 entries, but there are 3 private subnets/,
    ],
    [
        "too many node groups for the subnets",
        { ...nodes({ groupNames: ["a", "b", "c"] }, { existing }), ...internal },
        /groupNames: has 3 entries, but there are 2 private subnets/,
    ],
    [
        "a short launch template",
        nodes({ launchTemplateName: "ab" }),
        /launchTemplateName: is not a name of a launch template/,
    ],
    [
        "an underscore in a balancer",
        link({ loadBalancerName: "a_b" }),
        /loadBalancerName: is not a name of a load balancer/,
    ],
    ["an internal balancer", link({ loadBalancerName: "internal-a" }), /loadBalancerName: .*no internal-/],
    [
        "a long target group",
        link({ targetGroupName: "a".repeat(33) }),
        /targetGroupName: is not a name of a target group/,
    ],
    [
        "a hyphen at the end of a target group",
        link({ targetGroupName: "a-" }),
        /targetGroupName: .*no hyphen at the ends/,
    ],
    [
        "one name for two load balancers",
        { ...link({ loadBalancerName: "wandb" }), "aws.loadBalancer": { name: "wandb" } },
        /^aws\.privateLink\.loadBalancerName: is that of `aws\.loadBalancer\.name` too/,
    ],
    [
        "a queue that keeps the order",
        { "aws.bucket": { eventQueue: true, eventQueueName: "events.fifo" } },
        /^aws\.bucket\.eventQueueName: is not a name of an SQS queue/,
    ],
    [
        "a name of no queue",
        { "aws.bucket": { eventQueueName: "events" } },
        /^aws\.bucket\.eventQueueName: has no effect, because `aws\.bucket\.eventQueue` is not true/,
    ],
    [
        "a group of no endpoints",
        { "aws.network": { interfaceEndpoints: [], endpointSecurityGroup: {} } },
        /^aws\.network\.endpointSecurityGroup: has no effect without `aws\.network\.interfaceEndpoints`/,
    ],
    [
        "a group of no endpoint of ClickHouse",
        { "aws.clickHouse": { key: true, keyPrincipalArn: "arn:aws:iam::576599896960:role/a", securityGroup: {} } },
        /^aws\.clickHouse\.securityGroup: has no effect without `aws\.clickHouse\.endpointServiceName`/,
    ],
    [
        "a wrong description of ClickHouse's group",
        { "aws.clickHouse": { endpointServiceName, securityGroup: { description: "a|b" } } },
        /^aws\.clickHouse\.securityGroup\.description: is not a description/,
    ],
    ["an alias for the cache's key", { "aws.key": { cacheKeyArn: "alias/a" } }, /^aws\.key\.cacheKeyArn: is an alias/],
    [
        "a key for no Performance Insights",
        { "aws.key": { performanceInsightsKeyArn: key }, "aws.database": { performanceInsightsDays: 0 } },
        /^aws\.key\.performanceInsightsKeyArn: is given, but `aws\.database\.performanceInsightsDays` is 0/,
    ],
    [
        "a key for Performance Insights of a database that is not made",
        {
            "aws.key": { performanceInsightsKeyArn: key },
            database: { host: "db.example.com", password: "db-password" },
        },
        /^aws\.key\.performanceInsightsKeyArn: is given, but `database` names another one/,
    ],
    [
        "a key for a cache that is not made",
        { "aws.key": { cacheKeyArn: key }, redis: { host: "redis.example.com", tls: true } },
        /^aws\.key\.cacheKeyArn: is given, but `redis` names another one/,
    ],
    [
        "a key for a database that is not made beside that of the cache",
        {
            "aws.key": { cacheKeyArn: key, databaseKeyArn: key },
            database: { host: "db.example.com", password: "db-password" },
        },
        /^aws\.key\.databaseKeyArn: is given, but `database` names another one and the cache has `aws\.key\.cacheKeyArn`/,
    ],
];

describe("names that are given on AWS", () => {
    for (const [what, changes] of Object.entries(accepted)) {
        it(`take ${what}`, () => assert.deepEqual(problems(changes), []));
    }

    for (const [what, changes, expected] of refused) {
        it(`refuse ${what}`, () => {
            const found = problems(changes);
            assert.equal(found.length, 1, found.join("\n"));
            assert.match(found[0], expected);
        });
    }
});
