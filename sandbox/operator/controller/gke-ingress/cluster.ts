/** The simulated GKE cluster, as far as its Ingress controller goes. Pure. */
import type { Row } from "../../../clouds/inventory";
import type { InventoryView } from "../../../clouds/model";
import { completed } from "../../../clouds/gcp/compute/links";
import { clusterType, subnetworkType } from "../../../clouds/gcp/compute/shared";
import { isMap, textOf } from "../../../clouds/values";

/** Where the controller makes load balancers. */
export interface GkeCluster {
    readonly id: string;
    readonly project: string;
    readonly region: string;
    readonly networkId: string;
    readonly subnetworkId: string;
    /** Zones of its nodes. */
    readonly zones: readonly string[];
}

/** Whether there is a GKE cluster: then nobody else gives Ingresses of its classes an address. */
export function hasCluster(inventory: InventoryView): boolean {
    return inventory.rows(clusterType).length > 0;
}

/** The cluster whose controller runs: it is an add-on that is on unless told otherwise. */
export function clusterOf(inventory: InventoryView): GkeCluster | undefined {
    const row = inventory.rows(clusterType).find((one) => one.state === "active" && !isOff(one));
    const [, project, location] = /^projects\/([^/]+)\/locations\/([^/]+)\/clusters\//.exec(row?.id ?? "") ?? [];
    if (row === undefined || project === undefined) {
        return undefined;
    }
    const region = location.replace(/-[a-z]$/, "");
    const all = { ...row.inputs, ...row.outputs };
    const subnetworkId = completed(all["subnetwork"], "subnetworks", { project, region });
    // A cluster may name its subnet alone; the network is that one's.
    const subnet = inventory.find(subnetworkType, ({ id }) => id === subnetworkId);
    return {
        id: row.id,
        project,
        region,
        networkId: completed(all["network"] ?? subnet?.inputs["network"], "networks", { project }),
        subnetworkId,
        zones: zonesOf(row, location, region),
    };
}

function isOff({ inputs }: Row): boolean {
    const addons = inputs["addonsConfig"];
    const balancing = isMap(addons) ? addons["httpLoadBalancing"] : undefined;
    return isMap(balancing) && balancing["disabled"] === true;
}

function zonesOf({ inputs, outputs }: Row, location: string, region: string): string[] {
    const named = outputs["nodeLocations"] ?? inputs["nodeLocations"];
    const zones = Array.isArray(named) ? named.map((zone) => textOf(zone)) : [];
    const first = location === region ? ["a", "b", "c"].map((letter) => `${region}-${letter}`) : [location];
    return zones.length > 0 ? zones : first;
}
