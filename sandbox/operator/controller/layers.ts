/** Specs from several layers, and what the operator does with the result. Pure: no API, no clock. */
import { isDeepStrictEqual } from "node:util";
import type { Chart } from "./charts";
import { storedChart } from "./charts";
import type { Values } from "./merge";
import { isMap, mergeValues } from "./merge";

/** One layer, or the sum of all. */
export interface Spec {
    chart?: Chart;
    values?: Values;
    metadata?: Record<string, string>;
}

/** The custom resource's layers, the highest first. */
export interface Layers {
    resource: Spec;
    user: Spec;
    /** Absent when air-gapped, or when neither the channel nor its cache has anything. */
    channel?: Spec;
    defaults: Spec;
}

/** Joins the layers. Chart and metadata come whole from the highest layer that has them. Throws as the merge does. */
export function desiredSpec(layers: Layers): Spec {
    const result: Spec = {};
    for (const layer of [layers.resource, layers.user, layers.channel, layers.defaults]) {
        result.chart ??= layer?.chart;
        result.metadata ??= layer?.metadata;
        if (layer?.values !== undefined) {
            result.values = result.values === undefined ? layer.values : mergeValues(result.values, layer.values);
        }
    }
    return result;
}

/** What the operator adds below all layers. */
export function operatorDefaults(operatorNamespace: string): Spec {
    return { values: { global: { operator: { apiVersion: "apps.wandb.com/v1", namespace: operatorNamespace } } } };
}

/** Whether nothing has to be applied. */
export function isSameSpec(a: Spec, b: Spec): boolean {
    return (
        isDeepStrictEqual(storedChart(a.chart), storedChart(b.chart)) &&
        isDeepStrictEqual(a.values ?? {}, b.values ?? {}) &&
        isDeepStrictEqual(a.metadata ?? null, b.metadata ?? null)
    );
}

/** The next step of a reconcile. */
export type Step = "no-change" | "no-chart" | "apply" | "prune" | "release-finalizer" | "nothing";

/** Decides from facts alone. A resource that is going away and has no chart is let go without an uninstall. */
export function nextStep(facts: { deleting: boolean; hasFinalizer: boolean; desired: Spec; active?: Spec }): Step {
    if (facts.deleting) {
        if (!facts.hasFinalizer) {
            return "nothing";
        }
        return facts.desired.chart === undefined ? "release-finalizer" : "prune";
    }
    if (facts.active !== undefined && isSameSpec(facts.active, facts.desired)) {
        return "no-change";
    }
    return facts.desired.chart === undefined ? "no-chart" : "apply";
}

/** `global.license` of the first spec that has one. */
export function literalLicense(...specs: Spec[]): string {
    for (const spec of specs) {
        const license = globalOf(spec).license;
        if (typeof license === "string" && license !== "") {
            return license;
        }
    }
    return "";
}

/** `global.licenseSecret` of the custom resource; both fields are needed, the operator has no default for the key. */
export function licenseReference(resource: Spec): { name: string; key: string } | undefined {
    const reference = globalOf(resource).licenseSecret;
    if (!isMap(reference) || typeof reference.name !== "string" || typeof reference.key !== "string") {
        return undefined;
    }
    return reference.name !== "" && reference.key !== "" ? { name: reference.name, key: reference.key } : undefined;
}

/** The pinned release: only the user layer is asked. */
export function pinnedRelease(user: Spec): string | undefined {
    const release = user.values?._releaseId;
    return typeof release === "string" && release !== "" ? release : undefined;
}

/** Time to the next reconcile, in milliseconds; one hour unless the values say otherwise. */
export function reconcileFrequency(desired: Spec): number {
    const frequency = desired.values?.reconcileFrequency;
    return (typeof frequency === "string" ? parseGoDuration(frequency) : undefined) ?? 3_600_000;
}

/** Milliseconds of a Go duration such as `1h30m`; undefined when it is none. */
export function parseGoDuration(duration: string): number | undefined {
    const units: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
    if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(duration)) {
        return undefined;
    }
    let total = 0;
    for (const [, amount, , unit] of duration.matchAll(/(\d+(\.\d+)?)(ms|s|m|h)/g)) {
        total += Number(amount) * units[unit];
    }
    return total;
}

/** The spec for the log: what the operator masks is masked. */
export function maskedValues(values: Values): Values {
    const sensitive = new Set(["secret", "accessKey", "license", "password"]);
    const masked: Values = {};
    for (const [key, value] of Object.entries(values)) {
        const hidden = typeof value === "string" && sensitive.has(key) ? "***" : value;
        masked[key] = isMap(value) ? maskedValues(value) : hidden;
    }
    return masked;
}

function globalOf(spec: Spec): Values {
    const values = spec.values?.global;
    return isMap(values) ? values : {};
}
