import { X509Certificate, createPrivateKey } from "node:crypto";
import type { WandbDeploymentArgs } from "../args";
import type { IngressTlsArgs } from "../args/ingress";
import { CertManagerAnnotations, CertificateAnnotations } from "./annotations";
import { otherIngress, tlsSaidByAws } from "./aws/entry";
import { AzureTlsChoices, otherIngress as otherAzureIngress, tlsSaidByAzure } from "./azure/entry";
import { otherIngress as otherGoogleIngress, tlsSaidByGcp } from "./gcp/entry";
import { hostParts } from "./host";
import { certificates, pemBlocks, privateKey } from "./pem";
import type { Section } from "./section";
import { objectName } from "./syntax";
import { codes, given, list } from "./wording";

const Choices = [
    "`ingress.tls.secretName` (a kubernetes.io/tls Secret, your own or one that cert-manager fills)",
    "`ingress.tls.certificate` with `ingress.tls.privateKey` (PEM)",
    `a certificate annotation of the cloud's load balancer in \`ingress.annotations\` (${CertificateAnnotations.join(", ")})`,
    "`ingress.issuer.provider`: google",
    "`ingress.tls.enabled`: false (plain HTTP, or a proxy in front ends TLS)",
    "`ingress.create`: false (you route to W&B yourself)",
];

/** The load balancer of AWS reads no Secrets. */
const AwsChoices = [
    "`aws.dns.zoneId` (id of the public Route 53 hosted zone of `host`: certificate and DNS record are made)",
    "`aws.dns.certificateArn` (a certificate of your own in ACM; unless `aws.dns.zoneId` is given too, you make the DNS record to the output `address`)",
    "`ingress.tls.enabled`: false (plain HTTP, or a proxy in front ends TLS)",
    "`ingress.create`: false (you route to W&B yourself)",
];

/** Google issues no certificates for hosts that it cannot look up. */
const GcpChoices = [
    "`gcp.dns.certificateNames` (SSL certificates of your own in the project; in the region for an internal load balancer)",
    ...Choices.slice(0, 2),
    ...Choices.slice(-2),
];

/** How TLS ends must be said, and only once. */
export function checkTls(args: Section<WandbDeploymentArgs>): void {
    const tls = args.section("ingress")?.section("tls");
    if (tls !== undefined) {
        checkParts(args, tls);
    }
    const ways = tls === undefined ? [] : waysOf(tls);
    if (ways.length > 1) {
        args.report("ingress.tls", `says more than once how TLS ends (${codes(ways)}). Keep one.`);
    }
    const host = args.text("host");
    const plain = host !== undefined && hostParts(host).scheme === "http";
    const ends = ways.filter((way) => way !== "enabled: false");
    if (plain && (ends.length > 0 || tls?.flag("enabled") === true)) {
        args.report(
            "ingress.tls",
            `ends TLS, but \`host\` says http:// ${given(host)}. Write \`host\` with https:// or without scheme, or leave \`ingress.tls\` out.`,
        );
    }
    checkIssuer(args, ways);
    if (ways.length === 0 && !plain && !saidElsewhere(args)) {
        args.report("ingress.tls", notSaid(args, tls !== undefined));
    }
}

/** The ways that `ingress.tls` names. */
function waysOf(tls: Section<IngressTlsArgs>): string[] {
    return [
        ...(tls.flag("enabled") === false ? ["enabled: false"] : []),
        ...tls.givenOf("secretName"),
        ...(tls.givenOf("certificate", "privateKey").length > 0 ? ["certificate"] : []),
    ];
}

function checkIssuer(args: Section<WandbDeploymentArgs>, ways: readonly string[]): void {
    if (ways.length > 0 && args.section("ingress")?.has("issuer") === true) {
        args.report(
            "ingress.issuer",
            `is given together with \`ingress.tls\` (${codes(ways)}), and the chart takes only one. Leave out the one or the other.`,
        );
    }
}

/** Whether TLS is settled outside `ingress.tls`, or may be: what is not known yet is not asked for. */
function saidElsewhere(args: Section<WandbDeploymentArgs>): boolean {
    if (tlsSaidByAws(args) || tlsSaidByGcp(args) || tlsSaidByAzure(args)) {
        return true;
    }
    const overridden = Object.hasOwn(args.tree("values") ?? {}, "ingress");
    if (overridden || args.pending("host") || args.pending("ingress") || args.pending("values")) {
        return true;
    }
    const ingress = args.section("ingress");
    if (ingress === undefined) {
        return false;
    }
    const pending = (["create", "annotations", "tls"] as const).some((key) => ingress.pending(key));
    const absent = ingress.flag("create") === false;
    const annotated = ingress.texts("annotations").some(({ key }) => CertificateAnnotations.includes(key));
    return (
        absent || pending || annotated || ingress.has("issuer") || ingress.section("tls")?.pending("enabled") === true
    );
}

function notSaid(args: Section<WandbDeploymentArgs>, begun: boolean): string {
    const ingress = args.section("ingress");
    if (ingress?.texts("annotations").some(({ key }) => CertManagerAnnotations.includes(key)) === true) {
        return "is not said, but an annotation asks cert-manager for a certificate. Give `ingress.tls.secretName`, the Secret that cert-manager shall fill.";
    }
    const what = begun
        ? "says that TLS ends at the Ingress, but not with which certificate"
        : "is missing: how TLS ends has no safe default";
    return `${what}. Choose one: ${list(choices(args), "or")}.`;
}

function choices(args: Section<WandbDeploymentArgs>): string[] {
    if (args.has("existing")) {
        return Choices;
    }
    if (args.has("aws") && otherIngress(args) === undefined) {
        return AwsChoices;
    }
    if (args.has("azure") && otherAzureIngress(args) === undefined) {
        return AzureTlsChoices;
    }
    return args.has("gcp") && otherGoogleIngress(args) === undefined ? GcpChoices : Choices;
}

function checkParts(args: Section<WandbDeploymentArgs>, tls: Section<IngressTlsArgs>): void {
    tls.check("secretName", (name) => objectName(name));
    const pair = tls.givenOf("certificate", "privateKey");
    if (pair.length === 1) {
        const absent = pair[0] === "certificate" ? "privateKey" : "certificate";
        tls.refuse(absent, `is missing, but \`${tls.at(pair[0])}\` is given. Give both, or neither.`);
    }
    const certificate = tls.text("certificate");
    const key = tls.text("privateKey");
    const wrongCertificate =
        certificate === undefined ? undefined : (certificates(certificate) ?? unreadable(certificate));
    const wrongKey = key === undefined ? undefined : privateKey(key);
    if (wrongCertificate !== undefined) {
        tls.refuse("certificate", wrongCertificate);
    }
    if (wrongKey !== undefined) {
        tls.refuse("privateKey", wrongKey);
    }
    if (certificate === undefined || wrongCertificate !== undefined) {
        return;
    }
    const chain = readChain(certificate);
    if (key !== undefined && wrongKey === undefined) {
        const wrong = wrongPair(chain, key);
        if (wrong !== undefined) {
            tls.refuse("privateKey", wrong);
        }
    }
    checkCoverage(args, tls, chain[0]);
}

function readChain(certificate: string): X509Certificate[] {
    return pemBlocks(certificate).map(({ body }) => new X509Certificate(Buffer.from(body, "base64")));
}

function unreadable(certificate: string): string | undefined {
    try {
        readChain(certificate);
        return undefined;
    } catch {
        return "holds a CERTIFICATE block that cannot be read as an X.509 certificate. Copy the file again.";
    }
}

function wrongPair(chain: readonly X509Certificate[], key: string): string | undefined {
    try {
        const parsed = createPrivateKey(key);
        if (chain[0].checkPrivateKey(parsed)) {
            return undefined;
        }
        return chain.some((certificate) => certificate.checkPrivateKey(parsed))
            ? "belongs to a later certificate of `ingress.tls.certificate`, not to its first. Put the server's certificate first, then its issuers."
            : "does not belong to the certificate in `ingress.tls.certificate`. Give the key that the certificate was made for.";
    } catch {
        return "cannot be read as a private key. Copy the file again.";
    }
}

/** Browsers look at the subject alternative names only. */
function checkCoverage(args: Section<WandbDeploymentArgs>, tls: Section<IngressTlsArgs>, leaf: X509Certificate): void {
    const host = args.text("host");
    const additional = args.section("ingress")?.texts("additionalHosts") ?? [];
    const names = [host === undefined ? undefined : hostParts(host).name, ...additional.map(({ value }) => value)];
    const uncovered = names.filter(
        (name) =>
            name !== undefined &&
            /^[a-z0-9.-]+$/.test(name) &&
            leaf.checkHost(name, { subject: "never" }) === undefined,
    );
    if (uncovered.length > 0) {
        tls.refuse(
            "certificate",
            `does not cover ${list(uncovered.map(String))}: its subject alternative names are ${leaf.subjectAltName ?? "none"}. Give a certificate for all host names.`,
        );
    }
}
