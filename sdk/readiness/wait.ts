import { addressOf, hasOwnAddress } from "./address";
import { ApiError, messageOf } from "./api-error";
import type { ClusterApi } from "./cluster-api";
import { type Failure, failureText } from "./diagnose";
import { formatDuration } from "./duration";
import { evaluate, type Verdict } from "./evaluate";
import { collectEvidence, type Evidence, NoEvidence, since } from "./evidence";
import { freeFailedInstall } from "./finalizer";
import { deployedChartVersion } from "./helm";
import { specTime } from "./managed-fields";
import { httpProbe, type Probe } from "./probe";
import { hideKnown, redact } from "./redact";
import { isApplied, readOperatorErrors, readSnapshot, type Snapshot } from "./snapshot";
import type { Target } from "./target";
import { imageVersion } from "./workloads";

/** What runs in the cluster. */
export interface ReadyState {
    /** Version of the application's chart. */
    readonly chartVersion?: string;
    /** Version of the operator's controller: its image's tag. */
    readonly operatorVersion?: string;
    /** What DNS must point to. */
    readonly address?: string;
}

/** W&B did not become ready. The message is meant for people and complete: what is wrong, the evidence, what to do. */
export class NotReadyError extends Error {
    public constructor(message: string, options?: { cause?: unknown }) {
        super(message, options);
        this.name = "NotReadyError";
    }
}

/** Time, so that tests need none. */
export interface Clock {
    now(): number;
    sleep(milliseconds: number): Promise<void>;
}

const SystemClock: Clock = {
    now: () => Date.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** How to wait. */
export interface WaitOptions {
    readonly timeoutMs: number;
    /** Also ask `<url>/healthz`. */
    readonly probe?: boolean;
    /** Takes progress lines: when something changed, and each half minute. */
    readonly log: (line: string) => void;
    /** Values that must never be shown, whatever the operator's log says. */
    readonly secrets?: readonly string[];
    readonly clock?: Clock;
    readonly ask?: Probe;
}

const PollMs = 2_000;
const HeartbeatMs = 30_000;

/**
 * Waits until W&B is ready with the current settings.
 *
 * @throws NotReadyError when the operator reports a failure, when the cluster refuses to be read, or when time is up.
 */
export async function waitUntilReady(api: ClusterApi, target: Target, options: WaitOptions): Promise<ReadyState> {
    const clock = options.clock ?? SystemClock;
    const started = clock.now();
    const observer = new Observer(api, target, options, clock);
    const progress = new Progress(api, target, options, clock);
    for (;;) {
        const { verdict, snapshot } = await observer.observe();
        if (verdict.kind === "ready" && snapshot) {
            if (verdict.warning !== undefined) {
                progress.say(verdict.warning);
            }
            return stateOf(api, target, snapshot);
        }
        if (verdict.kind === "failed") {
            return fail(api, target, options, { snapshot, failure: { cause: verdict.cause, missing: [] } });
        }
        const missing = verdict.kind === "waiting" ? verdict.reasons : [];
        if (clock.now() + PollMs > started + options.timeoutMs) {
            const cause = snapshot ? summary(missing) : (missing[0] ?? "the cluster does not answer");
            const failure = { cause, missing: snapshot ? missing : [], timeoutMs: options.timeoutMs };
            return fail(api, target, options, { snapshot, failure });
        }
        await progress.report(missing, snapshot);
        await clock.sleep(PollMs);
    }
}

function summary(missing: readonly string[]): string {
    return missing.length > 1 ? `${missing[0]}, and ${missing.length - 1} more` : (missing[0] ?? "unknown");
}

interface Observation {
    readonly verdict: Verdict;
    /** Absent when the cluster did not answer. */
    readonly snapshot?: Snapshot;
}

/** Looks at the cluster again and again, and knows for how long it has stood still. */
class Observer {
    private fingerprint = "";
    private unchangedSince = 0;

    public constructor(
        private readonly api: ClusterApi,
        private readonly target: Target,
        private readonly options: WaitOptions,
        private readonly clock: Clock,
    ) {}

    public async observe(): Promise<Observation> {
        let snapshot: Snapshot;
        try {
            snapshot = await readSnapshot(this.api, this.target);
        } catch (error) {
            return { verdict: unreadable(error) };
        }
        const verdict = evaluate(snapshot, this.target, this.steadyMs(snapshot));
        if (verdict.kind !== "ready" || !this.options.probe || this.target.url === undefined) {
            return { verdict, snapshot };
        }
        const problem = await (this.options.ask ?? httpProbe)(`${this.target.url}/healthz`);
        return { verdict: problem === undefined ? verdict : { kind: "waiting", reasons: [problem] }, snapshot };
    }

    private steadyMs({ instance, active, deployments, statefulSets }: Snapshot): number {
        const generations = [...deployments, ...statefulSets].map(({ metadata }) => [
            metadata?.name,
            metadata?.generation,
        ]);
        const fingerprint = JSON.stringify([
            instance?.metadata?.resourceVersion,
            instance?.status?.phase,
            active?.revision,
            generations.sort(),
        ]);
        const now = this.clock.now();
        if (fingerprint !== this.fingerprint) {
            this.fingerprint = fingerprint;
            this.unchangedSince = now;
        }
        return now - this.unchangedSince;
    }
}

function unreadable(error: unknown): Verdict {
    if (error instanceof ApiError && error.problem === "transient") {
        return { kind: "waiting", reasons: [error.message] };
    }
    return { kind: "failed", cause: `its state cannot be read. ${messageOf(error).replace(/\.$/, "")}` };
}

/** Tells how the wait goes without telling the same twice. */
class Progress {
    private last = "";
    private lastAt: number;
    private readonly started: number;
    private readonly told = new Set<string>();

    public constructor(
        private readonly api: ClusterApi,
        private readonly target: Target,
        private readonly options: WaitOptions,
        private readonly clock: Clock,
    ) {
        this.started = this.lastAt = clock.now();
    }

    public say(line: string): void {
        this.options.log(hideKnown(line, this.options.secrets ?? []));
    }

    public async report(missing: readonly string[], snapshot: Snapshot | undefined): Promise<void> {
        const now = this.clock.now();
        const line = missing.join("; ");
        const heartbeat = now - this.lastAt >= HeartbeatMs;
        if (line === this.last && !heartbeat) {
            return;
        }
        this.last = line;
        this.lastAt = now;
        this.say(
            `waiting (${formatDuration(now - this.started)} of ${formatDuration(this.options.timeoutMs)}): ${line}`,
        );
        if (heartbeat && snapshot && !isApplied(snapshot.active, this.target)) {
            await this.reportOperatorErrors(snapshot);
        }
    }

    /** A merge of settings that fails changes no phase and leaves no Event: only the log tells, and the operator tries again by itself. */
    private async reportOperatorErrors(snapshot: Snapshot): Promise<void> {
        const errors = await readOperatorErrors(this.api, this.target).catch(() => []);
        for (const { text } of since(errors, specTime(snapshot.instance?.metadata)).slice(-3)) {
            if (!this.told.has(text)) {
                this.told.add(text);
                this.say(`the operator reports: ${redact(text)}`);
            }
        }
    }
}

async function fail(
    api: ClusterApi,
    target: Target,
    options: WaitOptions,
    { snapshot, failure }: { readonly snapshot?: Snapshot; readonly failure: Failure },
): Promise<never> {
    let evidence: Evidence = NoEvidence;
    let finalizerRemoved = false;
    if (snapshot) {
        evidence = await collectEvidence(api, target, snapshot);
        try {
            finalizerRemoved = await freeFailedInstall(api, target);
        } catch (error) {
            const unreadable = [...evidence.unreadable, `finalizer of the custom resource: ${messageOf(error)}`];
            evidence = { ...evidence, unreadable };
        }
    }
    const text = failureText({ ...failure, finalizerRemoved, context: api.context }, evidence, target);
    throw new NotReadyError(hideKnown(text, options.secrets ?? []));
}

/**
 * Reads once what runs, for a preview: never waits and never throws.
 *
 * @returns nothing when the current settings are not applied, or when the cluster cannot be read.
 */
export async function readOnce(api: ClusterApi, target: Target): Promise<ReadyState | undefined> {
    try {
        const snapshot = await readSnapshot(api, target);
        // Outputs are facts: a pod that restarts just now must not make a preview show a change.
        const there =
            snapshot.instance !== undefined &&
            isApplied(snapshot.active, target) &&
            (target.ingress === undefined || hasOwnAddress(snapshot.ingress));
        return there ? await stateOf(api, target, snapshot) : undefined;
    } catch {
        return undefined;
    }
}

const ExactVersion = /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/;

/** The container of the operator's pod that is the controller. */
const ManagerContainer = "manager";

async function stateOf(api: ClusterApi, target: Target, snapshot: Snapshot): Promise<ReadyState> {
    const { active, operator } = snapshot;
    const requested = active?.chartVersion;
    return {
        // The operator saves the chart's version after applying it. A range or none at all is resolved in Helm's own record only.
        chartVersion:
            requested !== undefined && ExactVersion.test(requested)
                ? requested
                : await deployedChartVersion(api, target.namespace, target.name).catch(() => undefined),
        operatorVersion: operator.kind === "found" ? imageVersion(operator.deployment, ManagerContainer) : undefined,
        address: addressOf(snapshot.ingress),
    };
}
