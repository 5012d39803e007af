import * as pulumi from "@pulumi/pulumi";
import { LdapVariables } from "../checks/ldap-variables";
import type { Draft } from "./translate";
import { isGiven, isMap, mapAt, prune } from "./tree";

/** Its value is secret: a literal goes to a Secret, a reference stays. */
const PasswordVariable = LdapVariables["bindPW"];

type Tree = Record<string, unknown>;

/**
 * Translates `global.ldap` and `global.auth.ldap` to the server's environment variables. What is set there already by name stays, and
 * beside the argument `ldap` nothing is translated.
 *
 * @returns the bind password when it is a literal, for a Secret.
 */
export function translateLdap(draft: Draft): Record<string, pulumi.Input<string>> {
    const { tree, ours } = draft;
    const byArgument = isGiven(mapAt(ours, "global", "extraEnv")?.[LdapVariables["host"]]);
    const taken = isGiven(mapAt(tree, "global")?.["extraEnv"]) && mapAt(tree, "global", "extraEnv") === undefined;
    if (byArgument || taken) {
        return {};
    }
    return {
        ...translateBlock(draft, ["global", "auth", "ldap"]),
        ...translateBlock(draft, ["global", "ldap"]),
    };
}

function translateBlock(draft: Draft, keys: readonly string[]): Record<string, pulumi.Input<string>> {
    const { tree, report } = draft;
    const path = keys.join(".");
    const parent = mapAt(tree, ...keys.slice(0, -1));
    const ldap = mapAt(tree, ...keys);
    if (parent === undefined || ldap === undefined) {
        return {};
    }
    delete parent["ldap"];
    if (ldap["enabled"] === false) {
        prune(tree, keys.slice(0, -1));
        report("ldap.drift", path, "is switched off, and the chart does not read it: removed", "Leave it out.");
        return {};
    }
    const secretEnv = addVariables(draft, ldap, path);
    translateCertificate(draft, ldap, path);
    for (const key of Object.keys(ldap).filter((one) => !Object.hasOwn(LdapVariables, one) && one !== "tlsCert")) {
        report(
            "values.unknown-key",
            `${path}.${key}`,
            "has no environment variable of the server, so it was left out",
            "Compare with the argument `ldap`.",
        );
    }
    prune(tree, keys.slice(0, -1));
    report(
        "ldap.drift",
        path,
        "is read by no template of the chart, translated to the environment variables LDAP_*",
        "Give the argument `ldap` instead.",
    );
    return secretEnv;
}

function addVariables(
    { tree, moveTo }: Draft,
    ldap: Readonly<Tree>,
    path: string,
): Record<string, pulumi.Input<string>> {
    const global = mapAt(tree, "global") ?? {};
    tree["global"] = global;
    const environment = { ...mapAt(global, "extraEnv") };
    const secretEnv: Record<string, pulumi.Input<string>> = {};
    for (const [key, variable] of Object.entries(LdapVariables)) {
        const value = ldap[key];
        if (!isGiven(value) || isGiven(environment[variable])) {
            continue;
        }
        moveTo(`global.extraEnv.${variable}`, `${path}.${key}`);
        if (variable === PasswordVariable && !isMap(value)) {
            secretEnv[variable] = asText(value);
        } else {
            environment[variable] = isMap(value) ? value : asText(value);
        }
    }
    if (Object.keys(environment).length > 0) {
        global["extraEnv"] = environment;
    }
    return secretEnv;
}

/** A container takes text only. */
function asText(value: unknown): pulumi.Input<string> {
    if (typeof value === "string") {
        return value;
    }
    const parts: unknown[] = Array.isArray(value) ? value : [value];
    return parts.some((part) => pulumi.Output.isInstance(part))
        ? pulumi.all(parts).apply((known) => known.flat().join(","))
        : parts.join(",");
}

/** The CA of the directory: the chart mounts one ConfigMap for everything, and takes keys ending in .crt only. */
function translateCertificate({ tree, ours, report, moveTo }: Draft, ldap: Readonly<Tree>, path: string): void {
    const configMap = mapAt(ldap, "tlsCert", "configMap");
    if (!isGiven(ldap["tlsCert"])) {
        return;
    }
    const { name, key } = configMap ?? {};
    const global = mapAt(tree, "global") ?? {};
    const other = global["caCertsConfigMap"] ?? mapAt(ours, "global")?.["caCertsConfigMap"];
    if (typeof key === "string" && key.endsWith(".crt") && isGiven(name) && (!isGiven(other) || other === name)) {
        global["caCertsConfigMap"] = name;
        moveTo("global.caCertsConfigMap", `${path}.tlsCert.configMap.name`);
        return;
    }
    report(
        "ldap.tls-cert",
        `${path}.tlsCert`,
        "cannot be translated: it needs a ConfigMap with a key ending in .crt, and beside it no other one named by `caCertsConfigMap`",
        "Put the certificate under a key ending in .crt into the ConfigMap of the argument `caCertsConfigMap`, or give it in `customCaCerts`.",
        "error",
    );
}
