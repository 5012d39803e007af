/** Zones of Cloud DNS, as of @pulumi/gcp 9.37: public ones, and private ones that networks see. */
import type { Row } from "../../inventory";
import type { InventoryView, RefuseContext, ResourceModel } from "../../model";
import { textOf, valuesAt, type PropertyMap } from "../../values";
import { withDeletionPolicy } from "../deletion-policy";
import {
    labelOutputs,
    labels,
    labelsTold,
    project,
    projectIdOf,
    projectOf,
    refusedLabels,
    refusedProject,
} from "../project";
import { completed, projectIn } from "./links";
import { madeAt, networkType, unknownProject } from "./shared";

export const managedZoneType = "gcp:dns/managedZone:ManagedZone";
export const recordSetType = "gcp:dns/recordSet:RecordSet";
export const dnsService = "dns.googleapis.com";

/** A name of DNS that ends with its dot. */
export const dnsName = /^(?=.{1,254}$)(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+$/i;

export function recordsOf(zone: Row, inventory: InventoryView): Row[] {
    return inventory.rows(recordSetType).filter(({ id }) => id.startsWith(`${zone.id}/rrsets/`));
}

/** Networks that see a private zone. */
function networksOf(inputs: PropertyMap, projectId: string): string[] {
    return valuesAt(inputs, "privateVisibilityConfig.networks[*].networkUrl").map((link) =>
        completed(link, "networks", { project: projectId }),
    );
}

function refusedZone(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { config, inventory } = context;
    const refused =
        refusedProject(projectIdOf(inputs, config), dnsService, context, unknownProject) ??
        refusedLabels(inputs, config);
    if (refused !== undefined) {
        return refused;
    }
    const { projectId } = projectOf(inputs, config, inventory);
    const own = `projects/${projectId}/managedZones/${textOf(inputs["name"])}`;
    if (context.previous === undefined && inventory.find(managedZoneType, ({ id }) => id === own) !== undefined) {
        return `googleapi: Error 409: The resource 'entity.managedZone' named '${textOf(inputs["name"])}' already exists, alreadyExists`;
    }
    return refusedNetworks(inputs, own, context);
}

/** https://docs.cloud.google.com/dns/docs/zones/zones-overview#overlapping: a network sees one private zone of a name */
function refusedNetworks(inputs: PropertyMap, own: string, { inventory }: RefuseContext): string | undefined {
    const networks = networksOf(inputs, projectIn(own));
    const gone = networks.find((network) => inventory.find(networkType, ({ id }) => id === network) === undefined);
    if (gone !== undefined) {
        return `googleapi: Error 404: The 'entity.managedZone.privateVisibilityConfig.networks[].networkUrl' resource named '${gone}' was not found., notFound`;
    }
    const rival = inventory.find(
        managedZoneType,
        (row) =>
            row.id !== own &&
            row.inputs["dnsName"] === inputs["dnsName"] &&
            networksOf(row.inputs, projectIn(row.id)).some((network) => networks.includes(network)),
    );
    return (
        rival &&
        `googleapi: Error 400: Invalid value for 'entity.managedZone.privateVisibilityConfig.networks[].networkUrl': a network sees the zone '${rival.id}' of the same DNS name '${textOf(inputs["dnsName"])}' already., invalid`
    );
}

const zone: ResourceModel = {
    token: managedZoneType,
    inputs: {
        cloudLoggingConfig: { type: "object", properties: { enableLogging: { type: "boolean", required: true } } },
        description: { type: "string", default: "Managed by Pulumi" },
        dnsName: { type: "string", required: true },
        dnssecConfig: { type: "any" },
        forceDestroy: { type: "boolean", default: false },
        labels,
        name: { type: "string" },
        privateVisibilityConfig: {
            type: "object",
            properties: {
                gkeClusters: { type: "array", items: { type: "any" } },
                networks: {
                    type: "array",
                    items: { type: "object", properties: { networkUrl: { type: "string", required: true } } },
                },
            },
        },
        project,
        visibility: { type: "string", default: "public", values: ["public", "private"] },
    },
    outputs: {
        ...labelOutputs,
        creationTime: { type: "string" },
        managedZoneId: { type: "string" },
        nameServers: { type: "array" },
        project: { type: "string" },
    },
    // https://docs.cloud.google.com/dns/docs/reference/rest/v1/managedZones
    name: {
        property: "name",
        auto: { maxLength: 63 },
        pattern: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
        rule: "must be 1 to 63 lower-case letters, digits and hyphens, a letter first and no hyphen last",
    },
    replaceOn: ["dnsName", "name", "project", "visibility"],
    volatile: ["effectiveLabels", "pulumiLabels"],
    unread: ["forceDestroy"],
    durationKey: "dns zone or record",
    validate: ({ dnsName: given, visibility, privateVisibilityConfig }) => [
        ...(typeof given === "string" && !dnsName.test(given)
            ? [
                  {
                      property: "dnsName",
                      reason: `must be a DNS name that ends with a dot (value given: ${given}). Correct it.`,
                  },
              ]
            : []),
        ...(visibility === "public" && privateVisibilityConfig !== undefined
            ? [{ property: "privateVisibilityConfig", reason: "is for private zones only. Remove it." }]
            : []),
    ],
    refuse: (inputs, context) => {
        const refused = refusedZone(inputs, context);
        return refused && `Error ${context.previous === undefined ? "creating" : "updating"} ManagedZone: ${refused}`;
    },
    id: (inputs, { config, inventory }) =>
        `projects/${projectOf(inputs, config, inventory).projectId}/managedZones/${textOf(inputs["name"])}`,
    computed: (inputs, { id, config }) => ({
        ...labelsTold(inputs, config),
        creationTime: madeAt,
        managedZoneId: "4000000002",
        nameServers:
            inputs["visibility"] === "private"
                ? ["ns-gcp-private.googledomains.com."]
                : [1, 2, 3, 4].map((number) => `ns-cloud-a${number}.googledomains.com.`),
        project: projectIn(id),
    }),
    blocksDeletion: (row, inventory) =>
        row.inputs["forceDestroy"] !== true && recordsOf(row, inventory).length > 0
            ? `Error when reading or editing ManagedZone: googleapi: Error 400: The resource named '${textOf(row.inputs["name"])}' cannot be deleted because it contains one or more 'resource records'., containerNotEmpty`
            : undefined,
    takesAlong: recordsOf,
};

export const zones: readonly ResourceModel[] = [withDeletionPolicy(zone)];
