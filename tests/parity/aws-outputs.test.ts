import assert from "node:assert/strict";
import { AwsModuleOutputs } from "./aws-variables";
import { describeOutputParity, type OutputRow } from "./output-suite";
import { recorded } from "./recorded";

const change = {
    aws: {
        bucket: { prefix: "team/wandb", eventQueue: true },
        privateLink: { allowedAccountIds: ["210987654321"] },
        clickHouse: { key: true, keyPrincipalArn: "arn:aws:iam::576599896960:role/prod-kms-request-role" },
    },
};

const rows: readonly OutputRow[] = [
    { output: "bucket_name", read: ({ bucketName }) => bucketName, value: "demo-bucket-1a2b3c4" },
    { output: "bucket_path", read: ({ aws }) => aws?.bucketPrefix, value: "team/wandb" },
    {
        output: "bucket_queue_name",
        read: ({ aws }) => aws?.bucketQueueUrl,
        value: "https://sqs.us-east-1.amazonaws.com/123456789012/demo-bucket-events",
    },
    { output: "bucket_region", read: ({ aws }) => aws?.bucketRegion, value: "us-east-1" },
    { output: "cluster_name", read: ({ clusterName }) => clusterName, value: "demo-cluster-1a2b3c4" },
    {
        output: "cluster_endpoint",
        read: ({ aws }) => aws?.clusterEndpoint,
        value: "https://example.gr7.us-east-1.eks.amazonaws.com",
    },
    {
        output: "cluster_certificate_authority_data",
        read: ({ aws }) => aws?.clusterCertificateAuthority,
        value: "Y2E=",
    },
    {
        output: "cluster_node_role",
        read: ({ aws }) => aws?.nodeRoleArn,
        value: /^arn:aws:iam::123456789012:role\/.*[Nn]odes/,
    },
    {
        output: "database_connection_string",
        read: ({ aws }) => aws?.databaseConnectionString,
        value: "mysql://wandb:generated@writer.database.example:3306/wandb_local",
        // In the module it is plain text.
        secret: true,
    },
    { output: "database_username", read: ({ aws }) => aws?.databaseUsername, value: "wandb" },
    { output: "database_password", read: ({ aws }) => aws?.databasePassword, value: "generated", secret: true },
    { output: "database_instance_type", read: ({ aws }) => aws?.databaseInstanceClass, value: "db.r6g.large" },
    {
        output: "elasticache_connection_string",
        read: ({ aws }) => aws?.cacheAddress,
        value: "master.cache.example:6379",
    },
    { output: "eks_min_nodes_per_az", read: ({ aws }) => aws?.minNodesPerZone, value: 1 },
    { output: "eks_max_nodes_per_az", read: ({ aws }) => aws?.maxNodesPerZone, value: 4 },
    { output: "eks_node_instance_type", read: ({ aws }) => aws?.nodeInstanceType, value: "r6i.2xlarge" },
    {
        output: "kms_key_arn",
        read: ({ aws }) => aws?.kmsKeyArn,
        value: "arn:aws:kms:us-east-1:123456789012:key/made",
    },
    {
        output: "kms_clickhouse_key_arn",
        read: ({ aws }) => aws?.clickHouseKeyArn,
        value: "arn:aws:kms:us-east-1:123456789012:key/made",
    },
    { output: "network_id", read: ({ aws }) => aws?.vpcId, value: "demo-vpc-id" },
    {
        output: "network_private_subnets",
        read: ({ aws }) => aws?.privateSubnetIds,
        value: ["demo-private-subnet-a-id", "demo-private-subnet-b-id", "demo-private-subnet-c-id"],
    },
    {
        // The module gives `allowed_inbound_cidr` under this name.
        output: "network_public_subnets",
        read: ({ aws }) => aws?.publicSubnetIds,
        value: ["demo-public-subnet-a-id", "demo-public-subnet-b-id", "demo-public-subnet-c-id"],
    },
    { output: "redis_instance_type", read: ({ aws }) => aws?.cacheNodeType, value: "cache.m6g.large" },
    { output: "standardized_size", reason: "It is the argument `size`, which the program knows." },
    { output: "url", read: ({ url }) => url },
    { output: "wandb_spec", read: ({ manifest }) => manifest, value: /^kind: WeightsAndBiases$/m },
    {
        output: "private_link_service_name",
        read: ({ aws }) => aws?.privateLinkServiceName,
        value: "com.amazonaws.vpce.us-east-1.vpce-svc-1",
    },
    {
        output: "private_link_service_id",
        read: ({ aws }) => aws?.privateLinkServiceId,
        value: "demo-private-link-service-id",
    },
    {
        output: "private_link_availability_zones",
        read: ({ aws }) => aws?.privateLinkZones,
        value: ["us-east-1a", "us-east-1b"],
    },
];

describe("the list of the AWS module's outputs", () => {
    it("is whole", () => assert.equal(AwsModuleOutputs.length, 28));
});

describeOutputParity({
    title: "parity with the outputs of the Terraform module of AWS",
    rows,
    outputs: AwsModuleOutputs,
    deploy: async () => (await recorded(change)).deployment,
});
