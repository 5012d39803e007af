import type { GcpArmorArgs } from "../args/entry";

/** One rule of a security policy, as Google Cloud documents it. */
export interface ArmorRule {
    readonly action: string;
    readonly priority: number;
    readonly description: string;
    readonly preview?: boolean;
    readonly match: {
        readonly versionedExpr?: string;
        readonly config?: { readonly srcIpRanges: string[] };
        readonly expr?: { readonly expression: string };
    };
    readonly rateLimitOptions?: {
        readonly conformAction: string;
        readonly exceedAction: string;
        readonly enforceOnKey: string;
        readonly rateLimitThreshold: { readonly count: number; readonly intervalSec: number };
    };
}

/** https://docs.cloud.google.com/armor/quotas */
const RangesOfRule = 10;
/** Every policy ends with this rule, which cannot be taken away: it lets everybody in unless it is told otherwise. */
const DefaultPriority = 2_147_483_647;
const FirstWafPriority = 100;
const FirstAllowPriority = 1000;
export const Everybody = "*";

/**
 * The rules of the policy, in the order in which they are asked: attacks are denied also for those who may come in, and whoever is not named is
 * denied at last.
 */
export function armorRules(armor: GcpArmorArgs, inboundCidrs: readonly string[] = [Everybody]): ArmorRule[] {
    const waf = (armor.wafRules ?? []).map((ruleSet, index) => wafRule(armor, ruleSet, FirstWafPriority + index));
    const allowed = chunks(rangesOf(inboundCidrs)).map((ranges, index) =>
        allow(armor, ranges, FirstAllowPriority + index),
    );
    const rest: ArmorRule = {
        action: "deny(403)",
        priority: DefaultPriority,
        description: "Everybody else",
        match: sources([Everybody]),
    };
    return [...waf, ...allowed, rest];
}

/** Each once, and everybody alone: next to it no other range says anything. */
function rangesOf(cidrs: readonly string[]): string[] {
    return cidrs.includes(Everybody) || cidrs.includes("0.0.0.0/0") ? [Everybody] : [...new Set(cidrs)];
}

function chunks(ranges: readonly string[]): string[][] {
    const count = Math.ceil(ranges.length / RangesOfRule);
    return Array.from({ length: count }, (_, index) => ranges.slice(index * RangesOfRule, (index + 1) * RangesOfRule));
}

function sources(srcIpRanges: string[]): ArmorRule["match"] {
    return { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges } };
}

function wafRule(
    { wafSensitivity = 1, wafPreview = false }: GcpArmorArgs,
    ruleSet: string,
    priority: number,
): ArmorRule {
    return {
        action: "deny(403)",
        priority,
        description: ruleSet,
        preview: wafPreview,
        match: { expr: { expression: `evaluatePreconfiguredWaf('${ruleSet}', {'sensitivity': ${wafSensitivity}})` } },
    };
}

/** A rule that limits lets in as well, so it stands in place of the one that only lets in. */
function allow({ rateLimit }: GcpArmorArgs, ranges: string[], priority: number): ArmorRule {
    const rule = { priority, description: "Clients", match: sources(ranges) };
    if (rateLimit === undefined) {
        return { ...rule, action: "allow" };
    }
    const { requests, intervalSeconds = 60 } = rateLimit;
    return {
        ...rule,
        action: "throttle",
        rateLimitOptions: {
            conformAction: "allow",
            exceedAction: "deny(429)",
            enforceOnKey: "IP",
            rateLimitThreshold: { count: requests, intervalSec: intervalSeconds },
        },
    };
}
