/** How long an order of work takes when each piece lasts as long as a table says. Pure. */

/** One piece of work. */
export interface Task {
    readonly name: string;
    readonly seconds: number;
    /** How we know the seconds. */
    readonly source: string;
    /** Names of what must be finished before. */
    readonly after: readonly string[];
}

/** When something runs, in seconds from the beginning. */
export interface Span {
    readonly start: number;
    readonly end: number;
}

export type Schedule = ReadonlyMap<string, Span>;

interface Waiting {
    readonly task: Task;
    /** What it still waits for. */
    readonly open: Set<string>;
}

/**
 * When each task runs. Whatever may run runs, in the order of the list.
 *
 * @param parallel how many may run at a time
 * @throws when a task waits for itself, or for one that is not there
 */
export function schedule(tasks: readonly Task[], parallel = Infinity): Schedule {
    const names = new Set(tasks.map(({ name }) => name));
    const missing = tasks.flatMap(({ after }) => after).filter((name) => !names.has(name));
    if (missing.length > 0 || names.size !== tasks.length) {
        throw new Error(
            `tasks: ${missing.length > 0 ? `nothing is called ${missing.join(", ")}` : "a name occurs twice"}`,
        );
    }
    const waiting = new Map<string, Waiting>(tasks.map((task) => [task.name, { task, open: new Set(task.after) }]));
    const spans = new Map<string, Span>();
    const running: { name: string; end: number }[] = [];
    const ready: Task[] = tasks.filter(({ after }) => after.length === 0);
    for (let now = 0; spans.size < tasks.length || running.length > 0;) {
        while (ready.length > 0 && running.length < parallel) {
            const task = ready.shift();
            if (task !== undefined) {
                spans.set(task.name, { start: now, end: now + task.seconds });
                running.push({ name: task.name, end: now + task.seconds });
            }
        }
        if (running.length === 0) {
            throw new Error("tasks: some wait for each other");
        }
        now = Math.min(...running.map(({ end }) => end));
        for (const { name } of running.filter(({ end }) => end === now)) {
            running.splice(
                running.findIndex((one) => one.name === name),
                1,
            );
            for (const { task, open } of waiting.values()) {
                if (open.delete(name) && open.size === 0) {
                    ready.push(task);
                }
            }
        }
    }
    return spans;
}

/** When the task is finished. */
export function endOf(spans: Schedule, name: string): number {
    const span = spans.get(name);
    if (span === undefined) {
        throw new Error(`tasks: nothing is called ${name}`);
    }
    return span.end;
}

/** The tasks that decide when this one is finished, the first of them first. */
export function chainTo(tasks: readonly Task[], spans: Schedule, name: string): Task[] {
    const byName = new Map(tasks.map((task) => [task.name, task]));
    const chain: Task[] = [];
    for (let task = byName.get(name); task !== undefined;) {
        chain.unshift(task);
        const [last] = [...task.after].sort((a, b) => endOf(spans, b) - endOf(spans, a));
        task = byName.get(last);
    }
    return chain;
}
