/** The rules of the simulated load balancing on Compute Engine: for each one input that Google takes and one that it refuses. */
import assert from "node:assert/strict";
import { gcp } from "../../sandbox/clouds/gcp";
import { securityPolicyType } from "../../sandbox/clouds/gcp/compute/armor";
import { managedCertificateType } from "../../sandbox/clouds/gcp/compute/certificates";
import { backendServiceType, httpsProxyType } from "../../sandbox/clouds/gcp/compute/load-balancer-parts";
import {
    addressType,
    forwardingRuleType,
    globalAddressType,
    globalForwardingRuleType,
    networkType,
    serviceAttachmentType,
    subnetworkType,
} from "../../sandbox/clouds/gcp/compute/shared";
import { sslPolicyType } from "../../sandbox/clouds/gcp/compute/ssl-policy";
import { properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";
import { plantProject, project, region } from "../support/gcp-account";

const home = `projects/${project.projectId}`;
const networkId = `${home}/global/networks/vpc`;
const inRegion = (collection: string, name: string, where = region) => `${home}/regions/${where}/${collection}/${name}`;

describe("simulated load balancing on Compute Engine", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = new TestCloud({ cloud: gcp });
        cloud.provider.configure(properties({ project: project.projectId, region }));
        await plantProject(cloud.provider.inventory, project, ["compute", "dns"]);
    });
    afterEach(() => cloud.remove());

    const plant = (type: string, id: string, inputs: PropertyMap = {}, outputs: PropertyMap = {}) =>
        cloud.provider.inventory.plant({ type, id, inputs, outputs: { ...inputs, ...outputs } } as never);
    const make = async (type: string, inputs: PropertyMap, name = "one") => {
        const checked = await cloud.check(type, inputs);
        assert.deepEqual(checked.problems, []);
        return cloud.create(type, checked.inputs, name);
    };
    const problems = async (type: string, inputs: PropertyMap) => (await cloud.problems(type, inputs)).join("\n");
    const replaced = async (type: string, olds: PropertyMap, news: PropertyMap) => {
        const bags = { oldInputs: properties(olds), news: properties({ ...olds, ...news }) };
        const { changes } = await cloud.provider.diff({ urn: urnOf(type), id: "x", ...bags });
        return changes.filter(({ replaces }) => replaces).map(({ path }) => path.replace(/[[.].*/, ""));
    };
    const ask = async (token: string, args: PropertyMap) =>
        (await cloud.provider.invoke(token, properties(args))).values;

    it("needs the API", async () => {
        await plantProject(cloud.provider.inventory, { projectId: "other-project", number: "123456789012" });
        const all: [type: string, inputs: PropertyMap][] = [
            [sslPolicyType, {}],
            [securityPolicyType, {}],
            [managedCertificateType, { managed: { domains: ["a.example.com"] } }],
        ];
        for (const [type, inputs] of all) {
            await assert.rejects(
                make(type, { ...inputs, name: "a", project: "other-project" }),
                /Error 403: .*compute\.googleapis\.com.*SERVICE_DISABLED/,
                type,
            );
        }
    });

    describe("certificates", () => {
        const domains = (...names: string[]) => ({ managed: { domains: names } });

        it("are for domains without wildcards, of 63 characters at most", async () => {
            assert.equal(await problems(managedCertificateType, domains("a.example.com", "b.example.com.")), "");
            for (const name of ["*.example.com", "localhost", `${"a".repeat(52)}.example.com`]) {
                assert.match(await problems(managedCertificateType, domains(name)), /^managed\.domains: must/, name);
            }
            const many = Array.from({ length: 101 }, (_, index) => `a${index}.example.com`);
            assert.match(await problems(managedCertificateType, domains(...many)), /at most 100 domains/);
        });

        it("are replaced by any change, and kept by the load balancer that uses them", async () => {
            assert.deepEqual(await replaced(managedCertificateType, domains("a.b"), domains("c.d")), ["managed"]);
            const { id } = await make(managedCertificateType, { name: "a", ...domains("a.example.com") });
            assert.equal(id, `${home}/global/sslCertificates/a`);
            await plant(httpsProxyType, `${home}/global/targetHttpsProxies/p`, { sslCertificates: [id] });
            await assert.rejects(
                cloud.delete(managedCertificateType, id),
                /ssl_certificate resource '.*sslCertificates\/a' is already being used by '.*targetHttpsProxies\/p'/,
            );
        });
    });

    describe("SSL policies", () => {
        it("combine versions and profiles as Google allows", async () => {
            const wrong = (inputs: PropertyMap) => problems(sslPolicyType, inputs);
            const right: PropertyMap[] = [
                {},
                { minTlsVersion: "TLS_1_2" },
                { profile: "RESTRICTED", minTlsVersion: "TLS_1_3" },
            ];
            for (const inputs of right) {
                assert.equal(await wrong(inputs), "");
            }
            assert.match(await wrong({ profile: "MODERN", minTlsVersion: "TLS_1_3" }), /needs the profile RESTRICTED/);
            assert.match(await wrong({ profile: "CUSTOM" }), /^customFeatures: must be set/);
            assert.match(await wrong({ profile: "FIPS_202205", minTlsVersion: "TLS_1_1" }), /must be TLS_1_2/);
        });

        it("change in place, and are kept by the load balancer that uses them", async () => {
            assert.deepEqual(await replaced(sslPolicyType, { name: "a" }, { profile: "MODERN" }), []);
            const { id } = await make(sslPolicyType, { name: "a" });
            await plant(httpsProxyType, `${home}/global/targetHttpsProxies/p`, { sslPolicy: id });
            await assert.rejects(cloud.delete(sslPolicyType, id), /is already being used by/);
        });
    });

    describe("security policies", () => {
        const from = (...srcIpRanges: string[]) => ({ versionedExpr: "SRC_IPS_V1", config: { srcIpRanges } });
        const last = { action: "deny(403)", priority: 2_147_483_647, match: from("*") };
        const wrong = (...rules: PropertyMap[]) => problems(securityPolicyType, { rules: [...rules, last] });

        it("let everybody in without rules, and end with one for everybody", async () => {
            const { outputs } = await make(securityPolicyType, { name: "a" });
            const [rule] = outputs.values["rules"] as PropertyMap[];
            assert.deepEqual([rule["action"], rule["priority"]], ["allow", 2_147_483_647]);
            assert.match(
                await problems(securityPolicyType, { rules: [{ action: "allow", priority: 1, match: from("*") }] }),
                /must hold a default rule/,
            );
        });

        it("take ten ranges for each rule", async () => {
            const ranges = Array.from({ length: 11 }, (_, index) => `10.0.${index}.0/24`);
            assert.equal(await wrong({ action: "allow", priority: 1, match: from(...ranges.slice(1)) }), "");
            assert.match(
                await wrong({ action: "allow", priority: 1, match: from(...ranges) }),
                /1 to 10 ranges \(11 given\)/,
            );
            assert.match(
                await wrong({ action: "allow", priority: 1, match: from("10.0.0.0/33") }),
                /is not an IP range/,
            );
            assert.equal(await wrong({ action: "allow", priority: 1, match: from("2001:db8::/32") }), "");
        });

        it("know actions, priorities and rule sets", async () => {
            const waf = (expression: string) =>
                wrong({ action: "deny(403)", priority: 1, match: { expr: { expression } } });
            assert.equal(await waf("evaluatePreconfiguredWaf('xss-v33-stable', {'sensitivity': 1})"), "");
            assert.match(
                await waf("evaluatePreconfiguredWaf('xss-v99-stable')"),
                /no preconfigured rules "xss-v99-stable"/,
            );
            assert.match(await waf("evaluatePreconfiguredWaf('xss-v33-stable', {'sensitivity': 5})"), /sensitivity 5/);
            const twice = { action: "allow", priority: 1, match: from("10.0.0.0/8") };
            assert.match(await wrong(twice, twice), /the same priority/);
            assert.match(await wrong({ ...twice, action: "deny" }), /action "deny" is not known/);
        });

        it("limit by their own actions alone", async () => {
            const limit = (count: number, intervalSec: number) => ({
                conformAction: "allow",
                exceedAction: "deny(429)",
                enforceOnKey: "IP",
                rateLimitThreshold: { count, intervalSec },
            });
            const rule = { priority: 1, match: from("*") };
            assert.equal(await wrong({ ...rule, action: "throttle", rateLimitOptions: limit(1, 60) }), "");
            assert.match(await wrong({ ...rule, action: "throttle" }), /needs rateLimitOptions/);
            assert.match(
                await wrong({ ...rule, action: "allow", rateLimitOptions: limit(1, 60) }),
                /limiting actions only/,
            );
            assert.match(
                await wrong({ ...rule, action: "throttle", rateLimitOptions: limit(1, 61) }),
                /intervalSec must be/,
            );
        });

        it("change rules in place, and are kept by the backends that use them", async () => {
            assert.deepEqual(await replaced(securityPolicyType, { name: "a" }, { rules: [last] }), []);
            const { id } = await make(securityPolicyType, { name: "a", rules: [last] });
            await plant(backendServiceType, `${home}/global/backendServices/b`, { securityPolicy: id });
            await assert.rejects(cloud.delete(securityPolicyType, id), /backendServices\/b/);
            const token = "gcp:compute/getSecurityPolicy:getSecurityPolicy";
            assert.equal((await ask(token, { name: "a" }))["id"], id);
            await assert.rejects(ask(token, { name: "b" }), /securityPolicies\/b' was not found/);
        });
    });

    describe("Private Service Connect", () => {
        const rule = inRegion("forwardingRules", "rule");
        const nat = inRegion("subnetworks", "nat");
        const attachment = (changes: PropertyMap = {}) =>
            make(serviceAttachmentType, {
                name: "a",
                connectionPreference: "ACCEPT_MANUAL",
                enableProxyProtocol: false,
                natSubnets: [nat],
                targetService: rule,
                ...changes,
            });
        beforeEach(async () => {
            await plant(networkType, networkId, { name: "vpc" });
            await plant(
                subnetworkType,
                nat,
                { network: networkId, ipCidrRange: "192.168.0.0/24", purpose: "PRIVATE_SERVICE_CONNECT" },
                { region },
            );
            await plant(forwardingRuleType, rule, { loadBalancingScheme: "INTERNAL_MANAGED", ipAddress: "10.0.0.9" });
        });

        it("publishes an internal load balancer of the region, once", async () => {
            const { id } = await attachment();
            assert.equal(id, inRegion("serviceAttachments", "a"));
            const second = inRegion("subnetworks", "second");
            await plant(subnetworkType, second, {
                network: networkId,
                ipCidrRange: "192.168.1.0/24",
                purpose: "PRIVATE_SERVICE_CONNECT",
            });
            await assert.rejects(
                attachment({ name: "b", natSubnets: [second] }),
                /forwarding_rule resource .* already being used by/,
            );
            await assert.rejects(attachment({ name: "b" }), /subnetwork resource .* already being used by/);
        });

        it("refuses what cannot be published", async () => {
            const external = inRegion("forwardingRules", "external");
            await plant(forwardingRuleType, external, { loadBalancingScheme: "EXTERNAL_MANAGED" });
            await plant(subnetworkType, inRegion("subnetworks", "plain"), {
                network: networkId,
                ipCidrRange: "10.1.0.0/24",
            });
            for (const [changes, words] of [
                [{ targetService: `${rule}-gone` }, /rule-gone' was not found/],
                [{ targetService: external }, /must be of an internal load balancer/],
                [{ natSubnets: [`${nat}-gone`] }, /nat-gone' was not found/],
                [{ natSubnets: [inRegion("subnetworks", "plain")] }, /purpose of the subnetwork must be/],
                [{ enableProxyProtocol: true }, /not supported for Application Load Balancers/],
                [{ domainNames: ["wandb.example.com"] }, /One name with a point at its end/],
                [
                    {
                        connectionPreference: "ACCEPT_AUTOMATIC",
                        consumerAcceptLists: [{ projectIdOrNum: "p", connectionLimit: 1 }],
                    },
                    /with ACCEPT_MANUAL only/,
                ],
            ] as const) {
                await assert.rejects(attachment(changes as PropertyMap), words);
            }
        });

        it("keeps the load balancer and the subnet", async () => {
            const { id } = await attachment();
            await assert.rejects(cloud.delete(forwardingRuleType, rule), /serviceAttachments\/a'/);
            await assert.rejects(cloud.delete(subnetworkType, nat), /serviceAttachments\/a'/);
            await cloud.delete(serviceAttachmentType, id);
            await cloud.delete(forwardingRuleType, rule);
        });

        it("is replaced by another target, not by other consumers", async () => {
            const olds = { targetService: rule, consumerAcceptLists: [] };
            assert.deepEqual(await replaced(serviceAttachmentType, olds, { targetService: "x" }), ["targetService"]);
            const consumers = [{ projectIdOrNum: "p", connectionLimit: 1 }];
            assert.deepEqual(await replaced(serviceAttachmentType, olds, { consumerAcceptLists: consumers }), []);
        });

        const endpoint = (changes: PropertyMap = {}) =>
            make(forwardingRuleType, {
                name: "e",
                ipAddress: inRegion("addresses", "a"),
                loadBalancingScheme: "",
                network: networkId,
                target: `projects/elsewhere/regions/${region}/serviceAttachments/service`,
                ...changes,
            });
        const plantAddress = async () => {
            const subnetwork = inRegion("subnetworks", "plain");
            await plant(subnetworkType, subnetwork, { network: networkId, ipCidrRange: "10.1.0.0/24" });
            await plant(
                addressType,
                inRegion("addresses", "a"),
                { addressType: "INTERNAL", subnetwork },
                { address: "10.1.0.2" },
            );
        };

        it("gives endpoints an address of the network and a number", async () => {
            await plantAddress();
            const { outputs } = await endpoint();
            assert.equal(outputs.values["ipAddress"], "10.1.0.2");
            assert.match(textOf(outputs.values["pscConnectionId"]), /^\d+$/);
            assert.equal(outputs.values["pscConnectionStatus"], "ACCEPTED");
            await assert.rejects(endpoint({ name: "f" }), /Specified IP address is in-use/);
            await assert.rejects(cloud.delete(addressType, inRegion("addresses", "a")), /forwardingRules\/e'/);
        });

        it("lets them wait whom the service does not name", async () => {
            await plantAddress();
            const { id } = await attachment({
                consumerAcceptLists: [{ projectIdOrNum: "consumer", connectionLimit: 1 }],
            });
            const { outputs } = await endpoint({ target: id });
            assert.equal(outputs.values["pscConnectionStatus"], "PENDING");
        });

        it("refuses endpoints in another region, with a scheme, or without an address", async () => {
            await plantAddress();
            const elsewhere = "projects/elsewhere/regions/us-east1/serviceAttachments/service";
            await assert.rejects(endpoint({ target: elsewhere }), /must be in region europe-west4/);
            await assert.rejects(
                endpoint({ loadBalancingScheme: "EXTERNAL" }),
                /must be empty for Private Service Connect/,
            );
            await assert.rejects(endpoint({ ipAddress: "gone" }), /addresses\/gone' was not found/);
            await assert.rejects(endpoint({ target: inRegion("serviceAttachments", "gone") }), /gone' was not found/);
        });
    });

    describe("lookups", () => {
        it("find addresses with their user, by project and region", async () => {
            await plant(globalAddressType, `${home}/global/addresses/a`, { name: "a" }, { address: "34.1.1.1" });
            const token = "gcp:compute/getGlobalAddress:getGlobalAddress";
            assert.equal((await ask(token, { name: "a" }))["status"], "RESERVED");
            await plant(globalForwardingRuleType, `${home}/global/forwardingRules/r`, { ipAddress: "34.1.1.1" });
            const { address, addressType: kind, status } = await ask(token, { name: "a" });
            assert.deepEqual([address, kind, status], ["34.1.1.1", "EXTERNAL", "IN_USE"]);
            await assert.rejects(ask(token, { name: "b" }), /global\/addresses\/b' was not found/);
            await plant(
                addressType,
                inRegion("addresses", "a"),
                { name: "a", addressType: "INTERNAL" },
                { address: "10.0.0.9" },
            );
            const regional = "gcp:compute/getAddress:getAddress";
            assert.equal((await ask(regional, { name: "a" }))["address"], "10.0.0.9");
            await assert.rejects(
                ask(regional, { name: "a", region: "us-east1" }),
                /us-east1\/addresses\/a' was not found/,
            );
        });

        it("list the forwarding rules of a region", async () => {
            await plant(
                forwardingRuleType,
                inRegion("forwardingRules", "here"),
                { ipAddress: "10.0.0.9", portRange: "443-443" },
                { selfLink: "x" },
            );
            await plant(forwardingRuleType, inRegion("forwardingRules", "there", "us-east1"), {
                ipAddress: "10.0.0.9",
            });
            const { rules } = await ask("gcp:compute/getForwardingRules:getForwardingRules", {});
            assert.deepEqual(
                (rules as PropertyMap[]).map(({ ipAddress, portRange, selfLink }) => [ipAddress, portRange, selfLink]),
                [["10.0.0.9", "443-443", "x"]],
            );
        });

        it("find a managed zone", async () => {
            await plant("gcp:dns/managedZone:ManagedZone", `${home}/managedZones/zone`, {
                name: "zone",
                dnsName: "example.com.",
            });
            const token = "gcp:dns/getManagedZone:getManagedZone";
            const { dnsName, visibility } = await ask(token, { name: "zone" });
            assert.deepEqual([dnsName, visibility], ["example.com.", "public"]);
            await assert.rejects(ask(token, { name: "gone" }), /managedZones\/gone not found/);
        });
    });
});
