import * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../../protection";
import { AzureBucketAccess, AzureBucketEncryption } from "../args/bucket";
import { ConnectorServiceAccounts } from "../args/connector-defaults";
import type { AzureSecureStorageConnectorArgs } from "../args/storage-connector";
import type { AzureStorageConnectorOutputs } from "../folder";
import { federate, type KubernetesAccount } from "../identity/federation";
import { createManagedIdentity } from "../identity/managed-identity";
import { assignRole } from "../identity/role";
import { settled } from "../identity/settled";
import { ownKey } from "../keys/key";
import { createKeys } from "../keys/keys";
import { createResourceGroup } from "../resource-group";
import type { AzureDeploymentScope } from "../scope";
import { type Account, type AccountKey, createAccount, createLock } from "./account";
import { grantBucket } from "./grants";
import { accountKey } from "./part";

/** Makes the storage account of somebody else, and the identity by which W&B uses it, or hands out its key. */
export function createStorageConnector(
    name: string,
    parent: pulumi.Resource,
    args: AzureSecureStorageConnectorArgs,
): AzureStorageConnectorOutputs {
    const { resourceGroup, location, tags, deletionProtection = true, retainData = false } = args;
    const scope = createResourceGroup(name, parent, { resourceGroup, location, tags, deletionProtection, retainData });
    const access = args.access ?? AzureBucketAccess.Identity;
    const key = storageKey(scope, args);
    const made = createAccount(scope, {
        settings: { ...args, access },
        key,
        hosts: args.hosts,
        trustedServices: false,
    });
    const { account, container } = made;
    const identity = access === AzureBucketAccess.Identity ? letIn(scope, made, args) : undefined;
    createLock(scope, account, [...made.parts, ...(identity?.grants ?? [])], args.lockName);
    return {
        accountName: account.name,
        accountId: account.id,
        containerName: container.name,
        tenantId: identity && scope.tenantId,
        clientId: identity?.clientId,
        principalId: identity?.principalId,
        accessKey: identity === undefined ? accountKey(scope, account) : undefined,
        keyUri: key?.key.uri,
    };
}

interface LetIn {
    /** Known once the identity may use the container, and the pods of the instance may act as it. */
    readonly clientId: pulumi.Output<string>;
    readonly principalId: pulumi.Output<string>;
    readonly grants: readonly pulumi.Resource[];
}

/** Makes the identity as which the pods of the instance act. */
function letIn(
    scope: AzureDeploymentScope,
    { account, container }: Account,
    args: AzureSecureStorageConnectorArgs,
): LetIn {
    const { oidcIssuerUrl, namespace = "default", serviceAccounts = ConnectorServiceAccounts } = args;
    const options = dataOptions(scope);
    const identity = createManagedIdentity(scope, { word: "bucket", name: args.identityName, options });
    const { principalId } = identity;
    const grants = grantBucket(scope, { accountId: account.id, container: container.name, principalId }, options);
    const accounts = serviceAccounts.map((name): KubernetesAccount => ({ word: name, namespace, name }));
    const trusted = oidcIssuerUrl === undefined ? [] : federate(scope, identity, oidcIssuerUrl, accounts);
    const made = pulumi.all([...grants, ...trusted].map(({ urn }) => urn));
    return { clientId: pulumi.all([identity.clientId, made]).apply(([id]) => id), principalId, grants };
}

function storageKey(
    scope: AzureDeploymentScope,
    { encryption, key = {} }: AzureSecureStorageConnectorArgs,
): AccountKey | undefined {
    if (encryption === AzureBucketEncryption.Microsoft) {
        return undefined;
    }
    const { id, keyName, encryptionIdentityName, ...settings } = key;
    if (id !== undefined) {
        return existingKey(scope, id, encryptionIdentityName);
    }
    const made = createKeys(scope, {
        // Nobody but the storage account uses the vault, and services of Azure need no endpoint.
        key: { ...settings, storageKeyName: keyName, encryptionIdentityName, privateEndpoint: false },
        wants: { cluster: false, database: false, storage: true },
        network: { privateEndpoint: () => [] },
    });
    return made.storage && made.encryptionIdentity && { key: made.storage, identity: made.encryptionIdentity };
}

/** A key of the caller's own, which the account may use. */
function existingKey(
    scope: AzureDeploymentScope,
    id: pulumi.Input<string>,
    identityName: pulumi.Input<string> | undefined,
): AccountKey {
    const options = dataOptions(scope);
    const identity = createManagedIdentity(scope, { word: "encryption", name: identityName, options });
    const key = ownKey(scope, id, "key.id");
    const use = settled(
        assignRole(scope, `${scope.name}-storage-key-use`, {
            role: "Key Vault Crypto Service Encryption User",
            principalId: identity.principalId,
            scopeId: key.id,
            options,
        }),
    );
    const once = (text: pulumi.Output<string>) => pulumi.all([text, use]).apply(([known]) => known);
    return { identity, key: { name: once(key.name), uri: once(key.uri), uriWithVersion: once(key.uriWithVersion) } };
}
