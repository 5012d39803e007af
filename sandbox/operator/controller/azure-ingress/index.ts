/**
 * The Ingress controllers of AKS's add-ons: Application Gateway's, and the NGINX of application routing. They act while the simulated Azure
 * has a cluster with the add-on. Neither puts a finalizer on an Ingress.
 */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Inventory } from "../../../clouds/inventory";
import { classOf, noAddressAnnotation } from "../addresses";
import type { KubeClient, KubeObject } from "../kube";
import { recordEvent } from "../load-balancers/events";
import { messageOf } from "../log";
import { WorkQueue, type RunResult } from "../queue";
import { type AksCluster, aksClusterOf, hasAksCluster } from "./cluster";
import { installDefinition, type NginxController, nginxControllers } from "./definitions";
import { deploy, type GatewayPlan, isForGateway, planGateway, tlsSecretsOf } from "./gateway";

const ingresses = "/apis/networking.k8s.io/v1/ingresses";
const defaultNginx = "webapprouting.kubernetes.azure.com";
/** Until a gateway has taken a change: https://azure.github.io/application-gateway-kubernetes-ingress/ speaks of about a minute. */
const gatewayMs = 60_000;
/** Until a load balancer has an address: an estimate. */
const balancerMs = 20_000;
const waitMs = 500;

/** What the controllers work with. */
export interface AzureIngressOptions {
    readonly client: KubeClient;
    /** The sandbox instance, whose Azure it is. */
    readonly dir: string;
    /** Whether Ingresses get addresses. */
    readonly enabled: () => boolean;
    /** Turns the real pauses into those of the sandbox. */
    readonly scale: (milliseconds: number) => number;
    readonly report: (line: string) => void;
}

/** Whether an add-on of AKS, and nobody else, serves an Ingress. */
export function isLeftToAks(ingress: KubeObject, dir: string): boolean {
    return hasAksCluster(new Inventory(dir, "azure-native").view()) && (isForGateway(ingress) || isForNginx(ingress));
}

/** Classes of NGINX controllers of our own end so. */
function isForNginx(ingress: KubeObject): boolean {
    const name = classOf(ingress);
    return name === defaultNginx || name.endsWith("-nginx");
}

/** Follows the clusters of the simulated cloud, and all Ingresses. */
export function controlAzureIngresses(options: AzureIngressOptions): void {
    const controller = new AzureIngressController(options);
    const problem = (error: unknown) => options.report(`AKS Ingresses: ${messageOf(error)}`);
    const changed = (ingress: KubeObject) => controller.changed(ingress);
    options.client.follow(ingresses, { changed, gone: changed, problem });
    setInterval(() => void controller.prepare().catch(problem), waitMs).unref();
}

class AzureIngressController {
    private readonly queue: WorkQueue;
    private readonly inventory: Inventory;
    /** What is in the gateway, by Ingress. */
    private readonly plans = new Map<string, GatewayPlan>();
    private preparing = false;

    constructor(private readonly options: AzureIngressOptions) {
        this.inventory = new Inventory(options.dir, "azure-native");
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

    /** The application routing add-on brings its kind. */
    async prepare(): Promise<void> {
        if (this.preparing || aksClusterOf(this.inventory.view())?.routing !== true) {
            return;
        }
        this.preparing = true;
        try {
            await installDefinition(this.options.client);
        } finally {
            this.preparing = false;
        }
    }

    changed({ metadata }: KubeObject): void {
        this.queue.add(`${metadata?.namespace}/${metadata?.name}`);
    }

    private async reconcile(key: string): Promise<RunResult> {
        const [namespace, name] = key.split("/");
        const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses/${name}`;
        const ingress = await this.options.client.find(path);
        const cluster = aksClusterOf(this.inventory.view());
        if (cluster === undefined) {
            return hasAksCluster(this.inventory.view()) ? { againAfterMs: waitMs } : {};
        }
        if (ingress === undefined || !(isForGateway(ingress) || isForNginx(ingress))) {
            await this.release(key, cluster);
            return {};
        }
        if (ingress.metadata?.annotations?.[noAddressAnnotation] === "true") {
            return {};
        }
        if (!this.options.enabled()) {
            return { againAfterMs: waitMs };
        }
        return isForGateway(ingress)
            ? this.serveByGateway(key, path, ingress, cluster)
            : this.serveByNginx(path, ingress, cluster);
    }

    /** A Secret that cert-manager fills later is looked for again. */
    private async serveByGateway(
        key: string,
        path: string,
        ingress: KubeObject,
        { gateway }: AksCluster,
    ): Promise<RunResult> {
        if (gateway === undefined) {
            return {};
        }
        const { client, scale } = this.options;
        const secrets = await this.secretsOf(ingress);
        let plan: GatewayPlan;
        try {
            plan = planGateway(ingress, secrets, gateway, this.inventory.view());
        } catch (error) {
            await recordEvent(client, ingress, "Sync", messageOf(error));
            throw error;
        }
        if (JSON.stringify(this.plans.get(key)) !== JSON.stringify(plan)) {
            this.plans.set(key, plan);
            await deploy([...this.plans.values()], gateway, this.inventory);
            await sleep(scale(gatewayMs));
        }
        await this.tell(path, ingress, plan.address);
        return tlsSecretsOf(ingress).length > secrets.length ? { againAfterMs: waitMs } : {};
    }

    private async serveByNginx(path: string, ingress: KubeObject, cluster: AksCluster): Promise<RunResult> {
        if (!cluster.routing) {
            return {};
        }
        const name = classOf(ingress);
        const made = await nginxControllers(this.options.client);
        const own: NginxController | undefined = made.find(({ ingressClass }) => ingressClass === name);
        if (own === undefined && name !== defaultNginx) {
            return { againAfterMs: waitMs };
        }
        await sleep(this.options.scale(balancerMs));
        await this.tell(path, ingress, nginxAddress(`${cluster.id} ${name}`, own?.internal === true));
        return {};
    }

    private async tell(path: string, ingress: KubeObject, address: string): Promise<void> {
        const balancer = ingress.status?.loadBalancer as { ingress?: { ip?: string }[] } | undefined;
        if (balancer?.ingress?.[0]?.ip !== address) {
            await this.options.client.patch(`${path}/status`, {
                status: { loadBalancer: { ingress: [{ ip: address }] } },
            });
        }
    }

    private async release(key: string, { gateway }: AksCluster): Promise<void> {
        if (this.plans.delete(key) && gateway !== undefined) {
            await deploy([...this.plans.values()], gateway, this.inventory);
        }
    }

    private async secretsOf(ingress: KubeObject): Promise<string[]> {
        const found: string[] = [];
        for (const name of tlsSecretsOf(ingress)) {
            const path = `/api/v1/namespaces/${ingress.metadata?.namespace ?? ""}/secrets/${name}`;
            if ((await this.options.client.find(path)) !== undefined) {
                found.push(name);
            }
        }
        return found;
    }
}

/** One address for each NGINX: in the network, or of the range for documentation. */
function nginxAddress(key: string, internal: boolean): string {
    const [digit] = createHash("sha256").update(key).digest();
    return internal ? `10.10.16.${4 + (digit % 240)}` : `203.0.113.${1 + (digit % 254)}`;
}
