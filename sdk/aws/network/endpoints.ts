import { SecurityGroup, VpcEndpoint } from "@pulumi/aws/ec2";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import type { AwsSecurityGroupArgs } from "../args/groups";
import { endpointWord, ServicePrefix } from "../args/network-defaults";
import type { AwsScope } from "../scope";
import { successorFirst } from "../../successor-first";
import { named } from "./names";

/** The way to S3 that costs nothing and passes no NAT gateway. */
export function createS3Endpoint(
    scope: AwsScope,
    vpcId: pulumi.Input<string>,
    routeTableIds: readonly pulumi.Input<string>[],
): VpcEndpoint {
    const { name, tags } = named(scope, "s3-endpoint");
    return new VpcEndpoint(
        name,
        {
            vpcId,
            serviceName: serviceName(scope, "s3"),
            vpcEndpointType: "Gateway",
            routeTableIds: [...routeTableIds],
            tags,
        },
        { parent: scope.parent },
    );
}

export interface InterfaceEndpointsArgs {
    /** Services by the last part of their names, or by whole names. */
    readonly services: readonly string[];
    readonly securityGroup: AwsSecurityGroupArgs | undefined;
    readonly vpcId: pulumi.Input<string>;
    /** At most one per zone. */
    readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** IPv4 ranges of whoever may connect, by the last word of the rule's logical name. */
    readonly clientRanges: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Interface endpoints in a security group of their own, and its rules: without these an endpoint answers nobody. */
export function createInterfaceEndpoints(scope: AwsScope, args: InterfaceEndpointsArgs): pulumi.Resource[] {
    const { services, vpcId, subnetIds, clientRanges } = args;
    if (services.length === 0) {
        return [];
    }
    const { parent } = scope;
    const group = named(scope, "endpoints-security-group");
    const { name: groupName, description = "Interface endpoints of services of AWS" } = args.securityGroup ?? {};
    const securityGroup = new SecurityGroup(
        group.name,
        { name: groupName, description, vpcId, tags: group.tags },
        { parent, ...successorFirst(groupName) },
    );
    const rules = Object.entries(clientRanges).map(([word, cidrIpv4]) => {
        const { name, tags } = named(scope, `endpoints-from-${word}`);
        return new SecurityGroupIngressRule(
            name,
            { securityGroupId: securityGroup.id, cidrIpv4, ipProtocol: "tcp", fromPort: 443, toPort: 443, tags },
            { parent },
        );
    });
    const endpoints = services.map((service) => {
        const word = endpointWord(service);
        const { name, tags } = named(scope, `${word}-endpoint`);
        return new VpcEndpoint(
            name,
            {
                vpcId,
                serviceName: serviceName(scope, service),
                vpcEndpointType: "Interface",
                privateDnsEnabled: true,
                subnetIds,
                securityGroupIds: [securityGroup.id],
                tags,
            },
            { parent },
        );
    });
    return [...rules, ...endpoints];
}

function serviceName({ region }: AwsScope, service: string): pulumi.Input<string> {
    return ServicePrefix.test(service) ? service : pulumi.interpolate`com.amazonaws.${region}.${service}`;
}
