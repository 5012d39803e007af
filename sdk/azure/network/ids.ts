/** Parts of resource ids, which the SDK's functions want one by one. Pure. */

/** What names a subnet. */
export interface SubnetPath {
    readonly resourceGroupName: string;
    readonly virtualNetworkName: string;
    readonly subnetName: string;
}

export type NetworkPath = Omit<SubnetPath, "subnetName">;

const Network =
    /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Network\/virtualNetworks\/([^/]+)$/i;
const Subnet =
    /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+)\/subnets\/([^/]+)$/i;

/** Undefined when the text has another form. */
export function networkPath(id: string): NetworkPath | undefined {
    const [, resourceGroupName, virtualNetworkName] = Network.exec(id) ?? [];
    return virtualNetworkName === undefined ? undefined : { resourceGroupName, virtualNetworkName };
}

export function subnetPath(id: string): SubnetPath | undefined {
    const [, network, subnetName] = Subnet.exec(id) ?? [];
    const path = network === undefined ? undefined : networkPath(network);
    return path && { ...path, subnetName };
}

/** Id of the network in which a subnet lies. */
export function networkOf(subnetId: string): string {
    return Subnet.exec(subnetId)?.[1] ?? "";
}

/** Azure compares ids without regard to case. */
export function isSameId(one: string, other: string): boolean {
    return one.toLowerCase() === other.toLowerCase();
}
