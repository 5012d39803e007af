/**
 * Creates resources while stack traces have one line. Pulumi keeps a trace for each promise of a resource, four for each of its
 * properties, and maps every line back to TypeScript: two thirds of what it costs to create resources. Only
 * `PULUMI_DEBUG_PROMISE_LEAKS` shows them, and leaves them whole here too. The positions of resources that go to the engine are taken
 * with a limit of Pulumi's own.
 */
export function withShortTraces<T>(create: () => T): T {
    if (process.env.PULUMI_DEBUG_PROMISE_LEAKS) {
        return create();
    }
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 1;
    try {
        return create();
    } finally {
        Error.stackTraceLimit = limit;
    }
}
