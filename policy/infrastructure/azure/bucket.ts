import type { Policies } from "@pulumi/policy";
import { isOff, isOn, state } from "../settings";
import { settingPolicy } from "./setting";

const AccountType = "azure-native:storage:StorageAccount";
const ServiceType = "azure-native:storage:BlobServiceProperties";
const LeastDays = 7;

const publicBucket = settingPolicy(
    {
        name: "wandb-azure-bucket-public",
        description:
            "Files of W&B are reached by signed URLs. A container with public access gives them to everybody who knows their names.",
        level: "mandatory",
        severity: "critical",
        remedy: "Set publicAccess to None.",
        documentation: "https://learn.microsoft.com/azure/storage/blobs/anonymous-read-access-prevent",
        fix: "Set it to None: W&B needs no public access.",
    },
    ["azure-native:storage:BlobContainer"],
    (container) => {
        const access = container.at("publicAccess");
        return [
            /^(?:Blob|Container)$/.test(access.text ?? "") && {
                place: access,
                message: `${state(access)}, so the files are anybody's`,
            },
        ];
    },
);

const publicAccess = settingPolicy(
    {
        name: "wandb-azure-bucket-public-access",
        description:
            "An account that allows public access lets each container open its files to everybody. Where it does not, no setting of a container can.",
        level: "advisory",
        severity: "high",
        remedy: "Set allowBlobPublicAccess to false.",
        documentation: "https://learn.microsoft.com/azure/storage/blobs/anonymous-read-access-prevent",
        fix: "Set it to false.",
    },
    [AccountType],
    (account) => {
        const flag = account.at("allowBlobPublicAccess");
        return [isOn(flag) && { place: flag, message: "is true, so a container may open its files to everybody" }];
    },
);

const withoutTls = settingPolicy(
    {
        name: "wandb-azure-bucket-without-tls",
        description:
            "A storage account demands HTTPS unless told otherwise. By plain HTTP files and signed URLs travel in clear.",
        level: "mandatory",
        severity: "critical",
        remedy: "Leave enableHttpsTrafficOnly on.",
        documentation: "https://learn.microsoft.com/azure/storage/common/storage-require-secure-transfer",
        fix: "Set it to true.",
    },
    [AccountType],
    (account) => {
        const flag = account.at("enableHttpsTrafficOnly");
        return [
            flag.given && isOff(flag) && { place: flag, message: "is false, so files and signed URLs travel in clear" },
        ];
    },
);

const oldTls = settingPolicy(
    {
        name: "wandb-azure-bucket-old-tls",
        description:
            "TLS 1.0 and 1.1 are broken and withdrawn (RFC 8996). A storage account that takes them can be made to use them.",
        level: "mandatory",
        severity: "high",
        remedy: "Set minimumTlsVersion to TLS1_2.",
        documentation:
            "https://learn.microsoft.com/azure/storage/common/transport-layer-security-configure-minimum-version",
        fix: "Set it to TLS1_2.",
    },
    [AccountType],
    (account) => {
        const version = account.at("minimumTlsVersion");
        return [
            /^TLS1_[01]$/.test(version.text ?? "") && {
                place: version,
                message: `${state(version)}, so TLS 1.0 or 1.1 is accepted`,
            },
        ];
    },
);

const crossTenant = settingPolicy(
    {
        name: "wandb-azure-bucket-cross-tenant",
        description:
            "Object replication to another tenant copies files out of your organisation. Whoever may write the account's settings can begin it.",
        level: "advisory",
        severity: "medium",
        remedy: "Set allowCrossTenantReplication to false.",
        documentation:
            "https://learn.microsoft.com/azure/storage/blobs/object-replication-prevent-cross-tenant-policies",
        fix: "Set it to false.",
    },
    [AccountType],
    (account) => {
        const flag = account.at("allowCrossTenantReplication");
        return [isOn(flag) && { place: flag, message: "is true, so files may be replicated to another tenant" }];
    },
);

const versions = settingPolicy(
    {
        name: "wandb-azure-bucket-versions",
        description:
            "A storage account keeps no versions unless told so. With them a file that was overwritten by mistake can be brought back.",
        level: "advisory",
        severity: "medium",
        remedy: "Set isVersioningEnabled to true.",
        documentation: "https://learn.microsoft.com/azure/storage/blobs/versioning-overview",
        fix: "Set it to true.",
    },
    [ServiceType],
    (service) => {
        const flag = service.at("isVersioningEnabled");
        return [isOff(flag) && { place: flag, message: `${state(flag)}, so what is overwritten by mistake is gone` }];
    },
);

const softDelete = settingPolicy(
    {
        name: "wandb-azure-bucket-soft-delete",
        description:
            "Without soft delete what is deleted by mistake is gone at once. With less than a week of it, before it is noticed.",
        level: "advisory",
        severity: "medium",
        remedy: "Set deleteRetentionPolicy and containerDeleteRetentionPolicy, with 7 days or more.",
        documentation: "https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview",
        fix: "Set enabled to true and days to 7 or more.",
    },
    [ServiceType],
    (service) =>
        ["deleteRetentionPolicy", "containerDeleteRetentionPolicy"].flatMap((key) => {
            const [flag, days] = [service.at(key, "enabled"), service.at(key, "days")];
            return [
                isOff(flag) && { place: flag, message: `${state(flag)}, so what is deleted by mistake is gone` },
                isOn(flag) &&
                    (days.number ?? LeastDays) < LeastDays && {
                        place: days,
                        message: `${state(days)}, so what is deleted by mistake is soon gone`,
                    },
            ];
        }),
);

const bucketKey = settingPolicy(
    {
        name: "wandb-azure-bucket-key",
        description:
            "Azure Storage encrypts by Microsoft's keys unless told otherwise. With a key of yours you see who reads, and can stop it.",
        level: "advisory",
        severity: "low",
        remedy: "Set encryption.keySource to Microsoft.Keyvault, with a key.",
        documentation: "https://learn.microsoft.com/azure/storage/common/customer-managed-keys-overview",
        fix: "Set it to Microsoft.Keyvault, with keyVaultProperties and an identity.",
    },
    [AccountType],
    (account) => {
        const source = account.find("encryption.keySource");
        const theirs = source.absent || source.text === "Microsoft.Storage";
        return [theirs && { place: source, message: `${state(source)}, so Microsoft encrypts by a key of its own` }];
    },
);

/** Policies about Azure Storage. */
export const bucketPolicies: Policies = [
    publicBucket,
    publicAccess,
    withoutTls,
    oldTls,
    crossTenant,
    versions,
    softDelete,
    bucketKey,
];
