import type { WandbDeploymentArgs } from "./args";
import { type Finding, findingText } from "./checks";
import { invalidArguments, type Problem } from "./errors";
import { checkArgs, valueErrors } from "./static-checks";
import type { TranslatedArgs } from "./values/translate";
import type { MovedCredential } from "./values/value-credentials";
import { validate, type ValidationContext } from "./validate";
import { warnings } from "./warnings";

/** Arguments that are fit to be deployed. */
export interface PreparedArgs {
    readonly args: TranslatedArgs;
    /** What is allowed, but has a consequence. */
    readonly warnings: readonly string[];
}

/**
 * Looks at everything that is known of the arguments, before the first resource.
 *
 * @throws InputPropertiesError with all problems: wrong arguments, and free values that cannot work.
 */
export function prepare(name: string, args: WandbDeploymentArgs, context: ValidationContext): PreparedArgs {
    const problems = validate(name, args, context);
    if (problems.length > 0) {
        const told = new Set(problems.map(({ propertyPath }) => propertyPath));
        const others = valueErrors(args).filter(({ path }) => !told.has(path));
        throw invalidArguments(name, [...problems, ...others.map(asProblem)]);
    }
    const checked = checkArgs(args);
    const errors = checked.findings.filter(({ level }) => level === "error");
    if (errors.length > 0) {
        throw invalidArguments(name, errors.map(asProblem));
    }
    const told = [
        ...warnings(args),
        ...checked.moved.map(movedText),
        ...checked.standing.map(standingText),
        ...checked.findings.map(findingText),
    ];
    return { args: checked.args, warnings: told };
}

function movedText({ path, argument, ignored }: MovedCredential): string {
    if (ignored) {
        return `values.${path}: is ignored by the chart, since a Secret is named for it, and was left out of the custom resource. Remove it.`;
    }
    const instead =
        argument === undefined ? "Name a Secret of your own instead" : `Give the argument \`${argument}\` instead`;
    return `values.${path}: a credential would stand in the custom resource in clear, so it goes to a Secret made here. ${instead}.`;
}

function standingText(path: string): string {
    return `${path}: is a credential, which the chart takes as text only: whoever may read the custom resource can read it. Give the server's environment variable for it in \`secretEnv\`, if there is one.`;
}

function asProblem({ id, path, message, remedy }: Finding): Problem {
    return { propertyPath: path, reason: `${message}. ${remedy} [${id}]` };
}
