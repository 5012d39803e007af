/**
 * The AWS load balancer controller, as far as Ingresses go: it acts while a Deployment of its chart is available, with
 * what that Deployment was told. Without one an Ingress keeps its finalizer and its address, and nobody does anything.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { Inventory } from "../../../clouds/inventory";
import { noAddressAnnotation } from "../addresses";
import type { KubeClient, KubeObject } from "../kube";
import { messageOf } from "../log";
import { WorkQueue, type RunResult } from "../queue";
import { deploy, remove } from "./deploy";
import { recordEvent, type IngressReason } from "./events";
import { finalizerOf, type Holder, holdersOf, isMember } from "./finalizers";
import { refusedIdentity } from "./identity";
import { buildModel } from "./model";
import { controllerSelector, settingsOf, type ControllerSettings } from "./settings";

const ingresses = "/apis/networking.k8s.io/v1/ingresses";
const controllerName = "ingress.k8s.aws/alb";
/** CreateLoadBalancer answers with the name of the load balancer long before that takes traffic. */
const creationMs = 3_000;
const disabledRetryMs = 500;

/** What the controller works with. */
export interface LoadBalancerOptions {
    readonly client: KubeClient;
    /** The sandbox instance, whose AWS it is. */
    readonly dir: string;
    /** Whether Ingresses get addresses. */
    readonly enabled: () => boolean;
    /** Turns the real pauses into those of the sandbox. */
    readonly scale: (milliseconds: number) => number;
    readonly report: (line: string) => void;
}

/** Follows Deployments of the controller and all Ingresses. */
export function controlLoadBalancers(options: LoadBalancerOptions): void {
    const controller = new LoadBalancerController(options);
    const problem = (error: unknown) => options.report(`load balancers: ${messageOf(error)}`);
    options.client.follow(
        "/apis/apps/v1/deployments",
        {
            changed: (deployment) => controller.deploymentChanged(deployment),
            gone: (deployment) => controller.deploymentGone(deployment),
            problem,
        },
        controllerSelector,
    );
    options.client.follow(ingresses, {
        changed: (ingress) => controller.ingressChanged(ingress),
        gone: (ingress) => controller.ingressGone(ingress),
        problem,
    });
}

class LoadBalancerController {
    /** Controllers that run, by the uid of their Deployment; the first one leads. */
    private readonly running = new Map<string, ControllerSettings>();
    private readonly known = new Set<string>();
    private readonly queue: WorkQueue;
    private readonly inventory: Inventory;

    constructor(private readonly options: LoadBalancerOptions) {
        this.inventory = new Inventory(options.dir, "aws");
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

    deploymentChanged(deployment: KubeObject): void {
        const uid = deployment.metadata?.uid ?? "";
        const settings = settingsOf(deployment);
        const before = JSON.stringify(this.running.get(uid));
        if (settings === undefined) {
            this.running.delete(uid);
        } else {
            this.running.set(uid, settings);
        }
        if (JSON.stringify(settings) !== before) {
            this.known.forEach((key) => this.queue.add(key));
        }
    }

    deploymentGone(deployment: KubeObject): void {
        this.running.delete(deployment.metadata?.uid ?? "");
    }

    ingressChanged(ingress: KubeObject): void {
        this.known.add(keyOf(ingress));
        this.queue.add(keyOf(ingress));
    }

    ingressGone(ingress: KubeObject): void {
        this.known.delete(keyOf(ingress));
    }

    private async reconcile(key: string): Promise<RunResult> {
        const [namespace, name] = key.split("/");
        const [settings] = this.running.values();
        const isWatched = settings?.watchNamespace === "" || settings?.watchNamespace === namespace;
        const ingress = settings && isWatched ? await this.options.client.find(pathOf(namespace, name)) : undefined;
        if (settings === undefined || ingress === undefined) {
            return {};
        }
        if (ingress.metadata?.deletionTimestamp !== undefined) {
            await this.leave(ingress, holdersOf(ingress), settings);
            return {};
        }
        if (
            !(await this.isOurs(ingress, settings)) ||
            ingress.metadata?.annotations?.[noAddressAnnotation] === "true"
        ) {
            return {};
        }
        if (!this.options.enabled()) {
            return { againAfterMs: disabledRetryMs };
        }
        await this.serve(ingress, settings);
        return {};
    }

    /** The class by name must be one of the controller's; the older annotation has the name from the controller's flag. */
    private async isOurs({ spec, metadata }: KubeObject, settings: ControllerSettings): Promise<boolean> {
        const className = spec?.ingressClassName as string | undefined;
        if (className === undefined) {
            return metadata?.annotations?.["kubernetes.io/ingress.class"] === settings.ingressClass;
        }
        const found = await this.options.client.find(`/apis/networking.k8s.io/v1/ingressclasses/${className}`);
        return found?.spec?.controller === controllerName;
    }

    private async serve(ingress: KubeObject, settings: ControllerSettings): Promise<void> {
        const { client, scale } = this.options;
        const path = pathOf(ingress.metadata?.namespace ?? "", ingress.metadata?.name ?? "");
        const own = finalizerOf(ingress);
        const { finalizers = [] } = ingress.metadata ?? {};
        if (!finalizers.includes(own)) {
            await client.patch(path, { metadata: { finalizers: [...finalizers, own] } });
        }
        const former = holdersOf(ingress).filter(({ finalizer }) => finalizer !== own);
        // Each group is worked on by itself: what a former one cannot take away does not keep this one.
        const [left] = await Promise.allSettled([this.leave(ingress, former, settings)]);
        const model = await this.orEvent(ingress, "FailedBuildModel", async () => {
            await this.identify(settings);
            return buildModel(ingress, settings, this.inventory.view());
        });
        const { hostname, isNew } = await this.orEvent(ingress, "FailedDeployModel", () =>
            deploy(model, settings, this.inventory),
        );
        if (isNew) {
            await sleep(scale(creationMs));
        }
        const balancer = ingress.status?.loadBalancer as { ingress?: { hostname?: string }[] } | undefined;
        if (balancer?.ingress?.[0]?.hostname !== hostname) {
            await client.patch(`${path}/status`, { status: { loadBalancer: { ingress: [{ hostname }] } } });
            await recordEvent(client, ingress, "SuccessfullyReconciled", "Successfully reconciled");
        }
        if (left.status === "rejected") {
            throw left.reason;
        }
    }

    /** Takes away what groups without other members have made, and lets the Ingress go. */
    private async leave(ingress: KubeObject, holders: readonly Holder[], settings: ControllerSettings): Promise<void> {
        const { client } = this.options;
        const path = pathOf(ingress.metadata?.namespace ?? "", ingress.metadata?.name ?? "");
        for (const { finalizer, stack } of holders) {
            await this.orEvent(ingress, "FailedDeployModel", async () => {
                await this.identify(settings);
                if (!(await this.hasOtherMembers(ingress, stack))) {
                    await remove(stack, settings, this.inventory);
                }
            });
            const { finalizers = [] } = (await client.find(path))?.metadata ?? {};
            await client.patch(path, { metadata: { finalizers: finalizers.filter((entry) => entry !== finalizer) } });
        }
    }

    private async hasOtherMembers(ingress: KubeObject, stack: string): Promise<boolean> {
        const all = await this.options.client.list(ingresses);
        return all.some(
            (other) =>
                other.metadata?.uid !== ingress.metadata?.uid &&
                other.metadata?.deletionTimestamp === undefined &&
                isMember(other, stack),
        );
    }

    /** @throws AWS's refusal of the controller's credentials */
    private async identify(settings: ControllerSettings): Promise<void> {
        const { namespace, serviceAccount } = settings;
        const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}`;
        const annotations = (await this.options.client.find(path))?.metadata?.annotations ?? {};
        const refusal = refusedIdentity(settings, annotations, this.inventory.view());
        if (refusal !== undefined) {
            throw new Error(refusal);
        }
    }

    private async orEvent<T>(ingress: KubeObject, reason: IngressReason, work: () => Promise<T>): Promise<T> {
        try {
            return await work();
        } catch (error) {
            const verb = reason === "FailedBuildModel" ? "build" : "deploy";
            await recordEvent(this.options.client, ingress, reason, `Failed ${verb} model due to ${messageOf(error)}`);
            throw error;
        }
    }
}

function keyOf({ metadata }: KubeObject): string {
    return `${metadata?.namespace}/${metadata?.name}`;
}

function pathOf(namespace: string, name: string): string {
    return `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses/${name}`;
}
