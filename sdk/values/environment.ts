import type { EnvSourceArgs } from "../args/references";
import { ldapEnvironment } from "./authentication";
import { fromSecret } from "./leaves";
import type { EnvironmentValues, ValueFrom, ValuesInput } from "./types";

function fromSource(source: EnvSourceArgs): ValueFrom | undefined {
    if (source.secretKeyRef) {
        return fromSecret(source.secretKeyRef);
    }
    if (source.configMapKeyRef) {
        const { name, key } = source.configMapKeyRef;
        return { valueFrom: { configMapKeyRef: { name, key } } };
    }
    return source.fieldPath === undefined ? undefined : { valueFrom: { fieldRef: { fieldPath: source.fieldPath } } };
}

/** Environment variables that come from Secrets, ConfigMaps or pod fields. */
export function environmentFrom(sources: Record<string, EnvSourceArgs> | undefined): EnvironmentValues {
    const environment: EnvironmentValues = {};
    for (const [name, source] of Object.entries(sources ?? {})) {
        const value = fromSource(source);
        if (value !== undefined) {
            environment[name] = value;
        }
    }
    return environment;
}

/** `global.extraEnv`, for every W&B container. What the user sets by name wins over what an argument stands for. */
export function globalEnvironment({ args, facts, credentials }: ValuesInput): EnvironmentValues {
    const { secretStore, secretVaultUri } = facts.identity;
    const secret = Object.entries(credentials.env).map(([name, key]) => [name, fromSecret(key)] as const);
    return {
        ...(secretStore === undefined ? {} : { GORILLA_CUSTOMER_SECRET_STORE_SOURCE: secretStore }),
        ...(secretVaultUri === undefined ? {} : { GORILLA_CUSTOMER_SECRET_STORE_AZ_CONFIG_VAULT_URI: secretVaultUri }),
        ...ldapEnvironment(args.ldap, credentials.ldapBind),
        ...args.extraEnv,
        ...Object.fromEntries(secret),
        ...environmentFrom(args.extraEnvFrom),
    };
}
