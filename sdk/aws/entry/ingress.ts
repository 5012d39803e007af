import * as pulumi from "@pulumi/pulumi";
import type { IngressFacts } from "../../contract/infrastructure";
import { type AwsAccessLogArgs, type AwsLoadBalancerArgs, AwsLoadBalancerScheme } from "../args/entry";
import type { NetworkFacts } from "../facts";

export interface IngressSettings {
    readonly args: AwsLoadBalancerArgs;
    /** Absent where the certificate is named by an annotation of the user. */
    readonly certificateArn?: pulumi.Input<string>;
    /** The load balancer ends TLS. */
    readonly tls: boolean;
    readonly network: Pick<NetworkFacts, "cidr" | "clientRanges" | "loadBalancerSubnetIds">;
    /** Others connect by PrivateLink, through a load balancer in the VPC. */
    readonly privateLink: boolean;
    readonly tags?: Readonly<Record<string, pulumi.Input<string>>>;
}

type Annotations = Record<string, pulumi.Input<string>>;

/** TLS 1.2 and 1.3, forward secrecy, no CBC. In all partitions, as the newer ones with post-quantum key exchange are not. */
const TlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";
const Everybody = "0.0.0.0/0";

/**
 * What the AWS load balancer controller reads of the Ingress:
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 *
 * Which annotations there are depends on plain values only, so that a preview shows them. What could be left to a default and turned on
 * before is said outright: the controller leaves alone what it is not told.
 */
export function ingressFacts(settings: IngressSettings): IngressFacts {
    const { args, network } = settings;
    const own: Record<string, pulumi.Input<string> | undefined> = {
        "load-balancer-name": args.name,
        scheme: args.scheme ?? AwsLoadBalancerScheme.InternetFacing,
        "target-type": "ip",
        ...listeners(settings),
        ...access(settings),
        subnets: network.loadBalancerSubnetIds && joined(network.loadBalancerSubnetIds),
        "wafv2-acl-arn": args.webAclArn,
        "load-balancer-attributes": attributes(args),
        tags: tagList({ ...settings.tags, ...args.tags }),
    };
    return { className: "alb", annotations: prefixed(own) };
}

function listeners({ args, certificateArn, tls }: IngressSettings): Record<string, pulumi.Input<string> | undefined> {
    return tls
        ? {
              "listen-ports": JSON.stringify([{ HTTP: 80 }, { HTTPS: 443 }]),
              "ssl-redirect": "443",
              "ssl-policy": args.tlsPolicy ?? TlsPolicy,
              "certificate-arn": certificateArn,
          }
        : { "listen-ports": JSON.stringify([{ HTTP: 80 }]) };
}

/** Who may connect. The controller ignores the ranges next to security groups, and then must be told to let those reach the pods. */
function access({ args, network, privateLink }: IngressSettings): Annotations {
    if (args.securityGroupIds !== undefined) {
        return {
            "security-groups": joined(args.securityGroupIds),
            "manage-backend-security-group-rules": "true",
        };
    }
    // Nodes, and what is in front of the load balancer for PrivateLink, may lie in another range of an own VPC than its first.
    const inside = [network.cidr, ...Object.values(network.clientRanges)];
    if (args.inboundCidrs === undefined) {
        return { "inbound-cidrs": args.scheme === AwsLoadBalancerScheme.Internal ? joined(inside) : Everybody };
    }
    const addsVpc = privateLink && !args.inboundCidrs.includes(Everybody);
    return { "inbound-cidrs": joined([...args.inboundCidrs, ...(addsVpc ? inside : [])]) };
}

/** No deletion protection: the controller itself must delete the load balancer with the Ingress. */
function attributes({ accessLog, idleTimeoutSeconds = 60 }: AwsLoadBalancerArgs): pulumi.Output<string> {
    return joined([
        ...accessLogAttributes(accessLog),
        `idle_timeout.timeout_seconds=${idleTimeoutSeconds}`,
        "routing.http.drop_invalid_header_fields.enabled=true",
    ]);
}

function accessLogAttributes(accessLog: AwsAccessLogArgs | undefined): pulumi.Input<string>[] {
    if (accessLog === undefined) {
        return ["access_logs.s3.enabled=false"];
    }
    const { bucket, prefix } = accessLog;
    return [
        "access_logs.s3.enabled=true",
        pulumi.interpolate`access_logs.s3.bucket=${bucket}`,
        ...(prefix === undefined ? [] : [pulumi.interpolate`access_logs.s3.prefix=${prefix}`]),
    ];
}

/** Sorted, so that the order in the program changes nothing. */
function tagList(tags: Readonly<Record<string, pulumi.Input<string>>>): pulumi.Output<string> | undefined {
    const keys = Object.keys(tags).sort();
    return keys.length === 0 ? undefined : joined(keys.map((key) => pulumi.interpolate`${key}=${tags[key]}`));
}

/** As the controller writes lists: no spaces, no line break at the end. EC2 refuses a range that is there twice. */
function joined(items: readonly pulumi.Input<string>[]): pulumi.Output<string> {
    return pulumi.all([...items]).apply((known) => [...new Set(known)].join(","));
}

function prefixed(own: Readonly<Record<string, pulumi.Input<string> | undefined>>): Annotations {
    const annotations: Annotations = {};
    for (const [name, value] of Object.entries(own)) {
        if (value !== undefined) {
            annotations[`alb.ingress.kubernetes.io/${name}`] = value;
        }
    }
    return annotations;
}
