/**
 * `npm run bench`: what the component costs. Measures preview (with the policy pack too), up, an up without change and destroy of one
 * deployment in a sandbox of its own, each beside the empty program of `pulumi new typescript` on the same engine, previews of the least
 * deployment on a simulated AWS, also in YAML and by hand without the library, and what loading the library, its static checks and its
 * checks of Outputs cost. Let the machine be idle meanwhile. How long a fresh `up` on each cloud takes is computed, not measured.
 */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { byHandFiles } from "./bench/by-hand";
import { measureChecks } from "./bench/checks";
import { measureImports } from "./bench/imports";
import { measureLateChecks } from "./bench/late-checks";
import { awsMakespan } from "./bench/makespan-aws";
import { azureMakespan } from "./bench/makespan-azure";
import { gcpMakespan } from "./bench/makespan-gcp";
import { makespanLines } from "./bench/makespan-report";
import { measure, median, type Measurement } from "./bench/measure";
import {
    awsProgram,
    awsYaml,
    BareProgram,
    deploymentProgram,
    EmptyProgram,
    EmptyYaml,
    installLibrary,
    prepareProgram,
    typescriptFiles,
} from "./bench/programs";
import {
    AwsPreviewCommand,
    bareLine,
    ByHandCommand,
    byHandLines,
    checkTable,
    commandTable,
    importTable,
    lateCheckTable,
    machineText,
    partTable,
    PolicyCommand,
    policyLines,
    PreviewCommand,
    targetLines,
    YamlPreviewCommand,
    type Comparison,
} from "./bench/report";
import type { EngineOptions } from "./engine";
import { removeInstance, startInstance, type SandboxInstance } from "./instance";
import { awsStack } from "./stacks/aws";
import { ProjectFolder } from "./stacks/stack";
import type { Log } from "./toolchain";
import { AwsDeployments } from "../tests/support/aws-args";
import { recordedOnAws } from "../tests/support/aws-recording";
import { AzureDeployments } from "../tests/support/azure-args";
import { recordedOnAzure } from "../tests/support/azure-recording";
import { GcpDeployments } from "../tests/support/gcp-args";
import { recordedOnGcp } from "../tests/support/gcp-recording";

const usage = "Usage: npm run bench [-- [--runs NUMBER]]";
const importRuns = 15;
const importTarget = 1.15;
const checkTargetMs = 5;
const calmLoad = 1.5;
const programTargets = { wall: 1.5, memory: 1.35 };

const changing = ["--yes", "--skip-preview", "--non-interactive"];

type ProgramName = "bare" | "empty" | "ours" | "aws" | "byHand" | "emptyYaml" | "awsYaml";

interface Step {
    readonly command: string;
    readonly args: readonly string[];
    /** What is measured, the deployment on the sandbox's cluster if nothing is said, and beside what: the empty program. */
    readonly program?: ProgramName;
    readonly beside?: ProgramName;
    readonly targets?: Comparison["targets"];
}

const preview = ["preview", "--non-interactive"];

/** One round, from nothing to nothing. */
const round: readonly Step[] = [
    { command: PreviewCommand, args: preview, targets: programTargets },
    { command: PolicyCommand, args: [...preview, "--policy-pack", join(ProjectFolder, "policy")] },
    { command: "up", args: ["up", ...changing] },
    { command: "up, no change", args: ["up", ...changing, "--expect-no-changes"], targets: programTargets },
    { command: "destroy", args: ["destroy", ...changing] },
    { command: AwsPreviewCommand, args: preview, program: "aws", targets: programTargets },
    { command: ByHandCommand, args: preview, program: "byHand" },
    { command: YamlPreviewCommand, args: preview, program: "awsYaml", beside: "emptyYaml" },
];

interface Measured {
    readonly comparisons: readonly Comparison[];
    /** Preview of a file that imports nothing. */
    readonly bare: Measurement;
}

/** Where each program is, with a stack of its own. */
async function preparePrograms(
    folder: string,
    packageFolder: string,
    instance: SandboxInstance,
): Promise<Record<ProgramName, EngineOptions>> {
    const prepare = (name: string, files: Readonly<Record<string, string>>) =>
        prepareProgram(join(folder, name), files, instance);
    const inTypescript = (name: string, text: string) => prepare(name, typescriptFiles(name, { "index.ts": text }));
    const args = { ...AwsDeployments.minimal, deletionProtection: false };
    return {
        bare: inTypescript("bare", BareProgram),
        empty: inTypescript("empty", EmptyProgram),
        ours: inTypescript("wandb", deploymentProgram(instance)),
        aws: inTypescript("wandb-aws", awsProgram(instance)),
        byHand: prepare("by-hand", typescriptFiles("by-hand", await byHandFiles(args))),
        emptyYaml: prepare("empty-yaml", { "Pulumi.yaml": EmptyYaml }),
        awsYaml: prepare("aws-yaml", { "Pulumi.yaml": awsYaml(instance, join(folder, "aws-yaml"), packageFolder) }),
    };
}

async function measureCommands(folder: string, packageFolder: string, runs: number, log: Log): Promise<Measured> {
    const instance = await startInstance({ dir: join(folder, "sandbox"), log });
    await awsStack.plant?.(instance);
    const programs = await preparePrograms(folder, packageFolder, instance);
    const samples = round.map(() => ({ empty: [] as Measurement[], ours: [] as Measurement[] }));
    const bareSamples: Measurement[] = [];
    for (let run = 1; run <= runs; run++) {
        log(`Round ${run} of ${runs} ...`);
        bareSamples.push(await measure(preview, programs.bare));
        for (const [index, { args, program = "ours", beside = "empty" }] of round.entries()) {
            samples[index].empty.push(await measure(args, programs[beside]));
            samples[index].ours.push(await measure(args, programs[program]));
        }
    }
    const comparisons = round.map(({ command, targets }, index) => ({
        command,
        targets,
        empty: median(samples[index].empty),
        ours: median(samples[index].ours),
    }));
    return { comparisons, bare: median(bareSamples) };
}

async function main(): Promise<void> {
    const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
    const runs = Number(values.runs);
    if (!Number.isInteger(runs) || runs < 1) {
        throw new Error(`--runs: is not a whole number above 0 (${values.runs}).\n${usage}`);
    }
    const log = (line: string) => console.error(line);
    const machine = machineText();
    if (loadavg()[0] > calmLoad) {
        log(`The machine is busy (load ${loadavg()[0].toFixed(1)}): wall times will mean little.`);
    }
    const folder = join(ProjectFolder, ".sandbox", "bench");
    await remove(folder);
    // A command that is interrupted fails, and with it the measurement, after which everything is removed.
    process.on("SIGINT", () => undefined);
    try {
        mkdirSync(folder, { recursive: true });
        const { packageFolder } = installLibrary(folder, join(ProjectFolder, "sdk"));
        log(`Loading the library, ${importRuns} times ...`);
        const ways = [["@pulumi/pulumi", "@pulumi/kubernetes/helm/v3"], ["pulumi-wandb"]];
        const [baseline, ours] = await measureImports(folder, ways, importRuns);
        const imports = { baseline, ours, target: importTarget };
        log(`Checking the largest fixture, ${importRuns} times ...`);
        const cost = await measureChecks(folder, join(ProjectFolder, "tests", "fixtures"), importRuns);
        const checks = { ...cost, target: checkTargetMs };
        log(`Checking Outputs, ${importRuns} times ...`);
        const lateChecks = await measureLateChecks(folder, importRuns);
        const { comparisons, bare } = await measureCommands(folder, packageFolder, runs, log);
        console.log(
            [
                `\n${machine}`,
                `Medians of ${runs}; CPU of the engine and all it starts; memory of the language process.\n`,
                commandTable(comparisons),
                ...policyLines(comparisons),
                bareLine(bare),
                ...byHandLines(comparisons),
                "",
                partTable(comparisons),
                "",
                `Medians of ${importRuns}, each in a fresh process.\n`,
                `${importTable(imports)}\n`,
                `${checkTable(checks)}\n`,
                `${lateCheckTable(lateChecks)}\n`,
                ...targetLines(comparisons, imports, checks),
                "",
                ...makespanLines(awsMakespan, await recordedOnAws(AwsDeployments.minimal)),
                "",
                ...makespanLines(gcpMakespan, await recordedOnGcp(GcpDeployments.minimal)),
                "",
                ...makespanLines(azureMakespan, await recordedOnAzure(AzureDeployments.minimal)),
            ].join("\n"),
        );
    } finally {
        await remove(folder);
    }
}

/** Also what an earlier run has left that was killed. */
async function remove(folder: string): Promise<void> {
    const sandbox = join(folder, "sandbox");
    if (existsSync(sandbox)) {
        await removeInstance(sandbox);
    }
    rmSync(folder, { recursive: true, force: true });
}

main().catch((error: unknown) => {
    console.error(`\nnpm run bench failed: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
});
