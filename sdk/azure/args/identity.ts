import type * as pulumi from "@pulumi/pulumi";

/** A further role of W&B's pods. */
export interface AzureRoleArgs {
    /**
     * Id of the role, the GUID or /subscriptions/<id>/providers/Microsoft.Authorization/roleDefinitions/<GUID> (`roleDefinitionId`). Owner,
     * Contributor and others that may assign roles are refused. A change replaces the assignment.
     */
    roleDefinitionId: pulumi.Input<string>;
    /** Resource id of what the role is assigned on (`scope`). A change replaces the assignment. Default: the resource group. */
    scope?: pulumi.Input<string>;
}

/** The managed identity of W&B's pods, which they have by Microsoft Entra Workload ID, and settings of others that are made. */
export interface AzureIdentityArgs {
    /**
     * Name of the identity of W&B's pods (`resourceName`), 3 to 128 letters, digits, underscores and hyphens, a letter or digit first. A change
     * replaces it, and owners of teams' storage accounts that let in the old one do not let in the new one. Default: made from the deployment's name.
     */
    name?: pulumi.Input<string>;
    /** Name of the identity with which metrics are read, the same. A change replaces it. Default: made from the deployment's name. */
    metricsIdentityName?: pulumi.Input<string>;
    /**
     * Names of further service accounts in W&B's namespace that act as the identity, for example `bufstream-service-account`. Their pods need the
     * label `azure.workload.identity/use: "true"`, and they the annotation `azure.workload.identity/client-id`. Azure takes 20 service accounts for
     * one identity, all together.
     */
    furtherAccounts?: string[];
    /**
     * Let W&B keep teams' secrets in the vault (role Key Vault Secrets Officer on it, and the environment variables
     * `GORILLA_CUSTOMER_SECRET_STORE_SOURCE` and `GORILLA_CUSTOMER_SECRET_STORE_AZ_CONFIG_VAULT_URI`). The role is about all secrets in the vault,
     * and about no keys. A change makes the assignment, or takes it away.
     * @default true with a vault that is made, false with one of your own
     */
    secretAccess?: boolean;
    /**
     * Further roles of the identity, by a name that stays: lower-case letters, digits and hyphens. A change of one replaces that assignment.
     */
    roles?: Record<string, AzureRoleArgs>;
}
