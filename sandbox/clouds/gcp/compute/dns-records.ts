/** Records of Cloud DNS, as of @pulumi/gcp 9.37. */
import { isIPv4, isIPv6 } from "node:net";
import type { Row } from "../../inventory";
import type { InventoryView, Problem, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { withDeletionPolicy } from "../deletion-policy";
import { project, projectIdOf, projectOf, refusedProject } from "../project";
import { dnsName, dnsService, managedZoneType, recordSetType, recordsOf } from "./dns-zones";
import { lastPart } from "./links";
import { unknownProject } from "./shared";

/** https://docs.cloud.google.com/dns/docs/records-overview#supported_dns_record_types */
const types = [
    "A",
    "AAAA",
    "ALIAS",
    "CAA",
    "CNAME",
    "DNSKEY",
    "DS",
    "HTTPS",
    "IPSECKEY",
    "MX",
    "NAPTR",
    "NS",
    "PTR",
    "SOA",
    "SPF",
    "SRV",
    "SSHFP",
    "SVCB",
    "TLSA",
    "TXT",
];

function dataOf({ rrdatas }: PropertyMap): string[] {
    return Array.isArray(rrdatas) ? rrdatas.map((data) => textOf(data)) : [];
}

function wrongRecord(inputs: PropertyMap): Problem[] {
    const { name, type } = inputs;
    const wrong = (property: string, reason: string): Problem => ({ property, reason });
    return typeof name === "string" && !dnsName.test(name)
        ? [wrong("name", `must be a DNS name that ends with a dot (value given: ${name}). Correct it.`)]
        : dataOf(inputs).flatMap((data, at) =>
              hasForm(textOf(type), data)
                  ? []
                  : [
                        wrong(
                            `rrdatas[${at}]`,
                            `is no data of a record of type ${textOf(type)} (value given: ${data}). Correct it.`,
                        ),
                    ],
          );
}

function hasForm(type: string, data: string): boolean {
    switch (type) {
        case "A":
            return isIPv4(data);
        case "AAAA":
            return isIPv6(data);
        case "CNAME":
        case "NS":
            return dnsName.test(data);
        default:
            return data !== "";
    }
}

function zoneOf(inputs: PropertyMap, { config, inventory }: Pick<RefuseContext, "config" | "inventory">): string {
    return `projects/${projectOf(inputs, config, inventory).projectId}/managedZones/${lastPart(inputs["managedZone"])}`;
}

function idOf(inputs: PropertyMap, context: Pick<RefuseContext, "config" | "inventory">): string {
    return `${zoneOf(inputs, context)}/rrsets/${textOf(inputs["name"])}/${textOf(inputs["type"])}`;
}

function refusedRecord(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { config, inventory, previous } = context;
    const refused = refusedProject(projectIdOf(inputs, config), dnsService, context, unknownProject);
    if (refused !== undefined) {
        return refused;
    }
    const path = zoneOf(inputs, context);
    const zone = inventory.find(managedZoneType, ({ id }) => id === path);
    if (zone === undefined) {
        return `googleapi: Error 404: The 'parameters.managedZone' resource named '${lastPart(path)}' does not exist., notFound`;
    }
    const own = idOf(inputs, context);
    const name = textOf(inputs["name"]);
    const origin = textOf(zone.inputs["dnsName"]);
    if (name !== origin && !name.endsWith(`.${origin}`)) {
        return `googleapi: Error 400: Invalid value for 'entity.change.additions[0].name': '${name}' is not in zone '${origin}'., invalid`;
    }
    if (previous === undefined && inventory.find(recordSetType, ({ id }) => id === own) !== undefined) {
        return `googleapi: Error 409: The resource 'entity.change.additions[0]' named '${name} (${textOf(inputs["type"])})' already exists, alreadyExists`;
    }
    return refusedAlias(inputs, zone, own, inventory);
}

/** RFC 1034, section 3.6.2: a CNAME stands alone */
function refusedAlias(inputs: PropertyMap, zone: Row, own: string, inventory: InventoryView): string | undefined {
    const name = textOf(inputs["name"]);
    const isAlias = inputs["type"] === "CNAME";
    if (isAlias && (dataOf(inputs).length !== 1 || name === zone.inputs["dnsName"])) {
        return `googleapi: Error 400: Invalid value for 'entity.change.additions[0]': a CNAME of '${name}' must have one target, and be none of the zone's own name., invalid`;
    }
    const beside = recordsOf(zone, inventory).filter((row) => row.id !== own && row.inputs["name"] === name);
    const rival = beside.find(({ inputs: other }) => isAlias || other["type"] === "CNAME");
    return (
        rival &&
        `googleapi: Error 400: The resource record set 'entity.change.additions[0]' is invalid because a CNAME cannot exist beside other records of '${name}'., cnameResourceRecordSetConflict`
    );
}

const record: ResourceModel = {
    token: recordSetType,
    inputs: {
        managedZone: { type: "string", required: true },
        name: { type: "string", required: true },
        project,
        routingPolicy: { type: "any" },
        rrdatas: { type: "array" },
        ttl: { type: "integer" },
        type: { type: "string", required: true, values: types },
    },
    outputs: { project: { type: "string" } },
    replaceOn: ["managedZone", "name", "project", "type"],
    durationKey: "dns zone or record",
    validate: wrongRecord,
    refuse: (inputs, context) => {
        const refused = refusedRecord(inputs, context);
        return refused && `Error ${context.previous === undefined ? "creating" : "updating"} DNS RecordSet: ${refused}`;
    },
    id: idOf,
    computed: (inputs, { config, inventory }) => ({ project: projectOf(inputs, config, inventory).projectId }),
};

export const records: readonly ResourceModel[] = [withDeletionPolicy(record)];
