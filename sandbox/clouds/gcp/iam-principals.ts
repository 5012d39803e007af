/** Who can be a member of a role, and whether they are there. */
import type { Row } from "../inventory";
import type { InventoryView, Problem } from "../model";
import { textOf, type PropertyMap, type PropertyValue } from "../values";
import { poolExists } from "./container/pool";
import { findProject, type Project } from "./project";

export const accountType = "gcp:serviceaccount/account:Account";
/** Service agents: accounts that Google keeps for its services in a project, once something needed them (output `email`). */
export const agentType = "gcp:serviceAgent";

/** validateIAMMember of the provider (google/tpgiamresource/resource_iam_member.go) */
export function wrongMember(member: PropertyValue | undefined): Problem[] {
    if (typeof member !== "string") {
        return [];
    }
    const wrong = (reason: string) => [
        { property: "member", reason: `${reason} (value given: ${member}). Correct it.` },
    ];
    if (member.startsWith("deleted:")) {
        return wrong("the provider does not support members for deleted principals");
    }
    return /.+:.+|^allUsers$|^allAuthenticatedUsers$/.test(member)
        ? []
        : wrong("must have one of the forms of https://docs.cloud.google.com/iam/docs/principal-identifiers");
}

const email = /^[^@\s:]+@[a-z0-9.-]+\.[a-z]{2,}$/i;

/** https://docs.cloud.google.com/iam/docs/principal-identifiers */
const forms: Readonly<Record<string, RegExp>> = {
    user: email,
    group: email,
    serviceAccount: /^([^@\s:]+@[a-z0-9.-]+\.[a-z]{2,}|[a-z0-9-]+\.svc\.id\.goog\[[a-z0-9-]+\/[a-z0-9-]+\])$/,
    domain: /^[a-z0-9.-]+\.[a-z]{2,}$/i,
    principal: /^\/\/(iam|sts)\.googleapis\.com\/\S+\/subject\/\S+$/,
    principalSet: /^\/\/(iam|cloudresourcemanager)\.googleapis\.com\/\S+$/,
    projectOwner: /^[a-z0-9-]+$/,
    projectEditor: /^[a-z0-9-]+$/,
    projectViewer: /^[a-z0-9-]+$/,
};

const bad = (reason: string) => `googleapi: Error 400: ${reason}, badRequest`;

/**
 * Google's words for a member of an unknown kind, or for an account that is not there. Accounts of projects that this inventory does not have
 * cannot be looked up, so they are taken as they are.
 */
export function missingAccount(
    member: string,
    { config, inventory }: { readonly config: PropertyMap; readonly inventory: InventoryView },
): string | undefined {
    if (member === "allUsers" || member === "allAuthenticatedUsers") {
        return undefined;
    }
    const kind = member.slice(0, member.indexOf(":"));
    const name = member.slice(kind.length + 1);
    const form = forms[kind];
    if (form === undefined) {
        return bad(`The member ${member} is of an unknown type. Please set a valid type prefix for the member.`);
    }
    if (!form.test(name)) {
        return bad(`Invalid argument: the member ${member} is not well-formed.`);
    }
    const pool = poolOf(kind, name);
    if (pool !== undefined) {
        return missingPool(pool, config, inventory);
    }
    if (kind !== "serviceAccount") {
        return undefined;
    }
    return isMissing(name, config, inventory) ? bad(`Service account ${name} does not exist.`) : undefined;
}

/** Project of the pool of Kubernetes service accounts that the member is of; absent when it is of none. */
function poolOf(kind: string, name: string): string | undefined {
    const form = kind.startsWith("principal")
        ? /\/workloadIdentityPools\/([a-z0-9-]+)\.svc\.id\.goog\//
        : /^([a-z0-9-]+)\.svc\.id\.goog\[/;
    return form.exec(name)?.[1];
}

/** Pools of projects that this inventory does not have cannot be looked up, so they are taken as they are. */
function missingPool(pool: string, config: PropertyMap, inventory: InventoryView): string | undefined {
    return findProject(pool, config, inventory) === undefined || poolExists(pool, inventory)
        ? undefined
        : bad(
              `Identity Pool does not exist (${pool}.svc.id.goog). Please check that you specified a valid resource name as returned in the \`name\` attribute in the configuration API.`,
          );
}

/** Whether the account would be one of a project that is known, and is not there. */
function isMissing(name: string, config: PropertyMap, inventory: InventoryView): boolean {
    const owner =
        /^[^@]+@([a-z0-9-]+)\.iam\.gserviceaccount\.com$/.exec(name)?.[1] ??
        /^(\d+)-compute@developer\.gserviceaccount\.com$/.exec(name)?.[1] ??
        "";
    const agentOf = /^service-(\d+)@[a-z0-9-]+\.iam\.gserviceaccount\.com$/.exec(name)?.[1];
    return (
        findProject(agentOf ?? owner, config, inventory) !== undefined &&
        [accountType, agentType].every(
            (type) => inventory.find(type, ({ outputs }) => outputs["email"] === name) === undefined,
        )
    );
}

/** https://docs.cloud.google.com/storage/docs/projects#service-agents */
export function storageAgent({ number }: Project): string {
    return `service-${number}@gs-project-accounts.iam.gserviceaccount.com`;
}

export function agentRow(name: string, { projectId }: Project): Row {
    return { type: agentType, id: name, state: "active", inputs: {}, outputs: { email: name, project: projectId } };
}

/** Whether that account is there already. */
export function agentExists(name: string, inventory: InventoryView): boolean {
    return inventory.find(agentType, ({ outputs }) => textOf(outputs["email"]) === name) !== undefined;
}
