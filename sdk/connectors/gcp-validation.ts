import type { Problem } from "../errors";
import type { GcpSecureStorageConnectorArgs } from "../gcp/args/storage-connector";
import { checkNumber, refuseRepetition } from "../validation/lists";
import type { Section } from "../validation/section";
import { codes, given } from "../validation/wording";
import {
    reserved,
    wrongBucketName,
    wrongHost,
    wrongKeyId,
    wrongKeyName,
    wrongLabel,
    wrongLabelKey,
    wrongLocation,
    wrongPrefix,
    wrongProject,
    wrongServiceAccount,
} from "../validation/gcp/rules";
import { checkHosts, checkLifecycle, validateConnector } from "./arguments";
import { GcpConnectorShape } from "./gcp-shape";

type Args = Section<GcpSecureStorageConnectorArgs>;

/**
 * Finds everything that is wrong with the arguments of `GcpSecureStorageConnector`.
 *
 * @param name logical name of the component
 */
export function validateGcpConnector(name: string, args: GcpSecureStorageConnectorArgs): Problem[] {
    return validateConnector(name, args, {
        shape: GcpConnectorShape,
        rules: [checkAccess, (section) => checkHosts(section, wrongHost), checkBucket, checkKey, checkLabels],
        wrongName: wrongLogicalName,
    });
}

/** `<name>-key-ring-` and seven characters that the provider adds are the key ring's name, which has at most 63. */
const LongestName = 63 - "-key-ring-".length - 7;

/** @param named whether the bucket has a name of its own */
function wrongLogicalName(name: string, named: boolean): string | undefined {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name) || name.length > LongestName) {
        return `is not usable ${given(name)}. It has lower-case letters, digits and hyphens, a letter or digit first, and at most ${LongestName} characters: bucket and key are named after it.`;
    }
    return !named && reserved(name)
        ? `makes a bucket name that begins with goog or holds google ${given(name)}, which Google keeps for itself. Choose another name, or give \`bucketName\`.`
        : undefined;
}

/** `serviceAccountEmails`, `access`: who reads the data. */
function checkAccess(args: Args): void {
    const emails = args.texts("serviceAccountEmails");
    if (args.has("serviceAccountEmails") && !args.pending("serviceAccountEmails") && emails.length === 0) {
        args.refuse(
            "serviceAccountEmails",
            "is empty. Give the email address of at least one service account of the W&B instance.",
        );
    }
    emails.forEach((entry) => args.checkEntry(entry, wrongServiceAccount));
    refuseRepetition(args, emails);
    if (args.text("access") === "admin" && args.has("prefix")) {
        args.refuse(
            "prefix",
            "is given, but `access` is admin, which holds for the whole bucket. Leave one of the two out.",
        );
    }
}

/** `project`, `location`, `bucketName`, `prefix`, `lifecycle`, `softDeleteDays`. */
function checkBucket(args: Args): void {
    args.check("project", wrongProject);
    args.check("location", wrongLocation);
    args.check("bucketName", wrongBucketName);
    args.check("prefix", wrongPrefix);
    checkLifecycle(args);
    // https://docs.cloud.google.com/storage/docs/soft-delete
    const days = args.number("softDeleteDays");
    if (days !== undefined && days !== 0 && !(Number.isInteger(days) && days >= 7 && days <= 90)) {
        args.refuse(
            "softDeleteDays",
            `is neither 0 nor a whole number of 7 to 90 ${given(days)}. Give one, without unit or quotes.`,
        );
    }
}

/** `encryption`, `kmsKey`. */
function checkKey(args: Args): void {
    if (args.text("encryption") === "google" && args.has("kmsKey")) {
        args.refuse(
            "kmsKey",
            "is given, but `encryption` is google, which uses no Cloud KMS key. Leave one of the two out.",
        );
    }
    const key = args.section("kmsKey");
    if (key === undefined) {
        return;
    }
    key.check("id", wrongKeyId);
    key.check("keyRingName", wrongKeyName);
    key.check("keyName", wrongKeyName);
    checkNumber(key, "rotationDays", 1, 36_500);
    checkNumber(key, "deletionWindowDays", 1, 120);
    const others = key.givenKeys().filter((name) => name !== "id");
    if (key.has("id") && others.length > 0) {
        key.refuse(
            "id",
            `names a key that is there already, but ${codes(others.map((name) => `kmsKey.${name}`))} would belong to one that is made. Leave out the one or the other.`,
        );
    }
}

/** Google Cloud takes at most this many labels on one resource. */
const MostLabels = 64;

/** `labels`. */
function checkLabels(args: Args): void {
    const labels = args.texts("labels");
    if (labels.length > MostLabels) {
        args.refuse(
            "labels",
            `has ${labels.length} entries, but Google Cloud takes at most ${MostLabels}. Leave some out.`,
        );
    }
    for (const label of labels) {
        args.checkEntry({ path: label.path, value: label.key }, wrongLabelKey);
        args.checkEntry(label, wrongLabel);
    }
}
