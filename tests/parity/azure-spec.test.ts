import assert from "node:assert/strict";
import { BucketProvider } from "../../sdk/index";
import { promiseOf } from "../support/resolve";
import { Environment, moduleValues, OwnBucket, SentinelHosts, type SpecInputs } from "./azure-module-spec";
import { recorded } from "./azure-recorded";
import { Additions, Differences } from "./azure-spec-differences";
import type { Change } from "./row";
import { type CustomResource, SpecComparison } from "./spec";

/** Each input with each value, and those that could disturb each other together. */
const matrix: readonly SpecInputs[] = [
    { redis: "azure" },
    { redis: "azure", ownBucket: true, environment: true },
    { redis: "azure", metrics: true, privateLink: true },
    { redis: "none", ownBucket: true, metrics: true },
    { redis: "none", environment: true, dnsResolver: true },
    { redis: "external", metrics: true, environment: true },
    { redis: "external", privateLink: true, dnsResolver: true },
    { redis: "control-plane", ownBucket: true, privateLink: true },
    { redis: "chainguard", metrics: true },
];

/** The same inputs as arguments of ours. */
function argumentsOf(inputs: SpecInputs): Change {
    const { redis, ownBucket, privateLink, metrics, environment, dnsResolver } = inputs;
    return {
        namespace: "default",
        redis: redisOf(redis),
        bucket: ownBucket === true ? { provider: BucketProvider.Azure, ...OwnBucket } : undefined,
        azure: {
            dns: { acme: { challenge: dnsResolver === true ? "dns-01" : "http-01" } },
            privateLink: privateLink === true ? {} : undefined,
            monitoring: { azureMonitor: metrics === true },
        },
        ...(environment === true
            ? { extraEnv: Environment.all, components: { parquet: { env: Environment.parquet } } }
            : {}),
    };
}

function redisOf(redis: SpecInputs["redis"]): Change["redis"] {
    switch (redis) {
        case "azure":
            return undefined;
        case "none":
            return { install: true };
        case "external":
            return { host: "redis.example.com", port: 6380 };
        default:
            return { host: SentinelHosts[redis], port: 26379, parameters: { master: "gorilla" } };
    }
}

describe("parity of the custom resource on Azure", function () {
    this.timeout(60_000);
    const comparison = new SpecComparison(Differences, Additions);

    for (const inputs of matrix) {
        it(JSON.stringify(inputs), async () => {
            const { graph, deployment } = await recorded(argumentsOf(inputs), {
                "azure-native:managedidentity:UserAssignedIdentity": {
                    clientId: "client-id",
                    principalId: "principal",
                },
            });
            const { inputs: resource } = graph.resources.filter(({ type }) => type.includes("WeightsAndBiases"))[0];
            const { apiVersion, kind, metadata, spec } = resource as unknown as CustomResource;
            assert.deepEqual([apiVersion, kind], ["apps.wandb.com/v1", "WeightsAndBiases"]);
            assert.deepEqual([metadata.namespace, metadata.name], ["default", "wandb"]);
            assert.deepEqual(Object.keys(spec), ["values"]);
            const { azure } = deployment;
            const made = {
                clientId: "client-id",
                metricsClientId: "client-id",
                account: (await promiseOf(azure?.storageAccountName)) ?? "",
                vaultUri: (await promiseOf(azure?.vaultUri)) ?? "",
            };
            comparison.compare(inputs, moduleValues(inputs, made), spec.values);
        });
    }

    it("has no explanation that explains nothing, and says the reason of each", () => comparison.assertUsed());
});
