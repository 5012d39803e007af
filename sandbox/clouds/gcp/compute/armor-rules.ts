/** Rules of security policies: https://docs.cloud.google.com/armor/docs/rules-language-reference and /armor/docs/rate-limiting-overview */
import { isIP } from "node:net";
import type { Problem } from "../../model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../../values";

const property = "rules";
const lastPriority = 2_147_483_647;
const mostRanges = 10;
const longestDescription = 64;
const intervals = [10, 30, 60, 120, 180, 240, 270, 300, 600, 900, 1200, 1800, 2700, 3600];
const limiting = ["throttle", "rate_based_ban"];
const actions = /^(allow|deny\((403|404|502)\)|throttle|rate_based_ban)$/;

/** https://docs.cloud.google.com/armor/docs/waf-rules */
const ruleSets =
    /^((sqli|xss|lfi|rfi|rce|methodenforcement|scannerdetection|protocolattack|php|sessionfixation|java)-(v33|v422)-|nodejs-v33-|generic-v422-)(stable|canary)$|^(cve|json-sqli)-canary$/;

/** Everything that is wrong with the rules of a policy. */
export function wrongRules(value: PropertyValue | undefined): Problem[] {
    const rules = Array.isArray(value) ? value.filter(isMap) : [];
    if (rules.length === 0) {
        return [];
    }
    const priorities = rules.map(({ priority }) => priority);
    const reasons = rules.flatMap(wrongRule);
    if (new Set(priorities).size < priorities.length) {
        reasons.push("two of them have the same priority");
    }
    const last = rules.find(({ priority }) => priority === lastPriority);
    if (last === undefined || sourcesOf(last).join() !== "*") {
        reasons.push(`must hold a default rule, of priority ${lastPriority} for "*"`);
    }
    return reasons.map((reason) => ({ property, reason }));
}

function wrongRule(rule: PropertyMap): string[] {
    const action = textOf(rule["action"]);
    const reasons: string[] = [];
    const priority = Number(rule["priority"]);
    if (priority < 0 || priority > lastPriority) {
        reasons.push(`priority ${priority} is not between 0 and ${lastPriority}`);
    }
    if (!actions.test(action)) {
        reasons.push(`action "${action}" is not known`);
    }
    if (textOf(rule["description"]).length > longestDescription) {
        reasons.push(`a description has more than ${longestDescription} characters`);
    }
    return [...reasons, ...wrongMatch(rule), ...wrongLimit(rule, limiting.includes(action))];
}

function sourcesOf({ match }: PropertyMap): string[] {
    const config = isMap(match) ? match["config"] : undefined;
    const ranges = isMap(config) ? config["srcIpRanges"] : undefined;
    return Array.isArray(ranges) ? ranges.map((range) => textOf(range)) : [];
}

function wrongMatch(rule: PropertyMap): string[] {
    const match = isMap(rule["match"]) ? rule["match"] : {};
    const ranges = sourcesOf(rule);
    if (match["versionedExpr"] === undefined) {
        const expression = isMap(match["expr"]) ? textOf(match["expr"]["expression"]) : "";
        return match["expr"] === undefined
            ? ["match needs versionedExpr with config, or expr"]
            : wrongExpression(expression);
    }
    if (ranges.length === 0 || ranges.length > mostRanges) {
        return [`srcIpRanges must hold 1 to ${mostRanges} ranges (${ranges.length} given)`];
    }
    return ranges.filter((range) => !isRange(range)).map((range) => `"${range}" is not an IP range`);
}

function isRange(text: string): boolean {
    const [address, prefix = "32", ...rest] = text.split("/");
    const most = isIP(address) === 6 ? 128 : 32;
    return (
        text === "*" || (isIP(address) !== 0 && rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= most)
    );
}

function wrongExpression(expression: string): string[] {
    const match = /^evaluatePreconfiguredWaf\('([^']*)'(?:, *\{'sensitivity': *(\d+)\})?\)$/.exec(expression);
    // Other expressions are not read here.
    if (match === null) {
        return expression.includes("evaluatePreconfiguredWaf") ? [`expression "${expression}" cannot be parsed`] : [];
    }
    const [, ruleSet, sensitivity = "4"] = match;
    return [
        ...(ruleSets.test(ruleSet) ? [] : [`there are no preconfigured rules "${ruleSet}"`]),
        ...(Number(sensitivity) <= 4 ? [] : [`sensitivity ${sensitivity} is not between 0 and 4`]),
    ];
}

function wrongLimit({ rateLimitOptions: options }: PropertyMap, limits: boolean): string[] {
    if (limits !== isMap(options)) {
        return [limits ? "a limiting action needs rateLimitOptions" : "rateLimitOptions are for limiting actions only"];
    }
    const threshold = isMap(options) ? options["rateLimitThreshold"] : undefined;
    if (!isMap(threshold)) {
        return limits ? ["rateLimitThreshold is missing"] : [];
    }
    return [
        ...(intervals.includes(Number(threshold["intervalSec"]))
            ? []
            : [`intervalSec must be one of ${intervals.join(", ")}`]),
        ...(wrongCount(Number(threshold["count"])) ? ["count must be between 1 and 1000000"] : []),
    ];
}

function wrongCount(count: number): boolean {
    return count < 1 || count > 1_000_000;
}
