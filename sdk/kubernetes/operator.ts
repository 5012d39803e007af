import type * as pulumi from "@pulumi/pulumi";
import { ConfigMap } from "@pulumi/kubernetes/core/v1";
// Not from the folder: its index loads every kind of Kubernetes object for the Chart of old.
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import type { OperatorArgs } from "../args/operator";
import { mergeValues } from "../values/merge";
import { OperatorDefaults } from "../naming";
import { ControllerVersion, OperatorChartVersion, VendorRepository } from "../versions";
import { FixedNameAnnotations, ObjectLabels, type Scope } from "./scope";

/** Everything the release needs beside the operator's own arguments. */
export interface OperatorReleaseArgs {
    readonly operator: OperatorArgs;
    readonly namespace: pulumi.Input<string>;
    /** Namespace of the custom resource, watched in isolation mode. */
    readonly watchedNamespace: string;
    /** Name of the Helm release, resolved once a half-done one of a killed run is out of the way. */
    readonly releaseName: pulumi.Input<string>;
    readonly dependsOn: pulumi.Resource[];
}

/** Installs the operator's chart, and the ConfigMap with offline charts when there are any. */
export function installOperator(scope: Scope, args: OperatorReleaseArgs): Release {
    const offlineCharts = createOfflineCharts(scope, args);
    const { operator } = args;
    return new Release(
        `${scope.name}-operator`,
        {
            ...chartSource(operator),
            name: args.releaseName,
            namespace: args.namespace,
            values: operatorValues(operator, args.watchedNamespace),
            // Our readiness waits for the controller. A release that waits by itself would be left half-done by an interrupted run.
            skipAwait: true,
            maxHistory: 10,
        },
        {
            parent: scope.parent,
            provider: scope.provider,
            dependsOn: offlineCharts ? [...args.dependsOn, offlineCharts] : args.dependsOn,
        },
    );
}

function createOfflineCharts(scope: Scope, args: OperatorReleaseArgs): ConfigMap | undefined {
    const { offlineCharts, nameOverride } = args.operator;
    if (!offlineCharts) {
        return undefined;
    }
    return new ConfigMap(
        `${scope.name}-offline-charts`,
        {
            metadata: {
                name: `${nameOverride ?? OperatorDefaults.nameOverride}-charts`,
                namespace: args.namespace,
                labels: ObjectLabels,
                annotations: FixedNameAnnotations,
            },
            // Decoded: the controller reads base64 only from files ending in .b64, and it would take a third more room.
            binaryData: offlineCharts,
        },
        { parent: scope.parent, provider: scope.provider },
    );
}

function chartSource(operator: OperatorArgs): Pick<ReleaseInputs, "chart" | "version" | "repositoryOpts"> {
    const { chart, version = OperatorChartVersion } = operator;
    if (chart?.path !== undefined) {
        return { chart: chart.path };
    }
    if (chart?.oci !== undefined) {
        return { chart: chart.oci, version };
    }
    return { chart: "operator", version, repositoryOpts: { repo: chart?.repository ?? VendorRepository } };
}

type ReleaseInputs = ConstructorParameters<typeof Release>[1] & object;

/** Values of the operator's chart (not of the application's): `extraEnv` is a list here. */
export function operatorValues(
    operator: OperatorArgs,
    watchedNamespace: string,
): Record<string, pulumi.Input<unknown>> {
    const env = {
        ...(operator.channelUrl === undefined ? {} : { DEPLOYER_CHANNEL_URL: operator.channelUrl }),
        ...operator.extraEnv,
    };
    const { image = {}, namespaceIsolation } = operator;
    return mergeValues(
        {
            image: {
                repository: image.repository ?? "wandb/controller",
                tag: image.tag ?? ControllerVersion,
                ...(image.digest === undefined ? {} : { digest: image.digest }),
                pullPolicy: image.pullPolicy ?? "IfNotPresent",
                ...(image.pullSecrets ? { pullSecrets: image.pullSecrets } : {}),
            },
            ...(operator.nameOverride === undefined ? {} : { nameOverride: operator.nameOverride }),
            ...(operator.airgapped ? { airgapped: true } : {}),
            ...(operator.customCaCerts ? { customCACerts: operator.customCaCerts } : {}),
            ...(operator.caCertsConfigMap === undefined ? {} : { caCertsConfigMap: operator.caCertsConfigMap }),
            ...(operator.resources ? { resources: operator.resources } : {}),
            ...(namespaceIsolation?.enabled
                ? { namespaceIsolation: { enabled: true, additionalNamespaces: watched(operator, watchedNamespace) } }
                : {}),
            ...(Object.keys(env).length > 0
                ? { extraEnv: Object.entries(env).map(([name, value]) => ({ name, value })) }
                : {}),
        },
        operator.values ?? {},
    );
}

/** The operator's own namespace is always watched; naming it again would make its Role twice. */
function watched(operator: OperatorArgs, watchedNamespace: string): string[] {
    const own = operator.namespace ?? OperatorDefaults.namespace;
    const all = new Set([watchedNamespace, ...(operator.namespaceIsolation?.additionalNamespaces ?? [])]);
    return [...all].filter((namespace) => namespace !== own);
}
