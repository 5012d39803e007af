import type { WandbDeploymentArgs } from "../../args";
import { Size } from "../../args/application";
import {
    type AzureClusterArgs,
    type AzureClusterMaintenanceArgs,
    AzureClusterTier,
    type AzureContainerInsightsArgs,
    type AzureEntraIdArgs,
    type AzureExistingClusterArgs,
    type AzureKubeconfigArgs,
    AzureKubeconfigLogin,
    AzureNodeOsChannel,
    AzureUpgradeChannel,
    AzureWeekday,
} from "../../azure/args/cluster";
import {
    type AzureApiServerArgs,
    type AzureClusterNetworkArgs,
    AzureNetworkPolicy,
    AzurePodNetwork,
} from "../../azure/args/cluster-network";
import { AzureVolumeType } from "../../azure/args/nodes";
import { AzureSizes } from "../../sizes";
import { checkNumber, refuseRepetition } from "../lists";
import type { Section } from "../section";
import { anyText, choice, flag, listOf, mapOf, needed, object, pages, plainNumber, plainText, text } from "../shape";
import { codes } from "../wording";
import { checkAddresses } from "./cluster-addresses";
import { checkApiServer, checkItsVault } from "./cluster-api-server";
import { checkNodePool, checkSystemPool, checkZones, isTainted, nodePoolShape, systemPoolShape } from "./cluster-nodes";
import { wrongClusterName, wrongDnsPrefix, wrongOffset, wrongPoolName, wrongTime, wrongVersion } from "./cluster-rules";
import { wrongIdentityName } from "./key";
import { wrongGuid, wrongLocation, wrongResourceGroupName, wrongResourceId, wrongTag, wrongTagKey } from "./rules";

export const clusterShape = object<AzureClusterArgs>("AzureClusterArgs", {
    existing: object<AzureExistingClusterArgs>("AzureExistingClusterArgs", {
        name: needed(text, "the name of the cluster"),
        resourceGroupName: text,
        kubeconfig: pages,
    }),
    name: text,
    dnsPrefix: text,
    nodeResourceGroup: text,
    identityName: text,
    kubernetesVersion: plainText,
    tier: choice(AzureClusterTier),
    upgradeChannel: choice(AzureUpgradeChannel),
    nodeOsChannel: choice(AzureNodeOsChannel),
    maintenance: object<AzureClusterMaintenanceArgs>("AzureClusterMaintenanceArgs", {
        day: choice(AzureWeekday),
        startTime: plainText,
        hours: plainNumber,
        utcOffset: plainText,
        intervalWeeks: plainNumber,
    }),
    entraId: object<AzureEntraIdArgs>("AzureEntraIdArgs", { adminGroupObjectIds: listOf(text), azureRbac: flag }),
    localAccounts: flag,
    kubeconfig: object<AzureKubeconfigArgs>("AzureKubeconfigArgs", {
        login: choice(AzureKubeconfigLogin),
        clientId: text,
    }),
    network: object<AzureClusterNetworkArgs>("AzureClusterNetworkArgs", {
        pods: choice(AzurePodNetwork),
        podCidr: plainText,
        serviceCidr: plainText,
        dnsServiceIp: plainText,
        policy: choice(AzureNetworkPolicy),
    }),
    apiServer: object<AzureApiServerArgs>("AzureApiServerArgs", {
        vnetIntegration: flag,
        privateDnsZoneId: text,
        publicName: flag,
        runCommand: flag,
    }),
    zones: listOf(plainText),
    systemNodes: systemPoolShape,
    nodes: nodePoolShape,
    nodePools: mapOf(nodePoolShape),
    diskEncryptionSetId: text,
    volumeType: choice(AzureVolumeType),
    azurePolicy: flag,
    imageCleanerHours: plainNumber,
    containerInsights: object<AzureContainerInsightsArgs>("AzureContainerInsightsArgs", {
        workspaceId: needed(text, "the resource id of the workspace"),
        workspaceLocation: text,
    }),
    tags: mapOf(anyText),
});

type Args = Section<WandbDeploymentArgs>;
type Cluster = Section<AzureClusterArgs>;

/** `azure.cluster`; `access` is checked elsewhere. */
export function checkAks(args: Args): void {
    const azure = args.section("azure");
    const cluster = azure?.section("cluster");
    if (azure === undefined || azure.pending("cluster")) {
        return;
    }
    if (cluster === undefined) {
        checkItsVault(args, undefined);
        return;
    }
    checkKubeconfigArgs(cluster);
    if (cluster.has("existing")) {
        checkExisting(args, cluster);
        return;
    }
    checkNames(cluster);
    checkVersions(cluster);
    checkMaintenance(cluster.section("maintenance"));
    checkAccounts(cluster);
    checkAddresses(args, cluster);
    checkApiServer(args, cluster);
    checkItsVault(args, cluster);
    checkZones(cluster, "zones");
    checkPools(args, cluster);
    checkAddons(cluster);
}

/** https://learn.microsoft.com/azure/aks/faq: names of node resource groups */
const LongestNodeGroup = 80;

function checkNames(cluster: Cluster): void {
    cluster.check("name", wrongClusterName);
    cluster.check("dnsPrefix", wrongDnsPrefix);
    cluster.check("identityName", wrongIdentityName);
    cluster.check("nodeResourceGroup", (name) =>
        name.length > LongestNodeGroup
            ? `has ${name.length} characters, but AKS takes at most ${LongestNodeGroup} ("${name.slice(0, LongestNodeGroup)}..." given). Shorten it.`
            : wrongResourceGroupName(name),
    );
    cluster.check("diskEncryptionSetId", (id) => wrongResourceId(id, "Microsoft.Compute/diskEncryptionSets"));
    const keys = cluster.texts("tags");
    keys.forEach((entry) => {
        cluster.checkEntry({ path: entry.path, value: entry.key }, wrongTagKey);
        cluster.checkEntry(entry, wrongTag);
    });
}

function checkVersions(cluster: Cluster): void {
    const isLongTerm = cluster.text("tier") === AzureClusterTier.Premium;
    cluster.check("kubernetesVersion", (version) => wrongVersion(version, isLongTerm));
    // https://learn.microsoft.com/azure/aks/auto-upgrade-cluster#cluster-auto-upgrade-channels
    const osChannel = cluster.text("nodeOsChannel");
    if (
        cluster.text("upgradeChannel") === AzureUpgradeChannel.NodeImage &&
        osChannel !== undefined &&
        osChannel !== AzureNodeOsChannel.NodeImage
    ) {
        cluster.refuse(
            "nodeOsChannel",
            `does not go with \`upgradeChannel\` node-image, which brings new images too ("${osChannel}" given). Give NodeImage, or another \`upgradeChannel\`.`,
        );
    }
}

const WindowHours = [4, 24] as const;
const WeeksBetween = [1, 4] as const;

function checkMaintenance(maintenance: Section<AzureClusterMaintenanceArgs> | undefined): void {
    if (maintenance === undefined) {
        return;
    }
    maintenance.check("startTime", wrongTime);
    maintenance.check("utcOffset", wrongOffset);
    checkNumber(maintenance, "hours", ...WindowHours);
    checkNumber(maintenance, "intervalWeeks", ...WeeksBetween);
}

function checkAccounts(cluster: Cluster): void {
    const entra = cluster.section("entraId");
    const groups = entra?.texts("adminGroupObjectIds") ?? [];
    groups.forEach((entry) => entra?.checkEntry(entry, (id) => wrongGuid(id, "the object id of a group")));
    if (entra !== undefined) {
        refuseRepetition(entra, groups);
    }
    if (cluster.flag("localAccounts") === false && !cluster.has("entraId")) {
        cluster.refuse(
            "localAccounts",
            "is false, so nobody would have access: nobody else is asked who somebody is. Give `azure.cluster.entraId`, for example {}, or leave it out.",
        );
    }
    if (cluster.flag("localAccounts") !== false && !cluster.pending("localAccounts") && cluster.has("kubeconfig")) {
        cluster.refuse(
            "kubeconfig",
            "says how kubelogin is asked, but with local accounts the kubeconfig has credentials of its own. Give `localAccounts` false, or leave it out.",
        );
    }
}

function checkKubeconfigArgs(cluster: Cluster): void {
    const kubeconfig = cluster.section("kubeconfig");
    kubeconfig?.check("clientId", (id) => wrongGuid(id, "a client id"));
    const login = kubeconfig?.text("login") ?? AzureKubeconfigLogin.AzureCli;
    if (
        kubeconfig?.has("clientId") === true &&
        !kubeconfig.pending("login") &&
        login === AzureKubeconfigLogin.AzureCli
    ) {
        kubeconfig.refuse(
            "clientId",
            "has no effect with `login` azurecli: the Azure CLI shows who is logged in. Leave it out, or give another `login`.",
        );
    }
    if (kubeconfig !== undefined && cluster.section("existing")?.has("kubeconfig") === true) {
        cluster.refuse(
            "kubeconfig",
            "says how a kubeconfig is made, but `azure.cluster.existing.kubeconfig` is one. Leave out the one or the other.",
        );
    }
}

function checkPools(args: Args, cluster: Cluster): void {
    const size = AzureSizes[Object.values(Size).find((known) => known === args.text("size")) ?? Size.Small];
    const system = cluster.section("systemNodes");
    if (system !== undefined) {
        checkSystemPool(system, { nodeVmSize: "Standard_D4s_v5", minNodesPerZone: 1, maxNodesPerZone: 2 });
    }
    const nodes = cluster.section("nodes");
    const pools = cluster.sections("nodePools");
    for (const { key, path } of pools) {
        cluster.checkEntry({ path, value: key }, (word) =>
            wrongPoolName(word) === undefined
                ? undefined
                : `has a key that becomes part of a name ("${word}" given). Use 1 to 12 lower-case letters and digits, with a letter first.`,
        );
    }
    const all = [nodes, ...pools.map(({ value }) => value)].filter((pool) => pool !== undefined);
    all.forEach((pool) => checkNodePool(pool, size));
    const unknown = cluster.pending("nodePools") || pools.some(({ value }) => value === undefined);
    if (nodes !== undefined && !unknown && all.every(isTainted)) {
        nodes.refuse(
            nodes.flag("spot") === true ? "spot" : "taints",
            "keeps pods away that do not tolerate it, and every other pool does too, so what runs beside W&B would run nowhere. Leave it out here, or give `azure.cluster.nodePools` one without.",
        );
    }
    const names = [system, ...all].filter((pool) => pool !== undefined);
    refuseRepetition(
        cluster,
        [{ key: "name", path: cluster.at("systemNodes"), value: system?.text("name") ?? "system" }].concat(
            names
                .filter((pool) => pool !== system)
                .map((pool) => ({ key: "name", path: pool.at("name"), value: pool.text("name") ?? "" }))
                .filter(({ value }) => value !== ""),
        ),
        "Give each pool its own.",
    );
}

const CleanerHours = [24, 2_160] as const;

function checkAddons(cluster: Cluster): void {
    if (cluster.number("imageCleanerHours") !== 0) {
        checkNumber(cluster, "imageCleanerHours", ...CleanerHours);
    }
    const insights = cluster.section("containerInsights");
    insights?.check("workspaceId", (id) => wrongResourceId(id, "Microsoft.OperationalInsights/workspaces"));
    insights?.check("workspaceLocation", wrongLocation);
}

/** What may stand beside `existing`. */
const BesideExisting: readonly string[] = ["existing", "kubeconfig"];

function checkExisting(args: Args, cluster: Cluster): void {
    const unused = cluster.givenKeys().filter((key) => !BesideExisting.includes(key));
    if (unused.length > 0) {
        cluster.refuse(
            "existing",
            `is a cluster that is there, so ${codes(unused)} would have no effect. Leave ${unused.length === 1 ? "it" : "them"} out.`,
        );
    }
    const existing = cluster.section("existing");
    existing?.check("name", wrongClusterName);
    existing?.check("resourceGroupName", wrongResourceGroupName);
    const azure = args.section("azure");
    if (azure?.pending("network") !== true && azure?.section("network")?.has("existing") !== true) {
        args.report(
            "azure.network.existing",
            "is missing, but `azure.cluster.existing` is given: its pods reach database and cache in its own network only. Give that network and its subnets.",
        );
    }
}
