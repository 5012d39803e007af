import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mendState } from "../../sandbox/engine";

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
