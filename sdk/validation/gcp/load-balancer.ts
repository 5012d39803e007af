import { isIPv6 } from "node:net";
import type { WandbDeploymentArgs } from "../../args";
import {
    type GcpArmorArgs,
    type GcpLoadBalancerArgs,
    GcpLoadBalancerScheme,
    type GcpProxySubnetArgs,
    type GcpRateLimitArgs,
    type GcpTlsPolicyArgs,
    GcpTlsProfile,
    GcpTlsVersion,
} from "../../gcp/args/entry";
import { wrongIpv4Range } from "../cidr";
import { checkNumber, refuseRepetition } from "../lists";
import type { Section } from "../section";
import { plainHttp } from "../plain-http";
import { choice, flag, listOf, needed, object, plainNumber, plainText, text } from "../shape";
import { given } from "../wording";
import { wrongComputeName } from "./compute-names";
import { isInternal, mayBeInternal, otherIngress } from "./entry-tls";
import { wrongSubnetRange } from "./entry-ranges";

export const loadBalancerShape = object<GcpLoadBalancerArgs>("GcpLoadBalancerArgs", {
    scheme: choice(GcpLoadBalancerScheme, { "internet-facing": "Use external." }),
    addressName: text,
    existingAddress: text,
    inboundCidrs: listOf(plainText),
    armor: object<GcpArmorArgs>("GcpArmorArgs", {
        enabled: flag,
        existingPolicy: text,
        policyName: text,
        wafRules: listOf(plainText),
        wafSensitivity: plainNumber,
        wafPreview: flag,
        rateLimit: object<GcpRateLimitArgs>("GcpRateLimitArgs", {
            requests: needed(plainNumber, "how often one client may ask"),
            intervalSeconds: plainNumber,
        }),
    }),
    tlsPolicy: object<GcpTlsPolicyArgs>("GcpTlsPolicyArgs", {
        profile: choice(GcpTlsProfile),
        minVersion: choice(GcpTlsVersion),
        name: text,
        existingPolicy: text,
    }),
    httpRedirect: flag,
    proxySubnet: object<GcpProxySubnetArgs>("GcpProxySubnetArgs", {
        create: flag,
        cidr: plainText,
        name: text,
        firewallName: text,
        ports: listOf(plainText),
    }),
});

type Args = Section<WandbDeploymentArgs>;
type Balancer = Section<GcpLoadBalancerArgs>;

/** `gcp.loadBalancer` */
export function checkLoadBalancer(args: Args, section: Balancer): void {
    const other = otherIngress(args);
    if (other !== undefined && section.givenKeys().length > 0) {
        args.report("gcp.loadBalancer", `has no effect: ${other}. Leave out the one or the other.`);
        return;
    }
    checkAddress(section);
    if (isInternal(args)) {
        refuseForInternal(section);
    } else {
        checkClients(section);
        if (!mayBeInternal(args)) {
            refuseProxySubnet(section);
        }
    }
    const armor = section.section("armor");
    if (armor !== undefined && !isInternal(args)) {
        checkArmor(armor);
    }
    const tlsPolicy = section.section("tlsPolicy");
    if (tlsPolicy !== undefined && !isInternal(args)) {
        checkTlsPolicy(tlsPolicy);
    }
    const plain = plainHttp(args);
    for (const key of section.givenOf("tlsPolicy", "httpRedirect")) {
        if (plain !== undefined && !isInternal(args)) {
            section.refuse(key, `has no effect: ${plain}. Leave out the one or the other.`);
        }
    }
    const proxies = section.section("proxySubnet");
    if (proxies !== undefined) {
        checkProxySubnet(proxies);
    }
}

function checkAddress(section: Balancer): void {
    section.check("addressName", wrongComputeName);
    section.check("existingAddress", wrongComputeName);
    if (section.has("addressName") && section.has("existingAddress")) {
        section.refuse(
            "addressName",
            "has no effect next to `gcp.loadBalancer.existingAddress`: no address is made. Leave out the one or the other.",
        );
    }
}

/** What Google has for external load balancers only. */
function refuseForInternal(section: Balancer): void {
    const reasons = {
        inboundCidrs: "Who reaches the network reaches it",
        armor: "GKE refuses Cloud Armor for it",
        tlsPolicy: "GKE gives it no SSL policy",
        httpRedirect: "It has no port 80 beside HTTPS",
    };
    for (const key of section.givenOf("inboundCidrs", "armor", "tlsPolicy", "httpRedirect")) {
        section.refuse(key, `has no effect with an internal load balancer. ${reasons[key]}. Leave it out.`);
    }
}

function refuseProxySubnet(section: Balancer): void {
    if (section.has("proxySubnet")) {
        section.refuse(
            "proxySubnet",
            "has no effect with an external load balancer, whose proxies lie outside the network. Leave it out, or set `gcp.loadBalancer.scheme` to internal.",
        );
    }
}

/** Ranges that may connect. */
function checkClients(section: Balancer): void {
    if (!section.has("inboundCidrs")) {
        return;
    }
    const ranges = section.texts("inboundCidrs");
    const armor = section.section("armor");
    const reason =
        armor?.flag("enabled") === false
            ? "`gcp.loadBalancer.armor.enabled` is false, and nothing else knows who may connect"
            : armor?.has("existingPolicy") === true
              ? "`gcp.loadBalancer.armor.existingPolicy` says who may connect"
              : undefined;
    if (reason !== undefined) {
        section.refuse("inboundCidrs", `has no effect: ${reason}. Leave out the one or the other.`);
    } else if (ranges.length === 0 && !section.pending("inboundCidrs")) {
        section.refuse("inboundCidrs", "is empty, so nobody could connect. Give at least one range, or leave it out.");
    }
    ranges.forEach((range) => section.checkEntry(range, wrongClientRange));
    refuseRepetition(section, ranges);
}

function wrongClientRange(range: string): string | undefined {
    if (range === "*" || !range.includes(":")) {
        return range === "*" ? undefined : wrongIpv4Range(range);
    }
    const [, address, prefix] = /^([^/]+)\/(\d{1,3})$/.exec(range) ?? [];
    return address !== undefined && isIPv6(address) && Number(prefix) <= 128
        ? undefined
        : `is not an IPv6 range ${given(range)}. Give for example 2001:db8::/32.`;
}

/** https://docs.cloud.google.com/armor/docs/waf-rules */
const RuleSet =
    /^((sqli|xss|lfi|rfi|rce|methodenforcement|scannerdetection|protocolattack|php|sessionfixation|java)-v(33|422)|nodejs-v33|generic-v422)-(stable|canary)$|^(cve|json-sqli)-canary$/;
const MostRuleSets = 10;

function checkArmor(armor: Section<GcpArmorArgs>): void {
    armor.check("existingPolicy", wrongComputeName);
    armor.check("policyName", wrongComputeName);
    const own = armor.has("existingPolicy");
    const made = ["policyName", "wafRules", "wafSensitivity", "wafPreview", "rateLimit"] as const;
    for (const key of armor.givenOf(...made, "enabled")) {
        if (own) {
            armor.refuse(
                key,
                "has no effect next to `existingPolicy`: no policy is made. Leave out the one or the other.",
            );
        } else if (key !== "enabled" && armor.flag("enabled") === false) {
            armor.refuse(key, "has no effect, because `enabled` is false. Leave out the one or the other.");
        }
    }
    const ruleSets = armor.texts("wafRules");
    for (const ruleSet of ruleSets) {
        armor.checkEntry(ruleSet, (name) =>
            RuleSet.test(name)
                ? undefined
                : `is not the name of a preconfigured rule set ${given(name)}. Give for example sqli-v33-stable: https://docs.cloud.google.com/armor/docs/waf-rules.`,
        );
    }
    refuseRepetition(armor, ruleSets);
    if (ruleSets.length > MostRuleSets) {
        armor.refuse("wafRules", `has ${ruleSets.length} rule sets. Give ${MostRuleSets} at most.`);
    }
    checkNumber(armor, "wafSensitivity", 1, 4);
    for (const key of armor.givenOf("wafSensitivity", "wafPreview")) {
        if (!armor.has("wafRules")) {
            armor.refuse(key, "has no effect without `wafRules`. Give those, or leave this out.");
        }
    }
    checkRateLimit(armor.section("rateLimit"));
}

/** https://docs.cloud.google.com/armor/docs/rate-limiting-overview */
const Intervals = [10, 30, 60, 120, 180, 240, 270, 300, 600, 900, 1200, 1800, 2700, 3600];

function checkRateLimit(limit: Section<GcpRateLimitArgs> | undefined): void {
    if (limit === undefined) {
        return;
    }
    checkNumber(limit, "requests", 1, 1_000_000);
    const seconds = limit.number("intervalSeconds");
    if (seconds !== undefined && !Intervals.includes(seconds)) {
        limit.refuse(
            "intervalSeconds",
            `is not a time that Google counts over ${given(seconds)}. Use ${Intervals.join(", ")}.`,
        );
    }
}

function checkTlsPolicy(policy: Section<GcpTlsPolicyArgs>): void {
    policy.check("name", wrongComputeName);
    policy.check("existingPolicy", wrongComputeName);
    for (const key of policy.givenOf("profile", "minVersion", "name")) {
        if (policy.has("existingPolicy")) {
            policy.refuse(
                key,
                "has no effect next to `existingPolicy`: no policy is made. Leave out the one or the other.",
            );
        }
    }
    if (policy.text("minVersion") === GcpTlsVersion.Tls13 && policy.text("profile") !== GcpTlsProfile.Restricted) {
        policy.refuse(
            "minVersion",
            "is TLS_1_3, which Google offers with profile RESTRICTED only. Set `profile` to that.",
        );
    }
}

/** Google asks for 64 addresses at least: https://docs.cloud.google.com/load-balancing/docs/proxy-only-subnets */
const SmallestProxies = 26;

function checkProxySubnet(proxies: Section<GcpProxySubnetArgs>): void {
    if (proxies.flag("create") === false) {
        for (const key of proxies.givenOf("cidr", "name", "firewallName", "ports")) {
            proxies.refuse(key, "has no effect, because `create` is false. Leave out the one or the other.");
        }
    }
    proxies.check("cidr", (range) => wrongSubnetRange(range, SmallestProxies));
    proxies.check("name", wrongComputeName);
    proxies.check("firewallName", wrongComputeName);
    const ports = proxies.texts("ports");
    if (proxies.has("ports") && ports.length === 0 && !proxies.pending("ports")) {
        proxies.refuse("ports", "is empty, so no pod could be reached. Give at least one port, or leave it out.");
    }
    ports.forEach((port) => proxies.checkEntry(port, wrongPorts));
    refuseRepetition(proxies, ports);
}

function wrongPorts(text: string): string | undefined {
    const [first, last = first] = text.split("-").map(Number);
    return /^\d{1,5}(-\d{1,5})?$/.test(text) && first >= 1 && first <= last && last <= 65_535
        ? undefined
        : `is not a port or a range of ports ${given(text)}. Give for example 8080 or 8080-8082.`;
}
