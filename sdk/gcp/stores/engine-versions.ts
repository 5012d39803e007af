/**
 * The line of MySQL that W&B asks for, since 8.0 has reached its end: https://docs.wandb.ai/platform/hosting/self-managed/requirements. Google keeps its patches
 * itself, so there is no closer name: https://docs.cloud.google.com/sql/docs/mysql/db-versions
 */
export const DatabaseVersion = "MYSQL_8_4";

/** W&B needs Redis 7: https://docs.cloud.google.com/memorystore/docs/redis/supported-versions */
export const CacheVersion = "REDIS_7_2";
