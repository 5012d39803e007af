/** A generated page of changes, which another test compares with the models, read again. */
import { readFileSync } from "node:fs";
import { type ChangesPage, shortName } from "../../docs/changes";
import type { StackChanges } from "../../docs/modelled-stack";

/** What one change does, by logical names as the page has them. */
export interface ShownChange {
    readonly updated: readonly string[];
    readonly replaced: readonly string[];
    readonly made: readonly string[];
    readonly removed: readonly string[];
    /** What of it deletion protection refuses. */
    readonly guarded: readonly string[];
    readonly refused: string;
}

/** The text from a heading to the next one of the same level. */
export function sectionOf(text: string, heading: string): string {
    const [, after = ""] = text.split(`\n${heading}\n`);
    return after.split(new RegExp(`\n${heading.split(" ")[0]} `))[0];
}

/** Rows of the tables of a text, their cells without marks. */
export function tableRows(text: string): string[][] {
    return markedRows(text).map((cells) => cells.map((cell) => cell.replaceAll("`", "").replaceAll("**", "")));
}

function markedRows(text: string): string[][] {
    const lines = text.split("\n").filter((line) => line.startsWith("| "));
    return lines.slice(2).map((line) =>
        line
            .slice(1, -1)
            .split("|")
            .map((cell) => cell.trim()),
    );
}

/** What each argument changes, by its path. */
export function shownChanges({ file }: ChangesPage): ReadonlyMap<string, ShownChange> {
    return new Map(
        markedRows(readFileSync(file, "utf8")).map(([argument, , updated, replaced, madeAndRemoved, refused]) => {
            const [made, removed = ""] = madeAndRemoved.split(/(?:^| )- /);
            return [
                argument.replaceAll("`", ""),
                {
                    updated: namesIn(updated.replace(/^nothing$/, "")),
                    replaced: namesIn(replaced),
                    made: namesIn(made.replace(/^\+ /, "")),
                    removed: namesIn(removed),
                    guarded: namesIn(`${replaced}, ${removed}`, /\*\*`([^`]+)`\*\*/g),
                    refused: refused.replaceAll("`", ""),
                },
            ];
        }),
    );
}

function namesIn(cell: string, name = /`([^`]+)`/g): string[] {
    return [...cell.matchAll(name)].map(([, word]) => word);
}

/** The same of changes that are computed now. */
export function shownOf(page: ChangesPage, changes: StackChanges): ShownChange {
    const short = (names: readonly string[]) => [...new Set(names.map((name) => shortName(page, name)))].sort();
    const { updated, replaced, made, removed, guarded, refused } = changes;
    return {
        updated: short(updated),
        replaced: short(replaced),
        made: short(made),
        removed: short(removed),
        guarded: short(guarded),
        refused: refused.map(({ name, answer }) => `${shortName(page, name)}: ${answer}`).join("; "),
    };
}
