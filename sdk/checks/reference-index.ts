import { ComponentNames, TemplateComponents } from "../validation/component-names";
import type { ChartReference, ChartValue } from "./reference";
import { templateValues } from "./template-values";
import { allows, parseType, type ValueType } from "./value-types";

/** A place in the values of the chart: a value, a map of places, or both (a free map with some known members). */
export interface Place {
    readonly path: string;
    readonly members: ReadonlyMap<string, Place>;
    /** Kinds of what may stand here; undefined where only members are known. */
    readonly type: ValueType | undefined;
    readonly secret: boolean;
    /** Nothing reads it, nor anything below; a note says what to use or why. */
    readonly unread: { readonly note?: string } | undefined;
    /** Other members are free: a `map` has any, a `chart` of somebody else has more than the reference lists. */
    readonly free: "map" | "chart" | undefined;
}

/** Whatever stands here belongs to the user. */
const Free: Place = Object.freeze({
    path: "",
    members: new Map<string, Place>(),
    type: undefined,
    secret: true,
    unread: undefined,
    free: "map",
});

/** The place below; undefined when the chart has none. */
export function placeBelow(place: Place, key: string): Place | undefined {
    return place.members.get(key) ?? (place.free === undefined ? undefined : Free);
}

/** Whether only a map may stand here: the chart reads what is below. */
export function isMapOnly(place: Place): boolean {
    return place.type === undefined && place.members.size > 0;
}

interface Draft {
    row?: ChartValue;
    readonly members: Map<string, Draft>;
}

/** Parts that are charts of their own: bundled databases, queues, exporters. */
const Bundled = new Set(ComponentNames.filter((name) => !TemplateComponents.includes(name)));

/** What a chart version knows, to look up by key. */
export interface ReferenceIndex {
    readonly version: string;
    readonly root: Place;
    /** Paths of what is read by their last key. A function, since few configurations need it. */
    readonly byLastKey: () => ReadonlyMap<string, readonly string[]>;
}

const indexes = new WeakMap<readonly ChartValue[], ReferenceIndex>();

/** The index over a reference, made on first use. */
export function indexOf(reference: ChartReference): ReferenceIndex {
    let index = indexes.get(reference.values);
    if (index === undefined) {
        index = makeIndex(reference);
        indexes.set(reference.values, index);
    }
    return index;
}

function makeIndex({ version, values }: ChartReference): ReferenceIndex {
    const draft: Draft = { members: new Map() };
    for (const row of [...templateValues(values), ...values]) {
        draftAt(draft, row.path.split(".")).row = row;
    }
    const root = finished(draft, "", undefined);
    let byLastKey: Map<string, string[]> | undefined;
    return { version, root, byLastKey: () => (byLastKey ??= collected(root)) };
}

function draftAt(root: Draft, keys: readonly string[]): Draft {
    return keys.reduce((draft, key) => {
        const below = draft.members.get(key) ?? { members: new Map<string, Draft>() };
        draft.members.set(key, below);
        return below;
    }, root);
}

function finished({ row, members }: Draft, path: string, chart: "chart" | undefined): Place {
    const places = new Map(
        Array.from(members, ([key, draft]) => {
            const bundled = path === "" && Bundled.has(key) ? "chart" : chart;
            return [key, finished(draft, path === "" ? key : `${path}.${key}`, bundled)] as const;
        }),
    );
    const type = row && parseType(row.type);
    const below = [...places.values()];
    const isUnread = below.every(({ unread }) => unread) && (row === undefined ? below.length > 0 : row.read === "no");
    return {
        path,
        members: places,
        type,
        secret: row?.secret === true,
        unread: isUnread ? { note: row?.note ?? below.find(({ unread }) => unread?.note)?.unread?.note } : undefined,
        free: type !== undefined && allows(type, "map") ? "map" : row === undefined ? chart : undefined,
    };
}

function collected(root: Place): Map<string, string[]> {
    const byLastKey = new Map<string, string[]>();
    const open = [root];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
        for (const [key, below] of place.members) {
            if (below.unread === undefined) {
                byLastKey.set(key, [...(byLastKey.get(key) ?? []), below.path]);
                open.push(below);
            }
        }
    }
    return byLastKey;
}

/** The place of a path of keys; undefined when the reference lists none, or nothing reads it. */
export function readPlace(root: Place, keys: readonly string[]): Place | undefined {
    const place = keys.reduce<Place | undefined>((above, key) => above?.members.get(key), root);
    return place?.unread === undefined ? place : undefined;
}
