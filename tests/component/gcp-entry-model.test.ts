/** The way in against the simulated Google Cloud: it accepts what the components ask for, and lets it go in any order that the edges allow. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { apiId, apiRow } from "../../sandbox/clouds/gcp/apis";
import { addressType, forwardingRuleType, networkType, subnetworkType } from "../../sandbox/clouds/gcp/compute/shared";
import type { PropertyMap } from "../../sandbox/clouds/values";
import { GcpLoadBalancerScheme } from "../../sdk/gcp/args/entry";
import { createCertificate } from "../../sdk/gcp/entry/certificate";
import { connectClickHouse } from "../../sdk/gcp/entry/click-house";
import { publishDns } from "../../sdk/gcp/entry/dns";
import { createLoadBalancer } from "../../sdk/gcp/entry/load-balancer";
import { publishPrivateServiceConnect } from "../../sdk/gcp/entry/private-service-connect";
import { gcpEntryPlan } from "../../sdk/gcp/entry-plan";
import { failureOf } from "../support/aws-part";
import type { TestCloud } from "../support/cloud-frame";
import { project, region } from "../support/gcp-account";
import { network, networkFacts } from "../support/gcp-entry";
import { makeInCloud, startGcpCloud } from "../support/gcp-surroundings";
import { promiseOf } from "../support/resolve";

const host = "wandb.example.com";
const { Internal } = GcpLoadBalancerScheme;

describe("way in on the simulated Google Cloud", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await startGcpCloud();
        await plant(networkType, network.networkId, { name: "wandb-vpc", autoCreateSubnetworks: false });
        await plant(
            subnetworkType,
            network.subnetworkId,
            { name: "wandb-subnet", network: network.networkId, ipCidrRange: "10.10.0.0/20" },
            { region },
        );
    });
    afterEach(() => cloud.remove());

    const plant = (type: string, id: string, inputs: object, outputs: object = {}) =>
        cloud.provider.inventory.plant({
            type,
            id,
            inputs: inputs as never,
            outputs: { ...inputs, project: project.projectId, ...outputs },
        });
    const turnOn = (service: string) =>
        cloud.provider.inventory.plant(apiRow(apiId(project.projectId, `${service}.googleapis.com`), "ENABLED"));
    const plantZone = (visibility: string) =>
        plant("gcp:dns/managedZone:ManagedZone", `projects/${project.projectId}/managedZones/zone`, {
            name: "zone",
            dnsName: "example.com.",
            visibility,
        });
    const longest = "w".repeat(30);

    it("takes an external load balancer with everything, in a project without APIs, for a deployment with a long name", async () => {
        await plantZone("public");
        const args = {
            inboundCidrs: Array.from({ length: 12 }, (_, index) => `10.${index}.0.0/16`),
            armor: { wafRules: ["sqli-v33-stable", "cve-canary"], wafPreview: true, rateLimit: { requests: 600 } },
        };
        const plan = gcpEntryPlan({ host, gcp: { loadBalancer: args, dns: { managedZone: "zone" } } });
        const { made, run } = await makeInCloud(
            cloud,
            ({ scope, apis }) => {
                const made = createLoadBalancer(scope, { args, plan, network: networkFacts(), apis });
                const hosts = { host, additionalHosts: ["other.example.com"], apis };
                const certificates = createCertificate(scope, { ...hosts, dns: {}, creates: plan.createsCertificate });
                const names = publishDns(scope, {
                    ...hosts,
                    dns: { managedZone: "zone" },
                    address: made.address.address,
                    createsCertificate: plan.createsCertificate,
                });
                return { made, certificates, names };
            },
            { name: longest },
        );
        assert.match(await promiseOf(made.made.address.address), /^34\./);
        assert.equal(made.certificates.names?.length, 2);
        assert.deepEqual(await promiseOf(made.names), [host, "other.example.com"]);
        await run.destroy((candidates) => candidates[0]);
    });

    it("takes an internal one, and publishes what GKE makes of the Ingress", async () => {
        const args = { scheme: Internal };
        const plan = gcpEntryPlan({ host, gcp: { loadBalancer: args } });
        const ruleId = `projects/${project.projectId}/regions/${region}/forwardingRules/k8s2-fs-1`;
        const { made, run } = await makeInCloud(
            cloud,
            ({ scope, apis }) => {
                const { address } = createLoadBalancer(scope, { args, plan, network: networkFacts(), apis });
                // What GKE's controller would make of the Ingress.
                const served = address.address.apply(async (ipAddress) => {
                    const inputs = { ipAddress, portRange: "443-443", loadBalancingScheme: "INTERNAL_MANAGED" };
                    await plant(forwardingRuleType, ruleId, inputs, {
                        selfLink: `https://www.googleapis.com/compute/v1/${ruleId}`,
                    });
                    return ipAddress;
                });
                return publishPrivateServiceConnect(scope, {
                    args: { consumers: [{ project: "consumer-project" }] },
                    network: networkFacts(),
                    behind: { address: address.address, served, tls: true },
                    apis,
                });
            },
            { name: longest },
        );
        const attachment = await promiseOf(made.attachmentId);
        assert.match(
            attachment,
            new RegExp(`^projects/${project.projectId}/regions/${region}/serviceAttachments/w+-psc-`),
        );
        const { inputs } =
            cloud.provider.inventory.get("gcp:compute/serviceAttachment:ServiceAttachment", attachment) ?? {};
        assert.equal(inputs?.["targetService"], `https://www.googleapis.com/compute/v1/${ruleId}`);
        const order = run.destroy(
            (candidates) => candidates.find((name) => name.includes("attachment")) ?? candidates[0],
        );
        await assert.rejects(order, /internal-address|addresses.* is already being used by .*k8s2-fs-1/);
    });

    it("connects ClickHouse Cloud in another region, and lets it go again", async () => {
        const serviceAttachment = "projects/clickhouse-project/regions/us-east1/serviceAttachments/production";
        const { made, run } = await makeInCloud(
            cloud,
            ({ scope, apis }) =>
                connectClickHouse(scope, {
                    args: { serviceAttachment, region: "us-east1" },
                    network: networkFacts(),
                    apis,
                }),
            { name: longest },
        );
        assert.match(await promiseOf(made.connectionId), /^\d+$/);
        await run.destroy((candidates) => candidates[0]);
    });

    it("says which address is not there", async () => {
        await turnOn("compute");
        const args = { existingAddress: "gone" };
        const plan = gcpEntryPlan({ host, gcp: { loadBalancer: args } });
        const { made } = await makeInCloud(cloud, ({ scope, apis }) =>
            createLoadBalancer(scope, { args, plan, network: networkFacts(), apis }),
        );
        assert.match(
            await failureOf(made.address.address),
            /^gcp\.loadBalancer\.existingAddress: cannot be read \("gone" given\): .*Give the name of a global external address/,
        );
    });

    it("finds an internal address of its own region", async () => {
        const inputs: PropertyMap = { name: "given", addressType: "INTERNAL" };
        await plant(addressType, `projects/${project.projectId}/regions/${region}/addresses/given`, inputs, {
            address: "10.10.0.77",
        });
        const args = { scheme: Internal, existingAddress: "given" };
        const plan = gcpEntryPlan({ host, gcp: { loadBalancer: args } });
        await turnOn("compute");
        const { made } = await makeInCloud(cloud, ({ scope, apis }) =>
            createLoadBalancer(scope, { args, plan, network: networkFacts(), apis }),
        );
        assert.equal(await promiseOf(made.address.address), "10.10.0.77");
        assert.equal(await promiseOf(pulumi.output(made.address.name)), "given");
    });
});
