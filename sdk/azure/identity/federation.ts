import { FederatedIdentityCredential } from "@pulumi/azure-native/managedidentity/federatedIdentityCredential";
import * as pulumi from "@pulumi/pulumi";
import { contentKey } from "../../content-key";
import type { AzureIdentity } from "../facts";
import type { AzureDeploymentScope } from "../scope";

/** https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations */
export const MostCredentials = 20;

/** A Kubernetes service account. */
export interface KubernetesAccount {
    /** Word for logical names. */
    readonly word: string;
    readonly namespace: string;
    readonly name: pulumi.Input<string>;
    /** What it may have been called in logical names before. */
    readonly formerWords?: readonly string[];
}

/** What the webhook of Microsoft Entra Workload ID looks for in pods. */
export const WorkloadLabels: Readonly<Record<string, string>> = Object.freeze({
    "azure.workload.identity/use": "true",
});

/** Annotations with which a Kubernetes service account acts as an identity. */
export function identityAnnotations(clientId: pulumi.Input<string>): Record<string, pulumi.Input<string>> {
    return { "azure.workload.identity/client-id": clientId };
}

/**
 * Lets Kubernetes service accounts act as a managed identity, one after the other, since Azure refuses two at a time:
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations#concurrent-updates-arent-supported-user-assigned-managed-identities
 *
 * @param issuer of the cluster's tokens, exactly as it stands in them
 */
export function federate(
    { name, parent, resourceGroupName }: Pick<AzureDeploymentScope, "name" | "parent" | "resourceGroupName">,
    identity: AzureIdentity,
    issuer: pulumi.Input<string>,
    accounts: readonly KubernetesAccount[],
): readonly pulumi.Resource[] {
    return accounts.reduce<pulumi.Resource[]>((made, account) => {
        const { word, namespace, name: who, formerWords = [] } = account;
        const credential = new FederatedIdentityCredential(
            `${name}-${word}`,
            {
                resourceGroupName,
                resourceName: identity.name,
                federatedIdentityCredentialResourceName: credentialName(typeof who === "string" ? who : word),
                issuer,
                subject: pulumi.interpolate`system:serviceaccount:${namespace}:${who}`,
                audiences: ["api://AzureADTokenExchange"],
            },
            {
                parent,
                dependsOn: made.slice(-1),
                aliases: formerWords.map((former) => ({ name: `${name}-${former}` })),
            },
        );
        return [...made, credential];
    }, []);
}

const LongestName = 120;

/**
 * Names of service accounts may have dots and be longer:
 * https://learn.microsoft.com/rest/api/managedidentity/federated-identity-credentials/create-or-update
 */
function credentialName(account: string): string {
    return /^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/.test(account)
        ? account
        : `${account.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, LongestName - 9)}-${contentKey(account)}`;
}
