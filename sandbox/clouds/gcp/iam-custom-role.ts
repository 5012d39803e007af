/**
 * Custom roles of projects, as of @pulumi/gcp 9.37.
 *
 * A role that is deleted can be brought back for a while, and its id is taken until then; the provider brings it back when a role of that id is made
 * (google/services/resourcemanager/resource_google_project_iam_custom_role.go), so a new one of an old id is no problem.
 */
import type { Problem, ResourceModel } from "../model";
import { textOf, type PropertyMap } from "../values";
import { withDeletionPolicy } from "./deletion-policy";
import { denied, project, projectIdOf, projectOf, refusedProject } from "./project";

export const customRoleType = "gcp:projects/iAMCustomRole:IAMCustomRole";

/** https://docs.cloud.google.com/iam/docs/reference/rest/v1/projects.roles#rolelaunchstage */
const stages = ["ALPHA", "BETA", "GA", "DEPRECATED", "DISABLED", "EAP"];

/** https://docs.cloud.google.com/iam/docs/custom-roles-permissions-support: a service, a thing of it, and a verb */
function wrongPermissions({ permissions }: PropertyMap): Problem[] {
    if (!Array.isArray(permissions)) {
        return [];
    }
    const problem = (reason: string) => ({ property: "permissions", reason });
    if (permissions.length === 0) {
        return [problem("must have at least 1 item (0 given). Add one.")];
    }
    return permissions
        .filter((one) => typeof one === "string" && !/^[a-z]+(\.[A-Za-z]+){2}$/.test(one))
        .map((one) => problem(`has no permission of IAM (value given: ${textOf(one)}). Correct it.`));
}

function roleName(inputs: PropertyMap, projectId: string): string {
    return `projects/${projectId}/roles/${textOf(inputs["roleId"])}`;
}

const customRole: ResourceModel = {
    token: customRoleType,
    inputs: {
        description: { type: "string" },
        permissions: { type: "array", required: true },
        project,
        roleId: { type: "string" },
        stage: { type: "string", default: "GA", values: stages },
        title: { type: "string", required: true },
    },
    outputs: { deleted: { type: "boolean" }, name: { type: "string" }, project: { type: "string" } },
    // The hyphen that comes with a made name is none of its letters: https://docs.cloud.google.com/iam/docs/reference/rest/v1/projects.roles/create
    name: {
        property: "roleId",
        auto: { maxLength: 255 },
        pattern: /^[a-zA-Z0-9_.]{3,64}$/,
        rule: "must be 3 to 64 letters, digits, underscores and periods",
    },
    replaceOn: ["project", "roleId"],
    validate: (inputs) => [...wrongPermissions(inputs), ...wrongTitle(inputs)],
    refuse: (inputs, context) => {
        const projectId = projectIdOf(inputs, context.config);
        const name = roleName(inputs, projectOf(inputs, context.config, context.inventory).projectId);
        const refused = refusedProject(projectId, "iam.googleapis.com", context, (missing) =>
            denied("iam.roles.create", `projects/${missing}`),
        );
        if (refused !== undefined) {
            return `Error creating the custom project role ${name}: ${refused}`;
        }
        return context.previous === undefined &&
            context.inventory.find(customRoleType, ({ id }) => id === name) !== undefined
            ? `Custom project role ${name} already exists and must be imported`
            : undefined;
    },
    id: (inputs, { config, inventory }) => roleName(inputs, projectOf(inputs, config, inventory).projectId),
    computed: (inputs, { id, config, inventory }) => ({
        deleted: false,
        name: id,
        project: projectOf(inputs, config, inventory).projectId,
    }),
};

function wrongTitle({ title }: PropertyMap): Problem[] {
    const length = textOf(title).length;
    return length > 100
        ? [{ property: "title", reason: `must have at most 100 characters (it has ${length}). Shorten it.` }]
        : [];
}

export const customRoles: readonly ResourceModel[] = [withDeletionPolicy(customRole)];
