import type { WandbDeploymentArgs } from "../../../sdk/args";

/** One argument and the chart value that it becomes. */
export interface ValueRow {
    /** Path of the argument as `declaredArguments` names it. */
    readonly argument: string;
    readonly args: Partial<WandbDeploymentArgs>;
    /** Path below `spec`; a list where a key has dots. */
    readonly at: string | readonly string[];
    readonly value: unknown;
}

export type Args = Partial<WandbDeploymentArgs>;

export function row(argument: string, args: Args, at: ValueRow["at"], value: unknown): ValueRow {
    return { argument, args, at, value };
}

/** A Secret of the user's own, and how the chart refers to it in an environment variable. */
export const secret = { name: "mine", key: "k" };
export const fromSecret = { valueFrom: { secretKeyRef: secret } };

export const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
