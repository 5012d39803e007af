/** Static addresses and allocated ranges, as of @pulumi/gcp 9.37. A change of anything but labels needs another one. */
import { createHash } from "node:crypto";
import { isIPv4 } from "node:net";
import type { Row } from "../../inventory";
import type { ComputeContext, InventoryView, Problem, PropertyModels, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { isWithin } from "../../cidr";
import { labelOutputs, labels, labelsTold } from "../project";
import { calledBy, completed, holderOf, pathOf, projectIn, type Holder } from "./links";
import { conflictOf, firstAddress, freeAddress, freeRange, isRfc1918, takenIn } from "./ranges";
import {
    addressType,
    compute,
    forwardingRuleType,
    globalAddressType,
    globalForwardingRuleType,
    invalid,
    networkType,
    notFound,
    ownerOf,
    routerNatType,
    subnetworkType,
} from "./shared";

/** An allocated range may go while a connection has it: https://docs.cloud.google.com/vpc/docs/configure-private-services-access#delete-allocation */
const holders: readonly Holder[] = [
    { type: routerNatType, path: "natIps[*]" },
    { type: routerNatType, path: "drainNatIps[*]" },
    { type: forwardingRuleType, path: "ipAddress" },
    { type: globalForwardingRuleType, path: "ipAddress" },
];

function keptBy(row: Row, inventory: InventoryView): string | undefined {
    const holder = holderOf(row, holders, inventory);
    return (
        holder &&
        `Error when reading or editing ${row.type === addressType ? "Address" : "GlobalAddress"}: googleapi: Error 400: The address resource '${row.id}' is already being used by '${calledBy(holder)}', resourceInUseByAnotherResource`
    );
}

const common: PropertyModels = {
    address: { type: "string" },
    addressType: { type: "string", default: "EXTERNAL", values: ["EXTERNAL", "INTERNAL"] },
    description: { type: "string" },
    ipVersion: { type: "string", values: ["IPV4", "IPV6"] },
    labels,
    network: { type: "string" },
    prefixLength: { type: "integer" },
    purpose: { type: "string" },
};

const outputs: PropertyModels = {
    ...labelOutputs,
    address: { type: "string" },
    labelFingerprint: { type: "string" },
    prefixLength: { type: "integer" },
};

const fixed = ["address", "addressType", "description", "ipVersion", "network", "prefixLength", "purpose"];
const volatile = ["effectiveLabels", "pulumiLabels", "labelFingerprint"];

/** A public address that is the same for an id. */
function publicAddress(id: string): string {
    const [one, two, three] = createHash("sha256").update(id).digest();
    return `34.${64 + (one % 64)}.${two}.${three}`;
}

function wrongAddress({ address, prefixLength }: PropertyMap): Problem[] {
    return [
        ...(typeof address === "string" && !isIPv4(address)
            ? [{ property: "address", reason: `is no IPv4 address (value given: ${address}). Correct it.` }]
            : []),
        ...(typeof prefixLength === "number" && (prefixLength < 8 || prefixLength > 30)
            ? [{ property: "prefixLength", reason: `must be 8 to 30 (value given: ${prefixLength}). Correct it.` }]
            : []),
    ];
}

function refusedRange(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory, previous } = context;
    if (inputs["addressType"] !== "INTERNAL") {
        return ["network", "purpose", "prefixLength"].some((name) => inputs[name] !== undefined)
            ? invalid("network, purpose and prefixLength are for addresses of type INTERNAL only.")
            : undefined;
    }
    if (!["VPC_PEERING", "PRIVATE_SERVICE_CONNECT"].includes(textOf(inputs["purpose"]))) {
        return invalid(
            `Invalid value for field 'resource.purpose': '${textOf(inputs["purpose"])}'. Global internal addresses are for VPC_PEERING or PRIVATE_SERVICE_CONNECT.`,
        );
    }
    const network = completed(inputs["network"], "networks", ownerOf(inputs, context));
    if (inputs["network"] === undefined || inventory.find(networkType, ({ id }) => id === network) === undefined) {
        return inputs["network"] === undefined
            ? invalid("Invalid value for field 'resource.network': ''. Must be specified.")
            : notFound(network);
    }
    if (inputs["purpose"] !== "VPC_PEERING" || previous !== undefined) {
        return undefined;
    }
    return refusedAllocation(inputs, network, inventory);
}

function refusedAllocation(inputs: PropertyMap, network: string, inventory: InventoryView): string | undefined {
    const { address, prefixLength } = inputs;
    if (typeof prefixLength !== "number") {
        return invalid("Invalid value for field 'resource.prefixLength': ''. Must be specified for VPC_PEERING.");
    }
    const taken = takenIn(network, inventory);
    if (address === undefined) {
        return freeRange(prefixLength, taken) === undefined
            ? invalid(`There is no free range of /${prefixLength} in network '${network}'.`)
            : undefined;
    }
    const cidr = `${textOf(address)}/${prefixLength}`;
    if (firstAddress(cidr) !== address || !isRfc1918(cidr)) {
        return invalid(
            `Invalid value for field 'resource.address': '${textOf(address)}'. Must be the first address of a /${prefixLength} of RFC 1918.`,
        );
    }
    const conflict = conflictOf(cidr, taken);
    return (
        conflict &&
        invalid(
            `Invalid value for field 'resource.address': '${textOf(address)}'. Requested range conflicts with other resources: ${conflict}`,
        )
    );
}

function globalValue(inputs: PropertyMap, { id, config, inventory, previous }: ComputeContext): PropertyMap {
    const told = { ...labelsTold(inputs, config), labelFingerprint: "42WmSpB8rSM=" };
    if (previous?.["address"] !== undefined) {
        return { ...told, address: previous["address"], prefixLength: previous["prefixLength"] ?? 0 };
    }
    const network = completed(inputs["network"], "networks", { project: projectIn(id) });
    const prefix = Number(inputs["prefixLength"]);
    const chosen = inputs["purpose"] === "VPC_PEERING" ? freeRange(prefix, takenIn(network, inventory)) : undefined;
    return {
        ...told,
        address: inputs["address"] ?? chosen?.split("/")[0] ?? publicAddress(id),
        prefixLength: inputs["prefixLength"] ?? 0,
    };
}

const globalAddress: ResourceModel = compute(
    {
        title: "GlobalAddress",
        collection: "addresses",
        place: "global",
        quota: { metric: "GLOBAL_STATIC_ADDRESSES", granted: 8 },
    },
    {
        token: globalAddressType,
        inputs: common,
        outputs,
        replaceOn: fixed,
        volatile,
        validate: wrongAddress,
        refuse: refusedRange,
        computed: globalValue,
        blocksDeletion: keptBy,
    },
);

function refusedAddress(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory, previous } = context;
    const isInternal = inputs["addressType"] === "INTERNAL";
    if (isInternal && inputs["networkTier"] !== undefined) {
        return invalid("network_tier cannot be set for internal addresses.");
    }
    const given = inputs["subnetwork"];
    if (given === undefined) {
        return isInternal
            ? invalid("Invalid value for field 'resource.subnetwork': ''. Must be specified for an internal address.")
            : undefined;
    }
    if (!isInternal) {
        return invalid("subnetwork is for addresses of type INTERNAL only.");
    }
    const owner = ownerOf(inputs, context);
    const path = completed(given, "subnetworks", owner);
    const subnet = inventory.find(subnetworkType, ({ id }) => id === path);
    if (subnet === undefined) {
        return notFound(path);
    }
    const address = inputs["address"];
    if (address === undefined || previous !== undefined) {
        return undefined;
    }
    if (!isWithin(`${textOf(address)}/32`, subnet.inputs["ipCidrRange"])) {
        return invalid(
            `Invalid value for field 'resource.address': '${textOf(address)}'. IP address is outside of the range of '${path}'.`,
        );
    }
    const taken = inventory.find(
        addressType,
        (row) => row.outputs["address"] === address && pathOf(row.inputs["subnetwork"]) === path,
    );
    return (
        taken &&
        `googleapi: Error 400: Invalid value for field 'resource.address': '${textOf(address)}'. Specified IP address is already reserved by '${taken.id}'., invalid`
    );
}

function regionalValue(inputs: PropertyMap, { id, config, inventory, previous }: ComputeContext): PropertyMap {
    const isInternal = inputs["addressType"] === "INTERNAL";
    const path = completed(inputs["subnetwork"], "subnetworks", { project: projectIn(id) });
    const subnet = inventory.find(subnetworkType, (row) => row.id === path);
    return {
        ...labelsTold(inputs, config),
        address:
            inputs["address"] ?? previous?.["address"] ?? (subnet ? freeAddress(subnet, inventory) : publicAddress(id)),
        labelFingerprint: "42WmSpB8rSM=",
        networkTier: isInternal ? "PREMIUM" : (inputs["networkTier"] ?? "PREMIUM"),
        prefixLength: inputs["prefixLength"] ?? 0,
        purpose: inputs["purpose"] ?? (isInternal ? "GCE_ENDPOINT" : ""),
        users: [],
    };
}

const address: ResourceModel = compute(
    {
        title: "Address",
        collection: "addresses",
        place: "regions",
        quota: { metric: "STATIC_ADDRESSES", granted: 8 },
    },
    {
        token: addressType,
        inputs: {
            ...common,
            networkTier: { type: "string", values: ["PREMIUM", "STANDARD"] },
            subnetwork: { type: "string" },
        },
        outputs: {
            ...outputs,
            networkTier: { type: "string" },
            purpose: { type: "string" },
            users: { type: "array" },
        },
        replaceOn: [...fixed, "networkTier", "subnetwork"],
        volatile,
        validate: wrongAddress,
        refuse: refusedAddress,
        computed: regionalValue,
        blocksDeletion: keptBy,
    },
);

export const addresses: readonly ResourceModel[] = [address, globalAddress];
