import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/gcp/provider";
import {
    GcpBucketAccess,
    GcpBucketEncryption,
    GcpSecureStorageConnector,
    type GcpSecureStorageConnectorArgs,
} from "../../sdk/index";
import { GraphRecorder } from "../support/graph";
import { LeastGcpArgs, WandbAccount } from "../support/gcp-storage-connector";
import { promiseOf } from "../support/resolve";
import { assertSnapshot } from "../support/snapshot";

const agent = "serviceAccount:service-210987654321@gs-project-accounts.iam.gserviceaccount.com";

/** What Google Cloud would answer. */
const answers = {
    outputs: {
        "gcp:storage/bucket:Bucket": ({ location }: Readonly<Record<string, unknown>>) => ({
            name: "files-1",
            url: "gs://files-1",
            location,
        }),
    },
    answers: {
        "gcp:organizations/getClientConfig:getClientConfig": { region: "europe-west4", accessToken: "token" },
        "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": ({
            project = "example-project",
        }: Readonly<Record<string, unknown>>) => ({ member: project === "example-project" ? agent : String(project) }),
    },
};

interface Made {
    readonly graph: GraphRecorder;
    readonly connector: GcpSecureStorageConnector;
}

async function make(
    changes: Partial<GcpSecureStorageConnectorArgs> = {},
    options: () => pulumi.ComponentResourceOptions = () => ({}),
): Promise<Made> {
    const graph = await GraphRecorder.start({ preview: false, ...answers });
    const connector = new GcpSecureStorageConnector("files", { ...LeastGcpArgs, ...changes }, options());
    await pulumi.runtime.disconnect();
    return { graph, connector };
}

const inputsOf = ({ graph }: Made, name: string) => graph.byName(name).inputs;
const childrenOf = ({ graph }: Made) => graph.resources.filter(({ type }) => type.startsWith("gcp:"));
const bucketOf = (made: Made) => inputsOf(made, "files-bucket");

describe("GcpSecureStorageConnector", () => {
    it("registers the graph that the snapshot shows", async () => {
        const { graph } = await make();
        assertSnapshot("gcp-connector", graph.lines());
    });

    it("encrypts with its own key, which Cloud Storage may use before the bucket is made", async () => {
        const made = await make({ labels: { team: "ml" } });
        assert.deepEqual(bucketOf(made)["encryption"], { defaultKmsKeyName: "files-key-id" });
        assert.deepEqual(inputsOf(made, "files-kms-api"), {
            service: "cloudkms.googleapis.com",
            disableOnDestroy: false,
        });
        assert.deepEqual(inputsOf(made, "files-key-ring"), { location: "europe-west4" });
        assert.deepEqual(inputsOf(made, "files-key"), {
            keyRing: "files-key-ring-id",
            rotationPeriod: "7776000s",
            destroyScheduledDuration: "2592000s",
            labels: { team: "ml" },
        });
        assert.deepEqual(inputsOf(made, "files-key-use"), {
            cryptoKeyId: "files-key-id",
            role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
            member: agent,
        });
        const waitsFor = (name: string) => made.graph.byName(name).dependencies.map((urn) => urn.split("::").at(-1));
        assert.ok(waitsFor("files-bucket").includes("files-key-use"));
        assert.ok(waitsFor("files-key-ring").includes("files-kms-api"));
        assert.equal(await promiseOf(made.connector.kmsKeyId), "files-key-id");
    });

    it("passes on settings of the key", async () => {
        const made = await make({
            kmsKey: {
                keyRingName: "ring",
                keyName: "key",
                rotationDays: 365,
                deletionWindowDays: 120,
                enableApi: false,
            },
        });
        assert.equal(inputsOf(made, "files-key-ring")["name"], "ring");
        const { name, rotationPeriod, destroyScheduledDuration } = inputsOf(made, "files-key");
        assert.deepEqual([name, rotationPeriod, destroyScheduledDuration], ["key", "31536000s", "10368000s"]);
        assert.ok(made.graph.resources.every(({ type }) => type !== "gcp:projects/service:Service"));
    });

    for (const [location, place, keyPlace] of [
        ["EU", "EU", "europe"],
        ["us", "US", "us"],
        ["eur4", "EUR4", "eur4"],
        ["us-central1", "US-CENTRAL1", "us-central1"],
    ] as const) {
        it(`makes the key of a bucket in ${location} in ${keyPlace}`, async () => {
            const made = await make({ location: pulumi.output(location) });
            assert.equal(bucketOf(made)["location"], place);
            assert.equal(inputsOf(made, "files-key-ring")["location"], keyPlace);
            assert.equal(await promiseOf(made.connector.bucketLocation), place);
        });
    }

    it("uses a key of one's own, and leaves its policy alone", async () => {
        const id = "projects/keys/locations/europe/keyRings/own/cryptoKeys/files";
        const made = await make({ kmsKey: { id }, location: "EU" });
        assert.ok(childrenOf(made).every(({ type }) => !/^gcp:(kms|projects)\//.test(type)));
        assert.deepEqual(bucketOf(made)["encryption"], { defaultKmsKeyName: id });
        assert.equal(await promiseOf(made.connector.kmsKeyId), id);
    });

    it("uses Google's keys when told to", async () => {
        const made = await make({ encryption: GcpBucketEncryption.Google });
        assert.ok(childrenOf(made).every(({ type }) => !/^gcp:(kms|projects)\//.test(type)));
        assert.equal(bucketOf(made)["encryption"], undefined);
        assert.deepEqual([made.connector.kmsKeyId, made.connector.prefix], [undefined, undefined]);
    });

    it("is private, versioned and cleared of old versions", async () => {
        const made = await make({ lifecycle: { noncurrentVersionDays: 90, incompleteMultipartUploadDays: 3 } });
        const bucket = bucketOf(made);
        assert.equal(bucket["publicAccessPrevention"], "enforced");
        assert.equal(bucket["uniformBucketLevelAccess"], true);
        assert.deepEqual(bucket["versioning"], { enabled: true });
        assert.deepEqual(bucket["softDeletePolicy"], { retentionDurationSeconds: 604_800 });
        assert.deepEqual(bucket["lifecycleRules"], [
            // Current objects never expire.
            { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: 90 } },
            { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 3 } },
        ]);
        const plain = bucketOf(await make({ versioning: false, softDeleteDays: 0 }));
        assert.deepEqual(plain["versioning"], { enabled: false });
        assert.deepEqual(plain["softDeletePolicy"], { retentionDurationSeconds: 0 });
    });

    it("lets pages of the hosts use signed URLs", async () => {
        const made = await make({ hosts: ["wandb.example.com", "http://a.example:80", "a.example:8443", "*"] });
        assert.deepEqual(bucketOf(made)["cors"], [
            {
                // As browsers name them.
                origins: ["https://wandb.example.com", "http://a.example", "https://a.example:8443", "*"],
                methods: ["GET", "HEAD", "PUT"],
                responseHeaders: ["*"],
                maxAgeSeconds: 3000,
            },
        ]);
    });

    it("grants rights on objects and a look at the settings, no more", async () => {
        const made = await make({ serviceAccountEmails: [WandbAccount, pulumi.output("b@b.iam.gserviceaccount.com")] });
        const members = [`serviceAccount:${WandbAccount}`, "serviceAccount:b@b.iam.gserviceaccount.com"];
        assert.deepEqual(
            childrenOf(made)
                .filter(({ type }) => type.startsWith("gcp:storage/bucketIAM"))
                .map(({ inputs }) => inputs),
            [
                { bucket: "files-1", role: "roles/storage.objectUser", members },
                { bucket: "files-1", role: "roles/storage.bucketViewer", members },
            ],
        );
    });

    it("grants below the prefix, and lists", async () => {
        const made = await make({ prefix: pulumi.output("team/wandb") });
        const { condition } = inputsOf(made, "files-bucket-objects");
        assert.equal(
            (condition as Record<string, unknown>)["expression"],
            'resource.type == "storage.googleapis.com/Bucket" || resource.name.startsWith("projects/_/buckets/files-1/objects/team/wandb/")',
        );
        assert.equal(inputsOf(made, "files-bucket-settings")["condition"], undefined);
        assert.equal(await promiseOf(made.connector.prefix), "team/wandb");
    });

    it("grants what W&B's documentation asks for when told to", async () => {
        const made = await make({ access: GcpBucketAccess.Admin });
        const roles = childrenOf(made).map(({ inputs }) => inputs["role"]);
        assert.deepEqual(
            roles.filter((role) => String(role).startsWith("roles/storage")),
            ["roles/storage.admin"],
        );
    });

    it("works in the project that is given", async () => {
        const made = await make({ project: "another-project", bucketName: "files-1" });
        for (const name of ["files-bucket", "files-key-ring", "files-kms-api"]) {
            assert.equal(inputsOf(made, name)["project"], "another-project", name);
        }
        assert.equal(inputsOf(made, "files-key-use")["member"], "another-project", "its own service agent");
        assert.equal(bucketOf(made)["name"], "files-1");
    });

    it("protects everything, or says nothing about it", async () => {
        const protectedOnes = childrenOf(await make());
        assert.deepEqual([...new Set(protectedOnes.map(({ protect }) => protect))], [true]);
        assert.equal(protectedOnes.length, 7);
        const free = await make({ deletionProtection: false });
        // `false` would override what the caller sets on the component.
        assert.deepEqual([...new Set(childrenOf(free).map(({ protect }) => protect))], [undefined]);
        assert.equal(bucketOf(free)["forceDestroy"], true);
    });

    it("retains everything when told to, objects included", async () => {
        const made = await make({ deletionProtection: false, retainData: true });
        assert.deepEqual([...new Set(childrenOf(made).map(({ retainOnDelete }) => retainOnDelete))], [true]);
        assert.equal(bucketOf(made)["forceDestroy"], false);
    });

    it("gives every child the component for a parent and the caller's provider", async () => {
        const made = await make({}, () => ({ providers: [new Provider("own", { region: "europe-west4" })] }));
        for (const { name, parent, provider } of childrenOf(made)) {
            assert.match(parent, /::wandb:index:GcpSecureStorageConnector::files$/, name);
            assert.match(provider, /pulumi:providers:gcp::own::/, name);
        }
    });

    it("makes no secret of what is none", async () => {
        const { connector } = await make();
        const outputs = [connector.bucketName, connector.bucketUrl, connector.bucketLocation, connector.kmsKeyId];
        assert.deepEqual(await Promise.all(outputs.map((output) => pulumi.isSecret(pulumi.output(output)))), [
            false,
            false,
            false,
            false,
        ]);
        assert.equal(await promiseOf(connector.bucketUrl), "gs://files-1");
    });

    it("refuses wrong arguments before anything is registered", async () => {
        const graph = await GraphRecorder.start(answers);
        assert.throws(
            () => new GcpSecureStorageConnector("files", { ...LeastGcpArgs, serviceAccountEmails: ["*"] }),
            (error) => pulumi.InputPropertiesError.isInstance(error) && /serviceAccountEmails\[0\]/.test(String(error)),
        );
        assert.deepEqual(graph.resources, []);
    });
});
