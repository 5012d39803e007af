import { url } from "../../validation/address";
import { closest } from "../../validation/suggest";
import { codes, given } from "../../validation/wording";
import type { Check, CheckInput, Fault } from "../check";
import { isSet } from "../connections";
import type { View } from "../view";
import { ldapChecks } from "./ldap";

const Methods = ["implicit", "pkce"];
const Oidc = "global.auth.oidc";

/** Checks of OIDC, sessions and LDAP. */
export const authenticationChecks: readonly Check[] = [
    {
        id: "oidc.complete",
        level: "error",
        wrong: "`global.auth.oidc` has some settings, but `clientId` or `issuer` is empty",
        why: "An empty `clientId` turns OIDC off without a message, and without an issuer there is nothing to log in with",
        source: "Vendor's documentation: OIDC; chart operator-wandb 0.43.8, templates of api",
        remedy: "Give both, or take `global.auth.oidc` out.",
        find: incompleteOidc,
    },
    {
        id: "oidc.method",
        level: "error",
        wrong: "`global.auth.oidc.authMethod` is neither empty, `implicit` nor `pkce`",
        why: "The server knows these two flows; the chart passes on any text",
        source: "Vendor's documentation: environment variables",
        remedy: "Use `pkce`, or `implicit` for providers without it.",
        find: unknownMethod,
    },
    {
        id: "oidc.issuer",
        level: "error",
        wrong: "`global.auth.oidc.issuer` is not an https URL, or has a query or fragment; a warning when it ends with a slash",
        why: "The provider's discovery document is looked up below it, and tokens must name exactly this issuer",
        source: "Vendor's documentation: OIDC; OpenID Connect Discovery 1.0",
        remedy: "Give the issuer as the provider's discovery document names it, for example https://idp.example.com.",
        find: wrongIssuer,
    },
    {
        id: "oidc.secret-two",
        level: "warning",
        wrong: "`global.auth.oidc.secret` and `global.auth.oidc.oidcSecret.name` are both set",
        why: "The Secret is read and the literal ignored, while it still stands in clear in the custom resource",
        source: "Chart operator-wandb 0.43.8, template oidc",
        remedy: "Take the literal out.",
        find: twoOidcSecrets,
    },
    {
        id: "session.hours",
        level: "error",
        wrong: "`global.auth.sessionLengthHours` is not a whole number of 1 or more, for example `720h`",
        why: "The chart appends `h`, so `720h` becomes `720hh`, which the server cannot read",
        source: "Chart operator-wandb 0.43.8, rendered",
        remedy: "Give the number of hours alone, for example 720.",
        find: wrongHours,
    },
    ...ldapChecks,
];

function* incompleteOidc({ values }: CheckInput): Iterable<Fault> {
    const oidc = values.find(Oidc);
    const parts = ["clientId", "issuer", "authMethod", "secret", "oidcSecret.name"];
    const present = parts.filter((part) => isSet(oidc.find(part)));
    for (const part of ["clientId", "issuer"]) {
        if (present.length > 0 && oidc.at(part).empty) {
            yield {
                path: oidc.at(part).path,
                message: `is empty, while ${codes(present)} of \`${Oidc}\` ${present.length === 1 ? "is" : "are"} set${part === "clientId" ? ": OIDC stays off without a message" : ""}`,
                remedy: `Set \`${Oidc}.${part}\`, or take \`${Oidc}\` out.`,
            };
        }
    }
}

function* unknownMethod({ values }: CheckInput): Iterable<Fault> {
    const place = values.find(`${Oidc}.authMethod`);
    const method = place.scalar;
    if (method !== undefined && method !== "" && !Methods.includes(method)) {
        const meant = closest(method, Methods);
        yield {
            path: place.path,
            message: `is not a flow that W&B knows ${given(method)}`,
            remedy: `Use pkce or implicit${meant === undefined ? "" : ` (did you mean ${meant}?)`}.`,
        };
    }
}

function* wrongIssuer({ values }: CheckInput): Iterable<Fault> {
    const place = values.find(`${Oidc}.issuer`);
    const issuer = place.scalar ?? "";
    if (issuer === "") {
        return;
    }
    if (/[?#]/.test(issuer)) {
        yield {
            path: place.path,
            message: `has a query or fragment ${given(issuer)}`,
            remedy: "Give the issuer alone, for example https://idp.example.com.",
        };
    } else if (url(issuer, ["https"], "") !== undefined) {
        yield {
            path: place.path,
            message: `is not a plain https URL ${given(issuer)}`,
            remedy: "Give the issuer with https:// and without user and spaces, for example https://idp.example.com.",
        };
    } else if (issuer.endsWith("/")) {
        yield {
            path: place.path,
            level: "warning",
            message: `ends with a slash ${given(issuer)}, and tokens must name exactly this issuer`,
            remedy: "Leave the slash out, unless the provider's discovery document writes `issuer` with it.",
        };
    }
}

function* twoOidcSecrets({ values }: CheckInput): Iterable<Fault> {
    const oidc = values.find(Oidc);
    const secret = oidc.at("secret");
    if (isSet(secret) && isSet(oidc.find("oidcSecret.name"))) {
        yield {
            path: secret.path,
            message: `is ignored, since \`${Oidc}.oidcSecret.name\` is set, and stands in clear for nothing`,
            remedy: `Take \`${Oidc}.secret\` out; keep \`${Oidc}.oidcSecret\`.`,
        };
    }
}

function* wrongHours({ values }: CheckInput): Iterable<Fault> {
    const place = values.find("global.auth.sessionLengthHours");
    if (place.absent || place.unknown || isHours(place)) {
        return;
    }
    const hours = place.text ?? place.number ?? place.flag;
    yield {
        path: place.path,
        message: `is not a whole number of 1 or more${hours === undefined ? "" : ` ${given(hours)}`}; the chart appends the unit h`,
        remedy: "Give the number of hours alone, for example 720.",
    };
}

/** Numbers in quotes work too; that the other layers have a number is another check's business. */
function isHours({ value, text }: View): boolean {
    const hours = text === undefined ? value : /^\d{1,9}$/.test(text) ? Number(text) : undefined;
    return typeof hours === "number" && Number.isInteger(hours) && hours >= 1;
}
