/** What the two services for Redis share. */
import { createHash } from "node:crypto";
import { isMap, type PropertyMap } from "../../values";
import { armError } from "../errors";

export const managedType = "azure-native:redisenterprise:RedisEnterprise";
export const managedDatabaseType = "azure-native:redisenterprise:Database";
export const cacheType = "azure-native:redis:Redis";
export const patchScheduleType = "azure-native:redis:PatchSchedule";

export const cacheName = {
    pattern: /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/,
    rule: "must be letters, digits and hyphens, with no hyphen at either end and no two in a row",
};

export const invalidRequest = (reason: string): string => armError(400, "InvalidRequestBody", reason);

/** A key as Azure makes it: 32 or so bytes in base64, the same for a thing wherever it is asked for. */
export function accessKey(of: string): string {
    return createHash("sha256").update(`access key of ${of}`).digest("base64");
}

/** A map among the inputs; empty when it is none. */
export function part(inputs: PropertyMap, name: string): PropertyMap {
    const found = inputs[name];
    return isMap(found) ? found : {};
}
