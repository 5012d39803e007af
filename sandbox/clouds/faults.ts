/**
 * Faults on demand.
 *
 * `<dir>/clouds/faults.json` is read again at every request, so a test switches faults while an `up` runs. Calls are
 * counted on disk, because each `up` starts the plugin anew.
 */
import { createHash } from "node:crypto";
import * as path from "node:path";
import { changeJson, readJson, writeJson } from "./files";

export type Operation = "create" | "read" | "update" | "delete" | "invoke";

/** Something to go wrong at chosen calls of a type. */
export interface FaultRule {
    /** Resource type or function token. */
    readonly type: string;
    readonly operation: Operation;
    /**
     * `fail`: an error. `throttle`: the cloud's "too many requests". `partial`: made, but never healthy, so the resource
     * is in the state and in error. `crash`: the provider process ends at once.
     */
    readonly kind: "fail" | "throttle" | "partial" | "crash";
    /** The first call it hits, counted from 1; default 1. */
    readonly nth?: number;
    /** How many calls in a row; default 1. */
    readonly times?: number;
    /** `after`: the cloud has done the work, and only the answer is lost. Default `before`. */
    readonly at?: "before" | "after";
    readonly message?: string;
}

/** Failures by chance, the same ones for the same seed whatever order requests come in. */
export interface RandomFaults {
    readonly seed: number;
    /** Share of calls that fail, 0 to 1. */
    readonly rate: number;
    /** Default: create, update and delete. */
    readonly operations?: readonly Operation[];
    readonly message?: string;
}

export interface Faults {
    readonly rules?: readonly FaultRule[];
    readonly random?: RandomFaults;
}

/** A call about to be made. */
export interface Call {
    readonly operation: Operation;
    readonly type: string;
    readonly urn: string;
}

/** What must go wrong with a call. */
export interface Fault {
    readonly kind: FaultRule["kind"];
    readonly at: "before" | "after";
    readonly message: string;
}

const faultsFile = (dir: string): string => path.join(dir, "clouds", "faults.json");
const callsFile = (dir: string): string => path.join(dir, "clouds", "calls.json");

/** Switches faults on (or off, with `{}`) and starts counting calls anew. */
export async function setFaults(dir: string, faults: Faults): Promise<void> {
    await changeJson<Record<string, number>, void>(
        callsFile(dir),
        () => ({}),
        (calls) => {
            for (const key of Object.keys(calls)) {
                delete calls[key];
            }
            writeJson(faultsFile(dir), faults);
        },
    );
}

/** Counts the call and says what, if anything, must go wrong with it. */
export async function nextFault(dir: string, call: Call): Promise<Fault | undefined> {
    const faults = readJson<Faults>(faultsFile(dir), {});
    const [ofType, ofResource] = await changeJson<Record<string, number>, [number, number]>(
        callsFile(dir),
        () => ({}),
        (calls) => [
            increase(calls, `${call.operation} ${call.type}`),
            increase(calls, `${call.operation} ${call.urn}`),
        ],
    );
    const rule = faults.rules?.find(
        ({ type, operation, nth = 1, times = 1 }) =>
            type === call.type && operation === call.operation && ofType >= nth && ofType < nth + times,
    );
    if (rule !== undefined) {
        return { kind: rule.kind, at: rule.at ?? "before", message: rule.message ?? defaultMessage(rule.kind, call) };
    }
    return faults.random === undefined ? undefined : byChance(faults.random, call, ofResource);
}

function increase(calls: Record<string, number>, key: string): number {
    const count = (calls[key] ?? 0) + 1;
    calls[key] = count;
    return count;
}

function defaultMessage(kind: FaultRule["kind"], call: Call): string {
    switch (kind) {
        case "throttle":
            return `Throttling: Rate exceeded for ${call.operation} of ${call.type}. Try again later.`;
        case "partial":
            return `${call.type} was created but did not become healthy (sandbox fault).`;
        default:
            return `InternalError: ${call.operation} of ${call.type} failed (sandbox fault).`;
    }
}

function byChance(random: RandomFaults, call: Call, attempt: number): Fault | undefined {
    if (!(random.operations ?? ["create", "update", "delete"]).includes(call.operation)) {
        return undefined;
    }
    // Drawn from the resource and its attempt, not from a stream of numbers: parallel requests come in any order.
    const drawn = createHash("sha256")
        .update([random.seed, call.operation, call.type, call.urn, attempt].join("\n"))
        .digest()
        .readUInt32BE();
    return drawn / 2 ** 32 < random.rate
        ? { kind: "fail", at: "before", message: random.message ?? defaultMessage("fail", call) }
        : undefined;
}
