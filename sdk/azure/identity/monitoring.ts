import * as pulumi from "@pulumi/pulumi";
import type { AzureMetricsFacts } from "../../contract/infrastructure";
import type { AzureIdentity } from "../facts";
import type { AzureDeploymentScope } from "../scope";
import { federate, identityAnnotations, WorkloadLabels } from "./federation";
import { createManagedIdentity } from "./managed-identity";
import { assignRole } from "./role";

/** Something that is watched. */
export interface WatchedResource {
    /** Resource id, on which the identity may read metrics. */
    readonly id: pulumi.Input<string>;
    /** Its type, as Azure Monitor names it: `Microsoft.DBforMySQL/flexibleServers`. */
    readonly type: string;
}

export interface MonitoringArgs {
    /** Name of the identity; made from the deployment's name when absent. */
    readonly identityName?: pulumi.Input<string>;
    readonly namespace: string;
    /** Service account of the collector of metrics: the chart calls it `<name of the custom resource>-otel-daemonset`. */
    readonly serviceAccountName: pulumi.Input<string>;
    /** Issuer of the cluster's tokens, as it stands in them. */
    readonly tokenIssuer: pulumi.Input<string>;
    /** Database and cache that are made here, by a word that stays. */
    readonly watched: Readonly<Record<string, WatchedResource>>;
}

export interface MonitoringOutputs {
    /** What the chart's collector (`otel.daemonset`) needs to know. */
    readonly facts: AzureMetricsFacts;
    readonly ready: readonly pulumi.Resource[];
}

/** Makes the identity of the collector that reads Azure Monitor. */
export function createMonitoring(scope: AzureDeploymentScope, args: MonitoringArgs): MonitoringOutputs {
    const { identity, ready } = new Monitoring(scope, args);
    return {
        ready,
        facts: {
            subscriptionId: scope.subscriptionId,
            resourceGroups: [scope.resourceGroupName],
            services: Object.values(args.watched).map(({ type }) => type),
            serviceAccountAnnotations: identityAnnotations(identity.clientId),
            podLabels: WorkloadLabels,
        },
    };
}

class Monitoring extends pulumi.ComponentResource {
    readonly identity: AzureIdentity;
    readonly ready: readonly pulumi.Resource[];

    constructor(scope: AzureDeploymentScope, args: MonitoringArgs) {
        super("wandb:azure:Monitoring", `${scope.name}-monitoring`, {}, { parent: scope.parent });
        const { namespace, serviceAccountName: name, tokenIssuer, watched } = args;
        const inner = { ...scope, parent: this };
        const identity = createManagedIdentity(inner, { word: "metrics", name: args.identityName });
        const { principalId } = identity;
        this.identity = identity;
        this.ready = [
            // Listing what a resource group holds shows what one may read, so no role on the group is needed.
            // https://learn.microsoft.com/azure/azure-monitor/fundamentals/roles-permissions-security#monitoring-reader
            ...Object.entries(watched).map(([word, { id: scopeId }]) =>
                assignRole(inner, `${scope.name}-metrics-${word}`, { role: "Monitoring Reader", principalId, scopeId }),
            ),
            ...federate(inner, identity, tokenIssuer, [{ word: "metrics-as-collector", namespace, name }]),
        ];
        this.registerOutputs({ clientId: identity.clientId });
    }
}
