/**
 * Writes docs/aws-changes.md from what the component does to a deployment on the simulated AWS, so that it cannot go stale.
 *
 * `npm run docs:changes` writes it; a unit test compares.
 */
import { join } from "node:path";
import type { WandbDeploymentArgs } from "../sdk/args";
import { AwsDeployments } from "../tests/support/aws-args";
import { deployedAlone } from "../tests/support/aws-recording";
import { ChangeRows, type ChangeRow } from "./aws-change-rows";
import { tableRow } from "./markdown";
import { ModelledStack, type StackChanges } from "./modelled-stack";

/** The committed page. */
export const AwsChangesFile = join(__dirname, "aws-changes.md");

/** A change of one argument, and what becomes of it. */
export interface ChangedArgument extends ChangeRow {
    readonly changes: StackChanges;
}

/** Changes the arguments of the least deployment one by one. */
export async function changedArguments(rows: readonly ChangeRow[] = ChangeRows): Promise<ChangedArgument[]> {
    const stacks = new Map<string, ModelledStack>();
    const changed: ChangedArgument[] = [];
    for (const row of rows) {
        const before = argsOf(row, row.from);
        const key = JSON.stringify(before);
        const stack = stacks.get(key) ?? (await ModelledStack.of(() => deployedAlone(before)));
        stacks.set(key, stack);
        changed.push({ ...row, changes: await stack.changesBy(() => deployedAlone(argsOf(row, row.to))) });
    }
    return changed;
}

function argsOf({ argument, at = argument, given = {} }: ChangeRow, value: unknown): WandbDeploymentArgs {
    const settings: [string, unknown][] = [...Object.entries(given), [at, value]];
    return settings.reduce<unknown>(
        (args, [path, set]) => withValue(args, path.split("."), set),
        AwsDeployments.minimal,
    ) as WandbDeploymentArgs;
}

/** The same with another value at the path. */
function withValue(into: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
    const map = (into ?? {}) as Record<string, unknown>;
    return { ...map, [key]: rest.length === 0 ? value : withValue(map[key], rest, value) };
}

const Introduction = `# What a change of an argument does on AWS

Each row takes a deployment of the least size, changes one argument of it, and shows what the next \`pulumi up\` does: computed from the
resources that the component registers and from what the provider replaces. Names are the logical ones without the name of the deployment;
\`nodes-*\` stands for one in each zone. What holds data, or is needed to read it, is in bold where it is replaced or removed: **what was in it is not in the
new one**, and Pulumi refuses that until \`deletionProtection\` is false. "AWS refuses" quotes what AWS would answer: such a change needs another way, for
example a new deployment beside the old one.

Where an argument was not given before, it is added; its default stands in [docs/aws.md](aws.md) and in the source. The custom resource
is \`instance\`: a change of it restarts the pods that read what has changed. \`kubernetes\` is the provider through which objects of the
cluster are made.
`;

const DataHolders = new Set(["database-cluster", "bucket", "key", "database-key", "bucket-key"]);

/** The page. */
export function awsChangesPage(changed: readonly ChangedArgument[]): string {
    const rows = changed.map(({ argument, from, to, changes }) =>
        tableRow([
            `\`${argument}\``,
            change(from, to),
            names(changes.updated) || (isNothing(changes) ? "nothing" : ""),
            names(changes.replaced, DataHolders, Infinity),
            madeAndRemoved(changes),
            refusals(changes),
        ]),
    );
    const header = ["Argument", "Change", "In place", "Replaced", "Made (+), removed (-)", "AWS refuses"];
    return [Introduction, tableRow(header), tableRow(header.map(() => "---")), ...rows, ""].join("\n");
}

function isNothing({ updated, replaced, made, removed }: StackChanges): boolean {
    return [updated, replaced, made, removed].every(({ length }) => length === 0);
}

const longest = 90;

function change(from: unknown, to: unknown): string {
    const texts = [from, to].flatMap((value) => JSON.stringify(value) ?? []);
    return texts.some(({ length }) => length > longest) ? "" : texts.map((text) => `\`${text}\``).join(" to ");
}

/** More than these in a cell nobody reads, unless they are made anew. */
const mostNames = 24;

function names(all: readonly string[], bold: ReadonlySet<string> = new Set(), most = mostNames): string {
    const words = grouped(all);
    const shown = words.length > most ? words.slice(0, most) : words;
    const cell = shown.map((word) => (bold.has(word) ? `**\`${word}\`**` : `\`${word}\``)).join(", ");
    return words.length > most ? `${cell} and ${words.length - most} more` : cell;
}

function madeAndRemoved({ made, removed }: StackChanges): string {
    const signed = (sign: string, all: readonly string[]) =>
        all.length === 0 ? [] : [`${sign} ${names(all, DataHolders)}`];
    return [...signed("+", made), ...signed("-", removed)].join(" ");
}

/** Ids are made by chance: only what kind of thing they name is shown. */
function refusals({ refused }: StackChanges): string {
    const reasons = refused.map((text) =>
        text.replace(/^demo-(.*?)(-[a-f])?: /, "`$1`: ").replace(/\b([a-z]+)-[0-9a-f]{17}\b/g, "$1-..."),
    );
    return [...new Set(reasons)].sort().join("; ");
}

/** Without the deployment's name, one word for all zones, in alphabetical order. */
function grouped(all: readonly string[]): string[] {
    const short = all.map((name) =>
        name
            .replace(/^demo-/, "")
            .replace(/^database-[a-f]$/, "database-*")
            .replace(/-[a-f]$/, "-*"),
    );
    return [...new Set(short)].sort();
}
