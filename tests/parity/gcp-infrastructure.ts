import { BucketProvider, GcpDatabaseEdition, GcpLoadBalancerScheme } from "../../sdk/index";
import { alsoBy, argument, gone, input, instead, type ParityRow, reason, there } from "./row";

const key = "projects/example-project/locations/europe-west4/keyRings/own/cryptoKeys/own";
const network = {
    networkId: "projects/host-project/global/networks/shared",
    subnetworkId: "projects/host-project/regions/europe-west4/subnetworks/wandb",
    podRangeName: "pods",
    serviceRangeName: "services",
};
const ownBucket = { provider: BucketProvider.Gcs, name: "example-wandb" };
const attachment = "projects/clickhouse/regions/europe-west4/serviceAttachments/weave";
const internal = {
    dns: { certificateNames: ["wandb-example-com"] },
    loadBalancer: { scheme: GcpLoadBalancerScheme.Internal },
};

/** Variables of network, entry, keys, cluster, database, cache and bucket. */
export const infrastructureRows: readonly ParityRow[] = [
    argument(
        "network",
        "gcp.network.existing.networkId",
        { gcp: { network: { existing: network } } },
        gone("demo-vpc"),
        input("demo-cluster", "network", network.networkId),
        input("demo-database", "settings.ipConfiguration.privateNetwork", network.networkId),
        input("demo-cache", "authorizedNetwork", network.networkId),
    ),
    argument(
        "subnetwork",
        "gcp.network.existing.subnetworkId",
        { gcp: { network: { existing: network } } },
        input("demo-cluster", "subnetwork", network.subnetworkId),
    ),
    argument(
        "allowed_inbound_cidrs",
        "gcp.loadBalancer.inboundCidrs",
        { gcp: { loadBalancer: { inboundCidrs: ["198.51.100.0/24"] } } },
        input("demo-security-policy", "rules", /198\.51\.100\.0\/24/),
    ),
    argument(
        "google_api_dns_overrides",
        "gcp.network.googleApiDomains",
        { gcp: { network: { googleApiDomains: ["pkg.dev"] } } },
        there("demo-pkg-dev-zone"),
    ),
    instead(
        "google_api_psc_ipaddress",
        "Google's own private addresses need no endpoint, no address and no charge; every name resolves to them, not only the bare one.",
        input("demo-googleapis-zone", "dnsName", "googleapis.com."),
        input("demo-googleapis-names", "name", /^\*\.googleapis\.com\.$/),
    ),
    argument(
        "domain_name",
        "host",
        { host: "tracking.example.com" },
        input("demo-instance", "spec.values.global.host", "https://tracking.example.com"),
    ),
    argument(
        "subdomain",
        "host",
        { host: "team.tracking.example.com" },
        input("demo-instance", "spec.values.global.host", "https://team.tracking.example.com"),
    ),
    argument(
        "ssl",
        "ingress.tls.enabled",
        { ingress: { tls: { enabled: false } } },
        gone("demo-tls-policy"),
        gone("demo-frontend-config"),
    ),
    argument(
        "database_version",
        "gcp.database.engineVersion",
        { gcp: { database: { engineVersion: "MYSQL_8_0_40" } } },
        input("demo-database", "databaseVersion", "MYSQL_8_0_40"),
    ),
    argument(
        "database_machine_type",
        "gcp.database.tier",
        { gcp: { database: { tier: "db-custom-4-26624" } } },
        input("demo-database", "settings.tier", "db-custom-4-26624"),
    ),
    argument(
        "database_edition",
        "gcp.database.edition",
        { gcp: { database: { edition: GcpDatabaseEdition.EnterprisePlus } } },
        input("demo-database", "settings.edition", "ENTERPRISE_PLUS"),
        input("demo-database", "settings.tier", "db-perf-optimized-N-2"),
    ),
    argument(
        "database_data_cache_enabled",
        "gcp.database.dataCache",
        { gcp: { database: { edition: GcpDatabaseEdition.EnterprisePlus, dataCache: false } } },
        input("demo-database", "settings.dataCacheConfig.dataCacheEnabled", false),
    ),
    argument(
        "database_flags",
        "gcp.database.parameters",
        { gcp: { database: { parameters: { long_query_time: "2" } } } },
        input("demo-database", "settings.databaseFlags", /"long_query_time"[^}]*"2"|"2"[^}]*"long_query_time"/),
    ),
    argument(
        "database_sort_buffer_size",
        "gcp.database.parameters",
        { gcp: { database: { parameters: { sort_buffer_size: "1048576" } } } },
        input(
            "demo-database",
            "settings.databaseFlags",
            /"sort_buffer_size"[^}]*"1048576"|"1048576"[^}]*"sort_buffer_size"/,
        ),
    ),
    instead(
        "force_ssl",
        "Cloud SQL takes encrypted connections only, and asks for no certificates of clients, which W&B has not.",
        input("demo-database", "settings.ipConfiguration.sslMode", "ENCRYPTED_ONLY"),
    ),
    argument("create_bigtable", "gcp.bigtable", { gcp: { bigtable: {} } }, there("demo-bigtable")),
    argument(
        "bigtable_storage_type",
        "gcp.bigtable.storage",
        { gcp: { bigtable: { storage: "HDD" } } },
        input("demo-bigtable", "clusters", /"HDD"/),
    ),
    argument(
        "bigtable_min_nodes",
        "gcp.bigtable.minNodes",
        { gcp: { bigtable: { minNodes: 2 } } },
        input("demo-bigtable", "clusters", /"minNodes":2/),
    ),
    argument(
        "bigtable_max_nodes",
        "gcp.bigtable.maxNodes",
        { gcp: { bigtable: { maxNodes: 9 } } },
        input("demo-bigtable", "clusters", /"maxNodes":9/),
    ),
    argument(
        "bigtable_cpu_target",
        "gcp.bigtable.cpuTarget",
        { gcp: { bigtable: { cpuTarget: 50 } } },
        input("demo-bigtable", "clusters", /"cpuTarget":50/),
    ),
    argument(
        "create_pubsub",
        "gcp.events",
        { gcp: { events: {} } },
        there("demo-file-stream"),
        there("demo-run-updates-subscription"),
        input("demo-instance", "spec.values.global.pubSub.enabled", true),
    ),
    argument(
        "redis_reserved_ip_range",
        ["gcp.cache.reservedIpRange", "gcp.cache.connectMode"],
        { gcp: { cache: { connectMode: "DIRECT_PEERING", reservedIpRange: "10.30.0.0/29" } } },
        input("demo-cache", "reservedIpRange", "10.30.0.0/29"),
    ),
    argument(
        "redis_tier",
        "gcp.cache.highAvailability",
        { gcp: { cache: { highAvailability: false } } },
        input("demo-cache", "tier", "BASIC"),
    ),
    argument(
        "redis_memory_size_gb",
        "gcp.cache.memorySizeGb",
        { gcp: { cache: { memorySizeGb: 20 } } },
        input("demo-cache", "memorySizeGb", 20),
    ),
    argument(
        "bucket_name",
        "bucket.name",
        { bucket: ownBucket },
        gone("demo-bucket"),
        input("demo-instance", "spec.values.global.bucket.name", "example-wandb"),
        input("demo-app-bucket-objects", "bucket", "example-wandb"),
    ),
    argument(
        "bucket_location",
        "gcp.bucket.location",
        { gcp: { bucket: { location: "EU" } } },
        input("demo-bucket", "location", "EU"),
    ),
    argument(
        "skip_bucket_admin_role",
        "gcp.identity.ownBucketAccess",
        { bucket: ownBucket, gcp: { identity: { ownBucketAccess: false } } },
        gone("demo-app-bucket-objects"),
    ),
    alsoBy(
        argument(
            "bucket_path",
            ["bucket.prefix", "gcp.bucket.prefix"],
            { bucket: { ...ownBucket, prefix: "team/wandb" } },
            input("demo-instance", "spec.values.global.bucket.path", "team/wandb"),
        ),
        { gcp: { bucket: { prefix: "team/wandb" } } },
        input("demo-instance", "spec.values.global.bucket.path", "team/wandb"),
    ),
    argument(
        "gke_machine_type",
        "gcp.cluster.nodes.machineType",
        { gcp: { cluster: { nodes: { machineType: "n2-standard-16" } } } },
        input("demo-nodes", "nodeConfig.machineType", "n2-standard-16"),
    ),
    argument(
        "gke_min_node_count",
        "gcp.cluster.nodes.minPerZone",
        { gcp: { cluster: { nodes: { minPerZone: 2 } } } },
        input("demo-nodes", "autoscaling.minNodeCount", 2),
    ),
    argument(
        "gke_max_node_count",
        "gcp.cluster.nodes.maxPerZone",
        { gcp: { cluster: { nodes: { maxPerZone: 7 } } } },
        input("demo-nodes", "autoscaling.maxNodeCount", 7),
    ),
    argument(
        "gke_node_disk_size_gb",
        "gcp.cluster.nodes.diskSizeGb",
        { gcp: { cluster: { nodes: { diskSizeGb: 200 } } } },
        input("demo-nodes", "nodeConfig.diskSizeGb", 200),
    ),
    argument(
        "gke_release_channel",
        "gcp.cluster.releaseChannel",
        { gcp: { cluster: { releaseChannel: "STABLE" } } },
        input("demo-cluster", "releaseChannel.channel", "STABLE"),
    ),
    argument(
        "gke_min_version",
        "gcp.cluster.minVersion",
        { gcp: { cluster: { minVersion: "1.34" } } },
        input("demo-cluster", "minMasterVersion", "1.34"),
    ),
    argument(
        "gke_cluster_labels",
        "gcp.cluster.labels",
        { gcp: { cluster: { labels: { team: "ml" } } } },
        input("demo-cluster", "resourceLabels.team", "ml"),
    ),
    argument(
        "enable_gcs_fuse_csi_driver",
        "gcp.cluster.gcsFuse",
        { gcp: { cluster: { gcsFuse: true } } },
        input("demo-cluster", "addonsConfig.gcsFuseCsiDriverConfig.enabled", true),
    ),
    instead(
        "sql_default_encryption",
        "A key of ours encrypts database and cache always.",
        input("demo-key-sqladmin", "role", "roles/cloudkms.cryptoKeyEncrypterDecrypter"),
        input("demo-key-redis", "role", "roles/cloudkms.cryptoKeyEncrypterDecrypter"),
    ),
    argument(
        "bucket_default_encryption",
        "gcp.bucket.encryption",
        { gcp: { bucket: { encryption: "google" } } },
        gone("demo-key-storage"),
    ),
    argument(
        "db_kms_key_id",
        "gcp.key.databaseKeyId",
        { gcp: { key: { databaseKeyId: key } } },
        input("demo-database", "encryptionKeyName", key),
        input("demo-cache", "customerManagedKey", key),
    ),
    argument(
        "bucket_kms_key_id",
        "gcp.key.bucketKeyId",
        { gcp: { key: { bucketKeyId: key } } },
        input("demo-bucket", "encryption.defaultKmsKeyName", key),
    ),
    argument(
        "create_private_link",
        "gcp.privateServiceConnect",
        { gcp: { ...internal, privateServiceConnect: { acceptAll: true } } },
        input("demo-psc-attachment", "connectionPreference", "ACCEPT_AUTOMATIC"),
    ),
    argument(
        "public_access",
        "gcp.loadBalancer.scheme",
        { gcp: internal },
        gone("demo-address"),
        there("demo-internal-address"),
        input("demo-instance", "spec.values.ingress.annotations.kubernetes\\.io/ingress\\.class", "gce-internal"),
    ),
    argument(
        "allowed_project_names",
        ["gcp.privateServiceConnect.consumers[].project", "gcp.privateServiceConnect.consumers[].connectionLimit"],
        {
            gcp: {
                ...internal,
                privateServiceConnect: { consumers: [{ project: "consumer-project", connectionLimit: 4 }] },
            },
        },
        input("demo-psc-attachment", "consumerAcceptLists", [
            { projectIdOrNum: "consumer-project", connectionLimit: 4 },
        ]),
    ),
    argument(
        "psc_subnetwork_cidr",
        "gcp.privateServiceConnect.natCidr",
        { gcp: { ...internal, privateServiceConnect: { acceptAll: true, natCidr: "192.168.7.0/24" } } },
        input("demo-psc-subnet", "ipCidrRange", "192.168.7.0/24"),
    ),
    argument(
        "ilb_proxynetwork_cidr",
        "gcp.loadBalancer.proxySubnet.cidr",
        { gcp: { ...internal, loadBalancer: { ...internal.loadBalancer, proxySubnet: { cidr: "10.126.0.0/23" } } } },
        input("demo-proxy-subnet", "ipCidrRange", "10.126.0.0/23"),
    ),
    instead(
        "create_workload_identity",
        "Workload Identity always: nodes have no rights on W&B's data.",
        input("demo-cluster", "workloadIdentityConfig.workloadPool", "example-project.svc.id.goog"),
        there("demo-app-as-app"),
    ),
    argument(
        "enable_stackdriver",
        "gcp.monitoring.stackdriverExporter",
        { gcp: { monitoring: { stackdriverExporter: true } } },
        input("demo-instance", "spec.values.stackdriver.install", true),
        input("demo-monitoring-view", "role", "roles/monitoring.viewer"),
    ),
    reason(
        "stackdriver_sa_name",
        "The chart ignores it: the account is the one that the chart makes, and the one that may act as the exporter.",
    ),
    argument(
        "clickhouse_private_endpoint_service_name",
        "gcp.clickHouse.serviceAttachment",
        { gcp: { clickHouse: { serviceAttachment: attachment } } },
        input("demo-click-house-endpoint", "target", attachment),
    ),
    argument(
        "clickhouse_region",
        "gcp.clickHouse.region",
        {
            gcp: {
                clickHouse: {
                    serviceAttachment: "projects/clickhouse/regions/europe-west3/serviceAttachments/weave",
                    region: "europe-west3",
                },
            },
        },
        input("demo-click-house-zone", "dnsName", "europe-west3.p.gcp.clickhouse.cloud."),
    ),
    argument(
        "clickhouse_subnetwork_cidr",
        "gcp.clickHouse.subnetCidr",
        { gcp: { clickHouse: { serviceAttachment: attachment, subnetCidr: "10.51.0.0/24" } } },
        input("demo-click-house-subnet", "ipCidrRange", "10.51.0.0/24"),
    ),
    argument(
        "enable_private_gke_nodes",
        "gcp.cluster.privateNodes",
        { gcp: { cluster: { privateNodes: false } } },
        input("demo-cluster", "privateClusterConfig.enablePrivateNodes", false),
    ),
];
