/** What component tests of the GKE cluster share: mocks, a network, and a way to make the cluster. */
import * as pulumi from "@pulumi/pulumi";
import { createApis } from "../../sdk/gcp/apis";
import { createCluster } from "../../sdk/gcp/cluster/cluster";
import type { ClusterInput } from "../../sdk/gcp/cluster/input";
import type { GkeFacts, NetworkFacts } from "../../sdk/gcp/facts";
import { createDeploymentScope } from "../../sdk/gcp/scope";
import { GcpSizes } from "../../sdk/sizes";
import { type Given, GraphRecorder } from "./graph";

export const key = "projects/p/locations/europe-west4/keyRings/r/cryptoKeys/k";
export const network = "projects/p/global/networks/w";
export const dnsName = "gke-0123-1.europe-west4.gke.goog";

/** What Google tells of the cluster that is looked up. */
export const theirs = {
    name: "theirs",
    endpoint: "192.0.2.20",
    network,
    masterAuths: [{ clusterCaCertificate: "Y2E=" }],
    workloadIdentityConfigs: [{ workloadPool: "p.svc.id.goog" }],
    ipAllocationPolicies: [{ clusterIpv4CidrBlock: "10.4.0.0/14" }],
};

/** What Google would answer. */
const outputs: Readonly<Record<string, Given>> = {
    "gcp:container/cluster:Cluster": ({ name }) => ({
        id: `projects/p/locations/europe-west4/clusters/${String(name)}`,
        endpoint: "192.0.2.10",
        masterAuth: { clusterCaCertificate: "Y2E=", clientKey: "" },
        controlPlaneEndpointsConfig: { dnsEndpointConfig: { endpoint: dnsName } },
    }),
    "gcp:serviceaccount/account:Account": ({ accountId }) => {
        const email = `${String(accountId)}@p.iam.gserviceaccount.com`;
        return { email, member: `serviceAccount:${email}` };
    },
    "random:index/randomId:RandomId": ({ prefix }) => ({ hex: `${String(prefix)}0a1b2c3d` }),
};

/** Stands for a NAT gateway. */
class Way extends pulumi.CustomResource {
    constructor(parent: pulumi.Resource) {
        super("test:index:Way", "w-way-out", {}, { parent });
    }
}

type Options = pulumi.CustomResourceOptions;

/** Notes the options of all children, of which mocks tell only a part. */
class Parent extends pulumi.ComponentResource {
    constructor(options: Map<string, Options>) {
        const note: pulumi.ResourceTransformation = ({ type, name, opts }) => {
            options.set(`${type.split(":").at(-1)} ${name}`, opts);
            return undefined;
        };
        super("test:index:Parent", "w", {}, { transformations: [note] });
        this.registerOutputs({});
    }
}

function networkFacts(parent: pulumi.Resource): NetworkFacts {
    return {
        networkId: pulumi.output(network),
        subnetworkId: pulumi.output("projects/p/regions/europe-west4/subnetworks/w"),
        podRangeName: pulumi.output("pods"),
        serviceRangeName: pulumi.output("services"),
        clientRanges: {},
        privateServices: [],
        egress: [new Way(parent)],
    };
}

export interface MadeCluster {
    readonly graph: GraphRecorder;
    readonly facts: GkeFacts;
    /** Options of the children, by type and name. */
    readonly options: ReadonlyMap<string, Options>;
}

export interface ClusterSettings {
    readonly deletionProtection?: boolean;
    readonly tags?: Record<string, string>;
    /** What the look-up tells instead. */
    readonly found?: object;
    readonly enableApis?: boolean;
}

/** Makes a cluster called `w` against mocks. */
export async function makeCluster(
    changes: Partial<Pick<ClusterInput, "cluster" | "access" | "size">> = {},
    settings: ClusterSettings = {},
): Promise<MadeCluster> {
    const answers = { "gcp:container/getCluster:getCluster": { ...theirs, ...settings.found } };
    const graph = await GraphRecorder.start({ preview: false, outputs, answers });
    const options = new Map<string, Options>();
    const parent = new Parent(options);
    const scope = createDeploymentScope("w", parent, {
        project: "p",
        region: "europe-west4",
        location: undefined,
        labels: settings.tags,
        deletionProtection: settings.deletionProtection ?? true,
        retainData: false,
    });
    const facts = createCluster(scope, {
        cluster: {},
        access: { cidrs: ["203.0.113.0/24"] },
        apis: createApis(scope, settings.enableApis ?? true),
        network: networkFacts(parent),
        key: pulumi.output(key),
        size: GcpSizes.small,
        ...changes,
    });
    await pulumi.runtime.disconnect();
    return { graph, facts, options };
}
