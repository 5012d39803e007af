/** Add-ons of Amazon EKS, as of @pulumi/aws 7.47. */
import { randomUUID } from "node:crypto";
import type { Problem, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "../account";
import { byId } from "../ec2/shared";
import { roleSight } from "../iam-sight";
import { addonVersions } from "./addon-versions";
import { addonType, clusterOf, invalid, malformed, nodeGroupType, ofCluster, role, rowsOf } from "./shared";

/** Their pods are those of a Deployment: without a node they wait, and the add-on is degraded. */
const needNodes = ["coredns", "metrics-server", "aws-ebs-csi-driver"];

/** Those that run on every node, however many there are, are active without one. */
const ownDurations: ReadonlyMap<string, string> = new Map([
    ["vpc-cni", "eks add-on vpc-cni"],
    ["kube-proxy", "eks add-on kube-proxy"],
]);

export const addon: ResourceModel = {
    token: addonType,
    inputs: {
        addonName: { type: "string", required: true },
        addonVersion: { type: "string" },
        clusterName: { type: "string", required: true },
        configurationValues: { type: "string" },
        podIdentityAssociations: {
            type: "array",
            items: {
                type: "object",
                properties: {
                    roleArn: { type: "string", required: true },
                    serviceAccount: { type: "string", required: true },
                },
            },
        },
        preserve: { type: "boolean" },
        region,
        resolveConflictsOnCreate: { type: "string", values: ["NONE", "OVERWRITE"] },
        resolveConflictsOnUpdate: { type: "string", values: ["NONE", "OVERWRITE", "PRESERVE"] },
        serviceAccountRoleArn: { type: "string" },
        tags,
    },
    outputs: {
        addonVersion: { type: "string" },
        arn: { type: "string" },
        createdAt: { type: "string" },
        modifiedAt: { type: "string" },
        tagsAll,
    },
    references: [ofCluster, role("serviceAccountRoleArn"), role("podIdentityAssociations[*].roleArn")],
    // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_addon and its schema
    replaceOn: ["addonName", "clusterName", "region"],
    volatile: ["modifiedAt", "tagsAll", "addonVersion"],
    unread: ["preserve", "resolveConflictsOnCreate", "resolveConflictsOnUpdate"],
    durationKey: ({ addonName }) => ownDurations.get(textOf(addonName)) ?? "eks add-on coredns, csi, metrics-server",
    validate: (inputs) => [
        ...malformed(
            inputs,
            "addonVersion",
            /^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/,
            "must follow semantic version format",
        ),
        ...wrongConfiguration(inputs),
    ],
    // CreateAddon is repeated on "does not exist", UpdateAddon is not: internal/service/eks/addon.go
    sights: [
        roleSight(["serviceAccountRoleArn", "podIdentityAssociations[*].roleArn"], {
            unknown: (arn) => invalid(`Role with arn: ${arn} does not exist`),
            repeated: ["create"],
        }),
    ],
    refuse: (inputs, context) =>
        refusedTags(inputs, context.config) ??
        refusedVersion(inputs, context) ??
        refusedRole(inputs) ??
        (context.previous === undefined ? refusedCreation(inputs, context) : undefined),
    id: ({ clusterName, addonName }) => `${textOf(clusterName)}:${textOf(addonName)}`,
    computed: (inputs, { config, inventory, previous }) => {
        const { partition, accountId } = accountOf(config);
        const names = `${textOf(inputs["clusterName"])}/${textOf(inputs["addonName"])}`;
        const now = new Date().toISOString();
        const newest = addonVersions(textOf(inputs["addonName"]), versionOf(inputs, inventory))?.at(-1);
        return {
            addonVersion: inputs["addonVersion"] ?? previous?.["addonVersion"] ?? newest ?? null,
            arn:
                previous?.["arn"] ??
                `arn:${partition}:eks:${regionOf(inputs, config)}:${accountId}:addon/${names}/${randomUUID()}`,
            createdAt: previous?.["createdAt"] ?? now,
            modifiedAt: now,
            tagsAll: allTags(inputs, config),
        };
    },
};

function versionOf(inputs: PropertyMap, inventory: RefuseContext["inventory"]): string {
    return textOf(clusterOf(inputs, inventory)?.outputs["version"]);
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAddon.html: a JSON or YAML text; we only look at JSON */
function wrongConfiguration({ configurationValues: text }: PropertyMap): Problem[] {
    const property = "configurationValues";
    if (typeof text !== "string") {
        return [];
    }
    try {
        JSON.parse(text);
        return [];
    } catch {
        return [
            { property, reason: "ConfigurationValue provided in request is not supported: it is no JSON. Correct it." },
        ];
    }
}

function refusedVersion(inputs: PropertyMap, { inventory }: RefuseContext): string | undefined {
    const name = textOf(inputs["addonName"]);
    const known = addonVersions(name, versionOf(inputs, inventory));
    if (known === undefined) {
        return invalid(`Addon ${name} specified is not supported`);
    }
    const { addonVersion } = inputs;
    return addonVersion !== undefined && !known.includes(textOf(addonVersion))
        ? invalid("Addon version specified is not supported")
        : undefined;
}

/** https://docs.aws.amazon.com/eks/latest/userguide/add-ons-iam.html */
function refusedRole({ serviceAccountRoleArn, podIdentityAssociations }: PropertyMap): string | undefined {
    return serviceAccountRoleArn !== undefined && podIdentityAssociations !== undefined
        ? invalid("Both serviceAccountRoleArn and podIdentityAssociations cannot be provided.")
        : undefined;
}

function refusedCreation(inputs: PropertyMap, { inventory }: RefuseContext): string | undefined {
    const id = `${textOf(inputs["clusterName"])}:${textOf(inputs["addonName"])}`;
    if (byId(addonType, id, inventory) !== undefined) {
        return "ResourceInUseException: Addon already exists.";
    }
    const nodes = rowsOf(nodeGroupType, inputs["clusterName"], inventory).filter(({ state }) => state === "active");
    return nodes.length === 0 && needNodes.includes(textOf(inputs["addonName"]))
        ? `waiting for EKS Add-On (${id}) create: timeout while waiting for state to become 'ACTIVE' (last state: 'DEGRADED', timeout: 20m0s)`
        : undefined;
}
