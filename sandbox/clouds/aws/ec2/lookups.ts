/** What programs ask about VPCs and subnets that are there. */
import type { Row } from "../../inventory";
import type { InvokeModel } from "../../model";
import { textOf } from "../../values";
import { byId, subnetType, tagsIn, vpcType } from "./shared";
import { usableAddresses } from "../../cidr";

const string = { type: "string" } as const;
const boolean = { type: "boolean" } as const;

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/getvpc/ */
const getVpc: InvokeModel = {
    token: "aws:ec2/getVpc:getVpc",
    inputs: { id: { type: "string", required: true }, region: string },
    outputs: {
        arn: string,
        cidrBlock: string,
        default: boolean,
        enableDnsHostnames: boolean,
        enableDnsSupport: boolean,
        id: string,
        instanceTenancy: string,
        mainRouteTableId: string,
        ownerId: string,
        state: string,
        tags: { type: "map" },
    },
    answer: ({ id }, { inventory }) => {
        const { outputs } = found(byId(vpcType, id, inventory), `no matching EC2 VPC found (${textOf(id)})`);
        return {
            ...tell(outputs, ["arn", "cidrBlock", "instanceTenancy", "mainRouteTableId", "ownerId"]),
            default: false,
            enableDnsHostnames: outputs["enableDnsHostnames"] === true,
            enableDnsSupport: outputs["enableDnsSupport"] !== false,
            id,
            state: "available",
            tags: tagsIn(outputs["tagsAll"]),
        };
    },
};

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/getsubnet/ */
const getSubnet: InvokeModel = {
    token: "aws:ec2/getSubnet:getSubnet",
    inputs: { id: { type: "string", required: true }, region: string },
    outputs: {
        arn: string,
        availabilityZone: string,
        availabilityZoneId: string,
        availableIpAddressCount: { type: "integer" },
        cidrBlock: string,
        id: string,
        mapPublicIpOnLaunch: boolean,
        ownerId: string,
        state: string,
        tags: { type: "map" },
        vpcId: string,
    },
    answer: ({ id }, { inventory }) => {
        const { outputs } = found(byId(subnetType, id, inventory), `no matching EC2 Subnet found (${textOf(id)})`);
        return {
            ...tell(outputs, ["arn", "availabilityZone", "availabilityZoneId", "cidrBlock", "ownerId", "vpcId"]),
            availableIpAddressCount: usableAddresses(outputs["cidrBlock"]),
            id,
            mapPublicIpOnLaunch: outputs["mapPublicIpOnLaunch"] === true,
            state: "available",
            tags: tagsIn(outputs["tagsAll"]),
        };
    },
};

function found(row: Row | undefined, message: string): Row {
    if (row === undefined) {
        throw new Error(message);
    }
    return row;
}

function tell(outputs: Row["outputs"], names: readonly string[]): Record<string, string> {
    return Object.fromEntries(names.map((name) => [name, textOf(outputs[name])]));
}

export const lookups: readonly InvokeModel[] = [getVpc, getSubnet];
