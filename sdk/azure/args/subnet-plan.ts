/** Which part of a network each subnet gets. Pure. */
import { addressNumber, addressText } from "../../ipv4";
import type { SubnetWord } from "./network-defaults";

/** IPv4 ranges of the subnets. */
export type SubnetPlan = Readonly<Record<SubnetWord, string>>;

/** Nodes get a sixteenth of a network, and a quarter of one smaller than this. */
const LargeNetwork = 18;

/** No subnet but that of the nodes has use for more: https://learn.microsoft.com/en-us/azure/application-gateway/configuration-infrastructure */
const LargestSubnet = 24;

/**
 * Divides a network into sixteenths, a small one into quarters. Nodes get the second part. The first is divided once more in the same way: the
 * gateway gets the first piece of it, endpoints the second, API server and Private Link share the third, the database has the fourth. The rest
 * is free, for subnets that come later. 10.10.0.0/16 is divided as W&B's Terraform module does.
 *
 * @param cidr range of the network, /8 to /23, without bits beyond its prefix
 */
export function planSubnets(cidr: string): SubnetPlan {
    const [address, text] = cidr.split("/");
    const first = addressNumber(address);
    const prefix = Number(text);
    const bits = prefix <= LargeNetwork ? 4 : 2;
    const piece = prefix + 2 * bits;
    const range = (start: number, length: number): string => `${addressText(start)}/${length}`;
    const at = (pieces: number): number => first + pieces * 2 ** (32 - piece);
    return {
        nodes: range(first + 2 ** (32 - prefix - bits), prefix + bits),
        gateway: range(at(0), Math.max(piece, LargestSubnet)),
        endpoints: range(at(1), Math.max(piece, LargestSubnet)),
        privateLink: range(at(2), Math.max(piece + 1, LargestSubnet)),
        apiServer: range(at(2.5), Math.max(piece + 1, LargestSubnet)),
        database: range(at(3), Math.max(piece, LargestSubnet)),
    };
}
