/** Elastic Load Balancing, as of @pulumi/aws 7.47: target groups, their targets, and what programs ask about load balancers. */
import { randomBytes } from "node:crypto";
import type { Row } from "../inventory";
import type { InvokeModel, Problem, RefuseContext, ResourceModel } from "../model";
import { isMap, textOf, type PropertyMap } from "../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "./account";
import { attachmentType, listenerType, loadBalancerType, physicalName, targetGroupType, wrongNames } from "./elbv2";
import { balancerZones } from "./elbv2-zones";

const text = { type: "string" } as const;
const integer = { type: "integer" } as const;

const targetGroup: ResourceModel = {
    token: targetGroupType,
    inputs: {
        deregistrationDelay: integer,
        healthCheck: {
            type: "object",
            properties: {
                enabled: { type: "boolean" },
                healthyThreshold: integer,
                interval: integer,
                matcher: text,
                path: text,
                port: text,
                protocol: { ...text, values: ["TCP", "HTTP", "HTTPS"] },
                timeout: integer,
                unhealthyThreshold: integer,
            },
        },
        name: text,
        namePrefix: text,
        port: integer,
        protocol: { ...text, values: ["GENEVE", "HTTP", "HTTPS", "TCP", "TCP_UDP", "TLS", "UDP"] },
        region,
        tags,
        targetType: { ...text, default: "instance", values: ["instance", "ip", "lambda", "alb"] },
        vpcId: text,
    },
    outputs: { arn: text, arnSuffix: text, loadBalancerArns: { type: "array" }, name: text, tagsAll },
    references: [
        {
            path: "vpcId",
            types: ["aws:ec2/vpc:Vpc"],
            message: (id) => `ValidationError: The VPC ID '${id}' is not found`,
        },
    ],
    replaceOn: ["name", "namePrefix", "port", "protocol", "region", "targetType", "vpcId"],
    volatile: ["tagsAll", "loadBalancerArns"],
    durationKey: "security group, role, policy, bucket, subnet, route",
    validate: (inputs, given) => [
        ...wrongNames(inputs),
        ...wrongTargets(inputs, given),
        ...wrongHealthCheck(inputs["healthCheck"]),
    ],
    refuse: (inputs, { config, inventory, previous }) => {
        const { name } = inputs;
        const taken =
            previous === undefined && name !== undefined
                ? inventory.find(targetGroupType, (row) => row.inputs["name"] === name)
                : undefined;
        return (
            refusedTags(inputs, config) ??
            (taken === undefined
                ? undefined
                : `DuplicateTargetGroupName: A target group with the same name '${textOf(name)}' exists, but with different settings`)
        );
    },
    idOutput: "arn",
    computed: (inputs, context) => {
        const { config, inventory, previous } = context;
        const { accountId, partition } = accountOf(config);
        const name = textOf(previous?.["name"]) || physicalName(inputs, context);
        const arnSuffix = textOf(previous?.["arnSuffix"]) || `targetgroup/${name}/${randomBytes(8).toString("hex")}`;
        const arn = `arn:${partition}:elasticloadbalancing:${regionOf(inputs, config)}:${accountId}:${arnSuffix}`;
        const listeners = inventory
            .rows(listenerType)
            .filter(({ inputs: other }) => JSON.stringify(other).includes(arn));
        return {
            arn,
            arnSuffix,
            loadBalancerArns: listeners.map((row) => textOf(row.inputs["loadBalancerArn"])),
            name,
            tagsAll: allTags(inputs, config),
        };
    },
};

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
function wrongTargets({ targetType, protocol, healthCheck }: PropertyMap, given: ReadonlySet<string>): Problem[] {
    if (targetType === "lambda") {
        return [];
    }
    const needed = ["port", "protocol", "vpcId"]
        .filter((property) => !given.has(property))
        .map((property) => ({ property, reason: `is required for targets of type ${textOf(targetType)}. Give it.` }));
    if (targetType !== "alb") {
        return needed;
    }
    const check = isMap(healthCheck) ? healthCheck["protocol"] : undefined;
    return [
        ...needed,
        ...(protocol === undefined || protocol === "TCP"
            ? []
            : [
                  {
                      property: "protocol",
                      reason: `must be TCP for targets of type alb (value given: ${textOf(protocol)}).`,
                  },
              ]),
        ...(check === "TCP"
            ? [{ property: "healthCheck.protocol", reason: "must be HTTP or HTTPS for targets of type alb." }]
            : []),
    ];
}

const ranges = {
    healthyThreshold: [2, 10],
    unhealthyThreshold: [2, 10],
    interval: [5, 300],
    timeout: [2, 120],
} as const;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html */
function wrongHealthCheck(check: unknown): Problem[] {
    if (!isMap(check)) {
        return [];
    }
    const outside = Object.entries(ranges).flatMap(([name, [least, most]]) => {
        const value = check[name];
        const reason = `must be in the range (${least} - ${most}) (value given: ${textOf(value)}). Correct it.`;
        return typeof value === "number" && (value < least || value > most)
            ? [{ property: `healthCheck.${name}`, reason }]
            : [];
    });
    const { timeout, interval, path, protocol, matcher } = check;
    if (typeof timeout === "number" && typeof interval === "number" && timeout > interval) {
        outside.push({ property: "healthCheck.timeout", reason: "must be at most the interval. Lower it." });
    }
    if (protocol === "TCP") {
        for (const [name, value] of Object.entries({ path, matcher })) {
            if (value !== undefined) {
                outside.push({ property: `healthCheck.${name}`, reason: "is not for TCP. Leave it out." });
            }
        }
    }
    return outside;
}

const attachment: ResourceModel = {
    token: attachmentType,
    inputs: {
        availabilityZone: text,
        port: integer,
        region,
        targetGroupArn: { ...text, required: true },
        targetId: { ...text, required: true },
    },
    references: [
        {
            path: "targetGroupArn",
            types: [targetGroupType],
            message: (arn) => `TargetGroupNotFound: One or more target groups not found ('${arn}')`,
        },
    ],
    replaceOn: ["availabilityZone", "port", "region", "targetGroupArn", "targetId"],
    durationKey: "security group, role, policy, bucket, subnet, route",
    refuse: refusedTarget,
};

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html */
function refusedTarget(inputs: PropertyMap, { inventory }: RefuseContext): string | undefined {
    const group = inventory.find(targetGroupType, ({ id }) => id === inputs["targetGroupArn"]);
    if (group?.inputs["targetType"] !== "alb") {
        return undefined;
    }
    const targetId = textOf(inputs["targetId"]);
    const target = inventory.find(loadBalancerType, ({ id }) => id === targetId);
    if (target?.inputs["loadBalancerType"] !== "application") {
        return `InvalidTarget: The following targets are not valid application load balancers: '${targetId}'`;
    }
    if (target.outputs["vpcId"] !== group.inputs["vpcId"]) {
        return `InvalidTarget: The following targets are not in the target group VPC '${textOf(group.inputs["vpcId"])}': '${targetId}'`;
    }
    if (inventory.find(attachmentType, (row) => row.inputs["targetGroupArn"] === group.id) !== undefined) {
        return "TooManyTargets: You can register one application load balancer with a target group";
    }
    const port = inputs["port"] ?? group.inputs["port"];
    const answers = (row: Row) => row.inputs["loadBalancerArn"] === targetId && row.inputs["port"] === port;
    return inventory.find(listenerType, answers) === undefined
        ? "ValidationError: If the target type is ALB, the target must have at least one listener that matches the target group port or any specified port overrides"
        : undefined;
}

/** By ARN, else by name, else by tags, each of which must be equal: https://www.pulumi.com/registry/packages/aws/api-docs/lb/getloadbalancer/ */
const getLoadBalancer: InvokeModel = {
    token: "aws:lb/getLoadBalancer:getLoadBalancer",
    inputs: { arn: text, name: text, region: text, tags },
    outputs: {
        arn: text,
        arnSuffix: text,
        dnsName: text,
        id: text,
        internal: { type: "boolean" },
        loadBalancerType: text,
        name: text,
        region: text,
        securityGroups: { type: "array" },
        subnets: { type: "array" },
        tags,
        vpcId: text,
        zoneId: text,
    },
    answer: (inputs, { config, inventory }) => {
        const where = regionOf(inputs, config);
        const found = inventory
            .rows(loadBalancerType)
            .filter((row) => row.id.split(":")[3] === where && isMeant(row, inputs));
        if (found.length !== 1) {
            throw new Error(`Search returned ${found.length} results, please revise so only one is returned`);
        }
        const [{ id, inputs: own, outputs }] = found;
        const zones = balancerZones(where);
        const zoneId = own["loadBalancerType"] === "network" ? zones?.network : zones?.application;
        return {
            arn: id,
            arnSuffix: outputs["arnSuffix"],
            dnsName: outputs["dnsName"],
            id,
            internal: own["internal"] ?? false,
            loadBalancerType: own["loadBalancerType"],
            name: outputs["name"],
            region: where,
            securityGroups: own["securityGroups"] ?? [],
            subnets: own["subnets"] ?? [],
            tags: outputs["tagsAll"] ?? {},
            vpcId: outputs["vpcId"],
            zoneId: zoneId ?? "",
        };
    },
};

function isMeant({ id, outputs }: Row, { arn, name, tags: wanted }: PropertyMap): boolean {
    if (arn !== undefined) {
        return id === arn;
    }
    if (name !== undefined) {
        return outputs["name"] === name;
    }
    const own = isMap(outputs["tagsAll"]) ? outputs["tagsAll"] : {};
    return Object.entries(isMap(wanted) ? wanted : {}).every(([key, value]) => own[key] === value);
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/lb/gethostedzoneid/ */
const getHostedZoneId: InvokeModel = {
    token: "aws:lb/getHostedZoneId:getHostedZoneId",
    inputs: { loadBalancerType: { ...text, default: "application", values: ["application", "network"] }, region: text },
    outputs: { id: text, loadBalancerType: text, region: text },
    answer: (inputs, { config }) => {
        const where = regionOf(inputs, config);
        const zones = balancerZones(where);
        if (zones === undefined) {
            throw new Error(`unsupported AWS Region: ${where}`);
        }
        const loadBalancerType = inputs["loadBalancerType"] === "network" ? "network" : "application";
        return { id: zones[loadBalancerType], loadBalancerType, region: where };
    },
};

export const elbv2Targets: readonly ResourceModel[] = [targetGroup, attachment];
export const elbv2Invokes: readonly InvokeModel[] = [getLoadBalancer, getHostedZoneId];
