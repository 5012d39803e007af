import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "../../sdk/migrate/command";

describe("docs/migration.md", () => {
    const text = readFileSync(join(__dirname, "../../docs/migration.md"), "utf8");
    const sections = text.split(/^## /m).slice(1);

    it("has a section for each source", () => assert.equal(sections.length, 3));

    for (const section of sections) {
        it(`${section.split("\n")[0]}: the example gives what it says`, () => {
            const [input, program, config] = ["yaml", "ts", "sh"].map(
                (language) => new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, "m").exec(section)?.[1] ?? "",
            );
            const files = migrate(input, {
                language: "typescript",
                release: "wandb",
                namespace: "default",
                showSecrets: false,
            });
            assert.equal(program, files["index.ts"]);
            assert.equal(config, files["config.sh"]);
        });
    }
});
