import type { Resource } from "./resource";

type Placed = Pick<Resource, "provider">;

/**
 * Those of other resources that are in the cluster of one, as far as providers tell it: of the same provider, and where there is none,
 * those of which this is not known.
 */
export function inClusterOf<T extends Placed>(resource: Placed, others: readonly T[]): T[] {
    const cluster = clusterOf(resource);
    const same = others.filter((one) => cluster !== undefined && clusterOf(one) === cluster);
    return same.length > 0 ? same : others.filter((one) => cluster === undefined || clusterOf(one) === undefined);
}

/** Default providers, one for each version of the SDK in the stack, all have the stack's configuration. */
function clusterOf({ provider }: Placed): string | undefined {
    return provider?.replace(/::default(?:_\d+_\d+_\d+\w*)?$/, "::default");
}
