import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Files } from "./write-program";

/** The folder may not be written to. Its message says why, and what to do. */
export class Refused extends Error {}

/**
 * Writes a folder whole or not at all: beside its place first, then by renaming.
 *
 * @throws Refused when there is something in the folder that `force` does not allow to replace
 */
export function writeFolder(folder: string, files: Files, force: boolean): void {
    const target = resolve(folder);
    const present = existsSync(target) ? readdirSync(target) : [];
    if (present.length > 0 && !force) {
        throw new Refused(
            `--out ${folder}: the folder is not empty. Name another, or give --force to replace those files.`,
        );
    }
    mkdirSync(dirname(target), { recursive: true });
    const beside = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
    try {
        for (const [name, text] of Object.entries(files)) {
            // They may hold secrets.
            writeFileSync(join(beside, name), text, { mode: 0o600 });
        }
        if (present.length === 0) {
            rmSync(target, { recursive: true, force: true });
            renameSync(beside, target);
            return;
        }
        for (const name of Object.keys(files)) {
            renameSync(join(beside, name), join(target, name));
        }
    } finally {
        rmSync(beside, { recursive: true, force: true });
    }
}
