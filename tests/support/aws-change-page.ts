/** docs/aws-changes.md, which another test compares with the models, read again. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StackChanges } from "../../docs/modelled-stack";
import type { ShownChange } from "./aws-change-claims";

const page = join(__dirname, "..", "..", "docs", "aws-changes.md");

export type { ShownChange } from "./aws-change-claims";

/** The text from a heading to the next one of the same level. */
export function sectionOf(text: string, heading: string): string {
    const [, after = ""] = text.split(`\n${heading}\n`);
    return after.split(new RegExp(`\n${heading.split(" ")[0]} `))[0];
}

/** Rows of the tables of a text, their cells without marks. */
export function tableRows(text: string): string[][] {
    const lines = text.split("\n").filter((line) => line.startsWith("| "));
    return lines.slice(2).map((line) =>
        line
            .slice(1, -1)
            .split("|")
            .map((cell) => cell.replaceAll("`", "").replaceAll("**", "").trim()),
    );
}

/** What each argument changes, by its path. */
export function shownChanges(): ReadonlyMap<string, ShownChange> {
    return new Map(
        tableRows(readFileSync(page, "utf8")).map(([argument, , updated, replaced, madeAndRemoved, refused]) => {
            const [made, removed = ""] = madeAndRemoved.split(/(?:^| )- /);
            return [
                argument,
                {
                    updated: listOf(updated.replace(/^nothing$/, "")),
                    replaced: listOf(replaced),
                    made: listOf(made.replace(/^\+ /, "")),
                    removed: listOf(removed),
                    refused,
                },
            ];
        }),
    );
}

function listOf(cell: string): string[] {
    return cell.split(", ").filter((name) => name !== "");
}

/** The same of changes that are computed now. */
export function shownOf({ updated, replaced, made, removed, refused }: StackChanges): ShownChange {
    const short = (names: readonly string[]) => [...new Set(names.map(withoutZone))].sort();
    return {
        updated: short(updated),
        replaced: short(replaced),
        made: short(made),
        removed: short(removed),
        refused: refused.join("; "),
    };
}

function withoutZone(name: string): string {
    return name.replace(/^(demo|files)-/, "").replace(/-[a-f]$/, "-*");
}
