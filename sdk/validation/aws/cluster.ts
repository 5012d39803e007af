import type { WandbDeploymentArgs } from "../../args";
import {
    type AwsAccessEntryArgs,
    type AwsAddonVersionsArgs,
    type AwsClusterArgs,
    AwsClusterLogType,
    type AwsExistingClusterArgs,
    type AwsKubeconfigArgs,
    type AwsNodesArgs,
    type AwsNodeTaintArgs,
    type AwsSystemReservedArgs,
    AwsTaintEffect,
} from "../../aws/args/cluster";
import type { AwsNetworkArgs } from "../../aws/args/network";
import { DefaultNetworkCidr } from "../../aws/args/network-defaults";
import { refuseRepetition } from "../lists";
import type { Section } from "../section";
import {
    anyText,
    choice,
    flag,
    listOf,
    mapOf,
    needed,
    object,
    pages,
    plainNumber,
    plainText,
    type Shape,
    text,
} from "../shape";
import { codes, given } from "../wording";
import { checkAccessEntries } from "./cluster-access";
import { checkCharts } from "./cluster-charts";
import { checkNodes } from "./cluster-nodes";
import { checkVersions, usesPodIdentity } from "./cluster-versions";
import { privateRange, rangesOverlap, wrongClusterName, wrongRoleArn } from "./cluster-rules";
import { wrongRoleName, wrongSecurityGroupId } from "./rules";
import { checkOneOf, LogRetentionDays } from "./store-rules";
import { checkTags } from "./tags";

const taint = object<AwsNodeTaintArgs>("AwsNodeTaintArgs", {
    key: needed(plainText, "the key of the taint"),
    value: plainText,
    effect: needed(choice(AwsTaintEffect), "NO_SCHEDULE, NO_EXECUTE or PREFER_NO_SCHEDULE"),
});

const nodes = object<AwsNodesArgs>("AwsNodesArgs", {
    instanceTypes: listOf(plainText),
    minPerZone: plainNumber,
    maxPerZone: plainNumber,
    diskSizeGb: plainNumber,
    spot: flag,
    labels: mapOf(plain(anyText)),
    taints: listOf(taint),
    maxUnavailablePercentage: plainNumber,
    systemReserved: object<AwsSystemReservedArgs>("AwsSystemReservedArgs", {
        cpuMillicores: plainNumber,
        memoryMegabytes: plainNumber,
        ephemeralStorageMegabytes: plainNumber,
        pids: plainNumber,
    }),
    releaseVersion: plainText,
    groupNames: listOf(text),
    launchTemplateName: text,
    roleName: text,
});

/** A text of which no Output is taken. */
function plain(shape: Shape & { readonly kind: "text" }): Shape {
    return Object.freeze({ ...shape, plain: true as const });
}

const accessEntry = object<AwsAccessEntryArgs>("AwsAccessEntryArgs", {
    principalArn: needed(text, "the ARN of an IAM role or user, for example arn:aws:iam::123456789012:role/admin"),
    groups: listOf(plainText),
    username: text,
    policies: listOf(plainText),
    namespaces: listOf(plainText),
});

export const clusterShape = object<AwsClusterArgs>("AwsClusterArgs", {
    existing: object<AwsExistingClusterArgs>("AwsExistingClusterArgs", {
        name: needed(text, "the name of the cluster"),
        oidcProviderArn: text,
        nodeSecurityGroupId: text,
        kubeconfig: pages,
        installLoadBalancerController: flag,
    }),
    name: text,
    version: plainText,
    extendedSupport: flag,
    accessEntries: mapOf(accessEntry),
    creatorAdmin: flag,
    serviceCidr: text,
    roleName: text,
    logTypes: listOf(choice(AwsClusterLogType)),
    logRetentionDays: plainNumber,
    nodes,
    addonVersions: object<AwsAddonVersionsArgs>("AwsAddonVersionsArgs", {
        vpcCni: plainText,
        coredns: plainText,
        kubeProxy: plainText,
        ebsCsiDriver: plainText,
        metricsServer: plainText,
        podIdentityAgent: plainText,
    }),
    kubeconfig: object<AwsKubeconfigArgs>("AwsKubeconfigArgs", { roleArn: text, profile: text }),
    tags: mapOf(anyText),
});

/** `aws.cluster`, and `charts`; `access` is checked elsewhere. */
export function checkEks(args: Section<WandbDeploymentArgs>): void {
    checkCharts(args);
    const cluster = args.section("aws")?.section("cluster");
    if (cluster === undefined) {
        return;
    }
    checkKubeconfigArgs(cluster);
    if (cluster.has("existing")) {
        checkExisting(args, cluster);
        return;
    }
    cluster.check("name", wrongClusterName);
    cluster.check("roleName", wrongRoleName);
    cluster.check("serviceCidr", (range) => wrongServiceRange(range, args.section("aws")?.section("network")));
    checkVersions(args, cluster);
    checkAccessEntries(cluster);
    checkLogs(cluster);
    checkTags(cluster);
    const nodesSection = cluster.section("nodes");
    if (nodesSection !== undefined) {
        checkNodes(args, cluster, nodesSection);
    }
}

function checkKubeconfigArgs(cluster: Section<AwsClusterArgs>): void {
    const kubeconfig = cluster.section("kubeconfig");
    kubeconfig?.check("roleArn", wrongRoleArn);
    if (kubeconfig !== undefined && cluster.section("existing")?.has("kubeconfig") === true) {
        cluster.refuse(
            "kubeconfig",
            "says how a kubeconfig is made, but `aws.cluster.existing.kubeconfig` is one. Leave out the one or the other.",
        );
    }
}

/** What may stand beside `existing`. */
const BesideExisting: readonly string[] = ["existing", "kubeconfig"];

function checkExisting(args: Section<WandbDeploymentArgs>, cluster: Section<AwsClusterArgs>): void {
    const unused = cluster.givenKeys().filter((key) => !BesideExisting.includes(key));
    if (unused.length > 0) {
        cluster.refuse(
            "existing",
            `is a cluster that is there, so ${codes(unused)} would have no effect. Leave ${unused.length === 1 ? "it" : "them"} out.`,
        );
    }
    checkItsNetwork(args);
    const existing = cluster.section("existing");
    if (existing === undefined) {
        return;
    }
    existing.check("name", wrongClusterName);
    existing.check("nodeSecurityGroupId", wrongSecurityGroupId);
    existing.check("oidcProviderArn", wrongProviderArn);
    if (existing.has("oidcProviderArn") && usesPodIdentity(args)) {
        existing.refuse(
            "oidcProviderArn",
            "has no effect with `aws.identity.mode` pod-identity, which asks no OIDC provider. Leave it out.",
        );
    }
}

/** A network of our own would be another one than the cluster's. */
function checkItsNetwork(args: Section<WandbDeploymentArgs>): void {
    const aws = args.section("aws");
    if (aws?.pending("network") === true || aws?.section("network")?.has("existing") === true) {
        return;
    }
    args.report(
        "aws.network.existing",
        "is missing, but `aws.cluster.existing` is given: its pods reach database and cache in its own VPC only. Give that VPC and its subnets.",
    );
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
function wrongProviderArn(arn: string): string | undefined {
    return /^arn:aws[a-z-]*:iam::\d{12}:oidc-provider\/[^\s/]+\.[^\s]+$/.test(arn)
        ? undefined
        : `is not the ARN of an IAM OIDC provider ${given(arn)}. Give arn:aws:iam::<account>:oidc-provider/<issuer without https://>.`;
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html */
function wrongServiceRange(range: string, network: Section<AwsNetworkArgs> | undefined): string | undefined {
    const wrong = privateRange(range, 12, 24);
    // An own VPC is looked at by EKS alone.
    if (wrong !== undefined || network?.has("existing") === true || network?.pending("cidr") === true) {
        return wrong;
    }
    const vpc = network?.text("cidr") ?? DefaultNetworkCidr;
    return rangesOverlap(range, vpc)
        ? `overlaps the VPC, ${vpc} ${given(range)}. Give another private range, for example 172.20.0.0/16.`
        : undefined;
}

function checkLogs(cluster: Section<AwsClusterArgs>): void {
    const types = cluster.texts("logTypes");
    refuseRepetition(cluster, types);
    const none = cluster.has("logTypes") && !cluster.pending("logTypes") && types.length === 0;
    if (none && cluster.has("logRetentionDays")) {
        cluster.refuse("logRetentionDays", "has no effect, since `aws.cluster.logTypes` is empty. Leave it out.");
    } else {
        checkOneOf(cluster, "logRetentionDays", LogRetentionDays);
    }
}
