export { WandbDeployment } from "./deployment";
export type { WandbDeploymentArgs } from "./args";
export { Size } from "./args/application";
export type { ComponentArgs, ImagesArgs, ReadinessArgs, ServiceAccountArgs } from "./args/application";
export type { ChartReferenceArgs, ChecksArgs } from "./args/checks";
export { OidcAuthMethod } from "./args/authentication";
export type { LdapArgs, OidcArgs, SmtpArgs } from "./args/authentication";
export type { IngressArgs, IngressIssuerArgs, IngressTlsArgs, SecondaryIngressArgs } from "./args/ingress";
export type {
    ChartArgs,
    ChartCredentialsArgs,
    ChartCredentialsSecretArgs,
    HelmChartSourceArgs,
    NamespaceIsolationArgs,
    OperatorArgs,
    OperatorImageArgs,
} from "./args/operator";
export type { ConfigMapKeyArgs, EnvSourceArgs, SecretKeyArgs } from "./args/references";
export { BucketProvider } from "./args/stores";
export type { BucketArgs, BucketCredentialsSecretArgs, DatabaseArgs, RedisArgs } from "./args/stores";
export type { ExistingArgs } from "./existing/args";
export { AwsSecureStorageConnector } from "./connectors/aws";
export type { AccessArgs, AddonChartArgs, AddonChartsArgs } from "./args/infrastructure";
export type { AwsArgs } from "./aws/args";
export { AwsBucketAccess, AwsBucketEncryption, AwsStorageClass } from "./aws/args/bucket";
export type { AwsBucketArgs, AwsBucketLifecycleArgs, AwsBucketReplicationArgs } from "./aws/args/bucket";
export { AwsCacheEngine } from "./aws/args/cache";
export type { AwsCacheArgs } from "./aws/args/cache";
export { AwsClusterLogType, AwsTaintEffect } from "./aws/args/cluster";
export type {
    AwsAccessEntryArgs,
    AwsAddonVersionsArgs,
    AwsClusterArgs,
    AwsExistingClusterArgs,
    AwsKubeconfigArgs,
    AwsNodesArgs,
    AwsNodeTaintArgs,
    AwsSystemReservedArgs,
} from "./aws/args/cluster";
export { AwsDatabaseLogType } from "./aws/args/database";
export type { AwsDatabaseArgs, AwsServerlessArgs } from "./aws/args/database";
export { AwsLoadBalancerScheme } from "./aws/args/entry";
export type { AwsAccessLogArgs, AwsDnsArgs, AwsLoadBalancerArgs, AwsPrivateLinkArgs } from "./aws/args/entry";
export type { AwsClickHouseArgs, AwsMonitoringArgs } from "./aws/args/extras";
export type { AwsParameterGroupArgs, AwsSecurityGroupArgs } from "./aws/args/groups";
export { AwsIdentityMode } from "./aws/args/identity";
export type { AwsIdentityArgs, AwsRoleNamesArgs } from "./aws/args/identity";
export type { AwsKeyArgs } from "./aws/args/key";
export type { AwsKmsKeyArgs } from "./aws/args/kms-key";
export { AwsFlowLogTraffic, AwsNatMode } from "./aws/args/network";
export type { AwsExistingNetworkArgs, AwsFlowLogArgs, AwsNetworkArgs, AwsSubnetCidrsArgs } from "./aws/args/network";
export type { AwsOutputs } from "./aws/outputs";
export type { AwsSecureStorageConnectorArgs } from "./aws/args/storage-connector";
export { AzureSecureStorageConnector } from "./connectors/azure";
export type { AzureArgs } from "./azure/args";
export { AzureBucketAccess, AzureBucketEncryption, AzureBucketRedundancy, AzureBucketTier } from "./azure/args/bucket";
export type { AzureBucketArgs, AzureBucketLifecycleArgs, AzureBucketNetworkArgs } from "./azure/args/bucket";
export {
    AzureCacheClusteringPolicy,
    AzureCacheEvictionPolicy,
    AzureCacheKind,
    AzureCacheSnapshotPeriod,
} from "./azure/args/cache";
export type { AzureCacheArgs, AzureCacheKeyArgs } from "./azure/args/cache";
export { AzureNetworkPolicy, AzurePodNetwork } from "./azure/args/cluster-network";
export type { AzureApiServerArgs, AzureClusterNetworkArgs } from "./azure/args/cluster-network";
export {
    AzureClusterTier,
    AzureKubeconfigLogin,
    AzureNodeOsChannel,
    AzureUpgradeChannel,
    AzureWeekday,
} from "./azure/args/cluster";
export type {
    AzureClusterArgs,
    AzureClusterMaintenanceArgs,
    AzureContainerInsightsArgs,
    AzureEntraIdArgs,
    AzureExistingClusterArgs,
    AzureKubeconfigArgs,
} from "./azure/args/cluster";
export { AzureDatabaseHighAvailability } from "./azure/args/database";
export type { AzureDatabaseArgs, AzureDatabaseRestoreArgs, AzureGeoBackupKeyArgs } from "./azure/args/database";
export {
    AzureAcmeChallenge,
    AzureGatewaySku,
    AzureIngressController,
    AzureLoadBalancerScheme,
    AzureTlsPolicy,
    AzureWafMode,
    AzureWafRuleSet,
} from "./azure/args/entry";
export type {
    AzureAcmeArgs,
    AzureApprovalArgs,
    AzureDnsArgs,
    AzureGatewayArgs,
    AzureLoadBalancerArgs,
    AzurePrivateLinkArgs,
    AzureWafArgs,
} from "./azure/args/entry";
export type { AzureClickHouseArgs, AzureMonitoringArgs } from "./azure/args/extras";
export type { AzureIdentityArgs, AzureRoleArgs } from "./azure/args/identity";
export { AzureKeyProtection } from "./azure/args/key";
export type { AzureKeyArgs } from "./azure/args/key";
export { AzureOutbound } from "./azure/args/network";
export type {
    AzureExistingNetworkArgs,
    AzureNetworkArgs,
    AzurePrivateDnsZonesArgs,
    AzureSubnetCidrsArgs,
    AzureSubnetNamesArgs,
} from "./azure/args/network";
export { AzureNodeOs, AzureOsDiskType, AzurePoolMode, AzureTaintEffect, AzureVolumeType } from "./azure/args/nodes";
export type { AzureNodePoolArgs, AzureNodeTaintArgs, AzurePoolArgs, AzureSystemPoolArgs } from "./azure/args/nodes";
export type { AzureResourceGroupArgs } from "./azure/args/resource-group";
export type { AzureSecureStorageConnectorArgs, AzureStorageKeyArgs } from "./azure/args/storage-connector";
export type { AzureOutputs } from "./azure/outputs";
export { GcpSecureStorageConnector } from "./connectors/gcp";
export type { GcpArgs } from "./gcp/args";
export { GcpBigtableStorage } from "./gcp/args/bigtable";
export type { GcpBigtableArgs } from "./gcp/args/bigtable";
export { GcpBucketAccess, GcpBucketEncryption, GcpStorageClass } from "./gcp/args/bucket";
export type { GcpBucketArgs, GcpBucketLifecycleArgs } from "./gcp/args/bucket";
export { GcpCacheConnectMode, GcpCacheSnapshotPeriod } from "./gcp/args/cache";
export type { GcpCacheArgs } from "./gcp/args/cache";
export {
    GcpKubeconfigCredentials,
    GcpLoggingComponent,
    GcpMonitoringComponent,
    GcpNetworkPolicy,
    GcpReleaseChannel,
    GcpWeekday,
} from "./gcp/args/cluster";
export type {
    GcpClusterArgs,
    GcpClusterMaintenanceArgs,
    GcpExistingClusterArgs,
    GcpKubeconfigArgs,
} from "./gcp/args/cluster";
export { GcpDatabaseDiskType, GcpDatabaseEdition, GcpMaintenanceTrack } from "./gcp/args/database";
export type { GcpDatabaseArgs, GcpDatabaseBackupArgs, GcpDatabaseCloneArgs } from "./gcp/args/database";
export { GcpLoadBalancerScheme, GcpTlsProfile, GcpTlsVersion } from "./gcp/args/entry";
export type {
    GcpArmorArgs,
    GcpConsumerArgs,
    GcpDnsArgs,
    GcpLoadBalancerArgs,
    GcpPrivateServiceConnectArgs,
    GcpProxySubnetArgs,
    GcpRateLimitArgs,
    GcpTlsPolicyArgs,
} from "./gcp/args/entry";
export type { GcpEventsArgs } from "./gcp/args/events";
export type { GcpClickHouseArgs, GcpMonitoringArgs } from "./gcp/args/extras";
export type { GcpIdentityArgs } from "./gcp/args/identity";
export { GcpKeyProtection } from "./gcp/args/key";
export type { GcpKeyArgs } from "./gcp/args/key";
export type { GcpKmsKeyArgs } from "./gcp/args/kms-key";
export { GcpFlowLogInterval, GcpGoogleApisMode, GcpNatLogging, GcpNatMode, GcpRoutingMode } from "./gcp/args/network";
export type {
    GcpExistingNetworkArgs,
    GcpFlowLogArgs,
    GcpNetworkArgs,
    GcpPrivateServicesArgs,
    GcpSubnetCidrsArgs,
} from "./gcp/args/network";
export { GcpBootDiskType, GcpTaintEffect, GcpVolumeType } from "./gcp/args/nodes";
export type { GcpNodeAccountArgs, GcpNodePoolArgs, GcpNodeTaintArgs } from "./gcp/args/nodes";
export type { GcpSecureStorageConnectorArgs } from "./gcp/args/storage-connector";
export type { GcpOutputs } from "./gcp/outputs";
export type { Problem } from "./errors";
