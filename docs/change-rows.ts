/** What is changed on a deployment that is there. */

/** One change of an argument. */
export interface ChangeRow {
    /** As it is declared: `[]` for items of a list, `*` for entries of a map. */
    readonly argument: string;
    /** Where the value is put, when it is not the argument's own path. */
    readonly at?: string;
    /** `undefined`: not given. */
    readonly from: unknown;
    readonly to: unknown;
    /** What else is given, before and after, by path. */
    readonly given?: Readonly<Record<string, unknown>>;
}

export function row(argument: string, from: unknown, to: unknown, given?: ChangeRow["given"]): ChangeRow {
    return { argument, from, to, given };
}

export function at(argument: string, place: string, from: unknown, to: unknown, given?: ChangeRow["given"]): ChangeRow {
    return { argument, at: place, from, to, given };
}
