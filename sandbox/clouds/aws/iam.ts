/**
 * AWS IAM, as of @pulumi/aws 7.47.
 *
 * Other services know a new role only after some seconds (iam-sight.ts). Where the provider asks once only, no refusal is modelled unless one is
 * known: CreateNodegroup (internal/service/eks/node_group.go) and PutBucketReplication, which looks at no role
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-troubleshoot.html). Policies of a role are known at once here, so what must
 * be attached before a role is used shows only as an edge that is missing.
 */
import type { Row } from "../inventory";
import type { InventoryView, Reference, RefuseContext, ResourceModel } from "../model";
import { textOf, type PropertyMap } from "../values";
import { accountOf, allTags, refusedTags, tags, tagsAll } from "./account";
import { documentLength, malformed, malformedIdentityPolicy } from "./iam-documents";
import { attachmentType, policy, unattachable, wrongPath } from "./iam-managed";
import { openIdConnectProvider } from "./iam-oidc";
import { missingPrincipal, roleNamed, roleType } from "./iam-principals";
import { principalSight, roleUnseenKey } from "./iam-sight";
import { invalidPrincipal, statementsOf, wrongJson, type Statement } from "./policy";

const rolePolicyType = "aws:iam/rolePolicy:RolePolicy";

const durationKey = "security group, role, policy, bucket, subnet, route";

/** Quotas of one role: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const longestTrust = 2048;
const longestInline = 10_240;
const mostAttached = 10;

const role: ResourceModel = {
    token: roleType,
    inputs: {
        assumeRolePolicy: { type: "string", required: true },
        description: { type: "string" },
        forceDetachPolicies: { type: "boolean", default: false },
        maxSessionDuration: { type: "integer", default: 3600 },
        name: { type: "string" },
        path: { type: "string", default: "/" },
        permissionsBoundary: { type: "string" },
        tags,
    },
    outputs: { arn: { type: "string" }, createDate: { type: "string" }, uniqueId: { type: "string" }, tagsAll },
    name: {
        property: "name",
        auto: { maxLength: 64 },
        pattern: /^[\w+=,.@-]{1,64}$/,
        rule: "must be 1 to 64 alphanumeric characters or +=,.@_-",
    },
    replaceOn: ["name", "path"],
    volatile: ["tagsAll"],
    unread: ["forceDetachPolicies"],
    durationKey,
    unseenKey: roleUnseenKey,
    // CreateRole and UpdateAssumeRolePolicy are repeated: internal/service/iam/role.go
    sights: [principalSight("assumeRolePolicy", invalidAwsPrincipal, "trust")],
    validate: (inputs) => [
        ...wrongJson(inputs, "assumeRolePolicy"),
        ...wrongPath(inputs),
        ...outside(inputs, "maxSessionDuration", 3600, 43_200),
        // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
        ...(textOf(inputs["description"]).length > 1000
            ? [{ property: "description", reason: "must have at most 1000 characters. Shorten it." }]
            : []),
    ],
    refuse: (inputs, context) => refusedRole(inputs, context),
    id: ({ name }) => textOf(name),
    computed: (inputs, { id, config, previous }) => {
        const { partition, accountId } = accountOf(config);
        return {
            arn: `arn:${partition}:iam::${accountId}:role${textOf(inputs["path"], "/")}${id}`,
            createDate: previous?.["createDate"] ?? "2026-01-01T00:00:00Z",
            uniqueId: previous?.["uniqueId"] ?? "AROASANDBOXEXAMPLE000",
            tagsAll: allTags(inputs, config),
        };
    },
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html
    blocksDeletion: (row, inventory) => {
        if (row.inputs["forceDetachPolicies"] === true) {
            return undefined;
        }
        if (ofRole(attachmentType, row, inventory).length > 0) {
            return "DeleteConflict: Cannot delete entity, must detach all policies first.";
        }
        return ofRole(rolePolicyType, row, inventory).length > 0
            ? "DeleteConflict: Cannot delete entity, must delete policies first."
            : undefined;
    },
    // With forceDetachPolicies the provider takes both off first (internal/service/iam/role.go).
    takesAlong: (row, inventory) => [
        ...ofRole(attachmentType, row, inventory),
        ...ofRole(rolePolicyType, row, inventory),
    ],
};

function ofRole(type: string, { id }: Row, inventory: InventoryView): Row[] {
    return inventory.rows(type).filter(({ inputs }) => inputs["role"] === id);
}

function outside(inputs: PropertyMap, property: string, least: number, most: number) {
    const value = inputs[property];
    return typeof value === "number" && (value < least || value > most)
        ? [{ property, reason: `must be in the range (${least} - ${most}) (value given: ${value}). Correct it.` }]
        : [];
}

function refusedRole(inputs: PropertyMap, { config, inventory, previous }: RefuseContext): string | undefined {
    const name = textOf(inputs["name"]);
    if (previous === undefined && roleNamed(name, inventory) !== undefined) {
        return `EntityAlreadyExists: Role with name ${name} already exists.`;
    }
    const boundary = inputs["permissionsBoundary"];
    if (typeof boundary === "string" && unattachable(boundary, accountOf(config), inventory) !== undefined) {
        return `NoSuchEntity: Scope ARN: ${boundary} does not exist or is not attachable.`;
    }
    return refusedTags(inputs, config) ?? refusedTrust(textOf(inputs["assumeRolePolicy"]), config, inventory);
}

function invalidAwsPrincipal(name: string): string {
    return malformed(`Invalid principal in policy: "AWS":"${name}"`);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-custom.html */
function refusedTrust(text: string, config: PropertyMap, inventory: InventoryView): string | undefined {
    if (documentLength(text) > longestTrust) {
        return `LimitExceeded: Cannot exceed quota for ACLSizePerRole: ${longestTrust}`;
    }
    let statements: Statement[];
    try {
        statements = statementsOf(text, "trust");
    } catch (error) {
        return malformed(error instanceof Error ? error.message : String(error));
    }
    const account = accountOf(config);
    const named = statements.flatMap(({ principals }) => principals);
    const wrong = invalidPrincipal(statements, account.partition) ?? missingPrincipal(named, account, inventory);
    if (wrong !== undefined) {
        return invalidAwsPrincipal(wrong);
    }
    const service = statements
        .flatMap(({ services }) => services)
        .find((host) => !/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(host));
    if (service !== undefined) {
        return malformed(`Invalid principal in policy: "SERVICE":"${service}"`);
    }
    const provider = new RegExp(`^(arn:${account.partition}:iam::\\d{12}:(oidc|saml)-provider/.+|[a-z.]+\\.com)$`);
    const federated = statements.flatMap((statement) => statement.federated).find((name) => !provider.test(name));
    if (federated !== undefined) {
        return malformed(`Invalid principal in policy: "FEDERATED":"${federated}"`);
    }
    const strange = statements.flatMap(({ actions }) => actions).find((action) => !/^sts:[A-Za-z*]+$/.test(action));
    return strange === undefined ? undefined : malformed("AssumeRole policy may only specify STS AssumeRole actions.");
}

const theRole: Reference = {
    path: "role",
    types: [roleType],
    message: (name) => `NoSuchEntity: The role with name ${name} cannot be found.`,
};

const rolePolicy: ResourceModel = {
    token: rolePolicyType,
    inputs: {
        name: { type: "string" },
        policy: { type: "string", required: true },
        role: { type: "string", required: true },
    },
    name: {
        property: "name",
        auto: { maxLength: 128 },
        pattern: /^[\w+=,.@-]{1,128}$/,
        rule: "must be 1 to 128 alphanumeric characters or +=,.@_-",
    },
    references: [theRole],
    replaceOn: ["name", "role"],
    // PutRolePolicy overwrites: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
    adopts: true,
    durationKey,
    validate: (inputs) => wrongJson(inputs, "policy"),
    refuse: ({ name, policy: text, role: owner }, { config, inventory }) => {
        const others = inventory
            .rows(rolePolicyType)
            .filter(({ inputs }) => inputs["role"] === owner && inputs["name"] !== name)
            .map(({ inputs }) => documentLength(textOf(inputs["policy"])));
        const total = others.reduce((sum, length) => sum + length, documentLength(textOf(text)));
        return total > longestInline
            ? `LimitExceeded: Maximum policy size of ${longestInline} bytes exceeded for role ${textOf(owner)}`
            : malformedIdentityPolicy(textOf(text), accountOf(config).partition);
    },
    id: ({ name, role: owner }) => `${textOf(owner)}:${textOf(name)}`,
};

const attachment: ResourceModel = {
    token: attachmentType,
    inputs: { policyArn: { type: "string", required: true }, role: { type: "string", required: true } },
    references: [theRole],
    replaceOn: ["policyArn", "role"],
    // AttachRolePolicy says nothing when it is attached: internal/service/iam/role_policy_attachment.go looks no further
    adopts: true,
    durationKey,
    refuse: ({ policyArn, role: owner }, { config, inventory }) => {
        const attached = inventory
            .rows(attachmentType)
            .filter(({ inputs }) => inputs["role"] === owner && inputs["policyArn"] !== policyArn);
        return attached.length >= mostAttached
            ? `LimitExceeded: Cannot exceed quota for PoliciesPerRole: ${mostAttached}`
            : unattachable(textOf(policyArn), accountOf(config), inventory);
    },
    id: ({ policyArn, role: owner }) => `${textOf(owner)}/${textOf(policyArn)}`,
};

export const iam: readonly ResourceModel[] = [role, rolePolicy, attachment, policy, openIdConnectProvider];
