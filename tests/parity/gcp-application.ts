import { sandboxLicense } from "../../sandbox/stacks/local";
import { OidcAuthMethod } from "../../sdk/index";
import { alsoBy, argument, gone, input, instead, type ParityRow, reason, there } from "./row";

const external = { host: "redis.example.com", tls: true };
/** The same with another signature, which nobody checks. */
const otherLicense = sandboxLicense().replace(/[^.]+$/, "b3RoZXI");
const oidc = { clientId: "wandb", issuer: "https://login.example.com" };
const legacy = "It reaches only the retired deployment with zero replicas, which we do not make.";

/** Variables of the application: operator, custom resource, cache, environment. */
export const applicationRows: readonly ParityRow[] = [
    instead("namespace", "The logical name of the component is the prefix of every name."),
    argument(
        "deletion_protection",
        "deletionProtection",
        { deletionProtection: false },
        input("demo-database", "deletionProtection", false),
        input("demo-cluster", "deletionProtection", false),
    ),
    argument("labels", "tags", { tags: { team: "ml" } }, input("demo-bucket", "labels.team", "ml")),
    argument(
        "use_internal_queue",
        "gcp.bucket.events",
        { gcp: { bucket: { events: true } } },
        there("demo-bucket-events"),
        input("demo-bucket-notification", "eventTypes", ["OBJECT_FINALIZE"]),
    ),
    reason("wandb_version", legacy),
    reason("wandb_image", legacy),
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
    argument(
        "oidc_issuer",
        "oidc.issuer",
        { oidc },
        input("demo-instance", "spec.values.global.auth.oidc.issuer", "https://login.example.com"),
    ),
    argument(
        "oidc_client_id",
        "oidc.clientId",
        { oidc },
        input("demo-instance", "spec.values.global.auth.oidc.clientId", "wandb"),
    ),
    argument(
        "oidc_secret",
        "oidc.clientSecret",
        { oidc: { ...oidc, clientSecret: "hidden" } },
        input("demo-oidc", "stringData", /hidden/),
    ),
    argument(
        "oidc_auth_method",
        "oidc.authMethod",
        { oidc: { ...oidc, authMethod: OidcAuthMethod.Implicit } },
        input("demo-instance", "spec.values.global.auth.oidc.authMethod", "implicit"),
    ),
    reason("local_restore", legacy),
    reason("resource_limits", legacy),
    reason("resource_requests", legacy),
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
    argument(
        "disable_code_saving",
        "extraEnv",
        { extraEnv: { GORILLA_DISABLE_CODE_SAVING: "true" } },
        input("demo-instance", "spec.values.global.extraEnv.GORILLA_DISABLE_CODE_SAVING", "true"),
    ),
    argument(
        "other_wandb_env",
        "extraEnv",
        { extraEnv: { GORILLA_X: "a,b=1" } },
        input("demo-instance", "spec.values.global.extraEnv.GORILLA_X", "a,b=1"),
    ),
    argument(
        "size",
        "size",
        { size: "large" },
        input("demo-database", "settings.tier", "db-custom-8-53248"),
        input("demo-nodes", "nodeConfig.machineType", "n2-highmem-16"),
        input("demo-cache", "memorySizeGb", 13),
        input("demo-instance", "spec.values.global.size", "large"),
    ),
    argument(
        "weave_wandb_env",
        "components.weave.env",
        { components: { weave: { env: { A: "1" } } } },
        input("demo-instance", "spec.values.weave.env.A", "1"),
    ),
    argument(
        "app_wandb_env",
        "components.app.env",
        { components: { app: { env: { A: "1" } } } },
        input("demo-instance", "spec.values.app.env.A", "1"),
    ),
    argument(
        "parquet_wandb_env",
        "components.parquet.env",
        { components: { parquet: { env: { A: "1" } } } },
        input("demo-instance", "spec.values.parquet.env.A", "1"),
    ),
    argument(
        "wandb_namespace",
        "namespace",
        { namespace: "default" },
        input("demo-instance", "metadata.namespace", "default"),
        input("demo-app-as-weave-trace", "member", /\.svc\.id\.goog\[default\/wandb-weave-trace\]$/),
        input("demo-weave-worker-auth", "metadata.namespace", "default"),
    ),
];
