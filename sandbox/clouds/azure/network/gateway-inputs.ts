/** What a program may say of an Application Gateway, as the SDK nests it. Parts that nothing here uses are taken as they come. */
import type { PropertyModel, PropertyModels } from "../../model";

const text = { type: "string" } as const;
const number = { type: "number" } as const;
const yesNo = { type: "boolean" } as const;
const free: PropertyModel = { type: "array", items: { type: "any" } };

const object = (properties: PropertyModels): PropertyModel => ({ type: "object", properties });
const reference = object({ id: text });
const listOf = (properties: PropertyModels): PropertyModel => ({
    type: "array",
    items: object({ id: text, name: text, ...properties }),
});

const linkAddresses = listOf({
    primary: yesNo,
    privateIPAddress: text,
    privateIPAllocationMethod: text,
    subnet: reference,
});

const backendSettings = listOf({
    affinityCookieName: text,
    authenticationCertificates: free,
    connectionDraining: object({ drainTimeoutInSec: number, enabled: yesNo }),
    cookieBasedAffinity: text,
    hostName: text,
    path: text,
    pickHostNameFromBackendAddress: yesNo,
    port: number,
    probe: reference,
    probeEnabled: yesNo,
    protocol: text,
    requestTimeout: number,
    trustedRootCertificates: free,
});

const listeners = listOf({
    customErrorConfigurations: free,
    firewallPolicy: reference,
    frontendIPConfiguration: reference,
    frontendPort: reference,
    hostName: text,
    hostNames: { type: "array" },
    protocol: text,
    requireServerNameIndication: yesNo,
    sslCertificate: reference,
    sslProfile: reference,
});

const rules = listOf({
    backendAddressPool: reference,
    backendHttpSettings: reference,
    httpListener: reference,
    loadDistributionPolicy: reference,
    priority: number,
    redirectConfiguration: reference,
    rewriteRuleSet: reference,
    ruleType: text,
    urlPathMap: reference,
});

/** https://learn.microsoft.com/en-us/rest/api/application-gateway/application-gateways/create-or-update */
export const gatewayInputs: PropertyModels = {
    authenticationCertificates: free,
    autoscaleConfiguration: object({ maxCapacity: number, minCapacity: { ...number, required: true } }),
    backendAddressPools: listOf({
        backendAddresses: { type: "array", items: object({ fqdn: text, ipAddress: text }) },
    }),
    backendHttpSettingsCollection: backendSettings,
    backendSettingsCollection: free,
    customErrorConfigurations: free,
    enableFips: yesNo,
    enableHttp2: yesNo,
    firewallPolicy: reference,
    forceFirewallPolicyAssociation: yesNo,
    frontendIPConfigurations: listOf({
        privateIPAddress: text,
        privateIPAllocationMethod: text,
        privateLinkConfiguration: reference,
        publicIPAddress: reference,
        subnet: reference,
    }),
    frontendPorts: listOf({ port: number }),
    gatewayIPConfigurations: listOf({ subnet: reference }),
    globalConfiguration: object({ enableRequestBuffering: yesNo, enableResponseBuffering: yesNo }),
    httpListeners: listeners,
    id: text,
    identity: { type: "any" },
    listeners: free,
    loadDistributionPolicies: free,
    privateLinkConfigurations: listOf({ ipConfigurations: linkAddresses }),
    probes: free,
    redirectConfigurations: free,
    requestRoutingRules: rules,
    rewriteRuleSets: free,
    routingRules: free,
    sku: object({ capacity: number, family: text, name: text, tier: text }),
    sslCertificates: free,
    sslPolicy: object({
        cipherSuites: { type: "array" },
        disabledSslProtocols: { type: "array" },
        minProtocolVersion: text,
        policyName: text,
        policyType: text,
    }),
    sslProfiles: free,
    trustedClientCertificates: free,
    trustedRootCertificates: free,
    urlPathMaps: free,
    webApplicationFirewallConfiguration: { type: "any" },
    zones: { type: "array" },
};
