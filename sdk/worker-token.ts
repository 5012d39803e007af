import type * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";

/**
 * Token with which the workers of W&B Weave log in to W&B (`weave-trace-worker.env`). Letters and digits only: it is one and the same
 * text wherever it stands.
 */
export function createWorkerToken({
    name,
    parent,
}: {
    readonly name: string;
    readonly parent: pulumi.Resource;
}): pulumi.Output<string> {
    const token = new RandomPassword(
        `${name}-weave-worker-token`,
        { length: 32, special: false },
        { parent, additionalSecretOutputs: ["result"] },
    );
    return token.result;
}
