import assert from "node:assert/strict";
import { BucketProvider, OidcAuthMethod } from "../../sdk/index";
import { promiseOf } from "../support/resolve";
import { Environment, moduleValues, Oidc, OwnBucket, SentinelHosts, type SpecInputs } from "./gcp-module-spec";
import { recorded } from "./gcp-recorded";
import { Additions, Differences } from "./gcp-spec-differences";
import type { Change } from "./row";
import { type CustomResource, SpecComparison } from "./spec";

/** Each input with each value, and those that could disturb each other together. */
const matrix: readonly SpecInputs[] = [
    { redis: "memorystore" },
    { redis: "memorystore", ownBucket: true, environment: true },
    { redis: "memorystore", queues: true, bigtable: true, ownBucket: true, exporter: true },
    { redis: "none", ownBucket: true },
    { redis: "none", environment: true, exporter: true, oidc: true },
    { redis: "external" },
    { redis: "external", queues: true, exporter: true, environment: true, oidc: true },
    { redis: "control-plane", bigtable: true },
    { redis: "chainguard", exporter: true },
    { redis: "memorystore", closed: true },
    { redis: "none", closed: true, ownBucket: true, queues: true },
];

/** The names that the module has by itself. */
const Queues = {
    fileStreamTopicName: "demo-file-stream",
    fileStreamSubscriptionName: "demo-file-stream-subscription",
    runUpdatesTopicName: "demo-run-updates",
    runUpdatesSubscriptionName: "demo-run-updates-subscription",
};

/** The same inputs as arguments of ours. */
function argumentsOf(inputs: SpecInputs): Change {
    const { redis, ownBucket, queues, bigtable, exporter, environment, oidc, closed } = inputs;
    return {
        namespace: "default",
        redis: redisOf(redis),
        bucket: ownBucket === true ? { provider: BucketProvider.Gcs, ...OwnBucket } : undefined,
        ingress: closed === true ? { create: false } : undefined,
        oidc:
            oidc === true
                ? {
                      issuer: Oidc.issuer,
                      clientId: Oidc.clientId,
                      authMethod: OidcAuthMethod.Pkce,
                      clientSecret: Oidc.secret,
                  }
                : undefined,
        gcp: {
            dns: closed === true ? undefined : { managedZone: "example" },
            events: queues === true ? Queues : undefined,
            bigtable: bigtable === true ? {} : undefined,
            monitoring: { stackdriverExporter: exporter === true },
        },
        ...(environment === true
            ? {
                  extraEnv: Environment.all,
                  components: {
                      app: { env: Environment.app },
                      weave: { env: Environment.weave },
                      parquet: { env: Environment.parquet },
                  },
              }
            : {}),
    };
}

function redisOf(redis: SpecInputs["redis"]): Change["redis"] {
    switch (redis) {
        case "memorystore":
            return undefined;
        case "none":
            return { install: true };
        case "external":
            return { host: "redis.example.com", port: 6380 };
        default:
            return { host: SentinelHosts[redis], port: 26379, parameters: { master: "gorilla" } };
    }
}

/** What Google Cloud gives names to. */
const Made = {
    "gcp:compute/managedSslCertificate:ManagedSslCertificate": { name: "demo-certificate-1a2b3c4" },
    "gcp:compute/securityPolicy:SecurityPolicy": { name: "demo-security-policy-1a2b3c4" },
    "gcp:bigtable/instance:Instance": { name: "demo-bigtable-1a2b3c4" },
};

describe("parity of the custom resource on Google Cloud", function () {
    this.timeout(60_000);
    const comparison = new SpecComparison(Differences, Additions);

    for (const inputs of matrix) {
        it(JSON.stringify(inputs), async () => {
            const { graph, deployment } = await recorded(argumentsOf(inputs), Made);
            const { inputs: resource } = graph.resources.filter(({ type }) => type.includes("WeightsAndBiases"))[0];
            const { apiVersion, kind, metadata, spec } = resource as unknown as CustomResource;
            assert.deepEqual([apiVersion, kind], ["apps.wandb.com/v1", "WeightsAndBiases"]);
            assert.deepEqual([metadata.namespace, metadata.name], ["default", "wandb"]);
            assert.deepEqual(Object.keys(spec), ["values"]);
            const appEmail = await promiseOf(deployment.gcp?.appServiceAccountEmail);
            assert.ok(appEmail);
            const exporter = graph.resources.find(({ name }) => name === "demo-monitoring-account");
            const exporterEmail = `${String(exporter?.inputs["accountId"])}@example-project.iam.gserviceaccount.com`;
            comparison.compare(inputs, moduleValues(inputs, { appEmail, exporterEmail }), spec.values);
        });
    }

    it("has no explanation that explains nothing, and says the reason of each", () => comparison.assertUsed());
});
