import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataFolder, emptyCluster, freshClusterFile } from "../../sandbox/control-plane/empty";

describe("emptying a simulated cluster", () => {
    let dir: string;
    beforeEach(() => {
        dir = mkdtempSync(join(tmpdir(), "empty-cluster-"));
    });
    afterEach(() => rmSync(dir, { recursive: true, force: true }));

    it("does nothing in a folder without a control plane", async () => {
        await emptyCluster(dir);
        assert.equal(existsSync(freshClusterFile(dir)), false);
    });

    it("removes the data of a control plane that does not run, so that its next start is its first", async () => {
        mkdirSync(join(dataFolder(dir), "member"), { recursive: true });
        writeFileSync(freshClusterFile(dir), "[]");
        await emptyCluster(dir);
        assert.deepEqual([dataFolder(dir), freshClusterFile(dir)].filter(existsSync), []);
    });
});
