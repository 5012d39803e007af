import { isBuiltInNamespace } from "../naming";
import { type Argument, argumentsOf, SecretSetting } from "./arguments";
import { Fate, type Note } from "./draft";
import type { Found } from "./found";
import { isMap, type Json, type JsonMap } from "./tree";

/** All that the writers need. */
export interface Migration {
    readonly found: Found;
    readonly tree: Record<string, Argument>;
    /** Keys of the stack's configuration, and their values where they are known. */
    readonly secrets: ReadonlyMap<string, string | undefined>;
    readonly notes: readonly Note[];
    /** Objects that the new namespace needs a copy of. */
    readonly references: readonly Reference[];
}

export interface Reference {
    readonly kind: "secret" | "configmap";
    readonly name: string;
}

/** Turns what was found into arguments that are complete: what the old installation did not say is asked from the configuration. */
export function migrationOf(found: Found): Migration {
    const { tree, secrets } = argumentsOf(found);
    const keys = new Map<string, string | undefined>(secrets);
    const notes: Note[] = [];
    const missing = (path: string, key: string): void => {
        const [outer, inner] = path.split(".");
        const setting = new SecretSetting(key);
        tree[outer] =
            inner === undefined ? setting : { ...(tree[outer] as Record<string, Argument>), [inner]: setting };
        keys.set(key, undefined);
        notes.push({
            fate: Fate.Decide,
            from: path,
            text: `The input does not say it. Set the configuration key ${key}.`,
        });
    };
    const database = record(tree["database"]);
    if (tree["host"] === undefined) {
        missing("host", "host");
    }
    if (tree["license"] === undefined && tree["licenseSecret"] === undefined) {
        missing("license", "license");
    }
    if (database["install"] !== true) {
        if (database["host"] === undefined) {
            missing("database.host", "databaseHost");
        }
        if (database["password"] === undefined && database["passwordSecret"] === undefined) {
            missing("database.password", "databasePassword");
        }
    }
    if (tree["bucket"] === undefined) {
        notes.push({
            fate: Fate.Decide,
            from: "bucket",
            text: "The input names no bucket. Add the argument `bucket`.",
        });
    }
    notes.push(...saidOfTls(tree), ...refusedCharacters(secrets));
    const references = found.old.kind === "operator" ? [] : referencesOf(found.values);
    if (!isBuiltInNamespace(found.namespace) && (references.length > 0 || found.old.kind === "operator")) {
        tree["createNamespace"] = false;
    }
    if (found.old.kind === "operator" && tree["operator"] === undefined) {
        tree["operator"] = { install: false };
        notes.push({
            fate: Fate.Decide,
            from: "operator",
            text: "The operator that runs is left in place. If its namespace is not `wandb-cr`, give `operator.namespace`.",
        });
    }
    tree["existing"] = { kubeconfig: new SecretSetting("kubeconfig") };
    keys.set("kubeconfig", undefined);
    return { found, tree, secrets: keys, notes: [...found.notes, ...notes], references };
}

function record(value: Argument | undefined): Readonly<Record<string, Argument>> {
    return typeof value === "object" && value !== null && !(value instanceof SecretSetting) && !Array.isArray(value)
        ? value
        : {};
}

/** Old installations never had to say that their Ingress ends no TLS. */
function saidOfTls(tree: Record<string, Argument>): Note[] {
    const ingress = record(tree["ingress"]);
    const annotations = Object.keys(record(ingress["annotations"]));
    const free = record(record(tree["values"])["ingress"]);
    if (ingress["create"] === false || ingress["tls"] !== undefined || free["issuer"] !== undefined) {
        return [];
    }
    if (annotations.some((key) => /cert|ssl|tls/i.test(key))) {
        return [];
    }
    tree["ingress"] = { ...ingress, tls: { enabled: false } };
    return [
        {
            fate: Fate.Decide,
            from: "ingress.tls",
            text: "The old installation names no certificate, so that the new Ingress ends no TLS (`enabled: false`). Name a `kubernetes.io/tls` Secret when it should.",
        },
    ];
}

const Pasted: readonly (readonly [key: string, argument: string])[] = [
    ["databasePassword", "database.password"],
    ["redisPassword", "redis.password"],
    ["smtpPassword", "smtp.password"],
];

function refusedCharacters(secrets: ReadonlyMap<string, string>): Note[] {
    return Pasted.filter(([key]) => /[:/?#[\]@%]/.test(secrets.get(key) ?? "")).map(([key, argument]) => ({
        fate: Fate.Decide,
        from: argument,
        text: `holds one of the characters \`: / ? # [ ] @ %\`, which are refused, since W&B pastes it into an address. Give the user another password at the server, and set that as ${key}.`,
    }));
}

/** Secrets and ConfigMaps that the values name. */
function referencesOf(values: JsonMap): Reference[] {
    const found = new Map<string, Reference>();
    const add = (kind: Reference["kind"], name: unknown): void => {
        if (typeof name === "string" && name !== "") {
            found.set(`${kind} ${name}`, { kind, name });
        }
    };
    const walk = (value: Json, key: string): void => {
        if (Array.isArray(value)) {
            value.forEach((item) => walk(item, key));
            return;
        }
        if (key === "caCertsConfigMap") {
            add("configmap", value);
        }
        if (!isMap(value)) {
            return;
        }
        if (/Secret$|^secretKeyRef$|^imagePullSecrets$/.test(key)) {
            add("secret", value["name"]);
        }
        if (key === "configMapKeyRef") {
            add("configmap", value["name"]);
        }
        add("secret", value["secretName"]);
        Object.entries(value).forEach(([inner, below]) => walk(below, inner));
    };
    walk(values, "");
    return [...found.values()];
}
