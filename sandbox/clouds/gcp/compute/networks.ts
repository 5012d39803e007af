/** VPC networks, as of @pulumi/gcp 9.37. */
import type { Row } from "../../inventory";
import type { InventoryView, ResourceModel } from "../../model";
import { textOf } from "../../values";
import { calledBy, holderOf, type Holder } from "./links";
import { connectionsOf, producersOn, servicesPeering } from "./producers";
import {
    addressType,
    clusterType,
    compute,
    endpointGroupType,
    firewallType,
    forwardingRuleType,
    globalAddressType,
    globalForwardingRuleType,
    networkType,
    regionEndpointGroupType,
    routerType,
    subnetworkType,
} from "./shared";

/** What lies in a network keeps it: https://docs.cloud.google.com/vpc/docs/create-modify-vpc-networks#delete-network */
const holders: readonly Holder[] = [
    subnetworkType,
    firewallType,
    routerType,
    globalAddressType,
    addressType,
    clusterType,
    forwardingRuleType,
    globalForwardingRuleType,
    endpointGroupType,
    regionEndpointGroupType,
].map((type) => ({ type, path: "network" }));

/**
 * Why Google keeps it. A peering that private services access left behind is in the way as long as a producer holds addresses behind it
 * (https://github.com/GoogleCloudPlatform/magic-modules/pull/18476), and goes with the network otherwise, as in the provider's own test
 * TestAccServiceNetworkingConnection_abandon. Once it is removed by hand nothing of the producer's is in the way.
 */
function keptBy(row: Row, inventory: InventoryView): string | undefined {
    const used = (by: string) =>
        `Error waiting for Deleting Network: The network resource '${row.id}' is already being used by '${by}'`;
    const holder = holderOf(row, holders, inventory);
    if (holder !== undefined) {
        return used(calledBy(holder));
    }
    const isPeered = connectionsOf(row.id, inventory).length > 0;
    return isPeered && producersOn(row.id, inventory).length > 0
        ? used(`${row.id}/networkPeerings/${servicesPeering}`)
        : undefined;
}

const network: ResourceModel = compute(
    {
        title: "Network",
        collection: "networks",
        place: "global",
        dated: false,
        quota: { metric: "NETWORKS", granted: 15 },
    },
    {
        token: networkType,
        inputs: {
            autoCreateSubnetworks: { type: "boolean", default: true },
            deleteDefaultRoutesOnCreate: { type: "boolean", default: false },
            description: { type: "string" },
            mtu: { type: "integer" },
            networkFirewallPolicyEnforcementOrder: {
                type: "string",
                default: "AFTER_CLASSIC_FIREWALL",
                values: ["BEFORE_CLASSIC_FIREWALL", "AFTER_CLASSIC_FIREWALL"],
            },
            networkProfile: { type: "string" },
            routingMode: { type: "string", values: ["REGIONAL", "GLOBAL"] },
        },
        outputs: {
            bgpAlwaysCompareMed: { type: "boolean" },
            bgpBestPathSelectionMode: { type: "string" },
            bgpInterRegionCost: { type: "string" },
            gatewayIpv4: { type: "string" },
            internalIpv6Range: { type: "string" },
            mtu: { type: "integer" },
            networkId: { type: "string" },
            numericId: { type: "string" },
            routingMode: { type: "string" },
        },
        replaceOn: ["autoCreateSubnetworks", "description", "networkProfile"],
        unread: ["deleteDefaultRoutesOnCreate"],
        validate: ({ mtu }) =>
            typeof mtu === "number" && (mtu < 1300 || mtu > 8896)
                ? [{ property: "mtu", reason: `must be 1300 to 8896 bytes (value given: ${mtu}). Correct it.` }]
                : [],
        computed: (inputs, { previous, id }) => ({
            bgpAlwaysCompareMed: false,
            bgpBestPathSelectionMode: "LEGACY",
            bgpInterRegionCost: "",
            gatewayIpv4: "",
            internalIpv6Range: "",
            mtu: inputs["mtu"] ?? previous?.["mtu"] ?? 1460,
            networkId: numberFor(id),
            numericId: numberFor(id),
            routingMode: inputs["routingMode"] ?? previous?.["routingMode"] ?? "REGIONAL",
        }),
        blocksDeletion: keptBy,
        takesAlong: (row, inventory) => connectionsOf(row.id, inventory),
    },
);

/** Nineteen digits that stay the same for an id. */
function numberFor(id: string): string {
    const sum = [...id].reduce((number, letter) => (number * 31 + letter.charCodeAt(0)) % 10 ** 12, 7);
    return `5${textOf(sum).padStart(18, "0")}`;
}

export const networks: readonly ResourceModel[] = [network];
