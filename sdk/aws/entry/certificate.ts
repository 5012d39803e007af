import { Certificate as AcmCertificate, CertificateValidation } from "@pulumi/aws/acm";
import { Record as DnsRecord } from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import type { AwsDnsArgs } from "../args/entry";
import type { AwsScope } from "../scope";
import { type NamedHost, namedHosts } from "../../host-names";
import { HostedZone, provingZone } from "./hosted-zone";

export interface CertificateArgs {
    readonly dns: AwsDnsArgs;
    readonly host: pulumi.Input<string>;
    readonly additionalHosts: readonly pulumi.Input<string>[];
    /** One is made (`EntryPlan`). */
    readonly creates: boolean;
}

/** ARN of the certificate: your own, or one that is made. It is known once the certificate is issued, so that no listener uses it before. */
export function createCertificate(scope: AwsScope, args: CertificateArgs): pulumi.Output<string> | undefined {
    const { certificateArn } = args.dns;
    const proving = provingZone(args.dns);
    if (args.creates && proving !== undefined) {
        const zone = new HostedZone(scope.parent, proving.zoneId, proving.path);
        return new Certificate(scope, { ...args, zone }).arn;
    }
    return certificateArn === undefined ? undefined : existingCertificate(scope, certificateArn);
}

/** Certificates of ACM work in their own region only, and Elastic Load Balancing would say no more than that it finds none. */
function existingCertificate({ parent, region }: AwsScope, arn: pulumi.Input<string>): pulumi.Output<string> {
    return pulumi.all([arn, region]).apply(([arn, region]) => {
        const [, , service, own] = arn.split(":");
        if (service === "acm" && own !== region) {
            throw resourceError(
                `aws.dns.certificateArn: is a certificate in ${own} ("${arn}" given), but the load balancer lies in ${region}. Give one of that region.`,
                parent,
            );
        }
        return arn;
    });
}

interface MadeCertificateArgs {
    readonly zone: HostedZone;
    readonly host: pulumi.Input<string>;
    readonly additionalHosts: readonly pulumi.Input<string>[];
}

/** A public certificate for all host names, proven by DNS records. */
class Certificate extends pulumi.ComponentResource {
    readonly arn: pulumi.Output<string>;

    constructor(scope: AwsScope, { zone, host, additionalHosts }: MadeCertificateArgs) {
        const name = `${scope.name}-certificate`;
        super("wandb:aws:Certificate", name, {}, { parent: scope.parent });
        const [first, ...others] = namedHosts(host, additionalHosts);
        const certificate = new AcmCertificate(
            name,
            {
                domainName: first.name,
                subjectAlternativeNames: others.length === 0 ? undefined : others.map((other) => other.name),
                validationMethod: "DNS",
                keyAlgorithm: "RSA_2048",
                tags: scope.tags,
            },
            { parent: this },
        );
        // `*.example.com` and `example.com` are proven by one and the same record.
        const records = namedHosts(host, additionalHosts, (known) => known.replace(/^\*\./, "")).map((proven) =>
            this.prove(scope, certificate, zone, proven),
        );
        const validation = new CertificateValidation(
            `${name}-validation`,
            { certificateArn: certificate.arn, validationRecordFqdns: records.map(({ fqdn }) => fqdn) },
            { parent: this },
        );
        this.arn = validation.certificateArn;
        this.registerOutputs({ arn: this.arn });
    }

    private prove({ name }: AwsScope, certificate: AcmCertificate, zone: HostedZone, host: NamedHost): DnsRecord {
        const option = pulumi
            .all([certificate.domainValidationOptions, zone.proving(host.name, OwnCertificate)])
            .apply(([options, domain]) => optionOf(options, domain, certificate));
        return new DnsRecord(
            `${name}-certificate-record-${host.key}`,
            {
                zoneId: zone.zoneId,
                name: option.resourceRecordName,
                type: option.resourceRecordType,
                records: [option.resourceRecordValue],
                ttl: 300,
                // It is the same for every certificate that this account has of the name: there may be one already.
                allowOverwrite: true,
            },
            { parent: this },
        );
    }
}

const OwnCertificate = "or a certificate of your own as `aws.dns.certificateArn`";

/** What ACM wants to see in DNS for one name. */
interface ValidationOption {
    readonly domainName: string;
    readonly resourceRecordName: string;
    readonly resourceRecordType: string;
    readonly resourceRecordValue: string;
}

function optionOf(options: readonly ValidationOption[], domain: string, certificate: AcmCertificate): ValidationOption {
    const found = options.find(({ domainName }) => domainName === domain);
    if (found === undefined) {
        const named = options.map(({ domainName }) => domainName).join(", ");
        throw resourceError(
            `certificate: ACM names no validation record for ${domain}, only for ${named || "nothing"}. Run pulumi refresh, then try again.`,
            certificate,
        );
    }
    return found;
}
