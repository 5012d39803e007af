import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";
import type { GcpDeploymentScope } from "./scope";

export interface NameInput {
    /** What is named: a word for the logical name. */
    readonly word: string;
    /** What the name begins with. It is cut where the service allows no more. */
    readonly beginning: string;
    /** Characters that the service allows. */
    readonly longest: number;
    /** Another name is made when one of them changes. */
    readonly keepers?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** A hyphen and eight digits make the name one of a kind in the project. */
const RandomBytes = 4;
const EndingLength = 1 + 2 * RandomBytes;

/**
 * A name for what allows less than the logical name and what the provider adds: 40 characters for clusters and node pools, 30 for service
 * accounts. Where one is given, it is that.
 */
export function physicalName(
    { name, parent }: GcpDeploymentScope,
    given: pulumi.Input<string> | undefined,
    { word, beginning, longest, keepers }: NameInput,
): pulumi.Output<string> {
    if (given !== undefined) {
        return pulumi.output(given);
    }
    const prefix = `${beginning.slice(0, longest - EndingLength).replace(/-+$/, "")}-`;
    return new RandomId(`${name}-${word}-name`, { byteLength: RandomBytes, prefix, keepers }, { parent }).hex;
}

/** A hyphen and seven hexadecimal digits, which the provider adds to the logical name. */
const Suffix = 8;

/**
 * Physical name of a thing whose logical one is too long for its service with what the provider adds: its start, what it is, and a random end.
 *
 * @returns nothing when the provider's own name fits
 */
export function shortName(
    { name, parent }: Pick<GcpDeploymentScope, "name" | "parent">,
    thing: string,
    longest: number,
): pulumi.Output<string> | undefined {
    const most = longest - Suffix - thing.length - 1;
    if (name.length <= most) {
        return undefined;
    }
    // Four bytes are eight digits, where the provider has seven.
    const prefix = `${name.slice(0, most - 1).replace(/-+$/, "")}-${thing}-`;
    return new RandomId(`${name}-${thing}-name`, { byteLength: 4, prefix }, { parent }).hex;
}
