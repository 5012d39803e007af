import type { AzureBucketLifecycleArgs, AzureBucketNetworkArgs } from "../../azure/args/bucket";
import { checkNumber, refuseRepetition } from "../lists";
import type { Section } from "../section";
import { contains, parseIpv4Range, wrongIpv4Range } from "../cidr";
import { given } from "../wording";
import { wrongResourceId } from "./rules";

/** Rules of Azure Storage that a deployment and `AzureSecureStorageConnector` share. */

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules#microsoftstorage */
export function wrongAccountName(name: string): string | undefined {
    return /^[a-z0-9]{3,24}$/.test(name)
        ? undefined
        : `is not a name of a storage account ${given(name)}. It has 3 to 24 lower-case letters and digits; leave out .blob.core.windows.net.`;
}

const ItemName = /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** The service makes names with a $ for itself. */
export function wrongContainerName(name: string): string | undefined {
    return ItemName.test(name)
        ? undefined
        : `is not a name of a container ${given(name)}. It has 3 to 63 lower-case letters, digits and single hyphens, with a letter or digit at both ends.`;
}

export function wrongQueueName(name: string): string | undefined {
    return ItemName.test(name)
        ? undefined
        : `is not a name of a queue ${given(name)}. It has 3 to 63 lower-case letters, digits and single hyphens, with a letter or digit at both ends.`;
}

/** It is the start of a blob's name, and stands in W&B's URL of the container. */
export function wrongPrefix(prefix: string): string | undefined {
    if (/^\/|\/$|\/\//.test(prefix)) {
        return `starts or ends with a slash or has two in a row ${given(prefix)}. Give for example team/wandb.`;
    }
    return /^[\w!.()/=+@:,~-]+$/.test(prefix)
        ? undefined
        : `holds a character that means something else in a URL ${given(prefix)}. Use letters, digits and - _ . / for example team/wandb.`;
}

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules#microsoftauthorization */
export function wrongLockName(name: string): string | undefined {
    return /^[\w.()-]{0,89}[\w()-]$/.test(name)
        ? undefined
        : `is not a name of a lock ${given(name)}. It has 1 to 90 letters, digits, underscores, periods, hyphens and parentheses, and no period at its end.`;
}

/** The addresses that a network has for itself: https://www.rfc-editor.org/rfc/rfc1918 */
const PrivateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(parseIpv4Range);

/** https://learn.microsoft.com/en-us/azure/storage/common/storage-network-security-limitations */
function wrongClientRange(text: string): string | undefined {
    const asRange = text.includes("/") ? text : `${text}/32`;
    const wrong = wrongIpv4Range(asRange);
    if (wrong !== undefined) {
        return text.includes("/")
            ? wrong
            : `is not an IPv4 address or range ${given(text)}. Give for example 203.0.113.0/24.`;
    }
    const range = parseIpv4Range(asRange);
    if (PrivateRanges.some((own) => contains(own, range) || contains(range, own))) {
        return `has addresses of private networks ${given(text)}, from which nobody comes to the public address of a storage account. Leave it out: the private endpoint serves them.`;
    }
    return range?.prefix === 31
        ? `has a prefix of 31, which Azure Storage does not take ${given(text)}. Give its two addresses, each without a prefix length.`
        : undefined;
}

/** https://learn.microsoft.com/en-us/azure/storage/common/scalability-targets-standard-account */
const MostRules = 400;

/** `allowedCidrs`, `allowedSubnetIds`. */
export function checkStorageNetwork(section: Section<AzureBucketNetworkArgs>): void {
    const ranges = section.texts("allowedCidrs");
    ranges.forEach((entry) => section.checkEntry(entry, wrongClientRange));
    refuseRepetition(section, ranges);
    const subnets = section.texts("allowedSubnetIds");
    subnets.forEach((entry) =>
        section.checkEntry(entry, (id) => wrongResourceId(id, "Microsoft.Network/virtualNetworks/subnets")),
    );
    refuseRepetition(section, subnets);
    for (const [key, { length }] of [
        ["allowedCidrs", ranges],
        ["allowedSubnetIds", subnets],
    ] as const) {
        if (length > MostRules) {
            section.refuse(
                key,
                `has ${length} entries, but a storage account takes at most ${MostRules}. Put ranges together, or leave some out.`,
            );
        }
    }
    if (subnets.length > 0 && !section.has("allowedCidrs")) {
        section.refuse(
            "allowedSubnetIds",
            `has no effect, because anybody may connect as long as \`${section.at("allowedCidrs")}\` is not given. Give that, or leave this out.`,
        );
    }
}

/** https://learn.microsoft.com/en-us/rest/api/storageservices/set-blob-service-properties: origins of one rule, and what all rules may hold */
const MostOrigins = 64;
const LongestRule = 2048;

/** Hosts that may use signed URLs. `more` are those that others bring in. */
export function checkOrigins<T>(
    section: Section<T>,
    key: keyof T & string,
    more: readonly (string | undefined)[],
): void {
    const hosts = section.texts(key);
    const count = hosts.length + more.length;
    const length = [...hosts.map(({ value }) => value), ...more]
        .map((host = "") => host.length + "https://,".length)
        .reduce((sum, one) => sum + one, 0);
    if (count > MostOrigins) {
        section.refuse(
            key,
            `makes ${count} hosts with those of W&B itself, but Azure Storage takes at most ${MostOrigins}. Leave some out, or give one with *. in front for all below it.`,
        );
    } else if (length > LongestRule) {
        section.refuse(
            key,
            `makes a list of hosts of ${length} characters, but Azure Storage takes at most ${LongestRule}. Leave some out, or give one with *. in front for all below it.`,
        );
    }
}

/** https://learn.microsoft.com/en-us/azure/storage/blobs/soft-delete-blob-overview */
export function checkSoftDelete<T extends { softDeleteDays?: unknown }>(section: Section<T>): void {
    checkNumber(section, "softDeleteDays", 0, 365);
}

/** `lifecycle` */
export function checkOldVersions(lifecycle: Section<AzureBucketLifecycleArgs> | undefined): void {
    if (lifecycle !== undefined) {
        checkNumber(lifecycle, "noncurrentVersionDays", 1);
    }
}
