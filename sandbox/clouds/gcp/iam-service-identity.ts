/**
 * Service agents that are asked for, as of @pulumi/gcp 9.37.
 *
 * https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/project_service_identity
 *
 * Once made they stay: a destroy does nothing.
 */
import type { ResourceModel } from "../model";
import { textOf } from "../values";
import { agentExists, agentRow } from "./iam-principals";
import { project, projectIdOf, projectOf, refusedProject, type Project } from "./project";

export const serviceIdentityType = "gcp:projects/serviceIdentity:ServiceIdentity";

/**
 * Domains of the agents of services that make one on request, by the first part of the service's name.
 * https://docs.cloud.google.com/iam/docs/service-agents
 */
const domains: Readonly<Record<string, string>> = {
    bigtableadmin: "gcp-sa-bigtable",
    certificatemanager: "gcp-sa-certificatemanager",
    cloudkms: "gcp-sa-cloudkms",
    compute: "compute-system",
    container: "container-engine-robot",
    pubsub: "gcp-sa-pubsub",
    redis: "cloud-redis",
    secretmanager: "gcp-sa-secretmanager",
    servicenetworking: "service-networking",
    sqladmin: "gcp-sa-cloud-sql",
};

/** Address of the agent of a service; absent when the service makes none on request. */
export function agentOf(service: string, { number }: Project): string | undefined {
    const domain = domains[service.replace(/\.googleapis\.com$/, "")];
    return domain === undefined ? undefined : `service-${number}@${domain}.iam.gserviceaccount.com`;
}

const serviceIdentity: ResourceModel = {
    token: serviceIdentityType,
    inputs: { project, service: { type: "string", required: true } },
    outputs: { email: { type: "string" }, member: { type: "string" }, project: { type: "string" } },
    // The same agent is told each time.
    adopts: true,
    replaceOn: ["project", "service"],
    durationKey: "service agent",
    refuse: (inputs, context) => {
        const { config, inventory } = context;
        const failed = (reason: string) => `Error creating Service Identity: ${reason}`;
        const refused = refusedProject(
            projectIdOf(inputs, config),
            "serviceusage.googleapis.com",
            context,
            (missing) => `googleapi: Error 403: Project '${missing}' not found or permission denied., forbidden`,
        );
        if (refused !== undefined) {
            return failed(refused);
        }
        return agentOf(textOf(inputs["service"]), projectOf(inputs, config, inventory)) === undefined
            ? failed(
                  "googleapi: Error 400: com.google.api.tenant.error.TenantManagerException: IAM_SERVICE_NOT_CONFIGURED_FOR_IDENTITIES",
              )
            : undefined;
    },
    id: (inputs, { config, inventory }) =>
        `projects/${projectOf(inputs, config, inventory).projectId}/services/${textOf(inputs["service"])}`,
    computed: (inputs, { config, inventory }) => {
        const owner = projectOf(inputs, config, inventory);
        const email = textOf(agentOf(textOf(inputs["service"]), owner));
        return { email, member: `serviceAccount:${email}`, project: owner.projectId };
    },
    brings: ({ outputs }, inventory) => {
        const email = textOf(outputs["email"]);
        const projectId = textOf(outputs["project"]);
        return agentExists(email, inventory) ? [] : [agentRow(email, { projectId, number: "" })];
    },
};

export const serviceIdentities: readonly ResourceModel[] = [serviceIdentity];
