import { PrivateDnsZoneGroup } from "@pulumi/azure-native/network/privateDnsZoneGroup";
import { PrivateEndpoint } from "@pulumi/azure-native/network/privateEndpoint";
import * as pulumi from "@pulumi/pulumi";
import type { AzurePrivateDnsZonesArgs } from "../args/network";
import { PrivateZoneNames } from "../args/network-defaults";
import type { PrivateEndpointInput, PrivateService } from "../facts";
import type { AzureDeploymentScope } from "../scope";
import { createLinkedZone, type LinkedZone } from "./private-dns";

/** What of a service an endpoint reaches: https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-overview#private-link-resource */
const GroupIds: Readonly<Record<PrivateService, string>> = {
    blob: "blob",
    queue: "queue",
    vault: "vault",
    cache: "redisCache",
    "managed-cache": "redisEnterprise",
    database: "mysqlServer",
};

export interface EndpointPlace {
    readonly vnetId: pulumi.Output<string>;
    readonly subnetId: pulumi.Output<string>;
    readonly zones: AzurePrivateDnsZonesArgs;
}

/** Private endpoints of one network, and the zones by which it finds them. */
export class PrivateEndpoints {
    private readonly zones = new Map<PrivateService, LinkedZone>();
    private readonly made = new Map<PrivateService, PrivateEndpoint>();

    constructor(
        private readonly scope: AzureDeploymentScope,
        private readonly place: EndpointPlace,
    ) {}

    /** @returns what must be there before the network reaches the target by its usual name */
    connect({ service, targetId, endpointName, interfaceName }: PrivateEndpointInput): pulumi.Resource[] {
        const { name, parent, resourceGroupName, location, tags } = this.scope;
        const endpoint = new PrivateEndpoint(
            `${name}-${service}-endpoint`,
            {
                privateEndpointName: endpointName,
                customNetworkInterfaceName: interfaceName,
                resourceGroupName,
                location,
                subnet: { id: this.place.subnetId },
                privateLinkServiceConnections: [
                    { name: service, privateLinkServiceId: targetId, groupIds: [GroupIds[service]] },
                ],
                tags: { ...tags },
            },
            { parent, dependsOn: this.earlier(service) },
        );
        this.made.set(service, endpoint);
        const zone = this.zoneOf(service);
        const group = new PrivateDnsZoneGroup(
            `${name}-${service}-endpoint-zone`,
            {
                // An endpoint has one group, which Azure itself calls so.
                privateDnsZoneGroupName: "default",
                privateEndpointName: endpoint.name,
                resourceGroupName,
                privateDnsZoneConfigs: [
                    { name: PrivateZoneNames[service].replaceAll(".", "-"), privateDnsZoneId: zone.id },
                ],
            },
            { parent },
        );
        return [group, ...zone.ready];
    }

    /** A storage account takes one endpoint at a time. */
    private earlier(service: PrivateService): pulumi.Resource[] {
        const blob = this.made.get("blob");
        return service === "queue" && blob !== undefined ? [blob] : [];
    }

    private zoneOf(service: PrivateService): LinkedZone {
        const own = this.place.zones[service === "managed-cache" ? "managedCache" : service];
        if (own !== undefined) {
            return { id: pulumi.output(own), ready: [] };
        }
        const zone =
            this.zones.get(service) ??
            createLinkedZone(this.scope, {
                word: service,
                zoneName: PrivateZoneNames[service],
                vnetId: this.place.vnetId,
            });
        this.zones.set(service, zone);
        return zone;
    }
}
