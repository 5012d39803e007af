/** Lifecycle of blobs, as of @pulumi/azure-native 3.28: https://learn.microsoft.com/en-us/azure/storage/blobs/lifecycle-management-overview */
import type { PropertyModel, RefuseContext, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { arm } from "../arm";
import { armError } from "../errors";
import { mapsIn } from "./network-rules";
import { accountIdOf, accountOf, accountType, blobServiceOf, policyType, storageApiVersion } from "./shared";

const days: PropertyModel = { type: "number" };

const afterModification: PropertyModel = {
    type: "object",
    properties: {
        daysAfterCreationGreaterThan: days,
        daysAfterLastAccessTimeGreaterThan: days,
        daysAfterLastTierChangeGreaterThan: days,
        daysAfterModificationGreaterThan: days,
    },
};

const afterCreation: PropertyModel = {
    type: "object",
    properties: {
        daysAfterCreationGreaterThan: { type: "number", required: true },
        daysAfterLastTierChangeGreaterThan: days,
    },
};

const actionsOf = (when: PropertyModel): PropertyModel["properties"] => ({
    delete: when,
    tierToArchive: when,
    tierToCold: when,
    tierToCool: when,
    tierToHot: when,
});

const rule: PropertyModel = {
    type: "object",
    properties: {
        definition: {
            type: "object",
            required: true,
            properties: {
                actions: {
                    type: "object",
                    required: true,
                    properties: {
                        baseBlob: {
                            type: "object",
                            properties: {
                                ...actionsOf(afterModification),
                                enableAutoTierToHotFromCool: { type: "boolean" },
                            },
                        },
                        snapshot: { type: "object", properties: actionsOf(afterCreation) },
                        version: { type: "object", properties: actionsOf(afterCreation) },
                    },
                },
                filters: {
                    type: "object",
                    properties: {
                        blobIndexMatch: {
                            type: "array",
                            items: {
                                type: "object",
                                properties: {
                                    name: { type: "string", required: true },
                                    op: { type: "string", required: true, values: ["=="] },
                                    value: { type: "string", required: true },
                                },
                            },
                        },
                        blobTypes: {
                            type: "array",
                            required: true,
                            items: { type: "string", values: ["blockBlob", "appendBlob"] },
                        },
                        prefixMatch: { type: "array" },
                    },
                },
            },
        },
        enabled: { type: "boolean" },
        name: { type: "string", required: true },
        type: { type: "string", required: true, values: ["Lifecycle"] },
    },
};

const policy: ResourceModel = arm(
    {
        type: "Microsoft.Storage/storageAccounts/managementPolicies",
        apiVersion: storageApiVersion,
        names: ["accountName", "managementPolicyName"],
        parent: accountType,
        name: { pattern: /^default$/, rule: 'must be "default"', longest: 7 },
    },
    {
        token: policyType,
        inputs: {
            policy: {
                type: "object",
                required: true,
                properties: { rules: { type: "array", required: true, items: rule } },
            },
        },
        outputs: { lastModifiedTime: { type: "string" } },
        volatile: ["lastModifiedTime"],
        refuse: refused,
        computed: () => ({ lastModifiedTime: new Date().toISOString() }),
    },
);

const MostRules = 100;
const MostPrefixes = 10;
const MostTags = 10;

function refused(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const rules = isMap(inputs["policy"]) ? mapsIn(inputs["policy"]["rules"]) : [];
    const names = rules.map(({ name }) => textOf(name));
    if (rules.length === 0 || rules.length > MostRules || new Set(names).size < names.length) {
        return invalid(`A policy has 1 to ${MostRules} rules, each of a name of its own.`);
    }
    return rules.map((one) => refusedRule(one, inputs, context)).find((reason) => reason !== undefined);
}

function refusedRule(
    { name, definition }: PropertyMap,
    inputs: PropertyMap,
    context: RefuseContext,
): string | undefined {
    const { actions, filters } = isMap(definition) ? definition : {};
    const steps = isMap(actions)
        ? Object.values(actions)
              .filter(isMap)
              .flatMap((one) => Object.entries(one))
        : [];
    const taken = steps.filter(([, when]) => isMap(when));
    if (!/^[A-Za-z0-9]{1,256}$/.test(textOf(name))) {
        return invalid(`The name of a rule has 1 to 256 letters and digits: ${textOf(name)}.`);
    }
    if (taken.length === 0) {
        return invalid(`The rule ${textOf(name)} has no action.`);
    }
    const wrong = taken.find(([, when]) => isMap(when) && !isCondition(when));
    if (wrong !== undefined) {
        return invalid(`The action ${wrong[0]} of rule ${textOf(name)} has no condition, or a wrong one.`);
    }
    return (
        refusedFilters(isMap(filters) ? filters : {}, textOf(name)) ??
        refusedArchive(
            taken.map(([step]) => step),
            inputs,
            context,
        ) ??
        refusedAccessTimes(taken.map(([, when]) => when).filter(isMap), inputs, context)
    );
}

function isCondition(when: PropertyMap): boolean {
    const given = Object.values(when);
    return given.length > 0 && given.every((value) => typeof value === "number" && value >= 0);
}

function refusedFilters({ prefixMatch, blobIndexMatch }: PropertyMap, name: string): string | undefined {
    const tooMany =
        (Array.isArray(prefixMatch) && prefixMatch.length > MostPrefixes) || mapsIn(blobIndexMatch).length > MostTags;
    return tooMany
        ? invalid(`The rule ${name} has more than ${MostPrefixes} prefixes or ${MostTags} tags.`)
        : undefined;
}

/** https://learn.microsoft.com/en-us/azure/storage/blobs/access-tiers-overview#archive-access-tier: not for copies in zones */
function refusedArchive(steps: readonly string[], inputs: PropertyMap, context: RefuseContext): string | undefined {
    const sku = accountOf(inputs, context)?.inputs["sku"];
    const isZonal = isMap(sku) && /ZRS$/.test(textOf(sku["name"]));
    return isZonal && steps.includes("tierToArchive")
        ? invalid("The archive tier is not there for accounts with copies in zones.")
        : undefined;
}

function refusedAccessTimes(whens: readonly PropertyMap[], inputs: PropertyMap, context: RefuseContext) {
    const tracked = blobServiceOf(accountIdOf(inputs, context), context.inventory)?.inputs[
        "lastAccessTimeTrackingPolicy"
    ];
    const isTracked = isMap(tracked) && tracked["enable"] === true;
    return !isTracked && whens.some((when) => when["daysAfterLastAccessTimeGreaterThan"] !== undefined)
        ? armError(
              409,
              "LastAccessTimeTrackingNotEnabled",
              "Last access time based tracking policy must be enabled before using last access based conditions.",
          )
        : undefined;
}

function invalid(reason: string): string {
    return armError(400, "InvalidManagementPolicy", reason);
}

export const policies: readonly ResourceModel[] = [policy];
