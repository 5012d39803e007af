import { contains, parseIpv4Range, wrongIpv4Range } from "../cidr";
import { given } from "../wording";

/** Rules of EKS and IAM for single texts; each function says what is wrong with one, or nothing. */

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export function wrongClusterName(name: string): string | undefined {
    return /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(name)
        ? undefined
        : `is not a name of an EKS cluster ${given(name)}. It has 1 to 100 letters, digits, hyphens and underscores, with a letter or digit at the start.`;
}

export function wrongRoleArn(arn: string): string | undefined {
    return /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(arn)
        ? undefined
        : `is not the ARN of an IAM role ${given(arn)}. Give for example arn:aws:iam::123456789012:role/admin.`;
}

/** First address and prefix of the ranges of RFC 1918. */
const PrivateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** A range of private addresses, with a prefix between two. */
export function privateRange(range: string, shortest: number, longest: number): string | undefined {
    const wrong = wrongIpv4Range(range);
    const parsed = parseIpv4Range(range);
    if (wrong !== undefined || parsed === undefined) {
        return wrong;
    }
    if (parsed.prefix < shortest || parsed.prefix > longest) {
        return `is not between /${shortest} and /${longest} ${given(range)}. Give for example 172.20.0.0/16.`;
    }
    return PrivateRanges.some((whole) => contains(parseIpv4Range(whole), parsed))
        ? undefined
        : `is not within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 ${given(range)}. Give for example 172.20.0.0/16.`;
}

/** Whether two ranges share an address; not while one of them is no range. */
export function rangesOverlap(one: string, other: string): boolean {
    const [first, second] = [parseIpv4Range(one), parseIpv4Range(other)];
    return contains(first, second) || contains(second, first);
}
