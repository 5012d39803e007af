import { addressNumber, addressText } from "../../ipv4";

/** Azure keeps the last address of a subnet for itself; one more is left free. */
const FromTheEnd = 3;

/**
 * The private address that a gateway gets when nobody names one. Instances are numbered from the beginning of the subnet, so Microsoft advises the end:
 * https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#size-of-the-subnet
 *
 * @param gatewayCidr of the subnet
 */
export function defaultPrivateAddress(gatewayCidr: string): string {
    const [network, prefix] = gatewayCidr.split("/");
    return addressText(addressNumber(network) + 2 ** (32 - Number(prefix)) - FromTheEnd);
}
