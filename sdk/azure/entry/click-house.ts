import { getNetworkInterface } from "@pulumi/azure-native/network/getNetworkInterface";
import { PrivateEndpoint } from "@pulumi/azure-native/network/privateEndpoint";
import { PrivateRecordSet } from "@pulumi/azure-native/privatedns/privateRecordSet";
import { PrivateZone } from "@pulumi/azure-native/privatedns/privateZone";
import { VirtualNetworkLink } from "@pulumi/azure-native/privatedns/virtualNetworkLink";
import * as pulumi from "@pulumi/pulumi";
import { notKnown } from "../../unknown";
import type { AzureClickHouseArgs } from "../args/extras";
import type { NetworkFacts } from "../facts";
import type { AzureDeploymentScope } from "../scope";
import { parseResourceId } from "./resource-id";

export interface ClickHouseInput {
    readonly args: AzureClickHouseArgs;
    readonly network: Pick<NetworkFacts, "vnetId" | "nodeSubnetId">;
}

export interface ClickHouseOutputs {
    /** Resource id of the endpoint, which ClickHouse Cloud must be told. */
    readonly endpointId: pulumi.Output<string>;
    /** What must be there before W&B connects. */
    readonly ready: readonly pulumi.Resource[];
}

/** Connects ClickHouse Cloud by an endpoint in the network: https://clickhouse.com/docs/cloud/security/azure-privatelink */
export function connectClickHouse(scope: AzureDeploymentScope, input: ClickHouseInput): ClickHouseOutputs {
    const { endpointId, ready } = new ClickHouse(scope, input);
    return { endpointId, ready };
}

class ClickHouse extends pulumi.ComponentResource {
    readonly endpointId: pulumi.Output<string>;
    readonly ready: readonly pulumi.Resource[];

    constructor(deployment: AzureDeploymentScope, input: ClickHouseInput) {
        super("wandb:azure:ClickHouse", `${deployment.name}-click-house`, {}, { parent: deployment.parent });
        const scope = { ...deployment, parent: this };
        const endpoint = createEndpoint(scope, input);
        const names = publishNames(scope, input, addressOf(this, endpoint));
        this.endpointId = endpoint.id;
        this.ready = [endpoint, ...names];
        this.registerOutputs({ endpointId: this.endpointId });
    }
}

/** ClickHouse Cloud approves it once it is told its id. */
function createEndpoint(
    { name, parent, resourceGroupName, location, tags }: AzureDeploymentScope,
    { args, network }: ClickHouseInput,
): PrivateEndpoint {
    return new PrivateEndpoint(
        `${name}-click-house-endpoint`,
        {
            privateEndpointName: args.endpointName,
            customNetworkInterfaceName: args.interfaceName,
            resourceGroupName,
            location,
            subnet: { id: args.subnetId ?? network.nodeSubnetId },
            manualPrivateLinkServiceConnections: [
                {
                    name: "click-house",
                    // An alias stands where the id of a service would: nobody outside ClickHouse's tenant knows that.
                    privateLinkServiceId: args.serviceAlias,
                    requestMessage: "Weights & Biases",
                },
            ],
            tags,
        },
        { parent },
    );
}

/** The endpoint tells its interface only, and that its address. */
function addressOf(parent: pulumi.Resource, { networkInterfaces }: PrivateEndpoint): pulumi.Output<string> {
    return networkInterfaces.apply(async ([first]) => {
        if (first?.id === undefined) {
            return notKnown<string>();
        }
        const { resourceGroupName, name } = parseResourceId(first.id, "Microsoft.Network/networkInterfaces");
        const found = await getNetworkInterface({ resourceGroupName, networkInterfaceName: name }, { parent });
        return found.ipConfigurations?.[0]?.privateIPAddress ?? notKnown<string>();
    });
}

/** `<name>.<guid>.<region>.azure.privatelinkservice` */
function regionOf(alias: string): string {
    return alias.split(".").slice(-3)[0];
}

/** ClickHouse Cloud knows its services by names of this domain, which nobody but the network must resolve so. */
function publishNames(
    { name, parent, resourceGroupName, tags }: AzureDeploymentScope,
    { args, network }: ClickHouseInput,
    address: pulumi.Output<string>,
): pulumi.Resource[] {
    const region = pulumi.output(args.region ?? pulumi.output(args.serviceAlias).apply(regionOf));
    const zone = new PrivateZone(
        `${name}-click-house-zone`,
        {
            resourceGroupName,
            privateZoneName: pulumi.interpolate`${region}.privatelink.azure.clickhouse.cloud`,
            location: "Global",
            tags,
        },
        { parent },
    );
    const link = new VirtualNetworkLink(
        `${name}-click-house-zone-link`,
        {
            resourceGroupName,
            privateZoneName: zone.name,
            location: "Global",
            registrationEnabled: false,
            virtualNetwork: { id: network.vnetId },
            tags,
        },
        { parent },
    );
    const record = new PrivateRecordSet(
        `${name}-click-house-record`,
        {
            resourceGroupName,
            privateZoneName: zone.name,
            relativeRecordSetName: "*",
            recordType: "A",
            ttl: 300,
            aRecords: [{ ipv4Address: address }],
        },
        { parent },
    );
    return [link, record];
}
