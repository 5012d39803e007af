/** `authorization:ManagementLockByScope`: what it forbids is in `locks.ts`. */
import type { ResourceModel } from "../model";
import { textOf } from "../values";
import { anyRow, armOutputs, isAutoNamed } from "./arm";
import { armError } from "./errors";
import { lastName } from "./ids";
import { lockType } from "./locks";

const longestNotes = 512;

/** https://learn.microsoft.com/en-us/rest/api/resources/management-locks/create-or-update-by-scope */
export const managementLocks: ResourceModel = {
    token: lockType,
    inputs: {
        level: { type: "string", required: true, values: ["NotSpecified", "CanNotDelete", "ReadOnly"] },
        lockName: { type: "string" },
        notes: { type: "string" },
        owners: { type: "array", items: { type: "object", properties: { applicationId: { type: "string" } } } },
        scope: { type: "string", required: true },
    },
    outputs: { ...armOutputs, systemData: { type: "any" } },
    name: {
        property: "lockName",
        auto: { maxLength: 90, separator: "", digits: 8 },
        pattern: /^[\w.()-]{0,89}[\w()-]$/,
        rule: "must be 1 to 90 letters, digits, periods, underscores, hyphens and parentheses, and must not end with a period",
    },
    replaceOn: ["lockName", "scope"],
    deleteBeforeReplace: (olds, name) => !isAutoNamed(textOf(olds["lockName"]), name),
    validate: ({ notes }) =>
        typeof notes === "string" && notes.length > longestNotes
            ? [{ property: "notes", reason: `must have at most ${longestNotes} characters. Shorten it.` }]
            : [],
    id: ({ scope, lockName }) => `${textOf(scope)}/providers/Microsoft.Authorization/locks/${textOf(lockName)}`,
    refuse: ({ scope }, { inventory }) =>
        anyRow(inventory, textOf(scope)) === undefined
            ? armError(404, "ResourceNotFound", `The Resource '${textOf(scope)}' was not found.`)
            : undefined,
    computed: (_inputs, { id }) => ({
        azureApiVersion: "2020-05-01",
        name: lastName(id),
        type: "Microsoft.Authorization/locks",
        systemData: {},
    }),
};
