import { ManagementLockByScope } from "@pulumi/azure-native/authorization/managementLockByScope";
import { BlobContainer } from "@pulumi/azure-native/storage/blobContainer";
import { BlobServiceProperties } from "@pulumi/azure-native/storage/blobServiceProperties";
import { ManagementPolicy } from "@pulumi/azure-native/storage/managementPolicy";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../../protection";
import { corsOrigin } from "../../values/host";
import {
    AzureBucketAccess,
    type AzureBucketArgs,
    type AzureBucketNetworkArgs,
    AzureBucketRedundancy,
    AzureBucketTier,
} from "../args/bucket";
import type { AzureIdentity, KeyFacts } from "../facts";
import { physicalName } from "../name";
import type { AzureScope } from "../scope";

/** A key of the account owner, and the identity by which the account uses it. */
export interface AccountKey {
    readonly key: KeyFacts;
    readonly identity: AzureIdentity;
}

/** Settings that an account has whoever makes it. */
export type AccountSettings = Pick<
    AzureBucketArgs,
    | "accountName"
    | "containerName"
    | "redundancy"
    | "accessTier"
    | "infrastructureEncryption"
    | "access"
    | "versioning"
    | "lifecycle"
    | "softDeleteDays"
    | "allowedCidrs"
    | "allowedSubnetIds"
>;

export interface AccountInput {
    readonly settings: AccountSettings;
    /** Without it Microsoft's own keys encrypt. */
    readonly key?: AccountKey;
    /** Hosts whose pages may read and write by signed URLs. */
    readonly hosts: readonly pulumi.Input<string>[];
    /** Event Grid writes into the account, by its own way through the network rules. */
    readonly trustedServices: boolean;
}

/** A storage account with its container. */
export interface Account {
    readonly account: StorageAccount;
    readonly container: BlobContainer;
    /** What else is made in it, and its lock must not outlive. */
    readonly parts: readonly pulumi.Resource[];
}

/** What an account is called where nobody names it. */
export const DefaultContainer = "wandb";

const LongestName = 24;

/** Makes an account that answers to TLS only, lets nobody in without a credential, and keeps old versions. */
export function createAccount(scope: AzureScope, input: AccountInput): Account {
    const { name, resourceGroupName } = scope;
    const { settings } = input;
    const account = createStorageAccount(scope, input);
    const inside = { accountName: account.name, resourceGroupName };
    const service = createBlobService(scope, inside, input);
    const policy = new ManagementPolicy(
        `${name}-bucket-lifecycle`,
        { ...inside, managementPolicyName: "default", policy: { rules: [oldVersions(settings)] } },
        dataOptions(scope),
    );
    const container = new BlobContainer(
        `${name}-bucket`,
        { ...inside, containerName: settings.containerName ?? DefaultContainer, publicAccess: "None" },
        // From its first object on the container has versions and can be restored.
        dataOptions(scope, [service]),
    );
    return { account, container, parts: [service, policy, container] };
}

function createStorageAccount(scope: AzureScope, { settings, key, trustedServices }: AccountInput): StorageAccount {
    const { name, resourceGroupName, location, tags } = scope;
    const keyless = settings.access === AzureBucketAccess.Identity;
    return new StorageAccount(
        `${name}-bucket-account`,
        {
            accountName: physicalName(scope, settings.accountName, {
                word: "bucket-account",
                beginning: name,
                longest: LongestName,
                alphanumeric: true,
            }),
            resourceGroupName,
            location,
            kind: "StorageV2",
            sku: { name: `Standard_${settings.redundancy ?? AzureBucketRedundancy.Zrs}` },
            accessTier: settings.accessTier ?? AzureBucketTier.Hot,
            minimumTlsVersion: "TLS1_2",
            enableHttpsTrafficOnly: true,
            allowBlobPublicAccess: false,
            allowCrossTenantReplication: false,
            allowSharedKeyAccess: !keyless,
            defaultToOAuthAuthentication: keyless,
            ...networkRules(settings, trustedServices),
            identity: key && { type: "UserAssigned", userAssignedIdentities: [key.identity.id] },
            encryption: encryption(settings, key),
            tags,
        },
        dataOptions(scope),
    );
}

/**
 * Rules count only while the public network has access at all. An account that is closed keeps them nevertheless where services of Azure get in as
 * trusted ones, for nothing but a rule lets those in.
 */
function networkRules({ allowedCidrs, allowedSubnetIds = [] }: AzureBucketNetworkArgs, trustedServices: boolean) {
    const open = allowedCidrs === undefined;
    const closed = allowedCidrs?.length === 0 && allowedSubnetIds.length === 0 && !trustedServices;
    return {
        publicNetworkAccess: closed ? "Disabled" : "Enabled",
        networkRuleSet: {
            bypass: trustedServices ? "AzureServices" : "None",
            defaultAction: open ? ("Allow" as const) : ("Deny" as const),
            ipRules: allowedCidrs?.map((range) => ({
                action: "Allow" as const,
                iPAddressOrRange: pulumi.output(range).apply(withoutSmallPrefix),
            })),
            virtualNetworkRules: allowedSubnetIds.map((id) => ({
                action: "Allow" as const,
                virtualNetworkResourceId: id,
            })),
        },
    };
}

/** One address is written without a prefix length: https://learn.microsoft.com/en-us/azure/storage/common/storage-network-security-limitations */
function withoutSmallPrefix(range: string): string {
    return range.replace(/\/32$/, "");
}

function encryption({ infrastructureEncryption }: AccountSettings, given: AccountKey | undefined) {
    const twice = infrastructureEncryption === true ? { requireInfrastructureEncryption: true } : {};
    if (given === undefined) {
        return { keySource: "Microsoft.Storage", ...twice };
    }
    const { key, identity } = given;
    return {
        keySource: "Microsoft.Keyvault",
        // Without a version the account takes a new one within a day of its making.
        keyVaultProperties: { keyName: key.name, keyVaultUri: key.uri.apply(vaultOf) },
        encryptionIdentity: { encryptionUserAssignedIdentity: identity.id },
        ...twice,
    };
}

function vaultOf(keyUri: string): string {
    return new URL("/", keyUri).href;
}

function createBlobService(
    scope: AzureScope,
    inside: { readonly accountName: pulumi.Output<string>; readonly resourceGroupName: pulumi.Output<string> },
    { settings, hosts }: AccountInput,
): BlobServiceProperties {
    const softDelete = pulumi.output(settings.softDeleteDays ?? 7);
    const retention = {
        enabled: softDelete.apply((days) => days > 0),
        days: softDelete.apply((days) => (days > 0 ? days : undefined)),
    };
    return new BlobServiceProperties(
        `${scope.name}-bucket-service`,
        {
            ...inside,
            blobServicesName: "default",
            isVersioningEnabled: settings.versioning ?? true,
            deleteRetentionPolicy: retention,
            containerDeleteRetentionPolicy: retention,
            cors: {
                corsRules: [
                    {
                        allowedOrigins: hosts.map((host) => pulumi.output(host).apply(corsOrigin)),
                        allowedMethods: ["GET", "HEAD", "PUT"],
                        // W&B's signed uploads carry checksums and types of their own choice, and its pages read the ETag.
                        allowedHeaders: ["*"],
                        exposedHeaders: ["*"],
                        maxAgeInSeconds: 3600,
                    },
                ],
            },
        },
        dataOptions(scope),
    );
}

/** Clears old versions away. Without versioning there may be versions of earlier days. */
function oldVersions({ lifecycle }: AccountSettings) {
    return {
        name: "oldVersions",
        type: "Lifecycle",
        enabled: true,
        definition: {
            filters: { blobTypes: ["blockBlob", "appendBlob"] },
            actions: { version: { delete: { daysAfterCreationGreaterThan: lifecycle?.noncurrentVersionDays ?? 30 } } },
        },
    };
}

/**
 * Makes Azure refuse to delete the account and what is in it. It is not protected, for it must go when the protection is turned off; it goes before all that
 * it holds.
 */
export function createLock(
    { name, parent, deletionProtection }: AzureScope,
    account: StorageAccount,
    held: readonly pulumi.Resource[],
    lockName: pulumi.Input<string> | undefined,
): void {
    if (!deletionProtection) {
        return;
    }
    new ManagementLockByScope(
        `${name}-bucket-lock`,
        {
            scope: account.id,
            level: "CanNotDelete",
            lockName,
            notes: "Holds the files of Weights & Biases. Set deletionProtection to false to remove it.",
        },
        { parent, dependsOn: [...held] },
    );
}
