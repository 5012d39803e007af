import { getVault } from "@pulumi/azure-native/keyvault/getVault";
import { Vault } from "@pulumi/azure-native/keyvault/vault";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { lookUp } from "../../look-up";
import { dataOptions } from "../../protection";
import { type AzureKeyArgs, AzureKeyProtection } from "../args/key";
import { physicalName } from "../name";
import type { AzureDeploymentScope } from "../scope";

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault */
const LongestVaultName = 24;

/** A vault, made or there before. */
export interface VaultFacts {
    readonly id: pulumi.Output<string>;
    readonly name: pulumi.Output<string>;
    readonly resourceGroupName: pulumi.Output<string>;
    readonly uri: pulumi.Output<string>;
}

/** Makes the vault, or looks at the caller's own. */
export function createVault(scope: AzureDeploymentScope, key: AzureKeyArgs): VaultFacts {
    return key.existingVaultId === undefined ? madeVault(scope, key) : ownVault(scope, key.existingVaultId);
}

function madeVault(scope: AzureDeploymentScope, key: AzureKeyArgs): VaultFacts {
    const { name, location, resourceGroupName, tenantId, tags } = scope;
    const vault = new Vault(
        `${name}-vault`,
        {
            resourceGroupName,
            location,
            // Names begin with a letter.
            vaultName: physicalName(scope, key.vaultName, {
                word: "vault",
                beginning: `kv-${name}`,
                longest: LongestVaultName,
            }),
            properties: {
                tenantId,
                sku: { family: "A", name: key.protection === AzureKeyProtection.Hsm ? "premium" : "standard" },
                createMode: key.recover === true ? "recover" : undefined,
                enableRbacAuthorization: true,
                // Demanded though roles decide.
                accessPolicies: [],
                enableSoftDelete: true,
                softDeleteRetentionInDays: key.softDeleteDays ?? 90,
                // Encryption of database and storage account demands it, and nobody can turn it off again.
                enablePurgeProtection: true,
                ...reach(key),
            },
            tags,
        },
        dataOptions(scope),
    );
    return { id: vault.id, name: vault.name, resourceGroupName, uri: vault.properties.vaultUri };
}

/** Azure's own services pass, for database and storage account use their keys from outside of the network. */
function reach({ publicAccess = false, allowedCidrs = [] }: AzureKeyArgs) {
    const somewhere = publicAccess || allowedCidrs.length > 0;
    return {
        publicNetworkAccess: somewhere ? "Enabled" : "Disabled",
        networkAcls: {
            bypass: "AzureServices",
            defaultAction: publicAccess ? "Allow" : "Deny",
            ipRules: allowedCidrs.map((value) => ({ value })),
        },
    };
}

function ownVault({ parent, location }: AzureDeploymentScope, id: pulumi.Input<string>): VaultFacts {
    const path = "azure.key.existingVaultId";
    const found = lookUp({ path, wanted: "the id of a vault that you may read", resource: parent }, id, (known) => {
        const { resourceGroupName, name: vaultName } = partsOf(known);
        return getVault({ resourceGroupName, vaultName }, { parent });
    });
    const checked = pulumi.all([found, location]).apply(([vault, place]) => {
        const { enableRbacAuthorization, enablePurgeProtection } = vault.properties;
        const refuse = (why: string) => resourceError(`${path}: ${why} ("${vault.id}" given).`, parent);
        if (enableRbacAuthorization !== true) {
            throw refuse(
                "is a vault with access policies, where roles have no effect. Set its `enableRbacAuthorization`",
            );
        }
        if (enablePurgeProtection !== true) {
            throw refuse(
                "is a vault without purge protection, which encryption of data demands. Set its `enablePurgeProtection`",
            );
        }
        if (squeezed(vault.location ?? place) !== squeezed(place)) {
            throw refuse(
                `is a vault in ${vault.location}, but a database in ${place} uses keys of that region only. Give a vault there`,
            );
        }
        return vault;
    });
    return {
        id: checked.id,
        name: checked.name,
        resourceGroupName: checked.id.apply((known) => partsOf(known).resourceGroupName),
        uri: checked.properties.vaultUri,
    };
}

/** Resource group and name in the id of a vault, an identity and others. */
export function partsOf(id: string): { readonly resourceGroupName: string; readonly name: string } {
    const parts = id.split("/");
    return { resourceGroupName: parts[4] ?? "", name: parts[8] ?? "" };
}

/** Azure writes locations as `West Europe` here and as `westeurope` there. */
function squeezed(location: string): string {
    return location.replaceAll(" ", "").toLowerCase();
}
