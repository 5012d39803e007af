import { TemplateComponents } from "../../validation/component-names";
import type { Check, CheckInput, Fault } from "../check";
import { literal, variables, type Variable } from "../environment";

/** Checks of environment variables. */
export const variableChecks: readonly Check[] = [
    {
        id: "env.secret-literal",
        level: "warning",
        wrong: "An environment variable whose name says PASSWORD, SECRET, TOKEN, KEY, _PASS or _PW, or is LICENSE or GORILLA_LICENSE, has its value written out",
        why: "It stands in clear in the custom resource, in the operator's Secrets and in the pods' definitions",
        source: "Operator source, layers of values",
        remedy: "Put the value into a Secret and give `valueFrom.secretKeyRef` with `name` and `key`.",
        find: writtenSecrets,
    },
    {
        id: "env.generated",
        level: "warning",
        wrong: "An environment variable such as HOST, LICENSE, MYSQL, REDIS or GORILLA_*_STORE is set, which the chart generates",
        why: "It silently replaces the generated value in the pods that it reaches, and other pods and variables keep that one",
        source: "Chart operator-wandb 0.43.8, rendered",
        remedy: "Use the setting that the chart makes it from, for example `global.mysql`.",
        find: replacedVariables,
    },
];

/** Plural too; KEYCLOAK_URL, TOKENIZER and PASS_THROUGH are other words. */
const SecretName = /((PASSWORD|SECRET|TOKEN|KEY)S?|_PW)(?![A-Za-z])|_PASS$|^(GORILLA_)?LICENSE$/i;

/** What only tells where a secret is (SSH_KEY_FILE), or which store keeps them (GORILLA_CUSTOMER_SECRET_STORE_SOURCE). */
const Whereabouts = /_(FILE|PATH|DIR|NAME|NAMESPACE|URL|ENDPOINT|ARN|ID|TTL)$|SECRET_STORE/i;

/** Switches and numbers tell no secret. */
const Harmless = /^(true|false|\d{0,6})$/i;

function* writtenSecrets({ values }: CheckInput): Iterable<Fault> {
    for (const { name, view } of variables(values)) {
        const value = isSecretName(name) ? literal(view) : undefined;
        if (value !== undefined && !Harmless.test(value)) {
            yield {
                path: view.path,
                message:
                    "has its value written out: it stands in clear in the custom resource and in the operator's Secrets",
                remedy: "Put the value into a Secret and give `valueFrom.secretKeyRef` with `name` and `key`.",
            };
        }
    }
}

function isSecretName(name: string): boolean {
    return SecretName.test(name) && !Whereabouts.test(name);
}

/** Names that the chart's templates generate, and from what. BUCKET has a check of its own, with the object storage. */
const Generated: readonly (readonly [RegExp, string])[] = [
    [/^HOST$/, "global.host"],
    [/^(GORILLA_)?LICENSE$/, "global.licenseSecret"],
    [
        /^(MYSQL(_(HOST|PORT|DATABASE|USER|PASSWORD))?|GORILLA_ANALYTICS_SINK|GORILLA_(METADATA|RUN|USAGE)_STORE)$/,
        "global.mysql",
    ],
    [
        /^(REDIS(_PASSWORD)?|GORILLA_(ACTIVITY_STORE_CACHE_ADDRESS|AUDITOR_CACHE|CACHE|FILE_METADATA_SOURCE|LOCKER|METADATA_CACHE|SETTINGS_CACHE|USAGE_METRICS_CACHE|TASK_QUEUE))$/,
        "global.redis",
    ],
    [/^(BUCKET_(ACCESS|SECRET)_KEY|AZURE_STORAGE_KEY|GORILLA_FILE_STORE|GORILLA_STORAGE_BUCKET)$/, "global.bucket"],
    [/^(GORILLA_)?OIDC_(CLIENT_ID|AUTH_METHOD|ISSUER|SECRET|CLIENT_SECRET)$/, "global.auth.oidc"],
    [/^GORILLA_SESSION_LENGTH$/, "global.auth.sessionLengthHours"],
    [/^(SMTP_(HOST|PORT|USER|PASSWORD)|GORILLA_EMAIL_SINK|GORILLA_EMAIL_FROM_ADDRESS)$/, "global.email.smtp"],
    [/^WF_CLICKHOUSE_(HOST|PORT|DATABASE|USER|PASS|REPLICATED)$/, "global.clickhouse"],
    [/^KAFKA_(BROKER_HOST|BROKER_PORT|CLIENT_USER|CLIENT_PASSWORD)$/, "global.kafka"],
    [/^GORILLA_(HISTORY|PARQUET_LIVE_HISTORY)_STORE$/, "global.historyStore"],
    [/^GORILLA_TSHIRT_SIZE$/, "global.size"],
];

/** Others follow one pattern. */
const GeneratedStore = /^GORILLA_[A-Z0-9_]{1,100}_STORE$/;

function* replacedVariables({ values }: CheckInput): Iterable<Fault> {
    for (const variable of variables(values).filter(reachesServer)) {
        const { name, view } = variable;
        const setting = Generated.find(([pattern]) => pattern.test(name))?.[1];
        if ((setting !== undefined || GeneratedStore.test(name)) && view.given && !view.unknown) {
            yield {
                path: view.path,
                message: "replaces a value that the chart generates, without a message",
                remedy: setting === undefined ? "Take it out." : `Take it out and use \`${setting}\`.`,
            };
        }
    }
}

/** The bundled databases have variables of their own. */
function reachesServer({ component }: Variable): boolean {
    return component === undefined || TemplateComponents.includes(component);
}
