/** Endpoint services of AWS PrivateLink, as of @pulumi/aws 7.47. Consumers' endpoints are rows of VPC endpoints that name the service. */
import { createHash, randomBytes } from "node:crypto";
import type { Row } from "../inventory";
import type { InventoryView, Problem, ResourceModel } from "../model";
import { isMap, textOf, valuesAt, type PropertyMap, type PropertyValue } from "../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "./account";
import { loadBalancerType } from "./elbv2";
import { recordSet } from "./route53";

const serviceType = "aws:ec2/vpcEndpointService:VpcEndpointService";

const text = { type: "string" } as const;
const texts = { type: "array" } as const;

const endpointService: ResourceModel = {
    token: serviceType,
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
        privateDnsNameConfigurations: {
            type: "array",
            items: { type: "object", properties: { name: text, state: text, type: text, value: text } },
        },
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
    computed: (inputs, { id, config, inventory, previous }) => {
        const { partition, accountId, dnsSuffix } = accountOf(config);
        const where = regionOf(inputs, config);
        const serviceName = `${dnsSuffix.split(".").reverse().join(".")}.vpce.${where}.${id}`;
        return {
            arn: `arn:${partition}:ec2:${where}:${accountId}:vpc-endpoint-service/${id}`,
            availabilityZones: zonesOf(inputs, inventory),
            baseEndpointDnsNames: [`${id}.${where}.vpce.${dnsSuffix}`],
            managesVpcEndpoints: false,
            privateDnsNameConfigurations: nameConfigurations(inputs, id, previous),
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

/**
 * What proves the private DNS name: the first label of a record, and its text. It begins anew with another name.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
 */
function nameConfigurations(
    { privateDnsName }: PropertyMap,
    id: string,
    previous: PropertyMap | undefined,
): PropertyValue[] {
    const name = textOf(privateDnsName);
    if (name === "") {
        return [];
    }
    const before = previous?.["privateDnsNameConfigurations"];
    if (Array.isArray(before) && before.length > 0 && previous?.["privateDnsName"] === privateDnsName) {
        return before;
    }
    const part = (word: string) => createHash("sha256").update(`${word} ${id} ${name}`).digest("hex").slice(0, 20);
    return [{ name: `_${part("name")}`, state: "pendingVerification", type: "TXT", value: `vpce:${part("value")}` }];
}

/** The request that AWS look for the record now. The provider can wait until it has been found: half an hour by default. */
const verification: ResourceModel = {
    token: "aws:vpc/endpointServicePrivateDnsVerification:EndpointServicePrivateDnsVerification",
    inputs: { region, serviceId: { type: "string", required: true }, waitForVerification: { type: "boolean" } },
    references: [
        {
            path: "serviceId",
            types: [serviceType],
            message: (id) => `InvalidVpcEndpointServiceId.NotFound: The VpcEndpointService Id '${id}' does not exist`,
        },
    ],
    // The provider has no update: https://github.com/hashicorp/terraform-provider-aws, vpc_endpoint_service_private_dns_verification.go
    replaceOn: ["region", "serviceId", "waitForVerification"],
    refuse: ({ serviceId, waitForVerification }, { inventory }) => {
        const service = inventory.find(serviceType, ({ id }) => id === serviceId);
        if (service === undefined || waitForVerification !== true || isProven(service, inventory)) {
            return undefined;
        }
        return "waiting for EC2 VPC Endpoint Service private DNS name verification: timeout while waiting for state to become 'verified' (last state: 'pendingVerification', timeout: 30m0s)";
    },
};

/** The record stands in public DNS below the name, or a domain above it, or is the domain's own. */
function isProven({ inputs, outputs }: Row, inventory: InventoryView): boolean {
    const [asked] = valuesAt(outputs, "privateDnsNameConfigurations[*]").filter(isMap);
    const labels = textOf(inputs["privateDnsName"]).replace(/^\*\./, "").split(".");
    const domains = labels.map((_, first) => labels.slice(first).join("."));
    const names = domains.flatMap((domain) => [`${textOf(asked?.["name"])}.${domain}`, domain]);
    const published = names.flatMap((name) => {
        const record = recordSet(name, "TXT", inventory, { isPrivate: false });
        return valuesAt(record?.inputs ?? {}, "records[*]");
    });
    return asked !== undefined && published.includes(asked["value"]);
}

export const endpointServices: readonly ResourceModel[] = [endpointService, verification];
