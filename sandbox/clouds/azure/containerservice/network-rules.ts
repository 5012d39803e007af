/** What AKS refuses of the addresses of a cluster, and of the way to its API server. */
import { isWithin, overlap, prefixOf, usableAddresses } from "../../cidr";
import type { Row } from "../../inventory";
import type { InventoryView, RefuseContext } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { armError } from "../errors";
import { parentId, rowById } from "../ids";
import { delegationsOf, prefixesOf } from "../network/ranges";
import { subnetType } from "../network/shared";
import { refusedRight } from "./rights";
import { bad, changed, changeRefused, part, partsIn, textsIn } from "./shared";

const delegation = "Microsoft.ContainerService/managedClusters";

export function refusedNetwork(inputs: PropertyMap, principalId: string, context: RefuseContext): string | undefined {
    const profile = part(inputs["networkProfile"]);
    const pools = partsIn(inputs["agentPoolProfiles"]);
    return (
        refusedPlugin(profile) ??
        refusedAddresses(profile) ??
        first(pools, (pool) => refusedPoolSubnet({ pool, profile, principalId }, context.inventory)) ??
        refusedAccess(inputs, principalId, context)
    );
}

/** Subnets of clusters have one range. */
function rangeOf(subnet: PropertyMap): string {
    return textOf(prefixesOf(subnet)[0]);
}

function first<T>(items: readonly T[], check: (item: T) => string | undefined): string | undefined {
    return items.map(check).find((reason) => reason !== undefined);
}

/** https://learn.microsoft.com/azure/aks/azure-cni-overlay and azure-cni-powered-by-cilium */
function refusedPlugin(profile: PropertyMap): string | undefined {
    const { networkPlugin, networkPluginMode, networkPolicy, networkDataplane } = profile;
    if (networkPluginMode === "overlay" && networkPlugin !== "azure") {
        return bad("Network plugin mode 'overlay' is only supported with network plugin 'azure'.");
    }
    if (networkPolicy === "cilium" && networkDataplane !== "cilium") {
        return bad("Network policy 'cilium' is only supported with network dataplane 'cilium'.");
    }
    return networkDataplane === "cilium" && !["cilium", "none", undefined].includes(networkPolicy as string | undefined)
        ? bad(`Network dataplane 'cilium' requires network policy 'cilium' (${textOf(networkPolicy)} given).`)
        : undefined;
}

/** https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning#kubernetes-service-address-range */
function refusedAddresses({ serviceCidr, dnsServiceIP, podCidr, networkPluginMode }: PropertyMap): string | undefined {
    if (serviceCidr !== undefined && prefixOf(serviceCidr) <= 12) {
        return bad(
            `The service CIDR ${textOf(serviceCidr)} is too large: it must be smaller than /12.`,
            "InvalidServiceCidr",
        );
    }
    if (dnsServiceIP !== undefined) {
        const range = serviceCidr ?? "10.0.0.0/16";
        const isFirst = textOf(dnsServiceIP) === textOf(range).replace(/\d+\/\d+$/, "1");
        if (!isWithin(`${textOf(dnsServiceIP)}/32`, range) || isFirst) {
            return bad(
                `The DNS service IP ${textOf(dnsServiceIP)} must be in the service CIDR ${textOf(range)} and must not be its first address.`,
                "DnsServiceIpNotInServiceCidr",
            );
        }
    }
    // The provider fills in a range of pods also where they have none of their own, and AKS takes no notice of it.
    const isOverlay = networkPluginMode === "overlay";
    return isOverlay && podCidr !== undefined && serviceCidr !== undefined && overlap(podCidr, serviceCidr)
        ? bad(
              `The pod CIDR ${textOf(podCidr)} overlaps with the service CIDR ${textOf(serviceCidr)}.`,
              "ServiceCidrOverlapPodCidr",
          )
        : undefined;
}

export interface PoolInSubnet {
    readonly pool: PropertyMap;
    readonly profile: PropertyMap;
    readonly principalId: string;
}

/** Where nodes are: the subnet is there, has room and a way out, and the control plane may use it. */
export function refusedPoolSubnet(
    { pool, profile, principalId }: PoolInSubnet,
    inventory: InventoryView,
): string | undefined {
    const id = textOf(pool["vnetSubnetID"]);
    if (id === "") {
        return undefined;
    }
    const subnet = rowById(inventory, subnetType, id);
    if (subnet === undefined) {
        return armError(
            404,
            "VnetSubnetNotFound",
            `The subnet ${id} of agent pool ${textOf(pool["name"])} was not found.`,
        );
    }
    const action = "Microsoft.Network/virtualNetworks/subnets/join/action";
    return (
        refusedRight({ principalId, action, role: "Network Contributor", scope: id }, inventory) ??
        refusedRanges(subnet, profile, inventory) ??
        refusedOutbound(subnet, profile) ??
        refusedRoom(subnet, pool, profile)
    );
}

/** https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/servicecidroverlapexistingsubnetscidr-error */
function refusedRanges(
    subnet: Row,
    { serviceCidr, podCidr, networkPluginMode }: PropertyMap,
    inventory: InventoryView,
) {
    const beside = inventory.rows(subnetType).filter(({ id }) => parentId(id) === parentId(subnet.id));
    for (const { inputs } of beside) {
        const range = rangeOf(inputs);
        if (serviceCidr !== undefined && overlap(serviceCidr, range)) {
            return bad(
                `The specified service CIDR ${textOf(serviceCidr)} is conflicted with an existing subnet CIDR ${range}.`,
                "ServiceCidrOverlapExistingSubnetsCidr",
            );
        }
        if (networkPluginMode === "overlay" && overlap(podCidr, range)) {
            return bad(
                `The specified pod CIDR ${textOf(podCidr)} is conflicted with an existing subnet CIDR ${range}.`,
                "PodCidrOverlapExistingSubnetsCidr",
            );
        }
    }
    return undefined;
}

/** https://learn.microsoft.com/azure/aks/egress-outboundtype */
function refusedOutbound({ id, inputs }: Row, { outboundType }: PropertyMap): string | undefined {
    if (outboundType === "userAssignedNATGateway" && part(inputs["natGateway"])["id"] === undefined) {
        return bad(`OutboundType userAssignedNATGateway requires a NAT gateway to be associated with subnet ${id}.`);
    }
    return outboundType === "userDefinedRouting" && part(inputs["routeTable"])["id"] === undefined
        ? bad(
              `An existing route table has not been associated with subnet ${id}. Please update the route table association.`,
              "ExistingRouteTableNotAssociatedWithSubnet",
          )
        : undefined;
}

const podsOnNodeSubnet = 30;
const podsOnOverlay = 250;

/** https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/insufficientsubnetsize-error */
function refusedRoom({ inputs }: Row, pool: PropertyMap, { networkPluginMode }: PropertyMap): string | undefined {
    const isOverlay = networkPluginMode === "overlay";
    const pods = Number(pool["maxPods"] ?? (isOverlay ? podsOnOverlay : podsOnNodeSubnet));
    const nodes = Number(pool["count"] ?? 1);
    const needed = nodes * (isOverlay ? 1 : pods + 1);
    const range = rangeOf(inputs);
    const room = usableAddresses(range);
    return needed <= room
        ? undefined
        : bad(
              `Pre-allocated IPs ${needed} exceeds IPs available ${room} in Subnet Cidr ${range}, Subnet Name ${textOf(inputs["subnetName"])}.`,
              "InsufficientSubnetSize",
          );
}

/** https://learn.microsoft.com/azure/aks/private-clusters and api-server-vnet-integration */
function refusedAccess(inputs: PropertyMap, principalId: string, context: RefuseContext): string | undefined {
    const { inventory, previous } = context;
    const access = part(inputs["apiServerAccessProfile"]);
    const isPrivate = access["enablePrivateCluster"] === true;
    const zone = textOf(access["privateDNSZone"], "system");
    if (isPrivate && textsIn(access["authorizedIPRanges"]).length > 0) {
        return bad(
            "AuthorizedIPRanges is not allowed for private cluster.",
            "AuthorizedIPRangesNotAllowedForPrivateCluster",
        );
    }
    if (isPrivate && zone.startsWith("/")) {
        const refused =
            refusedRight(
                {
                    principalId,
                    action: "Microsoft.Network/privateDnsZones/read",
                    role: "Private DNS Zone Contributor",
                    scope: zone,
                },
                inventory,
            ) ?? refusedZoneName(zone, access);
        if (refused !== undefined) {
            return refused;
        }
    }
    return refusedIntegration(access, principalId, inventory) ?? refusedAccessChange(access, previous);
}

function refusedZoneName(zone: string, { enableVnetIntegration }: PropertyMap): string | undefined {
    const word = enableVnetIntegration === true ? "private" : "privatelink";
    const name = zone.split("/").at(-1) ?? "";
    return new RegExp(`^([a-z0-9-]{1,32}\\.)?${word}\\.[a-z0-9]+\\.azmk8s\\.io$`).test(name)
        ? undefined
        : bad(
              `The private DNS zone name ${name} must be ${word}.<region>.azmk8s.io or <subzone>.${word}.<region>.azmk8s.io.`,
              "InvalidPrivateDNSZoneName",
          );
}

function refusedIntegration(access: PropertyMap, principalId: string, inventory: InventoryView): string | undefined {
    if (access["enableVnetIntegration"] !== true) {
        return undefined;
    }
    const id = textOf(access["subnetId"]);
    const subnet = rowById(inventory, subnetType, id);
    if (subnet === undefined) {
        return armError(404, "ApiServerSubnetNotFound", `The API server subnet '${id}' was not found.`);
    }
    const delegated = delegationsOf(subnet.inputs).includes(delegation);
    if (!delegated || prefixOf(rangeOf(subnet.inputs)) > 28) {
        return bad(
            `The API server subnet '${id}' must be at least a /28 and delegated to '${delegation}'.`,
            "InvalidApiServerSubnet",
        );
    }
    const action = "Microsoft.Network/virtualNetworks/subnets/join/action";
    return refusedRight({ principalId, action, role: "Network Contributor", scope: id }, inventory);
}

function refusedAccessChange(access: PropertyMap, previous: PropertyMap | undefined): string | undefined {
    if (previous === undefined) {
        return undefined;
    }
    const before = part(previous["apiServerAccessProfile"]);
    const wasIntegrated = before["enableVnetIntegration"] === true;
    if (wasIntegrated && access["enableVnetIntegration"] !== true) {
        return changeRefused("apiServerAccessProfile.enableVnetIntegration");
    }
    if (wasIntegrated && changed("subnetId", access, before)) {
        return changeRefused("apiServerAccessProfile.subnetId");
    }
    const toggled = (access["enablePrivateCluster"] === true) !== (before["enablePrivateCluster"] === true);
    if (toggled && !wasIntegrated) {
        return changeRefused("apiServerAccessProfile.enablePrivateCluster");
    }
    return changed("privateDNSZone", access, before)
        ? changeRefused("apiServerAccessProfile.privateDNSZone")
        : undefined;
}
