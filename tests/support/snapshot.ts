import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Compares lines with tests/snapshots/<name>.txt. `UPDATE_SNAPSHOTS=1` writes it; nothing else does. */
export function assertSnapshot(name: string, lines: readonly string[]): void {
    const file = join(__dirname, "..", "snapshots", `${name}.txt`);
    const text = `${lines.join("\n")}\n`;
    if (process.env.UPDATE_SNAPSHOTS === "1") {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
        return;
    }
    assert.ok(existsSync(file), `${file} is missing: run once with UPDATE_SNAPSHOTS=1 and review what it writes`);
    assert.equal(text, readFileSync(file, "utf8"), `differs from ${file}; when that is meant, UPDATE_SNAPSHOTS=1`);
}
