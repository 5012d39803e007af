/**
 * Keys in a vault, as of @pulumi/azure-native 3.28. Azure Resource Manager makes keys and does not change them: "If it already exists, then the
 * existing key is returned without any write operations being performed."
 * https://learn.microsoft.com/en-us/rest/api/keyvault/keys/keys/create-if-not-exist
 */
import type { InvokeModel, PropertyModels, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { arm, armOutputs } from "../arm";
import { armError } from "../errors";
import { groupId, guidFor, identityOf, parentId, resourceId, rowById } from "../ids";
import { deletedKeyType, keyType, refusedKey, refusedKeyDeletion } from "./key-rules";
import { mapOf, vaultType } from "./vault-rules";

const armType = "Microsoft.KeyVault/vaults/keys";
const apiVersion = "2024-11-01";
const operations = ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey", "import", "release"];

const outputs: PropertyModels = {
    attributes: { type: "any" },
    curveName: { type: "string" },
    keyOps: { type: "array" },
    keySize: { type: "integer" },
    keyUri: { type: "string" },
    keyUriWithVersion: { type: "string" },
    kty: { type: "string" },
    location: { type: "string" },
    releasePolicy: { type: "any" },
    rotationPolicy: { type: "any" },
};

const keys = arm(
    {
        type: armType,
        apiVersion,
        names: ["vaultName", "keyName"],
        parent: vaultType,
        name: {
            pattern: /^[A-Za-z0-9-]{1,127}$/,
            rule: "must be 1 to 127 letters, digits and hyphens",
            longest: 127,
        },
        // https://learn.microsoft.com/en-us/azure/key-vault/keys/about-keys-details#key-tags
        tags: { most: 15, longest: 256 },
        oneByOne: true,
    },
    {
        token: keyType,
        inputs: {
            properties: {
                type: "object",
                required: true,
                properties: {
                    attributes: {
                        type: "object",
                        properties: {
                            enabled: { type: "boolean" },
                            expires: { type: "integer" },
                            exportable: { type: "boolean" },
                            notBefore: { type: "integer" },
                        },
                    },
                    curveName: { type: "string", values: ["P-256", "P-384", "P-521", "P-256K"] },
                    keyOps: { type: "array", items: { type: "string", values: operations } },
                    keySize: { type: "integer" },
                    kty: { type: "string", values: ["EC", "EC-HSM", "RSA", "RSA-HSM"] },
                    releasePolicy: {
                        type: "object",
                        properties: { contentType: { type: "string" }, data: { type: "string" } },
                    },
                    rotationPolicy: {
                        type: "object",
                        properties: {
                            attributes: { type: "object", properties: { expiryTime: { type: "string" } } },
                            lifetimeActions: {
                                type: "array",
                                items: {
                                    type: "object",
                                    properties: {
                                        action: {
                                            type: "object",
                                            properties: { type: { type: "string", values: ["rotate", "notify"] } },
                                        },
                                        trigger: {
                                            type: "object",
                                            properties: {
                                                timeAfterCreate: { type: "string" },
                                                timeBeforeExpiry: { type: "string" },
                                            },
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
        outputs,
        durationKey: "key vault key",
        refuse: (inputs, context) => refusedKey(inputs, keyId(inputs, context.config), context),
        computed: (inputs, { id, inventory, previous }) => {
            if (previous !== undefined) {
                return Object.fromEntries(Object.keys(outputs).map((name) => [name, previous[name] ?? null]));
            }
            const vault = rowById(inventory, vaultType, parentId(id));
            const keyUri = `${textOf(mapOf(vault?.outputs["properties"])["vaultUri"])}keys/${textOf(inputs["keyName"])}`;
            const told = mapOf(inputs["properties"]);
            return {
                attributes: {
                    enabled: true,
                    exportable: false,
                    recoveryLevel: "Recoverable",
                    ...mapOf(told["attributes"]),
                },
                curveName: told["curveName"] ?? null,
                keyOps: told["keyOps"] ?? operations.slice(0, 6),
                keySize: told["keySize"] ?? 2048,
                keyUri,
                keyUriWithVersion: `${keyUri}/${guidFor(id).replaceAll("-", "")}`,
                kty: told["kty"] ?? "RSA",
                location: vault?.outputs["location"] ?? null,
                releasePolicy: told["releasePolicy"] ?? null,
                rotationPolicy: told["rotationPolicy"] ?? null,
            };
        },
        blocksDeletion: (row, inventory) => refusedKeyDeletion(row, inventory),
        leavesBehind: (row) => [{ ...row, type: deletedKeyType, urn: undefined }],
    },
);

function keyId({ resourceGroupName, vaultName, keyName }: PropertyMap, config: PropertyMap): string {
    const group = groupId(identityOf(config).subscriptionId, textOf(resourceGroupName));
    return resourceId(group, armType, [textOf(vaultName), textOf(keyName)]);
}

const getKey: InvokeModel = {
    token: "azure-native:keyvault:getKey",
    inputs: {
        keyName: { type: "string", required: true },
        resourceGroupName: { type: "string", required: true },
        vaultName: { type: "string", required: true },
    },
    outputs: { ...armOutputs, ...outputs, id: { type: "string" }, tags: { type: "map" } },
    answer: (inputs, { config, inventory }) => {
        const row = rowById(inventory, keyType, keyId(inputs, config));
        if (row === undefined) {
            throw new Error(
                armError(
                    404,
                    "KeyNotFound",
                    `A key with (name/id) ${textOf(inputs["keyName"])} was not found in this key vault.`,
                ),
            );
        }
        const told = Object.fromEntries(Object.keys(outputs).map((name) => [name, row.outputs[name] ?? null]));
        return {
            ...told,
            azureApiVersion: apiVersion,
            id: row.id,
            name: textOf(inputs["keyName"]),
            tags: null,
            type: armType,
        };
    },
};

export const vaultKeys: readonly ResourceModel[] = [keys];
export const vaultKeyInvokes: readonly InvokeModel[] = [getKey];
