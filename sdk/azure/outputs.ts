import type * as pulumi from "@pulumi/pulumi";

/** What a deployment on Azure has made or uses, beside the outputs that all clouds have. A value is absent where the part is your own or not there. */
export interface AzureOutputs {
    /** Id of the subscription. */
    readonly subscriptionId: pulumi.Output<string>;
    /** Id of the tenant of Microsoft Entra ID. */
    readonly tenantId: pulumi.Output<string>;
    /** Region of the deployment. */
    readonly location: pulumi.Output<string>;
    /** Name of the resource group. */
    readonly resourceGroupName: pulumi.Output<string>;
    /** Resource id of the virtual network. */
    readonly vnetId: pulumi.Output<string>;
    /** Resource id of the subnet of the nodes. */
    readonly nodeSubnetId: pulumi.Output<string>;
    /** Resource id of the Key Vault. */
    readonly vaultId: pulumi.Output<string>;
    /** URI of the Key Vault. */
    readonly vaultUri: pulumi.Output<string>;
    /** Resource id of the cluster. */
    readonly clusterId: pulumi.Output<string>;
    /** URL of the API server. */
    readonly clusterEndpoint: pulumi.Output<string>;
    /** CA of the API server, base64. */
    readonly clusterCertificateAuthority: pulumi.Output<string>;
    /** Issuer of the tokens of service accounts, which owners of storage accounts must trust. */
    readonly clusterTokenIssuer: pulumi.Output<string>;
    /** Resource group in which AKS keeps machines and load balancers. */
    readonly nodeResourceGroup: pulumi.Output<string>;
    /** Size of the nodes' machines. */
    readonly nodeVmSize?: pulumi.Output<string>;
    /** Least number of nodes per zone. */
    readonly minNodesPerZone?: pulumi.Output<number>;
    /** Highest number of nodes per zone. */
    readonly maxNodesPerZone?: pulumi.Output<number>;
    /** Client id of the managed identity of W&B's pods. */
    readonly appClientId: pulumi.Output<string>;
    /** Object id of that identity: to whom owners of storage accounts assign roles. */
    readonly appPrincipalId: pulumi.Output<string>;
    /** Resource id of the database server. */
    readonly databaseServerId?: pulumi.Output<string>;
    /** Name of the database. */
    readonly databaseName?: pulumi.Output<string>;
    /** User of the database. */
    readonly databaseUsername?: pulumi.Output<string>;
    /** Password of the database (secret). */
    readonly databasePassword?: pulumi.Output<string>;
    /** `mysql://` URL of the database, with its password (secret). */
    readonly databaseConnectionString?: pulumi.Output<string>;
    /** Compute size of the database, for example `Standard_E2ds_v4`. */
    readonly databaseSku?: pulumi.Output<string>;
    /** Resource id of the cache. */
    readonly cacheId?: pulumi.Output<string>;
    /** `host:port` of the cache. */
    readonly cacheAddress?: pulumi.Output<string>;
    /** Name of the storage account. */
    readonly storageAccountName?: pulumi.Output<string>;
    /** Resource id of the storage account that was made. */
    readonly storageAccountId?: pulumi.Output<string>;
    /** Beginning of the names of blobs. */
    readonly bucketPrefix?: pulumi.Output<string>;
    /** Name of the queue that hears of new blobs. */
    readonly bucketEventQueue?: pulumi.Output<string>;
    /** Resource id of the Application Gateway. */
    readonly gatewayId?: pulumi.Output<string>;
    /** Resource id of what consumers of Private Link connect to. */
    readonly privateLinkResourceId?: pulumi.Output<string>;
    /** Alias or sub-resource by which they name it. */
    readonly privateLinkName?: pulumi.Output<string>;
    /** Resource id of the private endpoint to ClickHouse Cloud, which ClickHouse must be told. */
    readonly clickHouseEndpointId?: pulumi.Output<string>;
}
