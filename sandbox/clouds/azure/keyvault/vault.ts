/** Key vaults, as of @pulumi/azure-native 3.28. A deleted vault keeps its name and can be recovered. */
import type { Row } from "../../inventory";
import type { InventoryView, InvokeModel, PropertyModel, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { arm, armOutputs } from "../arm";
import { resourceNotFound } from "../errors";
import { groupId, identityOf, isWithinScope, resourceId, rowById, subscriptionIn } from "../ids";
import { keyType } from "./key-rules";
import { deletedVault, deletedVaultType, mapOf, refusedVault, vaultType } from "./vault-rules";

const armType = "Microsoft.KeyVault/vaults";
const apiVersion = "2024-11-01";

const rules = (properties: Readonly<Record<string, PropertyModel>>): PropertyModel => ({
    type: "array",
    items: { type: "object", properties },
});

/** https://learn.microsoft.com/en-us/rest/api/keyvault/keyvault/vaults/create-or-update */
const vaults = arm(
    {
        type: armType,
        apiVersion,
        names: ["vaultName"],
        name: {
            // https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault
            pattern: /^[A-Za-z](?!.*--)[A-Za-z0-9-]{1,22}[A-Za-z0-9]$/,
            rule: "must be 3 to 24 letters, digits and hyphens, a letter first, no hyphen last and no two in a row",
            longest: 24,
        },
    },
    {
        token: vaultType,
        inputs: {
            properties: {
                type: "object",
                required: true,
                properties: {
                    accessPolicies: rules({
                        applicationId: { type: "string" },
                        objectId: { type: "string", required: true },
                        permissions: { type: "any", required: true },
                        tenantId: { type: "string", required: true },
                    }),
                    createMode: { type: "string", values: ["recover", "default"] },
                    enabledForDeployment: { type: "boolean" },
                    enabledForDiskEncryption: { type: "boolean" },
                    enabledForTemplateDeployment: { type: "boolean" },
                    enablePurgeProtection: { type: "boolean" },
                    enableRbacAuthorization: { type: "boolean" },
                    enableSoftDelete: { type: "boolean" },
                    networkAcls: {
                        type: "object",
                        properties: {
                            bypass: { type: "string", values: ["AzureServices", "None"] },
                            defaultAction: { type: "string", values: ["Allow", "Deny"] },
                            ipRules: rules({ value: { type: "string", required: true } }),
                            virtualNetworkRules: rules({
                                id: { type: "string", required: true },
                                ignoreMissingVnetServiceEndpoint: { type: "boolean" },
                            }),
                        },
                    },
                    publicNetworkAccess: { type: "string", values: ["Enabled", "Disabled", "enabled", "disabled"] },
                    sku: {
                        type: "object",
                        required: true,
                        properties: {
                            family: { type: "string", required: true, values: ["A"] },
                            name: { type: "string", required: true, values: ["standard", "premium"] },
                        },
                    },
                    softDeleteRetentionInDays: { type: "integer" },
                    tenantId: { type: "string", required: true },
                },
            },
        },
        outputs: { properties: { type: "any" }, systemData: { type: "any" } },
        durationKey: "storage account, vault, vnet, subnet, identity",
        refuse: (inputs, context) => refusedVault(inputs, context),
        computed: ({ vaultName, properties }) => ({
            properties: {
                enableSoftDelete: true,
                softDeleteRetentionInDays: 90,
                ...withoutMode(mapOf(properties)),
                provisioningState: "Succeeded",
                vaultUri: `https://${textOf(vaultName)}.vault.azure.net/`,
            },
            systemData: {},
        }),
        // What was in it comes back with it.
        brings: (row, inventory) => broughtBack(row, inventory),
        leavesBehind: (row, inventory) => [remains(row, inventory)],
    },
);

function withoutMode({ createMode: _createMode, ...told }: PropertyMap): PropertyMap {
    return told;
}

function broughtBack(row: Row, inventory: InventoryView): Row[] {
    const { createMode } = mapOf(row.inputs["properties"]);
    const kept = createMode === "recover" ? deletedVault(inventory, textOf(row.inputs["vaultName"])) : undefined;
    return kept === undefined ? [] : (JSON.parse(textOf(kept.outputs["contents"], "[]")) as Row[]);
}

function remains(row: Row, inventory: InventoryView): Row {
    const name = textOf(row.inputs["vaultName"]);
    const place = textOf(row.outputs["location"]);
    const path = `/subscriptions/${subscriptionIn(row.id)}/providers/Microsoft.KeyVault/locations/${place}/deletedVaults/${name}`;
    const before = inventory.rows(deletedVaultType).filter(({ id }) => id.startsWith(path)).length;
    const contents = inventory.rows(keyType).filter(({ id }) => isWithinScope(id, row.id));
    return {
        type: deletedVaultType,
        id: before === 0 ? path : `${path}/${before}`,
        state: "active",
        inputs: { vaultName: name },
        outputs: { contents: JSON.stringify(contents.map(({ urn: _urn, ...kept }) => kept)) },
    };
}

const getVault: InvokeModel = {
    token: "azure-native:keyvault:getVault",
    inputs: { resourceGroupName: { type: "string", required: true }, vaultName: { type: "string", required: true } },
    outputs: {
        ...armOutputs,
        id: { type: "string" },
        location: { type: "string" },
        properties: { type: "any" },
        systemData: { type: "any" },
        tags: { type: "map" },
    },
    answer: ({ resourceGroupName, vaultName }, { config, inventory }) => {
        const group = groupId(identityOf(config).subscriptionId, textOf(resourceGroupName));
        const row = rowById(inventory, vaultType, resourceId(group, armType, [textOf(vaultName)]));
        if (row === undefined) {
            throw new Error(resourceNotFound(armType, textOf(vaultName), textOf(resourceGroupName)));
        }
        return {
            azureApiVersion: apiVersion,
            id: row.id,
            location: row.outputs["location"] ?? null,
            name: row.outputs["name"] ?? null,
            properties: row.outputs["properties"] ?? null,
            systemData: {},
            tags: row.inputs["tags"] ?? null,
            type: armType,
        };
    },
};

export const keyVaults: readonly ResourceModel[] = [vaults];
export const keyVaultInvokes: readonly InvokeModel[] = [getVault];
