import type { ManagedFields, Metadata } from "./objects";

/**
 * When the spec was last set, in milliseconds; full seconds, as the API server records it. Unlike the generation it can be compared
 * with the time of a status, an Event or a line of a log.
 */
export function specTime(metadata: Metadata | undefined): number | undefined {
    return newest(metadata, ({ subresource, fieldsV1 }) => subresource === undefined && "f:spec" in (fieldsV1 ?? {}));
}

/** When the status last changed. */
export function statusTime(metadata: Metadata | undefined): number | undefined {
    return newest(metadata, ({ fieldsV1 }) => "f:status" in (fieldsV1 ?? {}));
}

function newest(metadata: Metadata | undefined, matches: (entry: ManagedFields) => boolean): number | undefined {
    const times = (metadata?.managedFields ?? []).filter(matches).map(({ time }) => Date.parse(time ?? ""));
    const known = times.filter((time) => !Number.isNaN(time));
    return known.length > 0 ? Math.max(...known) : undefined;
}
