/**
 * How long the cloud takes, in scaled time: one table for each cloud, the same for our graph and for the modules' order.
 * An entry is the median of creation times that public Terraform apply logs print (looked up 2026-11), or an estimate,
 * which says so and yields only to a named source.
 */
import aws from "./durations/aws.json";
import azure from "./durations/azure.json";
import gcp from "./durations/gcp.json";
import kubernetes from "./durations/kubernetes.json";
import type { ResourceModel } from "./model";
import type { PropertyMap } from "./values";

/** How long one thing takes, and how we know. */
export interface Duration {
    readonly seconds: number;
    /** Measurements of which it is the median; 0: an estimate. */
    readonly n: number;
    readonly basis: string;
}

const Durations: Readonly<Record<string, Readonly<Record<string, Duration>>>> = {
    aws,
    gcp,
    "azure-native": azure,
    kubernetes,
};

/** The entry of its cloud's table for a resource with these inputs; absent when it is made at once. */
export function durationKeyOf(
    { durationKey }: Pick<ResourceModel, "durationKey">,
    inputs: PropertyMap,
): string | undefined {
    return typeof durationKey === "function" ? durationKey(inputs) : durationKey;
}

/** @throws when the table has no such entry */
export function durationOf(cloud: string, key: string): Duration {
    const entry = Durations[cloud]?.[key];
    if (entry === undefined) {
        throw new Error(`durations/${cloud}.json: no entry ${JSON.stringify(key)}. Add one, with its source.`);
    }
    return entry;
}

/**
 * Milliseconds a creation lasts: the seconds of the table times the scale.
 *
 * @param scale 0 = at once, 1 = as slow as the real cloud
 * @throws when the table has no such entry
 */
export function creationMs(cloud: string, key: string | undefined, scale: number): number {
    if (key === undefined) {
        return 0;
    }
    // Read even at scale 0, so that a mistyped key fails in every test and not only in the slow ones.
    return durationOf(cloud, key).seconds * 1_000 * scale;
}

/** Milliseconds an update or a deletion lasts; 0 where the table has nothing of it. */
export function changeMs(
    cloud: string,
    key: string | undefined,
    operation: "update" | "delete",
    scale: number,
): number {
    const entry = key === undefined ? undefined : Durations[cloud]?.[`${key}, ${operation}`];
    return (entry?.seconds ?? 0) * 1_000 * scale;
}

/** The scale from `SANDBOX_TIME_SCALE`; 0 when it is not set. */
export function timeScale(environment: NodeJS.ProcessEnv): number {
    const given = environment["SANDBOX_TIME_SCALE"] ?? "0";
    const scale = Number(given);
    if (given.trim() === "" || !Number.isFinite(scale) || scale < 0) {
        throw new Error(
            `SANDBOX_TIME_SCALE: must be a number of 0 or more (value given: ${given}). ` +
                `0 = no waiting, 1 = as slow as the real cloud.`,
        );
    }
    return scale;
}
