import { messageOf } from "./api-error";
import { isTlsError } from "./transport";

const ProbeTimeoutMs = 10_000;

/** Asks an address once. @returns what is wrong, or undefined when it answers with success. */
export type Probe = (url: string) => Promise<string | undefined>;

/** Asks `<url>` over HTTP, following redirects. */
export const httpProbe: Probe = async (url) => {
    try {
        const response = await fetch(url, {
            signal: AbortSignal.timeout(ProbeTimeoutMs),
            headers: { Connection: "close" },
        });
        await response.body?.cancel();
        return response.ok ? undefined : `${url} answers ${response.status} ${response.statusText}`.trimEnd();
    } catch (error) {
        return `${url} does not answer: ${probeFailure(error)}`;
    }
};

/** fetch says "fetch failed" and hides the reason in the cause. */
function probeFailure(error: unknown): string {
    if (error instanceof Error && error.name === "TimeoutError") {
        return `nothing within ${ProbeTimeoutMs / 1_000}s`;
    }
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : undefined;
    const words = messageOf(cause);
    const text = code === undefined || words.includes(code) ? words : `${words} (${code})`;
    if (code === "ENOTFOUND") {
        return `${text}: its name is not in DNS yet, as seen from this machine`;
    }
    return isTlsError(cause)
        ? `TLS certificate not accepted by this machine: ${text}. With a private CA set NODE_EXTRA_CA_CERTS`
        : text;
}
