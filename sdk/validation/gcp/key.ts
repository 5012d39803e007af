import type { WandbDeploymentArgs } from "../../args";
import { type GcpKeyArgs, GcpKeyProtection } from "../../gcp/args/key";
import { wrongKeyId, wrongKeyName } from "./rules";
import { checkNumber } from "../lists";
import type { Section } from "../section";
import { choice, flag, number, object, text } from "../shape";
import { codes, given } from "../wording";

export const keyShape = object<GcpKeyArgs>("GcpKeyArgs", {
    id: text,
    grantAccess: flag,
    keyRingName: text,
    keyName: text,
    bucketKeyRingName: text,
    bucketKeyName: text,
    protection: choice(GcpKeyProtection),
    rotationDays: number,
    deletionWindowDays: number,
    clusterKeyId: text,
    databaseKeyId: text,
    cacheKeyId: text,
    bucketKeyId: text,
});

type Args = Section<WandbDeploymentArgs>;
type Key = Section<GcpKeyArgs>;

const ownKeys = ["id", "clusterKeyId", "databaseKeyId", "cacheKeyId", "bucketKeyId"] as const;

/** `gcp.key` */
export function checkKeys(args: Args): void {
    const key = args.section("gcp")?.section("key");
    if (key === undefined) {
        return;
    }
    ownKeys.forEach((own) => key.check(own, wrongKeyId));
    for (const name of ["keyRingName", "keyName", "bucketKeyRingName", "bucketKeyName"] as const) {
        key.check(name, wrongKeyName);
    }
    checkNumber(key, "rotationDays", 1, 36_500);
    checkNumber(key, "deletionWindowDays", 1, 120);
    if (key.flag("grantAccess") === true && key.givenOf(...ownKeys).length === 0) {
        key.refuse(
            "grantAccess",
            "is true, but no key of your own is named: keys that are made are granted anyway. Leave it out.",
        );
    }
    checkShaping(args, key);
    checkStoreKeys(args, key);
    checkBucketKey(args, key);
    checkPlaces(args, key);
}

/** What shapes a key that is not made. */
function checkShaping(args: Args, key: Key): void {
    const gcp = args.section("gcp");
    const mayLieElsewhere = gcp?.pending("bucket") === true || gcp?.section("bucket")?.has("location") === true;
    const elsewhere = mayLieElsewhere && !key.has("bucketKeyId");
    const shaping = [
        ...key.givenOf("keyRingName", "keyName"),
        ...(elsewhere ? [] : key.givenOf("protection", "rotationDays", "deletionWindowDays")),
    ];
    if (key.has("id") && shaping.length > 0) {
        key.refuse(
            "id",
            `names a key of your own, but ${codes(shaping.map((field) => key.at(field)))} would belong to a key that is made. Leave the one or the other out.`,
        );
    }
    for (const name of key.givenOf("bucketKeyRingName", "bucketKeyName")) {
        if (!elsewhere) {
            key.refuse(
                name,
                "has no effect: a bucket has a key of its own here only when `gcp.bucket.location` says that it lies elsewhere and `gcp.key.bucketKeyId` is not given. Leave it out.",
            );
        }
    }
    if (key.has("keyRingName") && key.text("keyRingName") !== undefined && sameRing(key)) {
        key.refuse(
            "bucketKeyRingName",
            `is that of \`gcp.key.keyRingName\` too ${given(key.text("bucketKeyRingName") ?? "")}, and the bucket may lie in the same location after all. Give another name.`,
        );
    }
}

function sameRing(key: Key): boolean {
    return key.text("keyRingName") === key.text("bucketKeyRingName");
}

/** Keys with which nothing would be encrypted. */
function checkStoreKeys(args: Args, key: Key): void {
    if (key.has("cacheKeyId") && args.has("redis")) {
        key.refuse("cacheKeyId", "is given, but `redis` names another one, so that no cache is made. Leave it out.");
    }
    if (key.has("databaseKeyId") && args.has("database") && args.has("redis")) {
        key.refuse(
            "databaseKeyId",
            "is given, but `database` and `redis` name others, so neither database nor cache is made. Leave it out.",
        );
    } else if (key.has("databaseKeyId") && args.has("database") && key.has("cacheKeyId")) {
        key.refuse(
            "databaseKeyId",
            "is given, but `database` names another one and the cache has `gcp.key.cacheKeyId`. Leave it out.",
        );
    }
    if (key.has("clusterKeyId") && args.section("gcp")?.section("cluster")?.has("existing")) {
        key.refuse(
            "clusterKeyId",
            "is given, but `gcp.cluster.existing` names a cluster that is there already. Leave it out.",
        );
    }
}

function checkBucketKey(args: Args, key: Key): void {
    if (!key.has("bucketKeyId")) {
        return;
    }
    if (args.has("bucket")) {
        key.refuse(
            "bucketKeyId",
            "is given, but `bucket` names a bucket that is there already. Leave it out: the key of that bucket is for its owner to set.",
        );
    } else if (args.section("gcp")?.section("bucket")?.text("encryption") === "google") {
        key.refuse(
            "bucketKeyId",
            "is given, but `gcp.bucket.encryption` is google, which uses no Cloud KMS key. Leave one of the two out.",
        );
    }
}

/** A service uses keys of its own region only, a bucket those of its location: what is known of both is compared before anything is made. */
function checkPlaces(args: Args, key: Key): void {
    const gcp = args.section("gcp");
    const region = gcp?.text("region");
    const location = gcp?.section("bucket")?.text("location");
    for (const own of ownKeys) {
        const id = key.text(own);
        const place = own === "bucketKeyId" ? (location ?? region) : region;
        const needed = own === "bucketKeyId" ? keyPlace(place) : place;
        const where = id === undefined || wrongKeyId(id) !== undefined ? undefined : id.split("/")[3];
        if (where !== undefined && needed !== undefined && where !== needed) {
            const what = own === "bucketKeyId" ? `a bucket in ${place}` : `a deployment in ${place}`;
            key.refuse(
                own,
                `is a key in ${where} ${given(id ?? "")}, but ${what} needs one in ${needed}. Give a key of that location.`,
            );
        }
    }
}

/** Cloud KMS says `europe` where Cloud Storage says `EU`. https://docs.cloud.google.com/storage/docs/encryption/customer-managed-keys#restrictions */
function keyPlace(place: string | undefined): string | undefined {
    const lower = place?.toLowerCase();
    return lower === "eu" ? "europe" : lower;
}
