import type { Size } from "../../args/application";

/** What a size means for database and cache. */
export interface AzureStoreSize {
    readonly databaseSku: string;
    /** Size of Azure Managed Redis. */
    readonly cacheSku: string;
    /** The same of Azure Cache for Redis. */
    readonly azureCacheSku: string;
}

function storeSize(databaseCpus: number, managedRedis: number, azureCache: number): AzureStoreSize {
    return Object.freeze({
        databaseSku: `Standard_E${databaseCpus}ds_v4`,
        cacheSku: `Balanced_B${managedRedis}`,
        azureCacheSku: `Standard_C${azureCache}`,
    });
}

/** The figures of W&B's own Terraform module, and of Managed Redis the next smaller memory: 6 GB for C3, 12 for 13 of C4, 24 for 26 of C5. */
export const AzureStoreSizes: Readonly<Record<Size, AzureStoreSize>> = Object.freeze({
    small: storeSize(2, 5, 3),
    medium: storeSize(4, 5, 3),
    large: storeSize(8, 10, 4),
    xlarge: storeSize(16, 10, 4),
    xxlarge: storeSize(32, 20, 5),
});
