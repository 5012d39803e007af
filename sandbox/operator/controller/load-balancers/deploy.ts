/**
 * What the controller makes in AWS of a model, and how it takes it away again. Each change is one step of the inventory.
 *
 * Refusals are thrown in the words of the service; the controller records them as Events with the reason FailedDeployModel.
 * Target groups and the rules between load balancer and nodes are not simulated.
 */
import { randomBytes, randomInt } from "node:crypto";
import { accountOf } from "../../../clouds/aws/account";
import { blockedBalancer, listenerType, loadBalancerType } from "../../../clouds/aws/elbv2";
import { balancerZones } from "../../../clouds/aws/elbv2-zones";
import type { Inventory, InventoryChange, Row } from "../../../clouds/inventory";
import type { InventoryView } from "../../../clouds/model";
import { textOf, type Json } from "../../../clouds/values";
import { clusterTag, ensureGroups, isOfStack, removeGroups, resourceTag, tagOf } from "./groups";
import { isIssued, refusedName, type ListenerModel, type LoadBalancerModel } from "./model";
import type { ControllerSettings } from "./settings";

type Properties = { [property: string]: Json };

/** The address of the load balancer. @throws the service's refusal */
export async function deploy(
    model: LoadBalancerModel,
    settings: ControllerSettings,
    inventory: Inventory,
): Promise<{ hostname: string; isNew: boolean }> {
    // As the real one: the old one goes before there is a new one, and when a listener is refused, the load balancer is there already.
    await inventory.change((change) => removeOtherScheme(model, settings, change));
    const { row, isNew } = await inventory.change((change) => ensureLoadBalancer(model, settings, change));
    await inventory.change((change) => ensureListeners(row, model, change));
    return { hostname: textOf(row.outputs["dnsName"]), isNew };
}

/** Removes the load balancer of a stack and all that came with it. @throws the service's refusal */
export async function remove(stack: string, settings: ControllerSettings, inventory: Inventory): Promise<void> {
    await inventory.change((change) => {
        const row = loadBalancerOf(stack, settings.cluster, change.view);
        if (row !== undefined) {
            removeLoadBalancer(row, change);
        }
        const others = change.view.rows(loadBalancerType).some((row) => tagOf(row, clusterTag) === settings.cluster);
        removeGroups(stack, settings, !others, change);
    });
}

function loadBalancerOf(stack: string, cluster: string, inventory: InventoryView): Row | undefined {
    return inventory.find(loadBalancerType, (row) => isOfStack(row, stack, cluster));
}

/** The only change that needs another load balancer: https://github.com/kubernetes-sigs/aws-load-balancer-controller/pull/4860 */
function removeOtherScheme(
    { stack, internal }: LoadBalancerModel,
    { cluster }: ControllerSettings,
    change: InventoryChange,
): void {
    const existing = loadBalancerOf(stack, cluster, change.view);
    if (existing !== undefined && existing.inputs["internal"] !== internal) {
        removeLoadBalancer(existing, change);
    }
}

function ensureLoadBalancer(
    model: LoadBalancerModel,
    settings: ControllerSettings,
    change: InventoryChange,
): { row: Row; isNew: boolean } {
    const existing = loadBalancerOf(model.stack, settings.cluster, change.view);
    const inputs = inputsOf(model, ensureGroups(model, settings, change));
    if (existing !== undefined) {
        // It renames none.
        existing.inputs = { ...inputs, name: existing.inputs["name"] };
        existing.outputs = { ...existing.outputs, ...existing.inputs, tagsAll: inputs["tags"] };
        return { row: existing, isNew: false };
    }
    refuse(refusedName(model.name));
    refuse(refusedPlace(model, settings, change.view));
    return { row: addLoadBalancer(inputs, settings, change), isNew: true };
}

function refusedPlace(
    { name, internal }: LoadBalancerModel,
    { vpcId }: ControllerSettings,
    inventory: InventoryView,
): string | undefined {
    if (inventory.find(loadBalancerType, ({ outputs }) => outputs["name"] === name) !== undefined) {
        return `DuplicateLoadBalancerName: A load balancer with the same name '${name}' exists, but with different settings`;
    }
    const gateways = inventory.rows("aws:ec2/internetGateway:InternetGateway");
    return internal || gateways.some(({ inputs }) => inputs["vpcId"] === vpcId)
        ? undefined
        : `InvalidSubnet: VPC ${vpcId} has no internet gateway`;
}

function inputsOf(model: LoadBalancerModel, securityGroups: readonly string[]): Properties {
    const { attributes } = model;
    return {
        name: model.name,
        internal: model.internal,
        loadBalancerType: "application",
        ipAddressType: "ipv4",
        subnets: [...model.subnets],
        securityGroups: [...securityGroups],
        enableDeletionProtection: attributes["deletion_protection.enabled"] === "true",
        dropInvalidHeaderFields: attributes["routing.http.drop_invalid_header_fields.enabled"] === "true",
        idleTimeout: Number(attributes["idle_timeout.timeout_seconds"] ?? 60),
        tags: { ...model.tags, [resourceTag]: "LoadBalancer" },
    };
}

function addLoadBalancer(inputs: Properties, { region, vpcId }: ControllerSettings, change: InventoryChange): Row {
    const { accountId, partition, dnsSuffix } = accountOf({ region });
    const name = textOf(inputs["name"]);
    const arnSuffix = `app/${name}/${randomBytes(8).toString("hex")}`;
    const arn = `arn:${partition}:elasticloadbalancing:${region}:${accountId}:loadbalancer/${arnSuffix}`;
    const prefix = inputs["internal"] === true ? "internal-" : "";
    const dnsName = `${prefix}${name}-${randomInt(1e9, 2 ** 31)}.${region}.elb.${dnsSuffix}`;
    const zoneId = balancerZones(region)?.application ?? "";
    const outputs = { ...inputs, arn, arnSuffix, dnsName, vpcId, zoneId, tagsAll: inputs["tags"] };
    const row: Row = { type: loadBalancerType, id: arn, state: "active", inputs, outputs };
    change.add(row);
    return row;
}

function removeLoadBalancer(row: Row, change: InventoryChange): void {
    refuse(blockedBalancer(row, change.view));
    removeListeners(change, ({ inputs }) => inputs["loadBalancerArn"] === row.id);
    change.remove(loadBalancerType, row.id);
}

function ensureListeners(loadBalancer: Row, { listeners }: LoadBalancerModel, change: InventoryChange): void {
    for (const { certificateArns } of listeners) {
        certificateArns.forEach((arn) => refuse(refusedCertificate(arn, change.view)));
    }
    const ofThis = ({ inputs }: Row): boolean => inputs["loadBalancerArn"] === loadBalancer.id;
    for (const listener of listeners) {
        const existing = change.view.find(listenerType, (row) => ofThis(row) && row.inputs["port"] === listener.port);
        const inputs = listenerInputs(loadBalancer.id, listener);
        if (existing !== undefined) {
            existing.inputs = inputs;
            existing.outputs = { ...existing.outputs, ...inputs };
        } else {
            const arn = `${loadBalancer.id.replace(":loadbalancer/", ":listener/")}/${randomBytes(8).toString("hex")}`;
            change.add({ type: listenerType, id: arn, state: "active", inputs, outputs: { ...inputs, arn } });
        }
    }
    const ports = listeners.map(({ port }) => port);
    removeListeners(change, (row) => ofThis(row) && !ports.includes(Number(row.inputs["port"])));
}

function listenerInputs(loadBalancerArn: string, listener: ListenerModel): Properties {
    const { port, protocol, certificateArns, sslPolicy } = listener;
    const plain = { loadBalancerArn, port, protocol };
    return protocol === "HTTPS"
        ? { ...plain, certificateArn: certificateArns[0], sslPolicy: sslPolicy ?? null }
        : plain;
}

function removeListeners(change: InventoryChange, which: (row: Row) => boolean): void {
    for (const { id } of change.view.rows(listenerType).filter(which)) {
        change.remove(listenerType, id);
    }
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html */
function refusedCertificate(arn: string, inventory: InventoryView): string | undefined {
    if (isIssued(arn, inventory)) {
        return undefined;
    }
    const exists = inventory.find("aws:acm/certificate:Certificate", ({ outputs }) => outputs["arn"] === arn);
    return exists === undefined
        ? `CertificateNotFound: Certificate '${arn}' not found`
        : `UnsupportedCertificate: The certificate '${arn}' must have a fully-qualified domain name, a supported ` +
              "signature, and a supported key size.";
}

function refuse(reason: string | undefined): void {
    if (reason !== undefined) {
        throw new Error(reason);
    }
}
