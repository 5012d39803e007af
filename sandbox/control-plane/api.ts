/** The few HTTPS calls the control plane needs for itself, so that starting it loads no Kubernetes client library. */
import { request } from "node:https";

/** How to reach and trust one API server (or a component that shows the same certificate). */
export interface ApiAccess {
    server: string;
    certificateAuthority: string;
    token: string;
}

/** A reply: the status code and the body as text. */
export interface ApiReply {
    status: number;
    body: string;
}

const defaultTimeoutMs = 5_000;

/** Sends one request and reads the whole reply. Rejects when there is none within `timeoutMs`. */
export function callApi(
    access: ApiAccess,
    method: "GET" | "POST",
    path: string,
    body?: unknown,
    timeoutMs = defaultTimeoutMs,
): Promise<ApiReply> {
    return new Promise((resolve, reject) => {
        const call = request(
            new URL(path, access.server),
            {
                method,
                ca: access.certificateAuthority,
                agent: false,
                headers: { authorization: `Bearer ${access.token}`, "content-type": "application/json" },
                signal: AbortSignal.timeout(timeoutMs),
            },
            (response) => {
                const chunks: Buffer[] = [];
                response.on("data", (chunk: Buffer) => chunks.push(chunk));
                response.on("error", reject);
                response.on("end", () =>
                    resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") }),
                );
            },
        );
        call.on("error", reject);
        call.end(body === undefined ? undefined : JSON.stringify(body));
    });
}

/** Creates an object; one that is there already is left as it is. */
export async function createIfAbsent(access: ApiAccess, collection: string, object: unknown): Promise<void> {
    const reply = await callApi(access, "POST", collection, object);
    if (reply.status !== 201 && reply.status !== 409) {
        throw new Error(
            `${collection}: the sandbox API server refused an object of its own: ${reply.status} ${reply.body}`,
        );
    }
}

/** Whether a GET answers 200. */
export async function answersOk(access: ApiAccess, path: string): Promise<boolean> {
    return (await callApi(access, "GET", path)).status === 200;
}
