/** Which part of a network each subnet gets. Pure. */
import { addressNumber, addressText } from "../../ipv4";

/** IPv4 ranges of the subnets, one per zone each. */
export interface SubnetPlan {
    readonly public: readonly string[];
    readonly private: readonly string[];
    readonly data: readonly string[];
}

/**
 * Divides a network. Each private subnet gets a quarter of it, because every pod has an address of its own there; of the last quarter's
 * eight parts the public subnets get the first three and the data subnets the fifth to seventh.
 *
 * There is room for three zones whatever their number is, so that another zone moves no subnet.
 *
 * @param cidr range of the network, without bits beyond its prefix
 */
export function planSubnets(cidr: string, zoneCount: number): SubnetPlan {
    const [address, prefix] = cidr.split("/");
    const first = addressNumber(address);
    const parts = (bits: number, from: number): string[] => {
        const length = Number(prefix) + bits;
        return Array.from({ length: zoneCount }, (_, zone) => {
            const start = first + (from + zone) * 2 ** (32 - length);
            return `${addressText(start)}/${length}`;
        });
    };
    return { private: parts(2, 0), public: parts(5, 24), data: parts(5, 28) };
}
