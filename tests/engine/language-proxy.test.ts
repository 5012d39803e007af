import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { engineTimeoutMs, plainTsconfig, ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";

const project = `name: proxy
main: src/index.ts
runtime:
  name: nodejs
  options:
    nodeargs: "--stack-trace-limit=17 --title='two words'"
`;

const modernProgram = `
import * as pulumi from "@pulumi/pulumi";
import { writeFileSync } from "node:fs";
import { RandomString } from "@pulumi/random/randomString";

pulumi.runtime.registerStackTransform(({ type, props, opts }) =>
    type.endsWith("RandomString") ? { props: { ...props, length: 21 }, opts } : undefined,
);
const hook = new pulumi.ResourceHook("told", ({ urn }) => writeFileSync("hook.txt", urn));
const made = new RandomString("made", { length: 5, special: false }, { hooks: { afterCreate: [hook] } });
const config = new pulumi.Config();

export const length = made.result.length;
export const nodeArguments = process.execArgv;
export const where = process.cwd();
export const who = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
export const plain = config.require("plain");
export const secret = config.get("hidden");
export const nested = config.requireObject("nested");
`;

/** A policy pack without @pulumi/policy: the protocol by hand, as far as the engine asks. */
const policyPack = `
const grpc = require("@grpc/grpc-js");
const { AnalyzerService } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
const { AnalyzerInfo, AnalyzeResponse, AnalyzeDiagnostic, PolicyInfo, EnforcementLevel } =
    require("@pulumi/pulumi/proto/analyzer_pb");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
const answer = (make) => (call, callback) => callback(null, make(call.request));
const level = EnforcementLevel.MANDATORY;
const config = JSON.parse(process.env.PULUMI_CONFIG ?? "{}");
const finding = () => new AnalyzeDiagnostic()
    .setPolicyname("no-strings").setPolicypackname("pack").setPolicypackversion("0.0.1").setEnforcementlevel(level)
    .setMessage("found in " + process.env.PULUMI_NODEJS_STACK + " with " + config["proxy:plain"]);
const server = new grpc.Server();
server.addService(AnalyzerService, {
    getAnalyzerInfo: answer(() => new AnalyzerInfo().setName("pack").setVersion("0.0.1")
        .setPoliciesList([new PolicyInfo().setName("no-strings").setEnforcementlevel(level)])),
    getPluginInfo: answer(() => new PluginInfo().setVersion("0.0.1")),
    analyze: answer((request) => new AnalyzeResponse()
        .setDiagnosticsList(request.getType().endsWith("RandomString") ? [finding()] : [])),
    analyzeStack: answer(() => new AnalyzeResponse()),
    configure: answer(() => new Empty()),
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (_, port) => console.log(String(port)));
`;

const plugin = `
import * as pulumi from "@pulumi/pulumi";
import { componentProviderHost } from "@pulumi/pulumi/provider/experimental";
export interface PairArgs {
    size: pulumi.Input<number>;
}
export class Pair extends pulumi.ComponentResource {
    public readonly doubled: pulumi.Output<number>;
    constructor(name: string, args: PairArgs, opts?: pulumi.ComponentResourceOptions) {
        super("proxied:index:Pair", name, {}, opts);
        this.doubled = pulumi.output(args.size).apply((size) => size * 2);
        this.registerOutputs({ doubled: this.doubled });
    }
}
void componentProviderHost({ name: "proxied", dirname: __dirname, components: [Pair] });
`;

describe("the language host in front of the older one", function () {
    this.timeout(engineTimeoutMs);
    let program: ScratchProgram;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        program = await ScratchProgram.create({
            "Pulumi.yaml": project,
            "src/tsconfig.json": plainTsconfig,
            "src/index.ts": modernProgram,
        });
        await program.succeed("config", "set", "plain", "a value");
        await program.succeed("config", "set", "hidden", "canary-41d2", "--secret");
        await program.succeed("config", "set", "--path", "nested.inner[0]", "7");
    });
    after(() => program.remove());
    beforeEach(() => program.write({ "src/index.ts": modernProgram }));

    it("previews without running hooks", async () => {
        const output = await program.succeed("preview", "--diff");
        assert.match(output, /length +: 21/);
        assert.equal(existsSync(join(program.folder, "src", "hook.txt")), false);
        assert.ok(!output.includes("canary-41d2"));
    });

    it("runs hooks, stack transforms, nodeargs, main and configuration", async () => {
        const output = await program.succeed("up", "--yes", "--skip-preview");
        assert.ok(!output.includes("canary-41d2"));
        assert.match(readFileSync(join(program.folder, "src", "hook.txt"), "utf8"), /RandomString::made$/);
        assert.deepEqual(await program.outputs(), {
            length: 21,
            nodeArguments: ["--stack-trace-limit=17", "--title=two words"],
            where: join(program.folder, "src"),
            who: "organization/proxy/dev",
            plain: "a value",
            secret: "canary-41d2",
            nested: { inner: [7] },
        });
    });

    it("reports a failing program once, and does not add its exit code", async () => {
        program.write({ "src/index.ts": `throw new Error("boom");` });
        const output = await program.fail("preview");
        assert.match(output, /Error: boom/);
        assert.doesNotMatch(output, /exit code/);
    });

    it("reports the exit code of a program that says nothing", async () => {
        program.write({ "src/index.ts": `process.exit(7);` });
        assert.match(await program.fail("preview"), /Program exited with non-zero exit code: 7/);
    });

    it("refuses a Node.js that is too old", async () => {
        const folder = await mkdtemp(join(tmpdir(), "old-node-"));
        const node = join(folder, "node");
        writeFileSync(node, "#!/bin/sh\necho v20.20.2\n");
        chmodSync(node, 0o755);
        const path = program.env["PATH"];
        program.env["PATH"] = [folder, path].join(delimiter);
        try {
            assert.match(
                await program.fail("preview"),
                /node is version v20\.20\.2, too old.*put Node\.js 22 or newer first/,
            );
        } finally {
            program.env["PATH"] = path;
            await rm(folder, { recursive: true });
        }
    });

    it("says where to install a missing SDK", async () => {
        const elsewhere = await mkdtemp(join(tmpdir(), "no-sdk-"));
        writeFileSync(join(elsewhere, "Pulumi.yaml"), "name: elsewhere\nruntime: nodejs\n");
        writeFileSync(join(elsewhere, "index.js"), "");
        try {
            await program.succeed("stack", "init", "dev", "--cwd", elsewhere);
            const output = await program.fail("preview", "--stack", "dev", "--cwd", elsewhere);
            assert.match(output, new RegExp(`is in no node_modules of ${elsewhere} .*run npm install there`));
        } finally {
            await rm(elsewhere, { recursive: true });
        }
    });

    it("runs a policy pack, with the stack and its configuration", async () => {
        program.write({
            "../pack/PulumiPolicy.yaml": "runtime: nodejs\n",
            "../pack/package.json": JSON.stringify({ name: "pack", version: "0.0.1", main: "index.js" }),
            "../pack/index.js": policyPack,
            "src/index.ts": modernProgram.replace('"made"', '"second"'),
        });
        const output = await program.fail("preview", "--policy-pack", "../pack");
        assert.match(output, /\[mandatory\] +no-strings .*second/);
        assert.match(output, /found in dev with a value/);
    });

    it("runs a plugin package written in TypeScript", async () => {
        program.write({
            "../plugin/PulumiPlugin.yaml": "runtime: nodejs\n",
            "../plugin/package.json": JSON.stringify({ name: "proxied", version: "0.1.0", main: "index.ts" }),
            "../plugin/index.ts": plugin,
        });
        const output = await program.succeed("package", "get-schema", "../plugin");
        const schema = JSON.parse(output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1)) as {
            resources: Record<string, { requiredInputs: string[] }>;
        };
        assert.deepEqual(schema.resources["proxied:index:Pair"]?.requiredInputs, ["size"]);
    });

    it("ends the program when the engine is killed", async () => {
        const file = join(program.folder, "src", "pid.txt");
        program.write({
            "src/index.ts": `
                require("node:fs").writeFileSync("pid.txt", String(process.pid));
                export const never = new Promise((resolve) => setTimeout(resolve, 600_000));
            `,
        });
        const engine = program.start("up", "--yes", "--skip-preview");
        while (!existsSync(file)) {
            await sleep(50);
        }
        engine.kill("SIGKILL");
        const pid = Number(readFileSync(file, "utf8"));
        while (isAlive(pid)) {
            await sleep(200);
        }
        await program.succeed("cancel", "--yes");
    });
});

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch {
        return false;
    }
}
