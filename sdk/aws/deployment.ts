import * as pulumi from "@pulumi/pulumi";
import type { CloudDeployment, Published } from "../contract/cloud-input";
import type { BucketFacts, Infrastructure } from "../contract/infrastructure";
import { AwsSizes } from "../sizes";
import { ownBucketPolicies } from "./bucket/part";
import { publishDns } from "./entry/dns";
import { provingZone } from "./entry/hosted-zone";
import { ingressFacts } from "./entry/ingress";
import type { LoadBalancerSearch } from "./entry/load-balancer";
import { publishPrivateLink } from "./entry/private-link";
import type { AwsInput } from "./folder";
import { type AwsParts, createParts, isOwnS3 } from "./infrastructure";
import { volumeKeyStatements } from "./keys/keys";
import type { AwsOutputs } from "./outputs";
import type { DatabaseOutputs } from "./stores/database";

/** Makes, or looks up, everything on which W&B runs on AWS. */
export function createDeployment(name: string, parent: pulumi.Resource, input: AwsInput): CloudDeployment<AwsOutputs> {
    const parts = createParts(name, parent, input);
    return {
        infrastructure: infrastructure(parts, input),
        publish: (address) => publish(parts, input, address),
    };
}

/** The facts that the operator layer needs. */
function infrastructure(parts: AwsParts, input: AwsInput): Infrastructure {
    const { cluster, network, identity, clickHouse, database, cache, bucket, monitoring } = parts;
    const { name, kubeconfig, provider, access } = cluster;
    const { stores, entry, aws } = input;
    const bucketFacts = stores.bucket ?? bucket?.facts;
    if (bucketFacts === undefined) {
        throw new Error("a bucket is made when none is named");
    }
    return {
        cloud: "aws",
        cluster: { name, kubeconfig, provider, access },
        database: stores.database === "in-cluster" ? undefined : (stores.database ?? database?.facts),
        cache: stores.cache === "in-cluster" ? undefined : (stores.cache ?? cache?.facts),
        bucket: bucketFacts,
        ingress: entry.loadBalancer
            ? {
                  ...ingressFacts({
                      args: aws.loadBalancer ?? {},
                      certificateArn: parts.certificateArn,
                      tls: entry.tls,
                      network,
                      privateLink: aws.privateLink !== undefined,
                      tags: parts.scope.tags,
                  }),
                  anyHost: aws.privateLink !== undefined,
              }
            : {},
        identity: identity.facts,
        cloudMetrics: monitoring?.facts,
        workerToken: parts.workerToken,
        compute: cluster.nodes,
        ready: [
            ...network.egress,
            ...cluster.ready,
            ...identity.ready,
            ...(database?.ready ?? []),
            ...(cache?.ready ?? []),
            ...clickHouse.ready,
            ...(monitoring?.ready ?? []),
        ],
    };
}

/** What needs the load balancer that the controller has made of the Ingress. */
function publish(parts: AwsParts, input: AwsInput, address: pulumi.Output<string | undefined>): Published<AwsOutputs> {
    const { scope, cluster, network } = parts;
    const { aws, entry, host, additionalHosts, namespace, ingressName } = input;
    const zoneId = aws.dns?.zoneId;
    const names =
        entry.createsRecords && zoneId !== undefined
            ? publishDns(scope, { zoneId, host, additionalHosts, address })
            : pulumi.output<string[]>([]);
    const behind: LoadBalancerSearch = {
        address,
        clusterName: cluster.name,
        namespace,
        ingressName,
        annotations: input.ingressAnnotations,
    };
    const privateLink =
        aws.privateLink &&
        publishPrivateLink(scope, {
            args: aws.privateLink,
            network,
            tls: entry.tls,
            behind,
            provingZone: entry.provesPrivateName ? provingZone(aws.dns ?? {}) : undefined,
        });
    return {
        names,
        outputs: {
            ...outputs(parts, input),
            privateLinkServiceName: privateLink?.serviceName,
            privateLinkServiceId: privateLink?.serviceId,
            privateLinkZones: privateLink?.zones,
            privateLinkDnsVerificationName: privateLink?.proof?.name,
            privateLinkDnsVerificationType: privateLink?.proof?.type,
            privateLinkDnsVerificationValue: privateLink?.proof?.value,
        },
    };
}

function outputs(parts: AwsParts, input: AwsInput): AwsOutputs {
    const { network, keys, cluster, identity, bucket, clickHouse, certificateArn } = parts;
    return {
        vpcId: network.vpcId,
        privateSubnetIds: pulumi.all(network.privateSubnets.map(({ id }) => id)),
        publicSubnetIds: pulumi.all(network.publicSubnets.map(({ id }) => id)),
        kmsKeyArn: keys.made,
        kmsKeyPolicyStatements: input.aws.key?.arn === undefined ? undefined : volumeKeyStatements(parts.scope),
        clusterArn: cluster.arn,
        clusterEndpoint: cluster.endpoint,
        clusterCertificateAuthority: cluster.certificateAuthority,
        appRoleArn: identity.roleArn,
        bucketQueueUrl: bucket?.queue?.url,
        certificateArn,
        clickHouseKeyArn: clickHouse.keyArn,
        clickHouseEndpointId: clickHouse.endpointId,
        ...nodeOutputs(parts, input),
        ...storeOutputs(parts),
        ...bucketOutputs(parts, input),
        ...ownBucketOutputs(parts, input),
    };
}

function nodeOutputs({ cluster }: AwsParts, { aws, size }: AwsInput): Partial<AwsOutputs> {
    if (aws.cluster?.existing !== undefined) {
        return {};
    }
    const { instanceTypes, minPerZone, maxPerZone } = aws.cluster?.nodes ?? {};
    const { nodeInstanceType, minNodesPerZone, maxNodesPerZone } = AwsSizes[size];
    return {
        nodeRoleArn: cluster.nodeRoleArn,
        nodeInstanceType: pulumi.output(instanceTypes?.at(0) ?? nodeInstanceType),
        minNodesPerZone: pulumi.output(minPerZone ?? minNodesPerZone),
        maxNodesPerZone: pulumi.output(maxPerZone ?? maxNodesPerZone),
    };
}

function storeOutputs({ database, cache }: AwsParts): Partial<AwsOutputs> {
    return {
        ...(database === undefined ? {} : databaseOutputs(database)),
        cacheAddress: cache && pulumi.interpolate`${cache.facts.host}:${cache.facts.port}`,
        cacheNodeType: cache && pulumi.output(cache.nodeType),
    };
}

function databaseOutputs({ facts, password, instanceClass }: DatabaseOutputs): Partial<AwsOutputs> {
    const { host, port, name, username } = facts;
    return {
        databaseName: pulumi.output(name),
        databaseUsername: pulumi.output(username),
        databasePassword: password,
        databaseConnectionString: pulumi.interpolate`mysql://${username}:${password}@${host}:${port}/${name}`,
        databaseInstanceClass: pulumi.output(instanceClass),
    };
}

/** Where the bucket is, whoever made it. */
function bucketOutputs({ bucket }: AwsParts, { stores }: AwsInput): Partial<AwsOutputs> {
    const { region, prefix }: Partial<BucketFacts> = stores.bucket ?? bucket?.facts ?? {};
    return {
        bucketRegion: region === undefined ? undefined : pulumi.output(region),
        bucketPrefix: prefix === undefined ? undefined : pulumi.output(prefix),
    };
}

/** What the owner of a bucket that was there before must add. */
function ownBucketOutputs({ scope, identity }: AwsParts, { stores }: AwsInput): Partial<AwsOutputs> {
    const { bucket } = stores;
    if (!isOwnS3(bucket)) {
        return {};
    }
    const { name, prefix, region, kmsKey } = bucket;
    const policies = ownBucketPolicies(scope, { name, prefix, region, roleArn: identity.roleArn });
    return {
        bucketOwnerPolicy: policies.bucket,
        bucketKeyPolicyStatements: kmsKey === undefined ? undefined : policies.key,
    };
}
