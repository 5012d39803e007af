import type * as pulumi from "@pulumi/pulumi";
import type { GivenStores } from "../contract/cloud-input";
import type { BucketFacts } from "../contract/infrastructure";
import { AwsBucketEncryption } from "./args/bucket";
import { AwsIdentityMode } from "./args/identity";
import { type BucketPart, createBucketPart, ownBucketArn } from "./bucket/part";
import { createCluster } from "./cluster/cluster";
import { createCertificate } from "./entry/certificate";
import { type ClickHouseOutputs, connectClickHouse } from "./entry/click-house";
import type { EksFacts, KeyFacts, NetworkFacts, StorePlacement } from "./facts";
import type { AwsInput } from "./folder";
import { type IamSettings, iamSettings } from "./iam/iam";
import { createIdentity, type IdentityPart } from "./identity/identity";
import { createMonitoring, deploymentTag, type MonitoringOutputs } from "./identity/monitoring";
import { createWorkerToken } from "../worker-token";
import { createKeys } from "./keys/keys";
import { createNetwork } from "./network/network";
import { type AwsScope, createScope } from "./scope";
import { createCache, type CacheOutputs } from "./stores/cache";
import { createDatabase, type DatabaseOutputs } from "./stores/database";

/** All parts of a deployment on AWS. A store is absent when the caller names one, or leaves it to the chart. */
export interface AwsParts {
    readonly scope: AwsScope;
    readonly network: NetworkFacts;
    readonly keys: KeyFacts;
    readonly cluster: EksFacts;
    readonly database?: DatabaseOutputs;
    readonly cache?: CacheOutputs;
    readonly bucket?: BucketPart;
    readonly identity: IdentityPart;
    readonly certificateArn?: pulumi.Output<string>;
    readonly clickHouse: ClickHouseOutputs;
    readonly monitoring?: MonitoringOutputs;
    readonly workerToken: pulumi.Output<string>;
}

/** Makes the parts, or looks up those that are there. Nothing waits for another part but by what it needs of it. */
export function createParts(name: string, parent: pulumi.Resource, input: AwsInput): AwsParts {
    const { aws, host, additionalHosts, size, charts } = input;
    const { identity: identityArgs = {} } = aws;
    const iam = iamSettings(identityArgs);
    const scope = createScope(name, parent, { ...input, tags: { ...input.tags, ...deploymentTag(name) } });
    const network = createNetwork(scope, aws.network ?? {}, iam, input.entry.loadBalancer);
    const keys = createKeys(keyScope(scope, input), { key: aws.key ?? {}, ...bucketEncryption(input) });
    const bucket = madeBucket(scope, input, { keyArn: keys.bucket, hosts: [host, ...additionalHosts], iam });
    const certificateArn = createCertificate(scope, {
        dns: aws.dns ?? {},
        host,
        additionalHosts,
        creates: input.entry.createsCertificate,
    });
    const cluster = createCluster(scope, {
        cluster: aws.cluster ?? {},
        access: input.access,
        iam,
        identityMode: identityArgs.mode ?? AwsIdentityMode.Irsa,
        network,
        keyArn: keys.cluster,
        size,
        charts,
        externalDns: externalDns(input),
    });
    return {
        scope,
        network,
        keys,
        cluster,
        bucket,
        certificateArn,
        ...madeStores(scope, input, { iam, keys, network, cluster }),
        identity: createIdentity(scope, {
            identity: identityArgs,
            iam,
            cluster,
            namespace: input.namespace,
            accounts: input.accounts,
            bucket: bucketRights(scope, input.stores, bucket),
            secretPrefix: identityArgs.secretPrefix ?? ownSecretPrefix(input, cluster),
        }),
        clickHouse: connectClickHouse(scope, { args: aws.clickHouse ?? {}, network }),
        monitoring: monitoring(scope, input, { cluster, iam, name }),
        workerToken: createWorkerToken(scope),
    };
}

/** A last snapshot of the database is of no use without its key, so that outlives the deployment, too. */
function keyScope(scope: AwsScope, { aws, stores }: AwsInput): AwsScope {
    const { finalSnapshot, snapshotIdentifier } = aws.database ?? {};
    const snapshot = stores.database === undefined && (finalSnapshot ?? snapshotIdentifier !== undefined);
    return { ...scope, retainData: scope.retainData || snapshot };
}

/** How the bucket is encrypted, whoever made it. */
function bucketEncryption({ aws, stores }: AwsInput): {
    encryption: AwsBucketEncryption;
    ownBucketKey?: pulumi.Input<string>;
} {
    const { bucket } = stores;
    if (bucket === undefined) {
        return { encryption: aws.bucket?.encryption ?? AwsBucketEncryption.Kms };
    }
    return bucket.kmsKey === undefined
        ? { encryption: AwsBucketEncryption.S3 }
        : { encryption: AwsBucketEncryption.Kms, ownBucketKey: bucket.kmsKey };
}

function madeBucket(
    scope: AwsScope,
    { aws, stores }: AwsInput,
    settings: Omit<Parameters<typeof createBucketPart>[1], "bucket">,
): BucketPart | undefined {
    return stores.bucket === undefined ? createBucketPart(scope, { ...settings, bucket: aws.bucket ?? {} }) : undefined;
}

/** Database and cache, each unless the caller names one or leaves it to the chart. */
function madeStores(
    scope: AwsScope,
    { aws, stores, size }: AwsInput,
    { iam, keys, network, cluster }: Pick<AwsParts, "keys" | "network" | "cluster"> & { readonly iam: IamSettings },
): Pick<AwsParts, "database" | "cache"> {
    const placement: StorePlacement = {
        vpcId: network.vpcId,
        subnets: network.dataSubnets,
        clientSecurityGroupId: cluster.securityGroupId,
    };
    const { database = {}, cache = {} } = aws;
    const databaseKeys = { keyArn: keys.database, insightsKeyArn: keys.insights };
    return {
        database:
            stores.database === undefined
                ? createDatabase(scope, { database, iam, placement, size, ...databaseKeys })
                : undefined,
        cache:
            stores.cache === undefined ? createCache(scope, { cache, placement, size, keyArn: keys.cache }) : undefined,
    };
}

/** What the pods' role may do with the bucket: nothing where the bucket is no S3, or has credentials of its own. */
function bucketRights(
    scope: AwsScope,
    { bucket: own }: GivenStores,
    made: BucketPart | undefined,
): Parameters<typeof createIdentity>[1]["bucket"] {
    if (made !== undefined) {
        const { arn, facts, queue } = made;
        return { arn, prefix: facts.prefix, keyArn: facts.kmsKey, queueArn: queue?.arn };
    }
    if (!isOwnS3(own)) {
        return undefined;
    }
    return { arn: ownBucketArn(scope, own.name), prefix: own.prefix, keyArn: own.kmsKey };
}

/** A name with a random end is nobody else's beginning; one that the caller has chosen may be. */
function ownSecretPrefix({ aws }: AwsInput, cluster: EksFacts): pulumi.Output<string> | undefined {
    const { name, existing } = aws.cluster ?? {};
    return name === undefined && existing === undefined ? cluster.name : undefined;
}

/** Whether it is a bucket of Amazon S3 that pods reach by their role. */
export function isOwnS3(bucket: BucketFacts | undefined): bucket is BucketFacts {
    return bucket?.provider === "s3" && bucket.endpoint === undefined && bucket.credentials === undefined;
}

function externalDns({ aws }: AwsInput): { zoneId: pulumi.Input<string> } | undefined {
    const { externalDns: wanted, zoneId } = aws.dns ?? {};
    return wanted === true && zoneId !== undefined ? { zoneId } : undefined;
}

interface MonitoringSettings {
    readonly cluster: EksFacts;
    readonly iam: IamSettings;
    readonly name: string;
}

function monitoring(
    scope: AwsScope,
    { aws, accounts, namespace }: AwsInput,
    { name, ...settings }: MonitoringSettings,
): MonitoringOutputs | undefined {
    if (aws.monitoring?.cloudWatchExporter !== true) {
        return undefined;
    }
    return createMonitoring(scope, {
        ...settings,
        account: { namespace, name: `${accounts.prefix}yace` },
        deployment: name,
    });
}
