/** One holder at a time among processes of this machine. A lock whose holder has died is taken over. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { processIdentity } from "../processes";

interface Holder {
    pid: number;
    identity: string;
}

const pollMs = 500;
const progressMs = 30_000;

/** Runs `action` while holding the lock `file`; waits for another holder, with a line every 30 seconds. */
export async function withLock<T>(
    file: string,
    what: string,
    log: (line: string) => void,
    action: () => Promise<T>,
): Promise<T> {
    await acquire(file, what, log);
    try {
        return await action();
    } finally {
        rmSync(file, { force: true });
    }
}

async function acquire(file: string, what: string, log: (line: string) => void): Promise<void> {
    mkdirSync(dirname(file), { recursive: true });
    let nextProgress = 0;
    for (const start = Date.now(); !tryAcquire(file); await sleep(pollMs)) {
        const holder = readHolder(file);
        if (holder !== undefined && processIdentity(holder.pid) !== holder.identity) {
            takeAway(file, holder);
        } else if (holder !== undefined && Date.now() - start >= nextProgress) {
            log(`${what}: process ${holder.pid} is at it already; waiting for it`);
            nextProgress = Date.now() - start + progressMs;
        }
    }
}

/** A link comes into being with its content: nobody can read a half-written lock. */
function tryAcquire(file: string): boolean {
    const mine = `${file}.${process.pid}`;
    const holder: Holder = { pid: process.pid, identity: processIdentity(process.pid) ?? "" };
    writeFileSync(mine, JSON.stringify(holder));
    try {
        linkSync(mine, file);
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
            throw error;
        }
        return false;
    } finally {
        rmSync(mine, { force: true });
    }
}

/** Removes a dead holder's lock. If somebody was faster, the lock moved away is a living one and is put back. */
function takeAway(file: string, dead: Holder): void {
    const aside = `${file}.stale.${process.pid}`;
    try {
        renameSync(file, aside);
    } catch {
        return;
    }
    const moved = readHolder(aside);
    if (moved !== undefined && (moved.pid !== dead.pid || moved.identity !== dead.identity)) {
        linkSync(aside, file);
    }
    rmSync(aside, { force: true });
}

function readHolder(file: string): Holder | undefined {
    try {
        return JSON.parse(readFileSync(file, "utf8")) as Holder;
    } catch {
        return undefined;
    }
}
