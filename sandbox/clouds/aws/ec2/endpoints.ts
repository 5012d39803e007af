/** VPC endpoints, as of @pulumi/aws 7.47. */
import { createHash } from "node:crypto";
import type { Row } from "../../inventory";
import type { RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "../account";
import { wrongJson } from "../policy";
import {
    byId,
    carriesGroup,
    ec2Arn,
    ec2Id,
    endpointServiceType,
    endpointType,
    interfaceIn,
    inVpc,
    routeTableType,
    rowsHere,
    securityGroupType,
    textsIn,
    vpcOfSubnet,
    vpcType,
    zoneOfSubnet,
} from "./shared";

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const mostGatewayEndpoints = 20;
const mostInterfaceEndpoints = 50;

/** https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html */
const gatewayServices = ["s3", "dynamodb"];

/** Those of https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html that a cluster may need. */
const interfaceServices = [
    "acm-pca",
    "application-autoscaling",
    "autoscaling",
    "dynamodb",
    "ec2",
    "ec2messages",
    "ecr.api",
    "ecr.dkr",
    "eks",
    "eks-auth",
    "elasticache",
    "elasticfilesystem",
    "elasticloadbalancing",
    "kms",
    "logs",
    "monitoring",
    "rds",
    "s3",
    "secretsmanager",
    "sns",
    "sqs",
    "ssm",
    "ssmmessages",
    "sts",
    "wafv2",
    "xray",
];

const endpoint: ResourceModel = {
    token: endpointType,
    inputs: {
        autoAccept: { type: "boolean" },
        ipAddressType: { type: "string", values: ["ipv4", "dualstack", "ipv6"] },
        policy: { type: "string" },
        privateDnsEnabled: { type: "boolean" },
        routeTableIds: { type: "array" },
        securityGroupIds: { type: "array" },
        serviceName: { type: "string", required: true },
        subnetIds: { type: "array" },
        vpcEndpointType: {
            type: "string",
            values: ["Gateway", "GatewayLoadBalancer", "Interface"],
            default: "Gateway",
        },
        vpcId: { type: "string", required: true },
        region,
        tags,
    },
    outputs: {
        arn: { type: "string" },
        cidrBlocks: { type: "array" },
        dnsEntries: {
            type: "array",
            items: { type: "object", properties: { dnsName: { type: "string" }, hostedZoneId: { type: "string" } } },
        },
        networkInterfaceIds: { type: "array" },
        ownerId: { type: "string" },
        prefixListId: { type: "string" },
        state: { type: "string" },
        tagsAll,
    },
    references: [
        inVpc,
        interfaceIn("subnetIds[*]"),
        carriesGroup("securityGroupIds[*]"),
        {
            path: "routeTableIds[*]",
            types: [routeTableType],
            message: (id) => `InvalidRouteTableId.NotFound: The routeTable ID '${id}' does not exist`,
        },
    ],
    replaceOn: ["serviceName", "vpcEndpointType", "vpcId", "region"],
    volatile: ["tagsAll", "networkInterfaceIds"],
    durationKey: "vpc endpoint",
    validate: (inputs) => wrongJson(inputs, "policy"),
    refuse: (inputs, context) =>
        refusedService(inputs, context) ??
        (inputs["vpcEndpointType"] === "Gateway"
            ? refusedGateway(inputs, context)
            : refusedInterface(inputs, context)) ??
        refusedTags(inputs, context.config),
    id: () => ec2Id("vpce"),
    computed: (inputs, { id, config }) => {
        const where = regionOf(inputs, config);
        const { accountId, dnsSuffix } = accountOf(config);
        const isGateway = inputs["vpcEndpointType"] === "Gateway";
        const service = textOf(inputs["serviceName"]).split(".").slice(3).reverse().join(".");
        return {
            arn: ec2Arn("vpc-endpoint", id, inputs, config),
            cidrBlocks: [],
            dnsEntries: isGateway
                ? []
                : [
                      {
                          dnsName: `${id}-sandbox.${service}.${where}.vpce.${dnsSuffix}`,
                          hostedZoneId: "Z38NZ8EXAMPLE",
                      },
                  ],
            networkInterfaceIds: textsIn(inputs["subnetIds"]).map((subnetId) => interfaceId(id, subnetId)),
            ownerId: accountId,
            prefixListId: isGateway ? interfaceId(service, where).replace("eni", "pl") : "",
            state: "available",
            tagsAll: allTags(inputs, config),
        };
    },
};

function interfaceId(...of: string[]): string {
    return `eni-${createHash("sha256").update(of.join()).digest("hex").slice(0, 17)}`;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html */
function refusedService(inputs: PropertyMap, { config, inventory }: RefuseContext): string | undefined {
    const name = textOf(inputs["serviceName"]);
    const where = regionOf(inputs, config);
    const [, service] = new RegExp(`^(?:cn\\.)?com\\.amazonaws\\.${where}\\.(.+)$`).exec(name) ?? [];
    const known = inputs["vpcEndpointType"] === "Gateway" ? gatewayServices : interfaceServices;
    // Services of other accounts are not seen from here.
    const isOffered =
        new RegExp(`^com\\.amazonaws\\.vpce\\.${where}\\.vpce-svc-[0-9a-f]{17}$`).test(name) ||
        inventory.find(endpointServiceType, ({ outputs }) => outputs["serviceName"] === name) !== undefined;
    if (isOffered ? inputs["vpcEndpointType"] !== "Gateway" : service !== undefined && known.includes(service)) {
        return undefined;
    }
    return isOffered || [...gatewayServices, ...interfaceServices].includes(service ?? "")
        ? `InvalidParameter: The VPC endpoint service ${name} does not support the VPC endpoint type ${textOf(inputs["vpcEndpointType"])}.`
        : `InvalidServiceName: The Vpc Endpoint Service '${name}' does not exist`;
}

function refusedGateway(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory, previous } = context;
    const { vpcId, serviceName } = inputs;
    for (const [property, words] of [
        ["subnetIds", "Subnets"],
        ["securityGroupIds", "Security groups"],
    ] as const) {
        if (textsIn(inputs[property]).length > 0) {
            return `InvalidParameter: ${words} are not supported with Gateway endpoints`;
        }
    }
    if (inputs["privateDnsEnabled"] === true) {
        return "InvalidParameter: Private DNS can't be enabled because the service does not provide a private DNS name.";
    }
    const tables = textsIn(inputs["routeTableIds"]);
    const strange = tables.find((id) => byId(routeTableType, id, inventory)?.inputs["vpcId"] !== vpcId);
    if (strange !== undefined) {
        return `InvalidParameter: Route table ${strange} belongs to a different network than ${textOf(vpcId)}`;
    }
    const others = othersIn(inputs, context).filter(({ inputs: other }) => other["vpcEndpointType"] === "Gateway");
    const taken = tables.find((id) =>
        others.some(
            ({ inputs: other }) =>
                other["serviceName"] === serviceName &&
                textsIn(other["routeTableIds"]).includes(id) &&
                !textsIn(previous?.["routeTableIds"]).includes(id),
        ),
    );
    if (taken !== undefined) {
        return `RouteAlreadyExists: route table ${taken} already has a route with destination-prefix-list-id of ${textOf(serviceName)}`;
    }
    return previous === undefined && others.length >= mostGatewayEndpoints ? limitExceeded : undefined;
}

const limitExceeded = "VpcEndpointLimitExceeded: The maximum number of VPC endpoints has been reached.";

function refusedInterface(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory, previous } = context;
    const vpcId = textOf(inputs["vpcId"]);
    if (textsIn(inputs["routeTableIds"]).length > 0) {
        return "InvalidParameter: Route table IDs are only supported for Gateway type VPC endpoints";
    }
    const subnets = textsIn(inputs["subnetIds"]);
    const strange = subnets.find((id) => vpcOfSubnet(id, inventory) !== vpcId);
    if (strange !== undefined) {
        return `InvalidParameter: Subnet ${strange} belongs to a different network than ${vpcId}`;
    }
    const zones = subnets.map((id) => zoneOfSubnet(id, inventory));
    const second = subnets.find((_, index) => zones.indexOf(zones[index]) < index);
    if (second !== undefined) {
        return `DuplicateSubnetsInSameZone: Found another VPC endpoint subnet in the availability zone of ${second}`;
    }
    const foreign = textsIn(inputs["securityGroupIds"]).find((id) => {
        const group = byId(securityGroupType, id, inventory);
        return group !== undefined && group.inputs["vpcId"] !== vpcId;
    });
    if (foreign !== undefined) {
        return `InvalidGroup.NotFound: The security group '${foreign}' does not exist in VPC '${vpcId}'`;
    }
    const others = othersIn(inputs, context).filter(
        ({ inputs: other }) => other["vpcId"] === vpcId && other["vpcEndpointType"] === "Interface",
    );
    if (previous === undefined && others.length >= mostInterfaceEndpoints) {
        return limitExceeded;
    }
    return refusedPrivateDns(inputs, others, context);
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html */
function refusedPrivateDns(
    inputs: PropertyMap,
    others: readonly Row[],
    { inventory, previous }: RefuseContext,
): string | undefined {
    if (inputs["privateDnsEnabled"] !== true) {
        return undefined;
    }
    const vpc = byId(vpcType, inputs["vpcId"], inventory);
    if (vpc?.inputs["enableDnsHostnames"] !== true || vpc.inputs["enableDnsSupport"] === false) {
        return `InvalidParameter: Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${textOf(inputs["vpcId"])}`;
    }
    const conflict = others.some(
        ({ inputs: other }) => other["serviceName"] === inputs["serviceName"] && other["privateDnsEnabled"] === true,
    );
    return conflict && previous?.["privateDnsEnabled"] !== true
        ? `InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${textOf(inputs["serviceName"])} in the VPC ${textOf(inputs["vpcId"])}`
        : undefined;
}

function othersIn(inputs: PropertyMap, context: RefuseContext): Row[] {
    return rowsHere(endpointType, inputs, context);
}

export const endpoints: readonly ResourceModel[] = [endpoint];
