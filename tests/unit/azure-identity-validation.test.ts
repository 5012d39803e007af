import { checkIdentity } from "../../sdk/validation/azure/identity";
import { checkMonitoring } from "../../sdk/validation/azure/monitoring";
import { assertFinds } from "../support/aws-validation";
import { idIn, resourceGroupId, subscriptionId } from "../support/azure-platform";

const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const roleId = (guid: string) =>
    `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
const external = { database: { host: "d.example.com", password: "canary" }, redis: { host: "r.example.com" } };

interface Row {
    readonly what: string;
    readonly azure: object;
    readonly rest?: object;
    readonly finds?: readonly RegExp[];
}

const rows: readonly Row[] = [
    { what: "nothing", azure: {} },
    {
        what: "names, accounts and roles",
        azure: {
            identity: {
                name: "pods",
                metricsIdentityName: "metrics",
                furtherAccounts: ["bufstream-service-account", "a.b"],
                secretAccess: false,
                roles: {
                    one: { roleDefinitionId: reader },
                    two: { roleDefinitionId: roleId(reader), scope: resourceGroupId },
                    three: { roleDefinitionId: reader, scope: idIn("Microsoft.Storage/storageAccounts/files") },
                    four: { roleDefinitionId: reader, scope: `/subscriptions/${subscriptionId}` },
                },
            },
            monitoring: { azureMonitor: true },
        },
    },
    {
        what: "names that Azure refuses",
        azure: { identity: { name: "a.b", metricsIdentityName: "-abc" }, monitoring: { azureMonitor: true } },
        finds: [
            /^azure\.identity\.name: is not a name of a managed identity \("a\.b" given\)/,
            /^azure\.identity\.metricsIdentityName: is not a name of a managed identity/,
        ],
    },
    {
        what: "one name for two identities",
        azure: { identity: { name: "one", metricsIdentityName: "ONE" }, monitoring: { azureMonitor: true } },
        finds: [/metricsIdentityName: is that of `azure\.identity\.name` too \("ONE" given\)/],
    },
    {
        what: "a name of an identity that is not made",
        azure: { identity: { metricsIdentityName: "metrics" } },
        finds: [/metricsIdentityName: has no effect, because `azure\.monitoring\.azureMonitor` is not true/],
    },
    {
        what: "accounts that Kubernetes does not take",
        azure: { identity: { furtherAccounts: ["A_b", "one", "one"] } },
        finds: [/furtherAccounts\[0\]: is not a valid name/, /furtherAccounts\[2\]: is there twice \("one" given\)/],
    },
    {
        what: "roles by their names, roles that are too much, and no scopes",
        azure: {
            identity: {
                roles: {
                    A: { roleDefinitionId: "Reader" },
                    owner: { roleDefinitionId: roleId("8e3af657-a8ff-443c-a75c-2fe8c4bcb635") },
                    access: { roleDefinitionId: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", scope: "wandb-group" },
                },
            },
        },
        finds: [
            /^azure\.identity\.roles\.A: is not a DNS label/,
            /^azure\.identity\.roles\.A\.roleDefinitionId: is not the id of a role \("Reader" given\)/,
            /^azure\.identity\.roles\.owner\.roleDefinitionId: is Owner, which would let/,
            /^azure\.identity\.roles\.access\.roleDefinitionId: is User Access Administrator/,
            /^azure\.identity\.roles\.access\.scope: is not a resource id \("wandb-group" given\)/,
        ],
    },
    {
        what: "a role without its id",
        azure: { identity: { roles: { one: { scope: resourceGroupId } } } },
        finds: [/^azure\.identity\.roles\.one\.roleDefinitionId: is missing/],
    },
];

describe("validation of azure.identity", () => {
    for (const { what, azure, rest = {}, finds = [] } of rows) {
        it(`${finds.length === 0 ? "accepts" : "refuses"} ${what}`, () =>
            assertFinds(checkIdentity, { azure, ...rest }, finds));
    }
});

describe("validation of azure.monitoring", () => {
    const azure = { monitoring: { azureMonitor: true } };
    const refusal = /^azure\.monitoring\.azureMonitor: is true, but `database` and `redis` name others/;
    it("accepts what watches database or cache", () => {
        assertFinds(checkMonitoring, { azure }, []);
        assertFinds(checkMonitoring, { azure, database: external.database }, []);
        assertFinds(checkMonitoring, { azure: { monitoring: { azureMonitor: false } }, ...external }, []);
    });
    it("refuses to watch nothing", () => assertFinds(checkMonitoring, { azure, ...external }, [refusal]));
});
