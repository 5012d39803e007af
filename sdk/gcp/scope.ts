import { getClientConfigOutput } from "@pulumi/gcp/organizations";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../errors";
import type { Protection } from "../protection";

/** What all Google Cloud resources of one component share. */
export interface GcpScope extends Protection {
    /** Logical name of the component, prefix of its children's logical names. */
    readonly name: string;
    /** Absent: the provider's. */
    readonly project: pulumi.Input<string> | undefined;
    /** Where the data lies, in capitals, as Cloud Storage tells it. */
    readonly location: pulumi.Output<string>;
    readonly labels: Readonly<Record<string, pulumi.Input<string>>> | undefined;
}

/** What the caller decides for all of them. */
export interface ScopeSettings extends Omit<GcpScope, "name" | "parent" | "location"> {
    readonly location: pulumi.Input<string> | undefined;
}

/** Asks the provider of `parent` for its region where no location is given. */
export function createScope(name: string, parent: pulumi.Resource, settings: ScopeSettings): GcpScope {
    const { location = providerRegion(parent) } = settings;
    return { name, parent, ...settings, location: pulumi.output(location).apply((place) => place.toUpperCase()) };
}

function providerRegion(parent: pulumi.Resource): pulumi.Output<string> {
    // The same answer holds an access token, which would make a secret of the region.
    const region = pulumi.unsecret(getClientConfigOutput({ parent }).region);
    return region.apply((known) => {
        if (!known) {
            throw resourceError(
                "location: is missing, and the provider has no region either. Give a region, or set one by `pulumi config set gcp:region`.",
                parent,
            );
        }
        return known;
    });
}
