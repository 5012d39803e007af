/** Members of roles on instances of Bigtable, as of @pulumi/gcp 9.37. */
import type { ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { member } from "../iam";
import { denied, project, projectIdOf, refusedProject } from "../project";
import { bigtableService, instanceMemberType, instanceNamed } from "./shared";

/** https://docs.cloud.google.com/bigtable/docs/access-control#roles */
const roles: readonly string[] = [
    "bigtable.admin",
    "bigtable.reader",
    "bigtable.user",
    "bigtable.viewer",
    "editor",
    "owner",
    "viewer",
];

const target = (inputs: PropertyMap, config: PropertyMap) => {
    const named = textOf(inputs["instance"]);
    return named.startsWith("projects/") ? named : `projects/${projectIdOf(inputs, config)}/instances/${named}`;
};

export const instanceMembers: readonly ResourceModel[] = [
    member({
        token: instanceMemberType,
        of: "instance",
        inputs: { project },
        roles,
        target,
        kind: "bigtable instance",
        missing: (inputs, context) => {
            const id = target(inputs, context.config);
            const refused = refusedProject(id.split("/")[1] ?? "", bigtableService, context, () =>
                denied("bigtable.instances.getIamPolicy", id),
            );
            return (
                refused ??
                (instanceNamed(id, context.inventory) === undefined
                    ? `googleapi: Error 404: Instance not found: ${id}, notFound`
                    : undefined)
            );
        },
    }),
];
