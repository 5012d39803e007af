/**
 * States of stacks as this or an earlier version has left them, in tests/recorded. They hold test values only, secrets among
 * them in clear, and placeholders for what differs from sandbox to sandbox.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KubeConfig, KubernetesObjectApi, PatchStrategy, type KubernetesObject } from "@kubernetes/client-node";
import { load } from "js-yaml";
import { Inventory, type Row } from "../../sandbox/clouds/inventory";
import type { SandboxInstance } from "../../sandbox/instance";
import { createClient } from "../../sandbox/operator/controller/kube";
import { waitFor } from "../../sandbox/processes";
import type { ScratchProgram } from "./scratch-program";

const root = join(__dirname, "..", "..");
const folder = join(root, "tests", "recorded");
const crdFile = join(__dirname, "../../sandbox/operator/charts/operator-1.4.8/crds/weightsandbiases.yaml");

interface Resource {
    readonly urn: string;
    readonly type: string;
    readonly inputs?: KubernetesObject & { readonly data?: Readonly<Record<string, unknown>> };
    readonly outputs?: { readonly __fieldManager?: string };
}

interface State {
    readonly version: number;
    readonly deployment: { readonly resources: readonly Resource[] };
    /** What the simulated clouds of the same sandbox held of the types that programs look up. */
    readonly account?: readonly Row[];
}

/** Of no use for later versions, and different in each run: where and when a resource was made, and the salt of the stack. */
const Noise = ["sourcePosition", "stackTrace", "created", "modified", "time", "secrets_providers"];

/** Simulated clouds, by the names of their providers. */
const Clouds = ["aws", "azure-native", "gcp"];

const OfCharts = /^kubernetes:(helm\.sh|cert-manager\.io)\//;

const LookedUp = [
    "aws:ec2/subnet:Subnet",
    "aws:ec2/vpc:Vpc",
    "aws:eks/cluster:Cluster",
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:route53/zone:Zone",
    "azure-native:containerservice:ManagedCluster",
    "azure-native:dns:Zone",
    "azure-native:keyvault:Key",
    "azure-native:keyvault:Vault",
    "azure-native:managedidentity:UserAssignedIdentity",
    "azure-native:network:ApplicationGateway",
    "azure-native:network:NetworkInterface",
    "azure-native:network:PublicIPAddress",
    "azure-native:network:Subnet",
    "azure-native:network:VirtualNetwork",
    "azure-native:privatedns:PrivateZone",
    "azure-native:redisenterprise:Database",
    "azure-native:redisenterprise:RedisEnterprise",
    "azure-native:resources:ResourceGroup",
    "azure-native:storage:StorageAccount",
    "gcp:compute/network:Network",
    "gcp:compute/subnetwork:Subnetwork",
    "gcp:container/cluster:Cluster",
    "gcp:dns/managedZone:ManagedZone",
    "gcp:servicenetworking/connection:Connection",
];

/** What a recorded state is about. */
export interface Restored {
    readonly urns: readonly string[];
    /** Namespaces that now hold its objects. */
    readonly namespaces: readonly string[];
}

interface StackFile {
    readonly encryptionsalt: string;
}

interface Kubeconfig {
    readonly clusters: readonly {
        readonly cluster: { readonly server: string; readonly "certificate-authority-data": string };
    }[];
}

type Replacement = readonly [from: string, to: string];

/** What differs from sandbox to sandbox. */
function placeholders({ controlPlane, operator }: SandboxInstance): Replacement[] {
    const kubeconfig = readFileSync(controlPlane.kubeconfigPath, "utf8");
    const [{ cluster }] = (JSON.parse(kubeconfig) as Kubeconfig).clusters;
    return [
        [kubeconfig, "{{kubeconfig}}"],
        // A simulated cluster tells these, GKE the address without scheme.
        [cluster.server, "{{server}}"],
        [cluster.server.replace("https://", ""), "{{endpoint}}"],
        [cluster["certificate-authority-data"], "{{certificateAuthority}}"],
        [controlPlane.kubeconfigPath, "{{kubeconfigPath}}"],
        [operator.repositoryUrl, "{{repositoryUrl}}"],
        [operator.channelUrl, "{{channelUrl}}"],
        [root, "{{root}}"],
    ];
}

/** Writes the stack's state into the file of this name. */
export async function record(name: string, program: ScratchProgram, instance: SandboxInstance): Promise<void> {
    const exported = JSON.parse(await program.succeed("stack", "export", "--show-secrets")) as State;
    const rows = Clouds.flatMap((cloud) => new Inventory(instance.dir, cloud).rows());
    const account = rows.filter(({ type }) => LookedUp.includes(type));
    const state = account.length === 0 ? exported : { ...exported, account };
    const quiet = (key: string, value: unknown) => (Noise.includes(key) ? undefined : value);
    const text = JSON.stringify(replaceAll(state, placeholders(instance)), quiet, 4);
    writeFileSync(join(folder, `${name}.json`), `${text}\n`);
}

/** Makes the recorded state the stack's own, encrypted for it, and puts its objects into the cluster. */
export async function restore(name: string, program: ScratchProgram, instance: SandboxInstance): Promise<Restored> {
    const recorded = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as unknown;
    const back = placeholders(instance).map(([from, to]): Replacement => [to, from]);
    const { version, deployment, account = [] } = replaceAll(recorded, back) as State;
    const { encryptionsalt: salt } = load(readFileSync(join(program.folder, "Pulumi.dev.yaml"), "utf8")) as StackFile;
    const encrypted = { ...deployment, secrets_providers: { type: "passphrase", state: { salt } } };
    program.write({ "state.json": JSON.stringify({ version, deployment: encrypted }) });
    await program.succeed("stack", "import", "--file", join(program.folder, "state.json"));
    // The kinds of a cluster come with it.
    await createRows(account, instance);
    await createObjects(deployment.resources, instance);
    const namespaces = deployment.resources.filter(({ type }) => type === "kubernetes:core/v1:Namespace");
    return {
        urns: deployment.resources.map(({ urn }) => urn),
        namespaces: namespaces.map(({ inputs }) => inputs?.metadata?.name ?? ""),
    };
}

/**
 * A preview of a change in place asks the API server, which must know the object. The Helm release stays out: the operator
 * would begin to work, and its own preview is about the chart. So do objects of kinds that only another release brings.
 */
async function createObjects(resources: readonly Resource[], { controlPlane }: SandboxInstance): Promise<void> {
    const config = new KubeConfig();
    config.loadFromFile(controlPlane.kubeconfigPath);
    const api = KubernetesObjectApi.makeApiClient(config);
    const apply = async (object: KubernetesObject, manager = "recorded") => {
        await api.patch(object, undefined, undefined, manager, true, PatchStrategy.ServerSideApply);
    };
    await ensureDefinition(controlPlane.kubeconfigPath);
    for (const { type, inputs, outputs } of resources) {
        if (type.startsWith("kubernetes:") && !OfCharts.test(type) && inputs !== undefined) {
            const { plaintext } = inputs.data ?? {};
            const object =
                typeof plaintext === "string" ? { ...inputs, data: JSON.parse(plaintext) as unknown } : inputs;
            await waitFor(
                `${inputs.kind} ${inputs.metadata?.name}`,
                async () => apply(object, outputs?.__fieldManager).then(() => true),
                { timeoutMs: 30_000 },
            );
        }
    }
}

/** What is there already is left as it is. */
async function createRows(rows: readonly Row[], { dir }: SandboxInstance): Promise<void> {
    for (const cloud of Clouds) {
        const own = rows.filter(({ type }) => type.startsWith(`${cloud}:`));
        await new Inventory(dir, cloud).change((inventory) => {
            const missing = own.filter(({ type, id }) => inventory.get(type, id) === undefined);
            missing.forEach((row) => inventory.add(row));
        });
    }
}

/**
 * The definition as the operator's chart has it. Sent as it stands: the typed client drops fields whose names begin with `x-`, and
 * the API server would then prune every setting of every custom resource.
 */
async function ensureDefinition(kubeconfigPath: string): Promise<void> {
    const client = createClient(kubeconfigPath);
    const collection = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    if ((await client.find(`${collection}/weightsandbiases.apps.wandb.com`)) === undefined) {
        await client.create(collection, load(readFileSync(crdFile, "utf8")));
    }
}

/** In every string; in secrets, whose value is JSON in a string, too. */
function replaceAll(value: unknown, replacements: readonly Replacement[]): unknown {
    if (typeof value === "string") {
        return replacements.reduce((text, [from, to]) => text.replaceAll(from, to), value);
    }
    if (Array.isArray(value)) {
        return value.map((item) => replaceAll(item, replacements));
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const entries = Object.entries(value).map(([key, inner]) =>
        key === "plaintext" && typeof inner === "string"
            ? [key, JSON.stringify(replaceAll(JSON.parse(inner), replacements))]
            : [key, replaceAll(inner, replacements)],
    );
    return Object.fromEntries(entries) as unknown;
}
