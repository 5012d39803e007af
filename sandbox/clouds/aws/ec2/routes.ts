/** Route tables, routes and associations, as of @pulumi/aws 7.47. */
import { createHash } from "node:crypto";
import type { Reference, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { accountOf, allTags, refusedTags, region, tags, tagsAll } from "../account";
import { wrongCidr } from "../../cidr";
import {
    associationType,
    byId,
    ec2Arn,
    ec2Id,
    internetGatewayType,
    inVpc,
    natGatewayType,
    routeTableType,
    routeType,
    shortWait,
    subnetType,
    vpcOfSubnet,
    vpcType,
} from "./shared";

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const mostTables = 200;
const mostRoutes = 500;

const routeTable: ResourceModel = {
    token: routeTableType,
    inputs: { vpcId: { type: "string", required: true }, region, tags },
    outputs: { arn: { type: "string" }, ownerId: { type: "string" }, tagsAll },
    references: [inVpc],
    replaceOn: ["vpcId", "region"],
    volatile: ["tagsAll"],
    durationKey: shortWait,
    refuse: (inputs, { config, inventory, previous }) => {
        const others = inventory.rows(routeTableType).filter((other) => other.inputs["vpcId"] === inputs["vpcId"]);
        return previous === undefined && others.length >= mostTables
            ? "RouteTableLimitExceeded: The maximum number of route tables has been reached."
            : refusedTags(inputs, config);
    },
    id: () => ec2Id("rtb"),
    computed: (inputs, { id, config }) => ({
        arn: ec2Arn("route-table", id, inputs, config),
        ownerId: accountOf(config).accountId,
        tagsAll: allTags(inputs, config),
    }),
    takesAlong: (row, inventory) => inventory.rows(routeType).filter(({ inputs }) => inputs["routeTableId"] === row.id),
};

/** The table of a route or an association; a VPC's main table is there without a row. */
function inTable(holds?: Reference["holds"]): Reference {
    return {
        path: "routeTableId",
        types: [routeTableType],
        message: (id) => `InvalidRouteTableID.NotFound: The routeTable ID '${id}' does not exist`,
        holds,
    };
}

const route: ResourceModel = {
    token: routeType,
    inputs: {
        destinationCidrBlock: { type: "string" },
        gatewayId: { type: "string" },
        natGatewayId: { type: "string" },
        routeTableId: { type: "string", required: true },
        region,
    },
    outputs: { origin: { type: "string" }, state: { type: "string" } },
    references: [
        inTable(),
        {
            path: "gatewayId",
            types: [internetGatewayType],
            message: (id) => `InvalidGatewayID.NotFound: The gateway ID '${id}' does not exist`,
        },
        {
            path: "natGatewayId",
            types: [natGatewayType],
            message: (id) => `InvalidNatGatewayID.NotFound: The natGateway ID '${id}' does not exist`,
        },
    ],
    replaceOn: ["destinationCidrBlock", "routeTableId", "region"],
    durationKey: shortWait,
    validate: ({ destinationCidrBlock }) => wrongCidr("destinationCidrBlock", destinationCidrBlock),
    refuse: refusedRoute,
    id: ({ routeTableId, destinationCidrBlock }) =>
        `r-${textOf(routeTableId)}${parseInt(createHash("sha256").update(textOf(destinationCidrBlock)).digest("hex").slice(0, 8), 16)}`,
    computed: () => ({ origin: "CreateRoute", state: "active" }),
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html */
function refusedRoute(inputs: PropertyMap, { inventory, previous }: RefuseContext): string | undefined {
    const { routeTableId, destinationCidrBlock, gatewayId, natGatewayId } = inputs;
    if (destinationCidrBlock === undefined || (gatewayId === undefined) === (natGatewayId === undefined)) {
        return "InvalidParameterCombination: exactly one destination and exactly one target must be given";
    }
    const vpcId = byId(routeTableType, routeTableId, inventory)?.inputs["vpcId"];
    const gateway = byId(internetGatewayType, gatewayId, inventory);
    const nat = byId(natGatewayType, natGatewayId, inventory);
    if (gateway !== undefined && gateway.inputs["vpcId"] !== vpcId) {
        return `InvalidParameterValue: route table ${textOf(routeTableId)} and network gateway ${gateway.id} belong to different networks`;
    }
    if (nat !== undefined && vpcOfSubnet(nat.inputs["subnetId"], inventory) !== vpcId) {
        return `InvalidParameterValue: route table ${textOf(routeTableId)} and NAT gateway ${nat.id} belong to different networks`;
    }
    if (previous !== undefined) {
        return undefined;
    }
    const others = inventory.rows(routeType).filter((other) => other.inputs["routeTableId"] === routeTableId);
    const isLocal = byId(vpcType, vpcId, inventory)?.inputs["cidrBlock"] === destinationCidrBlock;
    if (isLocal || others.some((other) => other.inputs["destinationCidrBlock"] === destinationCidrBlock)) {
        return `RouteAlreadyExists: The route identified by ${textOf(destinationCidrBlock)} already exists.`;
    }
    return others.length >= mostRoutes
        ? "RouteLimitExceeded: The maximum number of routes has been reached."
        : undefined;
}

const association: ResourceModel = {
    token: associationType,
    inputs: {
        routeTableId: { type: "string", required: true },
        subnetId: { type: "string", required: true },
        region,
    },
    references: [
        {
            path: "subnetId",
            types: [subnetType],
            message: (id) => `InvalidSubnetID.NotFound: The subnet ID '${id}' does not exist`,
        },
        // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRouteTable.html
        inTable(({ id }) => `DependencyViolation: The routeTable '${id}' has dependencies and cannot be deleted.`),
    ],
    replaceOn: ["subnetId", "region"],
    durationKey: shortWait,
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateRouteTable.html
    refuse: ({ routeTableId, subnetId }, { inventory, previous }) => {
        const table = byId(routeTableType, routeTableId, inventory);
        if (table?.inputs["vpcId"] !== vpcOfSubnet(subnetId, inventory)) {
            return `InvalidParameterValue: Route table ${textOf(routeTableId)} and subnet ${textOf(subnetId)} belong to different networks`;
        }
        const existing = inventory.find(associationType, ({ inputs }) => inputs["subnetId"] === subnetId);
        return previous === undefined && existing !== undefined
            ? `Resource.AlreadyAssociated: the specified association for route table ${textOf(routeTableId)} conflicts with an existing association`
            : undefined;
    },
    id: () => ec2Id("rtbassoc"),
};

export const routes: readonly ResourceModel[] = [routeTable, route, association];
