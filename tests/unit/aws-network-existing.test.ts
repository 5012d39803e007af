import assert from "node:assert/strict";
import { wrongNetwork } from "../../sdk/aws/network/existing";

const vpc = { id: "vpc-1", enableDnsSupport: true, enableDnsHostnames: true };
const subnet = (
    id: string,
    zone: string,
    vpcId = "vpc-1",
    availabilityZoneId = `use1-az${zone.charCodeAt(0) - 96}`,
) => ({
    id,
    vpcId,
    availabilityZone: `us-east-1${zone}`,
    availabilityZoneId,
});
const nodes = { argument: "privateSubnetIds", subnets: [subnet("s-a", "a"), subnet("s-b", "b")] };
const stores = { argument: "dataSubnetIds", subnets: [subnet("s-c", "a"), subnet("s-d", "b")] };
const loadBalancer = { argument: "loadBalancerSubnetIds", subnets: [subnet("s-e", "a"), subnet("s-f", "b")] };
const sound = { nodes, stores, loadBalancer };

describe("an own AWS network", () => {
    it("is accepted as it should be", () => {
        assert.deepEqual(wrongNetwork(vpc, sound), []);
        const more = { ...nodes, subnets: [...nodes.subnets, subnet("s-g", "a")] };
        assert.deepEqual(wrongNetwork(vpc, { ...sound, nodes: more }), [], "two subnets of the nodes in one zone");
    });

    for (const [what, found, expected] of [
        [
            "without DNS",
            wrongNetwork({ ...vpc, enableDnsSupport: false }, sound),
            /^aws\.network\.existing\.vpcId: has enableDnsSupport off \("vpc-1" given\).*Turn it on\.$/,
        ],
        [
            "without host names",
            wrongNetwork({ ...vpc, enableDnsHostnames: false }, sound),
            /\.vpcId: has enableDnsHostnames off/,
        ],
        [
            "with a subnet of another VPC",
            wrongNetwork(vpc, {
                ...sound,
                stores: { ...stores, subnets: [...stores.subnets, subnet("s-x", "c", "vpc-2")] },
            }),
            /\.dataSubnetIds\[2\]: is in another VPC \("s-x" in vpc-2\)\. Give a subnet of vpc-1\.$/,
        ],
        [
            "with all subnets in one zone",
            wrongNetwork(vpc, { ...sound, stores: { ...stores, subnets: [subnet("s-x", "b"), subnet("s-y", "b")] } }),
            /\.dataSubnetIds: are all in one zone \(us-east-1b\)\. Give subnets in at least two zones\.$/,
        ],
        [
            "with nodes where EKS has no control planes",
            wrongNetwork(vpc, { ...sound, nodes: { ...nodes, subnets: [...nodes.subnets, subnet("s-x", "c")] } }),
            /\.privateSubnetIds\[2\]: is in zone us-east-1c \("s-x" given\), which is use1-az3, where EKS has no control planes/,
        ],
        [
            "with two subnets of the load balancer in one zone",
            wrongNetwork(vpc, {
                ...sound,
                loadBalancer: { ...loadBalancer, subnets: [...loadBalancer.subnets, subnet("s-x", "b")] },
            }),
            /\.loadBalancerSubnetIds: has two subnets in one zone/,
        ],
    ] as const) {
        it(`is refused ${what}`, () => {
            assert.equal(found.length, 1, found.join("\n"));
            assert.match(found[0], expected);
        });
    }

    it("is told once what is wrong with subnets that serve for everything", () => {
        const one = { argument: "privateSubnetIds", subnets: [subnet("s-a", "a"), subnet("s-b", "b", "vpc-2")] };
        assert.equal(wrongNetwork(vpc, { nodes: one, stores: one, loadBalancer: one }).length, 1);
    });
});
