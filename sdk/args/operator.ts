import type * as pulumi from "@pulumi/pulumi";

/** Where a Helm chart comes from: exactly one of `repository`, `oci`, `path`. */
export interface HelmChartSourceArgs {
    /**
     * URL of a Helm repository. It is asked at every preview and up: a repository that does not answer fails them.
     * @default https://charts.wandb.ai
     */
    repository?: pulumi.Input<string>;
    /** `oci://` reference of the chart, without the version. */
    oci?: pulumi.Input<string>;
    /** Path of a chart folder or `.tgz` on the machine that runs Pulumi. */
    path?: string;
}

/** Image of the operator's controller (operator chart value `image`). */
export interface OperatorImageArgs {
    /**
     * Repository.
     * @default wandb/controller
     */
    repository?: pulumi.Input<string>;
    /**
     * Tag. `latest` is refused: the controller would change under a pinned chart.
     * @default 1.22.0
     */
    tag?: pulumi.Input<string>;
    /** Digest (`sha256:...`); wins over the tag. */
    digest?: pulumi.Input<string>;
    /**
     * Pull policy.
     * @default IfNotPresent
     */
    pullPolicy?: pulumi.Input<string>;
    /** Names of pull Secrets in the operator's namespace. */
    pullSecrets?: pulumi.Input<string>[];
}

/** Restricts the operator's rights to single namespaces (operator chart value `namespaceIsolation`). */
export interface NamespaceIsolationArgs {
    /**
     * Use Roles instead of ClusterRoles. The chart of W&B can then make no cluster-scoped objects: this component sets
     * `console.role.type` to `Role`, empties `app.internalJWTMap` and leaves OpenTelemetry and Prometheus out, unless you say
     * otherwise in `values`.
     */
    enabled: boolean;
    /** Namespaces to watch besides the operator's own and that of this deployment, which is always added. They must exist. */
    additionalNamespaces?: string[];
}

/** The W&B operator: the controller that turns the custom resource into running workloads. */
export interface OperatorArgs {
    /**
     * Install the operator. `false`: one is there already, put there by Helm, by ArgoCD or by another deployment;
     * all other fields but `namespace`, `airgapped` and `nameOverride` are then refused.
     * @default true
     */
    install?: boolean;
    /**
     * Namespace of the operator.
     * @default wandb-cr
     */
    namespace?: string;
    /**
     * Make that namespace. Default: true, unless it is the deployment's own or one that every cluster has.
     */
    createNamespace?: boolean;
    /**
     * Name of the Helm release, at most 53 characters.
     * @default operator
     */
    releaseName?: string;
    /** Where the operator's chart comes from. */
    chart?: HelmChartSourceArgs;
    /**
     * Version of the operator's chart, a number. Major 2 is another product and refused.
     * @default 1.4.8
     */
    version?: string;
    /** Controller image. */
    image?: OperatorImageArgs;
    /**
     * No connection to the internet: the release channel is never asked, and `chart` must say where the application's
     * chart is (`airgapped`).
     * @default false
     */
    airgapped?: boolean;
    /**
     * Charts for air-gapped clusters: key -> the chart's `.tgz` in base64. They go into ConfigMap `<nameOverride>-charts`,
     * which the controller mounts at `/charts`; `chart.path: /charts/<key>` uses one. A key must not end in `.b64`: they lie
     * there as archives, not as base64. All archives together have at most 1 MiB (limit of a ConfigMap).
     */
    offlineCharts?: Record<string, pulumi.Input<string>>;
    /** Address of the release channel (`DEPLOYER_CHANNEL_URL`), for example a mirror. Default: W&B's own. */
    channelUrl?: pulumi.Input<string>;
    /** CA certificates, PEM, that the operator trusts (`customCACerts`), for example of a private chart registry. The application has its own list: `customCaCerts`. */
    customCaCerts?: pulumi.Input<string>[];
    /** ConfigMap in the operator's namespace with CA certificates, keys ending in `.crt` (`caCertsConfigMap`). */
    caCertsConfigMap?: pulumi.Input<string>;
    /** Work with Roles in single namespaces. */
    namespaceIsolation?: NamespaceIsolationArgs;
    /**
     * Prefix of the operator's object names. Give each a different one where two operators share a cluster.
     * @default wandb
     */
    nameOverride?: string;
    /** Requests and limits of the controller (`resources`). Default: the chart's, 400m/512Mi to 1/2Gi. */
    resources?: Record<string, any>;
    /** Further environment variables of the controller (`extraEnv`), plain values. */
    extraEnv?: Record<string, pulumi.Input<string>>;
    /** Free values of the operator's chart, merged last: objects deep, arrays replace, `null` removes. */
    values?: Record<string, any>;
}

/** User name and password for the chart's registry. */
export interface ChartCredentialsArgs {
    /** User name. */
    username: pulumi.Input<string>;
    /** Password. Both are kept in a Kubernetes Secret made here. */
    password: pulumi.Input<string>;
}

/** A Secret with user name and password for the chart's registry (`spec.chart.credentialSecret`). */
export interface ChartCredentialsSecretArgs {
    /** Name of the Secret in the namespace of the custom resource. */
    name: pulumi.Input<string>;
    /**
     * Key of the user name.
     * @default HELM_USERNAME
     */
    usernameKey?: pulumi.Input<string>;
    /**
     * Key of the password.
     * @default HELM_PASSWORD
     */
    passwordKey?: pulumi.Input<string>;
}

/**
 * Which chart of the application the operator installs (`spec.chart`): exactly one of `repository`, `oci`, `path`.
 * Left out, the release channel decides and keeps W&B up to date. A pinned chart needs `images.tag` too to be reproducible.
 */
export interface ChartArgs {
    /** URL of a Helm repository (`spec.chart.url`). An `http://` address turns TLS verification off. */
    repository?: pulumi.Input<string>;
    /**
     * Chart name in the repository (`spec.chart.name`).
     * @default operator-wandb
     */
    name?: pulumi.Input<string>;
    /** `oci://` reference of the chart, without the version (`spec.chart.url`). Needs controller 1.22.0 or newer. */
    oci?: pulumi.Input<string>;
    /** Path inside the operator's pod (`spec.chart.path`): a chart folder, a `.tgz`, or `/charts/<key>` of `operator.offlineCharts`. */
    path?: pulumi.Input<string>;
    /** Version of the chart (`spec.chart.version`). Needed for `repository` and `oci`. */
    version?: pulumi.Input<string>;
    /** Credentials of the repository or registry. */
    credentials?: ChartCredentialsArgs;
    /** A Secret of your own with the credentials, instead of `credentials`. */
    credentialsSecret?: ChartCredentialsSecretArgs;
    /**
     * Speak plain HTTP to an OCI registry (`spec.chart.plainHTTP`).
     * @default false
     */
    plainHttp?: boolean;
}
