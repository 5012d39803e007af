import type * as pulumi from "@pulumi/pulumi";
import type { EnvSourceArgs } from "./references";

/** Sizes that the chart knows (`global.size`): resources, replicas and autoscaling of every component. */
export const Size = {
    /** The smallest step, and the default. */
    Small: "small",
    /** One step above small. */
    Medium: "medium",
    /** One step above medium. */
    Large: "large",
    /** One step above large. */
    XLarge: "xlarge",
    /** The largest step that the chart knows. */
    XXLarge: "xxlarge",
} as const;
/** Sizes that the chart knows. */
export type Size = (typeof Size)[keyof typeof Size];

/** Images of the application. */
export interface ImagesArgs {
    /**
     * Tag of the server's images (app, api, parquet, executor, glue and the other parts of one server release).
     * Default: what the release channel says. A component's own `imageTag` wins.
     */
    tag?: pulumi.Input<string>;
    /** Registry prefix put before W&B's images (`global.repositoryPrefix`), for mirrors and air-gapped clusters. */
    repositoryPrefix?: pulumi.Input<string>;
    /** Registry of the bundled third-party charts such as Redis (`global.imageRegistry`). */
    registry?: pulumi.Input<string>;
    /** Names of pull Secrets in the namespace of the custom resource (`global.imagePullSecrets`). */
    pullSecrets?: pulumi.Input<string>[];
}

/** A Kubernetes service account for one or more components of W&B. */
export interface ServiceAccountArgs {
    /** Name of the account (`<component>.serviceAccount.name`). */
    name: pulumi.Input<string>;
    /** Components that run as this account, for example `app`, `parquet`. An account for several is created by the first, which must be deployed. */
    components: string[];
    /**
     * Let the chart create the account. `false`: it exists already.
     * @default true
     */
    create?: boolean;
    /** Annotations, for example for workload identity (`<component>.serviceAccount.annotations`). */
    annotations?: Record<string, pulumi.Input<string>>;
}

/** Settings of one component of W&B (app, api, console, parquet, weave, ...). */
export interface ComponentArgs {
    /** Deploy the component (`<component>.install`; for api and glue `global.<component>.enabled`; for executor, weave-trace and bufstream both). Default: the chart's. */
    install?: boolean;
    /** Image repository (`<component>.image.repository`). */
    imageRepository?: pulumi.Input<string>;
    /** Image tag (`<component>.image.tag`). */
    imageTag?: pulumi.Input<string>;
    /** Size of this component, instead of the deployment's (`<component>.size`). */
    size?: Size;
    /** Replicas without autoscaling (`<component>.replicaCount`). */
    replicas?: pulumi.Input<number>;
    /** Requests and limits (`<component>.resources`; for console its container's). The chart does not read them for `mcp-server` and `lumen-agent`. */
    resources?: Record<string, any>;
    /** Environment variables of this component (`<component>.env`). They win over `extraEnv`. */
    env?: Record<string, pulumi.Input<string>>;
    /** Environment variables of this component from Secrets, ConfigMaps or pod fields. */
    envFrom?: Record<string, EnvSourceArgs>;
    /** Node selector (`<component>.nodeSelector`). */
    nodeSelector?: Record<string, pulumi.Input<string>>;
    /** Tolerations (`<component>.tolerations`). */
    tolerations?: Record<string, any>[];
    /** Pod annotations (`<component>.podAnnotations`). */
    podAnnotations?: Record<string, pulumi.Input<string>>;
    /** Pod labels (`<component>.podLabels`). */
    podLabels?: Record<string, pulumi.Input<string>>;
}

/** How `up` finds out that W&B is really there. */
export interface ReadinessArgs {
    /**
     * Wait until the workloads of the current settings are available. `false`: finish when the custom resource is accepted;
     * needed when only a provider object is given.
     * @default true
     */
    wait?: boolean;
    /**
     * How long to wait, as a duration such as `90s`, `20m`, `1h`. On time-out `up` fails and says what is not ready.
     * @default 20m
     */
    timeout?: string;
    /**
     * Also ask `<url>/healthz` until it answers 200. The machine that runs Pulumi must reach W&B, and DNS must point to it.
     * @default false
     */
    probe?: boolean;
}
