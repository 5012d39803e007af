/**
 * Azure's rule for one request, over the role assignments from the thing up to its subscription: one whose role allows it is enough. Pure:
 * https://learn.microsoft.com/azure/role-based-access-control/overview#how-azure-rbac-determines-if-a-user-has-access-to-a-resource
 */
import { BuiltInRoles } from "../../sdk/azure/roles";
import type { RegisteredResource } from "./graph";

/** A role of a principal on a thing. */
export interface RoleGrant {
    readonly role: string;
    readonly principalId: string;
    readonly scope: string;
}

export interface AzureRequest {
    readonly principalId: string;
    /** Of the management plane, or of the data. */
    readonly action: string;
    /** Resource id of the thing that is asked. */
    readonly on: string;
}

const keys = "Microsoft.KeyVault/vaults/keys";

/** What built-in roles allow, as far as tests ask: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const permissions: Readonly<Record<string, readonly string[]>> = {
    "DNS Zone Contributor": ["Microsoft.Network/dnsZones/*"],
    "Key Vault Contributor": ["Microsoft.KeyVault/vaults/read", "Microsoft.KeyVault/vaults/write"],
    "Key Vault Crypto Service Encryption User": [`${keys}/read`, `${keys}/wrap/action`, `${keys}/unwrap/action`],
    "Key Vault Crypto User": [
        `${keys}/read`,
        ...["update", "backup", "encrypt", "decrypt", "wrap", "unwrap", "sign", "verify"].map(
            (verb) => `${keys}/${verb}/action`,
        ),
    ],
    "Key Vault Secrets Officer": ["Microsoft.KeyVault/vaults/read", "Microsoft.KeyVault/vaults/secrets/*"],
    "Monitoring Reader": ["*/read"],
    "Network Contributor": ["Microsoft.Network/*"],
    Reader: ["*/read"],
    "Storage Blob Delegator": ["Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action"],
    "Storage Blob Data Contributor": [
        "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*",
        "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action",
    ],
};

/** Whether any assignment allows it. */
export function isAllowed(grants: readonly RoleGrant[], { principalId, action, on }: AzureRequest): boolean {
    return grants.some(
        ({ role, principalId: who, scope }) =>
            who === principalId &&
            `${on}/`.toLowerCase().startsWith(`${scope}/`.toLowerCase()) &&
            permissionsOf(role).some((allowed) => matches(allowed, action)),
    );
}

function permissionsOf(role: string): readonly string[] {
    const known = permissions[role];
    if (known === undefined) {
        throw new Error(`the permissions of ${role} are not known here: add them`);
    }
    return known;
}

function matches(allowed: string, action: string): boolean {
    const [start = "", end = ""] = allowed.split("*");
    return allowed.includes("*") ? action.startsWith(start) && action.endsWith(end) : action === allowed;
}

const names = new Map<string, string>(Object.entries(BuiltInRoles).map(([name, id]) => [id, name]));

/** All assignments of a program, built-in roles by their names. */
export function roleGrantsOf(resources: readonly RegisteredResource[]): RoleGrant[] {
    return resources
        .filter(({ type }) => type === "azure-native:authorization:RoleAssignment")
        .map(({ inputs }) => {
            const id = String(inputs["roleDefinitionId"]);
            const role = names.get(id.split("/").at(-1) ?? "") ?? id;
            return { role, principalId: String(inputs["principalId"]), scope: String(inputs["scope"]) };
        });
}
