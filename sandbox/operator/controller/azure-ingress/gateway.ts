/**
 * From an Ingress to what the Application Gateway ingress controller makes of it:
 * https://learn.microsoft.com/azure/application-gateway/ingress-controller-annotations. Pure. Not simulated: backends, probes.
 */
import type { Inventory, Row } from "../../../clouds/inventory";
import type { InventoryView } from "../../../clouds/model";
import { gatewayType, idAt, listAt } from "../../../clouds/azure/network/gateway-rules";
import { publicAddressType } from "../../../clouds/azure/network/shared";
import { lastName, rowById } from "../../../clouds/azure/ids";
import { textOf, type Json } from "../../../clouds/values";
import { classOf } from "../addresses";
import type { KubeObject } from "../kube";
import { type GatewayAddon, missingRight } from "./cluster";

/** By annotation and by field. */
const classes = ["azure/application-gateway", "azure-application-gateway"];
const prefix = "appgw.ingress.kubernetes.io";

export function isForGateway(ingress: KubeObject): boolean {
    return classes.includes(classOf(ingress));
}

export interface GatewayPlan {
    readonly gatewayId: string;
    /** At which the Ingress answers. */
    readonly address: string;
    readonly frontendId: string;
    readonly https: boolean;
    readonly redirect: boolean;
    readonly hosts: readonly string[];
}

/** @throws in the controller's words, what it records as an Event */
export function planGateway(
    ingress: KubeObject,
    secrets: readonly string[],
    addon: GatewayAddon,
    inventory: InventoryView,
): GatewayPlan {
    const gateway = rowById(inventory, gatewayType, addon.gatewayId);
    if (gateway === undefined) {
        throw new Error(
            `Code="ErrorApplicationGatewayNotFound" Message="Got 404 NOT FOUND status code on getting Application Gateway from ARM."`,
        );
    }
    const missing = missingRight(inventory, addon, gateway);
    if (missing !== undefined) {
        throw new Error(
            `Code="ErrorApplicationGatewayForbidden" Message="Failed fetching or changing config for App Gateway instance. Check if AGIC Identity has correct permissions on ${missing}"`,
        );
    }
    const annotations = ingress.metadata?.annotations ?? {};
    const usesPrivate = annotations[`${prefix}/use-private-ip`] === "true";
    const frontend = listAt(gateway.inputs, "frontendIPConfigurations").find((one) =>
        usesPrivate ? one["privateIPAddress"] !== undefined : one["publicIPAddress"] !== undefined,
    );
    if (frontend === undefined) {
        throw new Error(
            `Code="ErrorNo${usesPrivate ? "Private" : "Public"}IP" Message="A ${usesPrivate ? "Private" : "Public"} IP must be present in the Application Gateway FrontendIPConfiguration if the controller has been configured to use it."`,
        );
    }
    const https = tlsSecretsOf(ingress).some((name) => secrets.includes(name));
    const publicAddress = rowById(inventory, publicAddressType, idAt(frontend["publicIPAddress"]));
    return {
        gatewayId: gateway.id,
        address: usesPrivate ? textOf(frontend["privateIPAddress"]) : textOf(publicAddress?.outputs["ipAddress"]),
        frontendId: `${gateway.id}/frontendIPConfigurations/${textOf(frontend["name"])}`,
        https,
        redirect: https && annotations[`${prefix}/ssl-redirect`] === "true",
        hosts: hostsOf(ingress),
    };
}

/** Secrets with certificates; HTTPS is served once one of them is there. */
export function tlsSecretsOf({ spec }: KubeObject): string[] {
    const tls = (spec?.tls ?? []) as { secretName?: string }[];
    return tls.map(({ secretName }) => secretName ?? "").filter((name) => name !== "");
}

function hostsOf({ spec }: KubeObject): string[] {
    const rules = (spec?.rules ?? []) as { host?: string }[];
    return rules.map(({ host }) => host ?? "");
}

/** Puts the controller's content in the place of what is there, as one request for the whole gateway. */
export function deploy(plans: readonly GatewayPlan[], addon: GatewayAddon, inventory: Inventory): Promise<void> {
    return inventory.change((change) => {
        const row = change.rows.find((one) => one.type === gatewayType && one.id === addon.gatewayId);
        if (row !== undefined) {
            write(row, plans, addon);
        }
    });
}

/** Names end in the front's address, so that the public and the private one can have the same port. */
function write(row: Row, plans: readonly GatewayPlan[], addon: GatewayAddon): void {
    const own = (kind: string, name: string): Json => ({ id: `${row.id}/${kind}/${name}` });
    const listeners: Json[] = [];
    const rules: Json[] = [];
    const ports = new Set<number>();
    for (const { frontendId, https, redirect, hosts } of plans) {
        const front = lastName(frontendId);
        for (const port of https ? [...(redirect ? [80] : []), 443] : [80]) {
            ports.add(port);
            hosts.forEach((hostName, index) => {
                const name = `fl-${front}-${port}-${index}`;
                listeners.push({
                    name,
                    frontendIPConfiguration: { id: frontendId },
                    frontendPort: own("frontendPorts", `fp-${port}`),
                    hostName,
                    protocol: port === 443 ? "Https" : "Http",
                });
                rules.push({
                    name: `rr-${front}-${port}-${index}`,
                    ruleType: "Basic",
                    priority: 19_000 + rules.length,
                    httpListener: own("httpListeners", name),
                    ...(port === 80 && redirect
                        ? { redirectConfiguration: own("redirectConfigurations", "sslr") }
                        : {
                              backendAddressPool: own("backendAddressPools", "wandb"),
                              backendHttpSettings: own("backendHttpSettingsCollection", "wandb"),
                          }),
                });
            });
        }
    }
    if (rules.length === 0) {
        return;
    }
    Object.assign(row.inputs, {
        frontendPorts: [...ports].map((port) => ({ name: `fp-${port}`, port })),
        httpListeners: listeners,
        requestRoutingRules: rules,
        backendAddressPools: [{ name: "wandb" }],
        backendHttpSettingsCollection: [{ name: "wandb", port: 8080, protocol: "Http" }],
        tags: {
            ...(row.inputs["tags"] as { [key: string]: Json } | undefined),
            "managed-by-k8s-ingress": "1.9.4",
            "ingress-for-aks-cluster-id": addon.clusterId,
        },
    });
}
