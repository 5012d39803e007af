import type { WandbDeploymentArgs } from "../../args";
import {
    AzureAcmeChallenge,
    type AzureAcmeArgs,
    type AzureDnsArgs,
    AzureIngressController,
    AzureLoadBalancerScheme,
} from "../../azure/args/entry";
import { IngressClasses } from "../../azure/entry-plan";
import { CertificateAnnotations, CertManagerAnnotations, ClassAnnotation } from "../annotations";
import { plainHttp } from "../plain-http";
import type { Section } from "../section";
import { given } from "../wording";

type Args = Section<WandbDeploymentArgs>;

/** How TLS may end, where an entry of Azure's is used; completes "Choose one: ". */
export const AzureTlsChoices = [
    "`azure.dns.zoneId` (resource id of the public Azure DNS zone of `host`: certificate and DNS record are made)",
    "`azure.dns.acme` (certificate by HTTP-01, once you have pointed `host` to the output `address`)",
    "`ingress.tls.secretName` (a kubernetes.io/tls Secret, your own or one that cert-manager fills by an annotation)",
    "`ingress.tls.certificate` with `ingress.tls.privateKey` (PEM)",
    "`ingress.tls.enabled`: false (plain HTTP, or a proxy in front ends TLS)",
    "`ingress.create`: false (you route to W&B yourself)",
];

/** Who makes the entry; the gateway while nobody knows. */
export function controllerOf(args: Args): AzureIngressController {
    const said = args.section("azure")?.section("loadBalancer")?.text("controller");
    return said === AzureIngressController.AppRouting ? said : AzureIngressController.ApplicationGateway;
}

/** Whether the entry is reached from the network only. */
export function isInternal(args: Args): boolean {
    return args.section("azure")?.section("loadBalancer")?.text("scheme") === AzureLoadBalancerScheme.Internal;
}

/** What says that Azure makes no entry of the Ingress; absent when it does. */
export function otherIngress(args: Args): string | undefined {
    const ingress = args.section("ingress");
    if (ingress?.flag("create") === false) {
        return "`ingress.create` is false";
    }
    const { annotation, field } = IngressClasses[controllerOf(args)];
    if (ingress?.has("className") === true && ingress.text("className") !== field) {
        const className = ingress.text("className");
        return className === undefined
            ? "`ingress.className` is an Output, which could be any"
            : `\`ingress.className\` names another class ${given(className)} than ${field}`;
    }
    const said = ingress?.texts("annotations").find(({ key }) => key === ClassAnnotation);
    if (said === undefined || (annotation !== undefined && said.value === annotation)) {
        return undefined;
    }
    return said.value === undefined
        ? "the class of the Ingress is an Output, which could be any"
        : `the Ingress has another class ${given(said.value)} than ${annotation ?? field}`;
}

/** Whether `azure` says how TLS ends, so that `ingress.tls` need not. */
export function tlsSaidByAzure(args: Args): boolean {
    const azure = args.section("azure");
    if (azure === undefined || otherIngress(args) !== undefined) {
        return args.pending("azure");
    }
    const dns = azure.section("dns");
    return azure.pending("dns") || (dns?.flag("privateZone") !== true && givesCertificate(dns));
}

function givesCertificate(dns: Section<AzureDnsArgs> | undefined): boolean {
    return dns?.has("zoneId") === true || dns?.has("acme") === true;
}

/** What says that TLS ends with a certificate of the caller's. */
function ownCertificate(args: Args): string | undefined {
    const ingress = args.section("ingress");
    const [part] = ingress?.section("tls")?.givenOf("secretName", "certificate") ?? [];
    if (part !== undefined) {
        return `\`ingress.tls.${part}\` names another certificate`;
    }
    if (ingress?.has("issuer") === true) {
        return "`ingress.issuer` names another issuer";
    }
    const names = [...CertificateAnnotations, ...CertManagerAnnotations];
    const annotation = ingress?.texts("annotations").find(({ key }) => names.includes(key));
    return annotation && `\`${annotation.path}\` names another certificate or issuer`;
}

/** How it is shown that the hosts are the caller's; absent when cert-manager is not asked for a certificate. */
export function challengeOf(args: Args): AzureAcmeChallenge | undefined {
    const dns = args.section("azure")?.section("dns");
    const settled = otherIngress(args) ?? plainHttp(args) ?? ownCertificate(args);
    if (settled !== undefined || !givesCertificate(dns) || dns?.flag("privateZone") === true) {
        return undefined;
    }
    const byDefault = dns?.has("zoneId") === true ? AzureAcmeChallenge.Dns01 : AzureAcmeChallenge.Http01;
    const said = dns?.section("acme")?.text("challenge");
    return said === AzureAcmeChallenge.Dns01 || said === AzureAcmeChallenge.Http01 ? said : byDefault;
}

/** `azure.dns`, as far as certificates go. */
export function checkCertificate(args: Args, dns: Section<AzureDnsArgs>): void {
    const isPrivate = dns.flag("privateZone") === true;
    const settled = otherIngress(args) ?? plainHttp(args) ?? ownCertificate(args);
    if (dns.has("acme") && settled !== undefined) {
        dns.refuse("acme", `has no effect: ${settled}. Leave out the one or the other.`);
    } else if (dns.has("acme") && isPrivate) {
        dns.refuse(
            "acme",
            "needs a host that the authority can look up, but `azure.dns.privateZone` is true. Give a certificate in `ingress.tls`, or a public zone.",
        );
    } else if (isPrivate && settled === undefined && !mayBeSettled(args)) {
        dns.refuse(
            "privateZone",
            "is true, and no public authority issues a certificate for a host that it cannot look up. Give a certificate in `ingress.tls`, or set `ingress.tls.enabled` to false.",
        );
    }
    const acme = dns.section("acme");
    if (acme !== undefined) {
        checkAcme(acme, dns);
    }
    if (challengeOf(args) === AzureAcmeChallenge.Http01) {
        checkHttp01(args, acme?.at("challenge") ?? dns.at("acme"));
    }
}

function checkAcme(acme: Section<AzureAcmeArgs>, dns: Section<AzureDnsArgs>): void {
    acme.check("email", (address) =>
        /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)
            ? undefined
            : `is not an address ${given(address)}. Give for example ops@example.com.`,
    );
    acme.check("server", (url) =>
        /^https:\/\/[^\s/]+\/\S*$/.test(url)
            ? undefined
            : `is not the URL of a directory of ACME ${given(url)}. Give for example https://acme-v02.api.letsencrypt.org/directory.`,
    );
    if (acme.text("challenge") === AzureAcmeChallenge.Dns01 && !dns.has("zoneId")) {
        acme.refuse("challenge", "is dns-01, which needs a zone. Give `azure.dns.zoneId`, or leave this out.");
    }
}

/** The authority asks on port 80, from addresses that it does not tell: https://letsencrypt.org/docs/challenge-types/#http-01-challenge */
function checkHttp01(args: Args, path: string): void {
    const remedy = "Give `azure.dns.zoneId` for DNS-01, or a certificate in `ingress.tls`.";
    if (isInternal(args)) {
        args.report(
            path,
            `is HTTP-01, but \`azure.loadBalancer.scheme\` is internal, so the authority cannot reach the host. ${remedy}`,
        );
    } else if (args.section("azure")?.section("loadBalancer")?.has("inboundCidrs") === true) {
        args.report(
            path,
            `is HTTP-01, but \`azure.loadBalancer.inboundCidrs\` shuts the authority out, so neither issue nor renewal could work. ${remedy}`,
        );
    }
    const wildcard = args
        .section("ingress")
        ?.texts("additionalHosts")
        .find(({ value }) => value?.startsWith("*."));
    if (wildcard?.value !== undefined) {
        args.report(
            wildcard.path,
            `has a wildcard ${given(wildcard.value)}, for which no authority takes HTTP-01. Name each host, or give \`azure.dns.zoneId\`.`,
        );
    }
}

/** What is not known yet may say how TLS ends. */
function mayBeSettled(args: Args): boolean {
    return args.pending("ingress") || args.section("ingress")?.pending("tls") === true;
}
