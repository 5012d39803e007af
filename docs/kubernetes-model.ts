import type { ResourceModel } from "../sandbox/clouds/model";
import { isMap, textOf, type PropertyMap } from "../sandbox/clouds/values";

/** What the Kubernetes provider replaces: https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/diff.go */
const replaced: Readonly<Record<string, readonly string[]>> = {
    "kubernetes:core/v1:Secret": ["type", "data", "stringData"],
    "kubernetes:core/v1:ConfigMap": ["data", "binaryData"],
    "kubernetes:storage.k8s.io/v1:StorageClass": ["parameters", "provisioner"],
    "kubernetes:helm.sh/v3:Release": ["name", "namespace"],
};

const always = ["metadata.name", "metadata.namespace"];

/** An object of any kind, as far as changes are concerned. */
export function kubernetesModel(token: string): ResourceModel {
    return {
        token,
        inputs: {},
        replaceOn: [...always, ...(replaced[token] ?? [])],
        computed: ({ metadata }, { id, previous }): PropertyMap =>
            isMap(metadata) ? { metadata: { ...metadata, name: nameOf(metadata, id, previous) } } : {},
    };
}

/** An object without a name gets one, and keeps it. */
function nameOf(metadata: PropertyMap, id: string, previous: PropertyMap | undefined): string {
    const old = previous?.["metadata"];
    return textOf(metadata["name"]) || (isMap(old) ? textOf(old["name"]) : id);
}
