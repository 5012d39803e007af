import { PodIdentityAssociation } from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import { issuerTrust, podIdentityTrust, type RoleArgs, type ServiceAccount } from "../iam/iam";
import type { AwsScope } from "../scope";

/** How pods of one cluster become roles. */
export interface ClusterIdentity {
    readonly clusterName: pulumi.Output<string>;
    /** The cluster's OIDC issuer and its IAM provider (IRSA). Absent with Pod Identity. */
    readonly oidc?: { readonly issuer: pulumi.Output<string>; readonly providerArn: pulumi.Output<string> };
}

/** Trust of a role in service accounts of the cluster. */
export function accountTrust({ oidc }: ClusterIdentity, accounts: readonly ServiceAccount[]): RoleArgs["trust"] {
    return oidc === undefined
        ? podIdentityTrust
        : pulumi
              .all([oidc.issuer, oidc.providerArn])
              .apply(([issuer, providerArn]) => issuerTrust(issuer, providerArn, accounts));
}

/** What a service account must carry to act as a role. */
export function accountAnnotations(
    { oidc }: ClusterIdentity,
    roleArn: pulumi.Output<string>,
): Record<string, pulumi.Output<string>> {
    return oidc === undefined ? {} : { "eks.amazonaws.com/role-arn": roleArn };
}

/** What must be there before the pods of a service account start, so that they act as the role. With IRSA their annotation says it all. */
export function associateAccount(
    scope: AwsScope,
    { clusterName, oidc }: ClusterIdentity,
    args: { readonly word: string; readonly account: ServiceAccount; readonly roleArn: pulumi.Output<string> },
): pulumi.Resource[] {
    if (oidc !== undefined) {
        return [];
    }
    const { namespace, name: serviceAccount } = args.account;
    return [
        new PodIdentityAssociation(
            `${scope.name}-${args.word}-identity`,
            { clusterName, namespace, serviceAccount, roleArn: args.roleArn, tags: scope.tags },
            { parent: scope.parent },
        ),
    ];
}
