/** The shapes of `spec.chart`: the first that fits wins, and one that fits none counts as no chart at all. */
import type { Values } from "./merge";
import { isMap } from "./merge";

/** Where chart credentials stand, in the namespace of the custom resource. */
export interface CredentialSecret {
    name: string;
    usernameKey: string;
    passwordKey: string;
}

/** A chart in the file system of the controller's pod. */
export interface LocalChart {
    kind: "local";
    path: string;
}

interface RemoteChart {
    url: string;
    version: string;
    username: string;
    password: string;
    credentialSecret?: CredentialSecret;
    debug: boolean;
}

/** A chart in an OCI registry; controllers before 1.22.0 do not know it. */
export interface OciChart extends RemoteChart {
    kind: "oci";
    plainHTTP: boolean;
}

/** A chart in a Helm repository. */
export interface RepositoryChart extends RemoteChart {
    kind: "repository";
    name: string;
    repoName?: string;
}

export type Chart = LocalChart | OciChart | RepositoryChart;

/** Keys of the credential Secret when `credentialSecret` names none. */
export const credentialKeys = { username: "HELM_USERNAME", password: "HELM_PASSWORD" };

/** Reads a chart; undefined when no shape fits, for which the operator reports no error. */
export function parseChart(raw: unknown, controller: { supportsOci: boolean }): Chart | undefined {
    if (!isMap(raw)) {
        return undefined;
    }
    return parseLocal(raw) ?? (controller.supportsOci ? parseOci(raw) : undefined) ?? parseRepository(raw);
}

/** The JSON that the operator stores for a chart in its Secrets: every field of the shape, empty ones too. */
export function storedChart(chart: Chart | undefined): Values | null {
    if (chart === undefined) {
        return null;
    }
    const fields = Object.entries(chart).filter(([key]) => key !== "kind");
    return JSON.parse(JSON.stringify(Object.fromEntries(fields))) as Values;
}

/** OCI charts came with controller 1.22.0. A tag that is no version (`latest`, a digest) is taken for a current one. */
export function supportsOci(image: string): boolean {
    const version = /:v?(\d+)\.(\d+)\.\d+[^/]*$/.exec(image.replace(/@.*$/, ""));
    if (version === null) {
        return true;
    }
    const [major, minor] = [Number(version[1]), Number(version[2])];
    return major > 1 || (major === 1 && minor >= 22);
}

function parseLocal(raw: Values): LocalChart | undefined {
    const path = text(raw, "path");
    return path ? { kind: "local", path } : undefined;
}

function parseOci(raw: Values): OciChart | undefined {
    const remote = parseRemote(raw);
    const plainHTTP = flag(raw, "plainHTTP");
    if (remote === undefined || plainHTTP === undefined || !remote.url.startsWith("oci://")) {
        return undefined;
    }
    return { kind: "oci", ...remote, plainHTTP };
}

function parseRepository(raw: Values): RepositoryChart | undefined {
    const remote = parseRemote(raw);
    const [name, repoName] = [text(raw, "name"), text(raw, "repoName")];
    if (remote === undefined || !name || repoName === undefined || !isUrl(remote.url)) {
        return undefined;
    }
    return { kind: "repository", name, ...remote, ...(repoName ? { repoName } : {}) };
}

/** A field of another kind than the Go struct has makes the whole shape unreadable. */
function parseRemote(raw: Values): RemoteChart | undefined {
    const [url, version, username, password] = ["url", "version", "username", "password"].map((key) => text(raw, key));
    const debug = flag(raw, "debug");
    const secret = parseCredentialSecret(raw.credentialSecret);
    if (!url || version === undefined || username === undefined || password === undefined) {
        return undefined;
    }
    if (debug === undefined || secret === "unreadable") {
        return undefined;
    }
    return { url, version, username, password, debug, ...(secret === undefined ? {} : { credentialSecret: secret }) };
}

function parseCredentialSecret(raw: unknown): CredentialSecret | "unreadable" | undefined {
    if (raw === undefined || raw === null) {
        return undefined;
    }
    if (!isMap(raw)) {
        return "unreadable";
    }
    const [name, usernameKey, passwordKey] = ["name", "usernameKey", "passwordKey"].map((key) => text(raw, key));
    if (name === undefined || usernameKey === undefined || passwordKey === undefined) {
        return "unreadable";
    }
    return { name, usernameKey, passwordKey };
}

function text(raw: Values, key: string): string | undefined {
    const value = raw[key] ?? "";
    return typeof value === "string" ? value : undefined;
}

function flag(raw: Values, key: string): boolean | undefined {
    const value = raw[key] ?? false;
    return typeof value === "boolean" ? value : undefined;
}

function isUrl(url: string): boolean {
    return /^[a-z][a-z0-9+.-]*:\/\/[^/]+/i.test(url);
}
