/** How bad a finding is: an error does not work, a warning works with a consequence. */
export type CheckLevel = "error" | "warning";

/** One thing that is wrong with a configuration. */
export interface Finding {
    /** Name of the check, for example `bucket.provider`. */
    readonly id: string;
    readonly level: CheckLevel;
    /** Where, for example `spec.values.global.bucket.provider`. */
    readonly path: string;
    /** What is wrong, with the value given; never a secret. */
    readonly message: string;
    /** What to do. */
    readonly remedy: string;
}

/** A finding as one line: `path: what is wrong. What to do. [id]`. */
export function findingText({ id, path, message, remedy }: Finding): string {
    return `${path}: ${message}. ${remedy} [${id}]`;
}
