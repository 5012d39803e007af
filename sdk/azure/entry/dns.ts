import { RecordSet } from "@pulumi/azure-native/dns/recordSet";
import { PrivateRecordSet } from "@pulumi/azure-native/privatedns/privateRecordSet";
import * as pulumi from "@pulumi/pulumi";
import { type NamedHost, namedHosts } from "../../host-names";
import type { AzureDnsArgs } from "../args/entry";
import type { AzureDeploymentScope } from "../scope";
import { DnsZoneLookUp } from "./dns-zone";

export interface DnsInput {
    readonly dns: AzureDnsArgs & { readonly zoneId: pulumi.Input<string> };
    readonly host: pulumi.Input<string>;
    readonly additionalHosts: readonly pulumi.Input<string>[];
    /** What the records point to. With a gateway it is known before there is one, so nothing waits for W&B. */
    readonly address: pulumi.Output<string>;
}

/** Points the host names to W&B. Gives their names, known once the records are there. */
export function publishDns(scope: AzureDeploymentScope, input: DnsInput): pulumi.Output<string[]> {
    return new Dns(scope, input).names;
}

class Dns extends pulumi.ComponentResource {
    readonly names: pulumi.Output<string[]>;

    constructor(scope: AzureDeploymentScope, { dns, host, additionalHosts, address }: DnsInput) {
        super("wandb:azure:Dns", `${scope.name}-dns`, {}, { parent: scope.parent });
        const { zoneId, privateZone = false } = dns;
        const zone = new DnsZoneLookUp(this, scope, { zoneId, privateZone });
        const record = privateZone ? privateRecord : publicRecord;
        const names = namedHosts(host, additionalHosts).map((named) => {
            const { id } = record(`${scope.name}-dns-record-${named.key}`, this, { zone, named, address });
            return pulumi.all([named.name, id]).apply(([name]) => name);
        });
        this.names = pulumi.all(names);
        this.registerOutputs({ names: this.names });
    }
}

interface RecordInput {
    readonly zone: DnsZoneLookUp;
    readonly named: NamedHost;
    readonly address: pulumi.Output<string>;
}

const Seconds = 300;

function publicRecord(logicalName: string, parent: pulumi.Resource, { zone, named, address }: RecordInput): RecordSet {
    const { place } = zone;
    return new RecordSet(
        logicalName,
        {
            resourceGroupName: place.resourceGroupName,
            zoneName: place.name,
            relativeRecordSetName: zone.relative(named.name),
            recordType: "A",
            ttl: Seconds,
            aRecords: [{ ipv4Address: address }],
        },
        { parent },
    );
}

function privateRecord(
    logicalName: string,
    parent: pulumi.Resource,
    { zone, named, address }: RecordInput,
): PrivateRecordSet {
    const { place } = zone;
    return new PrivateRecordSet(
        logicalName,
        {
            resourceGroupName: place.resourceGroupName,
            privateZoneName: place.name,
            relativeRecordSetName: zone.relative(named.name),
            recordType: "A",
            ttl: Seconds,
            aRecords: [{ ipv4Address: address }],
        },
        // Another kind than the public one, which a change of the kind of zone replaces.
        { parent },
    );
}
