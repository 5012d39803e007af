import type { WandbDeploymentArgs } from "../../args";
import { type GcpDnsArgs, GcpLoadBalancerScheme } from "../../gcp/args/entry";
import { ClassAnnotation } from "../annotations";
import { hostParts } from "../host";
import { refuseRepetition } from "../lists";
import { plainHttp } from "../plain-http";
import type { Section } from "../section";
import { given } from "../wording";
import { wrongComputeName } from "./compute-names";

type Args = Section<WandbDeploymentArgs>;

/** Annotations by which the caller names certificates. */
const CertificateAnnotations = ["ingress.gcp.kubernetes.io/pre-shared-cert", "networking.gke.io/managed-certificates"];

/** Whether the load balancer is reached from the network only. */
export function isInternal(args: Args): boolean {
    const scheme = args.section("gcp")?.section("loadBalancer")?.text("scheme");
    return scheme === GcpLoadBalancerScheme.Internal;
}

/** Whether it is not known: then neither kind is refused anything. */
export function mayBeInternal(args: Args): boolean {
    const gcp = args.section("gcp");
    return (
        isInternal(args) ||
        gcp?.pending("loadBalancer") === true ||
        gcp?.section("loadBalancer")?.pending("scheme") === true
    );
}

/** What says that the Ingress does not become a load balancer of GKE; absent when it does. */
export function otherIngress(args: Args): string | undefined {
    const ingress = args.section("ingress");
    if (ingress?.flag("create") === false) {
        return "`ingress.create` is false";
    }
    // GKE reads the annotation only, which this field excludes.
    if (ingress?.has("className") === true) {
        return "`ingress.className` names a class, and GKE serves none by that field";
    }
    const annotation = ingress?.texts("annotations").find(({ key }) => key === ClassAnnotation);
    const own = isInternal(args) ? "gce-internal" : "gce";
    if (annotation === undefined || annotation.value === own) {
        return undefined;
    }
    return annotation.value === undefined
        ? "the class of the Ingress is an Output, which could be any"
        : `the Ingress has another class ${given(annotation.value)} than ${own}`;
}

/** Whether `gcp` says how TLS ends, so that `ingress.tls` need not: Google issues certificates for an external load balancer unasked. */
export function tlsSaidByGcp(args: Args): boolean {
    const gcp = args.section("gcp");
    if (gcp === undefined || otherIngress(args) !== undefined) {
        return args.pending("gcp");
    }
    const dns = gcp.section("dns");
    return (
        gcp.pending("dns") ||
        gcp.pending("loadBalancer") ||
        dns?.has("certificateNames") === true ||
        (!isInternal(args) && dns?.flag("privateZone") !== true)
    );
}

/** Whether the caller says by other means with which certificate TLS ends. */
function ownCertificate(args: Args): boolean {
    const ingress = args.section("ingress");
    const tls = ingress?.section("tls");
    return (
        args.section("gcp")?.section("dns")?.has("certificateNames") === true ||
        (tls?.givenOf("secretName", "certificate").length ?? 0) > 0 ||
        ingress?.has("issuer") === true ||
        ingress?.texts("annotations").some(({ key }) => CertificateAnnotations.includes(key)) === true
    );
}

/** Whether Google issues certificates for the hosts. */
export function createsCertificate(args: Args): boolean {
    const settled = otherIngress(args) ?? plainHttp(args);
    const isPrivate = args.section("gcp")?.section("dns")?.flag("privateZone") === true;
    return settled === undefined && !isInternal(args) && !isPrivate && !ownCertificate(args);
}

/** The certificates: who has them, and whether they are of use. */
export function checkCertificate(args: Args, dns: Section<GcpDnsArgs> | undefined): void {
    const useless = otherIngress(args) ?? plainHttp(args);
    if (dns?.has("certificateNames") === true) {
        checkOwnNames(args, dns, useless);
    }
    const isPrivate = dns?.flag("privateZone") === true;
    if (isPrivate && useless === undefined && !isInternal(args) && !ownCertificate(args)) {
        dns.refuse(
            "privateZone",
            "is true, and Google issues no certificate for a host that it cannot look up. Give `gcp.dns.certificateNames`, or a certificate in `ingress.tls`, or set `ingress.tls.enabled` to false.",
        );
    }
    if (createsCertificate(args)) {
        checkNames(args);
    }
}

/** Certificates that a load balancer takes: https://docs.cloud.google.com/load-balancing/docs/quotas */
const MostCertificates = 15;
/** https://docs.cloud.google.com/kubernetes-engine/docs/how-to/managed-certs#limitations */
const LongestName = 63;

function checkOwnNames(args: Args, dns: Section<GcpDnsArgs>, useless: string | undefined): void {
    const names = dns.texts("certificateNames");
    if (useless !== undefined) {
        dns.refuse(
            "certificateNames",
            `has no effect: ${useless}, so no load balancer of GKE ends TLS. Leave out the one or the other.`,
        );
    } else if (names.length === 0 && !dns.pending("certificateNames")) {
        dns.refuse("certificateNames", "is empty. Give at least one, or leave it out.");
    } else if (names.length > MostCertificates) {
        dns.refuse(
            "certificateNames",
            `has ${names.length} names, and a load balancer takes ${MostCertificates} certificates at most. Use certificates for several hosts.`,
        );
    }
    const annotation = args
        .section("ingress")
        ?.texts("annotations")
        .find(({ key }) => key === CertificateAnnotations[0]);
    if (annotation !== undefined) {
        dns.refuse("certificateNames", `has no effect next to \`${annotation.path}\`, which says the same. Keep one.`);
    }
    names.forEach((name) => dns.checkEntry(name, wrongCertificateName));
    refuseRepetition(dns, names);
}

function wrongCertificateName(name: string): string | undefined {
    return name.includes("/certificates/")
        ? `is a certificate of Certificate Manager ${given(name)}, which GKE's Ingress does not take. Give the name of an SSL certificate of Compute Engine.`
        : wrongComputeName(name);
}

/** Names for which Google issues certificates, one each. */
function checkNames(args: Args): void {
    const remedy = "give certificates of your own as `gcp.dns.certificateNames`";
    const host = args.text("host");
    const bare = host === undefined ? "" : hostParts(host).name;
    if (bare.length > LongestName) {
        args.refuse(
            "host",
            `is too long for a certificate that Google issues (${bare.length} characters). Use at most ${LongestName}, or ${remedy}.`,
        );
    }
    const others = args.section("ingress")?.texts("additionalHosts") ?? [];
    for (const { value, path } of others) {
        if (value?.startsWith("*.") === true) {
            args.report(
                path,
                `has a wildcard ${given(value)}, and Google issues no certificates for those here. Name each host, or ${remedy}.`,
            );
        } else if (value !== undefined && value.length > LongestName) {
            args.report(
                path,
                `is too long for a certificate that Google issues (${value.length} characters). Use at most ${LongestName}, or ${remedy}.`,
            );
        }
    }
    if (others.length + 1 > MostCertificates) {
        args.report(
            "ingress.additionalHosts",
            `makes ${others.length + 1} names with \`host\`, and a load balancer takes ${MostCertificates} certificates at most. Name fewer, or ${remedy}.`,
        );
    }
}
