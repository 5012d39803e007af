/**
 * Amazon Route 53, as of @pulumi/aws 7.47: records with simple routing. Hosted zones are planted: a row of the type below, with `name` among
 * its inputs, and `vpcs` when it is a private one.
 */
import { randomBytes } from "node:crypto";
import type { Row } from "../inventory";
import type { InventoryView, InvokeModel, Problem, RefuseContext, ResourceModel } from "../model";
import { isMap, textOf, type PropertyMap } from "../values";
import { accountOf, regionOf } from "./account";
import { balancerZones } from "./elbv2-zones";

export const zoneType = "aws:route53/zone:Zone";
const recordType = "aws:route53/record:Record";
const loadBalancerType = "aws:lb/loadBalancer:LoadBalancer";

const record: ResourceModel = {
    token: recordType,
    inputs: {
        aliases: {
            type: "array",
            items: {
                type: "object",
                properties: {
                    evaluateTargetHealth: { type: "boolean", required: true },
                    name: { type: "string", required: true },
                    zoneId: { type: "string", required: true },
                },
            },
        },
        allowOverwrite: { type: "boolean" },
        name: { type: "string", required: true },
        records: { type: "array" },
        ttl: { type: "integer" },
        type: {
            type: "string",
            required: true,
            values: "A AAAA CAA CNAME DS HTTPS MX NAPTR NS PTR SOA SPF SRV SSHFP SVCB TLSA TXT".split(" "),
        },
        zoneId: { type: "string", required: true },
    },
    outputs: { fqdn: { type: "string" } },
    references: [
        {
            path: "zoneId",
            types: [zoneType],
            message: (id) => `NoSuchHostedZone: No hosted zone found with ID: ${id}`,
        },
    ],
    replaceOn: ["name", "zoneId"],
    volatile: ["fqdn"],
    unread: ["allowOverwrite"],
    durationKey: "route 53 record",
    validate: ({ aliases, name }, given) => [...wrongContent(aliases, given), ...wrongName(textOf(name))],
    refuse: refusedRecord,
    // As the real one. Two of the same name and type are one record set to Route 53, but two rows here.
    id: (inputs, { inventory }) => {
        const id = `${textOf(inputs["zoneId"])}_${fqdnOf(inputs, inventory)}_${textOf(inputs["type"])}`;
        const taken = inventory.find(recordType, (row) => row.id === id) !== undefined;
        return taken ? `${id}_${randomBytes(4).toString("hex")}` : id;
    },
    computed: (inputs, { inventory }) => ({ fqdn: fqdnOf(inputs, inventory) }),
    takesAlong: (row, inventory) =>
        inventory
            .rows(recordType)
            .filter((other) => other !== row && sameSet(other, textOf(row.inputs["zoneId"]), nameOf(row), typeOf(row))),
};

/** https://www.pulumi.com/registry/packages/aws/api-docs/route53/record/ */
function wrongContent(aliases: unknown, given: ReadonlySet<string>): Problem[] {
    if (given.has("aliases")) {
        const conflict = ["records", "ttl"].find((property) => given.has(property));
        const count = Array.isArray(aliases) && aliases.length !== 1;
        return [
            ...(conflict === undefined
                ? []
                : [{ property: conflict, reason: "conflicts with aliases. Leave it out." }]),
            ...(count ? [{ property: "aliases", reason: "must have one element. Correct it." }] : []),
        ];
    }
    return [
        ...(!given.has("records") ? [{ property: "records", reason: "or aliases must be given. Give one." }] : []),
        ...(!given.has("ttl") ? [{ property: "ttl", reason: "is required with records. Give it." }] : []),
    ];
}

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html */
function wrongName(name: string): Problem[] {
    const labels = name.replace(/\.$/, "").split(".");
    const valid = labels.every((label) => label.length > 0 && label.length <= 63) && name.length <= 255;
    return name === "" || valid
        ? []
        : [
              {
                  property: "name",
                  reason: `must have labels of 1 to 63 characters and 255 in all (value given: ${name}). Correct it.`,
              },
          ];
}

/** https://repost.aws/knowledge-center/troubleshoot-route53-resource-record has the words. */
function refusedRecord(inputs: PropertyMap, { config, inventory, previous }: RefuseContext): string | undefined {
    const zoneId = textOf(inputs["zoneId"]);
    const zone = inventory.find(zoneType, ({ id }) => id === zoneId);
    const type = textOf(inputs["type"]);
    const name = fqdnOf(inputs, inventory);
    const refused = (reason: string) => `InvalidChangeBatch: [${reason}]`;
    if (type === "CNAME" && name === zoneName(zone)) {
        return refused(`RRSet of type CNAME with DNS name ${name}. is not permitted at apex in zone ${name}.`);
    }
    const others = inventory.rows(recordType).filter((row) => sameName(row, zoneId, name));
    if (previous === undefined && inputs["allowOverwrite"] !== true && others.some((row) => typeOf(row) === type)) {
        return refused(`Tried to create resource record set [name='${name}.', type='${type}'] but it already exists`);
    }
    const strange = others.find((row) => (typeOf(row) === "CNAME") !== (type === "CNAME"));
    if (strange !== undefined) {
        return refused(
            type === "CNAME"
                ? `RRSet of type CNAME with DNS name ${name}. is not permitted as it conflicts with other records with the same DNS name in zone ${zoneName(zone)}.`
                : `RRSet of type ${type} with DNS name ${name}. is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists in zone ${zoneName(zone)}.`,
        );
    }
    const wrong = refusedAlias(inputs, regionOf(inputs, config), inventory);
    return wrong === undefined ? undefined : refused(wrong);
}

/** Load balancers are the only targets that are known here. */
function refusedAlias(inputs: PropertyMap, region: string, inventory: InventoryView): string | undefined {
    const [alias] = Array.isArray(inputs["aliases"]) ? inputs["aliases"].filter(isMap) : [];
    if (alias === undefined) {
        return undefined;
    }
    const { name, zoneId } = { name: textOf(alias["name"]).toLowerCase(), zoneId: textOf(alias["zoneId"]) };
    const what = `Tried to create an alias that targets ${name}., type ${textOf(inputs["type"])} in zone ${zoneId}`;
    const zones = Object.values(balancerZones(region) ?? {});
    if (!zones.includes(zoneId) || !name.includes(".elb.")) {
        return `${what}, but the alias target name does not lie within the target zone`;
    }
    const bare = name.replace(/^dualstack\./, "");
    const target = inventory.find(loadBalancerType, ({ outputs }) => textOf(outputs["dnsName"]).toLowerCase() === bare);
    return target === undefined ? `${what}, but that target was not found` : undefined;
}

/** The provider appends the zone's name to every name that does not end with it. */
function fqdnOf(inputs: PropertyMap, inventory: InventoryView): string {
    const name = textOf(inputs["name"]).toLowerCase().replace(/\.$/, "");
    const top = zoneName(inventory.find(zoneType, ({ id }) => id === inputs["zoneId"]));
    if (name === "" || name === top || name.endsWith(`.${top}`)) {
        return name === "" ? top : name;
    }
    return `${name}.${top}`;
}

function zoneName(zone: Row | undefined): string {
    return textOf(zone?.inputs["name"]).toLowerCase().replace(/\.$/, "");
}

function nameOf({ outputs }: Row): string {
    return textOf(outputs["fqdn"]);
}

function typeOf({ inputs }: Row): string {
    return textOf(inputs["type"]);
}

function sameName(row: Row, zoneId: string, name: string): boolean {
    return row.inputs["zoneId"] === zoneId && nameOf(row) === name;
}

function sameSet(row: Row, zoneId: string, name: string, type: string): boolean {
    return sameName(row, zoneId, name) && typeOf(row) === type;
}

function isPrivateZone(zone: Row | undefined): boolean {
    const vpcs = zone?.inputs["vpcs"];
    return Array.isArray(vpcs) && vpcs.length > 0;
}

/** What a question to DNS finds: the record of a name and type in a zone of that kind. */
export function recordSet(
    name: string,
    type: string,
    inventory: InventoryView,
    { isPrivate }: { isPrivate: boolean },
): Row | undefined {
    const wanted = name.toLowerCase().replace(/\.$/, "");
    return inventory.find(recordType, (row) => {
        const zone = inventory.find(zoneType, ({ id }) => id === row.inputs["zoneId"]);
        return nameOf(row) === wanted && typeOf(row) === type && isPrivateZone(zone) === isPrivate;
    });
}

const text = { type: "string" } as const;

/** https://www.pulumi.com/registry/packages/aws/api-docs/route53/getzone/ */
const getZone: InvokeModel = {
    token: "aws:route53/getZone:getZone",
    inputs: { name: text, privateZone: { type: "boolean" }, zoneId: text },
    outputs: { arn: text, id: text, name: text, privateZone: { type: "boolean" }, zoneId: text },
    answer: ({ name, privateZone, zoneId }, { config, inventory }) => {
        if (zoneId === undefined && name === undefined) {
            throw new Error("Either name or zone_id must be set");
        }
        const wanted = textOf(name).toLowerCase().replace(/\.$/, "");
        const found = inventory
            .rows(zoneType)
            .filter((row) =>
                zoneId === undefined
                    ? zoneName(row) === wanted && isPrivateZone(row) === (privateZone ?? false)
                    : row.id === zoneId,
            );
        if (found.length !== 1) {
            throw new Error(
                zoneId !== undefined
                    ? `NoSuchHostedZone: No hosted zone found with ID: ${textOf(zoneId)}`
                    : found.length === 0
                      ? "no matching Route 53 Hosted Zone found"
                      : "multiple Route 53 Hosted Zones matched; use additional constraints to reduce matches to a single Route 53 Hosted Zone",
            );
        }
        const [zone] = found;
        return {
            arn: `arn:${accountOf(config).partition}:route53:::hostedzone/${zone.id}`,
            id: zone.id,
            name: zoneName(zone),
            privateZone: isPrivateZone(zone),
            zoneId: zone.id,
        };
    },
};

export const route53: readonly ResourceModel[] = [record];
export const route53Invokes: readonly InvokeModel[] = [getZone];
