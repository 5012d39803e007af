/** The custom resource that wandb/terraform-azurerm-wandb after v7.9.2 writes, evaluated for the inputs that shape it. */

/** Inputs that shape the custom resource. What they say is the same for both sides. */
export interface SpecInputs {
    readonly redis: "azure" | "none" | "external" | "control-plane" | "chainguard";
    readonly ownBucket?: boolean;
    readonly privateLink?: boolean;
    readonly metrics?: boolean;
    readonly environment?: boolean;
    /** `use_dns_resolver` */
    readonly dnsResolver?: boolean;
}

export const Environment = { all: { GORILLA_LIST: "a", GORILLA_QUOTED: 'say "yes"' }, parquet: { PARQUET_X: "2" } };

export const OwnBucket = { account: "examplestorage", name: "files", prefix: "team/wandb", accessKey: "b3du" };

/** In-cluster Redis with Sentinel: `use_ctrlplane_redis` and `use_chainguard_redis`. */
export const SentinelHosts = {
    "control-plane": "redis.redis.svc.cluster.local",
    chainguard: "redis.redis-cg.svc.cluster.local",
};

/** What exists in the cloud, whoever made it. */
export interface SpecSurroundings {
    readonly clientId: string;
    readonly metricsClientId: string;
    readonly account: string;
    readonly vaultUri: string;
}

type Tree = Readonly<Record<string, unknown>>;

export const tenantId = "00000000-0000-4000-8000-000000000002";
export const subscriptionId = "00000000-0000-4000-8000-000000000001";
export const issuer = "https://issuer.example/";
const use = { "azure.workload.identity/use": "true" };
const tls = [{ hosts: ["wandb.example.com"], secretName: "wandb-ssl-cert" }];
const gateway = {
    "kubernetes.io/ingress.class": "azure/application-gateway",
    "appgw.ingress.kubernetes.io/request-timeout": "300",
};

/** `spec.values` */
export function moduleValues(inputs: SpecInputs, made: SpecSurroundings): Tree {
    const { environment, privateLink, dnsResolver } = inputs;
    const account = (name: string, more: Tree = {}) => ({
        ...more,
        serviceAccount: {
            name,
            annotations: { "azure.workload.identity/client-id": made.clientId },
            labels: use,
        },
        pod: { labels: use },
        podLabels: use,
    });
    const { serviceAccount } = account("wandb-filemeta");
    return {
        global: globals(inputs, made),
        app: account("wandb-app", {
            internalJWTMap: ["weave-trace", "weave-trace-worker"].map((name) => ({
                subject: `system:serviceaccount:default:wandb-${name}`,
                issuer,
            })),
        }),
        api: account("wandb-api"),
        executor: account("wandb-executor"),
        glue: account("wandb-glue"),
        console: account("wandb-console", {
            extraEnv: {
                BUCKET_ACCESS_IDENTITY: `CLIENT_ID=${made.clientId} - TENANT_ID=${tenantId} - OIDC_ISSUER_URL=${issuer}`,
            },
        }),
        weave: account("wandb-weave", { persistence: { provider: "azurefile" } }),
        "weave-trace": account("wandb-weave-trace"),
        bufstream: account("bufstream-service-account"),
        parquet: account("wandb-parquet", { extraEnv: environment === true ? Environment.parquet : {} }),
        settingsMigrationJob: account("wandb-settings-migration-job"),
        filestream: account("wandb-filestream"),
        filemeta: { serviceAccount },
        pod: { labels: use },
        podLabels: use,
        ingress: {
            issuer: { create: false },
            annotations: {
                ...gateway,
                "cert-manager.io/cluster-issuer": "cert-issuer",
                "cert-manager.io/acme-challenge-type": dnsResolver === true ? "dns01" : "http01",
            },
            labels: privateLink === true ? { sha_hash: "8a798890fe93817163b10b5f7bd2ca4d25d84c52739a645a88" } : {},
            tls,
            secondary: {
                create: privateLink === true,
                nameOverride: "demo-private-ingress",
                annotations: { ...gateway, "appgw.ingress.kubernetes.io/use-private-ip": "true" },
                tls,
            },
        },
        mysql: { install: false },
        redis: { install: false },
        otel: { daemonset: collector(inputs, made) },
    };
}

function globals({ redis, ownBucket, environment }: SpecInputs, made: SpecSurroundings): Tree {
    return {
        size: "small",
        host: "https://wandb.example.com",
        license: "the license",
        cloudProvider: "azure",
        bucket:
            ownBucket === true
                ? {
                      provider: "az",
                      name: OwnBucket.account,
                      path: `${OwnBucket.name}/${OwnBucket.prefix}`,
                      accessKey: OwnBucket.accessKey,
                  }
                : {},
        defaultBucket: {
            provider: "az",
            name: made.account,
            path: `wandb/${ownBucket === true ? OwnBucket.prefix : ""}`,
            accessKey: "c3RvcmFnZS1rZXk=",
        },
        azureIdentityForBucket: { clientID: made.clientId, tenantID: tenantId },
        mysql: {
            host: "demo-database.mysql.database.azure.com",
            database: "wandb_local",
            user: "wandb",
            password: "generated",
            port: 3306,
        },
        redis: redisValues(redis),
        lumen: { dataRoot: "", gcpWorkloadIdentity: { audience: "" } },
        extraEnv: {
            GORILLA_CUSTOMER_SECRET_STORE_AZ_CONFIG_VAULT_URI: made.vaultUri,
            GORILLA_CUSTOMER_SECRET_STORE_SOURCE: "az-secretmanager://wandb",
            GORILLA_SECRET_STORE_AZ_CONFIG_VAULT_URI: made.vaultUri,
            GORILLA_SECRET_STORE_SOURCE: "az-secretmanager://wandb",
            ...(environment === true ? Environment.all : {}),
        },
    };
}

function redisValues(redis: SpecInputs["redis"]): Tree {
    switch (redis) {
        case "control-plane":
        case "chainguard":
            return {
                host: SentinelHosts[redis],
                password: "",
                port: "26379",
                params: { master: "gorilla" },
                external: true,
            };
        case "external":
            // Its variable is an object without attributes: no parameter ever came through.
            return { host: "redis.example.com", password: "", port: "6380", params: {}, external: true };
        case "azure":
            return {
                host: "demo-cache.westeurope.redis.azure.net",
                password: "generated-key",
                port: "6379",
                params: { master: "" },
                external: false,
            };
        case "none":
            return { host: "", password: "", port: "6379", params: { master: "" }, external: false };
    }
}

function collector({ metrics }: SpecInputs, { metricsClientId }: SpecSurroundings): Tree {
    if (metrics !== true) {
        return { pod: {}, serviceAccount: {}, config: { receivers: {}, service: {} } };
    }
    return {
        pod: { labels: use },
        serviceAccount: { annotations: { "azure.workload.identity/client-id": metricsClientId } },
        config: {
            receivers: {
                azuremonitor: {
                    subscription_id: subscriptionId,
                    resource_groups: ["demo"],
                    auth: "workload_identity",
                    tenant_id: "${env:AZURE_TENANT_ID}",
                    client_id: "${env:AZURE_CLIENT_ID}",
                    federated_token_file: "${env:AZURE_FEDERATED_TOKEN_FILE}",
                    services: ["Microsoft.DBforMySQL/flexibleServers", "Microsoft.Cache/Redis"],
                },
            },
            service: {
                pipelines: { metrics: { receivers: ["hostmetrics", "k8s_cluster", "kubeletstats", "azuremonitor"] } },
            },
        },
    };
}
