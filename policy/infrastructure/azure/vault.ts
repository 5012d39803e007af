import type { Policies } from "@pulumi/policy";
import { isOff, state } from "../settings";
import { settingPolicy } from "./setting";

const VaultType = "azure-native:keyvault:Vault";

const rbac = settingPolicy(
    {
        name: "wandb-azure-vault-rbac",
        description:
            "Access policies give rights to all keys and secrets of a vault, and a Contributor can give them to itself. Roles are given on one key, by whoever may give roles.",
        level: "advisory",
        severity: "medium",
        remedy: "Set properties.enableRbacAuthorization to true.",
        documentation: "https://learn.microsoft.com/azure/key-vault/general/rbac-guide",
        fix: "Set it to true, once the roles are assigned.",
    },
    [VaultType],
    (vault) => {
        const flag = vault.find("properties.enableRbacAuthorization");
        return [isOff(flag) && { place: flag, message: `${state(flag)}, so access policies rule the vault` }];
    },
);

const purgeProtection = settingPolicy(
    {
        name: "wandb-azure-vault-purge-protection",
        description:
            "Files and database are lost with the key that encrypts them. Without purge protection whoever may purge can destroy it at once.",
        level: "advisory",
        severity: "high",
        remedy: "Set properties.enablePurgeProtection to true.",
        documentation: "https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview",
        fix: "Set it to true, which cannot be taken back.",
    },
    [VaultType],
    (vault) => {
        const flag = vault.find("properties.enablePurgeProtection");
        return [isOff(flag) && { place: flag, message: `${state(flag)}, so a deleted key can be destroyed at once` }];
    },
);

const publicVault = settingPolicy(
    {
        name: "wandb-azure-vault-public",
        description:
            "A vault answers the whole internet unless told otherwise. A stolen token then opens it from anywhere.",
        level: "advisory",
        severity: "high",
        remedy: "Set properties.publicNetworkAccess to Disabled, or networkAcls.defaultAction to Deny.",
        documentation: "https://learn.microsoft.com/azure/key-vault/general/network-security",
        fix: "Set it to Disabled, or networkAcls.defaultAction to Deny with the ranges that need it.",
    },
    [VaultType],
    (vault) => {
        const access = vault.find("properties.publicNetworkAccess");
        const action = vault.find("properties.networkAcls.defaultAction");
        const open = access.absent || access.text?.toLowerCase() === "enabled";
        const unlisted = action.absent || action.text === "Allow";
        return [
            open && unlisted && { place: access, message: `${state(access)}, so the vault answers the whole internet` },
        ];
    },
);

/** Policies about Key Vault. */
export const vaultPolicies: Policies = [rbac, purgeProtection, publicVault];
