/** VPCs, their default security groups, and subnets, as of @pulumi/aws 7.47. */
import { createHash } from "node:crypto";
import type { InventoryView, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "../account";
import { isWithin, overlap, prefixOf, wrongCidr } from "../../cidr";
import {
    associationType,
    byId,
    defaultSecurityGroupType,
    ec2Arn,
    ec2Id,
    inVpc,
    shortWait,
    subnetType,
    vpcType,
} from "./shared";
import { zonesIn } from "./zones";

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const mostSubnets = 200;

/** The same for VPCs and subnets: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const largestPrefix = 16;
const smallestPrefix = 28;

/** An id that belongs to the VPC for as long as it lives, as those of its default parts do. */
function partOf(vpcId: string, prefix: string): string {
    return `${prefix}-${createHash("sha256").update(vpcId).update(prefix).digest("hex").slice(0, 17)}`;
}

const vpc: ResourceModel = {
    token: vpcType,
    inputs: {
        cidrBlock: { type: "string", required: true },
        enableDnsHostnames: { type: "boolean", default: false },
        enableDnsSupport: { type: "boolean", default: true },
        enableNetworkAddressUsageMetrics: { type: "boolean", default: false },
        instanceTenancy: { type: "string", values: ["default", "dedicated"], default: "default" },
        region,
        tags,
    },
    outputs: {
        arn: { type: "string" },
        defaultNetworkAclId: { type: "string" },
        defaultRouteTableId: { type: "string" },
        defaultSecurityGroupId: { type: "string" },
        dhcpOptionsId: { type: "string" },
        mainRouteTableId: { type: "string" },
        ownerId: { type: "string" },
        tagsAll,
    },
    replaceOn: ["cidrBlock", "instanceTenancy", "region"],
    volatile: ["tagsAll"],
    durationKey: "vpc",
    // The provider looks at both before it asks AWS.
    validate: ({ cidrBlock }) => {
        const wrong = wrongCidr("cidrBlock", cidrBlock);
        const prefix = prefixOf(cidrBlock);
        return wrong.length > 0 || (prefix >= largestPrefix && prefix <= smallestPrefix) || cidrBlock === undefined
            ? wrong
            : [
                  {
                      property: "cidrBlock",
                      reason: `expected cidr_block to contain a network Value with between ${largestPrefix} and ${smallestPrefix} significant bits, got: ${prefix}`,
                  },
              ];
    },
    refuse: (inputs, { config }) => refusedTags(inputs, config),
    id: () => ec2Id("vpc"),
    computed: (inputs, { id, config }) => ({
        arn: ec2Arn("vpc", id, inputs, config),
        defaultNetworkAclId: partOf(id, "acl"),
        defaultRouteTableId: partOf(id, "rtb"),
        defaultSecurityGroupId: partOf(id, "sg"),
        dhcpOptionsId: partOf(accountOf(config).accountId, "dopt"),
        mainRouteTableId: partOf(id, "rtb"),
        ownerId: accountOf(config).accountId,
        tagsAll: allTags(inputs, config),
    }),
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html
    takesAlong: (row, inventory) =>
        inventory.rows(defaultSecurityGroupType).filter(({ inputs }) => inputs["vpcId"] === row.id),
};

/**
 * It is there with the VPC, and stays until the VPC goes. The provider looks it up, empties it and sets it, whatever it held
 * (internal/service/ec2/vpc_default_security_group.go): https://www.pulumi.com/registry/packages/aws/api-docs/ec2/defaultsecuritygroup/
 */
const defaultSecurityGroup: ResourceModel = {
    token: defaultSecurityGroupType,
    inputs: {
        vpcId: { type: "string", required: true },
        egress: { type: "array", items: { type: "any" } },
        ingress: { type: "array", items: { type: "any" } },
        revokeRulesOnDelete: { type: "boolean" },
        region,
        tags,
    },
    outputs: {
        arn: { type: "string" },
        description: { type: "string" },
        name: { type: "string" },
        ownerId: { type: "string" },
        tagsAll,
    },
    references: [{ path: inVpc.path, types: inVpc.types, message: inVpc.message }],
    replaceOn: ["vpcId", "region"],
    volatile: ["tagsAll"],
    durationKey: shortWait,
    adopts: true,
    refuse: (inputs, { config }) => refusedTags(inputs, config),
    id: ({ vpcId }) => partOf(textOf(vpcId), "sg"),
    computed: (inputs, { id, config }) => ({
        arn: ec2Arn("security-group", id, inputs, config),
        description: "default VPC security group",
        name: "default",
        ownerId: accountOf(config).accountId,
        tagsAll: allTags(inputs, config),
    }),
};

const subnet: ResourceModel = {
    token: subnetType,
    inputs: {
        vpcId: { type: "string", required: true },
        availabilityZone: { type: "string" },
        availabilityZoneId: { type: "string" },
        cidrBlock: { type: "string", required: true },
        enableResourceNameDnsARecordOnLaunch: { type: "boolean", default: false },
        mapPublicIpOnLaunch: { type: "boolean", default: false },
        privateDnsHostnameTypeOnLaunch: { type: "string", values: ["ip-name", "resource-name"] },
        region,
        tags,
    },
    outputs: { arn: { type: "string" }, ownerId: { type: "string" }, tagsAll },
    references: [inVpc],
    replaceOn: ["vpcId", "availabilityZone", "availabilityZoneId", "cidrBlock", "region"],
    volatile: ["tagsAll"],
    durationKey: shortWait,
    validate: ({ cidrBlock, availabilityZone, availabilityZoneId }) => [
        ...wrongCidr("cidrBlock", cidrBlock),
        ...(availabilityZone !== undefined && availabilityZoneId !== undefined
            ? [{ property: "availabilityZone", reason: "conflicts with availability_zone_id. Give one of them." }]
            : []),
    ],
    refuse: (inputs, context) =>
        (context.previous === undefined ? refusedSubnet(inputs, context) : undefined) ??
        refusedTags(inputs, context.config),
    id: () => ec2Id("subnet"),
    computed: (inputs, { id, config }) => {
        const { availabilityZone, availabilityZoneId } = inputs;
        const zones = zonesIn(regionOf(inputs, config));
        // AWS chooses one when none is named.
        const zone = zones.find(({ name, id }) => name === availabilityZone || id === availabilityZoneId) ?? zones[0];
        return {
            arn: ec2Arn("subnet", id, inputs, config),
            availabilityZone: zone.name,
            availabilityZoneId: zone.id,
            ownerId: accountOf(config).accountId,
            tagsAll: allTags(inputs, config),
        };
    },
    takesAlong: (row, inventory) =>
        inventory.rows(associationType).filter(({ inputs }) => inputs["subnetId"] === row.id),
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html, with the errors' words as AWS writes them */
function refusedSubnet(inputs: PropertyMap, { config, inventory }: RefuseContext): string | undefined {
    const { vpcId, cidrBlock, availabilityZone, availabilityZoneId } = inputs;
    const cidr = textOf(cidrBlock);
    const prefix = prefixOf(cidrBlock);
    const zones = zonesIn(regionOf(inputs, config));
    if (availabilityZone !== undefined && !zones.some(({ name }) => name === availabilityZone)) {
        return `InvalidParameterValue: Value (${textOf(availabilityZone)}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${zones.map(({ name }) => name).join(", ")}.`;
    }
    if (availabilityZoneId !== undefined && !zones.some(({ id }) => id === availabilityZoneId)) {
        return `InvalidParameterValue: Value (${textOf(availabilityZoneId)}) for parameter availabilityZoneId is invalid. Subnets can currently only be created in the following availability zones: ${zones.map(({ id }) => id).join(", ")}.`;
    }
    if (
        prefix < largestPrefix ||
        prefix > smallestPrefix ||
        !isWithin(cidrBlock, byId(vpcType, vpcId, inventory)?.inputs["cidrBlock"])
    ) {
        return `InvalidSubnet.Range: The CIDR '${cidr}' is invalid.`;
    }
    const others = subnetsOf(textOf(vpcId), inventory);
    if (others.some((other) => overlap(cidrBlock, other.inputs["cidrBlock"]))) {
        return `InvalidSubnet.Conflict: The CIDR '${cidr}' conflicts with another subnet`;
    }
    return others.length >= mostSubnets
        ? "SubnetLimitExceeded: The maximum number of subnets has been reached."
        : undefined;
}

function subnetsOf(vpcId: string, inventory: InventoryView) {
    return inventory.rows(subnetType).filter(({ inputs }) => inputs["vpcId"] === vpcId);
}

export const vpcs: readonly ResourceModel[] = [vpc, defaultSecurityGroup, subnet];
