import type { Found } from "./found";
import { isMap, type Json, type JsonMap, put, Reading, textOf } from "./tree";

/** A value that is kept in the configuration of the stack, encrypted, under this key. */
export class SecretSetting {
    constructor(readonly key: string) {}
}

export type Argument = string | number | boolean | null | SecretSetting | Argument[] | { [key: string]: Argument };

/** Arguments of `WandbDeployment`, and the secrets that they name. */
export interface Arguments {
    readonly tree: Record<string, Argument>;
    readonly secrets: ReadonlyMap<string, string>;
}

type Pairs = readonly (readonly [value: string, argument: string])[];

/** Values that are arguments of ours under another name. */
const Renamed: Pairs = [
    ["global.host", "host"],
    ["global.size", "size"],
    ["global.licenseSecret.name", "licenseSecret.name"],
    ["global.licenseSecret.key", "licenseSecret.key"],
    ["global.mysql.host", "database.host"],
    ["global.mysql.port", "database.port"],
    ["global.mysql.database", "database.name"],
    ["global.mysql.user", "database.username"],
    ["global.mysql.caCert", "database.caCertificate"],
    ["global.mysql.passwordSecret.name", "database.passwordSecret.name"],
    ["global.mysql.passwordSecret.passwordKey", "database.passwordSecret.key"],
    ["global.redis.host", "redis.host"],
    ["global.redis.port", "redis.port"],
    ["global.redis.caCert", "redis.caCertificate"],
    ["global.redis.secret.secretName", "redis.passwordSecret.name"],
    ["global.redis.secret.secretKey", "redis.passwordSecret.key"],
    ["global.auth.sessionLengthHours", "sessionLengthHours"],
    ["global.auth.oidc.issuer", "oidc.issuer"],
    ["global.auth.oidc.clientId", "oidc.clientId"],
    ["global.auth.oidc.authMethod", "oidc.authMethod"],
    ["global.auth.oidc.oidcSecret.name", "oidc.clientSecretRef.name"],
    ["global.auth.oidc.oidcSecret.secretKey", "oidc.clientSecretRef.key"],
    ["global.email.smtp.host", "smtp.host"],
    ["global.email.smtp.port", "smtp.port"],
    ["global.email.smtp.user", "smtp.username"],
    ["global.email.smtp.password.valueFrom.secretKeyRef.name", "smtp.passwordSecret.name"],
    ["global.email.smtp.password.valueFrom.secretKeyRef.key", "smtp.passwordSecret.key"],
    ["global.customCACerts", "customCaCerts"],
    ["global.caCertsConfigMap", "caCertsConfigMap"],
    ["global.repositoryPrefix", "images.repositoryPrefix"],
    ["global.imageRegistry", "images.registry"],
    ["ingress.create", "ingress.create"],
    ["ingress.nameOverride", "ingress.name"],
    ["ingress.class", "ingress.className"],
    ["ingress.annotations", "ingress.annotations"],
    ["ingress.labels", "ingress.labels"],
];

/** Values that are secret, and the argument that takes each. */
const Credentials: Pairs = [
    ["global.license", "license"],
    ["global.mysql.password", "database.password"],
    ["global.redis.password", "redis.password"],
    ["global.auth.oidc.secret", "oidc.clientSecret"],
    ["global.email.smtp.password", "smtp.password"],
];

const Numbers = new Set(["database.port", "redis.port", "smtp.port", "sessionLengthHours"]);

/** Puts values of the chart into the arguments that stand for them. What has none stays among `values`. */
export function argumentsOf({
    values,
    name,
    namespace,
    more = {},
}: Omit<Found, "source" | "notes" | "old">): Arguments {
    const out = new Writing();
    const read = new Reading(values);
    out.plain("name", name === "wandb" ? undefined : name);
    out.plain("namespace", namespace === "wandb" ? undefined : namespace);
    for (const [value, argument] of Renamed) {
        const found = read.take(value);
        out.plain(argument, Numbers.has(argument) ? numberOf(found) : found);
    }
    for (const [value, argument] of Credentials) {
        out.secret(argument, read.takeText(value));
    }
    takeBucket(out, read);
    takeRedis(out, read);
    takeIngressTls(out, read);
    takeVariables(out, read);
    const pullSecrets = read.take("global.imagePullSecrets");
    out.plain("images.pullSecrets", pullSecrets && namesOf(pullSecrets));
    out.put(["ingress", "additionalHosts"], read.take("ingress.additionalHosts"));
    for (const [keys, value] of read.leaves()) {
        out.value(keys, value);
    }
    for (const [key, value] of Object.entries(more)) {
        out.put([key], value);
    }
    return { tree: out.tree, secrets: out.secrets };
}

/** `global.defaultBucket` counts where `global.bucket` does not say one. */
function takeBucket(out: Writing, read: Reading): void {
    const own = read.take("global.bucket");
    const given = isMap(own) && textOf(own["name"]) !== undefined ? own : read.take("global.defaultBucket");
    if (!isMap(given)) {
        return;
    }
    const bucket = new Reading(given);
    const provider = bucket.takeText("provider");
    const place = placeOf(provider, bucket.takeText("name") ?? "", bucket.takeText("path"));
    out.plain("bucket.provider", provider);
    for (const [key, value] of Object.entries(place)) {
        out.plain(`bucket.${key}`, value);
    }
    const copied: Pairs = [
        ["region", "bucket.region"],
        ["kmsKey", "bucket.kmsKey"],
        ["secret.secretName", "bucket.credentialsSecret.name"],
        ["secret.accessKeyName", "bucket.credentialsSecret.accessKeyName"],
        ["secret.secretKeyName", "bucket.credentialsSecret.secretKeyName"],
    ];
    for (const [value, argument] of copied) {
        out.plain(argument, bucket.take(value));
    }
    out.secret("bucket.accessKey", bucket.takeText("accessKey"));
    out.secret("bucket.secretKey", bucket.takeText("secretKey"));
}

/** The chart writes three kinds of stores into two words. */
function placeOf(provider: string | undefined, name: string, path: string | undefined): JsonMap {
    const [whole, query = ""] = (path ?? "").split("?");
    const [first, ...below] = whole.split("/");
    const prefix = below.join("/");
    const inside: JsonMap = { name: first, ...(prefix === "" ? {} : { prefix }) };
    if (provider === "az") {
        return { account: name, ...inside };
    }
    // A bucket has no port, and whoever names a host writes the bucket behind it.
    if (
        provider === "s3" &&
        path !== undefined &&
        /[.:]|^localhost$/.test(name) &&
        (name.includes(":") || query !== "")
    ) {
        return { endpoint: name, tls: /(^|&)tls=true(&|$)/.test(query), ...inside };
    }
    return { name, ...(path === undefined ? {} : { prefix: path }) };
}

function takeRedis(out: Writing, read: Reading): void {
    const parameters = read.take("global.redis.params");
    if (isMap(parameters)) {
        const { tls, ...others } = parameters;
        out.plain("redis.tls", tls === undefined ? undefined : textOf(tls) === "true");
        out.plain("redis.parameters", others);
    }
    const hasHost = Object.hasOwn(out.tree, "redis");
    for (const [value, argument, external] of [
        ["redis.install", "redis.install", hasHost],
        ["mysql.install", "database.install", Object.hasOwn(out.tree, "database")],
    ] as const) {
        const install = read.takeFlag(value);
        // Beside an external server the argument is refused, and false says no more than the server does.
        out.put(
            install === true && external ? ["values", ...value.split(".")] : argument.split("."),
            install || undefined,
        );
    }
}

/** The chart takes a list, of which the first entry counts. */
function takeIngressTls(out: Writing, read: Reading): void {
    const list = read.take("ingress.tls");
    const [first, ...others] = Array.isArray(list) ? list : [];
    const secretName = isMap(first) ? textOf(first["secretName"]) : undefined;
    out.plain("ingress.tls.secretName", secretName);
    if (secretName !== undefined && others.length > 0) {
        out.put(["values", "ingress", "tls"], list);
    }
}

const SecretName = /((PASSWORD|PASSWD|SECRET|TOKEN|KEY|CREDENTIAL)S?|PW)(?![a-z])|_PASS$|^(GORILLA_)?LICENSE$/i;
/** Names that end so and name a place, not a secret. */
const PlaceName = /(^key|secretName|secretKey(Name)?|passwordKey|accessKeyName|kmsKey)$/;
const Credentialed = /:\/\/[^/\s]*@|-----BEGIN [A-Z ]*PRIVATE KEY-----/;

function isSecret(name: string, value: string): boolean {
    return value !== "" && ((SecretName.test(name) && !PlaceName.test(name)) || Credentialed.test(value));
}

function takeVariables(out: Writing, read: Reading): void {
    const variables = read.take("global.extraEnv");
    if (!isMap(variables)) {
        return;
    }
    for (const [name, value] of Object.entries(variables)) {
        const source = isMap(value) ? value["valueFrom"] : undefined;
        if (isMap(source)) {
            const { fieldRef, ...references } = source;
            const fieldPath = isMap(fieldRef) ? textOf(fieldRef["fieldPath"]) : undefined;
            out.put(["extraEnvFrom", name], fieldPath === undefined ? references : { fieldPath });
        } else if (!isMap(value) && isSecret(name, textOf(value) ?? "")) {
            out.secretAt(["secretEnv", name], textOf(value));
        } else {
            out.put(["extraEnv", name], textOf(value) ?? value);
        }
    }
}

function namesOf(list: Json): Json {
    return Array.isArray(list) ? list.map((item) => (isMap(item) ? (textOf(item["name"]) ?? "") : item)) : list;
}

function numberOf(value: Json | undefined): Json | undefined {
    return typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

/** The arguments while they are put together. */
class Writing {
    readonly tree: Record<string, Argument> = {};
    readonly secrets = new Map<string, string>();

    plain(path: string, value: Json | undefined): void {
        this.put(path.split("."), value);
    }

    put(path: readonly string[], value: Json | undefined): void {
        const empty =
            typeof value === "object" &&
            value !== null &&
            !((value as unknown) instanceof SecretSetting) &&
            Object.keys(value).length === 0;
        if (value !== undefined && !empty) {
            put(this.tree as JsonMap, path, value);
        }
    }

    /** A free value; what is secret in it goes apart. */
    value(keys: readonly string[], value: Json): void {
        this.put(["values", ...keys], this.apart(["values", ...keys], value));
        if (Array.isArray(value) && value.length === 0) {
            put(this.tree as JsonMap, ["values", ...keys], value);
        }
    }

    private apart(keys: readonly string[], value: Json, name = keys.at(-1) ?? ""): Json {
        if (Array.isArray(value)) {
            return value.map((item, index) => this.apart([...keys, String(index)], item, name));
        }
        if (isMap(value)) {
            // A variable in a list has its name beside its value.
            const called = textOf(value["name"]);
            return Object.fromEntries(
                Object.entries(value).map(([key, inner]) => [
                    key,
                    this.apart([...keys, key], inner, key === "value" ? called : key),
                ]),
            );
        }
        return typeof value === "string" && isSecret(name, value) ? this.setting(keys, value) : value;
    }

    private setting(path: readonly string[], value: string): Json {
        const words = path
            .join(".")
            .split(/[^A-Za-z0-9]+/)
            .filter((word) => word !== "");
        const stem = words.map((word, index) => (index === 0 ? word : capital(word))).join("") || "secret";
        const taken = [...this.secrets.keys()].filter((key) => key === stem || key.startsWith(`${stem}_`)).length;
        const key = taken === 0 ? stem : `${stem}_${taken}`;
        this.secrets.set(key, value);
        return new SecretSetting(key) as unknown as Json;
    }

    secret(path: string, value: string | undefined): void {
        this.secretAt(path.split("."), value);
    }

    secretAt(path: readonly string[], value: string | undefined): void {
        if (value !== undefined && value !== "") {
            put(this.tree as JsonMap, path, this.setting(path, value));
        }
    }
}

function capital(word: string): string {
    return word.charAt(0).toUpperCase() + word.slice(1);
}
