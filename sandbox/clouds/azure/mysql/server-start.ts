/** What a flexible server begins with: a user and nothing, or a backup of another server. */
import type { Row } from "../../inventory";
import type { RefuseContext } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { placeOf } from "../arm";
import { armError, resourceNotFound } from "../errors";
import { groupNameIn, lastName, rowById } from "../ids";
import { normalLocation } from "../locations";
import { armServerType, invalidParameter, part, serverType } from "./shared";

/** https://learn.microsoft.com/azure/mysql/flexible-server/quickstart-create-server-portal */
const reservedLogins = ["azure_superuser", "admin", "administrator", "root", "guest", "public"];

export function refusedStart(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const password = inputs["administratorLoginPassword"];
    if (context.previous !== undefined) {
        return password === undefined ? undefined : refusedPassword(textOf(password));
    }
    const mode = textOf(inputs["createMode"], "Default");
    return mode === "Default" ? refusedLogin(inputs) : refusedSource(inputs, mode, context);
}

function refusedLogin({ administratorLogin, administratorLoginPassword }: PropertyMap): string | undefined {
    const login = textOf(administratorLogin);
    if (!/^\w{1,32}$/.test(login) || reservedLogins.includes(login.toLowerCase())) {
        return invalidParameter("administratorLogin");
    }
    return refusedPassword(textOf(administratorLoginPassword));
}

/** 8 to 128 characters of three kinds out of four. The message must not show it. */
function refusedPassword(password: string): string | undefined {
    const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
    return password.length < 8 || password.length > 128 || kinds < 3
        ? armError(
              400,
              "PasswordNotComplex",
              "Password validation failed. The password does not meet policy requirements because it is not complex enough.",
          )
        : undefined;
}

/** The server whose backups, or whose data, it begins with. */
export function sourceOf(inputs: PropertyMap, { inventory }: Pick<RefuseContext, "inventory">): Row | undefined {
    return rowById(inventory, serverType, inputs["sourceServerResourceId"]);
}

function refusedSource(inputs: PropertyMap, mode: string, context: RefuseContext): string | undefined {
    const source = sourceOf(inputs, context);
    const id = textOf(inputs["sourceServerResourceId"]);
    if (source === undefined) {
        return id === ""
            ? invalidParameter("sourceServerResourceId")
            : resourceNotFound(armServerType, lastName(id), groupNameIn(id));
    }
    if (mode === "GeoRestore") {
        return part(source.inputs, "backup")["geoRedundantBackup"] === "Enabled"
            ? undefined
            : armError(
                  400,
                  "GeoBackupNotEnabled",
                  `The source server '${lastName(id)}' does not have geo redundant backup enabled.`,
              );
    }
    if (normalLocation(textOf(source.outputs["location"])) !== placeOf(inputs, context)) {
        return armError(
            400,
            "SourceServerRegionMismatch",
            "The restored server must be in the same region as the source server.",
        );
    }
    const time = inputs["restorePointInTime"];
    return mode === "PointInTimeRestore" && Number.isNaN(Date.parse(textOf(time)))
        ? invalidParameter("restorePointInTime")
        : undefined;
}
