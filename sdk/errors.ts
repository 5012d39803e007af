import * as pulumi from "@pulumi/pulumi";

/** One thing that is wrong with the arguments. */
export interface Problem {
    /** Path of the argument, for example `ingress.tls.secretName`. */
    readonly propertyPath: string;
    /** What is wrong, the value given, and what to do. */
    readonly reason: string;
}

/**
 * Makes the one error that lists every problem. In a plain program only the message is shown, so it repeats all of them;
 * the plugin host turns `errors` into diagnostics of single properties.
 */
export function invalidArguments(component: string, problems: readonly Problem[]): pulumi.InputPropertiesError {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const lines = problems.map((problem) => `  - ${problem.propertyPath}: ${problem.reason}`);
    const error = new pulumi.InputPropertiesError({
        message: `${component}: ${count} in the arguments, nothing was created.\n${lines.join("\n")}`,
        errors: problems.map(({ propertyPath, reason }) => ({ propertyPath, reason })),
    });
    error.stack = undefined;
    return error;
}

/**
 * Makes an error of one resource that is found while values resolve. Its stack is left out, since Pulumi would print it in front of
 * the message.
 */
export function resourceError(message: string, resource: pulumi.Resource): pulumi.ResourceError {
    const error = new pulumi.ResourceError(message, resource, true);
    error.stack = undefined;
    return error;
}
