import type { WandbDeploymentArgs } from "../../args";
import type { AzureIdentityArgs, AzureRoleArgs } from "../../azure/args/identity";
import { refuseRepetition } from "../lists";
import type { Section } from "../section";
import { flag, listOf, mapOf, needed, object, plainText, text } from "../shape";
import { dnsLabel, objectName } from "../syntax";
import { given } from "../wording";
import { wrongIdentityName } from "./key";

const roleShape = object<AzureRoleArgs>("AzureRoleArgs", {
    roleDefinitionId: needed(text, "the id of the role"),
    scope: text,
});

export const identityShape = object<AzureIdentityArgs>("AzureIdentityArgs", {
    name: text,
    metricsIdentityName: text,
    furtherAccounts: listOf(plainText),
    secretAccess: flag,
    roles: mapOf(roleShape),
});

/** Roles that could give themselves every other: https://learn.microsoft.com/en-us/azure/role-based-access-control/built-in-roles#privileged */
const privileged: Readonly<Record<string, string>> = {
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
    "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
};

const guid = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
const roleForm = new RegExp(
    `^(?:(?:/subscriptions/${guid})?/providers/Microsoft\\.Authorization/roleDefinitions/)?(${guid})$`,
    "i",
);

function wrongRole(role: string): string | undefined {
    const [, id] = roleForm.exec(role) ?? [];
    if (id === undefined) {
        return `is not the id of a role ${given(role)}. Give its GUID, or /subscriptions/<id>/providers/Microsoft.Authorization/roleDefinitions/<GUID>.`;
    }
    const name = privileged[id.toLowerCase()];
    return name === undefined
        ? undefined
        : `is ${name}, which would let W&B's pods change everything there ${given(role)}. Give a role that allows what they need.`;
}

/** A subscription, a resource group, or a thing. */
function wrongScope(scope: string): string | undefined {
    const formed = new RegExp(
        `^/subscriptions/${guid}(/resourceGroups/[^/]+(/providers/[^/]+(/[^/]+/[^/]+)+)?)?$`,
        "i",
    ).test(scope);
    return formed
        ? undefined
        : `is not a resource id ${given(scope)}. Give for example /subscriptions/<id>/resourceGroups/<group>.`;
}

/** `azure.identity` */
export function checkIdentity(args: Section<WandbDeploymentArgs>): void {
    const azure = args.section("azure");
    const identity = azure?.section("identity");
    if (azure === undefined || identity === undefined) {
        return;
    }
    identity.check("name", wrongIdentityName);
    identity.check("metricsIdentityName", wrongIdentityName);
    const metrics = identity.text("metricsIdentityName");
    if (metrics !== undefined && metrics.toLowerCase() === identity.text("name")?.toLowerCase()) {
        identity.refuse(
            "metricsIdentityName",
            `is that of \`azure.identity.name\` too ${given(metrics)}. Give another name.`,
        );
    }
    const monitoring = azure.section("monitoring");
    if (
        identity.has("metricsIdentityName") &&
        !azure.pending("monitoring") &&
        monitoring?.flag("azureMonitor") !== true &&
        monitoring?.pending("azureMonitor") !== true
    ) {
        identity.refuse(
            "metricsIdentityName",
            "has no effect, because `azure.monitoring.azureMonitor` is not true. Set that, or leave this out.",
        );
    }
    const accounts = identity.texts("furtherAccounts");
    accounts.forEach((account) => identity.checkEntry(account, (name) => objectName(name)));
    refuseRepetition(identity, accounts);
    checkRoles(identity);
}

function checkRoles(identity: Section<AzureIdentityArgs>): void {
    for (const { key, path, value: role } of identity.sections("roles")) {
        identity.checkEntry({ path, value: key }, (name) => dnsLabel(name));
        role?.check("roleDefinitionId", wrongRole);
        role?.check("scope", wrongScope);
    }
}
