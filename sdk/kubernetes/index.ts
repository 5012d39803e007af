import type * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../args";
import type { CredentialReferences } from "../contract/credentials";
import type { Infrastructure } from "../contract/infrastructure";
import { credential } from "../external";
import { InstanceDefaults, OperatorDefaults } from "../naming";
import { instanceState, type InstanceState } from "../readiness";
import { buildValues } from "../values/build";
import { buildChart } from "../values/chart";
import { revisionOf, withRevision } from "../values/revision";
import { manifestYaml } from "./manifest";
import { useNamespace, type UsedNamespace } from "./namespace";
import { installOperator } from "./operator";
import { recoveredRelease } from "./preflight";
import { createInstance, type InstanceArgs, instanceManifest } from "./resource";
import type { Scope } from "./scope";
import { createCredentials } from "./secrets";

/** What the operator layer hands back to the component. */
export interface OperatorLayer {
    readonly instanceName: string;
    readonly namespace: pulumi.Input<string>;
    /** The custom resource as YAML. */
    readonly manifest: pulumi.Output<string>;
    /** What runs in the cluster; resolves when W&B is ready. */
    readonly state: pulumi.Output<InstanceState>;
}

/**
 * Makes namespaces, Secrets, the operator and the custom resource, in this order, and reads what becomes of it.
 *
 * The operator waits for what the infrastructure calls ready, never for the database; the custom resource waits for what its values name.
 */
export function deployOperatorLayer(
    scope: Scope,
    args: WandbDeploymentArgs,
    infrastructure: Infrastructure,
): OperatorLayer {
    const instanceName = args.name ?? InstanceDefaults.name;
    const { cluster } = infrastructure;
    const namespace = useNamespace(scope, cluster, {
        role: "namespace",
        namespace: args.namespace ?? InstanceDefaults.namespace,
        create: args.createNamespace,
    });
    const credentials = createCredentials(scope, credentialArgs(args, infrastructure, namespace.name));
    const operator =
        args.operator?.install === false ? undefined : deployOperator(scope, args, infrastructure, namespace);
    const instance = instanceArgs({ args, infrastructure, credentials, namespace, instanceName });
    const settings: InstanceArgs = {
        ...instance.settings,
        dependsOn: [...(operator ? [operator] : []), ...infrastructure.ready],
    };
    const resource = args.createCustomResource === false ? undefined : createInstance(scope, settings);
    return {
        instanceName,
        namespace: namespace.name,
        manifest: manifestYaml(instanceManifest(settings)),
        state: instanceState(scope.parent, {
            cluster,
            readiness: args.readiness ?? {},
            resource,
            operator,
            instanceName,
            namespace: args.namespace ?? InstanceDefaults.namespace,
            operatorNamespace: args.operator?.namespace ?? OperatorDefaults.namespace,
            operatorName: `${args.operator?.nameOverride ?? OperatorDefaults.nameOverride}-controller-manager`,
            expectsAddress: args.ingress?.create !== false,
            revision: instance.revision,
            host: args.host,
        }),
    };
}

function deployOperator(
    scope: Scope,
    args: WandbDeploymentArgs,
    infrastructure: Infrastructure,
    instanceNamespace: UsedNamespace,
): pulumi.CustomResource {
    const { cluster, ready } = infrastructure;
    const operator = args.operator ?? {};
    const watchedNamespace = args.namespace ?? InstanceDefaults.namespace;
    const own = operator.namespace ?? OperatorDefaults.namespace;
    const namespace =
        own === watchedNamespace
            ? instanceNamespace
            : useNamespace(scope, cluster, {
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
        releaseName: recoveredRelease(scope, cluster, own, operator.releaseName ?? OperatorDefaults.releaseName),
        dependsOn: [...watched, ...ready],
    });
}

interface InstanceContext {
    readonly args: WandbDeploymentArgs;
    readonly infrastructure: Infrastructure;
    readonly credentials: CredentialReferences;
    readonly namespace: UsedNamespace;
    readonly instanceName: string;
}

function instanceArgs(context: InstanceContext): {
    readonly settings: Omit<InstanceArgs, "dependsOn">;
    readonly revision: pulumi.Output<string>;
} {
    const { args, infrastructure, credentials, namespace, instanceName } = context;
    const chart = buildChart(args.chart, credentials);
    const values = buildValues({ args, facts: infrastructure, credentials });
    const revision = revisionOf(values, chart);
    return {
        revision,
        settings: {
            instanceName,
            namespace: namespace.name,
            chart,
            values: withRevision(values, revision),
            deletionProtection: args.deletionProtection ?? true,
        },
    };
}

function credentialArgs(
    args: WandbDeploymentArgs,
    infrastructure: Infrastructure,
    namespace: pulumi.Input<string>,
): Parameters<typeof createCredentials>[1] {
    const { chart, database, ingress, ldap, oidc, smtp } = args;
    const tls = ingress?.tls;
    return {
        namespace,
        keepReplaced: args.createCustomResource === false,
        license: credential(args.license, args.licenseSecret),
        // With the chart's own MySQL a password is optional: the chart makes one.
        database: infrastructure.database?.password ?? credential(database?.password, database?.passwordSecret),
        cache: infrastructure.cache,
        bucket: infrastructure.bucket.credentials,
        oidc: credential(oidc?.clientSecret, oidc?.clientSecretRef),
        smtp: credential(smtp?.password, smtp?.passwordSecret),
        ldapBind: credential(ldap?.bindPassword, ldap?.bindPasswordSecret),
        chart: { literal: chart?.credentials, secret: chartSecret(chart) },
        env: args.secretEnv,
        ingressTls:
            tls?.certificate === undefined || tls.privateKey === undefined
                ? undefined
                : { certificate: tls.certificate, privateKey: tls.privateKey },
        ingressTlsSecretName: tls?.secretName ?? infrastructure.ingress.tlsSecretName,
    };
}

function chartSecret(chart: WandbDeploymentArgs["chart"]): CredentialReferences["chart"] {
    if (chart?.credentialsSecret === undefined) {
        return undefined;
    }
    const { name, usernameKey = "HELM_USERNAME", passwordKey = "HELM_PASSWORD" } = chart.credentialsSecret;
    return { name, usernameKey, passwordKey };
}
