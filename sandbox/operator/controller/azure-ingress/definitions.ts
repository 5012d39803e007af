/** The kind that the application routing add-on brings: https://learn.microsoft.com/azure/aks/app-routing-nginx-configuration */
import { isStatus, type KubeClient } from "../kube";

const definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const group = "approuting.kubernetes.azure.com";
const plural = "nginxingresscontrollers";
const text = { type: "string" };
const free = { type: "object", "x-kubernetes-preserve-unknown-fields": true };

const spec = {
    type: "object",
    required: ["controllerNamePrefix", "ingressClassName"],
    properties: {
        controllerNamePrefix: { ...text, minLength: 1, maxLength: 60, pattern: "^[a-z0-9][-a-z0-9]*[a-z0-9]$" },
        customHTTPErrors: { type: "array", items: { type: "integer" } },
        defaultBackendService: free,
        defaultSSLCertificate: free,
        httpDisabled: { type: "boolean" },
        ingressClassName: { ...text, minLength: 1, maxLength: 100, pattern: "^[a-z0-9][-a-z0-9.]*[a-z0-9]$" },
        loadBalancerAnnotations: { type: "object", additionalProperties: text },
        loadBalancerSourceRanges: { type: "array", items: text },
        logFormat: text,
        scaling: free,
    },
};

const definition = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
        group,
        names: {
            kind: "NginxIngressController",
            listKind: "NginxIngressControllerList",
            plural,
            singular: "nginxingresscontroller",
        },
        scope: "Cluster",
        versions: [
            {
                name: "v1alpha1",
                served: true,
                storage: true,
                subresources: { status: {} },
                schema: { openAPIV3Schema: { type: "object", properties: { spec, status: free } } },
            },
        ],
    },
};

/** Installs it unless it is there. */
export async function installDefinition(client: KubeClient): Promise<void> {
    if ((await client.find(`${definitions}/${definition.metadata.name}`)) !== undefined) {
        return;
    }
    try {
        await client.create(definitions, definition);
    } catch (error) {
        // Somebody was faster.
        if (!isStatus(error, 409)) {
            throw error;
        }
    }
}

export interface NginxController {
    readonly ingressClass: string;
    readonly internal: boolean;
}

export async function nginxControllers(client: KubeClient): Promise<NginxController[]> {
    const found = await client.list(`/apis/${group}/v1alpha1/${plural}`);
    return found.map((one) => {
        const annotations = (one.spec?.loadBalancerAnnotations ?? {}) as Record<string, string>;
        return {
            ingressClass: String(one.spec?.ingressClassName),
            internal: annotations["service.beta.kubernetes.io/azure-load-balancer-internal"] === "true",
        };
    });
}
