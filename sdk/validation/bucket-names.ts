import { isIP } from "node:net";
import { given } from "./wording";

interface Rule {
    readonly service: string;
    readonly pattern: RegExp;
    readonly text: string;
}

const S3: Rule = {
    service: "an S3 bucket",
    pattern: /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    text: "3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends",
};

const Rules: Readonly<Record<string, Rule>> = {
    s3: S3,
    cw: S3,
    gcs: {
        service: "a Cloud Storage bucket",
        pattern:
            /^(?!goog)(?!.*\.\.)(?=.{3,222}$)[a-z0-9][a-z0-9_-]{0,61}[a-z0-9](\.[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?)*$/,
        text: "3 to 63 lower-case letters, digits, hyphens and underscores (dots between parts), with a letter or digit at both ends, not starting with goog",
    },
    az: {
        service: "a blob container",
        pattern: /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
        text: "3 to 63 lower-case letters, digits and single hyphens, with a letter or digit at both ends",
    },
};

/** The name by the rules of its service. Stores that only speak like S3 have rules of their own: there only what breaks the URL is refused. */
export function bucketName(name: string, provider: string | undefined, compatible: boolean): string | undefined {
    const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(name)?.[0];
    if (scheme !== undefined) {
        return `is a URL ${given(name)}. Leave ${scheme} out and give the name alone.`;
    }
    if (name.includes("/")) {
        return provider === "az"
            ? `has a slash ${given(name)}. Put the storage account into \`bucket.account\` and the container into \`bucket.name\`.`
            : `has a path ${given(name)}. Put the part after the slash into \`bucket.prefix\`.`;
    }
    if (name.includes(":")) {
        return `is an address ${given(name)}. Put it into \`bucket.endpoint\` and the bucket's name into \`bucket.name\`.`;
    }
    if (compatible) {
        return /[?#@\s]/.test(name)
            ? `holds a character that breaks a URL ${given(name)}. Use letters, digits, dots, hyphens and underscores.`
            : undefined;
    }
    return provider === undefined ? undefined : byRule(name, Rules[provider]);
}

function byRule(name: string, rule: Rule): string | undefined {
    return rule.pattern.test(name) && isIP(name) === 0
        ? undefined
        : `is not a name of ${rule.service} ${given(name)}. It has ${rule.text}.`;
}
