/** IPv4 range of the proxies of an internal load balancer, when the arguments give none. */
export const DefaultProxyCidr = "10.127.0.0/23";

/** IPv4 range from which connections by Private Service Connect come, when the arguments give none. */
export const DefaultNatCidr = "192.168.0.0/24";

/** IPv4 range of the subnet of the endpoint of ClickHouse Cloud, when the arguments give none. */
export const DefaultClickHouseCidr = "10.50.0.0/24";
