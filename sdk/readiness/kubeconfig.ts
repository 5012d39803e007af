import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { ApiError, messageOf, WithoutWaiting } from "./api-error";
import { execCredential, type ExecPlugin } from "./exec-credential";

/** Credentials of one request. */
export interface RequestCredentials {
    readonly headers: Readonly<Record<string, string>>;
    readonly cert?: string | Buffer;
    readonly key?: string | Buffer;
}

/** One context of a kubeconfig, ready for use. */
export interface Connection {
    /** Base address of the API server, without a slash at the end. */
    readonly server: string;
    readonly ca?: Buffer;
    readonly skipTlsVerify: boolean;
    readonly tlsServerName?: string;
    readonly proxyUrl?: string;
    /**
     * Credentials for the next request.
     * @param renew do not use what a credential plugin gave before: the server did not accept it.
     */
    credentials(renew: boolean): Promise<RequestCredentials>;
}

type Entry = Readonly<Record<string, unknown>>;

function invalid(problem: string, remedy: string): ApiError {
    return new ApiError("setup", `kubeconfig: ${problem}. ${remedy}`);
}

/**
 * Reads a kubeconfig and picks a context.
 *
 * @throws ApiError naming what is missing in it.
 */
export function readKubeconfig(text: string, contextName?: string): Connection {
    const config = parse(text);
    const chosen = contextName ?? string(config, "current-context");
    const contexts = named(config, "contexts", "context");
    const known = [...contexts.keys()].sort().join(", ") || "none";
    if (chosen === undefined) {
        throw invalid("it has no current-context", `Name a context in existing.context. Contexts in it: ${known}.`);
    }
    const context = contexts.get(chosen);
    if (!context) {
        throw invalid(`it has no context "${chosen}"`, `Name one that is in it: ${known}.`);
    }
    const clusterName = string(context, "cluster") ?? "";
    const cluster = named(config, "clusters", "cluster").get(clusterName);
    const server = cluster && string(cluster, "server");
    if (!cluster || server === undefined) {
        throw invalid(`cluster "${clusterName}" of context "${chosen}" has no server address`, "Mend the kubeconfig.");
    }
    const userName = string(context, "user");
    const user = userName === undefined ? {} : named(config, "users", "user").get(userName);
    if (!user) {
        throw invalid(`user "${userName}" of context "${chosen}" is not in it`, "Mend the kubeconfig.");
    }
    const ca = file(cluster, "certificate-authority");
    return {
        server: checkedServer(server),
        ca,
        skipTlsVerify: cluster["insecure-skip-tls-verify"] === true,
        tlsServerName: string(cluster, "tls-server-name"),
        proxyUrl: string(cluster, "proxy-url"),
        credentials: userCredentials(userName ?? "", user, { server, cluster, ca }),
    };
}

function parse(text: string): Entry {
    if (!text.includes("\n") && /^(?:~|\.{0,2}\/|[A-Za-z]:\\)/.test(text.trim())) {
        throw invalid("it looks like a path", "Give the content of the file, for example by fs.readFileSync.");
    }
    let config: unknown;
    try {
        config = load(text);
    } catch (error) {
        // The parser's message quotes lines of the kubeconfig, which hold credentials: only the place is told.
        const line = /\((\d+:\d+)\)/.exec(messageOf(error))?.[1];
        throw invalid(`it is not YAML${line === undefined ? "" : ` (line:column ${line})`}`, "Give YAML or JSON.");
    }
    if (!isEntry(config)) {
        throw invalid("it holds no mapping", "Give the content of a kubeconfig file.");
    }
    return config;
}

function checkedServer(server: string): string {
    if (!/^https?:\/\//.test(server) || !URL.canParse(server)) {
        throw invalid(`server "${server}" is not an http(s) address`, "Mend the kubeconfig.");
    }
    return server.replace(/\/+$/, "");
}

interface ClusterOfUser {
    readonly server: string;
    readonly cluster: Entry;
    readonly ca?: Buffer;
}

function userCredentials(name: string, user: Entry, target: ClusterOfUser): Connection["credentials"] {
    if (isEntry(user["auth-provider"])) {
        throw invalid(
            `user "${name}" uses auth-provider "${string(user["auth-provider"], "name")}", which Kubernetes has replaced by credential plugins`,
            `Write the kubeconfig anew with the cloud's current command line tool (it then has an \`exec\` entry). ${WithoutWaiting}`,
        );
    }
    const cert = file(user, "client-certificate");
    const key = file(user, "client-key");
    const impersonation = impersonationHeaders(user);
    const plugin = isEntry(user.exec) ? execPlugin(name, user.exec, target) : undefined;
    return async (renew) => {
        const fromPlugin = plugin && (await execCredential(plugin, renew));
        const authorization =
            fromPlugin?.token === undefined ? staticAuthorization(user) : `Bearer ${fromPlugin.token}`;
        return {
            headers: { ...(authorization === undefined ? {} : { Authorization: authorization }), ...impersonation },
            cert: fromPlugin?.clientCertificateData ?? cert,
            key: fromPlugin?.clientKeyData ?? key,
        };
    };
}

function staticAuthorization(user: Entry): string | undefined {
    // Read for each request: whoever writes a token file renews it in place.
    const token =
        string(user, "tokenFile") === undefined ? string(user, "token") : file(user, "tokenFile", "")?.toString();
    if (token !== undefined) {
        return `Bearer ${token.trim()}`;
    }
    const username = string(user, "username");
    return username === undefined
        ? undefined
        : `Basic ${Buffer.from(`${username}:${string(user, "password") ?? ""}`).toString("base64")}`;
}

function impersonationHeaders(user: Entry): Record<string, string> {
    const as = string(user, "as");
    return as === undefined ? {} : { "Impersonate-User": as };
}

function execPlugin(userName: string, exec: Entry, target: ClusterOfUser): ExecPlugin {
    const command = string(exec, "command");
    if (command === undefined) {
        throw invalid(`the exec entry of user "${userName}" names no command`, "Mend the kubeconfig.");
    }
    const apiVersion = string(exec, "apiVersion") ?? "client.authentication.k8s.io/v1";
    const { server, cluster, ca } = target;
    return {
        command,
        args: Array.isArray(exec.args) ? exec.args.map(String) : [],
        env: entries(exec.env).map((entry) => [string(entry, "name") ?? "", string(entry, "value") ?? ""]),
        installHint: string(exec, "installHint"),
        request: {
            apiVersion,
            kind: "ExecCredential",
            spec: {
                interactive: false,
                ...(exec.provideClusterInfo === true
                    ? {
                          cluster: {
                              server,
                              "tls-server-name": string(cluster, "tls-server-name"),
                              "insecure-skip-tls-verify": cluster["insecure-skip-tls-verify"] === true,
                              "certificate-authority-data": ca?.toString("base64"),
                          },
                      }
                    : {}),
            },
        },
    };
}

/** Content of a file that a kubeconfig names, or the data it holds itself, which wins as in kubectl. */
function file(entry: Entry, key: string, dataSuffix = "-data"): Buffer | undefined {
    const data = dataSuffix === "" ? undefined : string(entry, `${key}${dataSuffix}`);
    if (data !== undefined) {
        return Buffer.from(data, "base64");
    }
    const path = string(entry, key);
    if (path === undefined) {
        return undefined;
    }
    try {
        return readFileSync(path);
    } catch (error) {
        throw invalid(
            `cannot read ${key} "${path}": ${messageOf(error)}`,
            "Make the file readable, or embed its data in the kubeconfig.",
        );
    }
}

function isEntry(value: unknown): value is Entry {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function entries(value: unknown): Entry[] {
    return Array.isArray(value) ? value.filter(isEntry) : [];
}

function string(entry: Entry, key: string): string | undefined {
    const value = entry[key];
    return typeof value === "string" && value !== "" ? value : undefined;
}

function named(config: Entry, list: string, key: string): Map<string, Entry> {
    return new Map(
        entries(config[list]).map((entry) => {
            const value = entry[key];
            return [string(entry, "name") ?? "", isEntry(value) ? value : {}];
        }),
    );
}
