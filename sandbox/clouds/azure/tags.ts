/** Tags, by https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/tag-resources#limitations. */
import { isMap, textOf, type PropertyValue } from "../values";
import { armError } from "./errors";

export interface TagLimits {
    /** 50 when absent. */
    readonly most?: number;
    /** Of a name; 512 when absent. */
    readonly longest?: number;
    /** DNS takes no space, no special sign and no digit at the start of a name. */
    readonly dns?: boolean;
}

const LongestValue = 256;

export function refusedTags(tags: PropertyValue | undefined, limits: TagLimits): string | undefined {
    const { most = 50, longest = 512, dns = false } = limits;
    const entries = isMap(tags) ? Object.entries(tags) : [];
    if (entries.length > most) {
        return armError(400, "TooManyTags", `Too many tags on the resource. The maximum is '${most}'.`);
    }
    const seen = new Set<string>();
    for (const [name, value] of entries) {
        const wrong = wrongName(name, longest, dns) ?? (seen.has(name.toLowerCase()) ? duplicate(name) : undefined);
        if (wrong !== undefined) {
            return wrong;
        }
        seen.add(name.toLowerCase());
        if (textOf(value).length > LongestValue) {
            return armError(400, "InvalidTagValueLength", `Tag value too large. Maximum is '${LongestValue}'.`);
        }
    }
    return undefined;
}

function duplicate(name: string): string {
    return armError(400, "InvalidTags", `The tag name '${name}' is given more than once; names differ in case only.`);
}

function wrongName(name: string, longest: number, dns: boolean): string | undefined {
    if (/^(microsoft|azure|windows)/i.test(name)) {
        return armError(400, "InvalidTagName", `The tag name '${name}' has a prefix that is reserved.`);
    }
    if (name.length > longest) {
        return armError(400, "InvalidTagNameLength", `Tag name too large. Maximum is '${longest}'.`);
    }
    const formed = dns ? /^[A-Za-z_][\w.-]*$/.test(name) : name !== "" && !/[<>%&\\?/]/.test(name);
    return formed
        ? undefined
        : armError(400, "InvalidTagNameCharacters", `The tag name '${name}' has reserved characters.`);
}
