/** What the provider and the API say of an instance that they do not take. */
import type { Problem, RefuseContext } from "../../model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../../values";
import { networkType } from "../compute/shared";
import { agentOf } from "../iam-service-identity";
import { bucketLocation, kmsLocations } from "../locations";
import { networkId, serviceRanges, zoneElsewhere } from "../private-services";
import { findProject, projectOf, refusedLabels } from "../project";
import { keyProblem } from "../store-keys";
import { refusedFlag } from "./flags";
import { instanceNamed, invalid, part, regionOf, settingsOf, sqlService, takenNameType } from "./shared";
import { tierOf } from "./tiers";
import { isOfEnterprisePlus, isVersion, refusedUpgrade } from "./versions";

/** What the provider checks by itself (google/services/sql/resource_sql_database_instance.go). */
export function wrongInstance(inputs: PropertyMap): Problem[] {
    const settings = settingsOf(inputs);
    const problems: Problem[] = [];
    const range = (path: string, value: PropertyValue | undefined, least: number, most: number) => {
        if (typeof value === "number" && (value < least || value > most)) {
            const reason = `must be in the range (${least} - ${most}) (value given: ${value}). Correct it.`;
            problems.push({ property: `settings.${path}`, reason });
        }
    };
    const window = part(settings, "maintenanceWindow");
    range("maintenanceWindow.day", window["day"], 1, 7);
    range("maintenanceWindow.hour", window["hour"], 0, 23);
    const insights = part(settings, "insightsConfig");
    range("insightsConfig.queryStringLength", insights["queryStringLength"], 1, 1_048_576);
    const network = part(settings, "ipConfiguration")["privateNetwork"];
    if (
        typeof network === "string" &&
        !/(^|^https?:\/\/.+\/)projects\/[^/]+\/global\/networks\/[a-z][-a-z0-9]*$/.test(network)
    ) {
        const reason = `must be the id of a network, projects/PROJECT/global/networks/NAME (value given: ${network}). Correct it.`;
        problems.push({ property: "settings.ipConfiguration.privateNetwork", reason });
    }
    if (part(settings, "backupConfiguration")["pointInTimeRecoveryEnabled"] === true) {
        const reason = "is for other engines than MySQL. Use binaryLogEnabled.";
        problems.push({ property: "settings.backupConfiguration.pointInTimeRecoveryEnabled", reason });
    }
    const place = settings["locationPreference"];
    if (isMap(place) && place["zone"] === undefined) {
        problems.push({ property: "settings.locationPreference.zone", reason: "is required there. Give it." });
    }
    return problems;
}

/** What the API refuses. */
export function refusedSettings(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const rules = [
        refusedVersion,
        refusedMachine,
        refusedDisk,
        refusedAvailability,
        refusedBackups,
        refusedNetwork,
        refusedFlags,
        refusedKey,
        refusedUserLabels,
    ];
    for (const rule of rules) {
        const refused = rule(inputs, context);
        if (refused !== undefined) {
            return refused;
        }
    }
    return undefined;
}

const longestName = 98;

/** The name and place of a new one. */
export function refusedName(inputs: PropertyMap, { config, inventory }: RefuseContext): string | undefined {
    const { projectId } = projectOf(inputs, config, inventory);
    const name = textOf(inputs["name"]);
    if (`${projectId}:${name}`.length > longestName) {
        return invalid(
            `The combined length of the project ID and the instance ID must not exceed ${longestName} characters`,
        );
    }
    const taken =
        instanceNamed(name, projectId, inventory) ??
        inventory.find(takenNameType, ({ id }) => id === `${projectId}/${name}`);
    if (taken !== undefined) {
        return "googleapi: Error 409: The Cloud SQL instance already exists. When you delete an instance, you can't reuse the name of the deleted instance until one week from the deletion date., instanceAlreadyExists";
    }
    const region = regionOf(inputs, config);
    return bucketLocation(region) === "region" ? undefined : invalid(`Invalid value for region: ${region}`);
}

function refusedVersion(inputs: PropertyMap, { previous }: RefuseContext): string | undefined {
    const version = textOf(inputs["databaseVersion"]);
    if (!isVersion(version)) {
        return invalid(`Invalid value for database version: ${version}`);
    }
    const wrong = refusedUpgrade(textOf(previous?.["databaseVersion"]), version);
    return wrong && invalid(wrong);
}

/** https://docs.cloud.google.com/sql/docs/mysql/editions-intro; 8.4 is of Enterprise Plus unless something is said */
function editionOf(inputs: PropertyMap): string {
    const fallback = inputs["databaseVersion"] === "MYSQL_8_4" ? "ENTERPRISE_PLUS" : "ENTERPRISE";
    return textOf(settingsOf(inputs)["edition"], fallback);
}

function refusedMachine(inputs: PropertyMap): string | undefined {
    const settings = settingsOf(inputs);
    const name = textOf(settings["tier"]);
    const edition = editionOf(inputs);
    const tier = tierOf(name);
    if (tier?.edition !== edition) {
        return invalid(
            `Invalid Tier (${name}) for (${edition}) Edition. Use a predefined Tier like db-custom-2-13312 or db-perf-optimized-N-2 instead. Learn more at https://cloud.google.com/sql/docs/mysql/create-instance#machine-types`,
        );
    }
    if (edition !== "ENTERPRISE_PLUS" && part(settings, "dataCacheConfig")["dataCacheEnabled"] === true) {
        return invalid("Data cache is only supported for ENTERPRISE_PLUS edition");
    }
    return edition === "ENTERPRISE_PLUS" && !isOfEnterprisePlus(textOf(inputs["databaseVersion"]))
        ? invalid(`${textOf(inputs["databaseVersion"])} is not supported for ENTERPRISE_PLUS edition`)
        : undefined;
}

/** https://docs.cloud.google.com/sql/docs/mysql/instance-settings#storage-capacity-2ndgen */
function refusedDisk(inputs: PropertyMap, { previous }: RefuseContext): string | undefined {
    const settings = settingsOf(inputs);
    const tier = tierOf(textOf(settings["tier"]));
    if (tier === undefined) {
        return undefined;
    }
    const type = textOf(settings["diskType"], tier.diskTypes[0]);
    if (!tier.diskTypes.includes(type)) {
        return invalid(`Disk type ${type} is not supported for tier ${textOf(settings["tier"])}`);
    }
    const least = type === "HYPERDISK_BALANCED" ? 20 : 10;
    const size = Number(settings["diskSize"] ?? least);
    if (size < least || size > tier.mostDisk) {
        return invalid(`The disk size must be between ${least} and ${tier.mostDisk} GB (${size})`);
    }
    const limit = Number(settings["diskAutoresizeLimit"] ?? 0);
    if (limit !== 0 && limit < size) {
        return invalid(`Storage auto resize limit ${limit} must not be less than the disk size ${size}`);
    }
    const before = Number(settingsOf(previous ?? {})["diskSize"] ?? 0);
    return size < before ? invalid("Storage size cannot be decreased") : undefined;
}

/** https://docs.cloud.google.com/sql/docs/mysql/high-availability: both backups and the binary log must be on */
function refusedAvailability(inputs: PropertyMap, { config }: RefuseContext): string | undefined {
    const settings = settingsOf(inputs);
    const backup = part(settings, "backupConfiguration");
    const logged = backup["enabled"] === true && backup["binaryLogEnabled"] === true;
    if (settings["availabilityType"] === "REGIONAL" && !logged) {
        return invalid("Binary log must be enabled when using regional availability type");
    }
    const { zone, secondaryZone } = part(settings, "locationPreference");
    const region = regionOf(inputs, config);
    const strange = zoneElsewhere([zone, secondaryZone], region);
    if (strange !== undefined) {
        return invalid(`Invalid value for zone: ${strange}`);
    }
    return zone !== undefined && zone === secondaryZone
        ? invalid("The secondary zone must be different from the zone of the primary")
        : undefined;
}

/** https://docs.cloud.google.com/sql/docs/mysql/backup-recovery/backups */
function refusedBackups(inputs: PropertyMap): string | undefined {
    const settings = settingsOf(inputs);
    const backup = part(settings, "backupConfiguration");
    const kept = Number(part(backup, "backupRetentionSettings")["retainedBackups"] ?? 7);
    const plus = editionOf(inputs) === "ENTERPRISE_PLUS";
    const days = Number(backup["transactionLogRetentionDays"] ?? 1);
    const start = backup["startTime"];
    const location = backup["location"];
    const last = Number(part(settings, "finalBackupConfig")["retentionDays"] ?? 30);
    if (backup["binaryLogEnabled"] === true && backup["enabled"] !== true) {
        return invalid("Binary log cannot be enabled when backups are disabled");
    }
    if (kept < 1 || kept > 365) {
        return invalid(`Retained backups must be between 1 and 365 (${kept})`);
    }
    if (days < 1 || days > (plus ? 35 : 7)) {
        return invalid(`Transaction log retention days must be between 1 and ${plus ? 35 : 7} (${days})`);
    }
    if (days > kept) {
        return invalid(
            `The value of transaction log retention days (${days}) must be less than or equal to the number of retained backups (${kept})`,
        );
    }
    if (typeof start === "string" && !/^([01]\d|2[0-3]):[0-5]\d$/.test(start)) {
        return invalid(`Invalid backup start time: ${start}`);
    }
    if (typeof location === "string" && !["eu", ...kmsLocations].includes(location)) {
        return invalid(`Invalid backup location: ${location}`);
    }
    return last < 1 || last > 365
        ? invalid(`Final backup retention days must be between 1 and 365 (${last})`)
        : undefined;
}

/** sqlDatabaseInstanceServiceNetworkPrecheck of the provider, then https://docs.cloud.google.com/sql/docs/mysql/configure-private-ip */
function refusedNetwork(inputs: PropertyMap, { config, inventory, previous }: RefuseContext): string | undefined {
    const { ipv4Enabled, privateNetwork, allocatedIpRange } = part(settingsOf(inputs), "ipConfiguration");
    if (privateNetwork === undefined) {
        return ipv4Enabled === false
            ? invalid("At least one of Public IP or Private IP or PSC connectivity must be enabled")
            : undefined;
    }
    if (previous !== undefined) {
        return undefined;
    }
    const owner = projectOf(inputs, config, inventory);
    const network = networkId(privateNetwork, owner);
    const ranges = serviceRanges(network, inventory);
    if (ranges === undefined) {
        return "the network doesn't have at least 1 private services connection. Please see https://cloud.google.com/sql/docs/mysql/private-ip#network_requirements for how to create this connection.";
    }
    const host = findProject(network.split("/")[1], config, inventory);
    if (host !== undefined && inventory.find(networkType, ({ id }) => id === network) === undefined) {
        return invalid(`Network ${network} was not found`);
    }
    return allocatedIpRange !== undefined && !ranges.includes(textOf(allocatedIpRange))
        ? invalid(
              `The allocated IP range ${textOf(allocatedIpRange)} is not part of the private connection of the network`,
          )
        : undefined;
}

function flagsOf(inputs: PropertyMap): ReadonlyMap<string, string> {
    const flags = settingsOf(inputs)["databaseFlags"];
    const maps = Array.isArray(flags) ? flags.filter(isMap) : [];
    return new Map(maps.map(({ name, value }) => [textOf(name), textOf(value)]));
}

function refusedFlags(inputs: PropertyMap, { previous }: RefuseContext): string | undefined {
    const version = textOf(inputs["databaseVersion"]);
    const flags = flagsOf(inputs);
    for (const [name, value] of flags) {
        const refused = refusedFlag(name, value, version);
        if (refused !== undefined) {
            return refused;
        }
    }
    // It can be said at creation only.
    const fixed = "lower_case_table_names";
    return previous !== undefined && (flagsOf(previous).get(fixed) ?? "0") !== (flags.get(fixed) ?? "0")
        ? invalid(`The flag ${fixed} cannot be changed after the instance is created`)
        : undefined;
}

/** https://docs.cloud.google.com/sql/docs/mysql/configure-cmek */
function refusedKey(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const key = inputs["encryptionKeyName"];
    if (key === undefined || context.previous !== undefined) {
        return undefined;
    }
    const agent = textOf(agentOf(sqlService, projectOf(inputs, context.config, context.inventory)));
    switch (keyProblem(textOf(key), regionOf(inputs, context.config), agent, context)) {
        case undefined:
            return undefined;
        case "malformed":
            return invalid(`Invalid KMS key name: ${textOf(key)}`);
        case "elsewhere":
            return invalid("The KMS key must be in the same region as the instance");
        case "disabled":
            return invalid(`The primary version of KMS key ${textOf(key)} is not enabled`);
        default:
            return `googleapi: Error 403: The Cloud SQL service account ${agent} does not exist or lacks the role Cloud KMS CryptoKey Encrypter/Decrypter on the key ${textOf(key)}., kmsKeyAccessDenied`;
    }
}

function refusedUserLabels(inputs: PropertyMap): string | undefined {
    return refusedLabels({ labels: settingsOf(inputs)["userLabels"] ?? {} }, { addPulumiAttributionLabel: false });
}
