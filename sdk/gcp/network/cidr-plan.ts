/** Which part of a network each use gets. Pure. */
import { addressNumber, addressText } from "../../ipv4";

/** IPv4 ranges of one network. */
export interface NetworkPlan {
    readonly nodes: string;
    readonly pods: string;
    readonly services: string;
    /** What Google's own networks take for Cloud SQL and Memorystore. */
    readonly privateServices: string;
}

/** GKE takes no larger range for Services: https://docs.cloud.google.com/kubernetes-engine/docs/concepts/alias-ips */
const LargestServices = 16;

/**
 * Divides a network. Pods get its upper half, because each node takes a /24 of that. Of the lower half's eight parts the nodes get the first,
 * Services the second, Google's services the third and fourth. The others are free, for subnets that come later.
 *
 * @param cidr range of the network, /8 to /20, without bits beyond its prefix
 */
export function planNetwork(cidr: string): NetworkPlan {
    const [address, prefix] = cidr.split("/");
    const first = addressNumber(address);
    const part = 2 ** (28 - Number(prefix));
    const range = (from: number, bits: number, largest = 0): string =>
        `${addressText(first + from * part)}/${Math.max(Number(prefix) + bits, largest)}`;
    return {
        nodes: range(0, 4),
        services: range(1, 4, LargestServices),
        privateServices: range(2, 3),
        pods: range(8, 1),
    };
}
