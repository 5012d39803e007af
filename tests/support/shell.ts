/** Command lines that the product prints, run as a user would: in bash, with `kubectl` and a kubeconfig. */
import { execFile } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Gives the standard output. Fails with the error output when any part of the line fails. */
export async function runLine(line: string, kubeconfigPath: string): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), "shell-"));
    try {
        const path = [...(hasKubectl() ? [] : [standInFolder(folder)]), process.env["PATH"]].join(delimiter);
        const env = { ...process.env, PATH: path, KUBECONFIG: kubeconfigPath };
        return (await run("bash", ["-o", "pipefail", "-c", line], { env })).stdout;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

function hasKubectl(): boolean {
    return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
        try {
            accessSync(join(folder, "kubectl"), constants.X_OK);
            return true;
        } catch {
            return false;
        }
    });
}

/** A machine needs no `kubectl` to run the tests: this one knows the commands that they run. */
function standInFolder(folder: string): string {
    const program = ["--import", require.resolve("tsx"), join(__dirname, "kubectl.ts")];
    const command = [process.execPath, ...program].map((word) => `'${word}'`).join(" ");
    writeFileSync(join(folder, "kubectl"), `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
    return folder;
}
