import { Fate, type Note } from "./draft";
import type { Migration } from "./migration";
import { stepsOf } from "./steps";

const Titles: readonly (readonly [Fate, title: string])[] = [
    [Fate.Decide, "What you must decide or do"],
    [Fate.Changed, "What changes its meaning or its form"],
    [Fate.Lost, "What is lost"],
    [Fate.Carried, "What is carried over as it is"],
];

/** The report: what becomes of each setting, and the steps in their order. It holds no value of the old installation but names. */
export function writeReport(migration: Migration): string {
    const { found, notes } = migration;
    const parts = Titles.flatMap(([fate, title]) =>
        section(
            title,
            notes.filter((note) => note.fate === fate),
        ),
    );
    const steps = stepsOf(migration).flatMap(({ title, text, commands }, index) => [
        `### ${index + 1}. ${title}`,
        "",
        text,
        "",
        ...(commands.length === 0 ? [] : ["```bash", ...commands, "```", ""]),
    ]);
    return [
        "# Moving W&B to pulumi-wandb",
        "",
        `Read: ${found.source}. Written: the custom resource \`${found.name}\` in namespace \`${found.namespace}\`.`,
        "",
        ...parts,
        "## Steps",
        "",
        ...steps,
    ]
        .join("\n")
        .trimEnd()
        .concat("\n");
}

function section(title: string, notes: readonly Note[]): string[] {
    return notes.length === 0 ? [] : [`## ${title}`, "", ...new Set(notes.map(lineOf)), ""];
}

function lineOf({ from, to, text }: Note): string {
    const target = to === undefined ? "" : ` → \`${to}\``;
    return `- \`${from.replaceAll("`", "'").replace(/\s+/g, " ")}\`${target.replace(/\s+/g, " ")}${text === undefined ? "" : `: ${text}`}`;
}
