/**
 * Programs of the sandbox that the engine starts again and again, as executables of one compiled file each: reading the many files of
 * the source takes longer than what they do.
 */
import { buildSync } from "esbuild";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const packages = join(__dirname, "..", "node_modules");

/** By the source file: one process makes instances and environments by the dozen. */
const texts = new Map<string, string>();

/** A program for one sandbox instance. */
export interface CompiledProgram {
    /** TypeScript source of its entry. */
    readonly entry: string;
    /** Where the compiled file goes; beside it `file` finds it. */
    readonly file: string;
    /** The first arguments of each call. */
    readonly args?: readonly string[];
    /** The instance it works in. */
    readonly dir: string;
    readonly comment: string;
}

/** Writes the executable. Can be repeated, also while another one runs. */
export function installProgram({ entry, file, args = [], dir, comment }: CompiledProgram): void {
    const compiled = join(dirname(file), `${basename(file)}.js`);
    replaceFile(compiled, compile(entry));
    const words = [process.execPath, compiled, ...args].map(quoted).join(" ");
    replaceFile(
        file,
        [
            "#!/bin/sh",
            `# ${comment}`,
            `SANDBOX_DIR=${quoted(dir)}`,
            `NODE_PATH=${quoted(packages)}`,
            "export SANDBOX_DIR NODE_PATH",
            // Becomes the Node.js process, so that signals reach it.
            `exec ${words} "$@"`,
            "",
        ].join("\n"),
    );
}

function compile(entry: string): string {
    const known = texts.get(entry);
    if (known !== undefined) {
        return known;
    }
    const { outputFiles } = buildSync({
        entryPoints: [entry],
        bundle: true,
        packages: "external",
        platform: "node",
        target: "node22",
        write: false,
        logLevel: "silent",
    });
    const [{ text }] = outputFiles;
    texts.set(entry, text);
    return text;
}

/** Makes the file beside its place and moves it there, so that a run never sees half of it. */
function replaceFile(file: string, text: string): void {
    const next = `${file}.${process.pid}`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(next, text, { mode: 0o755 });
    renameSync(next, file);
}

function quoted(word: string): string {
    return `'${word.replaceAll("'", `'\\''`)}'`;
}
