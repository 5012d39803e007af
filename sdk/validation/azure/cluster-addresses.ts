import type { WandbDeploymentArgs } from "../../args";
import type { AzureClusterArgs } from "../../azure/args/cluster";
import { AzurePodNetwork } from "../../azure/args/cluster-network";
import { DefaultNetworkCidr } from "../../azure/args/network-defaults";
import type { Section } from "../section";
import { wrongClusterRange, wrongDnsAddress } from "./cluster-rules";

/** Where nothing is said; those of `sdk/azure/cluster/control-plane.ts`. */
const Defaults = { podCidr: "10.244.0.0/16", serviceCidr: "172.21.0.0/16" } as const;

/** Each node takes a /24: https://learn.microsoft.com/azure/aks/azure-cni-overlay#ip-address-planning */
const PodPrefixes = [8, 22] as const;
/** "It must be smaller than /12": https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning */
const ServicePrefixes = [13, 28] as const;

/** `azure.cluster.network` */
export function checkAddresses(args: Section<WandbDeploymentArgs>, cluster: Section<AzureClusterArgs>): void {
    const network = cluster.section("network");
    const taken = networkRanges(args);
    const isOverlay = network?.text("pods") !== AzurePodNetwork.NodeSubnet;
    const podCidr = network?.text("podCidr") ?? Defaults.podCidr;
    const serviceCidr = network?.text("serviceCidr") ?? Defaults.serviceCidr;
    if (network !== undefined && !isOverlay && network.has("podCidr")) {
        network.refuse(
            "podCidr",
            "has no effect with `pods` node-subnet, whose addresses are the nodes'. Leave it out.",
        );
    }
    const say = (
        key: "podCidr" | "serviceCidr",
        range: string,
        beside: readonly string[],
        sizes: readonly [number, number],
    ) => {
        const wrong = wrongClusterRange(range, beside, ...sizes);
        if (wrong !== undefined) {
            cluster.report(`${cluster.at("network")}.${key}`, wrong);
        }
    };
    if (isOverlay) {
        say("podCidr", podCidr, taken, PodPrefixes);
    }
    say("serviceCidr", serviceCidr, isOverlay ? [...taken, podCidr] : taken, ServicePrefixes);
    network?.check("dnsServiceIp", (address) =>
        network.pending("serviceCidr") ? undefined : wrongDnsAddress(address, serviceCidr),
    );
}

/** Ranges of the network that is made; an own one is looked at by AKS alone. */
function networkRanges(args: Section<WandbDeploymentArgs>): string[] {
    const azure = args.section("azure");
    const network = azure?.section("network");
    if (azure?.pending("network") === true || network?.has("existing") === true || network?.pending("cidr") === true) {
        return [];
    }
    const more = (network?.texts("additionalCidrs") ?? []).flatMap(({ value }) => value ?? []);
    return [network?.text("cidr") ?? DefaultNetworkCidr, ...more];
}
