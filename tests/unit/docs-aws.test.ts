/** What docs/aws.md repeats from the code. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DefaultKubernetesVersion, PinnedKubernetesVersions } from "../../sdk/aws/args/kubernetes-versions";
import { AuroraVersion, CacheVersions } from "../../sdk/aws/stores/engine-versions";
import { keyPolicy } from "../../sdk/aws/iam/policies";
import { AwsSizes } from "../../sdk/sizes";

const root = join(__dirname, "..", "..");
const guide = readFileSync(join(root, "docs", "aws.md"), "utf8");

/** The text from a heading to the next one of the same level. */
function section(heading: string): string {
    const [, after = ""] = guide.split(`\n${heading}\n`);
    return after.split(new RegExp(`\n${heading.split(" ")[0]} `))[0];
}

/** Rows of a table, their cells without backticks. */
function rows(text: string): string[][] {
    const lines = text.split("\n").filter((line) => line.startsWith("| "));
    return lines.slice(2).map((line) =>
        line
            .slice(1, -1)
            .split("|")
            .map((cell) => cell.replaceAll("`", "").trim()),
    );
}

/** A row of docs/aws-changes.md. */
interface ComputedChange {
    readonly argument: string;
    readonly replaces: boolean;
    readonly refused: boolean;
}

function computedChanges(): ComputedChange[] {
    const page = readFileSync(join(root, "docs", "aws-changes.md"), "utf8");
    return rows(page).map(([argument, , , replaced, , refused]) => ({
        argument,
        replaces: replaced !== "",
        refused: refused !== "",
    }));
}

/** What a sentence of the guide claims, by how it begins. */
const claims: Readonly<Record<string, (change: ComputedChange) => boolean>> = {
    "in place": ({ replaces, refused }) => !replaces && !refused,
    replaces: ({ replaces }) => replaces,
    "not on a live deployment": ({ replaces, refused }) => replaces || refused,
    "another load balancer": ({ replaces }) => !replaces,
};

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
        const table = rows(section("## Parts and decisions"));
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
        const listed = rows(section("## Outputs of `aws`")).flatMap(([names]) => names.split(", "));
        assert.deepEqual(listed.sort(), declared.sort());
    });

    it("says of changes what is computed", () => {
        const all = computedChanges();
        const wrong = rows(section("## What a change does")).flatMap(([names, effect]) => {
            const [, holds] = Object.entries(claims).find(([words]) => effect.startsWith(words)) ?? [];
            assert.ok(holds, `unknown words: ${effect}`);
            return names.split(", ").flatMap((name) => {
                const found = all.filter(({ argument }) =>
                    [name, `aws.${name}`].some((path) => argument === path || argument.startsWith(`${path}.`)),
                );
                return found.filter((change) => !holds(change)).map(({ argument }) => `${argument}: ${effect}`);
            });
        });
        assert.deepEqual(wrong, []);
        assert.ok(all.length > 100, `only ${all.length} changes are computed`);
    });
});
