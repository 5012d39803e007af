/** The custom resource that wandb/terraform-google-wandb after v10.8.2 writes, evaluated for the inputs that shape it. */

/** Inputs that shape the custom resource. What they say is the same for both sides. */
export interface SpecInputs {
    readonly redis: "memorystore" | "none" | "external" | "control-plane" | "chainguard";
    readonly ownBucket?: boolean;
    readonly queues?: boolean;
    readonly bigtable?: boolean;
    readonly exporter?: boolean;
    readonly environment?: boolean;
    readonly oidc?: boolean;
    /** `public_access` is false. */
    readonly closed?: boolean;
}

export const Environment = {
    all: { GORILLA_LIST: "a", GORILLA_QUOTED: 'say "yes"' },
    app: { APP_X: "0" },
    weave: { WEAVE_X: "1" },
    parquet: { PARQUET_X: "2" },
};

export const OwnBucket = { name: "example-wandb", prefix: "team/wandb" };

/** In-cluster Redis with Sentinel: `use_ctrlplane_redis` and `use_chainguard_redis`. */
export const SentinelHosts = {
    "control-plane": "redis.redis.svc.cluster.local",
    chainguard: "redis.redis-cg.svc.cluster.local",
};

export const Oidc = { issuer: "https://login.example.com", clientId: "wandb", authMethod: "pkce", secret: "hidden" };

/** What exists in the cloud, whoever made it. */
export interface SpecSurroundings {
    readonly appEmail: string;
    readonly exporterEmail: string;
}

type Tree = Readonly<Record<string, unknown>>;

/** `spec.values` with `create_workload_identity`, as we always have it. */
export function moduleValues(inputs: SpecInputs, { appEmail, exporterEmail }: SpecSurroundings): Tree {
    const { queues, bigtable, exporter, environment, closed } = inputs;
    const account = (name: string, more: Tree = {}) => ({
        ...more,
        serviceAccount: {
            name: `wandb-${name}`,
            annotations: { "iam.gke.io/gcp-service-account": appEmail },
        },
    });
    const subscription = (name: string) => ({ pubSub: { subscription: queues === true ? name : "" } });
    return {
        global: globals(inputs),
        app: account("app", {
            extraEnvs: environment === true ? Environment.app : {},
            internalJWTMap: [
                {
                    subject: "system:serviceaccount:default:wandb-weave-trace",
                    issuer: "https://container.googleapis.com/v1/demo-cluster-id",
                },
            ],
        }),
        console: account("console", { extraEnv: { BUCKET_ACCESS_IDENTITY: appEmail } }),
        ingress: {
            create: closed !== true,
            nameOverride: "demo",
            annotations: {
                "kubernetes.io/ingress.class": "gce",
                "kubernetes.io/ingress.global-static-ip-name": "demo-address-1a2b3c4",
                "ingress.gcp.kubernetes.io/pre-shared-cert": "demo-certificate",
            },
        },
        stackdriver:
            exporter === true
                ? {
                      install: true,
                      stackdriver: { projectId: "example-project", serviceAccountName: "wandb-stackdriver" },
                      serviceAccount: { annotations: { "iam.gke.io/gcp-service-account": exporterEmail } },
                  }
                : { install: false, stackdriver: {}, serviceAccount: {} },
        redis: { install: false },
        mysql: { install: false },
        weave: account("weave", { extraEnvs: environment === true ? Environment.weave : {} }),
        parquet: account("parquet", { extraEnvs: environment === true ? Environment.parquet : {} }),
        "weave-trace": account("weave-trace"),
        executor: account("executor"),
        settingsMigrationJob: account("settings-migration-job"),
        api: account("api"),
        glue: account("glue"),
        filestream: account("filestream", subscription("demo-file-stream-subscription")),
        "flat-run-fields-updater": account("flat-run-fields-updater", subscription("demo-run-updates-subscription")),
    };

    function globals({ ownBucket, oidc }: SpecInputs): Tree {
        const path = ownBucket === true ? OwnBucket.prefix : "";
        return {
            size: "small",
            pod: { labels: { workload_hash: "8a798890fe93817163b10b5f7bd2ca4d25d84c52739a645a88" } },
            host: "https://wandb.example.com",
            license: "the license",
            cloudProvider: "gcp",
            extraEnv: {
                GORILLA_DISABLE_CODE_SAVING: false,
                GORILLA_CUSTOMER_SECRET_STORE_SOURCE: "gcp-secretmanager://example-project?namespace=demo",
                TAG_CUSTOMER_NS: "demo",
                ...(environment === true ? Environment.all : {}),
                ...(oidc === true
                    ? {
                          OIDC_ISSUER: Oidc.issuer,
                          OIDC_CLIENT_ID: Oidc.clientId,
                          OIDC_AUTH_METHOD: Oidc.authMethod,
                          OIDC_SECRET: Oidc.secret,
                      }
                    : {}),
            },
            bigtable: { project: "example-project", instance: bigtable === true ? "demo-bigtable" : "" },
            pubSub: {
                enabled: queues === true,
                project: "example-project",
                filestreamTopic: queues === true ? "demo-file-stream" : "",
                runUpdateShadowTopic: queues === true ? "demo-run-updates" : "",
            },
            bucket: ownBucket === true ? { provider: "gcs", name: OwnBucket.name, path } : {},
            defaultBucket: { provider: "gcs", name: "demo-bucket-1a2b3c4", path },
            mysql: {
                name: "wandb_local",
                database: "wandb_local",
                user: "wandb",
                password: "generated",
                host: "10.64.0.3",
                port: 3306,
            },
            redis: redisValues(inputs.redis),
            gcpSecurityPolicy: "demo-security-policy",
        };
    }
}

function redisValues(redis: SpecInputs["redis"]): Tree {
    switch (redis) {
        case "control-plane":
        case "chainguard":
            return {
                host: SentinelHosts[redis],
                port: "26379",
                password: "",
                caCert: "",
                params: { master: "gorilla" },
                external: true,
            };
        case "external":
            // Its variable is an object without attributes: no parameter ever came through (Trap 3).
            return {
                host: "redis.example.com",
                port: "6380",
                password: "",
                caCert: "",
                params: {},
                external: true,
            };
        case "memorystore":
            return {
                host: "10.64.1.3",
                port: "6378",
                password: "generated-auth",
                caCert: "cache-ca",
                params: { master: "" },
                external: false,
            };
        case "none":
            return { host: "", port: "6379", password: "", caCert: "", params: { master: "" }, external: false };
    }
}
