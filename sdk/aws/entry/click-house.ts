import { SecurityGroup, VpcEndpoint } from "@pulumi/aws/ec2";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import type { AwsClickHouseArgs } from "../args/extras";
import type { NetworkFacts } from "../facts";
import { keyOwner, policy, type PolicyDocument, ThisKey } from "../iam/policies";
import { createKey } from "../keys/key";
import { onePerZone } from "../network/zone-subnets";
import type { AwsScope } from "../scope";
import { successorFirst } from "../../successor-first";

export interface ClickHouseArgs {
    readonly args: AwsClickHouseArgs;
    readonly network: Pick<NetworkFacts, "vpcId" | "cidr" | "clientRanges" | "privateSubnets">;
}

export interface ClickHouseOutputs {
    /** Id of the endpoint, which ClickHouse Cloud must be told. */
    readonly endpointId?: pulumi.Output<string>;
    readonly keyArn?: pulumi.Output<string>;
    /** What must be there before W&B connects. */
    readonly ready: readonly pulumi.Resource[];
}

/** Connects ClickHouse Cloud: by an endpoint in the network, and by a key with which it encrypts; each on request. */
export function connectClickHouse(scope: AwsScope, args: ClickHouseArgs): ClickHouseOutputs {
    const { endpointServiceName, key } = args.args;
    if (endpointServiceName === undefined && key !== true) {
        return { ready: [] };
    }
    const { endpointId, keyArn, ready } = new ClickHouse(scope, args);
    return { endpointId, keyArn, ready };
}

/** HTTPS and the native protocol with TLS: https://clickhouse.com/docs/manage/security/aws-privatelink */
const Ports = [443, 8443, 9440];

class ClickHouse extends pulumi.ComponentResource {
    readonly endpointId?: pulumi.Output<string>;
    readonly keyArn?: pulumi.Output<string>;
    readonly ready: readonly pulumi.Resource[] = [];

    constructor(scope: AwsScope, { args, network }: ClickHouseArgs) {
        const name = `${scope.name}-click-house`;
        super("wandb:aws:ClickHouse", name, {}, { parent: scope.parent });
        const inner = { ...scope, name, parent: this };
        const { endpointServiceName, key, keyPrincipalArn, keyAlias } = args;
        if (endpointServiceName !== undefined) {
            const { endpoint, rules } = createEndpoint(inner, endpointServiceName, network, args.securityGroup);
            this.endpointId = endpoint.id;
            this.ready = [endpoint, ...rules];
        }
        if (key === true && keyPrincipalArn !== undefined) {
            this.keyArn = createClickHouseKey(inner, keyPrincipalArn, keyAlias);
        }
        this.registerOutputs({ endpointId: this.endpointId, keyArn: this.keyArn });
    }
}

/** With a security group of its own: in the VPC's default one nothing could reach it. Gives the endpoint and its rules. */
function createEndpoint(
    { name, parent, tags }: AwsScope,
    serviceName: pulumi.Input<string>,
    { vpcId, cidr, clientRanges, privateSubnets }: ClickHouseArgs["network"],
    { name: groupName, description = "ClickHouse Cloud by PrivateLink" }: AwsClickHouseArgs["securityGroup"] = {},
): { readonly endpoint: VpcEndpoint; readonly rules: readonly pulumi.Resource[] } {
    const securityGroup = new SecurityGroup(
        `${name}-security-group`,
        { name: groupName, description, vpcId, tags },
        { parent, ...successorFirst(groupName) },
    );
    // Nodes may lie in another range of an own VPC than its first.
    const rules = Object.entries({ vpc: cidr, ...clientRanges }).flatMap(([word, cidrIpv4]) =>
        Ports.map(
            (port) =>
                new SecurityGroupIngressRule(
                    `${name}-port-${port}-from-${word}`,
                    {
                        securityGroupId: securityGroup.id,
                        ipProtocol: "tcp",
                        fromPort: port,
                        toPort: port,
                        cidrIpv4,
                        tags,
                    },
                    { parent },
                ),
        ),
    );
    const endpoint = new VpcEndpoint(
        `${name}-endpoint`,
        {
            vpcId,
            serviceName,
            vpcEndpointType: "Interface",
            subnetIds: onePerZone(privateSubnets),
            securityGroupIds: [securityGroup.id],
            // So that the host name that ClickHouse Cloud gives leads to it.
            privateDnsEnabled: true,
            tags,
        },
        { parent },
    );
    return { endpoint, rules };
}

/** What ClickHouse Cloud asks for: https://clickhouse.com/docs/cloud/security/cmek */
const KeyActions: readonly string[] = [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyPair",
    "kms:GetKeyRotationStatus",
    "kms:GetPublicKey",
];

function createClickHouseKey(
    scope: AwsScope,
    principalArn: pulumi.Input<string>,
    alias: pulumi.Input<string> | undefined,
): pulumi.Output<string> {
    const { partition, accountId } = scope;
    return createKey(scope, {
        description: "Encrypts what Weights & Biases stores in ClickHouse Cloud",
        alias,
        policy: pulumi
            .all([pulumi.interpolate`arn:${partition}:iam::${accountId}:root`, principalArn])
            .apply(([account, user]) => JSON.stringify(clickHouseKeyPolicy(account, user))),
    });
}

/** Policy of the key. */
export function clickHouseKeyPolicy(account: string, user: string): PolicyDocument {
    return policy(keyOwner(account), {
        Sid: "ClickHouse",
        Effect: "Allow",
        Principal: { AWS: [user] },
        Action: KeyActions,
        Resource: ThisKey,
    });
}
