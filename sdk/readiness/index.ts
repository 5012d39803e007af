import * as pulumi from "@pulumi/pulumi";
import type { ReadinessArgs } from "../args/application";
import { resourceError } from "../errors";
import { notKnown } from "../unknown";
import { publicUrl } from "../values/host";
import { decidingAnnotations, foreseenAddress, type WantedIngress } from "./address";
import { ApiError } from "./api-error";
import type { ClusterAccess } from "./cluster-access";
import type { ClusterApi } from "./cluster-api";
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

/** What the custom resource asks of the Ingress, before values resolve. */
export interface WantedIngressInput {
    readonly className?: pulumi.Input<string>;
    readonly annotations: Readonly<Record<string, pulumi.Input<string>>>;
}

/** What to wait for. */
export interface InstanceExpectation {
    /** Absent when only a provider object was given: then nothing is read. */
    readonly access: ClusterAccess | undefined;
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
    /** Name of the Ingress whose address W&B needs; absent when there is none. */
    readonly ingressName: pulumi.Input<string> | undefined;
    /** What the custom resource asks of that Ingress. */
    readonly ingress: WantedIngressInput;
    /** Credentials that no message may show, whatever the operator writes into its log. */
    readonly secrets: readonly pulumi.Input<string>[];
    readonly revision: pulumi.Output<string>;
    readonly host: pulumi.Input<string>;
}

const DefaultTimeout = "20m";

/**
 * What becomes of the custom resource. In `up` it resolves when the workloads of the current settings are available; a preview reads
 * once without waiting, so that one after a finished `up` shows no change, and is unknown when there is nothing to read yet.
 */
export function instanceState(parent: pulumi.Resource, expected: InstanceExpectation): pulumi.Output<InstanceState> {
    const { access, resource, operator } = expected;
    if (access === undefined) {
        return pulumi.output(NothingRead);
    }
    const applied = pulumi.all([resource?.id, operator?.id].filter((id) => id !== undefined));
    const { revision, host, ingressName } = expected;
    const facts = pulumi.output({ revision, host, ingressName, secrets: [...expected.secrets] });
    const state = pulumi.all([access, facts, applied]).apply(async ([api, known]): Promise<InstanceState> => {
        try {
            return await readState(api(), parent, expected, known);
        } catch (error) {
            throw error instanceof NotReadyError || error instanceof ApiError
                ? resourceError(error.message, resource ?? parent)
                : error;
        }
    });
    // Kubeconfig and credentials are secret, what was read with their help is not.
    return pulumi.unsecret(state);
}

/**
 * What DNS must point to. In `up` that of the state, after the wait; in a preview the present one where the settings keep it, although what
 * else becomes of them is unknown: else each change of the custom resource would show changes to all that stands behind the address.
 */
export function instanceAddress(
    { access, resource, ingressName, ingress, namespace }: InstanceExpectation,
    state: pulumi.Output<InstanceState>,
): pulumi.Output<string | undefined> {
    if (!pulumi.runtime.isDryRun() || access === undefined || resource === undefined || ingressName === undefined) {
        return state.apply(({ address }) => address);
    }
    const annotations = decidingAnnotations(ingress.annotations);
    const { className } = ingress;
    const wanted = pulumi.output({ className, annotations, name: ingressName, applied: resource.id });
    const address = pulumi.all([access, wanted]).apply(async ([api, { name, ...asked }]): Promise<string> => {
        const found = await readAddress(api, namespace, name, asked);
        return found ?? notKnown();
    });
    return pulumi.unsecret(address);
}

/** Never throws, as all that a preview reads. */
async function readAddress(
    api: () => ClusterApi,
    namespace: string,
    name: string,
    wanted: WantedIngress,
): Promise<string | undefined> {
    try {
        return foreseenAddress(await api().getIngress(namespace, name), wanted);
    } catch {
        return undefined;
    }
}

/** What is known only while values resolve. */
interface ResolvedFacts {
    readonly revision: string;
    readonly host: string;
    readonly ingressName: string | undefined;
    readonly secrets: readonly string[];
}

async function readState(
    api: ClusterApi,
    parent: pulumi.Resource,
    expected: InstanceExpectation,
    facts: ResolvedFacts,
): Promise<InstanceState> {
    const { readiness, resource } = expected;
    const target = targetOf(expected, facts);
    if (pulumi.runtime.isDryRun()) {
        const found = await readOnce(api, target);
        return found === undefined ? notKnown() : stateOf(found);
    }
    if (readiness.wait === false || resource === undefined) {
        return stateOf(await readOnce(api, target));
    }
    const found = await waitUntilReady(api, target, {
        timeoutMs: parseDuration(readiness.timeout ?? DefaultTimeout) ?? 0,
        probe: readiness.probe ?? false,
        secrets: facts.secrets,
        log: (line) => void pulumi.log.info(line, parent, undefined, true),
    });
    return stateOf(found);
}

function stateOf(found: ReadyState | undefined): InstanceState {
    const { address, chartVersion, operatorVersion } = found ?? {};
    return { address, chartVersion, operatorVersion };
}

function targetOf(expected: InstanceExpectation, facts: ResolvedFacts): Target {
    const { instanceName, namespace, operatorNamespace, operatorName, operator, resource } = expected;
    return {
        namespace,
        name: instanceName,
        // Another tool may be behind: what it has applied will do.
        revision: resource === undefined ? undefined : facts.revision,
        operator: { namespace: operatorNamespace, deployment: operatorName, ours: operator !== undefined },
        ingress: facts.ingressName,
        url: publicUrl(facts.host),
    };
}
