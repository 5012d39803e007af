import { getZone } from "@pulumi/azure-native/dns/getZone";
import { getPrivateZone } from "@pulumi/azure-native/privatedns/getPrivateZone";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { lookUp } from "../../look-up";
import type { AzureDeploymentScope } from "../scope";
import { parseOwnResourceId } from "./resource-id";

/** A zone that is there already. */
export interface ZoneArgs {
    /** Its resource id, as given. */
    readonly zoneId: pulumi.Input<string>;
    readonly privateZone: boolean;
}

/** Where a zone lies. */
export interface ZonePlace {
    readonly resourceGroupName: string;
    /** Also the domain that it holds. */
    readonly name: string;
}

const Path = "azure.dns.zoneId";

export class DnsZoneLookUp {
    readonly place: pulumi.Output<ZonePlace>;

    constructor(
        private readonly parent: pulumi.Resource,
        { subscriptionId }: Pick<AzureDeploymentScope, "subscriptionId">,
        { zoneId, privateZone }: ZoneArgs,
    ) {
        const kind = privateZone ? "private DNS zone" : "public DNS zone";
        const type = privateZone ? "Microsoft.Network/privateDnsZones" : "Microsoft.Network/dnsZones";
        const wanted = `the resource id of a ${kind} in the deployment's subscription`;
        this.place = subscriptionId.apply((subscription) =>
            lookUp({ path: Path, wanted, resource: parent }, zoneId, async (id) => {
                const { resourceGroupName, name } = parseOwnResourceId(id, type, subscription);
                const found = privateZone
                    ? await getPrivateZone({ resourceGroupName, privateZoneName: name }, { parent })
                    : await getZone({ resourceGroupName, zoneName: name }, { parent });
                return { resourceGroupName, name: found.name.toLowerCase() };
            }),
        );
    }

    /** What a name is called in the zone, `@` for the zone's own; an error where it lies in another. */
    relative(host: pulumi.Output<string>): pulumi.Output<string> {
        return pulumi.all([this.place, host]).apply(([{ name: top }, name]) => {
            if (name === top) {
                return "@";
            }
            if (!name.endsWith(`.${top}`)) {
                throw resourceError(
                    `${Path}: is the zone ${top}, in which ${name} does not lie. Give the zone of that name, or another name.`,
                    this.parent,
                );
            }
            return name.slice(0, -top.length - 1);
        });
    }
}
