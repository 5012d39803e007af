import type { ChangeRow } from "../../docs/change-rows";

/** A sentence that depends on what the change is, with changes of that kind. */
export interface Condition {
    readonly argument: string;
    readonly says: string;
    /** The argument that is changed, when it is another one. */
    readonly changed?: string;
    readonly from: unknown;
    readonly to: unknown;
    readonly given?: ChangeRow["given"];
    /** All that is replaced, or some of it, or what deletion protection refuses, or the beginning of what the cloud answers. */
    readonly then:
        | { readonly replaces: readonly string[] }
        | { readonly among: readonly string[] }
        | { readonly guarded: readonly string[] }
        | { readonly refused: RegExp };
}

/** A sentence about replacing or refusing that tells of something else than a change of its argument. */
export type Aside = readonly [argument: string, says: string];

/** What a change does that replaces nothing. */
export const inPlace = { replaces: [] };
