/** Creation, update and deletion in a simulated cloud, with its delays, refusals and faults. */
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { holdsSecret } from "./check";
import { changeMs, creationMs, durationKeyOf } from "./durations";
import { diffInputs } from "./diff";
import { nextFault, type Fault } from "./faults";
import type { Inventory, InventoryChange, Row } from "./inventory";
import type { CloudModel, InventoryView, ModelContext, ResourceModel } from "./model";
import { danglingReference, deletionBlocker } from "./references";
import { unseen } from "./sight";
import { allUnknown, textOf, withoutSecrets, type Properties, type PropertyMap } from "./values";

export interface CreateRequest {
    readonly urn: string;
    readonly inputs: Properties;
    readonly preview: boolean;
}

export interface Created {
    /** Empty in a preview. */
    readonly id: string;
    readonly outputs: Properties;
}

export interface UpdateRequest {
    readonly urn: string;
    readonly id: string;
    readonly oldOutputs: Properties;
    readonly news: Properties;
    readonly preview: boolean;
}

export interface DeleteRequest {
    readonly urn: string;
    readonly id: string;
}

/** The resource exists but is not healthy: the engine keeps it in the state, marked as in error. */
export class PartialCreation extends Error {
    constructor(
        message: string,
        readonly id: string,
        readonly outputs: Properties,
        readonly inputs: Properties,
    ) {
        super(message);
    }
}

type Context = Omit<ModelContext, "inventory">;

interface LifecycleOptions {
    readonly dir: string;
    readonly scale: number;
    readonly crash: () => never;
}

export class Lifecycle {
    private readonly cancelled = new AbortController();

    constructor(
        private readonly cloud: CloudModel,
        private readonly inventory: Inventory,
        private readonly options: LifecycleOptions,
    ) {}

    cancel(): void {
        this.cancelled.abort();
    }

    async create(model: ResourceModel, request: CreateRequest, context: Context): Promise<Created> {
        const { urn, inputs } = request;
        if (request.preview) {
            return { id: "", outputs: outputsOf(model, inputs, allUnknown(madeUp(model, inputs.values))) };
        }
        const type = model.token;
        const fault = await this.before({ operation: "create", type, urn });
        const ms = creationMs(this.cloud.name, durationKeyOf(model, inputs.values), this.options.scale);
        await this.awaitSight(model, "create", inputs.values);
        const created = await this.begin(model, request, context, ms);
        this.crashWhen(fault, "after");
        await this.pass(ms, `${type} ${JSON.stringify(created.id)}`);
        if (!model.stateOnly) {
            await this.settle(type, created.id);
        }
        if (fault?.kind === "partial") {
            throw new PartialCreation(fault.message, created.id, created.outputs, inputs);
        }
        failWhen(fault, "after");
        return created;
    }

    async update(model: ResourceModel, request: UpdateRequest, context: Context): Promise<Properties> {
        const { urn, id, news, oldOutputs } = request;
        const type = model.token;
        const kept = computedPart(model, oldOutputs.values);
        if (request.preview) {
            return outputsOf(model, news, { ...kept, ...allUnknown(model.volatile ?? []) });
        }
        const fault = await this.before({ operation: "update", type, urn });
        const compute = (inventory: InventoryView): Properties => {
            const previous = oldOutputs.values;
            const computed = model.computed?.(news.values, { ...context, inventory, id, previous });
            return outputsOf(model, news, { ...kept, ...computed });
        };
        await this.awaitSight(model, "update", news.values);
        let ms = 0;
        const outputs = model.stateOnly
            ? compute(this.inventory.view())
            : await this.inventory.change((inventory) => {
                  const row = inventory.get(type, id);
                  if (row === undefined) {
                      throw new Error(`${type} ${JSON.stringify(id)}: not found. Run pulumi refresh, then try again.`);
                  }
                  refuseWhen(danglingReference(model, news.values, inventory.view));
                  const previous = oldOutputs.values;
                  refuseWhen(model.refuse?.(news.values, { ...context, inventory: inventory.view, previous }));
                  const result = compute(inventory.view);
                  const inputs = withoutSecrets(news, inventory.salt);
                  // A change of tags is made at once.
                  if (diffInputs(row.inputs, inputs).some(({ path }) => !/^tags\b/.test(path))) {
                      const key = durationKeyOf(model, news.values);
                      ms = changeMs(this.cloud.name, key, "update", this.options.scale);
                  }
                  row.inputs = inputs;
                  row.outputs = withoutSecrets(result, inventory.salt);
                  return result;
              });
        this.crashWhen(fault, "after");
        await this.pass(ms, `${type} ${JSON.stringify(id)}`, "changing");
        failWhen(fault, "after");
        return outputs;
    }

    async delete(model: ResourceModel, { urn, id }: DeleteRequest): Promise<void> {
        const type = model.token;
        const fault = await this.before({ operation: "delete", type, urn });
        if (!model.stateOnly) {
            const deleted = await this.inventory.change((inventory) => {
                const row = inventory.get(type, id);
                if (row !== undefined) {
                    refuseWhen(deletionBlocker(this.cloud, row, inventory.view));
                    const along = model.takesAlong?.(row, inventory.view) ?? [];
                    const left = model.leavesBehind?.(row, inventory.view) ?? [];
                    [row, ...along].forEach((gone) => inventory.remove(gone.type, gone.id));
                    left.forEach((remains) => inventory.add(remains));
                }
                return row;
            });
            if (deleted !== undefined) {
                const ms = changeMs(
                    this.cloud.name,
                    durationKeyOf(model, deleted.inputs),
                    "delete",
                    this.options.scale,
                );
                // First what belongs to the deletion itself: nobody may be there to wait for it.
                await model.afterDelete?.(deleted, { dir: this.options.dir, inventory: this.inventory.view() });
                await this.pass(ms, `${type} ${JSON.stringify(id)}`, "deleting");
            }
        }
        this.crashWhen(fault, "after");
        failWhen(fault, "after");
    }

    /** The cloud accepts the order: from here on the thing exists, whoever waits for it. */
    private async begin(model: ResourceModel, request: CreateRequest, context: Context, ms: number): Promise<Created> {
        const { inputs } = request;
        const order = (inventory: InventoryView, previous?: PropertyMap): Created => {
            const full = { ...context, inventory };
            const ordered = model.id?.(inputs.values, full) ?? defaultId(model.token);
            const computed = model.computed?.(inputs.values, { ...full, id: ordered, previous }) ?? {};
            const outputs = outputsOf(model, inputs, computed);
            const id = model.idOutput === undefined ? ordered : textOf(outputs.values[model.idOutput]);
            return { id, outputs };
        };
        if (model.stateOnly) {
            return order(this.inventory.view());
        }
        return this.inventory.change((inventory) => {
            refuseWhen(danglingReference(model, inputs.values, inventory.view));
            refuseWhen(nameClash(model, inputs.values, inventory));
            const present = model.adopts ? inventory.get(model.token, order(inventory.view).id) : undefined;
            const previous = present?.outputs;
            refuseWhen(model.refuse?.(inputs.values, { ...context, inventory: inventory.view, previous }));
            const created = order(inventory.view, previous);
            const row = this.accepted(model, request, created, inventory.salt, ms);
            if (present !== undefined) {
                Object.assign(present, { urn: row.urn, inputs: row.inputs, outputs: row.outputs });
                return created;
            }
            inventory.add(row);
            model.brings?.(row, inventory.view).forEach((brought) => inventory.add(brought));
            return created;
        });
    }

    private accepted(
        model: ResourceModel,
        { urn, inputs }: CreateRequest,
        { id, outputs }: Created,
        salt: string,
        ms: number,
    ): Row {
        const now = Date.now();
        const unseenMs = creationMs(this.cloud.name, model.unseenKey, this.options.scale);
        return {
            type: model.token,
            id,
            urn,
            state: "creating",
            readyAt: now + ms,
            ...(unseenMs > 0 ? { seenFrom: now + unseenMs } : {}),
            inputs: withoutSecrets(inputs, salt),
            outputs: withoutSecrets(outputs, salt),
        };
    }

    /** Waits where the provider repeats a request until the cloud knows what it names; refuses where it does not. */
    private async awaitSight(model: ResourceModel, operation: "create" | "update", inputs: PropertyMap): Promise<void> {
        for (;;) {
            const late = unseen(model, operation, inputs, this.inventory);
            if (late === undefined) {
                return;
            }
            if (!late.repeated) {
                throw new Error(late.message);
            }
            await this.pass(late.ms, late.message, "repeating");
        }
    }

    private async settle(type: string, id: string): Promise<void> {
        await this.inventory.change((inventory) => {
            const row = inventory.get(type, id);
            if (row !== undefined) {
                row.state = "active";
                delete row.readyAt;
            }
        });
    }

    private async before(call: Parameters<typeof nextFault>[1]): Promise<Fault | undefined> {
        const fault = await nextFault(this.options.dir, call);
        this.crashWhen(fault, "before");
        failWhen(fault, "before");
        return fault;
    }

    private crashWhen(fault: Fault | undefined, at: Fault["at"]): void {
        if (fault?.kind === "crash" && fault.at === at) {
            this.options.crash();
        }
    }

    private async pass(ms: number, what: string, doing: keyof typeof consequences = "making"): Promise<void> {
        if (ms === 0) {
            return;
        }
        try {
            await sleep(ms, undefined, { signal: this.cancelled.signal });
        } catch {
            throw new Error(`${what}: cancelled while ${consequences[doing]}`);
        }
    }
}

/** What is left when a wait is cut short. */
const consequences = {
    making:
        "the cloud was making it; it exists all the same. " + "Import it, or delete it by hand, before trying again.",
    changing: "the cloud was changing it; the change goes on. Refresh before trying again.",
    deleting: "the cloud was deleting it; the deletion goes on. Refresh before trying again.",
    repeating: "the provider was repeating the request; nothing was made. Try again.",
} as const;

function failWhen(fault: Fault | undefined, at: Fault["at"]): void {
    const fails = fault?.kind === "fail" || fault?.kind === "throttle";
    if (fails && fault.at === at) {
        throw new Error(fault.message);
    }
}

function refuseWhen(reason: string | undefined): void {
    if (reason !== undefined) {
        throw new Error(reason);
    }
}

function nameClash(
    { name, token }: ResourceModel,
    inputs: PropertyMap,
    inventory: InventoryChange,
): string | undefined {
    const clash = name?.clash;
    const given = name === undefined ? undefined : inputs[name.property];
    if (name === undefined || clash === undefined || typeof given !== "string") {
        return undefined;
    }
    const taken = inventory.view.find(token, (row) => row.inputs[name.property] === given);
    return taken === undefined ? undefined : clash(given);
}

/** Inputs come back as outputs; what the cloud computed stands over them. */
function outputsOf(model: ResourceModel, inputs: Properties, computed: PropertyMap): Properties {
    const secrets = new Set(inputs.secrets);
    for (const [name, output] of Object.entries(model.outputs ?? {})) {
        if (holdsSecret(output)) {
            secrets.add(name);
        }
    }
    return { values: { ...inputs.values, ...computed }, secrets };
}

/** Names of the outputs that nobody knows before the cloud has told them. */
function madeUp({ outputs = {}, echoed = [] }: ResourceModel, inputs: PropertyMap): string[] {
    return Object.keys(outputs).filter((name) => !echoed.includes(name) || inputs[name] === undefined);
}

function computedPart(model: ResourceModel, outputs: PropertyMap): PropertyMap {
    return Object.fromEntries(Object.entries(outputs).filter(([name]) => model.outputs?.[name] !== undefined));
}

function defaultId(token: string): string {
    const short = token.split(":").at(-1) ?? token;
    return `${short.charAt(0).toLowerCase()}${short.slice(1)}-${randomBytes(6).toString("hex")}`;
}
