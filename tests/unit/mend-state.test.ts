import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isLeftLocked, mendState } from "../../sandbox/engine";

describe("a state that a killed run has half written", () => {
    let state: string;
    let attributes: string;

    beforeEach(() => {
        state = mkdtempSync(join(tmpdir(), "state-"));
        const folder = join(state, ".pulumi", "stacks", "demo");
        mkdirSync(folder, { recursive: true });
        attributes = join(folder, "dev.json.attrs");
    });
    afterEach(() => rmSync(state, { recursive: true }));

    it("loses its empty file of attributes", () => {
        writeFileSync(attributes, "");
        assert.equal(mendState(state, "demo", "dev"), true);
        assert.ok(!existsSync(attributes));
    });

    it("keeps one that is whole, and may have none", () => {
        writeFileSync(attributes, "{}");
        assert.equal(mendState(state, "demo", "dev"), false);
        assert.ok(existsSync(attributes));
        assert.equal(mendState(state, "demo", "other"), false);
    });
});

describe("a lock that a killed run has left", () => {
    let state: string;
    let folder: string;

    beforeEach(() => {
        state = mkdtempSync(join(tmpdir(), "state-"));
        folder = join(state, ".pulumi", "locks", "organization", "demo", "dev");
        mkdirSync(folder, { recursive: true });
    });
    afterEach(() => rmSync(state, { recursive: true }));

    const rows: [what: string, locks: string[], left: boolean][] = [
        ["none", [], false],
        ["one that was cut off while it was written", [""], true],
        ["one of a process that runs", [JSON.stringify({ pid: process.pid })], false],
        ["one that was cut off beside one of a process that runs", ["", JSON.stringify({ pid: process.pid })], false],
    ];
    for (const [what, locks, left] of rows) {
        it(`is ${left ? "" : "not "}left: ${what}`, () => {
            locks.forEach((lock, index) => writeFileSync(join(folder, `${index}.json`), lock));
            assert.equal(isLeftLocked(state, "demo", "dev"), left);
        });
    }
});
