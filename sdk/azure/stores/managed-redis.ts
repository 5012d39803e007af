import { Database } from "@pulumi/azure-native/redisenterprise/database";
import { listDatabaseKeysOutput } from "@pulumi/azure-native/redisenterprise/listDatabaseKeys";
import { RedisEnterprise } from "@pulumi/azure-native/redisenterprise/redisEnterprise";
import * as pulumi from "@pulumi/pulumi";
import { type AzureCacheArgs, AzureCacheClusteringPolicy, AzureCacheEvictionPolicy } from "../args/cache";
import { managedMemory } from "../args/cache-skus";
import { MostWithoutCluster } from "../args/store-defaults";
import type { AzureDeploymentScope } from "../scope";
import type { CacheInput, MadeCache } from "./cache";
import { serverName } from "./server-name";

/** Managed Redis listens there and nowhere else, and calls its only database so. */
const Port = 10_000;
const DatabaseName = "default";

/** Azure Managed Redis. */
export function createManagedRedis(
    scope: AzureDeploymentScope,
    cache: AzureCacheArgs,
    sku: string,
    network: CacheInput["network"],
): MadeCache {
    const cluster = createCluster(scope, cache, sku);
    const database = createDatabase(scope, cache, sku, cluster);
    const keys = listDatabaseKeysOutput(
        { resourceGroupName: scope.resourceGroupName, clusterName: cluster.name, databaseName: database.name },
        { parent: scope.parent },
    );
    const endpoint = network.privateEndpoint({
        service: "managed-cache",
        // Not while the database is made: a cluster changes in one way at a time.
        targetId: pulumi.all([cluster.id, database.id]).apply(([id]) => id),
        endpointName: cache.endpointName,
    });
    return {
        host: cluster.hostName,
        port: Port,
        password: pulumi.secret(keys.primaryKey),
        id: cluster.id,
        name: cluster.name,
        ready: [database, ...endpoint],
    };
}

function createCluster(scope: AzureDeploymentScope, cache: AzureCacheArgs, sku: string): RedisEnterprise {
    const { name, parent, resourceGroupName, location, tags } = scope;
    const fixedName = serverName(scope, cache.identifier, {
        thing: "cache",
        longest: 60,
        pattern: /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/,
    });
    return new RedisEnterprise(
        `${name}-cache`,
        {
            resourceGroupName,
            location,
            clusterName: fixedName,
            sku: { name: sku },
            highAvailability: (cache.highAvailability ?? true) ? "Enabled" : "Disabled",
            minimumTlsVersion: "1.2",
            publicNetworkAccess: "Disabled",
            ...encryption(cache),
            tags,
        },
        {
            parent,
            // Its name is taken until it is gone. A cache may be missing for a while.
            deleteBeforeReplace: fixedName !== undefined || undefined,
            customTimeouts: { create: "1h", update: "2h", delete: "1h" },
        },
    );
}

function encryption({ encryptionKey }: AzureCacheArgs) {
    return (
        encryptionKey && {
            identity: { type: "UserAssigned", userAssignedIdentities: [encryptionKey.identityId] },
            encryption: {
                customerManagedKeyEncryption: {
                    keyEncryptionKeyUrl: encryptionKey.keyUri,
                    keyEncryptionKeyIdentity: {
                        identityType: "userAssignedIdentity",
                        userAssignedIdentityResourceId: encryptionKey.identityId,
                    },
                },
            },
        }
    );
}

function createDatabase(scope: AzureDeploymentScope, cache: AzureCacheArgs, sku: string, cluster: RedisEnterprise) {
    return new Database(
        `${scope.name}-cache-database`,
        {
            resourceGroupName: scope.resourceGroupName,
            clusterName: cluster.name,
            databaseName: DatabaseName,
            clientProtocol: "Encrypted",
            port: Port,
            accessKeysAuthentication: "Enabled",
            clusteringPolicy: cache.clusteringPolicy ?? policyOf(sku),
            evictionPolicy: cache.evictionPolicy ?? AzureCacheEvictionPolicy.VolatileLru,
            persistence: {
                aofEnabled: cache.appendOnlyFile ?? false,
                aofFrequency: cache.appendOnlyFile === true ? "1s" : undefined,
                rdbEnabled: cache.snapshotPeriod !== undefined,
                rdbFrequency: cache.snapshotPeriod,
            },
        },
        {
            parent: scope.parent,
            // There is one of that name. It goes with its cluster.
            deleteBeforeReplace: true,
            deletedWith: cluster,
            customTimeouts: { create: "1h", update: "1h", delete: "1h" },
        },
    );
}

/** W&B's clients know nothing of clusters, and write several keys at once. */
function policyOf(sku: string): AzureCacheClusteringPolicy {
    return (managedMemory(sku) ?? 0) <= MostWithoutCluster
        ? AzureCacheClusteringPolicy.NoCluster
        : AzureCacheClusteringPolicy.EnterpriseCluster;
}
