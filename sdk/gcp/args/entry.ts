import type * as pulumi from "@pulumi/pulumi";

/** DNS and certificate of the host. */
export interface GcpDnsArgs {
    /**
     * Name of the Cloud DNS managed zone (`managedZone`) in which `host` and `ingress.additionalHosts` lie: not its DNS name. Records of
     * type A that point to the load balancer go there. A change makes the records anew in the other zone.
     */
    managedZone?: pulumi.Input<string>;
    /** Id of the project in which the zone lies. A change makes the records anew. Default: the project of the deployment. */
    managedZoneProject?: pulumi.Input<string>;
    /**
     * The zone is a private one. Google then cannot see the record, so it issues no certificate for the host: give `certificateNames`
     * or a certificate in `ingress.tls` too, or set `ingress.tls.enabled` to false.
     * @default false
     */
    privateZone?: boolean;
    /**
     * Names of SSL certificates of your own in Compute Engine (`ingress.gcp.kubernetes.io/pre-shared-cert`): global ones for an external
     * load balancer, regional ones in the deployment's region for an internal one. Together they must cover all host names. A change is made in
     * place. GKE's Ingress takes no certificates of Certificate Manager.
     *
     * Default: with an external load balancer Google makes and renews one for each host name (`ManagedSslCertificate`). It becomes
     * active once the host's record points to the load balancer, usually within an hour of that; until then HTTPS fails.
     */
    certificateNames?: pulumi.Input<string>[];
}

/** Reach of the load balancer. */
export const GcpLoadBalancerScheme = {
    /** Reachable from the internet, within `inboundCidrs`: a global external Application Load Balancer (Ingress class `gce`). */
    External: "external",
    /** Reachable from the network and what is connected to it: a regional internal Application Load Balancer (class `gce-internal`). */
    Internal: "internal",
} as const;
/** Reach of the load balancer. */
export type GcpLoadBalancerScheme = (typeof GcpLoadBalancerScheme)[keyof typeof GcpLoadBalancerScheme];

/** Limit on how often one client may ask. */
export interface GcpRateLimitArgs {
    /**
     * Requests of one client address in `intervalSeconds`, 1 to 1000000 (`rateLimitThreshold.count`). Those above get status 429. Google
     * counts for each of the chart's Services by itself. A change is made in place.
     */
    requests: number;
    /**
     * Seconds: 10, 30, 60, 120, 180, 240, 270, 300, 600, 900, 1200, 1800, 2700 or 3600 (`rateLimitThreshold.intervalSec`).
     * @default 60
     */
    intervalSeconds?: number;
}

/** The Cloud Armor security policy in front of W&B. It works for external load balancers only. */
export interface GcpArmorArgs {
    /**
     * Make a policy. Without one everybody is let in.
     * @default true
     */
    enabled?: boolean;
    /** Name of a policy of your own (`securityPolicy.name`), global and of type `CLOUD_ARMOR`, instead of one that is made. A change is made in place. */
    existingPolicy?: pulumi.Input<string>;
    /**
     * Name of the policy that is made, at most 63 lower-case letters, digits and hyphens. A change replaces the policy, the new one first.
     */
    policyName?: pulumi.Input<string>;
    /**
     * Preconfigured rule sets that deny attacks, by their names, for example `sqli-v33-stable` (`evaluatePreconfiguredWaf`). W&B's own requests
     * hold code and queries, so try them with `wafPreview` first. At most ten. Default: none.
     */
    wafRules?: string[];
    /**
     * How strict the rule sets are: 1 finds the surest signs only, 4 all of them, and more that is harmless (`sensitivity`).
     * @default 1
     */
    wafSensitivity?: number;
    /**
     * Only log what the rule sets would deny (`preview`).
     * @default false
     */
    wafPreview?: boolean;
    /** Limit on how often one client may ask (`throttle`). Default: none. */
    rateLimit?: GcpRateLimitArgs;
}

/** Sets of ciphers: https://docs.cloud.google.com/load-balancing/docs/ssl-policies-concepts */
export const GcpTlsProfile = {
    /** Also outdated clients. */
    Compatible: "COMPATIBLE",
    /** Wide range of ciphers for current clients. */
    Modern: "MODERN",
    /** Fewer ciphers, for stricter compliance. */
    Restricted: "RESTRICTED",
} as const;
/** Set of ciphers. */
export type GcpTlsProfile = (typeof GcpTlsProfile)[keyof typeof GcpTlsProfile];

/** Versions of TLS. */
export const GcpTlsVersion = {
    /** TLS 1.0, which browsers have given up. */
    Tls10: "TLS_1_0",
    /** TLS 1.1, which browsers have given up. */
    Tls11: "TLS_1_1",
    /** TLS 1.2. */
    Tls12: "TLS_1_2",
    /** With profile `RESTRICTED` only. */
    Tls13: "TLS_1_3",
} as const;
/** Version of TLS. */
export type GcpTlsVersion = (typeof GcpTlsVersion)[keyof typeof GcpTlsVersion];

/** The SSL policy of an external load balancer. */
export interface GcpTlsPolicyArgs {
    /**
     * Set of ciphers (`profile`). A change is made in place.
     * @default MODERN
     */
    profile?: GcpTlsProfile;
    /**
     * Oldest version that clients may use (`minTlsVersion`). A change is made in place.
     * @default TLS_1_2
     */
    minVersion?: GcpTlsVersion;
    /**
     * Name of the SSL policy that is made, at most 63 lower-case letters, digits and hyphens. A change replaces the policy, the new one
     * first.
     */
    name?: pulumi.Input<string>;
    /** Name of an SSL policy of your own, global, instead of one that is made. A change is made in place. */
    existingPolicy?: pulumi.Input<string>;
}

/** The subnet of the proxies of an internal load balancer, and the firewall rule that lets them reach the pods. */
export interface GcpProxySubnetArgs {
    /**
     * Make both. Google allows one active proxy-only subnet in each region of a network: where there is one already, set this to false, and let
     * its range reach the pods by a firewall rule.
     * @default true
     */
    create?: boolean;
    /**
     * IPv4 range, /26 or larger, that overlaps no other of the network (`ipCidrRange`). Another range replaces the subnet, the old one first, which
     * Google refuses while the load balancer is there.
     * @default 10.127.0.0/23
     */
    cidr?: string;
    /** Name of the subnet, at most 63 lower-case letters, digits and hyphens. A change replaces the subnet. */
    name?: pulumi.Input<string>;
    /** Name of the firewall rule, the same. A change replaces the firewall rule. */
    firewallName?: pulumi.Input<string>;
    /**
     * TCP ports and ranges of ports of the pods that the proxies reach (`allows.ports`).
     * @default ["8080-8082", "8722"], those of the chart's Services behind the Ingress
     */
    ports?: string[];
}

/** The Application Load Balancer that GKE makes of the Ingress. Not used with an Ingress class of your own. */
export interface GcpLoadBalancerArgs {
    /**
     * Where it is reached from. A change replaces address and load balancer, so W&B cannot be reached for some minutes.
     * @default external
     */
    scheme?: GcpLoadBalancerScheme;
    /** Name of the address that is made, at most 63 lower-case letters, digits and hyphens. A change replaces the address. */
    addressName?: pulumi.Input<string>;
    /**
     * Name of an address that is reserved already, instead of one that is made: a global external one, or for an internal load balancer
     * one in its region and subnet. Taking it away or naming another one changes the address of W&B.
     */
    existingAddress?: pulumi.Input<string>;
    /**
     * IPv4 or IPv6 ranges that may connect to an external load balancer, and no others. `*` is everybody. A change is made in place.
     * @default everybody
     */
    inboundCidrs?: string[];
    /** The Cloud Armor security policy that knows them. */
    armor?: GcpArmorArgs;
    /** The SSL policy of an external load balancer. Google offers none for the Ingress of an internal one. */
    tlsPolicy?: GcpTlsPolicyArgs;
    /**
     * Lead plain HTTP to HTTPS (`redirectToHttps`). False closes port 80. An internal load balancer has no port 80 beside HTTPS.
     * @default true
     */
    httpRedirect?: boolean;
    /** Where the proxies of an internal load balancer lie. */
    proxySubnet?: GcpProxySubnetArgs;
}

/** A project that may connect. */
export interface GcpConsumerArgs {
    /** Id or number of the project (`projectIdOrNum`). */
    project: pulumi.Input<string>;
    /**
     * Endpoints that it may have, at least 1 (`connectionLimit`).
     * @default 10
     */
    connectionLimit?: number;
}

/**
 * W&B for networks of other projects by Private Service Connect: a service attachment of the internal load balancer, so `loadBalancer.scheme`
 * must be `internal`. Nothing goes over the internet.
 */
export interface GcpPrivateServiceConnectArgs {
    /**
     * Projects that may connect (`consumerAcceptLists`). With `acceptAll` none are named. A change is made in place, and also counts for those
     * that are connected.
     */
    consumers?: GcpConsumerArgs[];
    /**
     * Accept every project (`connectionPreference: ACCEPT_AUTOMATIC`). Otherwise those of `consumers` are accepted, and others wait
     * until somebody accepts them by hand (`ACCEPT_MANUAL`).
     * @default false
     */
    acceptAll?: boolean;
    /**
     * IPv4 range of the subnet from which connections come (`ipCidrRange`, purpose `PRIVATE_SERVICE_CONNECT`), /29 or larger, that overlaps no
     * other of the network. Another range replaces the subnet, the new one first.
     * @default 192.168.0.0/24
     */
    natCidr?: string;
    /**
     * Name of that subnet, at most 63 lower-case letters, digits and hyphens. A change replaces the subnet, the new one first, so it needs
     * another range too.
     */
    subnetName?: pulumi.Input<string>;
    /**
     * Name of the service attachment, the same. A change replaces the service attachment, the old one first, and consumers must connect
     * anew.
     */
    attachmentName?: pulumi.Input<string>;
    /**
     * DNS domain that Google makes records in for consumers' endpoints, with a point at its end, for example `wandb.example.com.` (`domainNames`).
     * You must have proven that it is yours. A change replaces the service attachment, the old one first. Default: none.
     */
    domainName?: pulumi.Input<string>;
}
