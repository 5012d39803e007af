/** Rules that say what Container Insights sends where, as of @pulumi/azure-native 3.28. */
import type { ResourceModel } from "../../model";
import { textOf } from "../../values";
import { anyRow, arm, armOutputs, inResourceGroup } from "../arm";
import { armError } from "../errors";
import { guidFor, lastName } from "../ids";
import { bad, partsIn, part, textsIn } from "./shared";

const ruleType = "azure-native:monitor:DataCollectionRule";
const associationType = inResourceGroup("azure-native:monitor:DataCollectionRuleAssociation");
const apiVersion = "2024-03-11";
const texts = { type: "array" } as const;

/** https://learn.microsoft.com/rest/api/monitor/data-collection-rules/create */
const rules: ResourceModel = arm(
    {
        type: "Microsoft.Insights/dataCollectionRules",
        apiVersion,
        names: ["dataCollectionRuleName"],
        name: {
            pattern: /^[A-Za-z0-9][A-Za-z0-9-]{0,62}[A-Za-z0-9]$/,
            rule: "must be 2 to 64 letters, digits and hyphens, with a letter or digit at both ends",
            longest: 64,
        },
    },
    {
        token: ruleType,
        inputs: {
            dataFlows: {
                type: "array",
                items: { type: "object", properties: { destinations: texts, streams: texts } },
            },
            dataSources: {
                type: "object",
                properties: {
                    extensions: {
                        type: "array",
                        items: {
                            type: "object",
                            properties: {
                                extensionName: { type: "string", required: true },
                                extensionSettings: { type: "any" },
                                name: { type: "string" },
                                streams: texts,
                            },
                        },
                    },
                },
            },
            description: { type: "string" },
            destinations: {
                type: "object",
                properties: {
                    logAnalytics: {
                        type: "array",
                        items: {
                            type: "object",
                            properties: { name: { type: "string" }, workspaceResourceId: { type: "string" } },
                        },
                    },
                },
            },
            kind: { type: "string", values: ["Linux", "Windows"] },
        },
        outputs: {
            etag: { type: "string" },
            immutableId: { type: "string" },
            provisioningState: { type: "string" },
            systemData: { type: "any" },
        },
        durationKey: "data collection rule",
        refuse: ({ dataFlows, destinations }) => {
            const known = partsIn(part(destinations)["logAnalytics"]).map(({ name }) => textOf(name));
            const wanted = partsIn(dataFlows).flatMap((flow) => textsIn(flow["destinations"]));
            const missing = wanted.find((name) => !known.includes(name));
            return missing === undefined
                ? undefined
                : bad(`Data flow refers to destination '${missing}', which is not declared.`, "InvalidPayload");
        },
        computed: (_inputs, { id }) => ({
            etag: guidFor(id),
            immutableId: `dcr-${guidFor(id).replaceAll("-", "")}`,
            provisioningState: "Succeeded",
            systemData: {},
        }),
    },
);

/** https://learn.microsoft.com/rest/api/monitor/data-collection-rule-associations/create */
const associations: ResourceModel = {
    token: associationType,
    inputs: {
        associationName: { type: "string" },
        dataCollectionEndpointId: { type: "string" },
        dataCollectionRuleId: { type: "string" },
        description: { type: "string" },
        resourceUri: { type: "string", required: true },
    },
    outputs: {
        ...armOutputs,
        etag: { type: "string" },
        provisioningState: { type: "string" },
        systemData: { type: "any" },
    },
    name: { property: "associationName", auto: { maxLength: 64, separator: "", digits: 8 } },
    references: [{ path: "dataCollectionRuleId", types: [ruleType] }],
    replaceOn: ["associationName", "resourceUri"],
    id: ({ resourceUri, associationName }) =>
        `${textOf(resourceUri)}/providers/Microsoft.Insights/dataCollectionRuleAssociations/${textOf(associationName)}`,
    durationKey: "data collection rule",
    refuse: ({ resourceUri }, { inventory }) =>
        anyRow(inventory, textOf(resourceUri)) === undefined
            ? armError(404, "ResourceNotFound", `The Resource '${textOf(resourceUri)}' was not found.`)
            : undefined,
    computed: (_inputs, { id }) => ({
        azureApiVersion: apiVersion,
        etag: guidFor(id),
        name: lastName(id),
        provisioningState: "Succeeded",
        systemData: {},
        type: "Microsoft.Insights/dataCollectionRuleAssociations",
    }),
};

export const insights: readonly ResourceModel[] = [rules, associations];
