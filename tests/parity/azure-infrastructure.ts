import { BucketProvider } from "../../sdk/index";
import { argument, gone, input, instead, type ParityRow, reason, there } from "./row";

const ownBucket = { provider: BucketProvider.Azure, account: "examplestorage", name: "wandb", accessKey: "b3du" };
const alias = "clickhouse.00000000-0000-4000-8000-0000000000c1.westeurope.azure.privatelinkservice";
const subscription = "00000000-0000-4000-8000-00000000000c";

/** Variables of place, network, entry, keys, cluster, database and storage. */
export const infrastructureRows: readonly ParityRow[] = [
    argument(
        "location",
        "azure.location",
        { azure: { location: "northeurope" } },
        input("demo-group", "location", "northeurope"),
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
        gone("demo-cert-manager-release"),
        gone("demo-issuer"),
    ),
    argument(
        "use_dns_resolver",
        "azure.dns.acme.challenge",
        { azure: { dns: { acme: { challenge: "http-01" } } } },
        input("demo-issuer", "spec.acme.solvers", /"http01"/),
    ),
    argument(
        "database_version",
        "azure.database.engineVersion",
        { azure: { database: { engineVersion: "8.0.21" } } },
        input("demo-database", "version", "8.0.21"),
    ),
    argument(
        "database_availability_mode",
        "azure.database.highAvailability",
        { azure: { database: { highAvailability: "sameZone" } } },
        input("demo-database", "highAvailability.mode", "SameZone"),
    ),
    argument(
        "database_sku_name",
        "azure.database.sku",
        { azure: { database: { sku: "Standard_E4ds_v4" } } },
        input("demo-database", "sku.name", "Standard_E4ds_v4"),
        input("demo-database", "sku.tier", "MemoryOptimized"),
    ),
    argument(
        "database_flags",
        "azure.database.parameters",
        { azure: { database: { parameters: { long_query_time: "2" } } } },
        input("demo-database-long-query-time", "value", "2"),
    ),
    argument(
        "database_sort_buffer_size",
        "azure.database.parameters",
        { azure: { database: { parameters: { sort_buffer_size: "1048576" } } } },
        input("demo-database-sort-buffer-size", "value", "1048576"),
    ),
    argument(
        "blob_container",
        "bucket.name",
        { bucket: { ...ownBucket, name: "files" } },
        gone("demo-bucket-account"),
        input("demo-instance", "spec.values.global.bucket.path", "files"),
    ),
    argument(
        "storage_account",
        "bucket.account",
        { bucket: ownBucket },
        gone("demo-bucket-account"),
        input("demo-instance", "spec.values.global.bucket.name", "examplestorage"),
    ),
    argument(
        "storage_key",
        "bucket.accessKey",
        { bucket: { ...ownBucket, accessKey: "b3RoZXI=" } },
        input("demo-bucket", "stringData", /b3RoZXI=/),
    ),
    argument(
        "external_bucket",
        ["bucket.provider", "bucket.name", "bucket.endpoint", "bucket.accessKey", "bucket.secretKey", "bucket.region"],
        {
            bucket: {
                provider: BucketProvider.S3,
                name: "files",
                endpoint: "minio.example.com:9000",
                region: "us-east-1",
                accessKey: "key",
                secretKey: "secret",
            },
        },
        gone("demo-bucket-account"),
        input("demo-instance", "spec.values.global.bucket.provider", "s3"),
        input("demo-instance", "spec.values.global.bucket.name", "minio.example.com:9000"),
    ),
    argument(
        "bucket_path",
        "azure.bucket.prefix",
        { azure: { bucket: { prefix: "team/wandb" } } },
        input("demo-instance", "spec.values.global.bucket.path", "wandb/team/wandb"),
    ),
    argument(
        "kubernetes_instance_type",
        "azure.cluster.nodes.vmSize",
        { azure: { cluster: { nodes: { vmSize: "Standard_E4s_v5" } } } },
        input("demo-nodes", "vmSize", "Standard_E4s_v5"),
    ),
    argument(
        "kubernetes_min_node_per_az",
        "azure.cluster.nodes.minPerZone",
        { azure: { cluster: { nodes: { minPerZone: 2 } } } },
        input("demo-nodes", "minCount", 6),
    ),
    argument(
        "kubernetes_max_node_per_az",
        "azure.cluster.nodes.maxPerZone",
        { azure: { cluster: { nodes: { maxPerZone: 6 } } } },
        input("demo-nodes", "maxCount", 18),
    ),
    argument(
        "kubernetes_node_disk_size_gb",
        "azure.cluster.nodes.osDiskSizeGb",
        { azure: { cluster: { nodes: { osDiskSizeGb: 200 } } } },
        input("demo-nodes", "osDiskSizeGB", 200),
    ),
    argument(
        "kubernetes_cluster_tags",
        "azure.cluster.tags",
        { azure: { cluster: { tags: { cost: "ml" } } } },
        input("demo-cluster", "tags.cost", "ml"),
    ),
    argument(
        "cluster_sku_tier",
        "azure.cluster.tier",
        { azure: { cluster: { tier: "Free" } } },
        input("demo-cluster", "sku.tier", "Free"),
    ),
    argument(
        "node_pool_zones",
        "azure.cluster.zones",
        { azure: { cluster: { zones: ["1", "3"] } } },
        input("demo-nodes", "availabilityZones", ["1", "3"]),
    ),
    instead(
        "node_pool_num_zones",
        "Zones are named, so that a preview needs no list of all sizes of machines in Azure.",
        input("demo-nodes", "availabilityZones", ["1", "2", "3"]),
    ),
    argument(
        "node_max_pods",
        "azure.cluster.nodes.maxPods",
        { azure: { cluster: { nodes: { maxPods: 60 } } } },
        input("demo-nodes", "maxPods", 60),
    ),
    argument(
        "create_private_link",
        "azure.privateLink",
        { azure: { privateLink: { addresses: 2 } } },
        input("demo-gateway", "privateLinkConfigurations", /"address-2"/),
    ),
    argument(
        "allowed_subscriptions",
        "azure.privateLink.allowedSubscriptionIds",
        { azure: { privateLink: { allowedSubscriptionIds: [subscription] } } },
        input("demo-approval-job", "spec.jobTemplate", new RegExp(subscription)),
    ),
    argument(
        "allowed_ip_ranges",
        "azure.loadBalancer.inboundCidrs",
        { azure: { loadBalancer: { inboundCidrs: ["198.51.100.0/24"] } } },
        input("demo-gateway-security", "securityRules", /198\.51\.100\.0\/24/),
    ),
    instead(
        "enable_storage_vault_key",
        "A key of the vault encrypts from the start; `azure.bucket.encryption` `microsoft` is the way without.",
        there("demo-storage-key"),
    ),
    reason(
        "disable_storage_vault_key_id",
        "It is half of a removal in two steps; here `azure.bucket.encryption` changes in place, in one.",
    ),
    instead(
        "enable_database_vault_key",
        "A key of the vault encrypts from the start, since Azure can never turn it on later.",
        there("demo-database-key"),
    ),
    argument(
        "azuremonitor",
        "azure.monitoring.azureMonitor",
        { azure: { monitoring: { azureMonitor: true } } },
        there("demo-metrics-database"),
        input("demo-instance", "spec.values.otel.daemonset.config.receivers.azuremonitor.auth", "workload_identity"),
    ),
    argument(
        "clickhouse_private_endpoint_service_name",
        "azure.clickHouse.serviceAlias",
        { azure: { clickHouse: { serviceAlias: alias } } },
        input("demo-click-house-endpoint", "manualPrivateLinkServiceConnections", new RegExp(alias)),
    ),
    argument(
        "clickhouse_region",
        "azure.clickHouse.region",
        { azure: { clickHouse: { serviceAlias: alias, region: "germanywestcentral" } } },
        input("demo-click-house-zone", "privateZoneName", "germanywestcentral.privatelink.azure.clickhouse.cloud"),
    ),
];
