import type { WandbDeploymentArgs } from "../../args";
import type { AwsDnsArgs } from "../../aws/args/entry";
import { ClassAnnotation } from "../annotations";
import { hostParts } from "../host";
import { plainHttp } from "../plain-http";
import type { Section } from "../section";
import { given } from "../wording";

type Args = Section<WandbDeploymentArgs>;

export const CertificateAnnotation = "alb.ingress.kubernetes.io/certificate-arn";

/** What says that the Ingress does not become a load balancer of AWS; absent when it does. */
export function otherIngress(args: Args): string | undefined {
    const ingress = args.section("ingress");
    if (ingress?.flag("create") === false) {
        return "`ingress.create` is false";
    }
    const annotation = ingress?.texts("annotations").find(({ key }) => key === ClassAnnotation);
    if (ingress === undefined || (!ingress.has("className") && annotation === undefined)) {
        return undefined;
    }
    const className = ingress.text("className") ?? annotation?.value;
    if (className === undefined) {
        return "the class of the Ingress is an Output, which could be any";
    }
    return className === "alb" ? undefined : `the Ingress has another class ${given(className)} than alb`;
}

/** Whether `aws.dns` says how TLS ends, so that `ingress.tls` need not. Whether it says so rightly is seen by `checkCertificate`. */
export function tlsSaidByAws(args: Args): boolean {
    const aws = args.section("aws");
    const dns = aws?.section("dns");
    if (otherIngress(args) !== undefined) {
        return false;
    }
    return dns === undefined
        ? args.pending("aws") || aws?.pending("dns") === true
        : dns.givenOf("zoneId", "certificateArn", "validationZoneId").length > 0;
}

/** The certificate: who has it, and whether it is of use. */
export function checkCertificate(args: Args, dns: Section<AwsDnsArgs> | undefined): void {
    checkTlsSecret(args);
    if (dns === undefined) {
        return;
    }
    const annotation = args
        .section("ingress")
        ?.texts("annotations")
        .find(({ key }) => key === CertificateAnnotation);
    const useless = otherIngress(args) ?? plainHttp(args);
    for (const key of dns.givenOf("certificateArn", "validationZoneId")) {
        if (useless !== undefined) {
            dns.refuse(
                key,
                `has no effect: ${useless}, so no load balancer of AWS ends TLS. Leave out the one or the other.`,
            );
        } else if (annotation !== undefined) {
            dns.refuse(key, `has no effect next to \`${annotation.path}\`, which names a certificate too. Keep one.`);
        }
    }
    if (dns.has("certificateArn") && dns.has("validationZoneId")) {
        dns.refuse(
            "validationZoneId",
            "has no effect next to `aws.dns.certificateArn`: no certificate is made. Leave out the one or the other.",
        );
    }
    const made = useless === undefined && annotation === undefined && !dns.has("certificateArn");
    if (made && dns.has("zoneId") && dns.flag("privateZone") === true && !dns.has("validationZoneId")) {
        dns.refuse(
            "privateZone",
            "is true, and a private zone cannot prove that a certificate may be made for the host. Give `aws.dns.certificateArn`, or `aws.dns.validationZoneId` with a public zone, or set `ingress.tls.enabled` to false.",
        );
    }
    if (made && dns.givenOf("zoneId", "validationZoneId").length > 0) {
        checkNames(args);
    }
}

/** Characters of the first name and number of all names: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const LongestFirstName = 64;
const MostNames = 100;

function checkNames(args: Args): void {
    const host = args.text("host");
    const length = host === undefined ? 0 : hostParts(host).name.length;
    if (length > LongestFirstName) {
        args.refuse(
            "host",
            `is too long for a certificate that AWS makes (${length} characters). Use at most ${LongestFirstName}, or give a certificate of your own as \`aws.dns.certificateArn\`.`,
        );
    }
    const names = 1 + (args.section("ingress")?.texts("additionalHosts").length ?? 0);
    if (names > MostNames) {
        args.report(
            "ingress.additionalHosts",
            `makes ${names} names with \`host\`, and AWS makes certificates for ${MostNames} at most. Use wildcards, or give a certificate of your own as \`aws.dns.certificateArn\`.`,
        );
    }
}

/** The load balancer of AWS reads no Secrets. */
function checkTlsSecret(args: Args): void {
    const tls = args.section("ingress")?.section("tls");
    if (tls === undefined || otherIngress(args) !== undefined) {
        return;
    }
    const [first] = tls.givenOf("secretName", "certificate", "privateKey");
    if (first !== undefined) {
        tls.refuse(
            first,
            "has no effect: the load balancer of AWS reads certificates from ACM, not from Secrets. Give `aws.dns.zoneId` or `aws.dns.certificateArn` instead, or name an Ingress class of your own.",
        );
    }
}
