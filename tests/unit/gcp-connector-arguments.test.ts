import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { validateGcpConnector } from "../../sdk/connectors/gcp-validation";

const account = "wandb@instance-project.iam.gserviceaccount.com";
const valid = { serviceAccountEmails: [account], hosts: ["wandb.example.com"] };
const ownKey = "projects/example-project/locations/europe/keyRings/own/cryptoKeys/files";

function problems(args: object, name = "files"): string[] {
    return validateGcpConnector(name, args as never).map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
}

/** Changes to the valid arguments, and the one problem that follows. */
const refused: readonly (readonly [string, object, RegExp])[] = [
    [
        "no account",
        { serviceAccountEmails: undefined },
        /^serviceAccountEmails: is missing\. Give the email.*who reads your data/,
    ],
    ["an empty list of accounts", { serviceAccountEmails: [] }, /^serviceAccountEmails: is empty/],
    [
        "everybody",
        { serviceAccountEmails: ["allUsers"] },
        /^serviceAccountEmails\[0\]: is everybody \("allUsers" given\), which would make the bucket public/,
    ],
    [
        "everybody who has an account",
        { serviceAccountEmails: ["allAuthenticatedUsers"] },
        /^serviceAccountEmails\[0\]: is everybody/,
    ],
    [
        "a member",
        { serviceAccountEmails: [`serviceAccount:${account}`] },
        /^serviceAccountEmails\[0\]: is a member with its kind in front/,
    ],
    ["a person", { serviceAccountEmails: ["ann@example.com"] }, /^serviceAccountEmails\[0\]: is not the email address/],
    [
        "a domain that only ends like Google's",
        { serviceAccountEmails: ["a@evilgserviceaccount.com"] },
        /^serviceAccountEmails\[0\]: is not the email address/,
    ],
    ["an account twice", { serviceAccountEmails: [account, account] }, /^serviceAccountEmails\[1\]: is there twice/],
    ["one account that is no list", { serviceAccountEmails: account }, /^serviceAccountEmails: .*must be a list/],
    ["a list that is an Output", { serviceAccountEmails: pulumi.output([account]) }, /is an Output/],
    ["no host", { hosts: undefined }, /^hosts: is missing/],
    ["an empty list of hosts", { hosts: [] }, /^hosts: is empty.*or \* for any/],
    ["a host with a path", { hosts: ["https://wandb.example.com/"] }, /^hosts\[0\]: has more than a host name/],
    [
        "all hosts below one",
        { hosts: ["*.example.com"] },
        /^hosts\[0\]: holds a wildcard .* Give each host, or \* for any/,
    ],
    ["a host twice", { hosts: ["a.example", "a.example"] }, /^hosts\[1\]: is there twice/],
    ["a role for the access", { access: "roles/storage.admin" }, /^access: .*Use one of objects, admin\. Use admin\./],
    ["all rights below a prefix", { access: "admin", prefix: "a" }, /^prefix: is given, but `access` is admin/],
    ["a project's number", { project: "123456789012" }, /^project: is the number of a project/],
    ["a project's title", { project: "My Project" }, /^project: is not the id of a project/],
    ["a zone", { location: "europe-west4-a" }, /^location: is a zone .* Give its region, europe-west4\./],
    ["a continent by its name", { location: "Europe" }, /^location: is not a location of Cloud Storage/],
    ["a region of another cloud", { location: "eu-west-1" }, /^location: is not a location/],
    [
        "a bucket name in upper case",
        { bucketName: "Files" },
        /^bucketName: is not a name of a Cloud Storage bucket \("Files" given\)/,
    ],
    ["a long part of a bucket name", { bucketName: "a".repeat(64) }, /^bucketName: .*3 to 63/],
    ["an address", { bucketName: "192.168.5.4" }, /^bucketName: is not a name/],
    ["a bucket URL", { bucketName: "gs://files/wandb" }, /^bucketName: is a URL or path.*`prefix`/],
    ["a reserved beginning", { bucketName: "goog-files" }, /^bucketName: begins with goog/],
    ["a name like Google's", { bucketName: "my-g00gle-files" }, /^bucketName: begins with goog or holds google/],
    ["a prefix with slashes at the ends", { prefix: "team/" }, /^prefix: starts or ends with a slash/],
    ["a prefix that ends the text in the condition", { prefix: 'a") || ("' }, /^prefix: holds a character/],
    ["another word for the encryption", { encryption: "cmek" }, /^encryption: .*Use one of kms, google\. Use kms\./],
    ["a key without use", { encryption: "google", kmsKey: {} }, /^kmsKey: is given, but `encryption` is google/],
    [
        "an own key with settings",
        { kmsKey: { id: ownKey, rotationDays: 90, keyName: "a" } },
        /^kmsKey\.id: .*`kmsKey\.\w+` and `kmsKey\.\w+` would belong/,
    ],
    ["a version of a key", { kmsKey: { id: `${ownKey}/cryptoKeyVersions/1` } }, /^kmsKey\.id: is one version of a key/],
    ["a key by its name alone", { kmsKey: { id: "files" } }, /^kmsKey\.id: is not the id of a Cloud KMS key/],
    ["a ring's name with a dot", { kmsKey: { keyRingName: "a.b" } }, /^kmsKey\.keyRingName: is not a name/],
    ["a long name of a key", { kmsKey: { keyName: "a".repeat(64) } }, /^kmsKey\.keyName: is not a name/],
    ["no rotation", { kmsKey: { rotationDays: 0 } }, /^kmsKey\.rotationDays: is not a whole number of 1 to 36500/],
    ["a long window", { kmsKey: { deletionWindowDays: 121 } }, /^kmsKey\.deletionWindowDays: .*1 to 120 \(121 given\)/],
    [
        "no days",
        { lifecycle: { noncurrentVersionDays: 0 } },
        /^lifecycle\.noncurrentVersionDays: is not a whole number of 1 or more/,
    ],
    [
        "half a day",
        { lifecycle: { incompleteMultipartUploadDays: 0.5 } },
        /^lifecycle\.incompleteMultipartUploadDays: is not a whole number/,
    ],
    ["a short soft delete", { softDeleteDays: 6 }, /^softDeleteDays: is neither 0 nor a whole number of 7 to 90/],
    ["a long soft delete", { softDeleteDays: 91 }, /^softDeleteDays: .*\(91 given\)/],
    ["a flag as text", { versioning: "false" }, /^versioning: .*must be true or false/],
    ["a label's key in capitals", { labels: { Team: "ml" } }, /^labels\.Team: is not a valid key/],
    ["a label's value in capitals", { labels: { team: "ML" } }, /^labels\.team: is not a valid value of a label/],
    [
        "too many labels",
        { labels: Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`t${index}`, ""])) },
        /^labels: has 65 entries/,
    ],
    ["an argument of the other cloud", { tags: { a: "b" } }, /^tags: is not an argument/],
];

describe("arguments of GcpSecureStorageConnector", () => {
    const accepted: readonly (readonly [string, object])[] = [
        ["the least", {}],
        [
            "everything",
            {
                serviceAccountEmails: [
                    account,
                    "wandb-integration@wandb-production.iam.gserviceaccount.com",
                    "123456789012-compute@developer.gserviceaccount.com",
                    "app@project.example.com.iam.gserviceaccount.com",
                ],
                hosts: ["https://wandb.example.com:8443", "http://10.0.0.1", "wandb", "a.example:1"],
                access: "objects",
                project: "example-project",
                location: "europe-west4",
                bucketName: "my_files-1",
                prefix: "team/wandb_1",
                kmsKey: {
                    keyRingName: "wandb",
                    keyName: "files_1",
                    rotationDays: 1,
                    deletionWindowDays: 120,
                    enableApi: false,
                },
                versioning: false,
                lifecycle: { noncurrentVersionDays: 1, incompleteMultipartUploadDays: 1 },
                softDeleteDays: 90,
                deletionProtection: false,
                retainData: true,
                labels: { team: "ml", empty: "" },
            },
        ],
        ["any host", { hosts: ["*"] }],
        ["a key of one's own", { kmsKey: { id: ownKey } }],
        ["Google's keys", { encryption: "google" }],
        ["all rights", { access: "admin" }],
        ["no soft delete", { softDeleteDays: 0 }],
        ["a project of a domain", { project: "example.com:wandb-files" }],
        ...["EU", "us", "ASIA1", "EUR4", "nam4", "northamerica-northeast1", "europe-west12"].map(
            (location): [string, object] => [location, { location }],
        ),
    ];
    for (const [what, changes] of accepted) {
        it(`accept ${what}`, () => assert.deepEqual(problems({ ...valid, ...changes }), []));
    }

    it("skip what is not known yet", () => {
        const later = pulumi.output("not looked at, whatever it is");
        const args = {
            serviceAccountEmails: [later],
            hosts: [later],
            bucketName: later,
            prefix: later,
            project: later,
        };
        const more = { location: later, labels: { a: later }, kmsKey: { id: later }, softDeleteDays: later };
        assert.deepEqual(problems({ ...args, ...more }), []);
    });

    for (const [what, changes, expected] of refused) {
        it(`refuse ${what}`, () => {
            const found = problems({ ...valid, ...changes });
            assert.equal(found.length, 1, found.join("\n"));
            assert.match(found[0], expected);
        });
    }

    it("refuse names that bucket and key cannot have", () => {
        for (const name of ["", "a b", "-a", "a_b", "Files", "x".repeat(47)]) {
            const found = problems(valid, name);
            assert.equal(found.length, 1, name);
            assert.match(found[0], /^\(resource name\): /);
        }
        assert.deepEqual(problems(valid, "x".repeat(46)), []);
    });

    it("refuse names that Google keeps for itself, unless the bucket has another one", () => {
        for (const name of ["goog-files", "my-google"]) {
            const found = problems(valid, name);
            assert.equal(found.length, 1, name);
            assert.match(found[0], /^\(resource name\): makes a bucket name that begins with .*or give `bucketName`/);
            assert.deepEqual(problems({ ...valid, bucketName: "files" }, name), []);
        }
    });

    it("list all problems at once, whatever is passed", () => {
        const wrong = { serviceAccountEmails: ["*"], hosts: ["/"], labels: 1, bucketName: "A", prefix: "/" };
        assert.equal(problems(wrong).length, 5);
        for (const nothing of [undefined, null, 7, "text", []]) {
            assert.ok(problems(nothing as never).length > 0, String(nothing));
        }
    });
});
