import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { WandbDeployment, type WandbDeploymentArgs } from "pulumi-wandb";
import { FreeMaps, FreeTrees, Numbers, Scalars, SecretPaths, TextMaps } from "./config-shape";

/** Any value that a stack's config can hold. */
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/** Keys whose value is encrypted, at least in part; the language host tells them this way. */
const EncryptedKeys = new Set(JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS ?? "[]") as string[]);

/** All config of this project, secret or not: the SDK's typed getters would warn about each secret inside an object. */
function readConfig(): JsonObject {
    const prefix = `${pulumi.getProject()}:`;
    const settings: JsonObject = {};
    for (const [key, text] of Object.entries(pulumi.runtime.allConfig())) {
        if (key.startsWith(prefix)) {
            const name = key.slice(prefix.length);
            const value = parse(name, text);
            if (!isAbsent(value)) {
                settings[name] = value;
            }
        }
    }
    return settings;
}

function parse(name: string, text: string): Json {
    if (name in Scalars) {
        return text === "" ? "" : Scalars[name](text);
    }
    try {
        return /^\s*[[{]/.test(text) ? (JSON.parse(text) as Json) : text;
    } catch {
        // Text that only begins like JSON. The parser's message would quote it, and it may be secret.
        return text;
    }
}

/** Whether a path, or one above it, is in a list of patterns; `*` is any key. */
function isWithin(at: readonly string[], patterns: readonly string[]): boolean {
    return patterns.some((pattern) =>
        pattern.split(".").every((key, index) => index < at.length && (key === "*" || key === at[index])),
    );
}

/** Gives text back its form where the config's reader has made numbers and booleans of it. A fraction may have lost a zero: it is refused later. */
function restoreText(value: Json, at: string[]): Json {
    if (isWithin(at, FreeTrees)) {
        return value;
    }
    if (Array.isArray(value)) {
        return value.map((item, index) => restoreText(item, [...at, String(index)]));
    }
    if (isObject(value)) {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restoreText(item, [...at, key])]));
    }
    if (Number.isInteger(value) && !isWithin(at, Numbers)) {
        return digits(value as number, at.join("."));
    }
    if (typeof value === "string" && isWithin(at, Numbers) && /^\d+\.\d+$/.test(value)) {
        // Of numbers with a point `pulumi config set --path` makes text.
        return Number(value);
    }
    return typeof value === "boolean" && isWithin(at.slice(0, -1), TextMaps) ? String(value) : value;
}

function digits(value: number, place: string): string {
    if (!Number.isSafeInteger(value)) {
        throw new pulumi.RunError(
            `${place}: has more digits than a number keeps. Set it as text: pulumi config set --path ${place} --type string VALUE`,
        );
    }
    return String(value);
}

/** The defaults of Pulumi.yaml that mean "not given". */
function isAbsent(value: Json): boolean {
    return (
        value === "" || value === 0 || (typeof value === "object" && value !== null && Object.keys(value).length === 0)
    );
}

function isObject(value: Json | undefined): value is JsonObject {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Wraps secret settings, so that they reach the component marked. */
function markSecrets(value: Json, at: string[]): pulumi.Input<unknown> {
    const place = at.join(".");
    const encrypted = EncryptedKeys.has(`${pulumi.getProject()}:${at[0]}`);
    const free = encrypted && FreeMaps.some((map) => place.startsWith(`${map}.`));
    if (Array.isArray(value)) {
        return value.map((item, index) => markSecrets(item, [...at, String(index)]));
    }
    if (isObject(value)) {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, markSecrets(item, [...at, key])]));
    }
    return isWithin(at, SecretPaths) || (free && typeof value === "string") ? pulumi.secret(value) : value;
}

/** The kubeconfig that kubectl would use, unless the config holds one. */
function readKubeconfig(): string {
    const file = (process.env.KUBECONFIG ?? path.join(os.homedir(), ".kube", "config")).split(path.delimiter)[0];
    if (!fs.existsSync(file)) {
        throw new pulumi.RunError(
            `existing.kubeconfig: no kubeconfig found (looked at ${file}). Set KUBECONFIG to the kubeconfig of your cluster, or run npm start for the sandbox.`,
        );
    }
    return fs.readFileSync(file, "utf8");
}

/** In config, offline charts are files: their content goes into the arguments. */
function readOfflineCharts(operator: Json | undefined): void {
    if (!isObject(operator) || !isObject(operator.offlineCharts)) {
        return;
    }
    for (const [key, file] of Object.entries(operator.offlineCharts)) {
        if (typeof file === "string" && fs.existsSync(file)) {
            operator.offlineCharts[key] = fs.readFileSync(file).toString("base64");
        } else {
            throw new pulumi.RunError(
                `operator.offlineCharts.${key}: is not a file (${JSON.stringify(file)}). Give the path of the chart's .tgz.`,
            );
        }
    }
}

/** In config, the values of another chart are a file. */
function readReference(checks: Json | undefined): void {
    const reference = isObject(checks) ? checks.reference : undefined;
    if (!isObject(reference) || typeof reference.values !== "string") {
        return;
    }
    try {
        reference.values = JSON.parse(fs.readFileSync(reference.values, "utf8")) as Json;
    } catch (error) {
        throw new pulumi.RunError(
            `checks.reference.values: is not a file with JSON (${JSON.stringify(reference.values)}): ${error instanceof Error ? error.message : String(error)}. Give the path of a file like sdk/checks/data/operator-wandb-0.43.8.json.`,
        );
    }
}

const settings = restoreText(readConfig(), []) as JsonObject;
readOfflineCharts(settings.operator);
readReference(settings.checks);
// Only a cloud has it; and `aws: {}` reads like the default, which means not given.
if (
    settings.access !== undefined &&
    settings.existing === undefined &&
    (settings.gcp ?? settings.azure) === undefined
) {
    settings.aws ??= {};
}
if ((settings.aws ?? settings.gcp ?? settings.azure) === undefined || settings.existing !== undefined) {
    const existing = isObject(settings.existing) ? settings.existing : {};
    settings.existing = { ...existing, kubeconfig: existing.kubeconfig ?? readKubeconfig() };
}

/** Unknown keys and wrong kinds are found by the component, which lists every problem in one error. */
function deploy(): WandbDeployment {
    try {
        return new WandbDeployment("wandb", markSecrets(settings, []) as WandbDeploymentArgs);
    } catch (error) {
        // Shown as it is, without the words about an unhandled exception.
        throw pulumi.InputPropertiesError.isInstance(error) ? new pulumi.RunError(error.message) : error;
    }
}

const deployment = deploy();

export const url = deployment.url;
export const consoleUrl = deployment.consoleUrl;
export const consolePasswordCommand = deployment.consolePasswordCommand;
export const kubeconfig = deployment.kubeconfig;
export const namespace = deployment.namespace;
export const clusterName = deployment.clusterName;
export const databaseHost = deployment.databaseHost;
export const bucketName = deployment.bucketName;
export const redisHost = deployment.redisHost;
export const address = deployment.address;
export const operatorVersion = deployment.operatorVersion;
export const chartVersion = deployment.chartVersion;
export const manifest = deployment.manifest;
// Pulumi warns of outputs without value: only that of the cloud which is used goes out.
for (const cloud of ["aws", "gcp", "azure"] as const) {
    if (deployment[cloud] !== undefined) {
        (exports as Record<string, unknown>)[cloud] = deployment[cloud];
    }
}
