/** IPv4 range of a VPC that is made, when the arguments give none. */
export const DefaultNetworkCidr = "10.10.0.0/16";

/** Number of availability zones of a network that is made, when the arguments name none. */
export const DefaultZoneCount = 3;
