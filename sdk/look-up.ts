import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "./errors";

/** What is looked up, and for whom. */
export interface LookUp {
    /** The argument that names it. */
    readonly path: string;
    /** Completes "Give ...". */
    readonly wanted: string;
    /** Component that needs it. */
    readonly resource: pulumi.Resource;
}

/**
 * Asks the cloud for something that must be there, by its id or name. An apply and not the Output form of the function, whose error would name
 * neither the argument nor the remedy, and show a stack trace.
 */
export function lookUp<T>(
    { path, wanted, resource }: LookUp,
    id: pulumi.Input<string>,
    ask: (id: string) => Promise<T>,
): pulumi.Output<pulumi.Unwrap<T>> {
    return pulumi.output(id).apply((known) =>
        ask(known).catch((error: unknown) => {
            const reason = error instanceof Error ? error.message : String(error);
            throw resourceError(`${path}: cannot be read ("${known}" given): ${reason}. Give ${wanted}.`, resource);
        }),
    ) as pulumi.Output<pulumi.Unwrap<T>>;
}
