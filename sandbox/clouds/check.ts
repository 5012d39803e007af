/** Checks of inputs against the table: types, required and unknown properties, defaults, names. Pure. */
import { createHash } from "node:crypto";
import type { NameRule, Problem, PropertyModel, PropertyModels } from "./model";
import { isMap, unknown, type Properties, type PropertyMap, type PropertyValue } from "./values";

/** Inputs with defaults filled in, and everything that is wrong with them. */
export interface Checked {
    readonly inputs: Properties;
    readonly problems: readonly Problem[];
}

/** Checks a bag against property models. `owner` names the resource type, function or provider in messages. */
export function checkProperties(owner: string, models: PropertyModels, given: Properties): Checked {
    const values: PropertyMap = {};
    const secrets = new Set(given.secrets);
    const problems: Problem[] = [];
    for (const [name, value] of Object.entries(given.values)) {
        const model = models[name];
        if (model === undefined) {
            const known = Object.keys(models).sort().join(", ");
            problems.push({
                property: name,
                reason: `is not a property of ${owner}. Known: ${known}. Remove it, or add it to the sandbox's table.`,
            });
        } else if (value !== null) {
            values[name] = value;
            if (holdsSecret(model)) {
                secrets.add(name);
            }
            problems.push(...checkValue(name, model, value, secrets.has(name)));
        }
    }
    for (const [name, model] of Object.entries(models)) {
        if (values[name] !== undefined) {
            continue;
        }
        if (model.default !== undefined) {
            values[name] = model.default;
        } else if (model.required) {
            problems.push({ property: name, reason: `is required by ${owner} and not given. Set it.` });
        }
    }
    return { inputs: { values, secrets }, problems };
}

function checkValue(path: string, model: PropertyModel, value: PropertyValue, hidden: boolean): Problem[] {
    if (value === unknown) {
        return [];
    }
    const secret = hidden || model.secret === true;
    const shown = secret ? "a secret" : JSON.stringify(value);
    if (!hasType(value, model)) {
        return [{ property: path, reason: `must be of type ${model.type} (value given: ${shown}). Correct it.` }];
    }
    const accepted: readonly PropertyValue[] | undefined = model.values;
    if (accepted !== undefined && !accepted.includes(value)) {
        return [
            {
                property: path,
                reason: `must be one of ${model.values?.join(", ")} (value given: ${shown}). Choose one.`,
            },
        ];
    }
    if (Array.isArray(value)) {
        return value.flatMap((item, index) => checkValue(`${path}[${index}]`, itemModel(model), item, secret));
    }
    if (!isMap(value) || model.type === "any") {
        return [];
    }
    return Object.entries(value)
        .flatMap(([key, item]) =>
            model.type === "map" ? checkValue(`${path}.${key}`, itemModel(model), item, secret) : [],
        )
        .concat(model.type === "object" ? checkMembers(path, model, value, secret) : []);
}

function checkMembers(path: string, model: PropertyModel, value: PropertyMap, secret: boolean): Problem[] {
    const members = model.properties ?? {};
    const problems: Problem[] = [];
    for (const [key, item] of Object.entries(value)) {
        const member = members[key];
        if (member === undefined) {
            const known = Object.keys(members).sort().join(", ");
            problems.push({ property: `${path}.${key}`, reason: `is not known here. Known: ${known}. Remove it.` });
        } else if (item !== null) {
            problems.push(...checkValue(`${path}.${key}`, member, item, secret));
        }
    }
    for (const [key, member] of Object.entries(members)) {
        if (member.required && (value[key] ?? null) === null) {
            problems.push({ property: `${path}.${key}`, reason: "is required and not given. Set it." });
        }
    }
    return problems;
}

/** Whether the table marks the property, or anything inside it, as secret. */
export function holdsSecret(model: PropertyModel): boolean {
    const inner = [...(model.items ? [model.items] : []), ...Object.values(model.properties ?? {})];
    return model.secret === true || inner.some(holdsSecret);
}

function itemModel(model: PropertyModel): PropertyModel {
    return model.items ?? { type: "string" };
}

function hasType(value: PropertyValue, model: PropertyModel): boolean {
    switch (model.type) {
        case "any":
            return true;
        case "array":
            return Array.isArray(value);
        case "map":
        case "object":
            return isMap(value);
        case "integer":
            return Number.isInteger(value);
        default:
            return typeof value === model.type;
    }
}

/** What making a name needs to know. */
export interface NameOrigin {
    readonly logicalName: string;
    /** Inputs of the existing resource: a name once made stays. */
    readonly olds: PropertyMap;
    /** The engine's randomness: new for each resource and deployment. */
    readonly seed: Uint8Array;
}

/** Fills in the physical name and checks it. As the real providers do, a logical name that is too long is refused, not cut. */
export function applyNameRule(rule: NameRule | undefined, values: PropertyMap, origin: NameOrigin): Problem[] {
    if (rule === undefined) {
        return [];
    }
    const { property, auto, uuid } = rule;
    if (values[property] === undefined && uuid === true) {
        values[property] = origin.olds[property] ?? autoUuid(origin);
    }
    if (values[property] === undefined && auto !== undefined) {
        const made = origin.olds[property] ?? autoName(auto, origin);
        if (typeof made === "string" && made.length > auto.maxLength) {
            return [
                {
                    property,
                    reason: `name '${origin.logicalName}' plus ${auto.digits ?? ShortDigits} random characters is longer than the maximum length ${auto.maxLength}. Give a name.`,
                },
            ];
        }
        values[property] = made;
    }
    const name = values[property];
    if (typeof name !== "string" || rule.pattern === undefined || rule.pattern.test(name)) {
        return [];
    }
    return [
        { property, reason: `${rule.rule ?? `must match ${rule.pattern.source}`} (value given: ${name}). Rename it.` },
    ];
}

const ShortDigits = 7;

function autoName(auto: NonNullable<NameRule["auto"]>, origin: NameOrigin): string {
    const { logicalName } = origin;
    const beginning = auto.lowercase ? logicalName.toLowerCase() : logicalName;
    const suffix = drawn(origin).slice(0, auto.digits ?? ShortDigits);
    return suffix === "" ? beginning : beginning + (auto.separator ?? "-") + suffix;
}

function autoUuid(origin: NameOrigin): string {
    const digits = drawn(origin);
    const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`];
    return [...parts, digits.slice(20, 32)].join("-");
}

function drawn({ logicalName, seed }: NameOrigin): string {
    return createHash("sha256").update(logicalName).update(seed).digest("hex");
}
