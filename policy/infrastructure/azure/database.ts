import type { Policies } from "@pulumi/policy";
import type { View } from "pulumi-wandb/checks";
import { state } from "../settings";
import { settingPolicy } from "./setting";

const ServerType = "azure-native:dbformysql:Server";
const LeastDays = 7;

/** What is backed up and fails over is the server that it copies. */
const isReplica = (server: View): boolean =>
    server.at("createMode").text === "Replica" || server.at("replicationRole").text === "Replica";

const publicDatabase = settingPolicy(
    {
        name: "wandb-azure-database-public",
        description:
            "The database of W&B is asked from the cluster only. With public access it is one firewall rule away from the whole internet.",
        level: "mandatory",
        severity: "critical",
        remedy: "Name a delegated subnet, or set network.publicNetworkAccess to Disabled and make a private endpoint.",
        documentation: "https://learn.microsoft.com/azure/mysql/flexible-server/concepts-networking-vnet",
        fix: "Name delegatedSubnetResourceId, or set it to Disabled and make a private endpoint.",
    },
    [ServerType],
    (server) => {
        const access = server.find("network.publicNetworkAccess");
        // A server in a subnet has no public access; one without has it unless told otherwise.
        const outside = server.find("network.delegatedSubnetResourceId").empty;
        const open = access.absent || access.text === "Enabled";
        return [
            outside && open && { place: access, message: `${state(access)}, so the database answers in the internet` },
        ];
    },
);

const withoutTls = settingPolicy(
    {
        name: "wandb-azure-database-without-tls",
        description:
            "MySQL on Azure demands TLS unless told otherwise. With require_secure_transport off a client that does not ask for TLS sends password and data in clear.",
        level: "advisory",
        severity: "high",
        remedy: "Leave require_secure_transport ON.",
        documentation: "https://learn.microsoft.com/azure/mysql/flexible-server/how-to-connect-tls-ssl",
        fix: "Set it to ON.",
    },
    ["azure-native:dbformysql:Configuration"],
    (configuration) => {
        const value = configuration.at("value");
        const meant = configuration.at("configurationName").text?.toLowerCase() === "require_secure_transport";
        return [
            meant &&
                /^(?:off|0)$/i.test(value.scalar ?? "") && {
                    place: value,
                    message: `${state(value)}, so the database takes connections without TLS`,
                },
        ];
    },
);

const backups = settingPolicy(
    {
        name: "wandb-azure-database-backups",
        description:
            "What was deleted or broken by mistake is often noticed days later. Backups of less than a week are gone by then.",
        level: "advisory",
        severity: "medium",
        remedy: "Set backup.backupRetentionDays to 7 or more.",
        documentation: "https://learn.microsoft.com/azure/mysql/flexible-server/concepts-backup-restore",
        fix: "Set it to 7 or more, up to 35.",
    },
    [ServerType],
    (server) => {
        const days = server.find("backup.backupRetentionDays");
        return [
            !isReplica(server) &&
                (days.number ?? LeastDays) < LeastDays && {
                    place: days,
                    message: `${state(days)}, so a mistake that is noticed a week later cannot be undone`,
                },
        ];
    },
);

const failover = settingPolicy(
    {
        name: "wandb-azure-database-failover",
        description:
            "A server without high availability is one machine in one zone. W&B stands still until Azure has brought it back.",
        level: "advisory",
        severity: "medium",
        remedy: "Set highAvailability.mode to ZoneRedundant.",
        documentation: "https://learn.microsoft.com/azure/mysql/flexible-server/concepts-high-availability",
        fix: "Set it to ZoneRedundant, which the tier Burstable does not offer.",
    },
    [ServerType],
    (server) => {
        const mode = server.find("highAvailability.mode");
        const single = mode.absent || mode.text === "Disabled";
        return [
            !isReplica(server) &&
                single && { place: mode, message: `${state(mode)}, so there is no standby to fail over to` },
        ];
    },
);

const databaseKey = settingPolicy(
    {
        name: "wandb-azure-database-key",
        description:
            "Azure encrypts the database by Microsoft's keys unless told otherwise. With a key of yours you see who uses it, and can stop it.",
        level: "advisory",
        severity: "low",
        remedy: "Set dataEncryption with a key of Key Vault.",
        documentation: "https://learn.microsoft.com/azure/mysql/flexible-server/concepts-customer-managed-key",
        fix: "Set it to AzureKeyVault, with primaryKeyURI and primaryUserAssignedIdentityId.",
    },
    [ServerType],
    (server) => {
        const type = server.find("dataEncryption.type");
        const theirs = type.absent || type.text === "SystemManaged";
        return [theirs && { place: type, message: `${state(type)}, so Microsoft encrypts by a key of its own` }];
    },
);

/** Policies about Azure Database for MySQL. */
export const databasePolicies: Policies = [publicDatabase, withoutTls, backups, failover, databaseKey];
