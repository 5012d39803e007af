/** Public IP addresses: https://learn.microsoft.com/en-us/azure/virtual-network/ip-services/public-ip-addresses */
import { createHash } from "node:crypto";
import type { Problem, RefuseContext, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { arm, placeOf } from "../arm";
import { armError } from "../errors";
import { zonesOf } from "../locations";
import { inUse, networkApi, networkName, publicAddressType, reference, succeeded, zonesChanged } from "./shared";

const text = { type: "string" } as const;

export const publicAddresses: ResourceModel = arm(
    {
        type: "Microsoft.Network/publicIPAddresses",
        apiVersion: networkApi,
        names: ["publicIpAddressName"],
        name: networkName(),
    },
    {
        token: publicAddressType,
        durationKey: "public address, nsg, nat gateway",
        inputs: {
            ddosSettings: { type: "object", properties: { protectionMode: text, ddosProtectionPlan: reference } },
            dnsSettings: {
                type: "object",
                properties: { domainNameLabel: text, domainNameLabelScope: text, reverseFqdn: text },
            },
            idleTimeoutInMinutes: { type: "integer" },
            publicIPAddressVersion: { ...text, values: ["IPv4", "IPv6"] },
            publicIPAllocationMethod: { ...text, values: ["Static", "Dynamic"] },
            publicIPPrefix: reference,
            sku: {
                type: "object",
                properties: {
                    name: { ...text, values: ["Basic", "Standard"] },
                    tier: { ...text, values: ["Regional", "Global"] },
                },
            },
            zones: { type: "array" },
        },
        outputs: { etag: text, ipAddress: text, provisioningState: text, resourceGuid: text },
        replaceOn: ["publicIPAddressVersion", "publicIPPrefix", "sku"],
        validate: wrongAddress,
        refuse: refusedAddress,
        computed: (inputs, context) => ({
            ...fqdn(inputs, context),
            etag: "W/1",
            ipAddress: addressFor(context.id),
            provisioningState: succeeded,
            resourceGuid: context.id,
        }),
        blocksDeletion: (row, inventory) =>
            inUse(inventory, row, (users) => [
                "PublicIPAddressCannotBeDeleted",
                `Public IP address ${row.id} can not be deleted since it is still allocated to resource ${users}. In order to delete the public IP, disassociate/detach the Public IP address from the resource. To learn how to do this, see aka.ms/deletepublicip.`,
            ]),
    },
);

export function skuOf(inputs: PropertyMap): string {
    const { sku } = inputs;
    return isMap(sku) ? textOf(sku["name"], "Basic") : "Basic";
}

function labelOf({ dnsSettings }: PropertyMap): string {
    return isMap(dnsSettings) ? textOf(dnsSettings["domainNameLabel"]) : "";
}

function wrongAddress(inputs: PropertyMap): Problem[] {
    const problems: Problem[] = [];
    const idle = inputs["idleTimeoutInMinutes"];
    if (typeof idle === "number" && (idle < 4 || idle > 30)) {
        problems.push({
            property: "idleTimeoutInMinutes",
            reason: `must be 4 to 30 (value given: ${idle}). Change it.`,
        });
    }
    const label = labelOf(inputs);
    if (label !== "" && !/^[a-z][a-z0-9-]{1,61}[a-z0-9]$/.test(label)) {
        problems.push({
            property: "dnsSettings.domainNameLabel",
            reason: `must match ^[a-z][a-z0-9-]{1,61}[a-z0-9]$ (value given: ${label}). Rename it.`,
        });
    }
    return problems;
}

function refusedAddress(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory, previous } = context;
    const name = textOf(inputs["publicIpAddressName"]);
    if (skuOf(inputs) === "Basic") {
        return armError(
            400,
            "BasicSkuPublicIpRetired",
            `Public IP address ${name}: Basic SKU was retired on September 30, 2025. Use Standard SKU.`,
        );
    }
    if (inputs["publicIPAllocationMethod"] !== "Static") {
        return armError(
            400,
            "StandardSkuPublicIpMustBeStatic",
            `Standard sku publicIp ${name} must have AllocationMethod set to Static.`,
        );
    }
    const offered = zonesOf(placeOf(inputs, context));
    const zones = Array.isArray(inputs["zones"]) ? inputs["zones"] : [];
    const absent = zones.find((zone) => !offered.includes(textOf(zone)));
    if (absent !== undefined) {
        return armError(
            400,
            "ResourceDoesNotSupportAvailabilityZones",
            `Zone ${textOf(absent)} is not offered for ${name} in ${placeOf(inputs, context)}.`,
        );
    }
    const label = labelOf(inputs);
    const taken = inventory.find(
        publicAddressType,
        (row) =>
            label !== "" &&
            labelOf(row.inputs) === label &&
            row.outputs["location"] === placeOf(inputs, context) &&
            row.outputs["name"] !== name,
    );
    return taken === undefined
        ? zonesChanged(inputs, previous, name)
        : armError(
              400,
              "DnsRecordInUse",
              `DNS record ${label}.${placeOf(inputs, context)}.cloudapp.azure.com is already used by another public IP.`,
          );
}

function fqdn(inputs: PropertyMap, context: Pick<RefuseContext, "config" | "inventory">): PropertyMap {
    const { dnsSettings } = inputs;
    const label = labelOf(inputs);
    return label === "" || !isMap(dnsSettings)
        ? {}
        : { dnsSettings: { ...dnsSettings, fqdn: `${label}.${placeOf(inputs, context)}.cloudapp.azure.com` } };
}

/** One of 20.0.0.0/8, where Azure has many, that is the same for an id. */
function addressFor(id: string): string {
    return ["20", ...createHash("sha256").update(id).digest().subarray(0, 3)].join(".");
}
