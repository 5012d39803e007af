/** What the release channel of the sandbox answers, and what it remembers of a request. */

/** One release: the lowest layer but one under a custom resource. */
export interface ChannelRelease {
    chart?: Record<string, unknown>;
    values?: Record<string, unknown>;
    metadata?: Record<string, string>;
}

/** The content of `<dir>/channel.json`. */
export interface ChannelDocument extends ChannelRelease {
    /** Answer this status instead, for example 500. */
    status?: number;
    /** Releases that a user can pin, by id. */
    releases?: Record<string, ChannelRelease>;
}

/** One line of `<dir>/channel-requests.jsonl`. */
export interface ChannelRequestRecord {
    at: string;
    path: string;
    status: number;
    /** From basic authentication; absent without. */
    user?: string;
    /** SHA-256 of the license, in hexadecimal digits. */
    licenseDigest?: string;
}

/** The channel of a fresh sandbox: the pinned chart and the image tags of one server release. */
export function defaultChannel(repositoryUrl: string): ChannelDocument {
    const server = { image: { tag: "0.79.0" } };
    return {
        chart: { url: repositoryUrl, name: "operator-wandb", version: "0.43.8" },
        values: {
            app: server,
            api: server,
            console: { image: { tag: "2.16.2" } },
            executor: server,
            glue: server,
            parquet: server,
            weave: { image: { tag: "0.79.0" } },
        },
        metadata: { channel: "sandbox" },
    };
}
