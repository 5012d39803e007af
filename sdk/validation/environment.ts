import type { WandbDeploymentArgs } from "../args";
import type { ComponentArgs } from "../args/application";
import { checkEnvSource } from "./references";
import type { Section } from "./section";
import { variableName } from "./syntax";

/** Variables that `ldap` sets. */
const LdapVariables = new Set([
    "LDAP_LOGIN",
    "LDAP_ADDRESS",
    "LDAP_BASE_DN",
    "LDAP_USER_BASE_DN",
    "LDAP_GROUP_BASE_DN",
    "LDAP_BIND_DN",
    "LDAP_BIND_PW",
    "LDAP_ATTRIBUTES",
    "LDAP_TLS_ENABLE",
    "LDAP_GROUP_ALLOW_LIST",
    "LDAP_USER_OBJECT_CLASS",
    "LDAP_GROUP_OBJECT_CLASS",
]);

interface Variable {
    readonly key: string;
    readonly path: string;
}

/** `extraEnv`, `secretEnv`, `extraEnvFrom`. */
export function checkEnvironment(args: Section<WandbDeploymentArgs>): void {
    const sources = args.sections("extraEnvFrom");
    const variables = [...args.texts("extraEnv"), ...args.texts("secretEnv"), ...sources];
    checkVariables(args, variables);
    for (const { value } of sources) {
        if (value !== undefined) {
            checkEnvSource(value);
        }
    }
    if (args.has("ldap")) {
        for (const { path } of variables.filter(({ key }) => LdapVariables.has(key))) {
            args.report(
                path,
                "is set by `ldap` too. Say it there, or leave `ldap` out and set all LDAP_* variables yourself.",
            );
        }
    }
    for (const entry of [...args.texts("extraEnv"), ...args.texts("secretEnv")].filter(({ key }) => key === "BUCKET")) {
        args.checkEntry(entry, wrongBucketUrl);
    }
}

/** `components.<name>.env` and `envFrom`. */
export function checkComponentEnvironment(component: Section<ComponentArgs>): void {
    const sources = component.sections("envFrom");
    checkVariables(component, [...component.texts("env"), ...sources]);
    for (const { value } of sources) {
        if (value !== undefined) {
            checkEnvSource(value);
        }
    }
}

/** Names must be valid, and each is given once. */
export function checkVariables<T>(section: Section<T>, variables: readonly Variable[]): void {
    const seen = new Map<string, string>();
    for (const { key, path } of variables) {
        const wrong = variableName(key);
        const first = seen.get(key);
        if (wrong !== undefined) {
            section.report(path, wrong);
        } else if (first !== undefined) {
            section.report(path, `is given at \`${first}\` already. Keep one of the two.`);
        }
        seen.set(key, path);
    }
}

/** W&B's documented form. It holds credentials, so nothing of it is shown. */
function wrongBucketUrl(value: string): string | undefined {
    return /^s3:\/\/[^:@/]+:[^@]+@[^/@]+\/[^?]+(\?tls=(true|false))?$/.test(value)
        ? undefined
        : "is not s3://KEY:SECRET@HOST/BUCKET[?tls=true], the form that W&B reads. Better leave it out and use `bucket` with `bucket.endpoint`.";
}
