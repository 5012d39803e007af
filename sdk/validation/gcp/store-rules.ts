import { weeklyTime } from "../../gcp/args/weekly-time";
import { given } from "../wording";

/** Rules that database and cache share; each function says what is wrong with a value, or nothing. */

/** An hour on one day of the week. */
export function wrongWeeklyTime(text: string): string | undefined {
    return weeklyTime(text) === undefined
        ? `is not a time of the week ${given(text)}. Give day, hour and minute in UTC, for example sun:05:00.`
        : undefined;
}

/** A zone of Compute Engine, in the region where that is known. */
export function wrongZone(zone: string, region: string | undefined): string | undefined {
    const [, own] = /^([a-z]+-[a-z]+\d+)-[a-z]$/.exec(zone) ?? [];
    if (own === undefined) {
        return `is not a zone ${given(zone)}. Give for example ${region ?? "europe-west4"}-a.`;
    }
    return region !== undefined && own !== region.toLowerCase()
        ? `is in another region than \`gcp.region\` ${given(zone)}, which is ${region}. Give for example ${region}-a.`
        : undefined;
}

/** A moment in UTC, as Google writes it (RFC 3339). */
export function wrongMoment(text: string): string | undefined {
    const formed = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text);
    return formed && !Number.isNaN(Date.parse(text))
        ? undefined
        : `is not a point in time ${given(text)}. Give it in UTC, for example 2026-01-31T02:10:00Z.`;
}

/** Name of an allocated range, as of anything of Compute Engine. */
export function isRangeName(name: string): boolean {
    return /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name);
}
