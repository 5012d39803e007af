/** What docs/aws.md repeats from the code. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DefaultKubernetesVersion, PinnedKubernetesVersions } from "../../sdk/aws/args/kubernetes-versions";
import { AuroraVersion, CacheVersions } from "../../sdk/aws/stores/engine-versions";
import { keyPolicy } from "../../sdk/aws/iam/policies";
import { AwsSizes } from "../../sdk/sizes";
import { sectionOf, tableRows } from "../support/change-page";

const root = join(__dirname, "..", "..");
const guide = readFileSync(join(root, "docs", "aws.md"), "utf8");

const section = (heading: string) => sectionOf(guide, heading);

describe("docs/aws.md", () => {
    it("shows the statements that a key of one's own needs", () => {
        const [, block = ""] = /```json\n(\[[\s\S]*?\])\n```/.exec(section("## Parts of your own")) ?? [];
        const { Statement } = keyPolicy({
            partition: "aws",
            accountId: "111122223333",
            region: "eu-west-1",
            administratorArns: [],
            userArns: [],
            volumes: true,
        });
        assert.deepEqual(JSON.parse(block), Statement);
    });

    it("has the table of sizes", () => {
        const table = tableRows(section("## Parts and decisions"));
        const expected = Object.entries(AwsSizes).map(([size, row]) => [
            size,
            `${row.nodeInstanceType}, disk ${row.nodeDiskSizeGb} GiB`,
            row.databaseInstanceClass,
            row.cacheNodeType,
        ]);
        assert.deepEqual(table, expected);
    });

    it("names the versions that are pinned", () => {
        const parts = section("## Parts and decisions");
        const others = PinnedKubernetesVersions.filter((version) => version !== DefaultKubernetesVersion);
        for (const text of [
            `EKS ${DefaultKubernetesVersion} by default; ${others.join(" and ")} are pinned too`,
            `Aurora MySQL \`${AuroraVersion}\``,
            `Redis OSS ${CacheVersions.redis}`,
            `Valkey ${CacheVersions.valkey}`,
        ]) {
            assert.ok(parts.replace(/\s+/g, " ").includes(text), text);
        }
    });

    it("lists every output", () => {
        const source = readFileSync(join(root, "sdk", "aws", "outputs.ts"), "utf8");
        const declared = [...source.matchAll(/^ {4}readonly (\w+)\??:/gm)].map(([, name]) => name);
        const listed = tableRows(section("## Outputs of `aws`")).flatMap(([names]) => names.split(", "));
        assert.deepEqual(listed.sort(), declared.sort());
    });
});
