/** The rules of simulated managed identities and role assignments: for each one input that Azure takes and one that it refuses. */
import assert from "node:assert/strict";
import { builtInRoles } from "../../sandbox/clouds/azure/authorization/built-in-roles";
import { hasRole, mayUseData, roleAssignmentType } from "../../sandbox/clouds/azure/authorization/role-assignments";
import { azure } from "../../sandbox/clouds/azure";
import { credentialType, identityType } from "../../sandbox/clouds/azure/managedidentity/identity";
import { properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { BuiltInRoles } from "../../sdk/azure/roles";
import {
    azureCloud,
    idIn,
    plantGroup,
    resourceGroupId,
    resourceGroupName,
    subscriptionId,
} from "../support/azure-platform";
import { TestCloud, urnOf } from "../support/cloud-frame";

const resourceGroup = { resourceGroupName };
const identityId = idIn("Microsoft.ManagedIdentity/userAssignedIdentities/someone");
const subject = "system:serviceaccount:wandb:wandb-app";
const audiences = ["api://AzureADTokenExchange"];
const issuer = "https://issuer.example.com/";
const group = "99999999-9999-4999-8999-999999999999";

describe("simulated managed identities", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await azureCloud();
    });
    afterEach(() => cloud.remove());

    const makeIdentity = (resourceName = "someone", in_: TestCloud = cloud) =>
        in_.create(identityType, { ...resourceGroup, resourceName }, resourceName);
    const credential = (name: string, changes: PropertyMap = {}): PropertyMap => ({
        ...resourceGroup,
        resourceName: "someone",
        federatedIdentityCredentialResourceName: name,
        issuer,
        subject,
        audiences,
        ...changes,
    });
    const federate = (name: string, changes: PropertyMap = {}) =>
        cloud.create(credentialType, credential(name, changes), name);

    it("are other principals when made anew", async () => {
        const first = await makeIdentity();
        assert.equal(first.id, identityId);
        await cloud.delete(identityType, identityId);
        const second = await makeIdentity();
        for (const property of ["principalId", "clientId"]) {
            assert.match(textOf(first.outputs.values[property]), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
            assert.notEqual(first.outputs.values[property], second.outputs.values[property]);
        }
    });

    it("have names of 3 to 128 letters, digits, hyphens and underscores", async () => {
        const problems = async (resourceName: string) =>
            (await cloud.problems(identityType, { ...resourceGroup, resourceName })).join();
        assert.equal(await problems("a_B-1"), "");
        for (const name of ["ab", "-abc", "a.b", "a".repeat(129)]) {
            assert.match(await problems(name), /^resourceName: must be 3 to 128/, name);
        }
    });

    it("are told by their name", async () => {
        const { outputs } = await makeIdentity();
        const look = (resourceName: string) =>
            cloud.provider.invoke(
                "azure-native:managedidentity:getUserAssignedIdentity",
                properties({ ...resourceGroup, resourceName }),
            );
        assert.equal((await look("someone")).values["principalId"], outputs.values["principalId"]);
        await assert.rejects(look("nobody"), /ResourceNotFound/);
    });

    describe("federated credentials", () => {
        for (const { changes, refused } of [
            { changes: { audiences: ["a", "b"] }, refused: /exactly one/ },
            { changes: { issuer: "http://issuer.example.com" }, refused: /must be an https URL/ },
            { changes: { subject: "a".repeat(601) }, refused: /1 to 600 characters/ },
            { changes: { resourceName: "nobody" }, refused: /ParentResourceNotFound/ },
        ]) {
            it(`are refused with ${Object.keys(changes).join()} ${JSON.stringify(changes).slice(0, 50)}`, async () => {
                await makeIdentity();
                await assert.rejects(federate("one", changes), refused);
            });
        }

        it("name each subject of an issuer once", async () => {
            await makeIdentity();
            await federate("one");
            await assert.rejects(federate("two"), /Issuer and subject combination already exists/);
            await federate("two", { issuer: "https://other.example.com/" });
        });

        it("are at most 20 of one identity", async () => {
            await makeIdentity();
            for (let index = 0; index < 20; index++) {
                await federate(`one-${index}`, { subject: `${subject}-${index}` });
            }
            await assert.rejects(federate("more", { subject: "other" }), /The limit is 20/);
        });

        it("are not written at the same time, but for different identities", async () => {
            const slow = new TestCloud({ cloud: azure, scale: 0.05 });
            try {
                slow.provider.configure(properties({ subscriptionId, location: "westeurope" }));
                await plantGroup(slow.provider.inventory);
                await Promise.all([makeIdentity("someone", slow), makeIdentity("other", slow)]);
                const write = (name: string, resourceName: string) =>
                    slow.create(credentialType, credential(name, { resourceName, subject: name }), name);
                const both = await Promise.allSettled([
                    write("one", "someone"),
                    write("two", "someone"),
                    write("three", "other"),
                ]);
                const failures = both.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
                assert.equal(failures.length, 1);
                assert.match(failures[0], /ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity/);
            } finally {
                slow.remove();
            }
        }).timeout(20_000);

        it("go with their identity", async () => {
            await makeIdentity();
            await federate("one");
            await cloud.delete(identityType, identityId);
            assert.equal(cloud.provider.inventory.rows().filter(({ type }) => type === credentialType).length, 0);
        });
    });
});

describe("simulated role assignments", () => {
    let cloud: TestCloud;
    let principalId = "";
    beforeEach(async () => {
        cloud = await azureCloud();
        const { outputs } = await cloud.create(identityType, { ...resourceGroup, resourceName: "someone" }, "someone");
        principalId = textOf(outputs.values["principalId"]);
    });
    afterEach(() => cloud.remove());

    const roleId = (role: string) =>
        `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
    const inputs = (changes: PropertyMap = {}): PropertyMap => ({
        scope: resourceGroupId,
        roleDefinitionId: roleId(BuiltInRoles.Reader),
        principalId,
        principalType: "ServicePrincipal",
        roleAssignmentName: "aaaaaaaa-0000-4000-8000-000000000001",
        ...changes,
    });
    const assign = (changes: PropertyMap = {}) => cloud.create(roleAssignmentType, inputs(changes), "one");
    const without = (name: string): PropertyMap =>
        Object.fromEntries(Object.entries(inputs()).filter(([property]) => property !== name));
    const second = { roleAssignmentName: "aaaaaaaa-0000-4000-8000-000000000002" };

    it("know the roles that are assigned, by the same names", () => {
        for (const [name, id] of Object.entries(BuiltInRoles)) {
            assert.equal(builtInRoles[id]?.name, name);
        }
    });

    it("are named by a GUID, which the provider makes up", async () => {
        const checked = await cloud.check(roleAssignmentType, without("roleAssignmentName"));
        assert.match(textOf(checked.inputs.values["roleAssignmentName"]), /^[0-9a-f-]{36}$/);
        assert.match(
            (await cloud.problems(roleAssignmentType, inputs({ roleAssignmentName: "mine" }))).join(),
            /must be a GUID/,
        );
    });

    for (const { what, changes, refused } of [
        { what: "a name of a role", changes: { roleDefinitionId: "Reader" }, refused: /InvalidRoleDefinitionId/ },
        {
            what: "an unknown role",
            changes: { roleDefinitionId: roleId(group) },
            refused: /RoleDefinitionDoesNotExist/,
        },
        { what: "an unknown scope", changes: { scope: `${resourceGroupId}-2` }, refused: /ResourceNotFound/ },
        { what: "no id of a principal", changes: { principalId: "someone" }, refused: /InvalidPrincipalId/ },
        { what: "another type of principal", changes: { principalType: "User" }, refused: /UnmatchedPrincipalType/ },
    ]) {
        it(`are refused with ${what}`, () => assert.rejects(assign(changes), refused));
    }

    it("want to be told the type of a principal that was made just now", async () => {
        await assert.rejects(
            cloud.create(roleAssignmentType, without("principalType")),
            /PrincipalNotFound.*replication delay/,
        );
        await assign({ principalId: group, principalType: "Group" });
    });

    it("are there once for a principal, a role and a scope", async () => {
        await assign();
        await assert.rejects(assign(second), /RoleAssignmentExists/);
        await assign({ ...second, scope: identityId });
    });

    it("do not change their role", async () => {
        const { id, outputs } = await assign();
        const change = cloud.provider.update({
            urn: urnOf(roleAssignmentType),
            id,
            oldOutputs: outputs,
            news: properties(inputs({ roleDefinitionId: roleId(BuiltInRoles["Network Contributor"]) })),
            preview: false,
        });
        await assert.rejects(change, /RoleAssignmentUpdateNotPermitted/);
    });

    it("go with what they are on", async () => {
        await assign({ scope: identityId, principalId: group, principalType: "Group" });
        await cloud.delete(identityType, identityId);
        assert.equal(cloud.provider.inventory.rows().filter(({ type }) => type === roleAssignmentType).length, 0);
    });

    it("reach what lies in their scope, and do there what their role allows", async () => {
        await assign({ roleDefinitionId: roleId(BuiltInRoles["Key Vault Secrets Officer"]) });
        const view = cloud.provider.inventory.view();
        const vault = idIn("Microsoft.KeyVault/vaults/vault");
        assert.ok(mayUseData(view, principalId, vault, "Microsoft.KeyVault/vaults/secrets/delete"));
        assert.ok(!mayUseData(view, principalId, vault, "Microsoft.KeyVault/vaults/keys/read"));
        assert.ok(!mayUseData(view, group, vault, "Microsoft.KeyVault/vaults/secrets/delete"));
        assert.ok(hasRole(view, principalId, "Key Vault Secrets Officer", vault));
        assert.ok(!hasRole(view, principalId, "Key Vault Secrets Officer", `${resourceGroupId}-2`));
    });
});
