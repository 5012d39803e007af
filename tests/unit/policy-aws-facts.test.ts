/** What resources of AWS in the stack tell the checks of a custom resource. */
import assert from "node:assert/strict";
import { contextOf } from "../../policy/surroundings";
import { changed, type Change, awsResource } from "../support/policy-aws/stack";
import { resource, UnknownText } from "../support/policy-stack";

function facts(change: Change) {
    const resources = changed(change).map(resource);
    const { database, redisVersion, kubernetes } = contextOf(resources[0], resources);
    return { database, redisVersion, kubernetes };
}

const Host = "spec.values.global.mysql.host";
const Cache = "spec.values.global.redis.host";
const group = (values: Record<string, string>) => ({
    parameters: Object.entries(values).map(([name, value]) => ({ name, value })),
});

describe("facts that AWS gives about a custom resource", () => {
    it("come from the stores that it names, and from the only cluster", () => {
        assert.deepEqual(facts({}), {
            database: {
                engine: "aurora-mysql",
                version: "8.0.mysql_aurora.3.08.0",
                parameters: { require_secure_transport: "ON" },
                charset: undefined,
                collation: undefined,
            },
            redisVersion: "8.0",
            kubernetes: { version: "1.35", architectures: ["amd64"] },
        });
    });

    it("come from another server when it names that one, and from none when it names none of the stack", () => {
        const { database } = facts({ on: "wandb", set: { [Host]: "other.example.com" } });
        assert.deepEqual([database?.engine, database?.version], ["mysql", "8.0.44"]);
        assert.equal(facts({ on: "wandb", set: { [Host]: "elsewhere.example.com" } }).database, undefined);
        assert.equal(facts({ on: "wandb", set: { [Cache]: "elsewhere.example.com" } }).redisVersion, undefined);
    });

    it("come in a preview, which knows no host yet, from the only server that there is", () => {
        const unknown = { on: "wandb", set: { [Host]: UnknownText, [Cache]: UnknownText } };
        assert.equal(facts({ ...unknown, without: ["other-database"] }).database?.engine, "aurora-mysql");
        assert.equal(facts(unknown).database, undefined);
        assert.equal(facts(unknown).redisVersion, "8.0");
    });

    it("take the version that runs before the one that was asked for, and none that leaves Aurora's open", () => {
        const version = (set: Record<string, unknown>) => facts({ on: "database", set }).database?.version;
        const actual = "8.0.mysql_aurora.3.10.0";
        assert.equal(version({ engineVersionActual: actual }), actual);
        assert.equal(version({ engineVersionActual: UnknownText }), "8.0.mysql_aurora.3.08.0");
        assert.equal(version({ engineVersion: "8.0" }), undefined);
    });

    it("let parameters of the instances win over those of their cluster, and leave out what is not known", () => {
        const set = group({ sort_buffer_size: "262144", binlog_format: "ROW", sync_binlog: UnknownText });
        const instances = awsResource("rds/ParameterGroup", "instance-group", {
            name: "instance-group",
            ...group({
                sort_buffer_size: "67108864",
                collation_server: "utf8mb4_bin",
                character_set_server: "utf8mb4",
            }),
        });
        const { database } = facts({ on: "cluster-group", set, without: ["instance-group"], add: [instances] });
        assert.deepEqual(database?.parameters, {
            sort_buffer_size: "67108864",
            binlog_format: "ROW",
            collation_server: "utf8mb4_bin",
            character_set_server: "utf8mb4",
        });
        assert.deepEqual([database.charset, database.collation], ["utf8mb4", "utf8mb4_bin"]);
    });

    it("know caches without nodes by their endpoints", () => {
        const cache = awsResource("elasticache/ServerlessCache", "serverless", {
            majorEngineVersion: "7",
            endpoints: [{ address: "redis.example.com", port: 6379 }],
        });
        assert.equal(facts({ without: ["cache"], add: [cache] }).redisVersion, "7");
        const other = { on: "wandb", set: { [Cache]: "elsewhere.example.com" }, without: ["cache"], add: [cache] };
        assert.equal(facts(other).redisVersion, undefined);
    });

    it("say nothing of clusters when there are two, and of architectures when one is not known", () => {
        assert.equal(facts({ add: [awsResource("eks/Cluster", "second", { version: "1.28" })] }).kubernetes, undefined);
        const architectures = (amiType: unknown) => facts({ on: "nodes", set: { amiType } }).kubernetes?.architectures;
        assert.deepEqual(architectures("BOTTLEROCKET_ARM_64"), ["arm64"]);
        assert.equal(architectures("CUSTOM"), undefined);
        assert.equal(architectures(UnknownText), undefined);
    });
});
