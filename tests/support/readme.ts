/** What READMEs of examples tell their readers to type. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const command = /^pulumi config set (.+)$/gm;
const word = /'([^']*)'|"([^"]*)"|(\S+)/g;

/** Arguments of each `pulumi config set` of an example's section Run, in order. */
export function configCommands(example: string): string[][] {
    const text = readFileSync(join(__dirname, "../../examples", example, "README.md"), "utf8");
    const run = text.split("\n## ").find((section) => section.startsWith("Run\n")) ?? "";
    return [...run.matchAll(command)].map(([, words]) =>
        [...words.matchAll(word)].map(([, single, double, bare]) => single ?? double ?? bare),
    );
}
