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
export { AwsBucketEncryption } from "./aws/args";
export type { AwsBucketLifecycleArgs, AwsKmsKeyArgs, AwsSecureStorageConnectorArgs } from "./aws/args";
export type { Problem } from "./errors";
