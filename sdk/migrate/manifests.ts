import { Draft } from "./draft";
import { carryVariables, type Variable, variablesOf } from "./environment";
import { type Found, otherNamespace, Unreadable } from "./found";
import { isMap, type Json, type JsonMap, textOf } from "./tree";

/** What a pod of W&B's old container says. */
export interface Container {
    readonly variables: readonly Variable[];
    readonly image?: string;
    readonly pullPolicy?: string;
    readonly resources?: Json;
    readonly serviceAccountName?: string;
    readonly nodeSelector?: Json;
    readonly tolerations?: Json;
    readonly pullSecrets?: Json;
    readonly labels?: JsonMap;
    readonly volumes: readonly string[];
}

/** What goes with the old installation; what holds data or credentials stays. */
const Removed = new Set(["Deployment", "Service", "Ingress"]);

/** Manifests of W&B without a chart: a Deployment, and what stands beside it. */
export function fromManifests(documents: readonly JsonMap[]): Found {
    const deployments = documents.filter((one) => one["kind"] === "Deployment" && containerOf(one) !== undefined);
    if (deployments.length !== 1) {
        throw new Unreadable(
            deployments.length === 0
                ? "there is no Deployment with a container that has the variable HOST or MYSQL. Give the manifest of W&B's Deployment, as `kubectl get deployment wandb --output yaml` prints it."
                : `there are ${deployments.length} Deployments of W&B. Give those of one instance only.`,
        );
    }
    const [deployment] = deployments;
    const draft = new Draft();
    const container = containerOf(deployment);
    if (container === undefined) {
        throw new Error("it was looked for above");
    }
    carryContainer(draft, { ...container, variables: resolved(container.variables, documents) });
    documents.forEach((one) => carryBeside(draft, one));
    const namespace = metadataText(deployment, "namespace") ?? "default";
    return {
        source: "manifests of a Deployment",
        name: "wandb",
        namespace: otherNamespace(namespace),
        values: draft.values,
        notes: draft.notes,
        old: {
            kind: "manifests",
            namespace,
            deployment: metadataText(deployment, "name") ?? "wandb",
            objects: documents.filter((one) => Removed.has(textOf(one["kind"]) ?? "")).map(titleOf),
        },
    };
}

/** Puts what a container of W&B says to values of the chart. */
export function carryContainer(draft: Draft, container: Container): void {
    carryVariables(draft, container.variables);
    const [, repository, tag] = /^(.+?)(?::([^:/]+))?$/.exec(container.image ?? "") ?? [];
    draft.carry("image", "app.image.repository", repository);
    if (tag !== undefined && tag !== "latest") {
        draft.carry("image", "app.image.tag", tag);
        draft.decide(
            "image",
            "is a version of one container; W&B consists of several now, whose versions must agree. Leave it to the release channel, or pin `chart` and `images`.",
        );
    }
    draft.carry("imagePullPolicy", "app.image.pullPolicy", container.pullPolicy);
    draft.carry("imagePullSecrets", "global.imagePullSecrets", container.pullSecrets);
    draft.carry(
        "resources",
        "app.resources",
        container.resources,
        "They were those of everything in one container; `size` has figures for each component.",
    );
    draft.carry("nodeSelector", "global.nodeSelector", container.nodeSelector);
    draft.carry("tolerations", "global.tolerations", container.tolerations);
    draft.carry("labels", "global.pod.labels", ownLabels(container.labels));
    if (container.serviceAccountName !== undefined) {
        draft.decide(
            "serviceAccountName",
            `is ${container.serviceAccountName}. If the cloud knows it, name it in \`serviceAccounts\` with \`create\` false and the components that read the bucket, or give its annotations.`,
        );
    }
    for (const volume of container.volumes) {
        draft.lost(
            `volumes.${volume}`,
            "Volumes are not taken over: copy what is in it to the bucket. For CA certificates use `customCaCerts`.",
        );
    }
}

/** Those by which the old Deployment found its pods say nothing. */
function ownLabels(labels: JsonMap = {}): JsonMap {
    return Object.fromEntries(Object.entries(labels).filter(([key]) => key !== "app"));
}

/** The container of W&B in a Deployment, if it has one. */
function containerOf(deployment: JsonMap): Container | undefined {
    const template = at(deployment, "spec", "template");
    const pod = at(template, "spec");
    const containers = listAt(pod, "containers");
    const found = containers.find((one) =>
        variablesOf(one["env"]).some(({ name }) => name === "HOST" || name === "MYSQL"),
    );
    if (found === undefined || pod === undefined) {
        return undefined;
    }
    return {
        variables: variablesOf(found["env"]),
        image: textOf(found["image"]),
        pullPolicy: textOf(found["imagePullPolicy"]),
        resources: found["resources"],
        serviceAccountName: textOf(pod["serviceAccountName"]),
        nodeSelector: pod["nodeSelector"],
        tolerations: pod["tolerations"],
        pullSecrets: pod["imagePullSecrets"],
        labels: at(template, "metadata", "labels"),
        volumes: listAt(pod, "volumes").flatMap(({ name }) => textOf(name) ?? []),
    };
}

/** Variables whose Secret is among the manifests are read from it. */
function resolved(variables: readonly Variable[], documents: readonly JsonMap[]): Variable[] {
    return variables.map((variable) => {
        const reference = variable.valueFrom?.["secretKeyRef"];
        const secret = isMap(reference)
            ? documents.find((one) => one["kind"] === "Secret" && metadataText(one, "name") === reference["name"])
            : undefined;
        const value = isMap(reference) && secret ? secretValue(secret, textOf(reference["key"]) ?? "") : undefined;
        return value === undefined ? variable : { name: variable.name, value };
    });
}

function secretValue(secret: JsonMap, key: string): string | undefined {
    const plain = textOf(at(secret, "stringData")?.[key]);
    const encoded = textOf(at(secret, "data")?.[key]);
    return plain ?? (encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString("utf8"));
}

/** What an Ingress or a Service beside the Deployment says. */
function carryBeside(draft: Draft, document: JsonMap): void {
    const title = titleOf(document);
    if (document["kind"] === "Ingress") {
        const hosts = listAt(at(document, "spec"), "rules").flatMap(({ host }) => textOf(host) ?? []);
        draft.carry(title, "ingress.class", at(document, "spec")?.["ingressClassName"]);
        draft.carry(title, "ingress.annotations", cleanAnnotations(at(document, "metadata", "annotations")));
        draft.carry(title, "ingress.tls", at(document, "spec")?.["tls"]);
        draft.carry(title, "ingress.additionalHosts", hosts.slice(1));
        draft.decide(
            title,
            "claims the same host as the new Ingress: the steps take it away before the new one is made.",
        );
    }
    if (document["kind"] === "Service" && at(document, "spec")?.["type"] === "NodePort") {
        draft.lost(title, "is a NodePort to which a load balancer of yours may point. The new way in is the Ingress.");
    }
}

/** Without what kubectl keeps for itself. */
function cleanAnnotations(annotations: JsonMap = {}): JsonMap {
    return Object.fromEntries(Object.entries(annotations).filter(([key]) => !/^kubectl\.kubernetes\.io\//.test(key)));
}

function titleOf(document: JsonMap): string {
    return `${textOf(document["kind"]) ?? "?"} ${metadataText(document, "name") ?? "?"}`;
}

function metadataText(document: JsonMap, key: string): string | undefined {
    return textOf(at(document, "metadata")?.[key]);
}

function at(tree: JsonMap | undefined, ...keys: readonly string[]): JsonMap | undefined {
    const [key, ...below] = keys;
    if (key === undefined || tree === undefined) {
        return tree;
    }
    const inner = Object.hasOwn(tree, key) ? tree[key] : undefined;
    return isMap(inner) ? at(inner, ...below) : undefined;
}

function listAt(tree: JsonMap | undefined, key: string): JsonMap[] {
    const list = tree?.[key];
    return Array.isArray(list) ? list.filter(isMap) : [];
}
