import { getZone, type GetZoneResult } from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import type { AwsDnsArgs } from "../args/entry";
import { lookUp } from "../../look-up";

/** The public zone in which names are proven. */
export interface ProvingZone {
    readonly zoneId: pulumi.Input<string>;
    /** The argument that names it, for messages. */
    readonly path: string;
}

/** The zone that `aws.dns` names for proofs, if any. */
export function provingZone({ validationZoneId, zoneId }: AwsDnsArgs): ProvingZone | undefined {
    if (validationZoneId !== undefined) {
        return { zoneId: validationZoneId, path: "aws.dns.validationZoneId" };
    }
    return zoneId === undefined ? undefined : { zoneId, path: "aws.dns.zoneId" };
}

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

    /**
     * The same for a name that the zone shall prove, which only a public one does: else the wait for it would never end.
     *
     * @param otherwise what else can be done, for the message
     */
    proving(host: pulumi.Output<string>, otherwise: string): pulumi.Output<string> {
        return pulumi.all([this.zone, this.holding(host)]).apply(([zone, name]) => {
            if (zone.privateZone === true) {
                throw resourceError(
                    `${this.path}: is a private zone, where nobody can look up the proof of ${name}. Give a public one as \`aws.dns.validationZoneId\`, ${otherwise}.`,
                    this.parent,
                );
            }
            return name;
        });
    }
}
