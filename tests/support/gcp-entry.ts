/** Parts of the way in on Google Cloud, made against mocks. */
import * as pulumi from "@pulumi/pulumi";
import { type Apis, createApis } from "../../sdk/gcp/apis";
import { createDeploymentScope, type GcpDeploymentScope } from "../../sdk/gcp/scope";
import { project, region } from "./gcp-account";
import { type Given, GraphRecorder } from "./graph";

export const network = {
    networkId: `projects/${project.projectId}/global/networks/wandb-vpc`,
    subnetworkId: `projects/${project.projectId}/regions/${region}/subnetworks/wandb-subnet`,
};

/** What the network says of itself. */
export function networkFacts() {
    return { networkId: pulumi.output(network.networkId), subnetworkId: pulumi.output(network.subnetworkId) };
}

class Owner extends pulumi.ComponentResource {
    constructor() {
        super("test:index:Owner", "wandb");
    }
}

/** Stands for the custom resource: whatever waits for W&B depends on it. */
class Instance extends pulumi.CustomResource {
    constructor(parent: pulumi.Resource) {
        super("kubernetes:apps.wandb.com/v1:WeightsAndBiases", "wandb-instance", {}, { parent });
    }
}

const ruleAt = (ipAddress: string, port: number) => ({
    ipAddress,
    portRange: `${port}-${port}`,
    selfLink: `https://www.googleapis.com/compute/v1/projects/${project.projectId}/regions/${region}/forwardingRules/${ipAddress}-${port}`,
});

/** As the provider answers: physical names where none are given, and addresses. */
const named =
    (word: string): Given =>
    ({ name }) => ({ name: name ?? `${word}-1234567` });
const outputs: Readonly<Record<string, Given>> = {
    "gcp:compute/globalAddress:GlobalAddress": { name: "wandb-address-1234567", address: "34.1.2.3" },
    "gcp:compute/address:Address": { name: "wandb-internal-address-1234567", address: "10.10.0.9" },
    "gcp:compute/managedSslCertificate:ManagedSslCertificate": ({ managed }) => ({
        name: `certificate-of-${(managed as { domains: string[] }).domains.join()}`,
    }),
    "gcp:compute/securityPolicy:SecurityPolicy": named("wandb-security-policy"),
    "gcp:compute/sSLPolicy:SSLPolicy": named("wandb-tls-policy"),
    "gcp:compute/forwardingRule:ForwardingRule": { pscConnectionId: "123" },
    "gcp:dns/managedZone:ManagedZone": named("wandb-zone"),
};
const answers: Readonly<Record<string, Given>> = {
    "gcp:compute/getForwardingRules:getForwardingRules": {
        rules: [ruleAt("10.10.0.8", 443), ruleAt("10.10.0.9", 443), ruleAt("10.10.0.9", 80)],
    },
    "gcp:compute/getGlobalAddress:getGlobalAddress": { address: "34.9.9.9", addressType: "EXTERNAL" },
    "gcp:compute/getAddress:getAddress": { address: "10.9.9.9", addressType: "INTERNAL" },
    "gcp:compute/getSecurityPolicy:getSecurityPolicy": {},
    "gcp:dns/getManagedZone:getManagedZone": { dnsName: "example.com.", visibility: "public" },
};

export interface EntrySurroundings {
    readonly scope: GcpDeploymentScope;
    readonly apis: Apis;
    /** An address that is read from the cluster once the custom resource is there. */
    readonly read: (address: string | undefined) => pulumi.Output<string | undefined>;
}

export interface MadeEntry<T> {
    readonly graph: GraphRecorder;
    readonly made: T;
}

export async function makeEntry<T>(
    make: (surroundings: EntrySurroundings) => T,
    options: { readonly preview?: boolean; readonly answers?: Readonly<Record<string, Given>> } = {},
): Promise<MadeEntry<T>> {
    const { preview = false } = options;
    const graph = await GraphRecorder.start({ preview, outputs, answers: { ...answers, ...options.answers } });
    const owner = new Owner();
    const scope = createDeploymentScope("wandb", owner, {
        project: project.projectId,
        region,
        location: undefined,
        labels: { team: "ml" },
        deletionProtection: true,
        retainData: false,
    });
    const made = make({
        scope,
        apis: createApis(scope, true),
        read: (address) => new Instance(owner).id.apply(() => address),
    });
    await pulumi.runtime.disconnect();
    return { graph, made };
}

/** Logical names of what a resource waits for. */
export function after({ graph }: MadeEntry<unknown>, name: string): string[] {
    return graph.byName(name).dependencies.map((urn) => urn.slice(urn.lastIndexOf("::") + 2));
}

/** Logical names of the resources of Google Cloud but the APIs. */
export function madeNames({ graph }: MadeEntry<unknown>): string[] {
    return graph.resources
        .filter(({ type, name }) => type.startsWith("gcp:") && !name.endsWith("-api"))
        .map(({ name }) => name)
        .sort();
}
