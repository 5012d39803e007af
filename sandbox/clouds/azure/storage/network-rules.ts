/** Who may connect to a storage account. https://learn.microsoft.com/en-us/azure/storage/common/storage-network-security-limitations */
import type { InventoryView } from "../../model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../../values";
import { armError } from "../errors";
import { lastName, parentId, rowById } from "../ids";
import { invalidValue } from "./shared";

const subnetType = "azure-native:network:Subnet";

const MostRules = 400;

export function refusedNetworkRules({ networkRuleSet }: PropertyMap, inventory: InventoryView): string | undefined {
    if (!isMap(networkRuleSet)) {
        return undefined;
    }
    const ranges = mapsIn(networkRuleSet["ipRules"]);
    const subnets = mapsIn(networkRuleSet["virtualNetworkRules"]);
    const bypass = textOf(networkRuleSet["bypass"], "AzureServices");
    if (!isBypass(bypass)) {
        return invalidValue("properties.networkAcls.bypass");
    }
    if (ranges.length > MostRules || subnets.length > MostRules) {
        return failed(`NumberOfRulesExceeded:The number of rules exceeds the limit of ${MostRules}.`);
    }
    const wrong = ranges.map(({ iPAddressOrRange }) => textOf(iPAddressOrRange)).find((range) => !isClientRange(range));
    if (wrong !== undefined) {
        return failed(`InvalidIpRule:${wrong} is not a public IPv4 address or a range with a prefix of at most 30.`);
    }
    return subnets
        .map(({ virtualNetworkResourceId }) => refusedSubnet(textOf(virtualNetworkResourceId), inventory))
        .find((reason) => reason !== undefined);
}

function failed(reason: string): string {
    return armError(400, "NetworkAclsValidationFailure", `Validation of network acls failure: ${reason}`);
}

/** `None`, or some of the others. */
function isBypass(text: string): boolean {
    const words = text.split(",").map((word) => word.trim());
    return text === "None" || words.every((word) => ["Logging", "Metrics", "AzureServices"].includes(word));
}

/** No private range, and no prefix of 31 or 32. */
function isClientRange(text: string): boolean {
    const [, ...octets] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text) ?? [];
    const [first, second, third, fourth, prefix = 30] = octets.filter((part) => part !== undefined).map(Number);
    const isPrivate =
        first === 10 || (first === 172 && second >= 16 && second <= 31) || (first === 192 && second === 168);
    return (
        fourth !== undefined &&
        [first, second, third, fourth].every((part) => part <= 255) &&
        prefix <= 30 &&
        !isPrivate
    );
}

function refusedSubnet(id: string, inventory: InventoryView): string | undefined {
    const subnet = rowById(inventory, subnetType, id);
    const network = lastName(parentId(id));
    if (subnet === undefined) {
        return failed(`SubnetsNotFound:Subnets ${lastName(id)} of virtual network ${network} do not exist.`);
    }
    const services = mapsIn(subnet.inputs["serviceEndpoints"]).map(({ service }) => textOf(service));
    return services.some((service) => /^Microsoft\.Storage(\.Global)?$/.test(service))
        ? undefined
        : failed(
              `SubnetsHaveNoServiceEndpointsConfigured:Subnets ${lastName(id)} of virtual network ${network} do not have ServiceEndpoints for Microsoft.Storage resources configured. Add Microsoft.Storage to subnet's ServiceEndpoints collection before trying to ACL Microsoft.Storage resources to these subnets.`,
          );
}

/** Whether a service of Azure gets in as a trusted one. */
export function letsServicesIn(account: PropertyMap): boolean {
    const { networkRuleSet: rules, publicNetworkAccess } = account;
    if (publicNetworkAccess === "Disabled") {
        return false;
    }
    return (
        !isMap(rules) ||
        rules["defaultAction"] !== "Deny" ||
        /AzureServices/.test(textOf(rules["bypass"], "AzureServices"))
    );
}

export function mapsIn(value: PropertyValue | undefined): PropertyMap[] {
    return Array.isArray(value) ? value.filter(isMap) : [];
}
