/** What the provider and Cloud Storage say of a bucket that they do not take. */
import type { Problem, RefuseContext } from "../model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../values";
import { cryptoKeyMemberType, cryptoKeyPath, keyNamed, primaryOf } from "./kms";
import { hasRole } from "./iam";
import { storageAgent } from "./iam-principals";
import { bucketLocation, keyLocationFor } from "./locations";
import { projectOf, refusedLabels } from "./project";

/** What the provider checks by itself. */
export function wrongBucket(inputs: PropertyMap): Problem[] {
    return [...wrongLabelKeys(inputs), ...wrongRetention(inputs), ...wrongRuleCount(inputs)];
}

/** labelKeyValidator of the provider (google/services/storage/resource_storage_bucket.go) */
function wrongLabelKeys({ labels }: PropertyMap): Problem[] {
    const keys = isMap(labels) ? Object.keys(labels) : [];
    return keys
        .filter((key) => !/^[a-z0-9_-]{1,63}$/.test(key))
        .map((key) => ({
            property: `labels.${key}`,
            reason: `is an invalid label key: 1 to 63 lower-case letters, digits, underscores and dashes (value given: ${key}). Rename it.`,
        }));
}

/** Less than a hundred years: https://docs.cloud.google.com/storage/docs/bucket-lock */
const mostRetention = 3_155_760_000;

function wrongRetention({ retentionPolicy }: PropertyMap): Problem[] {
    const period = isMap(retentionPolicy) ? retentionPolicy["retentionPeriod"] : undefined;
    if (typeof period !== "string") {
        return [];
    }
    const seconds = /^\d+$/.test(period) ? Number(period) : 0;
    return seconds >= 1 && seconds <= mostRetention
        ? []
        : [
              {
                  property: "retentionPolicy.retentionPeriod",
                  reason: `must be 1 to ${mostRetention} seconds (value given: ${period}). Correct it.`,
              },
          ];
}

const mostRules = 100;

function wrongRuleCount({ lifecycleRules }: PropertyMap): Problem[] {
    const count = mapsIn(lifecycleRules).length;
    return count > mostRules
        ? [{ property: "lifecycleRules", reason: `must be at most ${mostRules} (${count} given). Remove some.` }]
        : [];
}

const invalid = (reason: string) => `googleapi: Error 400: ${reason}, invalid`;

/** What the API refuses. */
export function refusedBucket(inputs: PropertyMap, context: RefuseContext): string | undefined {
    return (
        refusedName(textOf(inputs["name"]), context) ??
        refusedPlace(inputs) ??
        refusedLabels(inputs, context.config) ??
        refusedSoftDelete(inputs) ??
        refusedRules(inputs) ??
        refusedRetention(inputs, context) ??
        refusedKey(inputs, context)
    );
}

/** Nobody here has proved to own a domain: https://docs.cloud.google.com/storage/docs/domain-name-verification */
function refusedName(name: string, { previous }: RefuseContext): string | undefined {
    return name.includes(".") && previous === undefined
        ? "googleapi: Error 403: The bucket you tried to create requires domain ownership verification., forbidden"
        : undefined;
}

const invalidPlace = invalid("The specified location constraint is not valid.");

/** https://docs.cloud.google.com/storage/docs/locations */
function refusedPlace({ location, customPlacementConfig, rpo }: PropertyMap): string | undefined {
    const place = textOf(location);
    const kind = bucketLocation(place);
    if (kind === undefined) {
        return invalidPlace;
    }
    const pair = isMap(customPlacementConfig) ? customPlacementConfig["dataLocations"] : undefined;
    if (Array.isArray(pair) && !isPair(place, pair)) {
        return invalidPlace;
    }
    // https://docs.cloud.google.com/storage/docs/turbo-replication
    if (rpo === "ASYNC_TURBO" && kind !== "dual-region" && pair === undefined) {
        return invalid("RPO ASYNC_TURBO is only available for dual-region buckets.");
    }
    return rpo !== undefined && kind === "region"
        ? invalid("RPO is only available for dual-region and multi-region buckets.")
        : undefined;
}

/** What the regions of a configurable dual-region begin with, by the location that they are in. */
const areas: Readonly<Record<string, string>> = { ASIA: "ASIA-", EU: "EUROPE-", US: "US-" };

/** Two regions of one area, in capitals: the provider leaves out what is written otherwise (expandBucketDataLocations). */
function isPair(place: string, pair: readonly PropertyValue[]): boolean {
    const area = areas[place.toUpperCase()];
    const sent = new Set(pair.map((region) => textOf(region)));
    return (
        area !== undefined &&
        sent.size === 2 &&
        [...sent].every((region) => region.startsWith(area) && bucketLocation(region) === "region")
    );
}

/** https://docs.cloud.google.com/storage/docs/soft-delete: off, or 7 to 90 days */
function refusedSoftDelete({ softDeletePolicy }: PropertyMap): string | undefined {
    const seconds = isMap(softDeletePolicy) ? softDeletePolicy["retentionDurationSeconds"] : undefined;
    return typeof seconds !== "number" || seconds === 0 || (seconds >= 604_800 && seconds <= 7_776_000)
        ? undefined
        : invalid(`Soft delete retention duration must be 0 or between 604800 and 7776000 seconds (${seconds}).`);
}

/** Zero counts only where the provider is told to send it; objects in any state are no condition. */
const zeroSenders: Readonly<Record<string, string>> = {
    age: "sendAgeIfZero",
    daysSinceCustomTime: "sendDaysSinceCustomTimeIfZero",
    daysSinceNoncurrentTime: "sendDaysSinceNoncurrentTimeIfZero",
    numNewerVersions: "sendNumNewerVersionsIfZero",
};

/** The conditions of a rule that reach the API. */
function conditionsOf(condition: PropertyMap): string[] {
    const named = Object.entries(condition)
        .filter(([name, value]) => !name.startsWith("send") && (value !== 0 || zeroSenders[name] === undefined))
        .filter(([, value]) => value !== "ANY")
        .map(([name]) => name);
    const zeros = Object.entries(zeroSenders)
        .filter(([, sender]) => condition[sender] === true)
        .map(([name]) => name);
    return [...new Set([...named, ...zeros])];
}

/** https://docs.cloud.google.com/storage/docs/lifecycle#actions: what ends uploads may look at these only */
const uploadConditions = ["age", "matchesPrefixes", "matchesSuffixes"];

function refusedRules({ lifecycleRules }: PropertyMap): string | undefined {
    for (const { action, condition } of mapsIn(lifecycleRules)) {
        const type = isMap(action) ? action["type"] : undefined;
        const target = isMap(action) ? action["storageClass"] : undefined;
        const conditions = isMap(condition) ? conditionsOf(condition) : [];
        if (conditions.length === 0) {
            return invalid("A lifecycle management rule must have at least one condition.");
        }
        if ((type === "SetStorageClass") !== (target !== undefined)) {
            return invalid("A lifecycle action needs a storage class when it is SetStorageClass, and only then.");
        }
        if (type === "AbortIncompleteMultipartUpload" && conditions.some((name) => !uploadConditions.includes(name))) {
            return invalid(
                "Action AbortIncompleteMultipartUpload supports only the conditions age, matchesPrefix and matchesSuffix.",
            );
        }
    }
    return undefined;
}

/** https://docs.cloud.google.com/storage/docs/bucket-lock#policy-locks */
function refusedRetention(
    { name, retentionPolicy: now }: PropertyMap,
    { previous }: RefuseContext,
): string | undefined {
    const before = previous?.["retentionPolicy"];
    if (!isMap(before) || before["isLocked"] !== true) {
        return undefined;
    }
    return isMap(now) && Number(now["retentionPeriod"]) >= Number(before["retentionPeriod"])
        ? undefined
        : `googleapi: Error 403: Cannot reduce retention duration of a locked Retention Policy for bucket '${textOf(name)}'., forbidden`;
}

/** Each of the two may come by itself or with the other. */
const both = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
const neededRoles = [
    [both, "roles/cloudkms.cryptoKeyEncrypter"],
    [both, "roles/cloudkms.cryptoKeyDecrypter"],
];

function keyOf({ encryption }: PropertyMap): string {
    return isMap(encryption) ? textOf(encryption["defaultKmsKeyName"]) : "";
}

/**
 * Its place, its grant, and a version that works: https://docs.cloud.google.com/storage/docs/encryption/customer-managed-keys
 *
 * The provider sends a key only when it is another one, so nothing looks at one that stays.
 */
function refusedKey(inputs: PropertyMap, { config, inventory, previous }: RefuseContext): string | undefined {
    const name = keyOf(inputs);
    if (name === "" || name === keyOf(previous ?? {})) {
        return undefined;
    }
    const path = cryptoKeyPath(name);
    if (path === undefined) {
        return invalid(`Malformed Cloud KMS crypto key: ${name}`);
    }
    const place = textOf(inputs["location"]);
    if (path.location !== keyLocationFor(place)) {
        return invalid(
            `Cloud KMS region '${path.location}' not available for use with GCS region '${place.toUpperCase()}'.`,
        );
    }
    const key = keyNamed(name, inventory);
    const agent = `serviceAccount:${storageAgent(projectOf(inputs, config, inventory))}`;
    const target = { members: cryptoKeyMemberType, target: name, projectId: path.projectId };
    const granted = neededRoles.every((roles) => hasRole(agent, roles, target, inventory));
    if (key === undefined || !granted) {
        return "googleapi: Error 403: Permission denied on Cloud KMS key. Please ensure that your Cloud Storage service account has been authorized to use this key., forbidden";
    }
    const primary = primaryOf(key);
    return primary?.state === "ENABLED"
        ? undefined
        : invalid(
              `${primary?.name ?? name} is not enabled, current state is: ${primary?.state ?? "no primary version"}.`,
          );
}

function mapsIn(value: PropertyValue | undefined): PropertyMap[] {
    return Array.isArray(value) ? value.filter(isMap) : [];
}
