import { sandboxLicense } from "../../sandbox/stacks/local";
import { alsoBy, argument, gone, input, instead, type ParityRow, reason, there } from "./row";

const external = { host: "redis.example.com", tls: true };
/** The same with another signature, which nobody checks. */
const otherLicense = sandboxLicense().replace(/[^.]+$/, "b3RoZXI");

/** Variables of the application: operator, custom resource, cache, environment. */
export const applicationRows: readonly ParityRow[] = [
    instead("namespace", "The logical name of the component is the prefix of every name."),
    argument(
        "deletion_protection",
        "deletionProtection",
        { deletionProtection: false },
        input("demo-database-cluster", "deletionProtection", false),
    ),
    argument(
        "use_internal_queue",
        "aws.bucket.eventQueue",
        { aws: { bucket: { eventQueue: true } } },
        input("demo-bucket-notification", "queues.0.events", ["s3:ObjectCreated:*"]),
        there("demo-bucket-events"),
    ),
    argument(
        "size",
        "size",
        { size: "large" },
        input("demo-database-a", "instanceClass", "db.r6g.2xlarge"),
        input("demo-instance", "spec.values.global.size", "large"),
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
    argument(
        "enable_helm_wandb",
        "createCustomResource",
        { createCustomResource: false, aws: { dns: { externalDns: true } } },
        gone("demo-instance"),
    ),
    argument(
        "create_elasticache",
        "redis.install",
        { redis: { install: true } },
        gone("demo-cache"),
        input("demo-instance", "spec.values.redis.install", true),
    ),
    argument(
        "elasticache_node_type",
        "aws.cache.nodeType",
        { aws: { cache: { nodeType: "cache.r7g.large" } } },
        input("demo-cache", "nodeType", "cache.r7g.large"),
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
        "other_wandb_env",
        "extraEnv",
        { extraEnv: { GORILLA_X: "a,b=1" } },
        input("demo-instance", "spec.values.global.extraEnv.GORILLA_X", "a,b=1"),
    ),
    argument(
        "weave_wandb_env",
        "components.weave.env",
        { components: { weave: { env: { A: "1" } } } },
        input("demo-instance", "spec.values.weave.env.A", "1"),
    ),
    argument(
        "parquet_wandb_env",
        "components.parquet.env",
        { components: { parquet: { env: { A: "1" } } } },
        input("demo-instance", "spec.values.parquet.env.A", "1"),
    ),
    argument(
        "enable_yace",
        "aws.monitoring.cloudWatchExporter",
        { aws: { monitoring: { cloudWatchExporter: true } } },
        input("demo-instance", "spec.values.yace.install", true),
        input("demo-monitoring-role-metrics", "policy", /cloudwatch:GetMetricData/),
    ),
    reason(
        "yace_sa_name",
        "It reached the trust of the role only and not the chart; the account is the one that the chart makes.",
    ),
    argument(
        "enable_clickhouse",
        "aws.clickHouse.key",
        { aws: { clickHouse: { key: true, keyPrincipalArn: "arn:aws:iam::576599896960:role/prod-kms-request-role" } } },
        input("demo-click-house-key", "policy", /arn:aws:iam::576599896960:role\/prod-kms-request-role/),
    ),
    argument(
        "clickhouse_endpoint_service_id",
        "aws.clickHouse.endpointServiceName",
        { aws: { clickHouse: { endpointServiceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0" } } },
        input("demo-click-house-endpoint", "serviceName", "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"),
    ),
    argument(
        "k8s_namespace",
        "namespace",
        { namespace: "default" },
        input("demo-instance", "metadata.namespace", "default"),
    ),
];
