import { ManagedSslCertificate } from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";
import type { Apis } from "../apis";
import type { GcpDnsArgs } from "../args/entry";
import type { GcpDeploymentScope } from "../scope";
import { namedHosts } from "../../host-names";

export interface CertificateArgs {
    readonly dns: GcpDnsArgs;
    readonly host: pulumi.Input<string>;
    readonly additionalHosts: readonly pulumi.Input<string>[];
    /** They are made (`EntryPlan`). */
    readonly creates: boolean;
    readonly apis: Apis;
}

/** Certificates of the load balancer. */
export interface CertificateFacts {
    /** Names: your own, or those that are made. Absent where TLS ends otherwise. */
    readonly names?: readonly pulumi.Input<string>[];
    readonly made: readonly pulumi.Resource[];
}

/** Makes the certificates, unless they are your own or TLS ends otherwise. */
export function createCertificate(scope: GcpDeploymentScope, args: CertificateArgs): CertificateFacts {
    return args.creates ? new Certificates(scope, args).facts : { names: args.dns.certificateNames, made: [] };
}

/**
 * One certificate for each host name. In one for all, Google would prove all names anew whenever one is added, and HTTPS would fail
 * meanwhile; and one name without its record would hold up the others.
 * https://docs.cloud.google.com/load-balancing/docs/ssl-certificates/google-managed-certs
 *
 * What a certificate is for cannot change, so another name makes another certificate, the new one first: physical names are the provider's.
 */
class Certificates extends pulumi.ComponentResource {
    readonly facts: CertificateFacts;

    constructor({ name, project, parent }: GcpDeploymentScope, { host, additionalHosts, apis }: CertificateArgs) {
        super("wandb:gcp:Certificate", `${name}-certificate`, {}, { parent });
        const dependsOn = apis.need("compute");
        const made = namedHosts(host, additionalHosts).map(
            (named) =>
                new ManagedSslCertificate(
                    `${name}-certificate-${named.key}`,
                    { project, managed: { domains: [named.name] } },
                    { parent: this, dependsOn },
                ),
        );
        this.facts = { names: made.map((certificate) => certificate.name), made };
        this.registerOutputs({ names: this.facts.names });
    }
}
