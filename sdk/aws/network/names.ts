import type * as pulumi from "@pulumi/pulumi";
import type { ZoneLetter } from "../facts";
import type { AwsScope } from "../scope";

const Letters: readonly ZoneLetter[] = ["a", "b", "c", "d", "e", "f"];

/** Letter of a zone or an own subnet by its place. Validation keeps lists from being longer. */
export function zoneLetter(index: number): ZoneLetter {
    return Letters[index];
}

/** Logical name and tags. What has no name on AWS is shown by its tag `Name`. */
export function named(
    { name, tags }: AwsScope,
    word: string,
    more: Readonly<Record<string, string>> = {},
): { name: string; tags: Record<string, pulumi.Input<string>> } {
    const logicalName = `${name}-${word}`;
    return { name: logicalName, tags: { Name: logicalName, ...tags, ...more } };
}

/**
 * Ids of the zones in which EKS can place no control plane, in all accounts:
 * https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
export const ZonesWithoutControlPlane: readonly string[] = ["use1-az3", "usw1-az2", "cac1-az3"];
