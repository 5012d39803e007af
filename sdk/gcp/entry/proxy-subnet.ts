import { Firewall, Subnetwork } from "@pulumi/gcp/compute";
import type * as pulumi from "@pulumi/pulumi";
import type { Apis } from "../apis";
import type { GcpProxySubnetArgs } from "../args/entry";
import { DefaultProxyCidr } from "../args/entry-defaults";
import type { NetworkFacts } from "../facts";
import type { GcpDeploymentScope } from "../scope";

/** Of the chart's Services behind the Ingress: app, api, console, weave-trace. */
const PodPorts = ["8080-8082", "8722"];

/** Project in which a network lies: with Shared VPC it is another one than the deployment's. */
export function networkProject({ networkId }: Pick<NetworkFacts, "networkId">): pulumi.Output<string> {
    return networkId.apply((id) => id.split("/")[1]);
}

/**
 * Where the proxies of an internal load balancer lie. GKE makes no firewall rule that lets them reach the pods:
 * https://docs.cloud.google.com/kubernetes-engine/docs/how-to/internal-load-balance-ingress#create_a_firewall_rule
 */
export function createProxySubnet(
    { name, region, parent }: GcpDeploymentScope,
    args: GcpProxySubnetArgs,
    network: Pick<NetworkFacts, "networkId">,
    apis: Apis,
): readonly pulumi.Resource[] {
    if (args.create === false) {
        return [];
    }
    const project = networkProject(network);
    const range = args.cidr ?? DefaultProxyCidr;
    const options = { parent, dependsOn: apis.need("compute") };
    const subnet = new Subnetwork(
        `${name}-proxy-subnet`,
        {
            name: args.name,
            project,
            region,
            network: network.networkId,
            ipCidrRange: range,
            purpose: "REGIONAL_MANAGED_PROXY",
            role: "ACTIVE",
        },
        // There can be only one active one in a region of a network.
        { ...options, deleteBeforeReplace: true },
    );
    const firewall = new Firewall(
        `${name}-proxy-firewall`,
        {
            name: args.firewallName,
            project,
            network: network.networkId,
            description: "Proxies of the internal load balancer reach pods of Weights & Biases",
            direction: "INGRESS",
            sourceRanges: [range],
            allows: [{ protocol: "tcp", ports: args.ports ?? PodPorts }],
        },
        options,
    );
    return [subnet, firewall];
}
