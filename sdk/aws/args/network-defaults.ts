/** IPv4 range of a VPC that is made, when the arguments give none. */
export const DefaultNetworkCidr = "10.10.0.0/16";

/** Number of availability zones of a network that is made, when the arguments name none. */
export const DefaultZoneCount = 3;

/** Beginning of the whole name of a service; in China some have `cn.` in front. */
export const ServicePrefix = /^(cn\.)?com\.amazonaws\.[a-z0-9-]+\./;

/** What the endpoint of a service is called by, whichever way the service is named. */
export function endpointWord(service: string): string {
    return service.replace(ServicePrefix, "").replaceAll(".", "-");
}
