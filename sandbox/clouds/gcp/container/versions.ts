/**
 * Versions of GKE by release channel: those that its release notes of September 2026 name.
 *
 * https://docs.cloud.google.com/kubernetes-engine/docs/release-notes
 */
import type { PropertyMap } from "../../values";
import { textOf } from "../../values";
import { part } from "./shared";

/** Newest first; the first is the default of a channel's new clusters. */
const channels: Readonly<Record<string, readonly string[]>> = {
    RAPID: ["1.36.0-gke.3302004", "1.35.8-gke.1036000", "1.34.8-gke.1000000", "1.33.11-gke.1074000"],
    REGULAR: ["1.35.8-gke.1036000", "1.36.0-gke.3302004", "1.34.8-gke.1000000", "1.33.11-gke.1074000"],
    STABLE: ["1.34.8-gke.1000000", "1.35.5-gke.1163012", "1.33.11-gke.1074000"],
    EXTENDED: [
        "1.35.8-gke.1036000",
        "1.36.0-gke.3302004",
        "1.34.8-gke.1000000",
        "1.33.11-gke.1074000",
        "1.31.14-gke.1986000",
    ],
};

export const channelNames: readonly string[] = Object.keys(channels);

/** https://docs.cloud.google.com/kubernetes-engine/versioning: without a word clusters are in REGULAR, UNSPECIFIED ones are in none */
export function channelOf({ releaseChannel }: PropertyMap): string {
    return textOf(part(releaseChannel)["channel"], "REGULAR");
}

export function defaultVersion(channel: string): string {
    return (channels[channel] ?? channels["REGULAR"])[0];
}

export function versionsOf(channel: string): readonly string[] {
    return channels[channel] ?? channels["REGULAR"];
}

/** The newest version that a whole or shortened one means; absent when the channel has none. */
export function resolvedVersion(wanted: string, channel: string): string | undefined {
    return versionsOf(channel)
        .filter((version) => version === wanted || /^[.-]/.test(version.slice(wanted.length)))
        .filter((version) => version.startsWith(wanted))
        .sort(newestFirst)[0];
}

export function minorOf(version: string): number {
    return Number(version.split(".")[1]);
}

/** Whether a version is below another one. */
export function isBelow(one: string, other: string): boolean {
    return newestFirst(one, other) > 0;
}

function newestFirst(one: string, other: string): number {
    const [first, second] = [one, other].map((version) => version.split(/[.-]|gke/).map(Number));
    for (let index = 0; index < Math.max(first.length, second.length); index++) {
        const difference = (second[index] || 0) - (first[index] || 0);
        if (difference !== 0) {
            return difference;
        }
    }
    return 0;
}
