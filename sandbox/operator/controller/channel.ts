/** The operator's side of the release channel (the deployer service). */
import { setTimeout as sleep } from "node:timers/promises";

/** How to ask. Pauses are already scaled. */
export interface ChannelRequest {
    baseUrl: string;
    license: string;
    /** A pinned release instead of the newest one. */
    release?: string;
    pauseMs: number;
}

/** The channel of the vendor, used when the Deployment sets no DEPLOYER_CHANNEL_URL. */
export const publicChannelUrl = "https://deploy.wandb.ai";

const tries = 5;
const answerTimeoutMs = 30_000;

/** Asks up to five times and gives the document as it came. Throws when no try answers 200 with JSON. */
export async function fetchChannel(ask: ChannelRequest): Promise<unknown> {
    const url = channelUrl(ask.baseUrl, ask.release);
    const headers: Record<string, string> = { "content-type": "application/json" };
    if (ask.license !== "") {
        headers.authorization = `Basic ${Buffer.from(`license:${ask.license}`).toString("base64")}`;
    }
    for (let attempt = 1; attempt <= tries; attempt++) {
        try {
            const response = await fetch(url, { headers, signal: AbortSignal.timeout(answerTimeoutMs) });
            if (response.status === 200) {
                return await response.json();
            }
        } catch {
            // Not reachable counts like a bad answer: the next try decides.
        }
        await sleep(attempt < tries ? ask.pauseMs : 0);
    }
    throw new Error("all retries failed");
}

/** DEPLOYER_CHANNEL_URL is the base; the path is always added. */
export function channelUrl(baseUrl: string, release?: string): string {
    const channel = `${baseUrl}/api/v1/operator/channel`;
    return release === undefined ? channel : `${channel}/release/${release}`;
}
