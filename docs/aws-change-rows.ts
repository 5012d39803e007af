/** What is changed on a deployment on AWS, argument by argument. */
import { AwsBucketAccess, AwsBucketEncryption, AwsIdentityMode, AwsLoadBalancerScheme, AwsNatMode } from "../sdk/index";
import { AccountId, policyArn, roleArn, subnetId, vpcIds } from "./aws-account";
import { at, type ChangeRow, row } from "./change-rows";

const keyArn = (last: number) => `arn:aws:kms:us-east-1:${AccountId}:key/12345678-1234-1234-1234-12345678901${last}`;
const certificateArn = (last: number) =>
    `arn:aws:acm:us-east-1:${AccountId}:certificate/12345678-1234-1234-1234-12345678901${last}`;
const webAcl = (name: string) =>
    `arn:aws:wafv2:us-east-1:${AccountId}:regional/webacl/${name}/12345678-1234-1234-1234-123456789012`;
const service = (last: number) => `com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef${last}`;
const subnet = (last: number) => subnetId(0, last);

const ownNetwork = (vpc: 0 | 1) => ({
    vpcId: vpcIds[vpc],
    privateSubnetIds: [subnetId(vpc, 0), subnetId(vpc, 1)],
    dataSubnetIds: [subnetId(vpc, 2), subnetId(vpc, 3)],
    loadBalancerSubnetIds: [subnetId(vpc, 4), subnetId(vpc, 5)],
    routeTableIds: [`rtb-${vpc}123456789abcdef0`],
});
const existingNetwork = { "aws.network.existing": ownNetwork(0) };
const existingCluster = { ...existingNetwork, access: undefined, "aws.cluster": { existing: { name: "platform" } } };
const subnetCidrs = {
    "aws.network.zoneCount": 2,
    "aws.network.subnetCidrs": {
        public: ["10.10.0.0/24", "10.10.1.0/24"],
        private: ["10.10.10.0/24", "10.10.11.0/24"],
        data: ["10.10.20.0/24", "10.10.21.0/24"],
    },
};
const flowLogs = { "aws.network.flowLogs": {} };
const entry = (name: string) => `aws.cluster.accessEntries.ops.${name}`;
const access = { "aws.cluster.accessEntries.ops": { principalArn: roleArn("ops"), policies: ["AmazonEKSViewPolicy"] } };
const taint = { key: "wandb", value: "true", effect: "NO_SCHEDULE" };
const serverless = { "aws.database.serverless": { minCapacity: 1, maxCapacity: 8 } };
const replication = { "aws.bucket.replication": { bucketArn: "arn:aws:s3:::replica", kmsKeyArn: keyArn(4) } };
const accessLog = { "aws.loadBalancer.accessLog": { bucket: "load-balancer-logs" } };
const privateLink = { "aws.privateLink": { allowedAccountIds: ["210987654321"] } };
const clickHouseKey = { "aws.clickHouse.key": true, "aws.clickHouse.keyPrincipalArn": roleArn("clickhouse") };
const clickHouseEndpoint = { "aws.clickHouse.endpointServiceName": service(0) };
const endpoints = { "aws.network.interfaceEndpoints": ["sts"] };
const cacheParameters = { "aws.cache.parameters": { timeout: "60" } };
const ownCertificate = { "aws.dns": { certificateArn: certificateArn(1) } };

const networkRows: readonly ChangeRow[] = [
    at("aws.network.existing.vpcId", "aws.network.existing", ownNetwork(0), ownNetwork(1)),
    row("aws.network.existing.privateSubnetIds", [subnet(0), subnet(1)], [subnet(0), subnet(7)], existingNetwork),
    row(
        "aws.network.existing.dataSubnetIds",
        [subnet(2), subnet(3)],
        [subnet(2), subnet(3), subnet(6)],
        existingNetwork,
    ),
    row("aws.network.existing.loadBalancerSubnetIds", [subnet(4), subnet(5)], [subnet(4), subnet(7)], existingNetwork),
    row("aws.network.existing.routeTableIds", ["rtb-0123456789abcdef0"], ["rtb-0123456789abcdef1"], existingNetwork),
    row("aws.network.cidr", undefined, "10.42.0.0/16"),
    row(
        "aws.network.subnetCidrs.private",
        ["10.10.10.0/24", "10.10.11.0/24"],
        ["10.10.10.0/24", "10.10.12.0/24"],
        subnetCidrs,
    ),
    row(
        "aws.network.subnetCidrs.public",
        ["10.10.0.0/24", "10.10.1.0/24"],
        ["10.10.0.0/24", "10.10.2.0/24"],
        subnetCidrs,
    ),
    row(
        "aws.network.subnetCidrs.data",
        ["10.10.20.0/24", "10.10.21.0/24"],
        ["10.10.20.0/24", "10.10.22.0/24"],
        subnetCidrs,
    ),
    row("aws.network.zoneCount", 2, 3),
    row("aws.network.zones", ["us-east-1a", "us-east-1b"], ["us-east-1a", "us-east-1b", "us-east-1d"]),
    row("aws.network.publicSubnets", undefined, false, {
        "aws.network.nat": AwsNatMode.None,
        "aws.loadBalancer.scheme": AwsLoadBalancerScheme.Internal,
    }),
    row("aws.network.nat", AwsNatMode.PerZone, AwsNatMode.Single),
    row("aws.network.interfaceEndpoints", ["sts"], ["sts", "logs"]),
    row("aws.network.endpointSecurityGroup.name", undefined, "wandb-endpoints", endpoints),
    row("aws.network.endpointSecurityGroup.description", undefined, "Endpoints of services", endpoints),
    row("aws.network.flowLogs.trafficType", undefined, "ALL", flowLogs),
    row("aws.network.flowLogs.retentionDays", undefined, 90, flowLogs),
    row("aws.network.flowLogs.logGroupName", undefined, "/network/wandb", flowLogs),
];

const keyRows: readonly ChangeRow[] = [
    row("aws.key.arn", undefined, keyArn(2)),
    row("aws.key.alias", undefined, "alias/wandb"),
    row("aws.key.administratorArns", undefined, [roleArn("security")]),
    row("aws.key.rotationDays", undefined, 180),
    row("aws.key.deletionWindowDays", undefined, 7),
    row("aws.key.databaseKeyArn", undefined, keyArn(3)),
    row("aws.key.performanceInsightsKeyArn", undefined, keyArn(3)),
    row("aws.key.cacheKeyArn", undefined, keyArn(3)),
    row("aws.key.bucketKeyArn", undefined, keyArn(3)),
];

const clusterRows: readonly ChangeRow[] = [
    row("aws.cluster.existing.name", "platform", "other", existingCluster),
    row(
        "aws.cluster.existing.oidcProviderArn",
        undefined,
        `arn:aws:iam::${AccountId}:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE`,
        existingCluster,
    ),
    row(
        "aws.cluster.existing.kubeconfig",
        undefined,
        "apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts: [{name: a, context: {cluster: a, user: a}}]\nclusters: [{name: a, cluster: {server: https://127.0.0.1:1}}]\nusers: [{name: a, user: {token: t}}]\n",
        existingCluster,
    ),
    row("aws.cluster.existing.nodeSecurityGroupId", undefined, "sg-0123456789abcdef0", existingCluster),
    row("aws.cluster.existing.installLoadBalancerController", undefined, true, existingCluster),
    row("aws.cluster.name", undefined, "wandb"),
    row("aws.cluster.version", "1.34", "1.35"),
    row("aws.cluster.extendedSupport", undefined, false),
    at(
        "aws.cluster.accessEntries.*.principalArn",
        entry("principalArn"),
        roleArn("ops"),
        roleArn("operations"),
        access,
    ),
    at("aws.cluster.accessEntries.*.groups", entry("groups"), undefined, ["ops"], access),
    at("aws.cluster.accessEntries.*.username", entry("username"), undefined, "ops", access),
    at(
        "aws.cluster.accessEntries.*.policies",
        entry("policies"),
        ["AmazonEKSViewPolicy"],
        ["AmazonEKSAdminViewPolicy"],
        access,
    ),
    at("aws.cluster.accessEntries.*.namespaces", entry("namespaces"), undefined, ["wandb"], access),
    row("aws.cluster.creatorAdmin", undefined, false, {
        "aws.cluster.accessEntries.ops": { principalArn: roleArn("ops"), policies: ["AmazonEKSClusterAdminPolicy"] },
    }),
    row("aws.cluster.serviceCidr", undefined, "172.20.0.0/16"),
    row("aws.cluster.roleName", undefined, "wandb-cluster"),
    row("aws.cluster.logTypes", undefined, ["audit"]),
    row("aws.cluster.logRetentionDays", undefined, 90),
    row("aws.cluster.nodes.instanceTypes", undefined, ["m6i.2xlarge"]),
    row("aws.cluster.nodes.minPerZone", undefined, 2),
    row("aws.cluster.nodes.maxPerZone", undefined, 9),
    row("aws.cluster.nodes.diskSizeGb", undefined, 333),
    row("aws.cluster.nodes.spot", undefined, true),
    row("aws.cluster.nodes.labels", undefined, { pool: "wandb" }),
    at("aws.cluster.nodes.taints[].key", "aws.cluster.nodes.taints", [taint], [{ ...taint, key: "ml" }]),
    at("aws.cluster.nodes.taints[].value", "aws.cluster.nodes.taints", [taint], [{ ...taint, value: "yes" }]),
    at("aws.cluster.nodes.taints[].effect", "aws.cluster.nodes.taints", [taint], [{ ...taint, effect: "NO_EXECUTE" }]),
    row("aws.cluster.nodes.maxUnavailablePercentage", undefined, 50),
    row("aws.cluster.nodes.systemReserved.cpuMillicores", undefined, 200),
    row("aws.cluster.nodes.systemReserved.memoryMegabytes", undefined, 300),
    row("aws.cluster.nodes.systemReserved.ephemeralStorageMegabytes", undefined, 900),
    row("aws.cluster.nodes.systemReserved.pids", undefined, 900),
    row("aws.cluster.nodes.releaseVersion", undefined, "1.35.0-20260101"),
    row("aws.cluster.nodes.groupNames", undefined, ["ng-0", "ng-1", "ng-2"]),
    row("aws.cluster.nodes.launchTemplateName", undefined, "wandb-nodes"),
    row("aws.cluster.nodes.roleName", undefined, "wandb-nodes"),
    row("aws.cluster.addonVersions.vpcCni", undefined, "v1.22.4-eksbuild.3"),
    row("aws.cluster.addonVersions.coredns", undefined, "v1.14.2-eksbuild.4"),
    row("aws.cluster.addonVersions.kubeProxy", undefined, "v1.35.3-eksbuild.5"),
    row("aws.cluster.addonVersions.ebsCsiDriver", undefined, "v1.63.0-eksbuild.1"),
    row("aws.cluster.addonVersions.metricsServer", undefined, "v0.8.1-eksbuild.10"),
    row("aws.cluster.addonVersions.podIdentityAgent", undefined, "v1.3.10-eksbuild.2", {
        "aws.identity.mode": AwsIdentityMode.PodIdentity,
    }),
    row("aws.cluster.kubeconfig.roleArn", undefined, roleArn("deployer")),
    row("aws.cluster.kubeconfig.profile", undefined, "wandb"),
    row("aws.cluster.tags", undefined, { team: "ml" }),
];

const databaseRows: readonly ChangeRow[] = [
    row("aws.database.identifier", undefined, "wandb"),
    row("aws.database.instanceIdentifiers", undefined, ["wandb-1", "wandb-2"]),
    row("aws.database.instanceZones", undefined, ["us-east-1b", "us-east-1a"]),
    row("aws.database.subnetGroupName", undefined, "wandb"),
    row("aws.database.securityGroup.name", undefined, "wandb-database"),
    row("aws.database.securityGroup.description", undefined, "Database of W-B"),
    row("aws.database.clusterParameterGroup.name", undefined, "wandb-cluster"),
    row("aws.database.clusterParameterGroup.description", undefined, "Cluster of W&B"),
    row("aws.database.instanceParameterGroup.name", undefined, "wandb-instances"),
    row("aws.database.instanceParameterGroup.description", undefined, "Instances of W&B"),
    row("aws.database.engineVersion", "8.0.mysql_aurora.3.08.0", "8.0.mysql_aurora.3.10.4"),
    row("aws.database.instanceClass", undefined, "db.r6g.2xlarge"),
    row("aws.database.serverless.minCapacity", 1, 2, serverless),
    row("aws.database.serverless.maxCapacity", 8, 16, serverless),
    row("aws.database.readers", undefined, 2),
    row("aws.database.name", undefined, "experiments"),
    row("aws.database.username", undefined, "admin"),
    row("aws.database.password", "first-password-1234", "second-password-1234"),
    row("aws.database.passwordRotation", undefined, "2026-11"),
    row("aws.database.caCertificate", undefined, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
    row("aws.database.snapshotIdentifier", undefined, "before-upgrade"),
    row("aws.database.finalSnapshot", undefined, false),
    row("aws.database.finalSnapshotIdentifier", undefined, "wandb-last"),
    row("aws.database.backupRetentionDays", undefined, 35),
    row("aws.database.backupWindow", undefined, "03:00-04:00"),
    row("aws.database.maintenanceWindow", undefined, "sat:05:00-sat:06:00"),
    row("aws.database.applyImmediately", undefined, false),
    row("aws.database.logExports", undefined, ["error"]),
    row("aws.database.logRetentionDays", undefined, 90),
    row("aws.database.performanceInsightsDays", undefined, 731),
    row("aws.database.monitoringIntervalSeconds", undefined, 60),
    row("aws.database.clusterParameters", undefined, { max_connections: "4000" }),
    row("aws.database.instanceParameters", undefined, { sort_buffer_size: "1048576" }),
];

const cacheRows: readonly ChangeRow[] = [
    row("aws.cache.replicationGroupId", undefined, "wandb"),
    row("aws.cache.subnetGroupName", undefined, "wandb"),
    row("aws.cache.securityGroup.name", undefined, "wandb-cache"),
    row("aws.cache.securityGroup.description", undefined, "Cache of W-B"),
    row("aws.cache.engine", "redis", "valkey"),
    row("aws.cache.engineVersion", "7.0", "7.1"),
    row("aws.cache.nodeType", undefined, "cache.r7g.large"),
    row("aws.cache.replicas", undefined, 2),
    row("aws.cache.authToken", "first-auth-token-1234", "second-auth-token-1234"),
    row("aws.cache.authTokenRotation", undefined, "2026-11"),
    row("aws.cache.keepPreviousAuthToken", undefined, false),
    row("aws.cache.maintenanceWindow", undefined, "sat:03:00-sat:04:00"),
    row("aws.cache.snapshotRetentionDays", undefined, 7),
    row("aws.cache.snapshotWindow", undefined, "06:00-07:00"),
    row("aws.cache.parameters", undefined, { "maxmemory-policy": "allkeys-lru" }),
    row("aws.cache.parameterGroup.name", undefined, "wandb-cache", cacheParameters),
    row("aws.cache.parameterGroup.description", undefined, "Cache of W&B", cacheParameters),
    row("aws.cache.applyImmediately", undefined, false),
];

const bucketRows: readonly ChangeRow[] = [
    row("aws.bucket.name", undefined, "example-wandb"),
    row("aws.bucket.prefix", undefined, "team/wandb"),
    row("aws.bucket.encryption", undefined, AwsBucketEncryption.S3),
    row("aws.bucket.versioning", undefined, false),
    row("aws.bucket.lifecycle.noncurrentVersionDays", undefined, 90),
    row("aws.bucket.lifecycle.incompleteMultipartUploadDays", undefined, 3),
    row("aws.bucket.corsHosts", undefined, ["https://other.example.com"]),
    row("aws.bucket.accessLogBucket", undefined, "access-logs"),
    row("aws.bucket.replication.bucketArn", "arn:aws:s3:::replica", "arn:aws:s3:::other-replica", replication),
    row("aws.bucket.replication.accountId", undefined, "210987654321", replication),
    row("aws.bucket.replication.kmsKeyArn", keyArn(4), keyArn(5), replication),
    row("aws.bucket.replication.storageClass", undefined, "STANDARD_IA", replication),
    row("aws.bucket.eventQueue", undefined, true),
    row("aws.bucket.eventQueueName", undefined, "wandb-events", { "aws.bucket.eventQueue": true }),
];

const identityRows: readonly ChangeRow[] = [
    row("aws.identity.mode", undefined, AwsIdentityMode.PodIdentity),
    row("aws.identity.roleName", undefined, "wandb-app"),
    row("aws.identity.roleNames.vpcCni", undefined, "wandb-vpc-cni"),
    row("aws.identity.roleNames.ebsCsiDriver", undefined, "wandb-ebs-csi"),
    row("aws.identity.roleNames.loadBalancerController", undefined, "wandb-load-balancer"),
    row("aws.identity.roleNames.clusterAutoscaler", undefined, "wandb-autoscaler"),
    row("aws.identity.roleNames.externalDns", undefined, "wandb-dns", { "aws.dns.externalDns": true }),
    row("aws.identity.roleNames.databaseMonitoring", undefined, "wandb-monitoring", {
        "aws.database.monitoringIntervalSeconds": 60,
    }),
    row("aws.identity.roleNames.flowLogs", undefined, "wandb-flow-logs", flowLogs),
    row("aws.identity.roleNames.bucketReplication", undefined, "wandb-replication", replication),
    row("aws.identity.roleNames.cloudWatchExporter", undefined, "wandb-exporter", {
        "aws.monitoring.cloudWatchExporter": true,
    }),
    row("aws.identity.secretPrefix", undefined, "wandb-secrets"),
    row("aws.identity.path", undefined, "/wandb/"),
    row("aws.identity.permissionsBoundary", undefined, policyArn("boundary")),
    row("aws.identity.bucketAccess", undefined, AwsBucketAccess.Public),
    row("aws.identity.teamBucketAccounts", ["210987654321"], ["210987654322"], {
        "aws.identity.bucketAccess": AwsBucketAccess.Restricted,
    }),
    row("aws.identity.policyArns", undefined, { extra: policyArn("extra") }),
];

const entryRows: readonly ChangeRow[] = [
    row("aws.dns.zoneId", "Z0123456789ABCDEFGHIJ", "Z0123456789ABCDEFGHIK"),
    row("aws.dns.privateZone", undefined, true, { "aws.dns.certificateArn": certificateArn(1) }),
    row("aws.dns.validationZoneId", undefined, "Z0123456789ABCDEFGHIK"),
    row("aws.dns.certificateArn", certificateArn(1), certificateArn(2), ownCertificate),
    row("aws.dns.externalDns", undefined, true),
    row("aws.loadBalancer.name", undefined, "wandb"),
    row("aws.loadBalancer.scheme", undefined, AwsLoadBalancerScheme.Internal),
    row("aws.loadBalancer.inboundCidrs", undefined, ["198.51.100.0/24"]),
    row("aws.loadBalancer.tlsPolicy", undefined, "ELBSecurityPolicy-TLS13-1-3-2021-06"),
    row("aws.loadBalancer.webAclArn", undefined, webAcl("wandb")),
    row("aws.loadBalancer.accessLog.bucket", "load-balancer-logs", "other-logs", accessLog),
    row("aws.loadBalancer.accessLog.prefix", undefined, "wandb", accessLog),
    row("aws.loadBalancer.idleTimeoutSeconds", undefined, 300),
    row("aws.loadBalancer.securityGroupIds", undefined, ["sg-0123456789abcdef0"]),
    row("aws.loadBalancer.tags", undefined, { team: "ml" }),
    row("aws.privateLink.allowedAccountIds", ["210987654321"], ["210987654321", "210987654322"], privateLink),
    row("aws.privateLink.acceptanceRequired", undefined, true, privateLink),
    row("aws.privateLink.inboundCidrs", undefined, ["10.0.0.0/8"], privateLink),
    row("aws.privateLink.privateDnsName", undefined, "wandb.example.com", privateLink),
    row("aws.privateLink.loadBalancerName", undefined, "wandb-private", privateLink),
    row("aws.privateLink.targetGroupName", undefined, "wandb-private", privateLink),
    row("aws.privateLink.securityGroup.name", undefined, "wandb-private", privateLink),
    row("aws.privateLink.securityGroup.description", undefined, "Clients of W-B", privateLink),
];

const extraRows: readonly ChangeRow[] = [
    row("aws.clickHouse.endpointServiceName", service(0), service(1)),
    row("aws.clickHouse.securityGroup.name", undefined, "wandb-clickhouse", clickHouseEndpoint),
    row("aws.clickHouse.securityGroup.description", undefined, "ClickHouse of W-B", clickHouseEndpoint),
    at("aws.clickHouse.key", "aws.clickHouse", undefined, { key: true, keyPrincipalArn: roleArn("clickhouse") }),
    row("aws.clickHouse.keyPrincipalArn", roleArn("clickhouse"), roleArn("clickhouse-two"), clickHouseKey),
    row("aws.clickHouse.keyAlias", undefined, "alias/clickhouse", clickHouseKey),
    row("aws.monitoring.cloudWatchExporter", undefined, true),
    row("access.cidrs", ["203.0.113.0/24"], ["198.51.100.0/24"]),
    at("access.private", "access", { cidrs: ["203.0.113.0/24"] }, { private: true }),
    row("size", undefined, "large"),
    row("tags", undefined, { team: "ml" }),
];

export const AwsChangeRows: readonly ChangeRow[] = [
    ...networkRows,
    ...keyRows,
    ...clusterRows,
    ...databaseRows,
    ...cacheRows,
    ...bucketRows,
    ...identityRows,
    ...entryRows,
    ...extraRows,
];
