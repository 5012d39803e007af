/** What an Application Load Balancer consists of: no program here asks for these, GKE's controller makes them of an Ingress. */
import type { Row } from "../../inventory";
import type { InventoryView } from "../../model";
import { calledBy, type Holder, holderOf } from "./links";

export const backendServiceType = "gcp:compute/backendService:BackendService";
export const regionBackendServiceType = "gcp:compute/regionBackendService:RegionBackendService";
export const urlMapType = "gcp:compute/uRLMap:URLMap";
export const regionUrlMapType = "gcp:compute/regionUrlMap:RegionUrlMap";
export const httpProxyType = "gcp:compute/targetHttpProxy:TargetHttpProxy";
export const regionHttpProxyType = "gcp:compute/regionTargetHttpProxy:RegionTargetHttpProxy";
export const httpsProxyType = "gcp:compute/targetHttpsProxy:TargetHttpsProxy";
export const regionHttpsProxyType = "gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy";

/** Google's words while something uses the thing; absent when nothing does. */
export function inUse(
    title: string,
    kind: string,
    row: Row,
    holders: readonly Holder[],
    inventory: InventoryView,
): string | undefined {
    const holder = holderOf(row, holders, inventory);
    return holder === undefined
        ? undefined
        : `Error when reading or editing ${title}: googleapi: Error 400: The ${kind} resource '${row.id}' is already being used by '${calledBy(holder)}', resourceInUseByAnotherResource`;
}
