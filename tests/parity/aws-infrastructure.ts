import { AwsBucketAccess, BucketProvider } from "../../sdk/index";
import { alsoBy, argument, gone, input, instead, type ParityRow, reason } from "./row";

const key = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012";
const role = "arn:aws:iam::123456789012:role/platform";
const vpc = { vpcId: "vpc-0123456789abcdef0" };
const subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
const existing = {
    ...vpc,
    privateSubnetIds: subnets,
    loadBalancerSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
};
const ownBucket = { provider: BucketProvider.S3, name: "example-wandb", region: "us-east-1" };
const user = "arn:aws:iam::123456789012:user/ann";

/** Variables of network, keys, cluster, database and bucket. */
export const infrastructureRows: readonly ParityRow[] = [
    argument(
        "database_engine_version",
        "aws.database.engineVersion",
        { aws: { database: { engineVersion: "8.0.mysql_aurora.3.08.0" } } },
        input("demo-database-cluster", "engineVersion", "8.0.mysql_aurora.3.08.0"),
    ),
    argument(
        "database_instance_class",
        "aws.database.instanceClass",
        { aws: { database: { instanceClass: "db.r7g.large" } } },
        input("demo-database-a", "instanceClass", "db.r7g.large"),
    ),
    argument(
        "database_snapshot_identifier",
        "aws.database.snapshotIdentifier",
        { aws: { database: { snapshotIdentifier: "before-upgrade" } } },
        input("demo-database-cluster", "snapshotIdentifier", "before-upgrade"),
    ),
    argument(
        "database_sort_buffer_size",
        "aws.database.instanceParameters",
        { aws: { database: { instanceParameters: { sort_buffer_size: "1048576" } } } },
        input(
            "demo-database-instance-parameters",
            "parameters",
            /"sort_buffer_size"[^}]*"1048576"|"1048576"[^}]*"sort_buffer_size"/,
        ),
    ),
    argument(
        "database_name",
        "aws.database.name",
        { aws: { database: { name: "experiments" } } },
        input("demo-database-cluster", "databaseName", "experiments"),
    ),
    argument(
        "database_master_username",
        "aws.database.username",
        { aws: { database: { username: "admin" } } },
        input("demo-database-cluster", "masterUsername", "admin"),
    ),
    argument(
        "database_performance_insights_kms_key_arn",
        "aws.key.performanceInsightsKeyArn",
        { aws: { key: { performanceInsightsKeyArn: key } } },
        input("demo-database-a", "performanceInsightsKmsKeyId", key),
    ),
    argument(
        "database_kms_key_arn",
        "aws.key.databaseKeyArn",
        { aws: { key: { databaseKeyArn: key } } },
        input("demo-database-cluster", "kmsKeyId", key),
        input("demo-cache", "kmsKeyId", key),
    ),
    reason(
        "preserve_aws_auth_configmap",
        "It is for upgrades of module version 7; our clusters know access entries only.",
    ),
    argument(
        "kms_key_alias",
        "aws.key.alias",
        { aws: { key: { alias: "alias/wandb" } } },
        input("demo-key-alias", "name", "alias/wandb"),
    ),
    argument(
        "kms_key_deletion_window",
        "aws.key.deletionWindowDays",
        { aws: { key: { deletionWindowDays: 7 } } },
        input("demo-key", "deletionWindowInDays", 7),
    ),
    argument(
        "kms_key_policy",
        "aws.key.arn",
        { aws: { key: { arn: key } } },
        gone("demo-key"),
        input("demo-cluster", "encryptionConfig.provider.keyArn", key),
    ),
    argument(
        "kms_key_policy_administrator_arn",
        "aws.key.administratorArns",
        { aws: { key: { administratorArns: [role] } } },
        input("demo-key", "policy", /"arn:aws:iam::123456789012:role\/platform"/),
        // The account itself stays the first: whoever runs the program later can manage the key (Trap 8).
        input("demo-key", "policy", /"Statement":\[\{[^}]*"Principal":\{"AWS":\["arn:aws:iam::123456789012:root"/),
    ),
    argument(
        "kms_clickhouse_key_alias",
        "aws.clickHouse.keyAlias",
        { aws: { clickHouse: { key: true, keyPrincipalArn: role, keyAlias: "alias/clickhouse" } } },
        input("demo-click-house-key-alias", "name", "alias/clickhouse"),
    ),
    argument(
        "kms_clickhouse_key_policy",
        "aws.clickHouse.keyPrincipalArn",
        { aws: { clickHouse: { key: true, keyPrincipalArn: role } } },
        input("demo-click-house-key", "policy", /"arn:aws:iam::123456789012:role\/platform"/),
    ),
    argument("create_vpc", "aws.network.existing", { aws: { network: { existing } } }, gone("demo-vpc")),
    argument(
        "enable_flow_log",
        "aws.network.flowLogs",
        { aws: { network: { flowLogs: {} } } },
        input("demo-flow-log", "trafficType", "REJECT"),
    ),
    reason(
        "keep_flow_log_bucket",
        "Flow logs go to CloudWatch Logs, with a retention; no bucket is made that nothing reads.",
    ),
    argument(
        "network_id",
        "aws.network.existing.vpcId",
        { aws: { network: { existing } } },
        input("demo-database-security-group", "vpcId", vpc.vpcId),
    ),
    argument(
        "network_private_subnets",
        "aws.network.existing.privateSubnetIds",
        { aws: { network: { existing } } },
        input("demo-cluster", "vpcConfig.subnetIds", subnets),
    ),
    argument(
        "network_database_subnets",
        "aws.network.existing.dataSubnetIds",
        {
            aws: {
                network: {
                    existing: { ...existing, dataSubnetIds: ["subnet-0123456789abcdef4", "subnet-0123456789abcdef5"] },
                },
            },
        },
        input("demo-database-subnets", "subnetIds", ["subnet-0123456789abcdef4", "subnet-0123456789abcdef5"]),
    ),
    argument(
        "network_elasticache_subnets",
        "aws.network.existing.dataSubnetIds",
        {
            aws: {
                network: {
                    existing: { ...existing, dataSubnetIds: ["subnet-0123456789abcdef4", "subnet-0123456789abcdef5"] },
                },
            },
        },
        input("demo-cache-subnets", "subnetIds", ["subnet-0123456789abcdef4", "subnet-0123456789abcdef5"]),
    ),
    argument(
        "network_cidr",
        "aws.network.cidr",
        { aws: { network: { cidr: "10.42.0.0/16" } } },
        input("demo-vpc", "cidrBlock", "10.42.0.0/16"),
    ),
    argument(
        "network_public_subnet_cidrs",
        "aws.network.subnetCidrs.public",
        subnetCidrs(),
        input("demo-public-subnet-a", "cidrBlock", "10.10.0.0/24"),
    ),
    argument(
        "network_private_subnet_cidrs",
        "aws.network.subnetCidrs.private",
        subnetCidrs(),
        input("demo-private-subnet-a", "cidrBlock", "10.10.10.0/24"),
    ),
    argument(
        "network_database_subnet_cidrs",
        "aws.network.subnetCidrs.data",
        subnetCidrs(),
        input("demo-data-subnet-a", "cidrBlock", "10.10.20.0/24"),
    ),
    instead(
        "network_elasticache_subnet_cidrs",
        "The cache lies in the data subnets beside the database; who may connect is said by security groups.",
        input("demo-cache-subnets", "subnetIds", [
            "demo-data-subnet-a-id",
            "demo-data-subnet-b-id",
            "demo-data-subnet-c-id",
        ]),
    ),
    argument(
        "eks_cluster_version",
        "aws.cluster.version",
        { aws: { cluster: { version: "1.34" } } },
        input("demo-cluster", "version", "1.34"),
    ),
    argument(
        "eks_addons_preroll_version",
        "aws.cluster.addonVersions",
        { aws: { cluster: { addonVersions: { coredns: "v1.12.1-eksbuild.2" } } } },
        input("demo-coredns", "addonVersion", "v1.12.1-eksbuild.2"),
    ),
    argument(
        "eks_cluster_tags",
        "aws.cluster.tags",
        { aws: { cluster: { tags: { team: "ml" } } } },
        input("demo-cluster", "tags.team", "ml"),
    ),
    argument(
        "kubernetes_public_access",
        "access.private",
        { access: { cidrs: undefined, private: true } },
        input("demo-cluster", "vpcConfig.endpointPublicAccess", false),
    ),
    argument(
        "kubernetes_public_access_cidrs",
        "access.cidrs",
        { access: { cidrs: ["198.51.100.7/32"] } },
        input("demo-cluster", "vpcConfig.publicAccessCidrs", ["198.51.100.7/32"]),
    ),
    reason("kubernetes_map_accounts", "The module refuses it: EKS access entries know no whole accounts."),
    argument(
        "kubernetes_map_roles",
        "aws.cluster.accessEntries",
        { aws: { cluster: { accessEntries: { ops: { principalArn: role, groups: ["ops"] } } } } },
        input("demo-access-ops", "principalArn", role),
        input("demo-access-ops", "kubernetesGroups", ["ops"]),
    ),
    argument(
        "kubernetes_map_users",
        "aws.cluster.accessEntries",
        { aws: { cluster: { accessEntries: { ann: { principalArn: user, groups: ["viewers"], username: "ann" } } } } },
        input("demo-access-ann", "userName", "ann"),
    ),
    argument(
        "kubernetes_legacy_cluster_creator_admin",
        "aws.cluster.creatorAdmin",
        {
            aws: {
                cluster: {
                    creatorAdmin: false,
                    accessEntries: { ops: { principalArn: role, policies: ["AmazonEKSClusterAdminPolicy"] } },
                },
            },
        },
        input("demo-cluster", "accessConfig.bootstrapClusterCreatorAdminPermissions", false),
    ),
    argument(
        "kubernetes_instance_types",
        "aws.cluster.nodes.instanceTypes",
        { aws: { cluster: { nodes: { instanceTypes: ["m6i.2xlarge"] } } } },
        input("demo-nodes-a", "instanceTypes", ["m6i.2xlarge"]),
    ),
    argument(
        "kubernetes_min_nodes_per_az",
        "aws.cluster.nodes.minPerZone",
        { aws: { cluster: { nodes: { minPerZone: 2 } } } },
        input("demo-nodes-a", "scalingConfig.minSize", 2),
    ),
    argument(
        "kubernetes_max_nodes_per_az",
        "aws.cluster.nodes.maxPerZone",
        { aws: { cluster: { nodes: { maxPerZone: 9 } } } },
        input("demo-nodes-a", "scalingConfig.maxSize", 9),
    ),
    argument(
        "kubernetes_node_disk_size_gb",
        "aws.cluster.nodes.diskSizeGb",
        { aws: { cluster: { nodes: { diskSizeGb: 333 } } } },
        input("demo-nodes-template", "blockDeviceMappings.0.ebs.volumeSize", 333),
    ),
    argument(
        "eks_policy_arns",
        "aws.identity.policyArns",
        { aws: { identity: { policyArns: { extra: "arn:aws:iam::123456789012:policy/extra" } } } },
        input("demo-app-role-extra", "policyArn", "arn:aws:iam::123456789012:policy/extra"),
    ),
    ...reserved(),
    reason(
        "eks_addon_efs_csi_driver_version",
        "Nothing of W&B reads EFS any more, so neither file system nor driver is made.",
    ),
    ...addonVersions(),
    instead(
        "enable_s3_https_only",
        "Every bucket that is made refuses plain HTTP.",
        input("demo-bucket-policy", "policy", /"Effect":"Deny".*"aws:SecureTransport":"false"/),
    ),
    argument(
        "bucket_name",
        "bucket.name",
        { bucket: ownBucket },
        gone("demo-bucket"),
        input("demo-instance", "spec.values.global.bucket.name", "example-wandb"),
    ),
    alsoBy(
        argument(
            "bucket_kms_key_arn",
            ["aws.key.bucketKeyArn", "bucket.kmsKey"],
            { aws: { key: { bucketKeyArn: key } } },
            input("demo-bucket-encryption", "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId", key),
            input("demo-instance", "spec.values.global.bucket.kmsKey", key),
        ),
        { bucket: { ...ownBucket, kmsKey: key } },
        input("demo-instance", "spec.values.global.bucket.kmsKey", key),
        input("demo-app-role-key", "policy", new RegExp(key)),
    ),
    argument(
        "bucket_permissions_mode",
        "aws.identity.bucketAccess",
        { aws: { identity: { bucketAccess: AwsBucketAccess.Public } } },
        input("demo-app-role-team-buckets", "policy", /"StringNotEquals":\{"aws:ResourceAccount":"123456789012"\}/),
    ),
    argument(
        "bucket_restricted_accounts",
        "aws.identity.teamBucketAccounts",
        { aws: { identity: { bucketAccess: AwsBucketAccess.Restricted, teamBucketAccounts: ["210987654321"] } } },
        input("demo-app-role-team-buckets", "policy", /"StringEquals":\{"aws:ResourceAccount":\["210987654321"\]\}/),
    ),
    alsoBy(
        argument(
            "bucket_path",
            ["aws.bucket.prefix", "bucket.prefix"],
            { aws: { bucket: { prefix: "team/wandb" } } },
            input("demo-instance", "spec.values.global.bucket.path", "team/wandb"),
            input("demo-app-role-bucket", "policy", /demo-bucket-1a2b3c4\/team\/wandb\/\*/),
        ),
        { bucket: { ...ownBucket, prefix: "team/wandb" } },
        input("demo-instance", "spec.values.global.bucket.path", "team/wandb"),
        input("demo-app-role-bucket", "policy", /example-wandb\/team\/wandb\/\*/),
    ),
];

function subnetCidrs() {
    return {
        aws: {
            network: {
                zoneCount: 2,
                subnetCidrs: {
                    public: ["10.10.0.0/24", "10.10.1.0/24"],
                    private: ["10.10.10.0/24", "10.10.11.0/24"],
                    data: ["10.10.20.0/24", "10.10.21.0/24"],
                },
            },
        },
    };
}

function reserved(): ParityRow[] {
    const rows = [
        ["system_reserved_cpu_millicores", "cpuMillicores", /"cpu":"321m"/],
        ["system_reserved_memory_megabytes", "memoryMegabytes", /"memory":"321Mi"/],
        ["system_reserved_ephemeral_megabytes", "ephemeralStorageMegabytes", /"ephemeral-storage":"321Mi"/],
        ["system_reserved_pid", "pids", /"pid":"321"/],
    ] as const;
    return rows.map(([variable, name, userData]) =>
        argument(
            variable,
            `aws.cluster.nodes.systemReserved.${name}`,
            { aws: { cluster: { nodes: { systemReserved: { [name]: 321 } } } } },
            input("demo-nodes-template", "userData", userData),
        ),
    );
}

function addonVersions(): ParityRow[] {
    const rows = [
        ["ebs_csi_driver", "ebsCsiDriver", "demo-ebs-csi"],
        ["coredns", "coredns", "demo-coredns"],
        ["kube_proxy", "kubeProxy", "demo-kube-proxy"],
        ["vpc_cni", "vpcCni", "demo-vpc-cni"],
        ["metrics_server", "metricsServer", "demo-metrics-server"],
    ] as const;
    return rows.map(([variable, name, resource]) =>
        argument(
            `eks_addon_${variable}_version`,
            `aws.cluster.addonVersions.${name}`,
            { aws: { cluster: { addonVersions: { [name]: "v1.2.3-eksbuild.1" } } } },
            input(resource, "addonVersion", "v1.2.3-eksbuild.1"),
        ),
    );
}
