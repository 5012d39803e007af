import { ServiceIdentity } from "@pulumi/gcp/projects";
import { getProjectServiceAccount } from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import type { Apis, GcpApi } from "../apis";
import type { GcpDeploymentScope, GcpScope } from "../scope";

/** Services that encrypt with keys of Cloud KMS, by the API that makes their service agents. */
export type EncryptingService = Extract<
    GcpApi,
    "bigtableadmin" | "compute" | "container" | "pubsub" | "redis" | "sqladmin" | "storage"
>;

/** The service agents of the project: accounts with which services of Google Cloud act in it. */
export interface Agents {
    /** The agent as a member of a role, known once it is there. */
    readonly member: (service: EncryptingService) => pulumi.Output<string>;
}

/**
 * A new project has none of them, and a grant to one that is not there fails, so they are made when they are asked for. Google keeps them.
 * https://docs.cloud.google.com/iam/docs/create-service-agents
 */
export function createAgents(scope: GcpDeploymentScope, apis: Apis): Agents {
    const { name, parent, project } = scope;
    const made = new Map<EncryptingService, pulumi.Output<string>>();
    const make = (service: EncryptingService): pulumi.Output<string> => {
        const needed = apis.need(service);
        if (service === "storage") {
            return storageAgent(scope, { needed, argument: "gcp.project" });
        }
        const identity = new ServiceIdentity(
            `${name}-${service}-agent`,
            { project, service: `${service}.googleapis.com` },
            { parent, dependsOn: needed },
        );
        return identity.member;
    };
    const member = (service: EncryptingService) => {
        const known = made.get(service) ?? make(service);
        made.set(service, known);
        return known;
    };
    return { member };
}

export interface StorageAgentSettings {
    /** What must be there before Cloud Storage is asked. */
    readonly needed?: readonly pulumi.Resource[];
    /** Path of the project among the arguments, for messages. */
    readonly argument?: string;
}

/**
 * The account with which Cloud Storage uses keys in the project; asking for it makes it where there is none yet. An apply and not the Output form
 * of the function, whose error would name neither the argument nor the remedy, and show a stack trace.
 */
export function storageAgent(
    { parent, project }: GcpScope,
    { needed = [], argument = "project" }: StorageAgentSettings = {},
): pulumi.Output<string> {
    return pulumi.all([pulumi.output(project), needed.map(existence)]).apply(async ([known]) => {
        try {
            return (await getProjectServiceAccount({ project: known }, { parent })).member;
        } catch (error) {
            const reason = error instanceof Error ? error.message : String(error);
            const given = known === undefined ? "the provider's" : JSON.stringify(known);
            throw resourceError(
                `${argument}: its service agent of Cloud Storage cannot be read (${given} given): ${reason}. Give the id of a project that you may use, or set one by \`pulumi config set gcp:project\`.`,
                parent,
            );
        }
    });
}

/** Known once the resource is there: not in a preview before. */
function existence(resource: pulumi.Resource): pulumi.Output<string> {
    return pulumi.CustomResource.isInstance(resource) ? resource.id : resource.urn;
}
