/** The stacks of the root program that have a sandbox. */
import { awsStack } from "./aws";
import { azureStack } from "./azure";
import { gcpStack } from "./gcp";
import { localStack } from "./local";
import type { SandboxStack } from "./stack";

export const sandboxStacks: readonly SandboxStack[] = [localStack, awsStack, gcpStack, azureStack];

/** The stack of that name; undefined when it is one of the user's own. */
export function sandboxStackNamed(name: string): SandboxStack | undefined {
    return sandboxStacks.find((stack) => stack.name === name);
}
