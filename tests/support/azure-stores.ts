/** Database and cache on Azure, made against mocks or in the simulated cloud. */
import * as pulumi from "@pulumi/pulumi";
import { roleAssignmentType } from "../../sandbox/clouds/azure/authorization/role-assignments";
import { keyType } from "../../sandbox/clouds/azure/keyvault/key-rules";
import { vaultType } from "../../sandbox/clouds/azure/keyvault/vault-rules";
import { identityType } from "../../sandbox/clouds/azure/managedidentity/identity";
import { linkType, networkType, subnetType, zoneType } from "../../sandbox/clouds/azure/mysql/server-network";
import type { Row } from "../../sandbox/clouds/inventory";
import { isMap, textOf, type PropertyMap } from "../../sandbox/clouds/values";
import type { Size } from "../../sdk/args/application";
import type { AzureCacheArgs } from "../../sdk/azure/args/cache";
import type { AzureDatabaseArgs } from "../../sdk/azure/args/database";
import type { PrivateEndpointInput } from "../../sdk/azure/facts";
import { BuiltInRoles } from "../../sdk/azure/roles";
import type { AzureDeploymentScope } from "../../sdk/azure/scope";
import { type CacheOutputs, createCache } from "../../sdk/azure/stores/cache";
import { createDatabase, type DatabaseInput, type DatabaseOutputs } from "../../sdk/azure/stores/database";
import { isMarked } from "./aws-stores";
import {
    type AzurePartOptions,
    azureCloud,
    idIn,
    location,
    makeAzurePart,
    runAzurePart,
    subscriptionId,
} from "./azure-platform";
import type { TestCloud } from "./cloud-frame";
import type { GraphRecorder } from "./graph";
import type { ModelledCloud } from "./modelled-cloud";

export const networkId = idIn("Microsoft.Network/virtualNetworks/wandb");
export const databaseSubnetId = `${networkId}/subnets/database`;
export const databaseZoneId = idIn("Microsoft.Network/privateDnsZones/wandb.mysql.database.azure.com");
export const vaultId = idIn("Microsoft.KeyVault/vaults/wandb-vault");
export const encryptionIdentityId = idIn("Microsoft.ManagedIdentity/userAssignedIdentities/wandb-encryption");
export const otherIdentityId = idIn("Microsoft.ManagedIdentity/userAssignedIdentities/other");
const keyName = "database";
export const keyUri = `https://wandb-vault.vault.azure.net/keys/${keyName}`;
export const keyUriWithVersion = `${keyUri}/0123456789abcdef0123456789abcdef`;

/** In place of what links the network with the zone, and of a private endpoint. */
class Part extends pulumi.CustomResource {
    constructor(name: string, parent: pulumi.Resource, props: pulumi.Inputs = {}) {
        super(`test:index:${name}`, name, props, { parent });
    }
}

export interface AzureStoreOptions extends AzurePartOptions {
    readonly size?: Size;
    /** false: an own network without a subnet for the database. */
    readonly subnet?: boolean;
    /** false: Microsoft's. */
    readonly key?: boolean;
}

function surroundings(scope: AzureDeploymentScope, { subnet = true, key = true, size = "small" }: AzureStoreOptions) {
    const given: Omit<DatabaseInput, "database"> = {
        network: {
            ...(subnet
                ? {
                      databaseSubnetId: pulumi.output(databaseSubnetId),
                      databaseZone: { id: pulumi.output(databaseZoneId), ready: [new Part("Link", scope.parent)] },
                  }
                : {}),
            privateEndpoint: ({ service, ...rest }: PrivateEndpointInput) => [
                new Part("Endpoint", scope.parent, { service, ...rest }),
            ],
        },
        ...(key
            ? {
                  key: {
                      uri: pulumi.output(keyUri),
                      uriWithVersion: pulumi.output(keyUriWithVersion),
                      name: pulumi.output(keyName),
                  },
                  encryptionIdentity: {
                      id: pulumi.output(encryptionIdentityId),
                      name: pulumi.output("wandb-encryption"),
                      clientId: pulumi.output("client"),
                      principalId: pulumi.output("principal"),
                  },
              }
            : {}),
        size,
    };
    return given;
}

/** How a resource reacts to changes, which the graph does not tell. */
export interface ChangeOptions {
    readonly ignoreChanges: readonly string[];
    readonly replaceOnChanges: readonly string[];
    readonly deletedWith: string;
}

interface OptionsRequest {
    getName(): string;
    getIgnorechangesList(): string[];
    getReplaceonchangesList(): string[];
    getDeletedwith(): string;
}

interface Monitor {
    registerResource(request: OptionsRequest, callback: unknown): void;
}

function recordOptions(found: Map<string, ChangeOptions>): void {
    const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
    const register = monitor.registerResource.bind(monitor);
    monitor.registerResource = (request, callback) => {
        found.set(request.getName(), {
            ignoreChanges: request.getIgnorechangesList(),
            replaceOnChanges: request.getReplaceonchangesList(),
            deletedWith: request.getDeletedwith(),
        });
        register(request, callback);
    };
}

const outputs = {
    "azure-native:dbformysql:Server": {
        name: "wandb-database0badcafe",
        fullyQualifiedDomainName: "wandb-database0badcafe.mysql.database.azure.com",
    },
    "azure-native:redisenterprise:RedisEnterprise": {
        name: "wandb-cache0badcafe",
        hostName: "wandb-cache0badcafe.westeurope.redis.azure.net",
    },
    "azure-native:redisenterprise:Database": { name: "default", port: 10_000 },
    "azure-native:redis:Redis": {
        name: "wandb-cache0badcafe",
        hostName: "wandb-cache0badcafe.redis.cache.windows.net",
        sslPort: 6380,
    },
    "random:index/randomPassword:RandomPassword": { result: "generated" },
    "random:index/randomId:RandomId": (inputs: Readonly<Record<string, unknown>>) => ({
        hex: `${String(inputs["prefix"])}0badcafe`,
    }),
};

const answers = {
    "azure-native:redisenterprise:listDatabaseKeys": { primaryKey: "first-key", secondaryKey: "second-key" },
    "azure-native:redis:listRedisKeys": { primaryKey: "first-key", secondaryKey: "second-key" },
};

export interface MadeAzureStore<T> {
    readonly graph: GraphRecorder;
    readonly options: ReadonlyMap<string, ChangeOptions>;
    readonly store: T;
}

async function against<T>(
    given: AzureStoreOptions,
    make: (scope: AzureDeploymentScope, around: ReturnType<typeof surroundings>) => T,
): Promise<MadeAzureStore<T>> {
    const options = new Map<string, ChangeOptions>();
    const { graph, made } = await makeAzurePart(
        (scope) => {
            recordOptions(options);
            return make(scope, surroundings(scope, given));
        },
        { outputs, answers, ...given },
    );
    return { graph, options, store: made };
}

export const makeDatabase = (
    database: AzureDatabaseArgs = {},
    options: AzureStoreOptions = {},
): Promise<MadeAzureStore<DatabaseOutputs>> =>
    against(options, (scope, around) => createDatabase(scope, { ...around, database }));

export const makeCache = (
    cache: AzureCacheArgs = {},
    options: AzureStoreOptions = {},
): Promise<MadeAzureStore<CacheOutputs>> =>
    against(options, (scope, around) => createCache(scope, { ...around, cache }));

/** The group with a network, a zone that is linked with it, and a key that an identity may use. */
export async function startStoreCloud(): Promise<TestCloud> {
    const cloud = await azureCloud();
    const { inventory } = cloud.provider;
    const plant = (type: string, id: string, inputs: Row["inputs"], more: Row["outputs"] = {}) =>
        inventory.plant({ type, id, inputs, outputs: { ...inputs, name: id.split("/").at(-1) ?? "", ...more } });
    await plant(networkType, networkId, {}, { location });
    await plant(subnetType, databaseSubnetId, {
        delegations: [{ name: "mysql", serviceName: "Microsoft.DBforMySQL/flexibleServers" }],
    });
    await plant(subnetType, `${networkId}/subnets/plain`, {});
    await plant(zoneType, databaseZoneId, {});
    await plant(linkType, `${databaseZoneId}/virtualNetworkLinks/wandb`, { virtualNetwork: { id: networkId } });
    const properties = { enablePurgeProtection: true, sku: { name: "standard" } };
    await plant(vaultType, vaultId, { properties }, { properties, location });
    await plant(keyType, `${vaultId}/keys/${keyName}`, {}, { keyUri, keyUriWithVersion });
    await plant(identityType, encryptionIdentityId, {}, { principalId: "encryption" });
    await plant(identityType, otherIdentityId, {}, { principalId: "other" });
    const role = BuiltInRoles["Key Vault Crypto Service Encryption User"];
    await plant(roleAssignmentType, `${vaultId}/providers/Microsoft.Authorization/roleAssignments/use`, {
        principalId: "encryption",
        scope: vaultId,
        roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    });
    return cloud;
}

/** What is random is no resource of the cloud, and the mark of a secret no value of it. */
function prepareMocks(): void {
    const { mocks } = pulumi.runtime.getMonitor() as unknown as { readonly mocks: pulumi.runtime.Mocks };
    const make = mocks.newResource.bind(mocks);
    mocks.newResource = (args) => {
        const inputs = args.inputs as PropertyMap;
        if (args.type.startsWith("random:") || args.type.startsWith("test:")) {
            return { id: args.name, state: { result: "Generated1", hex: `${textOf(inputs["prefix"])}0badcafe` } };
        }
        const plain = Object.entries(inputs).map(([key, one]): [string, unknown] => [key, bare(one)]);
        return make({ ...args, inputs: Object.fromEntries(plain) });
    };
}

const bare = (value: unknown): unknown =>
    isMarked(value) && isMap(value) ? (value as { readonly value: unknown }).value : value;

export interface StoresRun {
    readonly run: ModelledCloud;
    readonly database: DatabaseOutputs;
    readonly cache: CacheOutputs;
}

/** Both stores in the simulated cloud, as the engine would make them. Rejects with what the cloud refuses. */
export async function makeStoresIn(
    cloud: TestCloud,
    args: { readonly database?: AzureDatabaseArgs; readonly cache?: AzureCacheArgs } = {},
    options: AzureStoreOptions = {},
): Promise<StoresRun> {
    const { run, made } = await runAzurePart(
        cloud,
        (scope) => {
            prepareMocks();
            const around = surroundings(scope, options);
            return {
                database: createDatabase(scope, { ...around, database: args.database ?? {} }),
                cache: createCache(scope, { ...around, cache: args.cache ?? {} }),
            };
        },
        options,
    );
    return { run, ...made };
}
