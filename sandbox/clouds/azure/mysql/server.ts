/** `dbformysql:Server`: flexible servers. */
import type { PropertyChange } from "../../diff";
import type { ComputeContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { arm } from "../arm";
import { armError } from "../errors";
import { guidFor } from "../ids";
import { serverInputs } from "./server-inputs";
import { subnetType } from "./server-network";
import { refusedServer } from "./server-rules";
import { sourceOf } from "./server-start";
import { armServerType, part, serverApiVersion, serverType, texts } from "./shared";
import { serverSku } from "./skus";

const text = { type: "string" } as const;
const any = { type: "any" } as const;

export const server: ResourceModel = arm(
    {
        type: armServerType,
        apiVersion: serverApiVersion,
        names: ["serverName"],
        // https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftdbformysql
        name: {
            pattern: /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
            rule: "must be 3 to 63 lower-case letters, digits and hyphens, with no hyphen at either end",
            longest: 63,
        },
    },
    {
        token: serverType,
        inputs: serverInputs,
        outputs: {
            administratorLogin: text,
            availabilityZone: text,
            backup: any,
            fullyQualifiedDomainName: text,
            highAvailability: any,
            identity: any,
            maintenanceWindow: any,
            network: any,
            privateEndpointConnections: { type: "array", items: any },
            replicaCapacity: { type: "integer" },
            replicationRole: text,
            state: text,
            storage: any,
            systemData: any,
            version: text,
        },
        references: [
            {
                path: "network.delegatedSubnetResourceId",
                types: [subnetType],
                message: (id) => armError(404, "SubnetNotFound", `The subnet ${id} does not exist.`),
                holds: (subnet, holder) =>
                    armError(
                        400,
                        "InUseSubnetCannotBeDeleted",
                        `Subnet ${textOf(subnet.outputs["name"])} is in use by ${holder.id} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet.`,
                    ),
            },
        ],
        // x-ms-mutability of the API's description
        replaceOn: [
            "administratorLogin",
            "availabilityZone",
            "createMode",
            "network",
            "restorePointInTime",
            "sourceServerResourceId",
        ],
        adjust: withoutRepetition,
        unread: ["administratorLoginPassword", "createMode", "restorePointInTime"],
        durationKey: (inputs) =>
            part(inputs, "highAvailability")["mode"] === "Disabled"
                ? "mysql flexible server, no ha"
                : "mysql flexible server, ha",
        refuse: refusedServer,
        computed: computedServer,
    },
);

/** A set to the provider, whose order means nothing. */
function withoutRepetition(
    changes: readonly PropertyChange[],
    olds: PropertyMap,
    news: PropertyMap,
): readonly PropertyChange[] {
    const [before, after] = [olds, news].map((bag) =>
        texts(part(bag, "identity")["userAssignedIdentities"]).sort().join(),
    );
    return before === after
        ? changes.filter(({ path }) => !path.startsWith("identity.userAssignedIdentities"))
        : changes;
}

function computedServer(inputs: PropertyMap, context: ComputeContext): PropertyMap {
    const { id, previous } = context;
    const source = sourceOf(inputs, context);
    const mode = textOf(part(inputs, "highAvailability")["mode"], "Disabled");
    const zone = textOf(inputs["availabilityZone"] ?? previous?.["availabilityZone"], "1");
    const standby = textOf(part(inputs, "highAvailability")["standbyAvailabilityZone"], zone === "1" ? "2" : "1");
    const name = textOf(inputs["serverName"]);
    const storage = part(inputs, "storage");
    const mostIops = serverSku(textOf(part(inputs, "sku")["name"]))?.mostIops ?? 0;
    return {
        administratorLogin: textOf(source?.outputs["administratorLogin"] ?? inputs["administratorLogin"]),
        availabilityZone: zone,
        backup: {
            backupIntervalHours: 24,
            backupRetentionDays: 7,
            ...part(inputs, "backup"),
            earliestRestoreDate: "2026-01-01T00:10:00.0000000Z",
        },
        fullyQualifiedDomainName: `${name}.mysql.database.azure.com`,
        highAvailability: {
            mode,
            state: mode === "Disabled" ? "NotEnabled" : "Healthy",
            ...(mode === "Disabled" ? {} : { standbyAvailabilityZone: mode === "SameZone" ? zone : standby }),
        },
        identity: identityOf(inputs, id),
        // It is taken in updates only: x-ms-mutability of the API's description.
        maintenanceWindow: previous === undefined ? noWindow : { ...noWindow, ...part(inputs, "maintenanceWindow") },
        network: { publicNetworkAccess: networkAccess(inputs), ...part(inputs, "network") },
        privateEndpointConnections: previous?.["privateEndpointConnections"] ?? [],
        replicaCapacity: mode === "Disabled" ? 10 : 0,
        replicationRole: "None",
        state: "Ready",
        storage: {
            storageSizeGB: 20,
            storageRedundancy: mode === "ZoneRedundant" ? "ZoneRedundancy" : "LocalRedundancy",
            ...storage,
            iops: storage["autoIoScaling"] === "Enabled" ? mostIops : (storage["iops"] ?? 360),
            storageSku: "Premium_LRS",
        },
        systemData: {},
        version: textOf(inputs["version"] ?? source?.outputs["version"], "5.7"),
    };
}

const noWindow: PropertyMap = { customWindow: "Disabled", dayOfWeek: 0, startHour: 0, startMinute: 0 };

function networkAccess(inputs: PropertyMap): string {
    return part(inputs, "network")["delegatedSubnetResourceId"] === undefined ? "Enabled" : "Disabled";
}

function identityOf(inputs: PropertyMap, id: string): PropertyMap | null {
    const ids = texts(part(inputs, "identity")["userAssignedIdentities"]);
    const entries = ids.map((one): [string, PropertyMap] => [
        one,
        { clientId: guidFor(`client ${one}`), principalId: guidFor(`principal ${one}`) },
    ]);
    return ids.length === 0
        ? null
        : {
              type: "UserAssigned",
              principalId: "",
              tenantId: guidFor(id),
              userAssignedIdentities: Object.fromEntries(entries),
          };
}
