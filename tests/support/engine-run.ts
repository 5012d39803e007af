/** A run of the engine whose events a test reads: what it did to which resource in which order, and what it said meanwhile. */
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { waitFor } from "../../sandbox/processes";
import { engineTimeoutMs, type RunResult, type ScratchProgram } from "./scratch-program";

/** What happened to one resource. */
export interface Operation {
    /** The engine's word: `same`, `create`, `update`, `delete`, `create-replacement`, `replace`, `delete-replaced`, ... */
    readonly step: string;
    /** Logical name. */
    readonly name: string;
    readonly urn: string;
}

interface EngineEvent {
    readonly resourcePreEvent?: { readonly metadata: { op: string; urn: string } };
    readonly diagnosticEvent?: { readonly message: string };
}

const OfTheEngine = /::pulumi:pulumi:Stack::|::pulumi:providers:[\w-]+::default/;

/** Steps that leave the resource behind the URN as it is, or change it in place. */
const InPlace = ["same", "update", "create", "read", "refresh"];

export class EngineRun {
    private over = false;
    /** Exit code and output, once the run has ended. */
    readonly result: Promise<RunResult>;

    private constructor(
        program: ScratchProgram,
        private readonly log: string,
        args: readonly string[],
    ) {
        this.result = program.run(...args, "--event-log", log).finally(() => (this.over = true));
    }

    static start(program: ScratchProgram, ...args: string[]): EngineRun {
        return new EngineRun(program, join(mkdtempSync(join(program.dir, "run-")), "events.json"), args);
    }

    /** Runs to the end. Fails the test with the output when it does not end well. */
    static async succeed(program: ScratchProgram, ...args: string[]): Promise<EngineRun> {
        const run = EngineRun.start(program, ...args);
        await run.succeeded();
        return run;
    }

    get isOver(): boolean {
        return this.over;
    }

    /** Waits for a good end and gives the output. */
    async succeeded(): Promise<string> {
        const { code, output } = await this.result;
        if (code !== 0) {
            throw new Error(`the run ended with ${code}:\n${output}`);
        }
        return output;
    }

    /** Waits until the engine says something that matches, progress lines included. */
    async said(pattern: RegExp): Promise<void> {
        const isThere = () => this.events().some(({ diagnosticEvent }) => pattern.test(diagnosticEvent?.message ?? ""));
        await waitFor(`the engine to say ${pattern}`, () => Promise.resolve(isThere()), {
            timeoutMs: engineTimeoutMs,
            giveUp: () => (this.over ? "the run is over" : undefined),
        });
    }

    /** Every resource's turn, in the engine's order. What the engine adds by itself (stack, default providers) is left out. */
    operations(): Operation[] {
        return this.events().flatMap(({ resourcePreEvent }) => {
            if (resourcePreEvent === undefined || OfTheEngine.test(resourcePreEvent.metadata.urn)) {
                return [];
            }
            const { op: step, urn } = resourcePreEvent.metadata;
            return [{ step, name: urn.slice(urn.lastIndexOf("::") + 2), urn }];
        });
    }

    /** `step name` of everything that does not stay as it is, in the engine's order. */
    changes(): string[] {
        return this.operations()
            .filter(({ step }) => step !== "same")
            .map(({ step, name }) => `${step} ${name}`);
    }

    /** `step name` of everything that is deleted or replaced. */
    losses(): string[] {
        return this.operations()
            .filter(({ step }) => !InPlace.includes(step))
            .map(({ step, name }) => `${step} ${name}`);
    }

    private events(): EngineEvent[] {
        const lines = existsSync(this.log) ? readFileSync(this.log, "utf8").split("\n") : [];
        // The last line may be half written.
        return lines.slice(0, -1).map((line) => JSON.parse(line) as EngineEvent);
    }
}
