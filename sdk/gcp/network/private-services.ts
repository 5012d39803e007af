import { GlobalAddress, type Network as Vpc } from "@pulumi/gcp/compute";
import { Connection } from "@pulumi/gcp/servicenetworking";
import type * as pulumi from "@pulumi/pulumi";
import type { Apis } from "../apis";
import type { GcpPrivateServicesArgs } from "../args/network";
import type { GcpDeploymentScope } from "../scope";

export interface PrivateServicesInput extends GcpPrivateServicesArgs {
    readonly vpc: Vpc;
    readonly apis: Apis;
    /** Range of the plan, which `prefixLength` overrides. Absent: Google chooses one. */
    readonly planned: string | undefined;
}

/** What Cloud SQL and Memorystore take addresses from. */
export interface PrivateServices {
    readonly rangeName: pulumi.Output<string>;
    /** What must be there before they are made. */
    readonly ready: readonly pulumi.Resource[];
}

/** Prefix of a range that Google chooses. */
const DefaultPrefixLength = 20;

/** Sets a range aside, and connects the network in which Google runs Cloud SQL and Memorystore. */
export function connectPrivateServices(
    { name, parent, project, labels }: GcpDeploymentScope,
    { vpc, apis, planned, rangeName, prefixLength }: PrivateServicesInput,
): PrivateServices {
    const [address, prefix] = prefixLength === undefined ? (planned?.split("/") ?? []) : [];
    const range = new GlobalAddress(
        `${name}-private-services-range`,
        {
            name: rangeName,
            project,
            addressType: "INTERNAL",
            purpose: "VPC_PEERING",
            network: vpc.id,
            address,
            prefixLength: prefix === undefined ? (prefixLength ?? DefaultPrefixLength) : Number(prefix),
            labels: { ...labels },
        },
        { parent },
    );
    const connection = new Connection(
        `${name}-private-services`,
        {
            network: vpc.id,
            service: "servicenetworking.googleapis.com",
            reservedPeeringRanges: [range.name],
            // Cloud SQL holds on to the connection for up to four days after the last database is gone, and Google refuses to delete it for so
            // long: https://github.com/hashicorp/terraform-provider-google/issues/16275. It goes with the network.
            deletionPolicy: "ABANDON",
            // Else a connection that an earlier deletion left behind would be in the way.
            updateOnCreationFail: true,
        },
        // The provider asks for the project's number on the way.
        { parent, dependsOn: apis.need("servicenetworking", "cloudresourcemanager") },
    );
    return { rangeName: range.name, ready: [connection] };
}
