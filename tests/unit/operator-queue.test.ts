import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, it } from "mocha";
import { WorkQueue } from "../../sandbox/operator/controller/queue";

/** Resolves as soon as `done` holds; the test's own time-out ends an endless wait. */
async function until(done: () => boolean): Promise<void> {
    while (!done()) {
        await sleep(1);
    }
}

describe("stand-in operator: work queue", () => {
    it("runs one key at a time and a key that comes in meanwhile once more", async () => {
        const runs: string[] = [];
        let active = 0;
        const queue = new WorkQueue(
            async (key) => {
                assert.equal(++active, 1);
                runs.push(key);
                await sleep(2);
                active--;
                return {};
            },
            () => undefined,
        );
        queue.add("a");
        await until(() => runs.length === 1);
        queue.add("a");
        queue.add("a");
        queue.add("b");
        await until(() => runs.length === 3 && active === 0);
        assert.deepEqual(runs, ["a", "a", "b"]);
    });

    it("repeats a failed run, reports each failure, and forgets them after a success", async () => {
        let runs = 0;
        const failures: unknown[] = [];
        const queue = new WorkQueue(
            () => (++runs < 3 ? Promise.reject(new Error(`run ${runs}`)) : Promise.resolve({})),
            (_key, error) => failures.push(error),
        );
        queue.add("a");
        await until(() => runs === 3);
        assert.deepEqual(failures.map(String), ["Error: run 1", "Error: run 2"]);
    });

    it("runs again after the time a run asks for", async () => {
        let runs = 0;
        const queue = new WorkQueue(
            () => Promise.resolve(++runs === 1 ? { againAfterMs: 1 } : {}),
            () => undefined,
        );
        queue.add("a");
        await until(() => runs === 2);
    });

    it("stops: waits for the run in progress and starts no other", async () => {
        const runs: string[] = [];
        let finished = false;
        const queue = new WorkQueue(
            async (key) => {
                runs.push(key);
                await sleep(5);
                finished = true;
                return { againAfterMs: 0 };
            },
            () => undefined,
        );
        queue.add("a");
        queue.add("b");
        await until(() => runs.length === 1);
        await queue.stop();
        assert.equal(finished, true);
        queue.add("c");
        await sleep(5);
        assert.deepEqual(runs, ["a"]);
    });
});
