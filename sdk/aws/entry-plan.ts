import type * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../args";
import { hostName } from "../values/host";

/** The older way to name the class of an Ingress. */
const ClassAnnotation = "kubernetes.io/ingress.class";
const CertificateAnnotation = "alb.ingress.kubernetes.io/certificate-arn";

/** How users come in: what is decided before anything is made, from plain values alone. */
export interface EntryPlan {
    /** The Ingress becomes a load balancer of the AWS load balancer controller. */
    readonly loadBalancer: boolean;
    /** That load balancer ends TLS. */
    readonly tls: boolean;
    /** A certificate is made for it. */
    readonly createsCertificate: boolean;
    /** Records that point to it are made once W&B is ready. */
    readonly createsRecords: boolean;
    /** The public zone of the hosts proves the private DNS name of PrivateLink too. */
    readonly provesPrivateName: boolean;
}

/** Reads the arguments. A class or a host that is known only as an Output counts as another class, and as https. */
export function entryPlan({ aws, host, ingress = {} }: WandbDeploymentArgs): EntryPlan {
    const { annotations = {}, className, tls } = ingress;
    const { dns = {} } = aws ?? {};
    const ownClass = (className ?? annotations[ClassAnnotation] ?? "alb") !== "alb";
    const loadBalancer = ingress.create !== false && !ownClass;
    const plain = tls?.enabled === false || (typeof host === "string" && host.startsWith("http://"));
    const endsTls = loadBalancer && !plain;
    const ownCertificate = dns.certificateArn !== undefined || annotations[CertificateAnnotation] !== undefined;
    const validationZone = dns.validationZoneId ?? (dns.privateZone === true ? undefined : dns.zoneId);
    return {
        loadBalancer,
        tls: endsTls,
        createsCertificate: endsTls && !ownCertificate && validationZone !== undefined,
        createsRecords: loadBalancer && dns.zoneId !== undefined && dns.externalDns !== true,
        provesPrivateName:
            validationZone !== undefined &&
            isBelow(aws?.privateLink?.privateDnsName, [host, ...(ingress.additionalHosts ?? [])]),
    };
}

/** The name is one of the hosts or lies below one, so in their zone. Of an Output nobody knows that yet. */
function isBelow(name: pulumi.Input<string> | undefined, hosts: readonly pulumi.Input<string>[]): boolean {
    if (typeof name !== "string") {
        return false;
    }
    const plain = hosts.filter((host) => typeof host === "string").map((host) => hostName(host).toLowerCase());
    return plain.some((host) => `.${name.toLowerCase()}`.endsWith(`.${host.replace(/^\*\./, "")}`));
}
