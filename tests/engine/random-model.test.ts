import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setFaults } from "../../sandbox/clouds/faults";
import { readRequests } from "../../sandbox/clouds/requests";
import { engineTimeoutMs, plainTsconfig, ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";

const typescriptProgram = `
import * as pulumi from "@pulumi/pulumi";
import { RandomBytes } from "@pulumi/random/randomBytes";
import { RandomId } from "@pulumi/random/randomId";
import { RandomInteger } from "@pulumi/random/randomInteger";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { RandomPet } from "@pulumi/random/randomPet";
import { RandomString } from "@pulumi/random/randomString";
import { RandomUuid } from "@pulumi/random/randomUuid";

const config = new pulumi.Config();
const password = new RandomPassword("password", { length: config.requireNumber("length"), overrideSpecial: "_" });
export const result = password.result;
export const id = new RandomId("id", { byteLength: 4, keepers: { length: password.length.apply(String) } }).hex;
export const text = new RandomString("text", { length: 6, special: false }).result;
export const pet = new RandomPet("pet").id;
export const uuid = new RandomUuid("uuid").result;
export const integer = new RandomInteger("integer", { min: 3, max: 5 }).result;
export const bytes = new RandomBytes("bytes", { length: 3 }).hex;
`;

const petType = "random:index/randomPet:RandomPet";

describe("the simulated random provider, on the real engine", function () {
    this.timeout(engineTimeoutMs);

    describe("a TypeScript program", () => {
        let program: ScratchProgram;
        let first: Record<string, unknown>;

        before(async function () {
            this.timeout(toolchainTimeoutMs);
            program = await ScratchProgram.create({
                "Pulumi.yaml": "name: chance\nruntime: nodejs\n",
                "tsconfig.json": plainTsconfig,
                "index.ts": typescriptProgram,
            });
        });
        after(() => program.remove());

        it("is refused whole when an input is wrong", async () => {
            await program.succeed("config", "set", "length", "0");
            const output = await program.fail("up", "--yes", "--skip-preview");
            assert.match(output, /'?length'?.*must be at least 1 \(value given: 0\)/);
            assert.ok(
                readRequests(program.dir).every(
                    ({ operation, urn }) => operation !== "create" || !urn?.includes("password"),
                ),
            );
            await program.succeed("config", "set", "length", "16");
        });

        it("goes up, the secrets encrypted", async () => {
            await program.succeed("up", "--yes", "--skip-preview");
            first = await program.outputs();
            assert.match(String(first["result"]), /^[A-Za-z0-9_]{16}$/);
            assert.match(String(first["id"]), /^[0-9a-f]{8}$/);
            assert.match(String(first["text"]), /^[A-Za-z0-9]{6}$/);
            assert.ok([3, 4, 5].includes(Number(first["integer"])));
            const secrets = [String(first["result"]), String(first["bytes"])];
            const written = textBelow(join(program.dir, "state")) + textBelow(join(program.dir, "clouds"));
            assert.ok(written.includes(String(first["uuid"])), "the state was looked at");
            assert.deepEqual(
                secrets.filter((secret) => written.includes(`"${secret}"`)),
                [],
            );
        });

        it("shows no change afterwards, neither to preview and up nor to refresh", async () => {
            await program.succeed("preview", "--expect-no-changes");
            await program.succeed("up", "--yes", "--skip-preview", "--expect-no-changes");
            await program.succeed("refresh", "--yes", "--skip-preview", "--expect-no-changes");
            assert.deepEqual(await program.outputs(), first);
        });

        it("replaces what a change concerns and what depends on it, nothing else", async () => {
            await program.succeed("config", "set", "length", "20");
            assert.match(await program.succeed("preview"), /2 to replace/);
            await program.succeed("up", "--yes", "--skip-preview");
            const { result, id, ...rest } = await program.outputs();
            assert.equal(String(result).length, 20);
            assert.notEqual(id, first["id"]);
            assert.deepEqual(rest, withoutKeys(first, ["result", "id"]));
        });

        for (const [what, fault, message] of [
            ["fails", { kind: "fail", message: "the animals are out" }, /the animals are out/],
            ["is never healthy", { kind: "partial", message: "the animal is ill" }, /the animal is ill/],
            ["takes its provider down", { kind: "crash" }, /pulumi-resource-random exited prematurely/],
        ] as const) {
            it(`completes on the second up when a creation ${what}`, async () => {
                const source = typescriptProgram.replace('RandomPet("pet")', `RandomPet("pet-${fault.kind}")`);
                program.write({ "index.ts": source });
                await setFaults(program.dir, { rules: [{ type: petType, operation: "create", ...fault }] });
                const output = await program.fail("up", "--yes", "--skip-preview");
                assert.match(output, message);
                assert.match(output, new RegExp(`RandomPet.*pet-${fault.kind}`));
                const state = await program.succeed("stack", "export");
                assert.equal(state.includes("initErrors"), fault.kind === "partial");
                await program.succeed("up", "--yes", "--skip-preview");
                await program.succeed("preview", "--expect-no-changes");
            });
        }

        it("is destroyed without a rest", async () => {
            await program.succeed("destroy", "--yes", "--skip-preview");
            const state = JSON.parse(await program.succeed("stack", "export")) as {
                deployment: { resources?: unknown[] };
            };
            assert.deepEqual(state.deployment.resources ?? [], []);
        });
    });

    it("serves a YAML program, which needs the schema", async () => {
        const program = await ScratchProgram.create({
            "Pulumi.yaml": `
name: chance-yaml
runtime: yaml
resources:
  secret:
    type: random:RandomPassword
    properties: { length: 18, special: false }
outputs:
  result: \${secret.result}
`,
        });
        try {
            const output = await program.succeed("up", "--yes", "--skip-preview");
            const { result } = await program.outputs();
            assert.match(String(result), /^[A-Za-z0-9]{18}$/);
            assert.ok(!output.includes(String(result)));
            await program.succeed("destroy", "--yes", "--skip-preview");
        } finally {
            program.remove();
        }
    });
});

/** All files below a folder, as one text. */
function textBelow(folder: string): string {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
        .join("\n");
}

function withoutKeys(record: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
    return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}
