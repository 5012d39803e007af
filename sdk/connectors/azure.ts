import * as pulumi from "@pulumi/pulumi";
import type { AzureSecureStorageConnectorArgs } from "../azure/args/storage-connector";
import { loadCloud } from "../clouds";
import { invalidArguments } from "../errors";
import { checkedLate } from "../validation/late";
import { AzureConnectorShape } from "./azure-shape";
import { validateAzureConnector } from "./azure-validation";

/**
 * A storage account with a container in your own subscription that a W&B instance may use: W&B's cloud, or an instance that you run elsewhere. It lets
 * nobody in without a credential, is encrypted with a key of its own, keeps old versions, and answers to TLS only. W&B's pods act as a managed identity of
 * yours, or use the account's key.
 *
 * It needs the package `@pulumi/azure-native` (major 3), and an Azure provider for the subscription where the account shall lie.
 *
 * @throws InputPropertiesError listing every problem of the arguments, or the missing package, before anything is created.
 */
export class AzureSecureStorageConnector extends pulumi.ComponentResource {
    /** Name of the storage account, for `bucket.account` of the instance. */
    public readonly accountName!: pulumi.Output<string>;
    /** Resource id of the storage account. */
    public readonly accountId!: pulumi.Output<string>;
    /** Name of the container, for `bucket.name` of the instance. */
    public readonly containerName!: pulumi.Output<string>;
    /** Id of the tenant of Microsoft Entra ID in which the identity is. Absent with `access` `key`. */
    public readonly tenantId?: pulumi.Output<string>;
    /** Client id of the identity that W&B's pods act as. Known once it may use the container, and they may act as it. Absent with `access` `key`. */
    public readonly clientId?: pulumi.Output<string>;
    /** Object id of that identity, to which further roles can be assigned. Absent with `access` `key`. */
    public readonly principalId?: pulumi.Output<string>;
    /** Key of the storage account (secret), for `bucket.accessKey` of the instance. Absent with `access` `identity`. */
    public readonly accessKey?: pulumi.Output<string>;
    /**
     * URI of the key in Key Vault, without a version. Azure Storage uses it by itself, so the instance need not know it. Absent when Microsoft's own keys
     * encrypt.
     */
    public readonly keyUri?: pulumi.Output<string>;

    constructor(name: string, args: AzureSecureStorageConnectorArgs, opts?: pulumi.ComponentResourceOptions) {
        const problems = validateAzureConnector(name, args);
        if (problems.length > 0) {
            throw invalidArguments(name, problems);
        }
        const { createStorageConnector } = loadCloud("azure", name);
        const { accountName, containerName, access, oidcIssuerUrl } = args;
        const inputs = { accountName, containerName, access, oidcIssuerUrl };
        super("wandb:index:AzureSecureStorageConnector", name, inputs, opts);

        const checked = checkedLate(args, {
            given: args,
            shape: AzureConnectorShape,
            validate: (known) => validateAzureConnector(name, known),
            component: this,
        });
        const made = createStorageConnector(name, this, checked);

        this.accountName = made.accountName;
        this.accountId = made.accountId;
        this.containerName = made.containerName;
        this.tenantId = made.tenantId;
        this.clientId = made.clientId;
        this.principalId = made.principalId;
        this.accessKey = made.accessKey;
        this.keyUri = made.keyUri;
        this.registerOutputs({
            accountName: this.accountName,
            accountId: this.accountId,
            containerName: this.containerName,
            tenantId: this.tenantId,
            clientId: this.clientId,
            principalId: this.principalId,
            accessKey: this.accessKey,
            keyUri: this.keyUri,
        });
    }
}
