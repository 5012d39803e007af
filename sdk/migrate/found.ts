import type { Note } from "./draft";
import { InstanceDefaults } from "../naming";
import type { JsonMap } from "./tree";

/** What was found out about an old installation. */
export interface Found {
    /** What was read, in words. */
    readonly source: string;
    /** Of the custom resource. */
    readonly name: string;
    readonly namespace: string;
    /** Values of the chart `operator-wandb` that it comes to. */
    readonly values: JsonMap;
    readonly notes: readonly Note[];
    /** How the old installation is there, which decides the steps. */
    readonly old: OldInstallation;
    /** Arguments besides those that the values stand for: chart, operator. */
    readonly more?: JsonMap;
}

export type OldInstallation =
    | { readonly kind: "helm"; readonly release: string; readonly namespace: string }
    | {
          readonly kind: "manifests";
          readonly namespace: string;
          readonly deployment: string;
          readonly objects: readonly string[];
      }
    | { readonly kind: "operator"; readonly helmOwner?: { readonly release: string; readonly namespace: string } };

/** The input is not what this program can read. Its message says why, and what to do. */
export class Unreadable extends Error {}

/**
 * The namespace of the new installation is never that of the old one: the operator's Helm release is called as the custom resource is,
 * and would upgrade an old release of that name.
 */
export function otherNamespace(old: string): string {
    return old === InstanceDefaults.namespace ? "wandb-server" : InstanceDefaults.namespace;
}
