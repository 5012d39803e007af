import { authentication } from "./authentication";
import { basics, chart } from "./basics";
import { components } from "./components";
import { ingress } from "./ingress";
import { stores } from "./stores";
import type { ValueRow } from "./row";

/** The rows, at least one for every argument that becomes a chart value. */
export const ValueRows: readonly ValueRow[] = [
    ...basics,
    ...stores,
    ...authentication,
    ...ingress,
    ...chart,
    ...components,
];

/** Arguments that become something else, and what. A prefix stands for all below it. */
export const NoChartValue: Readonly<Record<string, string>> = {
    existing: "which cluster",
    aws: "resources of AWS, and facts about them",
    gcp: "resources of Google Cloud, and facts about them",
    azure: "resources of Azure, and facts about them",
    access: "the API server's endpoint",
    retainData: "what the stack deletes in the cloud",
    tags: "tags of what is made in the cloud",
    charts: "Helm releases of add-ons",
    namespace: "metadata of the custom resource",
    createNamespace: "a Namespace",
    name: "metadata of the custom resource",
    deletionProtection: "protection by Pulumi",
    createCustomResource: "whether the custom resource is made",
    operator: "the operator's Helm release (except namespaceIsolation.enabled)",
    checks: "what is checked before anything is made",
    readiness: "the wait after the custom resource",
    "ingress.tls.privateKey": "goes with the certificate into the TLS Secret",
};
