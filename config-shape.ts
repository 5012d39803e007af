/**
 * What the text of a stack's config does not tell about the arguments, by their paths; `*` is any key. A unit test holds the lists
 * against the shape of all arguments.
 */

/** Settings whose values are secret wherever they stand. */
export const SecretPaths = [
    "existing.kubeconfig",
    "aws.cluster.existing.kubeconfig",
    "aws.database.password",
    "aws.cache.authToken",
    "license",
    "database.password",
    "redis.password",
    "bucket.accessKey",
    "bucket.secretKey",
    "oidc.clientSecret",
    "ldap.bindPassword",
    "smtp.password",
    "chart.credentials.username",
    "chart.credentials.password",
    "ingress.tls.privateKey",
    "secretEnv.*",
];

/** Free maps: encrypted in the stack's config, they stay secret leaf by leaf. */
export const FreeMaps = [
    "values",
    "extraEnv",
    "operator.values",
    "operator.extraEnv",
    "components",
    "charts.awsLoadBalancerController.values",
    "charts.clusterAutoscaler.values",
    "charts.externalDns.values",
];

/** Settings that are numbers. Everywhere else outside of free trees `pulumi config set --path` has made one of text that is all digits. */
export const Numbers = [
    "aws.network.zoneCount",
    "aws.network.flowLogs.retentionDays",
    "aws.key.rotationDays",
    "aws.key.deletionWindowDays",
    "aws.cluster.logRetentionDays",
    "aws.cluster.nodes.minPerZone",
    "aws.cluster.nodes.maxPerZone",
    "aws.cluster.nodes.diskSizeGb",
    "aws.cluster.nodes.maxUnavailablePercentage",
    "aws.cluster.nodes.systemReserved.cpuMillicores",
    "aws.cluster.nodes.systemReserved.memoryMegabytes",
    "aws.cluster.nodes.systemReserved.ephemeralStorageMegabytes",
    "aws.cluster.nodes.systemReserved.pids",
    "aws.database.serverless.minCapacity",
    "aws.database.serverless.maxCapacity",
    "aws.database.readers",
    "aws.database.backupRetentionDays",
    "aws.database.logRetentionDays",
    "aws.database.performanceInsightsDays",
    "aws.database.monitoringIntervalSeconds",
    "aws.cache.replicas",
    "aws.cache.snapshotRetentionDays",
    "aws.bucket.lifecycle.noncurrentVersionDays",
    "aws.bucket.lifecycle.incompleteMultipartUploadDays",
    "aws.loadBalancer.idleTimeoutSeconds",
    "sessionLengthHours",
    "database.port",
    "redis.port",
    "smtp.port",
    "components.*.replicas",
];

/** Settings that are taken as they are. */
export const FreeTrees = [
    "values",
    "operator.values",
    "operator.resources",
    "charts.awsLoadBalancerController.values",
    "charts.clusterAutoscaler.values",
    "charts.externalDns.values",
    "components.*.resources",
    "components.*.tolerations",
    "checks.reference.values",
];

/** Maps of text: the word true is text there, too. */
export const TextMaps = [
    "tags",
    "aws.cluster.tags",
    "aws.cluster.nodes.labels",
    "aws.database.clusterParameters",
    "aws.database.instanceParameters",
    "aws.cache.parameters",
    "aws.identity.policyArns",
    "aws.loadBalancer.tags",
    "extraEnv",
    "secretEnv",
    "operator.extraEnv",
    "redis.parameters",
    "ingress.annotations",
    "ingress.labels",
    "ingress.secondary.annotations",
    "serviceAccounts.*.annotations",
    "components.*.env",
    "components.*.nodeSelector",
    "components.*.podAnnotations",
    "components.*.podLabels",
    "checks.silence",
];

/** Top-level settings that are no strings. Nested ones keep the type that `pulumi config set --path` gave them. */
export const Scalars: Record<string, (text: string) => string | number | boolean> = {
    createNamespace: (text) => text === "true" || (text === "false" ? false : text),
    deletionProtection: (text) => text === "true",
    retainData: (text) => text === "true",
    createCustomResource: (text) => text === "true",
    sessionLengthHours: Number,
};
