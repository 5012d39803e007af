import { Account, IAMMember } from "@pulumi/gcp/serviceaccount";
import * as pulumi from "@pulumi/pulumi";
import type { Apis } from "../apis";
import { physicalName } from "../name";
import type { GcpDeploymentScope } from "../scope";

/** Longest id of a service account: https://docs.cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts/create */
const LongestId = 30;

export interface ServiceAccountArgs {
    /** Word for logical names. */
    readonly word: string;
    /** Id; made from the logical name when absent. */
    readonly accountId?: pulumi.Input<string>;
    readonly displayName: string;
    readonly apis: Apis;
}

/** Makes a service account that has no rights yet. */
export function createServiceAccount(scope: GcpDeploymentScope, args: ServiceAccountArgs): Account {
    const { name, parent, project } = scope;
    const { word, displayName, apis } = args;
    const accountId = physicalName(scope, args.accountId, {
        word: `${word}-account`,
        beginning: `${name}-${word}`,
        longest: LongestId,
    });
    return new Account(
        `${name}-${word}-account`,
        { accountId, project, displayName },
        { parent, dependsOn: apis.need("iam") },
    );
}

/** A Kubernetes service account. */
export interface KubernetesAccount {
    readonly namespace: string;
    readonly name: pulumi.Input<string>;
    /** What it may have been called in logical names before. */
    readonly formerWords?: readonly string[];
}

/**
 * Lets a Kubernetes service account act as a service account of Google Cloud. Single members, so that others that the user adds stay. By
 * name and not by namespace (`principalSet`): a component that is not known here does not carry the annotation that it needs as well, so
 * nothing would be gained for components to come, and every other pod of the namespace would have the rights.
 * https://docs.cloud.google.com/kubernetes-engine/docs/how-to/workload-identity#kubernetes-sa-to-iam
 *
 * @param pool workload identity pool, known once there is one: a project has none before its first cluster with workload identity
 */
export function actAs(
    { name, parent }: GcpDeploymentScope,
    account: Account,
    word: string,
    { namespace, name: who, formerWords = [] }: KubernetesAccount,
    pool: pulumi.Input<string>,
): IAMMember {
    return new IAMMember(
        `${name}-${word}`,
        {
            serviceAccountId: account.name,
            role: "roles/iam.workloadIdentityUser",
            member: pulumi.interpolate`serviceAccount:${pool}[${namespace}/${who}]`,
        },
        { parent, aliases: formerWords.map((former) => ({ name: `${name}-${former}` })) },
    );
}

/** Annotations with which a Kubernetes service account acts as a service account of Google Cloud. */
export function accountAnnotations(email: pulumi.Input<string>): Record<string, pulumi.Input<string>> {
    return { "iam.gke.io/gcp-service-account": email };
}
