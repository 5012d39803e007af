import type * as pulumi from "@pulumi/pulumi";
import type { AwsSecurityGroupArgs } from "./groups";

/** ClickHouse of W&B Weave, in ClickHouse Cloud. W&B itself is told of it by `components` or `values`. */
export interface AwsClickHouseArgs {
    /**
     * Name of ClickHouse Cloud's endpoint service, `com.amazonaws.vpce.<region>.vpce-svc-...`, in the same region. A private endpoint for
     * it is made in the network, which only the network reaches. A change replaces the endpoint. Default: none.
     */
    endpointServiceName?: pulumi.Input<string>;
    /** Security group of the endpoint: name and description. */
    securityGroup?: AwsSecurityGroupArgs;
    /**
     * Make a KMS key with which ClickHouse Cloud encrypts.
     * @default false
     */
    key?: boolean;
    /** Role of ClickHouse Cloud that may use the key, as its documentation of customer managed keys names it. Needed with `key`. */
    keyPrincipalArn?: pulumi.Input<string>;
    /** Alias of the key, beginning with `alias/`. A change replaces the alias, not the key. Default: one made from the deployment's name. */
    keyAlias?: pulumi.Input<string>;
}

/** Metrics of the database and the cache in Prometheus. */
export interface AwsMonitoringArgs {
    /**
     * Install YACE (`yace.install`), which reads CloudWatch metrics of what carries the tag of this deployment. Its requests to CloudWatch
     * cost money.
     * @default false
     */
    cloudWatchExporter?: boolean;
}
