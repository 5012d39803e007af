import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { checkEntry, tlsSaidByGcp } from "../../sdk/validation/gcp/entry";
import { createsCertificate } from "../../sdk/validation/gcp/entry-tls";
import { gcpEntryPlan } from "../../sdk/gcp/entry-plan";
import { assertFinds, problemsOf } from "../support/aws-validation";

const later = pulumi.output("not looked at, whatever it is");
const dns = (given: object, more: object = {}) => ({ gcp: { dns: given }, ...more });
const balancer = (loadBalancer: object, more: object = {}) => ({ gcp: { loadBalancer }, ...more });
const internal = (more: object = {}, rest: object = {}) => balancer({ scheme: "internal", ...more }, rest);
const connect = (given: object, more: object = {}) => ({
    gcp: {
        loadBalancer: { scheme: "internal" },
        privateServiceConnect: { consumers: [{ project: "consumer-project" }], ...given },
    },
    ...more,
});
const plain = { ingress: { tls: { enabled: false } } };
const nginx = { ingress: { className: "nginx" } };
const preShared = "ingress.gcp.kubernetes.io/pre-shared-cert";
const certificateNames = ["wandb-cert"];
const armor = (given: object) => balancer({ armor: given });
const longHost = `${"a".repeat(52)}.example.com`;

const accepted: readonly (readonly [string, object])[] = [
    ["nothing", { gcp: {} }],
    ["a zone", dns({ managedZone: "example-zone" })],
    ["a zone of another project, an Output", dns({ managedZone: later, managedZoneProject: later })],
    ["a private zone with certificates", dns({ managedZone: "z", privateZone: true, certificateNames })],
    ["a private zone without TLS", dns({ managedZone: "z", privateZone: true }, plain)],
    [
        "a private zone with a certificate by annotation",
        dns({ managedZone: "z", privateZone: true }, { ingress: { annotations: { [preShared]: "mine" } } }),
    ],
    [
        "a private zone with a Secret",
        dns({ managedZone: "z", privateZone: true }, { ingress: { tls: { secretName: "tls" } } }),
    ],
    [
        "a private zone of an internal load balancer",
        { gcp: { dns: { managedZone: "z", privateZone: true }, loadBalancer: { scheme: "internal" } } },
    ],
    ["a long host with certificates", dns({ certificateNames }, { host: longHost })],
    ["a wildcard with certificates", dns({ certificateNames }, { ingress: { additionalHosts: ["*.example.com"] } })],
    ["class gce, said", balancer({}, { ingress: { annotations: { "kubernetes.io/ingress.class": "gce" } } })],
    ["another class", { gcp: {}, ...nginx }],
    [
        "all of an external load balancer",
        balancer({
            scheme: "external",
            addressName: "wandb",
            inboundCidrs: ["10.0.0.0/8", "2001:db8::/32", "203.0.113.7/32"],
            armor: {
                policyName: "wandb",
                wafRules: ["sqli-v33-stable", "generic-v422-canary", "cve-canary", "json-sqli-canary"],
                wafSensitivity: 4,
                wafPreview: true,
                rateLimit: { requests: 1, intervalSeconds: 3600 },
            },
            tlsPolicy: { profile: "RESTRICTED", minVersion: "TLS_1_3", name: "strict" },
            httpRedirect: false,
        }),
    ],
    ["everybody", balancer({ inboundCidrs: ["*"] })],
    [
        "own things",
        balancer({ existingAddress: "a", armor: { existingPolicy: "p" }, tlsPolicy: { existingPolicy: "t" } }),
    ],
    ["no Cloud Armor", armor({ enabled: false })],
    [
        "all of an internal load balancer",
        internal({
            existingAddress: later,
            proxySubnet: { cidr: "172.16.4.0/26", name: "p", firewallName: "f", ports: ["8080", "1-65535"] },
        }),
    ],
    ["proxies that are there", internal({ proxySubnet: { create: false } })],
    [
        "all of Private Service Connect",
        connect({
            consumers: [
                { project: "consumer-project", connectionLimit: 1 },
                { project: "123456789012" },
                { project: later },
            ],
            natCidr: "192.168.4.0/29",
            subnetName: "nat",
            attachmentName: "wandb",
            domainName: "wandb.example.com.",
        }),
    ],
    ["Private Service Connect for everybody", connect({ consumers: undefined, acceptAll: true })],
    [
        "ranges apart from a network that is there",
        {
            gcp: {
                network: {
                    existing: { networkId: later, subnetworkId: later, podRangeName: "p", serviceRangeName: "s" },
                },
                loadBalancer: { scheme: "internal", proxySubnet: { cidr: "10.10.0.0/23" } },
            },
        },
    ],
];

const refused: readonly (readonly [string, object, ...RegExp[]])[] = [
    ["a zone's DNS name", dns({ managedZone: "example.com" }), /^gcp\.dns\.managedZone: is a DNS name/],
    ["a zone with capitals", dns({ managedZone: "Zone" }), /^gcp\.dns\.managedZone: is not a name that Google accepts/],
    [
        "a project without a zone",
        dns({ managedZoneProject: "dns-project" }),
        /^gcp\.dns\.managedZoneProject: has no effect without `gcp\.dns\.managedZone`/,
    ],
    [
        "a project by number",
        dns({ managedZone: "z", managedZoneProject: "123" }),
        /^gcp\.dns\.managedZoneProject: is the number of a project/,
    ],
    [
        "a private zone that is not named",
        dns({ privateZone: true, certificateNames }),
        /^gcp\.dns\.privateZone: is true, but `gcp\.dns\.managedZone` is not given/,
    ],
    [
        "a private zone without a certificate",
        dns({ managedZone: "z", privateZone: true }),
        /^gcp\.dns\.privateZone: is true, and Google issues no certificate/,
    ],
    [
        "a zone with another class",
        dns({ managedZone: "z" }, nginx),
        /^gcp\.dns\.managedZone: needs the address .*ingress\.className/,
    ],
    ["no certificates", dns({ certificateNames: [] }), /^gcp\.dns\.certificateNames: is empty/],
    ["a certificate twice", dns({ certificateNames: ["a", "a"] }), /^gcp\.dns\.certificateNames\[1\]: is there twice/],
    [
        "a certificate of Certificate Manager",
        dns({ certificateNames: ["projects/p/locations/global/certificates/c"] }),
        /^gcp\.dns\.certificateNames\[0\]: is a certificate of Certificate Manager/,
    ],
    [
        "more certificates than fit",
        dns({ certificateNames: Array.from({ length: 16 }, (_, index) => `c${index}`) }),
        /^gcp\.dns\.certificateNames: has 16 names/,
    ],
    [
        "certificates without TLS",
        dns({ certificateNames }, plain),
        /^gcp\.dns\.certificateNames: has no effect: `ingress\.tls\.enabled`/,
    ],
    [
        "certificates for http://",
        dns({ certificateNames }, { host: "http://wandb.example.com" }),
        /^gcp\.dns\.certificateNames: has no effect: `host` says http:\/\//,
    ],
    [
        "certificates by both ways",
        dns({ certificateNames }, { ingress: { annotations: { [preShared]: "mine" } } }),
        /^gcp\.dns\.certificateNames: has no effect next to `ingress\.annotations/,
    ],
    ["a host that is too long to be certified", { gcp: {}, host: longHost }, /^host: is too long for a certificate/],
    [
        "a wildcard that Google would certify",
        { gcp: {}, ingress: { additionalHosts: ["*.example.com", longHost] } },
        /^ingress\.additionalHosts\[0\]: has a wildcard/,
        /^ingress\.additionalHosts\[1\]: is too long/,
    ],
    [
        "more hosts than certificates fit",
        { gcp: {}, ingress: { additionalHosts: Array.from({ length: 15 }, (_, index) => `h${index}.example.com`) } },
        /^ingress\.additionalHosts: makes 16 names/,
    ],
    ["GKE's class by the field", { gcp: {}, ingress: { className: "gce" } }, /^ingress\.className: is a class of GKE/],
    [
        "a probe before there is a certificate",
        { gcp: {}, readiness: { probe: true } },
        /^readiness\.probe: is true, but Google issues the certificate/,
    ],
    [
        "a load balancer without an Ingress",
        balancer({ addressName: "a" }, { ingress: { create: false } }),
        /^gcp\.loadBalancer: has no effect: `ingress\.create`/,
    ],
    [
        "an external load balancer of the other class",
        balancer({ addressName: "a" }, { ingress: { annotations: { "kubernetes.io/ingress.class": "gce-internal" } } }),
        /^gcp\.loadBalancer: has no effect: the Ingress has another class \("gce-internal" given\) than gce/,
    ],
    [
        "another word for the scheme",
        balancer({ scheme: "internet-facing" }),
        /^gcp\.loadBalancer\.scheme: .*Use external/,
    ],
    [
        "two addresses",
        balancer({ addressName: "A", existingAddress: "b" }),
        /^gcp\.loadBalancer\.addressName: is not a name/,
        /^gcp\.loadBalancer\.addressName: has no effect next to/,
    ],
    ["nobody", balancer({ inboundCidrs: [] }), /^gcp\.loadBalancer\.inboundCidrs: is empty/],
    [
        "addresses that are no ranges",
        balancer({ inboundCidrs: ["203.0.113.7", "2001:db8::/200", "2001:db8::1"] }),
        /^gcp\.loadBalancer\.inboundCidrs\[0\]: is not an IPv4 range/,
        /\[1\]: is not an IPv6 range/,
        /\[2\]: is not an IPv6 range/,
    ],
    [
        "ranges without a policy",
        balancer({ inboundCidrs: ["10.0.0.0/8"], armor: { enabled: false } }),
        /^gcp\.loadBalancer\.inboundCidrs: has no effect: `gcp\.loadBalancer\.armor\.enabled` is false/,
    ],
    [
        "ranges with a policy that is there",
        balancer({ inboundCidrs: ["10.0.0.0/8"], armor: { existingPolicy: "p" } }),
        /^gcp\.loadBalancer\.inboundCidrs: has no effect: .*existingPolicy` says who/,
    ],
    [
        "what external load balancers have",
        internal({ inboundCidrs: ["10.0.0.0/8"], armor: {}, tlsPolicy: {}, httpRedirect: true }),
        /^gcp\.loadBalancer\.inboundCidrs: has no effect with an internal load balancer/,
        /armor: .*GKE refuses Cloud Armor/,
        /tlsPolicy: .*GKE gives it no SSL policy/,
        /httpRedirect: .*no port 80/,
    ],
    [
        "proxies outside",
        balancer({ proxySubnet: {} }),
        /^gcp\.loadBalancer\.proxySubnet: has no effect with an external/,
    ],
    [
        "proxies without room, and outside private ranges",
        internal({ proxySubnet: { cidr: "10.127.0.0/27", ports: ["http", "8082-8080"] } }),
        /^gcp\.loadBalancer\.proxySubnet\.cidr: is too small .*Give \/26/,
        /ports\[0\]: is not a port/,
        /ports\[1\]: is not a port/,
    ],
    ["public proxies", internal({ proxySubnet: { cidr: "8.8.0.0/20" } }), /proxySubnet\.cidr: is not private/],
    [
        "proxies that are there, with settings",
        internal({ proxySubnet: { create: false, name: "p" } }),
        /^gcp\.loadBalancer\.proxySubnet\.name: has no effect, because `create` is false/,
    ],
    [
        "settings beside a policy that is there",
        armor({ existingPolicy: "p", enabled: true, wafRules: [] }),
        /armor\.wafRules: has no effect next to `existingPolicy`/,
        /armor\.enabled: has no effect next to `existingPolicy`/,
    ],
    [
        "settings of no policy",
        armor({ enabled: false, policyName: "p" }),
        /armor\.policyName: has no effect, because `enabled` is false/,
    ],
    [
        "rule sets that do not exist",
        armor({ wafRules: ["sqli", "nodejs-v422-stable", "cve-canary", "cve-canary"] }),
        /armor\.wafRules\[0\]: is not the name of a preconfigured rule set/,
        /wafRules\[1\]: is not the name/,
        /wafRules\[3\]: is there twice/,
    ],
    [
        "how strict, of nothing",
        armor({ wafSensitivity: 5, wafPreview: true }),
        /armor\.wafSensitivity: /,
        /armor\.wafSensitivity: has no effect without `wafRules`/,
        /armor\.wafPreview: has no effect without `wafRules`/,
    ],
    [
        "a limit that Google does not count",
        armor({ rateLimit: { requests: 0, intervalSeconds: 61 } }),
        /armor\.rateLimit\.requests: /,
        /armor\.rateLimit\.intervalSeconds: is not a time that Google counts over/,
    ],
    ["a limit without a number", armor({ rateLimit: {} }), /armor\.rateLimit\.requests: /],
    [
        "TLS 1.3 with another profile",
        balancer({ tlsPolicy: { minVersion: "TLS_1_3" } }),
        /tlsPolicy\.minVersion: is TLS_1_3, which Google offers with profile RESTRICTED only/,
    ],
    [
        "settings beside an SSL policy that is there",
        balancer({ tlsPolicy: { existingPolicy: "t", profile: "MODERN" } }),
        /tlsPolicy\.profile: has no effect next to `existingPolicy`/,
    ],
    [
        "TLS settings without TLS",
        balancer({ tlsPolicy: {}, httpRedirect: true }, plain),
        /tlsPolicy: has no effect: `ingress\.tls\.enabled` is false/,
        /httpRedirect: has no effect/,
    ],
    [
        "a load balancer that cannot be published",
        { gcp: { privateServiceConnect: { acceptAll: true } } },
        /^gcp\.privateServiceConnect: needs an internal load balancer/,
    ],
    [
        "one that nobody waits for",
        connect({}, { readiness: { wait: false } }),
        /^gcp\.privateServiceConnect: needs the load balancer of GKE, but `readiness\.wait`/,
    ],
    ["nobody to connect", connect({ consumers: [] }), /^gcp\.privateServiceConnect\.consumers: is empty/],
    ["nobody named", connect({ consumers: undefined }), /^gcp\.privateServiceConnect\.consumers: is missing/],
    [
        "somebody and everybody",
        connect({ acceptAll: true }),
        /consumers: has no effect, because `gcp\.privateServiceConnect\.acceptAll`/,
    ],
    [
        "consumers that are no projects, or twice",
        connect({
            consumers: [{ project: "X" }, { project: "same-project", connectionLimit: 0 }, { project: "same-project" }],
        }),
        /consumers\[0\]\.project: is not the id of a project/,
        /consumers\[1\]\.connectionLimit: /,
        /consumers\[2\]\.project: is there twice/,
    ],
    [
        "a range without room, and a domain without its point",
        connect({ natCidr: "192.168.4.0/30", domainName: "wandb.example.com" }),
        /natCidr: is too small .*Give \/29/,
        /domainName: is not a DNS domain with a point/,
    ],
    [
        "ranges that overlap with the network's",
        { gcp: { network: { cidr: "10.127.0.0/16" }, loadBalancer: { scheme: "internal" } } },
        /^gcp\.loadBalancer\.proxySubnet\.cidr: is 10\.127\.0\.0\/23 by default, and overlaps with `gcp\.network\.cidr` \(10\.127\.0\.0\/16\)/,
    ],
    [
        "ranges that overlap with each other",
        connect({ natCidr: "10.127.1.0/24" }),
        /^gcp\.privateServiceConnect\.natCidr: overlaps \("10\.127\.1\.0\/24" given\) with `gcp\.loadBalancer\.proxySubnet\.cidr`, which is 10\.127\.0\.0\/23 by default/,
    ],
];

describe("validation of the way in on Google Cloud", () => {
    for (const [what, args] of accepted) {
        it(`accepts ${what}`, () => assert.deepEqual(problemsOf(checkEntry, args), []));
    }
    for (const [what, args, ...expected] of refused) {
        it(`refuses ${what}`, () => assertFinds(checkEntry, args, expected));
    }

    it("asks nobody how TLS ends where Google issues certificates, or knows them", () => {
        const said = (args: object): boolean => {
            let result = false;
            problemsOf((section) => (result = tlsSaidByGcp(section)), args);
            return result;
        };
        assert.equal(said({ gcp: {} }), true);
        assert.equal(said(dns({ certificateNames })), true);
        assert.equal(said({ gcp: { dns: { certificateNames }, loadBalancer: { scheme: "internal" } } }), true);
        assert.equal(said({}), false);
        assert.equal(said(internal()), false);
        assert.equal(said({ gcp: {}, ...nginx }), false);
        assert.equal(said(dns({ managedZone: "z", privateZone: true })), false);
    });

    it("decides as the plan does", () => {
        for (const [what, args] of accepted) {
            let decided = false;
            problemsOf((section) => (decided = createsCertificate(section)), args);
            assert.equal(gcpEntryPlan({ host: "wandb.example.com", ...args }).createsCertificate, decided, what);
        }
    });
});
