/** A deployment on the simulated AWS, in a sandbox of its own, of which a test takes stock after whatever went wrong. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { aws } from "../../sandbox/clouds/aws";
import { setFaults, type FaultRule } from "../../sandbox/clouds/faults";
import { Inventory, type Row } from "../../sandbox/clouds/inventory";
import { random } from "../../sandbox/clouds/random";
import { mendState } from "../../sandbox/engine";
import { startInstance, type SandboxInstance } from "../../sandbox/instance";
import { stopAll } from "../../sandbox/processes";
import { sandboxLicense } from "../../sandbox/stacks/local";
import type { WandbDeploymentArgs } from "../../sdk/index";
import { mergeValues } from "../../sdk/values/merge";
import { Zone } from "./aws-account";
import { Least, type Changes, type FaultSet } from "./aws-faults-sets";
import { ScratchProgram } from "./scratch-program";

const project = "faults";

/** Plain JavaScript: it starts without compiler. */
const programText = `
const fs = require("node:fs");
const path = require("node:path");
const { WandbDeployment } = require("pulumi-wandb");
const args = JSON.parse(fs.readFileSync(path.join(__dirname, "args.json"), "utf8"));
const { url, aws } = new WandbDeployment("demo", args);
Object.assign(exports, { url, vpcId: aws.vpcId });
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

/** Every type of resource that the clouds know. */
export const ModelledTypes: readonly string[] = [...aws.resources, ...random.resources].map(({ token }) => token);

export class AwsProgram {
    readonly inventory: Inventory;

    private constructor(
        readonly program: ScratchProgram,
        readonly instance: SandboxInstance,
        private readonly args: WandbDeploymentArgs,
        /** What there was before. */
        private readonly planted: readonly Row[],
    ) {
        this.inventory = new Inventory(program.dir, "aws");
    }

    /** @param timeScale how slow the cloud is: 0 = at once */
    static async create(timeScale = 0, { args, plant }: FaultSet = Least): Promise<AwsProgram> {
        const program = await ScratchProgram.create(
            { "Pulumi.yaml": `name: ${project}\nruntime: nodejs\nmain: index.js\n`, "index.js": programText },
            { SANDBOX_TIME_SCALE: `${timeScale}` },
        );
        const instance = await startInstance({ dir: program.dir, log: () => undefined, timeScale: 0.02 });
        await program.succeed("config", "set", "aws:region", "us-east-1");
        const inventory = new Inventory(program.dir, "aws");
        await plant(inventory);
        const created = new AwsProgram(program, instance, merged(leastArgs(instance), args), inventory.rows());
        created.change();
        return created;
    }

    /** Replaces the arguments of the next run: those of the start with these changes, maps deep, while lists replace. */
    change(...changes: readonly Changes[]): void {
        this.program.write({ "args.json": JSON.stringify(changes.reduce(merged, this.args)) });
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

    faults(rules: readonly FaultRule[]): Promise<void> {
        return setFaults(this.program.dir, { rules });
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
            if (said.length >= most || !/sandbox fault|Throttling/.test(output)) {
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
        const found = unfinished.filter(({ id }) => id !== undefined);
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

    /** What is wrong with the books: made twice, or in the cloud without a place in the state. */
    discrepancies(): string[] {
        const known = new Set((this.state().resources ?? []).map(({ urn, id }) => `${urn} ${id}`));
        const made = this.inventory.rows().filter(({ urn }) => urn !== undefined);
        const urns = made.map(({ urn }) => urn);
        return [
            ...urns.filter((urn, index) => urns.indexOf(urn) !== index).map((urn) => `twice: ${urn}`),
            ...made.filter(({ urn, id }) => !known.has(`${urn} ${id}`)).map(({ urn, id }) => `orphan: ${urn} ${id}`),
        ];
    }

    /** What the cloud holds beside what there was before. */
    rows(): readonly Row[] {
        const isPlanted = ({ type, id }: Row) => this.planted.some((row) => row.type === type && row.id === id);
        return this.inventory.rows().filter((row) => !isPlanted(row));
    }

    /** Types of what the deployment has made, each once. */
    types(): string[] {
        return [...new Set((this.state().resources ?? []).map(({ type }) => type))]
            .filter((type) => ModelledTypes.includes(type))
            .sort();
    }

    /** One more controller. */
    withExternalDns(): Changes {
        const externalDns = { repository: this.instance.operator.repositoryUrl };
        return {
            aws: { dns: { externalDns: true } },
            charts: { externalDns },
        };
    }

    async remove(): Promise<void> {
        await stopAll(this.program.dir);
        this.program.remove();
    }
}

/** The least deployment that there is, with the sandbox's charts, so that destroy may take everything. */
function leastArgs({ operator }: SandboxInstance): WandbDeploymentArgs {
    const repository = operator.repositoryUrl;
    return {
        host: "wandb.example.com",
        license: sandboxLicense(),
        access: { cidrs: ["203.0.113.0/24"] },
        aws: { dns: { zoneId: Zone.id } },
        deletionProtection: false,
        operator: { chart: { repository }, channelUrl: operator.channelUrl },
        charts: { awsLoadBalancerController: { repository }, clusterAutoscaler: { repository } },
    };
}

function merged(args: WandbDeploymentArgs, changes: Changes): WandbDeploymentArgs {
    return mergeValues(args, changes) as WandbDeploymentArgs;
}

function nameOf(urn: string): string {
    return urn.slice(urn.lastIndexOf("::") + 2);
}
