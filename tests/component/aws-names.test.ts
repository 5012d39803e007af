import assert from "node:assert/strict";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { aws } from "../../sandbox/clouds/aws";
import { AwsDeployments, EveryRoleName } from "../support/aws-args";
import { recordedOnAws } from "../support/aws-recording";
import type { RegisteredResource } from "../support/graph";

const { production } = AwsDeployments;
const account = "123456789012";
const keyArn = (id: string) => `arn:aws:kms:us-east-1:${account}:key/${id}`;
const named = (name: string) => ({ name, description: `Taken over: ${name}` });

/** Whatever has a name has the one that is given here. */
const everything: WandbDeploymentArgs = {
    ...production,
    aws: {
        ...production.aws,
        network: {
            interfaceEndpoints: ["sts"],
            endpointSecurityGroup: named("endpoints"),
            flowLogs: { logGroupName: "/acme/flows" },
        },
        key: { alias: "alias/acme", performanceInsightsKeyArn: keyArn("insights"), cacheKeyArn: keyArn("cache") },
        cluster: {
            name: "acme",
            roleName: "acme-cluster",
            nodes: {
                roleName: "acme-nodes",
                groupNames: ["first", "second", "third"],
                launchTemplateName: "acme-nodes",
            },
        },
        database: {
            identifier: "acme",
            instanceIdentifiers: ["acme-1", "acme-2"],
            instanceZones: ["us-east-1b", "us-east-1b"],
            subnetGroupName: "acme-database",
            securityGroup: named("database"),
            clusterParameterGroup: named("acme-cluster-parameters"),
            instanceParameterGroup: named("acme-instance-parameters"),
            finalSnapshotIdentifier: "acme-last",
            monitoringIntervalSeconds: 60,
        },
        cache: {
            replicationGroupId: "acme",
            subnetGroupName: "acme-cache",
            securityGroup: named("cache"),
            parameters: { timeout: "60" },
            parameterGroup: named("acme-cache-parameters"),
        },
        bucket: {
            name: "acme-files",
            eventQueue: true,
            eventQueueName: "acme-events",
            replication: { bucketArn: "arn:aws:s3:::copies", kmsKeyArn: keyArn("copies") },
        },
        identity: {
            roleName: "acme-app",
            roleNames: EveryRoleName,
        },
        dns: { ...production.aws.dns, externalDns: true },
        privateLink: {
            allowedAccountIds: ["210987654321"],
            loadBalancerName: "acme-balancer",
            targetGroupName: "acme-targets",
            securityGroup: named("private-link"),
        },
        clickHouse: {
            endpointServiceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0",
            securityGroup: named("clickhouse"),
            key: true,
            keyPrincipalArn: `arn:aws:iam::${account}:role/clickhouse`,
            keyAlias: "alias/acme-clickhouse",
        },
        monitoring: { cloudWatchExporter: true },
    },
};

/** What is made with a name or a description, and its inputs that are given. */
const expected: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    "endpoints-security-group": named("endpoints"),
    "nodes-a": { nodeGroupName: "first" },
    "nodes-b": { nodeGroupName: "second" },
    "nodes-c": { nodeGroupName: "third" },
    "nodes-template": { name: "acme-nodes" },
    "database-security-group": named("database"),
    "database-cluster-parameters": named("acme-cluster-parameters"),
    "database-instance-parameters": named("acme-instance-parameters"),
    "database-cluster": { finalSnapshotIdentifier: "acme-last", skipFinalSnapshot: false },
    "database-a": {
        identifier: "acme-1",
        availabilityZone: "us-east-1b",
        performanceInsightsKmsKeyId: keyArn("insights"),
    },
    "cache-security-group": named("cache"),
    "cache-parameters": named("acme-cache-parameters"),
    cache: { replicationGroupId: "acme", kmsKeyId: keyArn("cache") },
    "bucket-events": { name: "acme-events" },
    "private-link-balancer": { name: "acme-balancer", namePrefix: undefined },
    "private-link-target-group": { name: "acme-targets", namePrefix: undefined },
    "private-link-security-group": named("private-link"),
    "click-house-security-group": named("clickhouse"),
};

/** In use by what stays, so they go after their successors. */
const inUse = Object.keys(expected).filter(
    (name) => !["database-cluster", "database-a", "cache", "bucket-events"].includes(name),
);

/** Types whose names the provider makes from a prefix, so that their row has no rule for a made name. */
const byPrefix: Readonly<Record<string, string>> = {
    "aws:kms/alias:Alias": "name",
    "aws:lb/loadBalancer:LoadBalancer": "name",
    "aws:lb/targetGroup:TargetGroup": "name",
    "aws:rds/cluster:Cluster": "clusterIdentifier",
    "aws:rds/clusterInstance:ClusterInstance": "identifier",
};

/** Named within a role, where no other program makes any: what they are called is seen nowhere else. */
const ofRoles = "aws:iam/rolePolicy:RolePolicy";

function nameProperty(type: string): string | undefined {
    return byPrefix[type] ?? aws.resources.find(({ token }) => token === type)?.name?.property;
}

describe("names on AWS", () => {
    let resources: readonly RegisteredResource[];
    const byName = (name: string) => {
        const [found, ...more] = resources.filter((one) => one.name === `demo-${name}` && one.type.startsWith("aws:"));
        assert.deepEqual(more, []);
        return found;
    };
    before(async () => {
        resources = await recordedOnAws(everything);
    });

    it("are those that are given, wherever AWS has a name", () => {
        const made = resources.filter(({ type }) => nameProperty(type) !== undefined && type !== ofRoles);
        assert.ok(made.length > 40, `${made.length} have a name`);
        const unnamed = made.filter(({ type, inputs }) => inputs[nameProperty(type) ?? ""] === undefined);
        assert.deepEqual(
            unnamed.map(({ name }) => name),
            [],
        );
    });

    for (const [name, inputs] of Object.entries(expected)) {
        it(`reach ${name}`, () => {
            const given = byName(name).inputs;
            assert.deepEqual(
                Object.fromEntries(Object.keys(inputs).map((property) => [property, given[property]])),
                inputs,
            );
        });
    }

    it("leave nothing over of a random end for the last snapshot", () => {
        assert.deepEqual(
            resources.filter(({ name }) => name.endsWith("final-snapshot")),
            [],
        );
    });

    it("let what is in use go after its successor, for which the provider would take it away first", () => {
        const first = inUse.filter((name) => byName(name).deleteBeforeReplace !== false);
        assert.deepEqual(first, []);
    });

    it("are left to the provider by default, and so is what goes first", async () => {
        const { aws: given } = everything;
        const bare = await recordedOnAws({
            ...everything,
            aws: {
                ...given,
                network: { interfaceEndpoints: ["sts"] },
                cluster: {},
                database: {},
                cache: { parameters: { timeout: "60" } },
                privateLink: { allowedAccountIds: ["210987654321"] },
                clickHouse: { endpointServiceName: given?.clickHouse?.endpointServiceName },
            },
        });
        for (const name of inUse) {
            const found = bare.find((one) => one.name === `demo-${name}`);
            assert.ok(found, name);
            const property = nameProperty(found.type) ?? "";
            assert.deepEqual([found.inputs[property], found.deleteBeforeReplace], [undefined, undefined], name);
        }
    });
});
