/**
 * Elastic Load Balancing, as of @pulumi/aws 7.47: load balancers and their listeners. The load balancer controller of the sandbox plants
 * rows of the same types.
 */
import { randomBytes, randomInt } from "node:crypto";
import type { Row } from "../inventory";
import type { InventoryView, ModelContext, Problem, RefuseContext, ResourceModel } from "../model";
import { textOf, type PropertyMap } from "../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "./account";
import { balancerZones } from "./elbv2-zones";

export const loadBalancerType = "aws:lb/loadBalancer:LoadBalancer";
export const listenerType = "aws:lb/listener:Listener";
export const targetGroupType = "aws:lb/targetGroup:TargetGroup";
export const attachmentType = "aws:lb/targetGroupAttachment:TargetGroupAttachment";
const endpointServiceType = "aws:ec2/vpcEndpointService:VpcEndpointService";
const subnetType = "aws:ec2/subnet:Subnet";
const securityGroupType = "aws:ec2/securityGroup:SecurityGroup";

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

const loadBalancer: ResourceModel = {
    token: loadBalancerType,
    inputs: {
        accessLogs: {
            type: "object",
            properties: { bucket: { ...text, required: true }, enabled: flag, prefix: text },
        },
        dropInvalidHeaderFields: flag,
        enableCrossZoneLoadBalancing: flag,
        enableDeletionProtection: { ...flag, default: false },
        enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: { ...text, values: ["on", "off"] },
        idleTimeout: { type: "integer" },
        internal: flag,
        ipAddressType: { ...text, values: ["ipv4", "dualstack", "dualstack-without-public-ipv4"] },
        loadBalancerType: { ...text, default: "application", values: ["application", "gateway", "network"] },
        name: text,
        namePrefix: text,
        region,
        securityGroups: { type: "array" },
        subnets: { type: "array", required: true },
        tags,
    },
    outputs: { arn: text, arnSuffix: text, dnsName: text, name: text, tagsAll, vpcId: text, zoneId: text },
    references: [
        {
            path: "subnets[*]",
            types: [subnetType],
            message: (id) => `SubnetNotFound: The subnet ID '${id}' does not exist`,
            holds: ({ id }) => `DependencyViolation: The subnet '${id}' has dependencies and cannot be deleted.`,
        },
        {
            path: "securityGroups[*]",
            types: [securityGroupType],
            message: (id) => `InvalidSecurityGroup: Security group '${id}' does not exist`,
            holds: ({ id }) => `DependencyViolation: resource ${id} has a dependent object`,
        },
    ],
    replaceOn: ["internal", "loadBalancerType", "name", "namePrefix", "region"],
    volatile: ["tagsAll"],
    durationKey: "load balancer",
    validate: (inputs) => [
        ...wrongNames(inputs),
        ...onlyFor(inputs, "network", "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic"),
        ...onlyFor(inputs, "application", "idleTimeout"),
        ...onlyFor(inputs, "application", "dropInvalidHeaderFields"),
    ],
    refuse: (inputs, context) => refusedTags(inputs, context.config) ?? refusedBalancer(inputs, context),
    idOutput: "arn",
    computed: (inputs, context) => balancerOutputs(inputs, context),
    blocksDeletion: blockedBalancer,
    takesAlong: (row, inventory) =>
        inventory.rows(listenerType).filter(({ inputs }) => inputs["loadBalancerArn"] === row.id),
};

/**
 * Rules for names of load balancers and target groups; prefixes leave 26 characters for the provider's own part:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
export function wrongNames({ name, namePrefix }: PropertyMap): Problem[] {
    const problems: Problem[] = [];
    if (name !== undefined && namePrefix !== undefined) {
        problems.push({ property: "namePrefix", reason: "conflicts with name. Leave out one of them." });
    }
    if (typeof name === "string" && !/^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(name)) {
        const reason = `must be 1 to 32 letters, digits and hyphens, no hyphen at the ends, not internal- in front (value given: ${name}). Rename it.`;
        problems.push({ property: "name", reason });
    }
    if (typeof namePrefix === "string" && !/^(?!-)[A-Za-z0-9-]{1,6}$/.test(namePrefix)) {
        const reason = `must be at most 6 letters, digits and hyphens (value given: ${namePrefix}). Shorten it.`;
        problems.push({ property: "namePrefix", reason });
    }
    return problems;
}

function onlyFor(inputs: PropertyMap, type: string, property: string): Problem[] {
    return inputs[property] === undefined || inputs["loadBalancerType"] === type
        ? []
        : [{ property, reason: `is for load balancers of type ${type} only. Leave it out.` }];
}

/** The name that was given, or one as the provider makes it. */
export function physicalName({ name, namePrefix }: PropertyMap, context: ModelContext): string {
    if (typeof name === "string") {
        return name;
    }
    const random = randomBytes(13).toString("hex");
    return typeof namePrefix === "string"
        ? `${namePrefix}${random}`
        : `${context.name.slice(0, 24).replace(/[^A-Za-z0-9-]/g, "-")}-${random.slice(0, 7)}`;
}

function textsOf(inputs: PropertyMap, property: string): string[] {
    const list = inputs[property];
    return Array.isArray(list) ? list.map((item) => textOf(item)) : [];
}

function rowsOf(type: string, ids: readonly string[], inventory: InventoryView): Row[] {
    return ids.flatMap((id) => inventory.find(type, (row) => row.id === id) ?? []);
}

/** What a subnet or a security group says of itself, whoever planted it. */
function fact({ inputs, outputs }: Row, property: string): string {
    return textOf(outputs[property] ?? inputs[property]);
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
function refusedBalancer(inputs: PropertyMap, { inventory, previous }: RefuseContext): string | undefined {
    const { name } = inputs;
    if (
        previous === undefined &&
        inventory.find(loadBalancerType, (row) => row.inputs["name"] === name && name !== undefined)
    ) {
        return `DuplicateLoadBalancerName: A load balancer with the same name '${textOf(name)}' exists, but with different settings`;
    }
    const subnets = rowsOf(subnetType, textsOf(inputs, "subnets"), inventory);
    const zones = subnets.map((row) => fact(row, "availabilityZone"));
    if (new Set(zones).size < zones.length) {
        return "InvalidConfigurationRequest: A load balancer cannot be attached to multiple subnets in the same Availability Zone";
    }
    if (inputs["loadBalancerType"] === "application" && zones.length < 2) {
        return "ValidationError: At least two subnets in two different Availability Zones must be specified";
    }
    const groups = rowsOf(securityGroupType, textsOf(inputs, "securityGroups"), inventory);
    const vpcs = new Set([...subnets, ...groups].map((row) => fact(row, "vpcId")));
    if (vpcs.size > 1) {
        return "InvalidConfigurationRequest: One or more security groups are invalid";
    }
    const had = previous === undefined || textsOf(previous, "securityGroups").length > 0;
    return inputs["loadBalancerType"] === "network" && !had && groups.length > 0
        ? "InvalidConfigurationRequest: You cannot set security groups on a load balancer that was created without any"
        : undefined;
}

function balancerOutputs(inputs: PropertyMap, context: ModelContext & { previous?: PropertyMap }): PropertyMap {
    const { config, inventory, previous } = context;
    if (previous !== undefined) {
        return { tagsAll: allTags(inputs, config) };
    }
    const { accountId, partition, dnsSuffix } = accountOf(config);
    const where = regionOf(inputs, config);
    const name = physicalName(inputs, context);
    const isNetwork = inputs["loadBalancerType"] === "network";
    const arnSuffix = `${isNetwork ? "net" : "app"}/${name}/${randomBytes(8).toString("hex")}`;
    const zones = balancerZones(where);
    const [subnet] = rowsOf(subnetType, textsOf(inputs, "subnets"), inventory);
    const prefix = inputs["internal"] === true && !isNetwork ? "internal-" : "";
    return {
        arn: `arn:${partition}:elasticloadbalancing:${where}:${accountId}:loadbalancer/${arnSuffix}`,
        arnSuffix,
        dnsName: `${prefix}${name}-${randomInt(1e9, 2 ** 31)}.${isNetwork ? `elb.${where}` : `${where}.elb`}.${dnsSuffix}`,
        name,
        tagsAll: allTags(inputs, config),
        vpcId: fact(subnet, "vpcId"),
        zoneId: (isNetwork ? zones?.network : zones?.application) ?? "",
    };
}

/** Why AWS does not delete a load balancer, whoever asks. */
export function blockedBalancer({ id, inputs }: Row, inventory: InventoryView): string | undefined {
    if (inputs["enableDeletionProtection"] === true) {
        return `OperationNotPermitted: Load balancer '${id}' cannot be deleted because deletion protection is enabled`;
    }
    const service = inventory.find(endpointServiceType, (row) =>
        textsOf(row.inputs, "networkLoadBalancerArns").includes(id),
    );
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html
    const target = inventory.find(attachmentType, (row) => row.inputs["targetId"] === id);
    return service === undefined && target === undefined
        ? undefined
        : `ResourceInUse: Load balancer '${id}' cannot be deleted because it is currently associated with another service`;
}

const listener: ResourceModel = {
    token: listenerType,
    inputs: {
        certificateArn: text,
        defaultActions: {
            type: "array",
            required: true,
            items: {
                type: "object",
                properties: {
                    targetGroupArn: text,
                    type: { ...text, required: true, values: ["forward"] },
                },
            },
        },
        loadBalancerArn: { ...text, required: true },
        port: { type: "integer" },
        protocol: { ...text, values: ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP"] },
        region,
        sslPolicy: text,
        tags,
    },
    outputs: { arn: text, tagsAll },
    references: [
        {
            path: "loadBalancerArn",
            types: [loadBalancerType],
            message: (arn) => `LoadBalancerNotFound: One or more load balancers not found ('${arn}')`,
        },
        {
            path: "defaultActions[*].targetGroupArn",
            types: [targetGroupType],
            message: (arn) => `TargetGroupNotFound: One or more target groups not found ('${arn}')`,
            holds: ({ id }) => `ResourceInUse: Target group '${id}' is currently in use by a listener or a rule`,
        },
        {
            path: "certificateArn",
            types: ["aws:acm/certificate:Certificate"],
            by: "arn",
            message: (arn) => `CertificateNotFound: Certificate '${arn}' not found`,
        },
    ],
    replaceOn: ["loadBalancerArn", "region"],
    volatile: ["tagsAll"],
    durationKey: "security group, role, policy, bucket, subnet, route",
    refuse: (inputs, context) => refusedTags(inputs, context.config) ?? refusedListener(inputs, context),
    idOutput: "arn",
    computed: (inputs, { config, previous }) => {
        const arn = `${textOf(inputs["loadBalancerArn"]).replace(":loadbalancer/", ":listener/")}/${randomBytes(8).toString("hex")}`;
        return { arn: textOf(previous?.["arn"], arn), tagsAll: allTags(inputs, config) };
    },
};

const protocolsOf: Readonly<Record<string, readonly string[]>> = {
    application: ["HTTP", "HTTPS"],
    network: ["TCP", "TLS", "UDP", "TCP_UDP"],
};

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html */
function refusedListener(inputs: PropertyMap, { inventory, previous }: RefuseContext): string | undefined {
    const arn = textOf(inputs["loadBalancerArn"]);
    const type = textOf(inventory.find(loadBalancerType, ({ id }) => id === arn)?.inputs["loadBalancerType"]);
    const protocol = textOf(inputs["protocol"], type === "application" ? "HTTP" : "");
    if (protocolsOf[type]?.includes(protocol) !== true) {
        return `ValidationError: Protocol '${protocol}' is not supported by load balancers of type ${type}`;
    }
    if (["HTTPS", "TLS"].includes(protocol) && inputs["certificateArn"] === undefined) {
        return `ValidationError: A certificate must be specified for ${protocol} listeners`;
    }
    const others = inventory.rows(listenerType).filter((row) => row.outputs["arn"] !== previous?.["arn"]);
    if (others.some((row) => row.inputs["loadBalancerArn"] === arn && row.inputs["port"] === inputs["port"])) {
        return `DuplicateListener: A listener already exists on this port for this load balancer '${arn}'`;
    }
    const groups = groupsOf(inputs);
    const shared = others.find(
        (row) => row.inputs["loadBalancerArn"] !== arn && groupsOf(row.inputs).some((group) => groups.includes(group)),
    );
    if (shared !== undefined) {
        return `TargetGroupAssociationLimit: The following target groups cannot be associated with more than one load balancer: ${groups.join(", ")}`;
    }
    const [group] = rowsOf(targetGroupType, groups, inventory);
    const toBalancer = (group as Row | undefined)?.inputs["targetType"] === "alb";
    return toBalancer && protocol !== "TCP"
        ? "InvalidConfigurationRequest: Only TCP listeners can forward to a target group of type alb"
        : undefined;
}

function groupsOf(inputs: PropertyMap): string[] {
    const actions = Array.isArray(inputs["defaultActions"]) ? inputs["defaultActions"] : [];
    return actions.flatMap((action) => {
        const arn = textOf((action as PropertyMap)["targetGroupArn"]);
        return arn === "" ? [] : [arn];
    });
}

export const elbv2: readonly ResourceModel[] = [loadBalancer, listener];
