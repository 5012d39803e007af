/** Internet gateways, Elastic IP addresses and NAT gateways, as of @pulumi/aws 7.47. */
import type { Row } from "../../inventory";
import type { InventoryView, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "../account";
import {
    addressType,
    byId,
    ec2Arn,
    ec2Id,
    interfaceIn,
    internetGatewayType,
    inVpc,
    natGatewayType,
    shortWait,
    textsIn,
    vpcOfSubnet,
} from "./shared";

const internetGateway: ResourceModel = {
    token: internetGatewayType,
    inputs: { vpcId: { type: "string" }, region, tags },
    outputs: { arn: { type: "string" }, ownerId: { type: "string" }, tagsAll },
    references: [inVpc],
    replaceOn: ["region"],
    volatile: ["tagsAll"],
    durationKey: shortWait,
    refuse: (inputs, context) => {
        const { config, inventory, previous } = context;
        const { vpcId } = inputs;
        // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html
        if (vpcId !== previous?.["vpcId"] && gatewayOf(vpcId, inventory) !== undefined) {
            return `InvalidParameterValue: Network ${textOf(vpcId)} already has an internet gateway attached`;
        }
        return refusedTags(inputs, config);
    },
    id: () => ec2Id("igw"),
    computed: (inputs, { id, config }) => ({
        arn: ec2Arn("internet-gateway", id, inputs, config),
        ownerId: accountOf(config).accountId,
        tagsAll: allTags(inputs, config),
    }),
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html. The real provider tries again for a while.
    blocksDeletion: ({ inputs: { vpcId } }, inventory) =>
        typeof vpcId === "string" && hasPublicAddress(vpcId, inventory)
            ? `DependencyViolation: Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`
            : undefined,
};

function gatewayOf(vpcId: PropertyMap[string] | undefined, inventory: InventoryView): Row | undefined {
    return vpcId === undefined
        ? undefined
        : inventory.find(internetGatewayType, ({ inputs }) => inputs["vpcId"] === vpcId);
}

function hasPublicAddress(vpcId: string, inventory: InventoryView): boolean {
    const isHere = (subnetId: PropertyMap[string] | undefined): boolean => vpcOfSubnet(subnetId, inventory) === vpcId;
    const gateways = inventory.rows(natGatewayType).filter(({ inputs }) => inputs["connectivityType"] !== "private");
    const balancers = inventory
        .rows("aws:lb/loadBalancer:LoadBalancer")
        .filter(({ inputs }) => inputs["internal"] !== true);
    return (
        gateways.some(({ inputs }) => isHere(inputs["subnetId"])) ||
        balancers.some(({ inputs }) => textsIn(inputs["subnets"]).some(isHere))
    );
}

const address: ResourceModel = {
    token: addressType,
    inputs: {
        address: { type: "string" },
        domain: { type: "string", values: ["vpc"], default: "vpc" },
        networkBorderGroup: { type: "string" },
        publicIpv4Pool: { type: "string" },
        region,
        tags,
    },
    outputs: {
        allocationId: { type: "string" },
        arn: { type: "string" },
        publicDns: { type: "string" },
        publicIp: { type: "string" },
        tagsAll,
    },
    replaceOn: ["address", "domain", "networkBorderGroup", "publicIpv4Pool", "region"],
    volatile: ["tagsAll"],
    durationKey: shortWait,
    refuse: (inputs, { config }) => refusedTags(inputs, config),
    id: () => ec2Id("eipalloc"),
    computed: (inputs, { id, config }) => {
        // One of those that are for documentation: https://www.rfc-editor.org/rfc/rfc5737
        const publicIp = `203.0.113.${(parseInt(id.slice(-6), 16) % 254) + 1}`;
        const where = regionOf(inputs, config);
        return {
            allocationId: id,
            arn: ec2Arn("elastic-ip", id, inputs, config),
            publicDns: `ec2-${publicIp.replaceAll(".", "-")}.${where}.compute.${accountOf(config).dnsSuffix}`,
            publicIp,
            tagsAll: allTags(inputs, config),
        };
    },
};

const natGateway: ResourceModel = {
    token: natGatewayType,
    inputs: {
        allocationId: { type: "string" },
        connectivityType: { type: "string", values: ["private", "public"], default: "public" },
        subnetId: { type: "string", required: true },
        region,
        tags,
    },
    outputs: {
        associationId: { type: "string" },
        networkInterfaceId: { type: "string" },
        publicIp: { type: "string" },
        tagsAll,
    },
    references: [
        interfaceIn("subnetId"),
        {
            path: "allocationId",
            types: [addressType],
            message: (id) => `InvalidAllocationID.NotFound: The allocation ID '${id}' does not exist`,
            // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseAddress.html
            holds: ({ outputs }) => `InvalidIPAddress.InUse: Address ${textOf(outputs["publicIp"])} is in use.`,
        },
    ],
    replaceOn: ["allocationId", "connectivityType", "subnetId", "region"],
    volatile: ["tagsAll"],
    durationKey: "nat gateway",
    refuse: (inputs, context) =>
        (context.previous === undefined ? refusedNatGateway(inputs, context) : undefined) ??
        refusedTags(inputs, context.config),
    id: () => ec2Id("nat"),
    computed: (inputs, { config, inventory, previous }) => ({
        associationId: textOf(previous?.["associationId"], ec2Id("eipassoc")),
        networkInterfaceId: textOf(previous?.["networkInterfaceId"], ec2Id("eni")),
        publicIp: textOf(byId(addressType, inputs["allocationId"], inventory)?.outputs["publicIp"]),
        tagsAll: allTags(inputs, config),
    }),
};

/** https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html */
function refusedNatGateway(inputs: PropertyMap, { inventory }: RefuseContext): string | undefined {
    const { allocationId, connectivityType, subnetId } = inputs;
    const others = inventory.rows(natGatewayType);
    if (connectivityType === "private") {
        return allocationId === undefined
            ? undefined
            : "InvalidParameter: You cannot specify an allocation ID for a private NAT gateway";
    }
    if (allocationId === undefined) {
        return "MissingParameter: The request must contain the parameter AllocationId";
    }
    if (others.some((other) => other.inputs["allocationId"] === allocationId)) {
        return `Resource.AlreadyAssociated: Elastic IP address [${textOf(allocationId)}] is already associated`;
    }
    const vpcId = vpcOfSubnet(subnetId, inventory);
    return gatewayOf(vpcId, inventory) === undefined
        ? `Gateway.NotAttached: Network ${vpcId} has no Internet gateway attached`
        : undefined;
}

export const gateways: readonly ResourceModel[] = [internetGateway, address, natGateway];
