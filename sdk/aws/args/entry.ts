import type * as pulumi from "@pulumi/pulumi";
import type { AwsSecurityGroupArgs } from "./groups";

/** DNS and certificate of the host. */
export interface AwsDnsArgs {
    /**
     * Id of the Route 53 hosted zone in which `host` and `ingress.additionalHosts` lie (`Z...`). Alias records that point to the load
     * balancer go there, and, unless `certificateArn` is given, those that prove a certificate, which is made for all of these names.
     * A change makes the records anew, in the other zone.
     */
    zoneId?: pulumi.Input<string>;
    /**
     * The zone is a private one: it cannot prove the ownership of a certificate, so give `certificateArn` or `validationZoneId` too, or
     * set `ingress.tls.enabled` to false.
     * @default false
     */
    privateZone?: boolean;
    /** Id of the public hosted zone for the validation records of the certificate, when it is not `zoneId`. A change makes these records anew. */
    validationZoneId?: pulumi.Input<string>;
    /**
     * ARN of a certificate of your own, in ACM in the same region, or a server certificate in IAM. It must cover all host names.
     * Default: one is made when there is a public zone. AWS renews it by itself for as long as its validation records are there.
     */
    certificateArn?: pulumi.Input<string>;
    /**
     * Let external-dns make the records of the host from the Ingress, instead of this program after W&B is ready. It may change
     * `zoneId` only, which must be given.
     * @default false
     */
    externalDns?: boolean;
}

/** Reach of the load balancer. */
export const AwsLoadBalancerScheme = {
    /** Reachable from the internet, within `inboundCidrs`. */
    InternetFacing: "internet-facing",
    /** Reachable from the VPC and what is connected to it, within `inboundCidrs`. */
    Internal: "internal",
} as const;
/** Reach of the load balancer. */
export type AwsLoadBalancerScheme = (typeof AwsLoadBalancerScheme)[keyof typeof AwsLoadBalancerScheme];

/** Access log of the load balancer. */
export interface AwsAccessLogArgs {
    /** Name of the S3 bucket, in the same region; its policy must let Elastic Load Balancing write (`access_logs.s3.bucket`). */
    bucket: pulumi.Input<string>;
    /** Key prefix inside the bucket, without slashes at the ends (`access_logs.s3.prefix`). Default: none. */
    prefix?: pulumi.Input<string>;
}

/** The Application Load Balancer that the AWS load balancer controller makes of the Ingress. Not used with an Ingress class of your own. */
export interface AwsLoadBalancerArgs {
    /**
     * Name, at most 32 letters, digits and hyphens, unique in account and region. It counts when the load balancer is made: the controller
     * does not rename one. Default: made by the controller.
     */
    name?: string;
    /**
     * Where it is reached from. Another scheme is another load balancer with another address: the controller deletes the old one first, so
     * W&B cannot be reached for some minutes. With `privateLink`, take that away before, because AWS deletes no load balancer that is a target.
     * @default internet-facing
     */
    scheme?: AwsLoadBalancerScheme;
    /**
     * IPv4 ranges that may connect, and no others. Default for an internet-facing one: everybody (0.0.0.0/0); for an internal one: the
     * VPC. With `privateLink` the VPC is added in any case, because its connections come from there. Each makes a rule per port in one security
     * group, where AWS grants 60: thirty ranges with TLS, which redirects port 80, unless the account's quota was raised.
     */
    inboundCidrs?: string[];
    /**
     * Security policy of the HTTPS listener (`SslPolicy`).
     * @default ELBSecurityPolicy-TLS13-1-2-Res-2021-06 (TLS 1.2 and 1.3 with forward secrecy)
     */
    tlsPolicy?: string;
    /** ARN of a regional WAFv2 web ACL. Taking the argument away leaves the ACL in place: the controller changes only what it is told. */
    webAclArn?: pulumi.Input<string>;
    /** Access log in a bucket of yours. Default: none. */
    accessLog?: AwsAccessLogArgs;
    /**
     * Seconds after which a connection without traffic is closed, 1 to 4000 (`idle_timeout.timeout_seconds`).
     * @default 60
     */
    idleTimeoutSeconds?: number;
    /**
     * Ids of security groups of your own, instead of the one that the controller makes of `inboundCidrs`. With `privateLink` they must
     * admit port 443 from the VPC.
     */
    securityGroupIds?: pulumi.Input<string>[];
    /** Tags of the load balancer beside `tags`. */
    tags?: Record<string, pulumi.Input<string>>;
}

/**
 * W&B for VPCs of other accounts by PrivateLink: a Network Load Balancer in front of the load balancer, and an endpoint service. To let in
 * nobody else but the VPC, set `loadBalancer.scheme` to `internal`.
 */
export interface AwsPrivateLinkArgs {
    /** Accounts that may connect, 12 digits each. */
    allowedAccountIds: pulumi.Input<string>[];
    /**
     * Each connection must be accepted by hand.
     * @default false
     */
    acceptanceRequired?: boolean;
    /** IPv4 ranges of the clients, in their own VPCs, that may connect through the endpoint. Default: all. */
    inboundCidrs?: string[];
    /**
     * Private DNS name of the endpoint service, usually `host`, so that clients need no record of their own. AWS offers it once a TXT record in
     * public DNS proves that the domain is yours. With a public zone in `aws.dns` the record is made, and waited for, for a plain name that is one
     * of the hosts or lies below one; any other you prove with the outputs `privateLinkDnsVerification...`. Default: none.
     */
    privateDnsName?: pulumi.Input<string>;
    /**
     * Name of the Network Load Balancer (`Name`), at most 32 letters, digits and hyphens, unique in account and region. A change replaces the
     * Network Load Balancer, the new one first. In another network it needs another name. Default: `wandb-` and 26 random characters.
     */
    loadBalancerName?: pulumi.Input<string>;
    /**
     * Name of the target group (`Name`), the same. A change replaces the target group, the new one first. In another network, or when `ingress.tls` goes from
     * on to off or back, it needs another name. Default: `wandb-` and 26 random characters.
     */
    targetGroupName?: pulumi.Input<string>;
    /** Security group of the Network Load Balancer: name and description. */
    securityGroup?: AwsSecurityGroupArgs;
}
