import type { WandbDeploymentArgs } from "../../args";
import { Size } from "../../args/application";
import type { AwsArgs } from "../../aws/args";
import type { AwsClusterArgs, AwsNodesArgs, AwsNodeTaintArgs, AwsSystemReservedArgs } from "../../aws/args/cluster";
import { DefaultKubernetesVersion } from "../../aws/args/kubernetes-versions";
import { DefaultZoneCount } from "../../aws/args/network-defaults";
import { AwsSizes } from "../../sizes";
import { checkNumber, refuseRepetition } from "../lists";
import type { Section } from "../section";
import { labelValue, metadataKey } from "../syntax";
import { given } from "../wording";
import { zonesOf } from "./network-ranges";
import { wrongRoleName } from "./rules";

/** https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
const MostNodes = 450;
/** https://docs.aws.amazon.com/eks/latest/APIReference/API_Taint.html and API_CreateNodegroup.html */
const MostTaints = 50;
const LongestTaintText = 63;
/** The least is the size of the image, the most that of a gp3 volume: https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
const DiskSizes = [20, 65_536] as const;

/** `aws.cluster.nodes` */
export function checkNodes(
    args: Section<WandbDeploymentArgs>,
    cluster: Section<AwsClusterArgs>,
    nodes: Section<AwsNodesArgs>,
): void {
    nodes.check("roleName", wrongRoleName);
    nodes.check("launchTemplateName", wrongTemplateName);
    checkGroupNames(args, nodes);
    checkInstanceTypes(nodes);
    checkCounts(args, nodes);
    checkNumber(nodes, "diskSizeGb", ...DiskSizes);
    checkNumber(nodes, "maxUnavailablePercentage", 1, 100);
    checkLabels(nodes);
    checkTaints(nodes);
    checkReserved(nodes.section("systemReserved"));
    checkRelease(cluster, nodes);
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html */
function wrongTemplateName(name: string): string | undefined {
    return /^[A-Za-z0-9().\-/_]{3,128}$/.test(name)
        ? undefined
        : `is not a name of a launch template ${given(name)}. It has 3 to 128 letters, digits, parentheses, dots, hyphens, slashes and underscores.`;
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html */
function wrongGroupName(name: string): string | undefined {
    return /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(name)
        ? undefined
        : `is not a name of a node group ${given(name)}. It has 1 to 63 letters, digits, hyphens and underscores, a letter or digit first.`;
}

function checkGroupNames(args: Section<WandbDeploymentArgs>, nodes: Section<AwsNodesArgs>): void {
    const names = nodes.texts("groupNames");
    const subnets = privateSubnets(args.section("aws"));
    const counted = nodes.has("groupNames") && !nodes.pending("groupNames") && subnets !== undefined;
    if (counted && names.length !== subnets) {
        nodes.refuse(
            "groupNames",
            `has ${names.length} entries, but there are ${subnets} private subnets, each with a node group. Give one for each.`,
        );
    }
    names.forEach((entry) => nodes.checkEntry(entry, wrongGroupName));
    refuseRepetition(nodes, names, "Give each group its own.");
}

/** How many there are; undefined while that is not known. */
function privateSubnets(aws: Section<AwsArgs> | undefined): number | undefined {
    const network = aws?.section("network");
    if (network === undefined) {
        return aws?.pending("network") === true ? undefined : DefaultZoneCount;
    }
    if (!network.has("existing")) {
        return zonesOf(network);
    }
    const existing = network.section("existing");
    const known = existing?.has("privateSubnetIds") === true && !existing.pending("privateSubnetIds");
    return known ? existing.texts("privateSubnetIds").length : undefined;
}

function checkCounts(args: Section<WandbDeploymentArgs>, nodes: Section<AwsNodesArgs>): void {
    // Without any node the add-ons never become active, nor does the autoscaler run that would add one.
    const least = checkNumber(nodes, "minPerZone", 1, MostNodes);
    const most = checkNumber(nodes, "maxPerZone", 1, MostNodes);
    if ((!least && nodes.has("minPerZone")) || (!most && nodes.has("maxPerZone"))) {
        return;
    }
    const size = Object.values(Size).find((known) => known === args.text("size")) ?? Size.Small;
    const min = nodes.number("minPerZone") ?? AwsSizes[size].minNodesPerZone;
    const max = nodes.number("maxPerZone") ?? AwsSizes[size].maxNodesPerZone;
    if (min > max) {
        const key = nodes.has("minPerZone") ? "minPerZone" : "maxPerZone";
        nodes.refuse(key, `makes the least number of nodes, ${min}, higher than the highest, ${max}. Correct one.`);
    }
}

/** Families with Graviton processors have a g right after the generation: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html */
const Graviton = /^(a1|[a-z]+\d+g[a-z0-9-]*)\./;

function checkInstanceTypes(nodes: Section<AwsNodesArgs>): void {
    const types = nodes.texts("instanceTypes");
    if (nodes.has("instanceTypes") && !nodes.pending("instanceTypes") && types.length === 0) {
        nodes.refuse("instanceTypes", "is empty. Name one, or leave it out for the one of `size`.");
    }
    types.forEach((entry) => nodes.checkEntry(entry, wrongInstanceType));
    refuseRepetition(nodes, types);
}

function wrongInstanceType(type: string): string | undefined {
    if (!/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(type)) {
        return `is not an EC2 instance type ${given(type)}. Give for example r6i.2xlarge.`;
    }
    return Graviton.test(type)
        ? `is an ARM instance type ${given(type)}, but the images of W&B are x86_64. Give for example r6i.2xlarge.`
        : undefined;
}

/** "Label cannot contain reserved prefixes": https://github.com/aws/containers-roadmap/issues/1451 */
const ReservedPrefix = /^(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)\//;

function checkLabels(nodes: Section<AwsNodesArgs>): void {
    for (const entry of nodes.texts("labels")) {
        const wrong = metadataKey(entry.key);
        if (wrong !== undefined) {
            nodes.report(entry.path, wrong);
        } else if (ReservedPrefix.test(entry.key)) {
            nodes.report(entry.path, "has a prefix that EKS keeps for itself. Use one of your own, or none.");
        }
        nodes.checkEntry(entry, labelValue);
    }
}

function checkTaints(nodes: Section<AwsNodesArgs>): void {
    const taints = nodes.sections("taints");
    if (taints.length > MostTaints) {
        nodes.refuse("taints", `has ${taints.length} entries, but EKS takes at most ${MostTaints}. Remove some.`);
    }
    const seen = new Set<string>();
    for (const { path, value: taint } of taints) {
        if (taint === undefined) {
            continue;
        }
        checkTaint(taint);
        const id = `${taint.text("key")}/${taint.text("effect")}`;
        if (taint.text("key") !== undefined && seen.has(id)) {
            taint.report(path, "has key and effect of another one, and a node can have one such taint only. Keep one.");
        }
        seen.add(id);
    }
}

function checkTaint(taint: Section<AwsNodeTaintArgs>): void {
    const tooLong = (text: string) =>
        text.length > LongestTaintText
            ? `is longer than ${LongestTaintText} characters ${given(text)}. Shorten it.`
            : undefined;
    taint.check("key", (key) => tooLong(key) ?? metadataKey(key));
    taint.check("value", (value) => tooLong(value) ?? labelValue(value));
}

const ReservedKeys: readonly (keyof AwsSystemReservedArgs)[] = [
    "cpuMillicores",
    "memoryMegabytes",
    "ephemeralStorageMegabytes",
    "pids",
];

function checkReserved(reserved: Section<AwsSystemReservedArgs> | undefined): void {
    for (const key of ReservedKeys) {
        const value = reserved?.number(key);
        if (value !== undefined && (!Number.isInteger(value) || value < -1)) {
            reserved?.refuse(
                key,
                `is not a whole number of 0 or more ${given(value)}. Give one, or -1 to reserve nothing.`,
            );
        }
    }
}

/** https://docs.aws.amazon.com/eks/latest/userguide/eks-linux-ami-versions.html */
function checkRelease(cluster: Section<AwsClusterArgs>, nodes: Section<AwsNodesArgs>): void {
    const release = nodes.text("releaseVersion");
    if (release === undefined) {
        return;
    }
    const [, minor] = /^(1\.\d+)\.\d+-\d{8}$/.exec(release) ?? [];
    const version = cluster.text("version") ?? DefaultKubernetesVersion;
    if (minor === undefined) {
        nodes.refuse(
            "releaseVersion",
            `is not the release version of an EKS image ${given(release)}. Give for example ${version}.2-20260415.`,
        );
    } else if (minor !== version && !cluster.pending("version")) {
        nodes.refuse(
            "releaseVersion",
            `is an image of another version than the cluster, ${version} ${given(release)}. Give one of ${version}, or leave it out.`,
        );
    }
}
