import type { Policies } from "@pulumi/policy";
import type { View } from "pulumi-wandb/checks";
import type { Resource } from "../../resource";
import { resourcePolicy } from "../../rule";
import { isOff, isOn, state, texts } from "../settings";

const DatabaseType = "gcp:sql/databaseInstance:DatabaseInstance";

/** Settings of an instance; a clone without any has those of its source. */
const settingsOf = ({ properties }: Resource): View => properties.at("settings");

const hasSettings = (resource: Resource): boolean => settingsOf(resource).isMap;

/** What is backed up, protected and encrypted is the instance that it copies. */
const isReplica = ({ properties }: Resource): boolean => properties.at("masterInstanceName").filled;

const publicDatabase = resourcePolicy(
    {
        name: "wandb-gcp-database-public",
        description:
            "The database of W&B is asked from the cluster only. With a public address it is one authorized network away from the whole internet.",
        level: "mandatory",
        severity: "critical",
        remedy: "Set settings.ipConfiguration.ipv4Enabled to false and name a privateNetwork.",
        documentation: "https://docs.cloud.google.com/sql/docs/mysql/private-ip",
    },
    [DatabaseType],
    function* (resource) {
        const addresses = settingsOf(resource).at("ipConfiguration");
        const flag = addresses.at("ipv4Enabled");
        // Its default is true.
        if (hasSettings(resource) && (flag.absent || isOn(flag))) {
            const ranges = addresses.at("authorizedNetworks").items.flatMap((network) => texts(network.at("value")));
            const admitted = ranges.length === 0 ? "" : `, and lets in ${ranges.join(", ")}`;
            yield {
                resource,
                path: flag.path,
                message: `${flag.absent ? "is not set, which Google takes for true" : "is true"}, so the database has an address in the internet${admitted}`,
                remedy: "Set it to false, and privateNetwork to the network of the cluster.",
            };
        }
    },
);

const withoutTls = resourcePolicy(
    {
        name: "wandb-gcp-database-without-tls",
        description:
            "Cloud SQL takes connections without TLS unless told otherwise. Whoever does not ask for TLS sends password and data in clear.",
        level: "advisory",
        severity: "high",
        remedy: "Set settings.ipConfiguration.sslMode to ENCRYPTED_ONLY.",
        documentation: "https://docs.cloud.google.com/sql/docs/mysql/configure-ssl-instance",
    },
    [DatabaseType],
    function* (resource) {
        const addresses = settingsOf(resource).at("ipConfiguration");
        const mode = addresses.at("sslMode");
        // Versions 7 and older of the provider have requireSsl.
        const plain = mode.absent ? isOff(addresses.at("requireSsl")) : mode.text === "ALLOW_UNENCRYPTED_AND_ENCRYPTED";
        if (hasSettings(resource) && plain) {
            yield {
                resource,
                path: mode.path,
                message: `${state(mode)}, so the database takes connections without TLS`,
                remedy: "Set it to ENCRYPTED_ONLY.",
            };
        }
    },
);

const unprotected = resourcePolicy(
    {
        name: "wandb-gcp-database-unprotected",
        description:
            "An instance without deletion protection goes with one wrong command, and its automatic backups with it. The provider's own deletionProtection stops Pulumi only.",
        level: "advisory",
        severity: "high",
        remedy: "Set settings.deletionProtectionEnabled to true.",
        documentation: "https://docs.cloud.google.com/sql/docs/mysql/deletion-protection",
    },
    [DatabaseType],
    function* (resource) {
        const flag = settingsOf(resource).at("deletionProtectionEnabled");
        if (hasSettings(resource) && !isReplica(resource) && isOff(flag)) {
            yield {
                resource,
                path: flag.path,
                message: `${state(flag)}, so the database can be deleted at once`,
                remedy: "Set it to true; to delete the database turn it off first.",
            };
        }
    },
);

const LeastBackups = 7;

const backups = resourcePolicy(
    {
        name: "wandb-gcp-database-backups",
        description:
            "Cloud SQL makes backups only when told so. With fewer than seven a mistake of last week cannot be taken back.",
        level: "advisory",
        severity: "high",
        remedy: "Set settings.backupConfiguration.enabled to true, and retainedBackups to 7 or more.",
        documentation: "https://docs.cloud.google.com/sql/docs/mysql/backup-recovery/backups",
    },
    [DatabaseType],
    function* (resource) {
        const configuration = settingsOf(resource).at("backupConfiguration");
        const enabled = configuration.at("enabled");
        const kept = configuration.at("backupRetentionSettings", "retainedBackups");
        if (!hasSettings(resource) || isReplica(resource)) {
            return;
        }
        if (isOff(enabled)) {
            yield {
                resource,
                path: enabled.path,
                message: `${state(enabled)}, so there are no backups`,
                remedy: "Set it to true.",
            };
        } else if (Number(kept.scalar) < LeastBackups) {
            yield {
                resource,
                path: kept.path,
                message: `is ${kept.scalar}, so no more than ${kept.scalar} backups are kept`,
                remedy: `Set it to ${LeastBackups} or more.`,
            };
        }
    },
);

const recovery = resourcePolicy(
    {
        name: "wandb-gcp-database-recovery",
        description:
            "Without its log a database comes back as it was at the last backup only. With it each moment of the last days can be restored.",
        level: "advisory",
        severity: "medium",
        remedy: "Set settings.backupConfiguration.binaryLogEnabled to true for MySQL, else pointInTimeRecoveryEnabled.",
        documentation: "https://docs.cloud.google.com/sql/docs/mysql/backup-recovery/pitr",
    },
    [DatabaseType],
    function* (resource) {
        const version = resource.properties.at("databaseVersion").text;
        const key = version?.startsWith("MYSQL") === true ? "binaryLogEnabled" : "pointInTimeRecoveryEnabled";
        const flag = settingsOf(resource).at("backupConfiguration", key);
        // For others Enterprise Plus has it on by itself.
        const unsaid = key === "pointInTimeRecoveryEnabled" && flag.absent;
        if (version !== undefined && hasSettings(resource) && !isReplica(resource) && !unsaid && isOff(flag)) {
            yield {
                resource,
                path: flag.path,
                message: `${state(flag)}, so what was written after the last backup cannot be restored`,
                remedy: "Set it to true.",
            };
        }
    },
);

const failover = resourcePolicy(
    {
        name: "wandb-gcp-database-failover",
        description:
            "An instance in one zone is down while the zone is. A regional one has a standby in another zone and moves there by itself.",
        level: "advisory",
        severity: "medium",
        remedy: "Set settings.availabilityType to REGIONAL.",
        documentation: "https://docs.cloud.google.com/sql/docs/mysql/high-availability",
    },
    [DatabaseType],
    function* (resource) {
        const kind = settingsOf(resource).at("availabilityType");
        if (hasSettings(resource) && !isReplica(resource) && (kind.absent || kind.text === "ZONAL")) {
            yield {
                resource,
                path: kind.path,
                message: `${state(kind)}, so the database is down while its zone is`,
                remedy: "Set it to REGIONAL.",
            };
        }
    },
);

const databaseKey = resourcePolicy(
    {
        name: "wandb-gcp-database-key",
        description:
            "Cloud SQL encrypts by Google's keys unless told otherwise, and can never change that later. With a key of yours you see who uses it, and can stop it.",
        level: "advisory",
        severity: "low",
        remedy: "Set encryptionKeyName when the instance is made.",
        documentation: "https://docs.cloud.google.com/sql/docs/mysql/cmek",
    },
    [DatabaseType],
    function* (resource) {
        const key = resource.properties.at("encryptionKeyName");
        // A clone has the key of its source.
        if (key.empty && !isReplica(resource) && resource.properties.at("clone").empty) {
            yield {
                resource,
                path: key.path,
                message: "is not set, so Google encrypts disk and backups by a key of its own",
                remedy: "Set it to the id of a key. A database that is there already is replaced: restore a backup of it.",
            };
        }
    },
);

/** Policies about Cloud SQL. */
export const databasePolicies: Policies = [
    publicDatabase,
    withoutTls,
    unprotected,
    backups,
    recovery,
    failover,
    databaseKey,
];
