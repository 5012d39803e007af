import type { WandbDeploymentArgs } from "../../args";
import type { GcpConsumerArgs, GcpDnsArgs, GcpPrivateServiceConnectArgs } from "../../gcp/args/entry";
import { checkNumber, refuseRepetition } from "../lists";
import type { Section } from "../section";
import { flag, listOf, needed, object, plainNumber, plainText, text } from "../shape";
import { given } from "../wording";
import { wrongComputeName } from "./compute-names";
import { checkOverlaps, wrongSubnetRange } from "./entry-ranges";
import { checkCertificate, createsCertificate, mayBeInternal, otherIngress } from "./entry-tls";
import { checkLoadBalancer } from "./load-balancer";
import { wrongProject } from "./rules";

export { otherIngress, tlsSaidByGcp } from "./entry-tls";
export { loadBalancerShape } from "./load-balancer";

export const dnsShape = object<GcpDnsArgs>("GcpDnsArgs", {
    managedZone: text,
    managedZoneProject: text,
    privateZone: flag,
    certificateNames: listOf(text),
});

export const privateServiceConnectShape = object<GcpPrivateServiceConnectArgs>("GcpPrivateServiceConnectArgs", {
    consumers: listOf(
        object<GcpConsumerArgs>("GcpConsumerArgs", {
            project: needed(text, "the project that may connect"),
            connectionLimit: plainNumber,
        }),
    ),
    acceptAll: flag,
    natCidr: plainText,
    subnetName: text,
    attachmentName: text,
    domainName: text,
});

type Args = Section<WandbDeploymentArgs>;

/** `gcp.dns`, `gcp.loadBalancer`, `gcp.privateServiceConnect`: how users come in. */
export function checkEntry(args: Args): void {
    const gcp = args.section("gcp");
    refuseClassField(args);
    const dns = gcp?.section("dns");
    checkCertificate(args, dns);
    if (dns !== undefined) {
        checkDns(args, dns);
    }
    const loadBalancer = gcp?.section("loadBalancer");
    if (loadBalancer !== undefined) {
        checkLoadBalancer(args, loadBalancer);
    }
    if (createsCertificate(args) && args.section("readiness")?.flag("probe") === true) {
        args.report(
            "readiness.probe",
            "is true, but Google issues the certificate of the host only after W&B is there, so the probe could not end. Leave it out, or give `gcp.dns.certificateNames`.",
        );
    }
    const connect = gcp?.section("privateServiceConnect");
    if (connect !== undefined) {
        checkPrivateServiceConnect(args, connect);
    }
    checkOverlaps(args);
}

/** Who names GKE's classes by the field gets no load balancer at all. */
function refuseClassField(args: Args): void {
    const ingress = args.section("ingress");
    const className = ingress?.text("className");
    if (className === "gce" || className === "gce-internal") {
        ingress?.refuse(
            "className",
            `is a class of GKE ${given(className)}, which reads it from an annotation only. Leave it out, and say by \`gcp.loadBalancer.scheme\` which one you want.`,
        );
    }
}

function checkDns(args: Args, dns: Section<GcpDnsArgs>): void {
    dns.check("managedZone", wrongZoneName);
    dns.check("managedZoneProject", wrongProject);
    for (const key of dns.givenOf("managedZoneProject")) {
        if (!dns.has("managedZone")) {
            dns.refuse(key, "has no effect without `gcp.dns.managedZone`. Give the zone, or leave this out.");
        }
    }
    if (dns.flag("privateZone") === true && !dns.has("managedZone")) {
        dns.refuse("privateZone", "is true, but `gcp.dns.managedZone` is not given. Give the zone, or leave this out.");
    }
    const other = otherIngress(args);
    if (dns.has("managedZone") && other !== undefined) {
        dns.refuse(
            "managedZone",
            `needs the address of the load balancer of GKE, but ${other}. Change that, or leave the zone out and make the record yourself.`,
        );
    }
}

/** https://docs.cloud.google.com/dns/docs/reference/rest/v1/managedZones */
function wrongZoneName(name: string): string | undefined {
    return name.includes(".")
        ? `is a DNS name ${given(name)}. Give the name of the managed zone, for example as \`gcloud dns managed-zones list\` shows it.`
        : wrongComputeName(name);
}

/** Google takes /29 at least: https://docs.cloud.google.com/vpc/docs/about-vpc-hosted-services#psc-subnets */
const SmallestNat = 29;

function checkPrivateServiceConnect(args: Args, section: Section<GcpPrivateServiceConnectArgs>): void {
    const unread = neverRead(args);
    if (unread !== undefined) {
        args.report(
            "gcp.privateServiceConnect",
            `needs the load balancer of GKE, but ${unread}. Leave out the one or the other.`,
        );
    } else if (!mayBeInternal(args)) {
        args.report(
            "gcp.privateServiceConnect",
            "needs an internal load balancer, because Google publishes no other one. Set `gcp.loadBalancer.scheme` to internal.",
        );
    }
    checkConsumers(section);
    section.check("natCidr", (range) => wrongSubnetRange(range, SmallestNat));
    section.check("subnetName", wrongComputeName);
    section.check("attachmentName", wrongComputeName);
    section.check("domainName", (name) =>
        /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.){2,}$/.test(name)
            ? undefined
            : `is not a DNS domain with a point at its end ${given(name)}. Give for example wandb.example.com. with the point.`,
    );
}

function checkConsumers(section: Section<GcpPrivateServiceConnectArgs>): void {
    const consumers = section.sections("consumers");
    const all = section.flag("acceptAll") === true;
    if (section.has("consumers") && all) {
        section.refuse(
            "consumers",
            "has no effect, because `gcp.privateServiceConnect.acceptAll` is true. Leave out the one or the other.",
        );
    } else if (consumers.length === 0 && !all && !section.pending("consumers") && !section.pending("acceptAll")) {
        section.refuse(
            "consumers",
            `${section.has("consumers") ? "is empty" : "is missing"}, so nobody could connect. Give the projects, or set \`acceptAll\`.`,
        );
    }
    for (const { value: consumer } of consumers) {
        consumer?.check("project", wrongConsumer);
        if (consumer !== undefined) {
            checkNumber(consumer, "connectionLimit", 1);
        }
    }
    refuseRepetition(
        section,
        consumers.map(({ key, path, value }) => ({ key, path: `${path}.project`, value: value?.text("project") })),
    );
}

function wrongConsumer(project: string): string | undefined {
    return /^\d+$/.test(project) ? undefined : wrongProject(project);
}

/** Why no load balancer of GKE is ever found. */
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
