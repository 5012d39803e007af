/** What the rows of Azure Database for MySQL share: tokens, versions of the API, refusals. */
import type { Row } from "../../inventory";
import type { InventoryView } from "../../model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../../values";
import { armError } from "../errors";
import { parentId } from "../ids";

export const serverType = "azure-native:dbformysql:Server";
export const databaseType = "azure-native:dbformysql:Database";
export const configurationType = "azure-native:dbformysql:Configuration";

export const armServerType = "Microsoft.DBforMySQL/flexibleServers";
export const serverApiVersion = "2024-02-01-preview";
export const contentsApiVersion = "2023-12-30";

/** https://learn.microsoft.com/azure/mysql/concepts-version-policy, in the words of the API */
export const versions = ["5.7", "8.0.21", "8.4"];

export const invalidParameter = (name: string): string =>
    armError(
        400,
        "InvalidParameterValue",
        `Invalid value given for parameter ${name}. Specify a valid parameter value.`,
    );

/** A map among the inputs; empty when it is none. */
export function part(inputs: PropertyMap, name: string): PropertyMap {
    const found = inputs[name];
    return isMap(found) ? found : {};
}

export function texts(value: PropertyValue | undefined): string[] {
    return Array.isArray(value) ? value.map((one) => textOf(one)) : [];
}

/** A server does one thing at a time, whatever that is about: pulumi-azure-native, issues 1013 and 1024. */
export function busy(id: string, inventory: InventoryView): string | undefined {
    const server = parentId(id).toLowerCase();
    const isWritten = (row: Row) => row.state === "creating" && parentId(row.id).toLowerCase() === server;
    return [databaseType, configurationType].some((type) => inventory.find(type, isWritten) !== undefined)
        ? armError(
              409,
              "ServerIsBusy",
              "Cannot complete operation. Server is busy processing other operations. Try again later.",
          )
        : undefined;
}
