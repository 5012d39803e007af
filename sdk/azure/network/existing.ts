import { getSubnet, type GetSubnetResult } from "@pulumi/azure-native/network/getSubnet";
import { getVirtualNetwork, type GetVirtualNetworkResult } from "@pulumi/azure-native/network/getVirtualNetwork";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { lookUp } from "../../look-up";
import { type AzureExistingNetworkArgs, type AzureNetworkArgs, AzureOutbound } from "../args/network";
import type { NetworkFacts } from "../facts";
import type { AzureDeploymentScope } from "../scope";
import { createDatabaseZone } from "./database-zone";
import { type FoundSubnet, type SubnetArgument, wrongNetwork } from "./existing-checks";
import { networkPath, subnetPath } from "./ids";
import type { NetworkWants } from "./network";
import { PrivateEndpoints } from "./private-endpoints";

const Path = "azure.network.existing";

/** A virtual network and subnets of the user's own, looked up and checked. */
export class ExistingNetwork extends pulumi.ComponentResource {
    readonly facts: NetworkFacts;

    constructor(
        scope: AzureDeploymentScope,
        existing: AzureExistingNetworkArgs,
        args: AzureNetworkArgs,
        wants: NetworkWants,
    ) {
        super("wandb:azure:ExistingNetwork", `${scope.name}-network`, {}, { parent: scope.parent });
        const inside = { ...scope, parent: this };
        const { outbound = AzureOutbound.NatGateway } = args;
        const vnet = this.lookUpNetwork(existing.vnetId);
        const ids = usedSubnets(existing, wants);
        const found = pulumi.all(Object.fromEntries(ids.map(([key, id]) => [key, this.lookUpSubnet(key, id)])));
        const checked = pulumi.all([vnet, found, scope.location]).apply(([network, subnets, location]) => {
            const problems = wrongNetwork({ network, subnets, location, outbound, overlay: wants.overlay });
            if (problems.length > 0) {
                throw resourceError(problems.map((problem) => `${Path}.${problem}`).join("\n"), this);
            }
            return { vnetId: network.id ?? "", subnets };
        });
        const subnetId = (key: SubnetArgument): pulumi.Output<string> | undefined =>
            ids.some(([used]) => used === key) ? checked.apply(({ subnets }) => subnets[key]?.id ?? "") : undefined;
        const cidr = (key: SubnetArgument): pulumi.Output<string> =>
            checked.apply(({ subnets }) => subnets[key]?.addressPrefix ?? subnets[key]?.addressPrefixes?.[0] ?? "");
        const { vnetId } = checked;
        const nodeSubnetId = subnetId("nodeSubnetId") ?? pulumi.output(existing.nodeSubnetId);
        const place = { vnetId, subnetId: subnetId("endpointSubnetId") ?? nodeSubnetId };
        const endpoints = new PrivateEndpoints(inside, { ...place, zones: args.privateDnsZones ?? {} });
        const gatewaySubnetId = subnetId("gatewaySubnetId");
        const databaseSubnetId = subnetId("databaseSubnetId");
        this.facts = {
            vnetId,
            nodeSubnetId,
            apiServerSubnetId: subnetId("apiServerSubnetId"),
            gatewaySubnetId,
            gatewayCidr: gatewaySubnetId && cidr("gatewaySubnetId"),
            databaseSubnetId,
            privateLinkSubnetId: subnetId("privateLinkSubnetId"),
            clientRanges: { nodes: cidr("nodeSubnetId") },
            egress: [],
            outbound,
            databaseZone: databaseSubnetId && createDatabaseZone(inside, args, vnetId),
            privateEndpoint: (input) => endpoints.connect(input),
        };
        this.registerOutputs({ vnetId });
    }

    private lookUpNetwork(id: pulumi.Input<string>): pulumi.Output<pulumi.Unwrap<GetVirtualNetworkResult>> {
        const wanted = "the id of a virtual network in the provider's subscription";
        return lookUp({ path: `${Path}.vnetId`, wanted, resource: this }, id, (known) => {
            const path = networkPath(known);
            return path === undefined ? wrongForm() : getVirtualNetwork({ ...path }, { parent: this });
        });
    }

    private lookUpSubnet(
        key: SubnetArgument,
        id: pulumi.Input<string>,
    ): pulumi.Output<pulumi.Unwrap<GetSubnetResult & FoundSubnet>> {
        const wanted = "the id of a subnet in the provider's subscription";
        return lookUp({ path: `${Path}.${key}`, wanted, resource: this }, id, async (known) => {
            const path = subnetPath(known);
            const found = await (path === undefined ? wrongForm() : getSubnet({ ...path }, { parent: this }));
            return { ...found, id: found.id ?? known };
        });
    }
}

function wrongForm(): Promise<never> {
    return Promise.reject(new Error("it has not the form of such an id"));
}

/** The subnets that something will be in. */
function usedSubnets(
    existing: AzureExistingNetworkArgs,
    wants: NetworkWants,
): (readonly [SubnetArgument, pulumi.Input<string>])[] {
    const used: Readonly<Record<SubnetArgument, boolean>> = {
        nodeSubnetId: true,
        endpointSubnetId: true,
        gatewaySubnetId: wants.gateway,
        databaseSubnetId: wants.database,
        apiServerSubnetId: wants.apiServer,
        privateLinkSubnetId: wants.privateLink,
    };
    return (Object.keys(used) as SubnetArgument[]).flatMap((key) => {
        const id = existing[key];
        return used[key] && id !== undefined ? [[key, id] as const] : [];
    });
}
