const Scheme = /^https?:\/\//i;

/** The public address as W&B and the chart want it: with a scheme, https unless told otherwise. Nothing else is changed. */
export function publicUrl(host: string): string {
    return Scheme.test(host) ? host : `https://${host}`;
}

/** The origin as browsers send it: without the port that is the scheme's own. `*` stays what it is. */
export function corsOrigin(host: string): string {
    return host === "*" ? host : publicUrl(host).replace(/^(https:.*):443$|^(http:.*):80$/, "$1$2");
}

/** The bare host name, as an Ingress wants it. */
export function hostName(host: string): string {
    return host.replace(Scheme, "");
}
