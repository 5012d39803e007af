import type { AwsSecureStorageConnectorArgs } from "../aws/args/storage-connector";
import type { Problem } from "../errors";
import { checkKeySettings } from "../validation/aws/key";
import { MostTags } from "../validation/aws/tags";
import { readKinds } from "../validation/kinds";
import { checkNumber, refuseRepetition } from "../validation/lists";
import { wrongOriginHost } from "../validation/origin";
import { type Entry, Section } from "../validation/section";
import { given, quote } from "../validation/wording";
import {
    reservedStart,
    wrongBucketName,
    wrongKeyArn,
    wrongPrefix,
    wrongPrincipal,
    wrongTag,
    wrongTagKey,
} from "../validation/aws/rules";
import { AwsConnectorShape } from "./aws-shape";

type Args = Section<AwsSecureStorageConnectorArgs>;

/**
 * Finds everything that is wrong with the arguments of `AwsSecureStorageConnector`, in one pass and before the first resource. Outputs
 * and promises are not known yet and are skipped.
 *
 * @param name logical name of the component
 */
export function validateAwsConnector(name: string, args: AwsSecureStorageConnectorArgs): Problem[] {
    const problems: Problem[] = [];
    const known = readKinds(args ?? {}, AwsConnectorShape, "", problems);
    if (known instanceof Map) {
        const section: Args = new Section("", known, problems);
        for (const rule of [checkPrincipals, checkHosts, checkBucket, checkKey, checkTags]) {
            rule(section);
        }
    }
    const wrongName = wrongLogicalName(name, known instanceof Map && known.has("bucketName"));
    if (wrongName !== undefined) {
        problems.unshift({ propertyPath: "(resource name)", reason: wrongName });
    }
    return problems.map(({ propertyPath, reason }) => ({ propertyPath: propertyPath || "(arguments)", reason }));
}

/** `<name>-bucket-` and seven characters that the provider adds are the bucket's name, which has at most 63. */
const LongestName = 63 - "-bucket-".length - 7;

/** @param named whether the bucket has a name of its own */
function wrongLogicalName(name: unknown, named: boolean): string | undefined {
    if (typeof name !== "string" || name === "") {
        return "must be a text that is not empty. Give a name, for example wandb.";
    }
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

/** `hosts`: whose pages may use presigned URLs. */
function checkHosts(args: Args): void {
    const hosts = args.texts("hosts");
    if (args.has("hosts") && !args.pending("hosts") && hosts.length === 0) {
        args.refuse("hosts", "is empty. Give the host name under which people open W&B, or * for any.");
    }
    hosts.forEach((entry) => args.checkEntry(entry, wrongOriginHost));
    refuseRepetition(args, hosts);
}

/** `bucketName`, `prefix`, `lifecycle`. */
function checkBucket(args: Args): void {
    args.check("bucketName", wrongBucketName);
    args.check("prefix", wrongPrefix);
    const lifecycle = args.section("lifecycle");
    if (lifecycle !== undefined) {
        checkNumber(lifecycle, "noncurrentVersionDays", 1);
        checkNumber(lifecycle, "incompleteMultipartUploadDays", 1);
    }
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
function checkTags(args: Args): void {
    const tags = args.texts("tags");
    if (tags.length > MostTags) {
        args.refuse("tags", `has ${tags.length} entries, but AWS takes at most ${MostTags}. Leave some out.`);
    }
    for (const tag of tags) {
        args.checkEntry({ path: tag.path, value: tag.key }, wrongTagKey);
        args.checkEntry(tag, wrongTag);
    }
}
