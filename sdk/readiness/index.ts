import * as pulumi from "@pulumi/pulumi";
import type { ReadinessArgs } from "../args/application";
import type { ClusterFacts } from "../contract/infrastructure";
import { resourceError } from "../errors";
import { publicUrl } from "../values/host";
import { ApiError } from "./api-error";
import { createClusterApi } from "./cluster-api";
import { parseDuration } from "./duration";
import type { Target } from "./target";
import { NotReadyError, readOnce, type ReadyState, waitUntilReady } from "./wait";

/** What runs in the cluster. Fields are undefined when they could not be read. */
export interface InstanceState {
    readonly address: string | undefined;
    readonly chartVersion: string | undefined;
    readonly operatorVersion: string | undefined;
}

const NothingRead: InstanceState = { address: undefined, chartVersion: undefined, operatorVersion: undefined };

/** What to wait for. */
export interface InstanceExpectation {
    readonly cluster: ClusterFacts;
    readonly readiness: ReadinessArgs;
    /** The custom resource; absent when another tool applies it. */
    readonly resource?: pulumi.CustomResource;
    /** The operator's release; absent when the operator is not ours. */
    readonly operator?: pulumi.CustomResource;
    readonly instanceName: string;
    readonly namespace: string;
    readonly operatorNamespace: string;
    /** Name of the operator's Deployment. */
    readonly operatorName: string;
    readonly expectsAddress: boolean;
    readonly revision: pulumi.Output<string>;
    readonly host: pulumi.Input<string>;
}

const DefaultTimeout = "20m";

/**
 * What becomes of the custom resource. In `up` it resolves when the workloads of the current settings are available; a preview reads
 * once without waiting, so that one after a finished `up` shows no change, and is unknown when there is nothing to read yet.
 */
export function instanceState(parent: pulumi.Resource, expected: InstanceExpectation): pulumi.Output<InstanceState> {
    const { cluster, readiness, resource, operator } = expected;
    if (cluster.kubeconfig === undefined) {
        return pulumi.output(NothingRead);
    }
    const applied = [resource?.id, operator?.id].filter((id) => id !== undefined);
    const state = pulumi
        .all([cluster.kubeconfig, cluster.context, expected.revision, expected.host, pulumi.all(applied)])
        .apply(async ([kubeconfig, context, revision, host]): Promise<InstanceState> => {
            const api = await createClusterApi(kubeconfig, { context });
            const target = targetOf(expected, revision, host);
            try {
                if (pulumi.runtime.isDryRun()) {
                    const found = await readOnce(api, target);
                    return found === undefined ? unknownState() : stateOf(found);
                }
                if (readiness.wait === false || resource === undefined) {
                    return stateOf(await readOnce(api, target));
                }
                return stateOf(await waitUntilReady(api, target, waitOptions(readiness, parent)));
            } catch (error) {
                throw error instanceof NotReadyError || error instanceof ApiError
                    ? resourceError(error.message, resource ?? parent)
                    : error;
            } finally {
                api.close();
            }
        });
    // The kubeconfig is a secret, what was read with it is none.
    return pulumi.unsecret(state);
}

function stateOf(found: ReadyState | undefined): InstanceState {
    const { address, chartVersion, operatorVersion } = found ?? {};
    return { address, chartVersion, operatorVersion };
}

function targetOf(expected: InstanceExpectation, revision: string, host: string): Target {
    const { instanceName, namespace, operatorNamespace, operatorName, operator, resource, expectsAddress } = expected;
    return {
        namespace,
        name: instanceName,
        // Another tool may be behind: what it has applied will do.
        revision: resource === undefined ? undefined : revision,
        operator: { namespace: operatorNamespace, deployment: operatorName, ours: operator !== undefined },
        needsAddress: expectsAddress,
        url: publicUrl(host),
    };
}

function waitOptions(readiness: ReadinessArgs, parent: pulumi.Resource): Parameters<typeof waitUntilReady>[2] {
    return {
        timeoutMs: parseDuration(readiness.timeout ?? DefaultTimeout) ?? 0,
        probe: readiness.probe ?? false,
        log: (line) => void pulumi.log.info(line, parent, undefined, true),
    };
}

/** Nothing to read yet: downstream resources see an unknown value, as in any preview. */
function unknownState(): InstanceState {
    return pulumi.unknown as unknown as InstanceState;
}
