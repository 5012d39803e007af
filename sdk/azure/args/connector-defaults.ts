/**
 * Service accounts of W&B's pods that use the buckets of teams, as the vendor's module names them, and the one that newer charts share.
 * https://github.com/wandb/terraform-azurerm-wandb/tree/main/modules/secure_storage_connector/service_accounts
 */
export const ConnectorServiceAccounts: readonly string[] = [
    "wandb-app",
    "wandb-api",
    "wandb-console",
    "wandb-executor",
    "wandb-parquet",
    "wandb-filestream",
    "wandb-filemeta",
    "wandb-glue",
    "wandb-weave",
    "wandb-weave-trace",
    "wandb-settings-migration-job",
    "bufstream-service-account",
    "wandb-bucket-access",
];
