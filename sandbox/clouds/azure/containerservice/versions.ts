/**
 * Versions of Kubernetes that AKS offers, in November 2026.
 *
 * https://learn.microsoft.com/azure/aks/supported-kubernetes-versions and https://github.com/Azure/AKS/releases/tag/2026-09-04
 */

/** Newest first. Those that only long-term support keeps need tier Premium. */
const offered: readonly { readonly version: string; readonly longTermOnly?: true }[] = [
    { version: "1.37.0" },
    { version: "1.36.3" },
    { version: "1.36.2" },
    { version: "1.35.7" },
    { version: "1.35.6" },
    { version: "1.34.10" },
    { version: "1.33.9", longTermOnly: true },
];

const defaultVersion = "1.35.7";

/** The whole version that a whole or shortened one means; absent when AKS does not offer it. */
export function resolvedVersion(wanted: string | undefined, longTerm: boolean): string | undefined {
    const version = wanted ?? defaultVersion;
    return offered
        .filter(({ longTermOnly }) => longTerm || longTermOnly !== true)
        .map((one) => one.version)
        .find((one) => one === version || one.startsWith(`${version}.`));
}

export function minorOf(version: string): number {
    return Number(version.split(".")[1]);
}

/** Whether a version is below another one. */
export function isBelow(one: string, other: string): boolean {
    const [first, second] = [one, other].map((version) => version.split(".").map(Number));
    for (const [index, number] of first.entries()) {
        if (number !== (second[index] ?? number)) {
            return number < second[index];
        }
    }
    return false;
}
