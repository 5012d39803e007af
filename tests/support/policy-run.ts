import { join } from "node:path";
import kubernetes from "@pulumi/kubernetes/package.json";
import type { Written } from "./policy-stack";

/** The pack, as in a clone. */
export const policyPack = join(__dirname, "..", "..", "policy");

/** One violation as the CLI prints it. */
export interface Reported {
    readonly level: string;
    /** Without the prefix of the pack's policies. */
    readonly policy: string;
    readonly resource: string;
    readonly path: string;
    readonly message: string;
}

/** What a run of the engine reports, in the order of the output. */
export function reported(output: string): Reported[] {
    const entry = /- \[(\w+)\](?: \[severity: \w+\])?\s+wandb-(\S+)\s+\(\S+: \S+\)\n.*\n\s+(\S+): (.+?): (.*)/g;
    return [...output.matchAll(entry)].map(([, level, policy, resource, path, message]) => ({
        level,
        policy,
        resource,
        path,
        message,
    }));
}

/** How many violations the CLI prints, in whatever form. */
export function countOf(output: string): number {
    return [...output.matchAll(/^\s+- \[(?:advisory|mandatory)\]/gm)].length;
}

/** A program that registers these resources as they stand, in plain JavaScript: it starts without compiler. */
export function programOf(resources: readonly Written[]): string {
    return `
const pulumi = require("@pulumi/pulumi");
const { RandomPet } = require("@pulumi/random/randomPet");
let other;
const later = () => (other ??= new RandomPet("other")).id;
const known = (value) =>
    value === "${Later}" ? later()
    : Array.isArray(value) ? value.map(known)
    : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, known(one)]))
    : value;
for (const { type, name, props, protect = true } of ${JSON.stringify(resources)}) {
    const [, apiVersion, kind] = type.split(":");
    const object = type.endsWith(":Release") ? {} : { apiVersion: apiVersion.replace(/^core\\//, ""), kind };
    new pulumi.CustomResource(type, name, known({ ...object, ...props }), { version: "${kubernetes.version}", protect });
}
`;
}

/** Stands in properties for a value that becomes known once another resource is made. */
export const Later = "later";
