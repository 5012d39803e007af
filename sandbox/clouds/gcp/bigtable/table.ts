/** Tables of Bigtable and what clears old cells away, as of @pulumi/gcp 9.37. */
import type { Row } from "../../inventory";
import type { InventoryView, Problem, RefuseContext, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { withDeletionPolicy } from "../deletion-policy";
import { project, projectOf } from "../project";
import { clustersOf, failed, gcPolicyType, instanceId, instanceNamed, refusedBigtable, tableType } from "./shared";

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/bigtable_table#argument-reference */
const table: ResourceModel = {
    token: tableType,
    inputs: {
        automatedBackupPolicy: {
            type: "object",
            properties: { frequency: { type: "string" }, retentionPeriod: { type: "string" } },
        },
        changeStreamRetention: { type: "string" },
        columnFamilies: {
            type: "array",
            items: {
                type: "object",
                properties: { family: { type: "string", required: true }, type: { type: "string" } },
            },
        },
        deletionProtection: { type: "string", default: "UNPROTECTED", values: ["PROTECTED", "UNPROTECTED"] },
        instanceName: { type: "string", required: true },
        name: { type: "string" },
        project,
        splitKeys: { type: "array" },
    },
    outputs: { project: { type: "string" } },
    name: {
        property: "name",
        auto: { maxLength: 255 },
        pattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,49}$/,
        rule: "must be 1 to 50 letters, digits, underscores, periods and hyphens, no hyphen or period first",
    },
    replaceOn: ["instanceName", "name", "project", "splitKeys"],
    durationKey: "bigtable table",
    validate: wrongBackups,
    refuse: (inputs, context) => {
        const reason = refusedTable(inputs, context);
        return reason && `Error ${context.previous === undefined ? "creating" : "updating"} table. ${reason}`;
    },
    id: (inputs, context) => `${instanceId(inputs, context)}/tables/${textOf(inputs["name"])}`,
    computed: (inputs, { config, inventory }) => ({ project: projectOf(inputs, config, inventory).projectId }),
    blocksDeletion: ({ inputs, id }) =>
        inputs["deletionProtection"] === "PROTECTED"
            ? `Error deleting table. ${failed("FailedPrecondition", `Table ${id} is protected against deletion.`)}`
            : undefined,
    takesAlong: ({ id }, inventory) => inventory.rows(gcPolicyType).filter((row) => row.id.startsWith(`${id}/`)),
};

/** `72h0m0s`, or 0. */
function hoursOf(duration: string): number | undefined {
    const match = /^(?:0|(\d+)h(?:0m)?(?:0s)?)$/.exec(duration);
    return match === null ? undefined : Number(match[1] ?? 0);
}

/** https://docs.cloud.google.com/bigtable/docs/backups#automated: once a day, kept for 3 to 90 days; or none */
function wrongBackups({ automatedBackupPolicy: policy }: PropertyMap): Problem[] {
    if (!isMap(policy)) {
        return [];
    }
    const wrong = (property: string, reason: string) => [
        {
            property: `automatedBackupPolicy.${property}`,
            reason: `${reason} (value given: ${textOf(policy[property])}). Correct it.`,
        },
    ];
    const [kept, every] = [hoursOf(textOf(policy["retentionPeriod"])), hoursOf(textOf(policy["frequency"]))];
    if (kept === undefined || every === undefined) {
        return wrong(kept === undefined ? "retentionPeriod" : "frequency", "must be a duration in hours, or 0");
    }
    if (kept === 0 && every === 0) {
        return [];
    }
    return [
        ...(every === 24 ? [] : wrong("frequency", "must be 24h")),
        ...(kept >= 72 && kept <= 2160 ? [] : wrong("retentionPeriod", "must be 72h to 2160h")),
    ];
}

function refusedTable(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory, previous } = context;
    const refused = refusedBigtable(inputs, context, "bigtable.tables.create");
    if (refused !== undefined) {
        return refused;
    }
    const owner = instanceId(inputs, context);
    if (instanceNamed(owner, inventory) === undefined) {
        return failed("NotFound", `Instance not found: ${owner}`);
    }
    const id = `${owner}/tables/${textOf(inputs["name"])}`;
    if (previous === undefined && inventory.find(tableType, (row) => row.id === id) !== undefined) {
        return failed("AlreadyExists", `Table already exists: ${id}`);
    }
    const gone = familiesOf(previous ?? {}).filter((family) => !familiesOf(inputs).includes(family));
    return gone.length > 0 && previous?.["deletionProtection"] === "PROTECTED"
        ? failed("FailedPrecondition", `Column family ${gone[0]} cannot be deleted: the table is protected.`)
        : undefined;
}

function familiesOf({ columnFamilies }: PropertyMap): string[] {
    return Array.isArray(columnFamilies) ? columnFamilies.filter(isMap).map(({ family }) => textOf(family)) : [];
}

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/bigtable_gc_policy#argument-reference */
const gcPolicy: ResourceModel = {
    token: gcPolicyType,
    inputs: {
        columnFamily: { type: "string", required: true },
        deletionPolicy: { type: "string", values: ["ABANDON", "DELETE", "PREVENT", ""] },
        gcRules: { type: "string" },
        ignoreWarnings: { type: "boolean" },
        instanceName: { type: "string", required: true },
        maxVersions: {
            type: "array",
            items: { type: "object", properties: { number: { type: "integer", required: true } } },
        },
        mode: { type: "string", values: ["UNION", "INTERSECTION"] },
        project,
        table: { type: "string", required: true },
    },
    outputs: { project: { type: "string" } },
    adopts: true,
    replaceOn: ["columnFamily", "instanceName", "maxVersions", "mode", "project", "table"],
    unread: ["deletionPolicy", "ignoreWarnings"],
    durationKey: "bigtable gc policy",
    validate: wrongRules,
    refuse: (inputs, context) =>
        refusedBigtable(inputs, context, "bigtable.tables.update") ?? missingFamily(inputs, context),
    id: (inputs, context) =>
        `${instanceId(inputs, context)}/tables/${textOf(inputs["table"])}/columnFamilies/${textOf(inputs["columnFamily"])}`,
    computed: (inputs, { config, inventory }) => ({ project: projectOf(inputs, config, inventory).projectId }),
    blocksDeletion: keptPolicy,
};

/** The provider's own, a part of it: one age or number of versions, or several with a mode (generateBigtableGCPolicy). */
function wrongRules({ gcRules, maxVersions, mode }: PropertyMap): Problem[] {
    if (gcRules === undefined) {
        return [];
    }
    const wrong = (reason: string) => [{ property: "gcRules", reason: `${reason} Correct it.` }];
    if (maxVersions !== undefined || mode !== undefined) {
        return wrong("conflicts with maxVersions and mode.");
    }
    let rules: unknown;
    try {
        rules = JSON.parse(textOf(gcRules));
    } catch {
        return wrong("contains an invalid JSON.");
    }
    return isMap(rules) && Array.isArray(rules["rules"]) && rules["rules"].length > 0
        ? []
        : wrong("`rules` need at least 1 element.");
}

function missingFamily(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const id = `${instanceId(inputs, context)}/tables/${textOf(inputs["table"])}`;
    const found = context.inventory.find(tableType, (row) => row.id === id);
    if (found === undefined) {
        return failed("NotFound", `Table not found: ${id}`);
    }
    const family = textOf(inputs["columnFamily"]);
    return familiesOf(found.inputs).includes(family)
        ? undefined
        : failed("NotFound", `Requested column family not found: ${family}`);
}

/** To delete it means to clear nothing away any more, which a table that is copied does not take. */
function keptPolicy({ id, inputs }: Row, inventory: InventoryView): string | undefined {
    if (inputs["deletionPolicy"] === "ABANDON") {
        return undefined;
    }
    if (inputs["deletionPolicy"] === "PREVENT") {
        return `cannot destroy ${id} without setting deletion_policy="DELETE" and running \`terraform apply\``;
    }
    const owner = instanceNamed(id.split("/").slice(0, 4).join("/"), inventory);
    return owner !== undefined && clustersOf(owner.inputs).length > 1
        ? failed("FailedPrecondition", "The garbage collection policy of a replicated table cannot be relaxed.")
        : undefined;
}

export const tables: readonly ResourceModel[] = [withDeletionPolicy(table), gcPolicy];
