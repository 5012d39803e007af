import type { Shape } from "../../sdk/validation/shape";
import { DeploymentShape } from "../../sdk/validation/shapes";
import type { ArgumentTree } from "./bad-arguments";

/** A place in the arguments: keys, and 0 for the first member of a list. */
export interface Place {
    readonly keys: readonly (string | number)[];
    readonly shape: Shape;
}

/** Key used for members of maps. */
const MapKey = "KEY";

/** Name of a place whatever the members of lists and maps around it are called. */
export function placeName(keys: readonly (string | number)[]): string {
    let shape: Shape = DeploymentShape;
    const names: string[] = [];
    for (const key of keys) {
        if (shape.kind === "object") {
            names.push(String(key));
            shape = shape.of[key];
        } else if (shape.kind === "list" || shape.kind === "map") {
            names.push("*");
            shape = shape.of;
        }
    }
    return names.join(".");
}

/** Every place of the arguments, objects and members of lists and maps included. */
export function places(shape: Shape = DeploymentShape, keys: readonly (string | number)[] = []): Place[] {
    const here = keys.length === 0 ? [] : [{ keys, shape }];
    switch (shape.kind) {
        case "object":
            return [...here, ...Object.entries(shape.of).flatMap(([key, of]) => places(of, [...keys, key]))];
        case "list":
            return [...here, ...places(shape.of, [...keys, 0])];
        case "map":
            return [
                ...here,
                ...places(shape.of, [...keys, keys[0] === "components" && keys.length === 1 ? "app" : MapKey]),
            ];
        default:
            return here;
    }
}

/** Every place that arguments fill, by the names that `places` gives them. */
export function filledPlaces(
    value: unknown,
    shape: Shape = DeploymentShape,
    keys: readonly (string | number)[] = [],
): Place[] {
    const here = keys.length === 0 ? [] : [{ keys, shape }];
    if (shape.kind === "list" && Array.isArray(value)) {
        return [...here, ...value.flatMap((item, index) => filledPlaces(item, shape.of, [...keys, index]))];
    }
    if ((shape.kind === "map" || shape.kind === "object") && typeof value === "object" && value !== null) {
        const inner = (key: string) => (shape.kind === "map" ? shape.of : shape.of[key]);
        return [
            ...here,
            ...Object.entries(value).flatMap(([key, item]) => filledPlaces(item, inner(key), [...keys, key])),
        ];
    }
    return here;
}

/** Puts a value into a place, making what is around it. */
export function plant(args: ArgumentTree, keys: readonly (string | number)[], value: unknown): void {
    let place = args;
    for (const [index, key] of keys.entries()) {
        const last = index === keys.length - 1;
        const inner = last ? value : (place[key] ?? (typeof keys[index + 1] === "number" ? [] : {}));
        place[key] = inner;
        place = inner as ArgumentTree;
    }
}
