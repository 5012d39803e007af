/** The network against the simulated AWS: it accepts what the component asks for, and lets it go in any order that the edges allow. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { aws } from "../../sandbox/clouds/aws";
import { properties, textOf } from "../../sandbox/clouds/values";
import { type AwsExistingNetworkArgs, type AwsNetworkArgs, AwsNatMode } from "../../sdk/aws/args/network";
import type { NetworkFacts } from "../../sdk/aws/facts";
import { createNetwork } from "../../sdk/aws/network/network";
import { createScope } from "../../sdk/aws/scope";
import { TestCloud } from "../support/cloud-frame";
import { ModelledCloud } from "../support/modelled-cloud";
import { promiseOf } from "../support/resolve";

const vpcType = "aws:ec2/vpc:Vpc";
const subnetType = "aws:ec2/subnet:Subnet";

/** Internal to the SDK, but the only way to see why an Output has no value. */
interface OutputInternals {
    promise(): Promise<unknown>;
}

/** Deletes what AWS refuses first as early as the edges allow. */
const dangerous = ["internet-gateway", "nat-address", "route-table", "security-group", "vpc", "subnet"];
const mostDangerous = (candidates: readonly string[]): string => {
    const rank = (name: string): number => dangerous.findIndex((word) => name.includes(word)) >>> 0;
    return [...candidates].sort((one, other) => rank(one) - rank(other))[0];
};

describe("AWS network on the simulated AWS", () => {
    let cloud: TestCloud;
    beforeEach(() => {
        cloud = new TestCloud({ cloud: aws });
        cloud.provider.configure(properties({ region: "us-east-1" }));
    });
    afterEach(() => cloud.remove());

    async function make(args: AwsNetworkArgs): Promise<{ run: ModelledCloud; facts: NetworkFacts }> {
        const run = await ModelledCloud.start(cloud);
        const parent = new pulumi.ComponentResource("wandb:index:WandbDeployment", "wandb", {});
        const settings = { tags: { team: "ml" }, deletionProtection: true, retainData: false };
        const facts = createNetwork(createScope("wandb", parent, settings), args, {});
        await pulumi.runtime.disconnect();
        return { run, facts };
    }

    const everything = { interfaceEndpoints: ["ecr.api", "sts"], flowLogs: {} };
    for (const [what, args] of [
        ["by default", {}],
        ["with everything", everything],
        ["with one NAT gateway", { nat: AwsNatMode.Single, zoneCount: 2 }],
        ["without a way to the internet", { publicSubnets: false, ...everything }],
    ] as const) {
        it(`comes and goes ${what}`, async () => {
            const { run } = await make(args);
            const order = await run.destroy(mostDangerous);
            assert.equal(order.at(-1), "wandb-vpc");
            assert.deepEqual(cloud.provider.inventory.rows(), []);
        });
    }

    it("goes in any order that its edges allow", async () => {
        await fc.assert(
            fc.asyncProperty(fc.infiniteStream(fc.nat()), async (numbers) => {
                const { run } = await make({ ...everything, zoneCount: 2 });
                await run.destroy((candidates) => candidates[Number(numbers.next().value) % candidates.length]);
                assert.deepEqual(cloud.provider.inventory.rows(), []);
            }),
            { numRuns: 4 },
        );
    }).timeout(60_000);

    it("keeps out of zones in which EKS has no control planes, and of Local Zones", async () => {
        await make({});
        const zones = cloud.provider.inventory
            .view()
            .rows(subnetType)
            .map(({ outputs }) => textOf(outputs["availabilityZoneId"]));
        assert.deepEqual([...new Set(zones)].sort(), ["use1-az1", "use1-az2", "use1-az4"]);
    });

    describe("that is there already", () => {
        async function plant(): Promise<{ vpcId: string; subnetIds: string[]; routeTableId: string }> {
            const dns = { enableDnsHostnames: true };
            const { id: vpcId } = await cloud.create(vpcType, { cidrBlock: "10.0.0.0/16", ...dns }, "own");
            const subnetIds: string[] = [];
            for (const [index, zone] of ["a", "b", "a"].entries()) {
                const inputs = { vpcId, cidrBlock: `10.0.${index}.0/24`, availabilityZone: `us-east-1${zone}` };
                subnetIds.push((await cloud.create(subnetType, inputs, `own-${index}`)).id);
            }
            const table = await cloud.create("aws:ec2/routeTable:RouteTable", { vpcId }, "own");
            return { vpcId, subnetIds, routeTableId: table.id };
        }

        it("is looked up, and gets endpoints and nothing else", async () => {
            const { vpcId, subnetIds, routeTableId } = await plant();
            const [a, b, alsoA] = subnetIds;
            const before = cloud.provider.inventory.rows().length;
            const { run, facts } = await make({
                existing: {
                    vpcId,
                    privateSubnetIds: [a, b, alsoA],
                    dataSubnetIds: [alsoA, b],
                    loadBalancerSubnetIds: [b, a],
                    routeTableIds: [routeTableId],
                },
                interfaceEndpoints: ["sts"],
            });
            assert.deepEqual([await promiseOf(facts.vpcId), await promiseOf(facts.cidr)], [vpcId, "10.0.0.0/16"]);
            const read = async (key: "privateSubnets" | "dataSubnets" | "publicSubnets") =>
                Promise.all(
                    facts[key].map(async ({ letter, id, zone }) => [
                        letter,
                        await promiseOf(id),
                        await promiseOf(zone),
                    ]),
                );
            assert.deepEqual(await read("privateSubnets"), [
                ["a", a, "us-east-1a"],
                ["b", b, "us-east-1b"],
                ["c", alsoA, "us-east-1a"],
            ]);
            assert.deepEqual(
                (await read("dataSubnets")).map(([, id]) => id),
                [alsoA, b],
            );
            assert.deepEqual(
                (await read("publicSubnets")).map(([, id]) => id),
                [b, a],
            );
            assert.deepEqual(await promiseOf(pulumi.all([...(facts.loadBalancerSubnetIds ?? [])])), [b, a]);
            const made = cloud.provider.inventory.rows().slice(before);
            const sts = made.find(({ inputs }) => inputs["vpcEndpointType"] === "Interface");
            assert.deepEqual(sts?.inputs["subnetIds"], [a, b], "one subnet per zone");
            assert.deepEqual(
                made.flatMap(({ inputs }) => inputs["cidrIpv4"] ?? []),
                ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"],
                "reachable from the nodes' subnets",
            );
            assert.deepEqual(
                made.flatMap(({ inputs }) => inputs["routeTableIds"] ?? []),
                [routeTableId],
            );
            await run.destroy(mostDangerous);
            assert.equal(cloud.provider.inventory.rows().length, before);
        });

        it("serves database and load balancer by the nodes' subnets when there are no others", async () => {
            const { vpcId, subnetIds } = await plant();
            const privateSubnetIds = subnetIds.slice(0, 2);
            const { facts } = await make({ existing: { vpcId, privateSubnetIds } });
            assert.deepEqual(await promiseOf(pulumi.all(facts.dataSubnets.map(({ id }) => id))), privateSubnetIds);
            assert.deepEqual(await promiseOf(pulumi.all([...(facts.loadBalancerSubnetIds ?? [])])), privateSubnetIds);
            assert.deepEqual([facts.publicSubnets, facts.egress], [[], []]);
        });

        it("is named when it is not there, or not as it should be", async () => {
            const { vpcId, subnetIds } = await plant();
            const refusal = async (existing: AwsExistingNetworkArgs): Promise<string> => {
                const { facts } = await make({ existing });
                const output = facts.vpcId as unknown as OutputInternals;
                const error: unknown = await output.promise().catch((reason: unknown) => reason);
                assert.ok(pulumi.ResourceError.isInstance(error));
                return error.message;
            };
            assert.match(
                await refusal({ vpcId: "vpc-0123456789abcdef0", privateSubnetIds: subnetIds }),
                /^aws\.network\.existing\.vpcId: cannot be read \("vpc-0123456789abcdef0" given\)/,
            );
            assert.match(
                await refusal({ vpcId, privateSubnetIds: [subnetIds[0], subnetIds[2]] }),
                /^aws\.network\.existing\.privateSubnetIds: are all in one zone/,
            );
        });
    });
});
