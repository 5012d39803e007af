import type * as pulumi from "@pulumi/pulumi";
import type { CredentialReferences } from "../contract/credentials";
import type { Infrastructure } from "../contract/infrastructure";
import { InstanceDefaults, OperatorDefaults } from "../naming";
import {
    instanceAddress,
    type InstanceExpectation,
    instanceState,
    type InstanceState,
    type WantedIngressInput,
} from "../readiness";
import { buildValues } from "../values/build";
import { buildChart } from "../values/chart";
import { revisionOf, withRevision } from "../values/revision";
import type { TranslatedArgs } from "../values/translate";
import type { IngressValues } from "../values/types";
import { credentialArgs, literalsOf } from "./credential-args";
import { manifestYaml } from "./manifest";
import { useNamespace, type UsedNamespace } from "./namespace";
import { installOperator } from "./operator";
import { recoveredRelease } from "./preflight";
import { createInstance, type InstanceArgs, instanceManifest } from "./resource";
import type { Scope } from "./scope";
import { createCredentials, createWorkerToken } from "./secrets";

/** What the operator layer hands back to the component. */
export interface OperatorLayer {
    readonly instanceName: string;
    readonly namespace: pulumi.Input<string>;
    /** The custom resource as YAML. */
    readonly manifest: pulumi.Output<string>;
    /** What runs in the cluster; resolves when W&B is ready. */
    readonly state: pulumi.Output<InstanceState>;
    /** What DNS must point to; in a preview known also where the rest of the state is not. */
    readonly address: pulumi.Output<string | undefined>;
}

/**
 * Makes namespaces, Secrets, the operator and the custom resource, in this order, and reads what becomes of it.
 *
 * The operator waits for what pods run on, never for the database; the custom resource waits for what its values name, and for all that
 * must outlive it.
 */
export function deployOperatorLayer(scope: Scope, args: TranslatedArgs, infrastructure: Infrastructure): OperatorLayer {
    const instanceName = args.name ?? InstanceDefaults.name;
    const namespace = useNamespace(scope, {
        role: "namespace",
        namespace: args.namespace ?? InstanceDefaults.namespace,
        create: args.createNamespace,
        dependsOn: infrastructure.held,
    });
    const given = credentialArgs(args, infrastructure, namespace.name);
    const credentials = createCredentials(scope, given);
    const workerToken = createWorkerToken(scope, namespace.name, infrastructure.workerToken);
    const companions = infrastructure.companions?.(namespace.name) ?? [];
    const operator =
        args.operator?.install === false ? undefined : deployOperator(scope, args, infrastructure, namespace);
    const instance = instanceArgs({ args, infrastructure, credentials, namespace, instanceName });
    const settings: InstanceArgs = {
        ...instance.settings,
        dependsOn: [
            ...(operator ? [operator] : []),
            ...(workerToken ? [workerToken] : []),
            ...companions,
            ...infrastructure.compute,
            ...infrastructure.ready,
        ],
    };
    const resource = args.createCustomResource === false ? undefined : createInstance(scope, settings);
    const expected: InstanceExpectation = {
        ...expectation(args, instanceName),
        access: scope.access,
        resource,
        operator,
        ingress: instance.ingress,
        secrets: literalsOf(given),
        revision: instance.revision,
    };
    const state = instanceState(scope.parent, expected);
    return {
        instanceName,
        namespace: namespace.name,
        manifest: manifestYaml(instanceManifest(settings)),
        state,
        address: instanceAddress(expected, state),
    };
}

type PlainExpectation = Pick<
    InstanceExpectation,
    "readiness" | "instanceName" | "namespace" | "operatorNamespace" | "operatorName" | "ingressName" | "host"
>;

/** What the arguments alone say about what to wait for. */
function expectation(args: TranslatedArgs, instanceName: string): PlainExpectation {
    return {
        readiness: args.readiness ?? {},
        instanceName,
        namespace: args.namespace ?? InstanceDefaults.namespace,
        operatorNamespace: args.operator?.namespace ?? OperatorDefaults.namespace,
        operatorName: `${args.operator?.nameOverride ?? OperatorDefaults.nameOverride}-controller-manager`,
        ingressName: args.ingress?.create === false ? undefined : (args.ingress?.name ?? instanceName),
        host: args.host,
    };
}

function deployOperator(
    scope: Scope,
    args: TranslatedArgs,
    infrastructure: Infrastructure,
    instanceNamespace: UsedNamespace,
): pulumi.CustomResource {
    const operator = args.operator ?? {};
    const watchedNamespace = args.namespace ?? InstanceDefaults.namespace;
    const own = operator.namespace ?? OperatorDefaults.namespace;
    const namespace =
        own === watchedNamespace
            ? instanceNamespace
            : useNamespace(scope, {
                  role: "operator-namespace",
                  namespace: own,
                  create: operator.createNamespace,
              });
    // In isolation mode the chart makes a Role in the watched namespace, which must be there.
    const watched = instanceNamespace.resource ? [instanceNamespace.resource] : [];
    return installOperator(scope, {
        operator,
        namespace: namespace.name,
        watchedNamespace,
        releaseName: recoveredRelease(scope, own, operator.releaseName ?? OperatorDefaults.releaseName),
        dependsOn: [...watched, ...infrastructure.compute],
    });
}

interface InstanceContext {
    readonly args: TranslatedArgs;
    readonly infrastructure: Infrastructure;
    readonly credentials: CredentialReferences;
    readonly namespace: UsedNamespace;
    readonly instanceName: string;
}

function instanceArgs(context: InstanceContext): {
    readonly settings: Omit<InstanceArgs, "dependsOn">;
    readonly revision: pulumi.Output<string>;
    readonly ingress: WantedIngressInput;
} {
    const { args, infrastructure, credentials, namespace, instanceName } = context;
    const chart = buildChart(args.chart, credentials);
    const values = buildValues({ args, facts: infrastructure, credentials });
    const revision = revisionOf(values, chart);
    const ingress = (values.ingress ?? {}) as Partial<IngressValues>;
    return {
        revision,
        ingress: { className: ingress.class, annotations: ingress.annotations ?? {} },
        settings: {
            instanceName,
            namespace: namespace.name,
            chart,
            values: withRevision(values, revision),
            deletionProtection: args.deletionProtection ?? true,
        },
    };
}
