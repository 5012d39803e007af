import assert from "node:assert/strict";
import { validateAzureConnector } from "../../sdk/connectors/azure-validation";
import { LeastAzureArgs } from "../support/azure-connector-args";

const found = (args: object, name = "files") =>
    validateAzureConnector(name, args as never).map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);

const keyId =
    "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/own/keys/files";
const names = (count: number) => Array.from({ length: count }, (_one, index) => `account-${index}`);

interface Row {
    readonly what: string;
    /** On top of the least; undefined takes one away. */
    readonly args: object;
    readonly finds?: readonly RegExp[];
}

const rows: readonly Row[] = [
    { what: "the least", args: {} },
    {
        what: "everything of an identity",
        args: {
            access: "identity",
            namespace: "wandb",
            serviceAccounts: names(20),
            identityName: "wandb-files",
            resourceGroup: { name: "wandb-files" },
            location: "westeurope",
            accountName: "wandbfiles",
            containerName: "runs",
            redundancy: "GZRS",
            accessTier: "Hot",
            encryption: "vault",
            key: {
                vaultName: "kv-files",
                recover: true,
                keyName: "files",
                protection: "hsm",
                rotationDays: 0,
                encryptionIdentityName: "enc",
            },
            versioning: true,
            lifecycle: { noncurrentVersionDays: 3 },
            softDeleteDays: 0,
            allowedCidrs: ["203.0.113.0/24"],
            lockName: "files",
            deletionProtection: true,
            retainData: true,
            tags: { team: "ml" },
        },
    },
    {
        what: "a key, and one's own key of the vault",
        args: { access: "key", oidcIssuerUrl: undefined, key: { id: keyId } },
    },
    {
        what: "no issuer",
        args: { oidcIssuerUrl: undefined },
        finds: [/^oidcIssuerUrl: is missing\. .* set `access` to key\.$/],
    },
    {
        what: "an identity's settings beside a key",
        args: { access: "key", namespace: "wandb", serviceAccounts: ["a"], identityName: "own" },
        finds: [/^oidcIssuerUrl: belongs to an identity/, /^namespace: /, /^serviceAccounts: /, /^identityName: /],
    },
    ...["http://issuer.example.com", "issuer.example.com", "https://issuer.example.com?x=1"].map((oidcIssuerUrl) => ({
        what: `the issuer ${oidcIssuerUrl}`,
        args: { oidcIssuerUrl },
        finds: [/^oidcIssuerUrl: is not the URL of an issuer \("/],
    })),
    {
        what: "a long issuer",
        args: { oidcIssuerUrl: `https://a.example/${"b".repeat(600)}` },
        finds: [/^oidcIssuerUrl: is longer than the 600/],
    },
    { what: "nobody", args: { serviceAccounts: [] }, finds: [/^serviceAccounts: is empty/] },
    {
        what: "more than Azure trusts",
        args: { serviceAccounts: names(21) },
        finds: [/^serviceAccounts: has 21 entries, .* takes 20/],
    },
    {
        what: "wrong accounts",
        args: { serviceAccounts: ["A", "b", "b"], namespace: "W" },
        finds: [/^namespace: /, /^serviceAccounts\[0\]: /, /^serviceAccounts\[2\]: is there twice/],
    },
    { what: "no host", args: { hosts: [] }, finds: [/^hosts: is empty/] },
    {
        what: "a wrong host",
        args: { hosts: ["https://a.example.com/x"] },
        finds: [/^hosts\[0\]: has more than a host name/],
    },
    {
        what: "a place with capitals, and two groups",
        args: { location: "West Europe", resourceGroup: { name: "a.", existingName: "b" } },
        finds: [
            /^location: .*Write westeurope\.$/,
            /^resourceGroup\.name: is not a name/,
            /^resourceGroup\.existingName: names a resource group/,
        ],
    },
    {
        what: "wrong names",
        args: { accountName: "My", containerName: "a--b", lockName: "a.", identityName: "_a" },
        finds: [/^identityName: /, /^accountName: /, /^containerName: /, /^lockName: /],
    },
    {
        what: "an account that nobody reaches",
        args: { allowedCidrs: [] },
        finds: [/^allowedCidrs: is empty, so that nobody/],
    },
    {
        what: "the lock that is not made",
        args: { deletionProtection: false, lockName: "a" },
        finds: [/^lockName: has no effect/],
    },
    {
        what: "a key of Microsoft's with settings",
        args: { encryption: "microsoft", key: {} },
        finds: [/^key: is given, but `encryption` is microsoft/],
    },
    {
        what: "a key that is there and made",
        args: { key: { id: keyId, keyName: "a", rotationDays: 9 } },
        finds: [/^key\.id: names a key that is there already, but `key\.keyName` and `key\.rotationDays`/],
    },
    {
        what: "one version of a key",
        args: { key: { id: `${keyId}/versions/1` } },
        finds: [/^key\.id: is one version of a key/],
    },
    {
        what: "wrong settings of a key",
        args: {
            key: { vaultName: "a/b", keyName: "a_b", rotationDays: 6, recover: true, encryptionIdentityName: "a" },
        },
        finds: [
            /^key\.vaultName: is an id or a URI .*`key\.id`\.$/,
            /^key\.keyName: /,
            /^key\.encryptionIdentityName: /,
            /^key\.rotationDays: .*\(6 given\)/,
        ],
    },
    {
        what: "a vault to recover that has no name",
        args: { key: { recover: true } },
        finds: [/^key\.recover: is true/],
    },
    {
        what: "tags that Azure does not take",
        args: { tags: { "microsoft-x": "a", long: "v".repeat(257) } },
        finds: [/^tags\.microsoft-x: begins with microsoft/, /^tags\.long: is too long/],
    },
    {
        what: "too many tags",
        args: { tags: Object.fromEntries(names(51).map((name) => [name, "x"])) },
        finds: [/^tags: has 51 entries/],
    },
];

describe("arguments of AzureSecureStorageConnector", () => {
    for (const { what, args, finds = [] } of rows) {
        it(`${finds.length === 0 ? "accepts" : "refuses"} ${what}`, () => {
            const problems = found({ ...LeastAzureArgs, ...args });
            assert.equal(problems.length, finds.length, problems.join("\n"));
            finds.forEach((pattern, index) => assert.match(problems[index], pattern));
        });
    }

    it("name what is made, which has a longest name", () => {
        assert.deepEqual(found(LeastAzureArgs, "Team-1"), []);
        for (const name of ["a_b", "-a", "a".repeat(71)]) {
            assert.match(found(LeastAzureArgs, name)[0], /^\(resource name\): is not usable .* at most 70 characters/);
        }
        assert.deepEqual(found(LeastAzureArgs, "a".repeat(70)), []);
    });

    it("may be unknown, all but what decides what is made", () => {
        const unknown = Promise.resolve("x");
        assert.deepEqual(
            found({ ...LeastAzureArgs, accountName: unknown, oidcIssuerUrl: unknown, location: unknown }),
            [],
        );
        assert.match(found({ ...LeastAzureArgs, access: unknown })[0], /^access: is an Output or a promise/);
        assert.match(found({ ...LeastAzureArgs, namespace: unknown })[0], /^namespace: is an Output or a promise/);
    });
});
