import { getKey } from "@pulumi/azure-native/keyvault/getKey";
import { Key } from "@pulumi/azure-native/keyvault/key";
import * as pulumi from "@pulumi/pulumi";
import { lookUp } from "../../look-up";
import { dataOptions } from "../../protection";
import { type AzureKeyArgs, AzureKeyProtection } from "../args/key";
import type { KeyFacts } from "../facts";
import { physicalName } from "../name";
import type { AzureDeploymentScope } from "../scope";
import { partsOf, type VaultFacts } from "./vault";

/** A key before anybody may use it. */
export interface BareKey extends KeyFacts {
    /** Resource id, on which roles are assigned. */
    readonly id: pulumi.Output<string>;
    /** It was there before. */
    readonly own: boolean;
    /** What others of the vault must wait for. Absent for a key that was there before. */
    readonly resource?: pulumi.Resource;
}

export interface MadeKeyArgs {
    readonly key: AzureKeyArgs;
    readonly vault: VaultFacts;
    /** What the key encrypts: a word for logical names. */
    readonly word: "cluster" | "database" | "storage";
    readonly keyName: pulumi.Input<string> | undefined;
    /** What uses it does without its versions, or asks for the newest by itself or at a refresh. */
    readonly rotates: boolean;
    /** The key that is made before: Key Vault refuses changes of one vault at the same time. */
    readonly after: pulumi.Resource | undefined;
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault */
const LongestKeyName = 127;

/** Bits of a key when none are given. */
const DefaultSize = 3072;

/**
 * Makes a key. Azure Resource Manager only makes keys: `put` on one that is there returns it as it is, and there is no `delete`
 * (https://learn.microsoft.com/rest/api/keyvault/keys/keys/create-if-not-exist). The provider deletes one through the vault's own address, which a
 * private vault does not answer and which takes another role, so keys stay in their vault. Hence another name for a key of another shape, no
 * difference because of a rotation policy, and no tags, which could not be changed either.
 */
export function createKey(scope: AzureDeploymentScope, args: MadeKeyArgs): BareKey {
    const { key, vault, word, after } = args;
    const kty = key.protection === AzureKeyProtection.Hsm ? "RSA-HSM" : "RSA";
    const keySize = key.size ?? DefaultSize;
    const made = new Key(
        `${scope.name}-${word}-key`,
        {
            resourceGroupName: vault.resourceGroupName,
            vaultName: vault.name,
            keyName: physicalName(scope, args.keyName, {
                word: `${word}-key`,
                beginning: `${scope.name}-${word}`,
                longest: LongestKeyName,
                keepers: { kty, keySize: `${keySize}` },
            }),
            properties: {
                kty,
                keySize,
                keyOps: ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"],
                rotationPolicy: args.rotates ? rotationPolicy(key.rotationDays ?? 365) : undefined,
            },
        },
        {
            ...dataOptions(scope, after && [after]),
            retainOnDelete: true,
            replaceOnChanges: ["properties.kty", "properties.keySize"],
            ignoreChanges: ["properties.rotationPolicy"],
        },
    );
    const { id, name, keyUri, keyUriWithVersion } = made;
    return { id, name, uri: keyUri, uriWithVersion: keyUriWithVersion, own: false, resource: made };
}

function rotationPolicy(days: number) {
    return days === 0
        ? undefined
        : {
              lifetimeActions: [{ action: { type: "rotate" as const }, trigger: { timeAfterCreate: `P${days}D` } }],
          };
}

/** A key of the caller's own. */
export function ownKey({ parent }: AzureDeploymentScope, id: pulumi.Input<string>, path: string): BareKey {
    const found = lookUp({ path, wanted: "the id of a key that you may read", resource: parent }, id, (known) => {
        const { resourceGroupName, name: vaultName } = partsOf(known);
        return getKey({ resourceGroupName, vaultName, keyName: known.split("/")[10] ?? "" }, { parent });
    });
    return {
        id: pulumi.output(id),
        name: found.name,
        uri: found.keyUri,
        uriWithVersion: found.keyUriWithVersion,
        own: true,
    };
}
