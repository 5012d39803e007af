/** The `azure-native` package: what programs of this repository use of it. */
import type { CloudModel, PropertyModels } from "../model";
import { roleAssignments } from "./authorization/role-assignments";
import { roleDefinitions } from "./authorization/role-definitions";
import { containerService, containerServiceInvokes } from "./containerservice";
import { eventGrid } from "./eventgrid";
import { vaultKeyInvokes, vaultKeys } from "./keyvault/key";
import { keyVaultInvokes, keyVaults } from "./keyvault/vault";
import { managedIdentities, managedIdentityInvokes } from "./managedidentity/identity";
import { dnsInvokes, dnsResources } from "./dns";
import { managementLocks } from "./management-locks";
import { gatewayInvokes, gatewayResources } from "./network/application-gateway";
import { mysql } from "./mysql";
import { azureCacheInvokes, azureCaches } from "./redis/cache";
import { managedRedis, managedRedisInvokes } from "./redis/managed";
import { network } from "./network";
import { networkInvokes } from "./network/lookups";
import { privateDns } from "./privatedns";
import { resourceGroupInvokes, resourceGroups } from "./resource-groups";
import { storage, storageInvokes } from "./storage";

/** The first of these variables that is set; the real provider looks into the environment too. */
function fromEnvironment(name: string): string | undefined {
    const value = process.env[name];
    return value === "" ? undefined : value;
}

/** https://www.pulumi.com/registry/packages/azure-native/installation-configuration/ */
const config: PropertyModels = {
    auxiliaryTenantIds: { type: "array" },
    clientCertificatePassword: { type: "string", secret: true },
    clientCertificatePath: { type: "string" },
    clientId: { type: "string", default: fromEnvironment("ARM_CLIENT_ID") },
    clientSecret: { type: "string", secret: true, default: fromEnvironment("ARM_CLIENT_SECRET") },
    disableInstanceDiscovery: { type: "boolean" },
    disablePulumiPartnerId: { type: "boolean" },
    environment: { type: "string", default: fromEnvironment("ARM_ENVIRONMENT") },
    location: { type: "string" },
    metadataHost: { type: "string" },
    msiEndpoint: { type: "string" },
    oidcRequestToken: { type: "string", secret: true },
    oidcRequestUrl: { type: "string" },
    oidcToken: { type: "string", secret: true },
    oidcTokenFilePath: { type: "string" },
    partnerId: { type: "string" },
    subscriptionId: { type: "string", default: fromEnvironment("ARM_SUBSCRIPTION_ID") },
    tenantId: { type: "string", default: fromEnvironment("ARM_TENANT_ID") },
    useDefaultAzureCredential: { type: "boolean" },
    useMsi: { type: "boolean" },
    useOidc: { type: "boolean" },
};

export const azure: CloudModel = {
    name: "azure-native",
    sdk: "@pulumi/azure-native",
    config,
    resources: [
        resourceGroups,
        managementLocks,
        ...network,
        ...privateDns,
        roleAssignments,
        roleDefinitions,
        ...managedIdentities,
        ...keyVaults,
        ...vaultKeys,
        ...storage,
        ...eventGrid,
        ...containerService,
        ...gatewayResources,
        ...dnsResources,
        ...mysql,
        ...managedRedis,
        ...azureCaches,
    ],
    invokes: [
        ...resourceGroupInvokes,
        ...networkInvokes,
        ...managedIdentityInvokes,
        ...keyVaultInvokes,
        ...vaultKeyInvokes,
        ...storageInvokes,
        ...containerServiceInvokes,
        ...gatewayInvokes,
        ...dnsInvokes,
        ...managedRedisInvokes,
        ...azureCacheInvokes,
    ],
};
