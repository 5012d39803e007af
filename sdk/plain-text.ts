import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "./args";
import { member } from "./validation/path";

/** Warns of secret values in arguments that go into the custom resource or the operator's values as they are. */
export async function warnOfPlainText(args: WandbDeploymentArgs, resource: pulumi.Resource): Promise<void> {
    const paths = await secretsInPlainText(args);
    if (paths.length > 0) {
        const [are, them] = paths.length === 1 ? ["is", "it"] : ["are", "them"];
        await pulumi.log.warn(
            `${paths.join(", ")}: ${are} secret here, but stored in the cluster in plain text. ` +
                `Move ${them} to \`secretEnv\`, or to a Secret of your own that \`extraEnvFrom\` or a \`valueFrom\` names.`,
            resource,
        );
    }
}

/** Paths of the secret Outputs in these arguments. */
export async function secretsInPlainText(args: WandbDeploymentArgs): Promise<string[]> {
    const { extraEnv, components, values, operator } = args;
    const found = await Promise.all([
        secretLeaves(extraEnv, "extraEnv"),
        secretLeaves(components, "components"),
        secretLeaves(values, "values"),
        secretLeaves(operator?.extraEnv, "operator.extraEnv"),
        secretLeaves(operator?.values, "operator.values"),
    ]);
    return found.flat();
}

/** Paths of the secret Outputs in a tree. */
async function secretLeaves(value: unknown, path: string): Promise<string[]> {
    if (pulumi.Output.isInstance(value)) {
        // One that fails is reported by the resource that needs it.
        const secret = await pulumi.isSecret(value).catch(() => false);
        return secret ? [path] : [];
    }
    if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value)) {
        return [];
    }
    const inner = Object.entries(value).map(([key, item]) =>
        secretLeaves(item, member(path, Array.isArray(value) ? Number(key) : key)),
    );
    return (await Promise.all(inner)).flat();
}
