/** Managed node groups of Amazon EKS, as of @pulumi/aws 7.47. The nodes themselves are the sandbox's own. */
import { randomUUID } from "node:crypto";
import type { Problem, PropertyModels, RefuseContext, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "../account";
import { byId, interfaceIn, textsIn } from "../ec2/shared";
import {
    clusterOf,
    invalid,
    launchTemplateType,
    malformed,
    minorOf,
    nodeGroupType,
    ofCluster,
    role,
    trusts,
} from "./shared";
import { nodeFailure } from "./node-failure";

const inputs: PropertyModels = {
    amiType: {
        type: "string",
        values: [
            "AL2023_x86_64_STANDARD",
            "AL2023_ARM_64_STANDARD",
            "BOTTLEROCKET_x86_64",
            "BOTTLEROCKET_ARM_64",
            "CUSTOM",
        ],
    },
    capacityType: { type: "string", values: ["ON_DEMAND", "SPOT"] },
    clusterName: { type: "string", required: true },
    diskSize: { type: "integer" },
    forceUpdateVersion: { type: "boolean" },
    instanceTypes: { type: "array" },
    labels: { type: "map" },
    launchTemplate: {
        type: "object",
        properties: { id: { type: "string" }, name: { type: "string" }, version: { type: "string", required: true } },
    },
    nodeGroupName: { type: "string" },
    nodeRoleArn: { type: "string", required: true },
    region,
    releaseVersion: { type: "string" },
    scalingConfig: {
        type: "object",
        required: true,
        properties: {
            desiredSize: { type: "integer", required: true },
            maxSize: { type: "integer", required: true },
            minSize: { type: "integer", required: true },
        },
    },
    subnetIds: { type: "array", required: true },
    tags,
    taints: {
        type: "array",
        items: {
            type: "object",
            properties: {
                effect: { type: "string", required: true, values: ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"] },
                key: { type: "string", required: true },
                value: { type: "string" },
            },
        },
    },
    updateConfig: {
        type: "object",
        properties: { maxUnavailable: { type: "integer" }, maxUnavailablePercentage: { type: "integer" } },
    },
    version: { type: "string" },
};

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_node_group and its schema */
const replaceOn = [
    "amiType",
    "capacityType",
    "clusterName",
    "diskSize",
    "instanceTypes",
    "launchTemplate.id",
    "launchTemplate.name",
    "nodeGroupName",
    "nodeRoleArn",
    "region",
    "subnetIds",
];

export const nodeGroup: ResourceModel = {
    token: nodeGroupType,
    inputs,
    outputs: {
        arn: { type: "string" },
        releaseVersion: { type: "string" },
        resources: { type: "array", items: { type: "any" } },
        status: { type: "string" },
        tagsAll,
        version: { type: "string" },
    },
    name: {
        property: "nodeGroupName",
        auto: { maxLength: 255 },
        pattern: /^[0-9A-Za-z][A-Za-z0-9_-]{0,62}$/,
        rule: "must be 1 to 63 letters, digits, hyphens and underscores, a letter or digit first",
    },
    references: [
        { ...ofCluster, holds: () => "ResourceInUseException: Cluster has nodegroups attached" },
        role("nodeRoleArn"),
        interfaceIn("subnetIds[*]"),
        {
            path: "launchTemplate.id",
            types: [launchTemplateType],
            message: (id) => `InvalidRequestException: Launch template ${id} could not be found`,
        },
    ],
    replaceOn,
    volatile: ["releaseVersion", "tagsAll", "version"],
    unread: ["forceUpdateVersion"],
    durationKey: "eks managed node group",
    validate: (given) => [
        ...malformed(
            given,
            "releaseVersion",
            /^\d+\.\d+\.\d+-\d{8}$/,
            "must be the release version of an image, such as 1.35.2-20260415",
        ),
        ...wrongScaling(part(given["scalingConfig"])),
        ...wrongUpdate(given["updateConfig"]),
        ...wrongTaints(given["taints"]),
        ...wrongLabels(part(given["labels"])),
    ],
    refuse: (given, context) =>
        refusedTags(given, context.config) ??
        refusedSize(part(given["scalingConfig"])) ??
        refusedVersion(given, context) ??
        refusedTemplate(given, context) ??
        (context.previous === undefined ? refusedCreation(given, context) : undefined),
    id: ({ clusterName, nodeGroupName }) => `${textOf(clusterName)}:${textOf(nodeGroupName)}`,
    computed: (given, context) => {
        const { config, inventory, previous } = context;
        const { partition, accountId } = accountOf(config);
        const { clusterName, nodeGroupName } = given;
        const version = given["version"] ?? previous?.["version"] ?? clusterOf(given, inventory)?.outputs["version"];
        const names = `${textOf(clusterName)}/${textOf(nodeGroupName)}`;
        const autoScalingGroup = `eks-${textOf(nodeGroupName)}-${randomUUID()}`;
        return {
            arn:
                previous?.["arn"] ??
                `arn:${partition}:eks:${regionOf(given, config)}:${accountId}:nodegroup/${names}/${randomUUID()}`,
            releaseVersion: given["releaseVersion"] ?? `${textOf(version)}.0-20260415`,
            resources: previous?.["resources"] ?? [
                { autoscalingGroups: [{ name: autoScalingGroup }], remoteAccessSecurityGroupId: "" },
            ],
            status: "ACTIVE",
            tagsAll: allTags(given, config),
            version: version ?? null,
        };
    },
};

function part(value: PropertyValue | undefined): PropertyMap {
    return isMap(value) ? value : {};
}

/** The provider's own limits. */
function wrongScaling({ minSize, maxSize, desiredSize }: PropertyMap): Problem[] {
    return [
        ...(Number(maxSize) < 1
            ? [{ property: "scalingConfig.maxSize", reason: "must be at least 1. Raise it." }]
            : []),
        ...(Number(minSize) < 0 || Number(desiredSize) < 0
            ? [{ property: "scalingConfig", reason: "must have sizes of at least 0. Raise them." }]
            : []),
    ];
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupUpdateConfig.html */
function wrongUpdate(value: PropertyValue | undefined): Problem[] {
    if (!isMap(value)) {
        return [];
    }
    const given = ["maxUnavailable", "maxUnavailablePercentage"]
        .map((name) => value[name])
        .filter((one) => one != null);
    return given.length === 1 && given.every((one) => Number(one) >= 1 && Number(one) <= 100)
        ? []
        : [{ property: "updateConfig", reason: "must have exactly one of its two numbers, 1 to 100. Correct it." }];
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_Taint.html */
function wrongTaints(value: PropertyValue | undefined): Problem[] {
    const taints = Array.isArray(value) ? value.filter(isMap) : [];
    const tooLong = taints.some(
        ({ key, value: text }) => textOf(key).length < 1 || textOf(key).length > 63 || textOf(text).length > 63,
    );
    return taints.length > 50 || tooLong
        ? [
              {
                  property: "taints",
                  reason: "must be at most 50, with keys of 1 to 63 and values of at most 63 characters",
              },
          ]
        : [];
}

/** https://github.com/aws/containers-roadmap/issues/1451 */
function wrongLabels(labels: PropertyMap): Problem[] {
    const reserved = Object.keys(labels).find((key) => /^(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)\//.test(key));
    return reserved === undefined
        ? []
        : [
              {
                  property: `labels.${reserved}`,
                  reason: "Label cannot contain reserved prefixes [kubernetes.io/, k8s.io/, eks.amazonaws.com/]",
              },
          ];
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupScalingConfig.html */
function refusedSize({ minSize, maxSize, desiredSize }: PropertyMap): string | undefined {
    const [min, max, desired] = [Number(minSize), Number(maxSize), Number(desiredSize)];
    if (min > max) {
        return invalid(`Minimum capacity ${min} can't be greater than maximum size ${max}`);
    }
    if (min > desired) {
        return invalid(`Minimum capacity ${min} can't be greater than desired size ${desired}`);
    }
    if (desired > max) {
        return invalid(`desired capacity ${desired} can't be greater than max size ${max}`);
    }
    // https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html
    return max > 450 ? invalid("Nodegroup max size cannot be greater than 450") : undefined;
}

/** https://docs.aws.amazon.com/eks/latest/userguide/update-managed-node-group.html */
function refusedVersion(given: PropertyMap, { inventory, previous }: RefuseContext): string | undefined {
    const { version, releaseVersion } = given;
    const own = clusterOf(given, inventory)?.outputs["version"];
    if (version !== undefined && minorOf(version) > minorOf(own)) {
        return invalid(`Nodegroup Kubernetes version ${textOf(version)} is newer than cluster version ${textOf(own)}`);
    }
    if (version !== undefined && previous !== undefined && minorOf(version) < minorOf(previous["version"])) {
        return invalid(`Requested Nodegroup version ${textOf(version)} is lower than the current one`);
    }
    const runs = textOf(version ?? own);
    return releaseVersion !== undefined && !textOf(releaseVersion).startsWith(`${runs}.`)
        ? invalid(`Requested release version ${textOf(releaseVersion)} is not valid for kubernetes version ${runs}`)
        : undefined;
}

/** https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html */
function refusedTemplate(given: PropertyMap, { inventory }: RefuseContext): string | undefined {
    const { id, version } = part(given["launchTemplate"]);
    if (id === undefined) {
        return undefined;
    }
    const template = byId(launchTemplateType, id, inventory);
    if (given["diskSize"] !== undefined) {
        return invalid("Disk size must be specified within the launch template.");
    }
    if (template?.inputs["instanceType"] !== undefined && textsIn(given["instanceTypes"]).length > 0) {
        return invalid("Instance type should be provided either in launch template or in instance types");
    }
    const latest = Number(template?.outputs["latestVersion"] ?? 0);
    const wanted = Number(version);
    return Number.isInteger(wanted) && (wanted < 1 || wanted > latest)
        ? `InvalidRequestException: Could not find the specified version ${textOf(version)} for the launch template with ID ${textOf(id)}.`
        : undefined;
}

function refusedCreation(given: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory } = context;
    const { clusterName, nodeGroupName, nodeRoleArn } = given;
    const id = `${textOf(clusterName)}:${textOf(nodeGroupName)}`;
    if (byId(nodeGroupType, id, inventory) !== undefined) {
        return `ResourceInUseException: NodeGroup already exists with name ${textOf(nodeGroupName)} and cluster name ${textOf(clusterName)}`;
    }
    if (!trusts(nodeRoleArn, "ec2.amazonaws.com", inventory)) {
        return invalid(
            "Following required service principals [ec2.amazonaws.com] were not found in the trust relationships of nodeRole " +
                textOf(nodeRoleArn),
        );
    }
    const failure = nodeFailure(given, context);
    return failure === undefined
        ? undefined
        : `waiting for EKS Node Group (${id}) create: unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'. last error: ${failure}`;
}
