import { given, quote } from "./wording";

/** Rules of Kubernetes for names; each function says what is wrong with a text, or nothing. */

const Label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LabelRule = "Use lower-case letters, digits and hyphens, with a letter or digit at both ends";

/** A DNS label (RFC 1123): namespaces and names that become part of host names. */
export function dnsLabel(value: string, longest = 63): string | undefined {
    if (value.length > longest) {
        return `is too long (${value.length} characters in ${quote(value)}). Use at most ${longest} characters.`;
    }
    return Label.test(value) ? undefined : `is not a DNS label ${given(value)}. ${LabelRule}.`;
}

/** A DNS subdomain (RFC 1123): names of most objects. */
export function objectName(value: string, longest = 253): string | undefined {
    if (value.length > longest) {
        return `is too long (${value.length} characters in ${quote(value)}). Use at most ${longest} characters.`;
    }
    return value.split(".").every((part) => Label.test(part))
        ? undefined
        : `is not a valid name of a Kubernetes object ${given(value)}. ${LabelRule}; dots may separate such parts.`;
}

/** A key inside a Secret or ConfigMap. */
export function dataKey(value: string): string | undefined {
    const valid = /^[-._a-zA-Z0-9]{1,253}$/.test(value) && value !== "." && !value.startsWith("..");
    return valid
        ? undefined
        : `is not a valid key of a Secret or ConfigMap ${given(value)}. Use at most 253 letters, digits, dots, hyphens and underscores.`;
}

const NamePart = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Key of a label or an annotation: `name` or `dns.subdomain/name`. */
export function metadataKey(key: string): string | undefined {
    const parts = key.split("/");
    const name = parts[parts.length - 1];
    const prefix = parts.length === 2 ? parts[0] : undefined;
    const valid =
        parts.length <= 2 &&
        NamePart.test(name) &&
        (prefix === undefined || objectName(prefix.toLowerCase()) === undefined);
    return valid
        ? undefined
        : "is not a valid key of a label or annotation. Use `name` or `dns.prefix/name`; the name has at most 63 letters, digits, dots, hyphens and underscores, with a letter or digit at both ends.";
}

/** Value of a label. */
export function labelValue(value: string): string | undefined {
    return value === "" || NamePart.test(value)
        ? undefined
        : `is not a valid value of a label ${given(value)}. Use at most 63 letters, digits, dots, hyphens and underscores, with a letter or digit at both ends.`;
}

/** Name of an environment variable. */
export function variableName(name: string): string | undefined {
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
        ? undefined
        : "is not a valid name of an environment variable. Use letters, digits and underscores, and no digit at the start.";
}

/** An exact version (SemVer 2), without range or channel. */
const ExactVersion = /^v?(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** The three numbers of an exact version. */
export function versionNumbers(value: string): readonly [number, number, number] | undefined {
    const match = ExactVersion.exec(value);
    return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

const Range = /[\^~<>=*|,]|\s|(^|\.)x(\.|$)/i;

/** Whether Helm takes a text for a range of versions. */
export function isVersionRange(value: string): boolean {
    return Range.test(value) || /^v?\d+(\.\d+)?$/.test(value);
}

/** A version that does not change under a stack. */
export function exactVersion(value: string, example: string): string | undefined {
    if (versionNumbers(value) !== undefined) {
        return undefined;
    }
    if (value === "latest" || Range.test(value)) {
        return `is not one version ${given(value)}: what is installed would change under the stack. Give a number such as ${example}.`;
    }
    return `is not a version ${given(value)}. Give three numbers such as ${example}.`;
}

/** A whole number of a range. */
export function wholeNumber(value: number, least: number, most = Number.MAX_SAFE_INTEGER): string | undefined {
    if (Number.isInteger(value) && value >= least && value <= most) {
        return undefined;
    }
    const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`;
    return `is not a whole number of ${range} ${given(value)}. Give one, without unit or quotes.`;
}
