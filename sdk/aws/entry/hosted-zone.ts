import { getZone, type GetZoneResult } from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { lookUp } from "../look-up";

/** A hosted zone that is there already. */
export class HostedZone {
    private readonly zone: pulumi.Output<GetZoneResult>;

    /** @param path the argument that names it, for messages */
    constructor(
        private readonly parent: pulumi.Resource,
        readonly zoneId: pulumi.Input<string>,
        private readonly path: string,
    ) {
        const wanted = "the id of a hosted zone of the provider's account";
        this.zone = lookUp({ path, wanted, resource: parent }, zoneId, (id) => getZone({ zoneId: id }, { parent }));
    }

    /**
     * A name, once it is sure that it lies in the zone: the provider would append the zone's name to any other, and make a record that
     * nobody asks for.
     */
    holding(host: pulumi.Output<string>): pulumi.Output<string> {
        return pulumi.all([this.zone, host]).apply(([zone, name]) => {
            const top = zone.name.replace(/\.$/, "");
            if (name !== top && !name.endsWith(`.${top}`)) {
                throw resourceError(
                    `${this.path}: is the zone ${top}, in which ${name} does not lie. Give the zone of that name, or another name.`,
                    this.parent,
                );
            }
            return name;
        });
    }

    /** The same for a name that the zone shall prove, which only a public one does: else the wait for the certificate would never end. */
    proving(host: pulumi.Output<string>): pulumi.Output<string> {
        return pulumi.all([this.zone, this.holding(host)]).apply(([zone, name]) => {
            if (zone.privateZone === true) {
                throw resourceError(
                    `${this.path}: is a private zone, where nobody can look up the proof for a certificate. Give a public one as \`aws.dns.validationZoneId\`, or a certificate of your own as \`aws.dns.certificateArn\`.`,
                    this.parent,
                );
            }
            return name;
        });
    }
}
