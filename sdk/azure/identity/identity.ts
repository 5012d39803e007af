import * as pulumi from "@pulumi/pulumi";
import type { PodAccounts } from "../../contract/cloud-input";
import type { IdentityFacts } from "../../contract/infrastructure";
import { resourceError } from "../../errors";
import type { AzureIdentityArgs } from "../args/identity";
import type { AzureIdentity, KeysFacts } from "../facts";
import { definitionId } from "../roles";
import type { AzureDeploymentScope } from "../scope";
import { federate, identityAnnotations, type KubernetesAccount, MostCredentials, WorkloadLabels } from "./federation";
import { createManagedIdentity } from "./managed-identity";
import { assignRole, assignRoleById } from "./role";

/**
 * Components that do nothing on Azure: the web pages, the server of the Model Context Protocol, which asks W&B's own API, and the agent of Lumen, which
 * has an account of Google Cloud. Without them the others fit into the 20 accounts that Azure takes for one identity.
 */
const WithoutAzure = new Set(["frontend", "mcp-server", "lumen-agent"]);

export interface IdentityPartArgs {
    readonly identity: AzureIdentityArgs;
    /** Of `createAppIdentity`. */
    readonly app: AzureIdentity;
    readonly namespace: string;
    /** Service accounts of W&B's pods. */
    readonly accounts: PodAccounts;
    /** Issuer of the cluster's tokens, as it stands in them. */
    readonly tokenIssuer: pulumi.Input<string>;
    readonly keys: Pick<KeysFacts, "vaultId" | "vaultUri">;
    /** The vault is the caller's own. */
    readonly ownVault: boolean;
}

export interface IdentityPart {
    readonly facts: IdentityFacts;
    /** The identity's roles, and who has the identity: W&B waits for them. */
    readonly ready: readonly pulumi.Resource[];
}

/** Makes the managed identity of W&B's pods. It needs nothing, so that storage and cluster need not wait for each other. */
export function createAppIdentity(scope: AzureDeploymentScope, { name }: AzureIdentityArgs): AzureIdentity {
    return createManagedIdentity(scope, { word: "app", name });
}

/** Gives the identity its roles, and the service accounts the identity. */
export function createIdentity(scope: AzureDeploymentScope, args: IdentityPartArgs): IdentityPart {
    return new Identity(scope, args).part;
}

/** The one identity of all pods of W&B, with its roles, and with the Kubernetes accounts that act as it. */
class Identity extends pulumi.ComponentResource {
    readonly part: IdentityPart;

    constructor(scope: AzureDeploymentScope, args: IdentityPartArgs) {
        super("wandb:azure:Identity", `${scope.name}-identity`, {}, { parent: scope.parent });
        this.part = identityPart({ ...scope, parent: this }, args);
        this.registerOutputs({ clientId: args.app.clientId });
    }
}

function identityPart(scope: AzureDeploymentScope, args: IdentityPartArgs): IdentityPart {
    const { identity, app, tokenIssuer, keys, ownVault } = args;
    const { clientId } = app;
    const keepsSecrets = identity.secretAccess ?? !ownVault;
    return {
        facts: {
            // W&B's console shows it, in the words of the vendor's own module.
            principal: pulumi.interpolate`CLIENT_ID=${clientId} - TENANT_ID=${scope.tenantId} - OIDC_ISSUER_URL=${tokenIssuer}`,
            tokenIssuer,
            secretStore: keepsSecrets ? "az-secretmanager://wandb" : undefined,
            secretVaultUri: keepsSecrets ? keys.vaultUri : undefined,
            serviceAccountAnnotations: identityAnnotations(clientId),
            podLabels: WorkloadLabels,
        },
        ready: [
            ...(keepsSecrets ? [secretRights(scope, app, keys.vaultId)] : []),
            ...furtherRoles(scope, identity, app),
            ...federate(scope, app, tokenIssuer, fewEnough(podAccounts(args), scope)),
        ],
    };
}

/** The narrowest role that lets make and delete secrets; it cannot be limited to some names. */
function secretRights(
    scope: AzureDeploymentScope,
    { principalId }: AzureIdentity,
    scopeId: pulumi.Output<string>,
): pulumi.Resource {
    return assignRole(scope, `${scope.name}-app-secrets`, { role: "Key Vault Secrets Officer", principalId, scopeId });
}

function furtherRoles(
    scope: AzureDeploymentScope,
    { roles = {} }: AzureIdentityArgs,
    { principalId }: AzureIdentity,
): pulumi.Resource[] {
    return Object.entries(roles).map(([word, role]) => {
        const { roleDefinitionId: given, scope: scopeId = scope.resourceGroupId } = role;
        const roleDefinitionId = pulumi
            .all([given, scope.subscriptionId])
            .apply(([known, subscription]) => (known.includes("/") ? known : definitionId(subscription, known)));
        return assignRoleById(scope, `${scope.name}-app-role-${word}`, { roleDefinitionId, principalId, scopeId });
    });
}

/**
 * Two identities would need two annotations, one for each half of the components, and every role of W&B twice. Flexible credentials, which name
 * subjects by a pattern, are not for clusters: https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
 */
function fewEnough(accounts: KubernetesAccount[], { parent }: AzureDeploymentScope): KubernetesAccount[] {
    if (accounts.length > MostCredentials) {
        throw resourceError(
            `serviceAccounts, azure.identity.furtherAccounts: with those that the chart makes they are ${accounts.length} service accounts, but Azure takes ${MostCredentials} for one identity. Let some components share an account by \`serviceAccounts\`.`,
            parent,
        );
    }
    return accounts;
}

/** By name and not by namespace, which Azure cannot: a credential names one subject. */
function podAccounts({ namespace, accounts, identity }: IdentityPartArgs): KubernetesAccount[] {
    const { made, prefix, own, components } = accounts;
    const { furtherAccounts = [] } = identity;
    const used = made.filter((name) => !WithoutAzure.has(name.slice(prefix.length)));
    const known = [...own, ...furtherAccounts].filter((name): name is string => typeof name === "string");
    return [
        ...used.map((name) => ({ word: `app-as-${name.slice(prefix.length)}`, namespace, name })),
        ...[...new Set(known)].map((name) => ({ word: `app-as-own-${name}`, namespace, name })),
        ...own.flatMap((name, index) => {
            if (typeof name === "string") {
                return [];
            }
            // By its components, wherever it stands: of two that change places, each would take the other's credential away.
            const words = [...(components?.get(name) ?? [])].sort().map((one) => `app-as-account-of-${one}`);
            const [word = `app-as-own-${index + 1}`, ...formerWords] = words;
            return [{ word, namespace, name, formerWords }];
        }),
    ];
}
