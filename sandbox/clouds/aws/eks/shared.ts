/** What the rows of Amazon EKS share: types, versions, and what they ask of roles. */
import type { Row } from "../../inventory";
import type { InventoryView, Problem, Reference } from "../../model";
import { textOf, type PropertyMap, type PropertyValue } from "../../values";
import { textsIn } from "../ec2/shared";

export const clusterType = "aws:eks/cluster:Cluster";
export const nodeGroupType = "aws:eks/nodeGroup:NodeGroup";
export const addonType = "aws:eks/addon:Addon";
export const accessEntryType = "aws:eks/accessEntry:AccessEntry";
export const accessPolicyType = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
export const podIdentityType = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
export const launchTemplateType = "aws:ec2/launchTemplate:LaunchTemplate";
export const roleType = "aws:iam/role:Role";
const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

export const shortWait = "security group, role, policy, bucket, subnet, route";

/** In standard or extended support: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
export const kubernetesVersions: readonly string[] = ["1.31", "1.32", "1.33", "1.34", "1.35", "1.36"];

/** What a cluster runs when nobody says a version. */
export const newestVersion = "1.36";

export function minorOf(version: PropertyValue | undefined): number {
    return Number(textOf(version).split(".")[1]);
}

export const invalid = (reason: string) => `InvalidParameterException: ${reason}`;

/** Whatever belongs to a cluster names it. */
export const ofCluster: Reference = {
    path: "clusterName",
    types: [clusterType],
    message: (name) => `ResourceNotFoundException: No cluster found for name: ${name}.`,
};

/** A role by its ARN; the provider repeats a request for a while when a new one is not known everywhere. */
export function role(path: string): Reference {
    return {
        path,
        types: [roleType],
        by: "arn",
        message: (arn) => invalid(`Role with arn: ${arn} does not exist`),
    };
}

export function clusterOf(inputs: PropertyMap, inventory: InventoryView): Row | undefined {
    return inventory.find(clusterType, ({ id }) => id === inputs["clusterName"]);
}

/** All rows of a type that belong to a cluster. */
export function rowsOf(type: string, clusterName: PropertyValue | undefined, inventory: InventoryView): Row[] {
    return inventory.rows(type).filter(({ inputs }) => inputs["clusterName"] === clusterName);
}

function roleByArn(arn: PropertyValue | undefined, inventory: InventoryView): Row | undefined {
    return inventory.find(roleType, ({ outputs }) => outputs["arn"] === arn);
}

/** Whether one of AWS's own policies of that name is attached to the role. */
export function hasPolicy(roleArn: PropertyValue | undefined, name: string, inventory: InventoryView): boolean {
    const found = roleByArn(roleArn, inventory);
    const names = [found?.id, textOf(found?.inputs["name"])];
    const managed = textsIn(found?.inputs["managedPolicyArns"]);
    const attached = inventory
        .rows(attachmentType)
        .filter(({ inputs }) => names.includes(textOf(inputs["role"])))
        .map(({ inputs }) => textOf(inputs["policyArn"]));
    return [...managed, ...attached].some((arn) => arn.split("/").at(-1) === name);
}

/** Whether a service may act as the role. */
export function trusts(roleArn: PropertyValue | undefined, service: string, inventory: InventoryView): boolean {
    const text = textOf(roleByArn(roleArn, inventory)?.inputs["assumeRolePolicy"]);
    try {
        const document = JSON.parse(text) as { Statement?: { Effect?: string; Principal?: { Service?: unknown } }[] };
        return (document.Statement ?? []).some(
            ({ Effect, Principal }) => Effect === "Allow" && [Principal?.Service].flat().includes(service),
        );
    } catch {
        return false;
    }
}

/** A text whose form the cloud checks. */
export function malformed(inputs: PropertyMap, property: string, pattern: RegExp, rule: string): Problem[] {
    const value = inputs[property];
    return typeof value === "string" && !pattern.test(value)
        ? [{ property, reason: `${rule} (value given: ${value}). Correct it.` }]
        : [];
}
