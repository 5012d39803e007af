import * as http from "node:http";
import * as https from "node:https";
import { ApiError, messageOf, WithoutWaiting } from "./api-error";
import type { Connection } from "./kubeconfig";

/** One request to the API server. */
export interface ApiRequest {
    readonly method: "GET" | "DELETE" | "PATCH";
    /** Path with query, below the server's base address. */
    readonly path: string;
    readonly accept?: string;
    readonly body?: unknown;
    readonly contentType?: string;
}

/** What came back, whatever its status. */
export interface ApiResponse {
    readonly status: number;
    readonly body: string;
}

/** Sends requests over one connection. */
export interface Transport {
    /** @throws ApiError when no answer came: `transient` when trying again may help, else `setup`. */
    send(request: ApiRequest): Promise<ApiResponse>;
}

/** Makes a transport that keeps its connections open between requests. Idle ones do not keep the process alive. */
export function createTransport(connection: Connection, timeoutMs: number): Transport {
    const secure = connection.server.startsWith("https:");
    const options = {
        keepAlive: true,
        ca: connection.ca,
        rejectUnauthorized: !connection.skipTlsVerify,
        servername: connection.tlsServerName,
        proxyEnv: proxyEnvironment(connection),
    };
    const agent = secure ? new https.Agent(options) : new http.Agent(options);
    const sendOnce = async (request: ApiRequest, renew: boolean): Promise<ApiResponse> => {
        const { headers, cert, key } = await connection.credentials(renew);
        const body = request.body === undefined ? undefined : JSON.stringify(request.body);
        const requestOptions: https.RequestOptions = {
            agent,
            method: request.method,
            cert,
            key,
            headers: {
                Accept: request.accept ?? "application/json",
                "User-Agent": "pulumi-wandb",
                ...(body === undefined
                    ? {}
                    : {
                          "Content-Type": request.contentType ?? "application/json",
                          "Content-Length": Buffer.byteLength(body),
                      }),
                ...headers,
            },
        };
        return exchange(connection.server, request, { requestOptions, body, timeoutMs });
    };
    return {
        async send(request) {
            const response = await sendOnce(request, false);
            // Tokens of credential plugins live for minutes, a wait may be longer.
            return response.status === 401 ? sendOnce(request, true) : response;
        },
    };
}

interface Exchange {
    readonly requestOptions: https.RequestOptions;
    readonly body: string | undefined;
    readonly timeoutMs: number;
}

function exchange(
    server: string,
    request: ApiRequest,
    { requestOptions, body, timeoutMs }: Exchange,
): Promise<ApiResponse> {
    return new Promise((resolve, reject) => {
        const module = server.startsWith("https:") ? https : http;
        const outgoing = module.request(`${server}${request.path}`, requestOptions, (incoming) => {
            const chunks: Buffer[] = [];
            incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
            incoming.on("error", fail);
            incoming.on("end", () => {
                clearTimeout(timer);
                resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") });
            });
        });
        const timer = setTimeout(() => outgoing.destroy(new Error(`no answer in ${timeoutMs / 1_000}s`)), timeoutMs);
        function fail(error: Error): void {
            clearTimeout(timer);
            // The server closed an idle connection just as it was used again: that is no trouble of the server.
            if (outgoing.reusedSocket && codeOf(error) === "ECONNRESET") {
                exchange(server, request, { requestOptions, body, timeoutMs }).then(resolve, reject);
                return;
            }
            reject(connectionError(server, error));
        }
        outgoing.on("error", fail);
        outgoing.end(body);
    });
}

function codeOf(error: unknown): string {
    return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

const TlsCodes = /^(?:CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_OSSL_)/;

/** Whether an error is about TLS: a certificate that is not trusted does not become so by waiting. */
export function isTlsError(error: unknown): boolean {
    return TlsCodes.test(codeOf(error));
}

function connectionError(server: string, error: Error): ApiError {
    const code = codeOf(error);
    // Several addresses of one name fail as one error without a message of its own.
    const reasons = error instanceof AggregateError ? error.errors.map(messageOf).join("; ") : error.message;
    const words = reasons.includes(code) ? reasons : `${reasons} (${code})`;
    if (isTlsError(error)) {
        return new ApiError(
            "setup",
            `Kubernetes API server ${server}: TLS failed: ${words}. Check server, certificate-authority-data and client certificate of the kubeconfig. ${WithoutWaiting}`,
            { cause: error },
        );
    }
    return new ApiError("transient", `Kubernetes API server ${server} does not answer: ${words}`, { cause: error });
}

const NodeWithProxies = { 22: 21, 24: 5 } as Readonly<Record<number, number>>;

/** Proxies as kubectl takes them: the kubeconfig's own, else those of the environment. Node's agents do the rest. */
function proxyEnvironment(connection: Connection): NodeJS.ProcessEnv {
    const { proxyUrl, server } = connection;
    if (proxyUrl === undefined) {
        // A proxy of the environment is never meant for this machine itself; Go's clients see it the same way.
        return /^(?:localhost|127\.|\[::1\])/.test(new URL(server).hostname) ? {} : process.env;
    }
    if (!/^https?:/.test(proxyUrl)) {
        throw new ApiError(
            "setup",
            `kubeconfig: proxy-url "${new URL(proxyUrl).protocol}//..." is not an HTTP proxy, which is the only kind supported here. Use one. ${WithoutWaiting}`,
        );
    }
    const [major, minor] = process.versions.node.split(".").map(Number);
    if (major < 25 && minor < (NodeWithProxies[major] ?? Infinity)) {
        throw new ApiError(
            "setup",
            `kubeconfig: proxy-url needs Node.js 22.21, 24.5 or newer (this is ${process.versions.node}). Update Node.js. ${WithoutWaiting}`,
        );
    }
    return { HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl };
}
