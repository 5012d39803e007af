import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Compares lines with tests/snapshots/<name>.txt. */
export function assertSnapshot(name: string, lines: readonly string[]): void {
    assertFile(`${name}.txt`, `${lines.join("\n")}\n`);
}

/** Compares a value with tests/snapshots/<name>.json, keys in alphabetical order. */
export function assertJsonSnapshot(name: string, value: unknown): void {
    assertFile(`${name}.json`, `${JSON.stringify(value, sortKeys, 4)}\n`);
}

function sortKeys(_: string, value: unknown): unknown {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
        return value;
    }
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** `UPDATE_SNAPSHOTS=1` writes the file; nothing else does. */
function assertFile(name: string, text: string): void {
    const file = join(__dirname, "..", "snapshots", name);
    if (process.env.UPDATE_SNAPSHOTS === "1") {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
        return;
    }
    assert.ok(existsSync(file), `${file} is missing: run once with UPDATE_SNAPSHOTS=1 and review what it writes`);
    assert.equal(text, readFileSync(file, "utf8"), `differs from ${file}; when that is meant, UPDATE_SNAPSHOTS=1`);
}
