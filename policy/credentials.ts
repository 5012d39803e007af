import { knownReference, View } from "pulumi-wandb/checks";
import { chartOf, InstanceType, mayBeOperator, ReleaseType } from "./releases";
import type { Resource } from "./resource";
import { resourcePolicy } from "./rule";
import { findIn } from "./single-check";

/** A credential that is written out. */
export interface Literal {
    readonly path: string;
    readonly message: string;
    readonly remedy: string;
}

/** What takes the place of a literal, where it is not `valueFrom` at the same place. */
const Instead: Readonly<Record<string, string>> = {
    "global.license": "global.licenseSecret.name and key",
    "global.mysql.password": "global.mysql.passwordSecret.name and passwordKey",
    "global.clickhouse.password": "global.clickhouse.passwordSecret.name and passwordKey",
    "global.kafka.password": "global.kafka.passwordSecret.name and passwordKey",
    "global.redis.password": "global.redis.secret.secretName and secretKey",
    "global.auth.oidc.secret": "global.auth.oidc.oidcSecret.name and secretKey",
    "global.bucket.accessKey": "global.bucket.secret",
    "global.bucket.secretKey": "global.bucket.secret",
    "global.defaultBucket.accessKey": "global.bucket.secret",
    "global.defaultBucket.secretKey": "global.bucket.secret",
    "global.ldap.bindPW": "global.extraEnv.LDAP_BIND_PW.valueFrom.secretKeyRef",
    "global.slack.secret": "extraEnv with valueFrom.secretKeyRef",
    "global.statsig.apiKey": "extraEnv with valueFrom.secretKeyRef",
};

/** Addresses that the chart makes a URL of, in which somebody may have put keys as well: KEY:SECRET@host. */
const Addresses = ["name", "path"].flatMap((key) => [`global.bucket.${key}`, `global.defaultBucket.${key}`]);

/** Credentials among the values of the chart before there was an operator. */
const LegacyPaths = ["license", "mysql.password", "sso.clientSecret", "ldap.bindPW"];

/** URLs among them that may carry a password. */
const LegacyUrls = ["bucket", "redis", "smtpServer"];

/** Refuses credentials in clear. What a check finds as well is left to the policy of that check. */
export const literalCredentials = resourcePolicy(
    {
        name: "wandb-literal-credentials",
        description:
            "Credentials of W&B stand in Kubernetes Secrets; custom resource and Helm values hold references. A literal is repeated in three Secrets of the operator, and whoever may read the custom resource or the pods has it.",
        level: "mandatory",
        severity: "critical",
        remedy: "Put the credential into a Secret and name the Secret in its place.",
    },
    [InstanceType, ReleaseType],
    function* (resource) {
        for (const literal of literalsOf(resource)) {
            yield { resource, ...literal };
        }
    },
);

/** Every literal credential of a custom resource or of a release of one of W&B's charts. */
export function literalsOf(resource: Resource): Literal[] {
    if (resource.type === InstanceType) {
        const values = resource.properties.find("spec.values");
        return [...chartPassword(resource), ...literalsIn(values, "bucket.secret-plain")];
    }
    const values = resource.properties.at("values");
    switch (chartOf(resource)) {
        case "operator":
            // Whether it is W&B's may be known only beside a custom resource, and this sees one resource.
            return mayBeOperator(resource) ? variablesOfList(values.at("extraEnv")) : [];
        case "operator-wandb":
            return [
                ...literalsIn(values),
                ...findIn("env.secret-literal", values).map(({ path }) => literal(path, "valueFrom.secretKeyRef")),
            ];
        case "wandb":
            return legacy(values);
        case undefined:
            return [];
    }
}

/** The password of the application's chart repository in a custom resource. */
export function chartPassword({ properties }: Resource): Literal[] {
    const password = properties.find("spec.chart.password");
    return isWritten(password)
        ? [literal(password.path, "spec.chart.credentialSecret.name, with the user name in the same Secret")]
        : [];
}

function literal(path: string, instead: string): Literal {
    return {
        path,
        message: "holds a credential in clear",
        remedy: `Put it into a Secret and use ${instead}.`,
    };
}

/** Credentials among the values of the application's chart. */
function literalsIn(values: View, reportedBy?: string): Literal[] {
    const known = settings(values, reportedBy);
    const others = passwords(values).filter(({ path }) => known.every((one) => one.path !== path));
    const addresses = Addresses.map((path) => values.find(path)).filter(({ text }) => hasPassword(text));
    return [
        ...known,
        ...others.map(({ path }) => literal(path, "what this chart names a Secret by, such as auth.existingSecret")),
        ...addresses.map(({ path }) => literal(path, "global.bucket.secret")),
        ...urls(values, "env.secret-literal"),
    ];
}

/** Settings that the chart's reference calls secret, without those that the policy of a check reports already. */
function settings(values: View, reportedBy?: string): Literal[] {
    const reported = new Set(
        reportedBy === undefined ? [] : findIn(reportedBy, values).map(({ path }) => parentOf(path)),
    );
    return knownReference()
        .values.filter(({ secret }) => secret)
        .map(({ path }) => ({ path, view: values.find(path) }))
        .filter(({ view }) => isWritten(view) && !reported.has(parentOf(view.path)))
        .map(({ path, view }) =>
            literal(view.path, Instead[path] ?? `${path.split(".").at(-1)}.valueFrom.secretKeyRef`),
        );
}

function parentOf(path: string): string {
    return path.slice(0, path.lastIndexOf("."));
}

function isWritten({ scalar, flag }: View): boolean {
    return scalar !== undefined && scalar !== "" && flag === undefined && !scalar.includes("{{");
}

/** Passwords of the charts that the application's brings along, such as `redis.auth.password`: its reference does not list them. */
function passwords(place: View): View[] {
    const below = place.members.filter(([key]) => !isEnvironment(key));
    const named = below.filter(([key]) => /passwords?$/i.test(key)).map(([, view]) => view);
    return [
        ...named.filter((view) => (view.isList ? view.items : [view]).some(isWritten)),
        ...[...below.map(([, view]) => view), ...place.items].flatMap(passwords),
    ];
}

/** Variables are judged by their own rules. */
function isEnvironment(key: string): boolean {
    return key === "extraEnv" || key === "env";
}

/** Environment variables whose value is a URL with a password, in any map of the values, without those that a check reports. */
function urls(values: View, reportedBy: string): Literal[] {
    const reported = new Set(findIn(reportedBy, values).map(({ path }) => path));
    return environmentMaps(values)
        .flatMap((map) => map.members.map(([, variable]) => variable))
        .filter(
            (variable) => isUrlWithPassword(variable.text ?? variable.at("value").text) && !reported.has(variable.path),
        )
        .map(({ path }) => literal(path, "valueFrom.secretKeyRef"));
}

function environmentMaps(place: View): View[] {
    return place.members.flatMap(([key, view]) => (isEnvironment(key) ? [view] : environmentMaps(view)));
}

const Scheme = /^[a-z][a-z0-9+.-]{0,20}:\/\//i;

function isUrlWithPassword(text = ""): boolean {
    return Scheme.test(text) && hasPassword(text);
}

/** `user:password@host`, with or without a scheme in front. A password of the form $(NAME) is filled in by Kubernetes. */
function hasPassword(text = ""): boolean {
    // Keys may hold a slash; host:port/path is no user and password, whatever the path holds.
    const password = /^[^\s/?#@:[]*:(?!\d{1,5}[/?#])([^\s@]+)@/.exec(text.replace(Scheme, ""))?.[1];
    return password !== undefined && !password.startsWith("$(") && !password.includes("{{");
}

/** Variables of a list of name and value, as in the operator's chart. */
function variablesOfList(list: View): Literal[] {
    return list.items
        .filter((item) => {
            const [name, value] = [item.at("name").text ?? "", item.at("value")];
            const map = new View("", { global: { extraEnv: { [name]: value.value } } });
            return isUrlWithPassword(value.text) || findIn("env.secret-literal", map).length > 0;
        })
        .map((item) => literal(item.at("value").path, "valueFrom.secretKeyRef in place of value"));
}

function legacy(values: View): Literal[] {
    const settings = LegacyPaths.map((path) => values.find(path)).filter(isWritten);
    const withPassword = LegacyUrls.map((path) => values.find(path)).filter(({ text }) => isUrlWithPassword(text));
    return [
        ...[...settings, ...withPassword].map(({ path }) =>
            literal(path, "createSecrets: false with it, or move to the operator, whose values hold references"),
        ),
        ...variablesOfList(values.at("extraEnv")),
    ];
}
