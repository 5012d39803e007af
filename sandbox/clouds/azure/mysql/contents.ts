/** What is in a flexible server: databases and the values of its parameters. */
import type { RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { arm } from "../arm";
import { armError } from "../errors";
import { groupId, identityOf, resourceId, rowById } from "../ids";
import { type Parameter, parameters, takes } from "./parameters";
import {
    armServerType,
    busy,
    configurationType,
    contentsApiVersion,
    databaseType,
    invalidParameter,
    serverType,
} from "./shared";

const text = { type: "string" } as const;
const duration = "mysql database, parameter";
const systemDatabases = ["information_schema", "mysql", "performance_schema", "sys"];

function idOf(inputs: PropertyMap, { config }: RefuseContext, kind: string, own: string): string {
    const group = groupId(identityOf(config).subscriptionId, textOf(inputs["resourceGroupName"]));
    return resourceId(group, `${armServerType}/${kind}`, [textOf(inputs["serverName"]), textOf(inputs[own])]);
}

/** https://learn.microsoft.com/rest/api/mysql/flexibleserver/databases/create-or-update */
export const database: ResourceModel = arm(
    {
        type: `${armServerType}/databases`,
        apiVersion: contentsApiVersion,
        names: ["serverName", "databaseName"],
        parent: serverType,
        name: {
            pattern: /^[\w-]{1,63}$/,
            rule: "must be 1 to 63 letters, digits, underscores and hyphens",
            longest: 63,
        },
    },
    {
        token: databaseType,
        inputs: { charset: text, collation: text },
        outputs: { charset: text, collation: text, systemData: { type: "any" } },
        replaceOn: ["charset", "collation"],
        durationKey: duration,
        refuse: (inputs, context) => {
            const { databaseName, charset, collation } = inputs;
            const isSystem = systemDatabases.includes(textOf(databaseName).toLowerCase());
            const fits = collation === undefined || textOf(collation).startsWith(`${textOf(charset, "utf8mb4")}_`);
            return (
                busy(idOf(inputs, context, "databases", "databaseName"), context.inventory) ??
                (isSystem ? invalidParameter("databaseName") : fits ? undefined : invalidParameter("collation"))
            );
        },
        computed: ({ charset, collation }) => ({
            charset: charset ?? "utf8mb4",
            collation: collation ?? "utf8mb4_0900_ai_ci",
            systemData: {},
        }),
    },
);

/**
 * A parameter is always there; deleting it gives back the standard value. https://learn.microsoft.com/rest/api/mysql/flexibleserver/configurations/update and
 * pulumi-azure-native, provider/pkg/openapi/defaults
 */
export const configuration: ResourceModel = arm(
    {
        type: `${armServerType}/configurations`,
        apiVersion: contentsApiVersion,
        names: ["serverName", "configurationName"],
        parent: serverType,
        name: { pattern: /^[a-z][a-z0-9_]*$/, rule: "must be the name of a parameter of MySQL", longest: 80 },
    },
    {
        token: configurationType,
        inputs: { currentValue: text, source: { ...text, values: ["system-default", "user-override"] }, value: text },
        outputs: {
            allowedValues: text,
            currentValue: text,
            dataType: text,
            defaultValue: text,
            description: text,
            documentationLink: text,
            isConfigPendingRestart: text,
            isDynamicConfig: text,
            isReadOnly: text,
            source: text,
            systemData: { type: "any" },
            value: text,
        },
        adopts: true,
        durationKey: duration,
        refuse: (inputs, context) =>
            busy(idOf(inputs, context, "configurations", "configurationName"), context.inventory) ??
            refusedValue(inputs, context),
        computed: computedConfiguration,
    },
);

function refusedValue(inputs: PropertyMap, { config, inventory }: RefuseContext): string | undefined {
    const name = textOf(inputs["configurationName"]);
    const group = groupId(identityOf(config).subscriptionId, textOf(inputs["resourceGroupName"]));
    const server = rowById(inventory, serverType, resourceId(group, armServerType, [textOf(inputs["serverName"])]));
    const version = textOf(server?.outputs["version"]);
    const known: Parameter | undefined = parameters[name];
    if (known === undefined) {
        return armError(
            404,
            "ConfigurationNotExists",
            `The configuration '${name}' does not exist for server version ${version}.`,
        );
    }
    const value = textOf(inputs["value"], known.standard);
    if (known.readOnly === true) {
        return armError(
            400,
            "ConfigurationReadOnly",
            `The configuration(s) '${name}' is(are) read-only for server version ${version}.`,
        );
    }
    // https://github.com/microsoft/mcp/issues/3546
    if (inputs["source"] !== "user-override" && value.toUpperCase() !== known.standard.toUpperCase()) {
        return armError(
            400,
            "InvalidConfigurationValue",
            `The value for configuration ${name} is not consistent with default value ${known.standard}.`,
        );
    }
    return takes(known, value)
        ? undefined
        : armError(
              400,
              "InvalidConfigurationValue",
              `The value '${value}' for configuration '${name}' is not valid. The allowed values are '${known.allowed}'.`,
          );
}

function computedConfiguration(inputs: PropertyMap): PropertyMap {
    const name = textOf(inputs["configurationName"]);
    // An unknown one is refused, but only once its id has been asked for.
    const { standard, allowed, dynamic = true, readOnly = false } = parameters[name] ?? { standard: "", allowed: "" };
    const value = textOf(inputs["value"], standard);
    const isRange = /^\d+-\d+$/.test(allowed);
    return {
        allowedValues: allowed,
        currentValue: dynamic ? value : standard,
        dataType: isRange ? "Integer" : allowed === "" ? "String" : "Enumeration",
        defaultValue: standard,
        description: `The parameter ${name} of MySQL.`,
        documentationLink: `https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_${name}`,
        isConfigPendingRestart: dynamic || value === standard ? "False" : "True",
        isDynamicConfig: dynamic ? "True" : "False",
        isReadOnly: readOnly ? "True" : "False",
        source: textOf(inputs["source"], "system-default"),
        systemData: {},
        value,
    };
}
