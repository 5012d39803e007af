/** A simulated cloud as a Pulumi provider: the table's rows brought to life, apart from the wire protocol. */
import { applyNameRule, checkProperties, type Checked } from "./check";
import { diffInputs, type PropertyChange } from "./diff";
import { nextFault, type Call } from "./faults";
import { Inventory } from "./inventory";
import { Lifecycle, type CreateRequest, type Created, type DeleteRequest, type UpdateRequest } from "./lifecycle";
import type {
    CloudModel,
    InvokeModel,
    ModelContext,
    Problem,
    PropertyModel,
    PropertyModels,
    ResourceModel,
} from "./model";
import { loggable, logRequest, type RequestRecord } from "./requests";
import { packageSchema } from "./schema";
import {
    allUnknown,
    containsUnknown,
    isDigest,
    properties,
    type Properties,
    type PropertyMap,
    type PropertyValue,
} from "./values";

/** Where and how a provider runs. */
export interface ProviderOptions {
    /** The sandbox instance's folder. */
    readonly dir: string;
    readonly version: string;
    /** 0 = no waiting, 1 = as slow as the real cloud. */
    readonly scale: number;
    /** Ends the process at once; tests put something else in its place. */
    readonly crash: () => never;
}

export interface CheckRequest {
    readonly urn: string;
    readonly olds: Properties;
    readonly news: Properties;
    readonly seed: Uint8Array;
}

export interface DiffRequest {
    readonly urn: string;
    readonly id: string;
    readonly oldInputs: Properties;
    readonly news: Properties;
}

export interface Difference {
    readonly changes: readonly PropertyChange[];
    readonly deleteBeforeReplace: boolean;
}

export interface ReadRequest {
    readonly urn: string;
    readonly id: string;
    /** Outputs and inputs in Pulumi's state; empty at import. */
    readonly state: Properties;
    readonly inputs: Properties;
}

export interface Found {
    readonly id: string;
    readonly state: Properties;
    readonly inputs: Properties;
}

export class CloudProvider {
    readonly inventory: Inventory;
    private readonly lifecycle: Lifecycle;
    private config: PropertyMap = {};

    constructor(
        readonly cloud: CloudModel,
        private readonly options: ProviderOptions,
    ) {
        this.inventory = new Inventory(options.dir, cloud.name);
        this.lifecycle = new Lifecycle(cloud, this.inventory, options);
    }

    get version(): string {
        return this.options.version;
    }

    schema(): string {
        return JSON.stringify(packageSchema(this.cloud, this.version));
    }

    checkConfig(news: Properties): Checked {
        const { config, name } = this.cloud;
        const own = Object.entries(news.values).filter(([property]) => !engineConfig.test(property));
        const values: PropertyMap = {};
        for (const [property, value] of own) {
            values[property] = decoded(config[property], value);
        }
        const checked = checkProperties(`provider ${name}`, config, { values, secrets: news.secrets });
        // The engine wants its inputs back in the form it sent them, defaults added.
        return { ...checked, inputs: { ...checked.inputs, values: { ...checked.inputs.values, ...news.values } } };
    }

    /** Another configuration is applied to the same resources: what depends on it shows in their own diffs. */
    diffConfig(olds: Properties, news: Properties): PropertyChange[] {
        return diffInputs(olds.values, news.values);
    }

    configure(config: Properties): void {
        this.config = Object.fromEntries(
            Object.entries(config.values).map(([property, value]) => [
                property,
                decoded(this.cloud.config[property], value),
            ]),
        );
    }

    /** Ends all waiting. What the cloud has begun exists all the same. */
    cancel(): void {
        this.lifecycle.cancel();
    }

    async check(request: CheckRequest): Promise<Checked> {
        const { urn, news, olds, seed } = request;
        return this.logged({ operation: "check", urn, inputs: loggable(news, this.inputModels(typeOf(urn))) }, () => {
            const model = this.model(urn);
            const { inputs, problems } = checkProperties(model.token, model.inputs, news);
            const values = { ...inputs.values };
            const named = applyNameRule(model.name, values, { logicalName: nameOf(urn), olds: olds.values, seed });
            const found: Problem[] = [...problems, ...named];
            // Limits are tried on well-formed inputs only: their code relies on the types in the table.
            if (found.length === 0) {
                found.push(...(model.validate?.(known(values), new Set(Object.keys(values)), this.config) ?? []));
            }
            return { inputs: { values, secrets: inputs.secrets }, problems: found };
        });
    }

    async diff(request: DiffRequest): Promise<Difference> {
        const { urn, id, oldInputs, news } = request;
        return this.logged({ operation: "diff", urn, id }, () => {
            const model = this.model(urn);
            const changes = diffInputs(oldInputs.values, news.values, model.replaceOn);
            const { deleteBeforeReplace: first = false } = model;
            return {
                changes: model.adjust?.(changes, oldInputs.values, news.values) ?? changes,
                deleteBeforeReplace: typeof first === "function" ? first(oldInputs.values, nameOf(urn)) : first,
            };
        });
    }

    async create(request: CreateRequest): Promise<Created> {
        const { urn, inputs, preview } = request;
        return this.logged(
            { operation: "create", urn, preview, inputs: loggable(inputs, this.inputModels(typeOf(urn))) },
            () => this.lifecycle.create(this.model(urn), request, this.context(urn)),
        );
    }

    async update(request: UpdateRequest): Promise<Properties> {
        const { urn, id, news, preview } = request;
        return this.logged(
            { operation: "update", urn, id, preview, inputs: loggable(news, this.inputModels(typeOf(urn))) },
            () => this.lifecycle.update(this.model(urn), request, this.context(urn)),
        );
    }

    async delete(request: DeleteRequest): Promise<void> {
        const { urn, id } = request;
        return this.logged({ operation: "delete", urn, id }, () => this.lifecycle.delete(this.model(urn), request));
    }

    /** What exists now; absent when it is gone. Secrets cannot be read from a cloud, so the state's are kept. */
    async read(request: ReadRequest): Promise<Found | undefined> {
        const { urn, id, state, inputs } = request;
        return this.logged({ operation: "read", urn, id }, async () => {
            const model = this.model(urn);
            await this.failWhenAsked({ operation: "read", type: model.token, urn });
            if (model.stateOnly) {
                if (Object.keys(state.values).length === 0) {
                    throw new Error(`${model.token}: the sandbox cannot import it. Create a new one.`);
                }
                return { id, state, inputs };
            }
            const row = this.inventory.get(model.token, id);
            if (row === undefined) {
                return undefined;
            }
            return {
                id,
                state: withUnread(model, withStateSecrets(row.outputs, state), state),
                inputs: withUnread(model, withStateSecrets(row.inputs, inputs), inputs),
            };
        });
    }

    async invoke(token: string, args: Properties): Promise<Properties & { readonly problems: readonly Problem[] }> {
        return this.logged(
            { operation: "invoke", type: token, inputs: loggable(args, this.inputModels(token)) },
            async () => {
                const model = this.invokeModel(token);
                const { inputs, problems } = checkProperties(token, model.inputs, args);
                if (problems.length > 0) {
                    return { ...properties(), problems };
                }
                await this.failWhenAsked({ operation: "invoke", type: token, urn: token });
                const outputs = containsUnknown(inputs.values)
                    ? allUnknown(Object.keys(model.outputs))
                    : await this.answer(model, inputs.values);
                const secrets = Object.keys(model.outputs).filter((name) => model.outputs[name]?.secret);
                return { ...properties(outputs, secrets), problems };
            },
        );
    }

    private async answer({ answer, brings }: InvokeModel, inputs: PropertyMap): Promise<PropertyMap> {
        const context = this.context("");
        if (brings === undefined) {
            return answer(inputs, { ...context, inventory: this.inventory.view() });
        }
        return this.inventory.change((inventory) => {
            const answered = answer(inputs, { ...context, inventory: inventory.view });
            brings(inputs, { ...context, inventory: inventory.view }).forEach((brought) => inventory.add(brought));
            return answered;
        });
    }

    private async failWhenAsked(call: Call): Promise<void> {
        const fault = await nextFault(this.options.dir, call);
        if (fault?.kind === "crash") {
            this.options.crash();
        }
        if (fault !== undefined) {
            throw new Error(fault.message);
        }
    }

    private model(urn: string): ResourceModel {
        const type = typeOf(urn);
        const model = this.cloud.resources.find(({ token }) => token === type);
        if (model === undefined) {
            throw new Error(
                `${type}: the sandbox does not simulate this resource type. Add a row to the table of ${this.cloud.name}.`,
            );
        }
        return model;
    }

    private invokeModel(token: string): InvokeModel {
        const model = this.cloud.invokes.find((row) => row.token === token);
        if (model === undefined) {
            throw new Error(
                `${token}: the sandbox does not simulate this function. Add a row to the table of ${this.cloud.name}.`,
            );
        }
        return model;
    }

    private inputModels(token: string): PropertyModels {
        const { resources, invokes } = this.cloud;
        return [...resources, ...invokes].find((row) => row.token === token)?.inputs ?? {};
    }

    private context(urn: string): Omit<ModelContext, "inventory"> {
        return { name: nameOf(urn), config: this.config, dir: this.options.dir };
    }

    private async logged<R>(
        record: Pick<RequestRecord, "operation"> & Partial<RequestRecord>,
        answer: () => R | Promise<R>,
    ): Promise<R> {
        const { dir } = this.options;
        const entry = { cloud: this.cloud.name, type: typeOf(record.urn ?? ""), ...record };
        try {
            const result = await answer();
            logRequest(dir, entry);
            return result;
        } catch (error) {
            logRequest(dir, { ...entry, error: error instanceof Error ? error.message : String(error) });
            throw error;
        }
    }
}

/** What the engine adds to every provider's configuration for itself. */
const engineConfig = /^(version|pluginDownloadURL|__.*)$/;

/** Provider configuration comes as text, everything but strings as JSON. */
function decoded(model: PropertyModel | undefined, value: PropertyValue): PropertyValue {
    if (model === undefined || model.type === "string" || typeof value !== "string") {
        return value;
    }
    try {
        return JSON.parse(value) as PropertyValue;
    } catch {
        return value;
    }
}

/** `urn:pulumi:stack::project::parent$type::name` */
export function typeOf(urn: string): string {
    return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

/** The inputs whose value is known throughout. */
function known(values: PropertyMap): PropertyMap {
    return Object.fromEntries(Object.entries(values).filter(([, value]) => !containsUnknown(value)));
}

/** Puts in place of what cannot be read what the state has, or the default. */
function withUnread(model: ResourceModel, found: Properties, state: Properties): Properties {
    const values = { ...found.values };
    for (const name of model.unread ?? []) {
        const value = state.values[name] ?? model.inputs[name]?.default;
        if (value === undefined) {
            delete values[name];
        } else {
            values[name] = value;
        }
    }
    return { values, secrets: found.secrets };
}

function withStateSecrets(found: PropertyMap, state: Properties): Properties {
    const values: PropertyMap = {};
    for (const [name, value] of Object.entries(found)) {
        const secret = isDigest(value) ? state.values[name] : value;
        if (secret !== undefined) {
            values[name] = secret;
        }
    }
    return { values, secrets: state.secrets };
}
