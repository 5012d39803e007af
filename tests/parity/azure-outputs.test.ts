import assert from "node:assert/strict";
import { leavesOf, promiseOf } from "../support/resolve";
import { recorded } from "./azure-recorded";
import { AzureModuleOutputs } from "./azure-variables";
import { describeOutputParity, type OutputRow } from "./output-suite";

const change = { azure: { privateLink: {} } };
const clientCertificate = "It is a key of the administrator, and stands in the output `kubeconfig`, which is secret.";
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const rows: readonly OutputRow[] = [
    { output: "fqdn", reason: "It is the argument `host`, which the program knows." },
    { output: "address", read: ({ address }) => address, value: "198.51.100.7" },
    { output: "url", read: ({ url }) => url },
    { output: "cluster_host", read: ({ azure }) => azure?.clusterEndpoint, value: "https://api.example:443" },
    { output: "cluster_client_certificate", reason: clientCertificate },
    { output: "cluster_client_key", reason: clientCertificate },
    { output: "cluster_ca_certificate", read: ({ azure }) => azure?.clusterCertificateAuthority, value: "Y2E=" },
    { output: "oidc_issuer_url", read: ({ azure }) => azure?.clusterTokenIssuer, value: "https://issuer.example/" },
    {
        output: "private_link_resource_id",
        read: ({ azure }) => azure?.privateLinkResourceId,
        value: "demo-gateway-id",
    },
    { output: "private_link_sub_resource_name", read: ({ azure }) => azure?.privateLinkName, value: "public" },
    { output: "standardized_size", reason: "It is the argument `size`, which the program knows." },
    { output: "aks_min_node_count", read: ({ azure }) => azure?.minNodesPerZone, value: 1 },
    { output: "aks_max_node_count", read: ({ azure }) => azure?.maxNodesPerZone, value: 4 },
    { output: "aks_node_instance_type", read: ({ azure }) => azure?.nodeVmSize, value: "Standard_E8s_v5" },
    { output: "database_instance_type", read: ({ azure }) => azure?.databaseSku, value: "Standard_E2ds_v4" },
    { output: "client_id", read: ({ azure }) => azure?.appClientId, value: guid },
    { output: "tenant_id", read: ({ azure }) => azure?.tenantId, value: guid },
    { output: "wandb_spec", read: ({ manifest }) => manifest, value: /^kind: WeightsAndBiases$/m },
];

describe("the list of the Azure module's outputs", () => {
    it("is whole", () => assert.equal(AzureModuleOutputs.length, 18));
});

describeOutputParity({
    title: "parity with the outputs of the Terraform module of Azure",
    rows,
    outputs: AzureModuleOutputs,
    deploy: async () => (await recorded(change)).deployment,
});

describe("outputs on Azure that the module lacks", function () {
    this.timeout(60_000);

    it("are those of storage account, database, vault and cache", async () => {
        const { deployment } = await recorded(change);
        const { azure } = deployment;
        const told = {
            storage: azure?.storageAccountName,
            database: azure?.databaseServerId,
            vault: azure?.vaultUri,
            cache: azure?.cacheAddress,
        };
        const known = await Promise.all(Object.values(told).map((output) => promiseOf(output)));
        known.forEach((value) => assert.match(String(value), /^[a-z0-9:./-]{3,}$/));
    });

    it("keep the password of the database secret", async () => {
        const { deployment } = await recorded(change);
        for (const output of [deployment.azure?.databasePassword, deployment.azure?.databaseConnectionString]) {
            const [{ secret }] = await leavesOf(output);
            assert.equal(secret, true);
        }
    });
});
