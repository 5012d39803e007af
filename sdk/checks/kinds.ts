import { given } from "../validation/wording";
import type { CheckInput, Fault } from "./check";
import { isKindJudgedElsewhere, isQuotedNumber, Ports } from "./elsewhere";
import { indexOf, isMapOnly, type Place } from "./reference-index";
import { allows, expectedWords, kindWords, misfits, type ValueType } from "./value-types";
import type { View } from "./view";

const MapType: ValueType = [{ kind: "map" }];
const NumberType: ValueType = [{ kind: "integer" }];

/** Every known place whose value has another kind than the chart's. Of what nothing reads no kind is known. */
function* wrongKinds(view: View, place: Place): Iterable<readonly [View, ValueType, boolean]> {
    if (view.absent || view.unknown || place.unread !== undefined || isKindJudgedElsewhere(place.path, view)) {
        return;
    }
    if (Ports.has(place.path) && isQuotedNumber(view)) {
        // The template takes either, but the release channel has a number, and the operator merges one kind only.
        yield [view, NumberType, true];
    } else if (place.type !== undefined) {
        const known = new Set(view.members.filter(([key]) => place.members.has(key)).map(([, { path }]) => path));
        for (const [wrong, type] of misfits(place.type, view)) {
            if (known.has(wrong.path)) {
                continue;
            }
            // What belongs into a map may be credentials: only what stands for one known scalar is shown.
            yield [wrong, type, !place.secret && wrong === view && !allows(type, "map")];
        }
    } else if (isMapOnly(place) && !view.isMap) {
        yield [view, MapType, false];
    }
    for (const [key, inner] of view.members) {
        const below = place.members.get(key);
        if (below !== undefined) {
            yield* wrongKinds(inner, below);
        }
    }
}

/** `values.kind`. What is typed has the right kind, so without free values there is nothing to look up. */
export function* kindFaults({ values, untyped, reference }: CheckInput): Iterable<Fault> {
    if (untyped.members.length === 0) {
        return;
    }
    const { root, version } = indexOf(reference());
    for (const [view, type, shown] of wrongKinds(values, root)) {
        const { scalar } = view;
        const value = scalar === undefined || !shown ? "" : ` ${given(view.text ?? view.number ?? view.flag ?? "")}`;
        yield {
            path: view.path,
            message: `is ${kindWords(view)}${value}, where operator-wandb ${version} has ${expectedWords(type)}`,
            remedy: remedyFor(view, type),
        };
    }
}

function remedyFor({ text, scalar }: View, type: ValueType): string {
    const kinds = type.map(({ kind }) => kind);
    const number = kinds.includes("integer") || kinds.includes("number");
    if (text !== undefined && number && /^-?\d{1,15}$/.test(text)) {
        return "Write the number without quotes.";
    }
    if ((text === "true" || text === "false") && kinds.includes("flag")) {
        return "Write it without quotes.";
    }
    if (scalar !== undefined && text === undefined && kinds.includes("text")) {
        return "Put it in quotes.";
    }
    return `Give ${expectedWords(type)}.`;
}

/** Written empty on purpose: it takes away the chart's default, which needs cluster-wide rights (operator.isolation-cluster). */
const TokenIssuers = "app.internalJWTMap";

/** `values.list-append`: lists at places that the chart reads as lists, and inside free maps. */
export function* listFaults({ untyped, operator, reference }: CheckInput): Iterable<Fault> {
    const airgapped = operator?.values.at("airgapped");
    if (airgapped?.unknown || airgapped?.scalar === "true" || untyped.members.length === 0) {
        return;
    }
    for (const { path, items } of lists(untyped, indexOf(reference()).root)) {
        if (items.length === 0 && path.endsWith(`.${TokenIssuers}`)) {
            continue;
        }
        yield items.length === 0
            ? {
                  path,
                  message: "is an empty list, which removes nothing: the operator joins lists of all layers",
                  remedy: "Leave it out.",
              }
            : {
                  path,
                  message:
                      "is a list, which the operator joins with the lists of the user's settings and the release channel",
                  remedy: "Give only what shall be added: what the other layers have stays.",
              };
    }
}

/** Deeper than any chart: whoever is deeper contains itself. */
const DeepestLevel = 100;

function* lists(view: View, place: Place | undefined, level = 0): Iterable<View> {
    for (const [key, inner] of level < DeepestLevel ? view.members : []) {
        // Below a place without a known one everything is the user's.
        const below = place?.members.get(key);
        const free = place === undefined || place.free !== undefined;
        if (below?.unread !== undefined || (below === undefined && !free)) {
            continue;
        }
        if (!inner.isList) {
            yield* lists(inner, below, level + 1);
        } else if (below?.type === undefined || allows(below.type, "list")) {
            yield inner;
        }
    }
}

/** `values.null` */
export function* nullFaults({ values }: CheckInput): Iterable<Fault> {
    for (const [path, inList] of nulls(values, 0)) {
        yield {
            path,
            message: inList
                ? "is null: a list has no use for it"
                : "is null: the operator's merge panics when a lower layer has the key too",
            remedy: inList
                ? "Take the member out of the list."
                : "Leave it out; to win over a lower layer give a value, such as false or an empty text.",
        };
    }
}

function* nulls(view: View, level: number): Iterable<readonly [path: string, inList: boolean]> {
    const below = level < DeepestLevel ? [...view.members.map(([, inner]) => inner), ...view.items] : [];
    for (const inner of below) {
        if (inner.value === null) {
            yield [inner.path, view.isList];
        } else {
            yield* nulls(inner, level + 1);
        }
    }
}
