/** What makes a trace's text of its frames, with source maps where a program has them. */
type Format = (error: Error, frames: NodeJS.CallSite[]) => unknown;

/**
 * Creates resources while stack traces have one line, and those of Pulumi's promises none. Pulumi keeps a trace for each promise of a
 * resource, four for each of its properties, which only `PULUMI_DEBUG_PROMISE_LEAKS` shows, and leaves whole here too. A program in
 * TypeScript maps each line back to its source: without this, that is most of what it costs to create resources. The positions of
 * resources that go to the engine are taken with a limit of Pulumi's own.
 */
export function withShortTraces<T>(create: () => T): T {
    if (process.env.PULUMI_DEBUG_PROMISE_LEAKS) {
        return create();
    }
    const { stackTraceLimit, prepareStackTrace } = Error as { stackTraceLimit: number; prepareStackTrace?: Format };
    Error.stackTraceLimit = 1;
    // Absent in a Node.js that formats traces by itself, which is quick enough.
    if (prepareStackTrace !== undefined) {
        Error.prepareStackTrace = (error, frames) =>
            frames[0]?.getFunctionName() === "debuggablePromise" ? "" : prepareStackTrace(error, frames);
    }
    try {
        return create();
    } finally {
        Object.assign(Error, { stackTraceLimit, prepareStackTrace });
    }
}
