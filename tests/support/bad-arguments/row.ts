/** Arguments as a caller without our types may write them. */
export type ArgumentTree = Record<string, unknown>;

/** Path of an argument -> its value; `undefined` takes it away. Keys with dots are reached by setting the map around them. */
export type Changes = Readonly<Record<string, unknown>>;

/** One mistake. */
export interface BadArguments {
    readonly name: string;
    /** Makes the mistake in valid arguments. */
    readonly change: (args: ArgumentTree) => void;
    /** Path of the one problem that must be found. */
    readonly path: string;
    /** What its message must say. */
    readonly mustSay: RegExp;
    /** Top-level arguments that the mistake depends on. Rows that share one cannot be combined. */
    readonly touches: readonly string[];
}

/**
 * A row of the table.
 *
 * @param reads top-level arguments that the mistake depends on beside those it changes
 */
export function bad(
    path: string,
    mustSay: RegExp,
    changes: Changes,
    name?: string,
    reads: string[] = [],
): BadArguments {
    const touches = new Set([...Object.keys(changes).map(topLevel), topLevel(path), ...reads]);
    return {
        name: name ?? `${path} with ${describe(changes)}`,
        change: (args) => withChanges(args, changes),
        path,
        mustSay,
        touches: [...touches],
    };
}

function describe(changes: Changes): string {
    const text = Object.entries(changes)
        .map(([path, value]) => `${path}=${JSON.stringify(value) ?? "absent"}`)
        .join(" ");
    return text.length > 160 ? `${text.slice(0, 160)}...` : text;
}

function topLevel(path: string): string {
    return /^[^.[]+/.exec(path)?.[0] ?? path;
}

/** Rows that change or read no argument in common. */
export function compatible(rows: readonly BadArguments[]): BadArguments[] {
    const taken = new Set<string>();
    return rows.filter(({ touches }) => {
        const free = touches.every((argument) => !taken.has(argument));
        if (free) {
            touches.forEach((argument) => taken.add(argument));
        }
        return free;
    });
}

/** Applies changes in place. */
export function withChanges(args: ArgumentTree, changes: Changes): void {
    for (const [path, value] of Object.entries(changes)) {
        const keys = path.split(".");
        const last = keys.pop();
        let place = args;
        for (const key of keys) {
            const inner = place[key] ?? {};
            place[key] = inner;
            place = inner as ArgumentTree;
        }
        if (last === undefined || value === undefined) {
            delete place[last ?? ""];
        } else {
            place[last] = value;
        }
    }
}

/** The same on a copy. */
export function changed(args: ArgumentTree, changes: Changes): ArgumentTree {
    const copy = structuredClone(args);
    withChanges(copy, changes);
    return copy;
}
