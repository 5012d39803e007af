import { ComponentNames } from "../validation/component-names";
import { RevisionKey } from "../naming";
import { closest } from "../validation/suggest";
import { codes } from "../validation/wording";
import type { CheckInput, Fault } from "./check";
import { isReportedAsUnread } from "./elsewhere";
import { indexOf, placeBelow, type Place, readPlace, type ReferenceIndex } from "./reference-index";
import type { View } from "./view";

/** Settings of a component that `component.nested` looks for below `global`. */
export const NestedSettings: readonly string[] = ["image", "resources", "serviceAccount", "service"];

/** A key that means nothing to the chart. */
interface Stray {
    readonly view: View;
    readonly keys: readonly string[];
    /** Where it stands. */
    readonly above: Place;
    /** The place, when the reference lists it as one that nothing reads. */
    readonly unread?: Place;
}

/** Component below `global`, of which the reference need not know anything. */
const Nothing: Place = Object.freeze({
    path: "",
    members: new Map<string, Place>(),
    type: undefined,
    secret: false,
    unread: undefined,
    free: undefined,
});

/** The topmost keys that the chart does not know, or knows and does not read. A key is known although its value may not be yet. */
function* strays(view: View, above: Place, keys: readonly string[] = []): Iterable<Stray> {
    for (const [key, inner] of view.members) {
        const path = [...keys, key];
        if (inner.absent || isReportedAsUnread(path)) {
            continue;
        }
        const listed = above.members.get(key);
        const place = listed ?? (isComponentBelowGlobal(path) && inner.isMap ? Nothing : undefined);
        if (place?.unread !== undefined) {
            if (!inner.empty && !inner.unknown) {
                yield { view: inner, keys: path, above, unread: place };
            }
        } else if (place === undefined) {
            if (above.free !== "map" && !isKnownElsewhere(path)) {
                yield { view: inner, keys: path, above };
            }
        } else if (place.members.size > 0 || place === Nothing) {
            yield* strays(inner, place, path);
        }
    }
}

function isComponentBelowGlobal([top, component, ...below]: readonly string[]): boolean {
    return top === "global" && ComponentNames.includes(component) && below.length === 0;
}

/** Our own stamp, and what `component.nested` reports. */
function isKnownElsewhere(keys: readonly string[]): boolean {
    const [setting = "", ...deeper] = keys.slice(2);
    return (
        (keys.length === 1 && keys[0] === RevisionKey) ||
        (isComponentBelowGlobal(keys.slice(0, 2)) && deeper.length === 0 && NestedSettings.includes(setting))
    );
}

/** `values.unknown-key` */
export function* unknownKeys({ untyped, reference }: CheckInput): Iterable<Fault> {
    if (untyped.members.length === 0) {
        return;
    }
    const index = indexOf(reference());
    for (const { view, keys, above, unread } of strays(untyped, index.root)) {
        if (unread !== undefined) {
            continue;
        }
        if (keys[0] === ReleaseKey) {
            yield pinnedRelease(view);
            continue;
        }
        const meant = moved(keys, index);
        const typo = meant === undefined ? misspelt(keys, above) : undefined;
        // The charts of others have more values than are listed: only what looks like a mistake is one.
        if (above.free === "chart" && meant === undefined && typo === undefined) {
            continue;
        }
        yield {
            path: view.path,
            message: `operator-wandb ${index.version} has no such value`,
            remedy: meant ?? typo ?? "Leave it out: the chart ignores it.",
        };
    }
}

/** Where the key is known, when it only stands at the wrong place. */
function moved(keys: readonly string[], { root, byLastKey }: ReferenceIndex): string | undefined {
    const [top, ...below] = keys;
    const last = keys[keys.length - 1];
    if (last.includes(".") && isListed(root, [...keys.slice(0, -1), ...last.split(".")])) {
        return "Nest the keys as maps: with dots it is one key, not a path.";
    }
    const component = switchOf(keys);
    const candidates = [
        top === "global" ? below : ["global", ...keys],
        ...(component === undefined ? [] : [component]),
    ];
    const known = candidates.find((candidate) => candidate.length > 0 && isListed(root, candidate));
    if (known !== undefined) {
        return did(known.join("."));
    }
    const places = byLastKey().get(last) ?? [];
    return places.length === 1 && keys.length < 3 ? did(places[0]) : undefined;
}

/** Components that are switched by `global.<name>.enabled`. */
function switchOf([component, setting, ...below]: readonly string[]): readonly string[] | undefined {
    return setting === "install" && below.length === 0 ? ["global", component, "enabled"] : undefined;
}

/** Whether the reference knows it, by itself or as a member of a free map. */
function isListed(root: Place, keys: readonly string[]): boolean {
    const above = readPlace(root, keys.slice(0, -1));
    const place = above && placeBelow(above, keys[keys.length - 1]);
    return place !== undefined && place.unread === undefined && above?.free !== "chart";
}

function misspelt(keys: readonly string[], above: Place): string | undefined {
    const key = keys[keys.length - 1];
    if (key.includes(".")) {
        return undefined;
    }
    const siblings = Array.from(above.members).filter(([, { unread }]) => unread === undefined);
    const meant = closest(
        key,
        siblings.map(([name]) => name),
    );
    const far = meant === undefined || (above.free === "chart" && Math.abs(meant.length - key.length) > 1);
    return far ? undefined : did([...keys.slice(0, -1), meant].join("."));
}

function did(path: string): string {
    return `Did you mean \`${path}\`?`;
}

/** Key by which the operator pins a release of the channel. */
const ReleaseKey = "_releaseId";

function pinnedRelease({ path }: View): Fault {
    return {
        path,
        message:
            "is not read in the custom resource: the operator looks for it only in the values that the system console keeps",
        remedy: "Pin the chart by `spec.chart`, or the release in the system console (Settings, Advanced, Disable auto upgrades).",
    };
}

/** `values.unread-key` */
export function* unreadKeys({ untyped, reference }: CheckInput): Iterable<Fault> {
    if (untyped.members.length === 0) {
        return;
    }
    const { root, version } = indexOf(reference());
    for (const { view, unread } of strays(untyped, root)) {
        if (unread?.unread !== undefined) {
            yield {
                path: view.path,
                message: `operator-wandb ${version} never reads it`,
                remedy: remedyOf(unread.unread.note),
            };
        }
    }
}

/** Notes are `use a.b`, `use a.b and c.d`, or a reason. */
function remedyOf(note: string | undefined): string {
    const instead = /^use (\S+?)(?: and (\S+))?(?:[,:]| of |$)/.exec(note ?? "");
    if (instead !== null) {
        return `Use ${codes(instead.slice(1).filter((path) => path !== undefined))} instead.`;
    }
    return note === undefined ? "Leave it out." : `Leave it out (${note}).`;
}
