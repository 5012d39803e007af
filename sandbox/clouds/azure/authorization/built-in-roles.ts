/**
 * Built-in roles that programs of this repository may assign, by https://learn.microsoft.com/en-us/azure/role-based-access-control/built-in-roles,
 * with what they allow to be done with data, where a service of this simulation asks.
 */
interface BuiltInRole {
    readonly name: string;
    readonly dataActions?: readonly string[];
}

const keys = "Microsoft.KeyVault/vaults/keys";
const wrapping = [`${keys}/read`, `${keys}/wrap/action`, `${keys}/unwrap/action`];

export const builtInRoles: Readonly<Record<string, BuiltInRole>> = {
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": { name: "Owner" },
    "b24988ac-6180-42a0-ab88-20f7382dd24c": { name: "Contributor" },
    "acdd72a7-3385-48ef-bd42-f606fba81ae7": { name: "Reader" },
    "befefa01-2a29-4197-83a8-272ff33ce314": { name: "DNS Zone Contributor" },
    "00482a5a-887f-4fb3-b363-3b7fe8e74483": {
        name: "Key Vault Administrator",
        dataActions: ["Microsoft.KeyVault/vaults/*"],
    },
    "f25e0fa2-a7c8-4377-a976-54943a77a395": { name: "Key Vault Contributor" },
    "14b46e9e-c2b7-41b4-b07b-48a6ebf60603": {
        name: "Key Vault Crypto Officer",
        dataActions: [`${keys}/*`, "Microsoft.KeyVault/vaults/keyrotationpolicies/*"],
    },
    "e147488a-f6f5-4113-8e2d-b22465e65bf6": {
        name: "Key Vault Crypto Service Encryption User",
        dataActions: wrapping,
    },
    "12338af0-0e69-4776-bea7-57ae8d297424": {
        name: "Key Vault Crypto User",
        dataActions: [
            ...wrapping,
            ...["update", "backup", "encrypt", "decrypt", "sign", "verify"].map((verb) => `${keys}/${verb}/action`),
        ],
    },
    "b86a8fe4-44ce-4948-aee5-eccb2c155cd7": {
        name: "Key Vault Secrets Officer",
        dataActions: ["Microsoft.KeyVault/vaults/secrets/*"],
    },
    "4633458b-17de-408a-b874-0445c86b69e6": {
        name: "Key Vault Secrets User",
        dataActions: [
            "Microsoft.KeyVault/vaults/secrets/getSecret/action",
            "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
        ],
    },
    "f1a07417-d97a-45cb-824c-7a7467783830": { name: "Managed Identity Operator" },
    "43d0d8ad-25c7-4714-9337-8ba259a9fe05": { name: "Monitoring Reader" },
    "4d97b98b-1d4f-4787-a291-c67834d212e7": { name: "Network Contributor" },
    "b12aa53e-6015-4669-85d0-8515ebb3ae7f": { name: "Private DNS Zone Contributor" },
    "17d1049b-9a84-46fb-8f53-869881c3d3ab": { name: "Storage Account Contributor" },
    "ba92f5b4-2d11-453d-a403-e96b0029c9fe": { name: "Storage Blob Data Contributor" },
    "b7e6dc6d-f1e8-4753-8033-0f276bb0955b": { name: "Storage Blob Data Owner" },
    "db58b8e5-c6ad-4a2a-8342-4190687cbf4a": { name: "Storage Blob Delegator" },
    "974c5e8b-45b9-4653-ba55-5f855dd0fb88": { name: "Storage Queue Data Contributor" },
    "8a0f0c08-91a1-4084-bc3d-661d67233fed": { name: "Storage Queue Data Message Processor" },
    "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a": { name: "Storage Queue Data Message Sender" },
};
