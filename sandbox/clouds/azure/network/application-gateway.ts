/** Application Gateway, and the policy of its web application firewall. */
import type { InvokeModel, PropertyModels, Reference, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyValue } from "../../values";
import { arm, armOutputs, placeOf } from "../arm";
import { armError, resourceNotFound } from "../errors";
import { groupId, guidFor, identityOf, resourceId, rowById } from "../ids";
import { zonesOf } from "../locations";
import { gatewayInputs } from "./gateway-inputs";
import { gatewayType, refusedGateway } from "./gateway-rules";
import { interfaceInvokes } from "./interfaces";
import { existing, inUse, networkApi, networkName, publicAddressType, subnetType, zonesChanged } from "./shared";

const type = "Microsoft.Network/applicationGateways";
export const wafPolicyType = "azure-native:network:WebApplicationFirewallPolicy";

const text = { type: "string" } as const;

const outputs: PropertyModels = {
    defaultPredefinedSslPolicy: text,
    etag: text,
    operationalState: text,
    privateEndpointConnections: { type: "array", items: { type: "any" } },
    provisioningState: text,
    resourceGuid: text,
};

/** What a gateway names, by paths. Subnets, addresses and policies that it uses say so themselves when they are to go. */
const references: readonly Reference[] = [
    existing("gatewayIPConfigurations[*].subnet.id", subnetType),
    existing("frontendIPConfigurations[*].subnet.id", subnetType),
    existing("privateLinkConfigurations[*].ipConfigurations[*].subnet.id", subnetType),
    existing("frontendIPConfigurations[*].publicIPAddress.id", publicAddressType),
    existing("firewallPolicy.id", wafPolicyType),
];

function zonesIn(value: PropertyValue | undefined): string[] {
    return Array.isArray(value) ? value.map((zone) => textOf(zone)) : [];
}

export const applicationGateway: ResourceModel = arm(
    {
        type,
        apiVersion: networkApi,
        names: ["applicationGatewayName"],
        name: networkName(),
    },
    {
        token: gatewayType,
        inputs: gatewayInputs,
        outputs,
        references,
        volatile: ["etag"],
        durationKey: "application gateway v2",
        refuse: (inputs, context) => {
            const place = placeOf(inputs, context);
            const group = groupId(identityOf(context.config).subscriptionId, textOf(inputs["resourceGroupName"]));
            const id = resourceId(group, type, [textOf(inputs["applicationGatewayName"])]);
            const foreign = zonesIn(inputs["zones"]).find((zone) => !zonesOf(place).includes(zone));
            return foreign === undefined
                ? (zonesChanged(inputs, context.previous, id) ?? refusedGateway(id, inputs, context.inventory))
                : armError(
                      400,
                      "AvailabilityZoneNotSupported",
                      `The zone(s) '${foreign}' for resource '${type}/${textOf(inputs["applicationGatewayName"])}' is not supported. The supported zones for location '${place}' are '${zonesOf(place).join(",")}'`,
                  );
        },
        computed: (inputs, { id, previous }) => ({
            defaultPredefinedSslPolicy: "AppGwSslPolicy20220101",
            etag: `W/"${guidFor(`${id} ${JSON.stringify(inputs)}`)}"`,
            operationalState: "Running",
            privateEndpointConnections: previous?.["privateEndpointConnections"] ?? [],
            provisioningState: "Succeeded",
            resourceGuid: guidFor(id),
        }),
    },
);

/** https://learn.microsoft.com/en-us/azure/web-application-firewall/ag/application-gateway-crs-rulegroups-rules */
const ruleSets: Readonly<Record<string, readonly string[]>> = {
    Microsoft_DefaultRuleSet: ["2.1", "2.2"],
    OWASP: ["3.0", "3.1", "3.2"],
    Microsoft_BotManagerRuleSet: ["0.1", "1.0", "1.1"],
    Microsoft_HTTPDDoSRuleSet: ["1.0"],
};

export const wafPolicy: ResourceModel = arm(
    {
        type: "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
        apiVersion: networkApi,
        names: ["policyName"],
        name: {
            pattern: /^[A-Za-z0-9][\w.-]{0,127}$/,
            rule: "must have 1 to 128 letters, digits, underscores, periods and hyphens, and begin with a letter or digit",
            longest: 128,
        },
    },
    {
        token: wafPolicyType,
        inputs: {
            customRules: { type: "array", items: { type: "any" } },
            id: text,
            managedRules: {
                type: "object",
                required: true,
                properties: {
                    exceptions: { type: "array", items: { type: "any" } },
                    exclusions: { type: "array", items: { type: "any" } },
                    managedRuleSets: {
                        type: "array",
                        required: true,
                        items: {
                            type: "object",
                            properties: {
                                ruleGroupOverrides: { type: "array", items: { type: "any" } },
                                ruleSetType: { ...text, required: true },
                                ruleSetVersion: { ...text, required: true },
                            },
                        },
                    },
                },
            },
            policySettings: {
                type: "object",
                properties: {
                    customBlockResponseBody: text,
                    customBlockResponseStatusCode: { type: "number" },
                    fileUploadEnforcement: { type: "boolean" },
                    fileUploadLimitInMb: { type: "number" },
                    jsChallengeCookieExpirationInMins: { type: "number" },
                    logScrubbing: { type: "any" },
                    maxRequestBodySizeInKb: { type: "number" },
                    mode: { ...text, values: ["Detection", "Prevention"] },
                    requestBodyCheck: { type: "boolean" },
                    requestBodyEnforcement: { type: "boolean" },
                    requestBodyInspectLimitInKB: { type: "number" },
                    state: { ...text, values: ["Disabled", "Enabled"] },
                },
            },
        },
        outputs: { etag: text, provisioningState: text, resourceState: text },
        volatile: ["etag"],
        durationKey: "waf policy",
        refuse: (inputs) => refusedRuleSet(inputs["managedRules"]),
        computed: (inputs, { id }) => ({
            etag: `W/"${guidFor(`${id} ${JSON.stringify(inputs)}`)}"`,
            provisioningState: "Succeeded",
            resourceState: "Enabled",
        }),
        blocksDeletion: (row, inventory) =>
            inUse(inventory, row, (users) => [
                "ApplicationGatewayFirewallPolicyCannotBeDeleted",
                `Web application firewall policy ${row.id} is in use by ${users} and cannot be deleted.`,
            ]),
    },
);

function refusedRuleSet(rules: PropertyValue | undefined): string | undefined {
    const sets = isMap(rules) && Array.isArray(rules["managedRuleSets"]) ? rules["managedRuleSets"] : [];
    for (const set of sets.filter((one) => isMap(one))) {
        const [name, version] = [textOf(set["ruleSetType"]), textOf(set["ruleSetVersion"])];
        if (ruleSets[name]?.includes(version) !== true) {
            return armError(
                400,
                "ApplicationGatewayFirewallInvalidRuleSet",
                `The managed rule set ${name} version ${version} is not supported.`,
            );
        }
    }
    return undefined;
}

const getApplicationGateway: InvokeModel = {
    token: "azure-native:network:getApplicationGateway",
    inputs: { applicationGatewayName: { ...text, required: true }, resourceGroupName: { ...text, required: true } },
    outputs: { ...armOutputs, ...gatewayInputs, ...outputs, id: text, location: text, tags: { type: "map" } },
    answer: (inputs, { config, inventory }) => {
        const [group, name] = [textOf(inputs["resourceGroupName"]), textOf(inputs["applicationGatewayName"])];
        const id = resourceId(groupId(identityOf(config).subscriptionId, group), type, [name]);
        const row = rowById(inventory, gatewayType, id);
        if (row === undefined) {
            throw new Error(resourceNotFound(type, name, group));
        }
        const told = Object.entries(row.inputs).filter(([key]) => !OnlyAsked.has(key));
        return { ...Object.fromEntries(told), ...row.outputs, id: row.id };
    },
};

/** What the request names, and the answer does not. */
const OnlyAsked = new Set(["applicationGatewayName", "resourceGroupName"]);

export const gatewayResources: readonly ResourceModel[] = [applicationGateway, wafPolicy];
export const gatewayInvokes: readonly InvokeModel[] = [getApplicationGateway, ...interfaceInvokes];
