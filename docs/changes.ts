/**
 * Writes a page for each cloud from what the component does to a deployment on the simulated one, so that it cannot go stale.
 *
 * `npm run docs:changes` writes them; a unit test for each compares.
 */
import type { WandbDeploymentArgs } from "../sdk/args";
import { deployedAlone } from "../tests/support/aws-recording";
import type { ChangeRow } from "./change-rows";
import { tableRow } from "./markdown";
import { type ModelledAccount, ModelledStack, type StackChanges } from "./modelled-stack";

/** What one cloud's page is made of. */
export interface ChangesPage {
    /** The committed page. */
    readonly file: string;
    /** The argument, below which everything is changed. */
    readonly argument: string;
    /** Name of the cloud in sentences. */
    readonly cloud: string;
    /** The deployment of the least size. */
    readonly least: WandbDeploymentArgs;
    readonly account: ModelledAccount;
    readonly rows: readonly ChangeRow[];
    /** What the cloud answers, without what differs from run to run. */
    readonly withoutChance: (answer: string) => string;
    /** A logical name without that of the deployment, with `*` in place of what it is there several times for. */
    readonly short: (name: string) => string;
    /** What the `*` stands for. */
    readonly several: string;
}

/** A change of one argument, and what becomes of it. */
export interface ChangedArgument extends ChangeRow {
    readonly changes: StackChanges;
}

/** Changes the arguments of the least deployment one by one. */
export async function changedArguments(
    { least, account }: ChangesPage,
    rows: readonly ChangeRow[],
): Promise<ChangedArgument[]> {
    const stacks = new Map<string, ModelledStack>();
    const changed: ChangedArgument[] = [];
    for (const row of rows) {
        const before = argsOf(least, row, row.from);
        const key = JSON.stringify(before);
        const stack = stacks.get(key) ?? (await ModelledStack.of(account, () => deployedAlone(before)));
        stacks.set(key, stack);
        changed.push({ ...row, changes: await stack.changesBy(() => deployedAlone(argsOf(least, row, row.to))) });
    }
    return changed;
}

function argsOf(
    least: WandbDeploymentArgs,
    { argument, at = argument, given = {} }: ChangeRow,
    value: unknown,
): WandbDeploymentArgs {
    const settings: [string, unknown][] = [...Object.entries(given), [at, value]];
    return settings.reduce<unknown>(
        (args, [path, set]) => withValue(args, path.split("."), set),
        least,
    ) as WandbDeploymentArgs;
}

/** The same with another value at the path. */
function withValue(into: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
    const map = (into ?? {}) as Record<string, unknown>;
    return { ...map, [key]: rest.length === 0 ? value : withValue(map[key], rest, value) };
}

function introduction({ argument, cloud, several }: ChangesPage): string {
    return `# What a change of an argument does on ${cloud}

Each row takes a deployment of the least size, changes one argument of it, and shows what the next \`pulumi up\` does: computed from the
resources that the component registers and from what the provider replaces. Names are the logical ones without the name of the deployment;
\`*\` at the end of one stands for ${several}. In bold is what Pulumi refuses to
replace or remove until \`deletionProtection\` is false: **what it held is not in the new one**. "${cloud} refuses" quotes what ${cloud} would answer: such a change needs another way, for
example a new deployment beside the old one.

Where an argument was not given before, it is added; its default stands in [docs/${argument}.md](${argument}.md) and in the source. The custom resource
is \`instance\`: a change of it restarts the pods that read what has changed. \`kubernetes\` is the provider through which objects of the
cluster are made.
`;
}

/** The page. */
export function changesPage(page: ChangesPage, changed: readonly ChangedArgument[]): string {
    const rows = changed.map(({ argument, from, to, changes }) =>
        tableRow([
            `\`${argument}\``,
            change(from, to),
            names(page, changes.updated) || (isNothing(changes) ? "nothing" : ""),
            names(page, changes.replaced, { bold: changes.guarded, most: Infinity }),
            madeAndRemoved(page, changes),
            refusals(page, changes),
        ]),
    );
    const header = ["Argument", "Change", "In place", "Replaced", "Made (+), removed (-)", `${page.cloud} refuses`];
    return [introduction(page), tableRow(header), tableRow(header.map(() => "---")), ...rows, ""].join("\n");
}

/** Whether no resource changes. */
export function isNothing({ updated, replaced, made, removed }: StackChanges): boolean {
    return [updated, replaced, made, removed].every(({ length }) => length === 0);
}

const longest = 90;

function change(from: unknown, to: unknown): string {
    const texts = [from, to].flatMap((value) => JSON.stringify(value) ?? []);
    return texts.some(({ length }) => length > longest) ? "" : texts.map((text) => `\`${text}\``).join(" to ");
}

/** More than these in a cell nobody reads, unless they are made anew. */
const mostNames = 24;

interface Shown {
    readonly bold?: readonly string[];
    readonly most?: number;
}

function names(page: ChangesPage, all: readonly string[], { bold = [], most = mostNames }: Shown = {}): string {
    const [words, guarded] = [all, bold].map((some) => [...new Set(some.map((name) => shortName(page, name)))].sort());
    const shown = words.slice(0, most);
    const cell = shown.map((word) => (guarded.includes(word) ? `**\`${word}\`**` : `\`${word}\``)).join(", ");
    return words.length > most ? `${cell} and ${words.length - most} more` : cell;
}

function madeAndRemoved(page: ChangesPage, { made, removed, guarded }: StackChanges): string {
    return [
        ...(made.length === 0 ? [] : [`+ ${names(page, made)}`]),
        ...(removed.length === 0 ? [] : [`- ${names(page, removed, { bold: guarded })}`]),
    ].join(" ");
}

function refusals(page: ChangesPage, { refused }: StackChanges): string {
    const reasons = refused.map(({ name, answer }) => `\`${shortName(page, name)}\`: ${page.withoutChance(answer)}`);
    return [...new Set(reasons)].sort().join("; ");
}

/** Without the deployment's name, one word for all that are alike. */
export function shortName({ short }: ChangesPage, name: string): string {
    return short(name.replace(/^(demo|files)-/, ""));
}
