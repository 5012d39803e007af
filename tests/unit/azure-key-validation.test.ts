import { checkKeys } from "../../sdk/validation/azure/key";
import { assertFinds } from "../support/aws-validation";
import { idIn } from "../support/azure-platform";

const vault = idIn("Microsoft.KeyVault/vaults/vault");
const key = `${vault}/keys/key`;
const identity = idIn("Microsoft.ManagedIdentity/userAssignedIdentities/mine");
const database = { host: "database.example.com", password: "canary" };
const bucket = { provider: "az", name: "container", account: "account" };

interface Row {
    readonly what: string;
    /** `azure.key` */
    readonly key: object;
    readonly azure?: object;
    readonly rest?: object;
    readonly finds?: readonly RegExp[];
}

const rows: readonly Row[] = [
    { what: "nothing", key: {} },
    {
        what: "settings of a vault and keys that are made",
        key: {
            vaultName: "Vault-1",
            recover: true,
            allowedCidrs: ["203.0.113.7", "198.51.100.0/24"],
            endpointName: "vault-endpoint",
            endpointInterfaceName: "vault-nic",
            softDeleteDays: 90,
            protection: "hsm",
            size: 4096,
            rotationDays: 7,
            clusterKeyName: "cluster",
            databaseKeyName: "database",
            storageKeyName: "storage",
            encryptionIdentityName: "encryption",
        },
    },
    {
        what: "a vault, keys and an identity of one's own",
        key: {
            existingVaultId: vault,
            privateEndpoint: false,
            clusterKeyId: key,
            databaseKeyId: key,
            storageKeyId: key,
            grantAccess: false,
            encryptionIdentityId: identity,
        },
    },
    { what: "a public vault", key: { publicAccess: true } },
    { what: "a public vault with an endpoint", key: { publicAccess: true, privateEndpoint: true, endpointName: "ep" } },
    { what: "no rotation", key: { rotationDays: 0 } },
    { what: "fewer days without a database", key: { softDeleteDays: 7 }, rest: { database } },
    { what: "fewer days with a key of another vault", key: { softDeleteDays: 7, databaseKeyId: key } },
    {
        what: "the vault of a key in other letters",
        key: { existingVaultId: vault, clusterKeyId: key.replace("resourceGroups", "resourcegroups") },
    },
    {
        what: "names that Azure refuses",
        key: { vaultName: "1vault", clusterKeyName: "a_b", encryptionIdentityName: "ab", endpointName: "-e" },
        finds: [
            /^azure\.key\.vaultName: is not a name of a vault \("1vault" given\)/,
            /^azure\.key\.endpointName: is not a name of Microsoft\.Network/,
            /^azure\.key\.clusterKeyName: is not a name of a key \("a_b" given\)/,
            /^azure\.key\.encryptionIdentityName: is not a name of a managed identity \("ab" given\)/,
        ],
    },
    { what: "two hyphens in a row", key: { vaultName: "va--ult" }, finds: [/vaultName: is not a name of a vault/] },
    {
        what: "an id where a name is wanted",
        key: { vaultName: vault },
        finds: [/vaultName: is an id or a URI .* `existingVaultId`/],
    },
    {
        what: "a URI of a vault's key",
        key: { databaseKeyId: "https://vault.vault.azure.net/keys/key" },
        finds: [
            /^azure\.key\.databaseKeyId: is the URI of a key .* Give \/subscriptions\/.*\/vaults\/<name>\/keys\/<name>\.$/,
        ],
    },
    {
        what: "one version of a key",
        key: { storageKeyId: `${key}/versions/1` },
        finds: [/^azure\.key\.storageKeyId: is one version of a key/],
    },
    {
        what: "an id of something else",
        key: { existingVaultId: identity, encryptionIdentityId: vault },
        finds: [
            /^azure\.key\.existingVaultId: is the resource id of a Microsoft\.ManagedIdentity/,
            /^azure\.key\.encryptionIdentityId: is the resource id of a Microsoft\.KeyVault/,
        ],
    },
    {
        what: "settings of a vault that is not made",
        key: { existingVaultId: vault, vaultName: "other", softDeleteDays: 90 },
        finds: [
            /existingVaultId: names a vault of your own, but `azure\.key\.vaultName` and `azure\.key\.softDeleteDays`/,
        ],
    },
    {
        what: "a vault to bring back without its name",
        key: { recover: true },
        finds: [/recover: is true, but .* new name/],
    },
    {
        what: "days out of range",
        key: { softDeleteDays: 91 },
        finds: [/softDeleteDays: is not a whole number of 7 to 90 \(91 given\)/],
    },
    {
        what: "fewer days than the database wants",
        key: { softDeleteDays: 30 },
        finds: [/softDeleteDays: is too short for the database's key \(30 given\)/],
    },
    {
        what: "ranges that no firewall takes",
        key: { allowedCidrs: ["10.1.0.0/16", "192.168.1.1", "here", "198.51.100.1", "198.51.100.1"] },
        finds: [
            /allowedCidrs\[0\]: is a range of private networks/,
            /allowedCidrs\[1\]: is a range of private networks/,
            /allowedCidrs\[2\]: is not an IPv4 range/,
            /allowedCidrs\[4\]: is there twice/,
        ],
    },
    {
        what: "ranges for everybody",
        key: { publicAccess: true, allowedCidrs: ["203.0.113.0/24"] },
        finds: [/allowedCidrs: has no effect next to `azure\.key\.publicAccess`/],
    },
    {
        what: "no way to the vault",
        key: { privateEndpoint: false },
        finds: [/privateEndpoint: is false, so that nothing in the network reaches the vault/],
    },
    {
        what: "names of an endpoint that is not made",
        key: { publicAccess: true, endpointName: "ep", endpointInterfaceName: "nic" },
        finds: [/endpointName: has no effect/, /endpointInterfaceName: has no effect/],
    },
    {
        what: "keys of a size that RSA does not have",
        key: { size: 1024 },
        finds: [/size: is not a size of RSA keys \(1024 given\)\. Give 2048, 3072 or 4096/],
    },
    { what: "rotation each day", key: { rotationDays: 1 }, finds: [/rotationDays: is too short \(1 given\)/] },
    { what: "rotation before", key: { rotationDays: -1 }, finds: [/rotationDays: is not a whole number of 0 or more/] },
    {
        what: "one name for two keys",
        key: { clusterKeyName: "key", databaseKeyName: "KEY" },
        finds: [/databaseKeyName: is that of `azure\.key\.clusterKeyName` too/],
    },
    {
        what: "a name of a key that is not made",
        key: { databaseKeyName: "key", databaseKeyId: key },
        finds: [/databaseKeyName: has no effect next to `azure\.key\.databaseKeyId`/],
    },
    {
        what: "the cluster's key without its vault",
        key: { clusterKeyId: key },
        finds: [/clusterKeyId: is given without its vault/],
    },
    {
        what: "the cluster's key in another vault",
        key: { clusterKeyId: key, existingVaultId: `${vault}-2` },
        finds: [/clusterKeyId: is a key of another vault/],
    },
    { what: "nothing to grant", key: { grantAccess: false }, finds: [/grantAccess: is false, but no key of your own/] },
    {
        what: "an identity twice",
        key: { encryptionIdentityId: identity, encryptionIdentityName: "mine" },
        finds: [/encryptionIdentityName: has no effect next to/],
    },
    {
        what: "keys for what is there already",
        key: { databaseKeyName: "d", storageKeyId: key, encryptionIdentityName: "mine" },
        rest: { database, bucket },
        finds: [
            /databaseKeyName: is given, but `database` names/,
            /storageKeyId: is given, but `bucket` names/,
            /encryptionIdentityName: is given, but neither database nor storage account/,
        ],
    },
    {
        what: "a key for a cluster that is there already",
        key: { clusterKeyName: "c" },
        azure: { cluster: { existing: { name: "aks" } } },
        finds: [/clusterKeyName: is given, but `azure\.cluster\.existing` names/],
    },
    {
        what: "a key for what Microsoft encrypts",
        key: { storageKeyName: "s" },
        azure: { bucket: { encryption: "microsoft" } },
        finds: [/storageKeyName: is given, but `azure\.bucket\.encryption` is microsoft/],
    },
];

describe("validation of azure.key", () => {
    for (const { what, key: given, azure = {}, rest = {}, finds = [] } of rows) {
        it(`${finds.length === 0 ? "accepts" : "refuses"} ${what}`, () =>
            assertFinds(checkKeys, { azure: { ...azure, key: given }, ...rest }, finds));
    }
});
