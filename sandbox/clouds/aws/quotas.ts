/**
 * How many of each an account may have when nobody asked AWS for more, and what AWS says to one too many.
 *
 * Quotas of what lies within one thing (rules of a group, routes of a table, nodes of a cluster) stand with its row. The words are those of the
 * API reference where no public log of the error was found.
 */
import { quotaOf } from "../quotas";
import type { RefuseContext, ResourceModel } from "../model";
import { textOf, type PropertyMap } from "../values";
import { accountOf } from "./account";
import {
    addressType,
    internetGatewayType,
    natGatewayType,
    rowsHere,
    securityGroupType,
    vpcType,
    zoneOfSubnet,
} from "./ec2/shared";
import { clusterType as eksClusterType } from "./eks/shared";
import { replicationGroupType } from "./elasticache-groups";
import { loadBalancerType, targetGroupType } from "./elbv2";
import { roleType } from "./iam-principals";
import { keyType } from "./kms";
import { clusterType, instanceType } from "./rds/shared";
import { bucketType } from "./s3";

interface Quota {
    readonly granted: number;
    readonly refusal: (most: number) => string;
    /** How many there are; rows of the type in the account and region when absent. */
    readonly used?: (inputs: PropertyMap, context: RefuseContext) => number;
    /** How many the request adds; 1 when absent. */
    readonly added?: (inputs: PropertyMap) => number;
}

const nodesOf = (inputs: PropertyMap) => Number(inputs["numCacheClusters"] ?? 1);

const quotas: ReadonlyMap<string, Quota> = new Map<string, Quota>([
    // https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
    [vpcType, { granted: 5, refusal: () => "VpcLimitExceeded: The maximum number of VPCs has been reached." }],
    [
        internetGatewayType,
        {
            granted: 5,
            refusal: () => "InternetGatewayLimitExceeded: The maximum number of internet gateways has been reached.",
        },
    ],
    [
        addressType,
        { granted: 5, refusal: () => "AddressLimitExceeded: The maximum number of addresses has been reached." },
    ],
    [
        natGatewayType,
        {
            granted: 5,
            refusal: (most) =>
                `NatGatewayLimitExceeded: Performing this operation would exceed the limit of ${most} NAT gateways`,
            used: ({ subnetId }, { inventory }) => {
                const zone = zoneOfSubnet(subnetId, inventory);
                return inventory
                    .rows(natGatewayType)
                    .filter(({ inputs }) => zoneOfSubnet(inputs["subnetId"], inventory) === zone).length;
            },
        },
    ],
    [
        securityGroupType,
        {
            granted: 2500,
            refusal: () => "SecurityGroupLimitExceeded: The maximum number of security groups has been reached.",
        },
    ],
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    [
        roleType,
        {
            granted: 1000,
            refusal: (most) => `LimitExceeded: Cannot exceed quota for RolesPerAccount: ${most}`,
            used: (_inputs, { config, inventory }) =>
                inventory
                    .rows(roleType)
                    .filter(({ outputs }) => textOf(outputs["arn"]).split(":")[4] === accountOf(config).accountId)
                    .length,
        },
    ],
    // https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html, words: https://github.com/pulumi/pulumi-eks/issues/1311
    [
        eksClusterType,
        { granted: 100, refusal: () => "ResourceLimitExceededException: Cluster limit exceeded for account." },
    ],
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_Limits.html, words: API_CreateDBCluster.html and API_CreateDBInstance.html
    [
        clusterType,
        {
            granted: 40,
            refusal: () =>
                "DBClusterQuotaExceededFault: The user attempted to create a new DB cluster and the user has already reached the maximum allowed DB cluster quota.",
        },
    ],
    [
        instanceType,
        {
            granted: 40,
            refusal: () =>
                "InstanceQuotaExceeded: The request would result in the user exceeding the allowed number of DB instances.",
        },
    ],
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/quota-limits.html, words: API_CreateReplicationGroup.html
    [
        replicationGroupType,
        {
            granted: 300,
            refusal: () =>
                "NodeQuotaForCustomerExceeded: The request cannot be processed because it would exceed the allowed number of cache nodes per customer.",
            used: (inputs, context) =>
                rowsHere(replicationGroupType, inputs, context).reduce((sum, row) => sum + nodesOf(row.inputs), 0),
            added: nodesOf,
        },
    ],
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html; of application load balancers there may be 50 too
    [
        loadBalancerType,
        {
            granted: 50,
            refusal: () =>
                "TooManyLoadBalancers: You've reached the limit on the number of load balancers for your Amazon Web Services account.",
            used: (inputs, context) =>
                rowsHere(loadBalancerType, inputs, context).filter(
                    (row) => row.inputs["loadBalancerType"] === inputs["loadBalancerType"],
                ).length,
        },
    ],
    [
        targetGroupType,
        {
            granted: 3000,
            refusal: () =>
                "TooManyTargetGroups: You've reached the limit on the number of target groups for your Amazon Web Services account.",
        },
    ],
    // https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html, words: API_CreateKey.html
    [
        keyType,
        {
            granted: 100_000,
            refusal: () =>
                "LimitExceededException: The request was rejected because a length constraint or quota was exceeded.",
        },
    ],
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/BucketRestrictions.html, words: API/ErrorResponses.html. Names tell no account.
    [
        bucketType,
        {
            granted: 10_000,
            refusal: () => "TooManyBuckets: You have attempted to create more buckets than allowed.",
            used: (_inputs, { inventory }) => inventory.rows(bucketType).length,
        },
    ],
]);

/** The row, with the account's quota of its type before its own refusals. */
export function withQuota(model: ResourceModel): ResourceModel {
    const quota = quotas.get(model.token);
    if (quota === undefined) {
        return model;
    }
    const { granted, refusal, added = () => 1 } = quota;
    const used = quota.used ?? ((inputs, context) => rowsHere(model.token, inputs, context).length);
    return {
        ...model,
        refuse: (inputs, context) => {
            const most = quotaOf(context.dir, model.token, granted);
            return context.previous === undefined && used(inputs, context) + added(inputs) > most
                ? refusal(most)
                : model.refuse?.(inputs, context);
        },
    };
}
