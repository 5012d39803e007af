import { load } from "js-yaml";
import type { ExistingArgs } from "../existing/args";
import type { Section } from "./section";
import { given, list, quote } from "./wording";

const ReadIt = 'Give its content, for example readFileSync(path, "utf8").';

type Mapping = Readonly<Record<string, unknown>>;

/** A kubeconfig that can be used: a context, its cluster with an address, and its user. Nothing but names is shown. */
export function checkKubeconfig(existing: Section<ExistingArgs>): void {
    const text = existing.text("kubeconfig");
    if (text === undefined) {
        return;
    }
    const config = parse(text);
    if (typeof config === "string") {
        existing.refuse("kubeconfig", config);
        return;
    }
    const contexts = namesOf(config.contexts);
    const choices = contexts.length === 0 ? "It has none." : `It has ${list(contexts.map(quote))}.`;
    const current = config["current-context"];
    if (!existing.has("context") && (typeof current !== "string" || current === "")) {
        existing.refuse(
            "context",
            `is missing, and the kubeconfig has no current-context. Name the context to use. ${choices}`,
        );
        return;
    }
    const chosen = existing.has("context") ? existing.text("context") : String(current);
    if (chosen === undefined) {
        return;
    }
    if (contexts.includes(chosen)) {
        existing.check("kubeconfig", () => brokenContext(config, chosen));
    } else if (existing.has("context")) {
        existing.refuse("context", `is not a context of \`existing.kubeconfig\` ${given(chosen)}. ${choices}`);
    } else {
        existing.refuse(
            "kubeconfig",
            `has the current-context ${quote(chosen)}, which is not among its contexts. ${choices} Name one in \`existing.context\`.`,
        );
    }
}

/** What is missing behind a context. */
function brokenContext(config: Mapping, name: string): string | undefined {
    const context = entry(config.contexts, name, "context");
    const of = `of context ${quote(name)}`;
    const cluster = entry(config.clusters, context.cluster, "cluster");
    if (typeof cluster.server !== "string" || cluster.server === "") {
        return `has no cluster with a server address for the cluster ${of}. Mend it, or choose another context in \`existing.context\`.`;
    }
    const known: readonly unknown[] = namesOf(config.users);
    if (context.user !== undefined && !known.includes(context.user)) {
        return `does not have the user ${of}. Mend it, or choose another context in \`existing.context\`.`;
    }
    return undefined;
}

/** One entry of a list of named entries; empty when it is not there. */
function entry(entries: unknown, name: unknown, field: string): Mapping {
    const all: unknown[] = Array.isArray(entries) ? entries : [];
    const found = all.find((one) => isMapping(one) && one.name === name);
    const inner = isMapping(found) ? found[field] : undefined;
    return isMapping(inner) ? inner : {};
}

function isMapping(value: unknown): value is Mapping {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The mapping inside a kubeconfig, or what is wrong. The YAML error quotes the text, so only its line is passed on. */
function parse(text: string): Mapping | string {
    const oneLine = !text.trim().includes("\n") && !/^\s*\{/.test(text);
    if (oneLine && (/^[~.]?[\w .:\\-]*[/\\]/.test(text) || /\.(ya?ml|json|conf|config)$/i.test(text.trim()))) {
        return `looks like a path. ${ReadIt}`;
    }
    if (/^[A-Za-z0-9+/\s]{64,}={0,2}$/.test(text.trim())) {
        return 'looks like base64. Decode it first: Buffer.from(text, "base64").toString("utf8").';
    }
    let config: unknown;
    try {
        config = load(text);
    } catch (error) {
        return `is not YAML${errorLine(error)}. ${ReadIt}`;
    }
    if (!isMapping(config)) {
        return `is not a kubeconfig: it holds no YAML or JSON mapping. ${ReadIt}`;
    }
    return namesOf(config.clusters).length > 0
        ? config
        : "is not a usable kubeconfig: it lists no clusters. Take it from the tool of your cloud or cluster, or from `kubectl config view --raw --flatten`.";
}

function errorLine(error: unknown): string {
    const mark = typeof error === "object" && error !== null && "mark" in error ? error.mark : undefined;
    const line = typeof mark === "object" && mark !== null && "line" in mark ? mark.line : undefined;
    return typeof line === "number" ? ` (line ${line + 1})` : "";
}

/** `name` of every entry of a list in a kubeconfig. */
function namesOf(entries: unknown): string[] {
    if (!Array.isArray(entries)) {
        return [];
    }
    return entries.flatMap((one: unknown) => (isMapping(one) && typeof one.name === "string" ? [one.name] : []));
}
