import type { WandbDeploymentArgs } from "../../args";
import {
    type AzureAcmeArgs,
    AzureAcmeChallenge,
    type AzureApprovalArgs,
    type AzureDnsArgs,
    AzureIngressController,
    type AzurePrivateLinkArgs,
} from "../../azure/args/entry";
import { checkNumber, refuseRepetition } from "../lists";
import type { Section } from "../section";
import { choice, flag, listOf, object, plainNumber, plainText, text } from "../shape";
import { given } from "../wording";
import { challengeOf, checkCertificate, controllerOf, otherIngress } from "./entry-tls";
import { checkLoadBalancer } from "./load-balancer";
import { wrongGuid, wrongNetworkName, wrongResourceId } from "./rules";

export { AzureTlsChoices, otherIngress, tlsSaidByAzure } from "./entry-tls";
export { loadBalancerShape } from "./load-balancer";

export const dnsShape = object<AzureDnsArgs>("AzureDnsArgs", {
    zoneId: text,
    privateZone: flag,
    acme: object<AzureAcmeArgs>("AzureAcmeArgs", {
        email: text,
        server: text,
        challenge: choice(AzureAcmeChallenge, { dns01: "Use dns-01.", http01: "Use http-01." }),
    }),
});

export const privateLinkShape = object<AzurePrivateLinkArgs>("AzurePrivateLinkArgs", {
    allowedSubscriptionIds: listOf(plainText),
    addresses: plainNumber,
    configurationName: text,
    approval: object<AzureApprovalArgs>("AzureApprovalArgs", {
        schedule: plainText,
        image: text,
        identityName: text,
        roleName: text,
    }),
});

type Args = Section<WandbDeploymentArgs>;

/** `azure.dns`, `azure.loadBalancer`, `azure.privateLink`: how users come in. */
export function checkEntry(args: Args): void {
    const azure = args.section("azure");
    const dns = azure?.section("dns");
    if (dns !== undefined) {
        checkDns(args, dns);
        checkCertificate(args, dns);
    }
    const loadBalancer = azure?.section("loadBalancer");
    if (loadBalancer !== undefined) {
        checkLoadBalancer(args, loadBalancer);
    }
    checkGatewaySubnet(args);
    checkExistingCluster(args);
    if (challengeOf(args) === AzureAcmeChallenge.Http01 && args.section("readiness")?.flag("probe") === true) {
        args.report(
            "readiness.probe",
            "is true, but the certificate is issued only after W&B is there and the host points to it, so the probe could not end. Leave it out, or give `azure.dns.zoneId`.",
        );
    }
    if (
        args.has("charts") &&
        !args.pending("azure") &&
        azure?.pending("dns") !== true &&
        challengeOf(args) === undefined &&
        args.section("charts")?.has("certManager") === true
    ) {
        args.section("charts")?.refuse(
            "certManager",
            "has no effect: cert-manager is not installed, since `azure.dns` asks for no certificate. Leave it out.",
        );
    }
    const link = azure?.section("privateLink");
    if (link !== undefined) {
        checkPrivateLink(args, link);
    }
}

function checkDns(args: Args, dns: Section<AzureDnsArgs>): void {
    const isPrivate = dns.flag("privateZone") === true;
    dns.check("zoneId", (id) => {
        const [type, other] = isPrivate ? ["privateDnsZones", "dnsZones"] : ["dnsZones", "privateDnsZones"];
        if (!id.startsWith("/")) {
            return `is not a resource id ${given(id)}. Give the id of the zone, for example as \`az network dns zone show --query id\` shows it.`;
        }
        if (dns.pending("privateZone")) {
            return undefined;
        }
        if (wrongResourceId(id, `Microsoft.Network/${other}`) === undefined) {
            const remedy = isPrivate ? "Leave `azure.dns.privateZone` out" : "Set `azure.dns.privateZone` to true";
            return `is a ${isPrivate ? "public" : "private"} zone ${given(id)}. ${remedy}, or give another zone.`;
        }
        return wrongResourceId(id, `Microsoft.Network/${type}`);
    });
    if (isPrivate && !dns.has("zoneId")) {
        dns.refuse("privateZone", "is true, but `azure.dns.zoneId` is not given. Give the zone, or leave this out.");
    }
    const other = otherIngress(args);
    if (dns.has("zoneId") && other !== undefined) {
        dns.refuse(
            "zoneId",
            `needs the address of the entry that Azure makes, but ${other}. Change that, or leave the zone out and make the record yourself.`,
        );
    }
}

/** Whether a gateway is made: then an own network must have a place for it. */
function makesGateway(args: Args): boolean {
    const gateway = args.section("azure")?.section("loadBalancer")?.section("gateway");
    return (
        otherIngress(args) === undefined &&
        controllerOf(args) === AzureIngressController.ApplicationGateway &&
        gateway?.has("existingId") !== true
    );
}

function checkGatewaySubnet(args: Args): void {
    const existing = args.section("azure")?.section("network")?.section("existing");
    if (existing !== undefined && makesGateway(args) && !existing.has("gatewaySubnetId")) {
        existing.refuse(
            "gatewaySubnetId",
            "is missing, but an Application Gateway is made, which has a subnet to itself. Give the subnet, or `azure.loadBalancer.gateway.existingId`, or another `azure.loadBalancer.controller`.",
        );
    }
}

/** Nobody fills a gateway that is made for a cluster that is there: its add-on has another one, or none. */
function checkExistingCluster(args: Args): void {
    const azure = args.section("azure");
    const balancer = azure?.section("loadBalancer");
    const unknown =
        azure?.pending("loadBalancer") === true ||
        balancer?.pending("gateway") === true ||
        balancer?.pending("controller") === true;
    if (azure?.section("cluster")?.has("existing") === true && !unknown && makesGateway(args)) {
        args.report(
            "azure.loadBalancer.gateway.existingId",
            "is missing, but `azure.cluster.existing` names a cluster, whose ingress controller has a gateway already. Give its id, or another `azure.loadBalancer.controller`, or another class in `ingress.className`.",
        );
    }
}

function checkPrivateLink(args: Args, link: Section<AzurePrivateLinkArgs>): void {
    const unmade =
        otherIngress(args) ??
        (controllerOf(args) === AzureIngressController.AppRouting
            ? "`azure.loadBalancer.controller` is app-routing"
            : args.section("azure")?.section("loadBalancer")?.section("gateway")?.has("existingId") === true
              ? "`azure.loadBalancer.gateway.existingId` names one that is there"
              : undefined);
    if (unmade !== undefined) {
        args.report(
            "azure.privateLink",
            `needs an Application Gateway that is made here, but ${unmade}. Leave out the one or the other.`,
        );
    }
    const existing = args.section("azure")?.section("network")?.section("existing");
    if (existing !== undefined && !existing.has("privateLinkSubnetId")) {
        existing.refuse(
            "privateLinkSubnetId",
            "is missing, but `azure.privateLink` is given, which takes addresses from a subnet other than the gateway's. Give the subnet, or leave `azure.privateLink` out.",
        );
    }
    checkNumber(link, "addresses", 1, 8);
    // Names of gateway and configuration have 70 characters together, and the gateway's own 45 at most.
    link.check("configurationName", (name) => wrongNetworkName(name, 1, 25));
    const subscriptions = link.texts("allowedSubscriptionIds");
    subscriptions.forEach((entry) => link.checkEntry(entry, (id) => wrongGuid(id, "the id of a subscription")));
    refuseRepetition(link, subscriptions);
    checkApproval(link, subscriptions.length > 0 || link.pending("allowedSubscriptionIds"));
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax */
const Schedule = /^(@(hourly|daily|weekly|monthly)|[\d*,/-]+( [\d*,/A-Za-z-]+){4})$/;

function checkApproval(link: Section<AzurePrivateLinkArgs>, approves: boolean): void {
    const approval = link.section("approval");
    if (approval === undefined) {
        return;
    }
    if (!approves) {
        link.refuse(
            "approval",
            "has no effect without `allowedSubscriptionIds`: there is no job. Give those, or leave this out.",
        );
    }
    approval.check("schedule", (text) =>
        Schedule.test(text) ? undefined : `is not a schedule of cron ${given(text)}. Give for example */5 * * * *.`,
    );
    approval.check("image", (image) =>
        /^[\w.:/-]+(:[\w.-]+|@sha256:[0-9a-f]{64})$/.test(image) && !image.endsWith(":latest")
            ? undefined
            : `is not an image with a version ${given(image)}. Give for example mcr.microsoft.com/azure-cli:2.90.0.`,
    );
    approval.check("identityName", (name) =>
        /^[A-Za-z0-9][\w-]{2,127}$/.test(name)
            ? undefined
            : `is not a name of a managed identity ${given(name)}. It has 3 to 128 letters, digits, hyphens and underscores.`,
    );
    approval.check("roleName", (name) =>
        name.length <= 512
            ? undefined
            : `is too long for the name of a role (${name.length} characters). Use at most 512.`,
    );
}
