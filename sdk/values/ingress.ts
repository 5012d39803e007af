import type { IngressArgs, SecondaryIngressArgs } from "../args/ingress";
import { hostName } from "./host";
import { mapText } from "./leaves";
import type { IngressTlsValues, IngressValues, Text, TextMap, ValuesInput } from "./types";

const ClassAnnotation = "kubernetes.io/ingress.class";
const NginxBodySize = "nginx.ingress.kubernetes.io/proxy-body-size";

/**
 * nginx cuts uploads at 1 MiB, too small for artifacts. A class known only as an Output gets no default: an `apply` could not
 * leave the annotation out for other classes without hiding the whole map from the preview.
 */
function withUploads(className: Text | undefined, annotations: TextMap): TextMap {
    const nginx = className === "nginx" || annotations[ClassAnnotation] === "nginx";
    return nginx ? { [NginxBodySize]: "0", ...annotations } : annotations;
}

/** Class by field and class by annotation exclude each other, so what the user says by one removes the other of the cloud. */
function classAndAnnotations({ args, facts }: ValuesInput): { class?: Text; annotations: TextMap } {
    const own = args.ingress?.annotations ?? {};
    const fromCloud = { ...facts.ingress.annotations };
    if (args.ingress?.className !== undefined) {
        delete fromCloud[ClassAnnotation];
    }
    const byAnnotation = own[ClassAnnotation] !== undefined;
    const className = args.ingress?.className ?? (byAnnotation ? undefined : facts.ingress.className);
    return { class: className, annotations: withUploads(className, { ...fromCloud, ...own }) };
}

/** One entry only: the next major version of the operator keeps no second one. */
function tlsEntry(secretName: Text | undefined, host: Text, additionalHosts: Text[] = []): IngressTlsValues[] {
    return secretName === undefined ? [] : [{ secretName, hosts: [mapText(host, hostName), ...additionalHosts] }];
}

function secondaryValues(host: Text, second: SecondaryIngressArgs): IngressValues["secondary"] {
    return {
        create: true,
        nameOverride: second.name,
        class: second.className,
        annotations: withUploads(second.className, second.annotations ?? {}),
        additionalHosts: second.additionalHosts,
        tls: tlsEntry(second.tlsSecretName, host, second.additionalHosts),
    };
}

function tlsSecret({ args, credentials }: ValuesInput): Text | undefined {
    return args.ingress?.tls?.enabled === false ? undefined : credentials.ingressTls;
}

/** `ingress` */
export function ingressValues(input: ValuesInput): IngressValues {
    const { facts } = input;
    const { host } = input.args;
    const args: IngressArgs = input.args.ingress ?? {};
    return {
        create: args.create,
        nameOverride: args.name,
        ...classAndAnnotations(input),
        labels: args.labels,
        // An empty host is the chart's rule for any.
        additionalHosts: facts.ingress.anyHost === true ? [...(args.additionalHosts ?? []), ""] : args.additionalHosts,
        tls: tlsEntry(tlsSecret(input), host, args.additionalHosts),
        issuer: args.issuer && { create: true, provider: args.issuer.provider },
        secondary: args.secondary && secondaryValues(host, args.secondary),
    };
}
