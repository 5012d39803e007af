/** What a program can say of a storage account. https://learn.microsoft.com/en-us/rest/api/storagerp/storage-accounts/create */
import type { PropertyModel, PropertyModels } from "../../model";

const service: PropertyModel = {
    type: "object",
    properties: { enabled: { type: "boolean" }, keyType: { type: "string", values: ["Service", "Account"] } },
};

const encryption: PropertyModel = {
    type: "object",
    properties: {
        encryptionIdentity: {
            type: "object",
            properties: {
                encryptionFederatedIdentityClientId: { type: "string" },
                encryptionUserAssignedIdentity: { type: "string" },
            },
        },
        keySource: { type: "string", values: ["Microsoft.Storage", "Microsoft.Keyvault"] },
        keyVaultProperties: {
            type: "object",
            properties: {
                keyName: { type: "string" },
                keyVaultUri: { type: "string" },
                keyVersion: { type: "string" },
            },
        },
        requireInfrastructureEncryption: { type: "boolean" },
        services: { type: "object", properties: { blob: service, file: service, queue: service, table: service } },
    },
};

const action: PropertyModel = { type: "string", values: ["Allow"] };

const networkRuleSet: PropertyModel = {
    type: "object",
    properties: {
        bypass: { type: "string" },
        defaultAction: { type: "string", required: true, values: ["Allow", "Deny"] },
        ipRules: {
            type: "array",
            items: { type: "object", properties: { action, iPAddressOrRange: { type: "string", required: true } } },
        },
        resourceAccessRules: {
            type: "array",
            items: { type: "object", properties: { resourceId: { type: "string" }, tenantId: { type: "string" } } },
        },
        virtualNetworkRules: {
            type: "array",
            items: {
                type: "object",
                properties: {
                    action,
                    state: { type: "string" },
                    virtualNetworkResourceId: { type: "string", required: true },
                },
            },
        },
    },
};

const standard = ["LRS", "GRS", "RAGRS", "ZRS", "GZRS", "RAGZRS"].map((kind) => `Standard_${kind}`);
const provisioned = ["LRS", "GRS", "ZRS", "GZRS"].map((kind) => `StandardV2_${kind}`);
const premium = ["Premium", "PremiumV2"].flatMap((kind) => [`${kind}_LRS`, `${kind}_ZRS`]);

export const accountInputs: PropertyModels = {
    accessTier: { type: "string", values: ["Hot", "Cool", "Cold", "Premium"] },
    allowBlobPublicAccess: { type: "boolean" },
    allowCrossTenantReplication: { type: "boolean" },
    allowSharedKeyAccess: { type: "boolean" },
    allowedCopyScope: { type: "string", values: ["PrivateLink", "AAD"] },
    customDomain: {
        type: "object",
        properties: { name: { type: "string", required: true }, useSubDomainName: { type: "boolean" } },
    },
    defaultToOAuthAuthentication: { type: "boolean" },
    dnsEndpointType: { type: "string", values: ["Standard", "AzureDnsZone"] },
    enableHttpsTrafficOnly: { type: "boolean" },
    enableNfsV3: { type: "boolean" },
    encryption,
    identity: {
        type: "object",
        properties: {
            type: {
                type: "string",
                required: true,
                values: ["None", "SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned"],
            },
            userAssignedIdentities: { type: "array" },
        },
    },
    isHnsEnabled: { type: "boolean" },
    isLocalUserEnabled: { type: "boolean" },
    isSftpEnabled: { type: "boolean" },
    keyPolicy: {
        type: "object",
        properties: { keyExpirationPeriodInDays: { type: "integer", required: true } },
    },
    kind: {
        type: "string",
        required: true,
        values: ["Storage", "StorageV2", "BlobStorage", "FileStorage", "BlockBlobStorage"],
    },
    largeFileSharesState: { type: "string", values: ["Disabled", "Enabled"] },
    minimumTlsVersion: { type: "string", values: ["TLS1_0", "TLS1_1", "TLS1_2", "TLS1_3"] },
    networkRuleSet,
    publicNetworkAccess: { type: "string", values: ["Enabled", "Disabled", "SecuredByPerimeter"] },
    routingPreference: {
        type: "object",
        properties: {
            publishInternetEndpoints: { type: "boolean" },
            publishMicrosoftEndpoints: { type: "boolean" },
            routingChoice: { type: "string", values: ["MicrosoftRouting", "InternetRouting"] },
        },
    },
    sasPolicy: {
        type: "object",
        properties: {
            expirationAction: { type: "string", required: true, values: ["Log", "Block"] },
            sasExpirationPeriod: { type: "string", required: true },
        },
    },
    sku: {
        type: "object",
        required: true,
        properties: { name: { type: "string", required: true, values: [...standard, ...provisioned, ...premium] } },
    },
};
