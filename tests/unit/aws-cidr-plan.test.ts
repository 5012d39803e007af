import assert from "node:assert/strict";
import fc from "fast-check";
import { planSubnets, type SubnetPlan } from "../../sdk/aws/network/cidr-plan";

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

const all = (plan: SubnetPlan): string[] => [...plan.public, ...plan.private, ...plan.data];

/** Networks of every size that the arguments take, anywhere in the private ranges. */
const network = fc
    .tuple(
        fc.constantFrom(["10.0.0.0", 8], ["172.16.0.0", 12], ["192.168.0.0", 16], ["100.64.0.0", 10] as const),
        fc.integer({ min: 16, max: 22 }),
        fc.nat(),
    )
    .map(([[start, bits], prefix, place]) => {
        const { first } = rangeOf(`${start}/${bits}`);
        const begin = first + (place % 2 ** (prefix - Number(bits))) * 2 ** (32 - prefix);
        const address = [24, 16, 8, 0].map((shift) => Math.floor(begin / 2 ** shift) % 256).join(".");
        return `${address}/${prefix}`;
    });
const zones = fc.integer({ min: 2, max: 3 });

describe("plan of the subnets", () => {
    it("divides the default network", () => {
        assert.deepEqual(planSubnets("10.10.0.0/16", 3), {
            private: ["10.10.0.0/18", "10.10.64.0/18", "10.10.128.0/18"],
            public: ["10.10.192.0/21", "10.10.200.0/21", "10.10.208.0/21"],
            data: ["10.10.224.0/21", "10.10.232.0/21", "10.10.240.0/21"],
        });
    });

    it("divides the smallest network", () => {
        assert.deepEqual(planSubnets("192.168.252.0/22", 2), {
            private: ["192.168.252.0/24", "192.168.253.0/24"],
            public: ["192.168.255.0/27", "192.168.255.32/27"],
            data: ["192.168.255.128/27", "192.168.255.160/27"],
        });
    });

    it("stays inside the network, without overlaps, one range per zone", () => {
        fc.assert(
            fc.property(network, zones, (cidr, count) => {
                const plan = planSubnets(cidr, count);
                assert.deepEqual(
                    [plan.public, plan.private, plan.data].map(({ length }) => length),
                    [count, count, count],
                );
                const whole = rangeOf(cidr);
                const ranges = all(plan)
                    .map(rangeOf)
                    .sort((one, other) => one.first - other.first);
                assert.ok(ranges.every(({ first, last }) => first >= whole.first && last <= whole.last));
                assert.ok(ranges.every(({ first }, index) => index === 0 || first > ranges[index - 1].last));
                assert.ok(ranges.every(({ first, prefix }) => first % 2 ** (32 - prefix) === 0));
            }),
        );
    });

    it("gives the pods a quarter per zone, and a load balancer as much as it needs", () => {
        fc.assert(
            fc.property(network, zones, (cidr, count) => {
                const plan = planSubnets(cidr, count);
                const { prefix } = rangeOf(cidr);
                assert.ok(plan.private.every((range) => rangeOf(range).prefix === prefix + 2));
                assert.ok(plan.public.every((range) => rangeOf(range).prefix <= 27));
                assert.ok(all(plan).every((range) => rangeOf(range).prefix >= 16 && rangeOf(range).prefix <= 28));
            }),
        );
    });

    it("moves no subnet when a zone is added", () => {
        fc.assert(
            fc.property(network, (cidr) => {
                const three = all(planSubnets(cidr, 3));
                assert.ok(all(planSubnets(cidr, 2)).every((range) => three.includes(range)));
                assert.deepEqual(planSubnets(cidr, 2).private, planSubnets(cidr, 3).private.slice(0, 2));
            }),
        );
    });
});
