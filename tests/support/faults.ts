/** A deployment on a simulated cloud, in a sandbox of its own, of which a test takes stock after whatever went wrong: what all clouds share. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setFaults, type FaultRule, type RandomFaults } from "../../sandbox/clouds/faults";
import { Inventory, type Row } from "../../sandbox/clouds/inventory";
import type { CloudModel } from "../../sandbox/clouds/model";
import { random } from "../../sandbox/clouds/random";
import { mendState } from "../../sandbox/engine";
import { startInstance, type SandboxInstance } from "../../sandbox/instance";
import { stopAll } from "../../sandbox/processes";
import type { WandbDeploymentArgs } from "../../sdk/index";
import { mergeValues } from "../../sdk/values/merge";
import { ScratchProgram } from "./scratch-program";

export type Changes = Partial<WandbDeploymentArgs>;

/** A deployment, beside what all of its cloud are given. */
export interface FaultSet {
    readonly args: Changes;
    /** Puts into the account what the arguments name. */
    readonly plant: (inventory: Inventory) => Promise<void>;
    /** Changes in place whatever an argument can change in place. */
    readonly changes: Changes;
}

/** What a cloud has of its own. */
export interface FaultyCloud {
    readonly model: CloudModel;
    /** Settings of its provider. */
    readonly settings: Readonly<Record<string, string>>;
    /** The least deployment that there is, with the sandbox's charts, so that destroy may take everything. */
    readonly leastArgs: (instance: SandboxInstance) => WandbDeploymentArgs;
    /** Whether the cloud keeps this when a deployment that has made it is gone. Absent: it keeps nothing. */
    readonly keeps?: (row: Row) => boolean;
    /** Types that its provider does not import; made once more they are taken over as they are. Absent: it imports all. */
    readonly notImported?: readonly string[];
}

const project = "faults";

/** Plain JavaScript: it starts without compiler. */
const programText = `
const fs = require("node:fs");
const path = require("node:path");
const { WandbDeployment } = require("pulumi-wandb");
const args = JSON.parse(fs.readFileSync(path.join(__dirname, "args.json"), "utf8"));
const { url, aws, gcp } = new WandbDeployment("demo", args);
Object.assign(exports, { url, ...(aws ? { aws } : { gcp }) });
`;

/** One resource as the engine's state has it. */
interface StateResource {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly parent?: string;
}

interface State {
    readonly deployment: {
        readonly resources?: readonly StateResource[];
        readonly pending_operations?: readonly { readonly type: string; readonly resource: StateResource }[];
    };
}

/** Something that the engine had begun to make when it was killed. */
export interface Unfinished {
    readonly urn: string;
    readonly type: string;
    readonly parent: string;
    /** Its id in the cloud, where the cloud has it. */
    readonly id?: string;
}

const quick = ["--yes", "--skip-preview"] as const;

/** Every type of resource that a cloud knows, and what is random. */
export function typesOfModel(model: CloudModel): string[] {
    return [...model.resources, ...random.resources].map(({ token }) => token);
}

interface Parts {
    readonly cloud: FaultyCloud;
    readonly program: ScratchProgram;
    readonly instance: SandboxInstance;
    readonly args: WandbDeploymentArgs;
    /** What there was before. */
    readonly planted: readonly Row[];
}

export class CloudProgram {
    readonly program: ScratchProgram;
    readonly instance: SandboxInstance;
    readonly inventory: Inventory;

    /** Of a sandbox that runs; `startProgram` starts one. */
    constructor(private readonly parts: Parts) {
        this.program = parts.program;
        this.instance = parts.instance;
        this.inventory = new Inventory(parts.program.dir, parts.cloud.model.name);
    }

    /** Replaces the arguments of the next run: those of the start with these changes, maps deep, while lists replace. */
    change(...changes: readonly Changes[]): void {
        this.program.write({ "args.json": JSON.stringify(changes.reduce(merged, this.parts.args)) });
    }

    run(command: "up" | "destroy", ...flags: string[]) {
        return this.program.run(command, ...quick, ...flags);
    }

    up(...flags: string[]): Promise<string> {
        return this.program.succeed("up", ...quick, ...flags);
    }

    failedUp(...flags: string[]): Promise<string> {
        return this.program.fail("up", ...quick, ...flags);
    }

    destroy(): Promise<string> {
        return this.program.succeed("destroy", ...quick);
    }

    faults(rules: readonly FaultRule[], byChance?: RandomFaults): Promise<void> {
        return setFaults(this.program.dir, { rules, random: byChance });
    }

    /** Repeats the command until it ends well. Gives what the runs said. */
    async repeat(command: "up" | "destroy", most: number, ...flags: string[]): Promise<string[]> {
        const said: string[] = [];
        for (;;) {
            const { code, output } = await this.run(command, ...flags);
            said.push(output);
            if (code === 0) {
                return said;
            }
            if (said.length >= most || !/sandbox fault|Throttling|Error 429/.test(output)) {
                throw new Error(`${command} fails, ${said.length} runs after the first fault:\n${output}`);
            }
        }
    }

    state(): State["deployment"] {
        const file = join(this.program.dir, "state", ".pulumi", "stacks", project, "dev.json");
        const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
            checkpoint: { latest?: State["deployment"] };
        };
        return checkpoint.latest ?? {};
    }

    /** Frees the stack from a run that was killed. Gives what that had begun to make. */
    async unlock(): Promise<Unfinished[]> {
        mendState(join(this.program.dir, "state"), project, "dev");
        await this.program.run("cancel", "--yes");
        const pending = (this.state().pending_operations ?? []).filter(({ type }) => type === "creating");
        return pending.map(({ resource: { urn, type, parent = "" } }) => ({
            urn,
            type,
            parent,
            id: this.inventory.rows().find((row) => row.urn === urn)?.id,
        }));
    }

    /**
     * What a user does after a kill: takes what the cloud has of the unfinished into the state, and lets the rest be forgotten.
     * `refresh --import-pending-creates` would be shorter, but drops what it is given without importing it (Pulumi 3.270).
     */
    async adopt(unfinished: readonly Unfinished[]): Promise<void> {
        const { notImported = [] } = this.parts.cloud;
        const found = unfinished.filter(({ id, type }) => id !== undefined && !notImported.includes(type));
        if (found.length > 0) {
            // Not by its name, which the cluster and the component around it share.
            const nameTable = Object.fromEntries(found.map(({ urn, parent }) => [`parent of ${nameOf(urn)}`, parent]));
            const resources = found.map(({ urn, type, id }) => ({
                type,
                name: nameOf(urn),
                id,
                parent: `parent of ${nameOf(urn)}`,
            }));
            this.program.write({ "import.json": JSON.stringify({ nameTable, resources }) });
            const flags = ["--file", "import.json", "--protect=false", "--generate-code=false"];
            await this.program.succeed("import", ...quick, ...flags);
        }
        if ((this.state().pending_operations ?? []).length > 0) {
            await this.program.succeed("refresh", ...quick, "--clear-pending-creates");
        }
    }

    /** What is wrong with the books: made twice, or in the cloud without a place in the state, from which no next run takes it over. */
    discrepancies(): string[] {
        const { notImported = [] } = this.parts.cloud;
        const known = new Set((this.state().resources ?? []).map(({ urn, id }) => `${urn} ${id}`));
        const made = this.inventory.rows().filter(({ urn }) => urn !== undefined);
        const urns = made.map(({ urn }) => urn);
        return [
            ...urns.filter((urn, index) => urns.indexOf(urn) !== index).map((urn) => `twice: ${urn}`),
            ...made
                .filter(({ type, urn, id }) => !known.has(`${urn} ${id}`) && !notImported.includes(type))
                .map(({ urn, id }) => `orphan: ${urn} ${id}`),
        ];
    }

    /** What the cloud holds beside what there was before and what it keeps. */
    rows(): readonly Row[] {
        const { planted, cloud } = this.parts;
        const isPlanted = ({ type, id }: Row) => planted.some((row) => row.type === type && row.id === id);
        return this.inventory.rows().filter((row) => !isPlanted(row) && cloud.keeps?.(row) !== true);
    }

    /** Types of what the deployment has made, each once. */
    types(): string[] {
        const modelled = typesOfModel(this.parts.cloud.model);
        return [...new Set((this.state().resources ?? []).map(({ type }) => type))]
            .filter((type) => modelled.includes(type))
            .sort();
    }

    /** Those of the unfinished that the cloud has, as `discrepancies` tells them. */
    orphansAmong(unfinished: readonly Unfinished[]): string[] {
        const { notImported = [] } = this.parts.cloud;
        return unfinished
            .filter(({ id, type }) => id !== undefined && !notImported.includes(type))
            .map(({ urn, id }) => `orphan: ${urn} ${id}`);
    }

    async remove(): Promise<void> {
        await stopAll(this.program.dir);
        this.program.remove();
    }
}

/** @param timeScale how slow the cloud is: 0 = at once */
export async function startProgram<P extends CloudProgram>(
    Program: new (parts: Parts) => P,
    cloud: FaultyCloud,
    timeScale: number,
    { args, plant }: FaultSet,
): Promise<P> {
    const program = await ScratchProgram.create(
        { "Pulumi.yaml": `name: ${project}\nruntime: nodejs\nmain: index.js\n`, "index.js": programText },
        { SANDBOX_TIME_SCALE: `${timeScale}` },
    );
    const instance = await startInstance({ dir: program.dir, log: () => undefined, timeScale: 0.02 });
    for (const [name, value] of Object.entries(cloud.settings)) {
        await program.succeed("config", "set", name, value);
    }
    const inventory = new Inventory(program.dir, cloud.model.name);
    await plant(inventory);
    const started = new Program({
        cloud,
        program,
        instance,
        args: merged(cloud.leastArgs(instance), args),
        planted: inventory.rows(),
    });
    started.change();
    return started;
}

function merged(args: WandbDeploymentArgs, changes: Changes): WandbDeploymentArgs {
    return mergeValues(args, changes) as WandbDeploymentArgs;
}

function nameOf(urn: string): string {
    return urn.slice(urn.lastIndexOf("::") + 2);
}
