/** Wrong arguments on the real engine: every problem in one error, nothing created, no secret shown. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import {
    type ArgumentTree,
    type BadArguments,
    badArguments,
    compatible,
    validArguments,
} from "../support/bad-arguments";
import { bad } from "../support/bad-arguments/row";
import { Canary, findCanary } from "../support/canary";
import { engineTimeoutMs, ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";

function argumentsOf(rows: readonly BadArguments[]): ArgumentTree {
    const args = validArguments();
    rows.forEach(({ change }) => change(args));
    return args;
}

/** Rows whose mistake survives the way through a file. */
const rows = badArguments.filter((row) => {
    const args = argumentsOf([row]);
    return isDeepStrictEqual(JSON.parse(JSON.stringify(args)), args);
});

/** Mistakes in secrets whose values hold a canary. */
const secretMistakes = [
    bad("license", /not three dot-separated/, { license: `${Canary}License` }),
    bad("database.password", /one of the characters/, { "database.password": `${Canary}/Database` }),
    bad("redis.password", /white space/, { redis: { host: "redis.example.com", password: `${Canary} Redis` } }),
];

/** Constructs a deployment of each set of arguments and writes down what it answers. */
const catching = `
const fs = require("node:fs");
const { WandbDeployment } = require("pulumi-wandb");
const answers = JSON.parse(fs.readFileSync("sets.json", "utf8")).map((args, index) => {
    try {
        new WandbDeployment("set-" + index, args);
        return "accepted";
    } catch (error) {
        return error.message;
    }
});
fs.writeFileSync("answers.json", JSON.stringify(answers));
`;

/** One deployment, as a user writes it. */
const failing = `
const { WandbDeployment } = require("pulumi-wandb");
const [args] = JSON.parse(require("node:fs").readFileSync("sets.json", "utf8"));
new WandbDeployment("demo", args);
`;

describe("bad input on the real engine", function () {
    this.timeout(engineTimeoutMs);
    let program: ScratchProgram;

    const resources = async (): Promise<string[]> => {
        const exported = JSON.parse(await program.succeed("stack", "export")) as {
            deployment: { resources?: { type: string }[] };
        };
        return (exported.deployment.resources ?? []).map(({ type }) => type);
    };

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        program = await ScratchProgram.create({ "Pulumi.yaml": "name: bad\nruntime: nodejs\nmain: index.js\n" });
    });
    after(() => program.remove());

    it("lists the problem of each set of arguments, one by one, and creates nothing", async () => {
        assert.ok(rows.length >= 200, String(rows.length));
        program.write({ "index.js": catching, "sets.json": JSON.stringify(rows.map((row) => argumentsOf([row]))) });
        await program.succeed("up", "--yes", "--skip-preview");
        const answers = JSON.parse(readFileSync(join(program.folder, "answers.json"), "utf8")) as string[];
        rows.forEach(({ name, path, mustSay }, index) => {
            const [summary, problem, ...others] = answers[index].split("\n");
            assert.equal(summary, `set-${index}: 1 problem in the arguments, nothing was created.`, name);
            assert.ok(problem.startsWith(`  - ${path}: `) && mustSay.test(problem), `${name}: ${problem}`);
            assert.deepEqual(others, [], name);
        });
        assert.deepEqual(await resources(), ["pulumi:pulumi:Stack"]);
    });

    it("lists all problems of many mistakes at once, and shows no secret", async () => {
        const mistakes = compatible([...secretMistakes, ...rows]);
        assert.ok(mistakes.length >= 20, String(mistakes.length));
        program.write({ "index.js": failing, "sets.json": JSON.stringify([argumentsOf(mistakes)]) });
        for (const command of [["preview"], ["up", "--yes", "--skip-preview"]]) {
            const output = await program.fail(...command);
            assert.ok(
                output.includes(`demo: ${mistakes.length} problems in the arguments, nothing was created.`),
                output,
            );
            for (const { path, mustSay } of mistakes) {
                const found = output.split("\n").filter((line) => line.includes(` - ${path}: `) && mustSay.test(line));
                assert.ok(found.length >= 1, `${path} ${String(mustSay)} in\n${output}`);
            }
            assert.deepEqual(findCanary(output), []);
            assert.doesNotMatch(output, /\n\s+at .*\.js:\d+/);
        }
        assert.deepEqual(await resources(), ["pulumi:pulumi:Stack"]);
    });
});
