import { getHostedZoneIdOutput } from "@pulumi/aws/lb";
import { Record as DnsRecord } from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import type { AwsScope } from "../scope";
import { namedHosts } from "../../host-names";
import { HostedZone } from "./hosted-zone";
import { knownAddress } from "./load-balancer";

export interface DnsArgs {
    /** The hosted zone in which the names lie. */
    readonly zoneId: pulumi.Input<string>;
    readonly host: pulumi.Input<string>;
    readonly additionalHosts: readonly pulumi.Input<string>[];
    /** Address of the Ingress, known after W&B is ready. It depends on the custom resource, so at destroy the records go first. */
    readonly address: pulumi.Output<string | undefined>;
}

/** Points the host names to the load balancer. Gives their names, known once the records are there. */
export function publishDns(scope: AwsScope, args: DnsArgs): pulumi.Output<string[]> {
    return new Dns(scope, args).names;
}

/** Alias records: they cost nothing, follow the load balancer's addresses, and may stand at the top of a zone, where no CNAME may. */
class Dns extends pulumi.ComponentResource {
    readonly names: pulumi.Output<string[]>;

    constructor(scope: AwsScope, { zoneId, host, additionalHosts, address }: DnsArgs) {
        super("wandb:aws:Dns", `${scope.name}-dns`, {}, { parent: scope.parent });
        const alias = {
            name: knownAddress(this, address, "aws.dns.zoneId"),
            zoneId: getHostedZoneIdOutput({ loadBalancerType: "application" }, { parent: this }).id,
            evaluateTargetHealth: true,
        };
        const zone = new HostedZone(this, zoneId, "aws.dns.zoneId");
        const records = namedHosts(host, additionalHosts).map(
            ({ key, name }) =>
                new DnsRecord(
                    `${scope.name}-dns-record-${key}`,
                    { zoneId, name: zone.holding(name), type: "A", aliases: [alias] },
                    { parent: this },
                ),
        );
        this.names = pulumi.all(records.map(({ fqdn }) => fqdn));
        this.registerOutputs({ names: this.names });
    }
}
