/** Ids of Azure Resource Manager, and who the provider is signed in as. */
import { createHash } from "node:crypto";
import type { Row } from "../inventory";
import type { InventoryView } from "../model";
import { textOf, type PropertyMap } from "../values";

/** Whom `az login` has signed in, where the configuration says nothing. */
const signedIn = {
    subscriptionId: "11111111-1111-4111-8111-111111111111",
    tenantId: "22222222-2222-4222-8222-222222222222",
    clientId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
    objectId: "33333333-3333-4333-8333-333333333333",
} as const;

export type Identity = { readonly [name in keyof typeof signedIn]: string };

export function identityOf(config: PropertyMap): Identity {
    return {
        subscriptionId: textOf(config["subscriptionId"], signedIn.subscriptionId),
        tenantId: textOf(config["tenantId"], signedIn.tenantId),
        clientId: textOf(config["clientId"], signedIn.clientId),
        objectId: config["clientId"] === undefined ? signedIn.objectId : guidFor(textOf(config["clientId"])),
    };
}

export function groupId(subscriptionId: string, name: string): string {
    return `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
}

/**
 * Id of a thing in a resource group.
 *
 * @param type with its namespace: `Microsoft.Network/virtualNetworks/subnets`
 * @param names of the thing and what it is in, outermost first
 */
export function resourceId(group: string, type: string, names: readonly string[]): string {
    const [namespace, ...types] = type.split("/");
    return `${group}/providers/${namespace}/${types.map((word, index) => `${word}/${names[index]}`).join("/")}`;
}

/** Azure compares ids without regard to case. */
export function sameId(one: unknown, other: unknown): boolean {
    return typeof one === "string" && typeof other === "string" && one.toLowerCase() === other.toLowerCase();
}

/** Whether that is the scope itself or lies in it. */
export function isWithinScope(id: string, scope: string): boolean {
    return `${id.toLowerCase()}/`.startsWith(`${scope.toLowerCase()}/`);
}

export function lastName(id: unknown): string {
    return typeof id === "string" ? (id.split("/").at(-1) ?? "") : "";
}

/** Id of what a thing is in: of the network for a subnet, of the resource group for a network. */
export function parentId(id: string): string {
    const beyondGroup = id.split("/").slice(0, -2).join("/");
    return beyondGroup.replace(/\/providers\/[^/]+$/i, "");
}

/** The resource group's part of an id. */
export function groupIdIn(id: string): string {
    return id.split("/").slice(0, 5).join("/");
}

export function groupNameIn(id: string): string {
    return id.split("/")[4] ?? "";
}

export function subscriptionIn(id: string): string {
    return id.split("/")[2] ?? "";
}

/** A thing by its id. */
export function rowById(inventory: InventoryView, type: string, id: unknown): Row | undefined {
    return inventory.find(type, (row) => sameId(row.id, id));
}

/** A GUID that is the same for a text wherever it is asked for. */
export function guidFor(text: string): string {
    const digits = createHash("sha256").update(text).digest("hex");
    const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`];
    return [...parts, digits.slice(20, 32)].join("-");
}
