/** Managed identities that things have. */
import { isMap, textOf, type PropertyMap } from "../../values";

/** Ids of the user-assigned identities in a property `identity`. */
export function identitiesOf({ identity }: PropertyMap): string[] {
    const given = isMap(identity) ? identity["userAssignedIdentities"] : undefined;
    return Array.isArray(given) ? given.map((id) => textOf(id)) : [];
}
