import * as pulumi from "@pulumi/pulumi";
import type { CloudDeployment, Published } from "../contract/cloud-input";
import type { BucketFacts, Infrastructure } from "../contract/infrastructure";
import { notKnown } from "../unknown";
import { AzureSizes } from "../sizes";
import { publishNames } from "./entry/entry";
import type { AzureInput } from "./folder";
import { type AzureParts, createParts, readyOf } from "./infrastructure";
import type { AzureOutputs } from "./outputs";

/** Makes, or looks up, everything on which W&B runs on Azure. */
export function createDeployment(
    name: string,
    parent: pulumi.Resource,
    input: AzureInput,
): CloudDeployment<AzureOutputs> {
    const parts = createParts(name, parent, input);
    return {
        infrastructure: infrastructure(parts, input),
        publish: (address) => publish(parts, input, address),
    };
}

/** The facts that the operator layer needs. */
function infrastructure(parts: AzureParts, { stores }: AzureInput): Infrastructure {
    const { cluster, identity, database, cache, bucket, entry, monitoring } = parts;
    const { name, kubeconfig, provider, access } = cluster;
    const bucketFacts = stores.bucket ?? bucket?.facts;
    if (bucketFacts === undefined) {
        throw new Error("a bucket is made when none is named");
    }
    return {
        cloud: "azure",
        cluster: { name, kubeconfig, provider, access },
        database: stores.database === "in-cluster" ? undefined : (stores.database ?? database?.facts),
        cache: stores.cache === "in-cluster" ? undefined : (stores.cache ?? cache?.facts),
        bucket: bucketFacts,
        ingress: entry?.facts ?? {},
        companions: entry?.companions,
        held: entry?.held,
        identity: identity.facts,
        azureMetrics: monitoring?.facts,
        workerToken: parts.workerToken,
        compute: cluster.nodes,
        ready: readyOf(parts),
    };
}

/** What needs the load balancer, where that is made with the Ingress. */
function publish(
    parts: AzureParts,
    input: AzureInput,
    served: pulumi.Output<string | undefined>,
): Published<AzureOutputs> {
    const { scope, entry, gateway } = parts;
    const late =
        entry !== undefined && gateway === undefined
            ? publishNames(
                  scope,
                  input,
                  served.apply((address) => address ?? notKnown<string>()),
              )
            : undefined;
    return {
        names: entry?.names ?? late ?? pulumi.output<string[]>([]),
        outputs: outputs(parts, input),
    };
}

function outputs(parts: AzureParts, input: AzureInput): AzureOutputs {
    const { scope, network, keys, cluster, app, clickHouse } = parts;
    return {
        subscriptionId: scope.subscriptionId,
        tenantId: scope.tenantId,
        location: scope.location,
        resourceGroupName: scope.resourceGroupName,
        vnetId: network.vnetId,
        nodeSubnetId: network.nodeSubnetId,
        vaultId: keys.vaultId,
        vaultUri: keys.vaultUri,
        clusterId: cluster.id,
        clusterEndpoint: cluster.endpoint,
        clusterCertificateAuthority: cluster.certificateAuthority,
        clusterTokenIssuer: cluster.tokenIssuer,
        nodeResourceGroup: cluster.nodeResourceGroup,
        appClientId: app.clientId,
        appPrincipalId: app.principalId,
        clickHouseEndpointId: clickHouse?.endpointId,
        ...nodeOutputs(input),
        ...databaseOutputs(parts),
        ...cacheOutputs(parts),
        ...bucketOutputs(parts, input),
        ...entryOutputs(parts, input),
    };
}

function nodeOutputs({ azure, size }: AzureInput): Partial<AzureOutputs> {
    if (azure.cluster?.existing !== undefined) {
        return {};
    }
    const { vmSize, minPerZone, maxPerZone } = azure.cluster?.nodes ?? {};
    const { nodeVmSize, minNodesPerZone, maxNodesPerZone } = AzureSizes[size];
    return {
        nodeVmSize: pulumi.output(vmSize ?? nodeVmSize),
        minNodesPerZone: pulumi.output(minPerZone ?? minNodesPerZone),
        maxNodesPerZone: pulumi.output(maxPerZone ?? maxNodesPerZone),
    };
}

function databaseOutputs({ database }: AzureParts): Partial<AzureOutputs> {
    if (database === undefined) {
        return {};
    }
    const { facts, password, sku, serverId } = database;
    const { host, port, name, username } = facts;
    return {
        databaseServerId: serverId,
        databaseName: pulumi.output(name),
        databaseUsername: pulumi.output(username),
        databasePassword: password,
        databaseConnectionString: pulumi.interpolate`mysql://${username}:${password}@${host}:${port}/${name}`,
        databaseSku: pulumi.output(sku),
    };
}

function cacheOutputs({ cache }: AzureParts): Partial<AzureOutputs> {
    return {
        cacheId: cache?.cacheId,
        cacheAddress: cache && pulumi.interpolate`${cache.facts.host}:${cache.facts.port}`,
    };
}

function bucketOutputs({ bucket }: AzureParts, { stores }: AzureInput): Partial<AzureOutputs> {
    const { account, prefix }: Partial<BucketFacts> = stores.bucket ?? bucket?.facts ?? {};
    return {
        storageAccountName: account === undefined ? undefined : pulumi.output(account),
        storageAccountId: bucket?.accountId,
        bucketPrefix: prefix === undefined ? undefined : pulumi.output(prefix),
        bucketEventQueue: bucket?.events?.queueName,
    };
}

function entryOutputs({ gateway }: AzureParts, { azure }: AzureInput): Partial<AzureOutputs> {
    const linked = azure.privateLink === undefined ? undefined : gateway;
    return {
        gatewayId: gateway?.id,
        privateLinkResourceId: linked?.id,
        privateLinkName: linked?.frontendName,
    };
}
