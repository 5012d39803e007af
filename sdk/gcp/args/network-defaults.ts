/** IPv4 range of a network that is made, when the arguments give none. */
export const DefaultNetworkCidr = "10.10.0.0/16";

/** Names of the subnet's secondary ranges, when the arguments give none. */
export const DefaultRangeNames = { pods: "pods", services: "services" } as const;
