import * as pulumi from "@pulumi/pulumi";

/** Names inside a gateway that is made here. */
export const GatewayNames = {
    subnet: "gateway",
    publicFrontend: "public",
    privateFrontend: "private",
    privateLink: "private-link",
    seed: "seed",
} as const;

/** The ids of what is inside a gateway: its parts name each other by them. */
export function innerIds(gatewayId: pulumi.Output<string>) {
    const of = (kind: string, name: pulumi.Input<string>) => ({ id: pulumi.interpolate`${gatewayId}/${kind}/${name}` });
    return {
        frontend: (name: pulumi.Input<string>) => of("frontendIPConfigurations", name),
        privateLink: (name: pulumi.Input<string>) => of("privateLinkConfigurations", name),
        port: of("frontendPorts", GatewayNames.seed),
        pool: of("backendAddressPools", GatewayNames.seed),
        settings: of("backendHttpSettingsCollection", GatewayNames.seed),
        listener: of("httpListeners", GatewayNames.seed),
    };
}

/**
 * What Azure demands of a new gateway: a rule that leads from a listener to a pool, which is empty. The ingress controller puts its own in its place.
 *
 * @param frontendName to which the listener belongs: Private Link asks for one on the frontend that it serves
 */
export function seedContent(gatewayId: pulumi.Output<string>, frontendName: string) {
    const { frontend, port, pool, settings, listener } = innerIds(gatewayId);
    const name = GatewayNames.seed;
    return {
        frontendPorts: [{ name, port: 80 }],
        backendAddressPools: [{ name }],
        backendHttpSettingsCollection: [
            { name, port: 80, protocol: "Http", cookieBasedAffinity: "Disabled", requestTimeout: 30 },
        ],
        httpListeners: [
            { name, frontendIPConfiguration: frontend(frontendName), frontendPort: port, protocol: "Http" },
        ],
        requestRoutingRules: [
            {
                name,
                ruleType: "Basic",
                priority: 100,
                httpListener: listener,
                backendAddressPool: pool,
                backendHttpSettings: settings,
            },
        ],
    };
}

/**
 * What the ingress controller owns, tags included: https://learn.microsoft.com/azure/application-gateway/ingress-controller-overview
 *
 * Azure takes a gateway as a whole only, so that a change of anything else sends along what Pulumi knew last of these, and the controller has to put its
 * own back: https://github.com/pulumi/pulumi-azure-native/issues/1280
 */
export const ControllersContent = [
    "backendAddressPools",
    "backendHttpSettingsCollection",
    "frontendPorts",
    "httpListeners",
    "probes",
    "redirectConfigurations",
    "requestRoutingRules",
    "sslCertificates",
    "urlPathMaps",
    'tags["ingress-for-aks-cluster-id"]',
    'tags["last-updated-by-k8s-ingress"]',
    'tags["managed-by-k8s-ingress"]',
] as const;
