import type { WandbDeploymentArgs } from "../../args";
import {
    type AwsAccessLogArgs,
    type AwsDnsArgs,
    type AwsLoadBalancerArgs,
    AwsLoadBalancerScheme,
    type AwsPrivateLinkArgs,
} from "../../aws/args/entry";
import { ingressHost } from "../address";
import { wrongIpv4Range } from "../cidr";
import { checkNumber, refuseRepetition } from "../lists";
import type { Section } from "../section";
import { plainHttp } from "../plain-http";
import { anyText, choice, flag, listOf, mapOf, needed, plainNumber, object, plainText, text } from "../shape";
import { given } from "../wording";
import { checkCertificate, otherIngress } from "./entry-tls";
import { securityGroupShape } from "./group-names";
import { wrongAccountId, wrongBucketName, wrongSecurityGroupId } from "./rules";
import { checkDeploymentTags, checkLoadBalancerTags } from "./tags";

export { otherIngress, tlsSaidByAws } from "./entry-tls";

export const dnsShape = object<AwsDnsArgs>("AwsDnsArgs", {
    zoneId: text,
    privateZone: flag,
    validationZoneId: text,
    certificateArn: text,
    externalDns: flag,
});

export const loadBalancerShape = object<AwsLoadBalancerArgs>("AwsLoadBalancerArgs", {
    name: plainText,
    scheme: choice(AwsLoadBalancerScheme),
    inboundCidrs: listOf(plainText),
    tlsPolicy: plainText,
    webAclArn: text,
    accessLog: object<AwsAccessLogArgs>("AwsAccessLogArgs", {
        bucket: needed(text, "the name of an S3 bucket"),
        prefix: text,
    }),
    idleTimeoutSeconds: plainNumber,
    securityGroupIds: listOf(text),
    tags: mapOf(anyText),
});

export const privateLinkShape = object<AwsPrivateLinkArgs>("AwsPrivateLinkArgs", {
    allowedAccountIds: needed(listOf(text), "the accounts that may connect"),
    acceptanceRequired: flag,
    inboundCidrs: listOf(plainText),
    privateDnsName: text,
    loadBalancerName: text,
    targetGroupName: text,
    securityGroup: securityGroupShape,
});

type Args = Section<WandbDeploymentArgs>;

/** `aws.dns`, `aws.loadBalancer`, `aws.privateLink`: how users come in. */
export function checkEntry(args: Args): void {
    const aws = args.section("aws");
    const dns = aws?.section("dns");
    checkCertificate(args, dns);
    if (dns !== undefined) {
        checkDns(args, dns);
    }
    const loadBalancer = aws?.section("loadBalancer");
    if (loadBalancer !== undefined) {
        checkLoadBalancer(args, loadBalancer);
    }
    checkDeploymentTags(args);
    const privateLink = aws?.section("privateLink");
    if (privateLink !== undefined) {
        checkPrivateLink(args, privateLink);
    }
}

function checkDns(args: Args, dns: Section<AwsDnsArgs>): void {
    dns.check("zoneId", wrongZoneId);
    dns.check("validationZoneId", wrongZoneId);
    dns.check("certificateArn", wrongCertificateArn);
    for (const key of ["privateZone", "externalDns"] as const) {
        if (dns.flag(key) === true && !dns.has("zoneId")) {
            dns.refuse(key, "is true, but `aws.dns.zoneId` is not given. Give the zone, or leave this out.");
        }
    }
    if (!dns.has("zoneId")) {
        return;
    }
    if (dns.flag("externalDns") === true) {
        if (args.section("ingress")?.flag("create") === false) {
            dns.refuse(
                "externalDns",
                "has no effect: `ingress.create` is false, and external-dns makes records from the Ingress. Leave it out.",
            );
        }
        return;
    }
    const unread = neverRead(args);
    if (unread !== undefined) {
        dns.refuse(
            "zoneId",
            `needs the address of the load balancer, but ${unread}. Change that, or set \`aws.dns.externalDns\`, or leave the zone out and make the record yourself.`,
        );
    }
    if (args.section("readiness")?.flag("probe") === true) {
        args.report(
            "readiness.probe",
            "is true, but with `aws.dns.zoneId` the record of the host is made only after W&B is ready, so the host could not be found. Leave it out.",
        );
    }
}

/** Why no address of a load balancer of AWS is ever read. */
function neverRead(args: Args): string | undefined {
    const other = otherIngress(args);
    if (other !== undefined) {
        return other;
    }
    if (args.section("readiness")?.flag("wait") === false) {
        return "`readiness.wait` is false, so nobody waits for it";
    }
    return args.flag("createCustomResource") === false
        ? "`createCustomResource` is false, so another tool makes W&B later"
        : undefined;
}

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html */
function wrongZoneId(id: string): string | undefined {
    if (/^[A-Z0-9]{1,32}$/.test(id)) {
        return undefined;
    }
    const hint = id.startsWith("/hostedzone/")
        ? "Leave /hostedzone/ out"
        : "Give its id, for example Z0123456789ABCDEFGHIJ, not its name";
    return `is not the id of a Route 53 hosted zone ${given(id)}. ${hint}.`;
}

function wrongCertificateArn(arn: string): string | undefined {
    const acm = /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[A-Za-z0-9-]+$/;
    const iam = /^arn:aws[a-z-]*:iam::\d{12}:server-certificate\/[\w+=,.@/-]+$/;
    return acm.test(arn) || iam.test(arn)
        ? undefined
        : `is not the ARN of a certificate ${given(arn)}. Give arn:aws:acm:<region>:<account>:certificate/<id>.`;
}

function checkLoadBalancer(args: Args, section: Section<AwsLoadBalancerArgs>): void {
    const other = otherIngress(args);
    if (other !== undefined && section.givenKeys().length > 0) {
        args.report("aws.loadBalancer", `has no effect: ${other}. Leave out the one or the other.`);
        return;
    }
    section.check("name", wrongLoadBalancerName);
    checkRanges(section);
    section.check("tlsPolicy", (name) =>
        /^ELBSecurityPolicy-[A-Za-z0-9-]+$/.test(name)
            ? undefined
            : `is not the name of a security policy ${given(name)}. Give for example ELBSecurityPolicy-TLS13-1-2-Res-2021-06.`,
    );
    const plain = plainHttp(args);
    if (section.has("tlsPolicy") && plain !== undefined) {
        section.refuse("tlsPolicy", `has no effect: ${plain}. Leave out the one or the other.`);
    }
    section.check("webAclArn", wrongWebAclArn);
    checkAccessLog(section.section("accessLog"));
    checkNumber(section, "idleTimeoutSeconds", 1, 4000);
    checkSecurityGroups(section);
    checkLoadBalancerTags(section);
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
function wrongLoadBalancerName(name: string): string | undefined {
    const valid = /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(name);
    return valid
        ? undefined
        : `is not a name of a load balancer ${given(name)}. Use at most 32 letters, digits and hyphens, no hyphen at the ends and no internal- in front.`;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
function wrongTargetGroupName(name: string): string | undefined {
    return /^[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(name)
        ? undefined
        : `is not a name of a target group ${given(name)}. Use at most 32 letters, digits and hyphens, no hyphen at the ends.`;
}

function wrongWebAclArn(arn: string): string | undefined {
    if (/^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:\d{12}:regional\/webacl\/[\w-]+\/[\w-]+$/.test(arn)) {
        return undefined;
    }
    return /:wafv2:.*:global\//.test(arn)
        ? `is a web ACL of CloudFront ${given(arn)}, which a load balancer cannot use. Give a regional one.`
        : `is not the ARN of a WAFv2 web ACL ${given(arn)}. Give arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>.`;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
function checkAccessLog(log: Section<AwsAccessLogArgs> | undefined): void {
    log?.check("bucket", wrongBucketName);
    log?.check("prefix", (prefix) => {
        if (/^\/|\/$/.test(prefix)) {
            return `starts or ends with a slash ${given(prefix)}. Leave it out.`;
        }
        if (prefix.includes("AWSLogs")) {
            return `holds AWSLogs ${given(prefix)}, which AWS adds by itself. Leave it out.`;
        }
        return /[,=\s]/.test(prefix)
            ? `holds a comma, an equals sign or a space ${given(prefix)}, which the load balancer controller cannot read. Leave it out.`
            : undefined;
    });
}

function checkSecurityGroups(section: Section<AwsLoadBalancerArgs>): void {
    if (!section.has("securityGroupIds")) {
        return;
    }
    if (section.has("inboundCidrs")) {
        section.refuse(
            "inboundCidrs",
            "has no effect next to `aws.loadBalancer.securityGroupIds`, whose rules count. Leave out the one or the other.",
        );
    }
    const groups = section.texts("securityGroupIds");
    if (groups.length === 0 && !section.pending("securityGroupIds")) {
        section.refuse("securityGroupIds", "is empty. Give at least one, or leave it out.");
    }
    for (const group of groups) {
        section.checkEntry(group, wrongSecurityGroupId);
    }
    refuseRepetition(section, groups);
}

/** Ranges that may connect. */
function checkRanges(section: Section<Pick<AwsLoadBalancerArgs, "inboundCidrs">>): void {
    const ranges = section.texts("inboundCidrs");
    if (section.has("inboundCidrs") && ranges.length === 0 && !section.pending("inboundCidrs")) {
        section.refuse("inboundCidrs", "is empty, so nobody could connect. Give at least one range, or leave it out.");
    }
    ranges.forEach((range) => section.checkEntry(range, wrongIpv4Range));
    refuseRepetition(section, ranges);
}

function checkPrivateLink(args: Args, section: Section<AwsPrivateLinkArgs>): void {
    const unread = neverRead(args);
    if (unread !== undefined) {
        args.report(
            "aws.privateLink",
            `needs the load balancer of AWS, but ${unread}. Leave out the one or the other.`,
        );
    }
    const accounts = section.texts("allowedAccountIds");
    if (accounts.length === 0 && section.has("allowedAccountIds") && !section.pending("allowedAccountIds")) {
        section.refuse("allowedAccountIds", "is empty, so nobody could connect. Give the accounts, 12 digits each.");
    }
    accounts.forEach((account) => section.checkEntry(account, wrongAccountId));
    refuseRepetition(section, accounts);
    checkRanges(section);
    section.check("privateDnsName", (name) => ingressHost(name, { wildcard: true }));
    section.check("loadBalancerName", wrongLoadBalancerName);
    section.check("targetGroupName", wrongTargetGroupName);
    const name = section.text("loadBalancerName");
    if (name !== undefined && name === args.section("aws")?.section("loadBalancer")?.text("name")) {
        section.refuse(
            "loadBalancerName",
            `is that of \`aws.loadBalancer.name\` too ${given(name)}, which is another load balancer. Give another name.`,
        );
    }
}
