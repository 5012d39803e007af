import type { SpecInputs } from "./azure-module-spec";
import type { Addition, Difference } from "./spec";

const fixedAccounts =
    /^(app|api|executor|glue|console|weave|weave-trace|bufstream|parquet|settingsMigrationJob|filestream|filemeta)/;
const account = (end: string) => new RegExp(`${fixedAccounts.source}/${end}`);

const secret = "A Secret has it, and the custom resource names the Secret.";
const silent = "Nothing is written where nothing is said.";
const port = "A port is always a number: the operator refuses to merge kinds (Trap 3).";
const inCluster = "Without a cache of its own W&B gets one in the cluster, and no empty host.";
const noTemplate = "No template of the chart reads it.";

const withSentinel = ({ redis }: SpecInputs) => redis === "control-plane" || redis === "chainguard";

export const Differences: readonly Difference<SpecInputs>[] = [
    {
        path: /^bufstream\//,
        reason: "Bufstream reads its own bucket by an account that the chart fixes; `azure.identity.furtherAccounts` lets it in.",
    },
    {
        path: account("serviceAccount/name$"),
        reason: "The name is the chart's own, which follows the name of the custom resource.",
    },
    { path: account("serviceAccount/labels/"), reason: "No template of the chart reads labels of service accounts." },
    { path: account("pod/labels/"), reason: "The chart reads `podLabels`, which say the same." },
    {
        path: /^(pod|podLabels)\//,
        reason: "They are misplaced at the top, where nothing reads them; filemeta has them now (Trap 5).",
    },
    { path: /^weave\/persistence\/provider$/, reason: noTemplate },
    { path: /^global\/license$/, reason: secret },
    { path: /^global\/mysql\/password$/, reason: secret },
    { path: /^global\/redis\/password$/, reason: secret },
    { path: /^global\/redis\/external$/, reason: noTemplate },
    {
        path: /^global\/redis\/params\/master$/,
        when: ({ redis }) => redis === "azure" || redis === "none",
        reason: silent,
    },
    { path: /^global\/redis\/(host|port)$/, when: ({ redis }) => redis === "none", reason: inCluster },
    { path: /^redis\/install$/, value: true, when: ({ redis }) => redis === "none", reason: inCluster },
    {
        path: /^global\/redis\/port$/,
        value: 10000,
        when: ({ redis }) => redis === "azure",
        reason: "Azure Managed Redis answers at this port, with TLS only; the module uses the port without.",
    },
    { path: /^global\/redis\/port$/, value: 6380, when: ({ redis }) => redis === "external", reason: port },
    { path: /^global\/redis\/port$/, value: 26379, when: withSentinel, reason: port },
    { path: /^global\/(bucket|defaultBucket)\/accessKey$/, reason: secret },
    {
        path: /^global\/defaultBucket\/path$/,
        when: ({ ownBucket }) => ownBucket !== true,
        reason: "The path is said outright in `global.bucket`, without a slash at its end (Trap 4).",
    },
    {
        path: /^global\/defaultBucket\/(.+)$/,
        movedTo: "global/bucket/$1",
        when: ({ ownBucket }) => ownBucket !== true,
        reason: "The bucket is said outright, so that nobody moves W&B's files away in its console by mistake.",
    },
    {
        path: /^global\/defaultBucket\//,
        when: ({ ownBucket }) => ownBucket === true,
        reason: "No second storage account is made next to one's own.",
    },
    { path: /^global\/azureIdentityForBucket\//, reason: noTemplate },
    { path: /^global\/lumen\//, reason: "It is empty unless `values` says it (Trap 22)." },
    {
        path: /^global\/extraEnv\/GORILLA_SECRET_STORE_/,
        reason: "W&B's own secrets stand in Kubernetes Secrets; only teams' secrets go to the vault.",
    },
    {
        path: /^ingress\/annotations\/cert-manager\.io~(cluster-issuer|acme-challenge-type)$/,
        reason: "The issuer is in the namespace of the custom resource, so that two deployments do not share it, and knows the proof.",
    },
    { path: /^ingress\/issuer\/create$/, reason: "It is the chart's default." },
    { path: /^ingress\/labels\/sha_hash$/, reason: "It is a constant that made something restart once (Trap 22)." },
    {
        path: /^ingress\/secondary\//,
        reason: "Private Link goes to the frontend at which W&B answers, so no second Ingress is needed.",
    },
    { path: /^mysql\/install$/, reason: "It is the chart's default." },
    {
        path: /^parquet\/extraEnv\/(.+)$/,
        movedTo: "parquet/env/$1",
        reason: "The chart reads `env` of a component, not `extraEnv`.",
    },
    {
        path: /^otel\/daemonset\/config\/receivers\/azuremonitor\/resource_groups\/0$/,
        value: "demo-group1a2b3c4d",
        reason: "The provider adds digits to names, so that two deployments do not collide.",
    },
    {
        path: /^otel\/daemonset\/config\/receivers\/azuremonitor\/services\/1$/,
        value: "Microsoft.Cache/redisEnterprise",
        when: ({ redis }) => redis === "azure",
        reason: "Azure Managed Redis is another type of resource than the retiring cache.",
    },
    {
        path: /^otel\/daemonset\/config\/receivers\/azuremonitor\/services\/1$/,
        when: ({ redis }) => redis !== "azure",
        reason: "Only what is made here is watched.",
    },
];

export const Additions: readonly Addition[] = [
    {
        path: /\/serviceAccount\/annotations\/azure\.workload\.identity~client-id$/,
        reason: "All of the chart's accounts act as W&B's identity, those that came later too.",
    },
    {
        path: /\/podLabels\/azure\.workload\.identity~use$/,
        reason: "Azure's webhook gives the identity to labelled pods only.",
    },
    { path: /^global\/licenseSecret\//, reason: "Credentials stand in Secrets." },
    { path: /^global\/mysql\/passwordSecret\//, reason: "Credentials stand in Secrets." },
    { path: /^global\/redis\/secret\//, reason: "Credentials stand in Secrets." },
    { path: /^global\/bucket\/secret\//, reason: "Credentials stand in Secrets." },
    { path: /^global\/bucket\/path$/, reason: "It is the container, without a slash at its end (Trap 4)." },
    { path: /^global\/redis\/params\/tls$/, reason: "Azure Managed Redis speaks TLS only, and the client is told so." },
    {
        path: /^ingress\/annotations\/cert-manager\.io~issuer$/,
        reason: "The issuer is in the namespace of the custom resource.",
    },
    { path: /^ingress\/annotations\/appgw\.ingress\.kubernetes\.io~ssl-redirect$/, reason: "HTTP redirects to HTTPS." },
    { path: /^pulumiWandb\/revision$/, reason: "By it readiness tells the new settings from the old ones." },
];
