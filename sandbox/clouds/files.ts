/** Small files that several provider processes share: one writer at a time, readers never see half a file. */
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

// The holder only reads, changes and writes one small file, without waiting in between: an older lock is a dead one's.
const lockExpiryMs = 5_000;
const lockRetryMs = 5;

/** Reads a JSON file; `absent` when it is not there. Throws when it is not JSON. */
export function readJson<T>(file: string, absent: T): T {
    let text: string;
    try {
        text = fs.readFileSync(file, "utf8");
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
            return absent;
        }
        throw error;
    }
    try {
        return JSON.parse(text) as T;
    } catch (error) {
        throw new Error(`${file}: not valid JSON (${String(error)}). Correct or delete the file.`, { cause: error });
    }
}

export function writeJson(file: string, content: unknown): void {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
    fs.writeFileSync(temporary, `${JSON.stringify(content, undefined, 1)}\n`);
    fs.renameSync(temporary, file);
}

/**
 * Reads, changes and writes a JSON file under a lock. `change` must be synchronous; what it throws leaves the file as
 * it was.
 */
export async function changeJson<T, R>(file: string, absent: () => T, change: (content: T) => R): Promise<R> {
    const release = await lock(file);
    try {
        const content = readJson<T>(file, absent());
        const result = change(content);
        writeJson(file, content);
        return result;
    } finally {
        release();
    }
}

async function lock(file: string): Promise<() => void> {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const folder = `${file}.lock`;
    for (;;) {
        try {
            fs.mkdirSync(folder);
            return () => fs.rmSync(folder, { recursive: true, force: true });
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
                throw error;
            }
        }
        removeWhenExpired(folder);
        await sleep(lockRetryMs);
    }
}

function removeWhenExpired(folder: string): void {
    const made = fs.statSync(folder, { throwIfNoEntry: false });
    if (made !== undefined && Date.now() - made.mtimeMs > lockExpiryMs) {
        fs.rmSync(folder, { recursive: true, force: true });
    }
}
