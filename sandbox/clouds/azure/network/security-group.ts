/** Network security groups: https://learn.microsoft.com/en-us/azure/virtual-network/network-security-groups-overview */
import type { Row } from "../../inventory";
import type { Problem, PropertyModels, ResourceModel } from "../../model";
import { isMap, textOf, valuesAt, type PropertyMap } from "../../values";
import { arm } from "../arm";
import { inUse, networkApi, networkName, securityGroupType, succeeded } from "./shared";

const text = { type: "string" } as const;
const list = { type: "array" } as const;

const rule: PropertyModels = {
    name: { ...text, required: true },
    description: text,
    priority: { type: "integer", required: true },
    direction: { ...text, required: true, values: ["Inbound", "Outbound"] },
    access: { ...text, required: true, values: ["Allow", "Deny"] },
    protocol: { ...text, required: true, values: ["*", "Tcp", "Udp", "Icmp", "Esp", "Ah"] },
    sourceAddressPrefix: text,
    sourceAddressPrefixes: list,
    sourcePortRange: text,
    sourcePortRanges: list,
    destinationAddressPrefix: text,
    destinationAddressPrefixes: list,
    destinationPortRange: text,
    destinationPortRanges: list,
};

const LongestDescription = 140;

export const securityGroups: ResourceModel = arm(
    {
        type: "Microsoft.Network/networkSecurityGroups",
        apiVersion: networkApi,
        names: ["networkSecurityGroupName"],
        name: networkName(),
    },
    {
        token: securityGroupType,
        durationKey: "public address, nsg, nat gateway",
        inputs: {
            flushConnection: { type: "boolean" },
            securityRules: { type: "array", items: { type: "object", properties: rule } },
        },
        outputs: { etag: text, provisioningState: text, resourceGuid: text },
        validate: (inputs) => {
            const rules = rulesOf(inputs);
            return rules.flatMap((one, index) => wrongRule(one, rules.slice(0, index), `securityRules[${index}]`));
        },
        computed: (_inputs, { id }) => ({ etag: "W/1", provisioningState: succeeded, resourceGuid: id }),
        blocksDeletion: (row, inventory) =>
            inUse(inventory, row, (users) => [
                "InUseNetworkSecurityGroupCannotBeDeleted",
                `Network security group ${row.id} cannot be deleted because it is in use by the following resources: ${users}.`,
            ]),
    },
);

function rulesOf(inputs: PropertyMap): PropertyMap[] {
    return valuesAt(inputs, "securityRules[*]").filter(isMap);
}

function wrongRule(one: PropertyMap, earlier: readonly PropertyMap[], property: string): Problem[] {
    const problems: Problem[] = [];
    const report = (reason: string): void => void problems.push({ property, reason });
    const priority = Number(one["priority"]);
    if (priority < 100 || priority > 4096) {
        report(`priority must be 100 to 4096 (value given: ${priority}). Change it.`);
    }
    if (textOf(one["description"]).length > LongestDescription) {
        report(`description must have at most ${LongestDescription} characters. Shorten it.`);
    }
    for (const what of ["sourceAddressPrefix", "sourcePortRange", "destinationAddressPrefix", "destinationPortRange"]) {
        const many = what.endsWith("Prefix") ? `${what}es` : `${what}s`;
        if ((one[what] === undefined) === (one[many] === undefined)) {
            report(`${what} or ${many} is required, and not both. Give one.`);
        }
    }
    const clash = earlier.find(
        (other) => other["priority"] === one["priority"] && other["direction"] === one["direction"],
    );
    if (clash !== undefined) {
        report(
            `Security rule ${textOf(one["name"])} conflicts with rule ${textOf(clash["name"])}. Rules cannot have the same Priority and Direction.`,
        );
    }
    return problems;
}

/** Whether the group lets Azure manage an Application Gateway v2 behind it. */
export function letsInGatewayManager({ inputs }: Pick<Row, "inputs">): boolean {
    return rulesOf(inputs).some(
        (one) =>
            one["access"] === "Allow" &&
            one["direction"] === "Inbound" &&
            ["GatewayManager", "*", "Internet"].includes(textOf(one["sourceAddressPrefix"])) &&
            ["65200-65535", "*"].includes(textOf(one["destinationPortRange"])),
    );
}
