/** What the rows of Cloud SQL share: tokens, places, names. */
import type { Row } from "../../inventory";
import type { InventoryView, RefuseContext } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { projectIdOf, projectOf, refusedProject } from "../project";

export const instanceType = "gcp:sql/databaseInstance:DatabaseInstance";
export const databaseType = "gcp:sql/database:Database";
export const userType = "gcp:sql/user:User";
/**
 * A backup of an instance, which no program makes: tests plant it, with the id `PROJECT/INSTANCE/NUMBER` and the outputs `databases` and `users`, names
 * of what is in it. One of type `finalBackupType` is left of an instance that was told so.
 */
export const backupRunType = "gcp:sql/backupRun";
export const finalBackupType = "gcp:sql/finalBackup";
/** The name of a deleted instance, which Google gives to nobody for a week. No run here lasts that long. */
export const takenNameType = "gcp:sql/takenName";

export const sqlService = "sqladmin.googleapis.com";

type Place = Pick<RefuseContext, "config" | "inventory">;

export function regionOf(inputs: PropertyMap, config: PropertyMap): string {
    return textOf(inputs["region"] ?? config["region"]);
}

/** Settings of an instance, empty while they are not known. */
export function settingsOf({ settings }: PropertyMap): PropertyMap {
    return isMap(settings) ? settings : {};
}

/** A map among the settings. */
export function part(settings: PropertyMap, name: string): PropertyMap {
    const found = settings[name];
    return isMap(found) ? found : {};
}

/** The instance of that name in a project. */
export function instanceNamed(name: string, projectId: string, inventory: InventoryView): Row | undefined {
    return inventory.find(
        instanceType,
        ({ inputs, outputs }) => inputs["name"] === name && outputs["project"] === projectId,
    );
}

/** Why nothing can be asked of Cloud SQL in the project. */
export function refusedPlace(inputs: PropertyMap, context: Place): string | undefined {
    return refusedProject(
        projectIdOf(inputs, context.config),
        sqlService,
        context,
        () => "googleapi: Error 403: The client is not authorized to make this request., notAuthorized",
    );
}

/** Why an instance cannot be worked with: its place, or there is none. */
export function refusedInstance(inputs: PropertyMap, context: Place): string | undefined {
    const { projectId } = projectOf(inputs, context.config, context.inventory);
    return (
        refusedPlace(inputs, context) ??
        (instanceNamed(textOf(inputs["instance"]), projectId, context.inventory) === undefined
            ? "googleapi: Error 404: The Cloud SQL instance does not exist., instanceDoesNotExist"
            : undefined)
    );
}

export const invalid = (reason: string) => `googleapi: Error 400: Invalid request: ${reason}., invalid`;
