/** Whose project a request works in: what names and numbers it, and the labels that the provider adds. */
import { createHash } from "node:crypto";
import type { Row } from "../inventory";
import type { InventoryView, InvokeModel, PropertyModel, PropertyModels } from "../model";
import { isMap, textOf, type PropertyMap } from "../values";
import { serviceDisabled } from "./apis";

export const projectType = "gcp:organizations/project:Project";

export interface Project {
    readonly projectId: string;
    readonly number: string;
}

export const project: PropertyModel = {
    type: "string",
    description: "Project of this resource; else the provider's.",
};

/** Project of a resource: its own, else the provider's; empty when neither is given. */
export function projectIdOf(inputs: PropertyMap, config: PropertyMap): string {
    return textOf(inputs["project"] ?? config["project"]);
}

/**
 * The project of that id or number. The provider's own exists as soon as it is configured; others must be planted.
 */
export function findProject(named: string, config: PropertyMap, inventory: InventoryView): Project | undefined {
    const planted = inventory
        .rows(projectType)
        .map(asProject)
        .find(({ projectId, number }) => projectId === named || number === named);
    if (planted !== undefined) {
        return planted;
    }
    const own = textOf(config["project"]);
    const number = numberOf(own);
    return own !== "" && (own === named || number === named) ? { projectId: own, number } : undefined;
}

/** Project of a resource once it is sure that there is one: `refusedProject` found nothing wrong. */
export function projectOf(inputs: PropertyMap, config: PropertyMap, inventory: InventoryView): Project {
    const projectId = projectIdOf(inputs, config);
    return findProject(projectId, config, inventory) ?? { projectId, number: numberOf(projectId) };
}

function asProject({ id, outputs }: Row): Project {
    return { projectId: textOf(outputs["projectId"], id), number: textOf(outputs["number"]) };
}

/** Twelve digits that are the same for an id wherever they are asked for. */
export function numberOf(projectId: string): string {
    const drawn = createHash("sha256").update(projectId).digest().readUIntBE(0, 6);
    return String(100_000_000_000 + (drawn % 900_000_000_000));
}

/**
 * Why an API cannot be called in a project: none is given, none of that id exists, or the API is off.
 *
 * The provider needs no project of its own when each resource has one:
 * https://www.pulumi.com/registry/packages/gcp/installation-configuration/
 *
 * @param missing the API's words for a project that does not exist
 */
export function refusedProject(
    projectId: string,
    service: string,
    { config, inventory }: { readonly config: PropertyMap; readonly inventory: InventoryView },
    missing: (projectId: string) => string,
): string | undefined {
    if (projectId === "") {
        return "project: required field is not set";
    }
    const found = findProject(projectId, config, inventory);
    return found === undefined ? missing(projectId) : serviceDisabled(service, found.projectId, inventory);
}

/** What most APIs say of a thing that is not there, or not for the caller: they tell nobody which. */
export function denied(permission: string, resource: string): string {
    return `googleapi: Error 403: Permission '${permission}' denied on resource '${resource}' (or it may not exist)., forbidden`;
}

export const labels: PropertyModel = { type: "map" };

/** What the provider tells of labels: own and default ones, and all that are on the resource. */
export const labelOutputs: PropertyModels = { effectiveLabels: { type: "map" }, pulumiLabels: { type: "map" } };

/**
 * Own labels, the provider's default ones (own first), and the one that marks what Pulumi made:
 * https://www.pulumi.com/registry/packages/gcp/how-to-guides/8-0-migration/
 */
export function allLabels(inputs: PropertyMap, config: PropertyMap): PropertyMap {
    const defaults = config["defaultLabels"];
    const own = inputs["labels"];
    return {
        ...(config["addPulumiAttributionLabel"] === false ? {} : { "goog-pulumi-provisioned": "true" }),
        ...(isMap(defaults) ? defaults : {}),
        ...(isMap(own) ? own : {}),
    };
}

export function labelsTold(inputs: PropertyMap, config: PropertyMap): PropertyMap {
    const all = allLabels(inputs, config);
    return { effectiveLabels: all, pulumiLabels: all };
}

const mostLabels = 64;
const labelKey = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u;
const labelValue = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u;

/** Default labels included: https://docs.cloud.google.com/resource-manager/docs/labels-overview#requirements */
export function refusedLabels(inputs: PropertyMap, config: PropertyMap): string | undefined {
    const all = Object.entries(allLabels(inputs, config));
    const key = all.find(([name]) => !labelKey.test(name));
    if (key !== undefined) {
        return `googleapi: Error 400: Invalid label key "${key[0]}": 1 to 63 lower-case letters, digits, underscores and dashes, a letter first., invalid`;
    }
    const value = all.find(([, text]) => !labelValue.test(textOf(text)));
    if (value !== undefined) {
        return `googleapi: Error 400: Invalid label value "${textOf(value[1])}" of ${value[0]}: at most 63 lower-case letters, digits, underscores and dashes., invalid`;
    }
    return all.length > mostLabels
        ? `googleapi: Error 400: a resource has at most ${mostLabels} labels (${all.length} given, default labels included)., invalid`
        : undefined;
}

const id = { type: "string" } as const;

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/data-sources/project */
const getProject: InvokeModel = {
    token: "gcp:organizations/getProject:getProject",
    inputs: { projectId: { type: "string" } },
    outputs: {
        autoCreateNetwork: { type: "boolean" },
        billingAccount: { type: "string" },
        deletionPolicy: { type: "string" },
        effectiveLabels: { type: "map" },
        folderId: { type: "string" },
        id,
        labels: { type: "map" },
        name: { type: "string" },
        number: { type: "string" },
        orgId: { type: "string" },
        projectId: { type: "string" },
        pulumiLabels: { type: "map" },
        tags: { type: "map" },
    },
    answer: (inputs, { config, inventory }) => {
        const named = textOf(inputs["projectId"] ?? config["project"]);
        const refused = refusedProject(
            named,
            "cloudresourcemanager.googleapis.com",
            { config, inventory },
            (missing) => `projects/${missing} not found or not in ACTIVE state`,
        );
        if (refused !== undefined) {
            throw new Error(refused);
        }
        const { projectId, number } = projectOf({ project: named }, config, inventory);
        return {
            autoCreateNetwork: true,
            billingAccount: "",
            deletionPolicy: "PREVENT",
            effectiveLabels: {},
            folderId: "",
            id: `projects/${projectId}`,
            labels: {},
            name: projectId,
            number,
            orgId: "",
            projectId,
            pulumiLabels: {},
            tags: {},
        };
    },
};

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/data-sources/client_config */
const getClientConfig: InvokeModel = {
    token: "gcp:organizations/getClientConfig:getClientConfig",
    inputs: {},
    outputs: {
        accessToken: { type: "string", secret: true },
        defaultLabels: { type: "map" },
        id,
        project: { type: "string" },
        region: { type: "string" },
        zone: { type: "string" },
    },
    answer: (_inputs, { config }) => {
        const [own, region, zone] = ["project", "region", "zone"].map((name) => textOf(config[name]));
        return {
            accessToken: textOf(config["accessToken"], "ya29.sandbox"),
            defaultLabels: isMap(config["defaultLabels"]) ? config["defaultLabels"] : {},
            id: `projects/${own}/regions/${region}/zones/${zone}`,
            project: own,
            region,
            zone,
        };
    },
};

export const projectInvokes: readonly InvokeModel[] = [getProject, getClientConfig];
