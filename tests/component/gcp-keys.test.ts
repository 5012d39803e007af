import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { GcpBucketEncryption } from "../../sdk/gcp/args/bucket";
import { createKeys, type KeysArgs, liesElsewhere } from "../../sdk/gcp/keys/keys";
import { failureOf } from "../support/aws-part";
import { lastPart } from "../support/aws-stores";
import type { TestCloud } from "../support/cloud-frame";
import { plantKey, project, region } from "../support/gcp-account";
import { type GcpSettings, makeGcpPart, makeInCloud, startGcpCloud } from "../support/gcp-surroundings";
import { promiseOf } from "../support/resolve";

const idIn = (location: string, key = "own") =>
    `projects/${project.projectId}/locations/${location}/keyRings/ring/cryptoKeys/${key}`;
const own = idIn(region);
const all = { cluster: true, database: true, cache: true, topics: true, bigtable: true };
const basic = { ...all, topics: false, bigtable: false };
const encrypter = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

const usual: Omit<KeysArgs, "apis"> = {
    key: {},
    encryption: GcpBucketEncryption.Kms,
    bucketElsewhere: false,
    wants: basic,
};

/** What is encrypted. */
class User extends pulumi.CustomResource {
    constructor(name: string, key: pulumi.Input<string> | undefined) {
        super("test:index:User", name, { key });
    }
}

const make = (changes: Partial<KeysArgs> = {}, settings: GcpSettings = {}) =>
    makeGcpPart(({ scope, apis }) => createKeys(scope, { ...usual, apis, ...changes }), settings);
type Made = Awaited<ReturnType<typeof make>>;

const idsOf = async ({ made }: Made) => ({
    cluster: await promiseOf(made.cluster),
    database: await promiseOf(made.database),
    cache: await promiseOf(made.cache),
    bucket: made.bucket && (await promiseOf(made.bucket)),
    topics: made.topics && (await promiseOf(made.topics)),
    bigtable: made.bigtable && (await promiseOf(made.bigtable)),
    made: made.made && (await promiseOf(made.made)),
});
const none = { topics: undefined, bigtable: undefined };
const grantsIn = ({ graph }: Made) =>
    graph.resources
        .filter(({ type }) => type === "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember")
        .map(({ inputs }) => [inputs["cryptoKeyId"], inputs["member"], inputs["role"]]);
const agent = (service: string) => `serviceAccount:agent-of-${service}.googleapis.com`;

describe("keys on Google Cloud", () => {
    it("are one for everything in the region, with rotation and protection, below one component", async () => {
        const one = await make();
        const id = "wandb-key-id";
        assert.deepEqual(await idsOf(one), { cluster: id, database: id, cache: id, bucket: id, ...none, made: id });
        assert.deepEqual(one.graph.byName("wandb-key-ring").inputs, { project: project.projectId, location: region });
        assert.deepEqual(one.graph.byName("wandb-key").inputs, {
            keyRing: "wandb-key-ring-id",
            rotationPeriod: `${90 * 86_400}s`,
            destroyScheduledDuration: `${30 * 86_400}s`,
            labels: { team: "ml" },
        });
        assert.deepEqual(one.graph.byName("wandb-key-ring").dependencies.map(lastPart), ["wandb-cloudkms-api"]);
        for (const name of ["wandb-key", "wandb-key-ring", "wandb-key-storage"]) {
            const { protect, urn } = one.graph.byName(name);
            assert.equal(protect, true, name);
            assert.match(urn, /wandb:gcp:Keys\$gcp:/);
        }
    });

    it("are for the agents that encrypt, one grant each, and for nobody else (trap 14)", async () => {
        const one = await make();
        assert.deepEqual(grantsIn(one), [
            ...["container", "compute", "sqladmin", "redis"].map((service) => [
                "wandb-key-id",
                agent(service),
                encrypter,
            ]),
            ["wandb-key-id", "serviceAccount:agent-of-storage", encrypter],
        ]);
        assert.ok(!one.graph.resources.some(({ type }) => /Binding|Policy$/.test(type)), "authoritative");
        const services = (wants: KeysArgs["wants"]) =>
            make({ wants, encryption: GcpBucketEncryption.Google }).then((made) =>
                grantsIn(made).map(([, who]) => who),
            );
        assert.deepEqual(await services({ ...all, database: false, cache: false, cluster: false }), [
            agent("pubsub"),
            agent("bigtableadmin"),
        ]);
        const nothing = { cluster: false, database: false, cache: false, topics: false, bigtable: false };
        assert.deepEqual(await services(nothing), []);
    });

    it("are known to others once they may be used, and agents are made after their API", async () => {
        const { graph } = await makeGcpPart(({ scope, apis }) => {
            const keys = createKeys(scope, { ...usual, apis });
            const { cluster, database, bucket } = keys;
            Object.entries({ cluster, database, bucket }).forEach(([name, key]) => new User(name, key));
        });
        const waits = (name: string) =>
            graph
                .byName(name)
                .dependencies.map(lastPart)
                .filter((one) => one.startsWith("wandb-key-") && one !== "wandb-key-ring")
                .sort();
        assert.deepEqual(waits("cluster"), ["wandb-key-compute", "wandb-key-container"]);
        assert.deepEqual(waits("database"), ["wandb-key-sqladmin"]);
        assert.deepEqual(waits("bucket"), ["wandb-key-storage"]);
        assert.deepEqual(graph.byName("wandb-redis-agent").dependencies.map(lastPart), ["wandb-redis-api"]);
        assert.deepEqual(graph.byName("wandb-redis-agent").inputs, {
            project: project.projectId,
            service: "redis.googleapis.com",
        });
    });

    it("may be taken from topics again that hold no data", async () => {
        const protection = async (passingTopics?: boolean) => {
            const { graph } = await make({ wants: { ...all, passingTopics } });
            return ["pubsub", "sqladmin"].map((service) => graph.byName(`wandb-key-${service}`).protect);
        };
        assert.deepEqual(await protection(), [true, true]);
        assert.deepEqual(await protection(true), [undefined, true]);
    });

    it("take their shape from the arguments", async () => {
        const key = {
            keyRingName: "ring",
            keyName: "key",
            rotationDays: 30,
            deletionWindowDays: 7,
            protection: "hsm",
        } as const;
        const { graph } = await make({ key });
        assert.equal(graph.byName("wandb-key-ring").inputs["name"], "ring");
        assert.deepEqual(graph.byName("wandb-key").inputs, {
            name: "key",
            keyRing: "wandb-key-ring-id",
            rotationPeriod: `${30 * 86_400}s`,
            destroyScheduledDuration: `${7 * 86_400}s`,
            versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "HSM" },
            labels: { team: "ml" },
        });
    });

    it("are two where the bucket lies elsewhere, the second in the bucket's location (trap 15)", async () => {
        const key = { bucketKeyRingName: "files", bucketKeyName: "file" };
        const one = await make({ key, bucketElsewhere: true }, { location: "EU" });
        const ids = await idsOf(one);
        assert.deepEqual([ids.bucket, ids.database], ["wandb-bucket-key-id", "wandb-key-id"]);
        const { inputs } = one.graph.byName("wandb-bucket-key-ring");
        assert.deepEqual([inputs["name"], inputs["location"]], ["files", "europe"]);
        assert.equal(one.graph.byName("wandb-bucket-key").inputs["name"], "file");
        assert.deepEqual(
            grantsIn(one).filter(([id]) => id === "wandb-bucket-key-id"),
            [["wandb-bucket-key-id", "serviceAccount:agent-of-storage", encrypter]],
        );
    });

    it("know when a bucket may lie elsewhere", () => {
        for (const [what, location, place, expected] of [
            ["nothing said", undefined, undefined, false],
            ["the region alone", undefined, region, false],
            ["the region itself", "EUROPE-west4", region, false],
            ["another place", "EU", region, true],
            ["the provider's region", region, undefined, true],
            ["a place that is not known yet", pulumi.output(region), region, true],
        ] as const) {
            assert.equal(liesElsewhere(location, place), expected, what);
        }
    });

    it("may be the caller's own, whose owner is told what to grant", async () => {
        const key = {
            id: own,
            clusterKeyId: idIn(region, "c"),
            databaseKeyId: idIn(region, "d"),
            cacheKeyId: idIn(region, "r"),
            bucketKeyId: idIn(region, "b"),
        };
        const one = await make({ key, wants: all });
        assert.deepEqual(await idsOf(one), {
            cluster: key.clusterKeyId,
            database: key.databaseKeyId,
            cache: key.cacheKeyId,
            bucket: key.bucketKeyId,
            topics: own,
            bigtable: own,
            made: undefined,
        });
        assert.ok(!one.graph.resources.some(({ type }) => type.startsWith("gcp:kms/")));
        assert.ok(one.made.grants !== undefined);
        const grants = JSON.parse(await promiseOf(one.made.grants)) as { key: string; role: string; member: string }[];
        assert.ok(grants.every(({ role }) => role === encrypter));
        assert.deepEqual(
            grants.map(({ key: id, member }) => [id, member]),
            [
                [key.clusterKeyId, agent("container")],
                [key.clusterKeyId, agent("compute")],
                [key.databaseKeyId, agent("sqladmin")],
                [key.cacheKeyId, agent("redis")],
                [key.bucketKeyId, "serviceAccount:agent-of-storage"],
                [own, agent("pubsub")],
                [own, agent("bigtableadmin")],
            ],
        );
        assert.equal((await make()).made.grants, undefined);
    });

    it("of the caller's own are granted here on request", async () => {
        const one = await make({ key: { id: own, databaseKeyId: idIn(region, "d"), grantAccess: true } });
        assert.equal(one.made.grants, undefined);
        assert.deepEqual(
            grantsIn(one).map(([id, who]) => [id, who]),
            [
                [own, agent("container")],
                [own, agent("compute")],
                [idIn(region, "d"), agent("sqladmin")],
                [idIn(region, "d"), agent("redis")],
                [own, "serviceAccount:agent-of-storage"],
            ],
        );
    });

    it("are of the place where they are used", async () => {
        const far = idIn("us-east1");
        for (const [argument, store] of [
            ["id", "cluster"],
            ["clusterKeyId", "cluster"],
            ["databaseKeyId", "database"],
            ["cacheKeyId", "cache"],
        ] as const) {
            const { made } = await make({ key: { [argument]: pulumi.output(far) } });
            assert.equal(
                await failureOf(made[store]),
                `gcp.key.${argument}: is a key in us-east1 ("${far}" given), but the deployment lies in ${region}, where services use keys of that region only. Give a key of that region.`,
            );
        }
        const { made } = await make({ key: { bucketKeyId: own }, bucketElsewhere: true }, { location: "EU" });
        assert.match(
            await failureOf(made.bucket ?? pulumi.output("")),
            /^gcp.key.bucketKeyId: is a key in europe-west4/,
        );
    });

    describe("in the simulated cloud", () => {
        let cloud: TestCloud;
        beforeEach(async () => {
            cloud = await startGcpCloud();
        });
        afterEach(() => cloud.remove());

        it("come to be in a project that never had any, and their rings stay", async () => {
            const { run, made } = await makeInCloud(
                cloud,
                ({ scope, apis }) => createKeys(scope, { ...usual, bucketElsewhere: true, wants: all, apis }),
                { location: "EU" },
            );
            assert.match(await promiseOf(made.cluster), /locations\/europe-west4\/keyRings\/wandb-key-ring-/);
            await run.destroy((candidates) => candidates[candidates.length - 1]);
            assert.equal(cloud.provider.inventory.rows().filter(({ type }) => type.endsWith(":KeyRing")).length, 2);
        });

        it("of the caller's own need no right to make any", async () => {
            const id = await plantKey(cloud.provider.inventory, region);
            const { made } = await makeInCloud(cloud, ({ scope, apis }) =>
                createKeys(scope, {
                    ...usual,
                    key: { id, grantAccess: true },
                    // Whoever gives a key has turned on its API.
                    apis: { need: (...names) => apis.need("cloudkms", ...names) },
                }),
            );
            assert.equal(await promiseOf(made.database), id);
        });
    });
});
