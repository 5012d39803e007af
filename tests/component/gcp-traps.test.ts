import assert from "node:assert/strict";
import { BucketProvider, GcpLoadBalancerScheme } from "../../sdk/index";
import { recorded } from "../parity/gcp-recorded";
import { GcpDeployments } from "../support/gcp-args";
import type { GraphRecorder, RegisteredResource } from "../support/graph";
import { at } from "../support/resolve";

const { existing } = GcpDeployments;
const ownNetwork = existing.gcp.network;
const internal = {
    dns: { certificateNames: ["wandb-example-com"] },
    loadBalancer: { scheme: GcpLoadBalancerScheme.Internal },
};

/**
 * Where the Terraform module for Google Cloud hurts its users, by the numbers of the list of traps. Here are those that only the
 * whole deployment shows; tests/unit/gcp-traps.test.ts knows where the others are.
 */
describe("traps of the Terraform module of Google Cloud: what is asked for", function () {
    this.timeout(60_000);

    it("can do without TLS, with a host all the same (Trap 1)", async () => {
        const { graph } = await recorded({ host: "http://wandb.example.com", ingress: { tls: { enabled: false } } });
        assert.equal(settings(graph, "global.host"), "http://wandb.example.com");
        assert.deepEqual(namesOf(graph, /:(ManagedSslCertificate|FrontendConfig)$/), []);
        const annotations = settings(graph, "ingress.annotations") as Record<string, string>;
        assert.equal(annotations["kubernetes.io/ingress.global-static-ip-name"], "demo-address-1a2b3c4");
        assert.equal(annotations["ingress.gcp.kubernetes.io/pre-shared-cert"], undefined);
    });

    it("goes with a network of one's own: cache, Private Service Connect and ClickHouse too (Trap 2)", async () => {
        const serviceAttachment = "projects/clickhouse/regions/europe-west4/serviceAttachments/weave";
        const { graph } = await recorded({
            gcp: {
                ...internal,
                network: ownNetwork,
                clickHouse: { serviceAttachment },
                privateServiceConnect: { acceptAll: true },
            },
        });
        const { networkId } = ownNetwork.existing;
        assert.deepEqual(namesOf(graph, /compute\/network:Network$/), []);
        assert.equal(graph.byName("demo-cache").inputs["authorizedNetwork"], networkId);
        for (const name of ["demo-psc-subnet", "demo-click-house-subnet", "demo-click-house-endpoint"]) {
            assert.equal(graph.byName(name).inputs["network"], networkId, name);
        }
    });

    it("passes on what is said of an external cache (Trap 3)", async () => {
        const { graph } = await recorded({
            redis: { host: "redis.example.com", tls: true, parameters: { poolSize: "20" } },
        });
        assert.deepEqual(settings(graph, "global.redis.params"), { poolSize: "20", tls: true });
    });

    it("puts variables where the chart reads them (Trap 4)", async () => {
        const env = { DEPTH: "3" };
        const { graph } = await recorded({
            extraEnv: { EVERYWHERE: "yes" },
            components: { app: { env }, weave: { env }, parquet: { env } },
        });
        for (const component of ["app", "weave", "parquet"]) {
            assert.deepEqual(settings(graph, `${component}.env`), env, component);
        }
        assert.equal(settings(graph, "global.extraEnv.EVERYWHERE"), "yes");
        assert.doesNotMatch(JSON.stringify(settings(graph, "")), /extraEnvs/);
    });

    it("moves everything to another namespace: identities, tokens and Secrets (Trap 5)", async () => {
        const { graph } = await recorded({ namespace: "ml" });
        const objects = ["demo-instance", "demo-license", "demo-redis", "demo-weave-worker-auth"];
        assert.deepEqual(
            objects.map((name) => at(graph.byName(name).inputs, "metadata.namespace")),
            ["ml", "ml", "ml", "ml"],
        );
        const members = graph.resources.filter(({ name }) => name.startsWith("demo-app-as-"));
        assert.ok(members.length > 15);
        for (const { name, inputs } of members) {
            assert.match(String(inputs["member"]), /^serviceAccount:example-project\.svc\.id\.goog\[ml\//, name);
        }
        for (const { subject } of callers(graph)) {
            assert.match(subject, /^system:serviceaccount:ml:/);
        }
    });

    it("sends settings as they are, commas and backslashes too, and not through Helm (Trap 6)", async () => {
        const value = String.raw`one,two\three={4}`;
        const { graph } = await recorded({ extraEnv: { ODD: value } });
        assert.equal(settings(graph, "global.extraEnv.ODD"), value);
        const releases = graph.resources.filter(({ type }) => type.startsWith("kubernetes:helm.sh/"));
        assert.ok(releases.length > 0);
        assert.doesNotMatch(JSON.stringify(releases.map(({ inputs }) => inputs)), /wandb\.example\.com|three/);
    });

    it("resolves every name of Google's APIs in its network, and says nothing in one of your own (Trap 12)", async () => {
        const { graph } = await recorded({});
        assert.deepEqual(
            ["googleapis-zone", "googleapis-names", "googleapis-host"].map(
                (name) => graph.byName(`demo-${name}`).inputs[name.endsWith("zone") ? "dnsName" : "name"],
            ),
            ["googleapis.com.", "*.googleapis.com.", "private.googleapis.com."],
        );
        const own = await recorded({ gcp: { network: ownNetwork } });
        assert.deepEqual(namesOf(own.graph, /dns\/managedZone:ManagedZone$/), []);
    });

    it("gives the database no other name by another version (Trap 16)", async () => {
        const database = async (engineVersion: string) => {
            const { graph } = await recorded({ gcp: { database: { engineVersion } } });
            return graph.byName("demo-database");
        };
        const [old, next] = [await database("MYSQL_8_0_40"), await database("MYSQL_8_4")];
        assert.notEqual(old.inputs["databaseVersion"], next.inputs["databaseVersion"]);
        assert.deepEqual({ ...old.inputs, databaseVersion: "" }, { ...next.inputs, databaseVersion: "" });
        assert.equal(old.urn, next.urn);
    });

    it("asks for no second zone of a cache in one zone (Trap 17)", async () => {
        const { graph } = await recorded({ gcp: { cache: { highAvailability: false, zone: "europe-west4-a" } } });
        const { tier, locationId, alternativeLocationId } = graph.byName("demo-cache").inputs;
        assert.deepEqual([tier, locationId, alternativeLocationId], ["BASIC", "europe-west4-a", undefined]);
        await assert.rejects(
            recorded({ gcp: { cache: { highAvailability: false, alternativeZone: "europe-west4-b" } } }),
            /gcp\.cache\.alternativeZone: has no effect/,
        );
    });

    it("makes no second bucket beside one's own, and names it once (Trap 18)", async () => {
        const bucket = { provider: BucketProvider.Gcs, name: "example-wandb", prefix: "team" };
        const { graph } = await recorded({ bucket });
        assert.deepEqual(namesOf(graph, /storage\/bucket:Bucket$/), []);
        assert.equal(settings(graph, "global.bucket.name"), "example-wandb");
        assert.equal(settings(graph, "global.defaultBucket"), undefined);
    });

    it("writes ports as numbers and variables as text (Trap 19)", async () => {
        for (const redis of [undefined, { host: "redis.example.com", port: 6380 }]) {
            const { graph } = await recorded({ redis, extraEnv: { FLAG: "false" } });
            assert.equal(typeof settings(graph, "global.redis.port"), "number");
            assert.equal(typeof settings(graph, "global.mysql.port"), "number");
            const variables = Object.values(settings(graph, "global.extraEnv") as object);
            assert.ok(variables.length > 0 && variables.every((value) => typeof value === "string"));
        }
    });

    it("is published by its internal load balancer once that is there, and by no other (Trap 24)", async () => {
        const privateServiceConnect = { acceptAll: true };
        const { graph } = await recorded({ gcp: { ...internal, privateServiceConnect } });
        assert.ok(dependsOn(graph.byName("demo-psc-attachment"), "demo-instance"));
        assert.deepEqual(namesOf(graph, /:(ManagedSslCertificate|GlobalAddress)$/), ["demo-private-services-range"]);
        assert.equal(
            (settings(graph, "ingress.annotations") as Record<string, string>)["kubernetes.io/ingress.class"],
            "gce-internal",
        );
        await assert.rejects(recorded({ gcp: { privateServiceConnect } }), /needs an internal load balancer/);
    });
});

describe("traps of the Terraform module of Google Cloud: what is made of the least", () => {
    let least: GraphRecorder;
    before(async () => {
        least = (await recorded({})).graph;
    });

    it("takes encrypted connections to the database only, and no certificates of clients (Trap 7)", () => {
        const ipConfiguration = at(least.byName("demo-database").inputs, "settings.ipConfiguration");
        assert.equal(at(ipConfiguration, "sslMode"), "ENCRYPTED_ONLY");
        assert.equal(at(ipConfiguration, "requireSsl"), undefined);
        assert.deepEqual(namesOf(least, /^gcp:sql\/sslCert/i), []);
    });

    it("gives rights on the bucket and the key, not on all that the project has (Trap 9)", () => {
        const ofProject = least.resources.filter(({ type }) => type === "gcp:projects/iAMMember:IAMMember");
        const roles = ofProject.map(({ name, inputs }) => `${name} ${String(inputs["role"])}`);
        assert.ok(roles.some((role) => role.startsWith("demo-nodes-account-use ")));
        assert.deepEqual(
            roles.filter((role) => /roles\/(storage|cloudkms|owner|editor|\w+\.admin)/i.test(role)),
            [],
        );
        const { member } = least.byName("demo-app-bucket-objects").inputs;
        assert.match(String(member), /^serviceAccount:demo-app-\w+@example-project\.iam\.gserviceaccount\.com$/);
    });

    it("lets both services of Weave in by tokens of the cluster that is made (Trap 11)", () => {
        assert.deepEqual(
            callers(least).map(({ subject }) => subject.split(":").at(-1)),
            ["wandb-weave-trace", "wandb-weave-trace-worker"],
        );
        for (const { issuer } of callers(least)) {
            assert.equal(issuer, "https://container.googleapis.com/v1/demo-cluster-id");
        }
    });

    it("lets nothing of Google wait for a whole part, only for what it names, an API, a right or a way out (Trap 13)", () => {
        const word = (urn: string) => urn.split("::").at(-2)?.split(":").at(-1) ?? "";
        const waits = least.resources
            .filter(({ type }) => type.startsWith("gcp:"))
            .flatMap(({ urn, dependencies, dataDependencies }) =>
                dependencies
                    .filter((other) => !dataDependencies.includes(other))
                    .map((other) => `${word(urn)} for ${word(other)}`),
            )
            .filter((wait) => !wait.endsWith(" for Service"));
        assert.deepEqual([...new Set(waits)].sort(), [
            "DatabaseInstance for Connection",
            "Instance for Connection",
            "NodePool for IAMMember",
            "NodePool for RecordSet",
            "NodePool for RouterNat",
        ]);
        const { inputs } = least.byName("demo-cache");
        assert.deepEqual([inputs["project"], inputs["region"]], ["example-project", "europe-west4"]);
    });

    it("shows the custom resource in a diff: nothing in it is secret (Trap 20)", () => {
        const { inputs } = least.byName("demo-instance");
        assert.doesNotMatch(JSON.stringify(inputs), /1b47061264138c4ac30d75fd1eb44270/);
        assert.equal(settings(least, "global.mysql.host"), "10.64.0.3");
    });

    it("takes W&B and its load balancer away before what they hold on to, and keeps the keys (Trap 21)", () => {
        const instance = least.byName("demo-instance");
        for (const name of ["demo-namespace", "demo-operator", "demo-cluster", "demo-nodes", "demo-nat"]) {
            assert.ok(dependsOn(instance, name), name);
        }
        for (const name of ["demo-address", "demo-security-policy", "demo-tls-policy", "demo-certificate-7c60ec74"]) {
            assert.ok(dependsOn(least.byName("demo-namespace"), name), name);
        }
        for (const name of ["demo-key-ring", "demo-key", "demo-key-storage", "demo-key-sqladmin"]) {
            assert.equal(least.byName(name).protect, true, name);
        }
    });

    it("connects to the cluster by what the cluster says, with tokens that are made when they are needed (Trap 23)", () => {
        const provider = least.byName("demo-kubernetes");
        assert.ok(dependsOn(provider, "demo-cluster"));
        const kubeconfig = JSON.stringify(provider.inputs["kubeconfig"]);
        assert.match(kubeconfig, /https:\/\/192\.0\.2\.10/);
        assert.match(kubeconfig, /gke-gcloud-auth-plugin/);
        assert.doesNotMatch(kubeconfig, /ya29|\\"token\\"/);
    });
});

/** Of the chart, as the custom resource has them; all of them without a path. */
function settings(graph: GraphRecorder, path: string): unknown {
    const { inputs } = graph.byName("demo-instance");
    return at(inputs, path === "" ? "spec.values" : `spec.values.${path}`);
}

/** Who may call W&B from within the cluster. */
function callers(graph: GraphRecorder): readonly { readonly issuer: string; readonly subject: string }[] {
    const map = settings(graph, "app.internalJWTMap") as { issuer: string; subject: string }[];
    assert.ok(map.length > 0);
    return map;
}

function namesOf({ resources }: GraphRecorder, type: RegExp): string[] {
    return resources.filter((one) => type.test(one.type)).map(({ name }) => name);
}

function dependsOn({ dependencies }: RegisteredResource, name: string): boolean {
    return dependencies.some((urn) => urn.split("::")[3] === name);
}
