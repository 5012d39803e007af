import { SecurityGroup } from "@pulumi/aws/ec2";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsSecurityGroupArgs } from "../args/groups";
import type { StorePlacement } from "../facts";
import type { AwsScope } from "../scope";
import { successorFirst } from "../../successor-first";

/** Who may connect to a store. */
export interface StoreSecurityGroup {
    readonly id: pulumi.Output<string>;
    /** Without it nobody reaches the store. */
    readonly ingress: pulumi.Resource;
}

/** A group that lets the clients in by one port, and nothing out: stores only answer. */
export function createStoreSecurityGroup(
    scope: AwsScope,
    store: "cache" | "database",
    port: number,
    { vpcId, clientSecurityGroupId }: StorePlacement,
    { name: groupName, description = `Who reaches the ${store} of Weights & Biases` }: AwsSecurityGroupArgs = {},
): StoreSecurityGroup {
    const { name, parent, tags } = scope;
    const group = new SecurityGroup(
        `${name}-${store}-security-group`,
        { name: groupName, description, vpcId, tags },
        {
            parent,
            // The cache is never retained, and a group that is left would hold the network.
            retainOnDelete: (store === "database" && scope.retainData) || undefined,
            ...successorFirst(groupName),
        },
    );
    const ingress = new SecurityGroupIngressRule(
        `${name}-${store}-ingress`,
        {
            description: "Nodes and pods",
            securityGroupId: group.id,
            // The cluster is 10 minutes away: only this rule waits for it, the store does not.
            referencedSecurityGroupId: clientSecurityGroupId,
            ipProtocol: "tcp",
            fromPort: port,
            toPort: port,
            tags,
        },
        { parent },
    );
    return { id: group.id, ingress };
}
