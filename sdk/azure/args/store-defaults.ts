/** When caches are maintained (UTC), when the arguments say nothing. */
export const DefaultCacheMaintenance = "sun:03:00";

/** Days for which backups of the database are kept, when the arguments say nothing. */
export const DefaultBackupDays = 14;

/** Size of the database's disk in GiB, when the arguments say nothing. */
export const DefaultDiskSize = 100;

/** Memory in GB up to which Managed Redis can keep all keys in one process. https://learn.microsoft.com/azure/redis/architecture#cluster-policies */
export const MostWithoutCluster = 25;
