import type * as pulumi from "@pulumi/pulumi";
import type { ComponentArgs, ImagesArgs, ReadinessArgs, ServiceAccountArgs, Size } from "./args/application";
import type { LdapArgs, OidcArgs, SmtpArgs } from "./args/authentication";
import type { ChecksArgs } from "./args/checks";
import type { IngressArgs } from "./args/ingress";
import type { ChartArgs, OperatorArgs } from "./args/operator";
import type { EnvSourceArgs, SecretKeyArgs } from "./args/references";
import type { BucketArgs, DatabaseArgs, RedisArgs } from "./args/stores";
import type { AwsArgs } from "./aws/args";
import type { AzureArgs } from "./azure/args";
import type { GcpArgs } from "./gcp/args";
import type { AccessArgs, AddonChartsArgs } from "./args/infrastructure";
import type { ExistingArgs } from "./existing/args";

/** Arguments of `WandbDeployment`. */
export interface WandbDeploymentArgs {
    /** Use a Kubernetes cluster that is there already. Exactly one of `aws`, `gcp`, `azure` and `existing`. */
    existing?: ExistingArgs;
    /** Run W&B on AWS: `{}` makes everything with defaults for production. Exactly one of `aws`, `gcp`, `azure` and `existing`. */
    aws?: AwsArgs;
    /** Run W&B on Google Cloud: `{}` makes everything with defaults for production. Exactly one of `aws`, `gcp`, `azure` and `existing`. */
    gcp?: GcpArgs;
    /** Run W&B on Azure: `{}` makes everything with defaults for production. Exactly one of `aws`, `gcp`, `azure` and `existing`. */
    azure?: AzureArgs;
    /** Who may reach the API server of the cluster that is made. There is no safe default: it must be said, unless the cluster is there already. */
    access?: AccessArgs;

    /** Public host name (FQDN) of W&B, with or without scheme (`global.host`). Without one, https is meant. No port, path or query. */
    host: pulumi.Input<string>;
    /** License token. Kept in a Kubernetes Secret made here. Exactly one of `license` and `licenseSecret`. */
    license?: pulumi.Input<string>;
    /** A Secret of your own with the license (`global.licenseSecret`). */
    licenseSecret?: SecretKeyArgs;
    /**
     * Size of the deployment (`global.size`). On AWS a change replaces the node groups, the new ones first; everything else changes in place.
     * @default small
     */
    size?: Size;
    /**
     * Namespace of the custom resource and of everything the operator makes for it.
     * @default wandb
     */
    namespace?: string;
    /** Make that namespace, and delete it with all that is in it at destroy. Default: true, unless every cluster has it (`default`, `kube-...`). */
    createNamespace?: boolean;
    /**
     * Name of the custom resource, of its Helm release and prefix of all objects. A DNS label of at most 53 characters that
     * contains no component's name (`app`, `api`, `redis`, ...), or Service names collapse.
     * @default wandb
     */
    name?: string;
    /**
     * Protect what holds data, and the custom resource, from deletion. Full removal: set false, `up`, `destroy`.
     * @default true
     */
    deletionProtection?: boolean;
    /**
     * Leave database, bucket and keys in the cloud when they are deleted from the stack (Pulumi's `retainOnDelete`).
     * @default false
     */
    retainData?: boolean;
    /**
     * Tags of everything in the cloud that takes tags, in addition to the provider's default tags; at most 40. Keys that the EBS CSI driver keeps
     * for itself are refused (`kubernetes.io/...`, `CSIVolumeName`). A change is made in place.
     */
    tags?: Record<string, pulumi.Input<string>>;
    /** Charts of the add-ons that are installed beside W&B. */
    charts?: AddonChartsArgs;

    /**
     * Create the custom resource. `false` for GitOps: this component makes Secrets and operator, and a tool such as ArgoCD
     * applies the output `manifest`. Readiness is not awaited then.
     * @default true
     */
    createCustomResource?: boolean;

    /** The operator. */
    operator?: OperatorArgs;
    /** Pins the application's chart. Default: the release channel decides. */
    chart?: ChartArgs;
    /** Images of the application. */
    images?: ImagesArgs;

    /** MySQL: external, or in the cluster with `install: true`. Needed with `existing`; a cloud makes its own by default. */
    database?: DatabaseArgs;
    /** Redis: external, or in the cluster. Default: in the cluster with `existing`; a cloud makes its own. */
    redis?: RedisArgs;
    /** Object store. Needed with `existing`; a cloud makes its own by default. */
    bucket?: BucketArgs;

    /** How users reach W&B, and how TLS ends. */
    ingress?: IngressArgs;
    /** Single sign-on by OpenID Connect. */
    oidc?: OidcArgs;
    /** Log-in by LDAP. */
    ldap?: LdapArgs;
    /** Mail server. */
    smtp?: SmtpArgs;
    /**
     * Length of a session in hours, a whole number (`global.auth.sessionLengthHours`). Default: the chart's, 720.
     */
    sessionLengthHours?: pulumi.Input<number>;
    /** CA certificates, PEM, that the application trusts (`global.customCACerts`). The operator has its own list: `operator.customCaCerts`. */
    customCaCerts?: pulumi.Input<string>[];
    /** ConfigMap in the namespace of the custom resource with CA certificates, keys ending in `.crt` (`global.caCertsConfigMap`). */
    caCertsConfigMap?: pulumi.Input<string>;

    /** Service accounts of the components. Default: the chart makes one per component. */
    serviceAccounts?: ServiceAccountArgs[];
    /** Settings per component. */
    components?: Record<string, ComponentArgs>;
    /** Environment variables of every W&B container, plain text (`global.extraEnv`). */
    extraEnv?: Record<string, pulumi.Input<string>>;
    /** Environment variables of every W&B container whose values are secret: kept in a Kubernetes Secret made here. */
    secretEnv?: Record<string, pulumi.Input<string>>;
    /** Environment variables of every W&B container from Secrets, ConfigMaps or pod fields of your own. */
    extraEnvFrom?: Record<string, EnvSourceArgs>;
    /** Free values of the application's chart (`spec.values`), merged last: objects deep, arrays replace, `null` removes what this component set. */
    values?: Record<string, any>;

    /** Static checks of the configuration: which to leave out, and by which version of the chart to judge. */
    checks?: ChecksArgs;

    /** How `up` finds out that W&B is there. */
    readiness?: ReadinessArgs;
}
