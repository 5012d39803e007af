import * as pulumi from "@pulumi/pulumi";
import { hostName } from "./values/host";
import { contentKey } from "./content-key";

/** A host name of W&B that gets a certificate, or a record. */
export interface NamedHost {
    /** Last part of the logical names of what is made for it. */
    readonly key: string;
    readonly name: pulumi.Output<string>;
}

/**
 * The host names, each with a key that stays the same wherever the name stands in the list. A name known only as an Output has nothing but
 * its place.
 *
 * @param keyed what the key is made of: names of which that is the same count once
 */
export function namedHosts(
    host: pulumi.Input<string>,
    additionalHosts: readonly pulumi.Input<string>[],
    keyed: (name: string) => string = (name) => name,
): NamedHost[] {
    const hosts = [host, ...additionalHosts].map((given, place) => ({
        key: typeof given === "string" ? contentKey(keyed(bareName(given))) : place === 0 ? "host" : `host-${place}`,
        name: pulumi.output(given).apply(bareName),
    }));
    return hosts.filter(({ key }, place) => hosts.findIndex((other) => other.key === key) === place);
}

/** DNS does not care for case, but clouds answer in lower case. */
function bareName(host: string): string {
    return hostName(host).toLowerCase();
}
