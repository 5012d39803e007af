import { PodIdentityAssociation } from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import { AwsIdentityMode } from "../args/identity";
import type { ClusterIdentity } from "../facts";
import { issuerTrust, podIdentityTrust, type RoleArgs, type ServiceAccount } from "../iam/iam";
import { createOidcProvider } from "../iam/oidc";
import type { AwsScope } from "../scope";

export interface ClusterIdentityArgs {
    readonly mode: AwsIdentityMode;
    readonly clusterName: pulumi.Output<string>;
    readonly issuer: pulumi.Output<string>;
    /** IAM provider of the issuer, where there is one already. */
    readonly providerArn?: pulumi.Input<string>;
}

/** How pods of the cluster become roles, with the IAM provider that IRSA needs. */
export function clusterIdentity(
    scope: AwsScope,
    { mode, clusterName, issuer, providerArn }: ClusterIdentityArgs,
): ClusterIdentity {
    if (mode === AwsIdentityMode.PodIdentity) {
        return { clusterName };
    }
    const arn = providerArn === undefined ? createOidcProvider(scope, issuer) : pulumi.output(providerArn);
    return { clusterName, oidc: { issuer, providerArn: arn } };
}

/** A service account of the cluster, whose name may be known later only. */
export interface ClusterAccount {
    readonly namespace: string;
    readonly name: pulumi.Input<string>;
}

/**
 * Trust of a role in service accounts of the cluster.
 *
 * @param prefix stands for all accounts whose names begin with it, where AWS would not take them all
 */
export function accountTrust(
    { oidc }: ClusterIdentity,
    accounts: readonly ClusterAccount[],
    prefix?: ServiceAccount,
): RoleArgs["trust"] {
    return oidc === undefined
        ? podIdentityTrust
        : pulumi
              .all([oidc.issuer, oidc.providerArn, pulumi.all([...accounts])])
              .apply(([issuer, providerArn, known]) => issuerTrust(issuer, providerArn, known, prefix));
}

/** What a service account must carry to act as a role. With Pod Identity nothing: its association says it all. */
export function accountAnnotations(
    { oidc }: ClusterIdentity,
    roleArn: pulumi.Output<string>,
): Record<string, pulumi.Output<string>> | undefined {
    return oidc === undefined ? undefined : { "eks.amazonaws.com/role-arn": roleArn };
}

export interface AssociationArgs {
    /** Last part of the logical name. */
    readonly word: string;
    /** What else it may have been called by. */
    readonly formerWords?: readonly string[];
    readonly account: ClusterAccount;
    readonly roleArn: pulumi.Output<string>;
}

/** What must be there before the pods of a service account start, so that they act as the role. With IRSA their annotation says it all. */
export function associateAccount(
    scope: AwsScope,
    { clusterName, oidc }: ClusterIdentity,
    { word, formerWords = [], account, roleArn }: AssociationArgs,
): pulumi.Resource[] {
    if (oidc !== undefined) {
        return [];
    }
    const { namespace, name: serviceAccount } = account;
    return [
        new PodIdentityAssociation(
            `${scope.name}-${word}`,
            { clusterName, namespace, serviceAccount, roleArn, tags: scope.tags },
            // EKS has one association for an account: a new one cannot come before the old one is gone.
            {
                parent: scope.parent,
                deleteBeforeReplace: true,
                aliases: formerWords.map((former) => ({ name: `${scope.name}-${former}` })),
            },
        ),
    ];
}
