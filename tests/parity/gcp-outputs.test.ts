import assert from "node:assert/strict";
import { GcpLoadBalancerScheme } from "../../sdk/index";
import { recorded } from "./gcp-recorded";
import { GcpModuleOutputs } from "./gcp-variables";
import { describeOutputParity, type OutputRow } from "./output-suite";

const change = {
    gcp: {
        bucket: { prefix: "team/wandb", events: true },
        dns: { certificateNames: ["wandb-example-com"] },
        loadBalancer: { scheme: GcpLoadBalancerScheme.Internal },
        privateServiceConnect: { consumers: [{ project: "consumer-project" }] },
        clickHouse: { serviceAttachment: "projects/clickhouse/regions/europe-west4/serviceAttachments/weave" },
    },
};

const noClientCertificate = "It is always empty in the module: client certificates are off, as they are here.";

const rows: readonly OutputRow[] = [
    { output: "address", read: ({ address }) => address, value: "10.64.0.9" },
    { output: "bucket_name", read: ({ bucketName }) => bucketName, value: "demo-bucket-1a2b3c4" },
    { output: "bucket_path", read: ({ gcp }) => gcp?.bucketPrefix, value: "team/wandb" },
    {
        output: "bucket_queue_name",
        read: ({ gcp }) => gcp?.bucketEventSubscription,
        value: "demo-bucket-events-subscription-1a2b3c4",
    },
    { output: "cluster_ca_certificate", read: ({ gcp }) => gcp?.clusterCertificateAuthority, value: "Y2E=" },
    { output: "cluster_client_certificate", reason: noClientCertificate },
    { output: "cluster_client_key", reason: noClientCertificate },
    { output: "cluster_endpoint", read: ({ gcp }) => gcp?.clusterEndpoint, value: "https://192.0.2.10" },
    { output: "cluster_id", read: ({ gcp }) => gcp?.clusterId, value: "demo-cluster-id" },
    { output: "cluster_name", read: ({ clusterName }) => clusterName, value: "demo-1a2b3c4d" },
    {
        output: "cluster_node_pool",
        reason: "It is a whole object of the provider; what people read of it are outputs of their own.",
    },
    {
        output: "cluster_self_link",
        reason: "It is `https://container.googleapis.com/v1/` and the output `gcp.clusterId`.",
    },
    {
        output: "database_connection_string",
        read: ({ gcp }) => gcp?.databaseConnectionString,
        value: "mysql://wandb:generated@10.64.0.3:3306/wandb_local",
        secret: true,
    },
    { output: "fqdn", reason: "It is the argument `host`, which the program knows." },
    {
        output: "service_account",
        read: ({ gcp }) => gcp?.nodeServiceAccountEmail,
        value: /^demo-nodes\S*@example-project\.iam\.gserviceaccount\.com$/,
    },
    { output: "url", read: ({ url }) => url },
    { output: "standardized_size", reason: "It is the argument `size`, which the program knows." },
    { output: "gke_node_count", read: ({ gcp }) => gcp?.minNodesPerZone, value: 1 },
    { output: "gke_max_node_count", read: ({ gcp }) => gcp?.maxNodesPerZone, value: 4 },
    { output: "gke_node_instance_type", read: ({ gcp }) => gcp?.nodeMachineType, value: "n2-highmem-8" },
    { output: "database_instance_type", read: ({ gcp }) => gcp?.databaseTier, value: "db-custom-2-13312" },
    {
        // A preview finds no load balancer yet, but the attachment has an id of its own.
        output: "private_attachment_id",
        read: ({ gcp }) => gcp?.serviceAttachmentId,
        value: "demo-psc-attachment-id",
    },
    {
        output: "sa_account_email",
        read: ({ gcp }) => gcp?.appServiceAccountEmail,
        value: /^demo-app\S*@example-project\.iam\.gserviceaccount\.com$/,
    },
    { output: "clickhouse_private_endpoint_id", read: ({ gcp }) => gcp?.clickHouseConnectionId, value: "1234567890" },
    {
        output: "oidc_issuer",
        read: ({ gcp }) => gcp?.clusterTokenIssuer,
        value: "https://container.googleapis.com/v1/demo-cluster-id",
    },
    { output: "cluster_location", read: ({ gcp }) => gcp?.clusterLocation, value: "europe-west4" },
    { output: "wandb_spec", read: ({ manifest }) => manifest, value: /^kind: WeightsAndBiases$/m },
];

describe("the list of the Google Cloud module's outputs", () => {
    it("is whole", () => assert.equal(GcpModuleOutputs.length, 27));
});

describeOutputParity({
    title: "parity with the outputs of the Terraform module of Google Cloud",
    rows,
    outputs: GcpModuleOutputs,
    deploy: async () => (await recorded(change)).deployment,
});
