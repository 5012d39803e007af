import { sandboxLicense } from "../../sandbox/stacks/local";
import { alsoBy, argument, gone, input, instead, type ParityRow, reason, there } from "./row";

const external = { host: "redis.example.com", tls: true };
/** The same with another signature, which nobody checks. */
const otherLicense = sandboxLicense().replace(/[^.]+$/, "b3RoZXI");
const unread = "Nothing in the module reads it.";

/** Variables of the application: operator, custom resource, cache, environment. */
export const applicationRows: readonly ParityRow[] = [
    instead("namespace", "The logical name of the component is the prefix of every name."),
    argument("tags", "tags", { tags: { team: "ml" } }, input("demo-bucket-account", "tags.team", "ml")),
    argument(
        "deletion_protection",
        "deletionProtection",
        { deletionProtection: false },
        gone("demo-database-lock"),
        gone("demo-bucket-lock"),
    ),
    argument(
        "use_internal_queue",
        "azure.bucket.events",
        { azure: { bucket: { events: true } } },
        there("demo-bucket-events"),
    ),
    argument(
        "size",
        "size",
        { size: "large" },
        input("demo-database", "sku.name", "Standard_E8ds_v4"),
        input("demo-nodes", "vmSize", "Standard_E16s_v5"),
        input("demo-cache", "sku.name", "Balanced_B10"),
        input("demo-instance", "spec.values.global.size", "large"),
    ),
    reason("wandb_version", unread),
    reason("wandb_image", unread),
    alsoBy(
        argument(
            "license",
            ["license", "licenseSecret"],
            { license: undefined, licenseSecret: { name: "own", key: "license" } },
            input("demo-instance", "spec.values.global.licenseSecret.name", "own"),
            gone("demo-license"),
        ),
        { license: otherLicense },
        input("demo-license", "stringData", new RegExp(otherLicense)),
    ),
    reason("oidc_issuer", `${unread} Here it is \`oidc.issuer\`.`),
    reason("oidc_client_id", `${unread} Here it is \`oidc.clientId\`.`),
    reason("oidc_secret", `${unread} Here it is \`oidc.clientSecret\`.`),
    reason("oidc_auth_method", `${unread} Here it is \`oidc.authMethod\`.`),
    argument(
        "other_wandb_env",
        "extraEnv",
        { extraEnv: { GORILLA_X: "a,b=1" } },
        input("demo-instance", "spec.values.global.extraEnv.GORILLA_X", "a,b=1"),
    ),
    argument(
        "operator_chart_version",
        "operator.version",
        { operator: { version: "1.4.7" } },
        input("demo-operator", "version", "1.4.7"),
    ),
    argument(
        "controller_image_tag",
        "operator.image.tag",
        { operator: { image: { tag: "1.21.0" } } },
        input("demo-operator", "values.image.tag", "1.21.0"),
    ),
    argument("enable_helm_operator", "operator.install", { operator: { install: false } }, gone("demo-operator")),
    argument("enable_helm_wandb", "createCustomResource", { createCustomResource: false }, gone("demo-instance")),
    argument(
        "create_redis",
        "redis.install",
        { redis: { install: true } },
        gone("demo-cache"),
        input("demo-instance", "spec.values.redis.install", true),
    ),
    argument(
        "redis_capacity",
        ["azure.cache.sku", "azure.cache.kind"],
        { azure: { cache: { kind: "azure-cache", sku: "Standard_C4" } } },
        input("demo-cache", "sku.capacity", 4),
    ),
    argument(
        "use_external_redis",
        "redis",
        { redis: external },
        gone("demo-cache"),
        input("demo-instance", "spec.values.global.redis.host", "redis.example.com"),
    ),
    argument(
        "external_redis_host",
        "redis.host",
        { redis: external },
        input("demo-instance", "spec.values.global.redis.host", "redis.example.com"),
    ),
    argument(
        "external_redis_port",
        "redis.port",
        { redis: { ...external, port: 6380 } },
        input("demo-instance", "spec.values.global.redis.port", 6380),
    ),
    argument(
        "external_redis_params",
        "redis.parameters",
        { redis: { ...external, parameters: { poolSize: "20" } } },
        input("demo-instance", "spec.values.global.redis.params.poolSize", "20"),
        input("demo-instance", "spec.values.global.redis.params.tls", true),
    ),
    argument(
        "use_ctrlplane_redis",
        ["redis.host", "redis.parameters"],
        { redis: { host: "redis.redis.svc.cluster.local", port: 26379, parameters: { master: "gorilla" } } },
        input("demo-instance", "spec.values.global.redis.params.master", "gorilla"),
        gone("demo-cache"),
    ),
    argument(
        "use_chainguard_redis",
        ["redis.host", "redis.parameters"],
        { redis: { host: "redis.redis-cg.svc.cluster.local", port: 26379, parameters: { master: "gorilla" } } },
        input("demo-instance", "spec.values.global.redis.host", "redis.redis-cg.svc.cluster.local"),
    ),
    reason("weave_wandb_env", `${unread} Here it is \`components.weave.env\`.`),
    reason("app_wandb_env", `${unread} Here it is \`components.app.env\`.`),
    argument(
        "parquet_wandb_env",
        "components.parquet.env",
        { components: { parquet: { env: { A: "1" } } } },
        input("demo-instance", "spec.values.parquet.env.A", "1"),
    ),
    argument(
        "lumen_data_root",
        "values",
        { values: { global: { lumen: { dataRoot: "/data" } } } },
        input("demo-instance", "spec.values.global.lumen.dataRoot", "/data"),
    ),
    argument(
        "lumen_agent_wif_audience",
        "values",
        { values: { global: { lumen: { gcpWorkloadIdentity: { audience: "lumen" } } } } },
        input("demo-instance", "spec.values.global.lumen.gcpWorkloadIdentity.audience", "lumen"),
    ),
];
