/** Endpoint services of AWS PrivateLink, as of @pulumi/aws 7.47. Consumers' endpoints are rows of VPC endpoints that name the service. */
import { randomBytes } from "node:crypto";
import type { Row } from "../inventory";
import type { InventoryView, Problem, ResourceModel } from "../model";
import { textOf, type PropertyMap, type PropertyValue } from "../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "./account";
import { loadBalancerType } from "./elbv2";

const text = { type: "string" } as const;
const texts = { type: "array" } as const;

const endpointService: ResourceModel = {
    token: "aws:ec2/vpcEndpointService:VpcEndpointService",
    inputs: {
        acceptanceRequired: { type: "boolean", required: true },
        allowedPrincipals: texts,
        networkLoadBalancerArns: texts,
        privateDnsName: text,
        region,
        supportedIpAddressTypes: texts,
        tags,
    },
    outputs: {
        arn: text,
        availabilityZones: texts,
        baseEndpointDnsNames: texts,
        managesVpcEndpoints: { type: "boolean" },
        serviceName: text,
        serviceType: text,
        state: text,
        tagsAll,
    },
    references: [
        {
            path: "networkLoadBalancerArns[*]",
            types: [loadBalancerType],
            message: (arn) => `InvalidLoadBalancer.NotFound: The load balancer '${arn}' does not exist`,
        },
    ],
    replaceOn: ["region"],
    volatile: ["availabilityZones", "tagsAll"],
    durationKey: "security group, role, policy, bucket, subnet, route",
    validate: ({ networkLoadBalancerArns, supportedIpAddressTypes, allowedPrincipals }, given) => [
        ...(listOf(networkLoadBalancerArns).length === 0 &&
        (networkLoadBalancerArns !== undefined || !given.has("networkLoadBalancerArns"))
            ? [{ property: "networkLoadBalancerArns", reason: "must name a load balancer. Give one." }]
            : []),
        ...wrongItems("supportedIpAddressTypes", supportedIpAddressTypes, /^ipv[46]$/, "ipv4 or ipv6"),
        ...wrongItems("allowedPrincipals", allowedPrincipals, /^(\*|arn:.+)$/, "ARNs or *"),
    ],
    refuse: (inputs, { config, inventory }) => {
        const balancers = balancersOf(inputs, inventory);
        const other = balancers.find((row) => row.inputs["loadBalancerType"] !== "network");
        if (other !== undefined) {
            return `InvalidParameter: The load balancer '${other.id}' is not a network load balancer`;
        }
        const { partition } = accountOf(config);
        const principal = new RegExp(`^(\\*|arn:${partition}:iam::\\d{12}:(root|(role|user)/.+))$`);
        const wrong = listOf(inputs["allowedPrincipals"]).find((arn) => !principal.test(arn));
        return wrong === undefined ? refusedTags(inputs, config) : `InvalidPrincipal: Invalid Principal: '${wrong}'`;
    },
    id: () => `vpce-svc-${randomBytes(9).toString("hex").slice(0, 17)}`,
    computed: (inputs, { id, config, inventory }) => {
        const { partition, accountId, dnsSuffix } = accountOf(config);
        const where = regionOf(inputs, config);
        const serviceName = `${dnsSuffix.split(".").reverse().join(".")}.vpce.${where}.${id}`;
        return {
            arn: `arn:${partition}:ec2:${where}:${accountId}:vpc-endpoint-service/${id}`,
            availabilityZones: zonesOf(inputs, inventory),
            baseEndpointDnsNames: [`${id}.${where}.vpce.${dnsSuffix}`],
            managesVpcEndpoints: false,
            serviceName,
            serviceType: "Interface",
            state: "Available",
            tagsAll: allTags(inputs, config),
        };
    },
    // https://docs.aws.amazon.com/vpc/latest/privatelink/delete-endpoint-service.html
    blocksDeletion: ({ id, outputs }, inventory) =>
        inventory.find(
            "aws:ec2/vpcEndpoint:VpcEndpoint",
            ({ inputs }) => inputs["serviceName"] === outputs["serviceName"],
        ) === undefined
            ? undefined
            : `ExistingVpcEndpointConnections: Service ${id} has existing active VPC Endpoint connections!`,
};

function listOf(value: PropertyValue | undefined): string[] {
    return Array.isArray(value) ? value.map((item) => textOf(item)) : [];
}

function wrongItems(property: string, value: PropertyValue | undefined, pattern: RegExp, wanted: string): Problem[] {
    const wrong = listOf(value).find((item) => item !== "" && !pattern.test(item));
    return wrong === undefined
        ? []
        : [{ property, reason: `must hold ${wanted} (value given: ${wrong}). Correct it.` }];
}

function balancersOf(inputs: PropertyMap, inventory: InventoryView): Row[] {
    const arns = listOf(inputs["networkLoadBalancerArns"]);
    return inventory.rows(loadBalancerType).filter(({ id }) => arns.includes(id));
}

/** Sorted: the provider keeps a set. */
function zonesOf(inputs: PropertyMap, inventory: InventoryView): string[] {
    const subnets = balancersOf(inputs, inventory).flatMap((row) => listOf(row.inputs["subnets"]));
    const zones = inventory
        .rows("aws:ec2/subnet:Subnet")
        .filter(({ id }) => subnets.includes(id))
        .map((row) => textOf(row.outputs["availabilityZone"] ?? row.inputs["availabilityZone"]));
    return [...new Set(zones)].sort();
}

export const endpointServices: readonly ResourceModel[] = [endpointService];
