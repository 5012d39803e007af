/** Why instances of a new node group do not become nodes. https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html */
import type { InventoryView, RefuseContext } from "../../model";
import { isMap, textOf, valuesAt, type PropertyMap, type PropertyValue } from "../../values";
import { associationType, byId, routeType, textsIn, vpcOfSubnet, endpointType } from "../ec2/shared";
import { keyServesVolumes } from "../kms";
import { addonType, clusterOf, hasPolicy, launchTemplateType, rowsOf } from "./shared";

const notJoined = "i-0123456789abcdef0: NodeCreationFailure: Instances failed to join the kubernetes cluster";
const unhealthy = "i-0123456789abcdef0: NodeCreationFailure: Unhealthy nodes in the kubernetes cluster";
const keyRefused =
    "AsgInstanceLaunchFailures: Could not launch On-Demand Instances. Client.InvalidKMSKey.InvalidState - The KMS key provided is in an incorrect state. Launching EC2 instance failed.";

/** The failure that EKS would tell; absent when the nodes become ready. */
export function nodeFailure(inputs: PropertyMap, { inventory }: RefuseContext): string | undefined {
    const { nodeRoleArn } = inputs;
    // https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
    const joins =
        hasPolicy(nodeRoleArn, "AmazonEKSWorkerNodePolicy", inventory) &&
        registryPolicies.some((name) => hasPolicy(nodeRoleArn, name, inventory));
    if (volumesFail(inputs, inventory)) {
        return keyRefused;
    }
    if (!joins || textsIn(inputs["subnetIds"]).some((id) => !reachesOut(id, inventory))) {
        return notJoined;
    }
    return hasNetwork(inputs, inventory) ? undefined : unhealthy;
}

const registryPolicies = ["AmazonEC2ContainerRegistryPullOnly", "AmazonEC2ContainerRegistryReadOnly"];

/** Pods get addresses from the network add-on, which needs its rights: https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html */
function hasNetwork(inputs: PropertyMap, inventory: InventoryView): boolean {
    const policy = "AmazonEKS_CNI_Policy";
    const onNodes = hasPolicy(inputs["nodeRoleArn"], policy, inventory);
    const bootstrapped = clusterOf(inputs, inventory)?.inputs["bootstrapSelfManagedAddons"] !== false;
    const addons = rowsOf(addonType, inputs["clusterName"], inventory).filter(({ state }) => state === "active");
    const named = (name: string) => addons.find(({ inputs: { addonName } }) => addonName === name);
    if (bootstrapped && named("vpc-cni") === undefined) {
        return onNodes;
    }
    const network = named("vpc-cni");
    const own = [
        network?.inputs["serviceAccountRoleArn"],
        ...valuesAt(network?.inputs ?? {}, "podIdentityAssociations[*].roleArn"),
    ];
    const viaAgent = Array.isArray(network?.inputs["podIdentityAssociations"]);
    const mayAct = onNodes || own.some((arn: PropertyValue | undefined) => hasPolicy(arn, policy, inventory));
    return (
        network !== undefined &&
        mayAct &&
        (!viaAgent || named("eks-pod-identity-agent") !== undefined) &&
        (bootstrapped || named("kube-proxy") !== undefined)
    );
}

const everywhere = "0.0.0.0/0";
/** Without a route out these must be in the VPC: https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html */
const neededEndpoints = ["ec2", "ecr.api", "ecr.dkr", "sts"];

/** A subnet without a route table of its own uses the VPC's main one, which is not simulated: nobody knows what it holds. */
function reachesOut(subnetId: string, inventory: InventoryView): boolean {
    const association = inventory.find(associationType, ({ inputs }) => inputs["subnetId"] === subnetId);
    if (association === undefined) {
        return true;
    }
    const { routeTableId } = association.inputs;
    const route = inventory.find(
        routeType,
        ({ inputs }) => inputs["routeTableId"] === routeTableId && inputs["destinationCidrBlock"] === everywhere,
    );
    const vpcId = vpcOfSubnet(subnetId, inventory);
    const services = inventory
        .rows(endpointType)
        .filter(({ inputs }) => inputs["vpcId"] === vpcId && inputs["vpcEndpointType"] === "Interface")
        .map(({ inputs }) => textOf(inputs["serviceName"]));
    return (
        route !== undefined || neededEndpoints.every((name) => services.some((service) => service.endsWith(`.${name}`)))
    );
}

/** Auto Scaling launches the instances, and a key opens for it only when the key's own policy says so. */
function volumesFail(inputs: PropertyMap, inventory: InventoryView): boolean {
    const template = isMap(inputs["launchTemplate"]) ? inputs["launchTemplate"]["id"] : undefined;
    const found = byId(launchTemplateType, template, inventory);
    const keys = valuesAt(found?.inputs ?? {}, "blockDeviceMappings[*].ebs.kmsKeyId");
    return keys.map((arn) => textOf(arn)).some((arn) => isHere(arn, inventory) && !keyServesVolumes(arn, inventory));
}

/** Keys of other accounts are not simulated. */
function isHere(arn: string, inventory: InventoryView): boolean {
    return inventory.find("aws:kms/key:Key", ({ id, outputs }) => id === arn || outputs["arn"] === arn) !== undefined;
}
