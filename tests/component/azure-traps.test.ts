import assert from "node:assert/strict";
import { recorded } from "../parity/azure-recorded";
import { keyUriWithVersion, keys, makeMockedCluster } from "../support/azure-cluster";
import { AzureDeployments } from "../support/azure-args";
import type { GraphRecorder, RegisteredResource } from "../support/graph";
import { at } from "../support/resolve";

const { minimal } = AzureDeployments;

/** Where the Terraform module for Azure hurts its users, by the numbers of the list of traps. */
describe("traps of the Terraform module of Azure: what is asked for", function () {
    this.timeout(60_000);

    it("reaches the custom resource as it is, commas and backslashes too, and not through Helm (Trap 1)", async () => {
        const value = String.raw`one,two\three={4}`;
        const { graph } = await recorded({ extraEnv: { ODD: value } });
        assert.equal(settings(graph, "global.extraEnv.ODD"), value);
        const releases = graph.resources.filter(({ type }) => type.startsWith("kubernetes:helm.sh/"));
        assert.ok(releases.length > 0);
        assert.doesNotMatch(JSON.stringify(releases.map(({ inputs }) => inputs)), /wandb\.example\.com|three/);
        assert.match(
            String(settings(graph, "console.extraEnv.BUCKET_ACCESS_IDENTITY")),
            /^CLIENT_ID=\S+ - TENANT_ID=\S+ - OIDC_ISSUER_URL=https:\/\/issuer\.example\/$/,
        );
    });

    it("lets the collector fill in its variables itself (Trap 2)", async () => {
        const { graph } = await recorded({ azure: { monitoring: { azureMonitor: true } } });
        const receiver = settings(graph, "otel.daemonset.config.receivers.azuremonitor");
        assert.deepEqual(
            ["tenant_id", "client_id", "federated_token_file"].map((key) => at(receiver, key)),
            ["${env:AZURE_TENANT_ID}", "${env:AZURE_CLIENT_ID}", "${env:AZURE_FEDERATED_TOKEN_FILE}"],
        );
    });

    it("writes ports as numbers and variables as text (Trap 3)", async () => {
        for (const redis of [undefined, { host: "redis.example.com", port: 6380 }]) {
            const { graph } = await recorded({ redis, extraEnv: { FLAG: "false" } });
            assert.equal(typeof settings(graph, "global.redis.port"), "number");
            assert.equal(typeof settings(graph, "global.mysql.port"), "number");
            assert.equal(settings(graph, "global.extraEnv.FLAG"), "false");
        }
    });

    it("puts no slash after the container, with or without a prefix (Trap 4)", async () => {
        const plain = await recorded({});
        assert.equal(settings(plain.graph, "global.bucket.path"), "wandb");
        const prefixed = await recorded({ azure: { bucket: { prefix: "team" } } });
        assert.equal(settings(prefixed.graph, "global.bucket.path"), "wandb/team");
    });

    it("sends nothing new to the gateway when W&B changes, for that would undo what its controller wrote (Trap 7)", async () => {
        const gateway = async (change: Parameters<typeof recorded>[0]) =>
            (await recorded(change)).graph.byName("demo-gateway").inputs;
        const plain = await gateway({});
        const other = await gateway({
            host: "ml.example.com",
            ingress: { additionalHosts: ["also.example.com"] },
            components: { app: { env: { DEPTH: "3" } } },
        });
        assert.deepEqual(other, plain);
        assert.doesNotMatch(JSON.stringify(plain), /example\.com/);
    });

    it("splits the size of the database into name and tier, and its version is a string (Trap 12)", async () => {
        const server = async (database: object) =>
            (await recorded({ azure: { database } })).graph.byName("demo-database").inputs;
        const plain = await server({});
        assert.deepEqual(plain["sku"], { name: "Standard_E2ds_v4", tier: "MemoryOptimized" });
        assert.equal(plain["version"], "8.4");
        assert.equal(at(plain, "storage.autoGrow"), "Enabled");
        const general = await server({ sku: "Standard_D4ds_v4" });
        assert.deepEqual(general["sku"], { name: "Standard_D4ds_v4", tier: "GeneralPurpose" });
    });

    it("names the version of the key that encrypts the cluster's Secrets (Trap 13)", async () => {
        const { graph } = await makeMockedCluster({ keys });
        const { inputs } = graph.byName("w-cluster");
        assert.equal(at(inputs, "securityProfile.azureKeyVaultKms.keyId"), keyUriWithVersion);
    });

    it("makes a vault of another name each time, or brings one back when told so (Trap 16)", async () => {
        const { graph } = await recorded({});
        assert.match(String(graph.byName("demo-vault").inputs["vaultName"]), /^kv-demo-[0-9a-f]+$/);
        assert.equal(at(graph.byName("demo-vault").inputs, "properties.createMode"), undefined);
        const again = await recorded({ azure: { key: { vaultName: "kv-demo-old", recover: true } } });
        assert.equal(at(again.graph.byName("demo-vault").inputs, "properties.createMode"), "recover");
    });

    it("refuses proofs by HTTP where the authority cannot come in (Trap 19)", async () => {
        const azure = { dns: { zoneId: undefined, acme: {} }, loadBalancer: { inboundCidrs: ["198.51.100.0/24"] } };
        await assert.rejects(
            recorded({ azure }),
            /is HTTP-01, but `azure\.loadBalancer\.inboundCidrs` shuts the authority out/,
        );
        // In a zone it is proved by a record.
        const { loadBalancer } = azure;
        const { graph } = await recorded({ azure: { ...minimal.azure, loadBalancer } });
        assert.match(JSON.stringify(graph.byName("demo-issuer").inputs), /"dns01":/);
    });

    it("deletes what has a name of one's own before the next, but never the database (Trap 20)", async () => {
        const azure = { cache: { identifier: "our-cache" }, database: { identifier: "our-database" } };
        const { graph } = await recorded({ azure });
        assert.equal(graph.byName("demo-cache").inputs["clusterName"], "our-cache");
        assert.equal(graph.byName("demo-cache").deleteBeforeReplace, true);
        assert.equal(graph.byName("demo-database").inputs["serverName"], "our-database");
        assert.equal(graph.byName("demo-database").deleteBeforeReplace, false);
        const plain = await recorded({});
        assert.equal(plain.graph.byName("demo-cache").deleteBeforeReplace, undefined);
    });

    it("has its private address in the gateway's subnet, whatever the range (Trap 21)", async () => {
        for (const [cidr, address] of [
            ["10.64.0.0/16", "10.64.0.253"],
            ["172.16.0.0/16", "172.16.0.253"],
        ]) {
            const { graph } = await recorded({ azure: { network: { cidr } } });
            const frontends = graph.byName("demo-gateway").inputs["frontendIPConfigurations"];
            assert.equal(at(frontends, "1.privateIPAddress"), address);
        }
    });

    it("says of Lumen what is told, and puts no made-up label on the Ingress (Trap 22)", async () => {
        const lumen = { gcpWorkloadIdentity: { audience: "lumen" } };
        const { graph } = await recorded({ values: { global: { lumen } } });
        assert.deepEqual(settings(graph, "global.lumen"), lumen);
        assert.equal(settings(graph, "ingress.labels"), undefined);
    });
});

describe("traps of the Terraform module of Azure: what is made of the least", function () {
    this.timeout(60_000);
    let least: GraphRecorder;
    before(async () => {
        least = (await recorded({})).graph;
    });
    const named = (pattern: RegExp) =>
        least.resources.filter(({ name, type }) => pattern.test(name) && !type.startsWith("wandb:"));
    const typed = (pattern: RegExp) => least.resources.filter(({ type }) => pattern.test(type));

    it("labels filemeta like the others, and says nothing above all components (Trap 5)", () => {
        const label = { "azure.workload.identity/use": "true" };
        for (const component of ["app", "api", "filemeta", "weave", "parquet"]) {
            assert.deepEqual(settings(least, `${component}.podLabels`), label, component);
        }
        assert.deepEqual([settings(least, "pod"), settings(least, "podLabels")], [undefined, undefined]);
    });

    it("says the class by the annotation alone (Trap 6)", () => {
        const annotations = settings(least, "ingress.annotations") as Record<string, string>;
        assert.equal(annotations["kubernetes.io/ingress.class"], "azure/application-gateway");
        assert.equal(settings(least, "ingress.class"), undefined);
    });

    it("names parts of the gateway by their full ids (Trap 8)", () => {
        const { inputs } = least.byName("demo-gateway");
        const gateway = `demo-group-id/providers/Microsoft.Network/applicationGateways/${String(inputs["applicationGatewayName"])}`;
        assert.deepEqual(at(inputs, "httpListeners.0.frontendIPConfiguration"), {
            id: `${gateway}/frontendIPConfigurations/public`,
        });
        assert.deepEqual(at(inputs, "requestRoutingRules.0.httpListener"), { id: `${gateway}/httpListeners/seed` });
    });

    it("writes credentials one after the other (Trap 9)", () => {
        assertChain(named(/^demo-app-as-/), 18);
    });

    it("writes subnets, keys and parameters one after the other, and none of them within their parents (Trap 10)", () => {
        assertChain(typed(/network:Subnet$/), 5);
        assertChain(typed(/keyvault:Key$/), 3);
        assertChain(typed(/dbformysql:Configuration$/), 9);
        assert.equal(least.byName("demo-vnet").inputs["subnets"], undefined);
        const { accessPolicies, enableRbacAuthorization } = least.byName("demo-vault").inputs["properties"] as Record<
            string,
            unknown
        >;
        assert.deepEqual([accessPolicies, enableRbacAuthorization], [[], true]);
    });

    it("makes the database once its zone is linked (Trap 11)", () => {
        assert.ok(dependsOn(least.byName("demo-database"), "demo-database-subnet-zone-link"));
        const zones = typed(/privatedns:PrivateZone$/);
        assert.ok(zones.length > 2);
        assert.ok(zones.every(({ inputs }) => String(inputs["location"]).toLowerCase() === "global"));
    });

    it("writes no secret into the vault, so that nobody needs rights there first (Trap 14)", () => {
        assert.deepEqual(typed(/keyvault:(Secret|AccessPolicy)$/), []);
        assert.equal(
            typed(/kubernetes:core\/v1:Secret$/).some(({ name }) => name === "demo-weave-worker-auth"),
            true,
        );
    });

    it("makes the token of Weave's workers without waiting for the vault, and the keys without the cluster (Trap 15)", () => {
        assert.ok(!dependsOn(least.byName("demo-weave-worker-auth"), "demo-vault"));
        for (const { name, dependencies } of typed(/keyvault:/)) {
            assert.ok(!dependencies.some((urn) => urn.includes(":ManagedCluster::")), name);
        }
    });

    it("says what the other provider adds by itself (Trap 17)", () => {
        const cluster = least.byName("demo-cluster").inputs;
        assert.deepEqual(cluster["sku"], { name: "Base", tier: "Standard" });
        assert.deepEqual(
            ["mode", "osDiskType"].map((key) => at(cluster, `agentPoolProfiles.0.${key}`)),
            ["System", "Managed"],
        );
        const { kind, allowBlobPublicAccess } = least.byName("demo-bucket-account").inputs;
        assert.deepEqual([kind, allowBlobPublicAccess], ["StorageV2", false]);
    });

    it("says of each role whose it is, by its full id (Trap 18)", () => {
        const roles = typed(/authorization:RoleAssignment$/);
        assert.ok(roles.length > 9);
        for (const { name, inputs } of roles) {
            assert.equal(inputs["principalType"], "ServicePrincipal", name);
            assert.match(
                String(inputs["roleDefinitionId"]),
                /^\/subscriptions\/[0-9a-f-]{36}\/providers\/Microsoft\.Authorization\/roleDefinitions\/[0-9a-f-]{36}$/,
                name,
            );
        }
    });
});

/** Each but the first waits for exactly one of the others, and no two for the same. */
function assertChain(links: readonly RegisteredResource[], count: number): void {
    assert.equal(links.length, count);
    const names = new Set(links.map(({ name, type }) => `${type}::${name}`));
    const waits = links.map(({ dependencies }) =>
        dependencies
            .map((urn) => urn.split("::").slice(-2).join("::").split("$").at(-1) ?? "")
            .filter((key) => names.has(key)),
    );
    assert.deepEqual(waits.map((others) => others.length).sort(), [0, ...Array.from({ length: count - 1 }, () => 1)]);
    assert.equal(new Set(waits.flat()).size, count - 1);
}

/** Of the chart, as the custom resource has them. */
function settings(graph: GraphRecorder, path: string): unknown {
    return at(graph.byName("demo-instance").inputs, `spec.values.${path}`);
}

function dependsOn({ dependencies }: RegisteredResource, name: string): boolean {
    return dependencies.some((urn) => urn.split("::")[3] === name);
}
