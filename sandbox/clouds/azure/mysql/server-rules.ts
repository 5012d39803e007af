/** What the service refuses of a flexible server. */
import type { RefuseContext } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { placeOf } from "../arm";
import { armError } from "../errors";
import { lastName, sameId } from "../ids";
import { zonesOf } from "../locations";
import { refusedEncryption } from "./server-key";
import { refusedNetwork } from "./server-network";
import { refusedStart } from "./server-start";
import { invalidParameter, part, serverType, versions } from "./shared";
import { serverSku } from "./skus";

type Rule = (inputs: PropertyMap, context: RefuseContext) => string | undefined;

export const refusedServer: Rule = (inputs, context) => {
    const rules: Rule[] = [
        refusedName,
        refusedStart,
        refusedVersion,
        refusedMachine,
        refusedStorage,
        refusedAvailability,
        refusedBackups,
        refusedWindow,
        refusedNetwork,
        refusedEncryption,
    ];
    for (const rule of rules) {
        const refused = rule(inputs, context);
        if (refused !== undefined) {
            return refused;
        }
    }
    return undefined;
};

/** It is a host's first label, in all of Azure. */
function refusedName({ serverName }: PropertyMap, { inventory, previous }: RefuseContext): string | undefined {
    const taken = inventory.find(serverType, ({ id }) => sameId(lastName(id), textOf(serverName)));
    return previous === undefined && taken !== undefined
        ? armError(409, "ServerNameAlreadyExists", "Specified server name is already used.")
        : undefined;
}

/** https://learn.microsoft.com/azure/mysql/flexible-server/how-to-upgrade: one line after the other, and none back */
function refusedVersion({ version }: PropertyMap, { previous }: RefuseContext): string | undefined {
    if (version === undefined) {
        return undefined;
    }
    const to = versions.indexOf(textOf(version));
    if (to === -1) {
        return armError(
            400,
            "ParameterOutOfRange",
            `The value '${textOf(version)}' for server version is out of range. Specify one of ${versions.join(", ")}.`,
        );
    }
    const from = versions.indexOf(textOf(previous?.["version"]));
    return from !== -1 && (to < from || to > from + 1)
        ? armError(
              400,
              "ServerVersionUpgradeNotSupported",
              `Upgrading the server version from ${versions[from]} to ${versions[to]} is not supported.`,
          )
        : undefined;
}

function refusedMachine(inputs: PropertyMap): string | undefined {
    const { name, tier } = part(inputs, "sku");
    if (name === undefined) {
        return invalidParameter("sku");
    }
    return serverSku(textOf(name))?.tier === tier
        ? undefined
        : armError(
              400,
              "InvalidSku",
              `The sku '${textOf(name)}' is not available in the edition '${textOf(tier)}' in this region.`,
          );
}

function refusedStorage(inputs: PropertyMap, { previous }: RefuseContext): string | undefined {
    const { storageSizeGB, iops, autoIoScaling, storageRedundancy } = part(inputs, "storage");
    const { name, tier } = part(inputs, "sku");
    const most = tier === "MemoryOptimized" ? 32_768 : 16_384;
    const size = Number(storageSizeGB ?? 20);
    const before = Number(part(previous ?? {}, "storage")["storageSizeGB"] ?? 0);
    if (size < 20 || size > most) {
        return invalidParameter("storage.storageSizeGB");
    }
    if (size < before) {
        return armError(
            400,
            "StorageSizeShrinkNotSupported",
            `Storage cannot be scaled down from ${before} GiB to ${size} GiB.`,
        );
    }
    const copies = part(previous ?? {}, "storage")["storageRedundancy"];
    if (previous !== undefined && storageRedundancy !== undefined && storageRedundancy !== copies) {
        return armError(
            400,
            "StorageRedundancyChangeNotSupported",
            "The redundancy of the storage can only be chosen when the server is created.",
        );
    }
    const mostIops = serverSku(textOf(name))?.mostIops ?? 0;
    return iops !== undefined && autoIoScaling !== "Enabled" && (Number(iops) < 360 || Number(iops) > mostIops)
        ? invalidParameter("storage.iops")
        : undefined;
}

/** https://learn.microsoft.com/azure/mysql/flexible-server/concepts-high-availability#limitations */
function refusedAvailability(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { mode = "Disabled", ...availability } = part(inputs, "highAvailability");
    const standby = textOf(availability["standbyAvailabilityZone"]);
    const zone = textOf(inputs["availabilityZone"]);
    const zones = zonesOf(placeOf(inputs, context));
    const strange = [zone, standby].find((one) => one !== "" && !zones.includes(one));
    if (strange !== undefined) {
        return armError(
            400,
            "AvailabilityZoneNotAvailable",
            `Specified availability zone '${strange}' is not available in this region.`,
        );
    }
    if (part(inputs, "storage")["storageRedundancy"] === "ZoneRedundancy" && zones.length === 0) {
        return invalidParameter("storage.storageRedundancy");
    }
    if (mode === "Disabled") {
        return undefined;
    }
    if (part(inputs, "sku")["tier"] === "Burstable") {
        return armError(
            400,
            "HANotSupportedForBurstable",
            "High availability is not supported in the Burstable edition.",
        );
    }
    if (part(inputs, "storage")["autoGrow"] === "Disabled") {
        return armError(
            400,
            "StorageAutoGrowRequired",
            "Storage autogrow must be enabled on a server with high availability.",
        );
    }
    return mode === "ZoneRedundant" ? refusedZones(inputs, context, zones) : refusedStandby(standby, zone);
}

function refusedStandby(standby: string, zone: string): string | undefined {
    return standby !== "" && standby !== zone
        ? invalidParameter("highAvailability.standbyAvailabilityZone")
        : undefined;
}

function refusedZones(inputs: PropertyMap, { previous }: RefuseContext, zones: readonly string[]): string | undefined {
    const { standbyAvailabilityZone: standby } = part(inputs, "highAvailability");
    if (part(inputs, "storage")["storageRedundancy"] === "LocalRedundancy") {
        return armError(
            400,
            "ZoneRedundantStorageRequired",
            "Zone redundant high availability requires zone redundant storage.",
        );
    }
    if (zones.length === 0) {
        return armError(
            400,
            "ZoneRedundantHANotSupported",
            "Zone redundant high availability is not supported in this region.",
        );
    }
    if (standby !== undefined && standby === inputs["availabilityZone"]) {
        return invalidParameter("highAvailability.standbyAvailabilityZone");
    }
    const before = part(previous ?? {}, "highAvailability")["mode"];
    const later = previous !== undefined && before !== "ZoneRedundant";
    return later && part(inputs, "sku")["tier"] !== "MemoryOptimized"
        ? armError(
              400,
              "ZoneRedundantHAOnlyAtCreation",
              "Zone redundant high availability can only be enabled when the server is created.",
          )
        : undefined;
}

/** https://learn.microsoft.com/azure/mysql/flexible-server/concepts-backup-restore */
function refusedBackups(inputs: PropertyMap, { previous }: RefuseContext): string | undefined {
    const { backupRetentionDays: days = 7, geoRedundantBackup: geo = "Disabled" } = part(inputs, "backup");
    if (Number(days) < 1 || Number(days) > 35) {
        return invalidParameter("backup.backupRetentionDays");
    }
    const before = part(previous ?? {}, "backup")["geoRedundantBackup"] ?? "Disabled";
    const zoned = part(previous ?? {}, "highAvailability")["mode"] === "ZoneRedundant";
    return previous !== undefined && zoned && geo !== before
        ? armError(
              400,
              "GeoBackupOnlyAtCreation",
              "Geo redundant backup of a zone redundant server can only be configured when the server is created.",
          )
        : undefined;
}

function refusedWindow(inputs: PropertyMap): string | undefined {
    const { dayOfWeek = 0, startHour = 0, startMinute = 0 } = part(inputs, "maintenanceWindow");
    const limits = [
        [dayOfWeek, 6, "dayOfWeek"],
        [startHour, 23, "startHour"],
        [startMinute, 59, "startMinute"],
    ] as const;
    const wrong = limits.find(([value, most]) => Number(value) < 0 || Number(value) > most);
    return wrong && invalidParameter(`maintenanceWindow.${wrong[2]}`);
}
