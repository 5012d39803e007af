import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { credentialType } from "../../sandbox/clouds/azure/managedidentity/identity";
import { createAppIdentity, createIdentity, type IdentityPartArgs } from "../../sdk/azure/identity/identity";
import { createMonitoring } from "../../sdk/azure/identity/monitoring";
import { assignRole } from "../../sdk/azure/identity/role";
import { settled } from "../../sdk/azure/identity/settled";
import { accountNames } from "../../sdk/values/components";
import { lastPart } from "../support/aws-stores";
import { identityOf, keyOutputs } from "../support/azure-keys";
import {
    azureCloud,
    type AzurePartOptions,
    azureThings,
    idIn,
    makeAzurePart,
    resourceGroupId,
    resourceGroupName,
    runAzurePart,
    subscriptionId,
    tenantId,
} from "../support/azure-platform";
import { isAllowed, roleGrantsOf } from "../support/azure-role-evaluation";
import type { TestCloud } from "../support/cloud-frame";
import { promiseOf, resolveTree } from "../support/resolve";

const issuer = "https://westeurope.oic.prod-aks.azure.com/tenant/cluster/";
const vaultId = idIn("Microsoft.KeyVault/vaults/vault");
const databaseId = idIn("Microsoft.DBforMySQL/flexibleServers/database");
const cacheId = idIn("Microsoft.Cache/redisEnterprise/cache");
const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

const usual: Omit<IdentityPartArgs, "app"> = {
    identity: {},
    namespace: "wandb",
    accounts: { own: ["mine"], made: ["wandb-app", "wandb-api"], prefix: "wandb-" },
    tokenIssuer: issuer,
    keys: { vaultId: pulumi.output(vaultId), vaultUri: pulumi.output("https://vault.vault.azure.net/") },
    ownVault: false,
};

const make = (changes: Partial<IdentityPartArgs> = {}, options: AzurePartOptions = {}) =>
    makeAzurePart((scope) => createIdentity(scope, { ...usual, app: identityOf("app"), ...changes }), {
        outputs: keyOutputs,
        ...options,
    });
type Made = Awaited<ReturnType<typeof make>>;

const credentials = ({ graph }: Pick<Made, "graph">) => graph.resources.filter(({ type }) => type === credentialType);
const subjects = (made: Pick<Made, "graph">) => credentials(made).map(({ inputs }) => inputs["subject"]);

describe("identity of W&B's pods on Azure", () => {
    it("is made early, for itself, with a name of one's own if wanted", async () => {
        const { graph, made } = await makeAzurePart((scope) => createAppIdentity(scope, { name: "pods" }), {
            outputs: keyOutputs,
        });
        const { inputs, dependencies } = graph.byName("wandb-app-identity");
        assert.deepEqual(inputs, {
            resourceGroupName,
            location: "westeurope",
            resourceName: "pods",
            tags: { team: "ml" },
        });
        assert.deepEqual(dependencies, []);
        assert.equal(await promiseOf(made.clientId), "client of pods");
    });

    it("belongs to the chart's accounts and one's own, each by its name, one after the other (trap 9)", async () => {
        const one = await make();
        assert.deepEqual(subjects(one), [
            "system:serviceaccount:wandb:wandb-app",
            "system:serviceaccount:wandb:wandb-api",
            "system:serviceaccount:wandb:mine",
        ]);
        const [first, second, third] = credentials(one);
        assert.deepEqual(first.inputs, {
            resourceGroupName,
            resourceName: "app",
            federatedIdentityCredentialResourceName: "wandb-app",
            issuer,
            subject: "system:serviceaccount:wandb:wandb-app",
            audiences: ["api://AzureADTokenExchange"],
        });
        assert.deepEqual(
            [first, second, third].map(({ dependencies }) => dependencies.map(lastPart)),
            [[], ["wandb-app-as-app"], ["wandb-app-as-api"]],
        );
    });

    it("fits all components of the chart, but for those that do nothing on Azure", async () => {
        const accounts = { ...accountNames({}), prefix: "wandb-" };
        const identity = { furtherAccounts: ["bufstream-service-account", "wandb-bucket-access"] };
        const named = subjects(await make({ accounts, identity })).map((subject) => String(subject).split(":").at(-1));
        assert.equal(named.length, 20);
        for (const left of ["wandb-frontend", "wandb-mcp-server", "wandb-lumen-agent"]) {
            assert.ok(accounts.made.includes(left) && !named.includes(left), left);
        }
        // Those to which the vendor's own module gives it.
        for (const word of [
            "app",
            "api",
            "console",
            "executor",
            "parquet",
            "filestream",
            "filemeta",
            "glue",
            "weave",
        ]) {
            assert.ok(named.includes(`wandb-${word}`), word);
        }
        const furtherAccounts = ["a", "b", "c"];
        await assert.rejects(
            make({ accounts, identity: { furtherAccounts } }),
            /azure\.identity\.furtherAccounts: .* 21 service accounts, but Azure takes 20 for one identity\. Let some/,
        );
    });

    it("names credentials of accounts that Azure would not take by their names", async () => {
        const own = ["a.b", "ab", "x".repeat(130)];
        const one = await make({ accounts: { own, made: [], prefix: "wandb-" } });
        const names = credentials(one).map(({ inputs }) => String(inputs["federatedIdentityCredentialResourceName"]));
        assert.equal(new Set(names).size, 3);
        names.forEach((name) => assert.match(name, /^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/));
    });

    it("of accounts whose names nobody knows yet has credentials by their components", async () => {
        const account = pulumi.output("later");
        const components = new Map([[account, ["weave", "api"]]]);
        const one = await make({ accounts: { own: [account], components, made: [], prefix: "wandb-" } });
        const [credential] = credentials(one);
        assert.equal(credential.name, "wandb-app-as-account-of-api");
        assert.deepEqual(credential.formerNames.filter(Boolean), ["wandb-app-as-account-of-weave"]);
        assert.equal(credential.inputs["subject"], "system:serviceaccount:wandb:later");
    });

    it("says what pods need, and whom owners of teams' storage accounts let in", async () => {
        const { made } = await make();
        assert.deepEqual(await resolveTree(made.facts), {
            principal: `CLIENT_ID=client of app - TENANT_ID=${tenantId} - OIDC_ISSUER_URL=${issuer}`,
            tokenIssuer: issuer,
            secretStore: "az-secretmanager://wandb",
            secretVaultUri: "https://vault.vault.azure.net/",
            serviceAccountAnnotations: { "azure.workload.identity/client-id": "client of app" },
            podLabels: { "azure.workload.identity/use": "true" },
        });
    });

    it("keeps secrets in the vault, and may do nothing with keys", async () => {
        const one = await make();
        const grants = roleGrantsOf(one.graph.resources);
        const may = (action: string) =>
            isAllowed(grants, {
                principalId: "principal of app",
                action: `Microsoft.KeyVault/vaults/${action}`,
                on: vaultId,
            });
        assert.ok(may("secrets/setSecret/action") && may("secrets/delete"));
        assert.ok(!may("keys/unwrap/action") && !may("write"));
        assert.ok(one.made.ready.some((resource) => resource instanceof pulumi.CustomResource));
    });

    it("keeps none in a vault of one's own, unless allowed", async () => {
        const own = await make({ ownVault: true });
        assert.deepEqual(roleGrantsOf(own.graph.resources), []);
        const { secretStore, secretVaultUri } = own.made.facts;
        assert.deepEqual([secretStore, secretVaultUri], [undefined, undefined]);
        const allowed = await make({ ownVault: true, identity: { secretAccess: true } });
        assert.equal(roleGrantsOf(allowed.graph.resources).length, 1);
        const refused = await make({ identity: { secretAccess: false } });
        assert.deepEqual(roleGrantsOf(refused.graph.resources), []);
    });

    it("has further roles, on the resource group unless told otherwise", async () => {
        const full = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${reader}`;
        const roles = { one: { roleDefinitionId: reader }, two: { roleDefinitionId: full, scope: databaseId } };
        const { graph } = await make({ identity: { roles } });
        const [one, two] = ["one", "two"].map((word) => graph.byName(`wandb-app-role-${word}`).inputs);
        assert.deepEqual([one["roleDefinitionId"], one["scope"]], [full, resourceGroupId]);
        assert.deepEqual([two["roleDefinitionId"], two["scope"]], [full, databaseId]);
        assert.equal(one["principalType"], "ServicePrincipal");
    });

    it("is ready once all of that is there", async () => {
        const { graph, made } = await make();
        const ready = await Promise.all(made.ready.map(({ urn }) => promiseOf(urn)));
        const own = graph.resources.filter(({ type }) => type.startsWith("azure-native:")).map(({ name }) => name);
        assert.deepEqual(ready.map(lastPart).sort(), own.sort());
    });
});

describe("role assignments that services wait for", () => {
    /** Milliseconds until an assignment of that age counts. */
    const waited = async (createdOn: string): Promise<number> => {
        const start = Date.now();
        const { made } = await makeAzurePart(
            (scope) =>
                settled(assignRole(scope, "one", { role: "Reader", principalId: "someone", scopeId: resourceGroupId })),
            { outputs: { "azure-native:authorization:RoleAssignment": { createdOn } } },
        );
        assert.equal(await promiseOf(made), "one-id");
        return Date.now() - start;
    };

    it("count once they are a minute and a half old, and at once when they are older", async () => {
        assert.ok((await waited(new Date(Date.now() - 89_000).toISOString())) > 900);
        assert.ok((await waited("2026-01-01T00:00:00.0000000Z")) < 900);
    });
});

describe("collector of metrics on Azure", () => {
    const watch = (options: AzurePartOptions = {}) =>
        makeAzurePart(
            (scope) =>
                createMonitoring(scope, {
                    namespace: "wandb",
                    serviceAccountName: "wandb-otel-daemonset",
                    tokenIssuer: issuer,
                    watched: {
                        database: { id: databaseId, type: "Microsoft.DBforMySQL/flexibleServers" },
                        cache: { id: cacheId, type: "Microsoft.Cache/redisEnterprise" },
                    },
                }),
            { outputs: keyOutputs, ...options },
        );

    it("reads metrics of what is made, and nothing else", async () => {
        const grants = roleGrantsOf((await watch()).graph.resources);
        const reads = (on: string, action = "Microsoft.Insights/metrics/read") =>
            isAllowed(grants, { principalId: "principal of auto", action, on });
        assert.ok(reads(databaseId) && reads(cacheId));
        assert.ok(!reads(resourceGroupId) && !reads(vaultId));
        assert.ok(!reads(databaseId, "Microsoft.DBforMySQL/flexibleServers/write"));
    });

    it("has an identity of its own, and tells the chart what to watch", async () => {
        const one = await watch();
        assert.deepEqual(subjects(one), ["system:serviceaccount:wandb:wandb-otel-daemonset"]);
        assert.deepEqual(await resolveTree(one.made.facts), {
            subscriptionId,
            resourceGroups: [resourceGroupName],
            services: ["Microsoft.DBforMySQL/flexibleServers", "Microsoft.Cache/redisEnterprise"],
            serviceAccountAnnotations: { "azure.workload.identity/client-id": "client of auto" },
            podLabels: { "azure.workload.identity/use": "true" },
        });
        assert.equal(one.made.ready.length, 3);
    });
});

describe("identities on the simulated Azure", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await azureCloud();
    });
    afterEach(() => cloud.remove());

    it("are accepted with all accounts of the chart, and go in any order that the edges allow", async () => {
        const accounts = { ...accountNames({}), prefix: "wandb-" };
        const { run } = await runAzurePart(cloud, (scope) => {
            const app = createAppIdentity(scope, {});
            return createIdentity(scope, { ...usual, app, accounts, ownVault: true });
        });
        assert.equal(azureThings(cloud).filter((one) => one.startsWith(credentialType)).length, 18);
        const order = await run.destroy((candidates) => candidates[0]);
        assert.equal(order.at(-1), "wandb-app-identity");
        assert.deepEqual(azureThings(cloud), []);
    });
});
