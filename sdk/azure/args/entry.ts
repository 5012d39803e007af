import type * as pulumi from "@pulumi/pulumi";

/** How the certificate authority is shown that a host is yours: https://letsencrypt.org/docs/challenge-types/ */
export const AzureAcmeChallenge = {
    /** By a record in the Azure DNS zone, which cert-manager makes. Works for internal hosts too, as long as the zone is a public one. */
    Dns01: "dns-01",
    /** By a file that the host serves on port 80. The authority must reach it from the internet. */
    Http01: "http-01",
} as const;
/** How the certificate authority is shown that a host is yours. */
export type AzureAcmeChallenge = (typeof AzureAcmeChallenge)[keyof typeof AzureAcmeChallenge];

/** A certificate of an authority that speaks ACME, which cert-manager asks for and renews. */
export interface AzureAcmeArgs {
    /** Address to which the authority writes (`spec.acme.email`). A change is made in place. Default: none, which Let's Encrypt allows. */
    email?: pulumi.Input<string>;
    /**
     * URL of the authority's directory (`spec.acme.server`), for example `https://acme-staging-v02.api.letsencrypt.org/directory` to try. A change is
     * made in place, and the certificate is issued anew.
     * @default https://acme-v02.api.letsencrypt.org/directory
     */
    server?: pulumi.Input<string>;
    /**
     * How it is shown that the hosts are yours. A change is made in place; certificates stay until they are renewed.
     * @default dns-01 with `zoneId`, http-01 without
     */
    challenge?: AzureAcmeChallenge;
}

/** DNS and certificate of the host. */
export interface AzureDnsArgs {
    /**
     * Resource id of the Azure DNS zone in which `host` and `ingress.additionalHosts` lie, in the subscription of the deployment:
     * `/subscriptions/<subscription>/resourceGroups/<group>/providers/Microsoft.Network/dnsZones/<name>`, or `.../privateDnsZones/<name>` with
     * `privateZone`. Records of type A that point to W&B go there, and unless TLS ends otherwise, certificates are issued by proof in that zone. A
     * change makes the records anew in the other zone.
     */
    zoneId?: pulumi.Input<string>;
    /**
     * The zone is a private one, linked to the networks of the users. No public authority can see it, so say too how TLS ends: a certificate of
     * your own in `ingress.tls`, or `ingress.tls.enabled` false.
     * @default false
     */
    privateZone?: boolean;
    /**
     * Certificates by ACME. Given without `zoneId`, it makes them by HTTP-01, once you have pointed the hosts to the output `address`.
     * Default: with a public zone, certificates of Let's Encrypt by DNS-01, unless `ingress` says how TLS ends.
     */
    acme?: AzureAcmeArgs;
}

/** Who makes an entry of the Ingress. */
export const AzureIngressController = {
    /** Azure Application Gateway v2, filled by the add-on of its ingress controller (AGIC). */
    ApplicationGateway: "application-gateway",
    /** The application routing add-on: NGINX in the cluster behind an Azure load balancer. Microsoft supports its NGINX until November 2026. */
    AppRouting: "app-routing",
} as const;
/** Who makes an entry of the Ingress. */
export type AzureIngressController = (typeof AzureIngressController)[keyof typeof AzureIngressController];

/** Reach of the entry. */
export const AzureLoadBalancerScheme = {
    /** Reachable from the internet, within `inboundCidrs`. */
    External: "external",
    /** Reachable from the network and what is connected to it, by a private address. */
    Internal: "internal",
} as const;
/** Reach of the entry. */
export type AzureLoadBalancerScheme = (typeof AzureLoadBalancerScheme)[keyof typeof AzureLoadBalancerScheme];

/** Kinds of Application Gateway. */
export const AzureGatewaySku = {
    /** Without web application firewall. */
    Standard: "Standard_v2",
    /** With web application firewall. */
    Waf: "WAF_v2",
} as const;
/** Kind of Application Gateway. */
export type AzureGatewaySku = (typeof AzureGatewaySku)[keyof typeof AzureGatewaySku];

/** Predefined TLS policies with TLS 1.2 or newer: https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview */
export const AzureTlsPolicy = {
    /** TLS 1.2 and 1.3, ciphers for current clients. */
    Policy20220101: "AppGwSslPolicy20220101",
    /** TLS 1.2 and 1.3, fewer ciphers. */
    Policy20220101S: "AppGwSslPolicy20220101S",
    /** TLS 1.2 only, for clients that fail with newer policies. */
    Policy20170401S: "AppGwSslPolicy20170401S",
} as const;
/** Predefined TLS policy. */
export type AzureTlsPolicy = (typeof AzureTlsPolicy)[keyof typeof AzureTlsPolicy];

/** What the firewall does with an attack. */
export const AzureWafMode = {
    /** Denies it. */
    Prevention: "Prevention",
    /** Only logs it. */
    Detection: "Detection",
} as const;
/** What the firewall does with an attack. */
export type AzureWafMode = (typeof AzureWafMode)[keyof typeof AzureWafMode];

/** Managed rule sets: https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-crs-rulegroups-rules */
export const AzureWafRuleSet = {
    /** `Microsoft_DefaultRuleSet` 2.1. */
    Default21: "Microsoft_DefaultRuleSet 2.1",
    /** `OWASP` 3.2. */
    Owasp32: "OWASP 3.2",
} as const;
/** Managed rule set. */
export type AzureWafRuleSet = (typeof AzureWafRuleSet)[keyof typeof AzureWafRuleSet];

/** The web application firewall policy of a gateway of kind `WAF_v2`. */
export interface AzureWafArgs {
    /** Name of the policy that is made, at most 128 letters, digits and underscores, periods and hyphens. A change replaces it. */
    policyName?: pulumi.Input<string>;
    /** Resource id of a policy of your own, in the region of the deployment, instead of one that is made. A change is made in place. */
    existingPolicyId?: pulumi.Input<string>;
    /**
     * What happens to an attack (`policySettings.mode`). W&B's requests hold code and queries, so look at what `Detection` logs first. A change is
     * made in place.
     * @default Prevention
     */
    mode?: AzureWafMode;
    /**
     * Managed rule set (`managedRules.managedRuleSets`). A change is made in place.
     * @default Microsoft_DefaultRuleSet 2.1
     */
    ruleSet?: AzureWafRuleSet;
    /**
     * Also the rules against bots (`Microsoft_BotManagerRuleSet` 1.1). A change is made in place.
     * @default true
     */
    botRules?: boolean;
    /**
     * KiB of a request that are inspected, 8 to 2000 (`policySettings.requestBodyInspectLimitInKB`). Longer requests pass, inspected up to here:
     * W&B's are long. A change is made in place.
     * @default 128
     */
    inspectedBodyKb?: number;
}

/** The Application Gateway. */
export interface AzureGatewayArgs {
    /**
     * Resource id of a gateway of your own, v2, in the subscription of the deployment, instead of one that is made. Its network must reach the
     * pods. The ingress controller owns its listeners, rules, pools, probes and certificates from then on and removes those that are
     * there: https://learn.microsoft.com/azure/application-gateway/ingress-controller-overview. Of the other arguments only `waf.existingPolicyId` goes
     * with it, for a gateway that has such a policy.
     */
    existingId?: pulumi.Input<string>;
    /** Name of the gateway that is made (`applicationGatewayName`), at most 45 letters, digits, underscores, periods and hyphens. A change replaces it. */
    name?: pulumi.Input<string>;
    /**
     * Kind (`sku`). A change is made in place.
     * @default Standard_v2
     */
    sku?: AzureGatewaySku;
    /**
     * Capacity units kept ready, 0 to 125 (`autoscaleConfiguration.minCapacity`). With fewer than 2 it answers slowly after a pause. A change is
     * made in place.
     * @default 2
     */
    minCapacity?: number;
    /**
     * Most capacity units, 2 to 125 (`autoscaleConfiguration.maxCapacity`). A change is made in place.
     * @default 5
     */
    maxCapacity?: number;
    /**
     * Zones of gateway and public address (`zones`), an empty list in regions that have none. A change replaces both, so W&B cannot be reached for
     * some minutes, and has another address.
     * @default ["1", "2", "3"]
     */
    zones?: string[];
    /**
     * Private address in the gateway's subnet (`frontendIPConfigurations.privateIPAddress`). A change is made in place, unless it
     * serves Private Link. Default: the third from the end of the subnet.
     */
    privateAddress?: pulumi.Input<string>;
    /** Name of the public address that is made (`publicIpAddressName`), at most 80 characters. A change replaces it, and with it the address of W&B. */
    publicAddressName?: pulumi.Input<string>;
    /**
     * First part of a name that Azure gives the public address, `<label>.<region>.cloudapp.azure.com` (`domainNameLabel`), one of a kind in the
     * region. A change is made in place. Default: none.
     */
    dnsLabel?: pulumi.Input<string>;
    /**
     * Resource id of a public address of your own, Standard and static, instead of one that is made. A change gives W&B another address; Azure refuses
     * it while the old one is in use by Private Link.
     */
    existingPublicAddressId?: pulumi.Input<string>;
    /**
     * TLS policy (`sslPolicy.policyName`). A change is made in place.
     * @default AppGwSslPolicy20220101
     */
    tlsPolicy?: AzureTlsPolicy;
    /**
     * HTTP/2 towards clients (`enableHttp2`). A change is made in place.
     * @default true
     */
    http2?: boolean;
    /** The web application firewall, with `sku` `WAF_v2` only. */
    waf?: AzureWafArgs;
}

/**
 * The entry that Azure makes of the Ingress. Not used with an Ingress class of your own.
 *
 * The ingress controller owns what is in the gateway: listeners, rules, pools, probes, certificates. A change of any other argument of the gateway
 * sends those that Pulumi knew last along, and W&B is away until the controller starts again, or Ingress, certificate or pods change. So change the
 * gateway rarely, run `pulumi refresh` before, and restart `deployment/ingress-appgw-deployment` in the namespace `kube-system` after.
 */
export interface AzureLoadBalancerArgs {
    /**
     * Who makes the entry. A change makes another one, with another address.
     * @default application-gateway
     */
    controller?: AzureIngressController;
    /**
     * Where W&B is reached from. A change gives W&B another address; the gateway stays.
     * @default external
     */
    scheme?: AzureLoadBalancerScheme;
    /**
     * IPv4 ranges that may connect, and no others: rules of the network security group of the gateway's subnet, or of the load balancer. They shut out
     * certificate authorities too, so HTTP-01 is refused beside them. A change is made in place.
     * @default everybody who reaches it
     */
    inboundCidrs?: string[];
    /**
     * Lead plain HTTP to HTTPS (`appgw.ingress.kubernetes.io/ssl-redirect`). False closes port 80 on a gateway. A change is made in place.
     * @default true
     */
    httpRedirect?: boolean;
    /**
     * Seconds that W&B may take to answer, 1 to 86400 (`appgw.ingress.kubernetes.io/request-timeout`). A change is made in place.
     * @default 300
     */
    requestTimeoutSeconds?: number;
    /** The Application Gateway. */
    gateway?: AzureGatewayArgs;
}

/** The job that approves connections. */
export interface AzureApprovalArgs {
    /**
     * When it looks, as a schedule of cron in UTC (`spec.schedule`). A change is made in place.
     * @default every five minutes
     */
    schedule?: string;
    /**
     * Image with Azure CLI and a shell, for a mirror. A change is made in place.
     * @default mcr.microsoft.com/azure-cli:2.90.0
     */
    image?: pulumi.Input<string>;
    /** Name of its managed identity, 3 to 128 letters, digits, hyphens and underscores. A change replaces it. */
    identityName?: pulumi.Input<string>;
    /** Name of its role (`roleName`), one of a kind in the tenant. A change is made in place. */
    roleName?: pulumi.Input<string>;
}

/**
 * W&B for networks of other subscriptions by Private Link of the Application Gateway. Nothing goes over the internet. Consumers make a private
 * endpoint for the outputs `privateLinkResourceId` and `privateLinkName` (`groupIds`), and a DNS record of `host` to its address in their network.
 *
 * Application Gateway's own Private Link is used, which is generally available in all regions, and between regions, but approves nothing by itself.
 * Private Link service Direct Connect would, but is a preview in few regions, within one region only:
 * https://learn.microsoft.com/azure/private-link/configure-private-link-service-direct-connect
 */
export interface AzurePrivateLinkArgs {
    /**
     * Ids of the subscriptions whose connections are approved by themselves: a job in the cluster looks for those that wait. A change is made in
     * place; connections that are there stay. An empty list, or none, leaves them to you (`az network private-endpoint-connection approve`).
     */
    allowedSubscriptionIds?: string[];
    /**
     * Addresses from which connections come, 1 to 8 (`ipConfigurations`), each good for 65536 connections at a time. A change is made in place.
     * @default 1
     */
    addresses?: number;
    /** Name of the private link configuration of the gateway; with the name of the gateway it has at most 70 characters. A change breaks the connections. */
    configurationName?: pulumi.Input<string>;
    /** The job that approves connections. */
    approval?: AzureApprovalArgs;
}
