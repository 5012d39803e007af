import * as pulumi from "@pulumi/pulumi";
import type { CloudDeployment, Published } from "../contract/cloud-input";
import type { BucketFacts, Infrastructure } from "../contract/infrastructure";
import { GcpSizes } from "../sizes";
import { ownBucketGrants } from "./bucket/part";
import { createFrontendConfig } from "./entry/frontend";
import { ingressFacts } from "./entry/ingress";
import { publishPrivateServiceConnect } from "./entry/private-service-connect";
import type { GcpInput } from "./folder";
import { createParts, type GcpParts, isOwnBucket } from "./infrastructure";
import type { GcpOutputs } from "./outputs";

/** Makes, or looks up, everything on which W&B runs on Google Cloud. */
export function createDeployment(name: string, parent: pulumi.Resource, input: GcpInput): CloudDeployment<GcpOutputs> {
    const parts = createParts(name, parent, input);
    return {
        infrastructure: infrastructure(parts, input),
        publish: (address) => publish(parts, input, address),
    };
}

/** The facts that the operator layer needs. */
function infrastructure(parts: GcpParts, input: GcpInput): Infrastructure {
    const { scope, cluster, network, identity, database, cache, bucket, events, bigtable, monitoring } = parts;
    const { name, kubeconfig, provider, access } = cluster;
    const { stores } = input;
    const { project } = scope;
    const bucketFacts = stores.bucket ?? bucket?.facts;
    if (bucketFacts === undefined) {
        throw new Error("a bucket is made when none is named");
    }
    return {
        cloud: "gcp",
        cluster: { name, kubeconfig, provider, access },
        database: stores.database === "in-cluster" ? undefined : (stores.database ?? database?.facts),
        cache: stores.cache === "in-cluster" ? undefined : (stores.cache ?? cache?.facts),
        bucket: bucketFacts,
        ...wayIn(parts, input),
        identity: identity.facts,
        googleMetrics: monitoring?.facts,
        queues: events && { project, ...events },
        historyStore: bigtable && { project, instance: bigtable.instance },
        workerToken: parts.workerToken,
        compute: cluster.nodes,
        ready: [
            ...network.egress,
            ...(parts.entry?.loadBalancer.ready ?? []),
            ...cluster.ready,
            ...identity.ready,
            ...(database?.ready ?? []),
            ...(cache?.ready ?? []),
            ...(parts.clickHouse?.ready ?? []),
            ...(monitoring?.ready ?? []),
        ],
    };
}

/** What GKE makes the load balancer of. */
function wayIn(
    { scope, cluster, entry }: GcpParts,
    { gcp, entry: plan, ingressName }: GcpInput,
): Pick<Infrastructure, "ingress" | "held" | "companions"> {
    if (entry === undefined) {
        return { ingress: {} };
    }
    const { loadBalancer, certificates } = entry;
    const { loadBalancer: args = {} } = gcp;
    const { tlsPolicy, securityPolicy } = loadBalancer;
    const frontendConfigName = ingressName;
    return {
        ingress: {
            ...ingressFacts({ args, plan, loadBalancer, certificateNames: certificates.names, frontendConfigName }),
            securityPolicy,
        },
        held: entry.held,
        companions:
            tlsPolicy &&
            ((inNamespace) => [
                createFrontendConfig(scope, {
                    name: frontendConfigName,
                    namespace: inNamespace,
                    provider: cluster.provider,
                    tlsPolicy,
                    redirect: args.httpRedirect ?? true,
                }),
            ]),
    };
}

/** What needs the load balancer that GKE has made of the Ingress. */
function publish(parts: GcpParts, input: GcpInput, served: pulumi.Output<string | undefined>): Published<GcpOutputs> {
    const { scope, network, apis, entry } = parts;
    const { privateServiceConnect: args } = input.gcp;
    const attachment =
        args &&
        entry &&
        publishPrivateServiceConnect(scope, {
            args,
            network,
            behind: { address: entry.loadBalancer.address.address, served, tls: input.entry.tls },
            apis,
        });
    return {
        names: entry?.names ?? pulumi.output<string[]>([]),
        outputs: { ...outputs(parts, input), serviceAttachmentId: attachment?.attachmentId },
    };
}

function outputs(parts: GcpParts, input: GcpInput): GcpOutputs {
    const { scope, network, keys, cluster, identity, clickHouse } = parts;
    return {
        project: scope.project,
        region: scope.region,
        networkId: network.networkId,
        subnetworkId: network.subnetworkId,
        kmsKeyId: keys.made,
        kmsKeyGrants: keys.grants,
        clusterId: cluster.id,
        clusterLocation: cluster.location,
        clusterEndpoint: cluster.endpoint,
        clusterCertificateAuthority: cluster.certificateAuthority,
        clusterTokenIssuer: cluster.tokenIssuer,
        appServiceAccountEmail: identity.email,
        clickHouseConnectionId: clickHouse?.connectionId,
        ...nodeOutputs(parts, input),
        ...databaseOutputs(parts),
        ...cacheOutputs(parts),
        ...bucketOutputs(parts, input),
        ...entryOutputs(parts),
    };
}

function nodeOutputs({ cluster }: GcpParts, { gcp, size }: GcpInput): Partial<GcpOutputs> {
    if (gcp.cluster?.existing !== undefined) {
        return {};
    }
    const { machineType, minPerZone, maxPerZone } = gcp.cluster?.nodes ?? {};
    const { nodeMachineType, minNodesPerZone, maxNodesPerZone } = GcpSizes[size];
    return {
        nodeServiceAccountEmail: cluster.nodeServiceAccountEmail,
        nodeMachineType: pulumi.output(machineType ?? nodeMachineType),
        minNodesPerZone: pulumi.output(minPerZone ?? minNodesPerZone),
        maxNodesPerZone: pulumi.output(maxPerZone ?? maxNodesPerZone),
    };
}

function databaseOutputs({ database }: GcpParts): Partial<GcpOutputs> {
    if (database === undefined) {
        return {};
    }
    const { facts, password, tier, connectionName } = database;
    const { host, port, name, username } = facts;
    return {
        databaseName: pulumi.output(name),
        databaseUsername: pulumi.output(username),
        databasePassword: password,
        databaseConnectionString: pulumi.interpolate`mysql://${username}:${password}@${host}:${port}/${name}`,
        databaseConnectionName: connectionName,
        databaseTier: pulumi.output(tier),
    };
}

function cacheOutputs({ cache }: GcpParts): Partial<GcpOutputs> {
    return {
        cacheAddress: cache && pulumi.interpolate`${cache.facts.host}:${cache.facts.port}`,
        cacheMemoryGb: cache && pulumi.output(cache.memorySizeGb),
    };
}

/** Where the bucket is, whoever made it, and what the owner of one that was there before must grant. */
function bucketOutputs({ bucket, identity }: GcpParts, { stores }: GcpInput): Partial<GcpOutputs> {
    const { prefix }: Partial<BucketFacts> = stores.bucket ?? bucket?.facts ?? {};
    const own = isOwnBucket(stores.bucket) ? stores.bucket : undefined;
    return {
        bucketLocation: bucket?.location,
        bucketPrefix: prefix === undefined ? undefined : pulumi.output(prefix),
        bucketEventSubscription: bucket?.events?.subscription,
        bucketOwnerGrants: own && ownBucketGrants({ name: own.name, prefix: own.prefix, email: identity.email }),
    };
}

function entryOutputs({ entry }: GcpParts): Partial<GcpOutputs> {
    const { loadBalancer, certificates } = entry ?? {};
    const certificateNames = certificates?.names;
    return {
        addressName: loadBalancer?.address.name,
        securityPolicyName: loadBalancer?.securityPolicy,
        certificateNames: certificateNames && pulumi.all([...certificateNames]),
    };
}
