/** What docs/gcp.md repeats from the code. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CacheVersion, DatabaseVersion } from "../../sdk/gcp/stores/engine-versions";
import { GcpSizes } from "../../sdk/sizes";
import { sectionOf, tableRows } from "../support/change-page";

const root = join(__dirname, "..", "..");
const guide = readFileSync(join(root, "docs", "gcp.md"), "utf8");

const section = (heading: string) => sectionOf(guide, heading);

describe("docs/gcp.md", () => {
    it("has the table of sizes", () => {
        const table = tableRows(section("## Parts and decisions"));
        const expected = Object.entries(GcpSizes).map(([size, row]) => [
            size,
            `${row.nodeMachineType}, disk ${row.nodeDiskSizeGb} GB`,
            row.databaseTier,
            row.databaseTierPlus,
            `${row.cacheMemoryGb} GB`,
        ]);
        assert.deepEqual(table, expected);
    });

    it("names the versions that are pinned", () => {
        const parts = section("## Parts and decisions");
        const version = (text: string) => text.replace(/^[A-Z]+_/, "").replace("_", ".");
        for (const text of [
            `Cloud SQL for MySQL ${version(DatabaseVersion)}`,
            `Memorystore for Redis ${version(CacheVersion)}`,
        ]) {
            assert.ok(parts.replace(/\s+/g, " ").includes(text), text);
        }
    });

    it("lists every output", () => {
        const source = readFileSync(join(root, "sdk", "gcp", "outputs.ts"), "utf8");
        const declared = [...source.matchAll(/^ {4}readonly (\w+)\??:/gm)].map(([, name]) => name);
        const listed = tableRows(section("## Outputs of `gcp`")).flatMap(([names]) => names.split(", "));
        assert.deepEqual(listed.sort(), declared.sort());
    });

    it("names arguments that there are", () => {
        const page = readFileSync(join(root, "docs", "gcp-arguments.md"), "utf8");
        const known = new Set([...page.matchAll(/^\| `gcp\.([^`]+)`/gm)].map(([, path]) => path));
        const changes = tableRows(section("## What a change does")).flatMap(([cell]) => cell.split(", "));
        const general = /^(access|host|ingress\.additionalHosts|tags|deletionProtection|retainData)$/;
        const named = changes.map((word) => word.split(" ")[0]).filter((path) => !general.test(path));
        assert.deepEqual(
            named.filter((path) => !known.has(path)),
            [],
        );
    });
});
