import type * as pulumi from "@pulumi/pulumi";
import type { BucketFacts } from "../contract/infrastructure";
import { GcpSizes } from "../sizes";
import { type Apis, createApis } from "./apis";
import { GcpBucketEncryption } from "./args/bucket";
import { type BigtableOutputs, createBigtable } from "./bigtable/bigtable";
import { type BucketPart, createBucketPart } from "./bucket/part";
import { createCluster } from "./cluster/cluster";
import { type CertificateFacts, createCertificate } from "./entry/certificate";
import { type ClickHouseOutputs, connectClickHouse } from "./entry/click-house";
import { publishDns } from "./entry/dns";
import { createLoadBalancer, type LoadBalancerFacts } from "./entry/load-balancer";
import { createEvents, type EventsOutputs } from "./events/events";
import type { GkeFacts, NetworkFacts } from "./facts";
import type { GcpInput } from "./folder";
import { createIdentity, type IdentityPart } from "./identity/identity";
import { createMonitoring, type MonitoringOutputs } from "./identity/monitoring";
import { createWorkerToken } from "../worker-token";
import { createKeys, type Keys, liesElsewhere } from "./keys/keys";
import { createNetwork } from "./network/network";
import { createDeploymentScope, type GcpDeploymentScope } from "./scope";
import { createCache, type CacheOutputs } from "./stores/cache";
import { createDatabase, type DatabaseOutputs } from "./stores/database";

/** All parts of a deployment on Google Cloud. A store is absent when the caller names one, or leaves it to the chart. */
export interface GcpParts {
    readonly scope: GcpDeploymentScope;
    readonly apis: Apis;
    readonly network: NetworkFacts;
    readonly keys: Keys;
    readonly cluster: GkeFacts;
    readonly database?: DatabaseOutputs;
    readonly cache?: CacheOutputs;
    readonly bucket?: BucketPart;
    readonly events?: EventsOutputs;
    readonly bigtable?: BigtableOutputs;
    readonly identity: IdentityPart;
    readonly entry?: EntryPart;
    readonly clickHouse?: ClickHouseOutputs;
    readonly monitoring?: MonitoringOutputs;
    readonly workerToken: pulumi.Output<string>;
}

/** How users come in. */
export interface EntryPart {
    readonly loadBalancer: LoadBalancerFacts;
    readonly certificates: CertificateFacts;
    /** What the load balancer that GKE makes holds on to. */
    readonly held: readonly pulumi.Resource[];
    /** Host names, known once their records are there; absent when none are made. */
    readonly names?: pulumi.Output<string[]>;
}

/** Makes the parts, or looks up those that are there. Nothing waits for another part but by what it needs of it. */
export function createParts(name: string, parent: pulumi.Resource, input: GcpInput): GcpParts {
    const { gcp, access, size } = input;
    const scope = createDeploymentScope(name, parent, {
        ...input,
        project: gcp.project,
        region: gcp.region,
        location: gcp.bucket?.location,
        labels: input.tags,
    });
    const apis = createApis(scope, gcp.enableApis ?? true);
    const network = createNetwork(scope, gcp.network ?? {}, { apis, privateServices: usesPrivateServices(input) });
    const entry = createEntry(scope, input, { network, apis });
    const keys = createKeys(keyScope(scope, input), keySettings(input, apis));
    const bucket = madeBucket(scope, input, { keys, apis });
    const cluster = createCluster(scope, {
        cluster: gcp.cluster ?? {},
        access,
        apis,
        network,
        key: keys.cluster,
        size: GcpSizes[size],
    });
    const queues = gcp.events && createEvents(scope, { events: gcp.events, keyId: keys.topics, apis });
    const bigtable = gcp.bigtable && createBigtable(scope, { bigtable: gcp.bigtable, keyId: keys.bigtable, apis });
    return {
        scope,
        apis,
        network,
        keys,
        cluster,
        bucket,
        events: queues,
        bigtable,
        entry,
        ...madeStores(scope, input, { keys, network, apis }),
        identity: identity(scope, input, { cluster, bucket, events: queues, bigtable, apis }),
        clickHouse: gcp.clickHouse && connectClickHouse(scope, { args: gcp.clickHouse, network, apis }),
        monitoring: monitoring(scope, input, { cluster, apis }),
        workerToken: createWorkerToken(scope),
    };
}

/** Cloud SQL always, Memorystore unless it is told to peer with the network itself. */
function usesPrivateServices({ stores, gcp }: GcpInput): boolean {
    return stores.database === undefined || (stores.cache === undefined && gcp.cache?.connectMode !== "DIRECT_PEERING");
}

/** A last backup of the database is of no use without its key, so that outlives the deployment, too. */
function keyScope(scope: GcpDeploymentScope, { gcp, stores }: GcpInput): GcpDeploymentScope {
    const { finalBackup, restore, clone } = gcp.database ?? {};
    const last = stores.database === undefined && (finalBackup ?? (restore !== undefined || clone !== undefined));
    return { ...scope, retainData: scope.retainData || last };
}

function keySettings({ gcp, stores }: GcpInput, apis: Apis): Parameters<typeof createKeys>[1] {
    const { bucket = {}, key = {}, region } = gcp;
    return {
        key,
        encryption:
            stores.bucket === undefined ? (bucket.encryption ?? GcpBucketEncryption.Kms) : GcpBucketEncryption.Google,
        bucketElsewhere: liesElsewhere(bucket.location, region),
        wants: {
            cluster: gcp.cluster?.existing === undefined,
            database: stores.database === undefined,
            cache: stores.cache === undefined,
            topics: gcp.events !== undefined || (stores.bucket === undefined && bucket.events === true),
            passingTopics: gcp.events === undefined,
            bigtable: gcp.bigtable !== undefined,
        },
        apis,
    };
}

function createEntry(
    scope: GcpDeploymentScope,
    { gcp, entry, host, additionalHosts }: GcpInput,
    { network, apis }: Pick<GcpParts, "network" | "apis">,
): EntryPart | undefined {
    if (!entry.loadBalancer) {
        return undefined;
    }
    const { dns = {}, loadBalancer: args = {} } = gcp;
    const { createsCertificate, createsRecords } = entry;
    const loadBalancer = createLoadBalancer(scope, { args, plan: entry, network, apis });
    const hosts = { host, additionalHosts, apis };
    const certificates = createCertificate(scope, { ...hosts, dns, creates: createsCertificate });
    const { managedZone } = dns;
    const names =
        createsRecords && managedZone !== undefined
            ? publishDns(scope, {
                  ...hosts,
                  dns: { ...dns, managedZone },
                  address: loadBalancer.address.address,
                  createsCertificate,
              })
            : undefined;
    return { loadBalancer, certificates, held: [...loadBalancer.held, ...certificates.made], names };
}

function madeBucket(
    scope: GcpDeploymentScope,
    { gcp, stores, host, additionalHosts }: GcpInput,
    { keys, apis }: Pick<GcpParts, "keys" | "apis">,
): BucketPart | undefined {
    return stores.bucket === undefined
        ? createBucketPart(scope, {
              bucket: gcp.bucket ?? {},
              keyId: keys.bucket,
              topicKeyId: keys.topics,
              hosts: [host, ...additionalHosts],
              apis,
          })
        : undefined;
}

/** Database and cache, each unless the caller names one or leaves it to the chart. */
function madeStores(
    scope: GcpDeploymentScope,
    { gcp, stores, size }: GcpInput,
    { keys, network, apis }: Pick<GcpParts, "keys" | "network" | "apis">,
): Pick<GcpParts, "database" | "cache"> {
    const { database = {}, cache = {} } = gcp;
    const shared = { network, apis, size };
    return {
        database:
            stores.database === undefined
                ? createDatabase(scope, { ...shared, database, keyId: keys.database })
                : undefined,
        cache: stores.cache === undefined ? createCache(scope, { ...shared, cache, keyId: keys.cache }) : undefined,
    };
}

function identity(
    scope: GcpDeploymentScope,
    input: GcpInput,
    parts: Pick<GcpParts, "cluster" | "bucket" | "events" | "bigtable" | "apis">,
): IdentityPart {
    const { gcp, namespace, accounts, stores } = input;
    const { cluster, bucket, events, bigtable, apis } = parts;
    const { identity: args = {} } = gcp;
    const own = isOwnBucket(stores.bucket) ? { ...stores.bucket, own: true } : undefined;
    const bucketEvents = bucket?.events;
    return createIdentity(scope, {
        identity: args,
        namespace,
        accounts,
        workloadPool: cluster.workloadPool,
        tokenIssuer: cluster.tokenIssuer,
        bucket: bucket?.facts ?? own,
        topics: events && { "file-stream": events.fileStreamTopic, "run-updates": events.runUpdatesTopic },
        subscriptions: {
            ...(events && {
                "file-stream-subscription": events.fileStreamSubscription,
                "run-updates-subscription": events.runUpdatesSubscription,
            }),
            ...(bucketEvents && { "bucket-events-subscription": bucketEvents.subscription }),
        },
        bigtableInstance: bigtable?.instance,
        secretPrefix: args.secretPrefix ?? ownSecretPrefix(input, cluster),
        apis,
    });
}

/** A name with a random end is nobody else's beginning; one that the caller has chosen may be. */
function ownSecretPrefix({ gcp }: GcpInput, cluster: GkeFacts): pulumi.Output<string> | undefined {
    const { name, existing } = gcp.cluster ?? {};
    return name === undefined && existing === undefined ? cluster.name : undefined;
}

/** Whether it is a bucket of Cloud Storage that pods reach by their service account. */
export function isOwnBucket(bucket: BucketFacts | undefined): bucket is BucketFacts {
    return bucket?.provider === "gcs" && bucket.credentials === undefined;
}

function monitoring(
    scope: GcpDeploymentScope,
    { gcp, namespace, accounts }: GcpInput,
    { cluster, apis }: Pick<GcpParts, "cluster" | "apis">,
): MonitoringOutputs | undefined {
    if (gcp.monitoring?.stackdriverExporter !== true) {
        return undefined;
    }
    return createMonitoring(scope, {
        accountId: gcp.identity?.exporterAccountId,
        account: { namespace, name: `${accounts.prefix}stackdriver` },
        workloadPool: cluster.workloadPool,
        apis,
    });
}
