import assert from "node:assert/strict";
import fc from "fast-check";
import { planNetwork } from "../../sdk/gcp/network/cidr-plan";

interface Range {
    readonly first: number;
    readonly last: number;
    readonly prefix: number;
}

function rangeOf(cidr: string): Range {
    const [address, prefix] = cidr.split("/");
    const first = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
    return { first, last: first + 2 ** (32 - Number(prefix)) - 1, prefix: Number(prefix) };
}

/** Networks of every size that the arguments take, anywhere in the private ranges. */
const network = fc
    .tuple(
        fc.constantFrom(["10.0.0.0", 8], ["172.16.0.0", 12], ["192.168.0.0", 16] as const),
        fc.integer({ min: 8, max: 20 }),
        fc.nat(),
    )
    .map(([[start, bits], wanted, place]) => {
        const prefix = Math.max(wanted, Number(bits));
        const { first } = rangeOf(`${start}/${bits}`);
        const begin = first + (place % 2 ** (prefix - Number(bits))) * 2 ** (32 - prefix);
        const address = [24, 16, 8, 0].map((shift) => Math.floor(begin / 2 ** shift) % 256).join(".");
        return `${address}/${prefix}`;
    });

describe("plan of the Google Cloud network", () => {
    it("divides the default network", () => {
        assert.deepEqual(planNetwork("10.10.0.0/16"), {
            nodes: "10.10.0.0/20",
            services: "10.10.16.0/20",
            privateServices: "10.10.32.0/19",
            pods: "10.10.128.0/17",
        });
    });

    it("divides the smallest network", () => {
        assert.deepEqual(planNetwork("192.168.240.0/20"), {
            nodes: "192.168.240.0/24",
            services: "192.168.241.0/24",
            privateServices: "192.168.242.0/23",
            pods: "192.168.248.0/21",
        });
    });

    it("divides the largest network, in which Services do not grow any more", () => {
        const { nodes, services, privateServices, pods } = planNetwork("10.0.0.0/8");
        assert.deepEqual(
            [nodes, services, privateServices, pods],
            ["10.0.0.0/12", "10.16.0.0/16", "10.32.0.0/11", "10.128.0.0/9"],
        );
    });

    it("stays inside the network, without overlaps", () => {
        fc.assert(
            fc.property(network, (cidr) => {
                const whole = rangeOf(cidr);
                const ranges = Object.values(planNetwork(cidr))
                    .map((range: string) => rangeOf(range))
                    .sort((one, other) => one.first - other.first);
                assert.ok(ranges.every(({ first, last }) => first >= whole.first && last <= whole.last));
                assert.ok(ranges.every(({ first }, index) => index === 0 || first > ranges[index - 1].last));
                assert.ok(ranges.every(({ first, prefix }) => first % 2 ** (32 - prefix) === 0));
            }),
        );
    });

    it("gives everything a size that Google takes", () => {
        fc.assert(
            fc.property(network, (cidr) => {
                const plan = planNetwork(cidr);
                const within = (range: string, largest: number, smallest: number) => {
                    const { prefix } = rangeOf(range);
                    return prefix >= largest && prefix <= smallest;
                };
                assert.ok(within(plan.pods, 9, 21));
                assert.ok(within(plan.services, 16, 28));
                assert.ok(within(plan.nodes, 12, 24));
                assert.ok(within(plan.privateServices, 8, 23));
                // A node for each /24 of the pods, and addresses for a load balancer.
                const nodes = 2 ** (24 - rangeOf(plan.pods).prefix);
                assert.ok(2 ** (32 - rangeOf(plan.nodes).prefix) - 4 >= nodes + 16);
            }),
        );
    });
});
