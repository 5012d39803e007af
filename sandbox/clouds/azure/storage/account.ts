/** Storage accounts, as of @pulumi/azure-native 3.28. */
import { createHash } from "node:crypto";
import type { ComputeContext, InvokeModel, RefuseContext, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { arm, placeOf } from "../arm";
import { armError, resourceNotFound } from "../errors";
import { guidFor, identityOf, rowById } from "../ids";
import { lockOver, refusedByLock } from "../locks";
import { accountInputs } from "./account-inputs";
import { refusedStorageAccount } from "./account-rules";
import { identityType } from "../managedidentity/identity";
import { identitiesOf } from "./identities";
import { accountIdOf, accountOf, accountType, containerType, deletedContainerType, storageApiVersion } from "./shared";

const services = ["blob", "queue", "table", "file", "dfs", "web"];

function endpointsOf(name: string): PropertyMap {
    return Object.fromEntries(
        services.map((service) => [
            service,
            // The number of the web endpoint is the region's.
            service === "web"
                ? `https://${name}.z6.web.core.windows.net/`
                : `https://${name}.${service}.core.windows.net/`,
        ]),
    );
}

function identityTold(inputs: PropertyMap, { id, config, inventory }: ComputeContext): PropertyMap {
    const { identity } = inputs;
    if (!isMap(identity)) {
        return {};
    }
    const type = textOf(identity["type"]);
    const told: PropertyMap = { type };
    if (type.split(",").includes("SystemAssigned")) {
        told["principalId"] = guidFor(`${id}/identity`);
        told["tenantId"] = identityOf(config).tenantId;
    }
    const users = identitiesOf(inputs).map((userId): [string, PropertyMap] => {
        const { clientId = "", principalId = "" } = rowById(inventory, identityType, userId)?.outputs ?? {};
        return [userId, { clientId, principalId }];
    });
    if (users.length > 0) {
        told["userAssignedIdentities"] = Object.fromEntries(users);
    }
    return { identity: told };
}

/** What Azure fills in where a program says nothing. */
function encryptionTold({ encryption }: PropertyMap, previous: PropertyMap | undefined): PropertyMap {
    const given = isMap(encryption) ? encryption : {};
    const enabled = { enabled: true, keyType: "Account", lastEnabledTime: "2026-01-01T00:00:00.0000000Z" };
    const services =
        given["services"] ?? (isMap(previous?.["encryption"]) ? previous["encryption"]["services"] : undefined);
    return { keySource: "Microsoft.Storage", ...given, services: services ?? { blob: enabled, file: enabled } };
}

const account: ResourceModel = arm(
    {
        type: "Microsoft.Storage/storageAccounts",
        apiVersion: storageApiVersion,
        names: ["accountName"],
        name: { pattern: /^[a-z0-9]{3,24}$/, rule: "must be 3 to 24 lower-case letters and digits", longest: 24 },
        // https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/tag-resources#limitations
        tags: { longest: 128 },
    },
    {
        token: accountType,
        inputs: accountInputs,
        outputs: {
            accessTier: { type: "string" },
            accountMigrationInProgress: { type: "boolean" },
            creationTime: { type: "string" },
            encryption: { type: "any" },
            failoverInProgress: { type: "boolean" },
            identity: { type: "any" },
            isSkuConversionBlocked: { type: "boolean" },
            keyCreationTime: { type: "any" },
            networkRuleSet: { type: "any" },
            primaryEndpoints: { type: "any" },
            primaryLocation: { type: "string" },
            privateEndpointConnections: { type: "array" },
            provisioningState: { type: "string" },
            sku: { type: "any" },
            statusOfPrimary: { type: "string" },
        },
        replaceOn: ["isHnsEnabled"],
        durationKey: "storage account, vault, vnet, subnet, identity",
        refuse: (inputs, context: RefuseContext) =>
            refusedStorageAccount(inputs, { ...context, location: placeOf(inputs, context) }),
        computed: (inputs, context) => {
            const { previous } = context;
            const sku = isMap(inputs["sku"]) ? textOf(inputs["sku"]["name"]) : "";
            const now = new Date().toISOString();
            return {
                accessTier: inputs["accessTier"] ?? "Hot",
                accountMigrationInProgress: false,
                creationTime: previous?.["creationTime"] ?? now,
                encryption: encryptionTold(inputs, previous),
                ...identityTold(inputs, context),
                failoverInProgress: false,
                isSkuConversionBlocked: false,
                keyCreationTime: previous?.["keyCreationTime"] ?? { key1: now, key2: now },
                networkRuleSet: {
                    bypass: "AzureServices",
                    defaultAction: "Allow",
                    ipRules: [],
                    virtualNetworkRules: [],
                    ...(isMap(inputs["networkRuleSet"]) ? inputs["networkRuleSet"] : {}),
                },
                primaryEndpoints: endpointsOf(textOf(inputs["accountName"])),
                primaryLocation: placeOf(inputs, context),
                privateEndpointConnections: [],
                provisioningState: "Succeeded",
                sku: { name: sku, tier: sku.startsWith("Premium") ? "Premium" : "Standard" },
                statusOfPrimary: "available",
            };
        },
        blocksDeletion: ({ id }, inventory) => {
            const held = inventory.find(
                containerType,
                (row) =>
                    row.id.startsWith(`${id}/`) &&
                    (row.outputs["hasLegalHold"] === true || row.outputs["hasImmutabilityPolicy"] === true),
            );
            return held === undefined
                ? undefined
                : armError(
                      409,
                      "AccountProtectedFromDeletion",
                      "The account has containers with immutable blobs and cannot be deleted.",
                  );
        },
        takesAlong: ({ id }, inventory) =>
            inventory.rows(deletedContainerType).filter((row) => row.id.startsWith(`${id}/`)),
    },
);

export const accounts: readonly ResourceModel[] = [account];

/** Two keys of 64 bytes, which no program chooses. */
function keyOf(id: string, name: string): string {
    return createHash("sha512").update(`${id}/${name}`).digest("base64");
}

const listKeys: InvokeModel = {
    token: "azure-native:storage:listStorageAccountKeys",
    inputs: {
        accountName: { type: "string", required: true },
        expand: { type: "string", values: ["kerb"] },
        resourceGroupName: { type: "string", required: true },
    },
    outputs: {
        keys: {
            type: "array",
            items: {
                type: "object",
                properties: {
                    creationTime: { type: "string" },
                    keyName: { type: "string" },
                    permissions: { type: "string" },
                    value: { type: "string" },
                },
            },
        },
    },
    answer: (inputs, context) => {
        const row = accountOf(inputs, context);
        const id = accountIdOf(inputs, context);
        // To list keys is a POST, which a read-only lock forbids.
        const refused =
            row === undefined
                ? resourceNotFound(
                      "Microsoft.Storage/storageAccounts",
                      textOf(inputs["accountName"]),
                      textOf(inputs["resourceGroupName"]),
                  )
                : refusedByLock(lockOver(context.inventory, id, "write"), id, "write");
        if (refused !== undefined) {
            throw new Error(refused);
        }
        const keys = ["key1", "key2"].map((keyName) => ({
            creationTime: textOf(row?.outputs["creationTime"]),
            keyName,
            permissions: "FULL",
            value: keyOf(id, keyName),
        }));
        return { keys };
    },
};

export const storageInvokes: readonly InvokeModel[] = [listKeys];
