import * as pulumi from "@pulumi/pulumi";

/** One thing that is wrong with the arguments. */
export interface Problem {
    /** Path of the argument, for example `ingress.tls.secretName`. */
    readonly propertyPath: string;
    /** What is wrong, the value given, and what to do. */
    readonly reason: string;
}

/**
 * Makes the one error that lists every problem. The list of single properties stays empty on purpose: the engine prints the value behind
 * each of them, and a license that was not marked secret, or one under a misspelt key, would be shown in clear.
 */
export function invalidArguments(component: string, problems: readonly Problem[]): pulumi.InputPropertiesError {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const lines = problems.map((problem) => `  - ${problem.propertyPath}: ${problem.reason}`);
    return inputError(`${component}: ${count} in the arguments, nothing was created.\n${lines.join("\n")}`);
}

/** An error about what the user gives, without stack, which would help nobody. */
export function inputError(message: string): pulumi.InputPropertiesError {
    const error = new pulumi.InputPropertiesError({ message, errors: [] });
    error.stack = undefined;
    return error;
}

/**
 * Makes an error of one resource that is found while values resolve. Its stack is left out, since Pulumi would print it in front of
 * the message; and the message stays, since the SDK would put `error serializing property ...` in front of it for each output on the way.
 */
export function resourceError(message: string, resource: pulumi.Resource): pulumi.ResourceError {
    const error = new pulumi.ResourceError(message, resource, true);
    error.stack = undefined;
    Object.defineProperty(error, "message", { get: () => message, set: () => undefined });
    return error;
}
