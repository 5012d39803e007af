import * as pulumi from "@pulumi/pulumi";
import { loadCloud } from "../clouds";
import { invalidArguments } from "../errors";
import type { GcpSecureStorageConnectorArgs } from "../gcp/args/storage-connector";
import { checkedLate } from "../validation/late";
import { GcpConnectorShape } from "./gcp-shape";
import { validateGcpConnector } from "./gcp-validation";

/**
 * A Cloud Storage bucket in your own project that a W&B instance may use: W&B's cloud, or an instance that you run elsewhere. The bucket is
 * private, encrypted with a key of its own, and versioned.
 *
 * It needs the package `@pulumi/gcp` (major 9), and a Google Cloud provider for the project where the bucket shall lie.
 *
 * @throws InputPropertiesError listing every problem of the arguments, or the missing package, before anything is created.
 */
export class GcpSecureStorageConnector extends pulumi.ComponentResource {
    /** Name of the bucket. Known once the service accounts have access. */
    public readonly bucketName!: pulumi.Output<string>;
    /** Address of the bucket: `gs://<name>`. Known once the service accounts have access. */
    public readonly bucketUrl!: pulumi.Output<string>;
    /** Location of the bucket, in capitals. */
    public readonly bucketLocation!: pulumi.Output<string>;
    /** Beginning of the names of objects, for `bucket.prefix` of the instance. Absent when the whole bucket is meant. */
    public readonly prefix?: pulumi.Output<string>;
    /** Id of the Cloud KMS key. Cloud Storage uses it by itself, so the instance need not know it. Absent when Google's own keys encrypt. */
    public readonly kmsKeyId?: pulumi.Output<string>;

    constructor(name: string, args: GcpSecureStorageConnectorArgs, opts?: pulumi.ComponentResourceOptions) {
        const problems = validateGcpConnector(name, args);
        if (problems.length > 0) {
            throw invalidArguments(name, problems);
        }
        const { createStorageConnector } = loadCloud("gcp", name);
        const { bucketName, prefix, serviceAccountEmails } = args;
        super("wandb:index:GcpSecureStorageConnector", name, { bucketName, prefix, serviceAccountEmails }, opts);

        const checked = checkedLate(args, {
            given: args,
            shape: GcpConnectorShape,
            validate: (known) => validateGcpConnector(name, known),
            component: this,
        });
        const made = createStorageConnector(name, this, checked);

        this.bucketName = made.bucketName;
        this.bucketUrl = made.bucketUrl;
        this.bucketLocation = made.bucketLocation;
        this.prefix = checked.prefix === undefined ? undefined : pulumi.output(checked.prefix);
        this.kmsKeyId = made.kmsKeyId;
        this.registerOutputs({
            bucketName: this.bucketName,
            bucketUrl: this.bucketUrl,
            bucketLocation: this.bucketLocation,
            prefix: this.prefix,
            kmsKeyId: this.kmsKeyId,
        });
    }
}
