import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { azureEntryPlan } from "../../sdk/azure/entry-plan";
import { checkEntry, tlsSaidByAzure } from "../../sdk/validation/azure/entry";
import { challengeOf } from "../../sdk/validation/azure/entry-tls";
import { assertFinds, problemsOf } from "../support/aws-validation";

const later = pulumi.output("not looked at, whatever it is");
const group = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/hub/providers/Microsoft.Network";
const zoneId = `${group}/dnszones/example.com`;
const privateZoneId = `${group}/privateDnsZones/example.com`;
const gatewayId = `${group}/applicationGateways/hub`;
const subscription = "00000000-0000-4000-8000-000000000009";

const dns = (given: object, more: object = {}) => ({ azure: { dns: given }, ...more });
const balancer = (loadBalancer: object, more: object = {}) => ({ azure: { loadBalancer }, ...more });
const gateway = (given: object) => balancer({ gateway: given });
const waf = (given: object) => gateway({ sku: "WAF_v2", waf: given });
const link = (privateLink: object, more: object = {}) => ({ azure: { privateLink, ...more } });
const routing = { controller: "app-routing" };
const plain = { ingress: { tls: { enabled: false } } };
const nginx = { ingress: { className: "nginx" } };
const ownSecret = { ingress: { tls: { secretName: "tls" } } };

const accepted: readonly (readonly [string, object])[] = [
    ["nothing", { azure: {} }],
    ["a zone", dns({ zoneId })],
    ["a zone that is an Output", dns({ zoneId: later, acme: { email: later, server: later } })],
    ["a zone and HTTP-01", dns({ zoneId, acme: { challenge: "http-01" } })],
    ["ACME without a zone", dns({ acme: { email: "ops@example.com", server: "https://ca.example.com/acme" } })],
    ["a private zone with a Secret", dns({ zoneId: privateZoneId, privateZone: true }, ownSecret)],
    ["a private zone without TLS", dns({ zoneId: privateZoneId, privateZone: true }, plain)],
    ["an internal gateway with DNS-01", { azure: { dns: { zoneId }, loadBalancer: { scheme: "internal" } } }],
    ["ranges with DNS-01", { azure: { dns: { zoneId }, loadBalancer: { inboundCidrs: ["203.0.113.0/24"] } } }],
    ["a wildcard with DNS-01", dns({ zoneId }, { ingress: { additionalHosts: ["*.example.com"] } })],
    ["the gateway's class, said", balancer({}, { ingress: { className: "azure-application-gateway" } })],
    ["another class", { azure: {}, ...nginx }],
    [
        "all of a gateway",
        balancer({
            controller: "application-gateway",
            scheme: "external",
            inboundCidrs: ["10.0.0.0/8", "203.0.113.7/32"],
            httpRedirect: false,
            requestTimeoutSeconds: 86_400,
            gateway: {
                name: "wandb-gateway",
                sku: "WAF_v2",
                minCapacity: 0,
                maxCapacity: 125,
                zones: ["1", "3"],
                privateAddress: "10.10.32.250",
                publicAddressName: "wandb",
                dnsLabel: "wandb-here",
                tlsPolicy: "AppGwSslPolicy20220101S",
                http2: false,
                waf: {
                    policyName: "wandb",
                    mode: "Detection",
                    ruleSet: "OWASP 3.2",
                    botRules: false,
                    inspectedBodyKb: 2000,
                },
            },
        }),
    ],
    ["a gateway without zones", gateway({ zones: [] })],
    [
        "a gateway of one's own with its firewall policy",
        gateway({
            existingId: gatewayId,
            waf: { existingPolicyId: `${group}/ApplicationGatewayWebApplicationFirewallPolicies/p` },
        }),
    ],
    ["application routing for some only", balancer({ ...routing, scheme: "internal", inboundCidrs: ["10.0.0.0/8"] })],
    [
        "Private Link with approval",
        link({
            allowedSubscriptionIds: [subscription],
            addresses: 8,
            configurationName: "for-others",
            approval: {
                schedule: "*/10 * * * *",
                image: "mirror.example.com/azure-cli:2.90.0",
                identityName: "approval",
                roleName: "Approver",
            },
        }),
    ],
    ["Private Link that somebody approves by hand", link({})],
];

const refused: readonly (readonly [string, object, ...RegExp[]])[] = [
    ["a zone by its name", dns({ zoneId: "example.com" }), /^azure\.dns\.zoneId: is not a resource id/],
    [
        "something else than a zone",
        dns({ zoneId: gatewayId }),
        /^azure\.dns\.zoneId: is the resource id of a .*applicationGateways/,
    ],
    [
        "a private zone as a public one",
        dns({ zoneId: privateZoneId }),
        /^azure\.dns\.zoneId: is a private zone .*Set `azure\.dns\.privateZone` to true/,
    ],
    [
        "a public zone as a private one",
        dns({ zoneId, privateZone: true }, plain),
        /^azure\.dns\.zoneId: is a public zone .*Leave `azure\.dns\.privateZone` out/,
    ],
    [
        "a private zone that is not named",
        dns({ privateZone: true }, plain),
        /^azure\.dns\.privateZone: is true, but `azure\.dns\.zoneId` is not given/,
    ],
    [
        "a private zone without a certificate",
        dns({ zoneId: privateZoneId, privateZone: true }),
        /^azure\.dns\.privateZone: is true, and no public authority/,
    ],
    [
        "a private zone with ACME",
        dns({ zoneId: privateZoneId, privateZone: true, acme: {} }),
        /^azure\.dns\.acme: needs a host that the authority can look up/,
    ],
    [
        "a zone with another class",
        dns({ zoneId }, nginx),
        /^azure\.dns\.zoneId: needs the address .*ingress\.className/,
    ],
    [
        "ACME beside a Secret",
        dns({ acme: {} }, ownSecret),
        /^azure\.dns\.acme: has no effect: `ingress\.tls\.secretName`/,
    ],
    [
        "ACME without TLS",
        dns({ acme: {} }, plain),
        /^azure\.dns\.acme: has no effect: `ingress\.tls\.enabled` is false/,
    ],
    ["an address that is none", dns({ zoneId, acme: { email: "ops" } }), /^azure\.dns\.acme\.email: is not an address/],
    [
        "a directory without TLS",
        dns({ zoneId, acme: { server: "http://ca.example.com/acme" } }),
        /^azure\.dns\.acme\.server: is not the URL/,
    ],
    [
        "DNS-01 without a zone",
        dns({ acme: { challenge: "dns-01" } }),
        /^azure\.dns\.acme\.challenge: is dns-01, which needs a zone/,
    ],
    [
        "HTTP-01 of an internal gateway",
        { azure: { dns: { acme: {} }, loadBalancer: { scheme: "internal" } } },
        /^azure\.dns\.acme\.challenge: is HTTP-01, but `azure\.loadBalancer\.scheme` is internal/,
    ],
    [
        "HTTP-01 behind ranges",
        { azure: { dns: { acme: {} }, loadBalancer: { inboundCidrs: ["203.0.113.0/24"] } } },
        /^azure\.dns\.acme\.challenge: is HTTP-01, but `azure\.loadBalancer\.inboundCidrs` shuts the authority out/,
    ],
    [
        "HTTP-01 for a wildcard",
        dns({ acme: {} }, { ingress: { additionalHosts: ["*.example.com"] } }),
        /^ingress\.additionalHosts\[0\]: has a wildcard/,
    ],
    [
        "a probe before there is a certificate",
        dns({ acme: {} }, { readiness: { probe: true } }),
        /^readiness\.probe: is true, but the certificate/,
    ],
    [
        "settings without an entry",
        balancer({ scheme: "internal" }, nginx),
        /^azure\.loadBalancer: has no effect: `ingress\.className`/,
    ],
    ["no ranges", balancer({ inboundCidrs: [] }), /^azure\.loadBalancer\.inboundCidrs: is empty/],
    [
        "a range twice",
        balancer({ inboundCidrs: ["10.0.0.0/8", "10.0.0.0/8"] }),
        /^azure\.loadBalancer\.inboundCidrs\[1\]: is there twice/,
    ],
    [
        "an address as a range",
        balancer({ inboundCidrs: ["10.0.0.1"] }),
        /^azure\.loadBalancer\.inboundCidrs\[0\]: is not an IPv4 range/,
    ],
    [
        "ranges of an internal gateway",
        balancer({ scheme: "internal", inboundCidrs: ["10.0.0.0/8"] }),
        /^azure\.loadBalancer\.inboundCidrs: has no effect: `azure\.loadBalancer\.scheme` is internal/,
    ],
    [
        "ranges of a gateway of one's own",
        balancer({ inboundCidrs: ["10.0.0.0/8"], gateway: { existingId: gatewayId } }),
        /^azure\.loadBalancer\.inboundCidrs: has no effect: `azure\.loadBalancer\.gateway\.existingId`/,
    ],
    [
        "a redirect without TLS",
        balancer({ httpRedirect: true }, plain),
        /^azure\.loadBalancer\.httpRedirect: has no effect/,
    ],
    ["no time to answer", balancer({ requestTimeoutSeconds: 0 }), /^azure\.loadBalancer\.requestTimeoutSeconds: /],
    [
        "a gateway of application routing",
        balancer({ ...routing, gateway: { http2: true } }),
        /^azure\.loadBalancer\.gateway: has no effect with `azure\.loadBalancer\.controller` app-routing/,
    ],
    [
        "settings of a gateway of one's own",
        gateway({ existingId: gatewayId, http2: true }),
        /^azure\.loadBalancer\.gateway\.http2: has no effect next to `existingId`/,
    ],
    [
        "a long name",
        gateway({ name: "x".repeat(46) }),
        /^azure\.loadBalancer\.gateway\.name: is not a name of Microsoft\.Network/,
    ],
    [
        "a label with capitals",
        gateway({ dnsLabel: "WandB" }),
        /^azure\.loadBalancer\.gateway\.dnsLabel: is not a label/,
    ],
    [
        "two public addresses",
        gateway({ dnsLabel: "wandb", existingPublicAddressId: `${group}/publicIPAddresses/a` }),
        /^azure\.loadBalancer\.gateway\.dnsLabel: has no effect next to `existingPublicAddressId`/,
    ],
    [
        "an address that is none",
        gateway({ privateAddress: "10.10.0" }),
        /^azure\.loadBalancer\.gateway\.privateAddress: is not an IPv4 address/,
    ],
    ["too much capacity", gateway({ maxCapacity: 126 }), /^azure\.loadBalancer\.gateway\.maxCapacity: /],
    [
        "capacities the wrong way round",
        gateway({ minCapacity: 6 }),
        /^azure\.loadBalancer\.gateway\.minCapacity: is more than `maxCapacity`/,
    ],
    [
        "a zone of a region",
        gateway({ zones: ["westeurope-1"] }),
        /^azure\.loadBalancer\.gateway\.zones\[0\]: is not a zone/,
    ],
    [
        "a firewall without its kind",
        gateway({ waf: { mode: "Detection" } }),
        /^azure\.loadBalancer\.gateway\.waf: has no effect without `sku` WAF_v2/,
    ],
    ["too long an inspection", waf({ inspectedBodyKb: 2001 }), /^azure\.loadBalancer\.gateway\.waf\.inspectedBodyKb: /],
    [
        "settings of a policy of one's own",
        waf({ existingPolicyId: `${group}/ApplicationGatewayWebApplicationFirewallPolicies/p`, mode: "Detection" }),
        /^azure\.loadBalancer\.gateway\.waf\.mode: has no effect next to `existingPolicyId`/,
    ],
    [
        "Private Link without a gateway",
        link({}, { loadBalancer: routing }),
        /^azure\.privateLink: needs an Application Gateway/,
    ],
    ["too many addresses", link({ addresses: 9 }), /^azure\.privateLink\.addresses: /],
    [
        "a subscription by name",
        link({ allowedSubscriptionIds: ["Production"] }),
        /^azure\.privateLink\.allowedSubscriptionIds\[0\]: is not the id of a subscription/,
    ],
    [
        "a subscription twice",
        link({ allowedSubscriptionIds: [subscription, subscription] }),
        /^azure\.privateLink\.allowedSubscriptionIds\[1\]: is there twice/,
    ],
    [
        "approval of nobody",
        link({ approval: { schedule: "0 * * * *" } }),
        /^azure\.privateLink\.approval: has no effect without `allowedSubscriptionIds`/,
    ],
    [
        "a schedule that is none, and an image without a version",
        link({ allowedSubscriptionIds: [subscription], approval: { schedule: "hourly", image: "azure-cli" } }),
        /^azure\.privateLink\.approval\.schedule: is not a schedule/,
        /^azure\.privateLink\.approval\.image: is not an image with a version/,
    ],
];

describe("validation of the way in on Azure", () => {
    for (const [what, args] of accepted) {
        it(`accepts ${what}`, () => assert.deepEqual(problemsOf(checkEntry, args), []));
    }
    for (const [what, args, ...expected] of refused) {
        it(`refuses ${what}`, () => assertFinds(checkEntry, args, expected));
    }

    it("asks nobody how TLS ends where certificates are issued", () => {
        const said = (args: object): boolean => {
            let result = false;
            problemsOf((section) => (result = tlsSaidByAzure(section)), args);
            return result;
        };
        assert.equal(said({ azure: {} }), false);
        assert.equal(said({}), false);
        assert.equal(said(dns({ zoneId })), true);
        assert.equal(said(dns({ acme: {} })), true);
        assert.equal(said(dns({ zoneId: privateZoneId, privateZone: true })), false);
        assert.equal(said(dns({ zoneId }, nginx)), false);
    });

    it("decides as the plan does", () => {
        for (const [what, args] of accepted) {
            let decided: string | undefined;
            problemsOf((section) => (decided = challengeOf(section)), args);
            assert.equal(azureEntryPlan({ host: "wandb.example.com", ...args }).certificate, decided, what);
        }
    });
});
