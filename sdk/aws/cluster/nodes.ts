import { LaunchTemplate } from "@pulumi/aws/ec2";
import { NodeGroup } from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import type { Size } from "../../args/application";
import { AwsSizes } from "../../sizes";
import type { AwsNodesArgs } from "../args/cluster";
import type { RoleFacts, SubnetFacts } from "../facts";
import { createRole, type IamSettings, serviceTrust } from "../iam/iam";
import type { AwsScope } from "../scope";
import { successorFirst } from "../../successor-first";
import { nodeUserData } from "./node-user-data";

export interface NodesInput {
    readonly nodes: AwsNodesArgs;
    readonly size: Size;
    readonly clusterName: pulumi.Output<string>;
    readonly version: string;
    readonly role: RoleFacts;
    readonly subnets: readonly SubnetFacts[];
    readonly keyArn: pulumi.Output<string>;
    /** Without these, nodes do not become ready: the network add-ons, and the way to the outside. */
    readonly dependsOn: readonly pulumi.Resource[];
}

/**
 * The role of the nodes: joining the cluster and pulling images. It has no rights of W&B, nor those of the network add-on, which has a
 * role of its own.
 */
export function createNodeRole(scope: AwsScope, iam: IamSettings, roleName: AwsNodesArgs["roleName"]): RoleFacts {
    return createRole(scope, iam, {
        role: "node-role",
        roleName,
        description: "Nodes of Weights & Biases",
        trust: serviceTrust("ec2.amazonaws.com"),
        managedPolicies: ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"],
    });
}

/** One managed node group per subnet, so that each zone keeps nodes for its volumes. */
export function createNodes(scope: AwsScope, input: NodesInput): NodeGroup[] {
    const template = createTemplate(scope, input);
    return input.subnets.map((subnet, index) =>
        createGroup(scope, input, template, subnet, input.nodes.groupNames?.[index]),
    );
}

function createGroup(
    { name, parent, tags }: AwsScope,
    input: NodesInput,
    template: LaunchTemplate,
    subnet: SubnetFacts,
    nodeGroupName: pulumi.Input<string> | undefined,
): NodeGroup {
    const { nodes, role } = input;
    const size = AwsSizes[input.size];
    const minSize = nodes.minPerZone ?? size.minNodesPerZone;
    return new NodeGroup(
        // By the zone's letter: an index would move all groups when a subnet is added in front.
        `${name}-nodes-${subnet.letter}`,
        {
            clusterName: input.clusterName,
            nodeGroupName,
            nodeRoleArn: role.arn,
            subnetIds: [subnet.id],
            version: input.version,
            releaseVersion: nodes.releaseVersion,
            amiType: "AL2023_x86_64_STANDARD",
            capacityType: nodes.spot ? "SPOT" : "ON_DEMAND",
            instanceTypes: nodes.instanceTypes ?? [size.nodeInstanceType],
            scalingConfig: { minSize, maxSize: nodes.maxPerZone ?? size.maxNodesPerZone, desiredSize: minSize },
            launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
            updateConfig: { maxUnavailablePercentage: nodes.maxUnavailablePercentage ?? 33 },
            // An update that pods' disruption budgets hold up fails, and evicts nobody by force.
            forceUpdateVersion: false,
            labels: nodes.labels,
            taints: nodes.taints,
            tags,
        },
        {
            parent,
            // Without the role's policies the instances cannot join: NodeCreationFailure.
            dependsOn: [...role.ready, ...input.dependsOn],
            // The cluster autoscaler's: https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
            ignoreChanges: ["scalingConfig.desiredSize"],
            ...successorFirst(nodeGroupName),
        },
    );
}

/** What a managed node group cannot say by itself: encryption, metadata, tags of instances. */
function createTemplate({ name, parent, tags }: AwsScope, input: NodesInput): LaunchTemplate {
    const { nodes, size, clusterName, keyArn } = input;
    const launched = { Name: pulumi.interpolate`${clusterName}-node`, ...tags };
    return new LaunchTemplate(
        `${name}-nodes-template`,
        {
            name: nodes.launchTemplateName,
            description: "Nodes of Weights & Biases",
            blockDeviceMappings: [
                {
                    // The root volume of Amazon Linux 2023.
                    deviceName: "/dev/xvda",
                    ebs: {
                        volumeType: "gp3",
                        volumeSize: nodes.diskSizeGb ?? AwsSizes[size].nodeDiskSizeGb,
                        encrypted: "true",
                        kmsKeyId: keyArn,
                        deleteOnTermination: "true",
                    },
                },
            ],
            // One hop: pods, which are a hop further away, do not get the credentials of the node's role.
            metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
            // Tags of a node group do not reach what it launches.
            tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
                resourceType,
                tags: launched,
            })),
            userData: nodeUserData(nodes.systemReserved),
            updateDefaultVersion: true,
            tags,
        },
        { parent, ...successorFirst(nodes.launchTemplateName) },
    );
}
