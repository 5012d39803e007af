/** Subnet groups and parameter groups of Amazon RDS, as of @pulumi/aws 7.47. */
import type { Row } from "../../inventory";
import type { InventoryView, Problem, PropertyModel, RefuseContext, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../../values";
import { allTags, refusedTags, region, tags, tagsAll } from "../account";
import { interfaceIn, shortWait, subnetType, textsIn, vpcOfSubnet, zoneOfSubnet } from "../ec2/shared";
import {
    beside,
    clusterGroupType,
    clusterType,
    instanceGroupType,
    instanceType,
    named,
    rdsArn,
    subnetGroupType,
} from "./shared";
import { families } from "./versions";

const text: PropertyModel = { type: "string" };

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html */
function refusedSubnets(inputs: PropertyMap, { config, inventory, previous }: RefuseContext): string | undefined {
    const name = textOf(inputs["name"]);
    if (previous === undefined && named(subnetGroupType, "subgrp", name, inputs, { config, inventory }) !== undefined) {
        return `DBSubnetGroupAlreadyExists: The DB subnet group '${name}' already exists.`;
    }
    const ids = textsIn(inputs["subnetIds"]);
    if (new Set(ids.map((id) => vpcOfSubnet(id, inventory))).size > 1) {
        return `InvalidSubnet: Some input subnets in :[${ids.join(", ")}] are invalid.`;
    }
    const zones = [...new Set(ids.map((id) => zoneOfSubnet(id, inventory)))].sort();
    if (zones.length < 2) {
        return `DBSubnetGroupDoesNotCoverEnoughAZs: The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${zones.join(", ")}. Add subnets to cover at least 2 AZs.`;
    }
    const used = inventory
        .rows(instanceType)
        .filter((row) => row.outputs["dbSubnetGroupName"] === name)
        .map((row) => textOf(row.outputs["availabilityZone"]));
    const lost = textsIn(previous?.["subnetIds"]).filter(
        (id) => !ids.includes(id) && used.includes(zoneOfSubnet(id, inventory)),
    );
    return lost.length > 0
        ? `InvalidParameterValue: Some of the subnets to be deleted are currently in use: ${lost.join(", ")}`
        : undefined;
}

const subnetGroup: ResourceModel = {
    token: subnetGroupType,
    inputs: {
        description: { ...text, default: "Managed by Pulumi" },
        name: text,
        region,
        subnetIds: { type: "array", required: true },
        tags,
    },
    outputs: { arn: text, vpcId: text, tagsAll },
    // internal/service/rds/validate.go of the provider
    name: {
        property: "name",
        auto: { maxLength: 255, lowercase: true },
        pattern: /^(?!default$)[0-9a-z_ .-]{1,255}$/,
        rule: "must be 1 to 255 lowercase alphanumeric characters, hyphens, underscores, periods and spaces, and not default",
    },
    references: [
        {
            // The instances have their interfaces there.
            ...interfaceIn("subnetIds[*]"),
            message: (id) => `InvalidSubnet: Some input subnets in :[${id}] are invalid.`,
        },
    ],
    replaceOn: ["name", "region"],
    volatile: ["tagsAll"],
    durationKey: shortWait,
    refuse: (inputs, context) => refusedSubnets(inputs, context) ?? refusedTags(inputs, context.config),
    id: ({ name }) => textOf(name),
    computed: (inputs, { config, inventory, id }) => ({
        arn: rdsArn("subgrp", id, inputs, config),
        vpcId: textOf(inventory.find(subnetType, (row) => row.id === textsIn(inputs["subnetIds"])[0])?.inputs["vpcId"]),
        tagsAll: allTags(inputs, config),
    }),
    blocksDeletion: (group, inventory) => {
        const user = inventory.find(
            clusterType,
            (row) => row.outputs["dbSubnetGroupName"] === group.id && beside(row, group),
        );
        return user === undefined
            ? undefined
            : `InvalidDBSubnetGroupStateFault: Cannot delete the subnet group '${group.id}' because at least one database cluster: ${user.id} is still using it.`;
    },
};

/** For the whole cluster only: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Reference.ParameterGroups.html */
const ofCluster = new Set([
    "binlog_checksum",
    "binlog_format",
    "binlog_row_image",
    "binlog_row_metadata",
    "binlog_rows_query_log_events",
    "character_set_client",
    "character_set_database",
    "character_set_server",
    "collation_server",
    "innodb_autoinc_lock_mode",
    "innodb_file_per_table",
    "innodb_flush_log_at_trx_commit",
    "innodb_online_alter_log_max_size",
    "innodb_strict_mode",
    "lower_case_table_names",
    "require_secure_transport",
    "server_audit_events",
    "server_audit_excl_users",
    "server_audit_incl_users",
    "server_audit_logging",
    "time_zone",
    "tls_version",
]);

/** Not modifiable in Aurora MySQL version 3, from the same page. */
const fixed = new Set([
    "basedir",
    "datadir",
    "default_authentication_plugin",
    "default_storage_engine",
    "default_time_zone",
    "innodb_data_home_dir",
    "innodb_page_size",
    "innodb_read_only",
    "innodb_thread_concurrency",
    "log-bin",
    "log_error",
    "max_binlog_size",
    "port",
    "server_id",
    "skip_name_resolve",
    "socket",
    "sync_binlog",
    "tmpdir",
]);

/** Static ones, by MySQL's own reference (`Dynamic: No`) or by Aurora's pages: they need a restart. */
const statics = new Set([
    "back_log",
    "innodb_open_files",
    "lower_case_table_names",
    "performance_schema",
    "tls_version",
]);

/** From the same page: the one can be changed in Aurora MySQL version 3 once the other is 1. */
const flushing = "innodb_flush_log_at_trx_commit";
const lossAllowed = "innodb_trx_commit_allow_data_loss";

function allowsLoss({ name, value }: PropertyMap): boolean {
    return textOf(name) === lossAllowed && textOf(value) === "1";
}

const parameters: PropertyModel = {
    type: "array",
    items: {
        type: "object",
        properties: {
            applyMethod: { ...text, values: ["immediate", "pending-reboot"] },
            name: { ...text, required: true },
            value: { ...text, required: true },
        },
    },
};

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBClusterParameterGroup.html */
function refusedParameters(token: string, given: PropertyValue | undefined): string | undefined {
    const all = Array.isArray(given) ? given.filter(isMap) : [];
    for (const parameter of all) {
        const name = textOf(parameter["name"]);
        if (name === flushing && textOf(parameter["value"]) !== "1" && !all.some(allowsLoss)) {
            return `InvalidParameterValue: ${flushing} other than 1 needs ${lossAllowed} 1`;
        }
        if (token === instanceGroupType && ofCluster.has(name)) {
            return `InvalidParameterValue: Could not find parameter with name: ${name}`;
        }
        if (fixed.has(name)) {
            return `InvalidParameterValue: The parameter ${name} cannot be modified.`;
        }
        if (statics.has(name) && textOf(parameter["applyMethod"], "immediate") === "immediate") {
            return "InvalidParameterCombination: cannot use immediate apply method for static parameter";
        }
    }
    return undefined;
}

function twice(inputs: PropertyMap): Problem[] {
    const given = inputs["parameters"];
    const names = (Array.isArray(given) ? given.filter(isMap) : []).map(({ name }) => textOf(name));
    const again = names.find((name, index) => names.indexOf(name) < index);
    return again === undefined ? [] : [{ property: "parameters", reason: `has ${again} twice. Leave one out.` }];
}

/** Who uses a group: the property that names it. */
interface Users {
    readonly token: string;
    readonly property: string;
}

function parameterGroup(token: string, kind: "cluster-pg" | "pg", users: Users): ResourceModel {
    return {
        token,
        inputs: {
            description: { ...text, default: "Managed by Pulumi" },
            family: { ...text, required: true },
            name: text,
            parameters,
            region,
            tags,
        },
        outputs: { arn: text, tagsAll },
        // internal/service/rds/validate.go of the provider
        name: {
            property: "name",
            auto: { maxLength: 255 },
            pattern: /^[a-z](?!.*--)[0-9a-z.-]{0,254}(?<!-)$/,
            rule: "must be 1 to 255 lowercase alphanumeric characters, periods and hyphens, a letter first, no hyphen last and no two in a row",
        },
        replaceOn: ["description", "family", "name", "region"],
        volatile: ["tagsAll"],
        durationKey: shortWait,
        validate: twice,
        refuse: (inputs, context) => {
            const name = textOf(inputs["name"]);
            if (context.previous === undefined && named(token, kind, name, inputs, context) !== undefined) {
                return `DBParameterGroupAlreadyExists: Parameter group ${name} already exists`;
            }
            const family = textOf(inputs["family"]);
            if (!families.includes(family)) {
                return `InvalidParameterValue: ParameterGroupFamily ${family} is not a valid parameter group family`;
            }
            return refusedParameters(token, inputs["parameters"]) ?? refusedTags(inputs, context.config);
        },
        id: ({ name }) => textOf(name),
        computed: (inputs, { config, id }) => ({
            arn: rdsArn(kind, id, inputs, config),
            tagsAll: allTags(inputs, config),
        }),
        blocksDeletion: (row, inventory) => stillUsed(row, users, inventory),
    };
}

function stillUsed(group: Row, { token, property }: Users, inventory: InventoryView): string | undefined {
    const { id } = group;
    const user = inventory.find(token, (row) => row.inputs[property] === id && beside(row, group));
    const what = token === clusterType ? "clusters" : "instances";
    return user === undefined
        ? undefined
        : `InvalidDBParameterGroupState: One or more database ${what} are still members of this parameter group ${id}, so the group cannot be deleted`;
}

export const groups: readonly ResourceModel[] = [
    subnetGroup,
    parameterGroup(clusterGroupType, "cluster-pg", { token: clusterType, property: "dbClusterParameterGroupName" }),
    parameterGroup(instanceGroupType, "pg", { token: instanceType, property: "dbParameterGroupName" }),
];
