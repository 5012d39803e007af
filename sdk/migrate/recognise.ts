import { CORE_SCHEMA, loadAll, YAMLException } from "js-yaml";
import { InstanceDefaults, OperatorDefaults } from "../naming";
import { fromCustomResource } from "./custom-resource";
import { Fate } from "./draft";
import { type Found, otherNamespace, Unreadable } from "./found";
import { fromHelmValues } from "./helm-values";
import { fromManifests } from "./manifests";
import { isMap, type JsonMap, textOf } from "./tree";

/** What the text does not say about a Helm release. */
export interface Release {
    readonly release: string;
    readonly namespace: string;
}

const Readable =
    "Give one of: the values of the Helm chart `wandb` (`helm get values RELEASE`), the manifest of W&B's Deployment (`kubectl get deployment wandb --output yaml`), " +
    "a WeightsAndBiases object (`kubectl get weightsandbiases wandb --output yaml`), the values of the chart `operator-wandb`.";

/** Keys by which the values of the chart `wandb` are known. */
const LegacyKeys = ["host", "license", "bucket", "mysql", "redis", "sso", "ldap", "smtpServer", "extraEnv", "ingress"];

/**
 * Finds out what a text is, and reads it.
 *
 * @throws Unreadable when it is nothing that can be read. The message never shows the content, which may be secret.
 */
export function recognise(text: string, release: Release): Found {
    const documents = documentsOf(text.replace(/^\uFEFF/, "").replace(/^(USER-SUPPLIED|COMPUTED) VALUES:[ \t]*$/m, ""));
    const resources = documents.filter(({ kind }) => kind === "WeightsAndBiases");
    if (resources.length > 1) {
        throw new Unreadable(`there are ${resources.length} WeightsAndBiases objects. Give one instance at a time.`);
    }
    if (resources.length === 1) {
        return fromCustomResource(resources[0], operatorOf(documents));
    }
    if (documents.some(({ apiVersion, kind }) => apiVersion !== undefined && kind !== undefined)) {
        return fromManifests(documents);
    }
    if (documents.length > 1) {
        throw new Unreadable(`there are ${documents.length} documents, and none is a Kubernetes object. ${Readable}`);
    }
    return fromValues(documents[0], release);
}

function fromValues(values: JsonMap, release: Release): Found {
    if (isMap(values["global"])) {
        const found = fromCustomResource({
            apiVersion: "apps.wandb.com/v1",
            metadata: { name: InstanceDefaults.name, namespace: release.namespace },
            spec: { values },
        });
        const unsaid = `The values do not name their custom resource: \`${InstanceDefaults.name}\` in namespace \`${release.namespace}\` is meant. When it is another, give the object itself instead.`;
        return {
            ...found,
            source: "values of the chart operator-wandb",
            notes: [...found.notes, { fate: Fate.Decide, from: "name", text: unsaid }],
        };
    }
    if (!LegacyKeys.some((key) => Object.hasOwn(values, key))) {
        throw new Unreadable(
            `these are not values of the chart \`wandb\` (which has ${LegacyKeys.join(", ")}) and not of \`operator-wandb\` (which has global). ${Readable}`,
        );
    }
    const { values: carried, notes } = fromHelmValues(values);
    return {
        source: "values of the Helm chart wandb",
        name: InstanceDefaults.name,
        namespace: otherNamespace(release.namespace),
        values: carried,
        notes,
        old: { kind: "helm", ...release },
    };
}

/** The operator that runs: its Deployment beside the custom resource tells its namespace. */
function operatorOf(documents: readonly JsonMap[]): JsonMap | undefined {
    const controllers = documents.filter(
        (one) => one["kind"] === "Deployment" && /"image":"[^"]*\/controller[:@"]/.test(JSON.stringify(one)),
    );
    const metadata = controllers.length === 1 ? controllers[0]["metadata"] : undefined;
    const namespace = isMap(metadata) ? textOf(metadata["namespace"]) : undefined;
    return namespace === undefined ? undefined : { install: false, ...operatorNamespace(namespace) };
}

function operatorNamespace(namespace: string): JsonMap {
    return namespace === OperatorDefaults.namespace ? {} : { namespace };
}

/** The maps of a text in YAML or JSON, lists of Kubernetes taken apart. */
function documentsOf(text: string): JsonMap[] {
    if (text.trim() === "") {
        throw new Unreadable(`there is nothing in it. ${Readable}`);
    }
    const documents = parsed(text).filter((one) => one !== null && one !== undefined);
    if (!new Budget().allows(documents)) {
        throw new Unreadable(
            "it is nested too deeply, or too large once its YAML aliases are written out. Write it without aliases.",
        );
    }
    const maps = documents.flatMap((one) => {
        const items = isMap(one) && /List$/.test(textOf(one["kind"]) ?? "") ? one["items"] : undefined;
        return Array.isArray(items) ? items : [one];
    });
    if (maps.length === 0 || !maps.every(isMap)) {
        throw new Unreadable(`it holds no settings that can be read. ${Readable}`);
    }
    return maps;
}

function parsed(text: string): unknown[] {
    try {
        return loadAll(text, undefined, { schema: CORE_SCHEMA });
    } catch (error) {
        if (!(error instanceof YAMLException)) {
            throw error;
        }
        // Its own message quotes the text.
        const mark = error.mark as { line: number; column: number } | undefined;
        const place = mark === undefined ? "" : ` at line ${mark.line + 1}, column ${mark.column + 1}`;
        throw new Unreadable(`it is neither YAML nor JSON: it cannot be read${place}. Is it complete?`);
    }
}

/** Aliases of YAML can make much of little, or a ring. */
class Budget {
    private left = 500_000;

    allows(value: unknown, depth = 0): boolean {
        this.left -= 1;
        if (this.left < 0 || depth > 100) {
            return false;
        }
        return (
            typeof value !== "object" ||
            value === null ||
            Object.values(value).every((inner) => this.allows(inner, depth + 1))
        );
    }
}
