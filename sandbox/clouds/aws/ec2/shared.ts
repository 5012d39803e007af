/** What the rows of Amazon EC2 share: ids, references that hold their targets, quotas. */
import { randomBytes } from "node:crypto";
import type { Row } from "../../inventory";
import type { InventoryView, ModelContext, Reference } from "../../model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../../values";
import { accountOf, regionOf } from "../account";

export const vpcType = "aws:ec2/vpc:Vpc";
export const defaultSecurityGroupType = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
export const subnetType = "aws:ec2/subnet:Subnet";
export const internetGatewayType = "aws:ec2/internetGateway:InternetGateway";
export const addressType = "aws:ec2/eip:Eip";
export const natGatewayType = "aws:ec2/natGateway:NatGateway";
export const routeTableType = "aws:ec2/routeTable:RouteTable";
export const routeType = "aws:ec2/route:Route";
export const associationType = "aws:ec2/routeTableAssociation:RouteTableAssociation";
export const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";
export const endpointServiceType = "aws:ec2/vpcEndpointService:VpcEndpointService";
export const securityGroupType = "aws:ec2/securityGroup:SecurityGroup";
export const ingressRuleType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const egressRuleType = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
export const flowLogType = "aws:ec2/flowLog:FlowLog";

export const shortWait = "security group, role, policy, bucket, subnet, route";

/** An id of EC2: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
export function ec2Id(prefix: string): string {
    return `${prefix}-${randomBytes(9).toString("hex").slice(0, 17)}`;
}

export function ec2Arn(kind: string, id: string, inputs: PropertyMap, config: PropertyMap): string {
    const { partition, accountId } = accountOf(config);
    return `arn:${partition}:ec2:${regionOf(inputs, config)}:${accountId}:${kind}/${id}`;
}

/** The VPC in which something lies. It cannot go before: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html */
export const inVpc: Reference = {
    path: "vpcId",
    types: [vpcType],
    message: (id) => `InvalidVpcID.NotFound: The vpc ID '${id}' does not exist`,
    holds: ({ id }) => `DependencyViolation: The vpc '${id}' has dependencies and cannot be deleted.`,
};

/**
 * A subnet in which something has a network interface: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnet.html
 *
 * @param path where the ids stand, for example `subnetIds[*]`
 */
export function interfaceIn(path: string): Reference {
    return {
        path,
        types: [subnetType],
        message: (id) => `InvalidSubnetID.NotFound: The subnet ID '${id}' does not exist`,
        holds: ({ id }) => `DependencyViolation: The subnet '${id}' has dependencies and cannot be deleted.`,
    };
}

/** A security group that a network interface carries: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html */
export function carriesGroup(path: string): Reference {
    return {
        path,
        types: [securityGroupType, defaultSecurityGroupType],
        message: (id) => `InvalidGroup.NotFound: The security group '${id}' does not exist`,
        holds: ({ id }) => dependentObject(id),
    };
}

export function dependentObject(groupId: string): string {
    return `DependencyViolation: resource ${groupId} has a dependent object`;
}

/** Rows of a type in the region and account of a request; the ARN of a row tells both. */
export function rowsHere(
    type: string,
    inputs: PropertyMap,
    { config, inventory }: Pick<ModelContext, "config" | "inventory">,
): Row[] {
    const [, , , region, accountId] = ec2Arn("", "", inputs, config).split(":");
    return inventory.rows(type).filter(({ outputs }) => {
        const arn = textOf(outputs["arn"]).split(":");
        return arn[3] === region && arn[4] === accountId;
    });
}

export function byId(type: string, id: PropertyValue | undefined, inventory: InventoryView): Row | undefined {
    return inventory.find(type, (row) => row.id === id);
}

/** The VPC of a subnet, by the subnet's id. */
export function vpcOfSubnet(subnetId: PropertyValue | undefined, inventory: InventoryView): string {
    return textOf(byId(subnetType, subnetId, inventory)?.inputs["vpcId"]);
}

export function zoneOfSubnet(subnetId: PropertyValue | undefined, inventory: InventoryView): string {
    return textOf(byId(subnetType, subnetId, inventory)?.outputs["availabilityZone"]);
}

export function textsIn(value: PropertyValue | undefined): string[] {
    return Array.isArray(value) ? value.map((item) => textOf(item)) : [];
}

export function tagsIn(value: PropertyValue | undefined): PropertyMap {
    return isMap(value) ? value : {};
}
