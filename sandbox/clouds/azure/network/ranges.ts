/** Ranges of networks and subnets. */
import { textOf, valuesAt, type PropertyMap, type PropertyValue } from "../../values";
import { armError } from "../errors";

export function spaceOf(network: PropertyMap): PropertyValue[] {
    return valuesAt(network, "addressSpace.addressPrefixes[*]");
}

export function prefixesOf(subnet: PropertyMap): PropertyValue[] {
    return subnet["addressPrefix"] === undefined ? valuesAt(subnet, "addressPrefixes[*]") : [subnet["addressPrefix"]];
}

export function delegationsOf(subnet: PropertyMap): string[] {
    return valuesAt(subnet, "delegations[*].serviceName").map((name) => textOf(name));
}

export function outsideNetwork(subnet: string, network: string): string {
    return armError(
        400,
        "NetcfgSubnetRangeOutsideVnet",
        `Subnet '${subnet}' is not valid because its IP address range is outside the IP address range of virtual network '${network}'.`,
    );
}
