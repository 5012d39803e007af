/** The stand-in for GKE's Ingress controller: what it reads, what it makes of it, and what it refuses. */
import assert from "node:assert/strict";
import { securityPolicyType } from "../../sandbox/clouds/gcp/compute/armor";
import { managedCertificateType, ownRegionCertificateType } from "../../sandbox/clouds/gcp/compute/certificates";
import { backendServiceType, httpsProxyType } from "../../sandbox/clouds/gcp/compute/load-balancer-parts";
import {
    addressType,
    clusterType,
    endpointGroupType,
    firewallType,
    forwardingRuleType,
    globalAddressType,
    globalForwardingRuleType,
    networkType,
    serviceAttachmentType,
    subnetworkType,
} from "../../sandbox/clouds/gcp/compute/shared";
import { sslPolicyType } from "../../sandbox/clouds/gcp/compute/ssl-policy";
import type { Row } from "../../sandbox/clouds/inventory";
import { clusterOf, hasCluster, type GkeCluster } from "../../sandbox/operator/controller/gke-ingress/cluster";
import { deploy, remove } from "../../sandbox/operator/controller/gke-ingress/deploy";
import { type Beside, kindOf, planBalancer } from "../../sandbox/operator/controller/gke-ingress/plan";
import type { KubeObject } from "../../sandbox/operator/controller/kube";
import type { TestCloud } from "../support/cloud-frame";
import { project, region } from "../support/gcp-account";
import { startGcpCloud } from "../support/gcp-surroundings";

const home = `projects/${project.projectId}`;
const networkId = `${home}/global/networks/vpc`;
const subnetworkId = `${home}/regions/${region}/subnetworks/nodes`;
const none: Beside = { securityPolicies: new Map(), secrets: [] };

function ingress(annotations: Record<string, string> = {}, spec: Record<string, unknown> = {}): KubeObject {
    const paths = ["wandb-app", "wandb-console"].map((name) => ({ backend: { service: { name } } }));
    return {
        metadata: { namespace: "wandb", name: "wandb", uid: "1", annotations },
        spec: { rules: [{ host: "wandb.example.com", http: { paths } }], ...spec },
    };
}
const external = (more: Record<string, string> = {}) => ({ "kubernetes.io/ingress.class": "gce", ...more });
const internal = (more: Record<string, string> = {}) => ({ "kubernetes.io/ingress.class": "gce-internal", ...more });
const https = {
    "ingress.gcp.kubernetes.io/pre-shared-cert": "cert",
    "networking.gke.io/v1beta1.FrontendConfig": "wandb",
    "kubernetes.io/ingress.global-static-ip-name": "address",
};

describe("stand-in for GKE's Ingress controller", () => {
    let cloud: TestCloud;
    let cluster: GkeCluster;
    beforeEach(async () => {
        cloud = await startGcpCloud();
        await plant(networkType, networkId, {});
        await plant(subnetworkType, subnetworkId, { network: networkId, ipCidrRange: "10.10.0.0/20" });
        await plant(clusterType, `${home}/locations/${region}/clusters/one`, {
            network: networkId,
            subnetwork: subnetworkId,
        });
        const found = clusterOf(view());
        assert.ok(found);
        cluster = found;
    });
    afterEach(() => cloud.remove());

    const plant = (type: string, id: string, inputs: Row["inputs"], outputs: Row["outputs"] = {}) =>
        cloud.provider.inventory.plant({ type, id, inputs, outputs: { ...inputs, ...outputs } });
    const view = () => cloud.provider.inventory.view();
    const rows = (type: string) => view().rows(type);
    const plan = (object: KubeObject, beside: Partial<Beside> = {}) =>
        planBalancer(object, { ...none, ...beside }, cluster, view());
    const frontendConfig: KubeObject = { spec: { sslPolicy: "strict" } };
    const plantExternal = async () => {
        await plant(globalAddressType, `${home}/global/addresses/address`, {}, { address: "34.1.2.3" });
        await plant(managedCertificateType, `${home}/global/sslCertificates/cert`, {});
        await plant(sslPolicyType, `${home}/global/sslPolicies/strict`, {});
        await plant(securityPolicyType, `${home}/global/securityPolicies/armor`, {});
    };
    const plantProxies = () =>
        plant(
            subnetworkType,
            `${home}/regions/${region}/subnetworks/proxies`,
            { network: networkId, ipCidrRange: "10.127.0.0/23", purpose: "REGIONAL_MANAGED_PROXY", role: "ACTIVE" },
            { region },
        );

    it("reads the class from the annotation, and serves what names none", () => {
        assert.equal(kindOf(ingress()), "external");
        assert.equal(kindOf(ingress({}, { ingressClassName: "gce" })), undefined);
        assert.equal(kindOf(ingress(external(), { ingressClassName: "nginx" })), "external");
        assert.equal(kindOf(ingress(internal())), "internal");
        assert.equal(kindOf(ingress({ "kubernetes.io/ingress.class": "nginx" })), undefined);
    });

    it("runs in a cluster that has the add-on", async () => {
        assert.deepEqual(
            [cluster.project, cluster.region, cluster.networkId, cluster.subnetworkId],
            [project.projectId, region, networkId, subnetworkId],
        );
        assert.equal(cluster.zones.length, 3);
        await cloud.provider.inventory.change((change) => {
            const row = change.get(clusterType, cluster.id);
            assert.ok(row);
            row.inputs["addonsConfig"] = { httpLoadBalancing: { disabled: true } };
        });
        assert.equal(clusterOf(view()), undefined);
        assert.equal(hasCluster(view()), true);
    });

    it("serves HTTP and HTTPS at the address that is named", async () => {
        await plantExternal();
        const made = plan(ingress(external(https)), {
            frontendConfig,
            securityPolicies: new Map([["wandb-app", "armor"]]),
        });
        assert.deepEqual(made, {
            key: "wandb/wandb",
            internal: false,
            address: "34.1.2.3",
            http: true,
            certificates: [`${home}/global/sslCertificates/cert`],
            sslPolicy: `${home}/global/sslPolicies/strict`,
            services: new Map([
                ["wandb-app", `${home}/global/securityPolicies/armor`],
                ["wandb-console", undefined],
            ]),
        });
    });

    it("refuses what is not there", async () => {
        await plantExternal();
        const refused = (annotations: Record<string, string>, words: RegExp, beside: Partial<Beside> = {}) =>
            assert.throws(() => plan(ingress(external(annotations)), beside), words);
        refused({ "kubernetes.io/ingress.global-static-ip-name": "gone" }, /static IP name gone doesn't translate/);
        refused({ "ingress.gcp.kubernetes.io/pre-shared-cert": "cert, gone" }, /sslCertificates\/gone' was not found/);
        refused({ "networking.gke.io/v1beta1.FrontendConfig": "gone" }, /FrontendConfig "wandb\/gone" does not exist/);
        refused(https, /sslPolicies\/weak' was not found/, { frontendConfig: { spec: { sslPolicy: "weak" } } });
        refused({}, /securityPolicies\/gone' was not found/, { securityPolicies: new Map([["wandb-app", "gone"]]) });
        refused({ "kubernetes.io/ingress.allow-http": "false" }, /invalid ingress frontend configuration/);
        const tls = { tls: [{ secretName: "gone" }] };
        assert.throws(() => plan(ingress(external(), tls)), /secrets "gone" not found/);
        assert.deepEqual(plan(ingress(external(), tls), { secrets: ["gone"] }).certificates, []);
    });

    it("needs proxies, HTTPS alone and no Cloud Armor inside the network", async () => {
        const own = internal({
            "ingress.gcp.kubernetes.io/pre-shared-cert": "cert",
            "kubernetes.io/ingress.regional-static-ip-name": "address",
            "kubernetes.io/ingress.allow-http": "false",
        });
        await plant(ownRegionCertificateType, `${home}/regions/${region}/sslCertificates/cert`, {});
        await plant(addressType, `${home}/regions/${region}/addresses/address`, {}, { address: "10.10.0.9" });
        assert.throws(() => plan(ingress(own)), /active subnet not found/);
        await plantProxies();
        const { address, http, internal: inside } = plan(ingress(own));
        assert.deepEqual([address, http, inside], ["10.10.0.9", false, true]);
        assert.throws(
            () => plan(ingress({ ...own, "kubernetes.io/ingress.allow-http": "true" })),
            /both HTTP and HTTPS served on the same IP/,
        );
        assert.throws(
            () => plan(ingress(own), { securityPolicies: new Map([["wandb-app", "armor"]]) }),
            /not supported for REGIONAL backend service wandb-app/,
        );
    });

    it("makes parts that keep address, certificate, policies and network, until the Ingress goes", async () => {
        await plantExternal();
        const made = plan(ingress(external(https)), {
            frontendConfig,
            securityPolicies: new Map([["wandb-app", "armor"]]),
        });
        await deploy(made, cluster, cloud.provider.inventory);
        await deploy(made, cluster, cloud.provider.inventory);
        assert.deepEqual(
            rows(globalForwardingRuleType).map(({ inputs }) => [inputs["ipAddress"], inputs["portRange"]]),
            [
                ["34.1.2.3", "80-80"],
                ["34.1.2.3", "443-443"],
            ],
        );
        assert.equal(rows(backendServiceType).length, 2);
        assert.equal(rows(endpointGroupType).length, 6);
        assert.equal(rows(firewallType).length, 1);
        for (const [type, id] of [
            [globalAddressType, `${home}/global/addresses/address`],
            [managedCertificateType, `${home}/global/sslCertificates/cert`],
            [sslPolicyType, `${home}/global/sslPolicies/strict`],
            [securityPolicyType, `${home}/global/securityPolicies/armor`],
            [subnetworkType, subnetworkId],
            [networkType, networkId],
        ] as const) {
            await assert.rejects(cloud.delete(type, id), /is already being used by/, id);
        }
        await remove("wandb/wandb", cluster, cloud.provider.inventory);
        for (const type of [
            globalForwardingRuleType,
            backendServiceType,
            endpointGroupType,
            firewallType,
            httpsProxyType,
        ]) {
            assert.deepEqual(rows(type), [], type);
        }
        await cloud.delete(globalAddressType, `${home}/global/addresses/address`);
        await cloud.delete(managedCertificateType, `${home}/global/sslCertificates/cert`);
    });

    it("changes what is there, and takes away what is asked for no more", async () => {
        await plantExternal();
        await deploy(plan(ingress(external(https)), { frontendConfig }), cluster, cloud.provider.inventory);
        const [, before] = rows(globalForwardingRuleType).map(({ id }) => id);
        const closed = { ...https, "kubernetes.io/ingress.allow-http": "false" };
        await deploy(plan(ingress(external(closed)), { frontendConfig }), cluster, cloud.provider.inventory);
        assert.deepEqual(
            rows(globalForwardingRuleType).map(({ id }) => id),
            [before],
        );
    });

    it("cannot go while it is published", async () => {
        await plantProxies();
        await deploy(plan(ingress(internal())), cluster, cloud.provider.inventory);
        const [{ id }] = rows(forwardingRuleType);
        const attachment = `${home}/regions/${region}/serviceAttachments/a`;
        await plant(serviceAttachmentType, attachment, {
            targetService: `https://www.googleapis.com/compute/v1/${id}`,
        });
        await assert.rejects(remove("wandb/wandb", cluster, cloud.provider.inventory), /serviceAttachments\/a'/);
        await cloud.provider.inventory.change((change) => change.remove(serviceAttachmentType, attachment));
        const proxies = `${home}/regions/${region}/subnetworks/proxies`;
        await assert.rejects(cloud.delete(subnetworkType, proxies), /is already being used by '.*forwardingRules/);
        await remove("wandb/wandb", cluster, cloud.provider.inventory);
        assert.deepEqual(rows(forwardingRuleType), []);
        await cloud.delete(subnetworkType, proxies);
    });
});
