/** What is changed on a deployment on Google Cloud, argument by argument. */
import { GcpLoadBalancerScheme } from "../sdk/index";
import { at, type ChangeRow, row } from "./change-rows";
import { accountEmail, addressId, keyId, networkId, Region, subnetworkId } from "./gcp-account";

const ownNetwork = (network: string, subnetwork: string) => ({
    networkId: networkId(network),
    subnetworkId: subnetworkId(subnetwork),
    podRangeName: "pods",
    serviceRangeName: "services",
});
const existingNetwork = { "gcp.network.existing": ownNetwork("shared", "wandb") };
const existingCluster = { ...existingNetwork, access: undefined, "gcp.cluster": { existing: { name: "platform" } } };
const existingField = (field: string) => `gcp.network.existing.${field}`;
const plan = {
    "gcp.network.subnetCidrs": {
        nodes: "10.1.0.0/20",
        pods: "10.2.0.0/16",
        services: "10.3.0.0/20",
        privateServices: "10.4.0.0/20",
    },
};
const planField = (field: string) => `gcp.network.subnetCidrs.${field}`;
const openPlan = {
    "gcp.network.subnetCidrs": { nodes: "10.1.0.0/20", pods: "10.2.0.0/16", services: "10.3.0.0/20" },
};
const flowLogs = { "gcp.network.flowLogs": {} };
const twoAddresses = { "gcp.network.natAddressCount": 2 };

const networkRows: readonly ChangeRow[] = [
    at(
        "gcp.network.existing.networkId",
        "gcp.network.existing",
        ownNetwork("shared", "wandb"),
        ownNetwork("other", "elsewhere"),
    ),
    row(existingField("subnetworkId"), subnetworkId("wandb"), subnetworkId("spare"), existingNetwork),
    row(existingField("podRangeName"), "pods", "more-pods", existingNetwork),
    row(existingField("serviceRangeName"), "services", "more-services", existingNetwork),
    row(existingField("privateServicesRangeName"), undefined, "stores", existingNetwork),
    row("gcp.network.cidr", undefined, "10.64.0.0/14"),
    row(planField("nodes"), "10.1.0.0/20", "10.1.0.0/19", plan),
    row(planField("pods"), "10.2.0.0/16", "10.5.0.0/16", plan),
    row(planField("services"), "10.3.0.0/20", "10.3.64.0/20", plan),
    row(planField("privateServices"), "10.4.0.0/20", "10.4.32.0/20", plan),
    row("gcp.network.networkName", undefined, "wandb"),
    row("gcp.network.networkDescription", undefined, "Network of W&B"),
    row("gcp.network.subnetName", undefined, "wandb"),
    row("gcp.network.subnetDescription", undefined, "Nodes of W&B"),
    row("gcp.network.podRangeName", undefined, "wandb-pods"),
    row("gcp.network.serviceRangeName", undefined, "wandb-services"),
    row("gcp.network.routingMode", undefined, "GLOBAL"),
    row("gcp.network.mtu", undefined, 1500),
    row("gcp.network.nat", undefined, "none"),
    row("gcp.network.natAddressCount", undefined, 2),
    row("gcp.network.natAddressNames", undefined, ["nat-one", "nat-two"], twoAddresses),
    row("gcp.network.natAddressIds", undefined, [addressId("out-one")]),
    row("gcp.network.natLogging", undefined, "ALL"),
    row("gcp.network.routerName", undefined, "wandb"),
    row("gcp.network.natName", undefined, "wandb-nat"),
    row("gcp.network.googleApis", undefined, "restricted"),
    row("gcp.network.googleApiDomains", undefined, ["pkg.dev"]),
    row("gcp.network.privateServices.rangeName", undefined, "stores"),
    row("gcp.network.privateServices.prefixLength", undefined, 21, openPlan),
    row("gcp.network.flowLogs.interval", undefined, "INTERVAL_1_MIN", flowLogs),
    row("gcp.network.flowLogs.sampling", undefined, 0.1, flowLogs),
    row("gcp.network.flowLogs.metadata", undefined, false, flowLogs),
    row("gcp.network.flowLogs.filter", undefined, "true", flowLogs),
];

const elsewhere = { "gcp.bucket.location": "EU" };
const ownKey = { "gcp.key.id": keyId("all") };

const keyRows: readonly ChangeRow[] = [
    row("gcp.key.id", undefined, keyId("all"), { "gcp.bigtable": {} }),
    row("gcp.key.grantAccess", undefined, true, ownKey),
    row("gcp.key.keyRingName", undefined, "wandb"),
    row("gcp.key.keyName", undefined, "wandb"),
    row("gcp.key.bucketKeyRingName", undefined, "wandb-files", elsewhere),
    row("gcp.key.bucketKeyName", undefined, "wandb-files", elsewhere),
    row("gcp.key.protection", undefined, "hsm"),
    row("gcp.key.rotationDays", undefined, 30),
    row("gcp.key.deletionWindowDays", undefined, 60),
    row("gcp.key.clusterKeyId", undefined, keyId("cluster")),
    row("gcp.key.databaseKeyId", undefined, keyId("database")),
    row("gcp.key.cacheKeyId", undefined, keyId("cache")),
    row("gcp.key.bucketKeyId", undefined, keyId("bucket")),
];

const taint = { key: "wandb", value: "true", effect: "NO_SCHEDULE" };

const sparePool = { "gcp.cluster.nodePools.spare": {} };

/** Of the pool of W&B, or of another one beside it. */
function poolRows(argument: string, place: string, given?: ChangeRow["given"]): ChangeRow[] {
    const field = (name: string, from: unknown, to: unknown) =>
        at(`${argument}.${name}`, `${place}.${name}`, from, to, given);
    // Another pool without any: GKE's own pods tolerate none.
    const taints = (name: string, to: object) =>
        at(`${argument}.taints[].${name}`, `${place}.taints`, [taint], [{ ...taint, ...to }], sparePool);
    return [
        field("name", undefined, "own-nodes"),
        field("machineType", undefined, "n2-highmem-32"),
        field("minPerZone", undefined, 2),
        field("maxPerZone", undefined, 9),
        field("diskSizeGb", undefined, 333),
        field("diskType", undefined, "pd-ssd"),
        field("spot", undefined, true),
        field("zones", undefined, [`${Region}-a`, `${Region}-b`]),
        field("labels", undefined, { pool: "wandb" }),
        taints("key", { key: "ml" }),
        taints("value", { value: "yes" }),
        taints("effect", { effect: "NO_EXECUTE" }),
        field("networkTags", undefined, ["wandb-nodes"]),
        field("secureBoot", undefined, false),
        field("maxPodsPerNode", undefined, 64),
        field("maxSurge", undefined, 2),
        field("maxUnavailable", undefined, 1),
    ];
}

const kubeconfig =
    "apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts: [{name: a, context: {cluster: a, user: a}}]\nclusters: [{name: a, cluster: {server: https://127.0.0.1:1}}]\nusers: [{name: a, user: {token: t}}]\n";
const privateAccess = { access: { private: true } };
const clusterField = (name: string) => `gcp.cluster.${name}`;

const clusterRows: readonly ChangeRow[] = [
    row(clusterField("existing.name"), "platform", "other", existingCluster),
    row(clusterField("existing.location"), undefined, `${Region}-a`, existingCluster),
    row(clusterField("existing.project"), undefined, "other-project", existingCluster),
    row(clusterField("existing.kubeconfig"), undefined, kubeconfig, existingCluster),
    row(clusterField("name"), undefined, "wandb"),
    row(clusterField("description"), undefined, "Cluster of W&B"),
    row(clusterField("location"), undefined, `${Region}-a`),
    row(clusterField("nodeZones"), undefined, [`${Region}-a`, `${Region}-b`]),
    row(clusterField("releaseChannel"), undefined, "STABLE"),
    row(clusterField("minVersion"), undefined, "1.35"),
    row(clusterField("privateNodes"), undefined, false),
    row(clusterField("controlPlaneCidr"), undefined, "172.16.0.0/28"),
    row(clusterField("controlPlaneSubnetworkId"), undefined, subnetworkId("spare")),
    row(clusterField("privateAccessCidrs"), undefined, ["172.16.0.0/12"], privateAccess),
    row(clusterField("dnsEndpoint"), undefined, true),
    row(clusterField("networkPolicy"), undefined, "calico"),
    row(clusterField("intranodeVisibility"), undefined, false),
    row(clusterField("binaryAuthorization"), undefined, true),
    row(clusterField("maxPodsPerNode"), undefined, 64),
    row(clusterField("maintenance.days"), undefined, ["SU"], { "gcp.cluster.maintenance": { hours: 24 } }),
    row(clusterField("maintenance.startTime"), undefined, "02:00"),
    row(clusterField("maintenance.hours"), undefined, 10),
    row(clusterField("loggingComponents"), undefined, ["SYSTEM_COMPONENTS"]),
    row(clusterField("monitoringComponents"), undefined, ["SYSTEM_COMPONENTS", "STORAGE"]),
    row(clusterField("managedPrometheus"), undefined, false),
    row(clusterField("gcsFuse"), undefined, true),
    ...poolRows("gcp.cluster.nodes", "gcp.cluster.nodes"),
    ...poolRows("gcp.cluster.nodePools.*", "gcp.cluster.nodePools.spare", sparePool),
    row(clusterField("nodeAccount.email"), accountEmail("nodes"), accountEmail("other-nodes")),
    row(clusterField("nodeAccount.accountId"), undefined, "wandb-nodes"),
    row(clusterField("nodeAccount.artifactRegistryReader"), undefined, true),
    row(clusterField("volumeType"), undefined, "pd-ssd"),
    row(clusterField("kubeconfig.credentials"), undefined, "gcloud"),
    row(clusterField("kubeconfig.impersonateServiceAccount"), undefined, accountEmail("admin")),
    row(clusterField("labels"), undefined, { team: "ml" }),
];

const plus = { "gcp.database.edition": "ENTERPRISE_PLUS" };
const restored = { "gcp.database.restore": { backupRunId: 1234567890123, instance: "wandb-old" } };
const cloned = { "gcp.database.clone": { instance: "wandb-old" } };
const databaseField = (name: string) => `gcp.database.${name}`;

const databaseRows: readonly ChangeRow[] = [
    row(databaseField("identifier"), undefined, "wandb"),
    row(databaseField("engineVersion"), "MYSQL_8_0_40", "MYSQL_8_4"),
    row(databaseField("edition"), undefined, "ENTERPRISE_PLUS"),
    row(databaseField("tier"), undefined, "db-custom-8-53248"),
    row(databaseField("highAvailability"), undefined, false),
    row(databaseField("zone"), undefined, `${Region}-b`),
    row(databaseField("secondaryZone"), undefined, `${Region}-c`, { "gcp.database.zone": `${Region}-b` }),
    row(databaseField("diskType"), undefined, "PD_HDD"),
    row(databaseField("diskSizeGb"), 200, 300, { "gcp.database.diskGrowth": false }),
    row(databaseField("diskGrowth"), undefined, false),
    row(databaseField("diskGrowthLimitGb"), undefined, 1000),
    row(databaseField("dataCache"), undefined, false, plus),
    row(databaseField("name"), undefined, "experiments"),
    row(databaseField("createDatabase"), undefined, false),
    row(databaseField("username"), undefined, "admin"),
    row(databaseField("password"), "FirstPassword1234", "SecondPassword1234"),
    row(databaseField("passwordRotation"), undefined, "2026-11"),
    row(databaseField("checkCertificate"), undefined, true),
    row(databaseField("restore.backupRunId"), 1234567890123, 1234567890124, restored),
    row(databaseField("restore.instance"), "wandb-old", "wandb-older", restored),
    row(databaseField("restore.project"), undefined, "other-project", restored),
    row(databaseField("clone.instance"), "wandb-old", "wandb-older", cloned),
    row(databaseField("clone.pointInTime"), undefined, "2026-11-01T10:00:00Z", cloned),
    row(databaseField("clone.project"), undefined, "other-project", cloned),
    row(databaseField("finalBackup"), undefined, false),
    row(databaseField("finalBackupRetentionDays"), undefined, 60),
    row(databaseField("backupRetentionDays"), undefined, 30),
    row(databaseField("pointInTimeRecoveryDays"), undefined, 5),
    row(databaseField("backupStartTime"), undefined, "03:00"),
    row(databaseField("backupLocation"), undefined, "eu"),
    row(databaseField("maintenanceWindow"), undefined, "sat:05:00"),
    row(databaseField("maintenanceTrack"), undefined, "week5"),
    row(databaseField("queryInsights"), undefined, false),
    row(databaseField("parameters"), undefined, { long_query_time: "2" }),
];

const cacheField = (name: string) => `gcp.cache.${name}`;
const snapshots = { "gcp.cache.snapshotPeriod": "SIX_HOURS" };

const cacheRows: readonly ChangeRow[] = [
    row(cacheField("identifier"), undefined, "wandb"),
    row(cacheField("engineVersion"), "REDIS_7_0", "REDIS_7_2"),
    row(cacheField("memorySizeGb"), undefined, 20),
    row(cacheField("highAvailability"), undefined, false),
    row(cacheField("readReplicas"), undefined, 2),
    row(cacheField("zone"), undefined, `${Region}-a`),
    row(cacheField("alternativeZone"), undefined, `${Region}-b`, { "gcp.cache.zone": `${Region}-a` }),
    row(cacheField("connectMode"), undefined, "DIRECT_PEERING"),
    row(cacheField("reservedIpRange"), undefined, "stores"),
    row(cacheField("secondaryIpRange"), undefined, "auto", { "gcp.cache.readReplicas": 2 }),
    row(cacheField("snapshotPeriod"), undefined, "SIX_HOURS"),
    row(cacheField("snapshotStartTime"), undefined, "2026-11-01T02:00:00Z", snapshots),
    row(cacheField("maintenanceWindow"), undefined, "sat:03:00"),
    row(cacheField("parameters"), undefined, { "maxmemory-policy": "allkeys-lru" }),
];

const bucketField = (name: string) => `gcp.bucket.${name}`;
const bucketEvents = { "gcp.bucket.events": true };

const bucketRows: readonly ChangeRow[] = [
    row(bucketField("name"), undefined, "example-wandb"),
    row(bucketField("location"), undefined, "EU"),
    row(bucketField("prefix"), undefined, "team/wandb"),
    row(bucketField("encryption"), undefined, "google"),
    row(bucketField("storageClass"), undefined, "NEARLINE"),
    row(bucketField("versioning"), undefined, false),
    row(bucketField("lifecycle.noncurrentVersionDays"), undefined, 90),
    row(bucketField("lifecycle.incompleteMultipartUploadDays"), undefined, 3),
    row(bucketField("softDeleteDays"), undefined, 14),
    row(bucketField("corsHosts"), undefined, ["other.example.com"]),
    row(bucketField("accessLogBucket"), undefined, "example-logs"),
    row(bucketField("events"), undefined, true),
    row(bucketField("eventTopicName"), undefined, "wandb-files", bucketEvents),
    row(bucketField("eventSubscriptionName"), undefined, "wandb-files", bucketEvents),
];

const events = { "gcp.events": {} };
const eventsField = (name: string) => `gcp.events.${name}`;
const bigtable = { "gcp.bigtable": {} };
const bigtableField = (name: string) => `gcp.bigtable.${name}`;

const historyRows: readonly ChangeRow[] = [
    row(eventsField("fileStreamTopicName"), undefined, "file-stream", events),
    row(eventsField("fileStreamSubscriptionName"), undefined, "file-stream", events),
    row(eventsField("runUpdatesTopicName"), undefined, "run-updates", events),
    row(eventsField("runUpdatesSubscriptionName"), undefined, "run-updates", events),
    row(eventsField("retentionDays"), undefined, 14, events),
    row(bigtableField("instanceName"), undefined, "wandb-history", bigtable),
    row(bigtableField("zones"), [`${Region}-a`], [`${Region}-a`, `${Region}-b`], bigtable),
    row(bigtableField("clusterNames"), ["history"], ["other-history"], bigtable),
    row(bigtableField("storage"), undefined, "HDD", bigtable),
    row(bigtableField("minNodes"), undefined, 2, bigtable),
    row(bigtableField("maxNodes"), undefined, 8, bigtable),
    row(bigtableField("cpuTarget"), undefined, 50, bigtable),
    row(bigtableField("backupDays"), undefined, 14, bigtable),
];

const exporter = { "gcp.monitoring.stackdriverExporter": true };
const identityField = (name: string) => `gcp.identity.${name}`;

const identityRows: readonly ChangeRow[] = [
    row(identityField("accountId"), undefined, "wandb-pods"),
    row(identityField("exporterAccountId"), undefined, "wandb-metrics", exporter),
    row(identityField("ownBucketAccess"), undefined, false, { bucket: { provider: "gcs", name: "example-wandb" } }),
    row(identityField("secretPrefix"), undefined, "wandb-"),
    row(identityField("secretCreatorRoleId"), undefined, "wandb.secretCreator"),
    row(identityField("secretKeeperRoleId"), undefined, "wandb.secretKeeper"),
    row(identityField("roles"), { logs: "roles/logging.logWriter" }, { logs: "roles/logging.viewer" }),
];

const internal = {
    "gcp.dns": { managedZone: "example", certificateNames: ["wandb-example-com"] },
    "gcp.loadBalancer": { scheme: GcpLoadBalancerScheme.Internal },
};
const balancerField = (name: string) => `gcp.loadBalancer.${name}`;
const rules = { "gcp.loadBalancer.armor.wafRules": ["sqli-v33-stable"] };
const limit = { "gcp.loadBalancer.armor.rateLimit": { requests: 1000 } };

const entryRows: readonly ChangeRow[] = [
    row("gcp.dns.managedZone", "example", "other-example"),
    row("gcp.dns.managedZoneProject", undefined, "other-project"),
    row("gcp.dns.privateZone", undefined, true, { "gcp.dns.certificateNames": ["wandb-example-com"] }),
    row("gcp.dns.certificateNames", ["wandb-example-com"], ["other-example-com"]),
    at("gcp.loadBalancer.scheme", "gcp.loadBalancer.scheme", undefined, GcpLoadBalancerScheme.Internal, {
        "gcp.dns.certificateNames": ["wandb-example-com"],
    }),
    row(balancerField("addressName"), undefined, "wandb"),
    row(balancerField("existingAddress"), undefined, "wandb"),
    row(balancerField("inboundCidrs"), undefined, ["198.51.100.0/24"]),
    row(balancerField("armor.enabled"), undefined, false),
    row(balancerField("armor.existingPolicy"), undefined, "company"),
    row(balancerField("armor.policyName"), undefined, "wandb"),
    row(balancerField("armor.wafRules"), undefined, ["sqli-v33-stable"]),
    row(balancerField("armor.wafSensitivity"), undefined, 2, rules),
    row(balancerField("armor.wafPreview"), undefined, true, rules),
    row(balancerField("armor.rateLimit.requests"), 1000, 2000, limit),
    row(balancerField("armor.rateLimit.intervalSeconds"), undefined, 120, limit),
    row(balancerField("tlsPolicy.profile"), undefined, "RESTRICTED"),
    row(balancerField("tlsPolicy.minVersion"), undefined, "TLS_1_1"),
    row(balancerField("tlsPolicy.name"), undefined, "wandb"),
    row(balancerField("tlsPolicy.existingPolicy"), undefined, "company"),
    row(balancerField("httpRedirect"), undefined, false),
    row(balancerField("proxySubnet.create"), undefined, false, internal),
    row(balancerField("proxySubnet.cidr"), undefined, "10.126.0.0/23", internal),
    row(balancerField("proxySubnet.name"), undefined, "proxies", internal),
    row(balancerField("proxySubnet.firewallName"), undefined, "proxies", internal),
    row(balancerField("proxySubnet.ports"), undefined, ["8080"], internal),
];

const consumer = { project: "consumer-project" };
const published = { ...internal, "gcp.privateServiceConnect": { consumers: [consumer] } };
const publishedField = (name: string) => `gcp.privateServiceConnect.${name}`;
const attachment = (name: string, region = Region) =>
    `projects/clickhouse/regions/${region}/serviceAttachments/${name}`;
const clickHouse = { "gcp.clickHouse": { serviceAttachment: attachment("weave") } };
const clickHouseField = (name: string) => `gcp.clickHouse.${name}`;

const extraRows: readonly ChangeRow[] = [
    at(
        publishedField("consumers[].project"),
        publishedField("consumers"),
        [consumer],
        [{ project: "other-consumer" }],
        published,
    ),
    at(
        publishedField("consumers[].connectionLimit"),
        publishedField("consumers"),
        [consumer],
        [{ ...consumer, connectionLimit: 4 }],
        published,
    ),
    at(
        publishedField("acceptAll"),
        "gcp.privateServiceConnect",
        { consumers: [consumer] },
        { acceptAll: true },
        internal,
    ),
    row(publishedField("natCidr"), undefined, "192.168.7.0/24", published),
    row(publishedField("subnetName"), undefined, "consumers", published),
    row(publishedField("attachmentName"), undefined, "wandb", published),
    row(publishedField("domainName"), undefined, "wandb.example.com.", published),
    row(clickHouseField("serviceAttachment"), attachment("weave"), attachment("other"), clickHouse),
    at(
        clickHouseField("region"),
        "gcp.clickHouse",
        { serviceAttachment: attachment("weave") },
        { serviceAttachment: attachment("weave", "europe-west1"), region: "europe-west1" },
    ),
    row(clickHouseField("subnetCidr"), undefined, "10.51.0.0/24", clickHouse),
    row(clickHouseField("existingSubnetId"), undefined, subnetworkId("spare"), clickHouse),
    row(clickHouseField("subnetName"), undefined, "click-house", clickHouse),
    row(clickHouseField("addressName"), undefined, "click-house", clickHouse),
    row(clickHouseField("endpointName"), undefined, "click-house", clickHouse),
    row(clickHouseField("zoneName"), undefined, "click-house", clickHouse),
    row("gcp.monitoring.stackdriverExporter", undefined, true),
    row("access.cidrs", ["203.0.113.0/24"], ["198.51.100.0/24"]),
    at("access.private", "access", { cidrs: ["203.0.113.0/24"] }, { private: true }),
    row("size", undefined, "large"),
    row("tags", undefined, { team: "ml" }),
];

const placeRows: readonly ChangeRow[] = [
    row("gcp.project", undefined, "other-project"),
    row("gcp.region", undefined, "europe-west1"),
    row("gcp.enableApis", undefined, false),
];

export const GcpChangeRows: readonly ChangeRow[] = [
    ...placeRows,
    ...networkRows,
    ...keyRows,
    ...clusterRows,
    ...databaseRows,
    ...cacheRows,
    ...bucketRows,
    ...historyRows,
    ...identityRows,
    ...entryRows,
    ...extraRows,
];
