/** Instances of Cloud SQL for MySQL, as of @pulumi/gcp 9.37: primaries, made from nothing, from a backup or as a clone. */
import { createHash } from "node:crypto";
import type { PropertyChange } from "../../diff";
import type { Row } from "../../inventory";
import type { ComputeContext, InventoryView, RefuseContext, ResourceModel } from "../../model";
import { isMap, sameValue, textOf, type PropertyMap, type PropertyValue } from "../../values";
import { withDeletionPolicy } from "../deletion-policy";
import { certificateOf, privateAddress } from "../private-services";
import { project, projectOf } from "../project";
import { contentsIn, databaseRow, userRow } from "./contents";
import { instanceInputs } from "./instance-inputs";
import { refusedName, refusedSettings, wrongInstance } from "./rules";
import {
    backupRunType,
    databaseType,
    finalBackupType,
    instanceNamed,
    instanceType,
    invalid,
    part,
    refusedPlace,
    regionOf,
    settingsOf,
    takenNameType,
} from "./shared";
import { cameByItself } from "./versions";

const text = { type: "string" } as const;

const instance: ResourceModel = {
    token: instanceType,
    inputs: { ...instanceInputs, project },
    outputs: {
        availableMaintenanceVersions: { type: "array" },
        connectionName: text,
        dnsName: text,
        firstIpAddress: text,
        instanceType: text,
        ipAddresses: { type: "array", items: { type: "any" } },
        maintenanceVersion: text,
        privateIpAddress: text,
        project: text,
        pscServiceAttachmentLink: text,
        publicIpAddress: text,
        region: text,
        replicaNames: { type: "array" },
        selfLink: text,
        serverCaCerts: { type: "array", items: { type: "any" }, secret: true },
        serviceAccountEmailAddress: text,
    },
    // https://docs.cloud.google.com/sql/docs/mysql/instance-settings#instance-id-2ndgen
    name: {
        property: "name",
        auto: { maxLength: 97 },
        pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
        rule: "must be lower-case letters, digits and hyphens, a letter first and no hyphen last",
    },
    replaceOn: ["encryptionKeyName", "name", "project", "region", "settings.collation", "settings.diskType"],
    adjust: adjusted,
    volatile: ["availableMaintenanceVersions", "maintenanceVersion"],
    unread: ["clone", "deletionProtection", "finalBackupDescription", "restoreBackupContext", "rootPassword"],
    durationKey: (inputs) =>
        settingsOf(inputs)["availabilityType"] === "REGIONAL" ? "cloud sql mysql, regional" : "cloud sql, zonal",
    validate: wrongInstance,
    refuse: (inputs, context) => {
        const isNew = context.previous === undefined;
        const refused =
            refusedPlace(inputs, context) ??
            (isNew ? (refusedName(inputs, context) ?? refusedStart(inputs, context)) : undefined) ??
            refusedSettings(inputs, context);
        const what = isNew ? "failed to create instance" : "failed to update instance settings for";
        return refused && `Error, ${what} ${textOf(inputs["name"])}: ${refused}`;
    },
    id: ({ name }) => textOf(name),
    computed: outputsOf,
    brings: contentsOfStart,
    blocksDeletion: keptByProtection,
    takesAlong: contentsIn,
    leavesBehind: leftovers,
};

/**
 * What the provider's own comparison overlooks or adds (google/services/sql/resource_sql_database_instance.go): an order of flags, a minor version that came by itself, a
 * disk that would shrink, and a network that cannot be left.
 */
function adjusted(changes: readonly PropertyChange[], olds: PropertyMap, news: PropertyMap): PropertyChange[] {
    const [before, now] = [settingsOf(olds), settingsOf(news)];
    const versions = [olds, news].map(({ databaseVersion }) => textOf(databaseVersion));
    const shrinks = Number(now["diskSize"]) < Number(before["diskSize"]);
    const leaves = part(now, "ipConfiguration")["privateNetwork"] === undefined;
    return changes
        .filter(({ path }) => !path.startsWith("settings.databaseFlags[") || !sameFlags(before, now))
        .filter(({ path }) => path !== "databaseVersion" || !cameByItself(versions[0], versions[1]))
        .map((change) => {
            const replaces =
                (change.path === "settings.diskSize" && shrinks) ||
                (change.path === "settings.ipConfiguration.privateNetwork" && leaves);
            return replaces ? { ...change, replaces } : change;
        });
}

function sameFlags(before: PropertyMap, now: PropertyMap): boolean {
    const sorted = ({ databaseFlags: flags }: PropertyMap): PropertyValue =>
        Array.isArray(flags) ? [...flags].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)) : [];
    return sameValue(sorted(before), sorted(now));
}

function nameOf(flag: PropertyValue): string {
    return isMap(flag) ? textOf(flag["name"]) : "";
}

/** https://docs.cloud.google.com/sql/docs/mysql/clone-instance, .../backup-recovery/restoring */
function refusedStart(inputs: PropertyMap, { config, inventory }: RefuseContext): string | undefined {
    const { clone, restoreBackupContext: restore } = inputs;
    const own = projectOf(inputs, config, inventory).projectId;
    if (isMap(clone)) {
        const source = instanceNamed(
            textOf(clone["sourceInstanceName"]),
            textOf(clone["sourceProject"], own),
            inventory,
        );
        if (source === undefined) {
            return "googleapi: Error 404: The Cloud SQL instance does not exist., instanceDoesNotExist";
        }
        return clone["pointInTime"] === undefined || hasLog(source)
            ? undefined
            : invalid("Point in time recovery needs binary logging on the source instance");
    }
    return isMap(restore) && backupOf(restore, inputs, own, inventory) === undefined
        ? "googleapi: Error 404: The backup run does not exist., backupRunDoesNotExist"
        : undefined;
}

function hasLog({ inputs }: Row): boolean {
    return part(settingsOf(inputs), "backupConfiguration")["binaryLogEnabled"] === true;
}

function backupOf(restore: PropertyMap, inputs: PropertyMap, own: string, inventory: InventoryView): Row | undefined {
    const from = textOf(restore["instanceId"] ?? inputs["name"]);
    const id = `${textOf(restore["project"], own)}/${from}/${textOf(restore["backupRunId"])}`;
    return inventory.find(backupRunType, (row) => row.id === id);
}

/** Databases and users that come with what the instance begins with. */
function contentsOfStart({ inputs, outputs }: Row, inventory: InventoryView): Row[] {
    const own = textOf(outputs["project"]);
    const name = textOf(inputs["name"]);
    const names = (found: Row | undefined, property: "databases" | "users"): string[] => {
        const list = found?.outputs[property];
        return Array.isArray(list) ? list.map((one) => textOf(one)) : [];
    };
    const { clone, restoreBackupContext: restore } = inputs;
    if (isMap(restore)) {
        const backup = backupOf(restore, inputs, own, inventory);
        return [
            ...names(backup, "databases").map((one) => databaseRow(own, name, one)),
            ...names(backup, "users").map((one) => userRow(own, name, one)),
        ];
    }
    const source = isMap(clone)
        ? instanceNamed(textOf(clone["sourceInstanceName"]), textOf(clone["sourceProject"], own), inventory)
        : undefined;
    return (source === undefined ? [] : contentsIn(source, inventory)).map((row) =>
        (row.type === databaseType ? databaseRow : userRow)(own, name, textOf(row.inputs["name"])),
    );
}

function outputsOf(inputs: PropertyMap, { id, config, inventory, previous }: ComputeContext): PropertyMap {
    const owner = projectOf(inputs, config, inventory);
    const region = regionOf(inputs, config);
    const { privateNetwork, allocatedIpRange, ipv4Enabled } = part(settingsOf(inputs), "ipConfiguration");
    const range = allocatedIpRange === undefined ? undefined : textOf(allocatedIpRange);
    const inside = privateNetwork === undefined ? "" : privateAddress(`${owner.projectId}/${id}`, range, inventory);
    const outside = ipv4Enabled === false ? "" : "203.0.113.10";
    const addresses = [
        ...(outside === "" ? [] : [{ ipAddress: outside, timeToRetire: "", type: "PRIMARY" }]),
        ...(inside === "" ? [] : [{ ipAddress: inside, timeToRetire: "", type: "PRIVATE" }]),
    ];
    const hash = createHash("sha256").update(`${owner.projectId}/${id}`).digest("hex");
    return {
        availableMaintenanceVersions: [],
        connectionName: `${owner.projectId}:${region}:${id}`,
        dnsName: "",
        firstIpAddress: addresses[0]?.ipAddress ?? "",
        instanceType: "CLOUD_SQL_INSTANCE",
        ipAddresses: addresses,
        maintenanceVersion: `${textOf(inputs["databaseVersion"])}.R20260101.00_00`,
        privateIpAddress: previous?.["privateIpAddress"] ?? inside,
        project: owner.projectId,
        pscServiceAttachmentLink: "",
        publicIpAddress: outside,
        region,
        replicaNames: [],
        selfLink: `https://sqladmin.googleapis.com/sql/v1beta4/projects/${owner.projectId}/instances/${id}`,
        serverCaCerts: [
            {
                cert: certificateOf(`${owner.projectId}/${id}`),
                commonName: "C=US,O=Google\\, Inc,CN=Google Cloud SQL Server CA",
                createTime: "2026-01-01T00:00:00Z",
                expirationTime: "2036-01-01T00:00:00Z",
                sha1Fingerprint: hash.slice(0, 40),
            },
        ],
        serviceAccountEmailAddress: `p${owner.number}-${hash.slice(0, 6)}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
    };
}

/** The provider's own flag first, then Google's: https://docs.cloud.google.com/sql/docs/mysql/deletion-protection */
function keptByProtection({ id, inputs }: Row): string | undefined {
    if (inputs["deletionProtection"] === true) {
        return "Error, failed to delete instance because deletion_protection is set to true. Set it to false to proceed with instance deletion";
    }
    return settingsOf(inputs)["deletionProtectionEnabled"] === true
        ? `Error, failed to delete instance ${id}: ${invalid("The instance is protected. Please disable the deletion protection and try again. To disable deletion protection, update the instance settings with deletionProtectionEnabled set to false")}`
        : undefined;
}

/** https://docs.cloud.google.com/sql/docs/mysql/delete-instance */
function leftovers(row: Row, inventory: InventoryView): Row[] {
    const own = textOf(row.outputs["project"]);
    const id = `${own}/${row.id}`;
    const left: Row[] = [{ type: takenNameType, id, state: "active", inputs: {}, outputs: { project: own } }];
    const last = part(settingsOf(row.inputs), "finalBackupConfig");
    if (last["enabled"] === true) {
        const databases = contentsIn(row, inventory).filter(({ type }) => type === databaseType);
        const outputs = {
            databases: databases.map(({ inputs }) => textOf(inputs["name"])),
            kmsKey: textOf(row.inputs["encryptionKeyName"]),
            retentionDays: Number(last["retentionDays"] ?? 30),
        };
        left.push({ type: finalBackupType, id, state: "active", inputs: {}, outputs });
    }
    return left;
}

export const instances: readonly ResourceModel[] = [withDeletionPolicy(instance)];
