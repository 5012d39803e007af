import type * as pulumi from "@pulumi/pulumi";
import type { AwsBucketAccess } from "./bucket";

/** How pods get their identity. */
export const AwsIdentityMode = {
    /** IAM roles for service accounts, by the cluster's OIDC issuer. */
    Irsa: "irsa",
    /** EKS Pod Identity, by an agent on the nodes. */
    PodIdentity: "pod-identity",
} as const;
/** How pods get their identity. */
export type AwsIdentityMode = (typeof AwsIdentityMode)[keyof typeof AwsIdentityMode];

/**
 * Names of the roles beside those of W&B's pods (`aws.identity.roleName`), of the cluster and of the nodes (`aws.cluster.roleName`,
 * `aws.cluster.nodes.roleName`), at most 64 characters each. A name of a role that is not made counts for nothing. A change replaces the
 * role. Default: made from the deployment's name.
 */
export interface AwsRoleNamesArgs {
    /** Network add-on of EKS (`vpc-cni`). */
    vpcCni?: pulumi.Input<string>;
    /** EBS CSI driver. */
    ebsCsiDriver?: pulumi.Input<string>;
    /** AWS load balancer controller. */
    loadBalancerController?: pulumi.Input<string>;
    /** Cluster autoscaler. */
    clusterAutoscaler?: pulumi.Input<string>;
    /** external-dns. */
    externalDns?: pulumi.Input<string>;
    /** VPC flow logs. */
    flowLogs?: pulumi.Input<string>;
    /** Enhanced monitoring of the database. */
    databaseMonitoring?: pulumi.Input<string>;
    /** Replication of the bucket. */
    bucketReplication?: pulumi.Input<string>;
    /** Exporter of CloudWatch metrics. */
    cloudWatchExporter?: pulumi.Input<string>;
}

/** Roles: that of W&B's pods, and settings of all that are made. */
export interface AwsIdentityArgs {
    /**
     * How pods get their identity. With `pod-identity` the association names each service account, so components that the release channel
     * brings later have no access until this package knows them, or `serviceAccounts` gives them an account of yours. A cluster of your own
     * must have the add-on `eks-pod-identity-agent`: without it pods get no credentials.
     * @default irsa
     */
    mode?: AwsIdentityMode;
    /**
     * Name of the role of W&B's pods, at most 64 characters. A change replaces the role, and policies of others that name the old role do not let
     * in the new one. Default: made from the deployment's name.
     */
    roleName?: pulumi.Input<string>;
    /** Names of the other roles, for accounts in which names follow rules. A change replaces the role. */
    roleNames?: AwsRoleNamesArgs;
    /**
     * Path of all roles (`Path`), beginning and ending with a slash, for example `/wandb/`. A change replaces the roles, and with them cluster and
     * node groups, which deletion protection refuses. Roles with a name of yours need another name in the same run: IAM has no two of one name,
     * whatever their paths. Default: `/`.
     */
    path?: pulumi.Input<string>;
    /** ARN of the policy that is the permissions boundary of all roles. What it does not allow none of them may do. Default: none. */
    permissionsBoundary?: pulumi.Input<string>;
    /**
     * Beginning of the names of the secrets in AWS Secrets Manager that W&B may make, read, change and delete, when teams' secrets are kept there
     * (`GORILLA_CUSTOMER_SECRET_STORE_SOURCE`). Whatever in the account and region begins so is W&B's. Default: the name of the cluster when it is
     * made here with a random end; otherwise W&B has no rights on secrets.
     */
    secretPrefix?: pulumi.Input<string>;
    /**
     * Rights on buckets beside the instance's own.
     * @default strict
     */
    bucketAccess?: AwsBucketAccess;
    /** Numbers of the accounts whose buckets may be used. Needed with `bucketAccess: "restricted"`, and refused otherwise. */
    teamBucketAccounts?: pulumi.Input<string>[];
    /**
     * ARNs of further policies of the role of W&B's pods, at most ten (twenty once AWS has raised the quota), by a name that stays: lower-case letters, digits and hyphens. To exchange
     * policies between names take them away first, in a run of its own: AWS knows no names, so the policy that goes takes along the one that came.
     */
    policyArns?: Record<string, pulumi.Input<string>>;
}
