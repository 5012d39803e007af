import * as pulumi from "@pulumi/pulumi";

/** What a preview does not know yet, where the result of an `apply` is asked for: what needs it is unknown, too. */
export function notKnown<T>(): T {
    return pulumi.unknown as unknown as T;
}
