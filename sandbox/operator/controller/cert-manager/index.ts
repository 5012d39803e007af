/**
 * cert-manager, as far as Ingresses go: while a Deployment of its chart is available, it marks issuers as ready, and fills the Secrets of
 * Ingresses that name one. The certificates are no certificates: nobody in the sandbox ends TLS.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { Inventory } from "../../../clouds/inventory";
import { isStatus, type KubeClient, type KubeObject, secretPath } from "../kube";
import { recordEvent } from "../load-balancers/events";
import { messageOf } from "../log";
import { WorkQueue, type RunResult } from "../queue";
import { type AzureDns, refusedProof } from "./rights";

const ingresses = "/apis/networking.k8s.io/v1/ingresses";
const selector = "app.kubernetes.io/name=cert-manager,app.kubernetes.io/component=controller";
/** An authority takes some seconds by HTTP-01; DNS-01 waits for name servers: estimates. */
const proofMs = { http01: 15_000, dns01: 60_000 } as const;
const waitMs = 500;

/** What the controller works with. */
export interface CertificateOptions {
    readonly client: KubeClient;
    /** The sandbox instance. */
    readonly dir: string;
    /** Turns the real pauses into those of the sandbox. */
    readonly scale: (milliseconds: number) => number;
    readonly report: (line: string) => void;
}

/** Follows Deployments of cert-manager and all Ingresses. */
export function issueCertificates(options: CertificateOptions): void {
    const manager = new CertManager(options);
    const problem = (error: unknown) => options.report(`cert-manager: ${messageOf(error)}`);
    options.client.follow(
        "/apis/apps/v1/deployments",
        {
            changed: (deployment) => manager.deploymentChanged(deployment),
            gone: (deployment) => manager.deploymentGone(deployment),
            problem,
        },
        selector,
    );
    options.client.follow(ingresses, { changed: (ingress) => manager.changed(ingress), problem });
}

class CertManager {
    /** Service accounts of the controllers that run, by the uid of their Deployment. */
    private readonly running = new Map<string, string>();
    private readonly known = new Set<string>();
    private readonly queue: WorkQueue;

    constructor(private readonly options: CertificateOptions) {
        this.queue = new WorkQueue(
            (key) => this.reconcile(key),
            (key, error) => options.report(`certificate of Ingress ${key}: ${messageOf(error)}`),
        );
    }

    deploymentChanged(deployment: KubeObject): void {
        const uid = deployment.metadata?.uid ?? "";
        const template = deployment.spec?.template as { spec?: { serviceAccountName?: string } } | undefined;
        const account = template?.spec?.serviceAccountName ?? "default";
        if (Number(deployment.status?.availableReplicas ?? 0) < 1) {
            this.running.delete(uid);
            return;
        }
        const before = this.running.size;
        this.running.set(uid, `system:serviceaccount:${deployment.metadata?.namespace ?? ""}:${account}`);
        if (before === 0) {
            this.known.forEach((key) => this.queue.add(key));
        }
    }

    deploymentGone({ metadata }: KubeObject): void {
        this.running.delete(metadata?.uid ?? "");
    }

    changed({ metadata }: KubeObject): void {
        const key = `${metadata?.namespace}/${metadata?.name}`;
        this.known.add(key);
        this.queue.add(key);
    }

    private async reconcile(key: string): Promise<RunResult> {
        const [namespace, name] = key.split("/");
        const { client, scale } = this.options;
        const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses/${name}`;
        const ingress = await client.find(path);
        const [account] = this.running.values();
        const issuerPath = ingress && issuerPathOf(ingress);
        const wanted = ingress === undefined ? [] : await this.missingSecrets(ingress);
        if (ingress === undefined || issuerPath === undefined || account === undefined || wanted.length === 0) {
            return {};
        }
        const issuer = await client.find(issuerPath);
        const solver = solverOf(issuer);
        if (issuer === undefined || solver === undefined) {
            return { againAfterMs: waitMs };
        }
        await markReady(client, issuerPath, issuer);
        const refused = this.refusedBy(solver, ingress, account);
        if (refused !== undefined) {
            await recordEvent(client, ingress, "Sync", `Error presenting challenge: ${refused}`);
            return { againAfterMs: waitMs };
        }
        await sleep(scale(solver.dns01 === undefined ? proofMs.http01 : proofMs.dns01));
        for (const secret of wanted) {
            await makeSecret(client, ingress, secret);
        }
        return {};
    }

    private refusedBy({ dns01 }: Solver, ingress: KubeObject, account: string): string | undefined {
        if (dns01?.azureDNS !== undefined) {
            return refusedProof(new Inventory(this.options.dir, "azure-native").view(), dns01.azureDNS, account);
        }
        const balancer = ingress.status?.loadBalancer as { ingress?: unknown[] } | undefined;
        return (balancer?.ingress?.length ?? 0) > 0 ? undefined : "the host does not answer: it has no address yet";
    }

    private async missingSecrets(ingress: KubeObject): Promise<string[]> {
        const missing: string[] = [];
        for (const { secretName } of (ingress.spec?.tls ?? []) as { secretName?: string }[]) {
            const path = secretPath(ingress.metadata?.namespace ?? "", secretName);
            if (secretName !== undefined && (await this.options.client.find(path)) === undefined) {
                missing.push(secretName);
            }
        }
        return missing;
    }
}

interface Solver {
    readonly http01?: object;
    readonly dns01?: { readonly azureDNS?: AzureDns };
}

function issuerPathOf({ metadata }: KubeObject): string | undefined {
    const { "cert-manager.io/issuer": own, "cert-manager.io/cluster-issuer": shared } = metadata?.annotations ?? {};
    const group = "/apis/cert-manager.io/v1";
    if (own !== undefined) {
        return `${group}/namespaces/${metadata?.namespace ?? ""}/issuers/${own}`;
    }
    return shared === undefined ? undefined : `${group}/clusterissuers/${shared}`;
}

function solverOf(issuer: KubeObject | undefined): Solver | undefined {
    const acme = issuer?.spec?.acme as { solvers?: Solver[] } | undefined;
    return acme?.solvers?.[0];
}

async function markReady(client: KubeClient, path: string, issuer: KubeObject): Promise<void> {
    const conditions = (issuer.status?.conditions ?? []) as { type?: string; status?: string }[];
    if (!conditions.some(({ type, status }) => type === "Ready" && status === "True")) {
        const ready = {
            type: "Ready",
            status: "True",
            reason: "ACMEAccountRegistered",
            message: "The ACME account was registered with the ACME server",
        };
        await client.patch(`${path}/status`, { status: { conditions: [ready] } });
    }
}

/** It belongs to nobody, as the real one: a certificate outlives its Ingress. */
async function makeSecret(client: KubeClient, ingress: KubeObject, name: string): Promise<void> {
    const namespace = ingress.metadata?.namespace ?? "";
    const text = (what: string): string => Buffer.from(`sandbox: ${what} of ${name}`).toString("base64");
    try {
        await client.create(secretPath(namespace), {
            apiVersion: "v1",
            kind: "Secret",
            type: "kubernetes.io/tls",
            metadata: { name, namespace, annotations: { "cert-manager.io/certificate-name": name } },
            data: { "tls.crt": text("certificate"), "tls.key": text("key") },
        });
    } catch (error) {
        // Somebody was faster, or the namespace is on its way out.
        if (!isStatus(error, 409) && !isStatus(error, 403) && !isStatus(error, 404)) {
            throw error;
        }
    }
}
