/** What docs/azure.md repeats from the code. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SystemPoolDefaults } from "../../sdk/azure/cluster/pools";
import { DefaultKubernetesVersion } from "../../sdk/azure/args/kubernetes-versions";
import { DefaultBackupDays } from "../../sdk/azure/args/store-defaults";
import { AzureStoreSizes } from "../../sdk/azure/args/store-sizes";
import { BuiltInRoles } from "../../sdk/azure/roles";
import { DatabaseVersion } from "../../sdk/azure/stores/engine-versions";
import { AzureSizes } from "../../sdk/sizes";
import type { Size } from "../../sdk/args/application";
import { AzureVariables } from "../parity/azure-variables";
import { sectionOf, tableRows } from "../support/change-page";

const root = join(__dirname, "..", "..");
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
const guide = read("docs", "azure.md");

const section = (heading: string) => sectionOf(guide, heading);
const oneLine = (text: string) => text.replace(/\s+/g, " ");

/** What the program of docs/operations.md that prepares an import says of resources that were being made: their ids by their types. */
function importedIds(known: readonly string[], begun: Readonly<Record<string, object>>): Record<string, string> {
    const [, program = ""] = /--eval '\n(.*?)\n' > import\.json/s.exec(read("docs", "operations.md")) ?? [];
    const pending = Object.entries(begun).map(([type, inputs]) => ({
        type: "creating",
        resource: { type, urn: `urn:pulumi:prod::wandb::${type}::wandb`, parent: "urn", inputs },
    }));
    const deployment = { resources: known.map((id) => ({ id })), pending_operations: pending };
    const output = execFileSync(process.execPath, ["--eval", program], { input: JSON.stringify({ deployment }) });
    const { resources } = JSON.parse(output.toString()) as { resources: { type: string; id: string }[] };
    return Object.fromEntries(resources.map(({ type, id }) => [type.replace("azure-native:", ""), id]));
}

describe("the import table of docs/operations.md", () => {
    const group = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/wandb";
    const resourceGroupName = "wandb";
    const begun = {
        "azure-native:containerservice:AgentPool": { resourceGroupName, resourceName: "aks", agentPoolName: "nodes" },
        "azure-native:containerservice:ManagedCluster": { resourceGroupName, resourceName: "aks" },
        "azure-native:dbformysql:Server": { resourceGroupName, serverName: "mysql" },
        "azure-native:network:ApplicationGateway": { resourceGroupName, applicationGatewayName: "gateway" },
        "azure-native:redis:Redis": { resourceGroupName, name: "redis" },
        "azure-native:redisenterprise:RedisEnterprise": { resourceGroupName, clusterName: "redis" },
        "azure-native:storage:StorageAccount": { resourceGroupName, accountName: "files" },
        "azure-native:network:Subnet": { resourceGroupName, virtualNetworkName: "vnet", subnetName: "nodes" },
    };

    it("knows what takes long on Azure by its group, whose id the state has", () => {
        const other = "/subscriptions/00000000-0000-4000-8000-000000000009/resourceGroups/other-wandb/providers/x";
        const providers = `${group}/providers`;
        assert.deepEqual(importedIds(["eu-west-1", other, group], begun), {
            "containerservice:AgentPool": `${providers}/Microsoft.ContainerService/managedClusters/aks/agentPools/nodes`,
            "containerservice:ManagedCluster": `${providers}/Microsoft.ContainerService/managedClusters/aks`,
            "dbformysql:Server": `${providers}/Microsoft.DBforMySQL/flexibleServers/mysql`,
            "network:ApplicationGateway": `${providers}/Microsoft.Network/applicationGateways/gateway`,
            "redis:Redis": `${providers}/Microsoft.Cache/redis/redis`,
            "redisenterprise:RedisEnterprise": `${providers}/Microsoft.Cache/redisEnterprise/redis`,
            "storage:StorageAccount": `${providers}/Microsoft.Storage/storageAccounts/files`,
            "network:Subnet": "",
        });
    });

    it("leaves the id open where the state does not know the group", () => {
        assert.deepEqual([...new Set(Object.values(importedIds(["eu-west-1"], begun)))], [""]);
    });
});

describe("docs/azure.md", () => {
    it("has the table of sizes", () => {
        const table = tableRows(section("## Parts and decisions"));
        const expected = Object.entries(AzureSizes).map(([size, row]) => {
            const stores = AzureStoreSizes[size as Size];
            return [
                size,
                `${row.nodeVmSize}, disk ${row.nodeDiskSizeGb} GB`,
                stores.databaseSku,
                stores.cacheSku,
                stores.azureCacheSku,
            ];
        });
        assert.deepEqual(table, expected);
    });

    it("names the versions and defaults that are pinned", () => {
        const parts = oneLine(section("## Parts and decisions"));
        const { vmSize, minPerZone, maxPerZone } = SystemPoolDefaults;
        for (const text of [
            `Kubernetes ${DefaultKubernetesVersion}`,
            `version ${DatabaseVersion},`,
            `${DefaultBackupDays} days of backups`,
            `\`${vmSize}\`, ${minPerZone} to ${maxPerZone} per zone`,
        ]) {
            assert.ok(parts.includes(text), text);
        }
    });

    it("lists every output", () => {
        const source = read("sdk", "azure", "outputs.ts");
        const declared = [...source.matchAll(/^ {4}readonly (\w+)\??:/gm)].map(([, name]) => name);
        const listed = tableRows(section("## Outputs of `azure`")).flatMap(([names]) => names.split(", "));
        assert.deepEqual(listed.sort(), declared.sort());
    });

    it("lists the roles that are assigned, each with a reason", () => {
        const rows = tableRows(section("## Roles"));
        const named = new Set(rows.flatMap(([, roles]) => roles.split(", ")));
        assert.deepEqual(
            Object.keys(BuiltInRoles).filter((role) => !named.has(role)),
            [],
        );
        const others = [...named].filter((role) => !(role in BuiltInRoles));
        assert.deepEqual(others, ["federated credential", "custom role: see and approve private endpoint connections"]);
        rows.forEach(([identity, , scope, reason]) => assert.ok(scope && reason, identity));
    });

    it("names arguments that there are", () => {
        const known = new Set(
            [...read("docs", "azure-arguments.md").matchAll(/^\| `azure\.([^`]+)`/gm)].map(([, path]) => path),
        );
        const changes = tableRows(section("## What a change does")).flatMap(([cell]) => cell.split(", "));
        const general = /^(access|host|ingress\.additionalHosts|tags|deletionProtection|retainData)$/;
        const named = changes.map((word) => word.split(" ")[0]).filter((path) => !general.test(path));
        assert.deepEqual(
            named.filter((path) => !known.has(path)),
            [],
        );
    });

    it("names every argument of the connector", () => {
        const source = read("sdk", "azure", "args", "storage-connector.ts");
        const [, body = ""] = source.split("export interface AzureSecureStorageConnectorArgs");
        const declared = [...body.matchAll(/^ {4}(\w+)\??:/gm)].map(([, name]) => name);
        const listed = tableRows(section("## Bucket owned by somebody else"))
            .flatMap(([names]) => names.split(", "))
            .map((path) => path.split(".")[0]);
        assert.deepEqual(
            declared.filter((name) => !listed.includes(name)),
            [],
        );
    });

    it("names the variables of the Terraform module that nothing reads, as the parity tests do", () => {
        const rows = read("tests", "parity", "azure-application.ts");
        const unread = [...rows.matchAll(/reason\("(\w+)", (?:unread|`\$\{unread\})/g)].map(([, name]) => name);
        const compared = section("## Compared with the Terraform module");
        const [, list = ""] = /nothing in the module reads\*\*: ([^.]+)\./.exec(oneLine(compared)) ?? [];
        const named = [...list.matchAll(/`(\w+)`/g)].map(([, name]) => name);
        // The ninth has an effect here.
        assert.deepEqual(named.sort(), [...unread, "node_max_pods"].sort());
        assert.ok(compared.includes(`the ${AzureVariables.length} variables`));
    });
});
