/** The controller's log: JSON lines as the real one writes them to its pod log. */

/** Writes one line; where it goes is the caller's choice. */
export type Sink = (line: string) => void;

/** A logger bound to some fields. */
export interface Logger {
    info(message: string, fields?: Record<string, unknown>): void;
    error(error: unknown, message: string, fields?: Record<string, unknown>): void;
    with(fields: Record<string, unknown>): Logger;
}

/** A logger that writes to `sink`. */
export function createLogger(sink: Sink, bound: Record<string, unknown> = {}): Logger {
    const write = (level: string, message: string, fields: Record<string, unknown>) =>
        sink(JSON.stringify({ level, ts: new Date().toISOString(), msg: message, ...bound, ...fields }));
    return {
        info: (message, fields = {}) => write("INFO", message, fields),
        error: (error, message, fields = {}) => write("ERROR", message, { ...fields, error: messageOf(error) }),
        with: (fields) => createLogger(sink, { ...bound, ...fields }),
    };
}

/** The text of whatever was thrown. */
export function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
