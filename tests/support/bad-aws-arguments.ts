import { bad, type BadArguments, type Changes } from "./bad-arguments/row";
import { validKubeconfig } from "./bad-arguments/valid";

const account = "123456789012";
const key = `arn:aws:kms:eu-west-1:${account}:key/12345678-1234-1234-1234-123456789012`;
const certificateArn = `arn:aws:acm:eu-west-1:${account}:certificate/12345678-1234-1234-1234-123456789012`;
const network = {
    vpcId: "vpc-0123456789abcdef0",
    privateSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    loadBalancerSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
};

/**
 * A row over the valid arguments of AWS. Each part of `aws` counts as an argument of its own.
 *
 * @param reads arguments, or parts of `aws`, that the mistake depends on beside those it changes
 */
function badAws(path: string, mustSay: RegExp, changes: Changes, reads: string[] = []): BadArguments {
    const touches = new Set([...Object.keys(changes), path, ...reads].map(partOf));
    return { ...bad(path, mustSay, changes), touches: [...touches] };
}

/** `aws.dns.zoneId` -> `aws.dns`, `access.cidrs[0]` -> `access` */
function partOf(path: string): string {
    return /^(aws\.)?[^.[]+/.exec(path)?.[0] ?? path;
}

/** What has no safe default and must be said, with the choices. */
const decisions = [
    badAws(
        "access",
        /who may reach the API server .*`access: \{ cidrs: \["203.0.113.7\/32"\] \}`.*`access: \{ private: true \}`/,
        { access: undefined },
        ["aws.cluster"],
    ),
    badAws("access", /says nothing\. Give `access: \{ cidrs/, { access: {} }),
    badAws("access", /says nothing/, { access: { private: false } }),
    badAws("access.cidrs", /is empty, which AWS would take for everybody/, { access: { cidrs: [] } }),
    badAws("access.cidrs[0]", /is everybody \("0.0.0.0\/0" given\)/, { access: { cidrs: ["0.0.0.0/0"] } }),
    badAws("access.cidrs[1]", /\("203.0.113.7" given\)/, { access: { cidrs: ["10.0.0.0/8", "203.0.113.7"] } }),
    badAws("access.private", /opens a public endpoint/, { access: { private: true, cidrs: ["10.0.0.0/8"] } }),
    badAws(
        "ingress.tls",
        /no safe default\. Choose one: `aws.dns.zoneId`.*`aws.dns.certificateArn`.*`ingress.tls.enabled`: false/,
        { "aws.dns": undefined },
        ["host"],
    ),
    badAws("ingress.tls", /but not with which certificate\. Choose one: `aws.dns.zoneId`/, {
        "aws.dns": undefined,
        "ingress.tls.enabled": true,
    }),
    badAws(
        "ingress.tls",
        /Choose one: `ingress.tls.secretName`/,
        {
            "aws.dns": undefined,
            "ingress.className": "nginx",
        },
        ["aws.loadBalancer", "aws.privateLink", "aws.network", "readiness"],
    ),
];

/** Unknown names and wrong kinds. */
const kinds = [
    badAws("aws.databse", /not an argument\. Did you mean `aws.database`\?/, { "aws.databse": {} }),
    badAws("aws.network.zones", /is text, but must be a list/, { "aws.network": { zones: "eu-west-1a" } }),
    badAws("aws.network.nat", /Use one of none, single, per-zone\. Use per-zone\./, {
        "aws.network": { nat: "per-az" },
    }),
    badAws("aws.cluster.version", /is a number \(1.35 given\), but must be text\. Quote it: "1.35"/, {
        "aws.cluster": { version: 1.35 },
    }),
    badAws("aws.database.readers", /Write it without quotes/, { "aws.database": { readers: "2" } }),
    badAws("aws.bucket.replication.bucketArn", /is missing\. Give the ARN of the bucket/, {
        "aws.bucket": { replication: { kmsKeyArn: key } },
    }),
    badAws("aws.monitoring.cloudWatchExporter", /must be true or false/, {
        "aws.monitoring": { cloudWatchExporter: "yes" },
    }),
    badAws("retainData", /must be true or false/, { retainData: "true" }),
    badAws("tags.team", /is a number \(8 given\), but must be text/, { tags: { team: 8 } }),
];

/** What AWS refuses. */
const refused = [
    badAws("aws.network.cidr", /is not private \("8.0.0.0\/16" given\)/, { "aws.network": { cidr: "8.0.0.0/16" } }),
    badAws("aws.network.zoneCount", /\(4 given\)/, { "aws.network": { zoneCount: 4 } }),
    badAws("aws.key.alias", /alias/, { "aws.key": { alias: "wandb" } }),
    badAws("aws.key.deletionWindowDays", /\(3 given\)/, { "aws.key": { deletionWindowDays: 3 } }),
    badAws("aws.cluster.name", /\("my cluster" given\)/, { "aws.cluster": { name: "my cluster" } }),
    badAws("aws.cluster.version", /\("1.33" given\)\. Use 1.34, 1.35 or 1.36/, { "aws.cluster": { version: "1.33" } }),
    badAws("aws.cluster.accessEntries.ops.groups[0]", /system:/, {
        "aws.cluster": {
            accessEntries: { ops: { principalArn: `arn:aws:iam::${account}:role/ops`, groups: ["system:masters"] } },
        },
    }),
    badAws("aws.cluster.nodes.diskSizeGb", /\(10 given\)/, { "aws.cluster": { nodes: { diskSizeGb: 10 } } }),
    badAws(
        "aws.cluster.nodes.groupNames",
        /has 1 entries, but there are 3 private subnets/,
        {
            "aws.cluster": { nodes: { groupNames: ["nodes"] } },
        },
        ["aws.network"],
    ),
    badAws("aws.cluster.nodes.launchTemplateName", /\("my template" given\)/, {
        "aws.cluster": { nodes: { launchTemplateName: "my template" } },
    }),
    badAws("aws.database.clusterParameterGroup.name", /\("Wandb" given\)/, {
        "aws.database": { clusterParameterGroup: { name: "Wandb" } },
    }),
    badAws("aws.database.securityGroup.name", /keeps for itself \("sg-wandb" given\)/, {
        "aws.database": { securityGroup: { name: "sg-wandb" } },
    }),
    badAws(
        "aws.key.performanceInsightsKeyArn",
        /not the ARN of a KMS key \("1234abcd" given\)/,
        {
            "aws.key": { performanceInsightsKeyArn: "1234abcd" },
        },
        ["database", "aws.database"],
    ),
    badAws("aws.database.engineVersion", /would change under the stack/, { "aws.database": { engineVersion: "8.0" } }),
    badAws("aws.database.backupRetentionDays", /\(36 given\)/, { "aws.database": { backupRetentionDays: 36 } }),
    badAws("aws.cache.replicas", /\(6 given\)/, { "aws.cache": { replicas: 6 } }),
    badAws("aws.bucket.eventQueueName", /\("events.fifo" given\)/, {
        "aws.bucket": { eventQueue: true, eventQueueName: "events.fifo" },
    }),
    badAws("aws.bucket.name", /\("Wandb_Files" given\)/, { "aws.bucket": { name: "Wandb_Files" } }),
    badAws("aws.identity.path", /\("wandb" given\)/, { "aws.identity": { path: "wandb" } }),
    badAws("aws.dns.zoneId", /not the id of a Route 53 hosted zone \("example.com" given\)/, {
        "aws.dns.zoneId": "example.com",
    }),
    badAws("aws.loadBalancer.idleTimeoutSeconds", /\(5000 given\)/, {
        "aws.loadBalancer": { idleTimeoutSeconds: 5000 },
    }),
    badAws("aws.privateLink.allowedAccountIds[0]", /\("123" given\)\. It has twelve digits/, {
        "aws.privateLink": { allowedAccountIds: ["123"] },
    }),
    badAws("aws.privateLink.targetGroupName", /\("wandb_targets" given\)/, {
        "aws.privateLink": { allowedAccountIds: ["210987654321"], targetGroupName: "wandb_targets" },
    }),
    badAws("aws.clickHouse.endpointServiceName", /com\.amazonaws\.vpce/, {
        "aws.clickHouse": { endpointServiceName: "clickhouse" },
    }),
    badAws('tags["aws:team"]', /begins with aws:/, { tags: { "aws:team": "ml" } }),
    badAws(
        "charts.clusterAutoscaler.version",
        /\("latest" given\)/,
        {
            charts: { clusterAutoscaler: { version: "latest" } },
        },
        ["aws.cluster"],
    ),
];

/** Arguments that contradict each other, or would have no effect. */
const contradictions = [
    badAws("aws", /given together with `existing`\. Keep one/, { existing: { kubeconfig: validKubeconfig } }, [
        "access",
        "aws.dns",
        "charts",
        "tags",
        "retainData",
        "database",
        "redis",
        "bucket",
    ]),
    badAws("aws.database", /`database`/, {
        database: { host: "mysql.example.com", password: "database-password" },
        "aws.database": { readers: 2 },
    }),
    badAws("aws.cache", /`redis`/, { redis: { host: "redis.example.com" }, "aws.cache": { replicas: 2 } }),
    badAws("aws.bucket", /`bucket` names one that is there already/, {
        bucket: { provider: "s3", name: "wandb-files", region: "eu-west-1" },
        "aws.bucket": { versioning: false },
    }),
    badAws("access", /has no effect with `aws.cluster.existing`/, {
        "aws.cluster": { existing: { name: "platform" } },
        "aws.network": { existing: network },
    }),
    badAws("aws.cluster.existing", /`version` would have no effect/, {
        access: undefined,
        "aws.cluster": { existing: { name: "platform" }, version: "1.35" },
        "aws.network": { existing: network },
    }),
    badAws("aws.network.existing", /is missing, but `aws.cluster.existing` is given/, {
        access: undefined,
        "aws.cluster": { existing: { name: "platform" } },
    }),
    badAws("aws.network.cidr", /`aws.network.existing`/, { "aws.network": { existing: network, cidr: "10.0.0.0/16" } }),
    badAws(
        "aws.network.publicSubnets",
        /the load balancer is internet-facing/,
        {
            "aws.network": { publicSubnets: false },
        },
        ["aws.loadBalancer", "ingress"],
    ),
    badAws("aws.key.arn", /`aws.key.rotationDays` would belong to a key that is made/, {
        "aws.key": { arn: key, rotationDays: 90 },
    }),
    badAws("aws.cluster.creatorAdmin", /nobody could install anything/, { "aws.cluster": { creatorAdmin: false } }),
    badAws("aws.database.instanceClass", /together with `serverless`/, {
        "aws.database": { instanceClass: "db.r6g.large", serverless: { minCapacity: 1, maxCapacity: 4 } },
    }),
    badAws("aws.database.finalSnapshotIdentifier", /`finalSnapshot` is false/, {
        "aws.database": { finalSnapshot: false, finalSnapshotIdentifier: "last" },
    }),
    badAws("aws.cache.parameterGroup", /no effect without `parameters`/, {
        "aws.cache": { parameterGroup: { name: "wandb" } },
    }),
    badAws(
        "aws.cache.securityGroup.name",
        /is that of `aws.network.endpointSecurityGroup.name` too/,
        {
            "aws.network": { interfaceEndpoints: ["sts"], endpointSecurityGroup: { name: "stores" } },
            "aws.cache": { securityGroup: { name: "Stores" } },
        },
        ["aws.database"],
    ),
    badAws("aws.network.endpointSecurityGroup", /no effect without `aws.network.interfaceEndpoints`/, {
        "aws.network": { endpointSecurityGroup: { name: "endpoints" } },
    }),
    badAws("aws.clickHouse.securityGroup", /no effect without `aws.clickHouse.endpointServiceName`/, {
        "aws.clickHouse": {
            key: true,
            keyPrincipalArn: "arn:aws:iam::576599896960:role/prod-kms-request-role",
            securityGroup: { name: "clickhouse" },
        },
    }),
    badAws("aws.privateLink.loadBalancerName", /is that of `aws.loadBalancer.name` too/, {
        "aws.privateLink": { allowedAccountIds: ["210987654321"], loadBalancerName: "wandb" },
        "aws.loadBalancer": { name: "wandb" },
    }),
    badAws("aws.identity.teamBucketAccounts", /bucketAccess/, {
        "aws.identity": { teamBucketAccounts: ["210987654321"] },
    }),
    badAws("aws.dns.privateZone", /a private zone cannot prove/, { "aws.dns.privateZone": true }),
    badAws("aws.dns.validationZoneId", /no certificate is made/, {
        "aws.dns.certificateArn": certificateArn,
        "aws.dns.validationZoneId": "Z1",
    }),
    badAws("aws.dns.zoneId", /nobody waits for it/, { "readiness.wait": false }, ["ingress", "aws.privateLink"]),
    badAws(
        "ingress.tls.secretName",
        /reads certificates from ACM, not from Secrets/,
        {
            "ingress.tls.secretName": "wandb-tls",
        },
        ["aws.dns"],
    ),
    badAws("aws.loadBalancer.inboundCidrs", /whose rules count/, {
        "aws.loadBalancer": { securityGroupIds: ["sg-0123456789abcdef0"], inboundCidrs: ["10.0.0.0/8"] },
    }),
    badAws("aws.clickHouse.keyPrincipalArn", /is missing/, { "aws.clickHouse": { key: true } }),
    badAws("charts.externalDns", /external-dns is not installed/, { charts: { externalDns: { version: "1.20.0" } } }, [
        "aws.dns",
    ]),
];

/** Argument sets of AWS with one mistake each. Each rule has its own tests; these show that all parts are asked, together. */
export const badAwsArguments: readonly BadArguments[] = [...decisions, ...kinds, ...refused, ...contradictions];
