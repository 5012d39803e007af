/** What runs in the cluster, as a user would look at it. */
import { gunzipSync } from "node:zlib";
import { load } from "js-yaml";
import { resourcePath, secretPath, type KubeClient, type KubeObject } from "../../sandbox/operator/controller/kube";

interface Container {
    readonly image: string;
    readonly env?: { name: string; value?: string; valueFrom?: { secretKeyRef?: { name: string; key: string } } }[];
    readonly resources?: { requests?: Record<string, string> };
}

/** Values without autoscalers, which change counts when they please: some seconds after the start, for example. */
export const fixedCounts = Object.fromEntries(
    ["parquet", "weave"].map((component) => [component, { autoscaling: { horizontal: { enabled: false } } }]),
);

/** One namespace with a deployment of W&B. */
export class Live {
    constructor(
        private readonly client: KubeClient,
        readonly namespace: string,
        private readonly instanceName = "wandb",
    ) {}

    resource(): Promise<KubeObject> {
        return this.client.get(resourcePath(this.namespace, this.instanceName));
    }

    async phase(): Promise<unknown> {
        return (await this.resource()).status?.phase;
    }

    deployments(): Promise<KubeObject[]> {
        return this.client.list(`/apis/apps/v1/namespaces/${this.namespace}/deployments`);
    }

    async container(deployment: string): Promise<Container> {
        const { spec } = await this.client.get(`/apis/apps/v1/namespaces/${this.namespace}/deployments/${deployment}`);
        return (spec as { template: { spec: { containers: Container[] } } }).template.spec.containers[0];
    }

    /** A value in one of the chart's ConfigMaps. */
    async setting(configMap: string, key: string): Promise<string | undefined> {
        const name = `${this.instanceName}-${configMap}-configmap`;
        return (await this.client.get(`/api/v1/namespaces/${this.namespace}/configmaps/${name}`)).data?.[key];
    }

    /** Deployments that are not where they should be: pods of an older generation, or fewer available than asked for. */
    async unavailable(): Promise<string[]> {
        return (await this.deployments())
            .filter(({ metadata, spec, status }) => {
                const wanted = spec?.replicas ?? 1;
                const current = metadata?.generation === status?.observedGeneration;
                const counts = [status?.replicas, status?.updatedReplicas, status?.availableReplicas];
                return !current || counts.some((count) => (count ?? 0) !== wanted);
            })
            .map(({ metadata, status }) => `${metadata?.name}: ${JSON.stringify(status)}`);
    }

    /** Names of the Secrets, those of a logical name only when one is given. */
    async secrets(logicalName = ""): Promise<string[]> {
        const names = (await this.client.list(secretPath(this.namespace))).map(({ metadata }) => metadata?.name ?? "");
        return names.filter((name) => name.startsWith(logicalName)).sort();
    }

    /** Version of the chart that a Helm release has deployed, from Helm's own record. */
    async chartVersion(release: string): Promise<string | undefined> {
        const selector = encodeURIComponent(`owner=helm,name=${release},status=deployed`);
        const [record] = await this.client.list(`${secretPath(this.namespace)}?labelSelector=${selector}`);
        const packed = Buffer.from(record?.data?.release ?? "", "base64").toString("utf8");
        const text = gunzipSync(Buffer.from(packed, "base64")).toString("utf8");
        return (JSON.parse(text) as { chart: { metadata: { version: string } } }).chart.metadata.version;
    }

    async ingressHosts(): Promise<string[]> {
        const path = `/apis/networking.k8s.io/v1/namespaces/${this.namespace}/ingresses/${this.instanceName}`;
        return ((await this.client.get(path)).spec?.rules as { host: string }[]).map(({ host }) => host);
    }

    /** Identity and generation of the custom resource, the workloads and the pods: the same as long as nobody touches them. */
    async fingerprint(): Promise<string[]> {
        const pods = await this.client.list(`/api/v1/namespaces/${this.namespace}/pods`);
        return [await this.resource(), ...(await this.deployments()), ...pods]
            .map(({ metadata }) => `${metadata?.name} ${metadata?.uid} ${metadata?.generation}`)
            .sort();
    }

    /** Creates the object of a manifest in YAML, as `kubectl create` would. */
    async createFrom(manifest: string): Promise<void> {
        await this.client.create(resourcePath(this.namespace), load(manifest));
    }
}
