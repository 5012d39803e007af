/**
 * What `npm start`, `npm stop`, `npm test` and `npm run bench` call, also in a fresh clone: brings a new enough Node, the
 * npm packages and the compiled library, then runs the command. Plain JavaScript without dependencies, for Node 18 and up.
 *
 * Usage: node sandbox/bootstrap.mjs start|stop|test|bench [arguments]
 *        node sandbox/bootstrap.mjs node FILE [arguments]
 */
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
    accessSync,
    constants,
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { constants as systemConstants, homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const leastNode = 22;
const nodeVersion = "24.21.0";

/** What each command runs. `stop` must work when the library does not compile. */
const commands = {
    start: { file: "sandbox/start.ts", needsLibrary: true },
    stop: { file: "sandbox/stop.ts", needsLibrary: false },
    test: { file: "tests/run.ts", needsLibrary: true },
    bench: { file: "sandbox/bench.ts", needsLibrary: true },
    pulumi: { file: "sandbox/pulumi-command.ts", needsLibrary: true },
    "docs-graph": { file: "docs/write-graph.ts", needsLibrary: false },
    "docs-checks": { file: "docs/write-checks.ts", needsLibrary: false },
    "docs-arguments": { file: "docs/write-arguments.ts", needsLibrary: false },
    "docs-iam": { file: "docs/write-iam.ts", needsLibrary: false },
    "docs-changes": { file: "docs/write-changes.ts", needsLibrary: false },
    node: { file: undefined, needsLibrary: true },
};

/** A mistake or a missing thing that the message explains; everything else is a bug and shows its stack. */
class Explained extends Error {}

function say(line) {
    console.error(line);
}

async function main() {
    const [name, ...rest] = process.argv.slice(2);
    const command = Object.hasOwn(commands, name ?? "") ? commands[name] : undefined;
    if (command === undefined || (command.file === undefined && rest.length === 0)) {
        const given =
            name === undefined ? "no command" : command === undefined ? `unknown command "${name}"` : "no file";
        throw new Explained(`${given}. Use one of: ${Object.keys(commands).join(", ")} (node needs a file).`);
    }
    const node = await findNode();
    const env = { ...process.env, PATH: [dirname(node), process.env.PATH ?? ""].join(delimiter) };
    await installPackages(env);
    if (command.needsLibrary) {
        await buildLibrary(env);
    }
    const args = command.file === undefined ? rest : [join(root, command.file), ...rest];
    return run(node, ["--import", "tsx", ...args], env);
}

/** A Node that is new enough: this one, one on PATH, the one in the cache, else one from the package registry. */
async function findNode() {
    const onPath = (process.env.PATH ?? "")
        .split(delimiter)
        .filter(Boolean)
        .map((folder) => join(folder, "node"));
    const platform = `${process.platform}-${process.arch}`;
    const folder = join(cacheFolder(), `node-${nodeVersion}`);
    const cached = join(folder, "node_modules", `node-${platform}`, "bin", "node");
    const found = [process.execPath, ...onPath, cached].find(isNewEnough);
    if (found !== undefined) {
        return found;
    }
    const advice =
        `Node ${leastNode} or newer is needed; this is ${process.version} (${process.execPath}). ` +
        `Install it from https://nodejs.org or by your version manager, put it first on PATH and repeat.`;
    if (!["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"].includes(platform)) {
        throw new Explained(advice);
    }
    say(
        `Node ${process.version} is older than ${leastNode}: fetching Node ${nodeVersion} into ${folder} (once, about 50 MB)`,
    );
    const partial = `${folder}.${process.pid}`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    const code = await run(
        "npm",
        ["install", "--prefix", partial, "--no-save", "--no-audit", "--no-fund", `node-${platform}@${nodeVersion}`],
        process.env,
        partial,
    ).catch((error) => {
        say(error.message);
        return 1;
    });
    if (code !== 0) {
        rmSync(partial, { recursive: true, force: true });
        throw new Explained(`Node ${nodeVersion} could not be fetched by npm (the cause stands above). ${advice}`);
    }
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
    if (!isNewEnough(cached)) {
        throw new Explained(`The Node that npm fetched (${cached}) does not run on this machine. ${advice}`);
    }
    return cached;
}

/** `npm ci`, unless the installed packages are those of the lock file. */
async function installPackages(env) {
    const lock = hashOf([join(root, "package-lock.json")]);
    const stamp = join(root, "node_modules", ".pulumi-wandb-lock");
    if (readIfThere(stamp) === lock) {
        return;
    }
    say("installing npm packages as package-lock.json says (npm ci; about a minute)");
    // A production setting of the environment must not leave out what tests and sandbox run with.
    const code = await run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund"], {
        ...env,
        NODE_ENV: "development",
    });
    if (code !== 0) {
        throw new Explained(
            "npm ci failed (its message stands above). Mend that and repeat; nothing else was started.",
        );
    }
    writeFileSync(stamp, lock);
}

/** Compiles `sdk/` and `policy/` to their `bin` folders, unless those are already made from these sources. */
async function buildLibrary(env) {
    const folders = ["sdk", "policy"].map((name) => join(root, name));
    const sources = hashOf([join(root, "package-lock.json"), ...folders.flatMap(sourceFiles)]);
    const stamp = join(root, "node_modules", ".pulumi-wandb-build");
    if (readIfThere(stamp) === sources && folders.every((folder) => existsSync(join(folder, "bin", "index.js")))) {
        return;
    }
    say("compiling library and policies (npm run build; a few seconds)");
    const code = await run("npm", ["run", "--silent", "build"], env);
    if (code !== 0) {
        throw new Explained(
            "The library in sdk/ or the pack in policy/ does not compile (the errors stand above). Mend them and repeat.",
        );
    }
    writeFileSync(stamp, sources);
}

function sourceFiles(folder) {
    return readdirSync(folder, { withFileTypes: true })
        .filter(({ name }) => name !== "node_modules" && name !== "bin")
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap((entry) => {
            const path = join(folder, entry.name);
            return entry.isDirectory() ? sourceFiles(path) : /\.(ts|json)$/.test(entry.name) ? [path] : [];
        });
}

function hashOf(files) {
    const hash = createHash("sha256");
    for (const file of files) {
        hash.update(`\0${file.slice(root.length)}\0`).update(readFileSync(file));
    }
    return hash.digest("hex");
}

function readIfThere(file) {
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** The same rule as in sandbox/toolchain/cache.ts. */
function cacheFolder() {
    return (
        process.env.PULUMI_WANDB_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-wandb")
    );
}

function isNewEnough(node) {
    if (node === process.execPath) {
        return Number(process.versions.node.split(".")[0]) >= leastNode;
    }
    try {
        accessSync(node, constants.X_OK);
        const version = statSync(node).isFile()
            ? execFileSync(node, ["--version"], { encoding: "utf8", timeout: 10_000 })
            : "";
        return Number(/^v(\d+)\./.exec(version)?.[1] ?? 0) >= leastNode;
    } catch {
        return false;
    }
}

/** Runs a program with the terminal attached and returns its exit code. It always ends before we do. */
function run(program, args, env, cwd = root) {
    return new Promise((resolve, reject) => {
        const child = spawn(program, args, { cwd, env, stdio: "inherit" });
        const handlers = new Map(
            ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => [
                signal,
                // A terminal sends Ctrl-C to the child itself, and a second one would mean "at once" to it.
                () => (signal === "SIGINT" && process.stdin.isTTY ? undefined : child.kill(signal)),
            ]),
        );
        const release = () => handlers.forEach((handler, signal) => process.off(signal, handler));
        handlers.forEach((handler, signal) => process.on(signal, handler));
        child.once("error", (error) => {
            release();
            reject(
                new Explained(`${program} cannot be run (${error.message}). Check that it is installed and on PATH.`),
            );
        });
        child.once("close", (code, signal) => {
            release();
            resolve(code ?? 128 + systemConstants.signals[signal]);
        });
    });
}

main().then(
    (code) => {
        process.exitCode = code;
    },
    (error) => {
        console.error(error instanceof Explained ? `pulumi-wandb: ${error.message}` : error);
        process.exitCode = 1;
    },
);
