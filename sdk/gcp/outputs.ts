import type * as pulumi from "@pulumi/pulumi";

/** What a deployment on Google Cloud has made or uses, beside the outputs that all clouds have. A value is absent where the part is your own or not there. */
export interface GcpOutputs {
    /** Id of the project. */
    readonly project: pulumi.Output<string>;
    /** Region of the deployment. */
    readonly region: pulumi.Output<string>;
    /** Id of the VPC network. */
    readonly networkId: pulumi.Output<string>;
    /** Id of the subnet of the nodes. */
    readonly subnetworkId: pulumi.Output<string>;
    /** Id of the Cloud KMS key that was made for everything. */
    readonly kmsKeyId?: pulumi.Output<string>;
    /** Who must be allowed to use which keys of your own (JSON): list of key, role and member. */
    readonly kmsKeyGrants?: pulumi.Output<string>;
    /** Id of the cluster. */
    readonly clusterId: pulumi.Output<string>;
    /** Region of a regional cluster, zone of a zonal one. */
    readonly clusterLocation: pulumi.Output<string>;
    /** URL of the API server. */
    readonly clusterEndpoint: pulumi.Output<string>;
    /** CA of the API server, base64. */
    readonly clusterCertificateAuthority: pulumi.Output<string>;
    /** Issuer of the tokens of service accounts. */
    readonly clusterTokenIssuer: pulumi.Output<string>;
    /** Email of the service account of the nodes. It has no right on W&B's data. */
    readonly nodeServiceAccountEmail?: pulumi.Output<string>;
    /** Machine type of the nodes. */
    readonly nodeMachineType?: pulumi.Output<string>;
    /** Least number of nodes per zone. */
    readonly minNodesPerZone?: pulumi.Output<number>;
    /** Highest number of nodes per zone. */
    readonly maxNodesPerZone?: pulumi.Output<number>;
    /** Email of the service account of W&B's pods: whom owners of buckets must let in. */
    readonly appServiceAccountEmail: pulumi.Output<string>;
    /** Name of the database. */
    readonly databaseName?: pulumi.Output<string>;
    /** User of the database. */
    readonly databaseUsername?: pulumi.Output<string>;
    /** Password of the database (secret). */
    readonly databasePassword?: pulumi.Output<string>;
    /** `mysql://` URL of the database, with its password (secret). */
    readonly databaseConnectionString?: pulumi.Output<string>;
    /** `<project>:<region>:<instance>`, by which Cloud SQL's own clients find the database. */
    readonly databaseConnectionName?: pulumi.Output<string>;
    /** Machine type of the database. */
    readonly databaseTier?: pulumi.Output<string>;
    /** `host:port` of the cache. */
    readonly cacheAddress?: pulumi.Output<string>;
    /** Memory of the cache in GB. */
    readonly cacheMemoryGb?: pulumi.Output<number>;
    /** Location of the bucket, in capitals. */
    readonly bucketLocation?: pulumi.Output<string>;
    /** Beginning of the names of objects. */
    readonly bucketPrefix?: pulumi.Output<string>;
    /** Name of the Pub/Sub subscription that hears of new objects. */
    readonly bucketEventSubscription?: pulumi.Output<string>;
    /** What the owner of your own bucket must grant on it (JSON): list of role, member and condition. */
    readonly bucketOwnerGrants?: pulumi.Output<string>;
    /** Name of the reserved address of the load balancer. */
    readonly addressName?: pulumi.Output<string>;
    /** Names of the certificates of the load balancer. */
    readonly certificateNames?: pulumi.Output<string[]>;
    /** Name of the Cloud Armor policy. */
    readonly securityPolicyName?: pulumi.Output<string>;
    /** Id of the connection to ClickHouse Cloud, which ClickHouse must be told. */
    readonly clickHouseConnectionId?: pulumi.Output<string>;
    /** Id of the service attachment, which consumers of Private Service Connect ask for. */
    readonly serviceAttachmentId?: pulumi.Output<string>;
}
