import type { CheckLevel } from "./finding";
import type { ChartReference } from "./reference";
import type { View } from "./view";

/** What is looked at: the custom resource, the operator's Helm release when it is known, and what is known around them. */
export interface CheckInput {
    /** `metadata.name`, `metadata.namespace` of the custom resource. */
    readonly metadata: View;
    /** `spec.chart` */
    readonly chart: View;
    /** `spec.values` */
    readonly values: View;
    /** The part of them that nobody has typed: for a deployment of ours what the user gave as `values`, else all. */
    readonly untyped: View;
    /** The operator's release; undefined when nobody knows it. */
    readonly operator: OperatorInput | undefined;
    readonly context: CheckContext;
    /** What the application's chart knows. A function, since the file is large and few need it. */
    readonly reference: () => ChartReference;
}

/** The Helm release of the operator. */
export interface OperatorInput {
    /** Version of the operator's chart; absent = not said; its path names the property. */
    readonly version: View;
    /** Where the chart comes from: repository URL, OCI URL or path. */
    readonly source: View;
    /** Namespace of the release. */
    readonly namespace: View;
    /** Values of the operator's chart. */
    readonly values: View;
}

/** What is known beside the manifests. Everything is optional: a check that needs it is skipped without it. */
export interface CheckContext {
    readonly now: Date;
    /** The license token, when it stands elsewhere than in the values. Never shown. */
    readonly license?: string;
    readonly database?: DatabaseContext;
    /** Version of the Redis server. */
    readonly redisVersion?: string;
    /** Keys of the Secret that `global.redis.secret` names. */
    readonly redisSecretKeys?: readonly string[];
    /** Keys of the ConfigMap that `caCertsConfigMap` names. */
    readonly caConfigMapKeys?: readonly string[];
    readonly kubernetes?: { readonly version?: string; readonly architectures?: readonly string[] };
}

/** What is known of the MySQL server. */
export interface DatabaseContext {
    readonly engine: "mysql" | "aurora-mysql";
    /** Version of MySQL (8.0.44) or, for Aurora, of Aurora MySQL (3.08.0). */
    readonly version?: string;
    /** Server variables that are set, by name. */
    readonly parameters?: Readonly<Record<string, string | number>>;
    readonly charset?: string;
    readonly collation?: string;
}

/** What a check found. The words go into `path: message. remedy`. */
export interface Fault {
    readonly path: string;
    /** What is wrong with the value given, without a full stop; never a secret. */
    readonly message: string;
    /** What to do, a sentence. */
    readonly remedy: string;
    /** When it differs from the check's own. */
    readonly level?: CheckLevel;
}

/** One check: a row of docs/checks.md and a pure function. */
export interface Check {
    readonly id: string;
    readonly level: CheckLevel;
    /** What is wrong, for the documentation. */
    readonly wrong: string;
    /** Why it matters. */
    readonly why: string;
    /** Where that is known from: the chart's template, the operator's source, the vendor's documentation. */
    readonly source: string;
    /** What to do, for the documentation. */
    readonly remedy: string;
    /** Finds nothing where what it needs is not known; never throws, whatever stands in the tree. */
    readonly find: (input: CheckInput) => Iterable<Fault>;
}
