import { parseIpv4Range, contains, wrongIpv4Range } from "../cidr";
import { given } from "../wording";

/** Rules of GKE for single texts; each function says what is wrong with one, or nothing. */

/** https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters; node pools have the same */
export function wrongGkeName(name: string): string | undefined {
    return /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/.test(name)
        ? undefined
        : `is not a name that GKE accepts ${given(name)}. Use 1 to 40 lower-case letters, digits and hyphens, with a letter first and no hyphen last.`;
}

const ZoneForm = /^([a-z]+-[a-z]+\d+)-[a-z]$/;
const RegionForm = /^[a-z]+-[a-z]+\d+$/;

/** The region of a zone or of itself; undefined when the text is neither. Its form only: regions are added from time to time. */
export function regionOf(location: string): string | undefined {
    return RegionForm.test(location) ? location : ZoneForm.exec(location)?.[1];
}

/**
 * A region or a zone for a cluster.
 *
 * @param region the deployment's, where it is known
 */
export function wrongClusterLocation(location: string, region?: string): string | undefined {
    const own = regionOf(location);
    if (own === undefined) {
        return `is neither a region nor a zone ${given(location)}. Give for example europe-west4 or europe-west4-a.`;
    }
    return region === undefined || own === region
        ? undefined
        : `is in ${own} ${given(location)}, but \`gcp.region\` is ${region}, where subnet and stores are. Give ${region} or a zone of it.`;
}

/**
 * A zone for nodes.
 *
 * @param region that of the cluster, where it is known
 */
export function wrongZone(zone: string, region?: string): string | undefined {
    if (!ZoneForm.test(zone)) {
        return `is not the name of a zone ${given(zone)}. Give for example ${region ?? "europe-west4"}-a.`;
    }
    return region === undefined || regionOf(zone) === region
        ? undefined
        : `is not in region ${region} ${given(zone)}, where the cluster is. Give zones of ${region}.`;
}

/** https://docs.cloud.google.com/kubernetes-engine/versioning#use_to_specify_versions */
export function wrongVersion(version: string): string | undefined {
    return /^1\.\d{2}(\.\d+(-gke\.\d+)?)?$/.test(version)
        ? undefined
        : `is not a version of GKE ${given(version)}. Give for example 1.35 or 1.35.8-gke.1036000; \`gcloud container get-server-config\` lists them.`;
}

const PrivateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
const ControlPlanePrefix = 28;

/**
 * The range of the control plane.
 *
 * @param taken ranges of the network that is made
 */
export function wrongControlPlaneRange(range: string, taken: readonly string[]): string | undefined {
    const wrong = wrongIpv4Range(range);
    const parsed = parseIpv4Range(range);
    if (wrong !== undefined || parsed === undefined) {
        return wrong;
    }
    if (
        parsed.prefix !== ControlPlanePrefix ||
        !PrivateRanges.some((whole) => contains(parseIpv4Range(whole), parsed))
    ) {
        return `is not a private /28 ${given(range)}. Give one within ${PrivateRanges.join(", ")}, for example 172.16.0.0/28.`;
    }
    const other = taken.find((one) => contains(parseIpv4Range(one), parsed) || contains(parsed, parseIpv4Range(one)));
    return other === undefined
        ? undefined
        : `overlaps a range of the network, ${other} ${given(range)}. Give another private /28, for example 172.16.0.0/28.`;
}

const MachineForm = /^([a-z][a-z0-9]*)-[a-z]+(-[a-z0-9]+)*$/;
/** Series with ARM processors: https://docs.cloud.google.com/compute/docs/instances/arm-on-compute */
const ArmSeries = ["t2a", "c4a", "n4a", "a4x"];

/** Series of a machine type: `n2` of `n2-highmem-8`. */
export function seriesOf(machineType: string): string | undefined {
    return MachineForm.exec(machineType)?.[1];
}

export function wrongMachineType(machineType: string): string | undefined {
    const series = seriesOf(machineType);
    if (series === undefined) {
        return `is not a machine type ${given(machineType)}. Give for example n2-highmem-8.`;
    }
    return ArmSeries.includes(series)
        ? `is an ARM machine type ${given(machineType)}, but the images of W&B are x86_64. Give for example n2-highmem-8.`
        : undefined;
}

/** https://docs.cloud.google.com/compute/docs/disks/hyperdisks#machine-type-support */
const OnlyHyperdisk = ["n4", "n4d", "c4", "c4d", "h4d", "x4"];
const OnlyPersistentDisk = ["n1", "n2", "n2d", "e2", "t2d", "c2", "c2d", "a2", "g2"];

/** Why machines of this type cannot have disks of that one. */
export function wrongDiskOf(diskType: string, machineType: string): string | undefined {
    const series = seriesOf(machineType) ?? "";
    const isHyperdisk = diskType.startsWith("hyperdisk-");
    if (OnlyHyperdisk.includes(series) && !isHyperdisk) {
        return `is a type that ${machineType} does not take ${given(diskType)}. Give hyperdisk-balanced.`;
    }
    return OnlyPersistentDisk.includes(series) && isHyperdisk
        ? `is a type that ${machineType} does not take ${given(diskType)}. Give pd-balanced.`
        : undefined;
}

/** https://docs.cloud.google.com/vpc/docs/add-remove-network-tags#restrictions */
export function wrongNetworkTag(tag: string): string | undefined {
    return /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(tag)
        ? undefined
        : `is not a network tag ${given(tag)}. Use 1 to 63 lower-case letters, digits and hyphens, with a letter first and no hyphen last.`;
}
