/** A simulated cloud with an API server of its own, and programs that deploy W&B in it: what all clouds share. */
import { join } from "node:path";
import { Inventory } from "../../sandbox/clouds/inventory";
import { startInstance, type SandboxInstance } from "../../sandbox/instance";
import { createClient, type KubeClient } from "../../sandbox/operator/controller/kube";
import { stopAll } from "../../sandbox/processes";
import { sandboxLicense } from "../../sandbox/stacks/local";
import type { SandboxStack } from "../../sandbox/stacks/stack";
import type { WandbDeploymentArgs } from "../../sdk/index";
import { LaterPrefix, SecretPrefix } from "./deployment";
import { configure } from "./example";
import { configCommands } from "./readme";
import { ScratchProgram } from "./scratch-program";

/** Pauses of the stand-in controllers; the simulated cloud itself answers at once. */
const timeScale = 0.02;

/** Marks strings on their way into the component, and exports what tests look at. Plain JavaScript: it starts without compiler. */
const programText = `
const fs = require("node:fs");
const path = require("node:path");
const pulumi = require("@pulumi/pulumi");
const { WandbDeployment } = require("pulumi-wandb");
let other;
const later = (value) => {
    other ??= new (require("@pulumi/random/randomPet").RandomPet)("other");
    return other.id.apply(() => value);
};
const mark = (value) =>
    typeof value === "string" && value.startsWith("${SecretPrefix}") ? pulumi.secret(value.slice(${SecretPrefix.length}))
    : typeof value === "string" && value.startsWith("${LaterPrefix}") ? later(value.slice(${LaterPrefix.length}))
    : Array.isArray(value) ? value.map(mark)
    : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mark(inner)]))
    : value;
const args = JSON.parse(fs.readFileSync(path.join(__dirname, "args.json"), "utf8"));
const { url, address, kubeconfig, databaseHost, redisHost, bucketName, manifest, aws, gcp, azure } = new WandbDeployment("wandb", mark(args));
Object.assign(exports, { url, address, kubeconfig, databaseHost, redisHost, bucketName, manifest, aws, gcp, azure });
`;

/** What a cloud has of its own. */
export interface SimulatedCloud {
    readonly name: "aws" | "gcp" | "azure-native";
    /** Settings of its provider. */
    readonly provider: Readonly<Record<string, string>>;
    /** The stack of the root program. */
    readonly stack: SandboxStack;
    /** Keys, in `charts`, of what is installed beside W&B. */
    readonly charts: readonly string[];
}

type WorldClass<W extends CloudWorld> = new (program: ScratchProgram, instance: SandboxInstance) => W;

export abstract class CloudWorld {
    protected abstract readonly cloud: SimulatedCloud;

    /** Of a sandbox that runs; `create`, `example` and `root` start one. */
    constructor(
        readonly program: ScratchProgram,
        readonly instance: SandboxInstance,
    ) {}

    /** A program with one deployment, called `wandb`. */
    static async create<W extends CloudWorld>(this: WorldClass<W>, args: WandbDeploymentArgs): Promise<W> {
        const program = await ScratchProgram.create({
            "Pulumi.yaml": "name: deployment\nruntime: nodejs\nmain: index.js\n",
            "index.js": programText,
        });
        const world = await start(this, program);
        world.change(args);
        return world;
    }

    /**
     * A copy of an example, configured by the commands of its README, with the license and the charts of the sandbox.
     *
     * @param secrets what the README leaves to the prompt
     */
    static async example<W extends CloudWorld>(
        this: WorldClass<W>,
        name: string,
        secrets: Readonly<Record<string, string>> = {},
    ): Promise<W> {
        const folder = join(__dirname, "..", "..", "examples", name);
        const program = await ScratchProgram.copy(folder, ["Pulumi.yaml", "index.ts", "tsconfig.json"]);
        const world = await start(this, program);
        const values = (word: string) => (word === "$(cat license.txt)" ? sandboxLicense() : word);
        for (const words of configCommands(name)) {
            const prompted = words.includes("--secret") ? secrets[words[words.length - 1]] : undefined;
            const answer = prompted === undefined ? [] : [prompted];
            await program.succeed("config", "set", ...words.map(values), ...answer);
        }
        const { repositoryUrl, channelUrl } = world.instance.operator;
        await configure(program, {
            plain: {
                "operator.chart.repository": repositoryUrl,
                "operator.channelUrl": channelUrl,
            },
            secret: {},
        });
        return world;
    }

    /** The root program on its sandbox stack, with what that plants and the settings of `npm start -- --stack <cloud>`. */
    static async root<W extends CloudWorld>(this: WorldClass<W>): Promise<W> {
        const names = ["Pulumi.yaml", "index.ts", "config-shape.ts", "tsconfig.json"];
        const program = await ScratchProgram.copy(join(__dirname, "..", ".."), names);
        const world = await start(this, program);
        const { stack } = world.cloud;
        await stack.plant?.(world.instance);
        const settings = [...stack.firstSettings, ...stack.serviceSettings(world.instance)];
        const pairs = (secret: boolean) =>
            Object.fromEntries(
                settings
                    .filter((setting) => (setting.secret ?? false) === secret)
                    .map(({ path, value }) => [path, value]),
            );
        await configure(program, { plain: pairs(false), secret: pairs(true) });
        return world;
    }

    /** Sets the provider up; for `start`. */
    async configureProvider(): Promise<void> {
        await configure(this.program, { plain: this.cloud.provider, secret: {} });
    }

    /** Takes the add-on charts from the sandbox, in an example that installs them. */
    async mirrorCharts(): Promise<void> {
        const charts = Object.entries(this.charts).map(([chart, { repository }]) => [
            `charts.${chart}.repository`,
            repository,
        ]);
        await configure(this.program, { plain: Object.fromEntries(charts) as Record<string, string>, secret: {} });
    }

    /** Replaces the arguments for the next run; charts are the sandbox's. */
    change(args: WandbDeploymentArgs): void {
        const { repositoryUrl, channelUrl } = this.instance.operator;
        const operator = { chart: { repository: repositoryUrl }, channelUrl, ...args.operator };
        const charts = this.cloud.charts.length === 0 ? {} : { charts: this.charts };
        this.program.write({ "args.json": JSON.stringify({ ...args, operator, ...charts }) });
    }

    get inventory(): Inventory {
        return new Inventory(this.program.dir, this.cloud.name);
    }

    /** A client with all rights on what the simulated cluster holds. */
    get client(): KubeClient {
        return createClient(this.instance.controlPlane.kubeconfigPath);
    }

    /** `type id` of everything in the account, sorted, types without their modules. */
    existing(): string[] {
        return this.inventory
            .rows()
            .map(({ type, id }) => `${type.split(":").at(-1)} ${id}`)
            .sort();
    }

    async remove(): Promise<void> {
        await stopAll(this.program.dir);
        this.program.remove();
    }

    private get charts(): Readonly<Record<string, { readonly repository: string }>> {
        const repository = this.instance.operator.repositoryUrl;
        return Object.fromEntries(this.cloud.charts.map((chart) => [chart, { repository }]));
    }
}

async function start<W extends CloudWorld>(World: WorldClass<W>, program: ScratchProgram): Promise<W> {
    const instance = await startInstance({ dir: program.dir, log: () => undefined, timeScale });
    const world = new World(program, instance);
    await world.configureProvider();
    return world;
}
