import { checkGcs } from "../../sdk/validation/gcp/bucket";
import { assertFinds } from "../support/aws-validation";

interface Row {
    readonly what: string;
    readonly bucket: object;
    readonly rest?: object;
    readonly finds?: readonly RegExp[];
}

const rows: readonly Row[] = [
    { what: "nothing", bucket: {} },
    {
        what: "everything",
        bucket: {
            name: "wandb-files",
            location: "eur4",
            prefix: "team/wandb",
            encryption: "google",
            storageClass: "NEARLINE",
            versioning: false,
            lifecycle: { noncurrentVersionDays: 1, incompleteMultipartUploadDays: 1 },
            softDeleteDays: 90,
            corsHosts: ["other.example.com", "https://third.example.com:8443"],
            accessLogBucket: "logs",
            events: true,
            eventTopicName: "events",
            eventSubscriptionName: "events",
        },
    },
    { what: "no soft delete", bucket: { softDeleteDays: 0 } },
    {
        what: "a bucket beside one of one's own",
        bucket: {},
        rest: { bucket: { provider: "gcs", name: "files" } },
        finds: [/^gcp\.bucket: shapes a bucket that is made, but `bucket` names one/],
    },
    { what: "a name in capitals", bucket: { name: "Files" }, finds: [/^gcp\.bucket\.name: is not a name/] },
    { what: "Google's name", bucket: { name: "goog-files" }, finds: [/^gcp\.bucket\.name: begins with goog/] },
    { what: "a zone", bucket: { location: "us-east1-b" }, finds: [/^gcp\.bucket\.location: is a zone .*us-east1\.$/] },
    { what: "a prefix with slashes", bucket: { prefix: "/a/" }, finds: [/^gcp\.bucket\.prefix: starts or ends/] },
    { what: "a prefix that ends a condition", bucket: { prefix: 'a"b' }, finds: [/^gcp\.bucket\.prefix: holds/] },
    {
        what: "a wildcard host",
        bucket: { corsHosts: ["*.example.com"] },
        finds: [/^gcp\.bucket\.corsHosts\[0\]: holds/],
    },
    {
        what: "a host twice",
        bucket: { corsHosts: ["a.example.com", "a.example.com"] },
        finds: [/^gcp\.bucket\.corsHosts\[1\]: is there twice/],
    },
    {
        what: "no days",
        bucket: { lifecycle: { noncurrentVersionDays: 0, incompleteMultipartUploadDays: 0 } },
        finds: [
            /^gcp\.bucket\.lifecycle\.noncurrentVersionDays: .* \(0 given\)/,
            /^gcp\.bucket\.lifecycle\.incompleteMultipartUploadDays: /,
        ],
    },
    ...[6, 91, 7.5].map((days) => ({
        what: `${days} days of soft delete`,
        bucket: { softDeleteDays: days },
        finds: [/^gcp\.bucket\.softDeleteDays: is neither 0 nor a whole number of 7 to 90/],
    })),
    {
        what: "a log in the bucket itself",
        bucket: { name: "files", accessLogBucket: "files" },
        finds: [/^gcp\.bucket\.accessLogBucket: is the bucket itself/],
    },
    {
        what: "names of events that are not made",
        bucket: { eventTopicName: "events" },
        finds: [/^gcp\.bucket\.eventTopicName: has no effect, because `gcp\.bucket\.events` is not true/],
    },
    {
        what: "the path of a topic, and a short name",
        bucket: { events: true, eventTopicName: "projects/p/topics/t", eventSubscriptionName: "ab" },
        finds: [
            /^gcp\.bucket\.eventTopicName: is a path/,
            /^gcp\.bucket\.eventSubscriptionName: is not a name of Pub\/Sub \("ab" given\)/,
        ],
    },
    {
        what: "another word for the encryption",
        bucket: { encryption: "cmek" },
        finds: [/^gcp\.bucket\.encryption: .*Use kms\./],
    },
];

describe("checks of gcp.bucket", () => {
    for (const { what, bucket, rest, finds = [] } of rows) {
        it(`${finds.length === 0 ? "accept" : "refuse"} ${what}`, () =>
            assertFinds(checkGcs, { gcp: { bucket }, ...rest }, finds));
    }
});
