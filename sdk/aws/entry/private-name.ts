import type { VpcEndpointService } from "@pulumi/aws/ec2";
import { Record as DnsRecord } from "@pulumi/aws/route53";
import { EndpointServicePrivateDnsVerification } from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { notKnown } from "../../unknown";
import { contentKey } from "../../content-key";
import type { AwsScope } from "../scope";
import { HostedZone, type ProvingZone } from "./hosted-zone";

/** The record in public DNS that proves to AWS whose the domain of a private DNS name is. */
export interface NameProof {
    readonly name: pulumi.Output<string>;
    readonly type: pulumi.Output<string>;
    readonly value: pulumi.Output<string>;
}

/**
 * What AWS asks for. It gives the first label only, and takes the record below the name itself or any domain above it:
 * https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
 */
export function nameProof(service: VpcEndpointService, privateDnsName: pulumi.Input<string>): NameProof {
    const asked = service.privateDnsNameConfigurations.apply((configurations = []) => {
        const [first] = configurations;
        if (first !== undefined) {
            return first;
        }
        // The preview of a service that gets its first name says what it has without.
        if (pulumi.runtime.isDryRun()) {
            return notKnown<typeof first>();
        }
        throw resourceError(
            "aws.privateLink.privateDnsName: AWS names no record that proves the domain. Run `pulumi up --refresh`.",
            service,
        );
    });
    const domain = pulumi.output(privateDnsName).apply((name) => name.toLowerCase().replace(/^\*\./, ""));
    return { name: pulumi.interpolate`${asked.name}.${domain}`, type: asked.type, value: asked.value };
}

/** Makes the record, and waits until AWS has seen it. Another name is proven anew, so both are called by it. */
export function proveName(
    scope: AwsScope,
    service: VpcEndpointService,
    privateDnsName: string,
    zone: ProvingZone,
): void {
    const { name, parent } = scope;
    const proof = nameProof(service, privateDnsName);
    const key = contentKey(privateDnsName.toLowerCase());
    const hosted = new HostedZone(parent, zone.zoneId, zone.path);
    const record = new DnsRecord(
        `${name}-name-record-${key}`,
        {
            zoneId: zone.zoneId,
            name: hosted.proving(proof.name, "or set `aws.dns.privateZone` to true and make the record yourself"),
            type: proof.type,
            records: [proof.value],
            ttl: 1800,
        },
        { parent },
    );
    new EndpointServicePrivateDnsVerification(
        `${name}-name-verification-${key}`,
        { serviceId: service.id, waitForVerification: true },
        { parent, dependsOn: [record] },
    );
}
