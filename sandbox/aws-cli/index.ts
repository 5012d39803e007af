/** Puts a stand-in for the AWS CLI where the programs of a sandbox instance find it. */
import { chmodSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The folder to put first on PATH. */
export function commandFolder(dir: string): string {
    return join(dir, "bin");
}

/** Writes the executable `aws`. Can be repeated, also while another one runs. */
export function installAwsCli(dir: string): void {
    const file = join(commandFolder(dir), "aws");
    const next = `${file}.${process.pid}`;
    mkdirSync(commandFolder(dir), { recursive: true });
    writeFileSync(next, launcher(dir));
    chmodSync(next, 0o755);
    renameSync(next, file);
}

function launcher(dir: string): string {
    const loader = pathToFileURL(require.resolve("tsx")).href;
    return [
        "#!/bin/sh",
        "# Stands in for the AWS CLI in a sandbox; written by sandbox/aws-cli.",
        `SANDBOX_DIR=${quoted(dir)}`,
        "export SANDBOX_DIR",
        `exec ${quoted(process.execPath)} --import ${quoted(loader)} ${quoted(join(__dirname, "main.ts"))} "$@"`,
        "",
    ].join("\n");
}

function quoted(word: string): string {
    return `'${word.replaceAll("'", `'\\''`)}'`;
}
