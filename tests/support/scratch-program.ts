/** A small Pulumi program with an engine, state and plugins of its own, for tests of the sandbox itself. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { installPlugins, pulumiEnvironment } from "../../sandbox/pulumi";
import { ensureToolchain, type Toolchain } from "../../sandbox/toolchain";

/** A cold cache means building the toolchain first. */
export const toolchainTimeoutMs = 60 * 60_000;
/** One run of the engine takes seconds; this only ends a run that hangs. */
export const engineTimeoutMs = 3 * 60_000;

let toolchain: Promise<Toolchain> | undefined;

export interface RunResult {
    readonly code: number | null;
    /** Standard output and error output, in the order they came. */
    readonly output: string;
}

export class ScratchProgram {
    /** The program's folder. */
    readonly folder: string;
    /** The sandbox instance. */
    readonly dir: string;

    private constructor(
        private readonly root: string,
        readonly env: NodeJS.ProcessEnv,
        private readonly pulumi: string,
    ) {
        this.folder = join(root, "program");
        this.dir = join(root, "instance");
    }

    /** Writes the files (paths are relative to the program's folder) and makes the stack `dev`. */
    static async create(files: Record<string, string>, extraEnv: NodeJS.ProcessEnv = {}): Promise<ScratchProgram> {
        const tools = await (toolchain ??= ensureToolchain(console.log));
        // Below the checkout, so that the program finds the SDKs in its node_modules.
        const parent = join(__dirname, "..", "..", ".sandbox", "tests");
        mkdirSync(parent, { recursive: true });
        const root = mkdtempSync(join(parent, "program-"));
        const dir = join(root, "instance");
        const environment = pulumiEnvironment({ dir, toolchain: tools, terminal: false });
        // The option --event-log is hidden without it.
        const env = { ...environment, PULUMI_DEBUG_COMMANDS: "true", ...extraEnv };
        installPlugins(dir, tools);
        const program = new ScratchProgram(root, env, tools.path("pulumi"));
        // Without one the SDK takes the checkout's package.json, and its main, for the program's.
        program.write({ "package.json": JSON.stringify({ name: "scratch", private: true }), ...files });
        await program.succeed("stack", "init", "dev");
        return program;
    }

    /**
     * A copy of the program in `folder`: those of its files that are there. Types are checked with all others, so it is run without.
     */
    static copy(folder: string, names: readonly string[], extraEnv: NodeJS.ProcessEnv = {}): Promise<ScratchProgram> {
        const there = names.filter((name) => existsSync(join(folder, name)));
        const files = there.map((name) => [name, readFileSync(join(folder, name), "utf8")]);
        return ScratchProgram.create(Object.fromEntries(files) as Record<string, string>, {
            PULUMI_NODEJS_TRANSPILE_ONLY: "true",
            TS_NODE_TRANSPILE_ONLY: "true",
            ...extraEnv,
        });
    }

    write(files: Record<string, string>): void {
        for (const [name, content] of Object.entries(files)) {
            const file = join(this.folder, name);
            mkdirSync(dirname(file), { recursive: true });
            writeFileSync(file, content);
        }
    }

    /** Starts `pulumi` and leaves it to the test. */
    start(...args: string[]): ChildProcess {
        return spawn(this.pulumi, [...args, "--non-interactive"], { cwd: this.folder, env: this.env });
    }

    run(...args: string[]): Promise<RunResult> {
        return new Promise((resolve, reject) => {
            const child = this.start(...args);
            let output = "";
            for (const stream of [child.stdout, child.stderr]) {
                stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
            }
            child.on("error", reject).on("close", (code) => resolve({ code, output }));
        });
    }

    /** Runs `pulumi` and gives its output. Fails the test with that output when it does not end well. */
    async succeed(...args: string[]): Promise<string> {
        const { code, output } = await this.run(...args);
        if (code !== 0) {
            throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${output}`);
        }
        return output;
    }

    /** Runs `pulumi` and gives its output. Fails the test when it ends well. */
    async fail(...args: string[]): Promise<string> {
        const { code, output } = await this.run(...args);
        if (code === 0) {
            throw new Error(`pulumi ${args.join(" ")} was expected to fail:\n${output}`);
        }
        return output;
    }

    /** Stack outputs, secrets in clear. */
    async outputs(): Promise<Record<string, unknown>> {
        return JSON.parse(await this.succeed("stack", "output", "--json", "--show-secrets")) as Record<string, unknown>;
    }

    remove(): void {
        rmSync(this.root, { recursive: true, force: true });
    }
}

/** Type checks cost seconds and are not what these tests are about. */
export const plainTsconfig = JSON.stringify({ compilerOptions: { target: "es2022", noCheck: true, strict: true } });
