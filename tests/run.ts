/**
 * `npm test`: static checks, then the suites, each in a process of its own. Closes with one line of totals.
 *
 * Arguments narrow it down: `npm test -- unit engine` runs these suites only, `--grep TEXT` only tests whose title has it.
 * `npm run test:faults` runs the suite that is too long for every time, of which the engine tests hold a sample.
 */
import { spawn } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureToolchain } from "../sandbox/toolchain";

const root = join(__dirname, "..");

/** How long a suite may take to end after its last test. */
const lingerMs = 120_000;

interface Totals {
    passed: number;
    failed: number;
    /** What failed and why, repeated at the end: of a long log people often see the end only. */
    readonly failures: string[];
}

/** Checks that need no test runner: each counts as one test. */
const staticChecks: readonly { name: string; args: readonly string[] }[] = [
    { name: "types", args: [require.resolve("typescript/bin/tsc"), "--noEmit"] },
    {
        name: "lint",
        // The types of all clouds' SDKs together take more than Node.js grants by itself.
        args: [
            "--max-old-space-size=8192",
            join(root, "node_modules/eslint/bin/eslint.js"),
            ".",
            "--max-warnings",
            "0",
        ],
    },
    { name: "format", args: [require.resolve("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", "."] },
    { name: "documentation", args: [join(root, "node_modules/typedoc/bin/typedoc"), "--emit", "none"] },
];

/** Suites in the order of their cost. The last one runs on request only. */
const suites = ["unit", "component", "parity", "engine", "faults"] as const;
const onRequest: readonly string[] = ["faults"];

async function main(): Promise<number> {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { grep: { type: "string" } } });
    const chosen = suites.filter((suite) =>
        positionals.length === 0 ? !onRequest.includes(suite) : positionals.includes(suite),
    );
    const totals: Totals = { passed: 0, failed: 0, failures: [] };
    if (positionals.length === 0 && values.grep === undefined) {
        for (const check of staticChecks) {
            await runCheck(check.name, check.args, totals);
        }
    }
    for (const suite of chosen) {
        if (suite === "engine" || suite === "faults") {
            // A cold build takes longer than any hook may: it is done before, with its progress on the screen.
            await ensureToolchain((line) => console.log(line));
        }
        await runSuite(suite, values.grep, totals);
    }
    if (totals.failures.length > 0) {
        console.log(`\nFailures again:\n\n${totals.failures.join("\n\n")}`);
    }
    console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
    return totals.failed === 0 && totals.passed > 0 ? 0 : 1;
}

interface NodeRun {
    readonly code: number;
    readonly output: string;
}

async function runCheck(name: string, args: readonly string[], totals: Totals): Promise<void> {
    const started = Date.now();
    const { code, output } = await runNode(args, false);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`${code === 0 ? "ok  " : "FAIL"} ${name} (${seconds} s)`);
    if (code === 0) {
        totals.passed += 1;
    } else {
        console.log(output);
        totals.failed += 1;
        totals.failures.push(`${name}\n${output.trim()}`);
    }
}

async function runSuite(suite: string, grep: string | undefined, totals: Totals): Promise<void> {
    const files = globSync(`tests/${suite}/**/*.test.ts`, { cwd: root }).sort();
    if (files.length === 0 || !existsSync(join(root, "tests", suite))) {
        return;
    }
    const groups = groupsOf(files);
    const runs = groups.map((group, index) => runMocha(group, grep, index === 0));
    console.log(
        `\n== ${suite}${groups.length > 1 ? `, in ${groups.length} processes, whose output follows in turn` : ""}`,
    );
    for (const [index, run] of runs.entries()) {
        const result = await run;
        if (index > 0) {
            console.log(result.output);
        }
        count(suite, result, totals);
    }
}

/** Two processes, each with a sandbox of its own where it needs one, take little more than half the time of one. */
function groupsOf(files: readonly string[]): string[][] {
    const count = availableParallelism() > 1 && files.length > 1 ? 2 : 1;
    return Array.from({ length: count }, (_, group) => files.filter((_file, index) => index % count === group));
}

function runMocha(files: readonly string[], grep: string | undefined, show: boolean): Promise<NodeRun> {
    const filter = grep === undefined ? [] : ["--grep", grep];
    return runNode([require.resolve("mocha/bin/mocha.js"), ...filter, ...files], show);
}

function count(suite: string, { code, output }: NodeRun, totals: Totals): void {
    const passing = Number(/^ {2}(\d+) passing/m.exec(output)?.[1] ?? 0);
    const failing = Number(/^ {2}(\d+) failing/m.exec(output)?.[1] ?? 0);
    totals.passed += passing;
    if (failing > 0) {
        totals.failed += failing;
        totals.failures.push(`${suite}\n${output.slice(output.search(/^ {2}\d+ failing/m)).trim()}`);
    } else if (code !== 0) {
        // A suite that dies without a summary, or does not end after it, has failed whatever it counted.
        totals.failed += 1;
        totals.failures.push(`${suite}: ended with exit code ${code} without a failing test`);
    }
}

function runNode(args: readonly string[], show: boolean): Promise<NodeRun> {
    return new Promise((resolve, reject) => {
        const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
        let output = "";
        let guard: NodeJS.Timeout | undefined;
        for (const [stream, target] of [
            [child.stdout, process.stdout],
            [child.stderr, process.stderr],
        ] as const) {
            stream.setEncoding("utf8");
            stream.on("data", (text: string) => {
                output += text;
                // A summary after which the process stays: something was left open, which is a failure and must not hang the run.
                if (/^ {2}\d+ passing/m.test(text)) {
                    guard = setTimeout(() => child.kill("SIGKILL"), lingerMs);
                }
                if (show) {
                    target.write(text);
                }
            });
        }
        child.on("error", reject);
        child.on("close", (code) => {
            clearTimeout(guard);
            resolve({ code: code ?? 1, output });
        });
    });
}

main().then(
    (code) => {
        process.exitCode = code;
    },
    (error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exitCode = 1;
    },
);
