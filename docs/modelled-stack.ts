/** A stack on a simulated cloud without an engine: what a changed program would do to what is there. */
import * as pulumi from "@pulumi/pulumi";
import { clouds } from "../sandbox/clouds";
import { applyNameRule, checkProperties } from "../sandbox/clouds/check";
import { diffInputs, type PropertyChange } from "../sandbox/clouds/diff";
import type { Row } from "../sandbox/clouds/inventory";
import type { InventoryView, RefuseContext, ResourceModel } from "../sandbox/clouds/model";
import { fromWire, isMap, textOf, type Json, type PropertyMap, type PropertyValue } from "../sandbox/clouds/values";
import { kubernetesModel } from "./kubernetes-model";

/** The account of a cloud in which a stack is. */
export interface ModelledAccount {
    /** Of its provider. */
    readonly config: PropertyMap;
    /** Type of the cluster that objects of Kubernetes lie in. */
    readonly clusterType: string;
    /** What is there before the stack. */
    readonly rows: readonly Row[];
    /** What a function answers, beside what it was asked. */
    readonly answer: (token: string, asked: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
}

/** What a run does with each resource, by logical name. */
export interface StackChanges {
    readonly updated: readonly string[];
    readonly replaced: readonly string[];
    readonly made: readonly string[];
    readonly removed: readonly string[];
    /** What of the replaced and the removed Pulumi refuses to delete. */
    readonly guarded: readonly string[];
    readonly refused: readonly Refusal[];
}

/** What the cloud says to a change of a resource, where it does not agree. */
export interface Refusal {
    /** Logical name of the resource. */
    readonly name: string;
    readonly answer: string;
}

interface Made {
    readonly name: string;
    readonly model: ResourceModel;
    readonly id: string;
    readonly inputs: PropertyMap;
    readonly outputs: PropertyMap;
    /** How often it was replaced: new names, ids and addresses differ by it. */
    readonly generation: number;
    /** What the cloud made together with it. */
    readonly brought: readonly Row[];
    readonly guarded: boolean;
}

type Resources = ReadonlyMap<string, Made>;

interface Request {
    getType(): string;
    getName(): string;
    getIgnorechangesList(): string[];
    getDeletebeforereplace(): boolean;
    getDeletebeforereplacedefined(): boolean;
    getReplaceonchangesList(): string[];
    getProtect(): boolean;
    getPropertydependenciesMap(): {
        forEach(visit: (dependencies: { getUrnsList(): string[] }, property: string) => void): void;
    };
    getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
}

interface Monitor {
    registerResource(request: Request, callback: unknown): void;
}

const KnownLater = "known later";
const unknownMarker = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What a program has made. */
export class ModelledStack {
    private constructor(
        private readonly account: ModelledAccount,
        private readonly resources: Resources,
    ) {}

    static async of(account: ModelledAccount, program: () => Promise<unknown>): Promise<ModelledStack> {
        const run = new Run(account, new Map());
        await run.through(program);
        return new ModelledStack(account, run.made);
    }

    /** What another program would change. The stack stays as it is. */
    async changesBy(program: () => Promise<unknown>): Promise<StackChanges> {
        const run = new Run(this.account, this.resources);
        await run.through(program);
        const removed = [...this.resources].filter(([key]) => !run.made.has(key)).map(([, { name }]) => name);
        const lost = new Set([...run.found.replaced, ...removed]);
        const guarded = [...this.resources.values()].filter((old) => old.guarded && lost.has(old.name));
        return { ...run.found, removed, guarded: guarded.map(({ name }) => name) };
    }
}

class Run {
    readonly made = new Map<string, Made>();
    readonly found = {
        updated: [] as string[],
        replaced: [] as string[],
        made: [] as string[],
        refused: [] as Refusal[],
    };
    private readonly requests = new Map<string, Request>();
    /** What is deleted before there is a new one. */
    private readonly goneFirst = new Set<string>();

    constructor(
        private readonly account: ModelledAccount,
        private readonly before: Resources,
    ) {}

    async through(program: () => Promise<unknown>): Promise<void> {
        await pulumi.runtime.setMocks(
            {
                newResource: ({ type, name, id = "" }) => this.register(type, name) ?? { id, state: {} },
                // What is asked for by name or id is there, and is called so.
                call: ({ token, inputs }) => {
                    const asked = inputs as Record<string, unknown>;
                    return { ...this.account.answer(token, asked), ...asked };
                },
            },
            "wandb",
            "test",
            // A preview: nothing waits for what no cluster says.
            true,
        );
        const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
        const register = monitor.registerResource.bind(monitor);
        monitor.registerResource = (request, callback) => {
            this.requests.set(keyOf(request.getType(), request.getName()), request);
            register(request, callback);
        };
        await program();
    }

    private register(type: string, name: string): { id: string; state: PropertyMap } | undefined {
        const key = keyOf(type, name);
        const request = this.requests.get(key);
        const model = modelOf(type);
        if (request === undefined || model === undefined) {
            return undefined;
        }
        const made = this.settle(model, name, request, this.before.get(key));
        this.made.set(key, made);
        return { id: made.id, state: made.outputs };
    }

    /** Keeps what is there, updates it, replaces it or makes it. */
    private settle(model: ResourceModel, name: string, request: Request, old: Made | undefined): Made {
        if (old === undefined) {
            this.found.made.push(name);
            return this.create(model, name, request, 0);
        }
        const inputs = inputsOf(model, name, request, old);
        const wanted = diffInputs(old.inputs, inputs, request.getReplaceonchangesList());
        const changes = [...changesOf(model, old.inputs, inputs), ...wanted.filter(({ replaces }) => replaces)];
        const hangs = this.hangsOnWhatGoesFirst(model, request, old.inputs);
        if (changes.some(({ replaces }) => replaces) || this.isElsewhere(model) || hangs) {
            this.found.replaced.push(name);
            if (hangs || goesFirst(request, old)) {
                this.goneFirst.add(keyOf(model.token, name));
            }
            return this.create(model, name, request, old.generation + 1);
        }
        if (changes.length === 0) {
            return old;
        }
        this.found.updated.push(name);
        const context = { ...this.context(name), id: old.id, previous: old.outputs };
        this.noteRefusal(model, name, inputs, context);
        return { ...old, inputs, outputs: { ...old.outputs, ...inputs, ...model.computed?.(inputs, context) } };
    }

    private create(model: ResourceModel, name: string, request: Request, generation: number): Made {
        const inputs = inputsOf(model, name, request, undefined, generation);
        const context = this.context(name);
        this.noteRivalry(model, name, inputs, context);
        const ordered = model.id?.(inputs, context) ?? `${name}-id-${generation}`;
        const outputs = { ...inputs, ...model.computed?.(inputs, { ...context, id: ordered }) };
        const id = model.idOutput === undefined ? ordered : textOf(outputs[model.idOutput]);
        const made: Made = { name, model, id, inputs, outputs, generation, brought: [], guarded: request.getProtect() };
        return { ...made, brought: model.brings?.(rowOf(made), this.view()) ?? [] };
    }

    private noteRefusal(model: ResourceModel, name: string, inputs: PropertyMap, context: RefuseContext): void {
        const answer = model.refuse?.(inputs, context);
        // Of what is known later nobody knows what the cloud says; and a limit of the sandbox is none of the cloud.
        if (answer !== undefined && !answer.includes(KnownLater) && !answer.startsWith("the sandbox")) {
            this.found.refused.push({ name, answer });
        }
    }

    /** What the cloud says to a new one for no other reason than that the old one is still there. */
    private noteRivalry(model: ResourceModel, name: string, inputs: PropertyMap, context: RefuseContext): void {
        const alone = { ...context, inventory: this.view(keyOf(model.token, name)) };
        if (model.refuse?.(inputs, alone) === undefined) {
            this.noteRefusal(model, name, inputs, context);
        }
    }

    /**
     * The engine deletes before what hangs on a thing that it deletes before making it anew, if another value of what they took of it
     * would replace them, though the new one may be called the same.
     * https://www.pulumi.com/docs/iac/concepts/resources/options/deletebeforereplace/
     */
    private hangsOnWhatGoesFirst(model: ResourceModel, request: Request, olds: PropertyMap): boolean {
        let hangs = false;
        request.getPropertydependenciesMap().forEach((dependencies, property) => {
            if (dependencies.getUrnsList().some((urn) => this.goneFirst.has(keyOfUrn(urn)))) {
                const news = { ...olds, [property]: "another" };
                hangs ||= changesOf(model, olds, news).some(({ replaces }) => replaces);
            }
        });
        return hangs;
    }

    /**
     * Objects of a cluster that is gone: the provider for another API server is another provider.
     * https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/provider.go (DiffConfig)
     */
    private isElsewhere({ token }: ResourceModel): boolean {
        const old = [...this.before.entries()].find(([, { model }]) => model.token === this.account.clusterType);
        return (
            /^(kubernetes|pulumi:providers):/.test(token) &&
            old !== undefined &&
            this.made.get(old[0])?.generation !== old[1].generation
        );
    }

    private context(name: string) {
        return { name, config: this.account.config, inventory: this.view(), dir: "" };
    }

    /** @param gone the key of what is taken to be gone already */
    private view(gone?: string): InventoryView {
        // What is replaced goes last, unless it goes first.
        const left = [...this.before]
            .filter(([key, { id }]) => this.made.get(key)?.id !== id && !this.goneFirst.has(key) && key !== gone)
            .map(([, made]) => made);
        const all = [...left, ...this.made.values()];
        const rows = (type: string): Row[] => [
            ...this.account.rows.filter((row) => row.type === type),
            ...all.filter(({ model }) => model.token === type).map(rowOf),
            ...all.flatMap(({ brought }) => brought).filter((row) => row.type === type),
        ];
        return { rows, find: (type, matches) => rows(type).find(matches) };
    }
}

/** As the program says, else as the provider does. */
function goesFirst(request: Request, { model: { deleteBeforeReplace = false }, inputs, name }: Made): boolean {
    if (request.getDeletebeforereplacedefined()) {
        return request.getDeletebeforereplace();
    }
    return typeof deleteBeforeReplace === "function" ? deleteBeforeReplace(inputs, name) : deleteBeforeReplace;
}

function rowOf({ model, id, inputs, outputs }: Made): Row {
    return {
        type: model.token,
        id,
        state: "active",
        inputs: inputs as Record<string, Json>,
        outputs: outputs as Record<string, Json>,
    };
}

/** Components have none. */
function modelOf(type: string): ResourceModel | undefined {
    const known = clouds.flatMap(({ resources }) => resources).find(({ token }) => token === type);
    return known ?? (/^(kubernetes|pulumi:providers):/.test(type) ? kubernetesModel(type) : undefined);
}

/** With defaults and the physical name, which stays unless it is made anew. What is not known yet is some text. */
function inputsOf(
    model: ResourceModel,
    logicalName: string,
    request: Request,
    old: Made | undefined,
    generation = 0,
): PropertyMap {
    const wire = JSON.stringify(request.getObject()?.toJavaScript() ?? {}).replaceAll(unknownMarker, KnownLater);
    const given = fromWire(JSON.parse(wire));
    const values =
        Object.keys(model.inputs).length === 0
            ? { ...given.values }
            : checkProperties(model.token, model.inputs, given).inputs.values;
    for (const path of old === undefined ? [] : request.getIgnorechangesList()) {
        keep(values, old?.inputs, path.split("."));
    }
    const seed = Buffer.from(String(generation));
    applyNameRule(model.name, values, { logicalName, olds: old?.inputs ?? {}, seed });
    return values;
}

/** Puts the old value in place of a new one that is not to be looked at. */
function keep(values: PropertyMap, olds: PropertyMap | undefined, [first, ...rest]: readonly string[]): void {
    const now: PropertyValue | undefined = values[first];
    const old: PropertyValue | undefined = olds?.[first];
    if (rest.length === 0) {
        values[first] = old ?? null;
    } else if (isMap(now) && isMap(old)) {
        keep(now, old, rest);
    }
}

function changesOf(model: ResourceModel, olds: PropertyMap, news: PropertyMap): readonly PropertyChange[] {
    const changes = diffInputs(olds, news, model.replaceOn);
    return model.adjust?.(changes, olds, news) ?? changes;
}

function keyOf(type: string, name: string): string {
    return `${type}::${name}`;
}

/** `urn:pulumi:stack::project::parent$type::name` */
function keyOfUrn(urn: string): string {
    const [type, name] = urn.split("::").slice(2);
    return keyOf(type.slice(type.lastIndexOf("$") + 1), name);
}
