import type { ConfigMapKeyArgs, EnvSourceArgs, SecretKeyArgs } from "../args/references";
import type { Section } from "./section";
import { dataKey, objectName } from "./syntax";
import { codes, given } from "./wording";

/** Name and key of a Secret or ConfigMap. */
export function checkSecretKey(reference: Section<SecretKeyArgs> | Section<ConfigMapKeyArgs> | undefined): void {
    reference?.check("name", (name) => objectName(name));
    reference?.check("key", dataKey);
}

/** A literal and a Secret for the same value. Returns whether one was given. */
export function checkEither<T>(section: Section<T>, literal: keyof T & string, reference: keyof T & string): boolean {
    if (section.has(literal) && section.has(reference)) {
        section.refuse(literal, `is given together with \`${section.at(reference)}\`. Keep one of the two.`);
    }
    return section.has(literal) || section.has(reference);
}

/** Fields of a pod that `valueFrom.fieldRef` accepts for environment variables. */
const PodFields = [
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];

/** Where the value of an environment variable comes from. */
export function checkEnvSource(source: Section<EnvSourceArgs>): void {
    const kinds = ["secretKeyRef", "configMapKeyRef", "fieldPath"] as const;
    const sources = source.givenOf(...kinds);
    if (sources.length === 0) {
        source.report(source.path, `names no source. Give exactly one of ${codes(kinds, "or")}.`);
    }
    if (sources.length > 1) {
        source.report(source.path, `names more than one source (${codes(sources)}). Keep exactly one.`);
    }
    checkSecretKey(source.section("secretKeyRef"));
    checkSecretKey(source.section("configMapKeyRef"));
    source.check("fieldPath", (field) =>
        PodFields.includes(field) || /^metadata\.(labels|annotations)\['[^']+'\]$/.test(field)
            ? undefined
            : `is not a field of a pod that environment variables can read ${given(field)}. Use ${codes(PodFields, "or")}, metadata.labels['<key>'] or metadata.annotations['<key>'].`,
    );
}
