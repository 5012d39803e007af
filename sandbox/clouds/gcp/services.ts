/**
 * Enabling APIs, as of @pulumi/gcp 9.37.
 *
 * Google says that a call right after enabling may fail for some minutes (https://docs.cloud.google.com/service-usage/docs/enable-disable);
 * here it does not.
 */
import type { ResourceModel } from "../model";
import { textOf } from "../values";
import { apiId, apiRow, apiType, serviceType } from "./apis";
import { deletionPolicy, isAbandoned, keptByPolicy } from "./deletion-policy";
import { project, projectIdOf, projectOf, refusedProject } from "./project";

/** validateProjectServiceService of the provider (google/services/resourcemanager/resource_google_project_service.go) */
function wrongDomain(name: string) {
    return name.includes(".")
        ? []
        : [
              {
                  property: "service",
                  reason: `expected to be a domain like serviceusage.googleapis.com (value given: ${name}). Correct it.`,
              },
          ];
}

const service: ResourceModel = {
    token: serviceType,
    inputs: {
        checkIfServiceHasUsageOnDestroy: { type: "boolean" },
        deletionPolicy,
        disableDependentServices: { type: "boolean" },
        disableOnDestroy: { type: "boolean", default: false },
        project,
        service: { type: "string", required: true },
    },
    outputs: { project: { type: "string" } },
    adopts: true,
    replaceOn: ["project", "service"],
    unread: ["checkIfServiceHasUsageOnDestroy", "deletionPolicy", "disableDependentServices", "disableOnDestroy"],
    durationKey: "project service (api enablement)",
    validate: ({ service: name }) => (typeof name === "string" ? wrongDomain(name) : []),
    refuse: (inputs, context) => {
        const name = textOf(inputs["service"]);
        return (
            refusedProject(
                projectIdOf(inputs, context.config),
                "serviceusage.googleapis.com",
                context,
                (missing) => `googleapi: Error 403: Project '${missing}' not found or permission denied., forbidden`,
            ) ??
            // https://docs.cloud.google.com/service-usage/docs/reference/rest/v1/services/enable
            (/^[a-z0-9-]+\.googleapis\.com$/.test(name)
                ? undefined
                : `googleapi: Error 403: Not found or permission denied for service(s): ${name}., forbidden`)
        );
    },
    id: (inputs, { config, inventory }) =>
        apiId(projectOf(inputs, config, inventory).projectId, textOf(inputs["service"])),
    computed: (inputs, { config, inventory }) => ({ project: projectOf(inputs, config, inventory).projectId }),
    blocksDeletion: keptByPolicy,
    takesAlong: ({ id }, inventory) => inventory.rows(apiType).filter((row) => row.id === id),
    // Left on unless told otherwise: https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_project_service
    leavesBehind: (row) => {
        const disables = row.inputs["disableOnDestroy"] === true && !isAbandoned(row);
        return [apiRow(row.id, disables ? "DISABLED" : "ENABLED")];
    },
};

export const services: readonly ResourceModel[] = [service];
