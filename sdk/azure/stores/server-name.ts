import type * as pulumi from "@pulumi/pulumi";
import { type NameInput, physicalName } from "../name";
import type { AzureScope } from "../scope";

/** Eight hexadecimal digits, which the provider adds to the logical name. */
const Digits = 8;

export interface ServerNameInput extends Pick<NameInput, "longest" | "keepers"> {
    /** What is named: the end of its logical name. */
    readonly thing: string;
    /** What the service takes of a name. */
    readonly pattern: RegExp;
}

/**
 * Name of a server, which is the first label of its host.
 *
 * @returns nothing when the provider's own name fits, by which a successor never clashes with what it replaces
 */
export function serverName(
    scope: Pick<AzureScope, "name" | "parent">,
    given: pulumi.Input<string> | undefined,
    { thing, pattern, longest, keepers }: ServerNameInput,
): pulumi.Output<string> | undefined {
    const logical = `${scope.name}-${thing}`;
    if (given === undefined && pattern.test(logical) && logical.length <= longest - Digits) {
        return undefined;
    }
    // Short enough that the end of the name still says what it is.
    const most = longest - 2 * Digits - thing.length;
    const beginning = `${scope.name.slice(0, most)}-${thing}`.toLowerCase();
    return physicalName(scope, given, { word: thing, beginning, longest, keepers });
}
