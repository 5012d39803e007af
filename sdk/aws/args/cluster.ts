import type * as pulumi from "@pulumi/pulumi";

/** Log types of the control plane. */
export const AwsClusterLogType = {
    /** API server. */
    Api: "api",
    /** Audit log. */
    Audit: "audit",
    /** IAM authenticator. */
    Authenticator: "authenticator",
    /** Controller manager. */
    ControllerManager: "controllerManager",
    /** Scheduler. */
    Scheduler: "scheduler",
} as const;
/** Log types of the control plane. */
export type AwsClusterLogType = (typeof AwsClusterLogType)[keyof typeof AwsClusterLogType];

/**
 * An IAM role or user that may use the cluster (EKS access entry). It gives nothing by itself: `policies`, or `groups` to which roles of
 * Kubernetes are bound, give the rights.
 */
export interface AwsAccessEntryArgs {
    /**
     * ARN of an IAM role or user, of this account or another: no session, no service-linked role. A role of the IAM Identity Center has
     * its path in the ARN. A change replaces the entry. The principal that creates the cluster has its entry by `creatorAdmin` already,
     * and EKS refuses a second one.
     */
    principalArn: pulumi.Input<string>;
    /** Groups of Kubernetes, not beginning with `system:`, `eks:`, `aws:`, `amazon:` or `iam:`. */
    groups?: string[];
    /**
     * Name of the user in Kubernetes; the same beginnings are refused, and `{{SessionName}}` needs a colon in front of it somewhere.
     * Default: made by EKS from the ARN.
     */
    username?: pulumi.Input<string>;
    /** Names of EKS access policies, for example `AmazonEKSClusterAdminPolicy`, `AmazonEKSViewPolicy`. */
    policies?: string[];
    /** Namespaces to which `policies` are limited; `*` may stand in them. A change replaces the associations. Default: the whole cluster. */
    namespaces?: string[];
}

/** What a taint does to pods that do not tolerate it, as EKS spells it. */
export const AwsTaintEffect = {
    /** No such pod comes onto the node. */
    NoSchedule: "NO_SCHEDULE",
    /** Such pods are moved away too. */
    NoExecute: "NO_EXECUTE",
    /** Such pods come onto the node only when there is no other. */
    PreferNoSchedule: "PREFER_NO_SCHEDULE",
} as const;
/** What a taint does to pods that do not tolerate it, as EKS spells it. */
export type AwsTaintEffect = (typeof AwsTaintEffect)[keyof typeof AwsTaintEffect];

/** A taint of the nodes. */
export interface AwsNodeTaintArgs {
    /** 1 to 63 characters. */
    key: string;
    /** At most 63 characters. Default: none, and pods tolerate it with the operator `Exists`. */
    value?: string;
    /** What happens to pods that do not tolerate it. */
    effect: AwsTaintEffect;
}

/** The nodes: one managed node group per private subnet, Amazon Linux 2023 on x86_64, since W&B's images are. */
export interface AwsNodesArgs {
    /** EC2 instance types, x86_64, in the order of preference. A change replaces the node groups, the new ones first. Default: by `size`. */
    instanceTypes?: string[];
    /**
     * Least number of nodes per zone; also how many there are at first. EKS refuses to raise it above the number that runs: raise both
     * with `aws eks update-nodegroup-config`, then run `pulumi up --refresh` with the new number.
     * @default 1
     */
    minPerZone?: number;
    /**
     * Highest number of nodes per zone, up to 450. The cluster autoscaler stays between the two. Change it with `pulumi up --refresh`: EKS is
     * told the number of nodes with it, and without a refresh that is the number of the last run. Default: by `size`.
     */
    maxPerZone?: number;
    /**
     * Size of the root volume (gp3) in GiB, 20 to 65536. A change is made in place: EKS replaces the nodes inside their groups, as
     * `maxUnavailablePercentage` says. Default: by `size`.
     */
    diskSizeGb?: number;
    /**
     * Use Spot instances: cheaper, and taken away at two minutes' notice. A change replaces the node groups.
     * @default false
     */
    spot?: boolean;
    /** Labels of the nodes; `kubernetes.io/`, `k8s.io/` and `eks.amazonaws.com/` are reserved. */
    labels?: Record<string, string>;
    /** Taints of the nodes, at most 50. The add-ons tolerate them; W&B's pods must too (`components.<name>.tolerations`). */
    taints?: AwsNodeTaintArgs[];
    /**
     * Share of a group's nodes in percent that may be away during an update, 1 to 100.
     * @default 33
     */
    maxUnavailablePercentage?: number;
    /** Resources that the kubelet keeps for the system. */
    systemReserved?: AwsSystemReservedArgs;
    /** Pins the AMI by its release version, for example `1.35.2-20260415`. Default: EKS takes the newest when a group is made, and it stays. */
    releaseVersion?: string;
    /**
     * Names of the node groups (`nodegroupName`), one for each private subnet, in their order: 1 to 63 letters, digits, hyphens and underscores, a
     * letter or digit first. A change replaces the node group, the new one first. Whatever else replaces node groups needs other names in the same
     * run: EKS has no two of one name, and to take the nodes away first would stop W&B. Default: made from the logical names.
     */
    groupNames?: pulumi.Input<string>[];
    /**
     * Name of the launch template (`LaunchTemplateName`), 3 to 128 letters, digits and ( ) . - / _ A change replaces the template and the
     * node groups, the new ones first. Default: made from the logical name.
     */
    launchTemplateName?: pulumi.Input<string>;
    /** Name of the nodes' role. A change replaces the role and the node groups, the new ones first. Default: made from the deployment's name. */
    roleName?: pulumi.Input<string>;
}

/** What the kubelet keeps for the system (`systemReserved`). -1 leaves an entry out. */
export interface AwsSystemReservedArgs {
    /**
     * Thousandths of a CPU.
     * @default 70
     */
    cpuMillicores?: number;
    /**
     * MiB of memory.
     * @default 100
     */
    memoryMegabytes?: number;
    /**
     * MiB of the root volume.
     * @default 750
     */
    ephemeralStorageMegabytes?: number;
    /**
     * Number of processes.
     * @default 500
     */
    pids?: number;
}

/** An EKS cluster that is there already. Its VPC is named by `aws.network.existing`: database and cache go there. */
export interface AwsExistingClusterArgs {
    /** Name of the cluster, in the provider's account and region. */
    name: pulumi.Input<string>;
    /** The IAM OIDC provider of its issuer, if there is one. Default: one is made. Not used with Pod Identity. */
    oidcProviderArn?: pulumi.Input<string>;
    /**
     * Id of the security group of nodes and pods, where it is not the one that EKS made for the cluster: nodes of the Terraform module
     * `eks`, for example, have a group of their own. Database and cache let it in and nobody else. Default: the cluster's own.
     */
    nodeSecurityGroupId?: pulumi.Input<string>;
    /** Kubeconfig. Default: one that asks `aws eks get-token`, as `aws.cluster.kubeconfig` says. */
    kubeconfig?: pulumi.Input<string>;
    /**
     * Install the AWS load balancer controller. `false`: it is there, or the Ingress is of another class.
     * @default false
     */
    installLoadBalancerController?: boolean;
}

/** How the kubeconfig gets its token, by `aws eks get-token`. */
export interface AwsKubeconfigArgs {
    /** ARN of the role to assume for the token. It needs an access entry. Default: the caller's own credentials. */
    roleArn?: pulumi.Input<string>;
    /** Profile of the AWS CLI, on each machine that uses the kubeconfig. */
    profile?: pulumi.Input<string>;
}

/** Versions of EKS add-ons, for example `v1.22.3-eksbuild.1`. Default: those that belong to the pinned Kubernetes version. */
export interface AwsAddonVersionsArgs {
    /** Version of `vpc-cni`. */
    vpcCni?: string;
    /** Version of `coredns`. */
    coredns?: string;
    /** Version of `kube-proxy`; its minor version must not be above that of the cluster. */
    kubeProxy?: string;
    /** Version of `aws-ebs-csi-driver`. */
    ebsCsiDriver?: string;
    /** Version of `metrics-server`. */
    metricsServer?: string;
    /** Version of `eks-pod-identity-agent`, installed with `aws.identity.mode` `pod-identity` only. */
    podIdentityAgent?: string;
}

/** The EKS cluster that is made, or the one that is there. */
export interface AwsClusterArgs {
    /** A cluster of your own. Excludes what shapes a new one. */
    existing?: AwsExistingClusterArgs;
    /**
     * Name of the cluster: 1 to 100 letters, digits, hyphens and underscores, a letter or digit at the start. A change replaces the cluster.
     * Default: made from the deployment's name.
     */
    name?: pulumi.Input<string>;
    /**
     * Version of Kubernetes, for example `1.35`. A higher one upgrades control plane, add-ons and nodes in place, one minor at a time; a
     * lower one is refused by EKS. A version that this package does not pin needs all of `addonVersions`.
     * @default 1.35
     */
    version?: string;
    /**
     * Stay on `version` when its standard support ends, at a higher price per hour (`upgradePolicy.supportType` `EXTENDED`). `false`: AWS
     * upgrades the control plane by itself then, and `version` must follow, or the next `up` asks for a downgrade, which EKS refuses.
     * @default true
     */
    extendedSupport?: boolean;
    /** Who may use the cluster beside the principal that creates it. By a name that stays, in lower-case letters, digits and hyphens. */
    accessEntries?: Record<string, AwsAccessEntryArgs>;
    /**
     * Give the principal that creates the cluster administrator rights (`bootstrapClusterCreatorAdminPermissions`). Create-only: a change
     * replaces the cluster. `false` needs an access entry with `AmazonEKSClusterAdminPolicy` for whoever runs `pulumi up`.
     * @default true
     */
    creatorAdmin?: boolean;
    /** IPv4 range of Services, private, /12 to /24, apart from the VPC. Create-only: a change replaces the cluster. Default: chosen by EKS. */
    serviceCidr?: pulumi.Input<string>;
    /** Name of the cluster's role. A change replaces the cluster. Default: made from the deployment's name. */
    roleName?: pulumi.Input<string>;
    /** Logs of the control plane. Default: all five. */
    logTypes?: AwsClusterLogType[];
    /**
     * Days to keep these logs; one of the numbers that CloudWatch Logs takes, 0 for ever.
     * @default 30
     */
    logRetentionDays?: number;
    /** The nodes. */
    nodes?: AwsNodesArgs;
    /** Versions of the add-ons. */
    addonVersions?: AwsAddonVersionsArgs;
    /** How the kubeconfig gets its token. */
    kubeconfig?: AwsKubeconfigArgs;
    /** Tags of the cluster beside `tags`, and stronger than these. */
    tags?: Record<string, pulumi.Input<string>>;
}
