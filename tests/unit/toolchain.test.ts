import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
    appendFileSync,
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    rmSync,
    utimesSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureToolchain, missingToolsError } from "../../sandbox/toolchain";
import { buildTool } from "../../sandbox/toolchain/build";
import {
    builtPath,
    cacheFolder,
    linkerFlags,
    pinnedVersion,
    pruneToolchain,
    toolKey,
} from "../../sandbox/toolchain/cache";
import { findGo, findInstalled } from "../../sandbox/toolchain/path";
import type { Tool, ToolName } from "../../sandbox/toolchain/tools";
import { tools } from "../../sandbox/toolchain/tools";
import { findVersion, isAtLeast, isCompatible } from "../../sandbox/toolchain/versions";

const moduleFolders = join(__dirname, "../../sandbox/toolchain");

function toolNamed(name: ToolName): Tool {
    const tool = tools.find((candidate) => candidate.name === name);
    assert.ok(tool, name);
    return tool;
}

describe("sandbox toolchain", function () {
    this.timeout(20_000);
    let dir: string;
    const saved = {
        PATH: process.env.PATH,
        PULUMI_WANDB_CACHE: process.env.PULUMI_WANDB_CACHE,
        PULUMI_HOME: process.env.PULUMI_HOME,
    };

    beforeEach(() => {
        dir = mkdtempSync(join(tmpdir(), "toolchain-"));
        mkdirSync(join(dir, "bin"));
        process.env.PULUMI_WANDB_CACHE = join(dir, "cache");
        process.env.PULUMI_HOME = join(dir, "pulumi-home");
    });

    afterEach(() => {
        for (const [name, value] of Object.entries(saved)) {
            if (value === undefined) {
                delete process.env[name];
            } else {
                process.env[name] = value;
            }
        }
        rmSync(dir, { recursive: true, force: true });
    });

    /** Puts a program on the fake PATH that prints `output`, whatever it is asked. */
    const install = (name: string, output: string, folder = join(dir, "bin")): string => {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, name), `#!/bin/sh\ncat <<'END'\n${output}\nEND\n`, { mode: 0o755 });
        return join(folder, name);
    };
    const fakeEnv = (): NodeJS.ProcessEnv => ({ ...process.env, PATH: `${join(dir, "bin")}:/bin:/usr/bin` });

    it("reads versions as tools print them", () => {
        const printed: [string, readonly number[] | undefined][] = [
            ["v3.274.1", [3, 274, 1]],
            ["go version go1.26.8 linux/amd64", [1, 26, 8]],
            ["go version go1.26 darwin/arm64", [1, 26, 0]],
            ["etcd Version: 3.6.8\nGit SHA: Not provided", [3, 6, 8]],
            ["Kubernetes v1.36.3", [1, 36, 3]],
            ["v3.22.0+g2e4a8b1", [3, 22, 0]],
            ["command not found", undefined],
        ];
        for (const [text, version] of printed) {
            assert.deepEqual(findVersion(text), version, text);
        }
        assert.equal(isAtLeast([1, 26, 0], [1, 26, 0]), true);
        assert.equal(isAtLeast([1, 9, 9], [1, 26, 0]), false);
        assert.equal(isAtLeast([2, 0, 0], [1, 26, 0]), true);
        assert.equal(isCompatible([4, 0, 0], [3, 274, 1]), false);
        assert.equal(isCompatible([3, 275, 0], [3, 274, 1]), true);
        assert.equal(isCompatible([3, 274, 0], [3, 274, 1]), false);
    });

    it("has a module folder, and the pinned version of its stamp, for every tool", () => {
        for (const tool of tools) {
            const flags = linkerFlags(tool, join(moduleFolders, tool.folder));
            assert.match(flags, tool.stamp === undefined ? /^-s -w$/ : /^-s -w -X \S+=v?\d+\.\d+\.\d+/, tool.name);
        }
        assert.match(linkerFlags(toolNamed("pulumi"), join(moduleFolders, "pulumi")), /version\.Version=v3\.274\.1$/);
        assert.equal(pinnedVersion("module m\n\nrequire a.b/c v1.2.3 // indirect\n", "a.b/c"), "v1.2.3");
        assert.throws(() => pinnedVersion("module m\n", "a.b/c"), /go\.mod does not pin a\.b\/c/);
    });

    it("changes the key of a tool when its sources or recipe change, and only then", () => {
        const sources = join(dir, "sources");
        cpSync(join(moduleFolders, "kwok"), sources, { recursive: true });
        const kwok = toolNamed("kwok");
        const key = toolKey(kwok, sources);
        assert.match(key, /^[0-9a-f]{64}$/);
        assert.equal(toolKey(kwok, sources), key);
        writeFileSync(join(sources, "README.md"), "not built");
        writeFileSync(join(sources, "main_test.go"), "package main");
        assert.equal(toolKey(kwok, sources), key);
        assert.notEqual(toolKey({ ...kwok, package: "example.com/other" }, sources), key);
        appendFileSync(join(sources, "go.sum"), "\n");
        const changed = toolKey(kwok, sources);
        assert.notEqual(changed, key);
        assert.notEqual(builtPath(kwok, changed), builtPath(kwok, key));
        writeFileSync(join(sources, "main.go"), "package main");
        assert.notEqual(toolKey(kwok, sources), changed);
    });

    it("finds the cache folder where the environment says", () => {
        assert.equal(cacheFolder({ PULUMI_WANDB_CACHE: "/somewhere", XDG_CACHE_HOME: "/xdg" }), "/somewhere");
        assert.equal(cacheFolder({ XDG_CACHE_HOME: "/xdg" }), "/xdg/pulumi-wandb");
        assert.match(cacheFolder({}), /\.cache\/pulumi-wandb$/);
    });

    it("takes a program of the right version from PATH, and no other", () => {
        const cases: [ToolName, string, boolean][] = [
            ["etcd", "etcd Version: 3.6.8", true],
            ["etcd", "etcd Version: 3.5.30", false],
            ["kube-apiserver", "Kubernetes v1.36.9", true],
            ["kube-apiserver", "Kubernetes v1.37.0", false],
            ["helm", "v3.22.0+gabc", true],
            ["helm", "v4.0.1+gabc", false],
            ["kwok", "kwok version v0.8.0 go1.26.8 (linux/amd64)", true],
        ];
        for (const [name, output, taken] of cases) {
            const path = install(name, output);
            assert.equal(findInstalled(toolNamed(name), fakeEnv(), "/cache"), taken ? path : undefined, output);
        }
        assert.equal(findInstalled(toolNamed("kwok"), fakeEnv(), join(dir, "bin")), undefined, "our own build");
    });

    it("takes an installed engine only with its language hosts beside it", () => {
        const pulumi = install("pulumi", "v3.280.0");
        assert.equal(findInstalled(toolNamed("pulumi"), fakeEnv(), "/cache"), undefined);
        install("pulumi-language-nodejs", "");
        install("pulumi-language-yaml", "");
        assert.equal(findInstalled(toolNamed("pulumi"), fakeEnv(), "/cache"), pulumi);
        install("pulumi", "v3.274.0");
        assert.equal(findInstalled(toolNamed("pulumi"), fakeEnv(), "/cache"), undefined);
    });

    it("takes the newest installed provider plugin of the right major version", () => {
        const provider = toolNamed("pulumi-resource-kubernetes");
        const plugins = join(dir, "pulumi-home", "plugins");
        for (const version of ["v4.9.0", "v5.0.0"]) {
            install(provider.name, "", join(plugins, `resource-kubernetes-${version}`));
        }
        assert.equal(findInstalled(provider, fakeEnv(), "/cache"), undefined);
        install(provider.name, "", join(plugins, "resource-kubernetes-v4.25.0"));
        const newest = install(provider.name, "", join(plugins, "resource-kubernetes-v4.101.0"));
        assert.equal(findInstalled(provider, fakeEnv(), "/cache"), newest);
    });

    it("says which of the two to install, lists every missing tool, and builds nothing", async () => {
        install("go", "go version go1.24.1 linux/amd64");
        install("etcd", "etcd Version: 3.6.8");
        process.env.PATH = fakeEnv().PATH;
        const lines: string[] = [];
        const failure = await ensureToolchain((line) => lines.push(line)).then(
            () => assert.fail("nothing failed"),
            (error: Error) => error.message,
        );
        assert.match(failure, /Go 1\.24\.1 \(.*\/bin\/go\) is too old/);
        assert.match(failure, /- Go 1\.26\.6 or newer \(https:\/\/go\.dev\/dl\)/);
        assert.match(failure, /- or the tools themselves, on PATH:/);
        for (const name of [
            "pulumi",
            "pulumi-resource-kubernetes",
            "kube-apiserver",
            "kube-scheduler",
            "kwok",
            "helm",
        ]) {
            assert.match(failure, new RegExp(`^ {2}${name} \\(.+\\): .*\\d`, "m"));
        }
        assert.doesNotMatch(failure, /^ {2}etcd/m);
        assert.deepEqual(lines, []);
        assert.equal(existsSync(join(dir, "cache")), false);
        assert.match(
            missingToolsError([toolNamed("kwok")], { kind: "absent" }, "/c").message,
            /There is no Go to build/,
        );
    });

    it("judges Go by its own version, not by one it would download", () => {
        const old = install("go", "go version go1.25.9 linux/amd64");
        assert.deepEqual(findGo(fakeEnv()), { kind: "too old", path: old, version: [1, 25, 9] });
        const usable = install("go", "go version go1.27 linux/amd64");
        assert.deepEqual(findGo(fakeEnv()), { kind: "usable", path: usable });
    });

    it("shows command and last lines of a failing build and leaves nothing that looks finished", async () => {
        const kwok = toolNamed("kwok");
        const go = install("go", "");
        writeFileSync(go, `#!/bin/sh\ntouch "$6"\nfor n in $(seq 1 45); do echo "line $n end" >&2; done\nexit 3\n`, {
            mode: 0o755,
        });
        const lines: string[] = [];
        const failure = await buildTool(kwok, "0123456789abcdef", join(moduleFolders, "kwok"), go, (line) =>
            lines.push(line),
        ).then(assert.fail, (error: Error) => error.message);
        assert.match(failure, /^kwok could not be built\./);
        assert.match(failure, /go build -buildvcs=false -ldflags '-s -w' -o \S+ sigs\.k8s\.io\/kwok\/cmd\/kwok/);
        assert.match(failure, /line 16 end\n[^]*line 45 end\n\(exit code 3\)$/);
        assert.doesNotMatch(failure, /line 15 end/);
        assert.match(lines[0], /^building kwok \(plays the nodes of the cluster\), once; about a minute/);
        assert.deepEqual(readdirSync(join(builtPath(kwok, "0123456789abcdef"), "..")), []);
    });

    it("builds into place, and the result runs", async () => {
        const kwok = toolNamed("kwok");
        const go = install("go", "");
        writeFileSync(go, `#!/bin/sh\nprintf '#!/bin/sh\\necho built\\n' > "$6"\n`, { mode: 0o755 });
        const built = await buildTool(kwok, "0123456789abcdef", join(moduleFolders, "kwok"), go, () => undefined);
        assert.equal(built, builtPath(kwok, "0123456789abcdef"));
        assert.equal(execFileSync(built, { encoding: "utf8" }), "built\n");
    });

    it("removes what no start has used for a month", () => {
        const folders = ["used-old", "unused-old", "unused-new"].map((name) => join(dir, "cache", "toolchain", name));
        for (const folder of folders) {
            mkdirSync(folder, { recursive: true });
        }
        const longAgo = Date.now() / 1000 - 40 * 24 * 60 * 60;
        folders.slice(0, 2).forEach((folder) => utimesSync(folder, longAgo, longAgo));
        pruneToolchain([folders[0]]);
        pruneToolchain([]);
        assert.deepEqual(
            folders.map((folder) => existsSync(folder)),
            [true, false, true],
        );
    });
});
