import { Oidc, type SpecInputs } from "./gcp-module-spec";
import type { Addition, Difference } from "./spec";

const fixedAccounts =
    /^(app|console|weave|parquet|weave-trace|executor|settingsMigrationJob|api|glue|filestream|flat-run-fields-updater)/;

const secret = "A Secret has it, and the custom resource names the Secret.";
const silent = "Nothing is written where nothing is said.";
const port = "A port is always a number: the operator refuses to merge kinds (Trap 19).";
const inCluster = "Without a cache of its own W&B gets one in the cluster, and no empty host.";

const withSentinel = ({ redis }: SpecInputs) => redis === "control-plane" || redis === "chainguard";
const withoutEvents = ({ queues }: SpecInputs) => queues !== true;
const withoutBigtable = ({ bigtable }: SpecInputs) => bigtable !== true;

export const Differences: readonly Difference<SpecInputs>[] = [
    {
        path: new RegExp(`${fixedAccounts.source}/serviceAccount/name$`),
        reason: "The name is the chart's own, which follows the name of the custom resource.",
    },
    {
        path: /^global\/pod\/labels\/workload_hash$/,
        reason: "Pods have their identity from the start, so nothing must restart them for it.",
    },
    { path: /^global\/license$/, reason: secret },
    { path: /^global\/mysql\/password$/, reason: secret },
    { path: /^global\/mysql\/name$/, reason: "No template of the chart reads it; `database` says the same." },
    { path: /^global\/redis\/password$/, reason: secret },
    { path: /^global\/redis\/external$/, reason: "No template of the chart reads it." },
    { path: /^global\/redis\/caCert$/, when: ({ redis }) => redis !== "memorystore", reason: silent },
    {
        path: /^global\/redis\/params\/master$/,
        when: ({ redis }) => redis === "memorystore" || redis === "none",
        reason: silent,
    },
    { path: /^global\/redis\/(host|port)$/, when: ({ redis }) => redis === "none", reason: inCluster },
    { path: /^redis\/install$/, value: true, when: ({ redis }) => redis === "none", reason: inCluster },
    { path: /^global\/redis\/port$/, value: 6378, when: ({ redis }) => redis === "memorystore", reason: port },
    { path: /^global\/redis\/port$/, value: 6380, when: ({ redis }) => redis === "external", reason: port },
    { path: /^global\/redis\/port$/, value: 26379, when: withSentinel, reason: port },
    {
        path: /^global\/extraEnv\/GORILLA_DISABLE_CODE_SAVING$/,
        reason: "False is W&B's own default, and a variable is text: `extraEnv` turns it on (Trap 19).",
    },
    {
        path: /^global\/extraEnv\/GORILLA_CUSTOMER_SECRET_STORE_SOURCE$/,
        value: "gcp-secretmanager://example-project?namespace=demo-1a2b3c4d",
        reason: "Secrets begin with a name that nobody else has, since W&B may read whatever begins so.",
    },
    {
        path: /^global\/extraEnv\/TAG_CUSTOMER_NS$/,
        reason: "It tags what W&B tells its vendor; the module's prefix means nothing here.",
    },
    {
        path: /^global\/extraEnv\/OIDC_ISSUER$/,
        movedTo: "global/auth/oidc/issuer",
        reason: "The chart has values of its own for it, from which the console reads it too.",
    },
    {
        path: /^global\/extraEnv\/OIDC_CLIENT_ID$/,
        movedTo: "global/auth/oidc/clientId",
        reason: "The chart has values of its own for it, from which the console reads it too.",
    },
    {
        path: /^global\/extraEnv\/OIDC_AUTH_METHOD$/,
        movedTo: "global/auth/oidc/authMethod",
        reason: "The chart has values of its own for it, from which the console reads it too.",
    },
    { path: /^global\/extraEnv\/OIDC_SECRET$/, reason: `${secret.slice(0, -1)} (${Oidc.clientId}).` },
    { path: /^global\/bigtable\//, when: withoutBigtable, reason: silent },
    {
        path: /^global\/bigtable\/instance$/,
        value: "demo-bigtable-1a2b3c4",
        reason: "The provider adds digits to names, so that two deployments do not collide.",
    },
    { path: /^global\/pubSub\//, when: withoutEvents, reason: silent },
    { path: /^(filestream|flat-run-fields-updater)\/pubSub\/subscription$/, when: withoutEvents, reason: silent },
    {
        path: /^global\/defaultBucket\/path$/,
        when: ({ ownBucket }) => ownBucket !== true,
        reason: silent,
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
        reason: "No second bucket is made next to one's own (Trap 18).",
    },
    {
        path: /^global\/gcpSecurityPolicy$/,
        value: "demo-security-policy-1a2b3c4",
        when: ({ closed }) => closed !== true,
        reason: "The provider adds digits to names, so that two deployments do not collide.",
    },
    {
        path: /^global\/gcpSecurityPolicy$/,
        when: ({ closed }) => closed === true,
        reason: "Without an Ingress there is no load balancer to which it could be attached.",
    },
    { path: /^ingress\/create$/, when: ({ closed }) => closed !== true, reason: "It is the chart's default." },
    {
        path: /^ingress\/nameOverride$/,
        reason: "The Ingress has the name of the custom resource; another one is an argument.",
    },
    {
        path: /^ingress\/annotations\//,
        when: ({ closed }) => closed === true,
        reason: "Without an Ingress nobody reads its annotations.",
    },
    {
        path: /^ingress\/annotations\/ingress\.gcp\.kubernetes\.io~pre-shared-cert$/,
        value: "demo-certificate-1a2b3c4",
        reason: "One certificate for each host, so that one more does not stop the others.",
    },
    { path: /^stackdriver\/install$/, when: ({ exporter }) => exporter !== true, reason: "It is the chart's default." },
    { path: /^mysql\/install$/, reason: "It is the chart's default." },
    {
        path: /^(app|weave|parquet)\/extraEnvs\/(.+)$/,
        movedTo: "$1/env/$2",
        reason: "No template of the chart reads `extraEnvs`: what the module was told never arrived (Trap 4).",
    },
];

export const Additions: readonly Addition[] = [
    {
        path: /\/serviceAccount\/annotations\/iam\.gke\.io~gcp-service-account$/,
        reason: "All of the chart's accounts act as W&B's service account, those that came later too (Trap 10).",
    },
    { path: /^global\/licenseSecret\//, reason: "Credentials stand in Secrets." },
    { path: /^global\/mysql\/passwordSecret\//, reason: "Credentials stand in Secrets." },
    { path: /^global\/redis\/secret\//, reason: "Credentials stand in Secrets." },
    { path: /^global\/redis\/params\/tls$/, reason: "Memorystore speaks TLS only, and the client is told so." },
    { path: /^global\/auth\/oidc\/oidcSecret\//, reason: "Credentials stand in Secrets." },
    { path: /^app\/internalJWTMap\/1\//, reason: "The list replaces the chart's, which has the worker too (Trap 11)." },
    {
        path: /^ingress\/annotations\/networking\.gke\.io~v1beta1\.FrontendConfig$/,
        reason: "HTTP redirects to HTTPS, and TLS is 1.2 at least.",
    },
    {
        path: /^stackdriver\/serviceAccount\/name$/,
        reason: "The account that may act as the exporter, whatever the chart would call it.",
    },
    { path: /^pulumiWandb\/revision$/, reason: "By it readiness tells the new settings from the old ones." },
];
