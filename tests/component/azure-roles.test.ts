import assert from "node:assert/strict";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { guidFor } from "../../sandbox/clouds/azure/ids";
import { AzureBucketAccess } from "../../sdk/index";
import { AzureDeployments, zoneId } from "../support/azure-args";
import { recordedOnAzure } from "../support/azure-recording";
import { isAllowed, type RoleGrant, roleGrantsOf } from "../support/azure-role-evaluation";

const { production } = AzureDeployments;

/** Each identity by a name of its own, by which the mocks tell them apart. */
const named: WandbDeploymentArgs = {
    ...production,
    azure: {
        ...production.azure,
        cluster: { identityName: "control-plane" },
        identity: { name: "app", metricsIdentityName: "metrics" },
        key: { encryptionIdentityName: "encryption" },
        bucket: { access: AzureBucketAccess.Identity },
    },
};

/** Where a thing is: the group holds all, and the vault its keys, whose roles count there too. */
function placeOf(id: string): string {
    const [, word] = /^demo-(\w+)-key-id$/.exec(id) ?? [];
    const inGroup = word === undefined ? id : `demo-vault-id/keys/${word}`;
    return id === "demo-group-id" || id.startsWith("/") ? id : `demo-group-id/${inGroup}`;
}

const who = (name: string) => guidFor(`principal ${name}`);
const principals: Readonly<Record<string, string>> = {
    ...Object.fromEntries(["control-plane", "app", "metrics", "encryption"].map((name) => [name, who(name)])),
    controller: guidFor("controller"),
};
const names = new Map(Object.entries(principals).map(([name, id]) => [id, name]));

/** What each may do, whole. The mocks' ids are logical names with `-id`. */
const Expected: Readonly<Record<string, readonly string[]>> = {
    app: [
        "Key Vault Secrets Officer on demo-vault-id",
        "Reader on demo-bucket-account-id",
        "Storage Blob Data Contributor on demo-bucket-account-id/blobServices/default/containers/wandb",
        "Storage Blob Delegator on demo-bucket-account-id",
    ],
    "control-plane": [
        "Key Vault Contributor on demo-vault-id",
        "Key Vault Crypto User on demo-cluster-key-id",
        "Network Contributor on demo-api-server-subnet-id",
        "Network Contributor on demo-nodes-subnet-id",
    ],
    controller: [
        "Network Contributor on demo-gateway-address-id",
        "Network Contributor on demo-gateway-id",
        "Network Contributor on demo-gateway-subnet-id",
        "Network Contributor on demo-waf-policy-id",
        "Reader on demo-group-id",
    ],
    encryption: [
        "Key Vault Crypto Service Encryption User on demo-database-key-id",
        "Key Vault Crypto Service Encryption User on demo-storage-key-id",
    ],
    metrics: ["Monitoring Reader on demo-cache-id", "Monitoring Reader on demo-database-id"],
    other: [`DNS Zone Contributor on ${zoneId}`],
};

describe("roles of a deployment on Azure", function () {
    this.timeout(60_000);
    let grants: readonly RoleGrant[];
    before(async () => {
        grants = roleGrantsOf(await recordedOnAzure(named));
    });

    it("are these and no others", () => {
        const found: Record<string, string[]> = {};
        for (const { role, principalId, scope } of grants) {
            (found[names.get(principalId) ?? "other"] ??= []).push(`${role} on ${scope}`);
        }
        Object.values(found).forEach((roles) => roles.sort());
        assert.deepEqual(found, Expected);
    });

    it("make nobody owner or contributor of everything, and nothing counts on the subscription", () => {
        for (const { role, scope } of grants) {
            assert.doesNotMatch(role, /^(Owner|Contributor|User Access Administrator|Role Based Access.*)$/);
            assert.doesNotMatch(scope, /^\/subscriptions\/[^/]+\/?$/);
            assert.ok(role === "Reader" || scope !== "demo-group-id", `${role} on the whole group`);
        }
    });

    /** Whose request would be granted. */
    function allowed(action: string, on: string): string[] {
        const placed = grants.map((grant) => ({ ...grant, scope: placeOf(grant.scope) }));
        return Object.entries(principals)
            .filter(([, principalId]) => isAllowed(placed, { principalId, action, on: placeOf(on) }))
            .map(([name]) => name);
    }

    it("let W&B alone keep secrets in the vault", () => {
        for (const verb of ["getSecret/action", "setSecret/action", "delete"]) {
            assert.deepEqual(allowed(`Microsoft.KeyVault/vaults/secrets/${verb}`, "demo-vault-id"), ["app"], verb);
        }
    });

    it("let control plane and stores use their own keys, and W&B none", () => {
        const unwrap = "Microsoft.KeyVault/vaults/keys/unwrap/action";
        assert.deepEqual(allowed(unwrap, "demo-cluster-key-id"), ["control-plane"]);
        assert.deepEqual(allowed(unwrap, "demo-database-key-id"), ["encryption"]);
        assert.deepEqual(allowed(unwrap, "demo-storage-key-id"), ["encryption"]);
    });

    it("let W&B alone write blobs, in its own container", () => {
        const write = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write";
        const containers = "demo-bucket-account-id/blobServices/default/containers";
        assert.deepEqual(allowed(write, `${containers}/wandb`), ["app"]);
        assert.deepEqual(allowed(write, `${containers}/other`), []);
    });
});
