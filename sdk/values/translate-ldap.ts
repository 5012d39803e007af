import * as pulumi from "@pulumi/pulumi";
import { mapAt } from "./tree";
import type { ValuesTree } from "./types";

/** Says what was changed. */
export type Report = (id: string, path: string, message: string, remedy: string) => void;

/** Its value is secret: a literal goes to a Secret, a reference stays. */
const PasswordVariable = "LDAP_BIND_PW";

/** The environment variable of the server for each key of `global.ldap`, which no template reads. */
const Variables: Readonly<Record<string, string>> = {
    enabled: "LDAP_LOGIN",
    host: "LDAP_ADDRESS",
    baseDN: "LDAP_BASE_DN",
    bindDN: "LDAP_BIND_DN",
    bindPW: PasswordVariable,
    attributes: "LDAP_ATTRIBUTES",
    groupAllowList: "LDAP_GROUP_ALLOW_LIST",
    tls: "LDAP_TLS_ENABLE",
};

type Tree = Record<string, unknown>;

/**
 * Translates `global.ldap` and `global.auth.ldap` to the server's environment variables. What is set there already by name stays.
 *
 * @returns the bind password when it is a literal, for a Secret.
 */
export function translateLdap(tree: ValuesTree, report: Report): Record<string, pulumi.Input<string>> {
    const secretEnv: Record<string, pulumi.Input<string>> = {};
    for (const path of [["global"], ["global", "auth"]]) {
        const parent = mapAt(tree, ...path);
        const ldap = parent && mapAt(parent, "ldap");
        if (parent === undefined || ldap === undefined) {
            continue;
        }
        const unused = ldap["enabled"] === false;
        const environment = unused ? {} : environmentOf(ldap);
        const rest = unused ? [] : Object.keys(ldap).filter((key) => !isTranslated(ldap, key));
        const password = environment[PasswordVariable];
        if (typeof password === "string" || pulumi.Output.isInstance<string>(password)) {
            secretEnv[PasswordVariable] = password;
            delete environment[PasswordVariable];
        }
        const global = mapAt(tree, "global") ?? {};
        global["extraEnv"] = { ...environment, ...mapAt(global, "extraEnv") };
        const configMap = unused ? undefined : caConfigMap(ldap);
        if (configMap !== undefined && global["caCertsConfigMap"] === undefined) {
            global["caCertsConfigMap"] = configMap;
        }
        if (rest.length === 0) {
            delete parent["ldap"];
        } else {
            parent["ldap"] = Object.fromEntries(rest.map((key) => [key, ldap[key]]));
        }
        report(
            "ldap.drift",
            [...path, "ldap"].join("."),
            "is read by no template of the chart, translated to the environment variables LDAP_*",
            "Give the argument `ldap` instead.",
        );
    }
    return secretEnv;
}

function isTranslated(ldap: Tree, key: string): boolean {
    return Object.hasOwn(Variables, key) || (key === "tlsCert" && caConfigMap(ldap) !== undefined);
}

/** The variables as text: a container takes nothing else. */
function environmentOf(ldap: Tree): Tree {
    return Object.fromEntries(
        Object.keys(ldap)
            .filter((key) => Object.hasOwn(Variables, key) && ldap[key] !== undefined && ldap[key] !== null)
            .map((key) => [Variables[key], asText(ldap[key])]),
    );
}

function asText(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.join(",");
    }
    return typeof value === "boolean" || typeof value === "number" ? String(value) : value;
}

/** The ConfigMap with the CA of the directory: the chart mounts one for everything, and takes keys ending in .crt only. */
function caConfigMap(ldap: Tree): unknown {
    const configMap = mapAt(ldap, "tlsCert", "configMap");
    const key: unknown = configMap?.["key"];
    return typeof key === "string" && key.endsWith(".crt") ? configMap?.["name"] : undefined;
}
