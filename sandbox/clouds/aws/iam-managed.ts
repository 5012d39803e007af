/** Managed policies: those of AWS that programs of this repository use, and those that are made. */
import type { InventoryView, Problem, ResourceModel } from "../model";
import { textOf, type PropertyMap } from "../values";
import { accountOf, allTags, refusedTags, tags, tagsAll, type Account } from "./account";
import { documentLength, malformedIdentityPolicy } from "./iam-documents";
import { wrongJson } from "./policy";

export const policyType = "aws:iam/policy:Policy";
export const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

const durationKey = "security group, role, policy, bucket, subnet, route";

/** https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html, by path and name */
const AwsPolicies = new Set([
    "AdministratorAccess",
    "AmazonEC2ContainerRegistryPullOnly",
    "AmazonEC2ContainerRegistryReadOnly",
    "AmazonEKSClusterPolicy",
    "AmazonEKSVPCResourceController",
    "AmazonEKSWorkerNodeMinimalPolicy",
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKS_CNI_Policy",
    "AmazonSSMManagedInstanceCore",
    "CloudWatchAgentServerPolicy",
    "CloudWatchReadOnlyAccess",
    "PowerUserAccess",
    "ReadOnlyAccess",
    "service-role/AmazonEBSCSIDriverPolicy",
    "service-role/AmazonEFSCSIDriverPolicy",
    "service-role/AmazonRDSEnhancedMonitoringRole",
]);

/** AWS's words when a policy cannot be attached; absent when it can. */
export function unattachable(arn: string, account: Account, inventory: InventoryView): string | undefined {
    const [, name] = new RegExp(`^arn:${account.partition}:iam::aws:policy/(.+)$`).exec(arn) ?? [];
    const known =
        name === undefined
            ? inventory.find(policyType, ({ outputs }) => outputs["arn"] === arn) !== undefined
            : AwsPolicies.has(name);
    return known ? undefined : `NoSuchEntity: Policy ${arn} does not exist or is not attachable.`;
}

/** Characters without white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const longestPolicy = 6144;

export const policy: ResourceModel = {
    token: policyType,
    inputs: {
        description: { type: "string" },
        name: { type: "string" },
        path: { type: "string", default: "/" },
        policy: { type: "string", required: true },
        tags,
    },
    outputs: { arn: { type: "string" }, attachmentCount: { type: "integer" }, policyId: { type: "string" }, tagsAll },
    name: {
        property: "name",
        auto: { maxLength: 128 },
        pattern: /^[\w+=,.@-]{1,128}$/,
        rule: "must be 1 to 128 alphanumeric characters or +=,.@_-",
    },
    replaceOn: ["description", "name", "path"],
    volatile: ["tagsAll"],
    durationKey,
    validate: (inputs) => [...wrongPath(inputs), ...wrongJson(inputs, "policy")],
    refuse: (inputs, { config, inventory, previous }) => {
        const text = textOf(inputs["policy"]);
        const { partition } = accountOf(config);
        if (documentLength(text) > longestPolicy) {
            return `LimitExceeded: Cannot exceed quota for PolicySize: ${longestPolicy}`;
        }
        const name = textOf(inputs["name"]);
        const taken = inventory.find(policyType, ({ inputs: other }) => sameName(other["name"], name));
        return (
            refusedTags(inputs, config) ??
            malformedIdentityPolicy(text, partition) ??
            (previous === undefined && taken !== undefined
                ? `EntityAlreadyExists: A policy called ${name} already exists. Duplicate names are not allowed.`
                : undefined)
        );
    },
    idOutput: "arn",
    computed: (inputs, { config, previous }) => {
        const { partition, accountId } = accountOf(config);
        return {
            arn: `arn:${partition}:iam::${accountId}:policy${textOf(inputs["path"])}${textOf(inputs["name"])}`,
            attachmentCount: 0,
            policyId: previous?.["policyId"] ?? "ANPASANDBOXEXAMPLE000",
            tagsAll: allTags(inputs, config),
        };
    },
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html
    blocksDeletion: ({ id }, inventory) =>
        inventory.find(attachmentType, ({ inputs }) => inputs["policyArn"] === id) === undefined
            ? undefined
            : "DeleteConflict: Cannot delete a policy attached to entities.",
};

function sameName(one: unknown, other: string): boolean {
    return typeof one === "string" && one.toLowerCase() === other.toLowerCase();
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export function wrongPath({ path }: PropertyMap): Problem[] {
    return typeof path === "string" && !(/^\/([!-~]+\/)?$/.test(path) && path.length <= 512)
        ? [{ property: "path", reason: `must begin and end with / (value given: ${path}). Correct it.` }]
        : [];
}
