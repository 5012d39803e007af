/** Calls to the API server, as the service account of an operator or as the administrator. */
import { request } from "node:https";
import type { RequestOptions } from "node:https";
import type { KubernetesObject } from "@kubernetes/client-node";
import { KubeConfig, makeInformer } from "@kubernetes/client-node";

/** Any object, as far as this program reads it. */
export interface KubeObject extends KubernetesObject {
    spec?: Record<string, unknown>;
    status?: Record<string, unknown>;
    data?: Record<string, string>;
    binaryData?: Record<string, string>;
    [field: string]: unknown;
}

/** A reply that is no success. */
export class ApiError extends Error {
    constructor(
        readonly status: number,
        message: string,
    ) {
        super(message);
        this.name = "ApiError";
    }
}

type Verb = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

const timeoutMs = 30_000;
const restartMs = 1_000;

/** One identity towards one API server. */
export class KubeClient {
    private target: Promise<{ server: string; options: RequestOptions }> | undefined;

    constructor(
        private readonly config: KubeConfig,
        private readonly until?: AbortSignal,
    ) {}

    get(path: string): Promise<KubeObject> {
        return this.call("GET", path);
    }

    /** The reply as it came, for logs. */
    text(path: string): Promise<string> {
        return this.send("GET", path);
    }

    /** The object, or undefined when it does not exist. */
    async find(path: string): Promise<KubeObject | undefined> {
        try {
            return await this.get(path);
        } catch (error) {
            if (isStatus(error, 404)) {
                return undefined;
            }
            throw error;
        }
    }

    async list(path: string): Promise<KubeObject[]> {
        return (await this.call("GET", path)).items as KubeObject[];
    }

    create(path: string, body: unknown): Promise<KubeObject> {
        return this.call("POST", path, body);
    }

    replace(path: string, body: unknown): Promise<KubeObject> {
        return this.call("PUT", path, body);
    }

    /** A JSON merge patch. */
    patch(path: string, body: unknown): Promise<KubeObject> {
        return this.call("PATCH", path, body, "application/merge-patch+json");
    }

    delete(path: string): Promise<KubeObject> {
        return this.call("DELETE", path);
    }

    /**
     * Follows a collection until `stop` is called. `changed` gets every object that is new or different, `gone` what was
     * deleted. A watch that breaks, also because the kind is not known yet, is begun again.
     */
    follow(
        path: string,
        on: {
            changed: (object: KubeObject) => void;
            gone?: (object: KubeObject) => void;
            problem?: (error: unknown) => void;
        },
        labelSelector?: string,
    ): { stop: () => void } {
        const query = labelSelector === undefined ? "" : `?labelSelector=${encodeURIComponent(labelSelector)}`;
        const listItems = async () => {
            const list = await this.call("GET", `${path}${query}`);
            return { ...list, items: list.items as KubeObject[] };
        };
        const informer = makeInformer<KubeObject>(this.config, path, listItems, labelSelector);
        let restart: NodeJS.Timeout | undefined;
        let stopped = false;
        informer.on("add", on.changed);
        informer.on("update", on.changed);
        informer.on("delete", (object) => on.gone?.(object));
        informer.on("error", (error: unknown) => {
            if (!stopped) {
                on.problem?.(error);
                restart = setTimeout(() => void informer.start(), restartMs);
            }
        });
        void informer.start();
        return {
            stop: () => {
                stopped = true;
                clearTimeout(restart);
                void informer.stop();
            },
        };
    }

    private async call(verb: Verb, path: string, body?: unknown, contentType?: string): Promise<KubeObject> {
        return JSON.parse(await this.send(verb, path, body, contentType)) as KubeObject;
    }

    private async send(verb: Verb, path: string, body?: unknown, contentType = "application/json"): Promise<string> {
        const { server, options } = await (this.target ??= this.resolveTarget());
        const payload = body === undefined ? undefined : JSON.stringify(body);
        const headers = { ...options.headers, ...(payload === undefined ? {} : { "content-type": contentType }) };
        const ends = [AbortSignal.timeout(timeoutMs), ...(this.until === undefined ? [] : [this.until])];
        const sent: RequestOptions = { ...options, method: verb, headers, signal: AbortSignal.any(ends) };
        return new Promise((resolve, reject) => {
            const outgoing = request(new URL(server + path), sent, (response) => {
                const chunks: Buffer[] = [];
                response.on("data", (chunk: Buffer) => chunks.push(chunk));
                response.on("error", reject);
                response.on("end", () => {
                    const status = response.statusCode ?? 0;
                    const text = Buffer.concat(chunks).toString("utf8");
                    const isGood = status >= 200 && status < 300;
                    return isGood ? resolve(text) : reject(new ApiError(status, problemOf(text)));
                });
            });
            outgoing.on("error", reject);
            outgoing.end(payload);
        });
    }

    /** Once per client: each call of the library makes an agent of its own, and with it a new connection. */
    private async resolveTarget(): Promise<{ server: string; options: RequestOptions }> {
        const options: RequestOptions = {};
        await this.config.applyToHTTPSOptions(options);
        return { server: this.config.getCurrentCluster()?.server ?? "", options };
    }
}

/** A client for the kubeconfig's own identity, or for the service account it takes on. Calls fail after `until`. */
export function createClient(kubeconfigPath: string, actAs?: string, until?: AbortSignal): KubeClient {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfigPath);
    const user = config.getCurrentUser();
    if (actAs !== undefined && user !== null) {
        const impersonating = { ...user, impersonateUser: actAs };
        config.users = config.users.map((known) => (known.name === user.name ? impersonating : known));
    }
    return new KubeClient(config, until);
}

/** Whether `error` is this HTTP status. */
export function isStatus(error: unknown, status: number): boolean {
    return error instanceof ApiError && error.status === status;
}

/** The path of the custom resources in one namespace, or of one of them. */
export function resourcePath(namespace: string, name?: string): string {
    const collection = `/apis/apps.wandb.com/v1/namespaces/${namespace}/weightsandbiases`;
    return name === undefined ? collection : `${collection}/${name}`;
}

/** The path of the Secrets of a namespace, or of one of them. */
export function secretPath(namespace: string, name?: string): string {
    return `/api/v1/namespaces/${namespace}/secrets${name === undefined ? "" : `/${name}`}`;
}

/** The message of a Status object, or what came in its place. */
function problemOf(text: string): string {
    try {
        return (JSON.parse(text) as { message?: string }).message ?? text;
    } catch {
        return text;
    }
}
