/** What kind of trouble a request to the API server had, as far as waiting is concerned. */
export type ApiProblem =
    /** May be gone with the next attempt: no connection, time-out, 429, 5xx. */
    | "transient"
    /** 401 or 403: will not change by waiting. */
    | "denied"
    /** 409: somebody else changed the object. */
    | "conflict"
    /** Kubeconfig, its credential plugin or TLS are not usable. */
    | "setup"
    /** Any other answer that is no success. */
    | "rejected";

/** A request to the API server that failed. The message says what was asked, what came back and what to do. */
export class ApiError extends Error {
    public constructor(
        public readonly problem: ApiProblem,
        message: string,
        options?: { cause?: unknown },
    ) {
        super(message, options);
        this.name = "ApiError";
    }
}

/** Every error about access ends with the way around it. */
export const WithoutWaiting =
    "Or set readiness.wait: false, and `up` finishes when the custom resource is accepted, without looking at the cluster.";

/** What to do about an API server that does not answer. */
export const ReachabilityRemedy =
    "Check the kubeconfig (address, context) and the way from this machine to the API server: VPN, proxy, the addresses that it accepts.";

/** Message of whatever was thrown. */
export function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
