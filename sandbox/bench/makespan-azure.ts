/**
 * The work of a fresh `terraform apply` of wandb/wandb/azurerm at 21dc77b (after 7.9.2): its resources in groups that run together, and
 * the order that its edges enforce. With its defaults. What our simulated cloud makes at once lasts no longer here. Subnets are made at the
 * same time, though the provider writes one after the other: in the module's favour.
 */
import { azureReasons } from "./makespan-azure-reasons";
import { ModuleApplied, ModuleReady, type CloudMakespan, type Row } from "./makespan-rows";

const short = "azure-native:storage account, vault, vnet, subnet, identity";
const zone = "azure-native:private dns zone";
const role = "azure-native:role assignment";
const queue = "azure-native:event grid topic or subscription";
const content = "azure-native:mysql database, parameter";
const release = "kubernetes:helm release of a controller, awaited";
const loadBalancer = "azure-native:application gateway v2, update";

const policy = { seconds: 5, source: "access policy of a vault: estimate: one request" };

const parameters: readonly Row[] = [1, 2, 3, 4, 5, 6].map((place): Row => [
    `parameter ${place}`,
    content,
    1,
    place === 1 ? "database" : `parameter ${place - 1}`,
]);

const rows: readonly Row[] = [
    ["group", "", 1, ""],
    ["checks and random values", "", 4, ""],
    // modules/identity, modules/vault
    ["identity", short, 1, "group"],
    ["vault", short, 1, "group, identity"],
    ["policies", policy, 2, "vault, identity"],
    ["key", "azure-native:key vault key", 1, "policies"],
    ["worker secret", "azure-native:key vault key", 1, "vault, checks and random values"],
    ["worker object", "kubernetes:object created", 1, "cluster, checks and random values"],
    // modules/networking
    ["vpc", short, 1, "group"],
    ["public subnet", short, 1, "vpc"],
    ["other subnets", short, 3, "vpc"],
    ["database zone", zone, 1, "group"],
    ["zone link", zone, 1, "database zone, vpc"],
    ["database subnet", short, 1, "zone link"],
    ["networking", "", 0, "public subnet, other subnets, database subnet"],
    // modules/storage, which reads the vault's keys even where it uses none
    ["account", short, 1, "key"],
    ["container and lock", "", 2, "account"],
    ["queue", "", 1, "account"],
    ["topic", queue, 1, "account"],
    ["subscription", queue, 1, "topic, queue, container and lock"],
    // modules/database, modules/redis: all of both waits for all of networking
    ["database", "azure-native:mysql flexible server, ha", 1, "networking, key, checks and random values"],
    ["database lock", "", 1, "database"],
    ["schema", content, 1, "database"],
    ...parameters,
    ["cache", "azure-native:azure cache for redis standard", 1, "networking"],
    // modules/app_lb, modules/app_aks: all of the second waits for all of the first
    ["address", "azure-native:public address, nsg, nat gateway", 1, "group"],
    ["gateway", "azure-native:application gateway v2", 1, "address, public subnet"],
    ["cluster", "azure-native:aks cluster", 1, "gateway, key, identity, other subnets"],
    ["node pool", "azure-native:extra node pool", 1, "cluster"],
    ["controller roles", role, 3, "cluster, gateway"],
    ["federated credentials", "azure-native:federated credential", 13, "cluster, identity"],
    // modules/cert_manager waits for all of app_aks
    ["cert-manager", release, 1, "node pool, controller roles"],
    ["issuer", "kubernetes:helm release, not awaited", 1, "cert-manager"],
    // wandb/wandb/helm waits for all of app_aks, cert_manager, database, storage and redis
    ["stores", "", 0, "database lock, schema, parameter 6, cache, subscription"],
    ["operator", release, 1, "issuer, stores"],
    [ModuleApplied, "kubernetes:custom resource applied", 1, "operator"],
    // Seen by nobody in Terraform
    ["operator installs the application", "kubernetes:operator reconcile to helm release applied", 0, ModuleApplied],
    ["application pods", "kubernetes:application pods start", 0, "operator installs the application"],
    ["load balancer", loadBalancer, 0, "operator installs the application"],
    [ModuleReady, "", 0, "application pods, load balancer"],
];

export const azureMakespan: CloudMakespan = {
    name: "Azure",
    module: { name: "wandb/wandb/azurerm 7.9.2", rows, target: 0.9 },
    reasons: azureReasons,
    loadBalancer,
    lasting: ({ type, name }) =>
        type === "azure-native:authorization:RoleAssignment" && name.endsWith("-key-use")
            ? "azure-native:role assignment on a key, with its settling"
            : undefined,
    notes: [
        "Not counted on either side: the certificate of Let's Encrypt. The module's waits for a record that the user makes by hand.",
        "Its Redis is Azure Cache for Redis, ours Azure Managed Redis. Both durations are estimates, and the lead over the module rests on",
        "their difference alone: with a Redis that lasts as long as ours, the module would be a little ahead.",
    ],
};
