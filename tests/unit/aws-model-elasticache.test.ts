/** The rules of the simulated ElastiCache: for each an order that AWS takes and one that it refuses. */
import assert from "node:assert/strict";
import { aws } from "../../sandbox/clouds/aws";
import { properties, textOf, type PropertyMap } from "../../sandbox/clouds/values";
import { Ec2 } from "../support/modelled-network";
import { Store, StoreCloud } from "../support/modelled-stores";

describe("simulated replication groups", () => {
    let cloud: StoreCloud;
    let inputs: PropertyMap;
    beforeEach(async () => {
        cloud = new StoreCloud();
        inputs = await cloud.cacheInputs();
    });
    afterEach(() => cloud.remove());

    const make = (more: PropertyMap = {}) => cloud.made(Store.cache, { ...inputs, ...more });
    const problems = async (more: PropertyMap) => (await cloud.problems(Store.cache, { ...inputs, ...more })).join();
    const without = (...names: string[]) =>
        cloud.made(Store.cache, Object.fromEntries(Object.entries(inputs).filter(([name]) => !names.includes(name))));

    async function limits(taken: readonly PropertyMap[], refused: readonly [PropertyMap, RegExp][]): Promise<void> {
        for (const more of taken) {
            const { id } = await make(more);
            await cloud.delete(Store.cache, id);
        }
        for (const [more, words] of refused) {
            await assert.rejects(make(more), words, JSON.stringify(more));
        }
    }

    it("have endpoints of their own in their region", async () => {
        const { id, outputs } = await make({ replicationGroupId: "Wandb" });
        assert.equal(id, "wandb");
        assert.equal(outputs["replicationGroupId"], "wandb");
        assert.equal(outputs["arn"], "arn:aws:elasticache:eu-west-1:123456789012:replicationgroup:wandb");
        assert.match(
            textOf(outputs["primaryEndpointAddress"]),
            /^master\.wandb\.[0-9a-f]{6}\.euw1\.cache\.amazonaws\.com$/,
        );
        assert.deepEqual(outputs["memberClusters"], ["wandb-001", "wandb-002"]);
        assert.deepEqual([outputs["port"], outputs["engineVersionActual"]], [6379, "7.1.0"]);
    });

    it("name regions in their endpoints as AWS does", async () => {
        for (const [region, code] of [
            ["ap-southeast-1", "apse1"],
            ["us-east-1", "use1"],
            ["us-gov-west-1", "usgw1"],
        ]) {
            cloud.provider.configure(properties({ region }));
            const { subnetGroupName, kmsKeyId, ...bare } = inputs;
            assert.ok(subnetGroupName && kmsKeyId);
            const { outputs } = await cloud.made(Store.cache, bare);
            assert.match(textOf(outputs["primaryEndpointAddress"]), new RegExp(`\\.${code}\\.cache\\.`));
        }
    });

    it("have an id of 40 characters at most, once", async () => {
        await make({ replicationGroupId: "a".repeat(40) });
        await assert.rejects(make({ replicationGroupId: "a".repeat(40) }), /ReplicationGroupAlreadyExists/);
        for (const id of ["a".repeat(41), "1a", "a--b", "a-", "a_b"]) {
            assert.match(await problems({ replicationGroupId: id }), /^replicationGroupId: must be 1 to 40/, id);
        }
    });

    it("are of an engine and version that are there, with parameters of their family", async () => {
        const valkey = { engine: "valkey", engineVersion: "8.1" };
        const own = await cloud.make(Store.cacheParameters, { family: "redis7" });
        await limits(
            [
                { parameterGroupName: "default.redis7" },
                { parameterGroupName: own },
                { ...valkey, parameterGroupName: "default.valkey8" },
                { engineVersion: "6.2", parameterGroupName: "default.redis6.x" },
            ],
            [
                [{ engineVersion: "7.2" }, /Cannot find version 7\.2 for redis/],
                [{ engine: "valkey", engineVersion: "7.1" }, /Cannot find version 7\.1 for valkey/],
                [
                    { ...valkey, parameterGroupName: own },
                    /Expected a parameter group of family valkey8 but found one of family redis7/,
                ],
                [{ parameterGroupName: "gone" }, /CacheParameterGroupNotFound: CacheParameterGroup not found: gone/],
            ],
        );
        assert.match(await problems({ engine: "memcached" }), /^engine: must be one of redis, valkey/);
    });

    it("are of a node type that is there, tiered where the type demands it", async () => {
        const tiered = { nodeType: "cache.r6gd.xlarge", dataTieringEnabled: true };
        await limits(
            [{ nodeType: "cache.t4g.micro" }, tiered],
            [
                [{ nodeType: "cache.m6g.huge" }, /Invalid Cache Node Type: cache\.m6g\.huge/],
                [{ nodeType: "" }, /"node_type" is required/],
                [{ ...tiered, dataTieringEnabled: false }, /Data tiering must be enabled/],
                [{ dataTieringEnabled: true }, /Data tiering/],
            ],
        );
    });

    it("fail over when there is another node, in another zone", async () => {
        const alone = { numCacheClusters: 1, automaticFailoverEnabled: false, multiAzEnabled: false };
        await limits(
            [alone, { numCacheClusters: 6 }],
            [
                [{ numCacheClusters: 7 }, /between 1 and 6/],
                [{ ...alone, numCacheClusters: 0 }, /between 1 and 6/],
            ],
        );
        assert.match(await problems({ numCacheClusters: 1 }), /^numCacheClusters: must be at least 2/);
        assert.match(await problems({ automaticFailoverEnabled: false }), /^multiAzEnabled: needs automaticFailover/);
        const narrow = await cloud.cacheInputs({}, ["a"]);
        await assert.rejects(cloud.made(Store.cache, narrow), /Multi-AZ needs a cache subnet group/);
    });

    it("have a token of ElastiCache's form, over TLS only", async () => {
        await limits(
            [{ authToken: "aA1!&#$^<>-67890" }, { authToken: "a".repeat(128) }],
            [
                [{ authToken: "a-token-with-an@" }, /InvalidParameterValue: Invalid AuthToken provided/],
                [{ transitEncryptionEnabled: false }, /only supported when encryption-in-transit is enabled/],
            ],
        );
        for (const authToken of ["a".repeat(15), "a".repeat(129)]) {
            assert.match(await problems({ authToken }), /^authToken: must have 16 to 128/);
        }
        assert.match(await problems({ authTokenUpdateStrategy: "DELETE" }), /excludes authToken/);
        const { authToken, ...tokenless } = inputs;
        assert.ok(authToken);
        assert.match((await cloud.problems(Store.cache, tokenless)).join(), /authTokenUpdateStrategy: needs authToken/);
    });

    it("change the token by ROTATE, then SET", async () => {
        const { id, outputs } = await make();
        const kept = JSON.stringify(cloud.provider.inventory.get(Store.cache, id));
        assert.ok(!kept.includes(textOf(inputs["authToken"])), "the token is kept in plain text");
        const to = (more: PropertyMap, olds: PropertyMap) =>
            cloud.update(Store.cache, id, { ...inputs, ...more }, olds);
        await assert.rejects(
            to({ authToken: "b-token-of-mine-1", authTokenUpdateStrategy: "SET" }, outputs),
            /SET is allowed only after ROTATE/,
        );
        await to({ authToken: "b-token-of-mine-1" }, outputs);
        const rotated = { ...outputs, authToken: "b-token-of-mine-1" };
        await to({ authToken: "b-token-of-mine-1", authTokenUpdateStrategy: "SET" }, rotated);
    });

    it("are encrypted with a key that is there, and TLS comes step by step", async () => {
        await limits(
            [],
            [
                [{ kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/gone" }, /InvalidKMSKeyFault/],
                [{ atRestEncryptionEnabled: false }, /A KMS key needs encryption at rest/],
            ],
        );
        const open = await without(
            "transitEncryptionEnabled",
            "transitEncryptionMode",
            "authToken",
            "authTokenUpdateStrategy",
        );
        const { authToken, authTokenUpdateStrategy, ...news } = inputs;
        assert.ok(authToken && authTokenUpdateStrategy);
        await assert.rejects(cloud.update(Store.cache, open.id, news, open.outputs), /must be set to preferred first/);
        await cloud.update(Store.cache, open.id, { ...news, transitEncryptionMode: "preferred" }, open.outputs);
    });

    it("lie in a subnet group that is there, with security groups of its VPC", async () => {
        const stranger = await cloud.make(Ec2.securityGroup, { vpcId: await cloud.vpc("10.1.0.0/16") });
        await limits(
            [],
            [
                [{ subnetGroupName: "gone" }, /CacheSubnetGroupNotFoundFault: Cache Subnet Group gone does not exist/],
                [{ securityGroupIds: ["sg-gone"] }, /InvalidGroup\.NotFound: .*'sg-gone'/],
                [{ securityGroupIds: [stranger] }, /is not of the VPC of the cache subnet group/],
            ],
        );
    });

    it("are held to windows and days", async () => {
        await limits(
            [{ snapshotRetentionLimit: 35, snapshotWindow: "04:00-05:00", maintenanceWindow: "sun:03:00-sun:04:00" }],
            [
                [{ snapshotWindow: "04:00-04:59" }, /at least 60 minutes/],
                [{ maintenanceWindow: "sun:03:00-sun:03:30" }, /at least 60 minutes/],
                [
                    { snapshotWindow: "03:30-04:30", maintenanceWindow: "sun:03:00-sun:04:00" },
                    /snapshot window and maintenance window must not overlap/,
                ],
            ],
        );
        assert.match(await problems({ snapshotRetentionLimit: 36 }), /^snapshotRetentionLimit: must be at most 35/);
        assert.match(await problems({ snapshotWindow: "4-5" }), /^snapshotWindow: must satisfy the format/);
    });

    it("go up in place, also to Valkey, and down by a new one", async () => {
        const { id, outputs } = await make();
        const valkey = { ...inputs, engine: "valkey" };
        await assert.rejects(cloud.update(Store.cache, id, valkey, outputs), /must explicitly set 'engine_version'/);
        await cloud.update(Store.cache, id, { ...valkey, engineVersion: "7.2" }, outputs);
        const changes = (from: [string, string], to: [string, string]) =>
            cloud.changes(
                Store.cache,
                { engine: from[0], engineVersion: from[1] },
                { engine: to[0], engineVersion: to[1] },
            );
        assert.deepEqual(await changes(["redis", "7.0"], ["redis", "7.1"]), ["engineVersion"]);
        assert.deepEqual(await changes(["redis", "7.1"], ["valkey", "8.0"]), ["engine", "engineVersion"]);
        assert.deepEqual(await changes(["redis", "7.1"], ["redis", "7.0"]), ["!engineVersion"]);
        assert.deepEqual(await changes(["valkey", "8.0"], ["redis", "7.1"]), ["!engine", "!engineVersion"]);
    });

    it("are replaced for what the provider cannot change", async () => {
        const model = aws.resources.find(({ token }) => token === Store.cache);
        const replacing = [];
        for (const name of Object.keys(model?.inputs ?? {})) {
            const changes = await cloud.changes(Store.cache, { [name]: "1" }, { [name]: "2" });
            replacing.push(...changes.filter((path) => path.startsWith("!")));
        }
        assert.deepEqual(
            replacing.map((path) => path.slice(1)),
            [
                "atRestEncryptionEnabled",
                "dataTieringEnabled",
                "kmsKeyId",
                "port",
                "region",
                "replicationGroupId",
                "subnetGroupName",
            ],
        );
    });

    it("hold their groups", async () => {
        const parameterGroupName = await cloud.make(Store.cacheParameters, { family: "redis7" });
        const { id } = await make({ parameterGroupName });
        const subnets = textOf(inputs["subnetGroupName"]);
        const [securityGroupId] = inputs["securityGroupIds"] as string[];
        await assert.rejects(cloud.delete(Ec2.securityGroup, securityGroupId), /DependencyViolation/);
        await assert.rejects(cloud.delete(Store.cacheSubnets, subnets), /CacheSubnetGroupInUse: .*currently in use/);
        await assert.rejects(
            cloud.delete(Store.cacheParameters, parameterGroupName),
            /InvalidCacheParameterGroupState: .*so the group cannot be deleted/,
        );
        await cloud.delete(Store.cache, id);
        await cloud.delete(Store.cacheParameters, parameterGroupName);
        await cloud.delete(Store.cacheSubnets, subnets);
    });
});

describe("simulated groups of ElastiCache", () => {
    let cloud: StoreCloud;
    beforeEach(() => {
        cloud = new StoreCloud();
    });
    afterEach(() => cloud.remove());

    it("of subnets have subnets of one VPC, which they hold, and a name once", async () => {
        const { subnetIds, vpcId } = await cloud.place();
        const { id, outputs } = await cloud.made(Store.cacheSubnets, { subnetIds, name: "Wandb-1" });
        assert.deepEqual([id, outputs["vpcId"]], ["wandb-1", vpcId]);
        await assert.rejects(
            cloud.make(Store.cacheSubnets, { subnetIds, name: "wandb-1" }),
            /CacheSubnetGroupAlreadyE/,
        );
        await assert.rejects(cloud.make(Store.cacheSubnets, { subnetIds: ["gone"] }), /InvalidSubnet: .*'gone'/);
        await assert.rejects(cloud.make(Store.cacheSubnets, { subnetIds: [] }), /InvalidSubnet: .*at least one/);
        const stranger = await cloud.subnet(await cloud.vpc("10.9.0.0/16"), "10.9.0.0/24");
        await assert.rejects(cloud.make(Store.cacheSubnets, { subnetIds: [...subnetIds, stranger] }), /all of one VPC/);
        await assert.rejects(cloud.delete(Ec2.subnet, subnetIds[0]), /DependencyViolation/);
        for (const name of ["default", "a.b", "a".repeat(256)]) {
            assert.match(
                (await cloud.problems(Store.cacheSubnets, { subnetIds, name })).join(),
                /^name: must be/,
                name,
            );
        }
    });

    it("of parameters are of a family that is there, and named once", async () => {
        await cloud.make(Store.cacheParameters, { family: "valkey9", name: "wandb" });
        await assert.rejects(
            cloud.make(Store.cacheParameters, { family: "redis7", name: "wandb" }),
            /CacheParameterGroupAlreadyExists/,
        );
        await assert.rejects(
            cloud.make(Store.cacheParameters, { family: "redis8" }),
            /not a valid parameter group family/,
        );
        for (const name of ["Wandb", "a--b", "a-", "1"]) {
            const wrong = await cloud.problems(Store.cacheParameters, { family: "redis7", name });
            assert.match(wrong.join(), /^name: must be/, name);
        }
        assert.deepEqual(await cloud.changes(Store.cacheParameters, { family: "redis7" }, { family: "valkey8" }), [
            "!family",
        ]);
    });
});
