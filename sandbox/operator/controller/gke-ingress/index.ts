/**
 * The Ingress controller of GKE, which runs where nobody sees it: it acts while the simulated Google Cloud has a cluster. An Ingress keeps its
 * finalizer, and everything that was made of it stays, when the cluster goes first.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { Inventory } from "../../../clouds/inventory";
import { noAddressAnnotation } from "../addresses";
import type { KubeClient, KubeObject } from "../kube";
import { recordEvent } from "../load-balancers/events";
import { messageOf } from "../log";
import { WorkQueue, type RunResult } from "../queue";
import { clusterOf, hasCluster, type GkeCluster } from "./cluster";
import { installDefinitions } from "./definitions";
import { deploy, remove } from "./deploy";
import { type Beside, frontendNameOf, kindOf, planBalancer, secretsOf, servicesOf } from "./plan";

const ingresses = "/apis/networking.k8s.io/v1/ingresses";
const finalizer = "networking.gke.io/ingress-finalizer-V2";
/** Until the parts of a new load balancer are there: an estimate, Google speaks of some minutes until it answers. */
const creationMs = 60_000;
const waitMs = 500;

/** What the controller works with. */
export interface GkeIngressOptions {
    readonly client: KubeClient;
    /** The sandbox instance, whose Google Cloud it is. */
    readonly dir: string;
    /** Whether Ingresses get addresses. */
    readonly enabled: () => boolean;
    /** Turns the real pauses into those of the sandbox. */
    readonly scale: (milliseconds: number) => number;
    readonly report: (line: string) => void;
}

/** Whether GKE's controller, and nobody else, serves an Ingress. */
export function isLeftToGke(ingress: KubeObject, dir: string): boolean {
    return kindOf(ingress) !== undefined && hasCluster(new Inventory(dir, "gcp").view());
}

/** Follows the clusters of the simulated cloud, and all Ingresses. */
export function controlGkeIngresses(options: GkeIngressOptions): void {
    const controller = new GkeIngressController(options);
    const problem = (error: unknown) => options.report(`GKE Ingresses: ${messageOf(error)}`);
    options.client.follow(ingresses, { changed: (ingress) => controller.changed(ingress), problem });
    setInterval(() => void controller.prepare().catch(problem), waitMs).unref();
}

class GkeIngressController {
    private readonly queue: WorkQueue;
    private readonly inventory: Inventory;
    private preparing = false;

    constructor(private readonly options: GkeIngressOptions) {
        this.inventory = new Inventory(options.dir, "gcp");
        let last = "";
        this.queue = new WorkQueue(
            (key) => this.reconcile(key),
            (key, error) => {
                const line = `Ingress ${key}: ${messageOf(error)}`;
                if (line !== last) {
                    options.report(line);
                }
                last = line;
            },
        );
    }

    /** A cluster of GKE has GKE's kinds from the start. */
    async prepare(): Promise<void> {
        if (this.preparing || !hasCluster(this.inventory.view())) {
            return;
        }
        this.preparing = true;
        try {
            await installDefinitions(this.options.client);
        } finally {
            this.preparing = false;
        }
    }

    changed({ metadata }: KubeObject): void {
        this.queue.add(`${metadata?.namespace}/${metadata?.name}`);
    }

    private async reconcile(key: string): Promise<RunResult> {
        const [namespace, name] = key.split("/");
        const ingress = await this.options.client.find(pathOf(namespace, name));
        if (ingress === undefined || !hasCluster(this.inventory.view())) {
            return {};
        }
        const cluster = clusterOf(this.inventory.view());
        if (cluster === undefined) {
            return { againAfterMs: waitMs };
        }
        // Whoever takes the class away gives the load balancer back.
        if (ingress.metadata?.deletionTimestamp !== undefined || kindOf(ingress) === undefined) {
            await this.release(ingress, cluster);
            return {};
        }
        if (ingress.metadata?.annotations?.[noAddressAnnotation] === "true") {
            return {};
        }
        if (!this.options.enabled()) {
            return { againAfterMs: waitMs };
        }
        await this.orEvent(ingress, () => this.serve(ingress, cluster));
        return {};
    }

    private async serve(ingress: KubeObject, cluster: GkeCluster): Promise<void> {
        const { client, scale } = this.options;
        const { namespace = "", name = "", finalizers = [] } = ingress.metadata ?? {};
        const path = pathOf(namespace, name);
        if (!finalizers.includes(finalizer)) {
            await client.patch(path, { metadata: { finalizers: [...finalizers, finalizer] } });
        }
        const beside = await this.readBeside(ingress);
        const plan = planBalancer(ingress, beside, cluster, this.inventory.view());
        await deploy(plan, cluster, this.inventory);
        const balancer = ingress.status?.loadBalancer as { ingress?: { ip?: string }[] } | undefined;
        if (balancer?.ingress?.[0]?.ip === plan.address) {
            return;
        }
        await sleep(scale(creationMs));
        await client.patch(`${path}/status`, { status: { loadBalancer: { ingress: [{ ip: plan.address }] } } });
    }

    private async release(ingress: KubeObject, cluster: GkeCluster): Promise<void> {
        const { namespace = "", name = "", finalizers = [] } = ingress.metadata ?? {};
        if (!finalizers.includes(finalizer)) {
            return;
        }
        await this.orEvent(ingress, () => remove(`${namespace}/${name}`, cluster, this.inventory));
        await this.options.client.patch(pathOf(namespace, name), {
            metadata: { finalizers: finalizers.filter((entry) => entry !== finalizer) },
        });
    }

    private async readBeside(ingress: KubeObject): Promise<Beside> {
        const { client } = this.options;
        const namespace = ingress.metadata?.namespace ?? "";
        const frontend = frontendNameOf(ingress);
        const securityPolicies = new Map<string, string>();
        for (const service of servicesOf(ingress)) {
            const policy = await this.securityPolicyOf(namespace, service);
            if (policy !== undefined) {
                securityPolicies.set(service, policy);
            }
        }
        const secrets: string[] = [];
        for (const secret of secretsOf(ingress)) {
            if ((await client.find(`/api/v1/namespaces/${namespace}/secrets/${secret}`)) !== undefined) {
                secrets.push(secret);
            }
        }
        const frontendConfig =
            frontend === undefined
                ? undefined
                : await client.find(
                      `/apis/networking.gke.io/v1beta1/namespaces/${namespace}/frontendconfigs/${frontend}`,
                  );
        return { securityPolicies, secrets, frontendConfig };
    }

    /** https://docs.cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration#associating_backendconfig_with_your_ingress */
    private async securityPolicyOf(namespace: string, service: string): Promise<string | undefined> {
        const { client } = this.options;
        const found = await client.find(`/api/v1/namespaces/${namespace}/services/${service}`);
        const annotation = found?.metadata?.annotations?.["cloud.google.com/backend-config"];
        if (annotation === undefined) {
            return undefined;
        }
        const named = JSON.parse(annotation) as { default?: string; ports?: Record<string, string> };
        const name = named.default ?? Object.values(named.ports ?? {})[0];
        const config = await client.find(`/apis/cloud.google.com/v1/namespaces/${namespace}/backendconfigs/${name}`);
        if (config === undefined) {
            throw new Error(
                `error getting BackendConfig for port of service "${namespace}/${service}": no BackendConfig ${name}`,
            );
        }
        const policy = config.spec?.securityPolicy as { name?: string } | undefined;
        return policy?.name === "" ? undefined : policy?.name;
    }

    private async orEvent(ingress: KubeObject, work: () => Promise<void>): Promise<void> {
        try {
            await work();
        } catch (error) {
            await recordEvent(this.options.client, ingress, "Sync", `Error syncing to GCP: ${messageOf(error)}`);
            throw error;
        }
    }
}

function pathOf(namespace: string, name: string): string {
    return `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses/${name}`;
}
