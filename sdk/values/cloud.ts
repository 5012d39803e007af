import type * as pulumi from "@pulumi/pulumi";
import type { AzureMetricsFacts } from "../contract/infrastructure";
import { InstanceDefaults } from "../naming";
import { accountOf } from "./components";
import { mapText } from "./leaves";
import type { ValuesInput, ValuesTree } from "./types";

/** Components whose pods call the server with the token of their service account (`app.internalJWTMap`). */
const TokenCallers = ["weave-trace", "weave-trace-worker"];

/** What the chart has to know of the cloud beside its stores: whom W&B is there, who signs tokens, and what to watch. */
export function cloudValues({ args, facts }: ValuesInput): ValuesTree {
    const { identity, cloudMetrics, googleMetrics, azureMetrics, queues } = facts;
    const { principal, tokenIssuer } = identity;
    return {
        app: tokenIssuer === undefined ? undefined : { internalJWTMap: tokenCallers(args, tokenIssuer) },
        console: principal === undefined ? undefined : { extraEnv: { BUCKET_ACCESS_IDENTITY: principal } },
        yace: cloudMetrics && {
            install: true,
            regions: cloudMetrics.regions,
            searchTags: cloudMetrics.searchTags,
            serviceAccount: {
                name: cloudMetrics.serviceAccountName,
                annotations: cloudMetrics.serviceAccountAnnotations,
            },
        },
        stackdriver: googleMetrics && {
            install: true,
            stackdriver: {
                projectId: googleMetrics.projectId,
                serviceAccountName: googleMetrics.serviceAccountName,
            },
            serviceAccount: {
                name: googleMetrics.serviceAccountName,
                annotations: googleMetrics.serviceAccountAnnotations,
            },
        },
        otel: azureMetrics && { daemonset: azureCollector(azureMetrics) },
        filestream: queues && { pubSub: { subscription: queues.fileStreamSubscription } },
        "flat-run-fields-updater": queues && { pubSub: { subscription: queues.runUpdatesSubscription } },
    };
}

/** The receivers of the chart's own collector, since the list stands in place of it, and one more. */
const MetricsReceivers = ["hostmetrics", "k8s_cluster", "kubeletstats", "azuremonitor"];

/** The collector reads its identity from variables that Azure's webhook gives its pods. */
function azureCollector(metrics: AzureMetricsFacts): ValuesTree {
    return {
        pod: { labels: metrics.podLabels },
        serviceAccount: { annotations: metrics.serviceAccountAnnotations },
        config: {
            receivers: {
                azuremonitor: {
                    subscription_id: metrics.subscriptionId,
                    resource_groups: metrics.resourceGroups,
                    services: metrics.services,
                    auth: "workload_identity",
                    tenant_id: "${env:AZURE_TENANT_ID}",
                    client_id: "${env:AZURE_CLIENT_ID}",
                    federated_token_file: "${env:AZURE_FEDERATED_TOKEN_FILE}",
                },
            },
            service: { pipelines: { metrics: { receivers: MetricsReceivers } } },
        },
    };
}

/** All of them, since the list stands in place of the chart's own. */
function tokenCallers(args: ValuesInput["args"], issuer: pulumi.Input<string>): ValuesTree[] {
    const { namespace = InstanceDefaults.namespace } = args;
    return TokenCallers.map((component) => ({
        subject: mapText(accountOf(args, component), (known) => `system:serviceaccount:${namespace}:${known}`),
        issuer,
    }));
}

/** What `global` has to know of the cloud's own services beside stores. */
export function cloudGlobals({ ingress, queues, historyStore }: ValuesInput["facts"]): ValuesTree {
    return {
        gcpSecurityPolicy: ingress.securityPolicy,
        pubSub: queues && {
            enabled: true,
            project: queues.project,
            filestreamTopic: queues.fileStreamTopic,
            runUpdateShadowTopic: queues.runUpdatesTopic,
        },
        bigtable: historyStore && { project: historyStore.project, instance: historyStore.instance },
    };
}
