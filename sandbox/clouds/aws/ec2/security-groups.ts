/** Security groups and their rules, as of @pulumi/aws 7.47. */
import type { Problem, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { accountOf, allTags, refusedTags, region, tags, tagsAll } from "../account";
import { wrongCidr } from "../../cidr";
import {
    byId,
    dependentObject,
    ec2Arn,
    ec2Id,
    egressRuleType,
    ingressRuleType,
    inVpc,
    rowsHere,
    securityGroupType,
    defaultSecurityGroupType,
    shortWait,
} from "./shared";

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const mostRules = 60;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html: the same characters for name and description */
const groupText = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/;

function wrongDescription({ description }: PropertyMap): Problem[] {
    return typeof description === "string" && !groupText.test(description)
        ? [
              {
                  property: "description",
                  reason: `must be 1 to 255 of a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$* (value given: ${description}). Rewrite it.`,
              },
          ]
        : [];
}

const ruleTypes = [ingressRuleType, egressRuleType];

const securityGroup: ResourceModel = {
    token: securityGroupType,
    inputs: {
        description: { type: "string", default: "Managed by Pulumi" },
        name: { type: "string" },
        revokeRulesOnDelete: { type: "boolean", default: false },
        vpcId: { type: "string", required: true },
        region,
        tags,
    },
    outputs: { arn: { type: "string" }, ownerId: { type: "string" }, tagsAll },
    name: {
        property: "name",
        auto: { maxLength: 255 },
        pattern: /^(?!sg-)(?!default$)[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/,
        rule: "must be 1 to 255 of a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$*, not begin with sg-, and not be default",
    },
    references: [inVpc],
    replaceOn: ["description", "name", "vpcId", "region"],
    volatile: ["tagsAll"],
    unread: ["revokeRulesOnDelete"],
    durationKey: shortWait,
    validate: wrongDescription,
    refuse: (inputs, context) => {
        const { name, vpcId } = inputs;
        const others = rowsHere(securityGroupType, inputs, context);
        if (context.previous === undefined) {
            if (others.some((other) => other.inputs["name"] === name && other.inputs["vpcId"] === vpcId)) {
                return `InvalidGroup.Duplicate: The security group '${textOf(name)}' already exists for VPC '${textOf(vpcId)}'`;
            }
        }
        return refusedTags(inputs, context.config);
    },
    id: () => ec2Id("sg"),
    computed: (inputs, { id, config }) => ({
        arn: ec2Arn("security-group", id, inputs, config),
        ownerId: accountOf(config).accountId,
        tagsAll: allTags(inputs, config),
    }),
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html; a rule that names its own group goes with it
    blocksDeletion: (row, inventory) =>
        ruleTypes
            .flatMap((type) => inventory.rows(type))
            .some(
                ({ inputs }) => inputs["referencedSecurityGroupId"] === row.id && inputs["securityGroupId"] !== row.id,
            )
            ? dependentObject(row.id)
            : undefined,
    takesAlong: (row, inventory) =>
        ruleTypes.flatMap((type) => inventory.rows(type)).filter(({ inputs }) => inputs["securityGroupId"] === row.id),
};

const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const;

function rule(token: string): ResourceModel {
    return {
        token,
        inputs: {
            cidrIpv4: { type: "string" },
            cidrIpv6: { type: "string" },
            description: { type: "string" },
            fromPort: { type: "integer" },
            ipProtocol: { type: "string", required: true },
            prefixListId: { type: "string" },
            referencedSecurityGroupId: { type: "string" },
            securityGroupId: { type: "string", required: true },
            toPort: { type: "integer" },
            region,
            tags,
        },
        outputs: { arn: { type: "string" }, securityGroupRuleId: { type: "string" }, tagsAll },
        references: ["securityGroupId", "referencedSecurityGroupId"].map((path) => ({
            path,
            types: [securityGroupType, defaultSecurityGroupType],
            message: (id) => `InvalidGroup.NotFound: The security group '${id}' does not exist`,
        })),
        replaceOn: ["securityGroupId", "region"],
        volatile: ["tagsAll"],
        durationKey: shortWait,
        validate: (inputs) => [
            ...wrongCidr("cidrIpv4", inputs["cidrIpv4"]),
            ...wrongDescription(inputs),
            ...["fromPort", "toPort"].flatMap((property) => wrongPort(property, inputs[property])),
        ],
        refuse: (inputs, context) => refusedRule(token, inputs, context) ?? refusedTags(inputs, context.config),
        id: () => ec2Id("sgr"),
        computed: (inputs, { id, config }) => ({
            arn: ec2Arn("security-group-rule", id, inputs, config),
            securityGroupRuleId: id,
            tagsAll: allTags(inputs, config),
        }),
    };
}

/** The provider's own limits: https://www.pulumi.com/registry/packages/aws/api-docs/vpc/securitygroupingressrule/ */
function wrongPort(property: string, port: PropertyMap[string] | undefined): Problem[] {
    return typeof port === "number" && (port < -1 || port > 65535)
        ? [{ property, reason: `must be between -1 and 65535, got: ${port}` }]
        : [];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html */
function refusedRule(token: string, inputs: PropertyMap, { inventory, previous }: RefuseContext): string | undefined {
    const { securityGroupId, referencedSecurityGroupId } = inputs;
    if (peers.filter((peer) => inputs[peer] !== undefined).length !== 1) {
        return "Invalid Attribute Combination: Exactly one of these attributes must be configured: [cidr_ipv4,cidr_ipv6,prefix_list_id,referenced_security_group_id]";
    }
    const wrong = refusedProtocol(inputs);
    if (wrong !== undefined) {
        return wrong;
    }
    const vpcOf = (id: PropertyMap[string]): unknown =>
        (byId(securityGroupType, id, inventory) ?? byId(defaultSecurityGroupType, id, inventory))?.inputs["vpcId"];
    if (referencedSecurityGroupId !== undefined && vpcOf(referencedSecurityGroupId) !== vpcOf(securityGroupId)) {
        return "InvalidGroup.NotFound: You have specified two resources that belong to different networks.";
    }
    if (previous !== undefined) {
        return undefined;
    }
    const others = inventory.rows(token).filter((other) => other.inputs["securityGroupId"] === securityGroupId);
    const same = [...peers, "ipProtocol", "fromPort", "toPort"];
    if (others.some((other) => same.every((key) => other.inputs[key] === inputs[key]))) {
        const peer = peers.map((key) => textOf(inputs[key])).join("");
        return `InvalidPermission.Duplicate: the specified rule "peer: ${peer}, ${textOf(inputs["ipProtocol"]).toUpperCase()}, from port: ${textOf(inputs["fromPort"])}, to port: ${textOf(inputs["toPort"])}, ALLOW" already exists`;
    }
    return others.length >= mostRules
        ? "RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached."
        : undefined;
}

function refusedProtocol({ ipProtocol, fromPort, toPort }: PropertyMap): string | undefined {
    const protocol = textOf(ipProtocol);
    const isNumber = /^\d{1,3}$/.test(protocol) && Number(protocol) <= 255;
    if (!["-1", "tcp", "udp", "icmp", "icmpv6"].includes(protocol) && !isNumber) {
        return `InvalidParameterValue: Invalid value '${protocol}' for IP protocol. Unknown protocol.`;
    }
    if (protocol === "-1") {
        return fromPort === undefined && toPort === undefined
            ? undefined
            : "InvalidParameterValue: from_port and to_port must not be given when ip_protocol is -1";
    }
    if (protocol !== "icmpv6" && (fromPort === undefined || toPort === undefined)) {
        return "InvalidParameterValue: Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.";
    }
    return ["tcp", "udp"].includes(protocol) && Number(fromPort) > Number(toPort)
        ? `InvalidParameterValue: Invalid ${protocol.toUpperCase()} port range (${textOf(fromPort)}:${textOf(toPort)})`
        : undefined;
}

export const securityGroups: readonly ResourceModel[] = [securityGroup, rule(ingressRuleType), rule(egressRuleType)];
