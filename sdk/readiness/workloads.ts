import type { Workload } from "./objects";

/** What keeps a Deployment from being available in its current generation; undefined when nothing does. */
export function deploymentGap(deployment: Workload): string | undefined {
    const common = unobserved(deployment);
    if (common !== undefined) {
        return common;
    }
    const desired = deployment.spec?.replicas ?? 1;
    const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = deployment.status ?? {};
    if (updatedReplicas < desired) {
        return `${updatedReplicas} of ${desired} replicas are of the current generation`;
    }
    if (availableReplicas < desired) {
        return `${availableReplicas} of ${desired} replicas available`;
    }
    if (replicas <= desired) {
        return undefined;
    }
    const old = `${replicas - desired} old ${plural(replicas - desired)} not gone yet`;
    const unavailable = replicas - availableReplicas;
    return unavailable > 0 ? `${unavailable} ${plural(unavailable)} not available yet, ${old}` : old;
}

/** The same for a StatefulSet. Replicas that its own update strategy leaves alone do not count. */
export function statefulSetGap(statefulSet: Workload): string | undefined {
    const common = unobserved(statefulSet);
    if (common !== undefined) {
        return common;
    }
    const desired = statefulSet.spec?.replicas ?? 1;
    const { type = "RollingUpdate", rollingUpdate } = statefulSet.spec?.updateStrategy ?? {};
    const toUpdate = type === "OnDelete" ? 0 : Math.max(0, desired - (rollingUpdate?.partition ?? 0));
    const {
        replicas = 0,
        updatedReplicas = 0,
        readyReplicas = 0,
        availableReplicas = readyReplicas,
    } = statefulSet.status ?? {};
    if (updatedReplicas < toUpdate) {
        return `${updatedReplicas} of ${toUpdate} replicas are of the current generation`;
    }
    if (availableReplicas < desired) {
        return `${availableReplicas} of ${desired} replicas available`;
    }
    return replicas > desired ? `${replicas - desired} ${plural(replicas - desired)} too many` : undefined;
}

function unobserved({ metadata, status }: Workload): string | undefined {
    return (status?.observedGeneration ?? 0) < (metadata?.generation ?? 0)
        ? "its current generation is not looked at yet"
        : undefined;
}

function plural(count: number): string {
    return count === 1 ? "replica" : "replicas";
}

/** Name of an object, for lines that people read. */
export function nameOf({ metadata }: Workload): string {
    return metadata?.name ?? "(no name)";
}

/** Tag of the controller's image, or its digest when it has no tag. */
export function imageVersion(deployment: Workload | undefined, container: string): string | undefined {
    const containers = deployment?.spec?.template?.spec?.containers ?? [];
    const image = (containers.find(({ name }) => name === container) ?? containers[0])?.image;
    // registry:port/name:tag@digest
    const match = image === undefined ? undefined : /^[^@]*?(?::([^:/@]+))?(?:@(.+))?$/.exec(image);
    return match?.[1] ?? match?.[2];
}
