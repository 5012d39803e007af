import type { WandbDeploymentArgs } from "../../args";
import { type AzureKeyArgs, AzureKeyProtection } from "../../azure/args/key";
import { contains, parseIpv4Range, wrongIpv4Range } from "../cidr";
import { checkNumber, refuseRepetition } from "../lists";
import type { Section } from "../section";
import { choice, flag, listOf, object, plainNumber, text } from "../shape";
import { codes, given } from "../wording";
import { isSameId, resourceIdForm, wrongNetworkName, wrongResourceId } from "./rules";

export const keyShape = object<AzureKeyArgs>("AzureKeyArgs", {
    vaultName: text,
    existingVaultId: text,
    recover: flag,
    publicAccess: flag,
    allowedCidrs: listOf(text),
    privateEndpoint: flag,
    endpointName: text,
    endpointInterfaceName: text,
    softDeleteDays: plainNumber,
    protection: choice(AzureKeyProtection, { standard: "Use software.", premium: "Use hsm." }),
    size: plainNumber,
    rotationDays: plainNumber,
    clusterKeyName: text,
    databaseKeyName: text,
    storageKeyName: text,
    clusterKeyId: text,
    databaseKeyId: text,
    storageKeyId: text,
    grantAccess: flag,
    encryptionIdentityName: text,
    encryptionIdentityId: text,
});

type Args = Section<WandbDeploymentArgs>;
type Key = Section<AzureKeyArgs>;

const vaultType = "Microsoft.KeyVault/vaults";
const keyType = "Microsoft.KeyVault/vaults/keys";
const identityType = "Microsoft.ManagedIdentity/userAssignedIdentities";

const keyNames = ["clusterKeyName", "databaseKeyName", "storageKeyName"] as const;
const keyIds = ["clusterKeyId", "databaseKeyId", "storageKeyId"] as const;

/** `azure.key` */
export function checkKeys(args: Args): void {
    const key = args.section("azure")?.section("key");
    if (key === undefined) {
        return;
    }
    checkForms(key);
    checkVault(key);
    checkReach(key);
    checkShape(args, key);
    checkOwnKeys(key);
    checkUse(args, key);
}

function checkForms(key: Key): void {
    key.check("vaultName", wrongVaultName);
    key.check("existingVaultId", (id) => wrongResourceId(id, vaultType));
    key.check("endpointName", (name) => wrongNetworkName(name, 2, 64));
    key.check("endpointInterfaceName", (name) => wrongNetworkName(name));
    keyNames.forEach((name) => key.check(name, wrongKeyName));
    keyIds.forEach((id) => key.check(id, wrongKeyId));
    key.check("encryptionIdentityName", wrongIdentityName);
    key.check("encryptionIdentityId", (id) => wrongResourceId(id, identityType));
}

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault */
export function wrongVaultName(name: string): string | undefined {
    if (name.includes("/")) {
        return `is an id or a URI ${given(name)}. Give the name of the vault alone, and one that is there already as \`existingVaultId\`.`;
    }
    return /^[A-Za-z](?!.*--)[A-Za-z0-9-]{1,22}[A-Za-z0-9]$/.test(name)
        ? undefined
        : `is not a name of a vault ${given(name)}. It has 3 to 24 letters, digits and hyphens, a letter first, no hyphen last and no two in a row.`;
}

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault */
export function wrongKeyName(name: string): string | undefined {
    return /^[A-Za-z0-9-]{1,127}$/.test(name)
        ? undefined
        : `is not a name of a key ${given(name)}. It has 1 to 127 letters, digits and hyphens.`;
}

export function wrongKeyId(id: string): string | undefined {
    const wanted = `Give ${resourceIdForm(keyType)}.`;
    if (id.startsWith("https://")) {
        return `is the URI of a key ${given(id)}, which does not say in which resource group its vault is. ${wanted}`;
    }
    return /\/versions\/[^/]+$/i.test(id)
        ? `is one version of a key ${given(id)}, which would end with the next rotation. ${wanted}`
        : wrongResourceId(id, keyType);
}

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules#microsoftmanagedidentity */
export function wrongIdentityName(name: string): string | undefined {
    return /^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/.test(name)
        ? undefined
        : `is not a name of a managed identity ${given(name)}. It has 3 to 128 letters, digits, underscores and hyphens, a letter or digit first.`;
}

/** What shapes a vault that is not made. */
function checkVault(key: Key): void {
    const shaping = key.givenOf("vaultName", "recover", "allowedCidrs", "softDeleteDays");
    if (key.has("existingVaultId") && shaping.length > 0) {
        key.refuse(
            "existingVaultId",
            `names a vault of your own, but ${codes(shaping.map((field) => key.at(field)))} would belong to a vault that is made. Leave the one or the other out.`,
        );
    } else if (key.flag("recover") === true && !key.has("vaultName")) {
        key.refuse(
            "recover",
            "is true, but the vault has a new name each time. Name the one to bring back as `azure.key.vaultName`.",
        );
    }
    checkNumber(key, "softDeleteDays", 7, 90);
}

const insideRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(parseIpv4Range);

/** Key Vault takes addresses alone, too. https://learn.microsoft.com/en-us/azure/key-vault/general/network-security */
function wrongPublicRange(range: string): string | undefined {
    const asRange = /^[\d.]+$/.test(range) ? `${range}/32` : range;
    const inner = parseIpv4Range(asRange);
    if (insideRanges.some((outer) => contains(outer, inner))) {
        return `is a range of private networks ${given(range)}, which the vault's firewall does not take. Reach the vault by its private endpoint from there, and leave this out.`;
    }
    return wrongIpv4Range(asRange);
}

/** From where the vault is reached. */
function checkReach(key: Key): void {
    const cidrs = key.texts("allowedCidrs");
    cidrs.forEach((cidr) => key.checkEntry(cidr, wrongPublicRange));
    refuseRepetition(key, cidrs);
    if (cidrs.length > 1000) {
        key.refuse("allowedCidrs", `has too many ranges (${cidrs.length} given). Key Vault takes 1000: join some.`);
    }
    const isPublic = key.flag("publicAccess") === true;
    if (isPublic && cidrs.length > 0) {
        key.refuse(
            "allowedCidrs",
            "has no effect next to `azure.key.publicAccess`, which lets everybody reach the vault. Leave out the one or the other.",
        );
    }
    const endpoint = key.flag("privateEndpoint");
    if (endpoint === false && !isPublic && !key.has("existingVaultId") && !key.pending("publicAccess")) {
        key.refuse(
            "privateEndpoint",
            "is false, so that nothing in the network reaches the vault that is made. Leave it out, or set `azure.key.publicAccess`.",
        );
    }
    const none = endpoint === false || (isPublic && endpoint === undefined && !key.pending("privateEndpoint"));
    for (const name of key.givenOf("endpointName", "endpointInterfaceName")) {
        if (none) {
            key.refuse(
                name,
                "has no effect, because no private endpoint is made for the vault. Leave it out, or set `azure.key.privateEndpoint`.",
            );
        }
    }
}

/** How keys are made. */
function checkShape(args: Args, key: Key): void {
    const size = key.number("size");
    if (size !== undefined && ![2048, 3072, 4096].includes(size)) {
        key.refuse("size", `is not a size of RSA keys ${given(size)}. Give 2048, 3072 or 4096.`);
    }
    if (checkNumber(key, "rotationDays", 0) && [1, 2, 3, 4, 5, 6].includes(key.number("rotationDays") ?? 0)) {
        key.refuse(
            "rotationDays",
            `is too short ${given(key.number("rotationDays") ?? 0)}. Key Vault rotates after 7 days at least; give 0 for never.`,
        );
    }
    const days = key.number("softDeleteDays");
    const encryptsDatabase = !args.has("database") && !key.has("databaseKeyId");
    if (days !== undefined && days >= 7 && days < 90 && encryptsDatabase) {
        key.refuse(
            "softDeleteDays",
            `is too short for the database's key ${given(days)}: Azure Database for MySQL takes keys only of vaults that keep what is deleted for 90 days. Leave it out, or name a key of another vault as \`azure.key.databaseKeyId\`.`,
        );
    }
    keyNames.forEach((name, index) => {
        const first = keyNames.slice(0, index).find((before) => sameName(key.text(before), key.text(name)));
        if (first !== undefined) {
            key.refuse(name, `is that of \`${key.at(first)}\` too ${given(key.text(name) ?? "")}. Give another name.`);
        }
        if (key.has(name) && key.has(keyIds[index])) {
            key.refuse(
                name,
                `has no effect next to \`${key.at(keyIds[index])}\`, since no key is made. Leave out the one or the other.`,
            );
        }
    });
}

function sameName(one: string | undefined, other: string | undefined): boolean {
    return one !== undefined && other !== undefined && isSameId(one, other);
}

function checkOwnKeys(key: Key): void {
    const vault = key.text("existingVaultId");
    const id = key.text("clusterKeyId");
    if (key.has("clusterKeyId") && !key.has("existingVaultId")) {
        key.refuse(
            "clusterKeyId",
            "is given without its vault, to which AKS makes a private endpoint. Name that as `azure.key.existingVaultId`, too.",
        );
    } else if (
        vault !== undefined &&
        id !== undefined &&
        wrongKeyId(id) === undefined &&
        !isSameId(vaultOf(id), vault)
    ) {
        key.refuse(
            "clusterKeyId",
            `is a key of another vault than \`azure.key.existingVaultId\` ${given(id)}. Give a key of that vault, or the vault of this key.`,
        );
    }
    if (key.flag("grantAccess") === false && key.givenOf(...keyIds).length === 0) {
        key.refuse(
            "grantAccess",
            "is false, but no key of your own is named: roles on keys that are made are assigned anyway. Leave it out.",
        );
    }
    if (key.has("encryptionIdentityId") && key.has("encryptionIdentityName")) {
        key.refuse(
            "encryptionIdentityName",
            "has no effect next to `azure.key.encryptionIdentityId`, since no identity is made. Leave out the one or the other.",
        );
    }
}

function vaultOf(keyId: string): string {
    return keyId.split("/").slice(0, 9).join("/");
}

/** Settings of keys with which nothing would be encrypted. */
function checkUse(args: Args, key: Key): void {
    const others = [
        {
            keys: ["clusterKeyId", "clusterKeyName"],
            by: "azure.cluster.existing",
            other: args.section("azure")?.section("cluster")?.has("existing"),
        },
        { keys: ["databaseKeyId", "databaseKeyName"], by: "database", other: args.has("database") },
        { keys: ["storageKeyId", "storageKeyName"], by: "bucket", other: args.has("bucket") },
    ] as const;
    for (const { keys, by, other } of others) {
        for (const field of other === true ? key.givenOf(...keys) : []) {
            key.refuse(
                field,
                `is given, but \`${by}\` names what is there already, so that nothing is encrypted here. Leave it out.`,
            );
        }
    }
    const microsoft = args.section("azure")?.section("bucket")?.text("encryption") === "microsoft";
    for (const field of microsoft && !args.has("bucket") ? key.givenOf("storageKeyId", "storageKeyName") : []) {
        key.refuse(
            field,
            "is given, but `azure.bucket.encryption` is microsoft, which uses no key of a vault. Leave one of the two out.",
        );
    }
    for (const field of args.has("database") && (args.has("bucket") || microsoft)
        ? key.givenOf("encryptionIdentityId", "encryptionIdentityName")
        : []) {
        key.refuse(field, "is given, but neither database nor storage account has a key here. Leave it out.");
    }
}
