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

/** What all Google Cloud resources of one deployment share. `location` is that of the bucket. */
export interface GcpDeploymentScope extends GcpScope {
    /** Id of the project. */
    readonly project: pulumi.Output<string>;
    /** Where everything lies but what is global, and the bucket where told otherwise. */
    readonly region: pulumi.Output<string>;
}

/** What the caller decides for all of them. */
export interface ScopeSettings extends Omit<GcpScope, "name" | "parent" | "location"> {
    readonly location: pulumi.Input<string> | undefined;
}

/** What the caller decides for a deployment. */
export interface DeploymentScopeSettings extends ScopeSettings {
    readonly region: pulumi.Input<string> | undefined;
}

/** Asks the provider of `parent` for its region where no location is given. */
export function createScope(name: string, parent: pulumi.Resource, settings: ScopeSettings): GcpScope {
    const { location = fromProvider(parent, "region", "location", "gcp:region") } = settings;
    return { name, parent, ...settings, location: pulumi.output(location).apply((place) => place.toUpperCase()) };
}

/** Asks the provider of `parent` for project and region where none are given. The bucket's location is the region unless one is given. */
export function createDeploymentScope(
    name: string,
    parent: pulumi.Resource,
    settings: DeploymentScopeSettings,
): GcpDeploymentScope {
    const project = pulumi.output(settings.project ?? fromProvider(parent, "project", "gcp.project", "gcp:project"));
    const region = pulumi.output(settings.region ?? fromProvider(parent, "region", "gcp.region", "gcp:region"));
    return { ...createScope(name, parent, { ...settings, location: settings.location ?? region }), project, region };
}

function fromProvider(
    parent: pulumi.Resource,
    what: "project" | "region",
    argument: string,
    setting: string,
): pulumi.Output<string> {
    // The same answer holds an access token, which would make a secret of it.
    const found = pulumi.unsecret(getClientConfigOutput({ parent })[what]);
    return found.apply((known) => {
        if (!known) {
            throw resourceError(
                `${argument}: is missing, and the provider has no ${what} either. Give a ${what}, or set one by \`pulumi config set ${setting}\`.`,
                parent,
            );
        }
        return known;
    });
}
