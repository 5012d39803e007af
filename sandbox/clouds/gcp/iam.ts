/**
 * Google Cloud IAM, as of @pulumi/gcp 9.37: service accounts, and members of roles on the things that have policies.
 *
 * A change of a policy takes effect after some minutes at worst (https://docs.cloud.google.com/iam/docs/access-change-propagation); here it does at
 * once. Two resources that put the same member into the same role share it, as they do in a real policy: when one goes, the member goes.
 */
import { randomInt } from "node:crypto";
import type { InventoryView, Problem, PropertyModels, RefuseContext, ResourceModel } from "../model";
import { isMap, textOf, type PropertyMap } from "../values";
import { withDeletionPolicy } from "./deletion-policy";
import { accountType, missingAccount, wrongMember } from "./iam-principals";
import { customRoleType } from "./iam-custom-role";
import { denied, findProject, project, projectIdOf, projectOf, refusedProject } from "./project";

export const projectMemberType = "gcp:projects/iAMMember:IAMMember";
export const accountMemberType = "gcp:serviceaccount/iAMMember:IAMMember";
const service = "iam.googleapis.com";

const account: ResourceModel = {
    token: accountType,
    inputs: {
        accountId: { type: "string" },
        description: { type: "string" },
        disabled: { type: "boolean", default: false },
        displayName: { type: "string" },
        project,
    },
    outputs: {
        email: { type: "string" },
        member: { type: "string" },
        name: { type: "string" },
        project: { type: "string" },
        uniqueId: { type: "string" },
    },
    // https://docs.cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts/create
    name: {
        property: "accountId",
        auto: { maxLength: 30 },
        pattern: /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
        rule: "must be 6 to 30 lower-case letters, digits and hyphens, a letter first and no hyphen last",
    },
    replaceOn: ["accountId", "project"],
    validate: (inputs) => [...longerThan(inputs, "description", 256), ...longerThan(inputs, "displayName", 100)],
    refuse: (inputs, context) => {
        const { projectId, email } = identity(inputs, context);
        const refused = refusedProject(projectIdOf(inputs, context.config), service, context, (missing) =>
            denied("iam.serviceAccounts.create", `projects/${missing}`),
        );
        const taken = context.inventory.find(accountType, ({ outputs }) => outputs["email"] === email);
        return (
            (refused && `Error creating service account: ${refused}`) ??
            (taken === undefined || context.previous !== undefined
                ? undefined
                : `Error creating service account: googleapi: Error 409: Service account ${textOf(inputs["accountId"])} already exists within project projects/${projectId}., alreadyExists`)
        );
    },
    id: (inputs, context) => {
        const { projectId, email } = identity(inputs, context);
        return `projects/${projectId}/serviceAccounts/${email}`;
    },
    computed: (inputs, { id, previous, ...context }) => {
        const { projectId, email } = identity(inputs, context);
        return {
            email,
            member: `serviceAccount:${email}`,
            name: id,
            project: projectId,
            uniqueId: previous?.["uniqueId"] ?? `1${randomInt(10 ** 9, 10 ** 10)}${randomInt(10 ** 9, 10 ** 10)}`,
        };
    },
    // Its own policy goes with it. Where it is a member itself it stays one by its number, which a new account of the same name does not have:
    // https://docs.cloud.google.com/iam/docs/service-accounts-delete-undelete#deleting
    takesAlong: ({ id }, inventory) =>
        inventory.rows(accountMemberType).filter(({ inputs }) => inputs["serviceAccountId"] === id),
};

function identity(inputs: PropertyMap, { config, inventory }: Pick<RefuseContext, "config" | "inventory">) {
    const { projectId } = projectOf(inputs, config, inventory);
    return { projectId, email: `${textOf(inputs["accountId"])}@${projectId}.iam.gserviceaccount.com` };
}

function longerThan(inputs: PropertyMap, property: string, most: number): Problem[] {
    const bytes = Buffer.byteLength(textOf(inputs[property]));
    return bytes > most ? [{ property, reason: `must have at most ${most} bytes (it has ${bytes}). Shorten it.` }] : [];
}

/** What sets the members of one kind of thing apart. */
interface Membership {
    readonly token: string;
    /** Property that says whose policy it is. */
    readonly of: string;
    /** Roles that the thing can grant, without `roles/`; any when absent. Custom roles are taken. */
    readonly roles?: readonly string[];
    /** Inputs beside member, role and condition that say whose policy it is. */
    readonly inputs?: PropertyModels;
    /** The id of the thing, as it stands in the id of the member. */
    readonly target: (inputs: PropertyMap, config: PropertyMap) => string;
    /** What errors call the thing, its id apart. */
    readonly kind: string;
    /** Why the thing's policy cannot be read. */
    readonly missing: (inputs: PropertyMap, context: RefuseContext) => string | undefined;
    /** Why the thing takes no such member. */
    readonly refuse?: (inputs: PropertyMap, context: RefuseContext) => string | undefined;
}

const condition = {
    type: "object",
    properties: {
        description: { type: "string" },
        expression: { type: "string", required: true },
        title: { type: "string", required: true },
    },
} as const;

/** A member of a role in the policy of one thing. All that it is, is in its id: each change makes another one. */
export function member({ token, of, roles, target, kind, missing, refuse, ...more }: Membership): ResourceModel {
    const inputs: PropertyModels = {
        ...more.inputs,
        condition,
        member: { type: "string", required: true },
        role: { type: "string", required: true },
        [of]: { type: "string", required: true },
    };
    return {
        token,
        inputs,
        outputs: { etag: { type: "string" } },
        adopts: true,
        replaceOn: Object.keys(inputs),
        validate: (given) => wrongMember(given["member"]),
        refuse: (given, context) => {
            const what = `${kind} "${target(given, context.config)}"`;
            const unreadable = missing(given, context);
            if (unreadable !== undefined) {
                return `Error retrieving IAM policy for ${what}: ${unreadable}`;
            }
            const refused =
                refuse?.(given, context) ??
                refusedRole(textOf(given["role"]), roles, context) ??
                missingAccount(textOf(given["member"]), context);
            return refused && `Error applying IAM policy for ${what}: Error setting IAM policy for ${what}: ${refused}`;
        },
        id: (given, { config }) => {
            const { condition: when, role, member: who } = given;
            const parts = isMap(when) ? ["title", "description", "expression"].map((part) => textOf(when[part])) : [];
            return [target(given, config), textOf(role), textOf(who), ...parts].join("/");
        },
        computed: () => ({ etag: "BwXhqDVAZ4E=" }),
    };
}

/** https://docs.cloud.google.com/iam/docs/roles-overview */
function refusedRole(
    role: string,
    grantable: readonly string[] | undefined,
    { config, inventory }: RefuseContext,
): string | undefined {
    const custom = /^(projects|organizations)\/([^/]+)\/roles\/[\w.]{3,64}$/.exec(role);
    if (custom !== null) {
        // Roles of others cannot be looked up, so they are taken as they are.
        const known = custom[1] === "projects" && findProject(custom[2], config, inventory) !== undefined;
        return known && inventory.find(customRoleType, ({ id }) => id === role) === undefined
            ? `googleapi: Error 400: Role (${role}) does not exist in the resource's hierarchy., badRequest`
            : undefined;
    }
    const predefined = /^roles\/([\w.]+)$/.exec(role)?.[1];
    if (predefined === undefined) {
        return `googleapi: Error 400: Role (${role}) does not exist in the resource's hierarchy., badRequest`;
    }
    return grantable === undefined || grantable.includes(predefined)
        ? undefined
        : `googleapi: Error 400: Role ${role} is not supported for this resource., badRequest`;
}

/** https://docs.cloud.google.com/iam/docs/roles-permissions/iam */
const accountRoles: readonly string[] = [
    "iam.serviceAccountAdmin",
    "iam.serviceAccountKeyAdmin",
    "iam.serviceAccountOpenIdTokenCreator",
    "iam.serviceAccountTokenCreator",
    "iam.serviceAccountUser",
    "iam.serviceAccountViewer",
    "iam.workloadIdentityUser",
    "editor",
    "owner",
    "viewer",
];

const accountMember = member({
    token: accountMemberType,
    of: "serviceAccountId",
    roles: accountRoles,
    target: ({ serviceAccountId }) => textOf(serviceAccountId),
    kind: "service account",
    missing: ({ serviceAccountId }, { inventory }) => {
        const named = textOf(serviceAccountId);
        return inventory.find(accountType, ({ id }) => id === named) === undefined
            ? `googleapi: Error 404: Unknown service account (${named})., notFound`
            : undefined;
    },
});

const projectMember: ResourceModel = {
    ...member({
        token: projectMemberType,
        of: "project",
        target: ({ project: named }) => textOf(named),
        kind: "project",
        missing: ({ project: named }, context) =>
            refusedProject(textOf(named), "cloudresourcemanager.googleapis.com", context, (missing) =>
                denied("resourcemanager.projects.getIamPolicy", `projects/${missing}`),
            ),
    }),
    // Alone among the members (https://github.com/pulumi/pulumi-gcp, provider/resources.go).
    deleteBeforeReplace: true,
};

export const iam: readonly ResourceModel[] = [withDeletionPolicy(account), accountMember, projectMember];

/** A thing with a policy of its own, and the project it is in. */
export interface PolicyTarget {
    /** Token of the thing's members. */
    readonly members: string;
    readonly target: string;
    readonly projectId: string;
}

/** Whether a member has one of the roles in the policy of a thing, or in that of the thing's project. */
export function hasRole(
    who: string,
    roles: readonly string[],
    { members, target, projectId }: PolicyTarget,
    inventory: InventoryView,
): boolean {
    const grants = (token: string, beginning: string) =>
        inventory
            .rows(token)
            .some(
                ({ id, inputs }) =>
                    inputs["member"] === who && roles.some((role) => id.startsWith(`${beginning}/${role}/`)),
            );
    return grants(members, target) || grants(projectMemberType, projectId);
}
