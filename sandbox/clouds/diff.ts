/** The difference between two sets of inputs, path by path. Pure. */
import { containsUnknown, isMap, sameValue, type PropertyMap, type PropertyValue } from "./values";

export interface PropertyChange {
    /** For example `tags.team` or `subnetIds[1]`. */
    readonly path: string;
    readonly kind: "add" | "delete" | "update";
    readonly replaces: boolean;
}

/** Every changed path; one that a prefix in `replaceOn` covers asks for a new resource. */
export function diffInputs(olds: PropertyMap, news: PropertyMap, replaceOn: readonly string[] = []): PropertyChange[] {
    const changes: Omit<PropertyChange, "replaces">[] = [];
    compareMaps("", olds, news, changes);
    return changes.map((change) => ({ ...change, replaces: replaceOn.some((path) => covers(path, change.path)) }));
}

type Found = Omit<PropertyChange, "replaces">[];

function compareMaps(prefix: string, olds: PropertyMap, news: PropertyMap, found: Found): void {
    for (const name of new Set([...Object.keys(olds), ...Object.keys(news)])) {
        compare(prefix === "" ? name : `${prefix}.${name}`, olds[name], news[name], found);
    }
}

function compare(path: string, old: PropertyValue | undefined, now: PropertyValue | undefined, found: Found): void {
    if (sameValue(old, now)) {
        return;
    }
    const wasAbsent = old === undefined || old === null;
    const isAbsent = now === undefined || now === null;
    if (wasAbsent || isAbsent) {
        found.push({ path, kind: wasAbsent ? "add" : "delete" });
    } else if (isMap(old) && isMap(now)) {
        compareMaps(path, old, now, found);
    } else if (Array.isArray(old) && Array.isArray(now) && !containsUnknown(now)) {
        for (let index = 0; index < Math.max(old.length, now.length); index++) {
            compare(`${path}[${index}]`, old[index], now[index], found);
        }
    } else {
        found.push({ path, kind: "update" });
    }
}

/** Whether the change at `path` lies in, or around, what `prefix` names. */
function covers(prefix: string, path: string): boolean {
    const wanted = parts(prefix);
    const changed = parts(path);
    const shared = Math.min(wanted.length, changed.length);
    return wanted.slice(0, shared).every((part, index) => part === "[*]" || part === changed[index]);
}

function parts(path: string): string[] {
    return path.replaceAll("[", ".[").split(".");
}
