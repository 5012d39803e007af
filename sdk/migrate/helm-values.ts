import { isEndpoint, splitBucket } from "./connections";
import { Draft } from "./draft";
import { carryVariables, listOf, variablesOf } from "./environment";
import { carryBucket, carryMail, carryRedis, dropQueue } from "./stores";
import { isMap, type Json, type JsonMap, Reading, textOf } from "./tree";

/** Components whose pods used to be one, and that all read the bucket. */
const CloudComponents = ["app", "api", "console", "parquet", "weave"];

/** Values of the chart `wandb`, as `helm get values` prints them, with the chart's defaults where those differ from the new ones. */
export function fromHelmValues(values: JsonMap): Draft {
    const draft = new Draft();
    const read = new Reading(values);
    carryBasics(draft, read);
    carryStores(draft, read);
    carryLogin(draft, read);
    carryIngress(draft, read);
    carryPods(draft, read);
    for (const [path] of read.rest()) {
        draft.lost(path, Lost[path.split(".")[0]] ?? "is no value that is known here. Look whether you still need it.");
    }
    return draft;
}

const Lost: Readonly<Record<string, string>> = {
    hostAliases: "is not supported by the chart.",
    existingClaim: "named a volume: copy the files in it to a bucket first.",
    subPath: "named a folder of a volume: copy the files in it to a bucket first.",
    nameOverride: "has no meaning any more; objects are named after the custom resource.",
    fullnameOverride: "has no meaning any more; objects are named after the custom resource.",
    replicas: "was always one.",
};

function carryBasics(draft: Draft, read: Reading): void {
    const copied: readonly (readonly [string, string])[] = [
        ["host", "global.host"],
        ["license", "global.license"],
        ["image.repository", "app.image.repository"],
        ["image.tag", "app.image.tag"],
        ["image.pullPolicy", "app.image.pullPolicy"],
        ["imagePullSecrets", "global.imagePullSecrets"],
        ["customCACerts", "global.customCACerts"],
    ];
    for (const [from, to] of copied) {
        draft.carry(from, to, read.take(from));
    }
    if (draft.notes.some(({ from }) => from === "image.tag")) {
        draft.decide(
            "image.tag",
            "is a version of one container; W&B consists of several now, whose versions must agree. Leave it to the release channel, or pin `chart` and `images`.",
        );
    }
    const cors = read.take("extraCors");
    draft.carry("extraCors", "app.extraCors", typeof cors === "string" ? listOf(cors) : cors);
    if (read.takeFlag("createSecrets") === false) {
        draft.decide(
            "createSecrets",
            "is false: name your own Secrets by `licenseSecret`, `database.passwordSecret` and `bucket.credentialsSecret`.",
        );
    }
    if (read.takeFlag("enableAdminApi") === true) {
        draft.variable("enableAdminApi", "GORILLA_INSECURE_ALLOW_API_KEY_ADMIN_ACCESS", "true");
        draft.decide(
            "enableAdminApi",
            "has its key in the Secret <release>-secrets, key ADMIN_API_KEY, which goes with the old release. Copy it into `secretEnv.GLOBAL_ADMIN_API_KEY`.",
        );
    }
    carryVariables(draft, variablesOf(read.take("extraEnv")));
}

function carryStores(draft: Draft, read: Reading): void {
    const bucket = read.takeText("bucket");
    if (bucket === undefined) {
        draft.decide(
            "bucket",
            "is empty: W&B's files lie in the pod's volume. Copy them to a bucket before you go on.",
        );
    } else {
        carryBucket(draft, "bucket", bucket);
        const region = read.takeText("bucketRegion");
        const parts = splitBucket(bucket);
        if (parts?.provider === "s3") {
            const otherwise = isEndpoint(parts) ? undefined : "The old chart's default.";
            draft.carry("bucketRegion", "global.bucket.region", region ?? "us-east-1", region ? undefined : otherwise);
        }
        draft.carry("bucketKmsKeyArn", "global.bucket.kmsKey", read.take("bucketKmsKeyArn"));
    }
    dropQueue(draft, "bucketQueue", read.takeText("bucketQueue") ?? "internal://");
    carryRedis(draft, "redis", read.takeText("redis") ?? "redis://127.0.0.1:6379");
    const mail = read.takeText("smtpServer");
    if (mail !== undefined) {
        carryMail(draft, "smtpServer", mail);
    }
    carryMysql(draft, read);
}

function carryMysql(draft: Draft, read: Reading): void {
    if (read.takeFlag("mysql.managed") ?? true) {
        draft.carry("mysql.managed", "mysql.install", true);
        draft.decide(
            "mysql.managed",
            "is true: the database is in the old release, which takes it along when it goes. Dump it, and load it into the new one, better into a MySQL outside the cluster.",
        );
        for (const from of ["mysql.persistence.size", "mysql.persistence.storageClass"]) {
            draft.carry(from, from, read.take(from));
        }
        return;
    }
    const copied: readonly (readonly [string, string, Json?])[] = [
        ["mysql.host", "global.mysql.host"],
        ["mysql.user", "global.mysql.user", "wandb_local"],
        ["mysql.password", "global.mysql.password"],
        ["mysql.database", "global.mysql.database", "wandb_local"],
    ];
    for (const [from, to, otherwise] of copied) {
        const value = read.take(from);
        draft.carry(from, to, value ?? otherwise, value === undefined ? "The old chart's default." : undefined);
    }
}

function carryLogin(draft: Draft, read: Reading): void {
    const sso = read.take("sso");
    if (isMap(sso) && textOf(sso["enabled"]) === "true") {
        const from = new Reading(sso);
        draft.carry("sso.issuer", "global.auth.oidc.issuer", from.take("issuer"));
        draft.carry("sso.clientId", "global.auth.oidc.clientId", from.take("clientId"));
        draft.carry("sso.clientSecret", "global.auth.oidc.secret", from.take("clientSecret"));
        draft.carry("sso.method", "global.auth.oidc.authMethod", from.take("method") ?? "implicit");
        if (from.takeFlag("autoProvision") === false) {
            draft.variable("sso.autoProvision", "GORILLA_DISABLE_SSO_PROVISIONING", "true");
        }
    }
    const ldap = read.take("ldap");
    if (isMap(ldap) && textOf(ldap["enabled"]) === "true") {
        carryLdap(draft, new Reading(ldap));
    }
}

function carryLdap(draft: Draft, read: Reading): void {
    draft.variable("ldap.enabled", "LDAP_LOGIN", "true");
    const copied: readonly (readonly [string, string])[] = [
        ["host", "LDAP_ADDRESS"],
        ["baseDN", "LDAP_BASE_DN"],
        ["bindDN", "LDAP_BIND_DN"],
        ["bindPW", "LDAP_BIND_PW"],
        ["attributes", "LDAP_ATTRIBUTES"],
        ["groupAllowList", "LDAP_GROUP_ALLOW_LIST"],
    ];
    for (const [from, name] of copied) {
        draft.variable(`ldap.${from}`, name, read.takeText(from));
    }
    if (read.takeFlag("tls") === true) {
        draft.variable("ldap.tls", "LDAP_TLS_ENABLE", "true");
    }
    const key = read.takeText("tlsCert.configMap.key");
    draft.carry("ldap.tlsCert.configMap.name", "global.caCertsConfigMap", read.take("tlsCert.configMap.name"));
    if (key !== undefined && !key.endsWith(".crt")) {
        draft.decide(
            "ldap.tlsCert.configMap.key",
            "does not end in .crt: W&B reads only such keys of the ConfigMap. Rename it there.",
        );
    }
}

function carryIngress(draft: Draft, read: Reading): void {
    const hosts = read.take("ingress.hosts");
    if (read.takeFlag("ingress.enabled") !== true) {
        draft.carry(
            "ingress.enabled",
            "ingress.create",
            false,
            "The new chart makes an Ingress unless told otherwise.",
        );
        return;
    }
    const annotations = read.take("ingress.annotations");
    const classes = isMap(annotations) ? annotations["kubernetes.io/ingress.class"] : undefined;
    draft.carry(
        "ingress.className",
        "ingress.class",
        classes === undefined ? read.take("ingress.className") : undefined,
    );
    draft.carry("ingress.annotations", "ingress.annotations", annotations);
    draft.carry("ingress.tls", "ingress.tls", read.take("ingress.tls"));
    const names = (Array.isArray(hosts) ? hosts : []).flatMap((host) =>
        isMap(host) ? (textOf(host["host"]) ?? []) : [],
    );
    const main = mainHost(draft);
    const more = names.filter((name) => name !== main);
    draft.carry("ingress.hosts", "ingress.additionalHosts", more, "The first host is that of `host`.");
    if (Array.isArray(hosts) && hosts.some((host) => isMap(host) && hasOwnPaths(host["paths"]))) {
        draft.lost("ingress.hosts.paths", "Paths of one's own are lost: the chart has its own.");
    }
}

function mainHost({ values }: Draft): string | undefined {
    const global = values["global"];
    const host = isMap(global) ? textOf(global["host"]) : undefined;
    return host?.replace(/^https?:\/\//, "");
}

function hasOwnPaths(paths: Json | undefined): boolean {
    return Array.isArray(paths) && paths.some((path) => isMap(path) && path["path"] !== "/");
}

function carryPods(draft: Draft, read: Reading): void {
    const type = read.takeText("service.type");
    if (type !== undefined && type !== "ClusterIP") {
        draft.carry("service.type", "app.service.type", type);
    }
    const port = read.takeText("service.port");
    if (port !== undefined && port !== "8080") {
        draft.lost("service.port", "The port of W&B's Service is 8080.");
    }
    const account = read.take("serviceAccount");
    if (isMap(account)) {
        carryAccount(draft, account);
    }
    const copied: readonly (readonly [string, string])[] = [
        ["podAnnotations", "app.podAnnotations"],
        ["nodeSelector", "global.nodeSelector"],
        ["tolerations", "global.tolerations"],
        ["affinity", "app.affinity"],
        ["resources", "app.resources"],
        ["podSecurityContext", "app.podSecurityContext"],
        ["securityContext", "app.securityContext"],
    ];
    for (const [from, to] of copied) {
        draft.carry(from, to, read.take(from));
    }
}

/** One account became one for each component; where it has a name, one of them makes it for all. */
function carryAccount(draft: Draft, account: JsonMap): void {
    const { name, annotations, create = true } = account;
    for (const [index, component] of CloudComponents.entries()) {
        const own: JsonMap = textOf(name)
            ? { name, create: index === 0 ? create : false, ...(index === 0 && annotations ? { annotations } : {}) }
            : account;
        draft.carry(
            "serviceAccount",
            `${component}.serviceAccount`,
            own,
            "One account became those of the components.",
        );
    }
    draft.decide(
        "serviceAccount",
        "is in another namespace now. Where a role of the cloud trusts it by namespace and name, let the role trust the new accounts too.",
    );
}
