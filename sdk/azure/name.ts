import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";
import type { AzureScope } from "./scope";

export interface NameInput {
    /** What is named: a word for the logical name. */
    readonly word: string;
    /** What the name begins with. It is cut where the service allows no more. */
    readonly beginning: string;
    /** Characters that the service allows. */
    readonly longest: number;
    /** The service takes lower-case letters and digits only, as Storage does. */
    readonly alphanumeric?: boolean;
    /** Another name is made when one of them changes. */
    readonly keepers?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Eight digits make the name one of a kind: many of Azure's names stand for a host, which is unique in all of Azure. */
const RandomBytes = 4;
const Digits = 2 * RandomBytes;

/**
 * A name for what allows less than the logical name and what the provider adds, or other characters: 24 for storage accounts and vaults,
 * 12 for node pools. Where one is given, it is that.
 */
export function physicalName(
    { name, parent }: Pick<AzureScope, "name" | "parent">,
    given: pulumi.Input<string> | undefined,
    { word, beginning, longest, alphanumeric, keepers }: NameInput,
): pulumi.Output<string> {
    if (given !== undefined) {
        return pulumi.output(given);
    }
    const prefix = alphanumeric
        ? beginning
              .toLowerCase()
              .replace(/[^a-z0-9]/g, "")
              .slice(0, longest - Digits)
        : `${hyphenated(beginning).slice(0, longest - Digits - 1)}-`.replace(/-+$/, "-");
    return new RandomId(`${name}-${word}-name`, { byteLength: RandomBytes, prefix, keepers }, { parent }).hex;
}

/** Vault, Managed Redis and others take no two hyphens in a row, and no other sign. */
function hyphenated(text: string): string {
    return text.replace(/[^A-Za-z0-9]+/g, "-");
}
