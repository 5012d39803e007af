/**
 * Cloud Storage, as of @pulumi/gcp 9.37.
 *
 * Objects are rows of type `gcp:storage/object` that tests plant (`bucket`, `name`): no program makes them, W&B does.
 */
import type { PropertyChange } from "../diff";
import type { Row } from "../inventory";
import type { InventoryView, InvokeModel, ResourceModel } from "../model";
import { isMap, textOf, type PropertyMap } from "../values";
import { withDeletionPolicy } from "./deletion-policy";
import { member } from "./iam";
import { agentExists, agentRow, storageAgent } from "./iam-principals";
import { bindingOf } from "./iam-binding";
import { bucketLocation } from "./locations";
import { labelOutputs, labels, labelsTold, project, projectIdOf, projectOf, refusedProject } from "./project";
import { bucketInputs } from "./storage-inputs";
import { refusedBucket, wrongBucket } from "./storage-rules";

export const bucketType = "gcp:storage/bucket:Bucket";
const memberType = "gcp:storage/bucketIAMMember:BucketIAMMember";
const bindingType = "gcp:storage/bucketIAMBinding:BucketIAMBinding";
export const objectType = "gcp:storage/object";
export const notificationType = "gcp:storage/notification:Notification";
const service = "storage.googleapis.com";

function objectsIn(bucket: Row, inventory: InventoryView): Row[] {
    return inventory.rows(objectType).filter(({ inputs }) => inputs["bucket"] === bucket.id);
}

const unknownProject = (projectId: string) => `googleapi: Error 400: Unknown project id: ${projectId}, invalid`;

const bucket: ResourceModel = {
    token: bucketType,
    inputs: { ...bucketInputs, labels, project },
    outputs: {
        ...labelOutputs,
        location: { type: "string" },
        project: { type: "string" },
        projectNumber: { type: "integer" },
        publicAccessPrevention: { type: "string" },
        rpo: { type: "string" },
        selfLink: { type: "string" },
        softDeletePolicy: {
            type: "object",
            properties: { effectiveTime: { type: "string" }, retentionDurationSeconds: { type: "integer" } },
        },
        timeCreated: { type: "string" },
        uniformBucketLevelAccess: { type: "boolean" },
        updated: { type: "string" },
        url: { type: "string" },
        versioning: { type: "object", properties: { enabled: { type: "boolean" } } },
    },
    // https://docs.cloud.google.com/storage/docs/buckets#naming; names with dots are domains, which the API looks at
    name: {
        property: "name",
        auto: { maxLength: 222 },
        pattern:
            /^(?!goog)(?!.*g[o0]{2}g[l1]e)(?!\d+\.\d+\.\d+\.\d+$)(?=[^.]{1,63}(\.[^.]{1,63})*$)[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/,
        rule: 'must be 3 to 63 lower-case letters, digits, underscores, dots and hyphens, a letter or digit at both ends, no IP address, not begin with "goog" and not contain "google" or the like',
        clash: () =>
            "googleapi: Error 409: The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again., conflict",
    },
    replaceOn: ["customPlacementConfig", "enableObjectRetention", "location", "name", "project"],
    adjust: adjusted,
    volatile: ["effectiveLabels", "pulumiLabels", "updated"],
    unread: ["forceDestroy"],
    validate: wrongBucket,
    refuse: (inputs, context) =>
        refusedProject(projectIdOf(inputs, context.config), service, context, unknownProject) ??
        refusedBucket(inputs, context),
    id: ({ name }) => textOf(name),
    computed: (inputs, { id, config, inventory, previous }) => {
        const { projectId, number } = projectOf(inputs, config, inventory);
        const location = textOf(inputs["location"]).toUpperCase();
        return {
            ...labelsTold(inputs, config),
            ...serverDefaults(inputs, previous),
            location,
            project: projectId,
            projectNumber: Number(number),
            selfLink: `https://www.googleapis.com/storage/v1/b/${id}`,
            timeCreated: previous?.["timeCreated"] ?? "2026-01-01T00:00:00Z",
            updated: "2026-01-01T00:00:00Z",
            url: `gs://${id}`,
        };
    },
    blocksDeletion: keptByObjects,
    // The provider empties it first; what is in its policy goes with it, and so do its events.
    takesAlong: (row, inventory) => [...objectsIn(row, inventory), ...membersOf(row, inventory)],
};

/**
 * What the provider's own comparison overlooks or adds (google/services/storage/resource_storage_bucket.go): the case of letters of a location,
 * and a lock that cannot be taken off again.
 */
function adjusted(changes: readonly PropertyChange[], olds: PropertyMap, news: PropertyMap): PropertyChange[] {
    const upper = (inputs: PropertyMap) => textOf(inputs["location"]).toUpperCase();
    return changes
        .filter(({ path }) => path !== "location" || upper(olds) !== upper(news))
        .map((change) => {
            const unlocks = isLocked(olds) && !isLocked(news) && change.path.startsWith("retentionPolicy");
            return unlocks ? { ...change, replaces: true } : change;
        });
}

function isLocked({ retentionPolicy }: PropertyMap): boolean {
    return isMap(retentionPolicy) && retentionPolicy["isLocked"] === true;
}

/** What Cloud Storage sets where nothing is given, and keeps where something was: https://docs.cloud.google.com/storage/docs/json_api/v1/buckets */
function serverDefaults(inputs: PropertyMap, previous: PropertyMap | undefined): PropertyMap {
    const value = (name: string, fallback: PropertyMap[string]) => inputs[name] ?? previous?.[name] ?? fallback;
    const softDelete = isMap(inputs["softDeletePolicy"]) ? inputs["softDeletePolicy"] : {};
    return {
        publicAccessPrevention: value("publicAccessPrevention", "inherited"),
        // Only what is copied between regions has one.
        rpo: value("rpo", bucketLocation(textOf(inputs["location"])) === "region" ? "" : "DEFAULT"),
        softDeletePolicy:
            inputs["softDeletePolicy"] === undefined && previous?.["softDeletePolicy"] !== undefined
                ? previous["softDeletePolicy"]
                : { effectiveTime: "2026-01-01T00:00:00Z", retentionDurationSeconds: 604_800, ...softDelete },
        uniformBucketLevelAccess: value("uniformBucketLevelAccess", false),
        versioning: value("versioning", { enabled: false }),
    };
}

/** https://docs.cloud.google.com/storage/docs/deleting-buckets; all versions count */
function keptByObjects(row: Row, inventory: InventoryView): string | undefined {
    if (objectsIn(row, inventory).length === 0) {
        return undefined;
    }
    if (isMap(row.inputs["retentionPolicy"])) {
        return `Bucket '${row.id}' contains objects that have not met the retention period yet and cannot be deleted.`;
    }
    return row.inputs["forceDestroy"] === true
        ? undefined
        : `Error trying to delete bucket ${row.id} without \`force_destroy\` set to true`;
}

function membersOf(row: Row, inventory: InventoryView): Row[] {
    const rows = [memberType, bindingType, notificationType].flatMap((type) => inventory.rows(type));
    return rows.filter(({ inputs }) => bucketNamed(inputs) === row.id);
}

/** The provider takes a bucket's name, with or without the `b/` of the API. */
function bucketNamed({ bucket: given }: PropertyMap): string {
    return textOf(given).replace(/^b\//, "");
}

function targetOf(inputs: PropertyMap, inventory: InventoryView): Row | undefined {
    const named = bucketNamed(inputs);
    return inventory.find(bucketType, ({ id }) => id === named);
}

/** https://docs.cloud.google.com/storage/docs/access-control/iam-roles */
const bucketRoles: readonly string[] = [
    "storage.admin",
    "storage.bucketViewer",
    "storage.expressModeServiceInput",
    "storage.expressModeServiceOutput",
    "storage.folderAdmin",
    "storage.insightsCollectorService",
    "storage.legacyBucketOwner",
    "storage.legacyBucketReader",
    "storage.legacyBucketWriter",
    "storage.legacyObjectOwner",
    "storage.legacyObjectReader",
    "storage.objectAdmin",
    "storage.objectCreator",
    "storage.objectUser",
    "storage.objectViewer",
];

const bucketMember = member({
    token: memberType,
    of: "bucket",
    roles: bucketRoles,
    target: (inputs) => `b/${bucketNamed(inputs)}`,
    kind: "storage bucket",
    missing: (inputs, { inventory }) =>
        targetOf(inputs, inventory) === undefined
            ? "googleapi: Error 404: The specified bucket does not exist., notFound"
            : undefined,
    refuse: (inputs, { inventory }) => {
        const outputs = targetOf(inputs, inventory)?.outputs ?? {};
        const who = textOf(inputs["member"]);
        if (/^all(Authenticated)?Users$/.test(who) && outputs["publicAccessPrevention"] === "enforced") {
            return "googleapi: Error 412: The member bindings allUsers and allAuthenticatedUsers are not allowed since public access prevention is enforced., conditionNotMet";
        }
        // https://docs.cloud.google.com/storage/docs/access-control/iam#conditions
        return isMap(inputs["condition"]) && outputs["uniformBucketLevelAccess"] !== true
            ? "googleapi: Error 412: IAM conditions need uniform bucket-level access on the bucket., conditionNotMet"
            : undefined;
    },
});

export const storage: readonly ResourceModel[] = [
    withDeletionPolicy(bucket),
    bucketMember,
    bindingOf(bucketMember, bindingType),
];

/**
 * The account with which Cloud Storage uses keys. Asking for it makes it:
 * https://registry.terraform.io/providers/hashicorp/google/latest/docs/data-sources/storage_project_service_account
 */
const getProjectServiceAccount: InvokeModel = {
    token: "gcp:storage/getProjectServiceAccount:getProjectServiceAccount",
    inputs: { project, userProject: { type: "string" } },
    outputs: {
        emailAddress: { type: "string" },
        id: { type: "string" },
        member: { type: "string" },
        project: { type: "string" },
        userProject: { type: "string" },
    },
    answer: (inputs, { config, inventory }) => {
        const context = { config, inventory };
        const refused = refusedProject(projectIdOf(inputs, config), service, context, unknownProject);
        if (refused !== undefined) {
            throw new Error(`GCS service account not found: ${refused}`);
        }
        const owner = projectOf(inputs, config, inventory);
        const email = storageAgent(owner);
        return {
            emailAddress: email,
            id: email,
            member: `serviceAccount:${email}`,
            project: owner.projectId,
            ...(inputs["userProject"] === undefined ? {} : { userProject: inputs["userProject"] }),
        };
    },
    brings: (inputs, { config, inventory }) => {
        const owner = projectOf(inputs, config, inventory);
        const email = storageAgent(owner);
        return agentExists(email, inventory) ? [] : [agentRow(email, owner)];
    },
};

export const storageInvokes: readonly InvokeModel[] = [getProjectServiceAccount];
