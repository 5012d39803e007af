/** An error that the operator wrote to its log. */
export interface LogError {
    /** Milliseconds since the epoch; undefined when the line has no readable time. */
    readonly time?: number;
    readonly text: string;
}

interface LogLine {
    readonly level?: unknown;
    readonly ts?: unknown;
    readonly msg?: unknown;
    readonly error?: unknown;
    readonly name?: unknown;
    readonly namespace?: unknown;
    readonly WeightsAndBiases?: { readonly name?: unknown; readonly namespace?: unknown };
}

/**
 * The errors in the log of the operator that concern one custom resource, oldest first; lines that repeat are told once, as of the last
 * time. Lines that name no custom resource (the chart downloader's) are taken only when none names ours: an operator may serve several.
 */
export function logErrors(log: string, namespace: string, name: string): LogError[] {
    const own = new Map<string, LogError>();
    const unnamed = new Map<string, LogError>();
    for (const line of log.split("\n")) {
        const parsed = errorLine(line);
        if (!parsed) {
            continue;
        }
        const about = subject(parsed);
        if (about !== undefined && about !== `${namespace}/${name}`) {
            continue;
        }
        const found = about === undefined ? unnamed : own;
        const text = [parsed.msg, parsed.error].filter((part) => typeof part === "string" && part !== "").join(": ");
        // Deleted first, so that a repeated line moves to the end.
        found.delete(text);
        found.set(text, { time: timeOf(parsed.ts), text });
    }
    return [...(own.size > 0 ? own : unnamed).values()];
}

function errorLine(line: string): LogLine | undefined {
    // Log collectors and `timestamps` may put something in front of the JSON.
    const start = line.indexOf("{");
    if (start < 0) {
        return undefined;
    }
    try {
        const parsed = JSON.parse(line.slice(start)) as LogLine;
        return typeof parsed.level === "string" && parsed.level.toLowerCase() === "error" ? parsed : undefined;
    } catch {
        return undefined;
    }
}

function subject(line: LogLine): string | undefined {
    const { name, namespace } = line.WeightsAndBiases ?? line;
    return typeof name === "string" && typeof namespace === "string" ? `${namespace}/${name}` : undefined;
}

function timeOf(ts: unknown): number | undefined {
    const time = typeof ts === "number" ? ts * 1_000 : typeof ts === "string" ? Date.parse(ts) : NaN;
    return Number.isNaN(time) ? undefined : time;
}
