/** Who may use an EKS cluster, as of @pulumi/aws 7.47. https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html */
import type { Problem, RefuseContext, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "../account";
import { byId, textsIn } from "../ec2/shared";
import { roleSight } from "../iam-sight";
import { accessEntryType, accessPolicyType, clusterOf, invalid, ofCluster, roleType, shortWait } from "./shared";

const reservedStart = /^(system|eks|aws|amazon|iam):/;

export const accessEntry: ResourceModel = {
    token: accessEntryType,
    inputs: {
        clusterName: { type: "string", required: true },
        kubernetesGroups: { type: "array" },
        principalArn: { type: "string", required: true },
        region,
        tags,
        type: {
            type: "string",
            default: "STANDARD",
            values: ["STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "EC2"],
        },
        userName: { type: "string" },
    },
    outputs: {
        accessEntryArn: { type: "string" },
        createdAt: { type: "string" },
        modifiedAt: { type: "string" },
        tagsAll,
        userName: { type: "string" },
    },
    references: [ofCluster],
    // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_access_entry and its schema
    replaceOn: ["clusterName", "principalArn", "region", "type"],
    volatile: ["modifiedAt", "tagsAll", "userName"],
    durationKey: shortWait,
    // internal/service/eks/access_entry.go
    sights: [roleSight(["principalArn"], { unknown: () => invalidPrincipal, repeated: ["create"] })],
    validate: (inputs) => wrongNames(inputs),
    refuse: (inputs, context) => refusedTags(inputs, context.config) ?? refusedEntry(inputs, context),
    id: ({ clusterName, principalArn }) => `${textOf(clusterName)}:${textOf(principalArn)}`,
    computed: (inputs, { config, previous, id }) => {
        const { partition, accountId } = accountOf(config);
        const now = new Date().toISOString();
        const principal = textOf(inputs["principalArn"]);
        const [, , , , account, name] = principal.split(":");
        return {
            accessEntryArn: `arn:${partition}:eks:${regionOf(inputs, config)}:${accountId}:access-entry/${id.split(":")[0]}/${name.split("/")[0]}/${account}/${name.split("/").at(-1)}`,
            createdAt: previous?.["createdAt"] ?? now,
            modifiedAt: now,
            tagsAll: allTags(inputs, config),
            userName: inputs["userName"] ?? defaultUserName(principal),
        };
    },
    takesAlong: ({ inputs: { clusterName, principalArn } }, inventory) =>
        inventory
            .rows(accessPolicyType)
            .filter(({ inputs }) => inputs["clusterName"] === clusterName && inputs["principalArn"] === principalArn),
};

function defaultUserName(arn: string): string {
    const [, partition, , , account, name] = arn.split(":");
    return name.startsWith("role/")
        ? `arn:${partition}:sts::${account}:assumed-role/${name.split("/").at(-1)}/{{SessionName}}`
        : arn;
}

/** https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
function wrongNames({ kubernetesGroups, userName, type }: PropertyMap): Problem[] {
    const groups = textsIn(kubernetesGroups);
    const problems: Problem[] = groups
        .filter((group) => reservedStart.test(group))
        .map((group) => ({
            property: "kubernetesGroups",
            reason: invalid(
                `The kubernetes group name ${group} is invalid, it cannot start with ${group.split(":")[0]}:`,
            ),
        }));
    const user = textOf(userName);
    if (reservedStart.test(user)) {
        problems.push({
            property: "userName",
            reason: invalid(`The username ${user} is invalid, it cannot start with ${user.split(":")[0]}:`),
        });
    } else if (/^[^:]*\{\{SessionName(Raw)?\}\}/.test(user)) {
        problems.push({
            property: "userName",
            reason: invalid("The username must contain a colon before {{SessionName}}"),
        });
    }
    if (type !== "STANDARD" && (groups.length > 0 || user !== "")) {
        problems.push({
            property: "type",
            reason: invalid("Only entries of type STANDARD take groups and a username"),
        });
    }
    return problems;
}

const invalidPrincipal = invalid("The specified principalArn is invalid: invalid principal.");

function refusedEntry(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory, config, previous } = context;
    const principal = textOf(inputs["principalArn"]);
    const settings = clusterOf(inputs, inventory)?.inputs["accessConfig"];
    const mode = isMap(settings) ? textOf(settings["authenticationMode"], "CONFIG_MAP") : "CONFIG_MAP";
    if (mode === "CONFIG_MAP") {
        return "InvalidRequestException: The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.";
    }
    if (previous !== undefined) {
        return undefined;
    }
    const { callerArn, roleArn } = accountOf(config);
    const creator = !isMap(settings) || settings["bootstrapClusterCreatorAdminPermissions"] !== false;
    const id = `${textOf(inputs["clusterName"])}:${principal}`;
    if (byId(accessEntryType, id, inventory) !== undefined || (creator && principal === (roleArn ?? callerArn))) {
        return "ResourceInUseException: The specified access entry resource is already in use on this cluster.";
    }
    return principalExists(principal, context) ? undefined : invalidPrincipal;
}

/** One role or user that exists, as far as it is of the own account; service-linked roles are not taken. */
function principalExists(arn: string, { inventory, config }: RefuseContext): boolean {
    const { accountId, callerArn, partition } = accountOf(config);
    const form = new RegExp(`^arn:${partition}:iam::\\d{12}:(role|user)/(?!aws-service-role/).+$`);
    const known = (type: string) => inventory.find(type, ({ outputs }) => outputs["arn"] === arn) !== undefined;
    const isOwn = arn.split(":")[4] === accountId;
    return form.test(arn) && (!isOwn || arn === callerArn || known(roleType) || known("aws:iam/user:User"));
}

/** https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
const policies = [
    "AmazonEKSAdminPolicy",
    "AmazonEKSClusterAdminPolicy",
    "AmazonEKSAdminViewPolicy",
    "AmazonEKSEditPolicy",
    "AmazonEKSViewPolicy",
    "AmazonEKSSecretReaderPolicy",
];

export const accessPolicy: ResourceModel = {
    token: accessPolicyType,
    inputs: {
        accessScope: {
            type: "object",
            required: true,
            properties: {
                namespaces: { type: "array" },
                type: { type: "string", required: true, values: ["cluster", "namespace"] },
            },
        },
        clusterName: { type: "string", required: true },
        policyArn: { type: "string", required: true },
        principalArn: { type: "string", required: true },
        region,
    },
    outputs: { associatedAt: { type: "string" }, modifiedAt: { type: "string" } },
    references: [ofCluster],
    // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_access_policy_association and its schema
    replaceOn: ["accessScope", "clusterName", "policyArn", "principalArn", "region"],
    durationKey: shortWait,
    validate: ({ accessScope }) => {
        const { type, namespaces } = isMap(accessScope) ? accessScope : {};
        return (type === "namespace") === textsIn(namespaces).length > 0
            ? []
            : [
                  {
                      property: "accessScope",
                      reason: invalid("Namespaces must be given for a scope of type namespace, and for no other"),
                  },
              ];
    },
    refuse: (inputs, { inventory, config }) => {
        const { clusterName, principalArn, policyArn } = inputs;
        const entry = byId(accessEntryType, `${textOf(clusterName)}:${textOf(principalArn)}`, inventory);
        if (entry === undefined || entry.inputs["type"] !== "STANDARD") {
            return "ResourceNotFoundException: The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.";
        }
        const prefix = `arn:${accountOf(config).partition}:eks::aws:cluster-access-policy/`;
        return policies.some((name) => policyArn === `${prefix}${name}`)
            ? undefined
            : invalid("The policyArn parameter format is not valid");
    },
    id: ({ clusterName, principalArn, policyArn }) =>
        `${textOf(clusterName)}#${textOf(principalArn)}#${textOf(policyArn)}`,
    computed: (_inputs, { previous }) => {
        const now = new Date().toISOString();
        return { associatedAt: previous?.["associatedAt"] ?? now, modifiedAt: now };
    },
};
