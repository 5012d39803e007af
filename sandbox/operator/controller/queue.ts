/** A work queue as controllers have it: one worker, each key at most once, retries with growing pauses. */
/** What a run asks for. */
export interface RunResult {
    /** Run again after this time. */
    againAfterMs?: number;
}

const firstBackoffMs = 5;
const longestBackoffMs = 1_000_000;

/** Runs `work` for keys, one at a time. A run that throws is repeated with exponential backoff. */
export class WorkQueue {
    private readonly waiting = new Set<string>();
    private readonly timers = new Map<string, NodeJS.Timeout>();
    private readonly failures = new Map<string, number>();
    private running: Promise<void> | undefined;
    private stopped = false;

    constructor(
        private readonly work: (key: string) => Promise<RunResult>,
        private readonly failed: (key: string, error: unknown) => void,
    ) {}

    add(key: string): void {
        if (this.stopped) {
            return;
        }
        this.cancelTimer(key);
        this.waiting.add(key);
        this.start();
    }

    /** Takes no more keys and waits for the run in progress. */
    async stop(): Promise<void> {
        this.stopped = true;
        this.waiting.clear();
        for (const key of this.timers.keys()) {
            this.cancelTimer(key);
        }
        await this.running;
    }

    private start(): void {
        this.running ??= this.drain().finally(() => {
            this.running = undefined;
            if (this.waiting.size > 0) {
                this.start();
            }
        });
    }

    private async drain(): Promise<void> {
        for (let key = this.take(); key !== undefined; key = this.take()) {
            await this.runOne(key);
        }
    }

    private take(): string | undefined {
        const [key] = this.waiting;
        this.waiting.delete(key);
        return key;
    }

    private async runOne(key: string): Promise<void> {
        try {
            const result = await this.work(key);
            this.failures.delete(key);
            if (result.againAfterMs !== undefined) {
                this.addAfter(key, result.againAfterMs);
            }
        } catch (error) {
            const count = this.failures.get(key) ?? 0;
            this.failures.set(key, count + 1);
            this.failed(key, error);
            this.addAfter(key, Math.min(firstBackoffMs * 2 ** count, longestBackoffMs));
        }
    }

    private addAfter(key: string, delayMs: number): void {
        // A key that came in meanwhile runs at once; its own result decides about the time after that.
        if (this.stopped || this.waiting.has(key)) {
            return;
        }
        this.cancelTimer(key);
        this.timers.set(
            key,
            setTimeout(() => this.add(key), delayMs),
        );
    }

    private cancelTimer(key: string): void {
        clearTimeout(this.timers.get(key));
        this.timers.delete(key);
    }
}
