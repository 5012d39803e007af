/** What the arguments' own texts and docs/gcp.md say of changes is what the models of Google Cloud do. */
import { GcpChanges } from "../../docs/gcp-changes";
import { GcpSecureStorageConnector, type GcpSecureStorageConnectorArgs } from "../../sdk/index";
import { GcpAsides, GcpConditions } from "../support/gcp-change-conditions";
import { GcpChangeWords } from "../support/gcp-change-words";
import { describeChangeTexts, describeConnectorTexts } from "../support/change-texts";
import { LeastGcpArgs } from "../support/gcp-storage-connector";

describeChangeTexts({
    page: GcpChanges,
    words: GcpChangeWords,
    conditions: GcpConditions,
    asides: GcpAsides,
    least: { claims: 100, inGuide: 15 },
});

const key = (name: string) => `projects/example-project/locations/europe-west4/keyRings/own/cryptoKeys/${name}`;
const inPlace = {
    serviceAccountEmails: { serviceAccountEmails: ["other@instance-project.iam.gserviceaccount.com"] },
    hosts: { hosts: ["ml.example.com"] },
    labels: { labels: { team: "ml" } },
    softDeleteDays: { softDeleteDays: 14 },
    "kmsKey.rotationDays": { kmsKey: { rotationDays: 30 } },
    "lifecycle.incompleteMultipartUploadDays": { lifecycle: { incompleteMultipartUploadDays: 3 } },
    "lifecycle.noncurrentVersionDays": { lifecycle: { noncurrentVersionDays: 90 } },
};
const replacing = {
    access: { access: "admin" },
    project: { project: "other-project" },
    location: { location: "EU" },
    bucketName: { bucketName: "wandb-files" },
    prefix: { prefix: "wandb" },
    "kmsKey.keyRingName": { kmsKey: { keyRingName: "wandb-files" } },
    "kmsKey.keyName": { kmsKey: { keyName: "wandb-files" } },
    "kmsKey.deletionWindowDays": { kmsKey: { deletionWindowDays: 60 } },
} satisfies Readonly<Record<string, Partial<GcpSecureStorageConnectorArgs>>>;

describeConnectorTexts<GcpSecureStorageConnectorArgs>({
    page: GcpChanges,
    words: GcpChangeWords,
    component: "GcpSecureStorageConnector",
    make: (args) => new GcpSecureStorageConnector("files", { ...LeastGcpArgs, ...args }),
    changes: {
        "serviceAccountEmails, hosts, labels, lifecycle, versioning, softDeleteDays, kmsKey.rotationDays": [
            ...Object.values(inPlace).map((after) => [{}, after] as const),
            [{}, { versioning: false }],
        ],
        prefix: [[{}, replacing.prefix]],
        access: [[{}, replacing.access]],
        "kmsKey.keyRingName": [[{}, replacing["kmsKey.keyRingName"]]],
        "kmsKey.keyName, kmsKey.deletionWindowDays": [
            [{}, replacing["kmsKey.keyName"]],
            [{}, replacing["kmsKey.deletionWindowDays"]],
        ],
        bucketName: [[{}, replacing.bucketName]],
        "location, project, and the provider's region or project where these are not given": [
            [{}, replacing.location],
            [{}, replacing.project],
        ],
        "encryption to google, or kmsKey.id, from a key that was made": [
            [{}, { encryption: "google" }],
            [{}, { kmsKey: { id: key("all") } }],
        ],
        "encryption to google, or kmsKey.id, from a key of your own": [
            [{ kmsKey: { id: key("all") } }, { encryption: "google" }],
            [{ kmsKey: { id: key("all") } }, { kmsKey: { id: key("bucket") } }],
        ],
        deletionProtection: [[{}, { deletionProtection: false }]],
    },
    removes: { beginning: "destroys that key", removed: ["key", "key-ring", "key-use", "kms-api"] },
    claiming: { ...inPlace, ...replacing, "kmsKey.id": { kmsKey: { id: key("all") } } },
});
