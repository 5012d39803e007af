import { getManagedZone, type GetManagedZoneResult } from "@pulumi/gcp/dns";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { lookUp } from "../../look-up";

/** A managed zone that is there already. */
export interface ZoneArgs {
    /** Its name, as given. */
    readonly managedZone: pulumi.Input<string>;
    /** Project in which it lies. */
    readonly project: pulumi.Output<string>;
    /** APIs that are turned on just now: before that, nobody can ask for it. */
    readonly apis: readonly pulumi.Resource[];
}

const Path = "gcp.dns.managedZone";

export class ManagedZoneLookUp {
    private readonly zone: pulumi.Output<GetManagedZoneResult>;

    constructor(
        private readonly parent: pulumi.Resource,
        { managedZone, project, apis }: ZoneArgs,
    ) {
        const wanted = "the name of a managed zone of Cloud DNS, and its project as `gcp.dns.managedZoneProject`";
        const turnedOn = apis.filter((api) => pulumi.CustomResource.isInstance(api)).map(({ id }) => id);
        this.zone = pulumi
            .all([project, ...turnedOn])
            .apply(([known]) =>
                lookUp({ path: Path, wanted, resource: parent }, managedZone, (name) =>
                    getManagedZone({ name, project: known }, { parent }),
                ),
            );
    }

    /** A name, once it is sure that it lies in the zone: Cloud DNS would refuse any other without saying which zone was meant. */
    holding(host: pulumi.Output<string>): pulumi.Output<string> {
        return pulumi.all([this.zone, host]).apply(([zone, name]) => {
            const top = zone.dnsName.replace(/\.$/, "");
            if (name !== top && !name.endsWith(`.${top}`)) {
                throw resourceError(
                    `${Path}: is the zone ${top}, in which ${name} does not lie. Give the zone of that name, or another name.`,
                    this.parent,
                );
            }
            return name;
        });
    }

    /** The same for a name that shall get a certificate: Google looks it up from outside, and would wait for ever. */
    proving(host: pulumi.Output<string>): pulumi.Output<string> {
        return pulumi.all([this.zone, this.holding(host)]).apply(([zone, name]) => {
            if (zone.visibility === "private") {
                throw resourceError(
                    `${Path}: is a private zone, where Google cannot look up ${name} to issue a certificate. Set \`gcp.dns.privateZone\` and give certificates of your own as \`gcp.dns.certificateNames\`, or give a public zone.`,
                    this.parent,
                );
            }
            return name;
        });
    }
}
