const Scheme = /^https?:\/\//i;

/** The public address as W&B and the chart want it: with a scheme, https unless told otherwise. Nothing else is changed. */
export function publicUrl(host: string): string {
    return Scheme.test(host) ? host : `https://${host}`;
}

/** The bare host name, as an Ingress wants it. */
export function hostName(host: string): string {
    return host.replace(Scheme, "");
}
