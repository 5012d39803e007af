import type * as pulumi from "@pulumi/pulumi";
import type { AzureApiServerArgs, AzureClusterNetworkArgs } from "./cluster-network";
import type { AzureNodePoolArgs, AzureSystemPoolArgs, AzureVolumeType } from "./nodes";

/** What Microsoft promises for the API server (`sku.tier`). */
export const AzureClusterTier = {
    /** Nothing, for up to ten nodes. */
    Free: "Free",
    /** 99.95 % with zones. */
    Standard: "Standard",
    /** As `Standard`, and two years of support for each version (`supportPlan` `AKSLongTermSupport`). */
    Premium: "Premium",
} as const;
/** What Microsoft promises for the API server (`sku.tier`). */
export type AzureClusterTier = (typeof AzureClusterTier)[keyof typeof AzureClusterTier];

/** Which new versions of Kubernetes AKS takes by itself (`upgradeChannel`). */
export const AzureUpgradeChannel = {
    /** None. */
    None: "none",
    /** New patches of the minor version. */
    Patch: "patch",
    /** The newest patch of the minor version before the newest. */
    Stable: "stable",
    /** The newest version. */
    Rapid: "rapid",
    /** New images of the nodes with the same version. */
    NodeImage: "node-image",
} as const;
/** Which new versions of Kubernetes AKS takes by itself (`upgradeChannel`). */
export type AzureUpgradeChannel = (typeof AzureUpgradeChannel)[keyof typeof AzureUpgradeChannel];

/** How the nodes' operating system is patched (`nodeOSUpgradeChannel`). */
export const AzureNodeOsChannel = {
    /** Not at all. */
    None: "None",
    /** By the operating system itself, at any time. */
    Unmanaged: "Unmanaged",
    /** Security patches that AKS has tested, often without a new machine. */
    SecurityPatch: "SecurityPatch",
    /** New images each week, on new machines. */
    NodeImage: "NodeImage",
} as const;
/** How the nodes' operating system is patched (`nodeOSUpgradeChannel`). */
export type AzureNodeOsChannel = (typeof AzureNodeOsChannel)[keyof typeof AzureNodeOsChannel];

/** Days of the week (`dayOfWeek`). */
export const AzureWeekday = {
    /** Monday. */
    Monday: "Monday",
    /** Tuesday. */
    Tuesday: "Tuesday",
    /** Wednesday. */
    Wednesday: "Wednesday",
    /** Thursday. */
    Thursday: "Thursday",
    /** Friday. */
    Friday: "Friday",
    /** Saturday. */
    Saturday: "Saturday",
    /** Sunday. */
    Sunday: "Sunday",
} as const;
/** Days of the week (`dayOfWeek`). */
export type AzureWeekday = (typeof AzureWeekday)[keyof typeof AzureWeekday];

/** When AKS may work on the cluster by itself: on control plane and add-ons, versions of Kubernetes, and the nodes' operating system. */
export interface AzureClusterMaintenanceArgs {
    /**
     * Day of the week on which the window begins (`dayOfWeek`). A change is made in place.
     * @default Sunday
     */
    day?: AzureWeekday;
    /**
     * Time at which it begins (`startTime`), `HH:MM`. A change is made in place.
     * @default 00:00
     */
    startTime?: string;
    /**
     * Hours for which it stays open (`durationHours`), 4 to 24. A change is made in place.
     * @default 8
     */
    hours?: number;
    /**
     * How far day and time are from UTC (`utcOffset`), for example `+05:30`. A change is made in place.
     * @default +00:00
     */
    utcOffset?: string;
    /**
     * Weeks from one window for new versions of Kubernetes to the next (`intervalWeeks`), 1 to 4; the others come each week. A change is made in place.
     * @default 1
     */
    intervalWeeks?: number;
}

/** Who is asked who somebody is: Microsoft Entra ID (`aadProfile`). Azure never takes it back: removing it replaces the cluster. */
export interface AzureEntraIdArgs {
    /** Object ids of groups whose members are administrators of the cluster (`adminGroupObjectIDs`). A change is made in place. Default: none. */
    adminGroupObjectIds?: pulumi.Input<string>[];
    /**
     * Let Azure's roles decide what somebody may do (`enableAzureRBAC`), beside those of Kubernetes: for example
     * `Azure Kubernetes Service RBAC Cluster Admin`. A change is made in place.
     * @default true
     */
    azureRbac?: boolean;
}

/** Whose identity the kubeconfig shows when `localAccounts` is false (`--login` of kubelogin). */
export const AzureKubeconfigLogin = {
    /** Whoever is logged in to the Azure CLI. */
    AzureCli: "azurecli",
    /** The pipeline's own token (`AZURE_CLIENT_ID`, `AZURE_FEDERATED_TOKEN_FILE`). */
    WorkloadIdentity: "workloadidentity",
    /** A service principal: `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET` or a certificate, in the environment. */
    ServicePrincipal: "spn",
    /** The managed identity of the machine. */
    ManagedIdentity: "msi",
} as const;
/** Whose identity the kubeconfig shows when `localAccounts` is false (`--login` of kubelogin). */
export type AzureKubeconfigLogin = (typeof AzureKubeconfigLogin)[keyof typeof AzureKubeconfigLogin];

/** How the kubeconfig gets its token when `localAccounts` is false, by `kubelogin`, which must be on PATH of each machine that uses it. */
export interface AzureKubeconfigArgs {
    /**
     * Whose identity it shows. For `pulumi up` that one needs the role `Azure Kubernetes Service RBAC Cluster Admin` on the cluster, or must be in a
     * group of `entraId.adminGroupObjectIds`.
     * @default azurecli
     */
    login?: AzureKubeconfigLogin;
    /** Client id of the identity (`--client-id`), with `workloadidentity`, `spn` and `msi`. Default: by the environment; with `msi` the only one. */
    clientId?: pulumi.Input<string>;
}

/** Where Container Insights sends logs and inventory of pods and nodes (`addonProfiles.omsagent`), by a data collection rule that is made. */
export interface AzureContainerInsightsArgs {
    /** Resource id of the Log Analytics workspace. A change is made in place. */
    workspaceId: pulumi.Input<string>;
    /** Region of the workspace, in which the rule has to be. A change replaces the rule. Default: the region of the deployment. */
    workspaceLocation?: pulumi.Input<string>;
}

/** An AKS cluster that is there already, with OIDC issuer and workload identity. Its network is named by `azure.network.existing`. */
export interface AzureExistingClusterArgs {
    /** Name of the cluster. */
    name: pulumi.Input<string>;
    /** Its resource group. Default: that of the deployment. */
    resourceGroupName?: pulumi.Input<string>;
    /** Kubeconfig. Default: what AKS tells of the cluster; one that asks `kubelogin` where it has no local accounts. */
    kubeconfig?: pulumi.Input<string>;
}

/** The AKS cluster that is made, or the one that is there. */
export interface AzureClusterArgs {
    /** A cluster of your own. Excludes what shapes a new one. */
    existing?: AzureExistingClusterArgs;
    /**
     * Name of the cluster (`resourceName`): 1 to 63 letters, digits, hyphens and underscores, a letter or digit at both ends. A change replaces it,
     * which deletion protection refuses. Default: made from the deployment's name.
     */
    name?: pulumi.Input<string>;
    /**
     * Beginning of the API server's host name (`dnsPrefix`): 1 to 54 letters, digits and hyphens, a letter or digit at both ends. A change replaces the
     * cluster, which deletion protection refuses. Default: the beginning of the deployment's name.
     */
    dnsPrefix?: pulumi.Input<string>;
    /**
     * Resource group in which AKS keeps machines, disks and load balancers (`nodeResourceGroup`): up to 80 characters. It must not be there yet. A
     * change replaces the cluster, which deletion protection refuses. Default: `MC_<group>_<cluster>_<region>`.
     */
    nodeResourceGroup?: pulumi.Input<string>;
    /** Name of the control plane's identity (`resourceName`), 3 to 128 characters. A change replaces it. Default: made from the deployment's name. */
    identityName?: pulumi.Input<string>;
    /**
     * Version of Kubernetes (`kubernetesVersion`), a minor one such as `1.36` or with its patch. A higher one upgrades the cluster in place, one minor
     * at a time; AKS never goes back. With `upgradeChannel` `stable` or `rapid` it counts at creation only.
     * @default 1.36
     */
    kubernetesVersion?: string;
    /**
     * What Microsoft promises for the API server (`sku.tier`). A change is made in place.
     * @default Standard
     */
    tier?: AzureClusterTier;
    /**
     * Which new versions of Kubernetes AKS takes by itself (`autoUpgradeProfile.upgradeChannel`). A change is made in place.
     * @default patch
     */
    upgradeChannel?: AzureUpgradeChannel;
    /**
     * How the nodes' operating system is patched (`autoUpgradeProfile.nodeOSUpgradeChannel`). A change is made in place.
     * @default NodeImage
     */
    nodeOsChannel?: AzureNodeOsChannel;
    /** When AKS may work on the cluster by itself. */
    maintenance?: AzureClusterMaintenanceArgs;
    /** Let Microsoft Entra ID say who somebody is. Default: not asked, and only the local accounts have access. */
    entraId?: AzureEntraIdArgs;
    /**
     * Accounts with certificates that AKS makes (`disableLocalAccounts`). Whoever may read them is administrator. `false` needs `entraId`; the kubeconfig
     * then asks `kubelogin`. A change is made in place.
     * @default true
     */
    localAccounts?: boolean;
    /** How the kubeconfig gets its token when `localAccounts` is false. */
    kubeconfig?: AzureKubeconfigArgs;
    /** Addresses in the cluster. */
    network?: AzureClusterNetworkArgs;
    /** How the API server is reached, beside `access`. */
    apiServer?: AzureApiServerArgs;
    /**
     * Zones of the nodes: `1`, `2` and `3`. An empty list is for regions without zones. A change replaces the pools that do not say their own: the
     * system pool with the cluster, which deletion protection refuses.
     * @default ["1", "2", "3"]
     */
    zones?: string[];
    /** The pool on which AKS's own pods run. */
    systemNodes?: AzureSystemPoolArgs;
    /** The nodes on which W&B runs: the default pool. */
    nodes?: AzureNodePoolArgs;
    /**
     * Further pools of nodes, by a name that stays: lower-case letters and digits, a letter first. W&B's pods come onto those without taints too.
     */
    nodePools?: Record<string, AzureNodePoolArgs>;
    /**
     * Resource id of a disk encryption set, by whose key disks of nodes and volumes of pods are encrypted (`diskEncryptionSetID`). A change replaces the
     * cluster, which deletion protection refuses. Default: Microsoft's key.
     */
    diskEncryptionSetId?: pulumi.Input<string>;
    /**
     * Type of the volumes of the default StorageClass. A change replaces the class; volumes that are there stay.
     * @default Premium_LRS
     */
    volumeType?: AzureVolumeType;
    /**
     * Azure Policy for pods (`addonProfiles.azurepolicy`): what the subscription's policies say of clusters is enforced. A change is made in place.
     * @default true
     */
    azurePolicy?: boolean;
    /**
     * Remove images that no pod uses and that have known holes (`securityProfile.imageCleaner`), every so many hours, 24 to 2160; 0 turns it off. A
     * change is made in place.
     * @default 168
     */
    imageCleanerHours?: number;
    /** Logs and inventory of pods and nodes in a Log Analytics workspace. Default: none. */
    containerInsights?: AzureContainerInsightsArgs;
    /** Tags of the cluster and its nodes beside `tags`, and stronger than these. A change is made in place. */
    tags?: Record<string, pulumi.Input<string>>;
}
