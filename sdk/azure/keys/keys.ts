import { getUserAssignedIdentity } from "@pulumi/azure-native/managedidentity/getUserAssignedIdentity";
import * as pulumi from "@pulumi/pulumi";
import { lookUp } from "../../look-up";
import { dataOptions } from "../../protection";
import type { AzureKeyArgs } from "../args/key";
import type { AzureIdentity, KeyFacts, KeysFacts, NetworkFacts } from "../facts";
import { createManagedIdentity } from "../identity/managed-identity";
import { assignRole } from "../identity/role";
import { settled } from "../identity/settled";
import type { BuiltInRole } from "../roles";
import type { AzureDeploymentScope } from "../scope";
import { type BareKey, createKey, ownKey } from "./key";
import { createVault, partsOf, type VaultFacts } from "./vault";

/** What is made here and encrypted by a key of the vault. */
export interface KeyWants {
    /** Secrets of Kubernetes in a cluster that is made. */
    readonly cluster: boolean;
    readonly database: boolean;
    readonly storage: boolean;
}

export interface KeysArgs {
    readonly key: AzureKeyArgs;
    readonly wants: KeyWants;
    readonly network: Pick<NetworkFacts, "privateEndpoint">;
    /** The identity of the cluster's control plane. Needed where the cluster wants a key. */
    readonly controlPlane?: AzureIdentity;
}

/** Makes the vault and the keys of everything that is stored, unless there are some, and lets whoever encrypts use them. */
export function createKeys(scope: AzureDeploymentScope, args: KeysArgs): KeysFacts {
    return new Keys(scope, args).facts;
}

/** The vault and the customer managed keys of a deployment. */
class Keys extends pulumi.ComponentResource {
    readonly facts: KeysFacts;

    constructor(scope: AzureDeploymentScope, args: KeysArgs) {
        super("wandb:azure:Keys", `${scope.name}-keys`, {}, { parent: scope.parent });
        this.facts = new KeyPlan({ ...scope, parent: this }, args).facts();
        const { vaultId, vaultUri } = this.facts;
        this.registerOutputs({ vaultId, vaultUri });
    }
}

/** Which identity uses which key, with one assignment for each. */
class KeyPlan {
    private readonly vault: VaultFacts;
    private last: pulumi.Resource | undefined;

    constructor(
        private readonly scope: AzureDeploymentScope,
        private readonly args: KeysArgs,
    ) {
        this.vault = createVault(scope, args.key);
    }

    facts(): KeysFacts {
        const { key, wants } = this.args;
        const encryptionIdentity = wants.database || wants.storage ? this.encryptionIdentity() : undefined;
        // The cluster's first, for which most waits.
        const cluster = wants.cluster ? this.clusterKey() : undefined;
        return {
            vaultId: this.vault.id,
            vaultUri: this.vault.uri,
            privateVault: key.publicAccess !== true,
            cluster,
            encryptionIdentity,
            database: wants.database ? this.serviceKey("database", encryptionIdentity) : undefined,
            storage: wants.storage ? this.serviceKey("storage", encryptionIdentity) : undefined,
            ready: this.endpoint(),
        };
    }

    private clusterKey(): KeyFacts {
        const { controlPlane, key } = this.args;
        if (controlPlane === undefined) {
            throw new Error("a cluster with a key has an identity of its control plane");
        }
        const bare = this.bare("cluster", key.clusterKeyId, key.clusterKeyName);
        const use = this.grant(bare, "cluster-key-use", "Key Vault Crypto User", controlPlane, bare.id);
        // AKS makes a private endpoint of its own to a private vault, as the identity of the control plane.
        // https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption#assign-permissions-to-create-a-private-link
        const link =
            key.publicAccess === true
                ? []
                : this.grant(bare, "cluster-vault-link", "Key Vault Contributor", controlPlane, this.vault.id);
        return usable(bare, [...use, ...link]);
    }

    private serviceKey(word: "database" | "storage", identity: AzureIdentity | undefined): KeyFacts {
        const { key } = this.args;
        const bare = this.bare(word, key[`${word}KeyId`], key[`${word}KeyName`]);
        const role = "Key Vault Crypto Service Encryption User";
        return usable(bare, identity === undefined ? [] : this.grant(bare, `${word}-key-use`, role, identity, bare.id));
    }

    private bare(
        word: "cluster" | "database" | "storage",
        id: pulumi.Input<string> | undefined,
        keyName: pulumi.Input<string> | undefined,
    ): BareKey {
        if (id !== undefined) {
            return ownKey(this.scope, id, `azure.key.${word}KeyId`);
        }
        const { key } = this.args;
        const { vault, last: after } = this;
        const made = createKey(this.scope, { key, vault, word, keyName, rotates: word !== "cluster", after });
        this.last = made.resource;
        return made;
    }

    private grant(
        { own }: BareKey,
        word: string,
        role: BuiltInRole,
        { principalId }: AzureIdentity,
        scopeId: pulumi.Output<string>,
    ): pulumi.Output<string>[] {
        if (own && this.args.key.grantAccess === false) {
            return [];
        }
        const { scope } = this;
        const options = dataOptions(scope);
        return [settled(assignRole(scope, `${scope.name}-${word}`, { role, principalId, scopeId, options }))];
    }

    private encryptionIdentity(): AzureIdentity {
        const { scope } = this;
        const { encryptionIdentityId: own, encryptionIdentityName: name } = this.args.key;
        return own === undefined
            ? createManagedIdentity(scope, { word: "encryption", name, options: dataOptions(scope) })
            : ownIdentity(scope, own, "azure.key.encryptionIdentityId");
    }

    private endpoint(): readonly pulumi.Resource[] {
        const { key, network } = this.args;
        const { publicAccess = false, privateEndpoint = !publicAccess } = key;
        return privateEndpoint
            ? network.privateEndpoint({
                  service: "vault",
                  targetId: this.vault.id,
                  endpointName: key.endpointName,
                  interfaceName: key.endpointInterfaceName,
              })
            : [];
    }
}

/** The key, known once it may be used: whoever needs it thereby waits for the assignments. */
function usable({ name, uri, uriWithVersion }: BareKey, grants: readonly pulumi.Output<string>[]): KeyFacts {
    const once = (text: pulumi.Output<string>) => pulumi.all([text, ...grants]).apply(([known]) => known);
    return { name: once(name), uri: once(uri), uriWithVersion: once(uriWithVersion) };
}

/** A managed identity of the caller's own. */
export function ownIdentity({ parent }: AzureDeploymentScope, id: pulumi.Input<string>, path: string): AzureIdentity {
    const found = lookUp(
        { path, wanted: "the id of a managed identity that you may read", resource: parent },
        id,
        (known) => {
            const { resourceGroupName, name: resourceName } = partsOf(known);
            return getUserAssignedIdentity({ resourceGroupName, resourceName }, { parent });
        },
    );
    return { id: pulumi.output(id), name: found.name, clientId: found.clientId, principalId: found.principalId };
}
