import type * as pulumi from "@pulumi/pulumi";

/** What a deployment on AWS has made or uses, beside the outputs that all clouds have. A value is absent where the part is your own or not there. */
export interface AwsOutputs {
    /** Id of the VPC. */
    readonly vpcId: pulumi.Output<string>;
    /** Ids of the subnets of the nodes. */
    readonly privateSubnetIds: pulumi.Output<string[]>;
    /** Ids of the subnets of an internet-facing load balancer. */
    readonly publicSubnetIds: pulumi.Output<string[]>;
    /** ARN of the KMS key that was made for everything. */
    readonly kmsKeyArn?: pulumi.Output<string>;
    /** List of statements (JSON) that the policy of your own key needs, so that nodes get encrypted volumes. */
    readonly kmsKeyPolicyStatements?: pulumi.Output<string>;
    /** ARN of the cluster. */
    readonly clusterArn: pulumi.Output<string>;
    /** URL of the API server. */
    readonly clusterEndpoint: pulumi.Output<string>;
    /** CA of the API server, base64. */
    readonly clusterCertificateAuthority: pulumi.Output<string>;
    /** ARN of the role of the nodes. It has no right on W&B's data. */
    readonly nodeRoleArn?: pulumi.Output<string>;
    /** Instance type of the nodes: the first choice. */
    readonly nodeInstanceType?: pulumi.Output<string>;
    /** Least number of nodes per zone. */
    readonly minNodesPerZone?: pulumi.Output<number>;
    /** Highest number of nodes per zone. */
    readonly maxNodesPerZone?: pulumi.Output<number>;
    /** ARN of the role of W&B's pods: the principal that policies of buckets and keys must name. */
    readonly appRoleArn: pulumi.Output<string>;
    /** Name of the database. */
    readonly databaseName?: pulumi.Output<string>;
    /** User of the database. */
    readonly databaseUsername?: pulumi.Output<string>;
    /** Password of the database (secret). */
    readonly databasePassword?: pulumi.Output<string>;
    /** `mysql://` URL of the database, with its password (secret). */
    readonly databaseConnectionString?: pulumi.Output<string>;
    /** Class of the database's instances. */
    readonly databaseInstanceClass?: pulumi.Output<string>;
    /** `host:port` of the cache. */
    readonly cacheAddress?: pulumi.Output<string>;
    /** Class of the cache's nodes. */
    readonly cacheNodeType?: pulumi.Output<string>;
    /** Region of the bucket. */
    readonly bucketRegion?: pulumi.Output<string>;
    /** Key prefix inside the bucket. */
    readonly bucketPrefix?: pulumi.Output<string>;
    /** URL of the queue that hears of new objects. */
    readonly bucketQueueUrl?: pulumi.Output<string>;
    /** Policy (JSON) that the owner of your own bucket must set there. */
    readonly bucketOwnerPolicy?: pulumi.Output<string>;
    /** List of statements (JSON) that the policy of your own bucket's key needs. */
    readonly bucketKeyPolicyStatements?: pulumi.Output<string>;
    /** ARN of the certificate of the load balancer. */
    readonly certificateArn?: pulumi.Output<string>;
    /** ARN of the key that ClickHouse Cloud may use. */
    readonly clickHouseKeyArn?: pulumi.Output<string>;
    /** Id of the endpoint of ClickHouse Cloud, which ClickHouse must be told. */
    readonly clickHouseEndpointId?: pulumi.Output<string>;
    /** Name of the endpoint service, which consumers of PrivateLink ask for. */
    readonly privateLinkServiceName?: pulumi.Output<string>;
    /** Id of the endpoint service. */
    readonly privateLinkServiceId?: pulumi.Output<string>;
    /** Zones in which the endpoint service is offered. */
    readonly privateLinkZones?: pulumi.Output<string[]>;
    /** Name of the record in public DNS that proves `aws.privateLink.privateDnsName`. It is made here where the public zone of the hosts holds it. */
    readonly privateLinkDnsVerificationName?: pulumi.Output<string>;
    /** Type of that record: `TXT`. */
    readonly privateLinkDnsVerificationType?: pulumi.Output<string>;
    /** Value of that record. */
    readonly privateLinkDnsVerificationValue?: pulumi.Output<string>;
}
