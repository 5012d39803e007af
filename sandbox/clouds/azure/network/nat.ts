/** NAT gateways and route tables: https://learn.microsoft.com/en-us/azure/nat-gateway/nat-gateway-resource */
import type { Problem, RefuseContext, ResourceModel } from "../../model";
import { textOf, valuesAt, type PropertyMap } from "../../values";
import { arm, placeOf } from "../arm";
import { armError } from "../errors";
import { lastName, rowById } from "../ids";
import { zonesOf } from "../locations";
import { skuOf } from "./addresses";
import {
    existing,
    inUse,
    natGatewayType,
    networkApi,
    networkName,
    publicAddressType,
    reference,
    routeTableType,
    succeeded,
    usersOf,
    zonesChanged,
} from "./shared";

const text = { type: "string" } as const;
const MostAddresses = 16;

export const natGateways: ResourceModel = arm(
    { type: "Microsoft.Network/natGateways", apiVersion: networkApi, names: ["natGatewayName"], name: networkName() },
    {
        token: natGatewayType,
        durationKey: "public address, nsg, nat gateway",
        inputs: {
            idleTimeoutInMinutes: { type: "integer" },
            publicIpAddresses: { type: "array", items: reference },
            publicIpPrefixes: { type: "array", items: reference },
            sku: { type: "object", properties: { name: { ...text, values: ["Standard"] } } },
            zones: { type: "array" },
        },
        outputs: { etag: text, provisioningState: text, resourceGuid: text },
        references: [existing("publicIpAddresses[*].id", publicAddressType)],
        validate: wrongGateway,
        refuse: refusedGateway,
        computed: (_inputs, { id }) => ({ etag: "W/1", provisioningState: succeeded, resourceGuid: id }),
        blocksDeletion: (row, inventory) =>
            inUse(inventory, row, (users) => [
                "InUseNatGatewayCannotBeDeleted",
                `Nat gateway ${row.id} cannot be deleted because it is in use by the following resources: ${users}.`,
            ]),
    },
);

function wrongGateway({ idleTimeoutInMinutes: idle, ...inputs }: PropertyMap): Problem[] {
    const problems: Problem[] = [];
    if (typeof idle === "number" && (idle < 4 || idle > 120)) {
        problems.push({
            property: "idleTimeoutInMinutes",
            reason: `must be 4 to 120 (value given: ${idle}). Change it.`,
        });
    }
    if (valuesAt(inputs, "zones[*]").length > 1) {
        problems.push({ property: "zones", reason: "a Standard NAT gateway is in one zone at most. Give one." });
    }
    if (valuesAt(inputs, "publicIpAddresses[*]").length > MostAddresses) {
        problems.push({
            property: "publicIpAddresses",
            reason: `at most ${MostAddresses} are allowed. Leave some out.`,
        });
    }
    return problems;
}

function refusedGateway(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory, previous } = context;
    const name = textOf(inputs["natGatewayName"]);
    const zones = valuesAt(inputs, "zones[*]").map((zone) => textOf(zone));
    if (zones.some((zone) => !zonesOf(placeOf(inputs, context)).includes(zone))) {
        return armError(
            400,
            "ResourceDoesNotSupportAvailabilityZones",
            `Zone ${zones.join()} is not offered for ${name} in ${placeOf(inputs, context)}.`,
        );
    }
    for (const id of valuesAt(inputs, "publicIpAddresses[*].id")) {
        const address = rowById(inventory, publicAddressType, id);
        if (address !== undefined && skuOf(address.inputs) !== "Standard") {
            return armError(
                400,
                "NatGatewayInvalidPublicIpSku",
                `NAT gateway ${name} needs Standard SKU: ${textOf(id)}.`,
            );
        }
        const user = usersOf(inventory, textOf(id)).find((row) => lastName(row.id) !== name);
        if (user !== undefined) {
            return armError(
                400,
                "PublicIPAddressInUse",
                `Resource ${name} is referencing public IP address ${textOf(id)} that is already allocated to resource ${user.id}.`,
            );
        }
        const own = valuesAt(address?.inputs ?? {}, "zones[*]").map((zone) => textOf(zone));
        if (own.length === 1 && own.join() !== zones.join()) {
            return armError(
                400,
                "NatGatewayZoneMismatch",
                `NAT gateway ${name} in zones [${zones.join()}] cannot use public IP address ${textOf(id)} of zone ${own.join()}.`,
            );
        }
    }
    return zonesChanged(inputs, previous, name);
}

export const routeTables: ResourceModel = arm(
    { type: "Microsoft.Network/routeTables", apiVersion: networkApi, names: ["routeTableName"], name: networkName() },
    {
        token: routeTableType,
        durationKey: "public address, nsg, nat gateway",
        inputs: {
            disableBgpRoutePropagation: { type: "boolean" },
            routes: {
                type: "array",
                items: {
                    type: "object",
                    properties: {
                        name: { ...text, required: true },
                        addressPrefix: text,
                        nextHopIpAddress: text,
                        nextHopType: {
                            ...text,
                            required: true,
                            values: ["VirtualNetworkGateway", "VnetLocal", "Internet", "VirtualAppliance", "None"],
                        },
                    },
                },
            },
        },
        outputs: { etag: text, provisioningState: text, resourceGuid: text },
        computed: (_inputs, { id }) => ({ etag: "W/1", provisioningState: succeeded, resourceGuid: id }),
        blocksDeletion: (row, inventory) =>
            inUse(inventory, row, (users) => [
                "InUseRouteTableCannotBeDeleted",
                `Route table ${row.id} cannot be deleted because it is in use by the following resources: ${users}.`,
            ]),
    },
);
