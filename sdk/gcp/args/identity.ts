import type * as pulumi from "@pulumi/pulumi";

/** The service account of W&B's pods, which they have by Workload Identity Federation for GKE, and settings of others that are made. */
export interface GcpIdentityArgs {
    /**
     * Id of the service account of W&B's pods (`accountId`), 6 to 30 lower-case letters, digits and hyphens, a letter first: what stands
     * before the @ of its address. A change replaces the account, and owners of teams' buckets that let in the old one do not let in the
     * new one. Default: made from the deployment's name.
     */
    accountId?: pulumi.Input<string>;
    /**
     * Id of the service account of the exporter of metrics, the same. A change replaces the account. Default: made from the deployment's
     * name.
     */
    exporterAccountId?: pulumi.Input<string>;
    /**
     * Let the service account use a bucket of your own (`bucket`): whoever runs Pulumi must be allowed to change who has access to it.
     * False: its owner lets it in, as the output `bucketOwnerGrants` says. True later makes the grants, false takes them away.
     *
     * @default true
     */
    ownBucketAccess?: boolean;
    /**
     * Beginning of the names of the secrets in Secret Manager in which W&B keeps teams' secrets (`namespace` in the environment variable
     * `GORILLA_CUSTOMER_SECRET_STORE_SOURCE`, which is set with it), and which it may make, read, change and delete. Whatever in the project
     * begins so is W&B's. Secret Manager cannot limit who makes secrets to some names, so W&B could make others too, but not fill, read or delete
     * them. A change replaces its rights, and W&B does not move secrets. Default: the name of the cluster when it is made here with a random end;
     * otherwise W&B has no rights on secrets.
     */
    secretPrefix?: pulumi.Input<string>;
    /**
     * Id of the custom role by which W&B may make secrets (`roleId`), 3 to 64 letters, digits, underscores and periods. A change replaces
     * the role. Default: made from the deployment's name.
     */
    secretCreatorRoleId?: pulumi.Input<string>;
    /**
     * Id of the custom role by which W&B keeps its secrets, the same. A change replaces the role. Default: made from the deployment's name.
     */
    secretKeeperRoleId?: pulumi.Input<string>;
    /**
     * Further roles of the service account in the project, `roles/<name>` or projects/<project>/roles/<id>, by a name that stays:
     * lower-case letters, digits and hyphens. Owner and editor are refused. A change replaces the grant of that role.
     */
    roles?: Record<string, pulumi.Input<string>>;
}
