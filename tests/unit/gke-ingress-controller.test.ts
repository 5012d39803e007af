/** The stand-in for GKE's Ingress controller at work: finalizer, address, Events, GKE's kinds, and the end. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { clusterType, globalAddressType, globalForwardingRuleType } from "../../sandbox/clouds/gcp/compute/shared";
import { controlGkeIngresses, isLeftToGke } from "../../sandbox/operator/controller/gke-ingress";
import { installDefinitions } from "../../sandbox/operator/controller/gke-ingress/definitions";
import type { KubeObject } from "../../sandbox/operator/controller/kube";
import type { TestCloud } from "../support/cloud-frame";
import { FakeKube } from "../support/fake-kube";
import { project, region } from "../support/gcp-account";
import { startGcpCloud } from "../support/gcp-surroundings";

const collection = "/apis/networking.k8s.io/v1/ingresses";
const path = "/apis/networking.k8s.io/v1/namespaces/wandb/ingresses/wandb";
const finalizer = "networking.gke.io/ingress-finalizer-V2";
const home = `projects/${project.projectId}`;

function ingress(annotations: Record<string, string>, metadata: object = {}): KubeObject {
    const paths = [{ backend: { service: { name: "wandb-app" } } }];
    return {
        metadata: { namespace: "wandb", name: "wandb", uid: "1", annotations, ...metadata },
        spec: { rules: [{ host: "wandb.example.com", http: { paths } }] },
    };
}

describe("stand-in for GKE's Ingress controller at work", () => {
    let cloud: TestCloud;
    let kube: FakeKube;
    let enabled: boolean;
    beforeEach(async () => {
        cloud = await startGcpCloud();
        kube = new FakeKube();
        enabled = true;
        controlGkeIngresses({
            client: kube.client,
            dir: cloud.dir,
            enabled: () => enabled,
            scale: () => 0,
            report: () => undefined,
        });
    });
    afterEach(() => cloud.remove());

    const plantCluster = () => plant(clusterType, `${home}/locations/${region}/clusters/one`);
    const plant = (type: string, id: string, outputs: Record<string, string> = {}) =>
        cloud.provider.inventory.plant({ type, id, inputs: {}, outputs });
    const rules = () => cloud.provider.inventory.view().rows(globalForwardingRuleType);
    const addressOf = () =>
        (kube.objects.get(path)?.status?.loadBalancer as { ingress?: { ip: string }[] } | undefined)?.ingress?.[0]?.ip;
    async function until(what: () => boolean): Promise<void> {
        for (let round = 0; !what(); round += 1) {
            assert.ok(round < 400, "it did not come about");
            await sleep(5);
        }
    }
    const gce = { "kubernetes.io/ingress.class": "gce" };
    const named = { ...gce, "kubernetes.io/ingress.global-static-ip-name": "address" };

    it("serves an Ingress at its address, and gives everything back when it goes", async () => {
        await plantCluster();
        await plant(globalAddressType, `${home}/global/addresses/address`, { address: "34.1.2.3" });
        kube.apply(path, collection, ingress(named));
        await until(() => addressOf() === "34.1.2.3");
        assert.deepEqual(kube.objects.get(path)?.metadata?.finalizers, [finalizer]);
        assert.equal(rules().length, 1);
        const leaving = { deletionTimestamp: new Date(), finalizers: [finalizer] };
        kube.apply(path, collection, ingress(named, leaving));
        await until(() => !kube.objects.has(path));
        assert.deepEqual(rules(), []);
    });

    it("gives everything back when the class is another one", async () => {
        await plantCluster();
        kube.apply(path, collection, ingress(gce));
        await until(() => rules().length === 1);
        kube.apply(path, collection, ingress({ "kubernetes.io/ingress.class": "nginx" }, { finalizers: [finalizer] }));
        await until(() => rules().length === 0);
    });

    it("says by an Event what it cannot do, and tries again", async () => {
        await plantCluster();
        kube.apply(path, collection, ingress(named));
        const event = (): KubeObject | undefined =>
            [...kube.objects].find(([own]) => own.startsWith("/api/v1/namespaces/wandb/events/"))?.[1];
        await until(() => event() !== undefined);
        assert.equal(event()?.["reason"], "Sync");
        assert.match(String(event()?.["message"]), /^Error syncing to GCP: .*static IP name address doesn't translate/);
        assert.equal(event()?.["type"], "Warning");
        await plant(globalAddressType, `${home}/global/addresses/address`, { address: "34.1.2.3" });
        await until(() => addressOf() === "34.1.2.3");
    });

    it("leaves Ingresses alone without a cluster, or while it is switched off", async () => {
        kube.apply(path, collection, ingress(gce));
        assert.equal(isLeftToGke(ingress(gce), cloud.dir), false);
        await plantCluster();
        assert.equal(isLeftToGke(ingress(gce), cloud.dir), true);
        assert.equal(isLeftToGke(ingress({ "kubernetes.io/ingress.class": "nginx" }), cloud.dir), false);
        enabled = false;
        kube.apply(path, collection, ingress(gce));
        await sleep(50);
        assert.equal(kube.objects.get(path)?.metadata?.finalizers, undefined);
        enabled = true;
        await until(() => addressOf() !== undefined);
    });

    it("has GKE's kinds as soon as there is a cluster", async () => {
        const definition = (name: string) =>
            kube.objects.has(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`);
        await sleep(600);
        assert.equal(definition("frontendconfigs.networking.gke.io"), false);
        await plantCluster();
        await until(() => definition("backendconfigs.cloud.google.com"));
        assert.equal(definition("frontendconfigs.networking.gke.io"), true);
        const before = kube.objects.size;
        await installDefinitions(kube.client);
        assert.equal(kube.objects.size, before);
    });
});
