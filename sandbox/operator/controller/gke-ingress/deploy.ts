/** What the controller makes in Google Cloud of a plan, and how it takes it away again. Each change is one step of the inventory. */
import { createHash } from "node:crypto";
import type { Inventory, InventoryChange, Row } from "../../../clouds/inventory";
import { selfLinkOf } from "../../../clouds/gcp/compute/links";
import {
    backendServiceType,
    httpProxyType,
    httpsProxyType,
    regionBackendServiceType,
    regionHttpProxyType,
    regionHttpsProxyType,
    regionUrlMapType,
    urlMapType,
} from "../../../clouds/gcp/compute/load-balancer-parts";
import {
    endpointGroupType,
    firewallType,
    forwardingRuleType,
    globalForwardingRuleType,
    serviceAttachmentType,
} from "../../../clouds/gcp/compute/shared";
import { pathOf } from "../../../clouds/gcp/compute/links";
import type { Json } from "../../../clouds/values";
import type { GkeCluster } from "./cluster";
import type { BalancerPlan } from "./plan";

type Properties = { [property: string]: Json };

/** What all that belongs to an Ingress says of itself. */
const descriptionOf = (key: string): string => JSON.stringify({ "kubernetes.io/ingress-name": key });
/** From where Google asks for the health of backends, and what all Ingresses of a cluster share. */
const healthRanges = ["130.211.0.0/22", "35.191.0.0/16"];

/** Makes or changes the load balancer. @throws Google's refusal */
export async function deploy(plan: BalancerPlan, cluster: GkeCluster, inventory: Inventory): Promise<void> {
    await inventory.change((change) => {
        const wanted = rowsOf(plan, cluster);
        const isWanted = (row: Row): boolean => wanted.some(({ type, id }) => type === row.type && id === row.id);
        removeRows(
            change,
            ownRows(change, plan.key).filter((row) => !isWanted(row)),
        );
        for (const row of [...wanted, healthFirewall(cluster)]) {
            const existing = change.get(row.type, row.id);
            if (existing === undefined) {
                change.add(row);
            } else {
                Object.assign(existing, { inputs: row.inputs, outputs: row.outputs });
            }
        }
    });
}

/** Takes away what belongs to an Ingress, and with the last one what all share. @throws Google's refusal */
export async function remove(key: string, cluster: GkeCluster, inventory: Inventory): Promise<void> {
    await inventory.change((change) => {
        removeRows(change, ownRows(change, key));
        const isLast = !change.rows.some(({ type }) => type === urlMapType || type === regionUrlMapType);
        if (isLast) {
            change.remove(firewallType, healthFirewall(cluster).id);
        }
    });
}

function ownRows(change: InventoryChange, key: string): Row[] {
    const description = descriptionOf(key);
    return change.rows.filter((row) => row.urn === undefined && row.inputs["description"] === description);
}

function removeRows(change: InventoryChange, rows: readonly Row[]): void {
    for (const { id, type } of rows) {
        const published = change.view.find(
            serviceAttachmentType,
            ({ inputs }) => pathOf(inputs["targetService"]) === id,
        );
        if (type === forwardingRuleType && published !== undefined) {
            throw new Error(
                `googleapi: Error 400: The forwarding_rule resource '${id}' is already being used by '${published.id}', resourceInUseByAnotherResource`,
            );
        }
    }
    rows.forEach(({ type, id }) => change.remove(type, id));
}

function hashOf(...parts: readonly string[]): string {
    return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 8);
}

function row(type: string, id: string, inputs: Properties): Row {
    const name = id.slice(id.lastIndexOf("/") + 1);
    return {
        type,
        id,
        state: "active",
        inputs: { name, ...inputs },
        outputs: { ...inputs, name, selfLink: selfLinkOf(id) },
    };
}

function healthFirewall({ id, project, networkId }: GkeCluster): Row {
    return row(firewallType, `projects/${project}/global/firewalls/k8s-fw-l7--${hashOf(id)}`, {
        network: networkId,
        sourceRanges: healthRanges,
        description: "GCE L7 firewall rule",
    });
}

/** Everything that a plan consists of. */
function rowsOf(plan: BalancerPlan, cluster: GkeCluster): Row[] {
    const { key, internal, services } = plan;
    const place = `projects/${cluster.project}/${internal ? `regions/${cluster.region}` : "global"}`;
    const suffix = `${hashOf(cluster.id)}-${hashOf(key)}`;
    const description = descriptionOf(key);
    const map = row(internal ? regionUrlMapType : urlMapType, `${place}/urlMaps/k8s2-um-${suffix}`, { description });
    const backends = [...services].flatMap(([service, securityPolicy]) => {
        const name = `k8s1-${hashOf(cluster.id, key, service, internal ? "i" : "")}`;
        return [
            row(internal ? regionBackendServiceType : backendServiceType, `${place}/backendServices/${name}`, {
                description,
                ...(securityPolicy === undefined ? {} : { securityPolicy }),
            }),
            ...endpointGroups(name, cluster, description),
        ];
    });
    return [map, ...backends, ...frontendRows(plan, cluster, { place, suffix, map: map.id })];
}

function endpointGroups(
    name: string,
    { project, zones, networkId, subnetworkId }: GkeCluster,
    description: string,
): Row[] {
    return zones.map((zone) =>
        row(endpointGroupType, `projects/${project}/zones/${zone}/networkEndpointGroups/${name}`, {
            description,
            network: networkId,
            subnetwork: subnetworkId,
            zone,
        }),
    );
}

interface Frontend {
    readonly place: string;
    readonly suffix: string;
    readonly map: string;
}

/** Proxy and forwarding rule of each port. */
function frontendRows(plan: BalancerPlan, cluster: GkeCluster, { place, suffix, map }: Frontend): Row[] {
    const { internal, http, certificates, sslPolicy } = plan;
    const description = descriptionOf(plan.key);
    const rule = (kind: string, port: number, target: string): Row =>
        row(
            internal ? forwardingRuleType : globalForwardingRuleType,
            `${place}/forwardingRules/k8s2-${kind}-${suffix}`,
            {
                description,
                ipAddress: plan.address,
                portRange: `${port}-${port}`,
                target,
                loadBalancingScheme: internal ? "INTERNAL_MANAGED" : "EXTERNAL",
                ...(internal ? { network: cluster.networkId, subnetwork: cluster.subnetworkId } : {}),
                ...(plan.proxies === undefined ? {} : { proxySubnetwork: plan.proxies }),
            },
        );
    const rows: Row[] = [];
    if (http) {
        const proxy = row(
            internal ? regionHttpProxyType : httpProxyType,
            `${place}/targetHttpProxies/k8s2-tp-${suffix}`,
            {
                description,
                urlMap: map,
            },
        );
        rows.push(proxy, rule("fr", 80, proxy.id));
    }
    if (certificates !== undefined) {
        const proxy = row(
            internal ? regionHttpsProxyType : httpsProxyType,
            `${place}/targetHttpsProxies/k8s2-ts-${suffix}`,
            {
                description,
                urlMap: map,
                sslCertificates: [...certificates],
                ...(sslPolicy === undefined ? {} : { sslPolicy }),
            },
        );
        rows.push(proxy, rule("fs", 443, proxy.id));
    }
    return rows;
}
