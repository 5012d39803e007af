import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { forgetPort, isPortFree, reservePort } from "../../sandbox/ports";
import type { ProcessSpec } from "../../sandbox/processes";
import {
    isRunning,
    logTail,
    processIdentity,
    signalProcess,
    startProcess,
    stopAll,
    stopProcess,
    waitFor,
} from "../../sandbox/processes";
import { withLock } from "../../sandbox/toolchain/lock";

const quick = { timeoutMs: 10_000 };

/** A child that says "ready" once its program has run, and lives until it is ended. */
function node(name: string, program: string): ProcessSpec {
    const script = `${program}; setInterval(() => undefined, 1000); console.log("ready");`;
    return { name, command: process.execPath, args: ["-e", script] };
}

describe("sandbox processes and ports", function () {
    this.timeout(30_000);
    let dir: string;

    beforeEach(() => {
        dir = mkdtempSync(join(tmpdir(), "sandbox-processes-"));
    });

    afterEach(async () => {
        await stopAll(dir);
        rmSync(dir, { recursive: true, force: true });
    });

    const pidOf = (name: string): number =>
        (JSON.parse(readFileSync(join(dir, "processes", `${name}.json`), "utf8")) as { pid: number }).pid;
    const start = async (spec: ProcessSpec): Promise<number> => {
        await startProcess(dir, spec);
        await waitFor(spec.name, () => Promise.resolve(logTail(dir, spec.name).endsWith("ready")), quick);
        return pidOf(spec.name);
    };

    it("keeps a running process of the same spec and replaces one whose spec changed", async () => {
        const first = await start(node("child", "0"));
        assert.equal(await start(node("child", "0")), first);
        const second = await start(node("child", "1"));
        assert.notEqual(second, first);
        assert.equal(processIdentity(first), undefined);
        assert.equal(isRunning(dir, "child"), true);
    });

    it("lets a process end in good order", async () => {
        const child = `process.on("SIGTERM", () => { console.log("tidied up"); process.exit(0); })`;
        const pid = await start(node("child", child));
        await stopProcess(dir, "child");
        assert.equal(processIdentity(pid), undefined);
        assert.equal(isRunning(dir, "child"), false);
        assert.match(logTail(dir, "child"), /tidied up$/);
    });

    it("kills what ignores SIGTERM, what is paused, and what it started", async () => {
        const stubborn = await start(node("stubborn", `process.on("SIGTERM", () => undefined)`));
        await stopProcess(dir, "stubborn", 200);
        assert.equal(processIdentity(stubborn), undefined);

        const paused = await start(node("paused", "0"));
        signalProcess(dir, "paused", "SIGSTOP");
        assert.equal(isRunning(dir, "paused"), true);
        await stopProcess(dir, "paused");
        assert.equal(processIdentity(paused), undefined);

        const grandchild = `require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)"])`;
        await start(node("parent", `console.log("pid " + ${grandchild}.pid)`));
        const pid = Number(/pid (\d+)/.exec(logTail(dir, "parent"))?.[1]);
        assert.notEqual(processIdentity(pid), undefined);
        await stopProcess(dir, "parent");
        await waitFor("the grandchild to end", () => Promise.resolve(processIdentity(pid) === undefined), quick);
    });

    it("never touches a stranger that got the recorded id", async () => {
        const stranger = await start(node("stranger", "0"));
        const record = JSON.parse(readFileSync(join(dir, "processes", "stranger.json"), "utf8")) as object;
        writeFileSync(join(dir, "processes", "old.json"), JSON.stringify({ ...record, identity: "1" }));
        assert.equal(isRunning(dir, "old"), false);
        assert.throws(() => signalProcess(dir, "old", "SIGKILL"), /old: no such process runs/);
        await stopProcess(dir, "old");
        assert.notEqual(processIdentity(stranger), undefined);
        assert.equal(existsSync(join(dir, "processes", "old.json")), false);
    });

    it("stops everything, the last started first", async () => {
        for (const name of ["first", "second"]) {
            const note = `require("node:fs").appendFileSync(${JSON.stringify(join(dir, "order"))}, "${name} ")`;
            await start(node(name, `process.on("SIGTERM", () => { ${note}; process.exit(0); })`));
        }
        await stopAll(dir);
        assert.equal(readFileSync(join(dir, "order"), "utf8"), "second first ");
    });

    it("says which program cannot be started", async () => {
        const spec = { name: "ghost", command: join(dir, "no-such-program"), args: [] };
        await assert.rejects(startProcess(dir, spec), /ghost: cannot start .*no-such-program.*ENOENT/);
        assert.equal(isRunning(dir, "ghost"), false);
    });

    it("waits until it is true, and says what it waited for when it never is", async () => {
        let calls = 0;
        await waitFor("the third call", () => Promise.resolve(++calls === 3), quick);
        assert.equal(calls, 3);
        const refused = () => Promise.reject(new Error("connection refused"));
        await assert.rejects(
            waitFor("the server", refused, { timeoutMs: 120, hint: "Look at its log." }),
            /^Error: the server: not there after 0\.1 s \(last answer: connection refused\)\. Look at its log\.$/,
        );
        const silent = () => new Promise<boolean>(() => undefined);
        await assert.rejects(waitFor("an answer", silent, { timeoutMs: 120 }), /\(last answer: no answer\)/);
        const never = () => Promise.resolve(false);
        const started = Date.now();
        await assert.rejects(
            waitFor("x", never, { ...quick, giveUp: () => "it has ended" }),
            /^Error: x: it has ended\./,
        );
        assert.ok(Date.now() - started < quick.timeoutMs);
    });

    it("remembers ports, gives each name its own, and chooses again when told to forget", async () => {
        const [api, etcd] = await Promise.all([reservePort(dir, "api"), reservePort(dir, "etcd")]);
        assert.notEqual(api, etcd);
        assert.equal(await reservePort(dir, "api"), api);
        const server = createServer().listen(api, "127.0.0.1");
        await once(server, "listening");
        assert.equal(await isPortFree(api), false);
        assert.equal(await reservePort(dir, "api"), api, "a remembered port may be in use: by its owner");
        forgetPort(dir, "api");
        assert.notEqual(await reservePort(dir, "api"), api);
        server.close();
        await once(server, "close");
    });

    it("refuses a damaged list of ports and says what to do", async () => {
        writeFileSync(join(dir, "ports.json"), `{"api": "yes"}`);
        await assert.rejects(reservePort(dir, "api"), /ports\.json: not a map of names to ports\. Delete the file/);
    });

    it("lets one holder at a time into a lock and takes over from a dead one", async () => {
        const lock = join(dir, "lock");
        const lines: string[] = [];
        const order: string[] = [];
        const turn = (name: string) =>
            withLock(
                lock,
                "building",
                (line) => lines.push(line),
                async () => {
                    order.push(`${name} in`);
                    await sleep(50);
                    order.push(`${name} out`);
                },
            );
        await Promise.all([turn("a"), turn("b")]);
        assert.deepEqual(order, ["a in", "a out", "b in", "b out"]);
        assert.deepEqual(lines, [`building: process ${process.pid} is at it already; waiting for it`]);

        writeFileSync(lock, JSON.stringify({ pid: process.pid, identity: "of an earlier process" }));
        await turn("c");
        assert.deepEqual(order.slice(4), ["c in", "c out"]);
        await assert.rejects(
            withLock(
                lock,
                "building",
                () => undefined,
                () => Promise.reject(new Error("failed inside")),
            ),
            /failed inside/,
        );
        assert.equal(existsSync(lock), false);
    });
});
