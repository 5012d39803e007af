import { Service } from "@pulumi/gcp/projects";
import type * as pulumi from "@pulumi/pulumi";
import type { GcpScope } from "./scope";

/** APIs of Google Cloud that parts of a deployment call, by the first part of their domain. */
export type GcpApi =
    | "bigtableadmin"
    | "certificatemanager"
    | "cloudkms"
    | "cloudresourcemanager"
    | "compute"
    | "container"
    | "dns"
    | "iam"
    | "iamcredentials"
    | "logging"
    | "monitoring"
    | "pubsub"
    | "redis"
    | "secretmanager"
    | "servicedirectory"
    | "servicenetworking"
    | "sqladmin"
    | "storage";

/** Turns on the APIs that somebody asks for, each once. */
export interface Apis {
    /** What must be there before these APIs are called: nothing when the caller has turned them on already. */
    readonly need: (...apis: readonly GcpApi[]) => pulumi.Resource[];
}

/**
 * They stay on at destroy, since others may use them, and are not turned off when a part no longer needs them.
 *
 * @param enable false: they are on already, and whoever runs Pulumi need not be allowed to turn them on
 */
export function createApis({ name, project, parent }: GcpScope, enable: boolean): Apis {
    const made = new Map<GcpApi, Service>();
    const service = (api: GcpApi): Service => {
        const known = made.get(api);
        if (known !== undefined) {
            return known;
        }
        const created = new Service(
            `${name}-${api}-api`,
            { project, service: `${api}.googleapis.com`, disableOnDestroy: false },
            { parent },
        );
        made.set(api, created);
        return created;
    };
    return { need: (...apis) => (enable ? apis.map(service) : []) };
}
