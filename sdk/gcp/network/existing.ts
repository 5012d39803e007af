import {
    getNetwork,
    getNetworkPeering,
    type GetNetworkPeeringResult,
    type GetNetworkResult,
    getSubnetwork,
    type GetSubnetworkResult,
} from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import type { GcpExistingNetworkArgs } from "../args/network";
import type { NetworkFacts } from "../facts";
import type { GcpDeploymentScope } from "../scope";
import { idOf, networkPath, regionalPath } from "./links";

const Path = "gcp.network.existing";

/** Name of the peering that private services access makes: https://docs.cloud.google.com/vpc/docs/configure-private-services-access */
const ServicesPeering = "servicenetworking-googleapis-com";

/** A network and a subnet of the user's own, looked up and checked. */
export class ExistingNetwork extends pulumi.ComponentResource {
    readonly facts: NetworkFacts;

    /** @param privateServices whether Cloud SQL or Memorystore take private addresses in it */
    constructor(scope: GcpDeploymentScope, args: GcpExistingNetworkArgs, privateServices: boolean) {
        super("wandb:gcp:ExistingNetwork", `${scope.name}-network`, {}, { parent: scope.parent });
        const network = pulumi.output(args.networkId).apply((id) => this.lookUpNetwork(id));
        const subnet = pulumi.output(args.subnetworkId).apply((id) => this.lookUpSubnet(id));
        const peering = privateServices ? network.apply((found) => this.lookUpPeering(found)) : undefined;
        const checked = pulumi
            .all([network, subnet, scope.region, args.podRangeName, args.serviceRangeName, peering])
            .apply(([network, subnet, region, pods, services, peering]) => {
                const problems = wrongNetwork({ network, subnet, peering }, { region, pods, services });
                if (problems.length > 0) {
                    throw resourceError(problems.join("\n"), this);
                }
                return { network, subnet, pods, services };
            });
        this.facts = {
            networkId: checked.apply(({ network }) => idOf(network.selfLink)),
            subnetworkId: checked.apply(({ subnet }) => idOf(subnet.selfLink)),
            podRangeName: checked.pods,
            serviceRangeName: checked.services,
            clientRanges: {
                nodes: checked.subnet.ipCidrRange,
                pods: checked.apply(({ subnet, pods }) => rangeOf(subnet, pods) ?? ""),
            },
            privateServicesRange:
                args.privateServicesRangeName === undefined ? undefined : pulumi.output(args.privateServicesRangeName),
            privateServices: [],
            egress: [],
        };
        this.registerOutputs({ networkId: this.facts.networkId });
    }

    /** An apply and not the Output form of the function, whose error would name neither the argument nor the remedy, and show a stack trace. */
    private async lookUpNetwork(id: string): Promise<GetNetworkResult> {
        const path = networkPath(id);
        if (path === undefined) {
            throw this.wrongId("networkId", id, "projects/<project>/global/networks/<name>");
        }
        return getNetwork({ ...path }, { parent: this }).catch((error: unknown) => {
            throw this.unreadable("networkId", id, error, "the id of a network that you may look at");
        });
    }

    private async lookUpSubnet(id: string): Promise<GetSubnetworkResult> {
        const path = regionalPath(id, "subnetworks");
        if (path === undefined) {
            throw this.wrongId("subnetworkId", id, "projects/<project>/regions/<region>/subnetworks/<name>");
        }
        return getSubnetwork({ ...path }, { parent: this }).catch((error: unknown) => {
            throw this.unreadable("subnetworkId", id, error, "the id of a subnet that you may look at");
        });
    }

    private async lookUpPeering({ selfLink }: GetNetworkResult): Promise<GetNetworkPeeringResult> {
        return getNetworkPeering({ network: selfLink, name: ServicesPeering }, { parent: this }).catch(
            (error: unknown) => {
                const reason = error instanceof Error ? error.message : String(error);
                throw resourceError(
                    `${Path}.networkId: has no private services access that can be read ("${idOf(selfLink)}" given), by which Cloud SQL and Memorystore get their addresses: ${reason}. Allocate a range, and connect it by \`gcloud services vpc-peerings connect --service=servicenetworking.googleapis.com\`.`,
                    this,
                );
            },
        );
    }

    private wrongId(argument: string, id: string, form: string): pulumi.ResourceError {
        return resourceError(
            `${Path}.${argument}: is not an id of one ("${id}" given). Give ${form}, or its URL.`,
            this,
        );
    }

    private unreadable(argument: string, id: string, error: unknown, wanted: string): pulumi.ResourceError {
        const reason = error instanceof Error ? error.message : String(error);
        return resourceError(`${Path}.${argument}: cannot be read ("${id}" given): ${reason}. Give ${wanted}.`, this);
    }
}

/** What is looked up. */
export interface FoundNetwork {
    readonly network: Pick<GetNetworkResult, "selfLink">;
    readonly subnet: Pick<
        GetSubnetworkResult,
        "selfLink" | "network" | "region" | "privateIpGoogleAccess" | "stackType" | "secondaryIpRanges"
    >;
    /** Absent: nothing needs it. */
    readonly peering: Pick<GetNetworkPeeringResult, "state" | "stateDetails"> | undefined;
}

/** What is wanted of it. */
export interface WantedNetwork {
    readonly region: string;
    readonly pods: string;
    readonly services: string;
}

function rangeOf({ secondaryIpRanges }: Pick<GetSubnetworkResult, "secondaryIpRanges">, name: string) {
    return secondaryIpRanges.find(({ rangeName }) => rangeName === name)?.ipCidrRange;
}

/** What keeps W&B from running in the network. Pure. */
export function wrongNetwork({ network, subnet, peering }: FoundNetwork, wanted: WantedNetwork): string[] {
    const problems: string[] = [];
    const report = (argument: string, problem: string): void => {
        problems.push(`${Path}.${argument}: ${problem}`);
    };
    const own = idOf(subnet.selfLink);
    const whole = idOf(network.selfLink);
    if (idOf(subnet.network) !== whole) {
        report(
            "subnetworkId",
            `is in another network ("${own}" in ${idOf(subnet.network)}). Give a subnet of ${whole}.`,
        );
    }
    if (subnet.region !== wanted.region) {
        report(
            "subnetworkId",
            `is in ${subnet.region} ("${own}" given), but the deployment is in ${wanted.region}. Give a subnet of that region, or set \`gcp.region\`.`,
        );
    }
    if (!subnet.privateIpGoogleAccess) {
        report(
            "subnetworkId",
            `has Private Google Access off ("${own}" given), so nodes without public addresses would not reach Google's APIs. Turn it on.`,
        );
    }
    if (subnet.stackType === "IPV6_ONLY") {
        report("subnetworkId", `has no IPv4 addresses ("${own}" given), which GKE needs. Give one with IPv4.`);
    }
    const names = subnet.secondaryIpRanges.map(({ rangeName }) => rangeName).sort();
    const known = names.length === 0 ? "it has none" : `it has ${names.join(", ")}`;
    for (const [argument, name] of [
        ["podRangeName", wanted.pods],
        ["serviceRangeName", wanted.services],
    ] as const) {
        if (!names.includes(name)) {
            report(
                argument,
                `is no secondary range of ${own} ("${name}" given): ${known}. Give one of them, or add it.`,
            );
        }
    }
    if (peering !== undefined && peering.state !== "ACTIVE") {
        report(
            "networkId",
            `has private services access that is not active ("${whole}" given): ${peering.state}, ${peering.stateDetails}. Repair the peering ${ServicesPeering}.`,
        );
    }
    return problems;
}
