import type { WandbDeploymentArgs } from "../../args";
import {
    type AzureGatewayArgs,
    AzureGatewaySku,
    AzureIngressController,
    type AzureLoadBalancerArgs,
    AzureLoadBalancerScheme,
    AzureTlsPolicy,
    type AzureWafArgs,
    AzureWafMode,
    AzureWafRuleSet,
} from "../../azure/args/entry";
import { wrongIpv4Range } from "../cidr";
import { checkNumber, refuseRepetition } from "../lists";
import type { Section } from "../section";
import { plainHttp } from "../plain-http";
import { choice, flag, listOf, object, plainNumber, plainText, text } from "../shape";
import { given } from "../wording";
import { controllerOf, isInternal, otherIngress } from "./entry-tls";
import { wrongNetworkName, wrongResourceId, wrongZone } from "./rules";

const wafShape = object<AzureWafArgs>("AzureWafArgs", {
    policyName: text,
    existingPolicyId: text,
    mode: choice(AzureWafMode),
    ruleSet: choice(AzureWafRuleSet),
    botRules: flag,
    inspectedBodyKb: plainNumber,
});

export const loadBalancerShape = object<AzureLoadBalancerArgs>("AzureLoadBalancerArgs", {
    controller: choice(AzureIngressController, { agic: "Use application-gateway.", nginx: "Use app-routing." }),
    scheme: choice(AzureLoadBalancerScheme, { public: "Use external.", private: "Use internal." }),
    inboundCidrs: listOf(plainText),
    httpRedirect: flag,
    requestTimeoutSeconds: plainNumber,
    gateway: object<AzureGatewayArgs>("AzureGatewayArgs", {
        existingId: text,
        name: text,
        sku: choice(AzureGatewaySku, { Standard: "Use Standard_v2.", WAF: "Use WAF_v2." }),
        minCapacity: plainNumber,
        maxCapacity: plainNumber,
        zones: listOf(plainText),
        privateAddress: text,
        publicAddressName: text,
        dnsLabel: text,
        existingPublicAddressId: text,
        tlsPolicy: choice(AzureTlsPolicy),
        http2: flag,
        waf: wafShape,
    }),
});

type Args = Section<WandbDeploymentArgs>;
type Balancer = Section<AzureLoadBalancerArgs>;
type Gateway = Section<AzureGatewayArgs>;

/** `azure.loadBalancer` */
export function checkLoadBalancer(args: Args, section: Balancer): void {
    const other = otherIngress(args);
    if (other !== undefined && section.givenKeys().some((key) => key !== "controller")) {
        args.report("azure.loadBalancer", `has no effect: ${other}. Leave out the one or the other.`);
        return;
    }
    checkNumber(section, "requestTimeoutSeconds", 1, 86_400);
    checkClients(args, section);
    const plain = plainHttp(args);
    if (section.has("httpRedirect") && plain !== undefined) {
        section.refuse("httpRedirect", `has no effect: ${plain}. Leave out the one or the other.`);
    }
    const gateway = section.section("gateway");
    if (gateway === undefined) {
        return;
    }
    if (controllerOf(args) === AzureIngressController.AppRouting) {
        section.refuse(
            "gateway",
            "has no effect with `azure.loadBalancer.controller` app-routing, which uses no Application Gateway. Leave out the one or the other.",
        );
        return;
    }
    checkGateway(gateway);
}

/** Ranges that may connect. */
function checkClients(args: Args, section: Balancer): void {
    if (!section.has("inboundCidrs")) {
        return;
    }
    const ranges = section.texts("inboundCidrs");
    const reason = unheeded(args, section);
    if (reason !== undefined) {
        section.refuse("inboundCidrs", `has no effect: ${reason}. Leave out the one or the other.`);
    } else if (ranges.length === 0 && !section.pending("inboundCidrs")) {
        section.refuse("inboundCidrs", "is empty, so nobody could connect. Give at least one range, or leave it out.");
    }
    ranges.forEach((range) => section.checkEntry(range, wrongIpv4Range));
    refuseRepetition(section, ranges);
}

/** Why nothing heeds the ranges of a gateway; NGINX always does. */
function unheeded(args: Args, section: Balancer): string | undefined {
    if (controllerOf(args) === AzureIngressController.AppRouting) {
        return undefined;
    }
    if (section.section("gateway")?.has("existingId") === true) {
        return "`azure.loadBalancer.gateway.existingId` names a gateway whose subnet has rules of your own";
    }
    if (args.section("azure")?.section("network")?.has("existing") === true) {
        return "`azure.network.existing` names subnets that have rules of your own";
    }
    return isInternal(args)
        ? "`azure.loadBalancer.scheme` is internal, and who reaches the network reaches it"
        : undefined;
}

function checkGateway(gateway: Gateway): void {
    gateway.check("existingId", (id) => wrongResourceId(id, "Microsoft.Network/applicationGateways"));
    if (gateway.has("existingId")) {
        refuseBesideExisting(gateway);
    }
    gateway.check("name", (name) => wrongNetworkName(name, 1, 45));
    gateway.check("publicAddressName", (name) => wrongNetworkName(name));
    gateway.check("dnsLabel", wrongLabel);
    gateway.check("existingPublicAddressId", (id) => wrongResourceId(id, "Microsoft.Network/publicIPAddresses"));
    for (const key of gateway.givenOf("publicAddressName", "dnsLabel")) {
        if (gateway.has("existingPublicAddressId")) {
            gateway.refuse(
                key,
                "has no effect next to `existingPublicAddressId`: no address is made. Leave out the one or the other.",
            );
        }
    }
    gateway.check("privateAddress", wrongAddress);
    checkCapacity(gateway);
    const zones = gateway.texts("zones");
    zones.forEach((zone) => gateway.checkEntry(zone, wrongZone));
    refuseRepetition(gateway, zones);
    const waf = gateway.section("waf");
    if (waf !== undefined) {
        checkWaf(gateway, waf);
    }
}

/** Nothing is made that could have them. */
function refuseBesideExisting(gateway: Gateway): void {
    const waf = gateway.section("waf");
    for (const key of gateway.givenKeys()) {
        if (key !== "existingId" && key !== "waf") {
            gateway.report(
                `${gateway.path}.${key}`,
                "has no effect next to `existingId`: no gateway is made. Leave out the one or the other.",
            );
        }
    }
    for (const key of waf?.givenKeys() ?? []) {
        if (waf !== undefined && key !== "existingPolicyId") {
            waf.report(
                `${waf.path}.${key}`,
                "has no effect next to `azure.loadBalancer.gateway.existingId`: no policy is made. Leave out the one or the other.",
            );
        }
    }
}

/** https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#domain-name-label */
function wrongLabel(label: string): string | undefined {
    return /^[a-z][a-z0-9-]{1,61}[a-z0-9]$/.test(label)
        ? undefined
        : `is not a label of a domain name ${given(label)}. It has 3 to 63 lower-case letters, digits and hyphens, begins with a letter and ends with a letter or digit.`;
}

function wrongAddress(address: string): string | undefined {
    return wrongIpv4Range(`${address}/32`) === undefined
        ? undefined
        : `is not an IPv4 address ${given(address)}. Give for example 10.10.0.250.`;
}

/** https://learn.microsoft.com/azure/application-gateway/application-gateway-autoscaling-zone-redundant */
function checkCapacity(gateway: Gateway): void {
    const least = checkNumber(gateway, "minCapacity", 0, 125);
    const most = checkNumber(gateway, "maxCapacity", 2, 125);
    const [min, max] = [gateway.number("minCapacity") ?? 2, gateway.number("maxCapacity") ?? 5];
    if (least && min > max) {
        gateway.refuse(
            "minCapacity",
            `is more than \`maxCapacity\` ${given(min)}, which is ${max}. Give ${max} at most, or a higher \`maxCapacity\`.`,
        );
    } else if (most && !gateway.has("minCapacity") && max < min) {
        gateway.refuse("maxCapacity", `is less than \`minCapacity\` ${given(max)}, which is ${min}. Give both.`);
    }
}

function checkWaf(gateway: Gateway, waf: Section<AzureWafArgs>): void {
    const otherSku = gateway.text("sku") !== AzureGatewaySku.Waf && !gateway.pending("sku");
    if (!gateway.has("existingId") && otherSku) {
        gateway.refuse("waf", "has no effect without `sku` WAF_v2. Set that, or leave this out.");
    }
    waf.check("existingPolicyId", (id) =>
        wrongResourceId(id, "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies"),
    );
    waf.check("policyName", (name) => wrongNetworkName(name, 1, 128));
    checkNumber(waf, "inspectedBodyKb", 8, 2000);
    for (const key of waf.givenOf("policyName", "mode", "ruleSet", "botRules", "inspectedBodyKb")) {
        if (waf.has("existingPolicyId") && !gateway.has("existingId")) {
            waf.refuse(
                key,
                "has no effect next to `existingPolicyId`: no policy is made. Leave out the one or the other.",
            );
        }
    }
}
