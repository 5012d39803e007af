/**
 * Deployments that never become available: an admission policy gives their new pods an image that no registry has, so
 * that the pods wait in ImagePullBackOff, as they do when a mirror lacks an image. Pods that run already stay.
 */
import { missingImageTag } from "../control-plane/kwok";
import { waitFor } from "../processes";
import type { KubeClient, KubeObject } from "./controller/kube";
import { isStatus } from "./controller/kube";

const policies = "/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicies";
const bindings = "/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicybindings";
const timeoutMs = 30_000;

/** Holds a Deployment, which need not exist yet. */
export async function holdDeployment(client: KubeClient, namespace: string, name: string): Promise<void> {
    const policyName = nameOf(namespace, name);
    const image = `"registry.example.com/" + "held:${missingImageTag}"`;
    await createOnce(client, policies, {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "MutatingAdmissionPolicy",
        metadata: { name: policyName },
        spec: {
            matchConstraints: {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
                resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
            },
            matchConditions: [
                {
                    name: "of-the-deployment",
                    expression: `has(object.metadata.generateName) && object.metadata.generateName.matches("^${name}-[a-z0-9]+-$")`,
                },
            ],
            failurePolicy: "Fail",
            reinvocationPolicy: "Never",
            mutations: [
                {
                    patchType: "JSONPatch",
                    jsonPatch: {
                        expression: `[JSONPatch{op: "replace", path: "/spec/containers/0/image", value: ${image}}]`,
                    },
                },
            ],
        },
    });
    await createOnce(client, bindings, {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "MutatingAdmissionPolicyBinding",
        metadata: { name: policyName },
        spec: { policyName },
    });
    await waitForEffect(client, namespace, name, true);
}

/** Ends the hold and removes the waiting pods, whose ReplicaSet makes good ones. */
export async function releaseDeployment(client: KubeClient, namespace: string, name: string): Promise<void> {
    for (const collection of [bindings, policies]) {
        await client.delete(`${collection}/${nameOf(namespace, name)}`).catch((error: unknown) => {
            if (!isStatus(error, 404)) {
                throw error;
            }
        });
    }
    await waitForEffect(client, namespace, name, false);
    const pods = `/api/v1/namespaces/${namespace}/pods`;
    for (const pod of await client.list(pods)) {
        if (isHeld(pod) && pod.metadata?.name?.startsWith(`${name}-`)) {
            await client.delete(`${pods}/${pod.metadata.name}`);
        }
    }
}

/** The API server takes a policy up, or drops it, with a delay: a pod that is created for trial shows when. */
async function waitForEffect(client: KubeClient, namespace: string, name: string, held: boolean): Promise<void> {
    if ((await client.find(`/api/v1/namespaces/${namespace}`)) === undefined) {
        return;
    }
    const trial = {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { generateName: `${name}-trial-` },
        spec: { containers: [{ name: "trial", image: "registry.example.com/trial:1" }] },
    };
    const hasEffect = async () => {
        const pod = await client.create(`/api/v1/namespaces/${namespace}/pods?dryRun=All`, trial);
        return isHeld(pod) === held;
    };
    await waitFor(`the hold on ${namespace}/${name} to ${held ? "begin" : "end"}`, hasEffect, { timeoutMs });
}

function isHeld(pod: KubeObject): boolean {
    const spec = pod.spec as { containers: { image: string }[] };
    return spec.containers[0].image.endsWith(`:${missingImageTag}`);
}

async function createOnce(client: KubeClient, collection: string, body: unknown): Promise<void> {
    await client.create(collection, body).catch((error: unknown) => {
        if (!isStatus(error, 409)) {
            throw error;
        }
    });
}

function nameOf(namespace: string, name: string): string {
    return `sandbox-hold-${namespace}-${name}`;
}
