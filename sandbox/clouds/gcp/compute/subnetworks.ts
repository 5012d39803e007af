/** Subnets, as of @pulumi/gcp 9.37. */
import type { PropertyChange } from "../../diff";
import type { Row } from "../../inventory";
import type { InventoryView, Problem, PropertyModels, RefuseContext, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { isWithin, overlap, prefixOf } from "../../cidr";
import { calledBy, completed, holderOf, lastPart, pathOf, type Holder } from "./links";
import {
    conflictOf,
    firstAddress,
    isProhibited,
    networkOf,
    rangesOf,
    secondaryRanges,
    takenIn,
    wrongRange,
} from "./ranges";
import {
    addressType,
    clusterType,
    compute,
    endpointGroupType,
    forwardingRuleType,
    invalid,
    networkType,
    notFound,
    ownerOf,
    regionEndpointGroupType,
    routerNatType,
    serviceAttachmentType,
    subnetworkType,
} from "./shared";

/** https://docs.cloud.google.com/vpc/docs/subnets#valid-ranges */
const smallestPrefix = 29;
/** https://docs.cloud.google.com/load-balancing/docs/proxy-only-subnets */
const smallestProxies = 26;

const holders: readonly Holder[] = [
    { type: clusterType, path: "subnetwork" },
    { type: forwardingRuleType, path: "subnetwork" },
    { type: addressType, path: "subnetwork" },
    { type: endpointGroupType, path: "subnetwork" },
    { type: regionEndpointGroupType, path: "subnetwork" },
    { type: serviceAttachmentType, path: "natSubnets[*]" },
    { type: routerNatType, path: "subnetworks[*].name" },
];

const proxies = ["REGIONAL_MANAGED_PROXY", "GLOBAL_MANAGED_PROXY"];
const purposes = ["PRIVATE", ...proxies, "PRIVATE_SERVICE_CONNECT", "PEER_MIGRATION", "PRIVATE_NAT"];

const logConfig: PropertyModels = {
    aggregationInterval: {
        type: "string",
        default: "INTERVAL_5_SEC",
        values: [
            "INTERVAL_5_SEC",
            "INTERVAL_30_SEC",
            "INTERVAL_1_MIN",
            "INTERVAL_5_MIN",
            "INTERVAL_10_MIN",
            "INTERVAL_15_MIN",
        ],
    },
    filterExpr: { type: "string" },
    flowSampling: { type: "number" },
    metadata: { type: "string", values: ["EXCLUDE_ALL_METADATA", "INCLUDE_ALL_METADATA", "CUSTOM_METADATA"] },
    metadataFields: { type: "array" },
};

function isProxies({ purpose }: PropertyMap): boolean {
    return proxies.includes(textOf(purpose));
}

function wrongSubnet(inputs: PropertyMap): Problem[] {
    const wrong = (property: string, reason: string): Problem => ({ property, reason });
    const secondary = [...secondaryRanges(inputs)];
    const flows = inputs["logConfig"];
    const sampling = isMap(flows) ? flows["flowSampling"] : undefined;
    return [
        ...wrongRange("ipCidrRange", inputs["ipCidrRange"]),
        ...secondary.flatMap(([, cidr], at) => wrongRange(`secondaryIpRanges[${at}].ipCidrRange`, cidr)),
        ...secondary
            .filter(([name]) => !/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name))
            .map(([name]) => wrong("secondaryIpRanges", `"${name}" is no name of RFC 1035. Rename it.`)),
        ...(isMap(flows) && isProxies(inputs)
            ? [wrong("logConfig", "flow logs are not supported for proxy-only subnets. Remove it.")]
            : []),
        ...(typeof sampling === "number" && (sampling < 0 || sampling > 1)
            ? [wrong("logConfig.flowSampling", `must be 0 to 1 (value given: ${sampling}). Correct it.`)]
            : []),
    ];
}

function refusedSubnet(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory } = context;
    const owner = ownerOf(inputs, context);
    const network = completed(inputs["network"], "networks", owner);
    const own = `projects/${owner.project}/regions/${owner.region}/subnetworks/${textOf(inputs["name"])}`;
    const row = inventory.find(networkType, ({ id }) => id === network);
    if (row === undefined) {
        return notFound(network);
    }
    if (row.inputs["autoCreateSubnetworks"] === true && overlap(inputs["ipCidrRange"], "10.128.0.0/9")) {
        return invalid(
            `Invalid IPCidrRange: ${textOf(inputs["ipCidrRange"])} conflicts with the ranges of the auto mode network '${lastPart(network)}'.`,
        );
    }
    return (
        refusedRanges(inputs) ??
        conflicts(rangesOf(inputs), inputs, takenIn(network, inventory, own)) ??
        refusedRemoval(inputs, own, context) ??
        (context.previous === undefined ? secondProxies(inputs, network, owner.region, inventory) : undefined)
    );
}

function refusedRanges(inputs: PropertyMap): string | undefined {
    const primary = textOf(inputs["ipCidrRange"]);
    if (primary === "") {
        return invalid("Invalid value for field 'resource.ipCidrRange': ''. Must be specified.");
    }
    const smallest = isProxies(inputs) ? smallestProxies : smallestPrefix;
    if (prefixOf(primary) > smallest || prefixOf(primary) < 4) {
        return invalid(
            `Invalid value for field 'resource.ipCidrRange': '${primary}'. The range must be /4 to /${smallest}.`,
        );
    }
    const bad = rangesOf(inputs).find(isProhibited);
    return bad === undefined ? undefined : invalid(`Invalid IPCidrRange: ${bad} is a reserved range.`);
}

function conflicts(own: readonly string[], inputs: PropertyMap, taken: ReturnType<typeof takenIn>): string | undefined {
    for (const [at, cidr] of own.entries()) {
        const twice = own.slice(0, at).find((other) => overlap(cidr, other));
        const reason =
            twice === undefined
                ? conflictOf(cidr, taken)
                : `Invalid IPCidrRange: ${cidr} conflicts with ${twice} of subnetwork '${textOf(inputs["name"])}'.`;
        if (reason !== undefined) {
            return invalid(reason);
        }
    }
    return undefined;
}

/** A secondary range cannot go or become another while a cluster has it: https://docs.cloud.google.com/vpc/docs/create-modify-vpc-networks */
function refusedRemoval(inputs: PropertyMap, own: string, { inventory, previous }: RefuseContext): string | undefined {
    const now = secondaryRanges(inputs);
    for (const [name, cidr] of secondaryRanges(previous ?? {})) {
        const user = now.get(name) === cidr ? undefined : clusterOn(own, name, inventory);
        if (user !== undefined) {
            return `googleapi: Error 400: The secondary range '${name}' of subnetwork '${own}' is already being used by '${user.id}', resourceInUseByAnotherResource`;
        }
    }
    return undefined;
}

function clusterOn(subnet: string, rangeName: string, inventory: InventoryView): Row | undefined {
    return inventory.find(clusterType, ({ inputs }) => {
        const policy = inputs["ipAllocationPolicy"];
        const names = isMap(policy) ? [policy["clusterSecondaryRangeName"], policy["servicesSecondaryRangeName"]] : [];
        return pathOf(inputs["subnetwork"]) === subnet && names.includes(rangeName);
    });
}

/** One active proxy-only subnet for a region and network: https://docs.cloud.google.com/load-balancing/docs/proxy-only-subnets */
function secondProxies(
    inputs: PropertyMap,
    network: string,
    region: string,
    inventory: InventoryView,
): string | undefined {
    const isActive = (one: PropertyMap): boolean => isProxies(one) && one["role"] === "ACTIVE";
    const other = inventory.find(
        subnetworkType,
        (row) =>
            isActive(row.inputs) &&
            row.inputs["purpose"] === inputs["purpose"] &&
            networkOf(row) === network &&
            row.outputs["region"] === region,
    );
    return isActive(inputs) && other !== undefined
        ? invalid(`There is already an active proxy-only subnetwork '${other.id}' in region '${region}'.`)
        : undefined;
}

/** A range can grow, and nothing else: IsShrinkageIpCidr of the provider */
function adjusted(changes: readonly PropertyChange[], olds: PropertyMap, news: PropertyMap): PropertyChange[] {
    const grows = isWithin(olds["ipCidrRange"], news["ipCidrRange"]);
    return changes.map((change) => (change.path === "ipCidrRange" ? { ...change, replaces: !grows } : change));
}

const subnetwork: ResourceModel = compute(
    {
        title: "Subnetwork",
        collection: "subnetworks",
        place: "regions",
    },
    {
        token: subnetworkType,
        inputs: {
            description: { type: "string" },
            ipCidrRange: { type: "string" },
            logConfig: { type: "object", properties: logConfig },
            network: { type: "string", required: true },
            privateIpGoogleAccess: { type: "boolean" },
            purpose: { type: "string", values: purposes },
            role: { type: "string", values: ["ACTIVE", "BACKUP"] },
            secondaryIpRanges: {
                type: "array",
                items: {
                    type: "object",
                    properties: {
                        ipCidrRange: { type: "string", required: true },
                        rangeName: { type: "string", required: true },
                    },
                },
            },
            sendSecondaryIpRangeIfEmpty: { type: "boolean" },
            stackType: { type: "string", values: ["IPV4_ONLY", "IPV4_IPV6", "IPV6_ONLY"] },
        },
        outputs: {
            gatewayAddress: { type: "string" },
            privateIpGoogleAccess: { type: "boolean" },
            purpose: { type: "string" },
            stackType: { type: "string" },
            state: { type: "string" },
            subnetworkId: { type: "integer" },
        },
        replaceOn: ["description", "network", "purpose"],
        adjust: adjusted,
        unread: ["sendSecondaryIpRangeIfEmpty"],
        validate: wrongSubnet,
        refuse: refusedSubnet,
        computed: (inputs, { previous }) => ({
            gatewayAddress: gatewayOf(textOf(inputs["ipCidrRange"])),
            privateIpGoogleAccess: inputs["privateIpGoogleAccess"] ?? previous?.["privateIpGoogleAccess"] ?? false,
            purpose: inputs["purpose"] ?? "PRIVATE",
            stackType: inputs["stackType"] ?? previous?.["stackType"] ?? "IPV4_ONLY",
            state: "READY",
            subnetworkId: 4_000_000_001,
        }),
        blocksDeletion: (row, inventory) => {
            const holder = holderOf(row, holders, inventory);
            return (
                holder &&
                `Error when reading or editing Subnetwork: googleapi: Error 400: The subnetwork resource '${row.id}' is already being used by '${calledBy(holder)}', resourceInUseByAnotherResource`
            );
        },
    },
);

function gatewayOf(cidr: string): string {
    return firstAddress(cidr).replace(/\d+$/, (last) => String(Number(last) + 1));
}

export const subnetworks: readonly ResourceModel[] = [subnetwork];
