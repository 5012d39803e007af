/** What the arguments' own texts and docs/aws.md say of changes is what the models of AWS do. */
import { AwsChanges } from "../../docs/aws-changes";
import { AwsBucketEncryption, AwsSecureStorageConnector, type AwsSecureStorageConnectorArgs } from "../../sdk/index";
import { AwsAsides, AwsConditions } from "../support/aws-change-conditions";
import { AwsChangeWords } from "../support/aws-change-words";
import { describeChangeTexts, describeConnectorTexts } from "../support/change-texts";
import { LeastArgs } from "../support/storage-connector";

describeChangeTexts({
    page: AwsChanges,
    words: AwsChangeWords,
    conditions: AwsConditions,
    asides: AwsAsides,
    least: { claims: 40, inGuide: 50 },
});

const ownKey = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012";
const otherKey = ownKey.replace(/2$/, "3");

describeConnectorTexts<AwsSecureStorageConnectorArgs>({
    page: AwsChanges,
    words: AwsChangeWords,
    component: "AwsSecureStorageConnector",
    make: (args) => new AwsSecureStorageConnector("files", { ...LeastArgs, ...args }),
    changes: {
        "principalArns, hosts, prefix, tags, lifecycle, versioning": [
            [{}, { principalArns: ["arn:aws:iam::210987654321:role/other"] }],
            [{}, { hosts: ["ml.example.com"] }],
            [{}, { prefix: "wandb" }],
            [{}, { tags: { team: "ml" } }],
            [{}, { lifecycle: { noncurrentVersionDays: 90 } }],
            [{}, { versioning: false }],
        ],
        "kmsKey.rotationDays, deletionWindowDays, administratorArns": [
            [{}, { kmsKey: { rotationDays: 180 } }],
            [{}, { kmsKey: { deletionWindowDays: 7 } }],
            [{}, { kmsKey: { administratorArns: ["arn:aws:iam::123456789012:role/security"] } }],
        ],
        "kmsKey.alias": [[{}, { kmsKey: { alias: "alias/wandb" } }]],
        bucketName: [[{}, { bucketName: "wandb-files" }]],
        "encryption to s3, or kmsKey.arn, from a key that was made": [
            [{}, { encryption: AwsBucketEncryption.S3 }],
            [{}, { kmsKey: { arn: ownKey } }],
        ],
        "encryption to s3, or kmsKey.arn, from a key of your own": [
            [{ kmsKey: { arn: ownKey } }, { encryption: AwsBucketEncryption.S3 }],
            [{ kmsKey: { arn: ownKey } }, { kmsKey: { arn: otherKey } }],
        ],
        deletionProtection: [[{}, { deletionProtection: false }]],
    },
    removes: { beginning: "deletes that key", removed: ["key", "key-alias"] },
    claiming: { bucketName: { bucketName: "wandb-files" }, "kmsKey.alias": { kmsKey: { alias: "alias/wandb" } } },
});
