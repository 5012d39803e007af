/** Windows of the database (UTC), when the arguments give none. */
export const DefaultDatabaseWindows = { backup: "02:00-03:00", maintenance: "sun:05:00-sun:06:00" } as const;

/** Windows of the cache (UTC), when the arguments give none. */
export const DefaultCacheWindows = { snapshot: "05:00-06:00", maintenance: "sun:03:00-sun:04:00" } as const;

/** Readers of the database beside its writer, when the arguments say nothing. */
export const DefaultReaders = 1;

/** Classes of Aurora MySQL without Performance Insights: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DatabaseInsights.Engines.html */
export const NoPerformanceInsights = /^db\.(t2|t3|t4g\.micro$|t4g\.small$)/;
