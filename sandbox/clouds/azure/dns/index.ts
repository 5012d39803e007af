/** Public zones of Azure DNS, and records in them. */
import { isIPv4 } from "node:net";
import type { InvokeModel, PropertyModels, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { arm, armOutputs, inResourceGroup } from "../arm";
import { armError, resourceNotFound } from "../errors";
import { groupId, guidFor, identityOf, resourceId, rowById } from "../ids";
import { lockOver, refusedByLock } from "../locks";
import { privateZoneInvokes } from "./private-zone";

const zoneType = "Microsoft.Network/dnszones";
const apiVersion = "2023-07-01-preview";
export const dnsZoneToken = "azure-native:dns:Zone";
export const recordSetToken = "azure-native:dns:RecordSet";

const text = { type: "string" } as const;
const anything = { type: "any" } as const;

const zoneOutputs: PropertyModels = {
    etag: text,
    maxNumberOfRecordSets: { type: "number" },
    nameServers: { type: "array" },
    numberOfRecordSets: { type: "number" },
};

/** https://learn.microsoft.com/en-us/azure/dns/dns-zones-records */
const zone: ResourceModel = arm(
    {
        type: zoneType,
        apiVersion,
        names: ["zoneName"],
        place: "global",
        tags: { most: 15, dns: true },
        name: {
            pattern: /^[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63}){1,33}$/,
            rule: "must have 2 to 34 labels",
            longest: 253,
        },
        autoName: "none",
    },
    {
        token: dnsZoneToken,
        inputs: {
            registrationVirtualNetworks: { type: "array", items: anything },
            resolutionVirtualNetworks: { type: "array", items: anything },
            zoneType: { ...text, values: ["Public"] },
        },
        outputs: zoneOutputs,
        durationKey: "dns zone or record",
        computed: (_inputs, { id }) => zoneFacts(id),
    },
);

function zoneFacts(id: string): PropertyMap {
    return {
        etag: guidFor(id),
        maxNumberOfRecordSets: 10_000,
        nameServers: ["com", "net", "org", "info"].map((end, index) => `ns${index + 1}-01.azure-dns.${end}.`),
        numberOfRecordSets: 2,
    };
}

const kinds = ["A", "AAAA", "CAA", "CNAME", "DS", "MX", "NAPTR", "NS", "PTR", "SOA", "SRV", "TLSA", "TXT"];

const addressRecords: PropertyModels[string] = {
    type: "array",
    items: { type: "object", properties: { ipv4Address: text } },
};

/** https://learn.microsoft.com/en-us/rest/api/dns/record-sets/create-or-update */
export const recordSet: ResourceModel = {
    token: inResourceGroup(recordSetToken),
    inputs: {
        aRecords: addressRecords,
        aaaaRecords: { type: "array", items: anything },
        caaRecords: { type: "array", items: anything },
        cnameRecord: anything,
        metadata: { type: "map" },
        mxRecords: { type: "array", items: anything },
        nsRecords: { type: "array", items: anything },
        ptrRecords: { type: "array", items: anything },
        recordType: { ...text, required: true, values: kinds },
        relativeRecordSetName: text,
        resourceGroupName: { ...text, required: true },
        srvRecords: { type: "array", items: anything },
        targetResource: anything,
        ttl: { type: "number" },
        txtRecords: { type: "array", items: anything },
        zoneName: { ...text, required: true },
    },
    outputs: { ...armOutputs, etag: text, fqdn: text, provisioningState: text },
    // The provider takes the logical name as it is.
    name: {
        property: "relativeRecordSetName",
        auto: { maxLength: 253, separator: "", digits: 0 },
        pattern: /^(@|\*|(\*\.)?[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*)$/,
        rule: "must be relative to the zone, or @ for the zone itself",
    },
    replaceOn: ["recordType", "relativeRecordSetName", "resourceGroupName", "zoneName"],
    deleteBeforeReplace: true,
    volatile: ["etag"],
    durationKey: "dns zone or record",
    id: (inputs, { config }) => recordId(inputs, config),
    refuse: (inputs, { config, inventory, previous }) => {
        const group = groupId(identityOf(config).subscriptionId, textOf(inputs["resourceGroupName"]));
        const zoneId = resourceId(group, zoneType, [textOf(inputs["zoneName"])]);
        if (rowById(inventory, dnsZoneToken, zoneId) === undefined) {
            return armError(
                404,
                "ParentResourceNotFound",
                `Failed to perform 'write' on resource(s) of type 'dnszones/${textOf(inputs["recordType"])}', because the parent resource '${zoneId}' could not be found.`,
            );
        }
        const id = recordId(inputs, config);
        if (previous === undefined && rowById(inventory, recordSetToken, id) !== undefined) {
            return `cannot create already existing resource '${id}'`;
        }
        return refusedRecord(inputs) ?? refusedByLock(lockOver(inventory, id, "write"), id, "write");
    },
    computed: (inputs, { id }) => {
        const [name, top] = [textOf(inputs["relativeRecordSetName"]), textOf(inputs["zoneName"])];
        return {
            azureApiVersion: apiVersion,
            name,
            type: `${zoneType}/${textOf(inputs["recordType"])}`,
            etag: guidFor(`${id} ${JSON.stringify(inputs)}`),
            fqdn: name === "@" ? `${top}.` : `${name}.${top}.`,
            provisioningState: "Succeeded",
        };
    },
    blocksDeletion: (row, inventory) => refusedByLock(lockOver(inventory, row.id, "delete"), row.id, "delete"),
};

function recordId(inputs: PropertyMap, config: PropertyMap): string {
    const group = groupId(identityOf(config).subscriptionId, textOf(inputs["resourceGroupName"]));
    const zoneId = resourceId(group, zoneType, [textOf(inputs["zoneName"])]);
    return `${zoneId}/${textOf(inputs["recordType"])}/${textOf(inputs["relativeRecordSetName"])}`;
}

/** At most 20 records in a set, a time to live, and addresses that are such: https://learn.microsoft.com/en-us/azure/dns/dns-zones-records */
export function refusedRecord(inputs: PropertyMap): string | undefined {
    const ttl = inputs["ttl"];
    if (typeof ttl !== "number" || ttl < 1 || ttl > 2_147_483_647) {
        return armError(
            400,
            "BadRequest",
            "The TTL for the record set is missing or not in the range 1 to 2147483647.",
        );
    }
    const records = Array.isArray(inputs["aRecords"]) ? inputs["aRecords"] : [];
    const wrong = records.find((one) => !isMap(one) || !isIPv4(textOf(one["ipv4Address"])));
    if (inputs["recordType"] === "A" && (records.length === 0 || records.length > 20 || wrong !== undefined)) {
        return armError(
            400,
            "BadRequest",
            "The record set of type A must have 1 to 20 records with a valid IPv4 address.",
        );
    }
    return undefined;
}

const getZone: InvokeModel = {
    token: "azure-native:dns:getZone",
    inputs: { resourceGroupName: { ...text, required: true }, zoneName: { ...text, required: true } },
    outputs: { ...armOutputs, ...zoneOutputs, id: text, location: text, tags: { type: "map" }, zoneType: text },
    answer: (inputs, { config, inventory }) => {
        const [group, name] = [textOf(inputs["resourceGroupName"]), textOf(inputs["zoneName"])];
        const id = resourceId(groupId(identityOf(config).subscriptionId, group), zoneType, [name]);
        const row = rowById(inventory, dnsZoneToken, id);
        if (row === undefined) {
            throw new Error(resourceNotFound(zoneType, name, group));
        }
        return {
            azureApiVersion: apiVersion,
            ...zoneFacts(row.id),
            id: row.id,
            location: "global",
            name,
            tags: row.inputs["tags"] ?? {},
            type: zoneType,
            zoneType: "Public",
        };
    },
};

export const dnsResources: readonly ResourceModel[] = [zone, recordSet];
export const dnsInvokes: readonly InvokeModel[] = [getZone, ...privateZoneInvokes];
