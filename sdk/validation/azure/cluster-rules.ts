import { AksVersions } from "../../azure/args/kubernetes-versions";
import { addressNumber } from "../../ipv4";
import { contains, parseIpv4Range, wrongIpv4Range } from "../cidr";
import { given, quote } from "../wording";

/** Rules of AKS for single texts; each function says what is wrong with one, or nothing. */

/** https://learn.microsoft.com/rest/api/aks/managed-clusters/create-or-update#uri-parameters */
export function wrongClusterName(name: string): string | undefined {
    return /^[a-zA-Z0-9]([-_a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/.test(name)
        ? undefined
        : `is not a name that AKS accepts ${given(name)}. Use 1 to 63 letters, digits, hyphens and underscores, with a letter or digit at both ends.`;
}

/** https://learn.microsoft.com/rest/api/aks/managed-clusters/create-or-update#managedcluster */
export function wrongDnsPrefix(prefix: string): string | undefined {
    return /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,52}[a-zA-Z0-9])?$/.test(prefix)
        ? undefined
        : `cannot begin a host name of AKS ${given(prefix)}. Use 1 to 54 letters, digits and hyphens, with a letter or digit at both ends.`;
}

/** https://learn.microsoft.com/rest/api/aks/agent-pools/create-or-update#uri-parameters */
export function wrongPoolName(name: string): string | undefined {
    return /^[a-z][a-z0-9]{0,11}$/.test(name)
        ? undefined
        : `is not a name of a pool ${given(name)}. Use 1 to 12 lower-case letters and digits, with a letter first.`;
}

/**
 * A version of Kubernetes.
 *
 * @param isLongTerm whether AKS keeps versions a year longer
 */
export function wrongVersion(version: string, isLongTerm: boolean): string | undefined {
    const [, minor] = /^1\.(\d+)(\.\d+)?$/.exec(version) ?? [];
    const known = AksVersions.map((one) => one.version).join(", ");
    if (minor === undefined) {
        return `is not a version of Kubernetes ${given(version)}. Give a minor one, of which AKS takes the newest patch, for example ${known}.`;
    }
    const oldest = Number(AksVersions[0].version.split(".")[1]);
    return Number(minor) < oldest && !isLongTerm
        ? `is a version that AKS keeps with long-term support only ${given(version)}. Give one of ${known}, or \`tier\` Premium.`
        : undefined;
}

const SizeForm = /^Standard_[A-Z]{1,3}(\d+)(-\d+)?([a-z]*)(_[A-Z0-9]+)?(_v\d+)?$/;

/** https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions: `p` stands for ARM, a number for vCPUs */
export function wrongVmSize(size: string, leastCpus: number): string | undefined {
    const [, cpus, , features] = SizeForm.exec(size) ?? [];
    if (cpus === undefined) {
        return `is not a size of a virtual machine ${given(size)}. Give for example Standard_E8s_v5.`;
    }
    if (features?.includes("p")) {
        return `is a size with ARM processors ${given(size)}, but the images of W&B are x86_64. Give for example Standard_E8s_v5.`;
    }
    return Number(cpus) < leastCpus
        ? `has ${cpus} vCPUs, and nodes need at least ${leastCpus} ${given(size)}. Give a larger one.`
        : undefined;
}

/** Series whose machines have a disk of their own only with a `d` in their name: https://learn.microsoft.com/azure/virtual-machines/azure-vms-no-temp-disk */
const WithoutDisk = /^Standard_[DEF]\d+(-\d+)?([a-ce-z]*)_v([4-9]|\d\d)$/;

/** Whether machines of the size have no disk of their own, on which an operating system could lie. */
export function lacksOwnDisk(size: string): boolean {
    return WithoutDisk.test(size);
}

/** A range of pods or Services. https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning */
export function wrongClusterRange(range: string, taken: readonly string[], largest: number, smallest: number) {
    const wrong = wrongIpv4Range(range);
    const parsed = parseIpv4Range(range);
    if (wrong !== undefined || parsed === undefined) {
        return wrong;
    }
    if (parsed.prefix < largest || parsed.prefix > smallest) {
        return `is too ${parsed.prefix < largest ? "large" : "small"} ${given(range)}. Give a /${largest} to /${smallest}.`;
    }
    const other = taken.find((one) => contains(parseIpv4Range(one), parsed) || contains(parsed, parseIpv4Range(one)));
    return other === undefined
        ? undefined
        : `overlaps ${other}, from which addresses are taken too ${given(range)}. Give a range apart from it.`;
}

/** The address of the cluster's DNS. */
export function wrongDnsAddress(address: string, range: string): string | undefined {
    const whole = parseIpv4Range(range);
    const own = parseIpv4Range(`${address}/32`);
    if (own === undefined) {
        return `is not an IPv4 address ${given(address)}. Give one of ${range}, or leave it out.`;
    }
    const isFirst = whole !== undefined && addressNumber(address) <= whole.first + 1;
    return whole !== undefined && (isFirst || !contains(whole, own))
        ? `is no address that DNS can have in ${range} ${given(address)}. Give one within it, not its first, or leave it out.`
        : undefined;
}

const ZoneType = /\/providers\/Microsoft\.Network\/privateDnsZones\/([^/]+)$/i;

/** https://learn.microsoft.com/azure/aks/private-clusters#configuration-options-for-private-dns */
export function wrongApiServerZone(id: string, isIntegrated: boolean): string | undefined {
    const [, name] = ZoneType.exec(id) ?? [];
    if (name === undefined || !id.startsWith("/subscriptions/")) {
        return `is not the resource id of a private DNS zone ${given(id)}. Give /subscriptions/<subscription>/resourceGroups/<group>/providers/Microsoft.Network/privateDnsZones/<zone>.`;
    }
    const word = isIntegrated ? "private" : "privatelink";
    return new RegExp(`^([a-z0-9-]{1,32}\\.)?${word}\\.[a-z0-9]+\\.azmk8s\\.io$`).test(name)
        ? undefined
        : `is a zone in which AKS writes no name of an API server ${given(name)}. Give the id of ${quote(`${word}.<region>.azmk8s.io`)} or of a subdomain of it${isIntegrated ? ", since the API server is in the network" : ""}.`;
}

/** https://learn.microsoft.com/azure/aks/upgrade-aks-cluster#customize-node-surge-upgrade */
export function wrongSurge(surge: string): string | undefined {
    return /^([1-9]\d*|[1-9]\d?%|100%)$/.test(surge)
        ? undefined
        : `is neither a number of nodes nor a share of them ${given(surge)}. Give for example 1 or 33%.`;
}

/** https://learn.microsoft.com/azure/aks/planned-maintenance */
export function wrongOffset(offset: string): string | undefined {
    return /^[+-](0\d|1[0-4]):[0-5]\d$/.test(offset)
        ? undefined
        : `is not a distance from UTC ${given(offset)}. Give sign, hours and minutes, for example +05:30.`;
}

export function wrongTime(time: string): string | undefined {
    return /^([01]\d|2[0-3]):[0-5]\d$/.test(time)
        ? undefined
        : `is not a time of day ${given(time)}. Give hours and minutes, for example 03:30.`;
}
