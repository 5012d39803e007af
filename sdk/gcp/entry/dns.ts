import { RecordSet } from "@pulumi/gcp/dns";
import * as pulumi from "@pulumi/pulumi";
import type { Apis } from "../apis";
import type { GcpDnsArgs } from "../args/entry";
import type { GcpDeploymentScope } from "../scope";
import { namedHosts } from "../../host-names";
import { ManagedZoneLookUp } from "./managed-zone";

export interface DnsArgs {
    readonly dns: GcpDnsArgs & { readonly managedZone: pulumi.Input<string> };
    readonly host: pulumi.Input<string>;
    readonly additionalHosts: readonly pulumi.Input<string>[];
    /** Reserved before there is a load balancer, so nothing waits for W&B. */
    readonly address: pulumi.Output<string>;
    /** Google issues certificates for the names. */
    readonly createsCertificate: boolean;
    readonly apis: Apis;
}

/** Points the host names to the load balancer. Gives their names, known once the records are there. */
export function publishDns(scope: GcpDeploymentScope, args: DnsArgs): pulumi.Output<string[]> {
    return new Dns(scope, args).names;
}

class Dns extends pulumi.ComponentResource {
    readonly names: pulumi.Output<string[]>;

    constructor(scope: GcpDeploymentScope, { dns, host, additionalHosts, address, createsCertificate, apis }: DnsArgs) {
        super("wandb:gcp:Dns", `${scope.name}-dns`, {}, { parent: scope.parent });
        const { managedZone, managedZoneProject } = dns;
        const project = pulumi.output(managedZoneProject ?? scope.project);
        const dependsOn = apis.need("dns");
        const zone = new ManagedZoneLookUp(this, { managedZone, project, apis: dependsOn });
        const records = namedHosts(host, additionalHosts).map(({ key, name }) => {
            const inZone = createsCertificate ? zone.proving(name) : zone.holding(name);
            return new RecordSet(
                `${scope.name}-dns-record-${key}`,
                {
                    managedZone,
                    project,
                    name: pulumi.interpolate`${inZone}.`,
                    type: "A",
                    ttl: 300,
                    rrdatas: [address],
                },
                { parent: this, dependsOn },
            );
        });
        this.names = pulumi
            .all(records.map(({ name }) => name))
            .apply((names) => names.map((name) => name.replace(/\.$/, "")));
        this.registerOutputs({ names: this.names });
    }
}
