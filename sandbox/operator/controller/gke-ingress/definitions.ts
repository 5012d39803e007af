/** Kinds that GKE itself installs in every cluster, as far as an Ingress needs them: https://github.com/kubernetes/ingress-gce/tree/master/pkg/apis */
import { isStatus, type KubeClient } from "../kube";

const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const text = { type: "string" };

/** What a FrontendConfig may say; the API server drops everything else. */
const frontend = {
    type: "object",
    properties: {
        sslPolicy: { ...text, nullable: true },
        redirectToHttps: {
            type: "object",
            properties: {
                enabled: { type: "boolean" },
                responseCodeName: {
                    ...text,
                    enum: [
                        "",
                        "MOVED_PERMANENTLY_DEFAULT",
                        "FOUND",
                        "SEE_OTHER",
                        "TEMPORARY_REDIRECT",
                        "PERMANENT_REDIRECT",
                    ],
                },
            },
            required: ["enabled"],
        },
    },
};
const free = { type: "object", "x-kubernetes-preserve-unknown-fields": true };

const definitions = [
    definition("networking.gke.io", "FrontendConfig", ["v1beta1"], frontend),
    definition("networking.gke.io", "ManagedCertificate", ["v1"], free),
    definition("cloud.google.com", "BackendConfig", ["v1", "v1beta1"], free),
];

function definition(group: string, kind: string, versions: readonly string[], spec: object) {
    const singular = kind.toLowerCase();
    const plural = `${singular}s`;
    return {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: {
            name: `${plural}.${group}`,
            labels: { "addonmanager.kubernetes.io/mode": "Reconcile" },
        },
        spec: {
            group,
            names: { kind, listKind: `${kind}List`, plural, singular },
            scope: "Namespaced",
            versions: versions.map((name, index) => ({
                name,
                served: true,
                storage: index === 0,
                schema: { openAPIV3Schema: { type: "object", properties: { spec, status: free } } },
            })),
        },
    };
}

/** Installs those that are not there. */
export async function installDefinitions(client: KubeClient): Promise<void> {
    for (const one of definitions) {
        if ((await client.find(`${path}/${one.metadata.name}`)) !== undefined) {
            continue;
        }
        try {
            await client.create(path, one);
        } catch (error) {
            // Somebody was faster.
            if (!isStatus(error, 409)) {
                throw error;
            }
        }
    }
}
