import assert from "node:assert/strict";
import { recorded } from "../parity/recorded";
import type { GraphRecorder, RegisteredResource } from "../support/graph";
import { at, resolveTree } from "../support/resolve";

/**
 * Where the Terraform module for AWS hurts its users, by the numbers of the list of traps. Here are those that only the whole
 * deployment shows; tests/unit/aws-traps.test.ts knows where the others are.
 */
describe("traps of the Terraform module of AWS", function () {
    this.timeout(60_000);
    let least: GraphRecorder;
    before(async () => {
        least = (await recorded({})).graph;
    });

    it("moves everything to another namespace, with the names that tokens have there (Trap 4)", async () => {
        const { graph } = await recorded({ namespace: "ml" });
        const objects = ["demo-instance", "demo-license", "demo-redis", "demo-weave-worker-auth"];
        assert.deepEqual(
            objects.map((name) => at(made(graph, name).inputs, "metadata.namespace")),
            ["ml", "ml", "ml", "ml"],
        );
        const trust = JSON.stringify(made(graph, "demo-app-role").inputs["assumeRolePolicy"]);
        assert.match(trust, /system:serviceaccount:ml:/);
        assert.doesNotMatch(trust, /system:serviceaccount:(default|wandb):/);
        const callers = at(made(graph, "demo-instance").inputs, "spec.values.app.internalJWTMap") as {
            subject: string;
        }[];
        assert.ok(
            callers.length > 0 && callers.every(({ subject }) => subject.startsWith("system:serviceaccount:ml:")),
        );
    });

    it("passes on what is said of an external cache, and needs no key that nobody gives (Trap 12)", async () => {
        const { graph } = await recorded({
            redis: { host: "redis.example.com", tls: true, parameters: { poolSize: "20" } },
            aws: { key: { databaseKeyArn: undefined } },
        });
        const params = at(made(graph, "demo-instance").inputs, "spec.values.global.redis.params");
        assert.deepEqual(params, { poolSize: "20", tls: true });
        assert.equal(
            made(graph, "demo-database-a").inputs["performanceInsightsKmsKeyId"],
            made(graph, "demo-database-cluster").inputs["kmsKeyId"],
        );
    });

    it("is never without a cache (Trap 13)", async () => {
        const { graph } = await recorded({ redis: { install: true } });
        const values = at(made(graph, "demo-instance").inputs, "spec.values");
        assert.equal(at(values, "redis.install"), true);
        assert.equal(at(values, "global.redis"), undefined);
        assert.equal(at(made(least, "demo-instance").inputs, "spec.values.global.redis.host"), "master.cache.example");
    });

    it("pins every chart and every add-on (Trap 19)", () => {
        const charts = least.resources.filter(({ type }) => type === "kubernetes:helm.sh/v3:Release");
        assert.ok(charts.length >= 3);
        for (const { name, inputs } of charts) {
            assert.match(String(inputs["version"]), /^\d+\.\d+\.\d+$/, name);
        }
        const addons = least.resources.filter(({ type }) => type === "aws:eks/addon:Addon");
        assert.ok(addons.length >= 5);
        for (const { name, inputs } of addons) {
            assert.match(String(inputs["addonVersion"]), /^v\d+\.\d+\.\d+-eksbuild\.\d+$/, name);
        }
    });

    it("lets the program reach the API server from where it was said to run (Trap 21)", async () => {
        const endpoint = (graph: GraphRecorder) => {
            const { endpointPrivateAccess, endpointPublicAccess, publicAccessCidrs } = made(graph, "demo-cluster")
                .inputs["vpcConfig"] as Record<string, unknown>;
            return { endpointPrivateAccess, endpointPublicAccess, publicAccessCidrs };
        };
        assert.deepEqual(endpoint(least), {
            endpointPrivateAccess: true,
            endpointPublicAccess: true,
            publicAccessCidrs: ["203.0.113.0/24"],
        });
        const { graph } = await recorded({ access: { cidrs: undefined, private: true } });
        assert.equal(endpoint(graph).endpointPublicAccess, false);
    });

    it("connects to the cluster by what the cluster says, not by looking up its name (Trap 22)", () => {
        const provider = made(least, "demo-kubernetes");
        assert.ok(dependsOn(provider, "demo-cluster"));
        assert.match(
            JSON.stringify(provider.inputs["kubeconfig"]),
            /https:\/\/example\.gr7\.us-east-1\.eks\.amazonaws\.com/,
        );
    });

    it("has a class of volumes of the driver, encrypted, and patches none that may not be there (Trap 25)", () => {
        const { inputs } = made(least, "demo-storage-class");
        assert.equal(inputs["provisioner"], "ebs.csi.aws.com");
        assert.equal(at(inputs, "parameters.encrypted"), "true");
        assert.deepEqual(
            least.resources.filter(({ type }) => type.endsWith("Patch")),
            [],
        );
    });

    it("takes W&B away first, then what cleans up after it, then the nodes (Trap 27)", () => {
        const instance = made(least, "demo-instance");
        for (const name of ["demo-operator", "demo-load-balancer-controller", "demo-nodes-a", "demo-ebs-csi"]) {
            assert.ok(dependsOn(instance, name), name);
        }
        assert.ok(dependsOn(made(least, "demo-load-balancer-controller"), "demo-nodes-a"));
        assert.ok(dependsOn(made(least, "demo-dns-record-7c60ec74"), "demo-instance"), "the record");
    });

    it("adds a zone without touching the nodes of the others (Trap 29)", async () => {
        const { graph } = await recorded({ aws: { network: { zoneCount: 2 } } });
        const groups = (one: GraphRecorder) =>
            one.resources
                .filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup")
                .map(({ name }) => name)
                .sort();
        assert.deepEqual(groups(graph), ["demo-nodes-a", "demo-nodes-b"]);
        assert.deepEqual(groups(least), ["demo-nodes-a", "demo-nodes-b", "demo-nodes-c"]);
        for (const name of groups(graph)) {
            assert.deepEqual(made(graph, name).inputs, made(least, name).inputs);
        }
    });

    it("writes no null, nothing empty, and ports as numbers into the custom resource (Trap 30)", async () => {
        for (const redis of [undefined, { host: "redis.example.com", port: 6380 }, { install: true }]) {
            const { graph } = await recorded({ redis });
            const values = await resolveTree(at(made(graph, "demo-instance").inputs, "spec.values"));
            assert.deepEqual(emptyPaths(values), [], JSON.stringify(redis));
            for (const path of ["global.mysql.port", "global.redis.port"]) {
                assert.ok(["number", "undefined"].includes(typeof at(values, path)), path);
            }
        }
    });

    it("encrypts Kubernetes secrets with the key, whatever is said elsewhere (Trap 31)", async () => {
        const { graph } = await recorded({ aws: { bucket: { encryption: "s3" } } });
        for (const one of [least, graph]) {
            assert.deepEqual(made(one, "demo-cluster").inputs["encryptionConfig"], {
                provider: { keyArn: "arn:aws:kms:us-east-1:123456789012:key/made" },
                resources: ["secrets"],
            });
        }
    });
});

/** A resource of the cloud or the cluster, not the component around it. */
function made(graph: GraphRecorder, name: string): RegisteredResource {
    const found = graph.resources.filter((one) => one.name === name && !one.type.startsWith("wandb:"));
    assert.equal(found.length, 1, `${found.length} resources are called ${name}`);
    return found[0];
}

function dependsOn({ dependencies }: RegisteredResource, name: string): boolean {
    return dependencies.some((urn) => urn.split("::")[3] === name);
}

function emptyPaths(tree: unknown, path = ""): string[] {
    if (tree === null || tree === undefined) {
        return [path];
    }
    if (typeof tree !== "object") {
        return [];
    }
    const entries = Object.entries(tree);
    return entries.length === 0 ? [path] : entries.flatMap(([key, inner]) => emptyPaths(inner, `${path}/${key}`));
}
