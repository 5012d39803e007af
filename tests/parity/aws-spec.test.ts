import assert from "node:assert/strict";
import { BucketProvider } from "../../sdk/index";
import { promiseOf } from "../support/resolve";
import { Additions, type Difference, Differences } from "./aws-spec-differences";
import { Environment, moduleValues, OwnBucket, SentinelHosts, type SpecInputs } from "./aws-module-spec";
import { recorded } from "./recorded";
import type { Change } from "./row";

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
];

/** The same inputs as arguments of ours. */
function argumentsOf({ redis, ownBucket, privateLink, exporter, environment }: SpecInputs): Change {
    const { name, prefix, region, kmsKey } = OwnBucket;
    return {
        namespace: "default",
        redis: redisOf(redis),
        bucket: ownBucket === true ? { provider: BucketProvider.S3, name, prefix, region, kmsKey } : undefined,
        aws: {
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

/** Leaves by their keys, joined by slashes. A slash in a key becomes `~`. Empty maps and lists say nothing. */
function leaves(tree: unknown, path = ""): Map<string, unknown> {
    if (typeof tree !== "object" || tree === null) {
        return new Map([[path, tree]]);
    }
    const inner = Object.entries(tree).map(([key, value]) =>
        leaves(value, `${path === "" ? "" : `${path}/`}${key.replaceAll("/", "~")}`),
    );
    return new Map(inner.flatMap((found) => [...found]));
}

describe("parity of the custom resource on AWS", function () {
    this.timeout(60_000);
    const used = new Set<RegExp>();

    /** Holds our values against the module's, and marks what explains where they differ. */
    function compare(inputs: SpecInputs, module: Map<string, unknown>, ours: Map<string, unknown>): void {
        const explained = new Set<string>();
        for (const [path, value] of module) {
            const difference = Differences.find((one) => one.path.test(path) && (one.when?.(inputs) ?? true));
            if (difference === undefined) {
                assert.deepEqual(ours.get(path), value, path);
                explained.add(path);
            } else {
                used.add(difference.path);
                explained.add(assertDifference(difference, path, value, ours));
            }
        }
        for (const path of [...ours.keys()].filter((key) => !explained.has(key))) {
            const addition = Additions.find((one) => one.path.test(path));
            assert.ok(addition, `only ours says ${path}: ${JSON.stringify(ours.get(path))}`);
            used.add(addition.path);
        }
    }

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
            compare(inputs, leaves(moduleValues(inputs, { nodeRoleArn, exporterRoleArn })), leaves(spec.values));
        });
    }

    it("has no explanation that explains nothing", () => {
        const all = [...Differences, ...Additions].map(({ path }) => path);
        assert.deepEqual(
            all.filter((path) => !used.has(path)),
            [],
        );
    });

    it("says the reason of each difference", () => {
        for (const { path, reason } of [...Differences, ...Additions]) {
            assert.match(reason, /^[A-Z].{20,}\.$/, String(path));
        }
    });
});

interface CustomResource {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly spec: { readonly values: Readonly<Record<string, unknown>> };
}

/** Our values are as the difference says. Gives the path at which we say the same, or where we say otherwise. */
function assertDifference(
    { path: pattern, movedTo, value: expected }: Difference,
    path: string,
    value: unknown,
    ours: Map<string, unknown>,
): string {
    if (movedTo === undefined) {
        assert.notDeepEqual(ours.get(path), value, `${path} is no different`);
        assert.deepEqual(ours.get(path), expected, path);
        return path;
    }
    const target = path.replace(pattern, movedTo);
    assert.equal(ours.has(path), false, path);
    assert.deepEqual(ours.get(target), value, `${path} -> ${target}`);
    return target;
}
