/** What the rows of Compute Engine share: ids, names, projects, quotas, and what Google says when one of them is wrong. */
import type { NameRule, RefuseContext, ResourceModel } from "../../model";
import { quotaOf } from "../../quotas";
import { textOf, type PropertyMap } from "../../values";
import { withDeletionPolicy } from "../deletion-policy";
import { bucketLocation } from "../locations";
import { project, projectIdOf, projectOf, refusedLabels, refusedProject } from "../project";
import { lastPart, projectIn, regionIn, selfLinkOf } from "./links";

export const networkType = "gcp:compute/network:Network";
export const subnetworkType = "gcp:compute/subnetwork:Subnetwork";
export const routerType = "gcp:compute/router:Router";
export const routerNatType = "gcp:compute/routerNat:RouterNat";
export const addressType = "gcp:compute/address:Address";
export const globalAddressType = "gcp:compute/globalAddress:GlobalAddress";
export const firewallType = "gcp:compute/firewall:Firewall";
export const connectionType = "gcp:servicenetworking/connection:Connection";
export const clusterType = "gcp:container/cluster:Cluster";
export const forwardingRuleType = "gcp:compute/forwardingRule:ForwardingRule";
export const globalForwardingRuleType = "gcp:compute/globalForwardingRule:GlobalForwardingRule";
export const endpointGroupType = "gcp:compute/networkEndpointGroup:NetworkEndpointGroup";
export const regionEndpointGroupType = "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup";
export const serviceAttachmentType = "gcp:compute/serviceAttachment:ServiceAttachment";

export const computeService = "compute.googleapis.com";
export const shortWait = "vpc, subnet, address, policy";
export const madeAt = "2026-01-01T00:00:00Z";

export const invalid = (reason: string) => `googleapi: Error 400: ${reason}, invalid`;
export const notFound = (id: string) => `googleapi: Error 404: The resource '${id}' was not found, notFound`;
export const unknownProject = (projectId: string) => notFound(`projects/${projectId}`);

/** https://docs.cloud.google.com/compute/docs/naming-resources */
export const computeName: NameRule = {
    property: "name",
    auto: { maxLength: 63 },
    pattern: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
    rule: "must be 1 to 63 lower-case letters, digits and hyphens, a letter first and no hyphen last (RFC 1035)",
};

export interface ComputeSettings {
    /** What the provider calls it in errors. */
    readonly title: string;
    /** Name of the API's collection. */
    readonly collection: string;
    readonly place: "global" | "regions";
    /** False: the provider does not tell when it was made. */
    readonly dated?: false;
    /** Quota that it counts against, and how many a new project has: https://docs.cloud.google.com/compute/resource-usage */
    readonly quota?: { readonly metric: string; readonly granted: number };
}

type Context = Pick<RefuseContext, "config" | "inventory">;

export function regionOf(inputs: PropertyMap, config: PropertyMap): string {
    return lastPart(inputs["region"] ?? config["region"]);
}

/** Project and region in which a resource lies. */
export function ownerOf(inputs: PropertyMap, { config, inventory }: Context): { project: string; region: string } {
    return { project: projectOf(inputs, config, inventory).projectId, region: regionOf(inputs, config) };
}

/** A resource of Compute Engine: an id of its project and place, a project that is there and has the API on, a name that is free, a quota. */
export function compute(settings: ComputeSettings, model: Omit<ResourceModel, "id">): ResourceModel {
    const { title, collection, place } = settings;
    const idOf = (inputs: PropertyMap, context: Context): string => {
        const owner = ownerOf(inputs, context);
        const where = place === "global" ? "global" : `regions/${owner.region}`;
        return `projects/${owner.project}/${where}/${collection}/${textOf(inputs["name"])}`;
    };
    const region = { type: "string" } as const;
    return withDeletionPolicy({
        durationKey: shortWait,
        name: computeName,
        ...model,
        inputs: { name: { type: "string" }, project, ...(place === "regions" ? { region } : {}), ...model.inputs },
        outputs: {
            ...(settings.dated === false ? {} : { creationTimestamp: { type: "string" } as const }),
            project: { type: "string" },
            selfLink: { type: "string" },
            ...(place === "regions" ? { region } : {}),
            ...model.outputs,
        },
        replaceOn: ["name", "project", ...(place === "regions" ? ["region"] : []), ...(model.replaceOn ?? [])],
        refuse: (inputs, context) => {
            const refused =
                refusedProject(projectIdOf(inputs, context.config), computeService, context, unknownProject) ??
                (place === "regions" ? refusedRegion(regionOf(inputs, context.config)) : undefined) ??
                (context.previous === undefined
                    ? refusedNew(settings, model.token, idOf(inputs, context), context)
                    : undefined) ??
                (model.inputs["labels"] === undefined ? undefined : refusedLabels(inputs, context.config)) ??
                model.refuse?.(inputs, context);
            return refused && `Error ${context.previous === undefined ? "creating" : "updating"} ${title}: ${refused}`;
        },
        id: idOf,
        computed: (inputs, context) => ({
            ...(settings.dated === false ? {} : { creationTimestamp: madeAt }),
            project: projectIn(context.id),
            selfLink: selfLinkOf(context.id),
            ...(place === "regions" ? { region: regionIn(context.id) } : {}),
            ...model.computed?.(inputs, context),
        }),
    });
}

function refusedRegion(region: string): string | undefined {
    return bucketLocation(region) === "region"
        ? undefined
        : invalid(`Invalid value for field 'region': '${region}'. Unknown region.`);
}

function refusedNew(
    { quota, place }: ComputeSettings,
    token: string,
    id: string,
    { inventory, dir }: RefuseContext,
): string | undefined {
    const rows = inventory.rows(token);
    if (rows.some((row) => row.id === id)) {
        return `googleapi: Error 409: The resource '${id}' already exists, alreadyExists`;
    }
    if (quota === undefined) {
        return undefined;
    }
    const most = quotaOf(dir, token, quota.granted);
    const beside = rows.filter((row) => projectIn(row.id) === projectIn(id) && regionIn(row.id) === regionIn(id));
    const where = place === "global" ? "globally" : `in region ${regionIn(id)}`;
    return beside.length >= most
        ? `googleapi: Error 403: Quota '${quota.metric}' exceeded. Limit: ${most}.0 ${where}., quotaExceeded`
        : undefined;
}
