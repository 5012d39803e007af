import type { WandbDeploymentArgs } from "../../args";
import { entryPlan } from "../../aws/entry-plan";

/** Inbound rules of one security group, unless an account had this raised: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const GrantedRules = 60;

/**
 * Ranges that fill a security group. The load balancer controller makes one group with a rule for each range and port:
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4789. Accounts may have a higher quota, so nothing is refused.
 */
export function crowdedGroups(args: WandbDeploymentArgs): string[] {
    const { loadBalancer, privateLink } = args.aws ?? {};
    const ports = entryPlan(args).tls ? 2 : 1;
    // With PrivateLink the range of the VPC is added.
    const added = privateLink === undefined ? 0 : 1;
    return [
        ...crowded(
            "aws.loadBalancer.inboundCidrs",
            (countOf(loadBalancer?.inboundCidrs) + added) * ports,
            "or give security groups of your own as `aws.loadBalancer.securityGroupIds`",
        ),
        ...crowded("aws.privateLink.inboundCidrs", countOf(privateLink?.inboundCidrs), "or leave it out to let in all"),
    ];
}

function countOf(ranges: readonly string[] | undefined): number {
    return Array.isArray(ranges) ? ranges.length : 0;
}

function crowded(path: string, rules: number, otherwise: string): string[] {
    if (rules <= GrantedRules) {
        return [];
    }
    return [
        `${path}: the ranges make ${rules} rules in one security group, a rule for each range and port, and AWS grants ${GrantedRules} unless your ` +
            `account's quota "Inbound or outbound rules per security group" was raised. Join ranges, have the quota raised first, ${otherwise}.`,
    ];
}
