/**
 * The `random` package (documentation of @pulumi/random 4.21).
 *
 * The values exist in Pulumi's state only, as with the real provider: there is nothing outside to drift or be orphaned.
 * RandomShuffle, RandomUuid4 and RandomUuid7 have no row, because nothing here uses them.
 */
import { randomBytes, randomUUID } from "node:crypto";
import type { CloudModel, PropertyModel, PropertyModels, Problem, ResourceModel } from "../model";
import { textOf, type PropertyMap } from "../values";
import { bcryptShape, identifier, integer, pet, text } from "./generate";

const keepers: PropertyModel = { type: "map", description: "Arbitrary values whose change makes a new one." };

const textInputs: PropertyModels = {
    keepers,
    length: { type: "integer", required: true },
    lower: { type: "boolean", default: true },
    minLower: { type: "integer", default: 0 },
    minNumeric: { type: "integer", default: 0 },
    minSpecial: { type: "integer", default: 0 },
    minUpper: { type: "integer", default: 0 },
    number: { type: "boolean", description: "Deprecated spelling of numeric." },
    numeric: { type: "boolean" },
    overrideSpecial: { type: "string" },
    special: { type: "boolean", default: true },
    upper: { type: "boolean", default: true },
};

const minimums = ["minLower", "minNumeric", "minSpecial", "minUpper"] as const;

function atLeast(inputs: PropertyMap, property: string, least: number): Problem[] {
    const value = inputs[property];
    return typeof value === "number" && value < least
        ? [{ property, reason: `must be at least ${least} (value given: ${value}). Raise it.` }]
        : [];
}

function validateText(inputs: PropertyMap): Problem[] {
    const problems = [...atLeast(inputs, "length", 1), ...minimums.flatMap((property) => atLeast(inputs, property, 0))];
    const { length } = inputs;
    const wanted = minimums.reduce((sum, property) => sum + Number(inputs[property] ?? 0), 0);
    if (typeof length === "number" && length < wanted) {
        const parts = minimums.map((property) => `${property} ${Number(inputs[property] ?? 0)}`).join(", ");
        problems.push({
            property: "length",
            reason: `must be at least ${wanted}, the sum of ${parts} (value given: ${length}). Raise it.`,
        });
    }
    const { numeric, number, lower, upper, special } = inputs;
    if (numeric !== undefined && number !== undefined && numeric !== number) {
        problems.push({ property: "number", reason: "must equal numeric when both are given. Leave number out." });
    }
    if ([numeric ?? number ?? true, lower, upper, special].every((part) => part === false)) {
        problems.push({
            property: "special",
            reason: "one of numeric, lower, upper, special must be true. Allow one.",
        });
    }
    return problems;
}

/** Values that are made once and kept: an update never makes them anew. */
function once(make: (inputs: PropertyMap) => PropertyMap): ResourceModel["computed"] {
    return (inputs, { previous }) => (previous === undefined ? make(inputs) : {});
}

/** Both spellings come back as outputs, whichever was given. */
const digitSpellings: PropertyModels = { numeric: { type: "boolean" }, number: { type: "boolean" } };

function madeText(inputs: PropertyMap): { result: string; numeric: boolean; number: boolean } {
    const digits = inputs["numeric"] ?? inputs["number"] ?? true;
    const numeric = digits === true;
    return { result: text({ ...inputs, numeric }), numeric, number: numeric };
}

/** All these replace on any change, and know nothing outside the state. */
function row(model: Omit<ResourceModel, "replaceOn" | "stateOnly">): ResourceModel {
    return { ...model, replaceOn: Object.keys(model.inputs), stateOnly: true };
}

const resources: readonly ResourceModel[] = [
    row({
        token: "random:index/randomPassword:RandomPassword",
        inputs: textInputs,
        outputs: {
            ...digitSpellings,
            result: { type: "string", secret: true },
            bcryptHash: { type: "string", secret: true },
        },
        validate: validateText,
        id: () => "none",
        computed: once((inputs) => {
            const made = madeText(inputs);
            return { ...made, bcryptHash: bcryptShape(made.result) };
        }),
    }),
    row({
        token: "random:index/randomString:RandomString",
        inputs: textInputs,
        outputs: { ...digitSpellings, result: { type: "string" } },
        validate: validateText,
        idOutput: "result",
        computed: once(madeText),
    }),
    row({
        token: "random:index/randomId:RandomId",
        inputs: { keepers, byteLength: { type: "integer", required: true }, prefix: { type: "string" } },
        outputs: {
            b64Std: { type: "string" },
            b64Url: { type: "string" },
            dec: { type: "string" },
            hex: { type: "string" },
        },
        validate: (inputs) => atLeast(inputs, "byteLength", 1),
        idOutput: "b64Url",
        computed: once((inputs) => identifier(Number(inputs["byteLength"]), textOf(inputs["prefix"]))),
    }),
    row({
        token: "random:index/randomPet:RandomPet",
        inputs: {
            keepers,
            length: { type: "integer", default: 2 },
            prefix: { type: "string" },
            separator: { type: "string", default: "-" },
        },
        outputs: { petName: { type: "string" } },
        validate: (inputs) => atLeast(inputs, "length", 1),
        idOutput: "petName",
        computed: once(({ length, prefix, separator }) => {
            const words = pet(Number(length));
            return { petName: [...(prefix === undefined ? [] : [textOf(prefix)]), ...words].join(textOf(separator)) };
        }),
    }),
    row({
        token: "random:index/randomUuid:RandomUuid",
        inputs: { keepers },
        outputs: { result: { type: "string" } },
        idOutput: "result",
        computed: once(() => ({ result: randomUUID() })),
    }),
    row({
        token: "random:index/randomInteger:RandomInteger",
        inputs: {
            keepers,
            max: { type: "integer", required: true },
            min: { type: "integer", required: true },
            seed: { type: "string" },
        },
        outputs: { result: { type: "integer" } },
        validate: ({ min, max }) =>
            typeof min === "number" && typeof max === "number" && max < min
                ? [{ property: "max", reason: `must be at least min, ${min} (value given: ${max}). Raise it.` }]
                : [],
        idOutput: "result",
        computed: once(({ min, max, seed }) => ({
            result: integer(Number(min), Number(max), typeof seed === "string" ? seed : undefined),
        })),
    }),
    row({
        token: "random:index/randomBytes:RandomBytes",
        inputs: { keepers, length: { type: "integer", required: true } },
        outputs: { base64: { type: "string", secret: true }, hex: { type: "string", secret: true } },
        validate: (inputs) => atLeast(inputs, "length", 1),
        id: () => "none",
        computed: once(({ length }) => {
            const made = randomBytes(Number(length));
            return { base64: made.toString("base64"), hex: made.toString("hex") };
        }),
    }),
];

export const random: CloudModel = {
    name: "random",
    sdk: "@pulumi/random",
    config: {},
    resources,
    invokes: [],
};
