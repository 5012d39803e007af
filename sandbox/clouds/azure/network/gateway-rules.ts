/** What Azure refuses of an Application Gateway. Where the code of an error is not documented, it is the nearest that is. */
import type { Row } from "../../inventory";
import type { InventoryView } from "../../model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../../values";
import { addressIn, isWithin } from "../../cidr";
import { armError, referencedNotFound } from "../errors";
import { lastName, rowById, sameId } from "../ids";
import { publicAddressType, securityGroupType, subnetType } from "./shared";

export const gatewayType = "azure-native:network:ApplicationGateway";

const versions2 = ["Standard_v2", "WAF_v2"];

export function listAt(inputs: PropertyMap, name: string): PropertyMap[] {
    const value = inputs[name];
    return Array.isArray(value) ? value.filter((item) => isMap(item)) : [];
}

/** Id that a reference names: `{ id }`. */
export function idAt(value: PropertyValue | undefined): string | undefined {
    return isMap(value) && typeof value["id"] === "string" ? value["id"] : undefined;
}

/** Everything that Azure says of a gateway before it makes or changes one. */
export function refusedGateway(id: string, inputs: PropertyMap, inventory: InventoryView): string | undefined {
    return (
        refusedSku(id, inputs) ??
        refusedContent(id, inputs) ??
        refusedFrontends(id, inputs, inventory) ??
        refusedSubnet(id, inputs, inventory) ??
        refusedPrivateLink(id, inputs, inventory)
    );
}

/** https://learn.microsoft.com/en-us/azure/application-gateway/v1-retirement, and what a firewall needs */
function refusedSku(id: string, inputs: PropertyMap): string | undefined {
    const sku = isMap(inputs["sku"]) ? inputs["sku"] : {};
    const tier = textOf(sku["tier"]);
    if (!versions2.includes(tier) || textOf(sku["name"]) !== tier) {
        return armError(
            400,
            "ApplicationGatewayInvalidSkuNameAndTier",
            `SKU name ${textOf(sku["name"])} and tier ${tier} of Application Gateway ${id} are not a pair that can be created. Use Standard_v2 or WAF_v2 for both.`,
        );
    }
    const policy = idAt(inputs["firewallPolicy"]);
    if (policy !== undefined && tier !== "WAF_v2") {
        return armError(
            400,
            "ApplicationGatewayFirewallCannotBeEnabledForSelectedSku",
            `Application Gateway ${id} does not support WebApplicationFirewall with the selected SKU tier ${tier}. Supported SKU tiers are WAF,WAF_v2.`,
        );
    }
    const units = isMap(inputs["autoscaleConfiguration"]) ? inputs["autoscaleConfiguration"] : undefined;
    const [least, most] = [Number(units?.["minCapacity"] ?? 0), Number(units?.["maxCapacity"] ?? 125)];
    return least < 0 || most < 2 || most > 125 || least > most
        ? armError(
              400,
              "ApplicationGatewayAutoscaleConfigurationInvalid",
              `Autoscale configuration of Application Gateway ${id} is not valid: ${least} to ${most}. It goes from 0 to 125, and at least to 2.`,
          )
        : undefined;
}

/** What a part names by an id, and in which list that must be. */
const innerReferences: readonly (readonly [string, string, string])[] = [
    ["httpListeners", "frontendIPConfiguration", "frontendIPConfigurations"],
    ["httpListeners", "frontendPort", "frontendPorts"],
    ["requestRoutingRules", "httpListener", "httpListeners"],
    ["requestRoutingRules", "backendAddressPool", "backendAddressPools"],
    ["requestRoutingRules", "backendHttpSettings", "backendHttpSettingsCollection"],
    ["frontendIPConfigurations", "privateLinkConfiguration", "privateLinkConfigurations"],
];

const demanded = [
    "gatewayIPConfigurations",
    "frontendIPConfigurations",
    "frontendPorts",
    "httpListeners",
    "requestRoutingRules",
];

/** A gateway without a rule is not one, and its parts name each other by full ids (parity/azure.md, trap 8). */
function refusedContent(id: string, inputs: PropertyMap): string | undefined {
    const missing = demanded.find((name) => listAt(inputs, name).length === 0);
    if (missing !== undefined) {
        return armError(
            400,
            "MissingJsonProperty",
            `The resource '${id}' must have at least one element in property '${missing}'.`,
        );
    }
    for (const [holder, property, target] of innerReferences) {
        const known = listAt(inputs, target).map(({ name }) => `${id}/${target}/${textOf(name)}`);
        for (const part of listAt(inputs, holder)) {
            const named = idAt(part[property]);
            if (named !== undefined && !known.some((one) => sameId(one, named))) {
                return referencedNotFound(named, `${id}/${holder}/${textOf(part["name"])}`);
            }
        }
    }
    const withoutPriority = listAt(inputs, "requestRoutingRules").find(({ priority }) => priority === undefined);
    return withoutPriority === undefined
        ? undefined
        : armError(
              400,
              "ApplicationGatewayRequestRoutingRulePriorityCannotBeEmpty",
              `The priority value for request routing rule ${id}/requestRoutingRules/${textOf(withoutPriority["name"])} cannot be empty. All request routing rules should have a priority defined starting from api-version 2021-08-01`,
          );
}

/** https://learn.microsoft.com/en-us/azure/application-gateway/configuration-frontend-ip */
function refusedFrontends(id: string, inputs: PropertyMap, inventory: InventoryView): string | undefined {
    const frontends = listAt(inputs, "frontendIPConfigurations");
    const publicId = frontends.map(({ publicIPAddress }) => idAt(publicIPAddress)).find((one) => one !== undefined);
    if (publicId === undefined) {
        const tier = textOf(isMap(inputs["sku"]) ? inputs["sku"]["tier"] : undefined);
        return armError(
            400,
            "ApplicationGatewayFeatureCannotBeEnabledForSelectedSku",
            `Application Gateway ${id} does not support Application Gateway without Public IP for the selected SKU tier ${tier}. Supported SKU tiers are Standard,WAF.`,
        );
    }
    const taken = inventory.find(
        gatewayType,
        (row) => !sameId(row.id, id) && publicIdsOf(row).some((one) => sameId(one, publicId)),
    );
    if (taken !== undefined) {
        return armError(
            400,
            "PublicIPAddressInUse",
            `Resource ${id} is referencing public IP address ${publicId} that is already allocated to resource ${taken.id}.`,
        );
    }
    const address = rowById(inventory, publicAddressType, publicId);
    const sku = address?.inputs["sku"];
    const basic = isMap(sku) ? textOf(sku["name"]) !== "Standard" : true;
    if (address !== undefined && (basic || address.inputs["publicIPAllocationMethod"] !== "Static")) {
        return armError(
            400,
            "ApplicationGatewayPublicIpMustBeStandardStatic",
            `Application Gateway ${id} of version 2 supports only static public IP addresses of SKU Standard, unlike ${publicId}.`,
        );
    }
    return refusedPrivateFrontend(id, frontends, inventory);
}

function publicIdsOf({ inputs }: Row): string[] {
    return listAt(inputs, "frontendIPConfigurations")
        .map(({ publicIPAddress }) => idAt(publicIPAddress))
        .filter((one) => one !== undefined);
}

function refusedPrivateFrontend(id: string, frontends: PropertyMap[], inventory: InventoryView): string | undefined {
    const own = frontends.find(({ subnet }) => subnet !== undefined);
    if (own === undefined) {
        return undefined;
    }
    const name = `${id}/frontendIPConfigurations/${textOf(own["name"])}`;
    const address = textOf(own["privateIPAddress"]);
    if (own["privateIPAllocationMethod"] !== "Static" || address === "") {
        return armError(
            400,
            "ApplicationGatewayPrivateIPAllocationMethodMustBeStatic",
            `Private frontend ${name} of a gateway of version 2 must have a static address.`,
        );
    }
    const prefix = prefixOf(rowById(inventory, subnetType, idAt(own["subnet"])));
    if (prefix === undefined) {
        return undefined;
    }
    // Azure keeps the first four addresses and the last one.
    const last = 2 ** (32 - Number(prefix.split("/")[1])) - 1;
    const kept = [0, 1, 2, 3, last].map((place) => addressIn(prefix, place));
    return isWithin(`${address}/32`, prefix) && !kept.includes(address)
        ? undefined
        : armError(
              400,
              "PrivateIPAddressNotInSubnet",
              `Private static IP address ${address} does not belong to the range of subnet prefix ${prefix}.`,
          );
}

function prefixOf(subnet: Row | undefined): string | undefined {
    const { addressPrefix, addressPrefixes } = subnet?.inputs ?? {};
    const first = Array.isArray(addressPrefixes) ? addressPrefixes[0] : addressPrefix;
    return typeof first === "string" ? first : undefined;
}

/** https://learn.microsoft.com/en-us/azure/application-gateway/configuration-infrastructure#network-security-groups */
function refusedSubnet(id: string, inputs: PropertyMap, inventory: InventoryView): string | undefined {
    const [configuration] = listAt(inputs, "gatewayIPConfigurations");
    const subnetId = idAt(configuration["subnet"]);
    const subnet = rowById(inventory, subnetType, subnetId);
    const groupId = idAt(subnet?.inputs["networkSecurityGroup"]);
    const group = rowById(inventory, securityGroupType, groupId);
    if (group === undefined || listAt(group.inputs, "securityRules").some(letsManagerIn)) {
        return undefined;
    }
    return armError(
        400,
        "ApplicationGatewaySubnetInboundTrafficBlockedByNetworkSecurityGroup",
        `Network security group ${group.id} blocks incoming internet traffic on ports 65200 - 65535 to subnet ${subnetId}, associated with Application Gateway ${id}. This is not permitted for Application Gateways that have V2 Sku.`,
    );
}

function letsManagerIn(rule: PropertyMap): boolean {
    const sources = ["GatewayManager", "Internet", "*"];
    return (
        rule["direction"] === "Inbound" &&
        rule["access"] === "Allow" &&
        sources.includes(textOf(rule["sourceAddressPrefix"])) &&
        ["65200-65535", "*"].includes(textOf(rule["destinationPortRange"]))
    );
}

/** https://learn.microsoft.com/en-us/azure/application-gateway/private-link-configure */
function refusedPrivateLink(id: string, inputs: PropertyMap, inventory: InventoryView): string | undefined {
    const gatewaySubnet = idAt(listAt(inputs, "gatewayIPConfigurations")[0]["subnet"]);
    for (const configuration of listAt(inputs, "privateLinkConfigurations")) {
        const name = textOf(configuration["name"]);
        const addresses = listAt(configuration, "ipConfigurations");
        const own = `${id}/privateLinkConfigurations/${name}`;
        const refuse = (code: string, message: string): string => armError(400, code, message);
        if (lastName(id).length + name.length > 70) {
            return refuse(
                "ApplicationGatewayPrivateLinkConfigurationNameTooLong",
                `The names of the gateway and of ${own} must not exceed 70 characters together.`,
            );
        }
        if (addresses.length < 1 || addresses.length > 8) {
            return refuse(
                "ApplicationGatewayPrivateLinkIpConfigurationLimitExceeded",
                `${own} must have 1 to 8 IP configurations, not ${addresses.length}.`,
            );
        }
        for (const address of addresses) {
            const subnetId = idAt(address["subnet"]);
            if (address["privateIPAllocationMethod"] === "Static" || address["privateIPAddress"] !== undefined) {
                return refuse(
                    "ApplicationGatewayPrivateLinkStaticIpNotSupported",
                    `${own} must use dynamic allocation.`,
                );
            }
            if (sameId(subnetId, gatewaySubnet)) {
                return refuse(
                    "ApplicationGatewayPrivateLinkSubnetCannotBeGatewaySubnet",
                    `${own} cannot use subnet ${subnetId}, which is that of the gateway.`,
                );
            }
            const subnet = rowById(inventory, subnetType, subnetId);
            if (subnet !== undefined && subnet.inputs["privateLinkServiceNetworkPolicies"] !== "Disabled") {
                return refuse(
                    "PrivateLinkServiceNetworkPoliciesCannotBeEnabledOnPrivateLinkServiceSubnet",
                    `Private link service network policies cannot be enabled on private link service subnet ${subnetId}.`,
                );
            }
        }
    }
    return undefined;
}
