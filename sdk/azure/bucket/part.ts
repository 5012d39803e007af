import { listStorageAccountKeysOutput } from "@pulumi/azure-native/storage/listStorageAccountKeys";
import type { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import * as pulumi from "@pulumi/pulumi";
import type { BucketFacts } from "../../contract/infrastructure";
import { dataOptions } from "../../protection";
import { AzureBucketAccess, type AzureBucketArgs } from "../args/bucket";
import type { AzureIdentity, KeyFacts, NetworkFacts } from "../facts";
import type { AzureDeploymentScope, AzureScope } from "../scope";
import { createAccount, createLock, type Account } from "./account";
import { type BucketEvents, createBucketEvents } from "./events";
import { grantBucket } from "./grants";

export interface BucketPartInput {
    readonly bucket: AzureBucketArgs;
    /** Without it Microsoft's own keys encrypt. */
    readonly key?: KeyFacts;
    /** By which the account uses the key. Needed with it. */
    readonly encryptionIdentity?: AzureIdentity;
    /** Hosts under which people open W&B. */
    readonly hosts: readonly pulumi.Input<string>[];
    readonly network: Pick<NetworkFacts, "privateEndpoint">;
    /** Identity of W&B's pods. */
    readonly appIdentity: AzureIdentity;
}

export interface BucketPart {
    /** Known once W&B has its rights. */
    readonly facts: BucketFacts;
    /** Resource id of the storage account. */
    readonly accountId: pulumi.Output<string>;
    /** `https://<account>.blob.core.windows.net/` */
    readonly blobEndpoint: pulumi.Output<string>;
    readonly events?: BucketEvents;
    /** What pods need before they reach the account, and W&B before it may use it. */
    readonly ready: readonly pulumi.Resource[];
}

/** Makes storage account and container of a deployment, and lets W&B in. */
export function createBucketPart(scope: AzureDeploymentScope, input: BucketPartInput): BucketPart {
    return new Bucket(scope, input).part;
}

/** The storage account, with what watches and reaches it. */
class Bucket extends pulumi.ComponentResource {
    readonly part: BucketPart;

    constructor(scope: AzureDeploymentScope, input: BucketPartInput) {
        super("wandb:azure:Bucket", `${scope.name}-storage`, {}, { parent: scope.parent });
        this.part = bucketPart({ ...scope, parent: this }, input);
        const { facts, accountId } = this.part;
        this.registerOutputs({ accountName: facts.account, containerName: facts.name, accountId });
    }
}

function bucketPart(scope: AzureDeploymentScope, input: BucketPartInput): BucketPart {
    const { bucket, key, encryptionIdentity, appIdentity } = input;
    const made = createAccount(scope, {
        settings: bucket,
        key: key && encryptionIdentity && { key, identity: encryptionIdentity },
        hosts: [...input.hosts, ...(bucket.corsHosts ?? [])],
        trustedServices: bucket.events === true,
    });
    const { account, container } = made;
    const events =
        bucket.events === true
            ? createBucketEvents(scope, {
                  bucket,
                  account,
                  containerName: container.name,
                  readerId: appIdentity.principalId,
              })
            : undefined;
    const grants =
        bucket.access === AzureBucketAccess.Identity
            ? grantBucket(
                  scope,
                  { accountId: account.id, container: container.name, principalId: appIdentity.principalId },
                  dataOptions(scope),
              )
            : [];
    createLock(scope, account, [...made.parts, ...(events?.parts ?? []), ...grants], bucket.lockName);
    return {
        facts: facts(scope, made, input),
        accountId: account.id,
        blobEndpoint: account.primaryEndpoints.blob,
        events,
        ready: [...grants, ...(events?.ready ?? []), ...endpoints(input, account)],
    };
}

function facts(
    scope: AzureScope,
    { account, container }: Account,
    { bucket, appIdentity }: BucketPartInput,
): BucketFacts {
    const keyless = bucket.access === AzureBucketAccess.Identity;
    return {
        provider: "az",
        account: account.name,
        name: container.name,
        prefix: bucket.prefix,
        clientId: keyless ? appIdentity.clientId : undefined,
        credentials: keyless ? undefined : { accessKey: accountKey(scope, account) },
    };
}

/** The first of the two keys of an account. */
export function accountKey({ parent, resourceGroupName }: AzureScope, account: StorageAccount): pulumi.Output<string> {
    const { keys } = listStorageAccountKeysOutput({ accountName: account.name, resourceGroupName }, { parent });
    return pulumi.secret(keys.apply(([first]) => first.value));
}

/** By what pods reach blobs, and the queue, inside the network. */
function endpoints({ bucket, network }: BucketPartInput, account: StorageAccount): pulumi.Resource[] {
    if (bucket.privateEndpoint === false) {
        return [];
    }
    const blob = network.privateEndpoint({
        service: "blob",
        targetId: account.id,
        endpointName: bucket.privateEndpointName,
    });
    const queue = bucket.events === true ? network.privateEndpoint({ service: "queue", targetId: account.id }) : [];
    return [...blob, ...queue];
}
