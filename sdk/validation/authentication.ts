import type { WandbDeploymentArgs } from "../args";
import type { LdapArgs } from "../args/authentication";
import { hostAndPort, url } from "./address";
import { urlPassword, urlUser, checkServer } from "./connection";
import { checkEither, checkSecretKey } from "./references";
import type { Section } from "./section";
import { wholeNumber } from "./syntax";
import { given } from "./wording";

/** `oidc`, `ldap`, `smtp` and `sessionLengthHours`. */
export function checkAuthentication(args: Section<WandbDeploymentArgs>): void {
    checkOidc(args);
    const ldap = args.section("ldap");
    if (ldap !== undefined) {
        checkLdap(ldap);
    }
    checkSmtp(args);
    const hours = args.number("sessionLengthHours");
    const wrong = hours === undefined ? undefined : wholeNumber(hours, 1);
    if (wrong !== undefined) {
        args.refuse("sessionLengthHours", wrong);
    }
}

function checkOidc(args: Section<WandbDeploymentArgs>): void {
    const oidc = args.section("oidc");
    if (oidc === undefined) {
        return;
    }
    oidc.check("issuer", (issuer) => {
        if (/[?#]/.test(issuer)) {
            return `has a query or fragment ${given(issuer)}. Give the issuer alone, for example https://idp.example.com.`;
        }
        return url(issuer, ["https"], "https://idp.example.com");
    });
    checkEither(oidc, "clientSecret", "clientSecretRef");
    checkSecretKey(oidc.section("clientSecretRef"));
}

const Ldap = /^(ldaps?):\/\/(.*)$/;

function checkLdap(ldap: Section<LdapArgs>): void {
    const address = ldap.text("address");
    ldap.check("address", wrongLdapAddress);
    if (address?.startsWith("ldaps://") === true && ldap.flag("tls") === false) {
        ldap.refuse("tls", "is false, but `ldap.address` starts with ldaps://. Leave it out, or use ldap://.");
    }
    for (const key of ["baseDn", "userBaseDn", "groupBaseDn", "bindDn"] as const) {
        ldap.check(key, (name) =>
            /^[A-Za-z0-9.-]+\s*=\s*\S/.test(name)
                ? undefined
                : `is not a distinguished name ${given(name)}. Give for example dc=example,dc=com.`,
        );
    }
    const password = checkEither(ldap, "bindPassword", "bindPasswordSecret");
    checkSecretKey(ldap.section("bindPasswordSecret"));
    if (ldap.has("bindDn") && !password) {
        ldap.refuse(
            "bindPassword",
            "is missing, but `ldap.bindDn` is given. Give `ldap.bindPassword` or `ldap.bindPasswordSecret`; an anonymous bind has neither.",
        );
    }
    if (!ldap.has("bindDn") && password) {
        ldap.refuse(
            "bindDn",
            "is missing, but a password is given. Give the name to bind with, or leave the password out.",
        );
    }
    for (const key of ["attributes", "groupAllowList"] as const) {
        ldap.check(key, (value) =>
            value.split(",").some((part) => part.trim() === "")
                ? `has an empty part between commas ${given(value)}. Give for example ${key === "attributes" ? "mail,cn" : "ml,research"}.`
                : undefined,
        );
    }
}

function wrongLdapAddress(address: string): string | undefined {
    const host = Ldap.exec(address)?.[2];
    if (host === undefined) {
        return `is not an LDAP address ${given(address)}. Give ldap://host[:port] or ldaps://host[:port].`;
    }
    return host === ""
        ? `has no host ${given(address)}. Give ldap://host[:port] or ldaps://host[:port].`
        : hostAndPort(host, "ldap.example.com:636");
}

function checkSmtp(args: Section<WandbDeploymentArgs>): void {
    const smtp = args.section("smtp");
    if (smtp === undefined) {
        return;
    }
    checkServer(smtp);
    smtp.check("username", urlUser);
    smtp.check("password", urlPassword);
    if (!checkEither(smtp, "password", "passwordSecret")) {
        smtp.refuse(
            "password",
            "is missing. Give `smtp.password`, or `smtp.passwordSecret` with name and key of a Secret that exists.",
        );
    }
    checkSecretKey(smtp.section("passwordSecret"));
    smtp.check("from", (from) =>
        /^[^@\s]+@[^@\s]+$|<[^@\s]+@[^@\s]+>$/.test(from)
            ? undefined
            : `is not a mail address ${given(from)}. Give for example wandb@example.com.`,
    );
}
