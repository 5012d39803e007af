import { isIP } from "node:net";
import { ingressHost } from "../../validation/address";
import { readLicense } from "../../validation/license";
import { given, quote } from "../../validation/wording";
import type { Check, CheckInput, Fault } from "../check";
import { isSet } from "../connections";
import { settings } from "../environment";
import { hostOf, makesIngress } from "../ingress";
import type { View } from "../view";

const Example = "https://wandb.example.com";

/** Checks of host and license. */
export const hostChecks: readonly Check[] = [
    {
        id: "host.required",
        level: "error",
        wrong: "`global.host` is empty or localhost, which is the chart's default",
        why: "Links, the redirect of OIDC and the host of the Ingress come from it",
        source: "The vendor's page: host; chart operator-wandb 0.43.8, values",
        remedy: `Set \`global.host\` to the URL under which users reach W&B, for example ${Example}.`,
        find: missingHost,
    },
    {
        id: "host.scheme",
        level: "error",
        wrong: "`global.host` does not start with http:// or https://, or no host name follows; a warning for an IP address and for a name without a dot",
        why: "W&B wants the full name with the protocol",
        source: "The vendor's page: host; Kubernetes, rules for hosts of an Ingress",
        remedy: `Write \`global.host\` as scheme and full host name, for example ${Example}.`,
        find: wrongHost,
    },
    {
        id: "host.bare",
        level: "error",
        wrong: "`global.host` has a port, a path, a query, a user or a slash at the end, and the chart makes an Ingress",
        why: "Only the scheme is taken off, so the host of the Ingress is refused by the API server",
        source: "Chart operator-wandb 0.43.8 rendered, template ingress",
        remedy: "Leave out everything after the host name, or set `ingress.create` to false and route to W&B yourself.",
        find: surroundedHost,
    },
    {
        id: "host.https",
        level: "warning",
        wrong: "`global.host` starts with http://",
        why: "Passwords and API keys travel in clear; cookies, CORS and OIDC expect TLS",
        source: "Vendor's documentation: requirements",
        remedy: "Use https:// and end TLS at the Ingress or in front of it.",
        find: plainHost,
    },
    {
        id: "license.required",
        level: "error",
        wrong: "Neither `global.license` nor `global.licenseSecret.name` is set",
        why: "W&B Server does not start without a license",
        source: "Vendor's documentation: requirements",
        remedy: "Set `global.licenseSecret.name` and `global.licenseSecret.key`, or `global.license`.",
        find: missingLicense,
    },
    {
        id: "license.jwt",
        level: "error",
        wrong: "The license is not a JWT: three parts of base64url with dots between, the second holding JSON",
        why: "W&B Server refuses it",
        source: "The vendor's page: license; source of the vendor's command-line tool",
        remedy: "Copy the license again, as one line without quotes.",
        find: unreadableLicense,
    },
    {
        id: "license.expired",
        level: "warning",
        wrong: "The license has expired, or expires within 30 days",
        why: "The release channel gives no updates for it any more",
        source: "The vendor's page: license; source of the vendor's command-line tool",
        remedy: "Ask the vendor for a new license and set it.",
        find: expiringLicense,
    },
    {
        id: "license.both",
        level: "warning",
        wrong: "`global.license` and `global.licenseSecret.name` are both set",
        why: "The pods use the Secret, and the operator asks the release channel with the literal",
        source: "Operator source, package utils; chart operator-wandb 0.43.8, template license",
        remedy: "Keep `global.licenseSecret`, and leave `global.license` out.",
        find: twoLicenses,
    },
    {
        id: "license.secret-key",
        level: "error",
        wrong: "`global.licenseSecret.name` is set without `global.licenseSecret.key`",
        why: "The chart falls back to the key `license`, but the operator finds no license and asks the release channel without one",
        source: "Operator source, package utils",
        remedy: "Set `global.licenseSecret.key` to the key that holds the license.",
        find: missingSecretKey,
    },
];

function* missingHost({ values }: CheckInput): Iterable<Fault> {
    const host = values.find("global.host");
    const remedy = `Set it to the URL under which users reach W&B, for example ${Example}.`;
    if (host.absent || host.text === "") {
        yield { path: host.path, message: "is missing", remedy };
    } else if (host.text !== undefined && isLocal(hostOf(host.text).name)) {
        yield {
            path: host.path,
            message: `is localhost ${given(host.text)}, which nobody but W&B itself can reach`,
            remedy,
        };
    }
}

function isLocal(name: string): boolean {
    return name.toLowerCase() === "localhost";
}

function* wrongHost({ values }: CheckInput): Iterable<Fault> {
    const { text = "", path } = values.find("global.host");
    const { scheme, name } = hostOf(text);
    if (text === "" || isLocal(name)) {
        return;
    }
    const remedy = `Write it as scheme and full host name, for example ${Example}.`;
    if (scheme === undefined) {
        yield { path, message: `does not start with https:// or http:// ${given(text)}`, remedy };
    } else if (isIP(name) !== 0 || /^\[.*\]$/.test(name)) {
        const refused = makesIngress(values) === true;
        yield {
            path,
            level: refused ? "error" : "warning",
            message: `is an IP address ${given(text)}${refused ? ", which an Ingress refuses" : ""}`,
            remedy,
        };
    } else if (
        ingressHost(makesIngress(values) === true ? name : name.toLowerCase(), { wildcard: false }) !== undefined
    ) {
        yield {
            path,
            message: `has no valid host name ${given(text)}`,
            remedy: `${remedy.slice(0, -1)}, in lower case.`,
        };
    } else if (!name.includes(".")) {
        yield { path, level: "warning", message: `has a host name without a domain ${given(text)}`, remedy };
    }
}

function* surroundedHost({ values }: CheckInput): Iterable<Fault> {
    const { text = "", path } = values.find("global.host");
    const { scheme = "https", name, rest, user } = hostOf(text);
    if (name === "" || isLocal(name) || (rest === "" && !user) || makesIngress(values) !== true) {
        return;
    }
    yield {
        path,
        message: `has ${user ? "a user before" : surroundings(rest)} the host name ${given(text)}, and the chart makes it part of the Ingress host, which is invalid`,
        remedy: `Give scheme and host name alone (${quote(`${scheme}://${name}`)}), or set ${values.at("ingress", "create").path} to false.`,
    };
}

function surroundings(rest: string): string {
    if (rest === "/") {
        return "a slash after";
    }
    return rest.startsWith(":") ? "a port after" : rest.startsWith("/") ? "a path after" : "a query after";
}

function* plainHost({ values }: CheckInput): Iterable<Fault> {
    const { text = "", path } = values.find("global.host");
    const { scheme, name } = hostOf(text);
    if (scheme === "http" && name !== "" && !isLocal(name)) {
        yield {
            path,
            message: `has no TLS ${given(text)}`,
            remedy: "Use https:// and end TLS at the Ingress or in front of it.",
        };
    }
}

function secretOf(values: View): View {
    return values.find("global.licenseSecret");
}

function* missingLicense({ values, context }: CheckInput): Iterable<Fault> {
    const license = values.find("global.license");
    const elsewhere = (context.license ?? "") !== "" || settings(values, "LICENSE").length > 0;
    if (license.empty && secretOf(values).at("name").empty && !elsewhere) {
        yield {
            path: license.path,
            message: `is missing, and ${secretOf(values).at("name").path} too: W&B Server does not start without a license`,
            remedy: "Set `global.licenseSecret.name` and `global.licenseSecret.key` to a Secret that holds it, or set `global.license`.",
        };
    }
}

/** Licenses that are known, with the place that a finding names. */
function licenses({ values, context }: CheckInput): { path: string; token: string }[] {
    const literal = values.find("global.license");
    const name = secretOf(values).at("name");
    const written = literal.text ?? "";
    const kept = context.license ?? "";
    return [
        ...(written === "" ? [] : [{ path: literal.path, token: written }]),
        ...(kept === "" || kept === written ? [] : [{ path: name.filled ? name.path : literal.path, token: kept }]),
    ];
}

function* unreadableLicense(input: CheckInput): Iterable<Fault> {
    for (const { path, token } of licenses(input)) {
        const { wrong, remedy } = readLicense(token);
        if (wrong !== undefined) {
            yield { path, message: wrong, remedy };
        }
    }
}

const Day = 24 * 60 * 60 * 1000;
const WarnDays = 30;

function* expiringLicense(input: CheckInput): Iterable<Fault> {
    const now = input.context.now.getTime();
    for (const { path, token } of licenses(input)) {
        const end = expiry(readLicense(token).claims ?? {});
        if (end === undefined || end - now > WarnDays * Day) {
            continue;
        }
        const date = new Date(end).toISOString().slice(0, 10);
        const left = Math.floor((end - now) / Day);
        yield {
            path,
            message:
                end <= now ? `expired on ${date}` : `expires on ${date}, in ${left} ${left === 1 ? "day" : "days"}`,
            remedy: "Ask the vendor for a new license and set it: the release channel gives no updates without a valid one.",
        };
    }
}

/** The earlier of the two claims that say when a license ends. */
function expiry({ exp, expiresAt }: Readonly<Record<string, unknown>>): number | undefined {
    const ends = [exp, expiresAt].map(instant).filter((end) => end !== undefined);
    return ends.length === 0 ? undefined : Math.min(...ends);
}

/** Numbers above this are milliseconds: as seconds they would lie some thirty thousand years ahead. */
const LargestSeconds = 1e12;

const IsoDate = /^\d{4}-\d{2}-\d{2}/;

/** Milliseconds of a time given as text, seconds or milliseconds. */
function instant(claim: unknown): number | undefined {
    const text = typeof claim === "string" ? claim : "";
    const seconds = typeof claim === "number" ? claim : /^\d{1,15}$/.test(text) ? Number(text) : undefined;
    const time =
        seconds === undefined
            ? Date.parse(IsoDate.test(text) ? text : "")
            : seconds < LargestSeconds
              ? seconds * 1000
              : seconds;
    return Number.isNaN(new Date(time).getTime()) || time <= 0 ? undefined : time;
}

function* twoLicenses({ values }: CheckInput): Iterable<Fault> {
    const license = values.find("global.license");
    const name = secretOf(values).at("name");
    if (isSet(license) && isSet(name)) {
        yield {
            path: license.path,
            message: `is given together with ${name.path}: pods use the Secret, but the operator asks the release channel with this one`,
            remedy: "Leave it out and keep `global.licenseSecret` with name and key.",
        };
    }
}

function* missingSecretKey({ values }: CheckInput): Iterable<Fault> {
    const secret = secretOf(values);
    const key = secret.at("key");
    if (isSet(secret.at("name")) && key.empty) {
        yield {
            path: key.path,
            message: `is missing: the chart falls back to ${quote("license")}, but the operator finds no license`,
            remedy: "Set it to the key of the Secret that holds the license.",
        };
    }
}
