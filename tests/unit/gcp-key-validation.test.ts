import { checkKeys } from "../../sdk/validation/gcp/key";
import { assertFinds } from "../support/aws-validation";

const idIn = (location: string) => `projects/example-project/locations/${location}/keyRings/ring/cryptoKeys/key`;
const id = idIn("europe-west4");
const external = { host: "database.example.com", password: "canary" };

interface Row {
    readonly what: string;
    readonly gcp: object;
    readonly rest?: object;
    readonly finds?: readonly RegExp[];
}

const rows: readonly Row[] = [
    { what: "nothing", gcp: {} },
    {
        what: "settings of a key that is made",
        gcp: {
            key: {
                keyRingName: "ring",
                keyName: "my_Key-1",
                rotationDays: 1,
                deletionWindowDays: 120,
                protection: "hsm",
            },
        },
    },
    {
        what: "keys of one's own",
        gcp: {
            region: "europe-west4",
            key: { id, clusterKeyId: id, databaseKeyId: id, cacheKeyId: id, bucketKeyId: id },
        },
    },
    { what: "an own key that is granted here", gcp: { key: { id, grantAccess: true } } },
    {
        what: "a bucket elsewhere with a key of its own",
        gcp: { region: "europe-west4", bucket: { location: "EU" }, key: { bucketKeyId: idIn("europe") } },
    },
    {
        what: "names of the key of a bucket elsewhere, beside an own key",
        gcp: { bucket: { location: "EU" }, key: { id, bucketKeyRingName: "r", bucketKeyName: "k", rotationDays: 30 } },
    },
    {
        what: "a key of the cache when the database is another one",
        gcp: { key: { cacheKeyId: id } },
        rest: { database: external },
    },
    {
        what: "a version of a key",
        gcp: { key: { id: `${id}/cryptoKeyVersions/1` } },
        finds: [/^gcp\.key\.id: is one version of a key/],
    },
    {
        what: "the name of a key alone",
        gcp: { key: { databaseKeyId: "key" } },
        finds: [/^gcp\.key\.databaseKeyId: is not the id of a Cloud KMS key \("key" given\)/],
    },
    {
        what: "names with a dot",
        gcp: { key: { keyRingName: "a.b", keyName: "c.d" } },
        finds: [/^gcp\.key\.keyRingName: is not a name of Cloud KMS/, /^gcp\.key\.keyName: is not a name/],
    },
    {
        what: "days out of range",
        gcp: { key: { rotationDays: 0, deletionWindowDays: 121 } },
        finds: [/^gcp\.key\.rotationDays: .* 1 to 36500 \(0 given\)/, /^gcp\.key\.deletionWindowDays: .* 1 to 120/],
    },
    {
        what: "an own key and one that is made",
        gcp: { key: { id, keyName: "key", rotationDays: 30 } },
        finds: [/^gcp\.key\.id: names a key of your own, but `gcp\.key\.keyName` and `gcp\.key\.rotationDays`/],
    },
    {
        what: "a grant of keys that are made",
        gcp: { key: { grantAccess: true } },
        finds: [/^gcp\.key\.grantAccess: is true, but no key of your own/],
    },
    {
        what: "names of a bucket's key where it has none of its own",
        gcp: { key: { bucketKeyName: "k" } },
        finds: [/^gcp\.key\.bucketKeyName: has no effect/],
    },
    {
        what: "one name for both rings",
        gcp: { bucket: { location: "EU" }, key: { keyRingName: "r", bucketKeyRingName: "r" } },
        finds: [/^gcp\.key\.bucketKeyRingName: is that of `gcp\.key\.keyRingName` too \("r" given\)/],
    },
    {
        what: "a key for a cache that is not made",
        gcp: { key: { cacheKeyId: id } },
        rest: { redis: { host: "redis.example.com" } },
        finds: [/^gcp\.key\.cacheKeyId: is given, but `redis`/],
    },
    {
        what: "a key for a database and a cache that are not made",
        gcp: { key: { databaseKeyId: id } },
        rest: { redis: { host: "redis.example.com" }, database: external },
        finds: [/^gcp\.key\.databaseKeyId: is given, but `database` and `redis`/],
    },
    {
        what: "a key for a database that is not made, and another one for the cache",
        gcp: { key: { databaseKeyId: id, cacheKeyId: id } },
        rest: { database: external },
        finds: [/^gcp\.key\.databaseKeyId: is given, but `database` names another one and the cache/],
    },
    {
        what: "a key for a bucket with Google's keys",
        gcp: { bucket: { encryption: "google" }, key: { bucketKeyId: id } },
        finds: [/^gcp\.key\.bucketKeyId: is given, but `gcp\.bucket\.encryption` is google/],
    },
    {
        what: "a key for a bucket of one's own",
        gcp: { key: { bucketKeyId: id } },
        rest: { bucket: { provider: "gcs", name: "files" } },
        finds: [/^gcp\.key\.bucketKeyId: is given, but `bucket` names/],
    },
    {
        what: "keys of another region",
        gcp: { region: "us-east1", key: { id, cacheKeyId: idIn("global") } },
        finds: [
            /^gcp\.key\.id: is a key in europe-west4 .*, but a deployment in us-east1 needs one in us-east1/,
            /^gcp\.key\.cacheKeyId: is a key in global/,
        ],
    },
    {
        what: "a key that is not beside the bucket (trap 15)",
        gcp: { bucket: { location: "EU" }, key: { bucketKeyId: idIn("eu") } },
        finds: [/^gcp\.key\.bucketKeyId: is a key in eu .*, but a bucket in EU needs one in europe\./],
    },
];

describe("checks of gcp.key", () => {
    for (const { what, gcp, rest, finds = [] } of rows) {
        it(`${finds.length === 0 ? "accept" : "refuse"} ${what}`, () =>
            assertFinds(checkKeys, { gcp, ...rest }, finds));
    }
});
