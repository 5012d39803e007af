/** What loading the library costs, beside loading the SDKs that it needs in any case. Each sample is a fresh Node.js process. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** One way to load modules. */
export interface ImportCost {
    /** Milliseconds until `require` returns. */
    readonly time: number;
    /** Peak resident memory of the process, in MB. */
    readonly memory: number;
}

/** The modules of one sample. */
export type Modules = readonly string[];

const program = (modules: Modules): string => `
const started = process.hrtime.bigint();
for (const name of ${JSON.stringify(modules)}) require(name);
const time = Number(process.hrtime.bigint() - started) / 1e6;
console.log(JSON.stringify({ time, memory: process.resourceUsage().maxRSS / 1024 }));
process.exit(0);
`;

/** Takes the samples of all ways in turn, so that a busy moment of the machine hits each of them. */
export async function measureImports(folder: string, ways: readonly Modules[], count: number): Promise<ImportCost[]> {
    const samples: ImportCost[][] = ways.map(() => []);
    for (let round = 0; round < count; round++) {
        for (const [index, modules] of ways.entries()) {
            samples[index].push(await sample(folder, modules));
        }
    }
    return samples.map((costs) => ({
        time: middle(costs.map(({ time }) => time)),
        memory: middle(costs.map(({ memory }) => memory)),
    }));
}

async function sample(folder: string, modules: Modules): Promise<ImportCost> {
    const { stdout } = await run(process.execPath, ["--eval", program(modules)], { cwd: folder });
    return JSON.parse(stdout) as ImportCost;
}

/** The median. */
export function middle(values: readonly number[]): number {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
