import type { AwsSecureStorageConnectorArgs } from "../aws/args/storage-connector";
import type { Problem } from "../errors";
import { checkKeySettings } from "../validation/aws/key";
import { checkTags, MostTags } from "../validation/aws/tags";
import { refuseRepetition } from "../validation/lists";
import { wrongOriginHost } from "../validation/origin";
import type { Entry, Section } from "../validation/section";
import { given, quote } from "../validation/wording";
import { reservedStart, wrongBucketName, wrongKeyArn, wrongPrefix, wrongPrincipal } from "../validation/aws/rules";
import { checkHosts, checkLifecycle, validateConnector } from "./arguments";
import { AwsConnectorShape } from "./aws-shape";

type Args = Section<AwsSecureStorageConnectorArgs>;

/**
 * Finds everything that is wrong with the arguments of `AwsSecureStorageConnector`.
 *
 * @param name logical name of the component
 */
export function validateAwsConnector(name: string, args: AwsSecureStorageConnectorArgs): Problem[] {
    return validateConnector(name, args, {
        shape: AwsConnectorShape,
        rules: [
            checkPrincipals,
            (section) => checkHosts(section, wrongOriginHost),
            checkBucket,
            checkKey,
            checkOwnTags,
        ],
        wrongName: wrongLogicalName,
    });
}

/** `<name>-bucket-` and seven characters that the provider adds are the bucket's name, which has at most 63. */
const LongestName = 63 - "-bucket-".length - 7;

/** @param named whether the bucket has a name of its own */
function wrongLogicalName(name: string, named: boolean): string | undefined {
    const rule = `letters, digits and hyphens, a letter or digit first, and at most ${LongestName} characters: bucket and key are named after it`;
    if (!/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(name) || name.length > LongestName) {
        return `is not usable ${given(name)}. It has ${rule}.`;
    }
    const start = named ? undefined : reservedStart(`${name.toLowerCase()}-bucket-`);
    return start === undefined
        ? undefined
        : `makes a bucket name that begins with ${start} ${given(name)}, which S3 keeps for itself. Choose another name, or give \`bucketName\`.`;
}

/** `principalArns`: who reads the data. */
function checkPrincipals(args: Args): void {
    const principals = args.texts("principalArns");
    if (args.has("principalArns") && !args.pending("principalArns") && principals.length === 0) {
        args.refuse("principalArns", "is empty. Give the ARN of at least one principal of the W&B instance.");
    }
    principals.forEach((entry) => args.checkEntry(entry, wrongPrincipal));
    refuseRepetition(args, principals);
    samePartition(args, [...principals, ...administrators(args)]);
}

/** A policy may name principals of its own partition only. */
function samePartition(args: Args, entries: readonly Entry<string>[]): void {
    const arns = entries.filter(({ value }) => value !== undefined && wrongPrincipal(value) === undefined);
    const key = args.section("kmsKey")?.text("arn");
    const partitionOf = (arn: string | undefined) => arn?.split(":")[1];
    const first = arns.at(0);
    if (first === undefined) {
        return;
    }
    const partition = partitionOf(first.value);
    const others = arns.slice(1).map(({ path, value }) => ({ path, value }));
    const all =
        key !== undefined && wrongKeyArn(key) === undefined ? [...others, { path: "kmsKey.arn", value: key }] : others;
    for (const { path, value } of all) {
        if (value !== undefined && partitionOf(value) !== partition) {
            args.report(
                path,
                `is of another AWS partition than \`${first.path}\` (${quote(value)} and ${quote(first.value ?? "")} given). All must be of the bucket's partition.`,
            );
        }
    }
}

/** `bucketName`, `prefix`, `lifecycle`. */
function checkBucket(args: Args): void {
    args.check("bucketName", wrongBucketName);
    args.check("prefix", wrongPrefix);
    checkLifecycle(args);
}

/** `encryption`, `kmsKey`. */
function checkKey(args: Args): void {
    if (args.text("encryption") === "s3" && args.has("kmsKey")) {
        args.refuse("kmsKey", "is given, but `encryption` is s3, which uses no KMS key. Leave one of the two out.");
    }
    const key = args.section("kmsKey");
    if (key !== undefined) {
        checkKeySettings(key);
    }
}

function administrators(args: Args): Entry<string>[] {
    return args.section("kmsKey")?.texts("administratorArns") ?? [];
}

/** `tags`. */
function checkOwnTags(args: Args): void {
    const count = args.texts("tags").length;
    if (count > MostTags) {
        args.refuse("tags", `has ${count} entries, but AWS takes at most ${MostTags}. Leave some out.`);
    }
    checkTags(args);
}
