import type * as pulumi from "@pulumi/pulumi";
import type { Infrastructure } from "../contract/infrastructure";
import { AzureSizes } from "../sizes";
import { createWorkerToken } from "../worker-token";
import { AzureBucketEncryption } from "./args/bucket";
import { AzureCacheKind } from "./args/cache";
import { AzurePodNetwork } from "./args/cluster-network";
import { AzureIngressController } from "./args/entry";
import { type BucketPart, createBucketPart } from "./bucket/part";
import { createCluster } from "./cluster/cluster";
import { createControlPlaneIdentity } from "./cluster/identity";
import { type ClickHouseOutputs, connectClickHouse } from "./entry/click-house";
import { createEntry, type EntryPart } from "./entry/entry";
import { createGateway, type GatewayFacts } from "./entry/gateway";
import { gatewayInbound } from "./entry-plan";
import type { AksFacts, AzureIdentity, KeysFacts, NetworkFacts } from "./facts";
import type { AzureInput } from "./folder";
import { createAppIdentity, createIdentity, type IdentityPart } from "./identity/identity";
import { createMonitoring, type MonitoringOutputs, type WatchedResource } from "./identity/monitoring";
import { createKeys } from "./keys/keys";
import { createNetwork } from "./network/network";
import { createResourceGroup } from "./resource-group";
import type { AzureDeploymentScope } from "./scope";
import { type CacheOutputs, createCache } from "./stores/cache";
import { createDatabase, type DatabaseOutputs } from "./stores/database";

/** All parts of a deployment on Azure. A store is absent when the caller names one, or leaves it to the chart. */
export interface AzureParts {
    readonly scope: AzureDeploymentScope;
    readonly network: NetworkFacts;
    readonly keys: KeysFacts;
    readonly cluster: AksFacts;
    readonly database?: DatabaseOutputs;
    readonly cache?: CacheOutputs;
    readonly bucket?: BucketPart;
    readonly app: AzureIdentity;
    readonly identity: IdentityPart;
    readonly gateway?: GatewayFacts;
    readonly entry?: EntryPart;
    readonly clickHouse?: ClickHouseOutputs;
    readonly monitoring?: MonitoringOutputs;
    readonly workerToken: pulumi.Output<string>;
}

/** Makes the parts, or looks up those that are there. Nothing waits for another part but by what it needs of it. */
export function createParts(name: string, parent: pulumi.Resource, input: AzureInput): AzureParts {
    const { azure, entry: plan } = input;
    const scope = createResourceGroup(name, parent, {
        ...input,
        resourceGroup: azure.resourceGroup,
        location: azure.location,
    });
    const network = createNetwork(scope, azure.network ?? {}, networkInput(input));
    const app = createAppIdentity(scope, azure.identity ?? {});
    const gateway =
        plan.loadBalancer && plan.controller === AzureIngressController.ApplicationGateway
            ? createGateway(scope, {
                  args: azure.loadBalancer ?? {},
                  plan,
                  network,
                  privateLink: azure.privateLink,
              })
            : undefined;
    const { keys, cluster } = createCompute(scope, input, { network, gateway });
    const stores = madeStores(scope, input, { network, keys, app });
    return {
        scope,
        network,
        keys,
        cluster,
        ...stores,
        app,
        identity: createIdentity(scope, {
            identity: azure.identity ?? {},
            app,
            namespace: input.namespace,
            accounts: input.accounts,
            tokenIssuer: cluster.tokenIssuer,
            keys,
            ownVault: azure.key?.existingVaultId !== undefined,
        }),
        gateway,
        entry: plan.loadBalancer ? createEntry(scope, input, { network, cluster, gateway }) : undefined,
        clickHouse: azure.clickHouse && connectClickHouse(scope, { args: azure.clickHouse, network }),
        monitoring: monitoring(scope, input, { ...stores, cluster }),
        workerToken: createWorkerToken(scope),
    };
}

/** Subnets are made for what is made in them. */
function networkInput({ azure, entry, stores }: AzureInput): Parameters<typeof createNetwork>[2] {
    const { cluster = {}, loadBalancer = {}, privateLink } = azure;
    return {
        wants: {
            database: stores.database === undefined,
            gateway: entry.createsGateway,
            apiServer: cluster.existing === undefined && cluster.apiServer?.vnetIntegration !== false,
            privateLink: privateLink !== undefined,
            overlay: cluster.existing === undefined && cluster.network?.pods !== AzurePodNetwork.NodeSubnet,
        },
        gatewayInbound: gatewayInbound(entry, loadBalancer),
    };
}

/** The cluster, and the vault, whose key encrypts its Secrets. */
function createCompute(
    scope: AzureDeploymentScope,
    { azure, access, entry, size, stores }: AzureInput,
    { network, gateway }: Pick<AzureParts, "network" | "gateway">,
): Pick<AzureParts, "keys" | "cluster"> {
    const { cluster = {}, bucket = {} } = azure;
    const controlPlane =
        cluster.existing === undefined ? createControlPlaneIdentity(scope, { cluster, network }) : undefined;
    const keys = createKeys(scope, {
        key: azure.key ?? {},
        wants: {
            cluster: controlPlane !== undefined,
            database: stores.database === undefined,
            storage: stores.bucket === undefined && bucket.encryption !== AzureBucketEncryption.Microsoft,
        },
        network,
        controlPlane: controlPlane?.identity,
    });
    const routed = entry.loadBalancer && entry.controller === AzureIngressController.AppRouting;
    const made = createCluster(scope, {
        cluster,
        access,
        network,
        controlPlane,
        keys,
        gatewayId: gateway?.id,
        webAppRouting: routed ? { controller: entry.createsNginx ? "None" : "External" } : undefined,
        size: AzureSizes[size],
    });
    return { keys, cluster: made };
}

/** Database, cache and bucket, each unless the caller names one or leaves it to the chart. */
function madeStores(
    scope: AzureDeploymentScope,
    { azure, stores, size, host, additionalHosts }: AzureInput,
    { network, keys, app }: Pick<AzureParts, "network" | "keys" | "app">,
): Pick<AzureParts, "database" | "cache" | "bucket"> {
    const { database = {}, cache = {}, bucket = {} } = azure;
    const { encryptionIdentity } = keys;
    return {
        database:
            stores.database === undefined
                ? createDatabase(scope, { database, network, key: keys.database, encryptionIdentity, size })
                : undefined,
        cache: stores.cache === undefined ? createCache(scope, { cache, network, size }) : undefined,
        bucket:
            stores.bucket === undefined
                ? createBucketPart(scope, {
                      bucket,
                      key: keys.storage,
                      encryptionIdentity,
                      hosts: [host, ...additionalHosts],
                      network,
                      appIdentity: app,
                  })
                : undefined,
    };
}

/** Metrics of what is made here. */
function monitoring(
    scope: AzureDeploymentScope,
    { azure, namespace, accounts }: AzureInput,
    { cluster, database, cache }: Pick<AzureParts, "cluster" | "database" | "cache">,
): MonitoringOutputs | undefined {
    if (azure.monitoring?.azureMonitor !== true) {
        return undefined;
    }
    const watched: Record<string, WatchedResource> = {
        ...(database && { database: { id: database.serverId, type: "Microsoft.DBforMySQL/flexibleServers" } }),
        ...(cache && { cache: { id: cache.cacheId, type: cacheType(azure) } }),
    };
    return createMonitoring(scope, {
        identityName: azure.identity?.metricsIdentityName,
        namespace,
        serviceAccountName: `${accounts.prefix}otel-daemonset`,
        tokenIssuer: cluster.tokenIssuer,
        watched,
    });
}

function cacheType({ cache = {} }: AzureInput["azure"]): string {
    return cache.kind === AzureCacheKind.AzureCache ? "Microsoft.Cache/redis" : "Microsoft.Cache/redisEnterprise";
}

/** What must be there before the custom resource, and must outlive it. */
export function readyOf(parts: AzureParts): Infrastructure["ready"] {
    const { network, keys, cluster, identity, database, cache, bucket, entry, clickHouse, monitoring } = parts;
    return [
        ...network.egress,
        ...keys.ready,
        ...cluster.ready,
        ...identity.ready,
        ...(database?.ready ?? []),
        ...(cache?.ready ?? []),
        ...(bucket?.ready ?? []),
        ...(entry?.ready ?? []),
        ...(clickHouse?.ready ?? []),
        ...(monitoring?.ready ?? []),
    ];
}
