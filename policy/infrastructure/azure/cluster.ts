import type { Policies } from "@pulumi/policy";
import { isOff, isOn, isWide, state, texts } from "../settings";
import { settingPolicy } from "./setting";

const ClusterType = "azure-native:containerservice:ManagedCluster";

const publicCluster = settingPolicy(
    {
        name: "wandb-azure-cluster-public",
        description:
            "The API server of AKS answers the whole internet unless told otherwise. One stolen credential or one flaw of Kubernetes then opens the cluster to anybody.",
        level: "mandatory",
        severity: "critical",
        remedy: "Set apiServerAccessProfile.authorizedIPRanges to the ranges that need it, or enablePrivateCluster.",
        documentation: "https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges",
        fix: "List the ranges that need it, or set apiServerAccessProfile.enablePrivateCluster.",
    },
    [ClusterType],
    (cluster) => {
        const ranges = cluster.find("apiServerAccessProfile.authorizedIPRanges");
        const wide = texts(ranges).filter(isWide);
        const open = isOff(cluster.find("apiServerAccessProfile.enablePrivateCluster"));
        const given = ranges.empty ? "is not set" : `has ${wide.join(", ")}`;
        return [
            open &&
                (ranges.empty || wide.length > 0) && {
                    place: ranges,
                    message: `${given}, so the API server answers everybody`,
                },
        ];
    },
);

const localAccounts = settingPolicy(
    {
        name: "wandb-azure-cluster-local-accounts",
        description:
            "With Microsoft Entra ID each user of the cluster is known. The local account is a certificate beside it that belongs to nobody and opens everything.",
        level: "advisory",
        severity: "high",
        remedy: "Set disableLocalAccounts to true.",
        documentation: "https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad",
        fix: "Set it to true.",
    },
    [ClusterType],
    (cluster) => {
        const flag = cluster.at("disableLocalAccounts");
        return [
            isOn(cluster.find("aadProfile.managed")) &&
                isOff(flag) && {
                    place: flag,
                    message: `${state(flag)}, so a certificate opens the cluster past Entra ID`,
                },
        ];
    },
);

const workloadIdentity = settingPolicy(
    {
        name: "wandb-azure-cluster-workload-identity",
        description:
            "Microsoft Entra Workload ID gives pods an identity of their own. Without it every pod acts as its node, or needs a key in a Secret.",
        level: "advisory",
        severity: "high",
        remedy: "Turn on oidcIssuerProfile and securityProfile.workloadIdentity.",
        documentation: "https://learn.microsoft.com/azure/aks/workload-identity-overview",
        fix: "Set it to true.",
    },
    [ClusterType],
    (cluster) =>
        [cluster.find("oidcIssuerProfile.enabled"), cluster.find("securityProfile.workloadIdentity.enabled")].map(
            (flag) => isOff(flag) && { place: flag, message: `${state(flag)}, so pods have no identity of their own` },
        ),
);

/** No missing encryption: Azure encrypts all disks. */
const clusterKey = settingPolicy(
    {
        name: "wandb-azure-cluster-key",
        description:
            "Secrets of Kubernetes hold the passwords of W&B's database and cache. Without a key of yours only Microsoft's encryption of disks protects them, whose use you neither see nor can stop.",
        level: "advisory",
        severity: "medium",
        remedy: "Set securityProfile.azureKeyVaultKms with a key.",
        documentation: "https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption",
        fix: "Set it to true, with keyId.",
    },
    [ClusterType],
    (cluster) => {
        const flag = cluster.find("securityProfile.azureKeyVaultKms.enabled");
        return [isOff(flag) && { place: flag, message: `${state(flag)}, so no key of yours encrypts Secrets` }];
    },
);

const networkPolicy = settingPolicy(
    {
        name: "wandb-azure-cluster-network-policy",
        description:
            "Without an engine AKS takes network policies and does nothing about them. Every pod then reaches every other.",
        level: "advisory",
        severity: "medium",
        remedy: "Set networkProfile.networkPolicy to cilium, azure or calico.",
        documentation: "https://learn.microsoft.com/azure/aks/use-network-policies",
        fix: "Set it to cilium, azure or calico.",
    },
    [ClusterType],
    (cluster) => {
        const engine = cluster.find("networkProfile.networkPolicy");
        const none = engine.absent || engine.text === "none";
        return [none && { place: engine, message: `${state(engine)}, so nothing enforces network policies` }];
    },
);

const rbac = settingPolicy(
    {
        name: "wandb-azure-cluster-rbac",
        description:
            "AKS has Kubernetes RBAC unless told otherwise. Without it whoever gets in may do everything, each pod included.",
        level: "advisory",
        severity: "high",
        remedy: "Leave enableRBAC on.",
        documentation: "https://learn.microsoft.com/azure/aks/concepts-identity",
        fix: "Set it to true, which makes the cluster anew.",
    },
    [ClusterType],
    (cluster) => {
        const flag = cluster.at("enableRBAC");
        return [
            flag.given &&
                isOff(flag) && { place: flag, message: "is false, so everybody in the cluster may do everything" },
        ];
    },
);

const tier = settingPolicy(
    {
        name: "wandb-azure-cluster-tier",
        description:
            "The API server of the tier Free has no promised uptime, and little room. Microsoft recommends it for trials only.",
        level: "advisory",
        severity: "low",
        remedy: "Set sku.tier to Standard.",
        documentation: "https://learn.microsoft.com/azure/aks/free-standard-pricing-tiers",
        fix: "Set it to Standard, with the name Base.",
    },
    [ClusterType],
    (cluster) => {
        const value = cluster.find("sku.tier");
        const free = value.absent || value.text === "Free";
        return [
            free && { place: value, message: `${state(value)}, so nothing is promised about the API server's uptime` },
        ];
    },
);

const nodeUpdates = settingPolicy(
    {
        name: "wandb-azure-node-updates",
        description:
            "Nodes need the security fixes of their operating system. With the channel None nobody installs them; with Unmanaged they are installed whenever the system likes.",
        level: "advisory",
        severity: "medium",
        remedy: "Set autoUpgradeProfile.nodeOSUpgradeChannel to NodeImage or SecurityPatch.",
        documentation: "https://learn.microsoft.com/azure/aks/auto-upgrade-node-os-image",
        fix: "Set it to NodeImage or SecurityPatch.",
    },
    [ClusterType],
    (cluster) => {
        const channel = cluster.find("autoUpgradeProfile.nodeOSUpgradeChannel");
        return [
            /^(?:None|Unmanaged)$/.test(channel.text ?? "") && {
                place: channel,
                message: `${state(channel)}, so AKS does not keep the nodes' system up to date`,
            },
        ];
    },
);

const publicNodes = settingPolicy(
    {
        name: "wandb-azure-node-public",
        description:
            "Nodes need no addresses in the internet. They are reached from the network only, and reach out by a NAT gateway.",
        level: "advisory",
        severity: "high",
        remedy: "Leave enableNodePublicIP off.",
        documentation: "https://learn.microsoft.com/azure/aks/use-node-public-ips",
        fix: "Set it to false, which makes the pool anew.",
    },
    [ClusterType, "azure-native:containerservice:AgentPool"],
    (resource) =>
        [resource, ...resource.at("agentPoolProfiles").items]
            .map((pool) => pool.at("enableNodePublicIP"))
            .map((flag) => isOn(flag) && { place: flag, message: "is true, so nodes have addresses in the internet" }),
);

/** Policies about AKS. */
export const clusterPolicies: Policies = [
    publicCluster,
    localAccounts,
    workloadIdentity,
    clusterKey,
    networkPolicy,
    rbac,
    tier,
    nodeUpdates,
    publicNodes,
];
