/** Memorystore for Redis, as of @pulumi/gcp 9.37: instances, not clusters. */
import { createHash } from "node:crypto";
import type { PropertyChange } from "../../diff";
import type { Row } from "../../inventory";
import type { ComputeContext, Problem, RefuseContext, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { withDeletionPolicy } from "../deletion-policy";
import { certificateOf, privateAddress } from "../private-services";
import {
    labelOutputs,
    labels,
    labelsTold,
    project,
    projectIdOf,
    projectOf,
    refusedLabels,
    refusedProject,
} from "../project";
import { instanceInputs } from "./instance-inputs";
import { instanceType, redisService, refusedInstance, regionOf } from "./rules";
import { defaultVersion, isDecrease } from "./versions";

const text = { type: "string" } as const;

const instance: ResourceModel = {
    token: instanceType,
    inputs: { ...instanceInputs, labels, project },
    outputs: {
        ...labelOutputs,
        alternativeLocationId: text,
        authString: { ...text, secret: true },
        authorizedNetwork: text,
        createTime: text,
        currentLocationId: text,
        effectiveReservedIpRange: text,
        host: text,
        locationId: text,
        maintenanceSchedules: { type: "array", items: { type: "any" } },
        maintenanceVersion: text,
        nodes: { type: "array", items: { type: "any" } },
        persistenceIamIdentity: text,
        port: { type: "integer" },
        project: text,
        readEndpoint: text,
        readEndpointPort: { type: "integer" },
        readReplicasMode: text,
        redisVersion: text,
        region: text,
        replicaCount: { type: "integer" },
        reservedIpRange: text,
        serverCaCerts: { type: "array", items: { type: "any" } },
    },
    // https://docs.cloud.google.com/memorystore/docs/redis/reference/rest/v1/projects.locations.instances/create
    name: {
        property: "name",
        auto: { maxLength: 40 },
        pattern: /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/,
        rule: "must be 2 to 40 lower-case letters, digits and hyphens, a letter first and no hyphen last",
    },
    replaceOn: [
        "alternativeLocationId",
        "authorizedNetwork",
        "connectMode",
        "customerManagedKey",
        "locationId",
        "name",
        "project",
        "region",
        "reservedIpRange",
        "tier",
        "transitEncryptionMode",
    ],
    adjust: adjusted,
    volatile: [
        "authString",
        "effectiveLabels",
        "maintenanceVersion",
        "nodes",
        "pulumiLabels",
        "readEndpoint",
        "replicaCount",
    ],
    unread: ["deletionProtection"],
    durationKey: ({ tier }) => (tier === "STANDARD_HA" ? "memorystore redis, high availability" : "memorystore redis"),
    validate: wrongTimes,
    refuse: (inputs, context) => {
        const refused = refusedPlace(inputs, context) ?? refusedInstance(inputs, context);
        return refused && `Error ${context.previous === undefined ? "creating" : "updating"} Instance: ${refused}`;
    },
    id: idOf,
    computed: outputsOf,
    blocksDeletion: ({ inputs }: Row) =>
        inputs["deletionProtection"] === true
            ? "cannot destroy redis instance without setting deletion_protection=false and running `terraform apply`"
            : undefined,
};

type Place = Pick<RefuseContext, "config" | "inventory">;

function idOf(inputs: PropertyMap, { config, inventory }: Place): string {
    const { projectId } = projectOf(inputs, config, inventory);
    return `projects/${projectId}/locations/${regionOf(inputs, config)}/instances/${textOf(inputs["name"])}`;
}

/** What the provider's own comparison overlooks or adds: `auto` for whatever range it is, and a lower version. */
function adjusted(changes: readonly PropertyChange[], olds: PropertyMap, news: PropertyMap): PropertyChange[] {
    const [from, to] = [olds, news].map(({ redisVersion }) => textOf(redisVersion, defaultVersion));
    const any = textOf(news["secondaryIpRange"]).toLowerCase() === "auto" && textOf(olds["secondaryIpRange"]) !== "";
    return changes
        .filter(({ path }) => path !== "secondaryIpRange" || !any)
        .map((change) =>
            change.path === "redisVersion" && isDecrease(from, to) ? { ...change, replaces: true } : change,
        );
}

/** The provider's own checks of times. */
function wrongTimes({ maintenancePolicy }: PropertyMap): Problem[] {
    const windows = isMap(maintenancePolicy) ? maintenancePolicy["weeklyMaintenanceWindows"] : [];
    const maps = Array.isArray(windows) ? windows.filter(isMap) : [];
    return maps.flatMap(({ startTime }, index) =>
        Object.entries({ hours: 23, minutes: 59 }).flatMap(([unit, most]) => {
            const value = isMap(startTime) ? startTime[unit] : undefined;
            const property = `maintenancePolicy.weeklyMaintenanceWindows[${index}].startTime.${unit}`;
            return typeof value === "number" && (value < 0 || value > most)
                ? [{ property, reason: `must be in the range (0 - ${most}) (value given: ${value}). Correct it.` }]
                : [];
        }),
    );
}

function refusedPlace(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const refused = refusedProject(
        projectIdOf(inputs, context.config),
        redisService,
        context,
        (missing) => `googleapi: Error 403: Permission 'redis.instances.create' denied on 'projects/${missing}'`,
    );
    if (refused !== undefined) {
        return refused;
    }
    const id = idOf(inputs, context);
    return context.previous === undefined && context.inventory.find(instanceType, (row) => row.id === id) !== undefined
        ? `googleapi: Error 409: Resource '${id}' already exists`
        : refusedLabels(inputs, context.config);
}

function outputsOf(inputs: PropertyMap, { id, config, inventory, previous }: ComputeContext): PropertyMap {
    const owner = projectOf(inputs, config, inventory);
    const region = regionOf(inputs, config);
    const value = (name: string, fallback: PropertyMap[string]) => inputs[name] ?? previous?.[name] ?? fallback;
    const isPair = inputs["tier"] === "STANDARD_HA";
    const zone = textOf(value("locationId", `${region}-a`));
    const other = isPair ? textOf(value("alternativeLocationId", `${region}-${zone.endsWith("a") ? "b" : "a"}`)) : "";
    const tls = inputs["transitEncryptionMode"] === "SERVER_AUTHENTICATION";
    const port = tls ? 6378 : 6379;
    const readable = inputs["readReplicasMode"] === "READ_REPLICAS_ENABLED";
    const range = inputs["connectMode"] === "PRIVATE_SERVICE_ACCESS" ? inputs["reservedIpRange"] : undefined;
    const host = textOf(
        previous?.["host"],
        privateAddress(id, range === undefined ? undefined : textOf(range), inventory),
    );
    return {
        ...labelsTold(inputs, config),
        alternativeLocationId: other,
        authString: inputs["authEnabled"] === true ? authString(id) : "",
        authorizedNetwork: inputs["authorizedNetwork"] ?? `projects/${owner.projectId}/global/networks/default`,
        createTime: "2026-01-01T00:00:00Z",
        currentLocationId: previous?.["currentLocationId"] ?? zone,
        effectiveReservedIpRange: `${host.replace(/\d+$/, "0")}/29`,
        host,
        locationId: zone,
        maintenanceSchedules: [],
        maintenanceVersion: "20260101_00_00",
        nodes: [zone, ...(isPair ? [other] : [])].map((one, index) => ({ id: `node-${index}`, zone: one })),
        persistenceIamIdentity: `serviceAccount:${owner.number}-compute@developer.gserviceaccount.com`,
        port,
        project: owner.projectId,
        readEndpoint: readable ? privateAddress(`${id}/read`, undefined, inventory) : "",
        readEndpointPort: readable ? port : 0,
        readReplicasMode: value("readReplicasMode", "READ_REPLICAS_DISABLED"),
        redisVersion: value("redisVersion", defaultVersion),
        region,
        replicaCount: value("replicaCount", isPair ? (readable ? 2 : 1) : 0),
        reservedIpRange: value("reservedIpRange", ""),
        serverCaCerts: tls ? [certificate(id)] : [],
    };
}

/** A UUID, as Memorystore makes it: https://docs.cloud.google.com/memorystore/docs/redis/about-redis-auth */
function authString(id: string): string {
    const drawn = createHash("sha256").update(`auth of ${id}`).digest("hex");
    return `${drawn.slice(0, 8)}-${drawn.slice(8, 12)}-4${drawn.slice(13, 16)}-8${drawn.slice(17, 20)}-${drawn.slice(20, 32)}`;
}

function certificate(id: string): PropertyMap {
    return {
        cert: certificateOf(id),
        createTime: "2026-01-01T00:00:00Z",
        expireTime: "2036-01-01T00:00:00Z",
        serialNumber: "0",
        sha1Fingerprint: createHash("sha1").update(id).digest("hex"),
    };
}

export const redis: readonly ResourceModel[] = [withDeletionPolicy(instance)];
