import assert from "node:assert/strict";
import { AwsLoadBalancerScheme, BucketProvider } from "../../sdk/index";
import { promiseOf } from "../support/resolve";
import { Additions, Differences } from "./aws-spec-differences";
import { Environment, moduleValues, OwnBucket, SentinelHosts, type SpecInputs } from "./aws-module-spec";
import { recorded } from "./recorded";
import type { Change } from "./row";
import { type CustomResource, SpecComparison } from "./spec";

/** Each input with each value, and those that could disturb each other together. */
const matrix: readonly SpecInputs[] = [
    { redis: "elasticache" },
    { redis: "elasticache", ownBucket: true, environment: true },
    { redis: "elasticache", privateLink: true, exporter: true },
    { redis: "none", ownBucket: true },
    { redis: "none", environment: true, exporter: true },
    { redis: "external" },
    { redis: "external", ownBucket: true, privateLink: true, exporter: true, environment: true },
    { redis: "control-plane", privateLink: true },
    { redis: "chainguard", exporter: true },
    { redis: "elasticache", extraHosts: ["ml.example.com", "*.wandb.example.com"] },
    { redis: "elasticache", internal: true },
    { redis: "elasticache", inboundCidrs: ["198.51.100.0/24", "203.0.113.0/24"] },
    { redis: "none", internal: true, inboundCidrs: ["10.0.0.0/8"], extraHosts: ["ml.example.com"] },
    {
        redis: "external",
        privateLink: true,
        internal: true,
        inboundCidrs: ["198.51.100.0/24"],
        extraHosts: ["ml.example.com"],
    },
];

/** The same inputs as arguments of ours. */
function argumentsOf(inputs: SpecInputs): Change {
    const { redis, ownBucket, privateLink, exporter, environment, extraHosts, internal, inboundCidrs } = inputs;
    const { name, prefix, region, kmsKey } = OwnBucket;
    return {
        namespace: "default",
        redis: redisOf(redis),
        bucket: ownBucket === true ? { provider: BucketProvider.S3, name, prefix, region, kmsKey } : undefined,
        ingress: extraHosts && { additionalHosts: [...extraHosts] },
        aws: {
            loadBalancer: {
                scheme: internal === true ? AwsLoadBalancerScheme.Internal : undefined,
                // Its own variable must always be given; ours lets in the VPC alone by default where the scheme is internal.
                inboundCidrs:
                    internal === true ? [...(inboundCidrs ?? ["0.0.0.0/0"])] : inboundCidrs && [...inboundCidrs],
            },
            privateLink: privateLink === true ? { allowedAccountIds: ["210987654321"] } : undefined,
            monitoring: { cloudWatchExporter: exporter === true },
        },
        ...(environment === true
            ? {
                  extraEnv: Environment.all,
                  components: { weave: { env: Environment.weave }, parquet: { env: Environment.parquet } },
              }
            : {}),
    };
}

function redisOf(redis: SpecInputs["redis"]): Change["redis"] {
    switch (redis) {
        case "elasticache":
            return undefined;
        case "none":
            return { install: true };
        case "external":
            return { host: "redis.example.com", port: 6380 };
        default:
            return { host: SentinelHosts[redis], port: 26379, parameters: { master: "gorilla" } };
    }
}

describe("parity of the custom resource on AWS", function () {
    this.timeout(60_000);
    const comparison = new SpecComparison(Differences, Additions);

    for (const inputs of matrix) {
        it(JSON.stringify(inputs), async () => {
            const { graph, deployment } = await recorded(argumentsOf(inputs));
            const { inputs: resource } = graph.resources.filter(({ type }) => type.includes("WeightsAndBiases"))[0];
            const { apiVersion, kind, metadata, spec } = resource as unknown as CustomResource;
            assert.deepEqual([apiVersion, kind], ["apps.wandb.com/v1", "WeightsAndBiases"]);
            assert.deepEqual([metadata.namespace, metadata.name], ["default", "wandb"]);
            assert.deepEqual(Object.keys(spec), ["values"]);
            const nodeRoleArn = await promiseOf(deployment.aws?.nodeRoleArn);
            assert.ok(nodeRoleArn);
            const exporterRoleArn = "arn:aws:iam::123456789012:role/Reads-CloudWatch-metrics-for-Weights-Biases";
            comparison.compare(inputs, moduleValues(inputs, { nodeRoleArn, exporterRoleArn }), spec.values);
        });
    }

    it("has no explanation that explains nothing, and says the reason of each", () => comparison.assertUsed());
});
