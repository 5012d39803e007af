import { codes, given } from "../../validation/wording";
import type { Check, CheckInput, Fault } from "../check";
import { isSet } from "../connections";
import { environmentMaps, literal, settings } from "../environment";
import { LdapVariables } from "../ldap-variables";
import type { View } from "../view";

/** The vendor's page puts LOCAL_ before the names. */
const Prefixes = ["LDAP_", "LOCAL_LDAP_"];

/** Everything that a variable of LDAP is set to, by either name. */
export function ldapSettings(values: View, name: string): View[] {
    return Prefixes.flatMap((prefix) => settings(values, prefix + name));
}

const Documented = "Vendor's documentation: LDAP";

/** Checks of LDAP, as environment variables and in the spelling of the vendor's page. */
export const ldapChecks: readonly Check[] = [
    {
        id: "ldap.drift",
        level: "error",
        wrong: "`global.ldap` or `global.auth.ldap` is set; a warning when it is switched off there",
        why: "No template of the chart reads it, so LDAP stays off",
        source: `${Documented} (shows the block); chart operator-wandb 0.43.8, rendered`,
        remedy: "Set the variables LDAP_LOGIN, LDAP_ADDRESS, LDAP_BASE_DN and so on in `global.extraEnv` instead.",
        find: unreadBlock,
    },
    {
        id: "ldap.scheme",
        level: "error",
        wrong: "LDAP_ADDRESS, or `host` of an LDAP block, does not start with `ldap://` or `ldaps://`",
        why: "The server wants an address with its scheme",
        source: Documented,
        remedy: "Give ldap://host[:port] or ldaps://host[:port].",
        find: wrongScheme,
    },
    {
        id: "ldap.tls",
        level: "warning",
        wrong: "LDAP speaks ldaps:// with TLS switched off, or TLS is on and no CA certificate is given",
        why: "The two settings contradict each other; without a CA only certificates of public authorities are trusted",
        source: `${Documented}, section with TLS`,
        remedy: "Set LDAP_TLS_ENABLE to true for ldaps://, and give the CA by `global.customCACerts` or `global.caCertsConfigMap`.",
        find: inconsistentTls,
    },
    {
        id: "ldap.tls-cert",
        level: "error",
        wrong: "An LDAP block has `tls: true` and only one of `tlsCert.configMap.name` and `tlsCert.configMap.key`",
        why: "Both are needed to find the certificate",
        source: `${Documented}, section with TLS`,
        remedy: "Give both; for the chart to read them, name the ConfigMap in `global.caCertsConfigMap`.",
        find: halfCertificate,
    },
    {
        id: "ldap.bind",
        level: "warning",
        wrong: "LDAP_BIND_DN is set without LDAP_BIND_PW, or the reverse (`bindDN`, `bindPW` of an LDAP block)",
        why: "An anonymous bind has neither, any other both",
        source: Documented,
        remedy: "Give both, or neither for an anonymous bind.",
        find: halfBind,
    },
];

/** The blocks that are there, known. */
function blocks(values: View): View[] {
    return [values.find("global.ldap"), values.find("global.auth.ldap")].filter(isSet);
}

/** Those that somebody means to use. */
function usedBlocks(values: View): View[] {
    return blocks(values).filter((block) => block.at("enabled").flag !== false);
}

function* unreadBlock({ values }: CheckInput): Iterable<Fault> {
    for (const block of blocks(values)) {
        const moves = Object.keys(LdapVariables)
            .filter((key) => block.at(key).given)
            .map((key) => `${key} to ${LdapVariables[key]}${key === "bindPW" ? " (from a Secret)" : ""}`);
        const off = block.at("enabled").flag === false;
        const certificate = block.at("tlsCert").given
            ? " Name the ConfigMap of `tlsCert` in `global.caCertsConfigMap` (keys ending in .crt)."
            : "";
        yield {
            path: block.path,
            level: off ? "warning" : "error",
            message: off
                ? "is read by no template of the chart"
                : "is read by no template of the chart: LDAP stays off",
            remedy: off
                ? "Take it out."
                : `Move it to \`global.extraEnv\`${moves.length === 0 ? "" : `: ${moves.join(", ")}`}.${certificate}`,
        };
    }
}

function* wrongScheme({ values }: CheckInput): Iterable<Fault> {
    const places = [...ldapSettings(values, "ADDRESS"), ...usedBlocks(values).map((block) => block.at("host"))];
    for (const place of places) {
        const address = literal(place) ?? "";
        if (address !== "" && !/^ldaps?:\/\//i.test(address)) {
            yield {
                path: place.path,
                message: `does not start with ldap:// or ldaps:// ${given(address)}`,
                remedy: "Give ldap://host[:port] or ldaps://host[:port].",
            };
        }
    }
}

function flagOf(place: View): boolean | undefined {
    const text = literal(place)?.toLowerCase();
    return text === "true" || text === "false" ? text === "true" : undefined;
}

function isSecure(address: View): boolean {
    return literal(address)?.toLowerCase().startsWith("ldaps://") === true;
}

function* inconsistentTls({ values }: CheckInput): Iterable<Fault> {
    const switches = ldapSettings(values, "TLS_ENABLE");
    yield* tlsFaults(values, ldapSettings(values, "ADDRESS"), switches, false, "LDAP_TLS_ENABLE");
    for (const block of usedBlocks(values)) {
        const own = block.find("tlsCert.configMap");
        const certificate = own.at("name").filled || own.at("key").filled;
        yield* tlsFaults(values, [block.at("host")], [block.at("tls")], certificate, "tls");
    }
}

function* tlsFaults(
    values: View,
    addresses: readonly View[],
    switches: readonly View[],
    certificate: boolean,
    name: string,
): Iterable<Fault> {
    const off = switches.find((place) => flagOf(place) === false);
    if (off !== undefined && addresses.length > 0 && addresses.every(isSecure)) {
        yield {
            path: off.path,
            message: `is false, while the address ${given(literal(addresses[0]) ?? "")} wants TLS`,
            remedy: `Set \`${name}\` to true, or use ldap://.`,
        };
    }
    const on = switches.find((place) => flagOf(place) === true);
    const trust = ["customCACerts", "caCertsConfigMap"].map((key) => values.at("global", key));
    if (on !== undefined && !certificate && trust.every(({ empty }) => empty)) {
        yield {
            path: on.path,
            message: "is true, but no CA certificate is given: only certificates of public authorities are trusted",
            remedy: "Give the CA of the LDAP server by `global.customCACerts` or `global.caCertsConfigMap`; silence this check if its certificate comes from a public authority.",
        };
    }
}

function* halfCertificate({ values }: CheckInput): Iterable<Fault> {
    for (const block of usedBlocks(values).filter((one) => flagOf(one.at("tls")) === true)) {
        const certificate = block.find("tlsCert.configMap");
        for (const [there, missing] of [
            ["name", "key"],
            ["key", "name"],
        ]) {
            if (isSet(certificate.at(there)) && certificate.at(missing).empty) {
                yield {
                    path: certificate.at(missing).path,
                    message: `is missing, while \`tlsCert.configMap.${there}\` is given`,
                    remedy: "Give both `tlsCert.configMap.name` and `tlsCert.configMap.key`, or name the ConfigMap in `global.caCertsConfigMap`, which the chart reads.",
                };
            }
        }
    }
}

function* halfBind({ values }: CheckInput): Iterable<Fault> {
    const maps = environmentMaps(values).map(({ view }) => view);
    for (const prefix of Prefixes) {
        yield* halves(maps, `${prefix}BIND_DN`, `${prefix}BIND_PW`);
        yield* halves(maps, `${prefix}BIND_PW`, `${prefix}BIND_DN`);
    }
    for (const block of usedBlocks(values)) {
        yield* halves([block], "bindDN", "bindPW");
        yield* halves([block], "bindPW", "bindDN");
    }
}

/** One half is set somewhere, the other nowhere, not even by something unknown. */
function* halves(maps: readonly View[], there: string, missing: string): Iterable<Fault> {
    const map = maps.find((one) => isSet(one.at(there)));
    if (map !== undefined && maps.every((one) => one.at(missing).empty)) {
        yield {
            path: map.at(missing).path,
            message: `is missing, while ${codes([there])} is set`,
            remedy: `Set both, or take ${codes([there])} out for an anonymous bind.`,
        };
    }
}
