import type { Network as Vpc } from "@pulumi/gcp/compute";
import { ManagedZone, RecordSet } from "@pulumi/gcp/dns";
import type * as pulumi from "@pulumi/pulumi";
import type { Apis } from "../apis";
import { GcpGoogleApisMode, type GcpNetworkArgs } from "../args/network";
import { contentKey } from "../../content-key";
import type { GcpDeploymentScope } from "../scope";

/** https://docs.cloud.google.com/vpc/docs/configure-private-google-access#domain-options */
const Addresses = {
    [GcpGoogleApisMode.Private]: ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"],
    [GcpGoogleApisMode.Restricted]: ["199.36.153.4", "199.36.153.5", "199.36.153.6", "199.36.153.7"],
} as const;

const Seconds = 300;

/**
 * Private zones in which the domains of Google and all names below them have addresses that need no way to the internet. Gives what must be
 * there before the network finds them.
 */
export function createGoogleApiZones(
    scope: GcpDeploymentScope,
    { googleApis = GcpGoogleApisMode.Private, googleApiDomains = [] }: GcpNetworkArgs,
    { vpc, apis }: { readonly vpc: Vpc; readonly apis: Apis },
): pulumi.Resource[] {
    if (googleApis === GcpGoogleApisMode.Public) {
        return [];
    }
    const addresses = [...Addresses[googleApis]];
    const zone = (domain: string, host: string): pulumi.Resource[] =>
        createZone(scope, { vpc, apis, domain, host, addresses });
    return [
        // The bare domain has no service; names below it have, and all of them are this host.
        ...zone("googleapis.com", `${googleApis}.googleapis.com`),
        ...googleApiDomains.flatMap((domain) => zone(domain, domain)),
    ];
}

interface ZoneArgs {
    readonly vpc: Vpc;
    readonly apis: Apis;
    readonly domain: string;
    /** The name that has the addresses; all others in the zone mean it. */
    readonly host: string;
    readonly addresses: string[];
}

function createZone(
    { name, parent, project, labels }: GcpDeploymentScope,
    { vpc, apis, domain, host, addresses }: ZoneArgs,
): pulumi.Resource[] {
    const word = domain.replace(/\.com$/, "").replaceAll(".", "-");
    const zone = new ManagedZone(
        `${name}-${word}-zone`,
        {
            name: zoneName(`${name}-${word}-zone`),
            project,
            dnsName: `${domain}.`,
            description: `Names of ${domain} without a way to the internet`,
            visibility: "private",
            privateVisibilityConfig: { networks: [{ networkUrl: vpc.id }] },
            labels: { ...labels },
        },
        { parent, dependsOn: apis.need("dns") },
    );
    const record = (part: string, recordName: string, type: string, rrdatas: string[]): RecordSet =>
        new RecordSet(
            `${name}-${word}-${part}`,
            { project, managedZone: zone.name, name: recordName, type, ttl: Seconds, rrdatas },
            { parent },
        );
    return [record("host", `${host}.`, "A", addresses), record("names", `*.${domain}.`, "CNAME", [`${host}.`])];
}

/** Room for a hyphen and the eight characters behind it, in 63. */
const LongestBeginning = 54;

/** Physical name, where the provider would make one that Cloud DNS does not accept, because the domain is long. */
function zoneName(logicalName: string): string | undefined {
    return logicalName.length <= LongestBeginning
        ? undefined
        : `${logicalName.slice(0, LongestBeginning)}-${contentKey(logicalName)}`;
}
