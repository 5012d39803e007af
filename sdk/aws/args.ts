import type { AwsBucketArgs } from "./args/bucket";
import type { AwsCacheArgs } from "./args/cache";
import type { AwsClusterArgs } from "./args/cluster";
import type { AwsDatabaseArgs } from "./args/database";
import type { AwsDnsArgs, AwsLoadBalancerArgs, AwsPrivateLinkArgs } from "./args/entry";
import type { AwsClickHouseArgs, AwsMonitoringArgs } from "./args/extras";
import type { AwsIdentityArgs } from "./args/identity";
import type { AwsKeyArgs } from "./args/key";
import type { AwsNetworkArgs } from "./args/network";

/**
 * W&B on AWS, in the account and region of the AWS provider. Everything is made unless a part names what is there already, and has
 * defaults for production. It needs the package `@pulumi/aws` (major 7).
 */
export interface AwsArgs {
    /** VPC and subnets: made, or your own. */
    network?: AwsNetworkArgs;
    /** KMS key of everything that is stored. */
    key?: AwsKeyArgs;
    /** EKS cluster: made, or your own. */
    cluster?: AwsClusterArgs;
    /** Aurora MySQL. Not used when the top-level `database` names another one. */
    database?: AwsDatabaseArgs;
    /** ElastiCache. Not used when the top-level `redis` is given. */
    cache?: AwsCacheArgs;
    /** S3 bucket that is made. Not used when the top-level `bucket` names another one. */
    bucket?: AwsBucketArgs;
    /** Role of W&B's pods, and settings of all roles. */
    identity?: AwsIdentityArgs;
    /** DNS and certificate of the host. */
    dns?: AwsDnsArgs;
    /** Application Load Balancer. */
    loadBalancer?: AwsLoadBalancerArgs;
    /** W&B for other accounts by PrivateLink. Default: not offered. */
    privateLink?: AwsPrivateLinkArgs;
    /** ClickHouse Cloud for W&B Weave. */
    clickHouse?: AwsClickHouseArgs;
    /** Metrics of the parts in CloudWatch. */
    monitoring?: AwsMonitoringArgs;
}
