/**
 * The line of MySQL that W&B asks for, since 8.0 reaches its end: https://docs.wandb.ai/platform/hosting/self-managed/requirements. Azure has it since 2025 and keeps its patches
 * itself, so there is no closer name: https://learn.microsoft.com/azure/mysql/concepts-version-policy
 */
export const DatabaseVersion = "8.4";

/** The only line of Azure Cache for Redis: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-how-to-upgrade */
export const AzureCacheVersion = "6";
