import type { Draft } from "./draft";
import { carryBucket, carryDatabase, carryMail, carryRedis, dropQueue } from "./stores";
import { isMap, type Json, type JsonMap, textOf } from "./tree";

/** A variable of a container: its text, or where it comes from. */
export interface Variable {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: JsonMap;
}

/** The variables of a container as Kubernetes and Helm write them; the last of a name counts. */
export function variablesOf(list: Json | undefined): Variable[] {
    const known = new Map<string, Variable>();
    for (const item of Array.isArray(list) ? list : []) {
        const name = isMap(item) ? textOf(item["name"]) : undefined;
        if (isMap(item) && name) {
            const { value, valueFrom } = item;
            known.set(name, isMap(valueFrom) ? { name, valueFrom } : { name, value: textOf(value) ?? "" });
        }
    }
    return [...known.values()];
}

type Rule = (draft: Draft, variable: Variable) => void;

/** Those whose text is all that counts: from elsewhere it must be read first. */
function text(carry: (draft: Draft, from: string, value: string) => void): Rule {
    return (draft, { name, value, valueFrom }) => {
        if (valueFrom !== undefined) {
            draft.decide(
                name,
                `comes from ${sourceWords(valueFrom)}: read it there and set it by hand, since it must be taken apart.`,
            );
        } else if (value) {
            carry(draft, name, value);
        }
    };
}

const to = (path: string): Rule => text((draft, from, value) => draft.carry(from, path, value));
const ignored: Rule = () => undefined;

/** A credential that may stay in a Secret. */
function credential(path: string, reference: string, keyName: string): Rule {
    return (draft, { name, value, valueFrom }) => {
        const secret = secretOf(valueFrom);
        if (secret !== undefined) {
            draft.carry(name, reference, { name: secret.name, [keyName]: secret.key });
            draft.decide(
                name,
                `stands in the Secret ${secret.name}, of which the new namespace needs a copy: see the steps.`,
            );
        } else if (valueFrom !== undefined) {
            draft.decide(name, `comes from ${sourceWords(valueFrom)}; put it into a Secret.`);
        } else {
            draft.carry(name, path, value);
        }
    };
}

const Rules: Readonly<Record<string, Rule>> = {
    HOST: to("global.host"),
    LICENSE: credential("global.license", "global.licenseSecret", "key"),
    MYSQL: text(carryDatabase),
    DB_HOST: to("global.mysql.host"),
    DB_USER: to("global.mysql.user"),
    DB: to("global.mysql.database"),
    DB_PASSWORD: credential("global.mysql.password", "global.mysql.passwordSecret", "passwordKey"),
    BUCKET: text(carryBucket),
    AWS_REGION: to("global.bucket.region"),
    AWS_S3_KMS_ID: to("global.bucket.kmsKey"),
    AZURE_STORAGE_KEY: to("global.bucket.accessKey"),
    BUCKET_QUEUE: text(dropQueue),
    NOTIFICATIONS_QUEUE: text((draft, from, value) =>
        value.startsWith("internal://") ? undefined : draft.variable(from, "NOTIFICATIONS_QUEUE", value),
    ),
    REDIS: text(carryRedis),
    OIDC_ISSUER: to("global.auth.oidc.issuer"),
    OIDC_CLIENT_ID: to("global.auth.oidc.clientId"),
    OIDC_AUTH_METHOD: to("global.auth.oidc.authMethod"),
    OIDC_SECRET: credential("global.auth.oidc.secret", "global.auth.oidc.oidcSecret", "secretKey"),
    OIDC_CLIENT_SECRET: credential("global.auth.oidc.secret", "global.auth.oidc.oidcSecret", "secretKey"),
    AUTH0_DOMAIN: text((draft, from, value) => {
        draft.carry(from, "global.auth.oidc.issuer", `https://${value}/`);
        draft.decide(
            from,
            "becomes the issuer of OpenID Connect. Allow the new way of log-in at Auth0 before you change over.",
        );
    }),
    AUTH0_CLIENT_ID: to("global.auth.oidc.clientId"),
    GORILLA_SESSION_LENGTH: text((draft, from, value) => {
        const hours = hoursOf(value);
        if (hours === undefined) {
            draft.decide(from, "is no whole number of hours; give `sessionLengthHours`.");
        } else {
            draft.carry(from, "global.auth.sessionLengthHours", hours);
        }
    }),
    GORILLA_EMAIL_SINK: text(carryMail),
    GORILLA_CORS_ORIGINS: text((draft, from, value) => draft.carry(from, "app.extraCors", listOf(value))),
    SLACK_CLIENT_ID: to("global.slack.clientId"),
    SLACK_SECRET: to("global.slack.secret"),
    GORILLA_STATSIG_KEY: to("global.statsig.apiKey"),
    GORILLA_CUSTOM_METRICS_PROVIDER: text((draft, from, value) =>
        value.startsWith("noop://") ? undefined : draft.variable(from, from, value),
    ),
    LOCAL_RESTORE: text((draft, from, value) => {
        if (value === "true") {
            draft.variable(from, from, value);
            draft.decide(from, "is true: take it away as soon as W&B has restored.");
        }
    }),
    WEAVE_SERVICE: ignored,
    WEAVE_ENABLED: ignored,
    PARQUET_HOST: ignored,
    PARQUET_ENABLED: ignored,
    LOGGING_ENABLED: ignored,
    OPERATOR_ENABLED: ignored,
    WANDB_HELM_CHART: ignored,
};

/** Puts the variables of W&B's old container to values of the chart. What has no value of its own stays a variable. */
export function carryVariables(draft: Draft, variables: readonly Variable[]): void {
    const single = variables.filter(({ name, value }) => name !== "MYSQL" || !/\$\(DB_/.test(value ?? ""));
    const oidc = single.some(
        ({ name, value, valueFrom }) => /^(OIDC|AUTH0)_CLIENT_ID$/.test(name) && (value || valueFrom),
    );
    for (const variable of single) {
        const { name } = variable;
        if (/^(OIDC|AUTH0)_/.test(name) && !oidc) {
            continue;
        }
        const rule = Object.hasOwn(Rules, name) ? Rules[name] : other;
        rule(draft, variable);
    }
}

/** W&B's own container read LDAP's settings under longer names. */
const other: Rule = (draft, { name, value, valueFrom }) => {
    const kept = name.replace(/^LOCAL_LDAP_/, "LDAP_");
    draft.variable(name, kept, valueFrom === undefined ? value : { valueFrom });
};

function secretOf(valueFrom: JsonMap | undefined): { name: string; key: string } | undefined {
    const reference = valueFrom?.["secretKeyRef"];
    const name = isMap(reference) ? textOf(reference["name"]) : undefined;
    const key = isMap(reference) ? textOf(reference["key"]) : undefined;
    return name !== undefined && key !== undefined ? { name, key } : undefined;
}

function sourceWords(valueFrom: JsonMap): string {
    const secret = secretOf(valueFrom);
    return secret === undefined ? "elsewhere" : `key ${secret.key} of the Secret ${secret.name}`;
}

export function listOf(text: string): string[] {
    return text
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== "");
}

const HoursPerUnit: Readonly<Record<string, number>> = { h: 1, m: 1 / 60, s: 1 / 3600, ms: 1 / 3_600_000 };

/** Whole hours of a duration of Go, `168h` or `90m`. */
export function hoursOf(duration: string): number | undefined {
    if (!/^(\d+(\.\d+)?(ms|[hms]))+$/.test(duration)) {
        return undefined;
    }
    const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|[hms])/g)];
    const hours = parts.reduce((sum, [, count, unit]) => sum + Number(count) * HoursPerUnit[unit], 0);
    return Number.isInteger(hours) && hours > 0 ? hours : undefined;
}
