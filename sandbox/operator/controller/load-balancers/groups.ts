/** Security groups of load balancers, and what the controller knows its own things by. */
import { createHash } from "node:crypto";
import { accountOf } from "../../../clouds/aws/account";
import { ec2Id, ingressRuleType, securityGroupType } from "../../../clouds/aws/ec2/shared";
import type { InventoryChange, Row } from "../../../clouds/inventory";
import { isMap, textOf, type Json } from "../../../clouds/values";
import type { LoadBalancerModel } from "./model";
import type { ControllerSettings } from "./settings";

export const clusterTag = "elbv2.k8s.aws/cluster";
export const stackTag = "ingress.k8s.aws/stack";
export const resourceTag = "ingress.k8s.aws/resource";
const sharedTag = "elbv2.k8s.aws/resource";

type Properties = { [property: string]: Json };

export function tagOf({ inputs }: Row, name: string): string {
    const { tags } = inputs;
    return isMap(tags) ? textOf(tags[name]) : "";
}

/** Whether the controller has made the row for this stack. */
export function isOfStack(row: Row, stack: string, cluster: string): boolean {
    return tagOf(row, clusterTag) === cluster && tagOf(row, stackTag) === stack;
}

function isShared(row: Row, cluster: string): boolean {
    return tagOf(row, clusterTag) === cluster && tagOf(row, sharedTag) === "backend-sg";
}

/** The groups of a load balancer; those that the Ingress does not name are made. */
export function ensureGroups(
    model: LoadBalancerModel,
    settings: ControllerSettings,
    change: InventoryChange,
): string[] {
    const { securityGroups, managesBackend } = model;
    const front = securityGroups ?? [ensureManaged(model, settings, change)];
    return managesBackend ? [...front, ensureShared(settings, change)] : [...front];
}

/** Removes the group of a stack, and with the cluster's last load balancer the shared one. */
export function removeGroups(
    stack: string,
    { cluster }: ControllerSettings,
    isLast: boolean,
    change: InventoryChange,
): void {
    const gone = change.view
        .rows(securityGroupType)
        .filter((row) => isOfStack(row, stack, cluster) || (isLast && isShared(row, cluster)));
    for (const { id } of gone) {
        removeRules(id, change);
        change.remove(securityGroupType, id);
    }
}

/** The load balancer's own group, which lets its clients in. */
function ensureManaged(model: LoadBalancerModel, settings: ControllerSettings, change: InventoryChange): string {
    const { name, stack, tags, listeners, inboundCidrs } = model;
    const existing = change.view.find(securityGroupType, (row) => isOfStack(row, stack, settings.cluster));
    const description = "[k8s] Managed SecurityGroup for LoadBalancer";
    const own = { ...tags, [resourceTag]: "ManagedLBSecurityGroup" };
    const id = existing?.id ?? add({ name, description, tags: own }, settings, change);
    removeRules(id, change);
    for (const { port } of listeners) {
        for (const cidrIpv4 of inboundCidrs) {
            const inputs = { securityGroupId: id, ipProtocol: "tcp", fromPort: port, toPort: port, cidrIpv4 };
            const ruleId = ec2Id("sgr");
            change.add({ type: ingressRuleType, id: ruleId, state: "active", inputs, outputs: { ...inputs } });
        }
    }
    return id;
}

/** The group that all load balancers of a cluster share, which the nodes let in. */
function ensureShared(settings: ControllerSettings, change: InventoryChange): string {
    const { cluster, tags } = settings;
    const existing = change.view.find(securityGroupType, (row) => isShared(row, cluster));
    const plain = cluster.replace(/[^A-Za-z0-9]/g, "").slice(0, 232);
    const hash = createHash("sha256").update(cluster).digest("hex").slice(0, 10);
    const name = `k8s-traffic-${plain}-${hash}`;
    const description = "[k8s] Shared Backend SecurityGroup for LoadBalancer";
    const own = { ...tags, [clusterTag]: cluster, [sharedTag]: "backend-sg" };
    return existing?.id ?? add({ name, description, tags: own }, settings, change);
}

function add(group: Properties, { vpcId, region }: ControllerSettings, change: InventoryChange): string {
    const { accountId, partition } = accountOf({ region });
    const id = ec2Id("sg");
    const arn = `arn:${partition}:ec2:${region}:${accountId}:security-group/${id}`;
    const inputs = { ...group, vpcId };
    const outputs = { ...inputs, arn, ownerId: accountId, tagsAll: group["tags"] };
    change.add({ type: securityGroupType, id, state: "active", inputs, outputs });
    return id;
}

function removeRules(groupId: string, change: InventoryChange): void {
    for (const { id } of change.view
        .rows(ingressRuleType)
        .filter(({ inputs }) => inputs["securityGroupId"] === groupId)) {
        change.remove(ingressRuleType, id);
    }
}
