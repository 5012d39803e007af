/** The operator's three Secrets beside a custom resource: `<name>-spec-user`, `-spec-active`, `-latest-cached-release`. */
import { parseChart, storedChart } from "./charts";
import type { KubeClient, KubeObject } from "./kube";
import { isStatus, secretPath } from "./kube";
import type { Spec } from "./layers";
import type { Values } from "./merge";
import { isMap } from "./merge";

/** Suffixes of the Secrets. */
export const stored = { user: "spec-user", active: "spec-active", cachedRelease: "latest-cached-release" } as const;

export type StoredName = (typeof stored)[keyof typeof stored];

/** The custom resource, as far as its identity goes. */
export interface Owner {
    name: string;
    namespace: string;
    uid: string;
}

/** Reads and writes the Secrets of one custom resource. */
export class SpecStore {
    constructor(
        private readonly client: KubeClient,
        private readonly owner: Owner,
        private readonly controller: { supportsOci: boolean },
    ) {}

    /** The stored spec; undefined when the Secret does not exist. Throws when a key is missing or no JSON. */
    async read(name: StoredName): Promise<Spec | undefined> {
        const secret = await this.client.find(this.path(name));
        return secret === undefined ? undefined : decodeSpec(secret, this.controller);
    }

    /** Creates the Secret or overwrites what it holds. */
    async write(name: StoredName, spec: Spec): Promise<void> {
        const body = this.encode(name, spec);
        try {
            await this.client.create(secretPath(this.owner.namespace), body);
        } catch (error) {
            if (!isStatus(error, 409)) {
                throw error;
            }
            await this.client.replace(this.path(name), body);
        }
    }

    private path(name: StoredName): string {
        return secretPath(this.owner.namespace, `${this.owner.name}-${name}`);
    }

    private encode(name: StoredName, spec: Spec): unknown {
        const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64");
        return {
            apiVersion: "v1",
            kind: "Secret",
            metadata: {
                name: `${this.owner.name}-${name}`,
                namespace: this.owner.namespace,
                ownerReferences: [
                    {
                        apiVersion: "apps.wandb.com/v1",
                        kind: "WeightsAndBiases",
                        name: this.owner.name,
                        uid: this.owner.uid,
                        controller: true,
                        blockOwnerDeletion: true,
                    },
                ],
            },
            type: "Opaque",
            data: {
                chart: encode(storedChart(spec.chart)),
                values: encode(spec.values ?? null),
                metadata: encode(spec.metadata ?? null),
            },
        };
    }
}

/** Reads a spec out of a Secret. `values` and `chart` must be there, `metadata` may be. */
export function decodeSpec(secret: KubeObject, controller: { supportsOci: boolean }): Spec {
    const decode = (key: string): unknown => {
        const text = secret.data?.[key];
        return text === undefined ? undefined : JSON.parse(Buffer.from(text, "base64").toString("utf8"));
    };
    const where = `${secret.metadata?.namespace}/${secret.metadata?.name}`;
    for (const key of ["values", "chart"]) {
        if (secret.data?.[key] === undefined) {
            throw new Error(`secret ${where} does not have a \`${key}\` key`);
        }
    }
    return specOf({ chart: decode("chart"), values: decode("values"), metadata: decode("metadata") }, controller);
}

/** A spec from a JSON document: what is of the wrong kind is left out. */
export function specOf(document: unknown, controller: { supportsOci: boolean }): Spec {
    const fields: Values = isMap(document) ? document : {};
    const chart = parseChart(fields.chart, controller);
    return {
        ...(chart === undefined ? {} : { chart }),
        ...(isMap(fields.values) ? { values: fields.values } : {}),
        ...(isMap(fields.metadata) ? { metadata: fields.metadata as Record<string, string> } : {}),
    };
}
