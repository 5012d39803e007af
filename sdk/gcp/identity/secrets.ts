import { getProjectOutput } from "@pulumi/gcp/organizations";
import { IAMCustomRole, IAMMember } from "@pulumi/gcp/projects";
import * as pulumi from "@pulumi/pulumi";
import type { Apis } from "../apis";
import type { GcpIdentityArgs } from "../args/identity";
import { physicalName } from "../name";
import type { GcpDeploymentScope } from "../scope";

export interface SecretRightsArgs {
    readonly identity: GcpIdentityArgs;
    /** Beginning of the names of secrets. */
    readonly prefix: pulumi.Input<string>;
    readonly member: pulumi.Input<string>;
    readonly apis: Apis;
}

/**
 * Making a secret is asked of the project, which has no name of a secret yet, so no condition could limit it: this right is alone in its role.
 * https://docs.cloud.google.com/secret-manager/docs/access-control
 */
export const CreatorPermissions: readonly string[] = ["secretmanager.secrets.create"];

/** What is asked of a secret or its versions. Who else has access is not W&B's to say, as it would be with `roles/secretmanager.admin`. */
export const KeeperPermissions: readonly string[] = [
    "secretmanager.secrets.delete",
    "secretmanager.secrets.get",
    "secretmanager.secrets.update",
    "secretmanager.versions.access",
    "secretmanager.versions.add",
    "secretmanager.versions.destroy",
    "secretmanager.versions.disable",
    "secretmanager.versions.enable",
    "secretmanager.versions.get",
    "secretmanager.versions.list",
];

/** Lets a member keep secrets whose names begin with a prefix. No predefined role lets make some and nothing else. */
export function createSecretRights(scope: GcpDeploymentScope, args: SecretRightsArgs): pulumi.Resource[] {
    const { project } = scope;
    const { identity, prefix, member, apis } = args;
    const needed = apis.need("secretmanager", "cloudresourcemanager");
    const number = getProjectOutput({ projectId: project }, { parent: scope.parent, dependsOn: needed }).number;
    const creator = createCustomRole(scope, "secret-creator", {
        roleId: identity.secretCreatorRoleId,
        title: "Maker of secrets of Weights & Biases",
        permissions: CreatorPermissions,
        apis,
    });
    const keeper = createCustomRole(scope, "secret-keeper", {
        roleId: identity.secretKeeperRoleId,
        title: "Keeper of secrets of Weights & Biases",
        permissions: KeeperPermissions,
        apis,
    });
    return [
        grantInProject(scope, "app-secret-creator", { role: creator.name, member, needed }),
        grantInProject(scope, "app-secret-keeper", {
            role: keeper.name,
            member,
            needed,
            condition: {
                title: "prefix",
                description: "Secrets with one beginning of their names",
                expression: pulumi.interpolate`resource.name.startsWith("projects/${number}/secrets/${prefix}")`,
            },
        }),
    ];
}

interface CustomRoleArgs {
    readonly roleId: pulumi.Input<string> | undefined;
    readonly title: string;
    readonly permissions: readonly string[];
    readonly apis: Apis;
}

/** https://docs.cloud.google.com/iam/docs/reference/rest/v1/projects.roles/create */
const LongestRoleId = 64;

/** Ids of roles have no hyphens, which the provider would put into one that it makes. */
function createCustomRole(scope: GcpDeploymentScope, word: string, args: CustomRoleArgs): IAMCustomRole {
    const { name, parent, project } = scope;
    const { title, permissions, apis } = args;
    const roleId = physicalName(scope, args.roleId, { word, beginning: `${name}-${word}`, longest: LongestRoleId });
    return new IAMCustomRole(
        `${name}-${word}`,
        {
            roleId: roleId.apply((id) => id.replaceAll("-", "_")),
            project,
            title,
            permissions: [...permissions],
        },
        { parent, dependsOn: apis.need("iam") },
    );
}

export interface ProjectGrantArgs {
    readonly role: pulumi.Input<string>;
    readonly member: pulumi.Input<string>;
    /** What must be there before the policy of the project is read and written. */
    readonly needed: readonly pulumi.Resource[];
    readonly condition?: { title: string; description: string; expression: pulumi.Input<string> };
}

/** Gives one member a role in the project. Others that have it keep it. */
export function grantInProject(scope: GcpDeploymentScope, word: string, args: ProjectGrantArgs): IAMMember {
    const { name, parent, project } = scope;
    const { role, member, needed, condition } = args;
    return new IAMMember(`${name}-${word}`, { project, role, member, condition }, { parent, dependsOn: [...needed] });
}
