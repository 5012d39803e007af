import assert from "node:assert/strict";
import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import type { IngressFacts } from "../../sdk/contract/infrastructure";
import { type GcpDnsArgs, type GcpLoadBalancerArgs, GcpLoadBalancerScheme } from "../../sdk/gcp/args/entry";
import { type CertificateArgs, createCertificate } from "../../sdk/gcp/entry/certificate";
import { type DnsArgs, publishDns } from "../../sdk/gcp/entry/dns";
import { createFrontendConfig } from "../../sdk/gcp/entry/frontend";
import { ingressFacts, type IngressSettings } from "../../sdk/gcp/entry/ingress";
import { createLoadBalancer, type LoadBalancerFacts } from "../../sdk/gcp/entry/load-balancer";
import { gcpEntryPlan } from "../../sdk/gcp/entry-plan";
import { failureOf } from "../support/aws-part";
import { after, madeNames, type MadeEntry, makeEntry, network, networkFacts } from "../support/gcp-entry";
import { project, region } from "../support/gcp-account";
import { promiseOf } from "../support/resolve";

const { External, Internal } = GcpLoadBalancerScheme;
const here = { project: project.projectId };

function loadBalancer(
    args: GcpLoadBalancerArgs = {},
    options: Parameters<typeof makeEntry>[1] = {},
): Promise<MadeEntry<LoadBalancerFacts>> {
    const plan = gcpEntryPlan({ host: "wandb.example.com", gcp: { loadBalancer: args } });
    return makeEntry(
        ({ scope, apis }) => createLoadBalancer(scope, { args, plan, network: networkFacts(), apis }),
        options,
    );
}

const inputsOf = ({ graph }: MadeEntry<unknown>, name: string) => graph.byName(name).inputs;

describe("load balancer on Google Cloud", () => {
    it("gets an address, a Cloud Armor policy and an SSL policy that wait for the API alone", async () => {
        const made = await loadBalancer();
        assert.deepEqual(madeNames(made), ["wandb-address", "wandb-security-policy", "wandb-tls-policy"]);
        assert.deepEqual(inputsOf(made, "wandb-address"), {
            ...here,
            addressType: "EXTERNAL",
            ipVersion: "IPV4",
            labels: { team: "ml" },
        });
        assert.deepEqual(inputsOf(made, "wandb-tls-policy"), { ...here, profile: "MODERN", minTlsVersion: "TLS_1_2" });
        for (const name of madeNames(made)) {
            assert.deepEqual(after(made, name), ["wandb-compute-api"], name);
        }
        const { address, securityPolicy, tlsPolicy } = made.made;
        assert.equal(await promiseOf(address.name), "wandb-address-1234567");
        assert.equal(await promiseOf(address.address), "34.1.2.3");
        assert.equal(await promiseOf(securityPolicy ?? pulumi.output("")), "wandb-security-policy-1234567");
        assert.equal(await promiseOf(tlsPolicy ?? pulumi.output("")), "wandb-tls-policy-1234567");
    });

    it("denies by the rule that Google adds, which lets everybody in (trap 22)", async () => {
        const rulesOf = async (inboundCidrs?: string[]) =>
            inputsOf(await loadBalancer({ inboundCidrs }), "wandb-security-policy")["rules"] as {
                action: string;
                priority: number;
                match: { config: { srcIpRanges: string[] } };
            }[];
        const [everybody, rest, ...more] = await rulesOf();
        assert.deepEqual([everybody.action, everybody.match.config.srcIpRanges], ["allow", ["*"]]);
        assert.deepEqual([rest.action, rest.priority, rest.match.config.srcIpRanges], ["deny(403)", 2147483647, ["*"]]);
        assert.deepEqual(more, []);
        const many = Array.from({ length: 23 }, (_, index) => `10.${index}.0.0/16`);
        const rules = await rulesOf(many);
        assert.deepEqual(
            rules.map(({ action, match }) => [action, match.config.srcIpRanges.length]),
            [
                ["allow", 10],
                ["allow", 10],
                ["allow", 3],
                ["deny(403)", 1],
            ],
        );
        assert.equal(new Set(rules.map(({ priority }) => priority)).size, 4);
    });

    it("takes what there is already", async () => {
        const made = await loadBalancer({
            existingAddress: "given",
            armor: { existingPolicy: "mine" },
            tlsPolicy: { existingPolicy: "strict" },
        });
        assert.deepEqual(madeNames(made), []);
        const { address, securityPolicy, tlsPolicy } = made.made;
        assert.equal(await promiseOf(address.name), "given");
        assert.equal(await promiseOf(address.address), "34.9.9.9");
        assert.equal(await promiseOf(securityPolicy ?? pulumi.output("")), "mine");
        assert.equal(await promiseOf(tlsPolicy ?? pulumi.output("")), "strict");
    });

    it("refuses an address of another kind, and one that is not there", async () => {
        const answers = {
            "gcp:compute/getGlobalAddress:getGlobalAddress": { address: "10.0.0.1", addressType: "INTERNAL" },
            "gcp:compute/getAddress:getAddress": () => {
                throw new Error("no such address");
            },
        };
        const args = { existingAddress: "given" };
        const { made } = await loadBalancer(args, { answers });
        assert.match(
            await failureOf(made.address.address),
            /^gcp\.loadBalancer\.existingAddress: is an address of type INTERNAL \("given" given\).* Give the name of a global/,
        );
        const internal = await loadBalancer({ ...args, scheme: Internal }, { answers });
        assert.match(
            await failureOf(internal.made.address.name),
            /^gcp\.loadBalancer\.existingAddress: cannot be read \("given" given\): .*Give the name of an internal/,
        );
    });

    it("gives names that are asked for, with the successor first: what is in use cannot go", async () => {
        const args = { addressName: "a", armor: { policyName: "p" }, tlsPolicy: { name: "t" } };
        const made = await loadBalancer(args);
        for (const [name, given] of [
            ["address", "a"],
            ["security-policy", "p"],
            ["tls-policy", "t"],
        ]) {
            const { inputs, deleteBeforeReplace } = made.graph.byName(`wandb-${name}`);
            assert.deepEqual([inputs["name"], deleteBeforeReplace], [given, false], name);
        }
    });

    it("has no policies inside the network, but proxies, and lets them reach the pods", async () => {
        const made = await loadBalancer({ scheme: Internal });
        assert.deepEqual(madeNames(made), ["wandb-internal-address", "wandb-proxy-firewall", "wandb-proxy-subnet"]);
        assert.deepEqual(inputsOf(made, "wandb-internal-address"), {
            ...here,
            region,
            addressType: "INTERNAL",
            purpose: "SHARED_LOADBALANCER_VIP",
            subnetwork: network.subnetworkId,
            labels: { team: "ml" },
        });
        assert.deepEqual(inputsOf(made, "wandb-proxy-subnet"), {
            ...here,
            region,
            network: network.networkId,
            ipCidrRange: "10.127.0.0/23",
            purpose: "REGIONAL_MANAGED_PROXY",
            role: "ACTIVE",
        });
        const { sourceRanges, allows } = inputsOf(made, "wandb-proxy-firewall");
        assert.deepEqual(
            [sourceRanges, allows],
            [["10.127.0.0/23"], [{ protocol: "tcp", ports: ["8080-8082", "8722"] }]],
        );
        assert.equal(made.made.ready.length, 2);
        assert.deepEqual([made.made.securityPolicy, made.made.tlsPolicy], [undefined, undefined]);
    });

    it("makes proxies in the project of a shared network, and none where there are some", async () => {
        const plan = gcpEntryPlan({ host: "a.b", gcp: { loadBalancer: { scheme: Internal } } });
        const shared = {
            ...networkFacts(),
            networkId: pulumi.output("projects/host-project/global/networks/shared"),
        };
        const made = await makeEntry(({ scope, apis }) =>
            createLoadBalancer(scope, { args: { scheme: Internal }, plan, network: shared, apis }),
        );
        assert.equal(inputsOf(made, "wandb-proxy-subnet")["project"], "host-project");
        assert.equal(inputsOf(made, "wandb-proxy-firewall")["project"], "host-project");
        assert.equal(inputsOf(made, "wandb-internal-address")["project"], project.projectId);
        const none = await loadBalancer({ scheme: Internal, proxySubnet: { create: false } });
        assert.deepEqual(madeNames(none), ["wandb-internal-address"]);
    });
});

describe("certificates on Google Cloud", () => {
    const certificate = (args: Partial<CertificateArgs> = {}) =>
        makeEntry(({ scope, apis }) =>
            createCertificate(scope, {
                dns: {},
                host: "https://wandb.example.com",
                additionalHosts: ["Other.example.com", "wandb.example.com"],
                creates: true,
                apis,
                ...args,
            }),
        );
    const domainsOf = ({ graph }: MadeEntry<unknown>) =>
        graph.resources
            .filter(({ type }) => type.startsWith("gcp:compute/managedSsl"))
            .map(({ name, inputs }) => [name, (inputs["managed"] as { domains: string[] }).domains] as const);

    it("are issued one for each host, so that another host does not touch those that serve", async () => {
        const made = await certificate();
        assert.deepEqual(
            domainsOf(made).map(([, domains]) => domains),
            [["wandb.example.com"], ["other.example.com"]],
        );
        const names = await Promise.all((made.made.names ?? []).map((name) => promiseOf(pulumi.output(name))));
        assert.deepEqual(names, ["certificate-of-wandb.example.com", "certificate-of-other.example.com"]);
    });

    it("keep their logical name wherever the host stands in the list", async () => {
        const sorted = async (additionalHosts: string[]) => domainsOf(await certificate({ additionalHosts })).sort();
        assert.deepEqual(
            await sorted(["a.example.com", "b.example.com"]),
            await sorted(["b.example.com", "a.example.com"]),
        );
    });

    it("are your own, or none, where none are made", async () => {
        const own = await certificate({ dns: { certificateNames: ["one", "two"] }, creates: false });
        assert.deepEqual([madeNames(own), own.made.names], [[], ["one", "two"]]);
        assert.equal((await certificate({ creates: false })).made.names, undefined);
    });
});

describe("DNS on Google Cloud", () => {
    const dns = (given: Partial<GcpDnsArgs> = {}, args: Partial<DnsArgs> = {}, zone: object = {}) =>
        makeEntry(
            ({ scope, apis }) =>
                publishDns(scope, {
                    dns: { managedZone: "zone", ...given },
                    host: "wandb.example.com",
                    additionalHosts: ["w.example.com"],
                    address: pulumi.output("34.1.2.3"),
                    createsCertificate: true,
                    apis,
                    ...args,
                }),
            {
                answers: {
                    "gcp:dns/getManagedZone:getManagedZone": { dnsName: "example.com.", visibility: "public", ...zone },
                },
            },
        );
    const recordsOf = ({ graph }: MadeEntry<unknown>) =>
        graph.resources.filter(({ type }) => type === "gcp:dns/recordSet:RecordSet");

    it("points the hosts to the address at once: nothing waits for W&B", async () => {
        const made = await dns();
        assert.deepEqual(
            recordsOf(made).map(({ inputs }) => inputs),
            ["wandb", "w"].map((host) => ({
                ...here,
                managedZone: "zone",
                name: `${host}.example.com.`,
                type: "A",
                ttl: 300,
                rrdatas: ["34.1.2.3"],
            })),
        );
        assert.deepEqual(await promiseOf(made.made), ["wandb.example.com", "w.example.com"]);
    });

    it("writes into a zone of another project", async () => {
        const [record] = recordsOf(await dns({ managedZoneProject: "dns-project" }));
        assert.equal(record.inputs["project"], "dns-project");
    });

    it("refuses a zone that does not hold the host, and a private one where Google issues certificates", async () => {
        const elsewhere = await dns({}, {}, { dnsName: "example.org." });
        assert.match(
            await failureOf(elsewhere.made),
            /^gcp\.dns\.managedZone: is the zone example\.org, in which wandb\.example\.com does not lie/,
        );
        const hidden = { visibility: "private" };
        assert.match(await failureOf((await dns({}, {}, hidden)).made), /^gcp\.dns\.managedZone: is a private zone/);
        const made = await dns({ privateZone: true }, { createsCertificate: false }, hidden);
        assert.equal(recordsOf(made).length, 2);
    });
});

describe("Ingress on Google Cloud", () => {
    const facts = async (settings: Partial<IngressSettings> & { host?: string } = {}) => {
        const { args = {}, host = "wandb.example.com" } = settings;
        const plan = gcpEntryPlan({ host, gcp: { loadBalancer: args } });
        const { made } = await makeEntry(({ scope, apis }) => {
            const made = createLoadBalancer(scope, { args, plan, network: networkFacts(), apis });
            return ingressFacts({
                args,
                plan,
                loadBalancer: made,
                certificateNames: ["one", pulumi.output("two")],
                frontendConfigName: "wandb",
                ...settings,
            });
        });
        const { annotations = {}, className, address = pulumi.output("") }: IngressFacts = made;
        assert.equal(className, undefined, "GKE does not read the field");
        return { address: await promiseOf(address), annotations: await promiseOf(pulumi.all(annotations)) };
    };

    it("carries what the module's did, and the FrontendConfig", async () => {
        assert.deepEqual(await facts(), {
            address: "34.1.2.3",
            annotations: {
                "kubernetes.io/ingress.class": "gce",
                "kubernetes.io/ingress.global-static-ip-name": "wandb-address-1234567",
                "ingress.gcp.kubernetes.io/pre-shared-cert": "one,two",
                "networking.gke.io/v1beta1.FrontendConfig": "wandb",
            },
        });
    });

    it("closes port 80 where nothing leads to HTTPS", async () => {
        const { annotations } = await facts({ args: { httpRedirect: false } });
        assert.equal(annotations["kubernetes.io/ingress.allow-http"], "false");
    });

    it("is internal by class, with an address of the region and HTTPS alone", async () => {
        assert.deepEqual(await facts({ args: { scheme: Internal } }), {
            address: "10.10.0.9",
            annotations: {
                "kubernetes.io/ingress.class": "gce-internal",
                "kubernetes.io/ingress.regional-static-ip-name": "wandb-internal-address-1234567",
                "ingress.gcp.kubernetes.io/pre-shared-cert": "one,two",
                "kubernetes.io/ingress.allow-http": "false",
            },
        });
    });

    it("serves plain HTTP without certificates and FrontendConfig", async () => {
        const { annotations } = await facts({ host: "http://wandb.example.com", args: { scheme: External } });
        assert.deepEqual(Object.keys(annotations).sort(), [
            "kubernetes.io/ingress.class",
            "kubernetes.io/ingress.global-static-ip-name",
        ]);
    });

    it("is led to HTTPS by an object in its own namespace (trap 25)", async () => {
        const { graph } = await makeEntry(({ scope }) =>
            createFrontendConfig(scope, {
                name: "wandb",
                namespace: "apps",
                provider: new Provider("cluster", {}),
                tlsPolicy: "strict",
                redirect: true,
            }),
        );
        const { inputs, provider } = graph.byName("wandb-frontend-config");
        const { name, namespace } = inputs["metadata"] as Record<string, unknown>;
        assert.deepEqual([inputs["kind"], name, namespace], ["FrontendConfig", "wandb", "apps"]);
        assert.deepEqual(inputs["spec"], {
            sslPolicy: "strict",
            redirectToHttps: { enabled: true, responseCodeName: "MOVED_PERMANENTLY_DEFAULT" },
        });
        assert.match(provider, /cluster/);
    });
});
