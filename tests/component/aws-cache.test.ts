import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { Size } from "../../sdk/args/application";
import type { AwsCacheArgs } from "../../sdk/aws/args/cache";
import { type CacheOutputs, createCache } from "../../sdk/aws/stores/cache";
import { isMarked, lastPart, storeKeyArn, storeSurroundings } from "../support/aws-stores";
import { GraphRecorder } from "../support/graph";
import { promiseOf } from "../support/resolve";

const outputs = {
    "aws:elasticache/replicationGroup:ReplicationGroup": {
        replicationGroupId: "wandb-1",
        primaryEndpointAddress: "master.wandb-1.abc.euw1.cache.amazonaws.com",
    },
    "aws:elasticache/subnetGroup:SubnetGroup": { name: "subnets-1" },
    "aws:elasticache/parameterGroup:ParameterGroup": { name: "parameters-1" },
    "random:index/randomPassword:RandomPassword": { result: "generated" },
};

interface Made {
    readonly graph: GraphRecorder;
    readonly cache: CacheOutputs;
}

async function make(args: AwsCacheArgs = {}, size: Size = "small", retainData = false): Promise<Made> {
    const graph = await GraphRecorder.start({ preview: false, outputs });
    const { scope, placement } = storeSurroundings({ retainData });
    const cache = createCache(scope, { cache: args, placement, keyArn: pulumi.output(storeKeyArn), size });
    await pulumi.runtime.disconnect();
    return { graph, cache };
}

const inputsOf = ({ graph }: Made, name: string) => graph.byName(name).inputs;
const groupOf = (made: Made) => inputsOf(made, "wandb-cache");
describe("cache on AWS", () => {
    it("is an encrypted pair in two zones, of a pinned version, with token and TLS", async () => {
        const { authToken, ...group } = groupOf(await make({}, "xxlarge"));
        assert.ok(isMarked(authToken));
        assert.deepEqual(group, {
            description: "Cache of Weights & Biases",
            engine: "redis",
            engineVersion: "7.1",
            autoMinorVersionUpgrade: false,
            nodeType: "cache.m6g.2xlarge",
            clusterMode: "disabled",
            numCacheClusters: 2,
            automaticFailoverEnabled: true,
            multiAzEnabled: true,
            port: 6379,
            subnetGroupName: "subnets-1",
            securityGroupIds: ["wandb-cache-security-group-id"],
            parameterGroupName: "default.redis7",
            atRestEncryptionEnabled: true,
            kmsKeyId: storeKeyArn,
            transitEncryptionEnabled: true,
            transitEncryptionMode: "required",
            authTokenUpdateStrategy: "ROTATE",
            maintenanceWindow: "sun:03:00-sun:04:00",
            snapshotRetentionLimit: 1,
            snapshotWindow: "05:00-06:00",
            applyImmediately: true,
            tags: { team: "ml" },
        });
    });

    it("has no failover without replicas", async () => {
        const group = groupOf(await make({ replicas: 0 }));
        assert.deepEqual(
            [group["numCacheClusters"], group["automaticFailoverEnabled"], group["multiAzEnabled"]],
            [1, false, false],
        );
    });

    it("takes another engine, whose family of parameters follows", async () => {
        for (const [args, version, parameters] of [
            [{ engine: "valkey" }, "8.1", "default.valkey8"],
            [{ engine: "valkey", engineVersion: "9.0" }, "9.0", "default.valkey9"],
            [{ engineVersion: "7.0" }, "7.0", "default.redis7"],
        ] as const) {
            const group = groupOf(await make(args));
            assert.deepEqual([group["engineVersion"], group["parameterGroupName"]], [version, parameters]);
        }
    });

    it("makes a parameter group for parameters of one's own", async () => {
        const made = await make({
            engine: "valkey",
            parameters: { timeout: "60", "maxmemory-policy": "volatile-ttl" },
        });
        assert.equal(groupOf(made)["parameterGroupName"], "parameters-1");
        assert.deepEqual(inputsOf(made, "wandb-cache-parameters"), {
            description: "Weights & Biases",
            family: "valkey8",
            parameters: [
                { name: "maxmemory-policy", value: "volatile-ttl" },
                { name: "timeout", value: "60" },
            ],
            tags: { team: "ml" },
        });
    });

    it("passes on names, windows and node type", async () => {
        const made = await make({
            replicationGroupId: "ns-rep-group",
            subnetGroupName: "ns-subnets",
            nodeType: "cache.r6gd.xlarge",
            maintenanceWindow: "Mon:01:00-Mon:02:00",
            snapshotWindow: "10:00-11:00",
            snapshotRetentionDays: 35,
            applyImmediately: false,
        });
        const group = groupOf(made);
        assert.deepEqual(
            [
                "replicationGroupId",
                "nodeType",
                "dataTieringEnabled",
                "maintenanceWindow",
                "snapshotWindow",
                "snapshotRetentionLimit",
                "applyImmediately",
            ].map((property) => group[property]),
            ["ns-rep-group", "cache.r6gd.xlarge", true, "mon:01:00-mon:02:00", "10:00-11:00", 35, false],
        );
        assert.equal(inputsOf(made, "wandb-cache-subnets")["name"], "ns-subnets");
        assert.equal(made.cache.nodeType, "cache.r6gd.xlarge");
    });

    it("waits for the Kubernetes cluster in the ingress rule alone", async () => {
        const made = await make();
        const waiting = made.graph.resources.filter(({ dependencies }) =>
            dependencies.some((urn) => urn.endsWith("::clients")),
        );
        assert.deepEqual(
            waiting.map(({ name }) => name),
            ["wandb-cache-ingress"],
        );
        const rule = inputsOf(made, "wandb-cache-ingress");
        assert.deepEqual([rule["fromPort"], rule["toPort"], rule["ipProtocol"]], [6379, 6379, "tcp"]);
        assert.equal(rule["referencedSecurityGroupId"], "clients-id");
    });

    it("tells W&B what to wait for, and where to connect", async () => {
        const { cache } = await make();
        const ready = await Promise.all(cache.ready.map(({ urn }) => promiseOf(urn)));
        assert.deepEqual(ready.map(lastPart), ["wandb-cache", "wandb-cache-ingress"]);
        const { host, port, tls, parameters, caCertificate, password } = cache.facts;
        assert.equal(await promiseOf(host), "master.wandb-1.abc.euw1.cache.amazonaws.com");
        // The certificate is of a public CA.
        assert.deepEqual([port, tls, parameters, caCertificate], [6379, true, undefined, undefined]);
        assert.equal(await pulumi.isSecret(pulumi.output(password?.literal)), true);
    });

    it("makes a token, and another one by a rotation, beside which the old one stays valid", async () => {
        const made = await make({ authTokenRotation: "2" });
        assert.deepEqual(inputsOf(made, "wandb-cache-token"), {
            length: 32,
            special: false,
            minLower: 1,
            minUpper: 1,
            minNumeric: 1,
            keepers: { rotation: "2" },
        });
        assert.equal(groupOf(made)["authTokenUpdateStrategy"], "ROTATE");
        assert.equal(groupOf(await make({ keepPreviousAuthToken: false }))["authTokenUpdateStrategy"], "SET");
        assert.equal(inputsOf(await make(), "wandb-cache-token")["keepers"], undefined);
    });

    it("takes a token of one's own, and keeps it secret", async () => {
        const made = await make({ authToken: "a-token-of-mine-1" });
        assert.ok(made.graph.resources.every(({ type }) => !type.startsWith("random:")));
        assert.ok(isMarked(groupOf(made)["authToken"]));
    });

    it("gives everything the component for a parent, and protects nothing: it can be made again", async () => {
        const { graph } = await make({ parameters: { timeout: "60" } });
        const own = graph.resources.filter(({ type }) => /^(aws|random):/.test(type));
        assert.equal(own.length, 6);
        for (const { name, parent, protect } of own) {
            assert.match(parent, /wandb:aws:Cache::wandb-cache$/, name);
            assert.equal(protect, undefined, name);
        }
    });

    it("leaves nothing behind, also where data is retained: a security group would hold the network", async () => {
        const { graph } = await make({}, "small", true);
        const left = graph.resources.filter(({ retainOnDelete }) => retainOnDelete);
        assert.deepEqual(left, []);
    });
});
