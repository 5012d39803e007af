/** When databases and caches are backed up and maintained (UTC), when the arguments say nothing. */
export const DefaultStoreTimes = {
    databaseBackup: "02:00",
    databaseMaintenance: "sun:05:00",
    cacheMaintenance: "sun:03:00",
} as const;

/** Daily backups of the database that are kept, when the arguments say nothing. */
export const DefaultBackups = 14;
