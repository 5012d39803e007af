import { type Finding, View } from "../checks";
import { codes } from "../validation/wording";
import type { ValuesTree } from "../values/types";

/**
 * What `null` among the user's values does not do: one that removes nothing of ours has no effect, since it never reaches the custom
 * resource, and one in a list is left out of it.
 */
export function idleNulls(values: ValuesTree | undefined, ours: ValuesTree): Finding[] {
    const [inMaps, inLists] = nullsOf(new View("values", values));
    const made = new View("values", ours);
    const idle = inMaps.filter((keys) => made.at(...keys).absent).map((keys) => made.at(...keys).path);
    return [
        ...finding(
            idle,
            "null, which removes only what this component sets, and it sets nothing there",
            "Leave it out, or give the value that shall win over the release channel's, such as false or an empty text.",
        ),
        ...finding(inLists, "null in a list, which is left out of it", "Leave it out."),
    ];
}

function finding(paths: readonly string[], message: string, remedy: string): Finding[] {
    if (paths.length === 0) {
        return [];
    }
    const [path, subject] = paths.length === 1 ? [paths[0], "is"] : ["values", `${codes(paths)} are`];
    return [{ id: "values.null", level: "warning", path, message: `${subject} ${message}`, remedy }];
}

/** The keys that lead to each `null` in maps, and the paths of those in lists. */
function nullsOf(view: View, keys: readonly string[] = []): [inMaps: string[][], inLists: string[]] {
    const inMaps: string[][] = [];
    const inLists: string[] = [];
    const collect = ([maps, lists]: [string[][], string[]]): void => {
        inMaps.push(...maps);
        inLists.push(...lists);
    };
    for (const [key, inner] of view.members) {
        if (inner.value === null) {
            inMaps.push([...keys, key]);
        } else {
            collect(nullsOf(inner, [...keys, key]));
        }
    }
    for (const item of view.items) {
        if (item.value === null) {
            inLists.push(item.path);
        } else {
            // Below a list nothing is merged: a null there goes, whatever we set.
            const [maps, lists] = nullsOf(item);
            inLists.push(...lists, ...maps.map((below) => item.at(...below).path));
        }
    }
    return [inMaps, inLists];
}
